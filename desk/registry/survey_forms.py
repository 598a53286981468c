"""The forms of the surveys: kinds of questions, and the three forms that come with the program.

A question for faces asks how something was found: "Çok kötü … Çok iyi" answers nothing else. Other words are another
version: what was answered before stays with the words it was answered to.

What stands here is read by visitors (kiosk, face to face): every marked string is in the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from desk.errors import N_
from desk.values import dataclass

FORM_IDS = UUID("8c0b4a1e-2f7d-5f3a-9a55-6d1f7f2f9b01")
"""Names the form of a code and version the same at every site."""


BUILTIN_VERSION = 2
"""Of the program's own forms. 1 asked faces "ne kadar memnun kaldınız?" and "yeterli miydi?", and a number
without saying what its ends mean."""


class QuestionKind(StrEnum):
    FACES = "faces"  # 1 very bad … 5 very good
    NUMBER = "number"  # 0 … 10
    CHOICE = "choice"
    TEXT = "text"


FACE_NAMES = (N_("Çok kötü"), N_("Kötü"), N_("Orta"), N_("İyi"), N_("Çok iyi"))

HIGHEST = {QuestionKind.FACES: 5, QuestionKind.NUMBER: 10}
LOWEST = {QuestionKind.FACES: 1, QuestionKind.NUMBER: 0}


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    kind: QuestionKind
    text: str  # marked source string in the forms that come with the program
    choices: tuple[tuple[str, str], ...] = ()

    def to_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "kind": str(self.kind),
            "text": self.text,
            "choices": [list(c) for c in self.choices],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Question:
        choices = tuple((str(code), str(label)) for code, label in data["choices"])
        return cls(data["code"], QuestionKind(data["kind"]), data["text"], choices)


@dataclass(frozen=True, slots=True)
class Form:
    id: UUID
    code: str
    version: int
    title: str
    programme: str
    questions: tuple[Question, ...]
    kiosk: bool

    def touched(self) -> tuple[Question, ...]:
        """The questions a kiosk can ask: those that are answered by a touch."""
        return tuple(question for question in self.questions if question.kind is not QuestionKind.TEXT)


def builtin_forms() -> tuple[Form, ...]:
    """The three forms of the seeds: general satisfaction, quality of service, performance of the staff."""
    faces, choice, text = QuestionKind.FACES, QuestionKind.CHOICE, QuestionKind.TEXT
    words = Question("gorus", text, N_("Eklemek istediğiniz bir görüş var mı?"))
    again = Question(
        "cozum",
        choice,
        N_("İşleminiz tamamlandı mı?"),
        (("evet", N_("Evet")), ("kismen", N_("Kısmen")), ("hayir", N_("Hayır"))),
    )
    return (
        _builtin(
            "genel",
            N_("Genel memnuniyet"),
            True,
            Question("memnuniyet", faces, N_("Bugünkü hizmetimizi nasıl buldunuz?")),
            Question("bekleme", faces, N_("Bekleme süresini nasıl buldunuz?")),
            again,
            Question(
                "tavsiye",
                QuestionKind.NUMBER,
                N_("Hizmetimizi bir yakınınıza önerir misiniz? (0: hiç, 10: kesinlikle)"),
            ),
            words,
        ),
        _builtin(
            "hizmet",
            N_("Hizmet kalitesi"),
            False,
            Question("bilgi", faces, N_("Verilen bilgiyi nasıl buldunuz?")),
            Question("yer", faces, N_("Bekleme alanını ve yönlendirmeyi nasıl buldunuz?")),
            Question("erisim", faces, N_("Binaya ve bankoya ulaşımı nasıl buldunuz?")),
            again,
            words,
        ),
        _builtin(
            "personel",
            N_("Personel performansı"),
            False,
            Question("ilgi", faces, N_("Görevlimizin ilgisini nasıl buldunuz?")),
            Question("nezaket", faces, N_("Görevlimizin nezaketini nasıl buldunuz?")),
            Question("bilgi", faces, N_("Görevlimizin bilgisini nasıl buldunuz?")),
            words,
        ),
    )


def _builtin(code: str, title: str, kiosk: bool, *questions: Question) -> Form:
    version = BUILTIN_VERSION
    return Form(uuid5(FORM_IDS, f"{code}/{version}"), code, version, title, code, questions, kiosk)

"""The fields of a petition that say at once what cannot be true."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desk.errors import N_, UserError
from desk.i18n import translator
from desk.registry import applications, persons
from desk.registry.application_types import ApplicationRequest
from desk.registry.types import PersonInput
from desk.text import clean
from desk.ui.widgets import Field

TYPED_MOST = 2000
"""Letters a field takes at all; what is too long to store is refused with a sentence, not cut silently."""

OPTIONAL = N_("isteğe bağlı")
NO_DOOR_NUMBER = N_("Kapı numarası yazılmamış; varsa ekleyiniz. Kayda engel değildir.")


class CheckedField(Field):
    """A Field that refuses what cannot be stored or true: ``impossible()`` gives the sentence, and shows it."""

    def __init__(self, label: str, check: Callable[[str], object], *, hint: str = "", placeholder: str = "") -> None:
        super().__init__(label, hint=hint, placeholder=placeholder, max_length=TYPED_MOST)
        self._check = check
        self.text_changed.connect(lambda _: self.set_error("") if self.error() else None)
        self.editing_finished.connect(self.impossible)

    def set_label(self, label: str) -> None:
        self.header.set_text(label)
        self.edit.setAccessibleName(label)

    def impossible(self) -> str:
        """What is wrong with the text, "" when nothing is; shown below the field."""
        sentence = self._refusal()
        if sentence or self.box.error:
            self.set_error(sentence)
        return sentence

    def _refusal(self) -> str:
        try:
            self._check(self.text())
        except UserError as error:
            return error.text(translator())
        return ""


def name_field(label: str) -> CheckedField:
    return CheckedField(label, lambda text: persons.checked(PersonInput(name=text)))


def subject_field(label: str) -> CheckedField:
    return CheckedField(label, lambda text: applications.checked(ApplicationRequest(key="", subject=text)))


class TcknField(CheckedField):
    """T.C. kimlik no: grouped while it is typed, judged with its last digit, never asked for.

    About one in ten swapped pairs of digits passes the check digits, so a right number is shown back in groups.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = translator()
        super().__init__(tr(N_("T.C. kimlik no")), persons.check_tckn, hint=tr(OPTIONAL), placeholder=tr(N_("11 hane")))
        self._tr = tr
        self.text_edited.connect(self._group)
        self.text_changed.connect(self._judge)

    def digits(self) -> str:
        return "".join(self.text().split())

    def _group(self, typed: str) -> None:
        """17291716060 → 172 917 160 60, with the caret behind the same digit; anything else stays as typed."""
        compact = "".join(typed.split())
        if not compact.isdecimal() or len(compact) > 11:
            return
        before = len("".join(typed[: self.edit.cursorPosition()].split()))
        grouped = grouped_tckn(compact)
        if grouped == typed:
            return
        self.edit.setText(grouped)
        self.edit.setCursorPosition(before + max(0, (before - 1) // 3))

    def _judge(self, _: str) -> None:
        count = len(self.digits())
        if count >= 11:
            self.set_valid(not self.impossible())
        else:
            self.set_valid(False)
        self.set_hint(self._tr(N_("{count} / 11 hane")).format(count=count) if 0 < count < 11 else self._tr(OPTIONAL))


def grouped_tckn(digits: str) -> str:
    return " ".join(digits[start : start + 3] for start in range(0, len(digits), 3))


class PhoneField(CheckedField):
    """A phone number, written out in groups when the field is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = translator()
        super().__init__(
            tr(N_("Telefon")), persons.check_phone, hint=tr(OPTIONAL), placeholder=tr(N_("05__ ___ __ __"))
        )
        self.editing_finished.connect(self._write_out)

    def _write_out(self) -> None:
        if clean(self.text()) and not self._refusal():
            self.set_text(shown_phone(persons.check_phone(self.text())))


def shown_phone(number: str) -> str:
    """+905321234567 → 0532 123 45 67; other countries' numbers stay international."""
    if number.startswith("+90") and len(number) == 13:
        local = "0" + number[3:]
        return f"{local[:4]} {local[4:7]} {local[7:9]} {local[9:]}"
    return number


class AddressField(CheckedField):
    """Cadde, sokak ve kapı no: a missing door number is remarked on, never refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = translator()
        super().__init__(tr(N_("Cadde, sokak ve kapı no")), lambda text: persons.checked(PersonInput(address=text)))
        self._remark = tr(NO_DOOR_NUMBER)
        self.editing_finished.connect(self._look_for_number)
        self.text_changed.connect(self._number_came)

    def _lacks_number(self) -> bool:
        words = clean(self.text())
        return bool(words) and not any(letter.isdigit() for letter in words)

    def _look_for_number(self) -> None:
        if self._lacks_number() and not self.box.error:
            self.set_note(self._remark)

    def _number_came(self, _: str) -> None:
        if self.error() == self._remark and not self._lacks_number():
            self.set_note("")

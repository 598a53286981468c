""" "Başvurum nerede?": the receipt's barcode, or tracking code and record number, tell where an application stands.

No names, and nothing of it comes out of a loudspeaker: only headphones hear it, also what is typed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.registry.types import MISSING_NAMES, ApplicationState
from desk.text import long_date, lower_tr, short_date
from desk.ui.kiosk.digits import AskingPage, DigitsPage, code_field
from desk.ui.kiosk.keys import FinishKey
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import Countdown, PageTitle
from desk.ui.kiosk.status_parts import Row, SignKey, StandingCard
from desk.ui.widgets import Control

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.registry.application_types import CitizenStatus

SIGNS = "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits of a barcode and letters of a tracking code, in the order of the alphabet: nobody has to know a keyboard."""

BARCODE, TRACKING = 12, 8
BACK_SECONDS = 45
"""Long enough to read it twice; a touch stops the bar."""

_STATES = {
    ApplicationState.NEW: (N_("Kaydedildi"), N_("Başvurunuz ilgili birime havale edilecektir.")),
    ApplicationState.REFERRED: (N_("İlgili birime havale edildi"), ""),
    ApplicationState.IN_PROGRESS: (N_("Birimde işlem görüyor"), ""),
    ApplicationState.WAITING: (N_("Sizden bilgi bekleniyor"), N_("Lütfen danışmaya veya ilgili birime başvurunuz.")),
    ApplicationState.CLOSED: (N_("Sonuçlandı"), ""),
    ApplicationState.FORWARDED: (N_("Yetkili kuruma iletildi"), N_("Başvurunuz görevli kuruma gönderildi.")),
    ApplicationState.OUT_OF_SCOPE: (N_("Görev alanımız dışında"), N_("Ayrıntı için lütfen danışmaya başvurunuz.")),
    ApplicationState.WITHDRAWN: (N_("Başvuru geri çekildi"), ""),
    ApplicationState.DUPLICATE: (N_("Önceki başvurunuzla birleştirildi"), ""),
    ApplicationState.REOPENED: (N_("Yeniden incelemeye alındı"), ""),
}
"""What a state means to the person who applied, and what to do now."""

OVER = frozenset(
    {
        ApplicationState.CLOSED,
        ApplicationState.FORWARDED,
        ApplicationState.OUT_OF_SCOPE,
        ApplicationState.WITHDRAWN,
        ApplicationState.DUPLICATE,
    }
)


def sign_only(text: str) -> str:
    """A code without spaces and dashes, in capitals."""
    return "".join(one for one in text.upper() if one.isalnum())


def is_barcode(code: str) -> bool:
    return len(code) == BARCODE and code.isdecimal()


class CodePage(AskingPage):
    """The tracking code or the digits below the barcode; a scanner needs no key."""

    private = True
    takes = SIGNS

    def __init__(self, stage: Stage) -> None:
        tr = stage.tr
        super().__init__(
            stage,
            title=tr(N_("Başvurum nerede?")),
            sentence=tr(N_("Alındı belgenizdeki barkodu okutunuz ya da takip kodunu giriniz.")),
            question=tr(N_("Belgenizdeki takip kodu nedir?")),
            back="home",
        )

    def fill(self, body: QVBoxLayout) -> None:
        self.field = code_field(self.tr_(N_("Takip kodu ya da barkod numarası")), 14)
        self.field.return_pressed.connect(self._enter)
        body.addWidget(self.field)
        body.addWidget(self._signs(), 4)
        go_on = FinishKey(self.tr_(N_("Devam et")), self.stage.px(100))
        go_on.setObjectName("go-on")
        go_on.clicked.connect(self._enter)
        self._go_on = go_on
        body.addWidget(go_on)

    def ready(self) -> Control | None:
        return self._go_on

    def _signs(self) -> QWidget:
        columns = 7 if self.stage.portrait else 12
        pad = QWidget()
        pad.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # codes read from left to right in every language
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.stage.px(12))
        for place, sign in enumerate(SIGNS):
            key = SignKey(sign)
            key.setObjectName(f"sign:{sign}")
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a touch leaves the focus in the field
            key.clicked.connect(lambda _=False, sign=sign: self._type(sign))
            grid.addWidget(key, place // columns, place % columns)
        erase = SignKey(self.tr_(N_("Sil")), icon="backspace")
        erase.setObjectName("erase")
        erase.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        erase.clicked.connect(self.field.edit.backspace)
        row, column = divmod(len(SIGNS), columns)
        grid.addWidget(erase, row, column, 1, columns - column)
        return pad

    def _enter(self) -> None:
        code = sign_only(self.field.text())
        if is_barcode(code) or len(code) == TRACKING:
            self.given.emit(code)
        elif not code:
            self.refuse(self.tr_(N_("Takip kodunu giriniz ya da barkodu okutunuz.")))
        else:
            words = self.tr_(N_("Takip kodu {count} işarettir; barkod numarası {digits} rakamdır."))
            self.refuse(words.format(count=TRACKING, digits=BARCODE))


class RecordNumberPage(DigitsPage):
    """The second half of what the paper says: "2026/004218". The stroke is written by itself."""

    private = True
    label = N_("Kayıt numarası")
    most = 14

    def __init__(self, stage: Stage) -> None:
        tr = stage.tr
        super().__init__(
            stage,
            title=tr(N_("Başvurum nerede?")),
            sentence=tr(N_("Belgenizdeki kayıt numarasını giriniz. Örnek: 2026/004218")),
            question=tr(N_("Kayıt numarası nedir?")),
            back="status",
        )

    def _type(self, digit: str) -> None:
        text = self.field.text()
        if len(text) == 4 and text.isdecimal():
            self.field.edit.insert("/")
        super()._type(digit)

    def _code(self) -> str:
        code = super()._code()
        return f"{code[:4]}/{code[4:]}" if "/" not in code and len(code) > 4 else code

    def wrong(self, code: str) -> str:
        year, _, serial = code.partition("/")
        if len(year) == 4 and year.isdecimal() and serial.isdecimal():
            return ""
        return self.tr_(N_("Kayıt numarasını yılıyla birlikte giriniz. Örnek: 2026/004218"))


class StatusShown(KioskPage):
    """Where it stands, with whom, and until when; gone by itself after a while."""

    private = True

    def __init__(self, stage: Stage, found: CitizenStatus) -> None:
        super().__init__(stage)
        tr = self.tr_
        title = tr(N_("Başvurunuz"))
        body = self.frame(hero=title, sentence=found.record_number)
        if stage.portrait:
            body.addWidget(PageTitle(title))
        self.headphones(body)
        state, sentence = _STATES.get(found.state, _STATES[ApplicationState.NEW])
        if found.state in OVER and not found.told and found.state is ApplicationState.CLOSED:
            sentence = N_("Sonuç size ayrıca bildirilecektir.")
        said = rows(found, stage.visitor.lang, tr)[0 if stage.portrait else 1 :]  # beside it stands the number already
        card = StandingCard(tr(state), tr(sentence) if sentence else "", said)
        card.setObjectName("standing")
        body.addWidget(card, 1)
        done = FinishKey(tr(N_("Tamam, bitir")), stage.px(140 if stage.portrait else 110))
        done.setObjectName("finish")
        done.setProperty("public", True)
        done.clicked.connect(lambda: self.go.emit("start"))
        keys = QBoxLayout(QBoxLayout.Direction.TopToBottom if stage.portrait else QBoxLayout.Direction.LeftToRight)
        keys.setSpacing(stage.px(20))
        for key in (self.help_button(), done):
            keys.addWidget(key, 1)
        body.addLayout(keys)
        running = tr(N_("{seconds} saniye sonra başlangıç ekranına dönülür."))
        self.countdown = Countdown(BACK_SECONDS, running, tr(N_("Süre durduruldu.")))
        self.countdown.ended.connect(lambda: self.go.emit("start"))
        body.addWidget(self.countdown)


def rows(found: CitizenStatus, lang: str, tr: Translator) -> list[Row]:
    """What belongs to the state, in the reader's language; no names of people."""
    said = [
        (tr(N_("Kayıt numarası")), found.record_number),
        (tr(N_("Birim")), found.unit or tr(N_("Henüz birime havale edilmedi"))),
        (tr(N_("Kayıt tarihi")), _day(found.received_on, lang)),
    ]
    if found.state not in OVER:
        name = tr(N_("Hedef tarih")) if found.due_is_target else tr(N_("Son cevap tarihi"))
        said.append((name, _due(found, lang, tr)))
    if found.missing:
        said.append((tr(N_("Eksik")), _missing(found, lang, tr)))
    return said


def _due(found: CitizenStatus, lang: str, tr: Translator) -> str:
    """The last day; of a day off also the working day before it."""
    day, before = _day(found.due_on, lang), found.working_day_before
    if before is None:
        return day
    return tr(N_("{day} (tatil; önceki iş günü {before})")).format(day=day, before=_day(before, lang))


def _missing(found: CitizenStatus, lang: str, tr: Translator) -> str:
    """What is missing and, while it is under way, where it can be completed."""
    first, *others = (tr(MISSING_NAMES[one]) for one in found.missing)
    if lang == SOURCE_LANGUAGE:
        others = [lower_tr(one) for one in others]
    missing = tr(N_(", ")).join([first, *others])
    if found.state in OVER:
        return missing
    return tr(N_("{missing}. Tamamlamak için lütfen Evrak Kayıt’a başvurunuz.")).format(missing=missing)


def _day(day: date, lang: str) -> str:
    return long_date(day) if lang == SOURCE_LANGUAGE else short_date(day)

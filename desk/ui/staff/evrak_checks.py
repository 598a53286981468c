"""What the law asks of a petition, beside the form: never a reason to refuse. And the last answer date."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.drafting import LAW_ASKS
from desk.registry.due_words import basis_words
from desk.registry.types import DOCUMENT_NAMES, DocumentKind, Missing
from desk.text import WEEKDAYS, short_date
from desk.ui.widgets import Card, Dressed, Painted, Text, draw_box, draw_text, line_height, paint_icon
from desk.workdays import is_working_day

LAW = {
    DocumentKind.PETITION: N_("3071 s. K. m. 4 ve m. 6"),
    DocumentKind.INFORMATION: N_("4982 s. K. m. 6"),
    DocumentKind.OFFICIAL_LETTER: N_("Şekil şartı aranmaz. Gönderenin tarihi ve sayısı deftere yazılır."),
    DocumentKind.NOTIFICATION: N_("Süreli olabilir; bekletmeden birime havale ediniz."),
    DocumentKind.WARNING: N_("Süreli olabilir; bekletmeden birime havale ediniz."),
    DocumentKind.TENDER: N_("Zarfı açmayınız. Teslim alındığı dakika kayda ve alındıya yazılır."),
    DocumentKind.ORAL: N_("Tutanağı siz yazınız; okuyunuz, imza ya da parmak izi alınız, tanıkları yazınız."),
}
"""What the law asks of each paper, or what to take care of where it asks for no form."""
CHECKS = {
    Missing.NAME: (N_("Ad soyad"), N_("Var"), N_("Yazılmadı")),
    Missing.SIGNATURE: (N_("İmza"), N_("Görüldü"), N_("Görülmedi")),
    Missing.ADDRESS: (N_("Adres"), N_("Var"), N_("Yazılmadı")),
    Missing.SUBJECT: (N_("Belirli konu"), N_("Var"), N_("Yazılmadı")),
}
NOT_REFUSED = N_("Eksik dilekçe de kaydedilir; eksikler alındıda yazar.")


def working_day_before(day: date) -> date:
    """``day`` itself when it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


class CheckRow(Painted):
    """One formal requirement: ``set_state("there" | "missing" | "open", words)``."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent=parent)
        self._label, self._state, self._words = label, "open", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str, words: str) -> None:
        self._state, self._words = state, words
        self.setAccessibleDescription(words)
        self.update()

    def _side(self) -> int:
        return round(self.sizes.control * 0.75)

    def sizeHint(self) -> QSize:
        lines = line_height(self.font_of("strong")) + line_height(self.font_of("hint"))
        return QSize(190, max(self._side(), lines) + 8)

    def paint(self, painter: QPainter) -> None:
        theme, side, high = self.theme, self._side(), self.height()
        fill, ink, icon = {
            "there": (theme.petrol_100, theme.on_tint, "check"),
            "missing": (theme.amber_100, theme.amber_text, "warning"),
            "open": (theme.sunken, theme.ink_2, "minus"),
        }[self._state]
        spot = QRectF(0, (high - side) / 2, side, side)
        draw_box(painter, spot, side / 2, fill, ink if theme.outlined else None, self.border())
        inner = side * 0.58
        paint_icon(painter, icon, QRectF((side - inner) / 2, (high - inner) / 2, inner, inner), ink)
        first, second = line_height(self.font_of("strong")), line_height(self.font_of("hint"))
        left, top = side + self.sizes.gap * 1.25, (high - first - second) / 2
        room = self.width() - left
        draw_text(painter, QRectF(left, top, room, first), self._label, self.font_of("strong"), theme.ink)
        tone = theme.amber_text if self._state == "missing" else theme.ink_2
        draw_text(painter, QRectF(left, top + first, room, second), self._words, self.font_of("hint"), tone)


class _Icon(Painted):
    """A quiet icon beside some lines of text."""

    def __init__(self, icon: str) -> None:
        super().__init__("")
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.sizes.icon, self.sizes.icon)

    def paint(self, painter: QPainter) -> None:
        paint_icon(painter, self._icon, QRectF(self.rect()), self.theme.ink_2)


class Line(Dressed, QFrame):
    """A thin line between parts of a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        try:
            draw_box(painter, QRectF(self.rect()), 0, self.theme.line)
        finally:
            painter.end()


class DeadlineNote(QWidget):
    """Last answer date with its weekday, and why it is this one; a day off names the working day before it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = translator()
        self._day = Text("", "heading")
        self._basis = Text("", "hint", "ink_2", wrap=True)
        self._day_off = Text("", "hint", "amber_text", wrap=True)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(_Icon("calendar"))
        self._title = Text(tr(N_("Son cevap tarihi")), "hint", "ink_2")
        title.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(title)
        for part in (self._day, self._basis, self._day_off):
            column.addWidget(part)

    def show_due(self, due_on: date, basis: str, *, target: bool = False) -> None:
        """``basis`` is what the record keeps of the deadline's rule; ``target``: the unit's aim, given by no law."""
        tr = translator()
        self._title.setText(tr(N_("Hedef tarih")) if target else tr(N_("Son cevap tarihi")))
        self._day.setText(f"{short_date(due_on)} {WEEKDAYS[due_on.weekday()]}")
        self._basis.setText(basis_words(basis, tr))
        before = working_day_before(due_on)
        self._day_off.setVisible(before != due_on)
        words = tr(N_("Tatile rastlıyor; önceki iş günü {day}"))
        self._day_off.setText(words.format(day=f"{short_date(before)} {WEEKDAYS[before.weekday()]}"))


class ChecksCard(Card):
    """``show_form(kind, missing, empty)`` and ``show_due(day, basis)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = translator()
        super().__init__(tr(N_("Şekil şartları")), parent=parent)
        self._tr = tr
        self._law = Text("", "hint", "ink_2", wrap=True)
        self._rows = {which: CheckRow(tr(words[0])) for which, words in CHECKS.items()}
        self.setAccessibleDescription(tr(NOT_REFUSED))
        self.title.setToolTip(tr(NOT_REFUSED))
        self.deadline = DeadlineNote()
        self.body.setSpacing(4)
        self.body.addWidget(self._law)
        for row in self._rows.values():
            self.body.addWidget(row)
        self.body.addStretch(1)
        self.body.addWidget(Line())
        self.body.addSpacing(4)
        self.body.addWidget(self.deadline)
        self.show_form(DocumentKind.PETITION, tuple(Missing), empty=True)

    def show_form(self, kind: DocumentKind, missing: tuple[Missing, ...], *, empty: bool = False) -> None:
        """An ``empty`` form lacks nothing yet: its checks stay open instead of warning."""
        self._law.setText(self._tr(LAW[kind]))
        asked = kind in LAW_ASKS
        self.set_title(self._tr(N_("Şekil şartları")) if asked else self._tr(DOCUMENT_NAMES[kind]))
        for which, row in self._rows.items():
            row.setVisible(asked)
            _, there, lacking = CHECKS[which]
            if which not in missing:
                row.set_state("there", self._tr(there))
            else:
                row.set_state("open" if empty else "missing", self._tr(N_("Bekleniyor") if empty else lacking))

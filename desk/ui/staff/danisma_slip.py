"""The middle of Danışma: the slip as the printer's bytes would make it, and the numbers lately given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import LANGUAGES, translator
from desk.printing.types import JOB_STATE_NAMES
from desk.queue.types import Issued
from desk.text import clock_time
from desk.ui.staff.number_row import NumberRow
from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT
from desk.ui.widgets import (
    Button,
    Control,
    Dressed,
    PaperView,
    SectionLabel,
    Text,
    draw_box,
    draw_text,
    line_height,
    paint_icon,
    painting,
    text_width,
)
from desk.ui.widgets.button import skin
from desk.values import dataclass

if TYPE_CHECKING:  # slips are drawn up and turned into pictures when somebody is to get one
    from desk.actions.context import Context
    from desk.actions.requests import VisitRequest
    from desk.queue.types import Ticket
    from desk.ui.staff.receipt_preview import SlipPicture

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English", "ar": "العربية", "ru": "Русский", "de": "Deutsch"}
WIDTH = 272
MOST_ROWS = 12
MARKS = {
    "queued": ("clock", "ink_2"),
    "sending": ("clock", "ink_2"),
    "printed": ("check", "accent"),
    "unknown": ("question", "amber_text"),
    "failed": ("warning", "brick_text"),
    "none": ("minus", "ink_2"),
}
tr = translator()


@dataclass(frozen=True, slots=True)
class Draft:
    """The ticket as it would be issued now, and its slip."""

    ticket: Ticket
    slip: SlipPicture


def draft(ctx: Context, request: VisitRequest) -> Draft:
    """For a worker: from the request through the bytes to a picture."""
    from desk.actions import desk, paper  # with the first slip: the page stands before they are read
    from desk.ui.staff.receipt_preview import picture_of

    ticket = desk.draft_ticket(ctx, request)
    return Draft(ticket, picture_of(ctx, paper.draft_ticket_bytes(ctx, ticket)))


class IssuedRow(NumberRow):
    """A number lately given: number, service, time, and whether its slip came out."""

    def __init__(self) -> None:
        super().__init__(air=14)
        self._one: Issued | None = None

    def show_issued(self, one: Issued) -> None:
        self._one = one
        state = JOB_STATE_NAMES.get(one.print_state)
        said = tr(state) if state else tr(N_("Fiş yok"))
        self.setAccessibleName(one.number)
        self.setAccessibleDescription(f"{one.service_name} · {clock_time(one.at)} · {said}")
        self.setToolTip(said)
        self.update()

    def paint(self, painter: QPainter) -> None:
        if self._one is None:
            return
        theme, one, high = self.theme, self._one, self.height()
        wide = self.paint_number(painter, one.number)
        icon, tone = MARKS.get(one.print_state, MARKS["none"])
        side = round(self.sizes.icon * 0.8)
        paint_icon(painter, icon, QRectF(self.width() - side, (high - side) / 2, side, side), getattr(theme, tone))
        time, face = clock_time(one.at), self.font_of("hint")
        right = self.width() - side - 8
        at = text_width(face, time)
        draw_text(painter, QRectF(right - at, 0, at, high), time, face, theme.ink_2, ALIGN_RIGHT, elide=False)
        room = right - at - wide - 24
        name = one.service_name if text_width(face, one.service_name) <= room else one.short_name
        draw_text(painter, QRectF(wide + 14, 0, room, high), name, face, theme.ink_2)


class IssuedCard(Dressed, QWidget):
    """ "Son verilen": as many of the last numbers as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._issued: tuple[Issued, ...] = ()
        self._roomy = True
        self.title = Text(tr(N_("Son verilen")), "label", "ink_2")
        self.nothing = Text(tr(N_("Bugün henüz numara verilmedi.")), "hint", "ink_2", wrap=True)
        self.rows = [IssuedRow() for _ in range(MOST_ROWS)]
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addSpacing(6)
        self._column.addWidget(self.nothing)
        for row in self.rows:
            self._column.addWidget(row)
        self._column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.look_changed()
        self._show()

    def set_issued(self, issued: Sequence[Issued]) -> None:
        self._issued = tuple(issued)
        self._show()

    def _head(self) -> int:
        return line_height(self.font_of("label")) + 6 + 24

    def _show(self) -> None:
        fits = max(0, (self.height() - self._head()) // self.rows[0].sizeHint().height())
        self._roomy = fits > 0  # beside a long slip in a low window there may be no room at all
        self.title.setVisible(self._roomy)
        for place, row in enumerate(self.rows):
            there = place < min(fits, len(self._issued))
            if there:
                row.show_issued(self._issued[place])
            row.setVisible(there)
        self.nothing.setVisible(self._roomy and not self._issued)
        self._column.invalidate()
        self._column.activate()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self._head() + 6 * self.rows[0].sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def look_changed(self) -> None:
        self._column.setContentsMargins(14, 12, 14, 12)
        super().look_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        if not self._roomy:
            return
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), self.sizes.radius_card, None, theme.line, self.border())


class LanguageStrip(QFrame):
    """The language of the slip: five small keys in one line. ``value()``, ``set_value()``, ``changed(str)``."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr(N_("Fiş dili")))
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for place, lang in enumerate(LANGUAGES):
            key = LanguageTab(lang.upper(), name=LANGUAGE_NAMES[lang])
            self._group.addButton(key, place)
            key.setAutoExclusive(True)  # heard as a radio button
            row.addWidget(key, 1)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    def buttons(self) -> list[Control]:
        return [self._group.button(place) for place in range(len(LANGUAGES))]

    def value(self) -> str:
        return LANGUAGES[self._group.checkedId()]

    def set_value(self, lang: str) -> None:
        self._group.button(LANGUAGES.index(lang)).setChecked(True)

    def next(self) -> None:
        """The next language; after the last Turkish again."""
        self.set_value(LANGUAGES[(self._group.checkedId() + 1) % len(LANGUAGES)])

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.changed.emit(LANGUAGES[place])


class LanguageTab(Control):
    """One language by its two letters; the chosen one is filled."""

    def __init__(self, label: str, *, name: str) -> None:
        super().__init__(label, name=name)
        self.setCheckable(True)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = text_width(self.font_of("strong"), self._label) + self.sizes.gap * 2
        return QSize(max(44, wide), max(self.sizes.control, line_height(self.font_of("strong")) + 12))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look = skin(self.theme, "primary" if self.isChecked() else "secondary", self.state())
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        face = self.font_of("strong" if self.isChecked() else "body")
        draw_text(painter, rect, self._label, face, look.ink, ALIGN_CENTER, elide=False)


class SlipColumn(QWidget):
    """``show_draft()``, ``show_words()`` when there is no slip, ``set_issued()``; ``reprint`` is the F3 button and
    ``lang`` the language of the slip."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = LanguageStrip()
        self.label = SectionLabel(tr(N_("Fiş ön izlemesi")))
        self.paper = PaperView(tr(N_("Fiş ön izlemesi")))
        self.issued = IssuedCard()
        self.reprint = Button(tr(N_("Son fişi yeniden yazdır")), key="F3")
        self.reprint.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionLabel(tr(N_("Fiş dili")), "Alt+L"))
        column.addWidget(self.lang)
        column.addSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.paper)
        column.addSpacing(8)
        column.addWidget(self.issued, 1)
        column.addSpacing(8)
        column.addWidget(self.reprint)

    def show_draft(self, made: Draft) -> None:
        self.paper.set_image(made.slip.image, made.slip.text)
        self.label.set_hint(tr(N_("{mm} mm")).format(mm=made.slip.paper_mm))

    def show_words(self, words: str) -> None:
        """An empty slip with a sentence on it."""
        if self.paper.image() is None and self.paper.accessibleDescription() == words:
            return
        self.paper._placeholder = words
        self.paper.set_image(None, words)
        self.label.set_hint("")

    def set_issued(self, issued: Sequence[Issued]) -> None:
        self.issued.set_issued(issued)
        self.reprint.setEnabled(bool(issued))

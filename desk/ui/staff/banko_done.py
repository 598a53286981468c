"""What a counter finished with today: number, how it ended, when. As many of the last as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.queue.reasons import OUTCOMES
from desk.queue.types import Done, TicketState
from desk.text import clock_time
from desk.ui.staff.number_row import NumberRow
from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets import Card, EmptyState, Text, draw_text, line_height, paint_icon, text_width

MOST = 24
"""Rows there are at all; a window shows fewer."""

tr = translator()


def done_words(one: Done) -> str:
    """6 dk işlem; Eksik belgeyle döndü · 6 dk; Gelmedi."""
    if one.state is TicketState.NO_SHOW:
        return tr(N_("Gelmedi"))
    took = tr(N_("{minutes} dk")).format(minutes=one.minutes) if one.minutes else tr(N_("1 dk’dan az"))
    if one.outcome in OUTCOMES and one.outcome != "done":
        return f"{tr(OUTCOMES[one.outcome])} · {took}"
    return tr(N_("{time} işlem")).format(time=took)


class DoneRow(NumberRow):
    """One number, how it ended, when."""

    def __init__(self) -> None:
        super().__init__(air=16)
        self._one: Done | None = None

    def show_done(self, one: Done) -> None:
        self._one = one
        self.setAccessibleName(one.number)
        self.setAccessibleDescription(f"{done_words(one)} · {clock_time(one.at)}")
        self.update()

    def paint(self, painter: QPainter) -> None:
        if self._one is None:
            return
        theme, one, high, face = self.theme, self._one, self.height(), self.font_of("hint")
        left, side = self.paint_number(painter, one.number) + 16, round(self.sizes.icon * 0.85)
        icon = "person-off" if one.state is TicketState.NO_SHOW else "check"
        paint_icon(painter, icon, QRectF(left, (high - side) / 2, side, side), theme.ink_2)
        left += side + 8
        time = clock_time(one.at)
        at = text_width(face, time)
        right = self.width() - at
        draw_text(painter, QRectF(right, 0, at, high), time, face, theme.ink_2, ALIGN_RIGHT, elide=False)
        draw_text(painter, QRectF(left, 0, right - 12 - left, high), done_words(one), face, theme.ink_2)


class DoneCard(Card):
    """``show_done(numbers, served)``; it takes the height that is left and shows whole rows only."""

    def __init__(self) -> None:
        super().__init__(tr(N_("Bugün bu bankoda")))
        self._done: tuple[Done, ...] = ()
        self.nothing = EmptyState(
            "check", tr(N_("Biten işlem yok")), tr(N_("Bitirilenler burada durur.")), framed=False
        )
        self.brief = Text(tr(N_("Bitirilenler burada durur.")), "hint", "ink_2", wrap=True)
        self.list = QWidget()
        self._rows = [DoneRow() for _ in range(MOST)]
        for row in self._rows:
            row.setParent(self.list)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.body.setSpacing(0)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.brief, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.list, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_done(self, numbers: Sequence[Done], served: int) -> None:
        self._done = tuple(numbers[:MOST])
        self.set_right(tr(N_("{count} işlem")).format(count=served))
        for row, one in zip(self._rows, self._done, strict=False):
            row.show_done(one)
        self._place()

    def _least(self) -> int:
        """The height below which it shows nothing: the title and a row."""
        return line_height(self.font_of("heading")) + 3 * self.sizes.card_pad + self._rows[0].sizeHint().height()

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 0)  # the others come first

    def sizeHint(self) -> QSize:
        return QSize(280, self._least() + 2 * self._rows[0].sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def look_changed(self) -> None:
        super().look_changed()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.height() >= self._least():
            super().paintEvent(event)

    def _place(self) -> None:
        roomy = self.height() >= self._least()
        for part in (self.title, self.right):
            part.setVisible(roomy)
        whole = self.height() >= self._least() + self.nothing.sizeHint().height()
        self.nothing.setVisible(not self._done and whole)
        self.brief.setVisible(not self._done and roomy and not whole)
        self.list.setVisible(roomy and bool(self._done))
        self._column.activate()
        high = self._rows[0].sizeHint().height()
        fits = max(1, self.list.height() // high)
        for place, row in enumerate(self._rows):
            row.setVisible(place < min(fits, len(self._done)))
            row.setGeometry(0, place * high, self.list.width(), high)

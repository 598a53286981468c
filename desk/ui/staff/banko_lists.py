"""Who comes next at a counter and why, who is on hold there, and which counter this is."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import CounterState, NextUp
from desk.ui.staff.banko_done import DoneCard
from desk.ui.staff.side_by_side import Scroller
from desk.ui.staff.words import next_words
from desk.ui.widgets import (
    Card,
    Control,
    EmptyState,
    ListRow,
    SectionLabel,
    Text,
    draw_box,
    draw_text,
    line_height,
    paint_icon,
    text_width,
)

tr = translator()
_STATES = {
    "free": N_("Açık, boş"),
    "called": N_("Çağrıda"),
    "serving": N_("İşlemde"),
    "break": N_("Molada"),
    "closed": N_("Kapalı"),
}


TARGET = 44
"""Pixels that what can be touched is high at least."""


class NumberRow(Control):
    """A number with the words beside it. ``action`` makes it a button (resume); without one it only shows."""

    def __init__(self, one: NextUp, words: str, icon: str, action: str = "", low: bool = False) -> None:
        super().__init__(one.number, name=one.number)
        self._low = low
        self.ticket_id = one.ticket_id
        self._words, self._icon, self._action = words, icon, action
        self.setAccessibleDescription(" · ".join(part for part in (words, action) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if action else Qt.FocusPolicy.NoFocus)
        if not action:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        air = 6 if self._low else 20
        least = TARGET if self._action else 0
        return QSize(280, max(least, line_height(self.font_of("heading")) + air))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        fill = theme.hover if self._action and self.state() in ("hover", "pressed") else theme.surface
        edge = theme.line_strong if self._action else theme.line
        draw_box(painter, rect, sizes.radius, fill, edge, self.border())
        strong = self.font_of("heading")
        wide = max(text_width(strong, "W 000"), text_width(strong, self.label()))
        draw_text(painter, QRectF(12, 0, wide, rect.height()), self.label(), strong, theme.ink)
        left, side = 12 + wide + 16, round(sizes.icon * 0.85)
        paint_icon(painter, self._icon, QRectF(left, (rect.height() - side) / 2, side, side), theme.accent)
        left += side + 8
        right = rect.width() - 12
        if self._action:
            face = self.font_of("strong")
            at = text_width(face, self._action)
            spot = QRectF(right - at, 0, at, rect.height())
            draw_text(painter, spot, self._action, face, theme.accent, elide=False)
            right -= at + 12
        draw_text(painter, QRectF(left, 0, right - left, rect.height()), self._words, self.font_of("table"), theme.ink)


class NumberList(QWidget):
    """A labelled column of numbers; ``resumed(ticket_id)`` when one with an action is pressed. ``low``: of the small
    window, where the sign and the key at the right tell who is on hold."""

    resumed = Signal(object)

    def __init__(self, title: str, nothing: str = "", action: str = "", *, low: bool = False) -> None:
        super().__init__()
        self._action, self._low = action, low
        self._rows: list[NumberRow] = []
        self._shown: tuple[NextUp, ...] = ()
        self.title = SectionLabel(title)
        if not title:
            self.title.hide()
        self.nothing = Text(nothing, "hint", "ink_2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3 if low else 6)
        self._column.addWidget(self.title)
        self._column.addWidget(self.nothing)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_numbers(self, numbers: Sequence[NextUp]) -> None:
        if tuple(numbers) == self._shown and self._rows:
            return
        self._shown = tuple(numbers)
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for one in numbers:
            words, icon = next_words(one), "swap" if one.priority else "clock"
            if self._action:
                words, icon = tr(N_("{minutes} dk önce geldi")).format(minutes=one.waited_minutes), "pause"
            row = NumberRow(one, words, icon, self._action, self._low)
            if self._action:
                row.setAccessibleDescription(" · ".join((tr(N_("Beklemede")), words, self._action)))
            row.clicked.connect(lambda _on=False, ticket_id=one.ticket_id: self.resumed.emit(ticket_id))
            self._column.addWidget(row)
            self._rows.append(row)
        self.nothing.setVisible(not numbers and bool(self.nothing.text()))

    def first(self) -> UUID | None:
        return self._shown[0].ticket_id if self._shown else None


class WaitingSide(QWidget):
    """The right of the page: who comes next, who is on hold, what is done; an empty card says that it is."""

    def __init__(self, following: NumberList, held: NumberList) -> None:
        super().__init__()
        self._lists = (following, held)
        self._empty = (
            EmptyState("check", tr(N_("Sırada numara yok")), tr(N_("Verilen numaralar burada görünür.")), framed=False),
            EmptyState("pause", tr(N_("Bekletilen yok")), tr(N_("B ile bekletilenler burada durur.")), framed=False),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for numbers, empty in zip(self._lists, self._empty, strict=True):
            card = Card(numbers.title.text_label.text())
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            numbers.title.hide()
            numbers.nothing.setText("")
            card.body.addWidget(numbers)
            card.body.addWidget(empty)
            column.addWidget(card)
        self.done = DoneCard()
        column.addWidget(self.done, 1)
        self._column = column

    message_edge = 0

    def keep_free(self, pixels: int) -> None:
        """Messages stand at its foot: what is done makes room."""
        self._column.setContentsMargins(0, 0, 0, pixels + 8 if pixels else 0)

    def show_numbers(self) -> None:
        """After the lists have theirs."""
        for numbers, empty in zip(self._lists, self._empty, strict=True):
            there = numbers.first() is not None
            numbers.setVisible(there)
            empty.setVisible(not there)


class CounterChoice(QWidget):
    """Which counter is this? ↑ ↓ and Enter; ``chosen(number)``."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ListRow] = []
        self.title = Text(tr(N_("Bu bilgisayar hangi banko?")), "title", wrap=True)
        self.text = Text(tr(N_("Ok tuşlarıyla seçip Enter’a basınız.")), "body", "ink_2", wrap=True)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(4, 4, 4, 4)
        self._list.setSpacing(6)
        self._list.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(6)
        column.addWidget(Scroller(inner), 1)

    def show_counters(self, counters: Sequence[CounterState]) -> None:
        had = any(row.hasFocus() for row in self._rows)
        for row in self._rows:
            row.setParent(None)
            row.deleteLater()
        self._rows = []
        for one in counters:
            parts = (tr(_STATES.get(one.state, N_("Açık"))), one.ticket, one.staff)
            row = ListRow(one.name, " · ".join(part for part in parts if part), icon="counter", boxed=True)
            row.clicked.connect(lambda _on=False, number=one.number: self.chosen.emit(number))
            row.installEventFilter(self)
            self._list.insertWidget(self._list.count() - 1, row)
            self._rows.append(row)
        if had or self.isVisible():
            self.take_focus()

    def take_focus(self) -> None:
        if self._rows and not any(row.hasFocus() for row in self._rows):
            self._rows[0].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows stay in the list: a button of its own accord would go on to whatever comes after the last one."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((place for place, row in enumerate(self._rows) if row is watched), -1)
        if not step or at < 0:
            return False
        self._rows[max(0, min(at + step, len(self._rows) - 1))].setFocus(Qt.FocusReason.TabFocusReason)
        return True

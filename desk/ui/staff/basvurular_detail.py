"""The right of Başvurular: one application, its stations, its timeline, and what can be done with it now."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import Detail
from desk.registry.life import RULES, Move
from desk.ui.staff import basvurular_words as words
from desk.ui.staff.basvurular_brief import Brief
from desk.ui.staff.file_row import FileRow
from desk.ui.staff.record_panel import IDLE_MS, breakable
from desk.ui.staff.side_by_side import Scroller
from desk.ui.tables.applications import state_pill, subject_words
from desk.ui.widgets import (
    Button,
    Card,
    Dressed,
    EmptyState,
    Pill,
    SectionLabel,
    StatusPill,
    Steps,
    Text,
    Timeline,
    painting,
)

AWAKE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)

FIRST = (Move.ANSWER, Move.TELL, Move.FEEDBACK, Move.REOPEN)
"""What the filled button offers: the first of these that is possible."""

tr = translator()


def main_move(detail: Detail) -> Move | None:
    """What is most wanted now: an answer while it is open, then telling, then the feedback."""
    for move in FIRST:
        if str(move) in detail.moves:
            if move is Move.TELL and detail.told_at is not None:
                continue
            if move is Move.FEEDBACK and detail.satisfied:
                continue
            return move
    return None


class Line(Dressed, QWidget):
    """A thin line between the parts of the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.theme.line)


class DetailPanel(Card):
    """``show_detail(detail, open_)``: masked until opened with the right; after 30 s without a key it is again.

    ``asked(move)`` a button of a move; ``more_asked`` all moves; ``open_asked`` to see the names, or to hide them;
    ``opened(bool)`` when names came into sight or went.
    """

    opened = Signal(bool)
    asked = Signal(object)
    more_asked = Signal()
    open_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.detail: Detail | None = None
        self.is_open = False
        self._today = date.min
        self._values: list[tuple[Text, Text]] = []
        self._build()
        self._lay_out()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.hide_names)
        self.clear()

    def _build(self) -> None:
        self.number = Text("", "body", "ink_2")
        self.chip = StatusPill(Pill("–"))
        self.subject = Text("", "search", weight=600, wrap=True)
        self.steps = Steps(tr(N_("Durum")))
        self.files = FileRow()
        self.timeline = Timeline(tr(N_("Süreç")))
        self.show_names = Button(tr(N_("Bilgileri göster")), icon="eye", key="Enter", compact=True)
        self.main = Button(tr(N_("Sonuçlandır")), icon="check", key="Ctrl+Enter", kind="primary")
        self.refer = Button(tr(N_("Havale et")), icon="arrow-right", key="F4")
        self.more = Button(tr(N_("Diğer işlemler")), icon="dots", key="F12")
        self.nothing = EmptyState("folder", tr(N_("Başvuru seçiniz")), "", framed=False)
        self.brief = Brief()
        self._is_below = False
        self.main.clicked.connect(self._press_main)
        self.refer.clicked.connect(lambda: self.asked.emit(Move.REFER))
        self.more.clicked.connect(self.more_asked)
        self.show_names.clicked.connect(self.open_asked)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.number)
        top.addStretch(1)
        top.addWidget(self.chip)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.subject)
        column.addWidget(self.steps)
        column.addWidget(Line())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        column.addLayout(self._grid)
        column.addWidget(self.files)
        column.addWidget(Line())
        head = QHBoxLayout()
        head.addWidget(SectionLabel(tr(N_("Süreç"))), 1)
        head.addWidget(self.show_names)
        column.addLayout(head)
        column.addWidget(self.timeline)
        column.addStretch(1)
        self.scroller = Scroller(content)
        self.scroller.setAccessibleName(tr(N_("Başvurunun ayrıntısı")))
        actions = self._actions = QVBoxLayout()
        actions.setSpacing(8)
        actions.addWidget(self.main)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.refer, 1)
        row.addWidget(self.more, 1)
        actions.addLayout(row)
        self._whole = QWidget()
        inner = QVBoxLayout(self._whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(top)
        inner.addWidget(self.scroller, 1)
        inner.addLayout(actions)
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self.nothing, 1)

    def stand_below(self, below: bool) -> None:
        """Below the list, where it may be out of sight: ``brief`` then says what counts, and has the next deed."""
        if below == self._is_below:
            return
        self._is_below = below
        if below:
            self.brief.take(self.main)
        else:
            self._actions.insertWidget(0, self.main)
        self.brief.setVisible(below and self.detail is not None)

    # --- show

    def clear(self, sentence: str = "") -> None:
        """Nothing is chosen; ``sentence`` says why when something went wrong."""
        self._forget()
        self._whole.hide()
        self.brief.hide()
        title = sentence or tr(N_("Başvuru seçiniz"))
        self.nothing.set_texts("folder", title, "" if sentence else tr(N_("Listede gezdikçe burada görünür.")))
        self.nothing.show()

    def show_detail(self, detail: Detail, today: date, *, open_: bool) -> None:
        other = self.detail is None or self.detail.id != detail.id
        self.detail, self.is_open, self._today = detail, open_, today
        self.nothing.hide()
        self._whole.show()
        self.number.setText(detail.record_number)
        self.chip.set_pill(words.deadline_of(detail, today))
        subject = subject_words(detail.subject, detail.kind)
        self.subject.setText(breakable(subject))
        pills = state_pill(detail.state), words.deadline_of(detail, today)
        self.brief.show_detail(detail.record_number, subject, *pills)
        self.brief.setVisible(self._is_below)
        steps, current = words.stations(detail)
        self.steps.set_steps(steps, current)
        self._fill(words.facts(detail, open_=open_))
        self.files.show_files(detail.files)
        self.files.set_hidden(not open_)
        self.files.setVisible(bool(detail.files))  # without any the timeline has the room; F12 and Ctrl+D add one
        self.timeline.set_moments(words.moments(detail, today))
        self.show_names.set_label(tr(N_("Bilgileri gizle")) if open_ else tr(N_("Bilgileri göster")))
        self.show_names.set_icon("eye-off" if open_ else "eye")
        self._show_moves(detail)
        self._watch(open_)
        if other:
            self.scroller.verticalScrollBar().setValue(0)

    def _fill(self, lines: list[tuple[str, str]]) -> None:
        """Labels and values; the lines of what was shown before are written anew, what is left of them is emptied."""
        while len(self._values) < len(lines):
            name, said = Text("", "hint", "ink_2"), Text("", "table", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            for column, part in enumerate((name, said)):
                self._grid.addWidget(part, len(self._values), column, Qt.AlignmentFlag.AlignTop)
            self._values.append((name, said))
        for (name, said), (label, value) in zip_longest(self._values, lines, fillvalue=("", "")):
            name.setText(label)
            said.setText(breakable(value))
            name.setVisible(bool(label))
            said.setVisible(bool(label))

    def _show_moves(self, detail: Detail) -> None:
        move = main_move(detail)
        self.main.setEnabled(move is not None)
        if move is not None:
            self.main.set_label(tr(RULES[move].name))
            self.main.set_icon(words.EVENT_LOOKS[RULES[move].event][0])
        self.refer.setEnabled(str(Move.REFER) in detail.moves)
        self.more.setEnabled(bool(detail.moves))

    def _press_main(self) -> None:
        move = main_move(self.detail) if self.detail is not None else None
        if move is not None:
            self.asked.emit(move)

    # --- privacy

    def _watch(self, open_: bool) -> None:
        app = QApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self._idle.stop()
        self.opened.emit(open_)
        if open_:
            self._idle.start()
            app.installEventFilter(self)  # a key or the mouse anywhere keeps it open

    def _forget(self) -> None:
        self.detail, self.is_open = None, False
        self._watch(False)
        self._fill([])
        self.files.show_files(())
        self.timeline.set_moments([])
        self.subject.setText("")

    def hide_names(self) -> None:
        """Names, phone and words out of sight; the application itself stays."""
        if self.detail is not None and self.is_open:
            self.show_detail(words.masked(self.detail), self._today, open_=False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page came to the front: whoever comes back may stand before another citizen."""
        super().hideEvent(event)
        self.hide_names()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in AWAKE and self._idle.isActive():
            self._idle.start()
        return False

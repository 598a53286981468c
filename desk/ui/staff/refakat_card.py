"""One refakat job on the Refakat page: where to, who, how long, and one touch for the next step."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import ASSISTANCE_NAMES, AssistanceBoard, AssistanceJob, AssistanceState
from desk.text import clock_time, stopwatch
from desk.ui.staff import refakat_words as words
from desk.ui.staff.refakat_choose import AssignPanel
from desk.ui.staff.refakat_words import Suggestion
from desk.ui.staff.side_by_side import SideBySide
from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets import (
    Button,
    Card,
    ElidedText,
    Painted,
    Pill,
    StatusPill,
    Steps,
    Text,
    draw_box,
    paint_icon,
    painting,
    ring_of,
)


class KindBadge(Painted):
    """The icon of the help that is needed, in a circle."""

    def __init__(self, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        side = self.sizes.control
        return QSize(side, side)

    def paint(self, painter) -> None:
        theme, side = self.theme, min(self.width(), self.height())
        spot = QRectF(0, 0, side, side)
        draw_box(painter, spot, side / 2, theme.petrol_100, theme.on_tint if theme.outlined else None, self.border())
        inner = side * 0.56
        place = QRectF((side - inner) / 2, (side - inner) / 2, inner, inner)
        paint_icon(painter, self._icon, place, theme.on_tint)


class JobCard(Card):
    """``set_job()`` with every change, ``tick(now)`` every second. Keys: Enter next step, E choose, Del cancel, ↑ ↓.

    ``assigned(escort_id, equipment_id)``, ``stepped()``, ``ended()``, ``cancelled()``; the page does what they say.
    """

    assigned = Signal(object, object)
    stepped = Signal()
    ended = Signal()
    cancelled = Signal()
    moved = Signal(int)
    focused = Signal()
    unfolded = Signal(object)  # the panel to choose in, which may lie below the window's edge

    def __init__(self, job: AssistanceJob, board: AssistanceBoard, suggestion: Suggestion | None) -> None:
        super().__init__()
        self._tr = translator()
        self.job, self.board, self.suggestion = job, board, suggestion
        self.busy = False
        self._current = False
        self.panel: AssignPanel | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.set_job(job, board, suggestion)

    # --- build

    def _build(self) -> None:
        tr, kind = self._tr, self._tr(ASSISTANCE_NAMES[self.job.kind])
        self._number = Text(self.job.number, "title")
        self._kind = ElidedText(kind, "heading")
        self._way = ElidedText("", "body", "ink_2")
        self._who = ElidedText("", "table")
        self._clock = Text("", "title", align=ALIGN_RIGHT)
        self._clock_words = Text("", "hint", "ink_2", align=ALIGN_RIGHT)
        self._target = StatusPill(Pill("–"))
        self._steps = Steps(tr(N_("Adımlar")), low=True)
        self.next = Button(key="Enter")
        self.choose = Button(tr(N_("Görevli seç")), key="E")
        self.finish = Button(tr(N_("Bitti")), icon="check")
        self.cancel = Button(tr(N_("İptal")), icon="cross", kind="ghost")
        self.body.setSpacing(6)
        self.body.addLayout(self._upper(kind))
        self.body.addWidget(self._lower())
        self.next.clicked.connect(self.step)
        self.choose.clicked.connect(self.open_panel)
        self.finish.clicked.connect(self.ended)
        self.cancel.clicked.connect(self._ask_cancel)
        for button in self._buttons():
            button.installEventFilter(self)

    def _upper(self, kind: str) -> QHBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._number)
        first.addWidget(self._kind, 1)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        for part in (self._way, self._who):
            lines.addWidget(part)
        lines.insertLayout(0, first)
        time = QVBoxLayout()
        time.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self._clock_words, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._clock)
        time.addLayout(line)
        time.addWidget(self._target, 0, Qt.AlignmentFlag.AlignRight)
        time.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(KindBadge(words.KIND_ICONS[self.job.kind], kind), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        row.addLayout(time)
        return row

    def _lower(self) -> QWidget:
        actions = QWidget()
        line = QHBoxLayout(actions)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addStretch(1)
        for button in self._buttons():
            line.addWidget(button)
        row = SideBySide(gap=16)
        row.add(self._steps, stretch=1, least=400)
        row.add(actions, stretch=0, least=300)
        return row

    def _buttons(self) -> tuple[Button, ...]:
        return self.cancel, self.choose, self.finish, self.next

    # --- show

    def set_job(self, job: AssistanceJob, board: AssistanceBoard, suggestion: Suggestion | None) -> None:
        if job.state is not self.job.state or job.escort_id != self.job.escort_id:
            self.busy = False
            self.close_panel()
            self._forget_cancel()
        self.job, self.board, self.suggestion = job, board, suggestion
        tr = self._tr
        self._way.setText(f"{job.from_place} → {job.to_place}" if job.to_place else job.from_place)
        piece = words.piece_of(job, board)
        self._who.setText(
            " · ".join(part for part in (job.escort or self._offer(), piece.name if piece else "") if part)
        )
        self._who.set_color("ink" if job.escort else "amber_text")
        times = (job.requested_at, job.assigned_at, job.started_at, job.handed_over_at)
        stations = [(tr(title), clock_time(at) if at else "") for title, at in zip(words.STATIONS, times, strict=True)]
        self._steps.set_steps(stations, words.station(job))
        self._clock_words.setText(words.clock_words(job))
        self.next.set_label(self._next_words())
        self.choose.set_label(tr(N_("Görevli seç") if job.escort_id is None else N_("Değiştir")))
        self._show_buttons()
        self.setAccessibleName(f"{job.number}, {tr(ASSISTANCE_NAMES[job.kind])}")
        self.setAccessibleDescription(f"{self._way.text()}. {self._who.text()}")

    def _show_buttons(self) -> None:
        """What can be done now; while somebody is being chosen, the panel has the buttons."""
        early, choosing = self.job.state in words.NOT_STARTED, self.panel is not None
        offered = self.suggestion is not None and self.suggestion.escort is not None
        alone = self.job.state is AssistanceState.REQUESTED and not offered  # the next step opens the panel itself
        self.choose.setVisible(early and not choosing and not alone)
        self.cancel.setVisible(early and not choosing)
        self.finish.setVisible(self.job.state is AssistanceState.STARTED)
        self.next.setVisible(not choosing)

    def _offer(self) -> str:
        """Who would go if the next step were pressed now."""
        hint = self.suggestion
        if hint is None or hint.escort is None:
            free = any(not escort.busy_with for escort in self.board.escorts)
            others = N_("Görevli bekliyor · müsait görevliler önceki işlere önerildi")
            return self._tr(others if free else N_("Görevli bekliyor · müsait görevli yok"))
        names = " + ".join((hint.escort.name, hint.equipment.name) if hint.equipment else (hint.escort.name,))
        return self._tr(N_("Görevli bekliyor · öneri: {names}")).format(names=names)

    def _next_words(self) -> str:
        """A job that a free escort could take at once says so in one word."""
        offered = self.suggestion is not None and self.suggestion.escort is not None
        if self.job.state is AssistanceState.REQUESTED and offered:
            return self._tr(N_("Ata"))
        return self._tr(words.NEXT[self.job.state])

    def tick(self, now: datetime) -> None:
        self._clock.setText(stopwatch(now - words.since(self.job)))
        pill = words.target(self.job, now)
        if pill != self._target.pill():
            self._target.set_pill(pill)

    def set_current(self, current: bool, *, primary: bool) -> None:
        """The card that the keys work on; its next step is the page's filled button."""
        self._current = current
        self.next.set_kind("primary" if current and primary else "secondary")
        self.next.set_key("Enter" if current else None)
        self.choose.set_key("E" if current else None)
        self.update()

    # --- react

    def step(self) -> None:
        """The next step; for a job nobody has, the suggested escort takes it, or somebody is chosen."""
        if self.busy:
            return
        if self.job.state is not AssistanceState.REQUESTED:
            self.busy = True
            self.stepped.emit()
        elif self.suggestion is not None and self.suggestion.escort is not None:
            piece = self.suggestion.equipment
            self._assign(self.suggestion.escort.id, piece.id if piece else None)
        else:
            self.open_panel()

    def _assign(self, escort_id, equipment_id) -> None:
        self.busy = True
        self.assigned.emit(escort_id, equipment_id)

    def open_panel(self) -> None:
        """Choose escort and equipment (E); only before the job has started."""
        if self.job.state not in words.NOT_STARTED or self.panel is not None:
            return
        self.panel = AssignPanel(self.job, self.board, self.suggestion)
        self.body.addWidget(self.panel)
        self.panel.chosen.connect(self._assign)
        self.panel.closed.connect(self.close_panel)
        self.panel.show()
        self.panel.begin()
        self._show_buttons()
        self.unfolded.emit(self.panel)

    def close_panel(self) -> None:
        if self.panel is not None:
            inside = self.panel.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            panel, self.panel = self.panel, None
            self.body.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self._show_buttons()
            if inside or self.isVisible():
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_cancel(self) -> None:
        """The first press asks, the second one cancels: nothing brings a cancelled job back."""
        if self.cancel.label() == self._tr(N_("İptal")):
            self.cancel.set_label(self._tr(N_("İptali onayla")))
            self.cancel.set_kind("danger")
        elif not self.busy:
            self.busy = True
            self.cancelled.emit()

    def _forget_cancel(self) -> None:
        self.cancel.set_label(self._tr(N_("İptal")))
        self.cancel.set_kind("ghost")

    def escape(self) -> bool:
        """Esc: the panel closes, a question is taken back; False when there was nothing to close."""
        asked = self.cancel.label() != self._tr(N_("İptal"))
        opened = self.panel is not None
        self.close_panel()
        self._forget_cancel()
        return opened or asked

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def _key(self, event: QKeyEvent) -> bool:
        chord = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & chord:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.step()
        elif event.key() == Qt.Key.Key_E:
            self.open_panel()
        elif event.key() == Qt.Key.Key_Delete and self.cancel.isVisible():
            self._ask_cancel()
        else:
            return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, E and Del work on the card's buttons too; Enter there presses the button."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return False
            return self._key(event)
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit()
        return False

    def look_changed(self) -> None:
        super().look_changed()
        pad = self.sizes.card_pad
        self._column.setContentsMargins(pad, pad // 2, pad, pad // 2)  # one job beside many others
        if self.hasFocus():  # the ring takes the colour of the new theme
            ring_of(self).follow(self, self.sizes.radius_card, self.sizes, self.theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        ring_of(self).follow(self, self.sizes.radius_card, self.sizes, self.theme)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring_of(self).leave(self)

    def mousePressEvent(self, event) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._current:
            with painting(self) as painter:
                pad = self.sizes.radius_card
                draw_box(painter, QRectF(0, pad, 4, self.height() - 2 * pad), 2, self.theme.accent)

"""Banko: the counter's panel as a page of the staff window, and as a small window that stays on top."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.banko_panel import BankoPanel
from desk.ui.staff.chords import Chords, WindowKeys
from desk.ui.staff.haber import KEY as MESSAGE_KEY
from desk.ui.staff.haber import MessageDesk
from desk.ui.staff.lock import KEY as LOCK_KEY
from desk.ui.staff.lock import Idle, Seats
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.picker import AskToClose
from desk.ui.staff.wedge import Wedge
from desk.ui.theme import look_of
from desk.ui.widgets import Dressed, toasts

if TYPE_CHECKING:
    from desk.registry.place_types import DeskSettings

SHOWS = frozenset(
    kind for kind in Kind if kind.value.startswith(("ticket.", "counter.", "assistance.", "day.", "settings."))
)
WIDEST = 1480
SMALL = (420, 760)
NARROWEST = 420
TICKET_CODES = "1"
"""The barcodes of queue slips begin with it (models.numbers.CodeKind)."""

tr = translator()


class BankoPage(Page):
    """The panel in the middle of the page, its lists beside it when there is room."""

    title = N_("Banko")
    icon = "counter"
    shows = SHOWS

    record_asked = Signal(object)  # ticket id: Evrak Kayıt begins a record for it

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.panel = BankoPanel(office)
        self.chords = self.panel.chords
        self.toast_place = self.panel.side
        self._small: BankoWindow | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 20, 24, 16)
        row.addStretch(1)
        row.addWidget(self.panel, 1000)
        row.addStretch(1)
        self.panel.said.connect(lambda words: self.said.emit(words, None))
        self.panel.failed.connect(self.failed)
        self.panel.record_asked.connect(self.record_asked)
        self.panel.float_asked.connect(self.open_small)

        self.look_changed()

    def look_changed(self) -> None:
        self.panel.setMaximumWidth(round(WIDEST * look_of(self).text_scale))

    def load(self) -> None:
        self.panel.load()

    def enter(self) -> None:
        self.panel.take_focus()

    def personal(self) -> tuple[QWidget, ...]:
        return self.panel.personal()

    def open_scan(self, code: str) -> bool:
        """A queue slip scanned at a free counter: its number may be called or brought back."""
        if not code.startswith(TICKET_CODES) or not code.isdigit() or not self.panel.takes_numbers():
            return False
        self.panel.number_given(code)
        return True

    def keys(self) -> list[tuple[str, str]]:
        return self.panel.keys()

    def open_small(self) -> None:
        """The same counter as a small window over everything else."""
        if self._small is None:
            self._small = BankoWindow(self.office)
            self._small.record_asked.connect(self._record_from_small)
            self._small.scanned.connect(self._scan_from_small)
        self._small.show()
        self._small.raise_()
        self._small.activateWindow()

    def _record_from_small(self, ticket_id: UUID) -> None:
        self.window().activateWindow()
        self.record_asked.emit(ticket_id)

    def _scan_from_small(self, code: str) -> None:
        open_scan = getattr(self.window(), "open_scan", None)
        if open_scan is not None:
            self.window().activateWindow()
            open_scan(code)


class BankoWindow(Dressed, QWidget):
    """``BankoWindow(office).show()``: 420 × 760, over other programs while ``stay_on_top``.

    Its details are covered and it is locked as the staff window is (``desk.ui.staff.lock``); ``clock`` gives seconds.
    """

    record_asked = Signal(object)
    scanned = Signal(str)  # a record's barcode: the staff window opens it

    def __init__(
        self, office: Office, *, stay_on_top: bool = True, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self.office = office
        self._overlay: Overlay | None = None
        self._closing = False
        self.setWindowTitle(tr(N_("Banko")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, stay_on_top)
        self.resize(*SMALL)
        self.setMinimumSize(360, 560)
        self.panel = BankoPanel(office, small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.addWidget(self.panel)
        self.panel.said.connect(lambda words: toasts(self).info(words, seconds=6))
        self.panel.failed.connect(self.show_error)
        self.panel.record_asked.connect(self.record_asked)
        office.bridge.changed.connect(self._on_changes)
        self.messages = MessageDesk(self)
        self._chords = Chords()
        self._chords.add(MESSAGE_KEY, self.messages.ask)
        self._chords.add("Ctrl+O", self.messages.see)
        self._always = Chords()
        for keys in (self._chords, self._always):
            keys.add(LOCK_KEY, office.left.emit)
        self._wedge = Wedge(self.scanned.emit)
        self._keys = WindowKeys(self, self._hear, scan=self._scan, blocked=self._covered)
        self._watch(clock)

    def _watch(self, clock: Callable[[], float]) -> None:
        self.seats = Seats(self, clock)
        self.idle = Idle(self, clock, self.panel.personal, self._lock)
        self.idle.share(self.office)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self.idle.tick)

    def _lock(self) -> bool:
        return self.isVisible() and self.seats.lock()

    def _covered(self) -> bool:
        return self._overlay is not None or self.idle.locked

    def _scan(self, event: QKeyEvent) -> bool:
        self.idle.touched()
        return not self.idle.locked and self._wedge.hear(event)

    def look_changed(self) -> None:
        """Larger words need a wider window: no key may be cut."""
        super().look_changed()
        scale = max(1.0, look_of(self).text_scale)
        self.setMinimumWidth(round(NARROWEST * scale) if scale > 1 else 360)
        wide, high = (round(side * scale) for side in SMALL)
        self.resize(max(self.width(), wide), max(self.height(), min(high, self.screen().availableSize().height() - 40)))

    def show_error(self, sentence: str) -> None:
        toasts(self).error(sentence)

    def tell_error(self, error: DeskError) -> None:
        self.show_error(error.text(tr))

    def show_overlay(self, overlay: Overlay) -> None:
        if self._overlay is not None:
            self._overlay.dismiss()
        self._overlay = overlay
        overlay.closed.connect(self._uncovered)
        overlay.open()
        self.seats.put_under(overlay)

    def _uncovered(self) -> None:
        self._overlay = None

    def _hear(self, event: QKeyEvent) -> bool:
        if self._covered():
            return self._always.handle(event)
        return self._chords.handle(event) or self.panel.chords.handle(event)

    def _on_changes(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind in SHOWS for change in changes):
            self.panel.load()
        if self.isVisible() and any(change.kind is Kind.SETTINGS_CHANGED for change in changes):
            self._read_settings()
        own = self.office.ctx.actor
        if any((change.terminal_id, change.staff_id) == (own.terminal_id, own.staff_id) for change in changes):
            self.idle.seen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.idle.seen()
        self._second.start()
        self.panel.load()
        self.panel.take_focus()
        self._read_settings()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def _read_settings(self) -> None:
        from desk.actions import staff

        ctx = self.office.ctx
        self.seats.begin()
        tasks.latest(self, "settings", lambda: staff.desk_settings_of(ctx), self._take_settings, lambda error: None)

    def _take_settings(self, settings: DeskSettings) -> None:
        self.idle.settings = settings
        self.messages.begin(settings)

    def closeEvent(self, event: QCloseEvent) -> None:
        """With a number at the counter it asks first."""
        if self._closing or not self.isVisible() or self.panel._current() is None:
            event.accept()
            return
        event.ignore()
        ask = AskToClose(self)
        ask.agreed.connect(self._close_now)
        self.show_overlay(ask)

    def _close_now(self) -> None:
        self._closing = True
        self.close()
        self._closing = False

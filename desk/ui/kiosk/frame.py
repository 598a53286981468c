"""The kiosk's window without its steps: one page at a time, built anew for language, look and size; focus, patience,
the light of the night."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout

from desk.errors import N_
from desk.i18n import translator
from desk.ui.kiosk import notice, offer, words
from desk.ui.kiosk.guide import Guide
from desk.ui.kiosk.night import Night, is_night
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import Veil
from desk.ui.kiosk.touch import Touch
from desk.ui.kiosk.visitor import Visitor
from desk.ui.theme import HIGH_CONTRAST, LIGHT, Look, dress, load_fonts
from desk.ui.voice import Voice
from desk.ui.widgets import painting, ring_of

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.ui.office import Office

PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)
"""The pictures that all measures belong to."""

SECOND_MS, RESTING_MS = 1000, 5000
"""How often time is told: where a bar runs, and where only the minute changes."""

SLOW_MS = 400
"""An answer that takes longer is asked patience for."""

CHOOSING = frozenset({"home", "services", "priority", "survey", "more", "leave"})
"""Steps where the first key is ready for Enter."""


class KioskFrame(QFrame):
    """``step`` names what is shown, ``visitor`` who stands here, ``offer`` what there is. The steps are its heir's."""

    def __init__(self, steady: Callable[[], float] = time.monotonic, voice: Voice | None = None) -> None:
        super().__init__()
        load_fonts()
        self.office: Office | None = None
        self.offer = offer.NOTHING_YET
        self.visitor = Visitor()
        self.step = ""
        self.tr_ = translator()
        self._page: KioskPage | None = None
        self._make: Callable[[Stage], KioskPage] = notice.waiting
        self._busy = False
        self._look = Look(LIGHT)
        self.setWindowTitle("Danışma kiosk")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        # The screen decides the size and the page follows; never the other way round.
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.resize(*PORTRAIT)
        self.guide = Guide(voice or Voice(self), self)
        self.second = self._timer(SECOND_MS, self.tick)
        self._resized = self._timer(0, self._rebuild, single=True)
        self._slow = self._timer(SLOW_MS, self._cover, single=True)
        self._veil, self._night = Veil(self), Night(self)
        self.touch = Touch(self, steady)
        self.touch.walked.connect(self.guide.key)
        self.touch.in_order = lambda: self.visitor.aloud
        dress(self, self._look)

    def _timer(self, interval: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=single)
        timer.timeout.connect(slot)
        return timer

    # --- busy

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self._veil.hide()

    def _cover(self) -> None:
        self._veil.cover(self.tr_(N_("Bir an lütfen…")))

    # --- the page

    def _stage(self) -> Stage:
        wide, high = self.width(), self.height()
        design = PORTRAIT if high > wide else LANDSCAPE
        factor = min(wide / design[0], high / design[1])
        stage = Stage(self.offer, self.visitor, self.tr_, self._time(), wide, high, factor, self)
        return replace(stage, voice=self.guide.available)

    def _time(self) -> str:
        return words.time_of_day(self.office.ctx.now(), self.visitor.lang) if self.office else ""

    def _rebuild(self, keep_focus: bool = True, same_words: bool = False) -> None:
        """Build the page of this step anew for the language, look and size there are now. With ``same_words`` only the
        key that was pressed tells its new value."""
        focused = self.focusWidget()
        name = focused.objectName() if keep_focus and focused is not None else ""
        ring = bool(name) and ring_of(self).isVisible()
        self.tr_ = translator(self.visitor.lang)
        stage = self._stage()
        self._look.change(
            theme=HIGH_CONTRAST if self.visitor.contrast else LIGHT,
            text_scale=self.visitor.text_scale,
            pixel_scale=stage.factor,
        )
        mirrored = self.visitor.mirrored
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
        old, page = self._page, self._make(stage)
        page.add_bar()
        if old is not None and keep_focus:
            page.take_over(old)
        self._page = page
        page.go.connect(self._asked)
        page.adjusted.connect(self._adjusted)
        page.said.connect(self.guide.told)
        page.added.connect(self.guide.add)
        self._layout.addWidget(page)
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.touch.watch(page)
        self.second.setInterval(SECOND_MS if page.countdown is not None else RESTING_MS)
        page.show()
        if self._night.isVisible():
            self._night.fall()
        self._focus(name, ring)
        page.enter()
        self.guide.on = self.visitor.aloud
        self.guide.private = self._is_private()
        page.keys_in = self.visitor.lang
        changed = self.focusWidget() if same_words else None
        self.guide.page(page, page.spoken or self.visitor.lang, len(self.touch.keys()), changed)

    def _focus(self, name: str, ring: bool) -> None:
        """Keep the focus where it was, else ready at the first key without a ring. Where something is told, no key is
        ready: a second Enter must neither call for help nor send it away."""
        keys = self.touch.keys()
        first = keys[0] if keys and self.step in CHOOSING else None
        target = next((key for key in keys if name and key.objectName() == name), first)
        reason = Qt.FocusReason.OtherFocusReason if ring else Qt.FocusReason.MouseFocusReason
        (target or self).setFocus(reason)

    def _is_private(self) -> bool:
        """Whether only the visitor hears what is said."""
        return offer.heard_alone(self.offer, self.visitor)

    def _adjusted(self, visitor: Visitor) -> None:
        if not self._busy:
            same_words, self.visitor = visitor.hears_as(self.visitor), visitor
            self._rebuild(same_words=same_words)

    def _asked(self, where: str) -> None:
        """A page asks for another step."""
        raise NotImplementedError

    # --- time

    def tick(self) -> None:
        """Time has passed: the time of day, the night, and (a second of it) the bar back to the start."""
        if self._page is None:
            return
        self._page.set_time(self._time())
        self._dim()
        countdown = self._page.countdown
        if countdown is not None and not self.guide.speaking:
            countdown.tick(SECOND_MS)

    def _dim(self) -> None:
        """Dark at night, while nobody has begun anything; an emergency is always bright."""
        office, untouched = self.office, self.visitor == Visitor() and self.step in ("home", "closed", "away")
        dark = office is not None and untouched and not self._somebody and is_night(office.ctx.now(), self.offer.dimmed)
        if dark != self._night.isVisible():
            self._night.fall() if dark else self._night.hide()

    @property
    def _somebody(self) -> bool:
        """Whether the screen was touched since it went back to the start."""
        return False

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self._look.theme.paper)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()

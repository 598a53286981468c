"""When nobody is at the window: personal details are covered, then the window is locked. Nothing typed is lost.

The covers let mouse and keys through; the lock hides everything below it, also an open question, so that no screen
reader finds it either, and goes with a person and, where they have one, their PIN. No database is needed to come back.
All windows of a desk are locked and opened together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCursor, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.picker import Picker
from desk.ui.staff.veil import Veil
from desk.ui.widgets import Button, Field, Option, Text, Toast, painting

if TYPE_CHECKING:
    from desk.registry.pins import PinTries
    from desk.registry.place_types import DeskSettings
    from desk.ui.office import Office

KEY = "Ctrl+Shift+K"
CARET_SECONDS = 10
"""So long after the last touch the caret goes on blinking, as elsewhere on a desktop; then it stands."""
WAIT = N_("PIN art arda yanlış yazıldı. {seconds} sn sonra yeniden yazınız.")
tr = translator()


class AskPin(Overlay):
    """The PIN of one person: ``given(pin)``; ``refuse`` when it was another one."""

    given = Signal(str)
    over_lock = True

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window, tr(N_("PIN")), width=420)
        self.judging = False  # one PIN at a time: each wrong one is counted
        self.body.addWidget(Text(tr(N_("{name}: PIN’inizi yazınız.")).format(name=name), "body", "ink_2", wrap=True))
        self.pin = Field(tr(N_("PIN")), hint=tr(N_("4–8 rakam, Enter")), max_length=8)
        self.pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.return_pressed.connect(self._go)
        self.body.addWidget(self.pin)
        row = QHBoxLayout()
        row.setSpacing(8)
        stay = Button(tr(N_("Vazgeç")), key="Esc")
        stay.clicked.connect(self.dismiss)
        done = Button(tr(N_("Devam")), key="Enter", kind="primary")
        done.clicked.connect(self._go)
        row.addStretch(1)
        row.addWidget(stay)
        row.addWidget(done)
        self.body.addSpacing(8)
        self.body.addLayout(row)

    def first_focus(self) -> QWidget | None:
        return self.pin.edit

    def _go(self) -> None:
        if self.pin.text() and not self.judging:
            self.given.emit(self.pin.text())

    def refuse(self, wait: int = 0) -> None:
        """It was another one; ``wait``: seconds until the next one is looked at."""
        self.pin.clear()
        words = tr(WAIT).format(seconds=wait) if wait else tr(N_("PIN yanlış. Yeniden yazınız."))
        self.pin.set_error(words)
        self.pin.edit.setFocus(Qt.FocusReason.OtherFocusReason)


class Lock(Picker):
    """Covers the whole window until somebody says who they are; ``picked(staff_id)``, then ``open_up()``."""

    over_lock = True

    def __init__(self, window: QWidget, options: list[Option], value: Any) -> None:
        super().__init__(window, tr(N_("Pencere kilitli")), options, value=value)
        sentence = N_("Yazdıklarınız duruyor. Sürdürmek için adınızı seçiniz.")
        self.body.insertWidget(0, Text(tr(sentence), "body", "ink_2", wrap=True))

    def open(self) -> None:
        """Cover the window, and hide what is below: what a lock covers is not for a screen reader either."""
        super().open()
        self._below: list[QWidget] = []
        for part in self.parentWidget().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if part is self or part.isWindow() or part.isHidden():
                continue
            if not isinstance(part, Toast):
                part.hide()
                self._below.append(part)
            elif part.action is not None and not part.stays:
                part.dismiss()  # a way back is for who did it

    def put_under(self, overlay: Overlay) -> None:
        """Something that came up by itself waits until somebody is there."""
        overlay.hide()
        self._below.append(overlay)
        (self.first_focus() or self).setFocus(Qt.FocusReason.OtherFocusReason)
        self._from = overlay.first_focus() or overlay

    def open_up(self) -> None:
        """Go, show what was below, and give the focus back to where it was."""
        for part in self._below:
            if shiboken6.isValid(part):
                part.show()
        super().dismiss()

    def dismiss(self) -> None:
        """Neither Esc nor a click beside opens it."""

    def _take(self, option: Option) -> None:
        self.picked.emit(option.value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.fillRect(self.rect(), self.theme.petrol_900)


class Idle(QObject):
    """Counts how long nobody touched the window, and covers and locks it in time.

    ``tick()`` every second, ``touched()`` at every key; ``clock`` gives seconds. ``personal`` gives the parts to cover
    now, ``lock`` locks and says whether it did. ``came``: somebody touched this window.
    """

    came = Signal()

    _blinked = 0  # milliseconds of a blink, while the caret stands; one for all windows, as the caret's pace is

    def __init__(
        self,
        window: QWidget,
        clock: Callable[[], float],
        personal: Callable[[], Iterable[QWidget]],
        lock: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._clock, self._personal, self._lock = clock, personal, lock
        self._last = clock()
        self._spot = QPoint()
        self._veils: list[Veil] = []
        self.settings: DeskSettings | None = None
        self.locked = False
        self.watching = True  # False where nobody can be at the window: pictures and tours take their time

    def share(self, office: Office) -> None:
        """Whoever is at one window of a desk is at all of them; whoever leaves, leaves them all."""
        self.came.connect(office.touched)
        office.touched.connect(self.seen)
        office.left.connect(self.lock_now)

    def touched(self) -> None:
        """Somebody is at this window."""
        self.seen()
        self.came.emit()

    def seen(self) -> None:
        """Somebody is there, at this window or at another one of the desk."""
        self._last = self._clock()
        if self._blinked:
            QApplication.setCursorFlashTime(self._blinked)
            Idle._blinked = 0
        if not self.locked:
            self.unveil()

    def tick(self) -> None:
        spot = QCursor.pos()
        if spot != self._spot:
            self._spot = spot
            self.touched()
        if self._clock() - self._last >= CARET_SECONDS and QApplication.cursorFlashTime() > 0:
            Idle._blinked = QApplication.cursorFlashTime()
            QApplication.setCursorFlashTime(0)
        if self.settings is None or self.locked or not self.watching:
            return
        gone, wanted = self._clock() - self._last, self.settings
        if wanted.mask_seconds and gone >= wanted.mask_seconds and not self._veils:
            self._veils = [Veil(part) for part in self._personal()]
        if wanted.lock_seconds and gone >= wanted.lock_seconds:
            self.locked = self._lock()

    def lock_now(self) -> None:
        """Somebody leaves and does not wait for the time."""
        self.locked = self._lock()

    def opened(self) -> None:
        """The lock is gone."""
        self.locked = False
        self.touched()

    def unveil(self) -> None:
        for veil in self._veils:
            if shiboken6.isValid(veil):
                veil.lift()
        self._veils = []


class Seats(QObject):
    """Who works here: the picker, the PIN, the lock. ``begin()`` reads who may; it is known without a database then.

    The window has ``office``, ``idle``, ``show_overlay`` and ``tell_error``; ``clock`` gives seconds.
    """

    def __init__(self, window: Any, clock: Callable[[], float]) -> None:
        super().__init__(window)
        self._window = window
        self._tries = tries_of(window.office, clock)
        window.office.came_back.connect(self._open_up)
        self._people: Any = None
        self._lock: Lock | None = None
        self._ask: AskPin | None = None

    def begin(self) -> None:
        from desk.actions import staff

        ctx = self._window.office.ctx
        tasks.latest(self, "people", lambda: staff.people(ctx), self._read, lambda error: None)

    def _read(self, people: Any) -> None:
        self._people = people

    def options(self, people: Any) -> list[Option]:
        from desk.ui.staff.words import role_words

        return [
            Option(one.id, one.name, "lock" if one.id in people.hashes else "person", role_words(one.role))
            for one in people.staff
        ]

    # --- the picker

    def ask(self) -> None:
        """Choose who works here."""
        from desk.actions import staff

        ctx = self._window.office.ctx
        tasks.latest(self, "picker", lambda: staff.people(ctx), self._pick, self._window.tell_error)

    def _pick(self, people: Any) -> None:
        self._people = people
        window = self._window
        now = window.office.ctx.actor.staff_id
        title = tr(N_("Burada kim çalışıyor?"))
        picker = Picker(window, title, self.options(people), value=now, anchor=window.strip.person)
        picker.picked.connect(lambda staff_id: self._confirm(staff_id, self._seat, window.show_overlay))
        window.show_overlay(picker)

    def _seat(self, staff_id: UUID) -> None:
        office = self._window.office
        if staff_id != office.ctx.actor.staff_id:
            office.seat(office.ctx.as_staff(staff_id))

    def _confirm(self, staff_id: UUID, done: Callable[[UUID], None], cover: Callable[[AskPin], None]) -> None:
        """Ask the PIN of who has one, unless they sit here already and nothing is locked."""
        kept = self._people.hashes.get(staff_id)
        sits = self._lock is None and staff_id == self._window.office.ctx.actor.staff_id
        if kept is None or sits:
            done(staff_id)
            return
        name = next(one.name for one in self._people.staff if one.id == staff_id)
        ask = self._ask = AskPin(self._window, name)
        ask.given.connect(lambda pin: self._check(ask, kept, pin, staff_id, done))
        cover(ask)

    def _check(self, ask: AskPin, kept: str, pin: str, staff_id: UUID, done: Callable[[UUID], None]) -> None:
        from desk.registry.pins import pin_fits

        wait = self._tries.wait(staff_id)
        if wait:
            ask.refuse(wait)
            return

        def judged(fits: bool) -> None:
            self._tries.right(staff_id) if fits else self._tries.wrong(staff_id)
            if not shiboken6.isValid(ask) or not ask.isVisible():
                return
            ask.judging = False
            if fits:
                ask.dismiss()
                done(staff_id)
            else:
                ask.refuse(self._tries.wait(staff_id))

        ask.judging = True
        tasks.run(self, lambda: pin_fits(kept, pin), judged)

    # --- the lock

    def lock(self) -> bool:
        """Cover the window; False while nobody is known who could open it again."""
        if self._people is None or not self._people.staff or self._lock is not None:
            return self._lock is not None
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        window = self._window
        lock = self._lock = Lock(window, self.options(self._people), window.office.ctx.actor.staff_id)
        lock.picked.connect(lambda staff_id: self._confirm(staff_id, self._unlock, lambda ask: ask.open()))
        lock.open()
        return True

    def _unlock(self, staff_id: UUID) -> None:
        self._open_up()
        self._seat(staff_id)
        self._window.office.came_back.emit()

    def _open_up(self) -> None:
        """The lock goes; the PIN was asked here or at another window of this desk."""
        lock, self._lock = self._lock, None
        if lock is not None:
            ask, self._ask = self._ask, None
            if ask is not None and shiboken6.isValid(ask) and not ask.isHidden():
                ask.dismiss()
            lock.open_up()
            self._window.idle.opened()

    def put_under(self, overlay: Overlay) -> None:
        """What comes up by itself at a locked window waits below the lock."""
        if self._lock is not None and not overlay.over_lock:
            self._lock.put_under(overlay)


def tries_of(office: Office, clock: Callable[[], float]) -> PinTries:
    """The wrong PINs of a desk are counted together, at whichever of its windows they were written."""
    from desk.registry.pins import PinTries

    kept = office.__dict__.get("_pin_tries")
    if kept is None:
        kept = office.__dict__["_pin_tries"] = PinTries(clock)
    return cast("PinTries", kept)

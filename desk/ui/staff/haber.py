"""Ready messages between desk and counters: one key opens them, a digit sends one; one that comes must be seen.

``MessageDesk(window)`` belongs to any window that has an ``office`` and can lay an overlay over itself.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.registry.place_types import is_call
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Chip, FlowLayout, SectionLabel, Text, Toast, toasts

if TYPE_CHECKING:
    from desk.registry.place_types import DeskSettings, Message

KEY = "Alt+H"
DESK = 0
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
tr = translator()


def place_words(number: int) -> str:
    """Danışma, or Banko 3."""
    return tr(N_("Banko {number}")).format(number=number) if number else tr(N_("Danışma"))


class ChooseMessage(Overlay):
    """To whom (← →), and which sentence (a digit): ``sent(place, to)``."""

    sent = Signal(int, int)

    def __init__(
        self,
        window: QWidget,
        sentences: Sequence[str],
        targets: Sequence[int],
        to: int,
        closed: Collection[int] = (),
    ) -> None:
        super().__init__(window, tr(N_("İleti gönder")), width=580)
        self._targets, self._to = list(targets), to if to in targets else targets[0]
        self.body.addWidget(SectionLabel(tr(N_("Kime")), "← →"))
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        self.chips: dict[int, Chip] = {}
        for number in targets:
            shut = tr(N_("{place} · kapalı")).format(place=place_words(number))
            chip = Chip(shut if number in closed else place_words(number))
            chip.clicked.connect(lambda _on=False, number=number: self.set_to(number))
            flow.addWidget(chip)
            self.chips[number] = chip
        self.body.addWidget(box)
        self.body.addWidget(SectionLabel(tr(N_("İleti")), tr(N_("rakam tuşu gönderir"))))
        column = QVBoxLayout()
        column.setSpacing(6)
        self.sentences: list[Button] = []
        for place, words in enumerate(sentences):
            button = Button(tr(words), key=str(place + 1), kind="secondary")
            button.clicked.connect(lambda _on=False, place=place: self._send(place))
            column.addWidget(button)
            self.sentences.append(button)
        self.body.addLayout(column)
        note = N_("Yalnız hazır iletiler gönderilir; gün bitince silinir.")
        self.body.addWidget(Text(tr(note), "hint", "ink_2", wrap=True))
        stay = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        stay.clicked.connect(self.dismiss)
        self.body.addWidget(stay)
        for key in (*self.chips.values(), *self.sentences, stay):
            key.installEventFilter(self)
        self.set_to(self._to)

    def set_to(self, number: int) -> None:
        self._to = number
        for one, chip in self.chips.items():
            chip.setChecked(one == number)

    def first_focus(self) -> QWidget | None:
        return self  # a digit sends; Enter alone must not

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows are ours also on a button, which would take them for itself."""
        arrow = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ARROWS
        if arrow and isinstance(watched, Button | Chip):
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _send(self, place: int) -> None:
        to = self._to
        self.dismiss()
        self.sent.emit(place, to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        place = event.key() - Qt.Key.Key_1
        if step:
            at = self._targets.index(self._to)
            self.set_to(self._targets[(at + step) % len(self._targets)])
        elif 0 <= place < len(self.sentences) and not event.isAutoRepeat():
            self._send(place)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
        event.accept()


class MessageDesk(QObject):
    """A window's part in the messages: ``ask()`` is what the key does; ``see()`` says that the newest was seen."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self._shown: dict[UUID, Toast] = {}
        self._to = DESK
        self.settings: DeskSettings | None = None
        window.office.bridge.changed.connect(self._on_changes)
        window.office.counter_changed.connect(self.look)

    def begin(self, settings: DeskSettings) -> None:
        """The site's sentences; what waits here is shown."""
        first = self.settings is None
        self.settings = settings
        if first:
            self.look()

    # --- send

    def ask(self) -> None:
        """Choose whom and what."""
        from desk.queue import reads

        if self.settings is None:
            return
        if not self.settings.messages:
            self._say(tr(N_("Hazır ileti yazılmamış. Ayarlar’daki “Görevli penceresi” sayfasında yazabilirsiniz.")))
            return
        ctx = self._window.office.ctx
        tasks.latest(self, "targets", lambda: ctx.read(reads.counters), self._choose, self._failed)

    def _choose(self, counters: Any) -> None:
        assert self.settings is not None
        own = self._window.office.counter
        numbers = [one.number for one in counters if one.number != own]
        targets = ([DESK] if own else []) + numbers
        if not targets:
            self._say(tr(N_("İleti gönderilecek banko yok.")))
            return
        closed = {one.number for one in counters if one.state == "closed"}
        overlay = ChooseMessage(self._window, self.settings.messages, targets, self._to, closed)
        overlay.sent.connect(lambda place, to: self._send(place, to, shut=to in closed))
        self._window.show_overlay(overlay)

    def _send(self, place: int, to: int, *, shut: bool = False) -> None:
        from desk.actions import messages

        office = self._window.office
        ctx, sender = office.ctx, office.counter
        self._to = to

        def done(message: Message) -> None:
            words = tr(N_("{place} için gönderildi: {text}")).format(place=place_words(to), text=tr(message.text))
            if shut:
                words += " " + tr(N_("Banko kapalı; görülünce size bildirilir."))
            self._say(words)

        tasks.run(self, lambda: messages.send(ctx, place, sender, to), done, self._failed)

    # --- what comes

    def look(self) -> None:
        """What nobody has seen yet here."""
        from desk.actions import messages

        office = self._window.office
        ctx, here = office.ctx, office.counter
        for toast in self._shown.values():
            _away(toast)
        self._shown.clear()
        tasks.latest(self, "waiting", lambda: messages.waiting(ctx, here), self._show_all, lambda error: None)

    def _show_all(self, waiting: Sequence[Message]) -> None:
        for message in waiting:
            self._show(message)

    def _on_changes(self, changes: list[Change]) -> None:
        for change in changes:
            if change.subject_id is None:
                continue
            if change.kind is Kind.MESSAGE_SENT:
                self._read(change.subject_id, self._show)
            elif change.kind is Kind.MESSAGE_SEEN:
                toast = self._shown.pop(change.subject_id, None)
                if toast is not None:
                    _away(toast)
                self._read(change.subject_id, self._tell_seen)

    def _read(self, message_id: UUID, show: Any) -> None:
        from desk.actions import messages

        ctx = self._window.office.ctx
        tasks.read(self, lambda: messages.message(ctx, message_id), show, lambda error: None)

    def _show(self, message: Message | None) -> None:
        """A message that stays until it was seen."""
        if message is None or message.seen_at is not None or message.id in self._shown:
            return
        if message.to != self._window.office.counter or not self._window.isVisible():
            return
        words = tr(N_("{place}: {text}")).format(place=place_words(message.sender), text=tr(message.text))
        call = is_call(message.text)
        self._shown[message.id] = toasts(self._window).message(
            words,
            icon="bell" if call else "comment",
            action=tr(N_("Gördüm")),
            key="Ctrl+O",
            on_action=lambda: self._seen(message.id),
            call=call,
        )
        if call:
            QApplication.alert(self._window)  # in the task bar, where another program lies over the window
        if self.settings is not None and self.settings.message_sound:
            QApplication.beep()

    def see(self) -> bool:
        """Ctrl+O: the newest one was seen, a call for help before others; False when there is none."""
        waiting = [toast for toast in toasts(self._window).in_order() if toast in self._shown.values()]
        if waiting:
            waiting[-1].act()
        return bool(waiting)

    def _seen(self, message_id: UUID) -> None:
        from desk.actions import messages

        ctx = self._window.office.ctx
        self._shown.pop(message_id, None)
        tasks.run(self, lambda: messages.seen(ctx, message_id), None, self._failed)

    def _tell_seen(self, message: Message | None) -> None:
        """Who sent it is told that it was seen."""
        office = self._window.office
        if message is None or message.terminal_id != office.ctx.actor.terminal_id or message.sender != office.counter:
            return
        words = tr(N_("{place} iletinizi gördü: {text}"))
        self._say(words.format(place=place_words(message.to), text=tr(message.text)))

    def _say(self, words: str) -> None:
        if self._window.isVisible():
            toasts(self._window).info(words, icon="comment", seconds=6)

    def _failed(self, error: DeskError) -> None:
        self._window.show_error(error.text(tr))


def _away(toast: Toast) -> None:
    if shiboken6.isValid(toast) and not toast.isHidden():
        toast.dismiss()

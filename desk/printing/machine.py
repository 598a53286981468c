"""One printer as its owner has it open: the line, the model, the conversation; or its queue in the print server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desk.errors import DeskError
from desk.printing import ledger
from desk.printing.apart import Line as Apart
from desk.printing.bell import Bell
from desk.printing.cups import CupsQueue
from desk.printing.logo import LOGO_KEY
from desk.printing.papers import A4
from desk.printing.profiles import Profile, load_profile
from desk.printing.status import CAN_PRINT, Conversation, PrinterState
from desk.printing.transports import LineFault, Transport, open_transport
from desk.printing.trouble import WAITING_REASONS


class Trouble(Exception):  # not an error: papers wait, and say why
    """The printer cannot print now; ``reason`` is a sentence for whoever waits."""

    def __init__(self, state: PrinterState, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


class Machine:
    """Opened when it is needed, closed when the line fails. For the thread that works there, but for ``cancel``."""

    def __init__(self, profiles: Path, bell: Bell) -> None:
        self._profiles = profiles
        self._bell = bell
        self._apart = Apart(bell.ring)
        self._line: Transport | None = None
        self._opened_as: tuple[str, str, bool] | None = None
        self.talk: Conversation | None = None
        self.profile: Profile | None = None
        self.queue: CupsQueue | None = None

    def state(self, post: ledger.Post) -> PrinterState:
        """How the printer is that a paper may go to; opens it when it is closed. Raises Trouble."""
        try:
            state, silent, may = self._ask(post)
        except DeskError as error:
            self.close()
            raise Trouble(PrinterState.OFFLINE, sentence(error)) from error
        if (silent and state == PrinterState.UNKNOWN) or not may:
            raise Trouble(state, WAITING_REASONS[state])
        return state

    def _ask(self, post: ledger.Post) -> tuple[PrinterState, bool, bool]:
        """State, whether silence means that it is away, whether it may be given a paper."""
        if post.address.startswith(A4):
            state = self._open_queue(post).state()
            return state, True, state != PrinterState.OFFLINE  # the server learns of paper only while it prints
        talk, profile = self._open(post)
        state = talk.state()
        if state in CAN_PRINT and not talk.caught_up():
            return PrinterState.UNKNOWN, True, False
        return state, profile.status.realtime, state in CAN_PRINT

    def _open(self, post: ledger.Post) -> tuple[Conversation, Profile]:
        if self.talk is None or self.profile is None:
            profile = load_profile(post.profile, self._profiles)
            keeps = post.has_logo and profile.stores_logo
            self.profile = replace(profile, logo=LOGO_KEY) if keeps else profile
            self._line = open_transport(post.address, profile)
            self._line.when_heard(self._bell.ring)
            self.talk = Conversation(self._line, profile)
            self._opened_as = _as_opened(post)
            self._apart.hold(post.address)
            self.talk.watch()
        return self.talk, self.profile

    def _open_queue(self, post: ledger.Post) -> CupsQueue:
        if self.queue is None:
            self.queue = CupsQueue(post.address)
            self._opened_as = _as_opened(post)
        return self.queue

    def is_changed(self, post: ledger.Post) -> bool:
        """Whether it is open as something else than the settings say by now."""
        return self._opened_as is not None and self._opened_as != _as_opened(post)

    def news(self) -> PrinterState | None:
        """What it says by itself between papers; a cable that was pulled is noticed here. Raises Trouble."""
        if self.talk is None:
            return None
        try:
            state = self.talk.news()
        except LineFault as fault:
            self.close()
            raise Trouble(PrinterState.OFFLINE, fault.message) from fault
        if state is not None and state not in CAN_PRINT:
            raise Trouble(state, WAITING_REASONS[state])
        return state

    def pour(self) -> None:
        """Send what other threads want on this line, past the ledger."""
        self._apart.pour(self._line)

    def close(self) -> None:
        line, self._line, self.talk, self.queue, self._opened_as = self._line, None, None, None, None
        if line is not None:
            self._apart.let_go()
            line.close()

    def fileno(self) -> int:
        """The file that becomes readable when it speaks; -1 when there is none."""
        return self._line.fileno() if self._line else -1

    def cancel(self) -> None:
        """Free a write that is stuck, from another thread."""
        line = self._line
        if line is not None:
            line.cancel()


def _as_opened(post: ledger.Post) -> tuple[str, str, bool]:
    return post.address, post.profile, post.has_logo


def sentence(error: DeskError) -> str:
    """A job keeps a marked sentence; one with parameters is put into words now."""
    return error.text() if error.params else error.message

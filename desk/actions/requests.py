"""What a press at Danışma or at the kiosk carries, and what is told afterwards.

Apart from what acts on it (``actions.desk``): a window is built and shows its data before that is read.
"""

from __future__ import annotations

from uuid import UUID

from desk.i18n import SOURCE_LANGUAGE
from desk.queue.types import Priority, Ticket
from desk.registry.types import NOBODY, Arrival, AssistanceKind, Destination, PersonInput, Visit
from desk.values import dataclass

TICKETS_LIMIT = 60
"""Numbers given in one press: a school class, not a mistyped year."""


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What a press of "Sıra ver" carries. ``key`` is made by the screen: a double press gives one ticket."""

    key: str
    service_code: str
    persons: int = 1
    numbers: int = 1  # one number for the whole group, or one each
    priority: Priority | None = None
    assistance: AssistanceKind | None = None
    arrival: Arrival = Arrival.WALK_IN
    subject_code: str = ""
    unit_code: str = ""
    identity: PersonInput = NOBODY
    lang: str = "tr"
    override_reason: str = ""  # full cap, or hardly called today: the desk may say why, the kiosk may not


@dataclass(frozen=True, slots=True)
class Registered:
    """What the desk, kiosk and command line tell afterwards."""

    visit: Visit
    tickets: tuple[Ticket, ...]
    jobs: tuple[UUID, ...]  # print jobs, one per ticket; empty without a printer
    repeated: bool  # this press had already been answered


@dataclass(frozen=True, slots=True)
class Direction:
    """A visitor who was told the way ("Bilgi verildi"): counted, no number."""

    key: str
    persons: int = 1
    arrival: Arrival = Arrival.WALK_IN
    assistance: AssistanceKind | None = None
    to: Destination | None = None
    printed: bool = False
    lang: str = SOURCE_LANGUAGE  # of the slip
    guide: str = ""  # the line of the guide that was told; then its slip is printed instead of the way

"""What the queue shows to screens, paper and the command line: frozen read types, no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from desk.errors import N_
from desk.values import dataclass


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    ON_HOLD = "on_hold"
    SERVED = "served"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


STATE_NAMES = {
    TicketState.WAITING: N_("Bekliyor"),
    TicketState.CALLED: N_("Çağrıldı"),
    TicketState.SERVING: N_("İşlemde"),
    TicketState.ON_HOLD: N_("Beklemede"),
    TicketState.SERVED: N_("Tamamlandı"),
    TicketState.NO_SHOW: N_("Gelmedi"),
    TicketState.CANCELLED: N_("İptal edildi"),
    TicketState.EXPIRED: N_("Gün sonu kapandı"),
}


class Priority(StrEnum):
    """Why a visitor goes first. Never stored with the ticket (which knows yes or no), only counted per day and site."""

    AGE = "age65"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    SMALL_CHILD = "small_child"
    VETERAN = "veteran"
    DECLARED = "declared"


PRIORITY_NAMES = {
    Priority.AGE: N_("65 yaş ve üzeri"),
    Priority.DISABLED: N_("Engelli"),
    Priority.PREGNANT: N_("Hamile"),
    Priority.SMALL_CHILD: N_("Bebekli / küçük çocuklu"),
    Priority.VETERAN: N_("Şehit yakını / gazi"),
    Priority.DECLARED: N_("Kiosk beyanı"),
}

DESK_PRIORITIES = (
    Priority.AGE,
    Priority.DISABLED,
    Priority.PREGNANT,
    Priority.SMALL_CHILD,
    Priority.VETERAN,
)
"""The classes a clerk picks with Alt+1…5, in this order; the kiosk only knows DECLARED."""


@dataclass(frozen=True, slots=True)
class Band:
    """A waiting forecast in whole minutes, already rounded for people. ``low == high == 0``: no waiting."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Window:
    """A forecast by the site's clock ("13.10–13.20"), where a pause lies between: minutes never promise across it."""

    begins: time
    ends: time
    pause: tuple[time, time] | None = None  # the lunch between; None: the call comes after closing


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the scorecard keeps of a forecast. Minutes; ``upper`` before it is rounded for people."""

    rule: str
    rule_version: int
    median: float
    upper: float
    sd: float
    k: float
    replications: int  # 0: a counter was free
    shadow: float  # what people ahead × moving average would have said
    waiting: int
    counters_open: int


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody who takes a number now is told: at most one of ``band``, ``window`` and ``hardly_today``.

    None of them: too little is known to promise anything. ``forecast`` goes into the log with the ticket, and so does
    ``learned``, what this process was the first to learn today (see queue.present).
    """

    ahead: int
    band: Band | None = None
    window: Window | None = None
    hardly_today: bool = False
    forecast: Forecast | None = None
    learned: dict[str, Any] | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Service:
    id: UUID
    code: str
    letter: str
    name: str
    short_name: str
    unit: str
    place: str  # "Zemin kat · Banko 3, 4, 5"
    icon: str
    active: bool
    sensitive: bool  # not named in the hall
    kiosk: bool  # has a tile of its own
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A place in the queue, as printed, shown and called."""

    id: UUID
    visit_id: UUID
    number: str  # "V 017"
    letter: str
    service_code: str
    service_name: str
    place: str
    state: TicketState
    priority: bool
    persons: int
    issued_at: datetime
    lang: str
    scan_code: str
    assistance: bool
    ahead: int  # numbers before this one when it was issued
    forecast: Band | None  # given at issue; None: too few data to promise anything
    outside_hours: bool
    window: Window | None = None  # given instead of ``forecast`` across lunch or closing


@dataclass(frozen=True, slots=True)
class ServiceQueue:
    """One service on the live board."""

    service: Service
    waiting: int
    forecast: Band | None
    busy: bool  # the forecast is over the site's "crowded" mark
    window: Window | None = None  # instead of ``forecast`` across lunch or closing
    hardly_today: bool = False  # a newcomer would hardly be called before the counters go home
    counters_open: int = 0  # counters that serve it and are at work now; others' numbers may keep them busy


@dataclass(frozen=True, slots=True)
class Issued:
    """A number lately given, for "Son verilen"."""

    ticket_id: UUID
    visit_id: UUID
    number: str
    service_name: str
    at: datetime
    print_state: str  # queued | sending | printed | unknown | failed | none
    short_name: str  # of the service, for narrow lists


@dataclass(frozen=True, slots=True)
class CounterState:
    number: int
    name: str  # "Banko 4"
    state: str  # free | called | serving | break | closed
    ticket: str  # "" when none
    staff: str


@dataclass(frozen=True, slots=True)
class NextUp:
    """One of the next numbers of a counter, with the inputs of the rule (``head_start`` 0 without öncelik)."""

    ticket_id: UUID
    number: str
    priority: bool
    waited_minutes: int
    head_start: int
    rule: str = "head_start"
    k: int = 0  # interleave: so many priority numbers, then one of the others
    ratio: float = 0.0  # accumulating: a minute of a priority number counts so many times
    wanted: str = ""  # "counter" or "staff": sent to this one, nobody else calls it


@dataclass(frozen=True, slots=True)
class AtCounter:
    """The ticket a counter has called or serves."""

    ticket_id: UUID
    number: str
    service_name: str
    state: TicketState
    priority: bool
    persons: int
    issued_at: datetime
    called_at: datetime
    started_at: datetime | None
    waited_seconds: int  # from issue to the first call
    recalls: int  # 1 after the first call
    help_needed: str  # refakat kind in words, "" when none; shown only after the call
    reason: CallReason | None
    visit_id: UUID
    calls_missing: int = 0  # calls still to be made before "Gelmedi" is taken
    no_show_from: datetime | None = None  # nor before this moment


@dataclass(frozen=True, slots=True)
class CounterPanel:
    counter_id: UUID
    number: int
    name: str
    services: tuple[str, ...]
    open: bool
    current: AtCounter | None
    next: tuple[NextUp, ...]
    on_hold: tuple[NextUp, ...]
    waiting: int
    served_today: int
    state: str = "open"  # open | break | closed
    staff: str = ""  # who sits there
    break_since: datetime | None = None
    break_reason: str = ""
    auto_call_seconds: int = 0  # after "Bitir" the next is called by itself; 0: never
    day_closed: bool = False


@dataclass(frozen=True, slots=True)
class CallReason:
    """Why this number was next: the rule, its version and its inputs; put into words where it is shown."""

    rule: str  # one of rule.RULES, "chosen" (by a person, who says why in ``note``) or "recall"
    version: int
    waited_minutes: int = 0
    head_start: int = 0
    runner_up: str = ""  # the number that would have been next, "" when none
    runner_up_waited: int = 0
    runner_up_head_start: int = 0
    priority: bool = False
    runner_up_priority: bool = False
    k: int = 0
    run: int = 0  # interleave: priority calls in a row at this counter before this one
    ratio: float = 0.0
    wanted: str = ""  # it had been sent to this "counter" or its "staff"
    note: str = ""  # chosen: why


@dataclass(frozen=True, slots=True)
class PriorityShare:
    """How many of the day's numbers have öncelik; ``over``: past the mark at which the rule begins to hurt others."""

    priority: int
    numbers: int
    percent: float
    over: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A number that a counter has finished with today; ``minutes`` of service, 0 for one that did not come."""

    number: str
    state: TicketState
    outcome: str  # one of reasons.OUTCOMES, "" for one that did not come
    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A number that did not come and may still be brought back."""

    ticket_id: UUID
    number: str
    service_name: str
    missed_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A counter with somebody at it: where a visitor can be sent on to."""

    number: int
    name: str
    staff_code: str
    staff: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call for the hall: what is shown and spoken. No name, no reason."""

    seq: int  # of the change log: the hall's cursor
    ticket_id: UUID
    number: str
    counter_name: str
    counter_number: int
    at: datetime
    recall: int  # 1 for the first call
    lang: str
    service_id: UUID | None = None  # a second display shows some services only


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence of the public screens from a day to a day, both included. ``texts`` by language, Turkish first."""

    starts_on: date
    ends_on: date
    texts: Mapping[str, str]

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class HallSettings:
    """What a hall display is set to. ``sentences`` None: the program's own. ``services`` empty: all of the site."""

    flashing: bool = True
    chime: bool = True
    voice: bool = True
    other_languages: bool = True  # a call is said in the language of its ticket too
    sentences: tuple[str, ...] | None = None
    services: tuple[UUID, ...] = ()
    announced: tuple[Announcement, ...] = ()  # now and soon; the display looks at the day itself


@dataclass(frozen=True, slots=True)
class HallBoard:
    calls: tuple[Call, ...]  # newest first, one per ticket
    waiting: tuple[ServiceQueue, ...]
    cursor: int


@dataclass(frozen=True, slots=True)
class LiveBoard:
    """What the desk sees at its right: queues, counters, lately given numbers, counts of the day."""

    queues: tuple[ServiceQueue, ...]
    counters: tuple[CounterState, ...]
    issued: tuple[Issued, ...]
    visits_today: int
    persons_today: int
    visits_last_hour: int
    waiting: int = field(default=0)

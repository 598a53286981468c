"""The rows of an application, made once for the one a clerk registers and for the thousands of an import.

A ``Book`` reads the site's settings, periods and reference rows once per transaction, takes record numbers and
barcodes in one block, and drafts; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from desk.clock import local_date
from desk.errors import N_, UserError
from desk.models import site
from desk.models.base import new_id
from desk.models.numbers import CodeKind, next_numbers, scan_code, tracking_code
from desk.models.prepared import Query, together
from desk.models.work import Work
from desk.registry import channels, deadlines
from desk.registry.application_types import ApplicationRequest, Urgency
from desk.registry.search import search_text
from desk.registry.types import DocumentKind, Missing
from desk.text import clean, fold
from desk.workdays import Calendar

Row = dict[str, Any]

LAW_ASKS = frozenset({DocumentKind.PETITION, DocumentKind.INFORMATION})
"""Papers of which the law asks name, signature, address and subject."""


_UNITS = Query(select(site.Unit.code, site.Unit.id))
_PLACES = Query(select(site.Neighbourhood.code, site.Neighbourhood.id))
_SUBJECT = Query(
    select(site.Unit.code, site.Subject.urgency)
    .join(site.Subject, site.Unit.id == site.Subject.unit_id)
    .where(site.Subject.code == bindparam("code"))
)


@dataclass(slots=True)
class Drafted:
    application: Row
    search: Row
    detail: Row | None
    events: list[Row]
    enclosures: list[Row]
    unit_code: str
    place_code: str


@dataclass(frozen=True, slots=True)
class _Subject:
    unit_code: str
    urgency: Urgency


@dataclass(slots=True)
class Book:
    work: Work
    import_id: UUID | None = None
    asked: InitVar[str] = ""  # the subject that is registered: read with the rest
    values: Mapping[str, Any] = field(init=False)
    units: dict[str, UUID] = field(init=False)
    places: dict[str, UUID] = field(init=False)
    subjects: dict[str, _Subject] = field(init=False)
    periods: deadlines.Periods = field(init=False)
    calendar: Calendar = field(init=False)

    def __post_init__(self, asked: str) -> None:
        connection, site_id = self.work.connection, self.work.site_id
        self.values = self.work.settings
        with together(connection):
            units, places = _UNITS.ask_all(connection, {}), _PLACES.ask_all(connection, {})
            leave, subject = deadlines.ask_leave(connection, site_id), _SUBJECT.ask(connection, {"code": asked})
        self.units = {row.code: row.id for row in units()}
        self.places = {row.code: row.id for row in places()}
        self.periods = deadlines.periods_in(self.values)
        self.calendar = deadlines.calendar_in(self.values, leave())
        found = subject()
        self.subjects = {} if found is None else {asked: _Subject(found.code, Urgency(found.urgency))}

    @property
    def notice(self) -> str:
        """The version of the aydınlatma text in force."""
        version: str = self.values.get("notice_version", "")
        return version

    @property
    def keep_days(self) -> int:
        days: int = self.values.get("person_keep_days", 730)
        return days

    @property
    def keep(self) -> timedelta:
        return timedelta(days=self.keep_days)

    def draft(self, requests: Sequence[ApplicationRequest], persons: Sequence[UUID | None]) -> list[Drafted]:
        """The rows of checked requests, their senders' rows being written already."""
        self._know_subjects({one.subject_code for one in requests})
        count, work = len(requests), self.work
        wanted = (("record", str(work.day.year), count), (f"scan:{int(CodeKind.APPLICATION)}", "", count))
        serial, running = next_numbers(work.connection, work.site_id, wanted)
        return [
            self._one(request, person, serial - count + place, running - count + place)
            for place, (request, person) in enumerate(zip(requests, persons, strict=True), start=1)
        ]

    def _know_subjects(self, codes: set[str]) -> None:
        wanted = {code for code in codes if code and code not in self.subjects}
        if not wanted:
            return
        for code in sorted(wanted):
            found = _SUBJECT.one_or_none(self.work.connection, {"code": code})
            if found is None:
                raise UserError(N_("Böyle bir konu yok: {code}"), code=code)
            self.subjects[code] = _Subject(found.code, Urgency(found.urgency))

    def _one(self, request: ApplicationRequest, person_id: UUID | None, serial: int, running: int) -> Drafted:
        work = self.work
        application_id = new_id()
        subject = self.subjects.get(request.subject_code)
        unit_code = request.unit_code or (subject.unit_code if subject else "")
        unit_id = self._unit(unit_code)
        urgency = request.urgency or (subject.urgency if subject else Urgency.NORMAL)
        received_at = request.received_at or work.now
        due, clock = self._due(request, urgency, received_at)
        number = f"{work.day.year}/{serial:06d}"
        outside = channels.outside_number(request.channel, request.fields)
        missing = missing_in(request)
        hidden = "hidden" in request.fields
        place_code = request.neighbourhood_code or request.sender.neighbourhood_code
        application = {
            "id": application_id,
            "site_id": work.site_id,
            "day": work.day,
            "year": work.day.year,
            "serial": serial,
            "record_number": number,
            "tracking_code": tracking_code(),
            "scan_code": scan_code(CodeKind.APPLICATION, work.site_number, running),
            "request_key": request.key,
            "document_kind": str(request.document),
            "channel": str(request.channel),
            "state": "referred" if unit_id else "new",
            "subject": request.subject,
            "subject_fold": fold(request.subject),
            "unit_id": unit_id,
            "person_id": person_id,
            "neighbourhood_id": self._place(place_code),
            "visit_id": request.visit_id,
            "ticket_id": request.ticket_id,
            "signature_present": request.signature_present,
            "missing": [str(one) for one in missing],
            "received_at": received_at,
            "due_on": due.on,
            "due_basis": due.basis,
            "registered_by": work.actor.staff_id,
            "terminal_id": work.actor.terminal_id,
            "receipts": 1,
            "kind": str(request.kind),
            "sender_kind": str(request.sender_kind),
            "persons": request.persons,
            "urgency": str(urgency),
            "subject_code": request.subject_code,
            "clock": str(clock),
            "open": True,
            "version": 0,
            "stopped_on": None,
            "outcome": None,
            "closed_at": None,
            "told_at": None,
            "satisfied": None,
            "joined_to": None,
            "owner_id": None,
            "outside_number": outside or None,
            "official_number": None,
            "official_on": None,
            "import_id": self.import_id,
            "hidden": hidden,
        }
        events = [self._event(application_id, "registered", {"missing": application["missing"], "due": due.data()})]
        if unit_id is not None:
            events.append(self._event(application_id, "referred", {}, unit_id))
        sender = request.sender
        words = search_text(
            number, "" if hidden else sender.name, "" if hidden else sender.phone, request.subject, request.place,
            (outside,),
        )  # fmt: skip
        return Drafted(
            application=application,
            search={"application_id": application_id, "site_id": work.site_id, "text": words},
            detail=self._detail(application_id, request),
            events=events,
            enclosures=self._enclosures(application_id, request),
            unit_code=unit_code,
            place_code=place_code,
        )

    def _due(self, request: ApplicationRequest, urgency: Urgency, received_at: datetime) -> tuple[Any, Any]:
        clock = channels.clock_of(request.channel, request.document, request.kind)
        received = self.received_on(request, received_at)
        return deadlines.due(clock, received, urgency=urgency, periods=self.periods, calendar=self.calendar), clock

    def received_on(self, request: ApplicationRequest, received_at: datetime) -> date:
        """The day the clock starts from: the business day, or the day of an earlier arrival."""
        if request.received_at is None:
            return self.work.day
        return min(local_date(received_at, self.work.zone), self.work.day)

    def _unit(self, code: str) -> UUID | None:
        if not code:
            return None
        if code not in self.units:
            raise UserError(N_("Böyle bir birim yok: {code}"), code=code)
        return self.units[code]

    def _place(self, code: str) -> UUID | None:
        if not code:
            return None
        if code not in self.places:
            raise UserError(N_("Böyle bir mahalle yok: {code}"), code=code)
        return self.places[code]

    def _event(self, application_id: UUID, kind: str, data: Row, unit_id: UUID | None = None) -> Row:
        return {
            "id": new_id(),
            "site_id": self.work.site_id,
            "application_id": application_id,
            "at": self.work.now,
            "kind": kind,
            "staff_id": self.work.actor.staff_id,
            "terminal_id": self.work.actor.terminal_id,
            "unit_id": unit_id,
            "data": data,
        }

    def _detail(self, application_id: UUID, request: ApplicationRequest) -> Row | None:
        if not (request.body or request.place or request.fields):
            return None
        return {
            "application_id": application_id,
            "site_id": self.work.site_id,
            "body": request.body,
            "place": request.place,
            "fields": dict(request.fields),
        }

    def _enclosures(self, application_id: UUID, request: ApplicationRequest) -> list[Row]:
        return [
            {
                "id": new_id(),
                "site_id": self.work.site_id,
                "application_id": application_id,
                "position": position,
                "name": one.name,
                "kind": one.kind,
                "pages": one.pages,
            }
            for position, one in enumerate(request.enclosures, start=1)
        ]


def missing_in(request: ApplicationRequest) -> tuple[Missing, ...]:
    """What the law asks of this paper and it lacks: nothing of a letter, an envelope, an application without paper."""
    if request.document not in LAW_ASKS:
        return ()
    sender = request.sender
    lacks = (
        (Missing.NAME, not clean(sender.name)),
        (Missing.SIGNATURE, not request.signature_present),
        (Missing.ADDRESS, not clean(sender.address)),
        (Missing.SUBJECT, not clean(request.subject)),
    )
    return tuple(what for what, lacking in lacks if lacking)

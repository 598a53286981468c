"""The rows of one day, collected while it is played and inserted at once: what the actions would have written."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from desk.actions.simulation.place import Place
from desk.actor import Actor
from desk.clock import local
from desk.events import Kind
from desk.models import counting
from desk.models.application import Application, ApplicationEvent, Enclosure
from desk.models.assistance import Assistance, AssistanceEvent, EquipmentUse
from desk.models.base import Base
from desk.models.bulk import insert_rows
from desk.models.case import ApplicationSearch, ApplicationText, Call
from desk.models.counting import Duration, Measure, Tally
from desk.models.forecast import ForecastLog
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, next_number, scan_code
from desk.models.print_job import PrintJob
from desk.models.session import Session
from desk.models.site import CounterPeriod, SiteDay
from desk.models.summary import Change
from desk.models.survey import Survey, SurveyAnswer
from desk.models.ticket import NumberSeries, Ticket, TicketCall, TicketPeriod
from desk.models.visit import Person, Visit

Row = dict[str, Any]

IN_ORDER: tuple[type[Base], ...] = (
    SiteDay, Person, Visit, Ticket, ForecastLog, TicketPeriod, TicketCall, CounterPeriod, Assistance, AssistanceEvent,
    EquipmentUse, Application, ApplicationSearch, ApplicationEvent, ApplicationText, Enclosure, Call, PrintJob,
    Survey, SurveyAnswer, Change,
)  # fmt: skip
"""Tables in the order in which foreign keys let them be filled."""


class Series:
    """The number series, counted on in memory while a day is played and raised in the database at its end."""

    def __init__(self, session: Session | None = None, site_id: UUID | None = None) -> None:
        """As they stand in the database; without one they begin anew."""
        self._last: Counter[tuple[str, str]] = Counter()
        if session is not None:
            rows = session.execute(select(NumberSeries).where(NumberSeries.site_id == site_id)).scalars()
            self._last = Counter({(row.series, row.period): row.last for row in rows})
        self._taken: Counter[tuple[str, str]] = Counter()
        self.tracking_codes: set[str] = set()

    def last(self, series: str, period: str = "") -> int:
        return self._last[series, period]

    def take(self, series: str, period: str = "") -> int:
        self._last[series, period] += 1
        self._taken[series, period] += 1
        return self._last[series, period]

    def take_some(self, series: str, period: str, count: int) -> int:
        """Take ``count`` numbers; returns the first."""
        first = self._last[series, period] + 1
        self._last[series, period] += count
        self._taken[series, period] += count
        return first

    def taken(self) -> Counter[tuple[str, str]]:
        """What was taken since the last writing."""
        return Counter(self._taken)

    def write(self, session: Session, site_id: UUID) -> None:
        for (series, period), count in sorted(self._taken.items()):
            next_number(session, site_id, series, period, count)
        self._taken.clear()


class Book:
    def __init__(self, place: Place, day: date, chance: Random, series: Series) -> None:
        self.place = place
        self.day = day
        self.tally = Tally()
        self.chance = chance
        self.series = series
        self.rows: dict[type[Base], list[Row]] = {table: [] for table in IN_ORDER}

    def key(self, at: datetime) -> UUID:
        """A UUIDv7 (RFC 9562) of this moment, its random bits from the seed."""
        milliseconds = int(at.timestamp() * 1000)
        random = self.chance.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1)

    def add(self, table: type[Base], **values: Any) -> Row:
        """Put a row down; what is changed in it before the day is written is written so."""
        if table is not ApplicationText:  # it has no site: its event has
            values["site_id"] = self.place.site_id
        self.rows[table].append(values)
        return values

    def change(self, kind: Kind, subject_id: UUID | None, at: datetime, actor: Actor) -> None:
        self.add(
            Change,
            seq=self.series.take("change"),
            at=at,
            kind=kind,
            subject_id=subject_id,
            staff_id=actor.staff_id,
            terminal_id=actor.terminal_id,
        )

    def count(self, measure: Measure, key: str = "", value: int = 1, by_hour: datetime | None = None) -> None:
        hour = local(by_hour, self.place.zone).hour if by_hour else None
        self.tally.count(measure, key, value, hour)

    def time(self, duration: Duration, key: str, begun: datetime, ended: datetime) -> None:
        self.tally.time(duration, key, (ended - begun).total_seconds())

    def barcode(self, kind: CodeKind) -> str:
        return scan_code(kind, self.place.number, self.series.take(f"scan:{int(kind)}"))

    def tracking_code(self) -> str:
        """A code that no other petition of this simulation has."""
        while True:
            letters = "".join(self.chance.choices(TRACKING_ALPHABET, k=8))
            code = f"{letters[:4]}-{letters[4:]}"
            if code not in self.series.tracking_codes:
                self.series.tracking_codes.add(code)
                return code

    def write(self, session: Session) -> None:
        for table, rows in self.rows.items():
            core = table.__table__
            if table is not ApplicationSearch:
                insert_rows(session, core, _whole(core, rows))
            elif rows:  # its number is the database's to give
                insert_rows(session, core, rows, list(rows[0]))
        counting.write(session.connection(), self.place.site_id, {self.day: self.tally})
        self.series.write(session, self.place.site_id)

    def complete(self) -> None:
        """Give every row what plain defaults would put into the columns that no simulated day fills."""
        for table, rows in self.rows.items():
            if table is not ApplicationSearch:
                self.rows[table] = _whole(table.__table__, rows)


def _whole(table: Table, rows: list[Row]) -> list[Row]:
    """The rows with what a plain default would put into the columns that no simulated day fills."""
    if not rows:
        return rows
    left = {
        column.name: column.default.arg if column.default is not None and column.default.is_scalar else None  # type: ignore[attr-defined]
        for column in table.columns
        if column.name not in rows[0]
    }
    return [left | row for row in rows] if left else rows

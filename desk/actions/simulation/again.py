"""Days played again: many years of sample days at the speed of the database.

Playing a day by its agenda costs most of a millisecond a visit. A long simulation therefore plays a few days of each
weekday (``Patterns``) and writes the older days as those again: every moment moved to the new day, every key, number,
barcode and text that says which day it is made anew. The newest days, from which forecasts learn, are always played.
The counts of such a day are its pattern's: on the site's clock everything happens at the same minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, Date, Table
from sqlalchemy.orm import Session

from desk.actions.simulation.book import Book, Row, Series
from desk.models.application import Application
from desk.models.base import Key, Moment
from desk.models.bulk import Converter, converters, insert_values
from desk.models.case import ApplicationSearch
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, scan_code
from desk.models.print_job import PrintJob
from desk.models.summary import Change
from desk.models.ticket import Ticket
from desk.text import short_date

Column = list[Any]
Maker = Callable[["Again"], Iterable[Any]]

_CODE, _DAY, _RECORD, _TRACKING = "\x00", "\x01", "\x02", "\x03"
"""What stands in a pattern's slip for the words that are another day's."""


@dataclass(slots=True)
class Again:
    """One more day after a pattern."""

    day: date
    micros: int
    milliseconds: int
    days: timedelta
    first_change: int
    ticket_codes: list[str]
    application_codes: list[str]
    records: list[int]
    tracking: list[str]


class Pattern:
    """A played day, in columns as the driver takes them."""

    def __init__(self, book: Book, series: Series, connection: Connection) -> None:
        self.day, self.site_number = book.day, book.place.number
        self.visits = len(book.rows[next(t for t in book.rows if t.__tablename__ == "visit")])
        self.book = self._book = book
        self._midnight = _midnight(book.day, book)
        self._taken = series.taken()
        self._sqlite = connection.dialect.name == "sqlite"
        self._own = {row["id"] for rows in book.rows.values() for row in rows if "id" in row}
        self._tables: list[tuple[Table, list[str], list[Maker], int]] = []
        for model, rows in book.rows.items():
            if rows:
                self._add(connection, model.__table__, model, rows)  # type: ignore[arg-type]
        self.tickets = len(book.rows[Ticket])
        self.applications = len(book.rows[Application])

    def write(self, session: Session, day: date, series: Series, chance: Random) -> None:
        """This day again as ``day``, and the numbers it spends."""
        again = self._again(day, series, chance)
        connection = session.connection()
        for table, names, makers, _count in self._tables:
            insert_values(connection, table, names, zip(*(make(again) for make in makers), strict=True))
        self._book.tally.write(connection, self._book.place.site_id, day)
        series.write(session, self._book.place.site_id)

    def _again(self, day: date, series: Series, chance: Random) -> Again:
        moved = _midnight(day, self._book) - self._midnight
        firsts: dict[str, int] = {}
        for (name, period), count in self._taken.items():
            then = {self.day.isoformat(): day.isoformat(), str(self.day.year): str(day.year)}.get(period, period)
            firsts[name] = series.take_some(name, then, count)
        site = self.site_number
        tickets, applications = (
            [scan_code(kind, site, firsts[f"scan:{int(kind)}"] + n) for n in range(count)] if count else []
            for kind, count in ((CodeKind.TICKET, self.tickets), (CodeKind.APPLICATION, self.applications))
        )
        return Again(
            day,
            int(moved.total_seconds()) * 1_000_000,
            int(moved.total_seconds()) * 1000,
            timedelta(days=(day - self.day).days),
            firsts.get("change", 1),
            tickets,
            applications,
            [firsts["record"] + n for n in range(self.applications)] if self.applications else [],
            _tracking(chance, self.applications, series),
        )

    def _add(self, connection: Connection, table: Table, model: type[Any], rows: Sequence[Row]) -> None:
        columns = [column for column in table.columns if column.name in rows[0]]
        if model is not ApplicationSearch:
            columns = list(table.columns)
        found = dict(zip(table.columns.keys(), converters(connection, table), strict=True))
        makers = [
            self._maker(model, column, [row[column.name] for row in rows], found[column.name]) for column in columns
        ]
        self._tables.append((table, [column.name for column in columns], makers, len(rows)))

    def _maker(self, model: type[Any], column: Any, values: Column, convert: Converter | None) -> Maker:
        special = _SPECIAL.get((model, column.name))
        if special is not None:
            return special
        if model is Change and column.name == "seq":
            count = len(values)
            return lambda again: range(again.first_change, again.first_change + count)
        if column.name == "request_key":
            mark, many = model.__tablename__[0], len(values)
            return lambda again: [f"{mark}{again.day:%Y%m%d}{n:06d}" for n in range(many)]
        if model is PrintJob and column.name == "slip":
            return self._slips(values, convert)
        if isinstance(column.type, Key):
            return self._keys(values)
        if isinstance(column.type, Moment):
            return self._moments(values, convert)
        if isinstance(column.type, Date):
            return self._dates(values, convert)
        fixed = [value if value is None or convert is None else convert(value) for value in values]
        return lambda _: fixed

    def _keys(self, values: Column) -> Maker:
        """Keys made on that day move with it; those of services, staff, units stay."""
        if not any(value in self._own for value in values):
            fixed = [value.bytes if value is not None and self._sqlite else value for value in values]
            return lambda _: fixed
        if not self._sqlite:
            return lambda again: [
                _moved_key(value, again.milliseconds) if value in self._own else value for value in values
            ]
        parts: list[tuple[int | None, Any]] = [
            (None, None if value is None else value.bytes)
            if value not in self._own
            else (int.from_bytes(value.bytes[:6], "big"), value.bytes[6:])
            for value in values
        ]

        def make(again: Again) -> Column:
            by = again.milliseconds
            return [rest if head is None else (head + by).to_bytes(6, "big") + rest for head, rest in parts]

        return make

    def _moments(self, values: Column, convert: Converter | None) -> Maker:
        if all(value is None for value in values):
            return lambda _: values
        if not self._sqlite:
            return lambda again: [v if v is None else v + timedelta(microseconds=again.micros) for v in values]
        micros: list[Any] = [None if value is None else convert(value) if convert else value for value in values]
        if None not in micros:
            return lambda again: [value + again.micros for value in micros]
        return lambda again: [None if value is None else value + again.micros for value in micros]

    def _dates(self, values: Column, convert: Converter | None) -> Maker:
        def make(again: Again) -> Column:
            seen = {v: v if v is None else v + again.days for v in set(values)}
            told = {v: m if m is None or convert is None else convert(m) for v, m in seen.items()}
            return [told[value] for value in values]

        return make

    def _slips(self, values: Column, convert: Converter | None) -> Maker:
        """The words of each slip with marks where its day, barcode and record stand."""
        jobs = self._book.rows[PrintJob]
        tickets = {row["id"]: place for place, row in enumerate(self._book.rows[Ticket])}
        records = {row["id"]: place for place, row in enumerate(self._book.rows[Application])}
        texts: list[tuple[Any, int, int]] = []
        for job, value in zip(jobs, values, strict=True):
            ticket, record = tickets.get(job["subject_id"], -1), records.get(job["subject_id"], -1)
            texts.append((self._marked(convert(value) if convert else value, ticket, record), ticket, record))

        def make(again: Again) -> Column:
            today = short_date(again.day)
            found = []
            for told, ticket, record in texts:
                text = told.replace(_DAY, today) if isinstance(told, str) else told
                if ticket >= 0 and isinstance(text, str):
                    text = text.replace(_CODE, again.ticket_codes[ticket])
                elif record >= 0 and isinstance(text, str):
                    text = text.replace(_CODE, again.application_codes[record])
                    text = text.replace(_RECORD, f"{again.day.year}/{again.records[record]:06d}")
                    text = text.replace(_TRACKING, again.tracking[record])
                found.append(text)
            return found

        return make

    def _marked(self, told: Any, ticket: int, record: int) -> Any:
        if not isinstance(told, str):
            return told
        told = told.replace(short_date(self.day), _DAY)
        if ticket >= 0:
            told = told.replace(self._book.rows[Ticket][ticket]["scan_code"], _CODE)
        if record >= 0:
            row = self._book.rows[Application][record]
            told = told.replace(row["scan_code"], _CODE).replace(row["tracking_code"], _TRACKING)
            told = told.replace(row["record_number"], _RECORD)
        return told


def _midnight(day: date, book: Book) -> datetime:
    return datetime.combine(day, time(), book.place.zone).astimezone(UTC)


def _moved_key(key: Any, milliseconds: int) -> Any:
    return type(key)(int=key.int + (milliseconds << 80))


def _tracking(chance: Random, count: int, series: Series) -> list[str]:
    found: list[str] = []
    while len(found) < count:
        letters = "".join(chance.choices(TRACKING_ALPHABET, k=8))
        code = f"{letters[:4]}-{letters[4:]}"
        if code not in series.tracking_codes:
            series.tracking_codes.add(code)
            found.append(code)
    return found


_SPECIAL: dict[tuple[type[Any], str], Maker] = {
    (Ticket, "scan_code"): lambda again: again.ticket_codes,
    (Application, "scan_code"): lambda again: again.application_codes,
    (Application, "year"): lambda again: [again.day.year] * len(again.records),
    (Application, "serial"): lambda again: again.records,
    (Application, "record_number"): lambda again: [f"{again.day.year}/{serial:06d}" for serial in again.records],
    (Application, "tracking_code"): lambda again: again.tracking,
}


class Patterns:
    """The played days that others repeat, by weekday; tax months have their own."""

    def __init__(self) -> None:
        self._by: dict[tuple[int, bool], list[Pattern]] = {}

    def add(self, weekday: int, tax: bool, pattern: Pattern) -> None:
        self._by.setdefault((weekday, tax), []).append(pattern)

    def near(self, weekday: int, tax: bool, visits: int) -> Pattern:
        """The one whose visits come nearest."""
        return min(self._by[weekday, tax], key=lambda one: abs(one.visits - visits))

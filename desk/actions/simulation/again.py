"""Days played again: many years of sample days at the speed of the database.

Playing a day by its agenda costs most of a millisecond a visit. A long simulation therefore plays a few days of each
weekday (``Patterns``) and writes the older days as those again: every moment moved to the new day, every key, number,
barcode and due date made anew. The newest days, from which forecasts learn, are always played. The counts of such a
day are its pattern's: on the site's clock everything happens at the same minute.

The older days stand as the daily clearing up has left them: the words of slips are deleted after ``print_keep_days``,
persons are emptied after their time. A pattern holds them without, so no day younger than that is ever repeated.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import Connection, MetaData, Table

from desk.actions.simulation.book import Book, Row, Series
from desk.actions.simulation.place import Place
from desk.models import repeat
from desk.models.application import Application
from desk.models.bulk import insert_values
from desk.models.case import ApplicationSearch, ApplicationText, Call
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, scan_code
from desk.models.print_job import PrintJob
from desk.models.repeat import Kept, Shift, Speech
from desk.models.summary import Change
from desk.models.survey import Survey
from desk.models.ticket import Ticket
from desk.models.visit import Person, Visit
from desk.registry.application_types import Clock
from desk.registry.deadlines import Periods, due, periods_in
from desk.registry.erasure import ERASED
from desk.registry.search import search_text

PAPERS = "again_paper"
"""What each application of the day is called and when its answer is due; made anew for every day."""

_PAPER_COLUMNS = ("n", "serial", "record_number", "tracking_code", "scan_code", "due_on", "words")
_NAMES = ("name", "name_fold", "name_sort", "phone", "tckn", "address")

_numbers = count(1)


class Pattern:
    """A played day, kept in temporary tables of the connection that writes."""

    def __init__(self, book: Book, series: Series, connection: Connection) -> None:
        self.day, self.visits, self.tally = book.day, len(book.rows[Visit]), book.tally
        self._place, self._midnight = book.place, _midnight(book.day, book.place)
        self._taken = series.taken()
        self._speech = Speech(connection)
        self._periods = periods_in(book.place.settings)
        self._papers = [_Paper(row, self._words(book, row)) for row in book.rows[Application]]
        own = {row["id"] for rows in book.rows.values() for row in rows if "id" in row}
        self._heads = repeat.heads_of(own)
        self._name, self._kept = f"again_{next(_numbers)}", []  # type: ignore[var-annotated]
        for model, rows in book.rows.items():
            if rows:
                told = self._told(model, book)
                joined = PAPERS if model in (Application, ApplicationSearch) else ""
                unless = "erased" if model is ApplicationText else ""
                self._keep(connection, model.__table__, rows, own, told, joined, unless)
        for table, rows in book.tally.rows(book.place.site_id, book.day).items():
            if rows:
                self._keep(connection, table, rows, own, {})

    def write(self, connection: Connection, day: date, today: date, series: Series, chance: Random) -> None:
        """This day again as ``day``, and the numbers it spends."""
        moved = _midnight(day, self._place) - self._midnight
        values = Shift(day, (day - self.day).days, moved).values(connection, self._heads)
        firsts = self._take(day, series)
        self._write_papers(connection, day, today, firsts, series, chance)
        keep = timedelta(days=self._place.setting("person_keep_days", 730))
        values |= {
            "first_change": firsts.get("change", 1),
            "first_ticket": firsts.get(f"scan:{int(CodeKind.TICKET)}", 1),
            "year": day.year,
            "written": f"{day:%Y%m%d}",
            "erased": day + keep < today,
            "never": ERASED.isoformat() if self._speech.sqlite else ERASED,
        }
        for kept in self._kept:
            kept.insert(connection, values)

    def _keep(
        self,
        connection: Connection,
        table: Table,
        rows: list[Row],
        own: set[Any],
        told: dict[str, str],
        joined: str = "",
        unless: str = "",
    ) -> None:
        name = f"{self._name}_{table.name}"
        self._kept.append(Kept(connection, name, table, rows, own, told, joined, unless))

    def _take(self, day: date, series: Series) -> dict[str, int]:
        """Take as many numbers of each series as the pattern did; the first of each."""
        firsts: dict[str, int] = {}
        for (name, period), taken in self._taken.items():
            then = {self.day.isoformat(): day.isoformat(), str(self.day.year): str(day.year)}.get(period, period)
            firsts[name] = series.take_some(name, then, taken)
        return firsts

    def _told(self, model: type[Any], book: Book) -> dict[str, str]:
        """The columns that say which day it is in a way of their own."""
        speech = self._speech
        value = speech.value
        if model is Ticket:
            return {"scan_code": _ticket_code(speech, book.place.number)}
        if model is Change:
            return {"seq": f"{value('first_change', 'bigint')} + k.n"}
        if model is Application:
            made = {name: f"j.{name}" for name in ("serial", "record_number", "tracking_code", "scan_code", "due_on")}
            return made | {"year": value("year", "integer"), "request_key": self._request_key(model)}
        if model is ApplicationSearch:
            return {"text": "j.words"}
        if model is Call:
            return {"outside_id": self._request_key(model)}
        if model in (Visit, Survey):
            return {"request_key": self._request_key(model)}
        if model is PrintJob:
            return {"slip": "'{}'", "emptied_at": _later(speech, book.place.setting("print_keep_days", 30) + 1)}
        if model is Person:
            erased = value("erased", "boolean")
            emptied = {name: f"CASE WHEN {erased} THEN '' ELSE k.{name} END" for name in _NAMES}
            until = f"CASE WHEN {erased} THEN {value('never', 'date')} ELSE {speech.date('k.erase_after')} END"
            return emptied | {"erase_after": until}
        return {}

    def _request_key(self, model: type[Any]) -> str:
        written = self._speech.value("written", "text")
        return f"'{model.__tablename__[0]}' || {written} || {self._speech.padded('k.n', 6)}"

    @staticmethod
    def _words(book: Book, application: Row) -> str:
        """The name that is searched for."""
        return next((row["name"] for row in book.rows[Person] if row["id"] == application["person_id"]), "")

    def _write_papers(
        self, connection: Connection, day: date, today: date, firsts: dict[str, int], series: Series, chance: Random
    ) -> None:
        connection.exec_driver_sql(f"DELETE FROM {PAPERS}")
        if not self._papers:
            return
        scan = firsts[f"scan:{int(CodeKind.APPLICATION)}"]
        erased = day + timedelta(days=self._place.setting("person_keep_days", 730)) < today
        told = _Due(day, self._periods)
        tracking = _tracking(chance, series)
        rows = []
        for n, paper in enumerate(self._papers):
            serial = firsts["record"] + n
            record = f"{day.year}/{serial:06d}"
            words = search_text(record, "" if erased else paper.name, "", paper.subject)
            on: Any = told.of(paper.clock)
            code = scan_code(CodeKind.APPLICATION, self._place.number, scan + n)
            on = on.isoformat() if self._speech.sqlite else on
            rows.append((n, serial, record, next(tracking), code, on, words))
        insert_values(connection, Table(PAPERS, MetaData()), _PAPER_COLUMNS, rows)


class _Paper:
    """What is needed of a kept application to name it anew."""

    __slots__ = ("clock", "name", "subject")

    def __init__(self, row: Row, name: str) -> None:
        self.clock, self.subject, self.name = Clock(row["clock"]), row["subject"], name


class _Due:
    """When answers to what is registered on a day are due: the same calendar as at the desk, asked once a clock."""

    def __init__(self, day: date, periods: Periods) -> None:
        self._day, self._periods = day, periods
        self._found: dict[Clock, date] = {}

    def of(self, clock: Clock) -> date:
        if clock not in self._found:
            self._found[clock] = due(clock, self._day, periods=self._periods).on
        return self._found[clock]


def prepare(connection: Connection) -> None:
    """Make the connection ready for patterns."""
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {PAPERS} AS SELECT 0 AS n, serial, record_number, tracking_code, scan_code, due_on, "
        "subject AS words FROM application WHERE 1 = 0"
    )


def _later(speech: Speech, days: int) -> str:
    """So many days after a job was made."""
    if speech.sqlite:
        return f"{speech.moment('k.created_at')} + {days * 86_400_000_000}"
    return f"{speech.moment('k.created_at')} + interval '{days} days'"


def _ticket_code(speech: Speech, site_number: int) -> str:
    """``numbers.scan_code`` of the ``k.n``-th number after the first, in SQL."""
    running = f"({speech.value('first_ticket', 'bigint')} + k.n)"
    percent = "%" if speech.sqlite else "%%"
    head = int(f"{int(CodeKind.TICKET)}{site_number % 1000:03d}") * 10_000_000
    body = f"({head} + {running} {percent} 10000000)"
    digits = [f"({body} / {10**place}) {percent} 10" for place in range(11)]
    doubled = [f"({d}) * 2 - ({d}) / 5 * 9" if place % 2 == 0 else d for place, d in enumerate(digits)]
    check = f"(10 - ({' + '.join(doubled)}) {percent} 10) {percent} 10"
    return f"CAST({body} * 10 + {check} AS TEXT)"


def _midnight(day: date, place: Place) -> datetime:
    return datetime.combine(day, time(), place.zone).astimezone(UTC)


def _tracking(chance: Random, series: Series) -> Iterator[str]:
    """Codes that no other petition of this simulation has."""
    while True:
        letters = "".join(chance.choices(TRACKING_ALPHABET, k=8))
        code = f"{letters[:4]}-{letters[4:]}"
        if code not in series.tracking_codes:
            series.tracking_codes.add(code)
            yield code


class Patterns:
    """The played days that others repeat, by weekday; tax months have their own."""

    def __init__(self) -> None:
        self._by: dict[tuple[int, bool], list[Pattern]] = {}

    def add(self, weekday: int, tax: bool, pattern: Pattern) -> None:
        self._by.setdefault((weekday, tax), []).append(pattern)

    def near(self, weekday: int, tax: bool, visits: int) -> Pattern:
        """The one whose visits come nearest."""
        return min(self._by[weekday, tax], key=lambda one: abs(one.visits - visits))

"""A database of the first version keeps its rows, and two numbers at one counter become one there and one on hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from desk.clock import SetClock
from desk.models import migrate
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.site import Counter
from desk.models.tables import Base
from desk.models.ticket import Ticket, TicketPeriod

pytestmark = pytest.mark.usefixtures("both_engines")

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


@pytest.fixture
def first(empty_url: str, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database at revision 0001."""
    from alembic import command

    database = Database(empty_url, clock)
    upgrade = command.upgrade
    with monkeypatch.context() as then:
        then.setattr(command, "upgrade", lambda config, _head: upgrade(config, "0001"))
        migrate.upgrade(database)
    assert migrate.revision(database) == "0001"
    yield database
    database.close()


def fill(connection: sa.Connection, table: str, **values: Any) -> Any:
    """Write a row of the columns the table has; what is not given is empty."""
    there = {column["name"]: column for column in sa.inspect(connection).get_columns(table)}
    types = {column.name: column.type for column in Base.metadata.tables[table].c}
    known = sa.table(table, *(sa.column(name, types[name]) for name in there))
    row = {name: None if column["nullable"] else _something(types[name]) for name, column in there.items()}
    row |= values
    if "id" in there:
        row["id"] = values.get("id", new_id())
    connection.execute(sa.insert(known).values(**row))
    return row.get("id")


def _something(kind: Any) -> Any:
    if isinstance(kind, sa.String):
        return ""
    if isinstance(kind, sa.JSON):
        return {}
    if isinstance(kind, sa.Boolean):
        return True
    return {"Date": DAY, "Moment": NOON}.get(type(kind).__name__, 1)


def old_hall(database: Database, *states: str) -> list[Any]:
    """A site with one counter at which numbers in these states stand, one minute after the other."""
    with database.writer.begin() as connection:
        town = fill(connection, "municipality", code="x")
        site = fill(connection, "site", municipality_id=town, code="x", settings={})
        staff = fill(connection, "staff", site_id=site, code="a")
        unit = fill(connection, "unit", code="u")
        service = fill(connection, "service", site_id=site, unit_id=unit, code="v", letter="V", first_serial=1)
        counter = fill(connection, "counter", site_id=site, number=1, name="Banko 1", state="open", staff_id=staff)
        terminal = fill(connection, "terminal", site_id=site, code="t")
        fill(connection, "site_day", site_id=site, day=DAY, opened_by=staff)
        visit = fill(
            connection, "visit", site_id=site, day=DAY, staff_id=staff, terminal_id=terminal, service_id=service
        )
        made = []
        for place, state in enumerate(states):
            at = NOON + timedelta(minutes=place)
            ids = {"site_id": site, "day": DAY, "visit_id": visit, "service_id": service, "counter_id": counter}
            ticket = fill(
                connection, "ticket", **ids, state=state, serial=place + 1, number=f"V {place + 1:03d}", called_at=at
            )
            fill(
                connection,
                "ticket_period",
                site_id=site,
                ticket_id=ticket,
                kind=state,
                started_at=at,
                counter_id=counter,
                staff_id=staff,
            )
            made.append(ticket)
    return made


def test_old_rows_are_kept_and_the_newest_number_stays_at_its_counter(first: Database) -> None:
    made = old_hall(first, "serving", "called", "served", "called")
    assert migrate.upgrade(first) == "0001"
    assert migrate.revision(first) == migrate.HEAD
    with first.read() as session:
        tickets = {t.id: t for t in session.execute(sa.select(Ticket)).scalars()}
        running = session.execute(sa.select(TicketPeriod).where(TicketPeriod.ended_at.is_(None))).scalars().all()
        counter = session.execute(sa.select(Counter)).scalar_one()
    assert [tickets[i].state for i in made] == ["on_hold", "on_hold", "served", "called"]
    assert all(t.wanted_counter_id is None and t.further_service_id is None for t in tickets.values())
    assert (counter.priority_run, counter.auto_call_seconds, counter.state) == (0, 0, "open")
    kinds = {p.ticket_id: p.kind for p in running}
    assert [kinds[i] for i in made] == ["on_hold", "on_hold", "served", "called"]


def test_from_then_on_the_database_itself_refuses_two_at_one_counter(first: Database) -> None:
    made = old_hall(first, "called", "called")
    migrate.upgrade(first)
    with pytest.raises(IntegrityError), first.writer.begin() as connection:
        connection.execute(sa.update(Ticket).where(Ticket.id == made[0]).values(state="serving"))

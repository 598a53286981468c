"""The summaries and the records tell the same; where they do not, it is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from reports_case import TUESDAY, Office, at, busy_tuesday
from sqlalchemy import select

from desk.models.counting import Duration, Measure
from desk.models.site import Service
from desk.queue import commands
from desk.reports.measures import DEFINITIONS, CountKey, Difference, definition, differences, recount


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office.open(tmp_path)
    yield office
    office.db.close()


def found(office: Office) -> list[Difference]:
    with office.db.read() as session:
        return differences(session, office.site_id, TUESDAY)


def test_a_busy_day_has_no_differences(office: Office) -> None:
    busy_tuesday(office)
    assert found(office) == []


def test_a_day_without_anything_has_no_differences(office: Office) -> None:
    assert found(office) == []


def test_a_transferred_number_and_a_pause_are_counted_alike(office: Office) -> None:
    office.visit(at(9), "vergi")
    ticket = office.call(at(9, 10))
    with office.at(at(9, 11)) as w:
        commands.start(w, ticket)
    with office.at(at(9, 15)) as w:
        commands.hold(w, ticket)
    with office.at(at(9, 25)) as w:
        commands.resume(w, ticket)
    with office.at(at(9, 30)) as w:
        imar = w.session.execute(select(Service.id).where(Service.code == "imar")).scalar_one()
        commands.transfer(w, ticket, imar)
    office.serve(at(9, 40), at(9, 47), "imar")
    assert found(office) == []
    with office.db.read() as session:
        told = recount(session, office.site_id, TUESDAY)
    assert told.counts[CountKey(Measure.TICKETS_ISSUED, "vergi", 9)] == 1
    assert told.counts[CountKey(Measure.TICKETS_SERVED, "imar", None)] == 1
    assert told.durations[Duration.SERVE] == (1, (4 + 5 + 7) * 60)


def test_a_record_changed_behind_the_summaries_is_found(office: Office) -> None:
    visit_id, _ = office.visit(at(9), "vergi", persons=3)
    office.forget_visit(visit_id)
    wrong = {(d.measure, d.key, d.hour): (d.summary, d.records) for d in found(office)}
    assert wrong[Measure.VISITS, "vergi", None] == (1, 0)
    assert wrong[Measure.VISITS, "vergi", 9] == (1, 0)
    assert wrong[Measure.PERSONS, "", None] == (3, 0)
    assert "visits[vergi] 09.00: 1 ≠ 0" in [str(d) for d in found(office)]


def test_a_count_without_a_record_is_found(office: Office) -> None:
    with office.at(at(9)) as w:
        w.count(Measure.PRIORITY, "age65")
        w.time(Duration.WAIT, "vergi", 75)
    assert [str(d) for d in found(office)] == ["priority: 1 ≠ 0", "wait: 1 ≠ 0", "wait_seconds: 75 ≠ 0"]


def test_every_measure_has_one_definition() -> None:
    assert sorted(d.measure for d in DEFINITIONS) == sorted(Measure)
    assert len({d.name for d in DEFINITIONS}) == len(DEFINITIONS)
    assert definition(Measure.NO_SHOWS).share_of is Measure.TICKETS_ISSUED

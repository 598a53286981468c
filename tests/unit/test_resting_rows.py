"""Records that lie in a long table: they come back as they were, and the collector passes them over."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from desk.registry.application_types import ApplicationKind, Outcome, Urgency, WorkRow
from desk.registry.types import ApplicationState, Channel
from desk.ui.tables.resting import AWAKE, BLOCK, RestingRows

COUNT = AWAKE + BLOCK + 3


def row(number: int) -> WorkRow:
    return WorkRow(
        id=UUID(int=number),
        record_number=f"2026-{number:07d}",
        received_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        applicant_masked="N*** A***",
        phone_masked="•••••• 4567",
        subject="Kaldırım onarımı",
        kind=ApplicationKind.COMPLAINT,
        channel=Channel.CIMER,
        unit="Fen İşleri",
        neighbourhood="Fatih",
        urgency=Urgency.HIGH,
        state=ApplicationState.CLOSED,
        outcome=Outcome.PARTIAL if number % 2 else None,
        due_on=date(2026, 12, 14),
        days_left=-3,
        due_is_target=True,
        stopped=False,
        open=False,
        mine=True,
        version=7,
    )


def rows_of(count: int) -> RestingRows[WorkRow]:
    rows = RestingRows(WorkRow)
    rows.append(row(number) for number in range(count))
    return rows


def test_every_record_comes_back_as_it_was() -> None:
    rows, given = rows_of(COUNT), [row(number) for number in range(COUNT)]
    assert list(rows) == given
    assert [rows[place] for place in range(COUNT)] == given
    assert isinstance(rows[0].channel, Channel) and rows[0].outcome is None
    assert (rows[-1], rows[2:4]) == (given[-1], given[2:4])


def test_a_record_in_sight_stays_the_same_object() -> None:
    rows = rows_of(3)
    assert rows[1] is rows[1]


def test_a_record_is_found_by_its_id_and_stands_there_once() -> None:
    rows = rows_of(COUNT)
    rows.append([replace(row(5), subject="Yeniden"), row(COUNT), row(COUNT)])
    assert len(rows) == COUNT + 1
    assert rows.place_of(UUID(int=5)) == 5 and rows[5].subject == "Kaldırım onarımı"
    assert rows[rows.place_of(UUID(int=COUNT))] == row(COUNT)
    assert rows.place_of(UUID(int=COUNT + 1)) == -1


def test_the_collector_passes_over_what_rests() -> None:
    rows = rows_of(COUNT)
    for _ in range(3):  # a tuple is let go of once what it holds has been
        gc.collect()
    whole = [block for block in rows._blocks if isinstance(block, tuple)]
    assert len(whole) == COUNT // BLOCK
    assert not any(gc.is_tracked(block) or any(map(gc.is_tracked, block)) for block in whole)
    assert not gc.is_tracked(rows._places)

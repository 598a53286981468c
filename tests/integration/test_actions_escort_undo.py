"""Refakat steps taken back within ten seconds: times, counts, escorts and equipment are as they were."""

from __future__ import annotations

from uuid import UUID

import pytest
from acting import assert_whole
from sqlalchemy import func, select

from desk.actions import escort
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale
from desk.models.counting import Duration, Measure
from desk.models.summary import DayCount, DurationCount
from desk.registry import assistance
from desk.registry.types import AssistanceJob, AssistanceKind, AssistanceState

pytestmark = pytest.mark.usefixtures("both_engines")

S = AssistanceState


def job(ctx: Context) -> AssistanceJob:
    (found,) = ctx.read(assistance.board).jobs
    return found


def out(ctx: Context) -> list[str]:
    return [one.code for one in ctx.read(assistance.board).equipment if one.out_with]


def piece(ctx: Context, code: str = "s1") -> UUID:
    return next(one.id for one in ctx.read(assistance.board).equipment if one.code == code)


def total(ctx: Context, table: type, of: str) -> int:
    wanted = select(func.coalesce(func.sum(table.value), 0)).where(table.measure == of)
    return int(ctx.read(lambda s, scope: s.execute(wanted).scalar_one()))


@pytest.fixture
def asked(ctx: Context) -> UUID:
    return escort.request(ctx, AssistanceKind.WHEELCHAIR, "İmar")


def given(ctx: Context, asked: UUID, clock: SetClock, *steps: object) -> None:
    who = ctx.read(assistance.board).escorts[0]
    escort.assign(ctx, asked, who.id, piece(ctx))
    for step in steps:
        clock.advance(seconds=60)
        step(ctx, asked)  # type: ignore[operator]


def test_an_assignment_taken_back_frees_escort_and_chair(ctx: Context, clock: SetClock, asked: UUID) -> None:
    clock.advance(seconds=30)
    given(ctx, asked, clock)
    escort.take_back(ctx, asked, S.ASSIGNED)
    assert (job(ctx).state, job(ctx).escort, job(ctx).equipment, out(ctx)) == (S.REQUESTED, "", "", [])
    assert job(ctx).assigned_at is None and total(ctx, DayCount, Measure.EQUIPMENT_USED) == 0
    assert_whole(ctx)


def test_an_assignment_to_somebody_else_goes_back_to_the_first(ctx: Context, clock: SetClock, asked: UUID) -> None:
    clock.advance(seconds=30)
    given(ctx, asked, clock)
    first = job(ctx)
    clock.advance(seconds=30)
    escort.assign(ctx, asked, ctx.read(assistance.board).escorts[1].id)
    escort.take_back(ctx, asked, S.ASSIGNED)
    assert (job(ctx).escort, job(ctx).assigned_at, out(ctx)) == (first.escort, first.assigned_at, ["s1"])


def test_a_start_taken_back_is_no_waiting_time(ctx: Context, clock: SetClock, asked: UUID) -> None:
    given(ctx, asked, clock, escort.start)
    assert total(ctx, DurationCount, Duration.ASSISTANCE_WAIT) == 1
    escort.take_back(ctx, asked, S.STARTED)
    assert (job(ctx).state, job(ctx).started_at) == (S.ASSIGNED, None)
    assert total(ctx, DurationCount, Duration.ASSISTANCE_WAIT) == 0
    assert_whole(ctx)
    escort.start(ctx, asked)
    assert job(ctx).state is S.STARTED


def test_an_end_taken_back_has_the_chair_out_again(ctx: Context, clock: SetClock, asked: UUID) -> None:
    given(ctx, asked, clock, escort.start, escort.hand_over, escort.end)
    assert out(ctx) == []
    clock.advance(seconds=9)
    escort.take_back(ctx, asked, S.ENDED)
    assert (job(ctx).state, out(ctx)) == (S.HANDED_OVER, ["s1"])
    assert total(ctx, DayCount, Measure.ASSISTANCE_ENDED) == 0
    assert_whole(ctx)
    with pytest.raises(Stale):  # a step taken back is no step
        escort.take_back(ctx, asked, S.HANDED_OVER)


def test_a_cancelled_request_is_there_again_and_counted(ctx: Context, clock: SetClock, asked: UUID) -> None:
    clock.advance(seconds=5)
    escort.cancel(ctx, asked)
    assert total(ctx, DayCount, Measure.ASSISTANCE) == 0
    escort.take_back(ctx, asked, S.CANCELLED)
    assert job(ctx).state is S.REQUESTED and total(ctx, DayCount, Measure.ASSISTANCE) == 1
    assert_whole(ctx)


def test_after_ten_seconds_or_another_step_it_stays_done(ctx: Context, clock: SetClock, asked: UUID) -> None:
    given(ctx, asked, clock, escort.start)
    clock.advance(seconds=11)
    with pytest.raises(Stale, match="Geri alma süresi"):
        escort.take_back(ctx, asked, S.STARTED)
    escort.hand_over(ctx, asked)
    with pytest.raises(Stale, match="değişmiş"):
        escort.take_back(ctx, asked, S.STARTED)


def test_a_chair_that_went_to_somebody_else_stays_with_them(ctx: Context, clock: SetClock, asked: UUID) -> None:
    given(ctx, asked, clock, escort.start, escort.end)
    other = escort.request(ctx, AssistanceKind.WHEELCHAIR, "Fen")
    escort.take_equipment(ctx, other, piece(ctx))
    with pytest.raises(Stale, match="başka bir refakate"):
        escort.take_back(ctx, asked, S.ENDED)
    assert_whole(ctx)

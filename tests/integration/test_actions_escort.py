"""Refakat: one touch per step, one chair per visitor, and who was first."""

from __future__ import annotations

from uuid import UUID

import pytest
from acting import assert_whole, rows, visit
from sqlalchemy import select

from desk.actions import escort, paper, shift
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.assistance import AssistanceEvent
from desk.models.print_job import PrintJob
from desk.registry import assistance
from desk.registry.types import AssistanceBoard, AssistanceKind, AssistanceState

pytestmark = pytest.mark.usefixtures("both_engines")


def board(ctx: Context) -> AssistanceBoard:
    return ctx.read(assistance.board)


def piece(ctx: Context, code: str) -> UUID:
    return next(one.id for one in board(ctx).equipment if one.code == code)


def out(ctx: Context) -> dict[str, str]:
    return {one.code: one.out_with for one in board(ctx).equipment if one.out_with}


def test_a_wheelchair_from_the_door_to_the_unit_and_back(ctx: Context, clock: SetClock) -> None:
    visit(ctx, "imar", assistance=AssistanceKind.WHEELCHAIR)
    (job,) = board(ctx).jobs
    assert (job.number, job.state, job.escort, job.target_minutes) == ("R 001", AssistanceState.REQUESTED, "", 15)
    assert (job.from_place, job.to_place) == ("Giriş danışma", "2. kat · Banko 7")
    clock.advance(minutes=1)
    who = board(ctx).escorts[1]
    escort.assign(ctx, job.id, who.id, piece(ctx, "s2"))
    assert out(ctx) == {"s2": "R 001"}
    assert {e.name: e.busy_with for e in board(ctx).escorts}[who.name] == "R 001"
    clock.advance(minutes=2)
    escort.start(ctx, job.id)
    clock.advance(minutes=5)
    assert board(ctx).jobs[0].waiting_seconds == 180  # the clock of waiting stands since they set off
    escort.hand_over(ctx, job.id)
    clock.advance(minutes=4)
    escort.end(ctx, job.id)
    after = board(ctx)
    assert (after.jobs, after.done_today, out(ctx)) == ((), 1, {})
    sheet = shift.sheet(ctx)
    assert (sheet.assistance_total, sheet.assistance_done, sheet.assistance_wait_mean) == (1, 1, 180)
    with ctx.db.read() as session:
        states = session.execute(select(AssistanceEvent.state).order_by(AssistanceEvent.id)).scalars().all()
    assert states == ["requested", "assigned", "started", "handed_over", "ended"]
    assert_whole(ctx)


def test_a_job_without_a_number_has_one_of_its_own(ctx: Context) -> None:
    first = escort.request(ctx, AssistanceKind.VOICE, "2. kat", printed=True)
    escort.request(ctx, AssistanceKind.CHILD, "1. kat")
    assert [job.number for job in board(ctx).jobs] == ["RF 001", "RF 002"]
    assert rows(ctx, PrintJob) == 1
    escort.cancel(ctx, first)
    assert [job.number for job in board(ctx).jobs] == ["RF 002"]
    assert shift.sheet(ctx).assistance_total == 1
    assert_whole(ctx)


def test_a_chair_goes_out_with_one_visitor_only(ctx: Context) -> None:
    first = escort.request(ctx, AssistanceKind.WHEELCHAIR, "1. kat")
    second = escort.request(ctx, AssistanceKind.WHEELCHAIR, "2. kat")
    one, other = board(ctx).escorts[:2]
    chair = piece(ctx, "s1")
    escort.assign(ctx, first, one.id, chair)
    with pytest.raises(Stale, match="başka bir refakatte"):
        escort.assign(ctx, second, other.id, chair)
    assert board(ctx).jobs[1].state is AssistanceState.REQUESTED  # nothing half-done
    escort.start(ctx, first)
    escort.end(ctx, first)
    escort.assign(ctx, second, other.id, chair)
    assert out(ctx) == {"s1": "RF 002"}
    escort.return_equipment(ctx, chair)
    with pytest.raises(Stale, match="zaten yerinde"):
        escort.return_equipment(ctx, chair)
    escort.take_equipment(ctx, second, piece(ctx, "y1"))
    assert out(ctx) == {"y1": "RF 002"}
    escort.cancel(ctx, second)
    assert out(ctx) == {}
    assert_whole(ctx)


def test_a_job_may_be_given_to_somebody_else_before_it_begins(ctx: Context) -> None:
    job = escort.request(ctx, AssistanceKind.WALKING, "1. kat")
    one, other = board(ctx).escorts[:2]
    escort.assign(ctx, job, one.id)
    escort.assign(ctx, job, other.id)
    assert board(ctx).jobs[0].escort == other.name
    escort.start(ctx, job)
    with pytest.raises(Stale, match=rf"RF 001 refakati değişmiş: Yolda, {other.name}\."):
        escort.assign(ctx, job, one.id)
    assert_whole(ctx)


def test_a_step_taken_twice_or_out_of_turn_says_how_things_stand(ctx: Context) -> None:
    job = escort.request(ctx, AssistanceKind.UNIT, "1. kat")
    for step in (escort.start, escort.hand_over, escort.end):
        with pytest.raises(Stale, match=r"RF 001 refakati değişmiş: İstendi\."):
            step(ctx, job)
    escort.assign(ctx, job, board(ctx).escorts[0].id)
    escort.start(ctx, job)
    with pytest.raises(Stale, match="Yolda"):
        escort.cancel(ctx, job)
    escort.end(ctx, job)
    with pytest.raises(Stale, match="Bitti"):
        escort.end(ctx, job)
    with pytest.raises(UserError, match="bulunamadı"):
        escort.start(ctx, ctx.actor.site_id)
    assert_whole(ctx)


@pytest.mark.parametrize(
    ("lang", "says"), [("ar", "سيرافقكم أحد الموظفين."), ("en", "A member of staff will accompany you.")]
)
def test_help_asked_for_at_the_kiosk_prints_its_slip_in_the_language_of_the_kiosk(
    ctx: Context, lang: str, says: str
) -> None:
    """The escort's lines stay Turkish; the visitor's stand below. Printed from the desk, which works in Turkish."""
    coming = escort.call_here(ctx, AssistanceKind.UNIT, "2. kat", lang)
    with ctx.work(Right.ASSIST) as work:
        paper.print_assistance(work, coming.job)
    with ctx.db.read() as session:
        (slip,) = session.execute(select(PrintJob.slip).where(PrintJob.kind == "assistance")).scalars()
    texts = [element.get("text", "") for element in slip["elements"]]
    assert says in texts and "Refakat" in texts

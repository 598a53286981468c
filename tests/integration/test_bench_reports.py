"""The bench of reports leaves a kept database as it was filled."""

from __future__ import annotations

from uuid import uuid4

import pytest
from reports_case import Office, at
from sqlalchemy import func, select

from desk.actions import desk, shift
from desk.actions.context import Context
from desk.bench.reports_undo import take_back
from desk.clock import SetClock
from desk.models.tables import Base
from desk.reports.recount import differences, month_differences

pytestmark = pytest.mark.usefixtures("both_engines")


def rows(ctx: Context) -> dict[str, int]:
    with ctx.db.read() as session:
        asked = {name: select(func.count()).select_from(table) for name, table in Base.metadata.tables.items()}
        return {name: session.execute(one).scalar_one() for name, one in asked.items()}


def test_what_the_bench_records_is_taken_back_and_numbers_begin_anew(ctx: Context, clock: SetClock) -> None:
    office = Office(ctx, clock)
    office.visit(at(10), "danisma")
    clock.set(at(16))
    shift.close_day(office.ctx)
    counted = shift.sheet(ctx).visits
    filled = rows(ctx)
    for again in range(2):
        clock.set(at(10, day=at(10).date().replace(day=25 + again)))
        made = [desk.register_visit(ctx, desk.VisitRequest(str(uuid4()), "danisma")) for _ in range(2)]
        assert [one.tickets[0].number[-3:] for one in made] == ["001", "002"]
        assert rows(ctx)["visit"] == filled["visit"] + 2
        take_back(ctx, 1)
        assert rows(ctx) == filled
    with ctx.db.read() as session:
        assert not differences(session, office.site_id, at(10).date())
        assert not month_differences(session, office.site_id)
    assert shift.sheet(ctx, at(10).date()).visits == counted

"""Ayarlar > Banko çizelgesi: who sits at which counter when, as the forecast and the command line read it."""

from __future__ import annotations

from typing import Any

import pytest

from desk.actions import roster, settings
from desk.actions.context import Context
from desk.errors import Stale, UserError
from desk.queue.roster import Line
from desk.registry.setting_fields import Change, FieldError, Record
from desk.registry.setting_roster import CODE, OPEN
from desk.registry.setting_rules import problems

pytestmark = pytest.mark.usefixtures("both_engines")


def record(ctx: Context, number: int = 4) -> Record:
    return next(one for one in settings.sheet(ctx, CODE).records if one.key == f"roster:{number}")


def write(ctx: Context, number: int = 4, **values: Any) -> settings.Saved:
    """``write(ctx, mon_begins=480)`` with the weekday's number after "d": ``d0_begins``."""
    before = record(ctx, number).values
    named = {f"{key[1]}.{key[3:]}": value for key, value in values.items()}
    return settings.save(ctx, [Change(f"roster:{number}", key, before[key], value) for key, value in named.items()])


def lines(ctx: Context, number: int = 4) -> dict[int | None, tuple[Line, ...]]:
    return {one.weekday: one.lines for one in roster.week(ctx) if one.counter == number}


def test_a_day_is_written_taken_back_and_left_free(ctx: Context) -> None:
    assert record(ctx).note == "çizelgesi yok"
    saved = write(ctx, d0_begins=480, d0_ends=1020, d0_lunch_from=720, d0_lunch_to=780, d0_staff="banko1")
    write(ctx, d4_begins=480, d4_ends=720)
    assert lines(ctx) == {0: (Line(480, 1020, (720, 780), "banko1"),), 4: (Line(480, 720),)}
    assert record(ctx).note == ""
    settings.undo(ctx, saved)
    assert lines(ctx) == {4: (Line(480, 720),)}


def test_another_clerk_may_come_after_lunch(ctx: Context) -> None:
    write(ctx, d1_begins=480, d1_ends=1020, d1_lunch_from=720, d1_lunch_to=780, d1_staff="banko1", d1_after="banko2")
    assert lines(ctx) == {1: (Line(480, 720, None, "banko1"), Line(780, 1020, None, "banko2"))}
    shown = record(ctx).values
    assert [shown[f"1.{key}"] for key in ("begins", "ends", "lunch_from", "lunch_to", "staff", "after")] == [
        480, 1020, 720, 780, "banko1", "banko2",
    ]  # fmt: skip
    write(ctx, d1_after=OPEN)
    assert lines(ctx) == {1: (Line(480, 1020, (720, 780), "banko1"),)}


@pytest.mark.parametrize(
    ("values", "key", "words"),
    [
        ({"d0_begins": 480}, "0.ends", "İki saati birlikte"),
        ({"d0_begins": 600, "d0_ends": 540}, "0.ends", "başlangıçtan sonra"),
        ({"d2_staff": "banko1"}, "2.staff", "Önce başlangıç ve bitiş"),
        ({"d0_begins": 480, "d0_ends": 720, "d0_lunch_from": 720, "d0_lunch_to": 780}, "0.lunch_from", "içinde"),
        ({"d0_begins": 480, "d0_ends": 720, "d0_after": "banko1"}, "0.after", "öğle arasını"),
    ],
)
def test_hours_that_cannot_be_are_told_at_their_field(
    ctx: Context, values: dict[str, Any], key: str, words: str
) -> None:
    with pytest.raises(FieldError, match=words) as refused:
        write(ctx, **values)
    assert refused.value.key == key
    assert lines(ctx) == {}


def test_a_clerk_nobody_knows_is_refused(ctx: Context) -> None:
    with pytest.raises(UserError, match="Görevli yok: kimse"):
        write(ctx, d0_begins=480, d0_ends=720, d0_staff="kimse")


def test_who_wrote_the_same_day_first_is_not_overwritten(ctx: Context) -> None:
    before = record(ctx).values["0.begins"]
    write(ctx, d0_begins=480, d0_ends=720)
    with pytest.raises(Stale, match="Başlangıç"):
        settings.save(ctx, [Change("roster:4", "0.begins", before, 540)])


def test_a_day_of_many_shifts_is_said_and_kept_until_it_is_written_here(ctx: Context) -> None:
    three = [Line(480, 600), Line(600, 720, None, "banko1"), Line(780, 1020)]
    roster.write_week(ctx, 4, [3], three)
    sheet = settings.sheet(ctx, CODE)
    assert [(one.record, one.key, one.wrong) for one in problems(sheet)] == [("roster:4", "3.begins", False)]
    write(ctx, d4_begins=480, d4_ends=720)
    assert lines(ctx)[3] == tuple(three)
    write(ctx, d3_begins=480, d3_ends=720)
    assert lines(ctx)[3] == (Line(480, 720),)

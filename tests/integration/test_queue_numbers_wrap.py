"""After the last label of a service the first comes again, but never one that somebody still holds."""

from __future__ import annotations

import pytest
from acting import assert_whole, call, number, serve, visit
from sqlalchemy import update

from desk.actions import counter, desk, reserved
from desk.actions.context import Context
from desk.models.site import Service

pytestmark = pytest.mark.usefixtures("both_engines")


def test_a_wrap_passes_over_labels_still_alive(ctx: Context) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "vergi").values(first_serial=1, last_serial=5))
    first = [visit(ctx) for _ in range(5)]
    serve(ctx, 4)  # V 001 is free again
    held = call(ctx, 4)
    counter.start(ctx, held.ticket_id)
    counter.hold(ctx, held.ticket_id)  # V 002 is not
    desk.undo_visit(ctx, first[3].visit.id)  # V 004 is
    assert number(ctx) == "V 001"
    assert number(ctx) == "V 004"
    serve(ctx, 5)  # V 003
    assert number(ctx) == "V 003"
    assert_whole(ctx)


def without_letters(ctx: Context) -> None:
    """Ranges instead of letters: 100–199 and 200–299."""
    with ctx.db.write() as session:
        for code, first in (("vergi", 100), ("imar", 200)):
            session.execute(
                update(Service)
                .where(Service.code == code)
                .values(letter="", first_serial=first, last_serial=first + 99)
            )


def test_services_without_a_letter_count_in_ranges_of_their_own(ctx: Context) -> None:
    without_letters(ctx)
    assert [number(ctx, "vergi"), number(ctx, "imar"), number(ctx, "vergi")] == ["100", "200", "101"]
    assert number(ctx, "danisma") == "A 001"
    assert call(ctx, 4).number == "100"
    assert_whole(ctx)


def test_a_service_without_a_letter_is_previewed_reserved_and_entered_like_the_others(ctx: Context) -> None:
    without_letters(ctx)
    assert desk.draft_ticket(ctx, desk.VisitRequest(key="draft", service_code="vergi")).number == "100"
    block = reserved.reserve(ctx, "vergi", 3, "key").block
    assert (block.first, block.last) == ("100", "102")
    assert reserved.enter(ctx, reserved.Handed("100", "101")).numbers == ("100", "101")
    assert number(ctx, "vergi") == "103"
    assert_whole(ctx)

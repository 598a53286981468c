"""Every action asks the one door for rights before it does anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from acting import call, key, rows, visit

from desk.actions import counter, desk, escort, paper, records, shift
from desk.actions.context import Context
from desk.actor import Right
from desk.errors import UserError
from desk.models import work
from desk.models.summary import Change
from desk.registry.types import AssistanceKind, PersonInput, PetitionRequest

DEEDS: dict[str, tuple[Right, Callable[[Context, Any], Any]]] = {
    "register_visit": (Right.ISSUE, lambda ctx, _: visit(ctx)),
    "give_direction": (Right.ISSUE, lambda ctx, _: desk.give_direction(ctx, desk.Direction(key()))),
    "undo_visit": (Right.ISSUE, lambda ctx, at: desk.undo_visit(ctx, at.visit_id)),
    "reprint": (Right.ISSUE, lambda ctx, at: paper.reprint(ctx, at.ticket_id)),
    "call_next": (Right.CALL, lambda ctx, _: counter.call_next(ctx, 5)),
    "recall": (Right.CALL, lambda ctx, at: counter.recall(ctx, at.ticket_id)),
    "start": (Right.CALL, lambda ctx, at: counter.start(ctx, at.ticket_id)),
    "finish": (Right.CALL, lambda ctx, at: counter.finish(ctx, at.ticket_id)),
    "no_show": (Right.CALL, lambda ctx, at: counter.no_show(ctx, at.ticket_id)),
    "hold": (Right.CALL, lambda ctx, at: counter.hold(ctx, at.ticket_id)),
    "resume": (Right.CALL, lambda ctx, at: counter.resume(ctx, at.ticket_id)),
    "transfer": (Right.CALL, lambda ctx, at: counter.transfer(ctx, at.ticket_id, "imar")),
    "call_this": (Right.OVERRIDE, lambda ctx, at: counter.call_this(ctx, 5, at.ticket_id, "Acil durum")),
    "bring_back": (Right.CALL, lambda ctx, at: counter.bring_back(ctx, at.ticket_id)),
    "return_to_queue": (Right.CALL, lambda ctx, at: counter.return_to_queue(ctx, at.ticket_id)),
    "leave": (Right.CALL, lambda ctx, at: counter.leave(ctx, at.ticket_id)),
    "transfer_to_counter": (Right.CALL, lambda ctx, at: counter.transfer_to_counter(ctx, at.ticket_id, 5)),
    "transfer_to_staff": (Right.CALL, lambda ctx, at: counter.transfer_to_staff(ctx, at.ticket_id, "banko5")),
    "add_service": (Right.CALL, lambda ctx, at: counter.add_service(ctx, at.ticket_id, "imar")),
    "begin_break": (Right.CALL, lambda ctx, _: counter.begin_break(ctx, 4, "Kısa mola")),
    "set_auto_call": (Right.CALL, lambda ctx, _: counter.set_auto_call(ctx, 4, 10)),
    "open_counter": (Right.CALL, lambda ctx, _: counter.open_counter(ctx, 1)),
    "close_counter": (Right.CALL, lambda ctx, _: counter.close_counter(ctx, 4)),
    "register_petition": (
        Right.REGISTER,
        lambda ctx, _: records.register_petition(ctx, PetitionRequest(key(), sender=PersonInput(name="Ayşe Örnek"))),
    ),
    "print_deficiency": (Right.REGISTER, lambda ctx, at: records.print_deficiency(ctx, at.ticket_id)),
    "open_by_id": (Right.READ_PERSON, lambda ctx, at: records.open_by_id(ctx, at.ticket_id)),
    "request": (Right.ASSIST, lambda ctx, _: escort.request(ctx, AssistanceKind.WALKING, "2. kat")),
    "assign": (Right.ASSIST, lambda ctx, at: escort.assign(ctx, at.ticket_id, at.ticket_id)),
    "escort_start": (Right.ASSIST, lambda ctx, at: escort.start(ctx, at.ticket_id)),
    "hand_over": (Right.ASSIST, lambda ctx, at: escort.hand_over(ctx, at.ticket_id)),
    "end": (Right.ASSIST, lambda ctx, at: escort.end(ctx, at.ticket_id)),
    "cancel": (Right.ASSIST, lambda ctx, at: escort.cancel(ctx, at.ticket_id)),
    "take_equipment": (Right.ASSIST, lambda ctx, at: escort.take_equipment(ctx, at.ticket_id, at.ticket_id)),
    "return_equipment": (Right.ASSIST, lambda ctx, at: escort.return_equipment(ctx, at.ticket_id)),
    "print_slip": (Right.REPORT, lambda ctx, _: shift.print_slip(ctx)),
    "write_note": (Right.REPORT, lambda ctx, _: shift.write_note(ctx, "Devir")),
    "close_day": (Right.REPORT, lambda ctx, _: shift.close_day(ctx)),
}


@pytest.mark.parametrize("name", DEEDS)
def test_without_the_right_nothing_is_done(ctx: Context, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    right, deed = DEEDS[name]
    visit(ctx)
    at_counter = call(ctx, 4)
    before = rows(ctx, Change)
    asked = []

    def allowed(actor: object, wanted: Right) -> bool:
        asked.append((actor, wanted))
        return False

    monkeypatch.setattr(work, "allowed", allowed)
    with pytest.raises(UserError, match="yetkiniz yok"):
        deed(ctx, at_counter)
    assert asked == [(ctx.actor, right)]
    assert rows(ctx, Change) == before

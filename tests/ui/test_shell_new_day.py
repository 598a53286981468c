"""After a jump of the clock the staff window asks whether the date is right, before anybody is turned away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import shown_text, unhurried
from PySide6.QtWidgets import QLineEdit
from sqlalchemy import select

from desk.actions import day, desk
from desk.actions.context import Context
from desk.clock import SetClock
from desk.models.day_event import DayEvent
from desk.ui.staff.shell import StaffWindow


@pytest.fixture
def window(office: Any, ctx: Context, clock: SetClock, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    desk.register_visit(ctx, desk.VisitRequest("yesterday", "vergi"))
    clock.advance(days=60)
    window = StaffWindow(office, clock=unhurried())
    window.resize(1366, 768)
    window.show()
    settle()
    yield window
    window.close_now()


def test_the_date_is_asked_with_a_reason_and_then_work_goes_on(
    window: StaffWindow, ctx: Context, find: Any, press: Any, type_text: Any, settle: Any
) -> None:
    assert "Bugünün tarihi doğru mu?" in shown_text(window)
    press(window, "Enter")
    assert "Gerekçeyi yazınız." in shown_text(window)
    type_text(find(window, "Gerekçe", QLineEdit), "bayram tatilinden dönüldü")
    press(window, "Enter")
    settle()
    assert "Bugünün tarihi doğru mu?" not in shown_text(window)
    assert day.to_confirm(ctx) is None
    with ctx.db.read() as session:
        assert list(session.scalars(select(DayEvent.reason))) == ["bayram tatilinden dönüldü"]
    assert desk.register_visit(ctx, desk.VisitRequest("today", "vergi")).tickets[0].number == "V 001"

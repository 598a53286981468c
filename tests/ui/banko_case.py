"""A counter in tests of windows: numbers to call, the page at Banko 4, its card and its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from person import unhurried

from desk.actions import counter, desk
from desk.actions.context import Context
from desk.ui.staff.picker import Picker
from desk.ui.staff.shell import StaffWindow


def give(ctx: Context, code: str = "vergi", **kwargs: Any) -> desk.Registered:
    give.count += 1  # type: ignore[attr-defined]
    return desk.register_visit(ctx, desk.VisitRequest(key=f"banko-{give.count}", service_code=code, **kwargs))  # type: ignore[attr-defined]


give.count = 0  # type: ignore[attr-defined]


def at_four(office: Any, ctx: Context, settle: Callable[..., None], press: Any) -> Iterator[StaffWindow]:
    """The staff window on the page of Banko 4 (taxes), open."""
    window = StaffWindow(office, clock=unhurried())
    window.show()
    settle()
    press(window, "F6")
    counter.open_counter(ctx, 4)
    office.take_counter(4)
    settle()
    yield window
    window.close_now()


def choose(window: Any, press: Any, settle: Any, label: str) -> None:
    """Go down the open list to this line and press Enter."""
    picker = next(w for w in window.findChildren(Picker) if w.isVisible())
    labels = [option.label for _, option in picker._rows]
    for _ in range(labels.index(label) - max(picker._at, 0)):
        press(window, "Down")
    press(window, "Return")
    settle()


def card(window: Any, find: Any) -> str:
    return find(window, "Bankodaki numara").accessibleDescription()

"""The hall says what is announced today, one language after the other, and forgets it by itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from person import settle
from test_hall_display import Quiet, Steady, switched_on

from desk.actions import settings
from desk.clock import SetClock
from desk.errors import Fault
from desk.registry.setting_fields import NEW, Change


@pytest.fixture
def ctx(context_of: Any) -> Any:
    return context_of("hall")


def round_of(hall: Any) -> list[str]:
    """The sentences of one whole round."""
    said = []
    for _ in range(8):
        said.append(hall.sentence.accessibleDescription())
        hall.next_sentence()
    return said


def test_an_announcement_is_shown_from_its_first_day_to_its_last(
    office: Any, ctx: Any, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = switched_on(office, Quiet(), Steady())
    given = {
        "text.tr": "Cuma günü kapalıyız.", "text.en": "We are closed on Friday.", "starts_on": "2026-11-25",
        "ends_on": "2026-11-25", "hall": True, "kiosk": True,
    }  # fmt: skip
    key = f"announcement:{uuid4()}"
    settings.save(
        ctx, [Change(key, NEW, None, None), *(Change(key, name, None, value) for name, value in given.items())]
    )
    settle(lambda: bool(hall.settings.announced))
    assert not any("Cuma" in words for words in round_of(hall))
    clock.advance(days=1)

    def away(*_given: Any, **_named: Any) -> Any:
        raise Fault("veri tabanı yok")

    for name in ("read", "connect"):
        monkeypatch.setattr(ctx.db, name, away)  # the display goes by its own knowledge of the days
    said = round_of(hall)
    assert any("Cuma" in words for words in said) and any("closed on Friday" in words for words in said)
    clock.advance(days=1)
    assert not any("Cuma" in words for words in round_of(hall))
    monkeypatch.undo()

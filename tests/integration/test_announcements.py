"""Announcements: shown from their first day to their last, in the reader's language, and gone by themselves."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from desk.actions import settings
from desk.actions.announcements import announcements
from desk.actor import Scope
from desk.clock import SetClock
from desk.registry import announcements as registry
from desk.registry import hall
from desk.registry.setting_fields import GONE, NEW, Change, FieldError

pytestmark = pytest.mark.usefixtures("both_engines")

WORDS = "Cuma günü 14.00’te kapalıyız."


def announce(ctx: Any, **fields: Any) -> str:
    """From 24 to 26 November on both screens, unless said otherwise."""
    given = {"text.tr": WORDS, "starts_on": "2026-11-24", "ends_on": "2026-11-26", "hall": True, "kiosk": True} | fields
    key = f"announcement:{uuid4()}"
    settings.save(
        ctx, [Change(key, NEW, None, None), *(Change(key, name, None, value) for name, value in given.items())]
    )
    return key


def test_it_is_said_in_the_asked_language_else_in_turkish(ctx: Any) -> None:
    announce(ctx, **{"text.en": "Closed on Friday from 2 p.m."})
    assert announcements(ctx, "kiosk") == (WORDS,)
    assert announcements(ctx, "kiosk", "en") == ("Closed on Friday from 2 p.m.",)
    assert announcements(ctx, "kiosk", "ru") == (WORDS,)


def test_it_ends_after_its_last_day_by_itself(ctx: Any, clock: SetClock) -> None:
    announce(ctx)
    clock.advance(days=2)
    assert announcements(ctx, "hall") == (WORDS,)
    clock.advance(days=1)
    assert announcements(ctx, "hall") == ()
    assert settings.sheet(ctx, "duyurular").records == ()


def test_one_to_come_is_known_to_the_display_and_not_said_yet(ctx: Any, context_of: Any) -> None:
    announce(ctx, starts_on="2026-11-25")
    assert announcements(ctx, "hall") == ()
    shown = context_of("hall")
    known = shown.read(lambda s, scope: hall.hall_settings(s, scope, shown.actor.terminal_id).announced)
    assert registry.every_language(known, date(2026, 11, 24)) == ()
    assert registry.every_language(known, date(2026, 11, 25)) == (WORDS,)
    assert registry.every_language(known, date(2026, 11, 27)) == ()


def test_each_screen_says_what_is_meant_for_it(ctx: Any) -> None:
    announce(ctx, kiosk=False)
    assert announcements(ctx, "kiosk") == ()
    assert announcements(ctx, "hall") == (WORDS,)


def test_one_that_ends_before_it_begins_or_is_seen_nowhere_is_refused(ctx: Any) -> None:
    with pytest.raises(FieldError, match="ilk günden önce"):
        announce(ctx, ends_on="2026-11-23")
    with pytest.raises(FieldError, match="görüneceği bir yer"):
        announce(ctx, hall=False, kiosk=False)


def test_one_that_was_taken_away_can_be_brought_back(ctx: Any) -> None:
    key = announce(ctx)
    gone = settings.save(ctx, [Change(key, GONE, None, None)])
    assert announcements(ctx, "kiosk") == ()
    settings.undo(ctx, gone)
    assert announcements(ctx, "kiosk") == (WORDS,)


def test_no_days_no_announcements(ctx: Any) -> None:
    def far(s: Any, scope: Scope) -> Any:
        return registry.coming(s, scope, "hall")

    announce(ctx, starts_on="2027-03-01", ends_on="2027-03-02")
    assert ctx.read(far) == ()  # too far ahead to be handed to a display

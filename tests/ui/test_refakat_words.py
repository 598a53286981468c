"""Small rules of the Refakat page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from desk.registry.types import AssistanceBoard, AssistanceJob, AssistanceKind, AssistanceState, Equipment, Escort
from desk.text import at_number
from desk.ui.staff.refakat_words import suggestions, target

NOW = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)


def job(state=AssistanceState.REQUESTED, kind=AssistanceKind.WHEELCHAIR, ago=0, started=None):
    return AssistanceJob(
        uuid4(), "R 001", kind, state, "Giriş", "2. kat", "", None, "", None,
        NOW - timedelta(minutes=ago), None, started, None, 15, 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("R 003", "R 003’te"), ("R 010", "R 010’da"), ("A 040", "A 040’ta"), ("A 100", "A 100’de"),
        ("V 016", "V 016’da"), ("V 070", "V 070’te"), ("RF 012", "RF 012’de"),
    ],
)  # fmt: skip
def test_the_ending_follows_the_spoken_number(number, spoken):
    assert at_number(number) == spoken


@pytest.mark.parametrize(
    ("ago", "words", "tone"),
    [
        (3, "Hedef 15 dk", "neutral"),
        (13, "Hedef 15 dk · 2 dk kaldı", "amber"),
        (15, "Hedef 15 dk · 0 dk kaldı", "amber"),
        (15.5, "Hedef 15 dk · 30 sn aşıldı", "brick"),
        (17, "Hedef 15 dk · 2 dk aşıldı", "brick"),
    ],
)
def test_the_target_is_said_in_words(ago, words, tone):
    pill = target(job(ago=ago), NOW)
    assert (pill.words, pill.tone) == (words, tone)


def test_two_waiting_jobs_are_not_offered_the_same_escort_or_chair():
    first, second = job(ago=5), job(ago=1)
    escorts = (Escort(uuid4(), "Ali", "R 009"), Escort(uuid4(), "Banu", ""), Escort(uuid4(), "Can", ""))
    chairs = tuple(Equipment(uuid4(), f"s{n}", f"Sandalye {n}", AssistanceKind.WHEELCHAIR, "", None) for n in (1, 2))
    found = suggestions(AssistanceBoard((first, second), escorts, chairs, 0))
    assert [found[one.id].escort.name for one in (first, second)] == ["Banu", "Can"]
    assert [found[one.id].equipment.name for one in (first, second)] == ["Sandalye 1", "Sandalye 2"]


def test_help_without_equipment_is_offered_none():
    sign = job(kind=AssistanceKind.SIGN)
    chair = Equipment(uuid4(), "s1", "Sandalye 1", AssistanceKind.WHEELCHAIR, "", None)
    assert suggestions(AssistanceBoard((sign,), (), (chair,), 0))[sign.id].equipment is None

"""Announcements with an end: a sentence per language that hall and kiosk show from a day to a day, and then no more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import select

from desk.actor import Scope
from desk.i18n import LANGUAGES, SOURCE_LANGUAGE
from desk.models import messages as tables
from desk.models.session import Session
from desk.queue.types import Announcement

Where = Literal["hall", "kiosk"]

AHEAD = timedelta(days=31)
"""A screen that cannot reach the database for so long still begins an announcement on its day."""


def coming(s: Session, scope: Scope, where: Where) -> tuple[Announcement, ...]:
    """What holds today or begins soon; the screen itself looks at the day (``Announcement.holds``)."""
    of = tables.Announcement.__table__.c
    rows = s.execute(
        select(of.starts_on, of.ends_on, of.texts)
        .where(of.site_id == scope.site_id, of.ends_on >= scope.day, of.starts_on <= scope.day + AHEAD)
        .where(of.hall if where == "hall" else of.kiosk)
        .order_by(of.starts_on, of.id)
    )
    return tuple(_read(row) for row in rows)


def _read(row: Any) -> Announcement:
    return Announcement(
        row.starts_on, row.ends_on, {lang: row.texts[lang] for lang in LANGUAGES if row.texts.get(lang)}
    )


def sentences(known: Iterable[Announcement], day: date, lang: str) -> tuple[str, ...]:
    """What is said on a day in a language; one that was not written in it is said in Turkish."""
    return tuple(one.texts.get(lang) or one.texts[SOURCE_LANGUAGE] for one in known if one.holds(day))


def every_language(known: Iterable[Announcement], day: date) -> tuple[str, ...]:
    """What a hall says on a day, one language after the other."""
    return tuple(words for one in known if one.holds(day) for words in one.texts.values())

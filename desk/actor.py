"""Who does something, and whether they may.

``allowed()`` is permissive until rights come, but every action asks it: it is the only door.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """The person (or system account) at a terminal of a site."""

    staff_id: UUID
    terminal_id: UUID
    site_id: UUID


@dataclass(frozen=True, slots=True)
class Scope:
    """What a read looks at: one site's business day, at one moment (UTC)."""

    site_id: UUID
    day: date
    now: datetime


class Right(StrEnum):
    ISSUE = "issue"
    CALL = "call"
    REGISTER = "register"
    ASSIST = "assist"
    REPORT = "report"
    OVERRIDE = "override"
    READ_PERSON = "read_person"
    SETTINGS = "settings"


def allowed(actor: Actor, right: Right) -> bool:
    """Whether ``actor`` may do this. Every staff row may do everything until rights are assigned."""
    return True

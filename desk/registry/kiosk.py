"""What a kiosk is set to, in the site's setting ``kiosk``."""

from __future__ import annotations

from typing import Any

from desk.actor import Scope
from desk.models.session import Session
from desk.models.settings import setting
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """``headphones``: who knows that they are plugged in: "ask" (the visitor), "always" (it speaks into nothing else),
    "never". ``dimmed``: the hours of the night out of doors, minutes after midnight; None: it is never dimmed.
    ``slip``: where the slip comes out ("below" the screen, "right", "left", "apart"); ``desk``: where a visitor who
    stands before it finds the danışma ("beside", "left", "right", "behind", "entrance"; "": not said)."""

    status: bool = True
    headphones: str = "ask"
    dimmed: tuple[int, int] | None = None
    slip: str = "below"
    desk: str = ""


def kiosk_settings(s: Session, scope: Scope) -> KioskSettings:
    nothing: dict[str, Any] = {}
    found = setting(s, scope.site_id, "kiosk", nothing)
    begins, ends = found.get("dim_from"), found.get("dim_to")
    dimmed = None if begins is None or ends is None else (int(begins), int(ends))
    return KioskSettings(
        bool(found.get("status", True)),
        str(found.get("headphones", "ask")),
        dimmed,
        str(found.get("slip", "below")),
        str(found.get("desk", "")),
    )

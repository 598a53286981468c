"""What the staff window of a site is set to: covering and locking, ready messages, visitor cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk.actor import Scope
from desk.errors import N_
from desk.models.session import Session
from desk.models.settings import setting
from desk.registry.place_types import DeskSettings

GROUP = "window"
"""The setting of the site that holds them."""

MESSAGES = (
    N_("Yardıma ihtiyacım var."),
    N_("Vatandaş yanınıza geliyor."),
    N_("Sistem yavaş; işlemler uzuyor."),
    N_("Kısa bir ara veriyorum."),
    N_("Lütfen beni arayınız."),
    N_("Güvenlik görevlisini gönderiniz."),
)
"""The program's own ready messages; a site may write others."""

CARD_KEEP_DAYS = 30


def read(s: Session, scope: Scope) -> DeskSettings:
    nothing: dict[str, Any] = {}
    return of({GROUP: setting(s, scope.site_id, GROUP, nothing)})


def of(settings: Mapping[str, Any]) -> DeskSettings:
    """From the settings of a site."""
    kept = settings.get(GROUP) or {}
    return DeskSettings(
        mask_seconds=int(kept.get("mask_seconds", 30)),
        lock_seconds=int(kept.get("lock_seconds", 120)),
        messages=tuple(str(line) for line in kept.get("messages") or MESSAGES),
        message_sound=bool(kept.get("message_sound", False)),
        cards=bool(kept.get("cards", False)),
        card_prefix=str(kept.get("card_prefix", "ZK")),
    )


def card_keep_days(settings: Mapping[str, Any]) -> int:
    return int((settings.get(GROUP) or {}).get("card_keep_days", CARD_KEEP_DAYS))

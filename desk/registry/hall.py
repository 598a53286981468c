"""What a hall display is set to: its services, sentences and sounds; each terminal may differ from the site."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.actor import Scope
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Service, Terminal
from desk.queue.types import HallSettings
from desk.registry import announcements


def hall_settings(s: Session, scope: Scope, terminal_id: UUID) -> HallSettings:
    """The site's setting ``hall``, with what ``hall:CODE`` says of this terminal on top."""
    code = s.execute(select(Terminal.code).where(Terminal.id == terminal_id)).scalar_one()
    nothing: dict[str, Any] = {}
    found = setting(s, scope.site_id, "hall", nothing) | setting(s, scope.site_id, f"hall:{code}", nothing)
    wanted = found.get("services") or ()
    ids = s.execute(select(Service.id).where(Service.site_id == scope.site_id, Service.code.in_(wanted))).scalars()
    sentences = found.get("sentences")
    return HallSettings(
        flashing=bool(found.get("flashing", True)),
        chime=bool(found.get("chime", True)),
        voice=bool(found.get("voice", True)),
        other_languages=bool(found.get("other_languages", True)),
        sentences=None if sentences is None else tuple(str(one) for one in sentences),
        services=tuple(ids) if wanted else (),
        announced=announcements.coming(s, scope, "hall"),
    )

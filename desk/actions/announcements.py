"""What hall and kiosk announce today. They are edited in Ayarlar (``desk.actions.settings``)."""

from __future__ import annotations

from desk.actions.context import Context
from desk.i18n import SOURCE_LANGUAGE
from desk.registry import announcements as registry
from desk.registry.announcements import Where


def announcements(ctx: Context, where: Where, lang: str = SOURCE_LANGUAGE) -> tuple[str, ...]:
    """The sentences for a visitor who reads ``lang``, the oldest first; they change with Kind.SETTINGS_CHANGED and the
    day."""
    return ctx.read(lambda s, scope: registry.sentences(registry.coming(s, scope, where), scope.day, lang))

"""The services of a site, as screens and forecasts know them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models.session import Session
from desk.models.site import Service, Unit
from desk.models.ticket import NumberSeries
from desk.queue import types
from desk.queue.numbering import series_of

_SERVICE, _UNIT = Service.__table__, Unit.__table__


def services(s: Session, scope: Scope) -> tuple[types.Service, ...]:
    """All services of the site in the order of the kiosk, inactive ones too."""
    rows = s.execute(
        select(_SERVICE, _UNIT.c.code.label("of_code"), _UNIT.c.short_name.label("of_name"))
        .join(_UNIT, _UNIT.c.id == _SERVICE.c.unit_id)
        .where(_SERVICE.c.site_id == scope.site_id)
        .order_by(_SERVICE.c.position)
    )
    return tuple(_service(row) for row in rows)


def service_by_code(s: Session, scope: Scope, code: str) -> types.Service:
    """The service with this code or letter; raises UserError for an unknown one.

    A service whose numbers are a range without a letter is found by its code only.
    """
    wanted = code.strip()
    for service in services(s, scope):
        if wanted == service.code or (wanted and wanted.upper() == service.letter):
            return service
    raise UserError(N_("Böyle bir hizmet yok: {code}"), code=wanted)


def full(s: Session, scope: Scope) -> frozenset[UUID]:
    """The services whose daily cap is used up: the next number would pass it."""
    capped = s.execute(
        select(Service.id, Service.code, Service.letter, Service.daily_cap).where(
            Service.site_id == scope.site_id, Service.daily_cap.is_not(None)
        )
    ).all()
    if not capped:
        return frozenset()
    taken = s.execute(
        select(NumberSeries.series, NumberSeries.last).where(
            NumberSeries.site_id == scope.site_id, NumberSeries.period == scope.day.isoformat()
        )
    )
    last = {row.series: row.last for row in taken}
    return frozenset(
        row.id for row in capped if last.get(f"ticket:{series_of(row.letter, row.code)}", 0) >= row.daily_cap
    )


def _service(row: Any) -> types.Service:
    return types.Service(
        id=row.id,
        code=row.code,
        letter=row.letter,
        name=row.name,
        short_name=row.short_name,
        unit=row.of_name,
        place=row.place,
        icon=row.icon,
        active=row.active,
        sensitive=row.sensitive,
        kiosk=row.kiosk,
        unit_code=row.of_code,
    )

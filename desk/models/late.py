"""What still comes into a day whose sheet was signed: counted as ever, and noted for a line of its own on paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, exists, insert, select

from desk.models.base import new_id
from desk.models.counting import Tally
from desk.models.shift import KeptSheet, LateEntry

_LATE = LateEntry.__table__
_KEPT = KeptSheet.__table__


def note(
    connection: Connection,
    site_id: UUID,
    staff_id: UUID,
    now: datetime,
    tallies: Mapping[date, Tally],
    running: date | None,
) -> None:
    """Note what one transaction counts into days that were closed with a sheet.

    ``running`` is the open business day, whose counts are not late; None when it is closed too.
    """
    for day, tally in tallies.items():
        if day == running or not any(tally.days.values()):
            continue
        if not connection.execute(select(exists().where(_KEPT.c.site_id == site_id, _KEPT.c.day == day))).scalar():
            continue
        base = {"site_id": site_id, "day": day, "at": now, "staff_id": staff_id}
        rows = [
            base | {"id": new_id(), "measure": str(measure), "key": key, "value": value}
            for (measure, key), value in sorted(tally.days.items())
            if value
        ]
        connection.execute(insert(_LATE), rows)

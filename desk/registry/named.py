"""The record that a barcode, a tracking code or a record number stands for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models.numbers import read_scan_code
from desk.models.prepared import Query
from desk.models.session import Session
from desk.text import clean

_A = tables.Application.__table__

TRACKING_LENGTH = 8

WAYS: dict[str, ColumnElement[bool]] = {
    "scan_code": _A.c.scan_code == bindparam("scan_code"),
    "tracking_code": _A.c.tracking_code == bindparam("tracking_code"),
    "number": and_(
        _A.c.site_id == bindparam("site"), _A.c.year == bindparam("year"), _A.c.serial == bindparam("serial")
    ),
}
"""The condition of each way to name a record."""

_QUERIES = {way: Query(select(_A.c.id, _A.c.site_id).where(asked), lasting=True) for way, asked in WAYS.items()}


def by_scan(s: Session, scope: Scope, code: str) -> UUID:
    """The record that a barcode, a tracking code or a record number stands for; raises UserError for none."""
    wanted = clean(code)
    found = by_name(s, scope, wanted)
    if found is None:
        raise UserError(N_("“{code}” ile kayıt bulunamadı."), code=wanted[:40])
    return found


def by_name(s: Session, scope: Scope, wanted: str) -> UUID | None:
    """The record of this site with this barcode, tracking code or record number."""
    if not _may_name(wanted):
        return None
    s.flush()  # this statement goes past the session
    how, values = way(scope, wanted)
    rows = _QUERIES[how].all(s.connection(), values)
    return next((row.id for row in rows if row.site_id == scope.site_id), None)


def _may_name(wanted: str) -> bool:
    """Whether words that are searched for may be a number or a code at all."""
    return "/" in wanted or wanted.isdecimal() or sum(c.isalnum() for c in wanted) == TRACKING_LENGTH


def way(scope: Scope, wanted: str) -> tuple[str, dict[str, Any]]:
    """The way (of ``WAYS``) by which words name a record, and the values that its condition is asked with."""
    if read_scan_code(wanted) is not None:
        return "scan_code", {"scan_code": wanted}
    year, _, serial = wanted.partition("/")
    if year.isdecimal() and serial.isdecimal() and len(year) <= 4 and len(serial) <= 9:  # what an INTEGER holds
        return "number", {"site": scope.site_id, "year": int(year), "serial": int(serial)}
    letters = "".join(c for c in wanted.upper() if c.isalnum())  # typed without the dash, or with a blank for it
    return "tracking_code", {"tracking_code": f"{letters[:4]}-{letters[4:]}"}

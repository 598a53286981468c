"""Gelen evrak defteri: the incoming register of any period, as the law's books have it (domain.md, Petitions)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.models import application as tables
from desk.models import case, site
from desk.models.session import Session
from desk.models.visit import Person
from desk.registry.application_types import IncomingLine
from desk.registry.channels import read_date
from desk.registry.types import Channel, DocumentKind
from desk.text import number as thousands
from desk.text import short_date

_A = tables.Application.__table__

LIMIT = 50_000
"""Lines of one book; a year of a large municipality fits."""

BY_DAY = "ix_application_site_id_day_received_at"
"""Without statistics SQLite goes through every record of the site for a period."""

HIDDEN_SENDER = N_("(kimliği gizli)")


def lines(s: Session, scope: Scope, first: date, last: date) -> tuple[IncomingLine, ...]:
    """Every paper registered in a period, by record number.

    Raises UserError for a period that ends too early or holds more than one book does.
    """
    if last < first:
        raise UserError(N_("Dönemin sonu başından önce."))
    count = select(func.count()).where(tables.Enclosure.application_id == _A.c.id).scalar_subquery()
    rows = s.execute(
        select(_A, Person.name.label("person"), site.Unit.short_name, case.ApplicationDetail.fields, count.label("n"))
        .select_from(_A)
        .outerjoin(Person, Person.id == _A.c.person_id)
        .outerjoin(site.Unit, site.Unit.id == _A.c.unit_id)
        .outerjoin(case.ApplicationDetail, case.ApplicationDetail.application_id == _A.c.id)
        .where(_A.c.site_id == scope.site_id, _A.c.day.between(first, last))
        .where(_A.c.document_kind != DocumentKind.NONE, _A.c.state != "voided")
        .order_by(_A.c.year, _A.c.serial)
        .limit(LIMIT + 1)
        .with_hint(_A, f"INDEXED BY {BY_DAY}", "sqlite")
    ).all()
    if len(rows) > LIMIT:
        raise UserError(N_("Bu dönemde {count} evraktan fazlası var; dönemi daraltınız."), count=thousands(LIMIT))
    return tuple(
        IncomingLine(
            record_number=row.record_number,
            received_at=row.received_at,
            channel=Channel(row.channel),
            document=DocumentKind(row.document_kind),
            sender=HIDDEN_SENDER if row.hidden else row.person or "",
            sender_number=(row.fields or {}).get("sender_number", ""),
            sender_date=_shown((row.fields or {}).get("sender_date", "")),
            enclosures=row.n,
            subject=row.subject,
            unit=row.short_name or "",
            official_number=row.official_number or "",
        )
        for row in rows
    )


def _shown(kept: str) -> str:
    day = read_date(kept)
    return short_date(day) if day else ""

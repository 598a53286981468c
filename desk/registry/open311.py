"""Applications shaped as Open311 GeoReport v2 service requests, without anything that names a person.

https://wiki.open311.org/GeoReport_v2/#get-service-requests — what citizens wrote is left out, because people write
names into it; the subject is the routing table's name, never free words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from desk.actor import Scope
from desk.clock import local
from desk.models import application as tables
from desk.models import site
from desk.models.session import Session
from desk.registry.application_types import OUTCOME_NAMES, Outcome
from desk.registry.incoming import BY_DAY
from desk.registry.types import APPLICATION_STATE_NAMES, ApplicationState

_A = tables.Application.__table__


def requests(s: Session, scope: Scope, first: date, last: date) -> Iterator[dict[str, Any]]:
    """Service requests of a period, oldest first."""
    subject = site.Subject
    rows = s.execute(
        select(
            _A.c.record_number, _A.c.received_at, _A.c.closed_at, _A.c.state, _A.c.outcome, _A.c.open, _A.c.due_on,
            _A.c.subject_code, _A.c.kind, subject.name.label("service"), site.Unit.name.label("agency"),
            site.Neighbourhood.name.label("place"),
        )
        .select_from(_A)
        .outerjoin(subject, (subject.code == _A.c.subject_code) & (_A.c.subject_code != ""))
        .outerjoin(site.Unit, site.Unit.id == _A.c.unit_id)
        .outerjoin(site.Neighbourhood, site.Neighbourhood.id == _A.c.neighbourhood_id)
        .where(_A.c.site_id == scope.site_id, _A.c.day.between(first, last), _A.c.state != ApplicationState.VOIDED)
        .order_by(_A.c.year, _A.c.serial)
        .with_hint(_A, f"INDEXED BY {BY_DAY}", "sqlite")
    )  # fmt: skip
    for row in rows:
        status = APPLICATION_STATE_NAMES[ApplicationState(row.state)]
        outcome = f" ({OUTCOME_NAMES[Outcome(row.outcome)]})" if row.outcome else ""
        moved = row.closed_at or row.received_at
        yield {
            "service_request_id": row.record_number,
            "status": "open" if row.open else "closed",
            "status_notes": f"{status}{outcome}",
            "service_name": row.service,
            "service_code": row.subject_code or row.kind,
            "description": None,
            "agency_responsible": row.agency,
            "service_notice": None,
            "requested_datetime": local(row.received_at).isoformat(timespec="seconds"),
            "updated_datetime": local(moved).isoformat(timespec="seconds"),
            "expected_datetime": row.due_on.isoformat(),
            "address": row.place,
            "address_id": None,
            "zipcode": None,
            "lat": None,
            "long": None,
            "media_url": None,
        }

"""Evrak kayıt: a petition or document becomes an application with a record number, a last answer date and a receipt.

A petition is never refused at the desk (refusing one without legal ground is an offence): what the law asks and the
paper lacks is recorded and stands on the receipt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, insert, select, update
from sqlalchemy.orm import Session

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models import site
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.numbers import CodeKind, next_number, next_scan_code, read_scan_code, tracking_code
from desk.models.settings import setting
from desk.models.ticket import NumberSeries
from desk.models.visit import Person
from desk.models.work import Work
from desk.registry import persons
from desk.registry.deadlines import due
from desk.registry.types import (
    Channel,
    DocumentKind,
    Enclosure,
    Missing,
    PersonInput,
    PetitionRequest,
    Receipt,
    RecordRow,
)
from desk.text import clean, fold, mask_name

_A: Table = tables.Application.__table__  # type: ignore[assignment]

SUBJECT_LIMIT = 500
ENCLOSURE_LIMIT = 99


def missing_of(sender: PersonInput, subject: str, signature_present: bool) -> tuple[Missing, ...]:
    """What Law 3071 (art. 4 and 6) asks and this paper lacks: name, signature, address, a definite subject."""
    lacks = (
        (Missing.NAME, not clean(sender.name)),
        (Missing.SIGNATURE, not signature_present),
        (Missing.ADDRESS, not clean(sender.address)),
        (Missing.SUBJECT, not clean(subject)),
    )
    return tuple(what for what, lacking in lacks if lacking)


def checked(request: PetitionRequest) -> PetitionRequest:
    """The request, cleaned. Raises UserError only for what cannot be true or stored, never for what is missing."""
    subject = clean(request.subject)
    if len(subject) > SUBJECT_LIMIT:
        raise UserError(N_("Konu özeti en çok {count} harf olabilir."), count=SUBJECT_LIMIT)
    if len(request.enclosures) > ENCLOSURE_LIMIT:
        raise UserError(N_("En çok {count} ek yazılabilir."), count=ENCLOSURE_LIMIT)
    enclosures = []
    for given in request.enclosures:
        name, kind = clean(given.name), clean(given.kind)
        if not 1 <= given.pages <= 9999 or len(name) > 120 or len(kind) > 40:
            raise UserError(N_("Ek satırı hatalı: {name}"), name=name[:40])
        enclosures.append(Enclosure(name, kind, given.pages))
    return PetitionRequest(
        key=request.key,
        kind=request.kind,
        channel=request.channel,
        sender=persons.checked(request.sender),
        signature_present=request.signature_present,
        subject=subject,
        unit_code=request.unit_code,
        enclosures=tuple(enclosures),
        ticket_id=request.ticket_id,
        lang=request.lang,
    )


def register(work: Work, request: PetitionRequest) -> UUID:
    """Write a checked request; the second arrival of the same key returns the first record's id."""
    earlier: UUID | None = work.session.execute(
        select(_A.c.id).where(_A.c.site_id == work.site_id, _A.c.request_key == request.key)
    ).scalar_one_or_none()
    if earlier is not None:
        return earlier
    application_id = new_id()
    missing = missing_of(request.sender, request.subject, request.signature_present)
    unit_id = _unit(work, request.unit_code)
    row = _numbered(work) | {
        "id": application_id,
        "request_key": request.key,
        "document_kind": request.kind,
        "channel": request.channel,
        "state": "referred" if unit_id else "new",
        "subject": request.subject,
        "subject_fold": fold(request.subject),
        "unit_id": unit_id,
        "person_id": persons.keep(
            work, request.sender, "application", setting(work.session, work.site_id, "person_keep_days", 730)
        ),
        "neighbourhood_id": persons.neighbourhood_id(work, request.sender.neighbourhood_code),
        "ticket_id": request.ticket_id,
        "signature_present": request.signature_present,
        "missing": [str(one) for one in missing],
        "receipts": 1,
    }
    work.session.execute(insert(_A).values(row | _due(work, request.kind)))
    _enclose(work, application_id, request.enclosures)
    _log(work, application_id, "registered", {"missing": [str(one) for one in missing]})
    if unit_id is not None:
        _log(work, application_id, "referred", {}, unit_id)
    _count(work, request, missing)
    work.change(Kind.PETITION_REGISTERED, application_id)
    return application_id


def _numbered(work: Work) -> dict[str, Any]:
    """The record number of the year, the barcode, the tracking code, and who wrote it when."""
    serial = next_number(work.session, work.site_id, "record", str(work.day.year))
    return {
        "site_id": work.site_id,
        "day": work.day,
        "year": work.day.year,
        "serial": serial,
        "record_number": f"{work.day.year}/{serial:06d}",
        "tracking_code": tracking_code(),
        "scan_code": next_scan_code(work.session, work.site_id, work.site_number, CodeKind.APPLICATION),
        "received_at": work.now,
        "registered_by": work.actor.staff_id,
        "terminal_id": work.actor.terminal_id,
    }


def _due(work: Work, kind: DocumentKind) -> dict[str, Any]:
    found = due(
        kind,
        work.day,
        setting(work.session, work.site_id, "petition_days", 30),
        setting(work.session, work.site_id, "information_working_days", 15),
    )
    return {"due_on": found.on, "due_basis": found.basis}


def _unit(work: Work, code: str) -> UUID | None:
    if not code:
        return None
    found = work.session.execute(select(site.Unit.id).where(site.Unit.code == code)).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Böyle bir birim yok: {code}"), code=code)
    return found


def _enclose(work: Work, application_id: UUID, enclosures: Iterable[Enclosure]) -> None:
    rows = [
        {
            "id": new_id(),
            "site_id": work.site_id,
            "application_id": application_id,
            "position": position,
            "name": one.name,
            "kind": one.kind,
            "pages": one.pages,
        }
        for position, one in enumerate(enclosures, start=1)
    ]
    if rows:
        work.session.execute(insert(tables.Enclosure), rows)


def _count(work: Work, request: PetitionRequest, missing: tuple[Missing, ...]) -> None:
    work.count(Measure.PETITIONS, request.kind)
    work.count(Measure.CONTACTS)
    if missing:
        work.count(Measure.PETITIONS_INCOMPLETE)
    work.count(Measure.PETITIONS_BY_UNIT, request.unit_code)
    if request.enclosures:
        work.count(Measure.ENCLOSURES, "", len(request.enclosures))


def _log(work: Work, application_id: UUID, kind: str, data: dict[str, Any], unit_id: UUID | None = None) -> None:
    work.session.execute(
        insert(tables.ApplicationEvent).values(
            id=new_id(),
            site_id=work.site_id,
            application_id=application_id,
            at=work.now,
            kind=kind,
            staff_id=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
            unit_id=unit_id,
            data=data,
        )
    )


def count_receipt(work: Work, application_id: UUID) -> int:
    """Note that another copy of the receipt is handed out; returns its copy number."""
    copies: int | None = work.session.execute(
        update(_A)
        .where(_A.c.id == application_id, _A.c.site_id == work.site_id)
        .values(receipts=_A.c.receipts + 1)
        .returning(_A.c.receipts)
    ).scalar()
    if copies is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    _log(work, application_id, "receipt_copied", {"copy": copies})
    return copies


def note_opened(work: Work, application_id: UUID) -> None:
    """The access trail: a record with a name in it was opened."""
    work.change(Kind.RECORD_OPENED, application_id)


def receipt(s: Session, scope: Scope, application_id: UUID, copy_no: int = 1) -> Receipt:
    """All that the alındı belgesi says; raises UserError for an unknown record."""
    row = s.execute(
        select(tables.Application, Person, site.Unit.name, site.Neighbourhood.name, site.Staff.name)
        .outerjoin(Person, Person.id == tables.Application.person_id)
        .outerjoin(site.Unit, site.Unit.id == tables.Application.unit_id)
        .outerjoin(site.Neighbourhood, site.Neighbourhood.id == tables.Application.neighbourhood_id)
        .join(site.Staff, site.Staff.id == tables.Application.registered_by)
        .where(tables.Application.id == application_id, tables.Application.site_id == scope.site_id)
    ).one_or_none()
    if row is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    record, person, unit, neighbourhood, officer = row
    enclosures = s.execute(
        select(tables.Enclosure)
        .where(tables.Enclosure.application_id == application_id)
        .order_by(tables.Enclosure.position)
    ).scalars()
    name = person.name if person else ""
    return Receipt(
        application_id=record.id,
        record_number=record.record_number,
        kind=DocumentKind(record.document_kind),
        received_at=record.received_at,
        channel=Channel(record.channel),
        applicant=name,
        applicant_masked=mask_name(name),
        address=_address(neighbourhood, person.address if person else ""),
        subject=record.subject,
        unit=unit or "",
        enclosures=tuple(Enclosure(e.name, e.kind, e.pages) for e in enclosures),
        due_on=record.due_on,
        due_basis=record.due_basis,
        missing=tuple(Missing(one) for one in record.missing),
        tracking_code=record.tracking_code,
        scan_code=record.scan_code,
        registered_by=officer,
        registered_by_masked=" ".join(f"{word[0]}." for word in officer.split()),
        copy_no=copy_no,
    )


def _address(neighbourhood: str | None, address: str) -> str:
    return " ".join(part for part in (f"{neighbourhood} Mah." if neighbourhood else "", address) if part)


def by_scan(s: Session, scope: Scope, code: str) -> UUID:
    """The record that a barcode, a tracking code or a record number stands for; raises UserError for none."""
    wanted = clean(code)
    found: UUID | None = s.execute(select(_A.c.id).where(_named(scope, wanted))).scalar()
    if found is None:
        raise UserError(N_("“{code}” ile kayıt bulunamadı."), code=wanted[:40])
    return found


def _named(scope: Scope, wanted: str) -> ColumnElement[bool]:
    if read_scan_code(wanted) is not None:
        return _A.c.scan_code == wanted
    year, _, serial = wanted.partition("/")
    if year.isdecimal() and serial.isdecimal() and len(year) <= 4 and len(serial) <= 9:  # what an INTEGER holds
        return and_(_A.c.site_id == scope.site_id, _A.c.year == int(year), _A.c.serial == int(serial))
    letters = "".join(c for c in wanted.upper() if c.isalnum())  # typed without the dash, or with a blank for it
    return _A.c.tracking_code == f"{letters[:4]}-{letters[4:]}"


def recent(s: Session, scope: Scope, limit: int = 50) -> tuple[RecordRow, ...]:
    """Today's registrations, newest first, with masked names."""
    rows = s.execute(
        select(tables.Application, Person.name, site.Unit.short_name)
        .outerjoin(Person, Person.id == tables.Application.person_id)
        .outerjoin(site.Unit, site.Unit.id == tables.Application.unit_id)
        .where(tables.Application.site_id == scope.site_id, tables.Application.day == scope.day)
        .order_by(tables.Application.serial.desc())
        .limit(limit)
    ).all()
    counts: dict[UUID, int] = {}
    for (application_id,) in s.execute(
        select(tables.Enclosure.application_id).where(
            tables.Enclosure.application_id.in_([row.Application.id for row in rows])
        )
    ):
        counts[application_id] = counts.get(application_id, 0) + 1
    return tuple(
        RecordRow(
            id=record.id,
            record_number=record.record_number,
            at=record.received_at,
            applicant_masked=mask_name(name or ""),
            subject=record.subject,
            channel=Channel(record.channel),
            unit=unit or "",
            enclosures=counts.get(record.id, 0),
            due_on=record.due_on,
            missing=tuple(Missing(one) for one in record.missing),
            state=record.state,
        )
        for record, name, unit in rows
    )


def next_record_number(s: Session, scope: Scope) -> str:
    """What the next record will be called if nobody registers one before; only for the page's heading."""
    last = s.execute(
        select(NumberSeries.last).where(
            NumberSeries.site_id == scope.site_id,
            NumberSeries.series == "record",
            NumberSeries.period == str(scope.day.year),
        )
    ).scalar()
    return f"{scope.day.year}/{(last or 0) + 1:06d}"

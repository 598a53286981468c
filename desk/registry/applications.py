"""Registering: whatever a citizen asks, through any channel, becomes an application with a number and a last day.

A petition is never refused at the desk (refusing one without legal ground is an offence): what the law asks and the
paper lacks is recorded and stands on the receipt.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models import case, site
from desk.models.numbers import read_scan_code
from desk.models.prepared import Query, insertion, together
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.ticket import NumberSeries
from desk.models.visit import Person
from desk.models.work import Work
from desk.registry import application_counts, channels, drafting, life, named, persons
from desk.registry.application_types import (
    ApplicationKind,
    ApplicationRequest,
    CallResult,
    CitizenStatus,
    Clock,
    Sender,
)
from desk.registry.types import (
    ApplicationState,
    Channel,
    DocumentKind,
    Enclosure,
    Missing,
    PersonInput,
    PetitionRequest,
    Receipt,
    RecordRow,
    SenderKind,
)
from desk.text import clean, mask_name

_A = tables.Application.__table__
_C = tables.Enclosure.__table__
_P = Person.__table__
_U = site.Unit.__table__
_N = site.Neighbourhood.__table__
_O = site.Staff.__table__
_SITE = site.Site.__table__
_D = case.ApplicationDetail.__table__
_S = case.ApplicationSearch.__table__
_E = tables.ApplicationEvent.__table__
_CALL = case.Call.__table__

_BY_KEY = Query(select(_A.c.id).where(_A.c.site_id == bindparam("site"), _A.c.request_key == bindparam("key")))

SUBJECT_LIMIT, BODY_LIMIT, PLACE_LIMIT, ENCLOSURE_LIMIT = 500, 8000, 300, 99


def missing_of(sender: PersonInput, subject: str, signature_present: bool) -> tuple[Missing, ...]:
    """What Law 3071 (art. 4 and 6) asks and this paper lacks: name, signature, address, a definite subject."""
    lacks = (
        (Missing.NAME, not clean(sender.name)),
        (Missing.SIGNATURE, not signature_present),
        (Missing.ADDRESS, not clean(sender.address)),
        (Missing.SUBJECT, not clean(subject)),
    )
    return tuple(what for what, lacking in lacks if lacking)


def of_petition(request: PetitionRequest) -> ApplicationRequest:
    """What the Evrak form holds, as the application it is."""
    information = request.kind is DocumentKind.INFORMATION
    return ApplicationRequest(
        key=request.key,
        channel=request.channel,
        kind=ApplicationKind.INFORMATION if information else ApplicationKind.REQUEST,
        document=request.kind,
        sender=request.sender,
        signature_present=request.signature_present,
        subject=request.subject,
        unit_code=request.unit_code,
        enclosures=request.enclosures,
        ticket_id=request.ticket_id,
        lang=request.lang,
        fields=_outside(request),
    )


_OUTSIDE = {Channel.PTT: "ptt_barcode", Channel.KEP: "kep_id"}


def _outside(request: PetitionRequest) -> dict[str, str]:
    given = clean(request.outside)
    if not given or request.channel not in _OUTSIDE:
        return {}
    return {_OUTSIDE[request.channel]: given.upper() if request.channel is Channel.PTT else given}


def checked(request: ApplicationRequest) -> ApplicationRequest:
    """The request, cleaned. Raises UserError only for what cannot be true or stored, never for what is missing."""
    subject, body, place = clean(request.subject), clean(request.body), clean(request.place)
    if len(subject) > SUBJECT_LIMIT:
        raise UserError(N_("Konu özeti en çok {count} harf olabilir."), count=SUBJECT_LIMIT)
    if len(body) > BODY_LIMIT:
        raise UserError(N_("Başvuru metni en çok {count} harf olabilir."), count=BODY_LIMIT)
    if len(place) > PLACE_LIMIT:
        raise UserError(N_("Yer en çok {count} harf olabilir."), count=PLACE_LIMIT)
    return replace(
        request,
        sender=persons.checked(request.sender),
        persons=channels.check_persons(request.sender_kind, request.persons),
        subject=subject,
        body=body,
        place=place,
        fields=channels.checked_fields(request.channel, request.document, request.fields),
        enclosures=_checked_enclosures(request.enclosures),
    )


def _checked_enclosures(given: tuple[Enclosure, ...]) -> tuple[Enclosure, ...]:
    if len(given) > ENCLOSURE_LIMIT:
        raise UserError(N_("En çok {count} ek yazılabilir."), count=ENCLOSURE_LIMIT)
    enclosures = []
    for one in given:
        name, kind = clean(one.name), clean(one.kind)
        if not 1 <= one.pages <= 9999 or len(name) > 120 or len(kind) > 40:
            raise UserError(N_("Ek satırı hatalı: {name}"), name=name[:40])
        enclosures.append(Enclosure(name, kind, one.pages))
    return tuple(enclosures)


def register(work: Work, request: ApplicationRequest) -> UUID:
    """Write a checked request; the second arrival of the same key returns the first record's id.

    Raises UserError when the other system's number is registered already, naming the record.
    """
    known = _BY_KEY.ask(work.connection, {"site": work.site_id, "key": request.key})
    book = drafting.Book(work, asked=request.subject_code)
    if (earlier := known()) is not None:
        return UUID(int=earlier.id.int)
    outside = channels.outside_number(request.channel, request.fields)
    if outside:
        _refuse_known(work, request.channel, outside)
    request, person_id = _person(work, book, request)
    (drafted,) = book.draft([request], [person_id])
    connection = work.connection
    insertion(_A).run(connection, drafted.application)
    if drafted.detail is not None:
        insertion(_D).run(connection, drafted.detail)
    insertion(_S).run(connection, drafted.search)
    insertion(_E).many(connection, drafted.events)
    insertion(_C).many(connection, drafted.enclosures)
    if request.call_id is not None:
        _link_call(work, request.call_id, drafted.application["id"])
    count = application_counts.on_day(work, work.day)
    application_counts.registered(
        count, drafted.application, drafted.unit_code, drafted.place_code, len(drafted.enclosures)
    )
    paper = request.document is not DocumentKind.NONE
    application_id: UUID = drafted.application["id"]
    work.change(Kind.PETITION_REGISTERED if paper else Kind.APPLICATION_REGISTERED, application_id)
    return application_id


def _refuse_known(work: Work, channel: Channel, outside: str) -> None:
    known = work.session.execute(
        select(_A.c.record_number).where(
            _A.c.site_id == work.site_id, _A.c.channel == channel, _A.c.outside_number == outside
        )
    ).scalar()
    if known is not None:
        raise channels.FieldError(
            channels.BY_CHANNEL[channel].outside,
            N_("“{outside}” daha önce {number} numarayla kaydedilmiş."),
            outside=outside,
            number=known,
        )


def _person(work: Work, book: drafting.Book, request: ApplicationRequest) -> tuple[ApplicationRequest, UUID | None]:
    """Who asks: a new person row, or the one of the record whose sender is taken over, typed once."""
    if request.same_sender_as is None:
        sender = request.sender
        where = book.places.get(sender.neighbourhood_code)
        return request, persons.keep_at(work, sender, "application", book.keep_days, where, book.notice)
    found = work.session.execute(
        select(_A.c.person_id, Person, site.Neighbourhood.code)
        .select_from(_A)
        .outerjoin(Person, Person.id == _A.c.person_id)
        .outerjoin(site.Neighbourhood, site.Neighbourhood.id == Person.neighbourhood_id)
        .where(_A.c.id == request.same_sender_as, _A.c.site_id == work.site_id)
    ).one_or_none()
    if found is None:
        raise UserError(N_("Göndereni alınacak kayıt bulunamadı."))
    if found.person_id is None:
        return request, None
    persons.keep_longer(work, found.person_id, book.keep_days)
    one = found.Person
    sender = PersonInput(one.name, one.tckn, one.phone, found.code or "", one.address)
    return replace(request, sender=sender), found.person_id


def sender_of(s: Session, scope: Scope, application_id: UUID) -> Sender:
    """The sender of a record as it was given. Raises UserError for an unknown record."""
    row = s.execute(
        select(_A, Person, site.Neighbourhood.code.label("place"))
        .select_from(_A)
        .outerjoin(Person, Person.id == _A.c.person_id)
        .outerjoin(site.Neighbourhood, site.Neighbourhood.id == Person.neighbourhood_id)
        .where(_A.c.id == application_id, _A.c.site_id == scope.site_id)
    ).one_or_none()
    if row is None:
        raise UserError(N_("Göndereni alınacak kayıt bulunamadı."))
    one = row.Person
    return Sender(
        application_id=row.id,
        record_number=row.record_number,
        kind=SenderKind(row.sender_kind),
        persons=row.persons,
        channel=Channel(row.channel),
        document=DocumentKind(row.document_kind),
        person=PersonInput(one.name, one.tckn, one.phone, row.place or "", one.address) if one else PersonInput(),
    )


def _link_call(work: Work, call_id: UUID, application_id: UUID) -> None:
    mine = (_CALL.c.id == call_id) & (_CALL.c.site_id == work.site_id)
    work.session.execute(
        update(_CALL).where(mine).values(application_id=application_id, result=str(CallResult.APPLICATION))
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
    life.log(work, application_id, "receipt_copied", {"copy": copies})
    return copies


def note_opened(work: Work, application_id: UUID) -> None:
    """The access trail: a record with a name in it was opened."""
    work.change(Kind.RECORD_OPENED, application_id)


_RECEIPT = Query(
    select(
        *(_A.c[name] for name in (
            "id", "record_number", "document_kind", "received_at", "channel", "subject", "due_on", "due_basis",
            "missing", "tracking_code", "scan_code", "sender_kind", "persons", "clock", "official_number",
            "official_on", "state",
        )),
        _P.c.name.label("person"), _P.c.address, _U.c.name.label("unit"), _N.c.name.label("at"),
        _O.c.name.label("officer"), _SITE.c.settings, _D.c.fields,
    )
    .select_from(_A)
    .join(_SITE, _SITE.c.id == _A.c.site_id)
    .join(_O, _O.c.id == _A.c.registered_by)
    .outerjoin(_P, _P.c.id == _A.c.person_id)
    .outerjoin(_U, _U.c.id == _A.c.unit_id)
    .outerjoin(_N, _N.c.id == _A.c.neighbourhood_id)
    .outerjoin(_D, _D.c.application_id == _A.c.id)
    .where(_A.c.id == bindparam("id"), _A.c.site_id == bindparam("site"))
)  # fmt: skip
_ENCLOSED = Query(
    select(_C.c.name, _C.c.kind, _C.c.pages).where(_C.c.application_id == bindparam("id")).order_by(_C.c.position)
)


def receipt(s: Session, scope: Scope, application_id: UUID, copy_no: int = 1) -> Receipt:
    """All that the alındı belgesi says; raises UserError for an unknown record."""
    connection = s.connection()
    given = {"id": application_id, "site": scope.site_id}
    with together(connection):
        found, enclosed = _RECEIPT.ask(connection, given), _ENCLOSED.ask_all(connection, given)
    record, enclosures = found(), enclosed()
    if record is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    name, fields = record.person or "", record.fields or {}
    return Receipt(
        application_id=record.id,
        record_number=record.record_number,
        kind=DocumentKind(record.document_kind),
        received_at=record.received_at,
        channel=Channel(record.channel),
        applicant=name,
        applicant_masked=mask_name(name),
        address=_address(record.at, record.address or ""),
        subject=record.subject,
        unit=record.unit or "",
        enclosures=tuple(Enclosure(e.name, e.kind, e.pages) for e in enclosures),
        due_on=record.due_on,
        due_basis=record.due_basis,
        missing=tuple(Missing(one) for one in record.missing),
        tracking_code=record.tracking_code,
        scan_code=record.scan_code,
        registered_by=record.officer,
        registered_by_masked=" ".join(f"{word[0]}." for word in record.officer.split()),
        copy_no=copy_no,
        sender_kind=SenderKind(record.sender_kind),
        persons=record.persons,
        due_is_target=record.clock == Clock.TARGET,
        preliminary=record.settings.get("official_registry") == "ebys" and record.official_number is None,
        official_number=record.official_number or "",
        official_on=record.official_on,
        state=ApplicationState(record.state),
        tender=fields.get("tender", ""),
        arrived_at=channels.minute_words(fields.get("arrived_at", "")),
    )


def official_elsewhere(s: Session, site_id: UUID) -> bool:
    """Whether the municipality registers officially in its EBYS: then our number is a "Takip no"."""
    return setting(s, site_id, "official_registry", "here") == "ebys"


def _address(neighbourhood: str | None, address: str) -> str:
    return " ".join(part for part in (f"{neighbourhood} Mah." if neighbourhood else "", address) if part)


def recent(s: Session, scope: Scope, limit: int = 50) -> tuple[RecordRow, ...]:
    """Today's registrations, newest first, with masked names."""
    rows = s.execute(
        select(tables.Application, Person.name, site.Unit.short_name)
        .outerjoin(Person, Person.id == tables.Application.person_id)
        .outerjoin(site.Unit, site.Unit.id == tables.Application.unit_id)
        .where(tables.Application.site_id == scope.site_id, tables.Application.day == scope.day)
        .where(tables.Application.document_kind != DocumentKind.NONE, tables.Application.state != "voided")
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


def status(s: Session, scope: Scope, code: str, record_number: str = "") -> CitizenStatus:
    """What the citizen may know with the paper in hand: by the receipt's barcode, or tracking code and record number.

    Raises the same UserError for a wrong code and for a wrong pair: nobody learns which of the two was right.
    """
    wanted = clean(code)
    refusal = UserError(N_("Bu kodla başvuru bulunamadı. Alındı belgenizdeki numaraları denetleyiniz."))
    scanned = read_scan_code(wanted)
    year, _, serial = wanted.partition("/")
    if scanned is None and year.isdecimal() and serial.isdecimal():
        raise refusal  # a record number alone is no secret: anybody could count on
    number = clean(record_number)
    if scanned is None and not number:
        raise refusal
    how, values = named.way(scope, wanted)
    row = s.execute(
        select(tables.Application, site.Unit.name)
        .outerjoin(site.Unit, site.Unit.id == tables.Application.unit_id)
        .where(named.WAYS[how]),
        values,
    ).one_or_none()
    if row is None or row.Application.site_id != scope.site_id or row.Application.state == ApplicationState.VOIDED:
        raise refusal
    if number and row.Application.record_number != _full_number(number):
        raise refusal
    record = row.Application
    return CitizenStatus(
        record_number=record.record_number,
        state=ApplicationState(record.state),
        unit=row.name or "",
        received_on=record.day,
        due_on=record.due_on,
        due_is_target=record.clock == Clock.TARGET,
        told=record.told_at is not None,
        missing=tuple(Missing(one) for one in record.missing),
        working_day_before=_working_day_before(s, scope, record.due_on),
    )


def _working_day_before(s: Session, scope: Scope, due_on: date) -> date | None:
    """Of a last day that is a day off, as lists and papers say it too; None for a working day."""
    from desk.registry import deadlines  # who only lists needs no calendar

    calendar = deadlines.calendar_of(s, scope.site_id)
    return None if calendar.is_working_day(due_on) else calendar.until_day(due_on)


def _full_number(typed: str) -> str:
    """2026/4218 → 2026/004218"""
    year, _, serial = typed.replace(" ", "").partition("/")
    return f"{year}/{int(serial):06d}" if serial.isdecimal() and len(serial) <= 9 else typed

"""Appointments: a time given in advance, found again by a short code, checked in within its minutes."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, insert, select, update

from desk.actor import Scope
from desk.clock import local
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.numbers_ahead import Appointment as AppointmentRow
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.site import Service
from desk.models.visit import Person
from desk.models.work import Work
from desk.text import clock_time, mask_name, short_date
from desk.values import dataclass

EARLY_MINUTES = 30
LATE_MINUTES = 15
"""How long before and after its time an appointment is taken, unless the site or the appointment says otherwise."""

AHEAD_DAYS = 365
PERSONS_LIMIT = 99
CODE_DIGITS = 6

_A = AppointmentRow.__table__


@dataclass(frozen=True, slots=True)
class Appointment:
    id: UUID
    at: datetime
    day: date
    code: str  # "482 915"
    service_code: str
    service_name: str
    persons: int
    early_minutes: int
    late_minutes: int
    name_masked: str  # "" when nobody gave one
    state: str  # expected | arrived | cancelled
    visit_id: UUID | None

    @property
    def opens(self) -> datetime:
        """From when on it can be checked in."""
        return self.at - timedelta(minutes=self.early_minutes)

    @property
    def closes(self) -> datetime:
        return self.at + timedelta(minutes=self.late_minutes)


STATE_NAMES = {"expected": N_("Bekleniyor"), "arrived": N_("Geldi"), "cancelled": N_("İptal edildi")}


def used(s: Session, scope: Scope) -> bool:
    """Whether the site works with appointments: then the kiosk has a key for them."""
    return bool(setting(s, scope.site_id, "appointments", False))


def add(
    work: Work,
    request_key: str,
    service_id: UUID,
    at: datetime,
    *,
    persons: int = 1,
    early_minutes: int | None = None,
    late_minutes: int | None = None,
    person_id: UUID | None = None,
) -> UUID:
    """Give a time. The same ``request_key`` gives no second one. Raises UserError for a time or count of no use."""
    if not 1 <= persons <= PERSONS_LIMIT:
        raise UserError(N_("Kişi sayısı 1 ile {limit} arasında olmalı."), limit=PERSONS_LIMIT)
    if at <= work.now:
        raise UserError(N_("Randevu saati geçmiş; ileri bir saat yazınız."))
    if at > work.now + timedelta(days=AHEAD_DAYS):
        raise UserError(N_("Randevu en çok bir yıl sonraya verilebilir."))
    early = _minutes(work, early_minutes, "appointment_early_minutes", EARLY_MINUTES)
    late = _minutes(work, late_minutes, "appointment_late_minutes", LATE_MINUTES)
    day = local(at, work.zone).date()
    appointment_id = new_id()
    work.session.execute(
        insert(_A).values(
            id=appointment_id,
            site_id=work.site_id,
            request_key=request_key,
            day=day,
            at=at,
            code=_free_code(work, day),
            service_id=service_id,
            persons=persons,
            early_minutes=early,
            late_minutes=late,
            person_id=person_id,
            made_at=work.now,
            made_by=work.actor.staff_id,
        )
    )
    work.change(Kind.APPOINTMENT_MADE, appointment_id)
    return appointment_id


def by_request(work: Work, request_key: str) -> UUID | None:
    return work.session.execute(
        select(_A.c.id).where(_A.c.site_id == work.site_id, _A.c.request_key == request_key)
    ).scalar()


def _minutes(work: Work, given: int | None, name: str, default: int) -> int:
    value = setting(work.session, work.site_id, name, default) if given is None else given
    if not 0 <= value <= 24 * 60:
        raise UserError(N_("Erken ve geç giriş süresi 0 ile 1440 dakika arasında olmalı."))
    return value


def _free_code(work: Work, day: date) -> str:
    """Random, so that nobody comes by a stranger's appointment; unique on its day."""
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        taken = select(_A.c.id).where(_A.c.site_id == work.site_id, _A.c.day == day, _A.c.code == code)
        if work.session.execute(taken).first() is None:
            return code


def of_day(s: Session, scope: Scope, day: date | None = None) -> tuple[Appointment, ...]:
    """The appointments of a day (the business day without one) by their time."""
    return _read(s, scope, AppointmentRow.day == (day or scope.day))


def by_id(s: Session, scope: Scope, appointment_id: UUID) -> Appointment:
    found = _read(s, scope, AppointmentRow.id == appointment_id)
    if not found:
        raise UserError(N_("Randevu bulunamadı."))
    return found[0]


def by_code(s: Session, scope: Scope, text: str) -> Appointment:
    """The appointment a visitor names: that of today, else the nearest of another day.

    Raises UserError for text that is no code, or a code of nobody.
    """
    code = "".join(text.split())
    if len(code) != CODE_DIGITS or not (code.isascii() and code.isdigit()):
        raise UserError(N_("Randevu kodu {count} rakamdır."), count=CODE_DIGITS)
    near = timedelta(days=AHEAD_DAYS)
    found = _read(s, scope, AppointmentRow.code == code, AppointmentRow.day.between(scope.day - near, scope.day + near))
    if not found:
        raise UserError(N_("Bu kodla bir randevu bulunamadı. Kodu denetleyiniz veya danışmaya başvurunuz."))
    return min(found, key=lambda one: (one.day != scope.day, one.state == "cancelled", abs(one.day - scope.day)))


def _read(s: Session, scope: Scope, *which: ColumnElement[bool]) -> tuple[Appointment, ...]:
    rows = s.execute(
        select(AppointmentRow, Service.code, Service.name, Person.name.label("person"))
        .join(Service, Service.id == AppointmentRow.service_id)
        .outerjoin(Person, Person.id == AppointmentRow.person_id)
        .where(AppointmentRow.site_id == scope.site_id, *which)
        .order_by(AppointmentRow.at, AppointmentRow.id)
    )
    return tuple(_appointment(*row) for row in rows)


def _appointment(row: AppointmentRow, service_code: str, service_name: str, person: str | None) -> Appointment:
    state = "cancelled" if row.cancelled_at else "arrived" if row.checked_in_at else "expected"
    return Appointment(
        id=row.id,
        at=row.at,
        day=row.day,
        code=f"{row.code[:3]} {row.code[3:]}",
        service_code=service_code,
        service_name=service_name,
        persons=row.persons,
        early_minutes=row.early_minutes,
        late_minutes=row.late_minutes,
        name_masked=mask_name(person) if person else "",
        state=state,
        visit_id=row.visit_id,
    )


def refuse_out_of_time(one: Appointment, scope: Scope, zone: ZoneInfo) -> None:
    """Raise UserError, with what to do, for an appointment that cannot be checked in at this moment."""
    if one.state == "cancelled":
        raise UserError(N_("Bu randevu iptal edilmiş. Sıra numarası alabilir veya danışmaya başvurabilirsiniz."))
    if one.day > scope.day:
        raise UserError(
            N_("Randevunuzun günü: {day}, saati: {time}. Lütfen o gün geliniz."),
            day=short_date(one.day),
            time=clock_time(one.at, zone),
        )
    if scope.now < one.opens:
        raise UserError(
            N_("Randevu saatiniz {time}. Giriş için en erken saat {opens}; lütfen o saatten sonra yeniden deneyiniz."),
            time=clock_time(one.at, zone),
            opens=clock_time(one.opens, zone),
        )
    if one.day < scope.day or scope.now > one.closes:
        raise UserError(
            N_(
                "Randevunuz {day}, saat {time} içindi; giriş süresi doldu. "
                "Sıra numarası alabilir veya danışmaya başvurabilirsiniz."
            ),
            day=short_date(one.day),
            time=clock_time(one.at, zone),
        )


def claim(work: Work, appointment_id: UUID) -> bool:
    """Take the appointment for its visit; False when somebody checked it in or cancelled it meanwhile."""
    return _set(work, appointment_id, checked_in_at=work.now)


def attach(work: Work, appointment_id: UUID, visit_id: UUID) -> None:
    work.session.execute(update(_A).where(_A.c.id == appointment_id).values(visit_id=visit_id))


def cancel(work: Work, appointment_id: UUID) -> bool:
    """Take the time back; False when the visitor came already or it was cancelled before."""
    return _set(work, appointment_id, cancelled_at=work.now)


def _set(work: Work, appointment_id: UUID, **values: datetime) -> bool:
    found = work.session.execute(
        update(_A)
        .where(_A.c.id == appointment_id, _A.c.site_id == work.site_id)
        .where(_A.c.checked_in_at.is_(None), _A.c.cancelled_at.is_(None))
        .values(**values)
        .returning(_A.c.id)
    ).first()
    if found is not None:
        work.change(Kind.APPOINTMENT_CHANGED, appointment_id)
    return found is not None

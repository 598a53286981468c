"""What a simulated day needs to know of the site, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.actor import Actor, Scope
from desk.models import site as tables
from desk.models.assistance import Equipment
from desk.models.print_job import Printer
from desk.models.session import Session
from desk.queue.numbering import Range
from desk.registry import site
from desk.registry.types import Destination, Neighbourhood, SiteHeader, Unit


@dataclass(frozen=True, slots=True)
class Service:
    id: UUID
    code: str
    name: str
    place: str
    unit_code: str
    numbers: Range
    cap: int | None


@dataclass(frozen=True, slots=True)
class Counter:
    id: UUID
    number: int
    services: tuple[str, ...]  # codes
    actor: Actor


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight on the site's clock."""

    opens: int
    closes: int
    lunch: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Place:
    site_id: UUID
    number: int
    zone: ZoneInfo
    settings: dict[str, Any]
    entrance: str
    header: SiteHeader
    services: dict[str, Service]  # active ones, by code
    counters: tuple[Counter, ...]
    hours: dict[int, Hours]  # by weekday
    desk: Actor
    kiosk: Actor
    registrar: Actor
    registrar_name: str
    lead: Actor
    escorts: tuple[UUID, ...]
    equipment: dict[str, tuple[UUID, ...]]  # by the kind of help
    printers: dict[UUID, UUID]  # by terminal
    subjects: tuple[Destination, ...]  # one queues for a service
    directions: tuple[Destination, ...]  # no number is needed
    subject_ids: dict[str, UUID]  # by code
    units: dict[str, Unit]  # by code
    neighbourhoods: tuple[Neighbourhood, ...]

    def setting(self, name: str, default: int) -> int:
        return int(self.settings.get(name, default))


def read_place(s: Session, site_id: UUID, day: date, now: datetime) -> Place:
    scope = Scope(site_id, day, now)
    row = s.get_one(tables.Site, site_id)
    known = site.destinations(s, scope)
    people = _People(s, site_id)
    units = {unit.code: unit for unit in site.units(s, scope)}
    return Place(
        site_id=site_id,
        number=row.number,
        zone=ZoneInfo(row.zone),
        settings=row.settings,
        entrance=site.place(s, scope),
        header=site.header(s, scope),
        services=_services(s, site_id, {unit.id: unit.code for unit in units.values()}),
        counters=_counters(s, site_id, people),
        hours=_hours(s, site_id),
        desk=people.actor("desk", "desk"),
        kiosk=people.actor("system", "kiosk", "kiosk"),
        registrar=people.actor("registry", "desk"),
        registrar_name=people.name_of("registry"),
        lead=people.actor("lead", "desk"),
        escorts=tuple(people.all_of("escort")),
        equipment=_equipment(s, site_id),
        printers=_printers(s, site_id),
        subjects=tuple(d for d in known if d.service_code and d.subject_code),
        directions=tuple(d for d in known if not d.service_code),
        subject_ids={row.code: row.id for row in s.execute(select(tables.Subject)).scalars()},
        units=units,
        neighbourhoods=site.neighbourhoods(s, scope),
    )


class _People:
    """Staff and terminals by their roles; whoever is missing is stood in for by the first of all."""

    def __init__(self, s: Session, site_id: UUID) -> None:
        self._site_id = site_id
        here = select(tables.Staff).where(tables.Staff.site_id == site_id, tables.Staff.active)
        self._staff = list(s.execute(here.order_by(tables.Staff.code)).scalars())
        terminals = select(tables.Terminal).where(tables.Terminal.site_id == site_id)
        self._terminals = list(s.execute(terminals.order_by(tables.Terminal.code)).scalars())

    def all_of(self, role: str) -> list[UUID]:
        return [person.id for person in self._staff if person.role == role]

    def name_of(self, role: str) -> str:
        return next((person.name for person in self._staff if person.role == role), self._staff[0].name)

    def actor(self, role: str, terminal: str, code: str = "") -> Actor:
        staff = next((p.id for p in self._staff if p.role == role and code in ("", p.code)), self._staff[0].id)
        return self.at(staff, terminal)

    def at(self, staff_id: UUID, terminal: str) -> Actor:
        found = next((t.id for t in self._terminals if t.role == terminal), self._terminals[0].id)
        return Actor(staff_id, found, self._site_id)


def _services(s: Session, site_id: UUID, unit_codes: dict[UUID, str]) -> dict[str, Service]:
    wanted = select(tables.Service).where(tables.Service.site_id == site_id, tables.Service.active)
    return {
        row.code: Service(
            row.id,
            row.code,
            row.name,
            row.place,
            unit_codes[row.unit_id],
            Range(row.letter, row.first_serial, row.last_serial, row.serial_step),
            row.daily_cap,
        )
        for row in s.execute(wanted.order_by(tables.Service.position)).scalars()
    }


def _counters(s: Session, site_id: UUID, people: _People) -> tuple[Counter, ...]:
    skills: dict[UUID, list[str]] = {}
    served = select(tables.CounterService.counter_id, tables.Service.code).join(
        tables.Service, tables.Service.id == tables.CounterService.service_id
    )
    for counter_id, code in s.execute(served.where(tables.Service.active).order_by(tables.Service.position)):
        skills.setdefault(counter_id, []).append(code)
    clerks = people.all_of("counter") or people.all_of("desk")
    wanted = select(tables.Counter).where(tables.Counter.site_id == site_id).order_by(tables.Counter.number)
    return tuple(
        Counter(row.id, row.number, tuple(skills[row.id]), people.at(clerks[place % len(clerks)], "desk"))
        for place, row in enumerate(s.execute(wanted).scalars())
        if row.id in skills
    )


def _hours(s: Session, site_id: UUID) -> dict[int, Hours]:
    rows = s.execute(select(tables.OpeningHours).where(tables.OpeningHours.site_id == site_id)).scalars()
    return {
        row.weekday: Hours(
            row.opens,
            row.closes,
            (row.lunch_from, row.lunch_to) if row.lunch_from is not None and row.lunch_to is not None else None,
        )
        for row in rows
    }


def _equipment(s: Session, site_id: UUID) -> dict[str, tuple[UUID, ...]]:
    found: dict[str, tuple[UUID, ...]] = {}
    for row in s.execute(select(Equipment).where(Equipment.site_id == site_id, Equipment.active)).scalars():
        found[row.kind] = (*found.get(row.kind, ()), row.id)
    return found


def _printers(s: Session, site_id: UUID) -> dict[UUID, UUID]:
    rows = s.execute(select(Printer).where(Printer.site_id == site_id, Printer.active).order_by(Printer.code))
    found: dict[UUID, UUID] = {}
    for row in rows.scalars():
        found.setdefault(row.terminal_id, row.id)
    return found

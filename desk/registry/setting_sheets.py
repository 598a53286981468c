"""The settings of a site as the sub-pages of Ayarlar show them: one ``Sheet`` each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.actor import Scope
from desk.errors import N_
from desk.models.session import Session
from desk.models.site import (
    Counter,
    CounterService,
    Municipality,
    OpeningHours,
    Service,
    ServiceHours,
    Site,
    Staff,
    Terminal,
    Unit,
)
from desk.queue import opening
from desk.registry import setting_roster_rows, setting_rows, setting_screens, setting_table
from desk.registry.setting_fields import Record, Sheet, Sort, Subject, Value
from desk.registry.setting_roster import WEEKDAYS

CLOSED_AHEAD = timedelta(days=730)
NAMES = "service_names"
"""The setting that holds the names of services in other languages, by code and language."""


def sheet(s: Session, scope: Scope, code: str) -> Sheet:
    """A sub-page as it is now."""
    read = _READS.get(code)
    return read(s, scope) if read else _site(s, scope, setting_table.subject(code))


def kept(values: Mapping[str, Any], subject: Subject, outer: str = "") -> dict[str, Value]:
    """A subject's values in the site's settings, defaults filled in. ``outer`` stands for the first part of a key."""
    found: dict[str, Value] = {}
    for one in subject.fields():
        first, dot, inner = one.key.partition(".")
        if dot:
            value = (values.get(outer or first) or {}).get(inner, one.default)
        else:
            value = values.get(first, one.default)
        if isinstance(value, list) or (one.sort is Sort.LINES and value is not None):
            value = tuple(str(line) for line in value)
        found[one.key] = value
    return found


def _settings(s: Session, scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = s.execute(select(Site.settings).where(Site.id == scope.site_id)).scalar_one()
    return found


def _site(s: Session, scope: Scope, subject: Subject) -> Sheet:
    values = kept(_settings(s, scope), subject)
    if subject is setting_table.SITE:
        name, body = s.execute(
            select(Site.name, Municipality)
            .join(Municipality, Municipality.id == Site.municipality_id)
            .where(Site.id == scope.site_id)
        ).one()
        values["site.name"] = name
        for one in subject.fields():
            first, dot, inner = one.key.partition(".")
            if dot and first == "municipality":
                values[one.key] = getattr(body, inner)
    return Sheet(subject.code, (Record(f"site:{subject.code}", subject.name, values),) if subject.groups else ())


def _hall(s: Session, scope: Scope) -> Sheet:
    settings = _settings(s, scope)
    records = [Record("hall:", N_("Bütün salon ekranları"), kept(settings, setting_screens.HALL))]
    screens = s.execute(
        select(Terminal.code, Terminal.name)
        .where(Terminal.site_id == scope.site_id, Terminal.role == "hall")
        .order_by(Terminal.code)
    )
    for code, name in screens:
        values = kept(settings, setting_screens.SCREEN, f"hall:{code}")
        for one in setting_screens.SCREEN.fields():  # what the screen leaves open is as in the whole site
            own = (settings.get(f"hall:{code}") or {}).keys()
            if one.sort is Sort.DECIMAL and one.key.partition(".")[2] not in own:
                values[one.key] = records[0].values[one.key]
        records.append(Record(f"hall:{code}", name, values))
    return Sheet("salon", tuple(records), {"codes": _services(s, scope, lambda row: row.code)})


def _hours(s: Session, scope: Scope) -> Sheet:
    rows = s.execute(select(OpeningHours).where(OpeningHours.site_id == scope.site_id)).scalars()
    by_day = {row.weekday: row for row in rows}
    keys = [one.key for one in setting_table.HOURS.fields()]
    records = (
        Record(f"hours:{day}", name, {key: getattr(by_day.get(day), key, None) for key in keys})
        for day, name in enumerate(WEEKDAYS)
    )
    return Sheet("saatler", tuple(records))


def _closed(s: Session, scope: Scope) -> Sheet:
    rows = opening.closed_days(s, scope, scope.day, scope.day + CLOSED_AHEAD)
    records = (
        Record(
            f"closed:{row.day.isoformat()}",
            f"{row.day:%d.%m.%Y}",
            {
                "day": row.day.isoformat(),
                "kind": str(row.kind),
                "reason": row.reason,
                "opens": row.opens,
                "closes": row.closes,
            },
            row.reason or opening.CLOSED_NAMES[row.kind],
        )
        for row in rows
    )
    return Sheet("kapali-gunler", tuple(records))


def _service_rows(s: Session, scope: Scope) -> list[Service]:
    wanted = select(Service).where(Service.site_id == scope.site_id).order_by(Service.position, Service.name_fold)
    return list(s.execute(wanted).scalars())


def _services(s: Session, scope: Scope, read: Callable[[Service], Value]) -> tuple[tuple[Value, str], ...]:
    return tuple((read(row), row.name) for row in _service_rows(s, scope))


def _service_sheet(s: Session, scope: Scope) -> Sheet:
    settings = _settings(s, scope)
    names = settings.get(NAMES) or {}
    hours: dict[UUID, ServiceHours] = {}
    for row in s.execute(select(ServiceHours).order_by(ServiceHours.weekday.desc())).scalars():
        hours[row.service_id] = row
    records = []
    for service in _service_rows(s, scope):
        own, words = hours.get(service.id), names.get(service.code) or {}
        plain = (
            "code", "name", "short_name", "letter", "place", "active", "sensitive", "kiosk", "daily_cap",
            "first_serial", "last_serial",
        )  # fmt: skip
        values = {key: getattr(service, key) for key in plain} | {
            "unit": str(service.unit_id),
            "position": service.position + 1,
            "hours.opens": own.opens if own else None,
            "hours.closes": own.closes if own else None,
        }
        values |= {f"name.{lang}": words.get(lang, "") for lang in ("en", "ar", "ru", "de")}
        note = "" if service.active else N_("numara verilmiyor")
        records.append(Record(f"service:{service.id}", service.name, values, note, service.letter))
    return Sheet("hizmetler", tuple(records), {"units": _units_in_force(s, scope), "halls": _halls(s, scope, settings)})


def _halls(s: Session, scope: Scope, settings: Mapping[str, Any]) -> tuple[tuple[Value, str], ...]:
    """The services of each hall display; an empty tuple shows all."""
    wanted = select(Terminal.code).where(Terminal.site_id == scope.site_id, Terminal.role == "hall")
    shown = []
    for code in s.execute(wanted).scalars():
        found = (settings.get("hall") or {}) | (settings.get(f"hall:{code}") or {})
        shown.append((tuple(found.get("services") or ()), code))
    return tuple(shown)


def _units_in_force(s: Session, scope: Scope) -> tuple[tuple[Value, str], ...]:
    wanted = select(Unit).where(Unit.valid_to.is_(None) | (Unit.valid_to > scope.day)).order_by(Unit.name_sort)
    return tuple((str(row.id), row.name) for row in s.execute(wanted).scalars())


def _counters(s: Session, scope: Scope) -> Sheet:
    skills: dict[UUID, list[str]] = {}
    pairs = select(CounterService).join(Service, Service.id == CounterService.service_id).order_by(Service.position)
    for row in s.execute(pairs.where(Service.site_id == scope.site_id)).scalars():
        skills.setdefault(row.counter_id, []).append(str(row.service_id))
    rows = s.execute(select(Counter).where(Counter.site_id == scope.site_id).order_by(Counter.number)).scalars()
    records = (
        Record(
            f"counter:{row.id}",
            row.name,
            {
                "number": row.number,
                "name": row.name,
                "auto_call_seconds": row.auto_call_seconds,
                "services": tuple(skills.get(row.id, ())),
            },
        )
        for row in rows
    )
    return Sheet("bankolar", tuple(records), {"services": _services(s, scope, lambda row: str(row.id))})


def _units(s: Session, scope: Scope) -> Sheet:
    records = []
    for row in s.execute(select(Unit).order_by(Unit.name_sort, Unit.valid_from)).scalars():
        ends = row.valid_to
        note = f"{row.valid_from:%d.%m.%Y}–{ends:%d.%m.%Y}" if ends else ""
        values = {
            "name": row.name,
            "short_name": row.short_name,
            "place": row.place,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": ends.isoformat() if ends else None,
        }
        records.append(Record(f"unit:{row.id}", row.name, values, note))
    records.sort(key=lambda one: one.values["valid_to"] is not None)
    used = select(Service.unit_id, Service.name).where(Service.site_id == scope.site_id, Service.active)
    return Sheet("birimler", tuple(records), {"unit_services": tuple((str(u), n) for u, n in s.execute(used))})


def _staff(s: Session, scope: Scope) -> Sheet:
    rows = s.execute(
        select(Staff)
        .where(Staff.site_id == scope.site_id, Staff.kind == "person")
        .order_by(Staff.active.desc(), Staff.name)
    ).scalars()
    roles = dict(setting_table.STAFF.field("role").choices)
    records = (
        Record(
            f"staff:{row.id}",
            row.name,
            {"code": row.code, "name": row.name, "role": row.role, "active": row.active, "pin": ""},
            roles.get(row.role, row.role) if row.active else N_("ayrıldı"),
        )
        for row in rows
    )
    return Sheet("gorevliler", tuple(records))


_READS: dict[str, Callable[[Session, Scope], Sheet]] = {
    "salon": _hall,
    "saatler": _hours,
    "kapali-gunler": _closed,
    "hizmetler": _service_sheet,
    "bankolar": _counters,
    "cizelge": setting_roster_rows.sheet,
    "birimler": _units,
    "gorevliler": _staff,
    "rehber": setting_rows.guide_sheet,
    "duyurular": setting_rows.announcement_sheet,
}

"""Filling a fresh database from a municipality template, so that the first start needs no wizard."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from desk.clock import local_date
from desk.errors import N_, Fault, UserError
from desk.models import assistance, print_job, site
from desk.models.base import new_id, reference_id
from desk.models.guide import GuideEntry
from desk.models.session import Session
from desk.text import fold, sort_key

TERMINALS = (
    ("danisma-1", "Danışma 1", "desk"),
    ("kiosk-1", "Kiosk 1", "kiosk"),
    ("salon-1", "Salon ekranı 1", "hall"),
    ("komut", "Komut satırı", "command"),
)
SYSTEM_STAFF = (("kiosk", "Kiosk"), ("komut", "Komut satırı"), ("benzetim", "Benzetim"), ("salon", "Salon ekranı"))
PRINTERS = (
    ("danisma-fis", "Danışma fiş yazıcısı", "danisma-1", "virtual-80", "virtual:"),
    ("kiosk-fis", "Kiosk fiş yazıcısı", "kiosk-1", "virtual-80", "virtual:"),
    ("komut-fis", "Komut satırı yazıcısı", "komut", "virtual-80", "virtual:"),
)


def fill(session: Session, path: Path, now: datetime, *, sample: bool = False, guide: Path | None = None) -> UUID:
    """Write everything a template names, and the lines of the ``guide``, and return the site's id.

    ``sample`` marks the site as filled by the simulation. Raises Fault for a file that cannot be read and UserError
    for one that names something unknown.
    """
    data = _read(path)
    try:
        return _Filling(session, data, now, sample).run(_read(guide)["guide"] if guide else ())
    except KeyError as error:
        raise UserError(
            N_("Belediye şablonunda eksik ya da bilinmeyen ad: {name} ({path})"), name=error.args[0], path=path.name
        ) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Fault(N_("Belediye şablonu okunamıyor: {path}"), path=path) from error
    except ValueError as error:
        raise UserError(N_("Belediye şablonu anlaşılamadı: {reason}"), reason=error) from error


class _Filling:
    def __init__(self, session: Session, data: dict[str, Any], now: datetime, sample: bool) -> None:
        self.session = session
        self.data = data
        self.sample = sample
        self.today = local_date(now)
        self.code: str = data["municipality"]["code"]
        self.site_code: str = data["site"]["code"]
        self.site_id = reference_id(self.code, "site", self.site_code)

    def run(self, guide: Sequence[dict[str, Any]]) -> UUID:
        self._places()
        self._units()
        self._services()
        self._counters()
        self._people()
        self._words()
        self._guide(guide)
        return self.site_id

    def _add(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.session.execute(insert(table), rows)

    def _shared(self, kind: str, code: str) -> UUID:
        return reference_id(self.code, kind, code)

    def _here(self, kind: str, code: str) -> UUID:
        return reference_id(self.code, f"{self.site_code}/{kind}", code)

    def _places(self) -> None:
        body = self.data["municipality"]
        municipality_id = self._shared("municipality", self.code)
        self._add(site.Municipality, [body | {"id": municipality_id}])
        given = self.data["site"]
        self._add(
            site.Site,
            [
                {
                    "id": self.site_id,
                    "municipality_id": municipality_id,
                    "code": given["code"],
                    "number": given["number"],
                    "name": given["name"],
                    "zone": given["zone"],
                    "sample": self.sample,
                    "settings": given["settings"] | {"place": given["place"]},
                }
            ],
        )
        hours = [
            {"site_id": self.site_id, "weekday": day} | {k: v for k, v in entry.items() if k != "weekdays"}
            for entry in self.data["hours"]
            for day in entry["weekdays"]
        ]
        self._add(site.OpeningHours, hours)

    def _units(self) -> None:
        rows = [
            {
                "id": self._shared("unit", code),
                "code": code,
                "name": name,
                "short_name": short,
                "name_fold": fold(name),
                "name_sort": sort_key(name),
                "place": place,
                "valid_from": self.today,
            }
            for code, name, short, place in self.data["units"]["table"]
        ]
        self.units = {row["code"]: row["id"] for row in rows}
        self._add(site.Unit, rows)

    def _services(self) -> None:
        rows = []
        for position, given in enumerate(self.data["services"]):
            options = {"sensitive": False, "active": True, "kiosk": True} | given
            unit = options.pop("unit")
            rows.append(
                options
                | {
                    "id": self._here("service", given["code"]),
                    "site_id": self.site_id,
                    "unit_id": self.units[unit],
                    "name_fold": fold(given["name"]),
                    "position": position,
                }
            )
        self.services = {row["code"]: row["id"] for row in rows}
        self._add(site.Service, rows)

    def _counters(self) -> None:
        rows, skills = [], []
        for number, codes in self.data["counters"]["table"]:
            counter_id = self._here("counter", str(number))
            rows.append({"id": counter_id, "site_id": self.site_id, "number": number, "name": f"Banko {number}"})
            skills += [{"counter_id": counter_id, "service_id": self.services[code]} for code in codes]
        self._add(site.Counter, rows)
        self._add(site.CounterService, skills)

    def _people(self) -> None:
        base = {"site_id": self.site_id}
        staff = [
            base | {"id": new_id(), "code": code, "name": name, "kind": "person", "role": role}
            for code, name, role in self.data["staff"]["table"]
        ]
        staff += [
            base | {"id": new_id(), "code": code, "name": name, "kind": "system", "role": "system"}
            for code, name in SYSTEM_STAFF
        ]
        self._add(site.Staff, staff)
        terminals = [
            base | {"id": new_id(), "code": code, "name": name, "role": role} for code, name, role in TERMINALS
        ]
        self._add(site.Terminal, terminals)
        ids = {row["code"]: row["id"] for row in terminals}
        printers = [
            base
            | {
                "id": new_id(),
                "terminal_id": ids[terminal],
                "code": code,
                "name": name,
                "profile": profile,
                "address": at,
            }
            for code, name, terminal, profile, at in PRINTERS
        ]
        self._add(print_job.Printer, printers)
        pieces = [
            base | {"id": self._here("equipment", code), "code": code, "name": name, "kind": kind}
            for code, name, kind in self.data["equipment"]["table"]
        ]
        self._add(assistance.Equipment, pieces)

    def _words(self) -> None:
        """Neighbourhoods and subjects: what the searches find."""
        self._add(
            site.Neighbourhood,
            [
                {
                    "id": self._shared("neighbourhood", fold(name).replace(" ", "-")),
                    "code": fold(name).replace(" ", "-"),
                    "name": name,
                    "name_fold": fold(name),
                    "name_sort": sort_key(name),
                    "valid_from": self.today,
                }
                for name in self.data["neighbourhoods"]["table"]
            ],
        )
        subjects = []
        for code, name, unit, service, urgency in self.data["subjects"]["table"]:
            if service and service not in self.services:
                raise KeyError(service)
            subjects.append(
                {
                    "id": self._shared("subject", code),
                    "code": code,
                    "name": name,
                    "name_fold": fold(name),
                    "unit_id": self.units[unit],
                    "service_code": service or None,
                    "urgency": urgency,
                    "valid_from": self.today,
                }
            )
        self._add(site.Subject, subjects)

    def _guide(self, lines: Sequence[dict[str, Any]]) -> None:
        """What the services need; a line without a name of its own has that of its subject or service."""
        names = {code: name for code, name, *_ in self.data["subjects"]["table"]}
        names |= {one["code"]: one["name"] for one in self.data["services"]}
        rows = []
        for line in lines:
            about = line.get("subject") or line.get("service", "")
            name = line.get("name") or names[about]
            unit = line.get("unit", "")
            if unit and unit not in self.units:
                raise KeyError(unit)
            rows.append(
                {
                    "id": new_id(),
                    "site_id": self.site_id,
                    "code": about or "-".join(fold(name).split()),
                    "name": name,
                    "name_fold": fold(name),
                    "subject_code": line.get("subject", ""),
                    "service_code": line.get("service", ""),
                    "unit_code": unit,
                    "documents": line["documents"],
                    "note": line.get("note", ""),
                    **{key: line[key] for key in ("duration", "fee", "place")},
                }
            )
        self._add(GuideEntry, rows)

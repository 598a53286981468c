"""The rows of made-up applications: one by one, quickly, as ``registry.drafting`` would write them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.actions.simulation.papers import FIRST_NAMES, NOT_YET, STREETS, SURNAMES
from desk.models import site
from desk.models.base import new_id
from desk.models.engine import Database
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, scan_code
from desk.text import fold, sort_key

Row = dict[str, Any]
Rows = tuple[list[Row], list[Row], list[Row], list[Row], list[Row]]
"""Persons, applications, details, events, search texts."""

OPEN_SHARE = 0.03
"""Records of all that are still open: what two months of a busy year leave."""

YEARS = 5
CHANNELS = ("phone", "phone", "phone", "in_person", "whatsapp", "cimer", "email", "web", "social", "ptt")
KINDS = ("request", "request", "complaint", "complaint", "suggestion", "report", "thanks")
URGENCIES = ("normal", "normal", "normal", "high", "low", "urgent")
ENDS = (
    ("closed", "positive", "answered"),
    ("closed", "positive", "answered"),
    ("closed", "negative", "answered"),
    ("closed", "partial", "answered"),
    ("forwarded", None, "forwarded"),
)
TARGETS = {"urgent": 1, "high": 3, "normal": 10, "low": 20}

_fold, _sort_key = cache(fold), cache(sort_key)
"""Some thousand names and subjects are made into keys a million times."""


@dataclass(slots=True)
class _Ended:
    """How far an application has come."""

    row: Row
    kind: str = ""  # of the event that ended it
    at: datetime | None = None


class Maker:
    """Makes the rows of a database that is filled from the template; the same ``seed`` makes the same."""

    def __init__(self, db: Database, count: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count, self.now = count, db.now()
        self.serials: dict[int, int] = {}
        self.codes: set[str] = set()
        self.day = self.now.date()
        with db.read() as session:
            here = session.execute(select(site.Site.id, site.Site.number)).first()
            assert here is not None
            self.site_id, self.number = here
            self.places: list[UUID] = list(session.execute(select(site.Neighbourhood.id)).scalars())
            self.subjects = [tuple(row) for row in session.execute(
                select(site.Subject.code, site.Subject.name, site.Subject.unit_id)
            )]  # fmt: skip
            self.staff = session.execute(select(site.Staff.id).where(site.Staff.code == "benzetim")).scalar_one()
            self.terminal = session.execute(
                select(site.Terminal.id).where(site.Terminal.role == "command")
            ).scalar_one()
        self.people = [f"{a} {b} {c}".replace("  ", " ") for a in FIRST_NAMES for b in ("", *FIRST_NAMES[::3])
                       for c in SURNAMES]  # fmt: skip
        self.same: Row = {
            "site_id": self.site_id, "document_kind": "none", "visit_id": None, "ticket_id": None,
            "signature_present": False, "missing": [], "registered_by": self.staff, "terminal_id": self.terminal,
            "receipts": 1, "sender_kind": "person", "persons": 1, "clock": "target", "hidden": False, "version": 0,
            **dict.fromkeys(NOT_YET),
        }  # fmt: skip

    def rows(self, at: int, count: int) -> Rows:
        """Those of the ``count`` applications from place ``at`` on; to be asked for one after the other."""
        found: Rows = ([], [], [], [], [])
        for place in range(at, at + count):
            self._one(place, found)
        return found

    def _one(self, place: int, into: Rows) -> None:
        chance, pick = self.chance, self._pick
        ago = timedelta(days=YEARS * 365 * (1 - place / self.count), seconds=int(chance.random() * 3600) + 86_400)
        moment = (self.now - ago).astimezone(UTC)
        day = moment.date()
        serial = self.serials[day.year] = self.serials.get(day.year, 0) + 1
        name, where, street = pick(self.people), pick(self.places), f"{pick(STREETS)} {int(chance.random() * 200) + 1}"
        phone = f"+90532{int(chance.random() * 10_000_000):07d}"
        code, subject, unit_id = pick(self.subjects)
        urgency, channel = pick(URGENCIES), pick(CHANNELS)
        key, person, number = new_id(), new_id(), f"{day.year}/{serial:06d}"
        due = day + timedelta(days=TARGETS[urgency] + 1 + int(chance.random() * 20))
        outside = f"{day.year % 100}{place:08d}" if channel == "cimer" else None
        ended = self._ended(moment, place)
        into[0].append(self._person(person, name, phone, where))
        into[1].append({
            **self.same, "id": key, "day": day, "year": day.year, "serial": serial, "record_number": number,
            "tracking_code": self._tracking(), "scan_code": scan_code(CodeKind.APPLICATION, self.number, place + 1),
            "request_key": f"bench:{place:08d}", "channel": channel, "subject": f"{subject} talebi",
            "subject_fold": f"{_fold(subject)} talebi", "unit_id": unit_id, "person_id": person,
            "neighbourhood_id": where, "received_at": moment, "due_on": due, "due_basis": "target:10",
            "kind": pick(KINDS), "urgency": urgency, "subject_code": code, "outside_number": outside, **ended.row,
        })  # fmt: skip
        into[2].append(self._detail(key, street, channel, outside))
        self._events(into[3], key, moment, due, unit_id, ended)
        words = " ".join((number, _fold(name), phone[1:], f"{_fold(subject)} talebi", _fold(street), outside or ""))
        into[4].append({"doc": place + 1, "application_id": key, "site_id": self.site_id, "text": words.rstrip()})

    def _pick(self, among: Any) -> Any:
        """``Random.choice`` in a third of its time."""
        return among[int(self.chance.random() * len(among))]

    def _person(self, key: UUID, name: str, phone: str, where: UUID) -> Row:
        return {
            "id": key, "site_id": self.site_id, "purpose": "application", "notice_version": "",
            "erase_after": self.day + timedelta(days=400), "name": name, "name_fold": _fold(name),
            "name_sort": _sort_key(name), "phone": phone, "tckn": "", "address": "", "neighbourhood_id": where,
        }  # fmt: skip

    def _detail(self, key: UUID, street: str, channel: str, outside: str | None) -> Row:
        fields = {"line": "153"} if channel == "phone" else {"cimer_number": outside} if outside else {}
        words = "Sokağımızda günlerdir süren bu durumun giderilmesini rica ederim. Teşekkürler."
        return {"application_id": key, "site_id": self.site_id, "body": words, "place": street, "fields": fields}

    def _events(self, into: list[Row], key: UUID, moment: datetime, due: date, unit_id: UUID, ended: _Ended) -> None:
        same = {"site_id": self.site_id, "application_id": key, "staff_id": self.staff, "terminal_id": self.terminal}
        first = {"missing": [], "due": [moment.date().isoformat(), 10, "working_days", due.isoformat()]}
        into.append({**same, "id": new_id(), "at": moment, "kind": "registered", "unit_id": None, "data": first})
        into.append({**same, "id": new_id(), "at": moment, "kind": "referred", "unit_id": unit_id, "data": {}})
        if ended.at is not None:
            into.append({**same, "id": new_id(), "at": ended.at, "kind": ended.kind, "unit_id": None, "data": {}})

    def _ended(self, moment: datetime, place: int) -> _Ended:
        """The newest are mostly open, and a few that nobody ever ended."""
        fresh = place >= self.count * (1 - OPEN_SHARE)
        if self.chance.random() < (0.7 if fresh else 0.01):
            return _Ended({"state": self._pick(("referred", "referred", "in_progress")), "open": True})
        state, outcome, kind = self._pick(ENDS)
        at = moment + timedelta(days=int(self.chance.random() * 20))
        told = None if fresh else at + timedelta(days=1)
        row = {"state": state, "outcome": outcome, "open": False, "closed_at": at, "told_at": told}
        return _Ended(row, kind, at)

    def _tracking(self) -> str:
        chance, size = self.chance.random, len(TRACKING_ALPHABET)
        while True:
            letters = "".join([TRACKING_ALPHABET[int(chance() * size)] for _ in range(8)])
            if letters not in self.codes:
                self.codes.add(letters)
                return f"{letters[:4]}-{letters[4:]}"

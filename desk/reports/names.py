"""The names that keys stand for. A unit that was renamed keeps its old name in the figures of its time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from desk.errors import N_
from desk.models.guide import GuideEntry
from desk.models.session import Session
from desk.models.site import Neighbourhood, Service, Subject, Unit
from desk.registry import surveys
from desk.reports.measure_types import By, Definition, Timing

NO_UNIT = N_("Birim belirtilmedi")
NOTHING_GIVEN: Mapping[By, str] = {
    By.UNIT: NO_UNIT,
    By.NEIGHBOURHOOD: N_("Mahalle belirtilmedi"),
    By.SUBJECT: N_("Konu belirtilmedi"),
    By.SERVICE: N_("Hizmet belirtilmedi"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """``on`` gives the words for a key as they were on a day. Keys that no table knows come back as they are."""

    by: dict[By, dict[str, list[tuple[date | None, str]]]]  # key → (its last day, name), the oldest first

    def on(self, told: Definition | Timing, key: str, day: date) -> str:
        if told.by is By.UNIT_OUTCOME:
            unit, _, ended = key.partition(":")
            return f"{self._known(By.UNIT, unit, day)}: {told.names.get(ended, ended)}"
        if key in told.names:
            return told.names[key]
        return self._known(told.by, key, day)

    def _known(self, by: By, key: str, day: date) -> str:
        known = self.by.get(by, {}).get(key, ())
        for last, name in known:
            if last is None or day <= last:
                return name
        return known[-1][1] if known else key or NOTHING_GIVEN.get(by, "")

    def changes(self, by: By, key: str, first: date, last: date) -> list[date]:
        """The last days of names that ended inside a period: its figures are cut there."""
        if by is By.UNIT_OUTCOME:
            by, key = By.UNIT, key.partition(":")[0]
        return [day for day, _ in self.by.get(by, {}).get(key, ()) if day is not None and first <= day < last]


def read_names(session: Session, site_ids: list[UUID]) -> Names:
    found: dict[By, dict[str, list[tuple[date | None, str]]]] = {}
    tables = ((By.UNIT, Unit.short_name, Unit), (By.SUBJECT, Subject.name, Subject))
    for by, name, table in (*tables, (By.NEIGHBOURHOOD, Neighbourhood.name, Neighbourhood)):
        names: dict[str, list[tuple[date | None, str]]] = {}
        for code, valid_to, called in session.execute(select(table.code, table.valid_to, name)):
            last = valid_to - timedelta(days=1) if valid_to else None  # from ``valid_to`` on it is in force no more
            names.setdefault(code, []).append((last, called))
        for known in names.values():
            known.sort(key=lambda one: (one[0] is None, one[0] or date.max))
        found[by] = names
    services = select(Service.code, Service.name).where(Service.site_id.in_(site_ids)).order_by(Service.active)
    found[By.SERVICE] = {code: [(None, name)] for code, name in session.execute(services)}
    entries = select(GuideEntry.code, GuideEntry.name).where(GuideEntry.site_id.in_(site_ids))
    found[By.GUIDE] = {code: [(None, name)] for code, name in session.execute(entries)}
    titles = {code: form.title for (code, _), form in sorted(surveys.every_form(session).items())}
    found[By.FORM] = {code: [(None, title)] for code, title in titles.items()}
    return Names(found)

"""Guide and announcements in Ayarlar: their rows as records, how they are written, and what is judged together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desk.actor import Scope
from desk.errors import N_
from desk.i18n import LANGUAGES
from desk.models import site
from desk.models.guide import GuideEntry
from desk.models.messages import Announcement
from desk.models.session import Session
from desk.registry.setting_fields import FieldError, Problem, Record, Sheet, Value
from desk.text import fold

SUBJECT, SERVICE = "subject", "service"
BACKWARDS = N_("Son gün ilk günden önce olamaz.")

# --- the guide


def guide_sheet(s: Session, scope: Scope) -> Sheet:
    table = GuideEntry
    rows = s.execute(select(table).where(table.site_id == scope.site_id).order_by(table.name_fold)).scalars()
    records = [
        Record(
            f"guide:{row.id}",
            row.name,
            {
                "name": row.name,
                "about": _about(row),
                "unit": row.unit_code or None,
                "active": row.active,
                "documents": tuple(str(line) for line in row.documents),
                "duration": row.duration,
                "fee": row.fee,
                "place": row.place,
                "note": row.note,
            },
            "" if row.active else N_("görünmüyor"),
        )
        for row in rows
    ]
    records.sort(key=lambda one: not one.values["active"])
    return Sheet("rehber", tuple(records), {"about": _abouts(s, scope), "units": _units(s, scope)})


def _about(row: GuideEntry) -> str | None:
    if row.subject_code:
        return f"{SUBJECT}:{row.subject_code}"
    return f"{SERVICE}:{row.service_code}" if row.service_code else None


def _abouts(s: Session, scope: Scope) -> tuple[tuple[Value, str], ...]:
    services = s.execute(
        select(site.Service.code, site.Service.name)
        .where(site.Service.site_id == scope.site_id)
        .order_by(site.Service.position)
    ).all()
    subjects = s.execute(
        select(site.Subject.code, site.Subject.name)
        .where(site.Subject.valid_to.is_(None) | (site.Subject.valid_to > scope.day))
        .order_by(site.Subject.name_fold)
    ).all()
    return (
        (None, N_("Kendi adıyla bulunur")),
        *((f"{SERVICE}:{code}", name) for code, name in services),
        *((f"{SUBJECT}:{code}", name) for code, name in subjects),
    )


def _units(s: Session, scope: Scope) -> tuple[tuple[Value, str], ...]:
    table = site.Unit
    rows = s.execute(
        select(table.code, table.name)
        .where(table.valid_to.is_(None) | (table.valid_to > scope.day))
        .order_by(table.name_sort)
    )
    return ((None, N_("Birim seçilmedi")), *((code, name) for code, name in rows))


def write_guide(s: Session, site_id: UUID, row_id: UUID, values: dict[str, Value]) -> None:
    """Write the fields of a line; an unknown id makes a new one, whose code comes from its name."""
    row = s.get(GuideEntry, row_id)
    if row is None:
        taken = set(s.execute(select(GuideEntry.code).where(GuideEntry.site_id == site_id)).scalars())
        plain = "-".join(fold(values["name"]).split())[:40] or "hizmet"
        code = next(c for n in range(1, 10_000) if (c := plain if n == 1 else f"{plain}-{n}") not in taken)
        row = GuideEntry(id=row_id, site_id=site_id, code=code)
    if "about" in values:
        kind, _, about = str(values.pop("about") or "").partition(":")
        row.subject_code = about if kind == SUBJECT else ""
        row.service_code = about if kind == SERVICE else ""
    if "unit" in values:
        row.unit_code = values.pop("unit") or ""
    if "documents" in values:
        row.documents = list(values.pop("documents") or ())
    for key, value in values.items():
        setattr(row, key, value)
    row.name_fold = fold(row.name)
    s.add(row)
    s.flush()


def judge_guide(sheet: Sheet) -> Iterator[Problem]:
    """Two lines of one name; one that nobody could find the unit of."""
    seen: dict[str, Record] = {}
    for one in (record for record in sheet.records if record.values["active"]):
        name = fold(str(one.values["name"] or ""))
        if name and name in seen:
            message = N_("“{name}” adıyla bir satır zaten var.")
            yield Problem(one.key, "name", message, {"name": one.values["name"]})
        seen.setdefault(name, one)
        if not one.values["about"] and not one.values["unit"]:
            message = N_("Bir konuya bağlı değilse birimi seçiniz; aramada birimiyle görünür.")
            yield Problem(one.key, "unit", message, warning=True)


# --- announcements


def announcement_sheet(s: Session, scope: Scope) -> Sheet:
    """What holds now or is to come; what has ended is no longer shown."""
    table = Announcement
    rows = s.execute(
        select(table)
        .where(table.site_id == scope.site_id, table.ends_on >= scope.day)
        .order_by(table.starts_on, table.id)
    ).scalars()
    records = tuple(
        Record(
            f"announcement:{row.id}",
            row.texts["tr"],
            {
                **{f"text.{lang}": row.texts.get(lang, "") for lang in LANGUAGES},
                "starts_on": row.starts_on.isoformat(),
                "ends_on": row.ends_on.isoformat(),
                "hall": row.hall,
                "kiosk": row.kiosk,
            },
            f"{row.starts_on:%d.%m.%Y} – {row.ends_on:%d.%m.%Y}",
        )
        for row in rows
    )
    return Sheet("duyurular", records, {"today": ((scope.day.isoformat(), ""),)})


def write_announcement(s: Session, site_id: UUID, row_id: UUID, values: dict[str, Value]) -> None:
    row = s.get(Announcement, row_id)
    if row is None:
        row = Announcement(id=row_id, site_id=site_id, texts={})
    texts = {**row.texts, **{key.partition(".")[2]: value for key, value in values.items() if key.startswith("text.")}}
    row.texts = {lang: words for lang, words in texts.items() if words}
    for key in ("starts_on", "ends_on"):
        if key in values:
            setattr(row, key, date.fromisoformat(values[key]))
    for key in ("hall", "kiosk"):
        if key in values:
            setattr(row, key, values[key])
    if row.ends_on < row.starts_on:
        raise FieldError(f"announcement:{row_id}", "ends_on", BACKWARDS)
    s.add(row)
    s.flush()


def judge_announcements(sheet: Sheet) -> Iterator[Problem]:
    today = next((str(day) for day, _ in sheet.lists.get("today", ())), "")
    for one in sheet.records:
        values: Any = one.values
        if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
            yield Problem(one.key, "ends_on", BACKWARDS)
        elif values["ends_on"] and values["ends_on"] < today:
            yield Problem(one.key, "ends_on", N_("Bu gün geçti; duyuru hiç görünmez."))
        if not values["hall"] and not values["kiosk"]:
            yield Problem(one.key, "hall", N_("Duyurunun görüneceği bir yer seçiniz."))

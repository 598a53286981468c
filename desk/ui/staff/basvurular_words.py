"""What Başvurular says about an application: its facts, its stations, its timeline."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from desk.clock import local
from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import (
    APPLICATION_KIND_NAMES,
    OUTCOME_NAMES,
    URGENCY_NAMES,
    Detail,
    Outcome,
    TimelineEntry,
    Urgency,
)
from desk.registry.channels import Field, FieldKind, fields_of, personal_codes
from desk.registry.due_words import basis_words
from desk.registry.life import OPEN
from desk.registry.types import (
    APPLICATION_STATE_NAMES,
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    MISSING_NAMES,
    SENDER_NAMES,
    ApplicationState,
    Channel,
    DocumentKind,
    SenderKind,
    applicant_label,
)
from desk.text import MONTHS, WEEKDAYS, clock_time, date_and_time, mask_name, mask_phone, short_date
from desk.ui.staff.evrak_fields import shown_phone
from desk.ui.tables.applications import NO_VALUE
from desk.ui.widgets import Moment, Pill, deadline

tr = translator()

HIDDEN = "•••"

EVENT_LOOKS = {
    "registered": ("plus", "tint"),
    "referred": ("arrow-right", "tint"),
    "returned": ("return", "amber"),
    "started": ("pencil", "tint"),
    "asked": ("question", "amber"),
    "heard": ("comment", "tint"),
    "answered": ("check", "tint"),
    "forwarded": ("forward-arrow", "tint"),
    "out_of_scope": ("cross", "tint"),
    "withdrawn": ("return", "tint"),
    "joined": ("rings", "tint"),
    "joined_by": ("rings", "tint"),
    "told": ("phone", "tint"),
    "feedback": ("comment", "tint"),
    "reopened": ("redo", "amber"),
    "extended": ("calendar", "amber"),
    "urgency": ("warning", "amber"),
    "reminded": ("bell", "amber"),
    "taken": ("person", "tint"),
    "file_added": ("clip", "tint"),
    "receipt_copied": ("printer", "tint"),
    "official": ("stamp", "tint"),
    "voided": ("undo", "brick"),
}
"""Icon and tone of an event on the timeline; anything else is a note."""

SATISFIED = {"yes": N_("Memnun"), "no": N_("Memnun değil"), "unreached": N_("Ulaşılamadı")}


def masked(detail: Detail) -> Detail:
    """The same application without anything that names its applicant, before it reaches a widget."""
    personal = personal_codes(detail.channel, detail.document)
    return replace(
        detail,
        applicant=mask_name(detail.applicant),
        phone=mask_phone(detail.phone),
        address=HIDDEN if detail.address else "",
        body=HIDDEN if detail.body else "",
        fields={code: HIDDEN if code in personal else value for code, value in detail.fields.items()},
        timeline=tuple(replace(entry, text="") for entry in detail.timeline),
    )


def applicant_words(detail: Detail, *, open_: bool) -> str:
    """Halil İ. Güneş · 0532 123 45 67; masked until it is opened."""
    if detail.hidden and not open_:
        return tr(N_("Kimliği gizli"))
    parts = [detail.applicant, shown_phone(detail.phone)]
    if detail.sender_kind is not SenderKind.PERSON:
        parts.append(tr(SENDER_NAMES[detail.sender_kind]))
    if detail.persons > 1:
        parts.append(tr(N_("{count} kişi")).format(count=detail.persons))
    return " · ".join(part for part in parts if part) or tr(N_("Belirtilmedi"))


def due_label(detail: Detail) -> str:
    return tr(N_("Hedef tarih")) if detail.due.clock == "target" else tr(N_("Son cevap"))


def due_words(detail: Detail) -> str:
    """22.11.2026 Pazar, with what to know about the day."""
    due = detail.due
    words = f"{short_date(due.on)} {WEEKDAYS[due.on.weekday()]}"
    if due.day_off:
        before = f"{short_date(due.working_day_before)} {WEEKDAYS[due.working_day_before.weekday()]}"
        words = tr(N_("{day} (tatil; önceki iş günü {before})")).format(day=words, before=before)
    if due.estimated:
        words = tr(N_("{day} · aradaki dinî bayram tahminîdir")).format(day=words)
    return words


def due_reason(detail: Detail) -> str:
    """23.11.2026 + 15 iş günü → 14.12.2026 · Dilekçe … (3071 s. K. m. 7)"""
    basis = basis_words(detail.due.basis, tr)
    return " · ".join(part for part in (detail.due.words, basis) if part)


def deadline_of(detail: Detail, today: date) -> Pill:
    """The chip at the head of the detail."""
    if detail.state not in OPEN:
        if detail.closed_at is None:
            return Pill(tr(N_("Kapandı")), "check", "outline")
        day = (local(detail.closed_at).date() - local(detail.received_at).date()).days
        return deadline(None, done_on_day=day + 1)
    if detail.due.stopped_on is not None:
        return Pill(tr(N_("Süre durdu")), "pause", "outline")
    return deadline((detail.due.on - today).days)


def facts(detail: Detail, *, open_: bool) -> list[tuple[str, str]]:
    """The lines of the detail, label and value; empty ones are left out."""
    kind = tr(APPLICATION_KIND_NAMES[detail.kind])
    if detail.document is DocumentKind.INFORMATION:
        kind = tr(DOCUMENT_NAMES[detail.document])
    elif detail.document is not DocumentKind.NONE:
        kind = f"{kind} · {tr(DOCUMENT_NAMES[detail.document])}"
    place = ", ".join(part for part in (detail.neighbourhood, detail.place) if part)
    unit = detail.unit or tr(N_("Henüz havale edilmedi"))
    told = ""
    if detail.state not in OPEN:
        told = date_and_time(detail.told_at) if detail.told_at else tr(N_("Henüz bildirilmedi"))
    lines = [
        (tr(applicant_label(detail.document, detail.sender_kind)), applicant_words(detail, open_=open_)),
        (tr(N_("Adres")), detail.address),
        (tr(N_("Kanal")), tr(CHANNEL_NAMES[detail.channel])),
        *field_lines(detail),
        (tr(N_("Tür")), kind),
        (tr(N_("Aciliyet")), tr(URGENCY_NAMES[detail.urgency]) if detail.urgency is not Urgency.NORMAL else ""),
        (tr(N_("Birim")), unit),
        (tr(N_("Sorumlu")), detail.owner),
        (tr(N_("Yer")), place),
        (due_label(detail), due_words(detail)),
        (tr(N_("Süre")), due_reason(detail)),
        (tr(N_("Sonuç")), tr(OUTCOME_NAMES[detail.outcome]) if detail.outcome else ""),
        (tr(N_("Bildirim")), told),
        (tr(N_("Geri bildirim")), tr(SATISFIED[detail.satisfied]) if detail.satisfied in SATISFIED else ""),
        (tr(N_("Asıl başvuru")), detail.joined_to),
        (tr(N_("Mükerrerleri")), ", ".join(detail.joined)),
        (tr(N_("EBYS")), _official(detail)),
        (tr(N_("Eksik")), ", ".join(tr(MISSING_NAMES[one]) for one in detail.missing)),
        (tr(N_("Ekler")), ", ".join(f"{one.name or one.kind} ({one.pages})" for one in detail.enclosures)),
        (tr(N_("Metin")), detail.body),
        (tr(N_("Takip kodu")), detail.tracking_code if open_ else ""),
    ]
    return [(label, value) for label, value in lines if value]


def _official(detail: Detail) -> str:
    day = short_date(detail.official_on) if detail.official_on else ""
    return " · ".join(part for part in (detail.official_number, day) if part)


def field_lines(detail: Detail) -> list[tuple[str, str]]:
    """The channel's own fields with their values as people write them."""
    found = []
    for one in fields_of(detail.channel, detail.document):
        value = detail.fields.get(one.code, "")
        if value:
            found.append((tr(one.label), value if value == HIDDEN else _field_words(one, value)))
    return found


def _field_words(one: Field, value: str) -> str:
    if one.kind is FieldKind.YES:
        return tr(N_("Evet"))
    if one.kind is FieldKind.CHOICE:
        return tr(dict(one.choices).get(value, value))
    if one.kind is FieldKind.DATE:
        return short_date(date.fromisoformat(value))
    if one.kind is FieldKind.MOMENT:
        return f"{datetime.fromisoformat(value):%d.%m.%Y %H.%M}"
    return value


# --- stations and timeline


def stations(detail: Detail) -> tuple[list[tuple[str, str]], int]:
    """Yeni → Birime havale → İşlemde → how it ended, each with its day; and where it stands."""
    days: dict[str, str] = {}
    for entry in detail.timeline:
        day = local(entry.at).date()
        days[entry.kind] = f"{day:%d.%m}"
    state = detail.state
    last = state if state not in OPEN else ApplicationState.CLOSED
    ended = f"{local(detail.closed_at).date():%d.%m}" if detail.closed_at and state not in OPEN else NO_VALUE
    names = {ApplicationState.FORWARDED: N_("Dışarıda"), ApplicationState.OUT_OF_SCOPE: N_("Görev dışı"),
             ApplicationState.WITHDRAWN: N_("Geri çekildi")}  # fmt: skip
    steps = [
        (tr(N_("Yeni")), f"{local(detail.received_at).date():%d.%m}"),
        (tr(N_("Havale")), days.get("referred", NO_VALUE)),
        (tr(N_("İşlemde")), days.get("started", NO_VALUE)),
        (tr(names.get(last, APPLICATION_STATE_NAMES[last])), ended),
    ]
    current = {
        ApplicationState.NEW: 0,
        ApplicationState.REFERRED: 1,
        ApplicationState.REOPENED: 1,
        ApplicationState.IN_PROGRESS: 2,
        ApplicationState.WAITING: 2,
    }.get(state, 4)
    return steps, current


def moments(detail: Detail, today: date) -> list[Moment]:
    """The timeline, newest first; above it that the last day is over, while nobody has answered."""
    found = [_moment(entry, detail) for entry in reversed(detail.timeline)]
    due = detail.due
    if detail.state in OPEN and due.stopped_on is None and due.on < today:
        title = tr(N_("Hedef tarih geçti")) if due.clock == "target" else tr(N_("Süre aşıldı"))
        late = tr(N_("{count} gün geçti")).format(count=(today - due.on).days)
        found.insert(0, Moment("warning", title, late, _day(due.on, detail), "brick"))
    return found


def _day(day: date, detail: Detail) -> str:
    """24 Kas; with its year when that is another one than the record's."""
    if day.year != local(detail.received_at).year:
        return short_date(day)
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _moment(entry: TimelineEntry, detail: Detail) -> Moment:
    icon, tone = EVENT_LOOKS.get(entry.kind, ("pencil", "tint"))
    lines = [part for part in (_data_words(entry), entry.text, entry.staff) if part]
    when = f"{_day(local(entry.at).date(), detail)} {clock_time(entry.at)}"
    return Moment(icon, tr(entry.name), " · ".join(lines), when, tone)


def _data_words(entry: TimelineEntry) -> str:
    """The further facts of an event, in words."""
    data, found = entry.data, []
    if entry.kind in ("referred", "returned") and entry.unit:
        found.append(entry.unit)
    if data.get("outcome") in OUTCOME_NAMES:
        found.append(tr(OUTCOME_NAMES[Outcome(data["outcome"])]))
    if data.get("body"):
        found.append(data["body"])
    if data.get("letter"):
        found.append(tr(N_("yazı sayısı {number}")).format(number=data["letter"]))
    if entry.kind == "told" and data.get("channel") in CHANNEL_NAMES:
        found.append(tr(CHANNEL_NAMES[Channel(data["channel"])]))
    if data.get("satisfied") in SATISFIED:
        found.append(tr(SATISFIED[data["satisfied"]]))
    if entry.kind == "urgency" and data.get("to") in URGENCY_NAMES:
        found.append(tr(URGENCY_NAMES[Urgency(data["to"])]))
    if entry.kind in ("joined", "joined_by") and data.get("number"):
        found.append(data["number"])
    if data.get("fee_until"):
        day = short_date(date.fromisoformat(data["fee_until"]))
        found.append(tr(N_("ücret {day} gününe kadar ödenmeli")).format(day=day))
    return " · ".join(found)

"""The columns of "Son kayıtlar" on Evrak Kayıt: masked names, no other personal data."""

from __future__ import annotations

from collections.abc import Callable

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import CHANNEL_NAMES, MISSING_NAMES, Channel, RecordRow
from desk.text import clock_time, lower_tr, short_date
from desk.ui.tables.rows_model import Column
from desk.ui.widgets.pill import Pill

CHANNEL_ICONS = {
    Channel.IN_PERSON: "person",
    Channel.KEP: "shield-check",
    Channel.PTT: "mail",
    Channel.EMAIL: "globe",
    Channel.COURIER: "mail",
    Channel.UETS: "shield-check",
}
NO_VALUE = "–"


def state_pill(row: RecordRow) -> Pill:
    """What a record waits for: something missing comes before the way it takes."""
    tr = translator()
    if len(row.missing) == 1:
        words = tr(N_("{name} eksik")).format(name=tr(MISSING_NAMES[row.missing[0]]))
        return Pill(words, "warning", "amber")
    if row.missing:
        return Pill(tr(N_("{count} eksik")).format(count=len(row.missing)), "warning", "amber")
    if row.state == "referred":
        return Pill(tr(N_("Birime havale")), "arrow-right", "tint")
    return Pill(tr(N_("Kaydedildi")), "check", "neutral")


def _spoken_state(row: RecordRow) -> str:
    tr = translator()
    if not row.missing:
        return state_pill(row).words
    names = ", ".join(lower_tr(tr(MISSING_NAMES[one])) for one in row.missing)
    return tr(N_("Eksik: {names}")).format(names=names)


def columns(alone: Callable[[], bool] = lambda: False) -> tuple[Column, ...]:
    """``alone()``: a record is open in front of a citizen, so nobody's name stands here, not even masked."""
    tr = translator()
    return (
        Column(tr(N_("Kayıt no")), lambda row: row.record_number, strong=True, width=124),
        Column(tr(N_("Saat")), lambda row: clock_time(row.at), width=62),
        Column(tr(N_("Ad soyad")), lambda row: NO_VALUE if alone() else row.applicant_masked or NO_VALUE, width=88),
        Column(tr(N_("Konu")), lambda row: row.subject or NO_VALUE, stretch=True),
        Column(
            tr(N_("Kanal")),
            lambda row: tr(CHANNEL_NAMES[row.channel]),
            icon=lambda row: CHANNEL_ICONS.get(row.channel, "comment"),
            width=104,
        ),
        Column(tr(N_("Birim")), lambda row: row.unit or NO_VALUE, width=148),
        Column(tr(N_("Ek")), lambda row: str(row.enclosures), align="right", width=40),
        Column(tr(N_("Son cevap")), lambda row: short_date(row.due_on), width=104),
        Column(tr(N_("Durum")), _spoken_state, pill=state_pill, width=150),
    )

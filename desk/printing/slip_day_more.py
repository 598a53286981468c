"""What the short counts slip tells besides visitors and numbers; only what there was. The staff's language only."""

from __future__ import annotations

from desk.errors import N_
from desk.i18n import Translator
from desk.printing.elements import Element, Row, Rule, Text
from desk.reports.types import DaySheet
from desk.text import clock_time, number


def more_of_day(sheet: DaySheet, tr: Translator) -> list[Element]:
    """Surveys, numbers entered by hand, limits passed, how service ended, events, corrections."""
    counts = (
        (N_("Anket"), sheet.survey_total),
        (N_("Çok olumsuz anket"), sheet.surveys_alarming),
        (N_("Elle verilip sonradan girilen numara"), sheet.manual_entered),
        (N_("Sınır aşılarak verilen numara"), sheet.limits_passed),
    )
    told: list[Element] = [Row(tr(name), number(value), layout="ends") for name, value in counts if value]
    if len(sheet.ticket_outcomes) > 1:
        told.append(Text(tr(N_("İşlem sonucu")), bold=True))
        told.extend(Row(tr(one.name), number(one.value), layout="ends") for one in sheet.ticket_outcomes)
    for event in sheet.events:
        ends = event.outcome or tr(N_("sürüyor"))
        told.append(Row(f"{event.number} {tr(event.name)}", clock_time(event.at), layout="ends"))
        told.append(Text(ends))
    if sheet.corrections:
        told.append(Text(tr(N_("Kapanıştan sonraki düzeltmeler")), bold=True))
        for one in sheet.corrections:
            name = f"{tr(one.name)} {tr(one.about or one.key)}".strip()
            told.append(Row(name, f"{one.value:+d}", layout="ends"))
    return [Rule("dashed"), *told] if told else []

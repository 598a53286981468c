"""Manual numbers on one strip of paper: torn along the lines and given by hand when there is no power."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import Cut, Element, Rule, Slip, Space, Text
from desk.printing.typesetting import NO_BREAK
from desk.registry.places import place as in_words
from desk.registry.types import SiteHeader
from desk.text import date_and_time, short_date


def reserved_slip(
    service: str, place: str, numbers: Sequence[str], made_at: datetime, header: SiteHeader, tr: Translator
) -> Slip:
    """A head for whoever hands them out, then one part per number. No barcode: without power nothing reads it."""
    elements: list[Element] = [
        Text(header.municipality, "center", bold=True),
        Text(header.site, "center"),
        Rule(),
        Text(tr(N_("Elle verilecek numaralar")), "center", 2, 2, bold=True, fit=True),
        Text(tr(service), "center", 1, 2, bold=True, fit=True),
        Text(f"{_together(numbers[0])} – {_together(numbers[-1])}", "center", 2, 2, bold=True, fit=True),
        Text(date_and_time(made_at), "center"),
        Space(6),
        Text(tr(N_("Küçükten büyüğe veriniz; çizgilerden koparınız. Kalanları atmayınız: sonradan birlikte işlenir."))),
    ]
    for number in numbers:
        elements += [Space(10), Rule("dashed"), Space(6), *_part(number, service, place, made_at, header, tr)]
    elements += [Space(10), Rule("dashed"), Cut()]
    return Slip("reserved", SOURCE_LANGUAGE, tuple(elements))


def _part(
    number: str, service: str, place: str, made_at: datetime, header: SiteHeader, tr: Translator
) -> list[Element]:
    where = in_words(place, tr) if place else header.site
    return [
        Text(_together(number), "center", 4, 4, bold=True),
        Text(tr(service), "center", bold=True),
        Text(f"{where} · {short_date(made_at.date())}", "center"),
        Text(tr(N_("Numaranız görevlimiz tarafından çağrılacaktır.")), "center"),
    ]


def _together(text: str) -> str:
    return text.replace(" ", NO_BREAK)

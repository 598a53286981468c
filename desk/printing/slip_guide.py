"""The "Gerekli belgeler" slip: what a service asks of a visitor, to take home. In Turkish, as the table is."""

from __future__ import annotations

from datetime import datetime

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import Cut, Element, Row, Rule, Slip, Space, Text
from desk.printing.slip_parts import centred, letterhead, moment_words, together
from desk.registry.place_types import Guide
from desk.registry.types import SiteHeader


def guide_slip(guide: Guide, at: datetime, header: SiteHeader, tr: Translator) -> Slip:
    """The service, its documents one below the other with a box to tick, time, fee and place."""
    facts = (
        (tr(N_("Süre")), guide.duration),
        (tr(N_("Ücret")), guide.fee),
        (tr(N_("Yer")), guide.place),
        (tr(N_("Birim")), guide.unit),
    )
    note: list[Element] = [Space(6), Text(guide.note)] if guide.note else []
    elements: list[Element] = [
        *letterhead(header),
        Rule(),
        centred(tr(N_("Gerekli belgeler"))),
        Space(6),
        Text(guide.name, "center", 2, 2, bold=True),
        Rule("dashed"),
        *(Text(f"[ ] {line}") for line in guide.documents or (tr(N_("Belge gerekmez.")),)),
        Rule("dashed"),
        *(Row(label, value) for label, value in facts if value),
        *note,
        Rule("dashed"),
        centred(tr(N_("Bilgi içindir; başvuru sayılmaz."))),
        Row(moment_words(at, SOURCE_LANGUAGE), together(header.hotline), layout="ends"),
        Cut(),
    ]
    return Slip("guide", SOURCE_LANGUAGE, tuple(elements))

"""Slips that try a printer: a plain one, and one with a line for every code page number a printer may have.

Which number an ESC/POS model gives to a Turkish page is a matter of its maker. Where the profile does not fit, the
installer prints the second slip and picks the line whose letters read right.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import Barcode, Cut, Element, PageLine, Row, Rule, Slip, Space, Text
from desk.printing.profiles import Profile
from desk.printing.slip_parts import centred, letterhead, moment_words
from desk.registry.types import SiteHeader

LETTERS = "ğüşıöç ĞÜŞİÖÇ"
TURKISH_PAGES = ("cp857", "cp1254", "iso8859-9")
TRIAL_CODE = "999999999993"
"""A barcode that is no paper of ours (no kind begins with 9)."""


def page_numbers(profile: Profile, known: Iterable[Profile]) -> list[tuple[str, int]]:
    """Every (codec, number) to try: the profile's own first, then what other models use for a Turkish page."""
    own = [page for page in profile.pages if page[0] in TURKISH_PAGES]
    others = {page for one in known for page in one.pages if page[0] in TURKISH_PAGES}
    return own + sorted(others - set(own), key=lambda page: (TURKISH_PAGES.index(page[0]), page[1]))


def code_pages_slip(profile: Profile, known: Iterable[Profile], tr: Translator) -> Slip:
    """One line a page number. The number and its page stand in ASCII, so that they read right on every line."""
    lines = page_numbers(profile, known)
    elements: list[Element] = [
        Text(tr(N_("Kod sayfası denemesi")), "center", 1, 2, bold=True),
        centred(profile.name),
        Rule("dashed"),
        Text(tr(N_("Harfleri doğru olan satırın numarasını yazıcı modelinin dosyasına yazınız."))),
        Text(tr(N_("Doğrusu: {letters}")).format(letters=LETTERS)),
        Rule("dashed"),
        *(PageLine(f"{codec.upper():<10}{number:>3}  {LETTERS}", codec, number) for codec, number in lines),
        Rule("dashed"),
        Cut(),
    ]
    return Slip("codepages", SOURCE_LANGUAGE, tuple(elements))


def trial_slip(name: str, profile: Profile, header: SiteHeader, at: datetime, tr: Translator) -> Slip:
    """Letters, sizes, edges and a barcode: what a paper needs to be right."""
    elements: list[Element] = [
        *letterhead(header),
        Rule(),
        Text(tr(N_("Deneme baskısı")), "center", 2, 2, bold=True),
        centred(name),
        Rule("dashed"),
        Row(tr(N_("Yazıcı modeli")), profile.name),
        Row(tr(N_("Kâğıt")), tr(N_("{mm} mm")).format(mm=profile.paper_mm)),
        Row(tr(N_("Tarih")), moment_words(at, SOURCE_LANGUAGE)),
        Rule("dashed"),
        Text(LETTERS, "center", 2, 2, fit=True),
        Text(LETTERS, "center", bold=True),
        Row("|<", ">|", False, "ends"),
        Space(6),
        Barcode(TRIAL_CODE),
        Cut(),
    ]
    return Slip("trial", SOURCE_LANGUAGE, tuple(elements))

"""What slips are made of: heads, copy marks, moments, and words that stay together."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from desk.clock import local
from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import CopyMark, Element, Logo, Space, Text
from desk.printing.typesetting import NO_BREAK
from desk.registry.types import SiteHeader
from desk.text import date_and_time, upper_tr

_LAW = re.compile(
    r"(?<=[^\W\d]\.) (?=\d)|(?<=\d{4}) (?=sayılı|[ms]\.)|(?<=s\.) (?=K\.)|(?<=K\.) (?=m\.)|(?<=المادة) (?=\d)"
)


@lru_cache(maxsize=16)
def letterhead(header: SiteHeader) -> tuple[Element, ...]:
    """Who speaks, on slips that are no document."""
    return Logo(), Space(6), Text(header.municipality, "center", bold=True), centred(header.department)


def official_head(header: SiteHeader) -> list[Element]:
    """T.C., the authority, the department; or the lines the site has set instead."""
    first, *rest = official_lines(header)
    bold = [Text(line, "center", bold=True) for line in (first, *rest[:-1])]
    return [Logo(), Space(6), *bold, *(centred(line) for line in rest[-1:])]


def official_lines(header: SiteHeader) -> tuple[str, ...]:
    return header.lines or ("T.C.", upper_tr(header.authority), header.department)


def copy_mark(copy_no: int, tr: Translator) -> list[Element]:
    return [CopyMark(tr(N_("KOPYA {count}")).format(count=copy_no))] if copy_no > 1 else []


def second_mark(tr: Translator) -> list[Element]:
    """On the copy that stays with the office: it was printed on purpose, so it is no KOPYA."""
    return [CopyMark(tr(N_("2. nüsha")))]


@lru_cache(maxsize=256)
def centred(text: str) -> Text:
    return Text(text, "center")


def together(text: str) -> str:
    """Held on one line: a number is not broken between its letter and its digits."""
    return text.replace(" ", NO_BREAK)


def law_words(text: str) -> str:
    """A sentence that names laws: "3071 sayılı" and "m. 4" are not torn at the end of a line, in any language."""
    return _LAW.sub(NO_BREAK, text)


def moment_words(moment: datetime, lang: str) -> str:
    """24.11.2026 10.42; with a colon in other languages than Turkish."""
    if lang == SOURCE_LANGUAGE:
        return date_and_time(moment)
    return f"{local(moment):%d.%m.%Y %H:%M}"


def site_words(header: SiteHeader, key: str, default: str, tr: Translator, lang: str) -> str:
    """The site's own sentence, else ``default`` (a marked one, or empty).

    People write theirs in Turkish: a reader of another language gets it where it has a translation (``own_words``), and
    else the program's own, which has one.
    """
    own = header.note(key)
    if own and (lang == SOURCE_LANGUAGE or tr(own) != own):
        return tr(own)
    return tr(default) if default else ""

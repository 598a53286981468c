"""The privacy notice as screens hold it: version and words. Pure, without the database."""

from __future__ import annotations

from desk.i18n import SOURCE_LANGUAGE
from desk.values import dataclass

FIRST = "1"
"""The version of the program's own words."""


@dataclass(frozen=True, slots=True)
class Notice:
    """``lang`` is that of the words: a site that wrote only Turkish is read in Turkish."""

    version: str
    paragraphs: tuple[str, ...]
    lang: str = SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class Notices:
    """The version in force in every language."""

    version: str = FIRST
    texts: tuple[Notice, ...] = ()

    def in_language(self, lang: str) -> Notice:
        found = {one.lang: one for one in self.texts}
        return found.get(lang) or found.get(SOURCE_LANGUAGE) or Notice(self.version, ())


PROGRAMS = Notices()
"""Before the database was read."""

"""Translation: one translator per language, no global ``_``.

One process serves a Turkish clerk, an Arabic kiosk and a Russian slip, so every caller holds the translator
of *its* reader: ``tr = translator("en"); tr("Sıra numaranız")``. Turkish is the source language: a string
without a translation reads in Turkish. Catalogues stand in ``resources/locale/<lang>.po``; they are compiled
into the user's cache when they are first used.
"""

from __future__ import annotations

import gettext
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from desk.config import cache_dir, resource_path

Translator = Callable[[str], str]

SOURCE_LANGUAGE = "tr"
LANGUAGES = ("tr", "en", "ar", "ru", "de")
"""What kiosk, hall and paper speak; the staff window is Turkish."""

RIGHT_TO_LEFT = frozenset({"ar"})


@cache
def translator(lang: str = SOURCE_LANGUAGE) -> Translator:
    """The function that puts marked strings into ``lang``; unknown languages read Turkish."""
    if lang == SOURCE_LANGUAGE:
        return _as_written
    catalogue = resource_path("locale", f"{lang}.po")
    if not catalogue.is_file():
        return _as_written
    written, own = _load(catalogue), _OWN.setdefault(lang, {})
    return lambda message: own.get(message) or written(message)


_OWN: dict[str, dict[str, str]] = {}
_changes = 0


def learn(words: Mapping[str, Mapping[str, str]]) -> None:
    """Words of the site itself (names of its services) by language; they come before the catalogue's."""
    global _changes
    for lang in LANGUAGES:
        own = _OWN.setdefault(lang, {})
        wanted = dict(words.get(lang, {}))
        if own != wanted:
            own.update(wanted)
            for gone in own.keys() - wanted.keys():
                del own[gone]
            _changes += 1


def learned() -> int:
    """How often the site's own words have changed: what was drawn with a translator before then is old."""
    return _changes


def _as_written(message: str) -> str:
    return message


def _load(catalogue: Path) -> Translator:
    with _compiled(catalogue).open("rb") as stream:
        return gettext.GNUTranslations(stream).gettext


def _compiled(catalogue: Path) -> Path:
    """The ``.mo`` of this very catalogue, made anew when it is not. It bears the size and the time of its ``.po``: an
    update may bring one that is older than the day the program before it was first started."""
    source = catalogue.stat()
    target = cache_dir() / "locale" / f"{catalogue.stem}-{source.st_size}.mo"
    if target.is_file() and int(target.stat().st_mtime) == int(source.st_mtime):
        return target
    from babel.messages.mofile import write_mo  # 60 ms, and only after an update
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as stream:
        messages = read_po(stream, locale=catalogue.stem)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Three windows start at once: each writes its own file and renames it into place.
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".mo")
    with os.fdopen(handle, "wb") as stream:
        write_mo(stream, messages)
    os.utime(name, (source.st_mtime, source.st_mtime))
    Path(name).replace(target)
    return target

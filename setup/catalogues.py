"""Bring the catalogues of kiosk, hall and paper up to date with the marked strings of the program.

    .venv/bin/python setup/catalogues.py           # writes resources/locale/{en,ar,ru,de}.po
    .venv/bin/python setup/catalogues.py --check   # says what is missing or has the wrong {names}; exit code 1

Turkish is the source language: a string is marked where it stands, with ``N_("…")`` or ``tr("…")``. The names of the
template's services are in the catalogues too; a site's own names read in Turkish until they are added. Translations
that are there are kept; strings that are gone are dropped.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
TEMPLATE = ROOT / "resources" / "templates" / "belediye.toml"
LANGUAGES = ("en", "ar", "ru", "de")

SOURCES = (
    "desk/ui/kiosk",
    "desk/ui/hall",
    "desk/ui/widgets/number_pad.py",
    "desk/printing/slips.py",
    "desk/printing/slip_parts.py",
    "desk/printing/slips_receipt.py",
    "desk/queue/spoken.py",
    "desk/queue/types.py",
    "desk/registry/due_words.py",
    "desk/registry/emergency.py",
    "desk/registry/privacy.py",
    "desk/registry/survey_forms.py",
    "desk/registry/types.py",
    "desk/registry/places.py",
)
"""What a visitor can read. The staff window speaks Turkish."""

KEYWORDS = ("N_", "tr", "tr_")


def marked(source: str) -> Iterator[str]:
    """The marked strings of a Python file, by its syntax tree (Babel's own extraction misses calls in f-strings)."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in KEYWORDS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def messages() -> set[str]:
    """Every string to translate."""
    found: set[str] = set()
    for source in SOURCES:
        path = ROOT / source
        for file in path.rglob("*.py") if path.is_dir() else [path]:
            found.update(marked(file.read_text(encoding="utf-8")))
    for service in tomllib.loads(TEMPLATE.read_text(encoding="utf-8"))["services"]:
        found.update((service["name"], service["short_name"]))
    return found


def load(lang: str) -> Catalog:
    """The catalogue of a language as it is in the tree; an empty one when there is none."""
    path = LOCALE / f"{lang}.po"
    return read_po(BytesIO(path.read_bytes() if path.is_file() else b""), locale=lang)


def fresh(lang: str) -> bytes:
    """The ``.po`` of a language with exactly today's strings."""
    kept = load(lang)
    header = f"# What visitors read in Danışma, in {Locale(lang).english_name}. Made by setup/catalogues.py."
    catalogue = Catalog(locale=lang, project="Danışma", header_comment=header, charset="utf-8", fuzzy=False)
    for message in sorted(messages()):
        known = kept.get(message)
        catalogue.add(message, known.string if known else "")
    target = BytesIO()
    write_po(target, catalogue, width=110, omit_header=False)
    # Dates would change with every run, and the rest of the usual header is empty forms.
    unused = rb'"(POT-Creation|PO-Revision|Generated-By|Report-Msgid|Last-Translator|Language-Team|Project-Id).*\\n"\n'
    return re.sub(unused, b"", target.getvalue())


def faults(lang: str) -> list[str]:
    """What is wrong with a catalogue, a line each; empty when it is complete."""
    catalogue, wrong = load(lang), []
    for message in sorted(messages()):
        known = catalogue.get(message)
        if known is None or not known.string:
            wrong.append(f"{lang}: not translated: {message}")
        elif sorted(re.findall(r"\{\w+\}", message)) != sorted(re.findall(r"\{\w+\}", str(known.string))):
            wrong.append(f"{lang}: other {{names}}: {message} -> {known.string}")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Catalogues of kiosk, hall and paper")
    parser.add_argument("--check", action="store_true", help="only say what is wrong")
    if not parser.parse_args().check:
        for lang in LANGUAGES:
            (LOCALE / f"{lang}.po").write_bytes(fresh(lang))
    wrong = [line for lang in LANGUAGES for line in faults(lang)]
    print("\n".join(wrong) or f"{len(messages())} strings, all translated into {', '.join(LANGUAGES)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

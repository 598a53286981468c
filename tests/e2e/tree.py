"""Every control of every page of the staff window in the AT-SPI tree: a Turkish name, a role, a state.

Fails on a control without a name, without a role of its own, or that cannot be told from another one of its page.
Every name of the table in docs/accessibility.md must be there (names.py writes it).
"""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pyatspi
from hands import Window, check, has, role, run, showing, until

CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "text", "entry", "password text", "combo box", "list",
    "table", "tree table", "spin button", "slider", "link", "page tab", "menu item",
}  # fmt: skip
"""Roles that a person works with."""

NO_ROLE = {"filler", "unknown", "invalid", "layered pane", ""}
WORDS = re.compile(r"[A-Za-zÇĞİÖŞÜçğıöşü\u0600-\u06ff\u0400-\u04ff]{2}")
SELF_NAMED = {"English", "Deutsch", "العربية", "Русский"}
"""Names that are not Turkish because they are for those who do not read it."""

ENGLISH = re.compile(r"\b(button|field|close|open|search|page|table|list|the|widget|label)\b", re.IGNORECASE)
DOCUMENT = Path(os.environ.get("E2E_ROOT", ".")) / "docs" / "accessibility.md"


def steps():
    window = Window()
    bad, seen = [], {}
    for name in pages(window):
        window.go(name)
        settled(window)
        controls = list(controls_of(window.page()))
        bad += [f"{name}: {words}" for words in faults(controls)]
        seen[name] = controls
        check(f"{name}: {len(controls)} controls", True)
    outside = [one for one in controls_of(window.frame) if not belongs_to_page(one)]
    bad += [f"around the pages: {words}" for words in faults(outside)]
    check(f"around the pages: {len(outside)} controls", True)
    for words in bad:
        print(f"  FAULT  {words}")
    check("every control has a Turkish name, a role and a state, and can be told apart", not bad)
    missing = [
        f"{page}: {name}"
        for page, names in promised().items()
        for name in names
        if not known(name, page, seen, outside)
    ]
    for words in missing:
        print(f"  GONE  {words}")
    check("every name in docs/accessibility.md is there", not missing)


def pages(window):
    rail = window.find("Sayfalar", "panel")
    return [one.name for one in showing(rail) if role(one) == "check box"]


def settled(window):
    """Two looks at the page that find the same."""

    def count():
        return sum(1 for _ in showing(window.page()))

    last = [-1]

    def quiet():
        now = count()
        same, last[0] = now == last[0], now
        time.sleep(0.4)
        return same

    until("the page does not come to rest", quiet)


def controls_of(part):
    return (one for one in showing(part) if is_control(one))


def is_control(one):
    return role(one) != "table cell" and (role(one) in CONTROLS or has(one, pyatspi.STATE_FOCUSABLE))


def belongs_to_page(one):
    while one is not None and role(one) != "application":
        if one.name.startswith("Sayfa: "):
            return True
        one = one.parent
    return False


def group_of(one):
    """The named part that it stands in."""
    one = one.parent
    while one is not None and role(one) != "application":
        if one.name:
            return one.name
        one = one.parent
    return ""


def faults(controls):
    for one in controls:
        name, what = one.name.strip(), role(one)
        if not name:
            yield f"a {what} without a name in “{group_of(one)}” ({one.description!r})"
        elif what in NO_ROLE:
            yield f"“{name}” has no role ({what})"
        elif name not in SELF_NAMED and (ENGLISH.search(name) or not WORDS.search(name)):
            yield f"“{name}” is no Turkish name ({what})"
        if not (has(one, pyatspi.STATE_ENABLED) or has(one, pyatspi.STATE_VISIBLE)):
            yield f"“{name}” has no state"
    same = Counter((one.name, role(one), one.description, group_of(one)) for one in controls)
    for (name, what, _, group), count in same.items():
        if count > 1 and name:
            yield f"{count} × “{name}” ({what}) in “{group}” cannot be told apart"


def promised():
    """Page → names, from the table of docs/accessibility.md."""
    found, page = {}, ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            page = line[4:].strip()
        elif page and (row := re.match(r"\| (.+?) \| [a-z ]+ \|$", line)) and row[1] != "ad":
            found.setdefault(page, []).append(row[1])
        elif line.startswith("## "):
            page = ""
    return found


def known(name, page, seen, outside):
    return any(one.name == name for one in seen.get(page, outside))


def listed():
    """The table of docs/accessibility.md."""
    window = Window()
    titles = pages(window)
    parts = []
    for title in titles:
        window.go(title)
        settled(window)
        parts.append((title, list(controls_of(window.page()))))
    parts.append(("Her sayfada", [one for one in controls_of(window.frame) if not belongs_to_page(one)]))
    lines = []
    for title, controls in parts:
        lines += ["", f"### {title}", "", "| ad | rol |", "|---|---|"]
        for name, what in dict.fromkeys((one.name, role(one)) for one in controls if stable(one)):
            lines.append(f"| {name} | {what} |")
    return "\n".join(lines) + "\n"


def stable(one):
    """Not a row of data, whose name is what was recorded."""
    return bool(one.name) and not re.search(r"[0-9*]|Görevlisi", one.name) and group_of(one) != "Bulunanlar"


if __name__ == "__main__":
    run("tree: what assistive technology finds", steps)

"""Hands and eyes from outside: the accessibility tree (AT-SPI), the keys of the X server, the answers of ``desk``.

Debian's own Python runs this (python3-pyatspi is a Debian package); nothing of Danışma is imported.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyatspi
from gi.repository import Atspi

Atspi.set_timeout(20_000, 30_000)  # milliseconds; the 0.8 s of the library are short where a page is built first

PATIENCE = float(os.environ.get("E2E_PATIENCE", "25"))
"""Seconds until something that should show counts as missing; nothing waits longer than it must."""

ACTIONS = ("Press", "Toggle", "SetFocus")


class Missing(Exception):
    """Something that a person would wait for did not come."""


def until(what, test):
    """The first true answer of ``test``; raises Missing with ``what`` when patience is over."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = test()
        except Exception as error:  # an object that went away while it was looked at
            if not _is_gone(error):
                raise
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Missing(what)
        time.sleep(0.1)


def _is_gone(error):
    return type(error).__name__ in ("GError", "Error", "LookupError") or isinstance(error, AttributeError)


def application():
    """The staff window's application in the tree, once it is there."""
    return until("the application is not in the AT-SPI tree", _application)


def _application():
    desktop = pyatspi.Registry.getDesktop(0)
    for place in range(desktop.childCount):
        one = desktop.getChildAtIndex(place)
        if one is not None and one.name == "danisma":
            return one
    return None


def walk(thing):
    """Everything below ``thing``, itself first."""
    yield thing
    for place in range(thing.childCount):
        child = thing.getChildAtIndex(place)
        if child is not None:
            yield from walk(child)


def has(thing, state):
    return thing.getState().contains(state)


def showing(thing):
    """Everything below that a person can see: what does not show hides what is in it."""
    if has(thing, pyatspi.STATE_SHOWING):
        yield thing
        for place in range(thing.childCount):
            child = thing.getChildAtIndex(place)
            if child is not None:
                yield from showing(child)


def role(thing):
    return thing.getRoleName()


class Window:
    """The staff window through the tree alone."""

    def __init__(self):
        self.app = application()
        self.frame = until("the staff window does not come up", self._frame)

    def _frame(self):
        for one in showing(self.app):
            if one.name == "Sayfalar":
                while one is not None and role(one) != "frame":
                    one = one.parent
                return one
        return None

    def all(self, name, *roles, within=None):
        """Everything showing of this name (its beginning when it ends in …)."""
        begins = name[:-1] if name.endswith("…") else None
        for one in showing(within or self.app):
            fits = one.name.startswith(begins) if begins is not None else one.name == name
            if fits and (not roles or role(one) in roles):
                yield one

    def find(self, name, *roles, within=None):
        """Wait for it."""
        return until(f"“{name}” {roles or ''} does not show", lambda: next(self.all(name, *roles, within=within), None))

    def is_shown(self, name, *roles):
        return next(self.all(name, *roles), None) is not None

    def heard(self, words):
        """Wait until some name or description holds ``words``; that whole text."""

        def look():
            for one in showing(self.app):
                for text in (one.name, one.description):
                    if words in text:
                        return text
            return None

        return until(f"nobody says “{words}”", look)

    def page(self):
        """The page in front."""
        return next((one for one in showing(self.frame) if one.name.startswith("Sayfa: ")), None)

    def press(self, name, *roles, action="Press", within=None):
        """Do what a click on it does, once it can be pressed."""

        def usable():
            for one in self.all(name, *(roles or ("push button", "check box", "radio button")), within=within):
                if has(one, pyatspi.STATE_ENABLED):
                    return one
            return None

        thing = until(f"“{name}” cannot be pressed", usable)
        act(thing, action)
        return thing

    def go(self, page):
        """Bring a page to the front by the rail, as a screen reader does it: by the first action."""
        act(self.find(page, "check box", within=self.frame), "Toggle")
        until(f"the page {page} does not come", lambda: self.page() and self.page().name == f"Sayfa: {page}")

    def write(self, name, words, within=None):
        """Put text into a field."""
        field = self.find(name, "text", within=within)
        field.queryEditableText().setTextContents(words)
        until(f"“{name}” does not take the text", lambda: read(field) == words)
        return field


def act(thing, name):
    actions = thing.queryAction()
    names = [actions.getName(place) for place in range(actions.nActions)]
    if name not in names:
        raise Missing(f"{thing.name}: no action {name} among {names}")
    actions.doAction(names.index(name))


def read(field):
    text = field.queryText()
    return text.getText(0, text.characterCount)


# --- what was recorded: the command line over the same database


def desk(*words):
    """Standard output of a ``desk`` command over the same data."""
    command = [*os.environ["E2E_DESK"].split(), *words, "--data-dir", os.environ["E2E_DATA"]]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if run.returncode:
        raise Missing(f"{' '.join(words)}: {run.stdout}{run.stderr}")
    return run.stdout


def day():
    """Today's figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "day.json"
        desk("report", "day", "--format", "json", "--out", str(path))
        return json.loads(path.read_text(encoding="utf-8"))


def applications():
    """All applications that are on the work list."""
    return [json.loads(line) for line in desk("applications", "list", "--limit", "1000", "--json").splitlines()]


# --- telling


def check(words, right):
    """One line of the report; raises Missing when it is not so."""
    print(f"  {'ok' if right else 'FAILED'}  {words}", flush=True)
    if not right:
        raise Missing(words)


def run(name, steps):
    """Run a script's steps and end with its exit code."""
    begun = time.monotonic()
    print(name, flush=True)
    try:
        steps()
    except Missing as missing:
        print(f"  MISSING  {missing}", flush=True)
        _keep_tree(name)
        sys.exit(1)
    print(f"  {time.monotonic() - begun:.1f} s", flush=True)


def _keep_tree(name):
    """What the tree showed when it failed, beside the window's own output."""
    path = Path(os.environ["E2E_OUT"]) / f"{name.split(':')[0]}.tree.txt"
    app = _application()
    if app is None:
        return
    lines = [f"{role(one)} | {one.name} | {one.description}" for one in showing(app)]
    path.write_text("\n".join(lines), encoding="utf-8")

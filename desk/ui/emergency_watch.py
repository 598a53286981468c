"""What kiosk and hall know of an emergency: read at the start, after each report of an event, and every half minute.

Said aloud again and again until somebody ends the event; a database that goes away meanwhile changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desk.errors import DeskError
from desk.events import Change, Kind
from desk.i18n import SOURCE_LANGUAGE, translator
from desk.ui import tasks

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.registry.emergency import Emergency
    from desk.ui.office import Office
    from desk.ui.voice import Said

KINDS = frozenset({Kind.INCIDENT_OPENED, Kind.INCIDENT_CHANGED})
FRESH_MS = 30_000
SECOND_LANGUAGE = "en"


class EmergencyWatch(QObject):
    """``changed(Emergency | None)`` when what is said to everybody is another; ``say(parts)`` whenever it is time to
    say it. Runs from ``start`` to ``stop``."""

    changed = Signal(object)
    say = Signal(object)

    def __init__(self, parent: QObject, languages: Callable[[], tuple[str, ...]]) -> None:
        """``languages``: asked each time, those in which it is said after the Turkish."""
        super().__init__(parent)
        self._languages = languages
        self._office: Office | None = None
        self._running = False
        self.now: Emergency | None = None
        self._net = QTimer(self, interval=FRESH_MS)
        self._net.timeout.connect(self.load)
        self._again = QTimer(self)
        self._again.timeout.connect(self._say)

    def follow(self, office: Office) -> None:
        self._office = office
        office.bridge.changed.connect(self._on_changes)
        self.load()

    def start(self) -> None:
        self._running = True
        self._net.start()
        self.load()

    def stop(self) -> None:
        self._running = False
        self._net.stop()
        self._again.stop()

    def load(self) -> None:
        if self._office is not None and self._running:
            ctx = self._office.ctx
            tasks.latest(self, "emergency", lambda: _read(ctx), self._take, self._missed)

    def _on_changes(self, changes: list[Change]) -> None:
        if any(change.kind in KINDS for change in changes):
            self.load()

    def _take(self, found: Emergency | None) -> None:
        if found == self.now:
            return
        self.now = found
        self._again.stop()
        self.changed.emit(found)
        if found is not None and self._running:
            self._say()
            self._again.start(found.every * 1000)

    def _missed(self, error: DeskError) -> None:
        """The database is away: what is shown stays."""

    def _say(self) -> None:
        if self.now is not None:
            self.say.emit(spoken(self.now, self._languages()))


def spoken(emergency: Emergency, languages: tuple[str, ...]) -> list[Said]:
    """The message in Turkish and in these ``languages``, each once."""
    found = dict.fromkeys((SOURCE_LANGUAGE, *languages))
    return [(lang, f"{translator(lang)(emergency.title)}. {translator(lang)(emergency.sentence)}") for lang in found]


def _read(ctx) -> Emergency | None:  # type: ignore[no-untyped-def]
    from desk.registry import emergency  # not by the actions of incidents: they bring reports and their sheets

    return ctx.read(emergency.current)

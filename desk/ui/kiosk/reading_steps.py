"""What is read at the kiosk: the privacy notice, whose showing is noted, and the announcements."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk.errors import N_
from desk.ui import tasks
from desk.ui.kiosk import answers
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import left_to_right
from desk.ui.kiosk.reading import Reading, ReadingPage

if TYPE_CHECKING:
    from desk.ui.kiosk.window import KioskWindow


class ReadingSteps(QObject):
    """Belongs to the kiosk's window. ``came_from``: the step that "Geri" leads back to."""

    def __init__(self, window: KioskWindow) -> None:
        super().__init__(window)
        self._window = window

    def privacy(self, came_from: str) -> None:
        """The notice in force, in the reader's language."""
        window = self._window

        def reading(stage: Stage) -> Reading:
            found = stage.offer.notice.in_language(stage.visitor.lang)
            foot = stage.tr(N_("Sürüm {version}")).format(version=left_to_right(found.version))
            return Reading(stage.tr(N_("Aydınlatma metni")), found.paragraphs, found.lang, foot)

        self._note(secrets.token_hex(8), heard=window.visitor.aloud)
        self._show(reading, 0, came_from)

    def news(self, came_from: str) -> None:
        """What the municipality announces."""

        def reading(stage: Stage) -> Reading:
            lang = stage.visitor.lang
            return Reading(stage.tr(N_("Duyurular")), stage.offer.news_in(lang), lang)

        self._show(reading, 0, came_from)

    def _show(self, reading: Callable[[Stage], Reading], leaf: int, came_from: str) -> None:
        back = came_from if came_from in ("more", "closed") else "home"

        def make(stage: Stage) -> KioskPage:
            page = ReadingPage(stage, reading(stage), leaf, "home" if back == "closed" else back)
            page.turned.connect(lambda leaf: self._show(reading, leaf, came_from))
            return page

        self._window._go("reading", make)

    def _note(self, press: str, *, heard: bool) -> None:
        """That it was opened (and read aloud); one that cannot be noted is shown all the same."""
        window = self._window
        if window.office is None:
            return
        ctx, version, lang = window.office.ctx, window.offer.notice.version, window.visitor.lang
        tasks.run(
            window,
            lambda: answers.note_notice(ctx, version, lang, press, heard=heard),
            on_failure=lambda error: None,
        )

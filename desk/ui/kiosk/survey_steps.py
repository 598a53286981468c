"""The way through the survey: question after question, thanks at the end, nothing kept of who gave the answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk.errors import N_
from desk.ui import tasks
from desk.ui.kiosk import answers
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.survey import SurveyPage
from desk.ui.kiosk.words import Notice

if TYPE_CHECKING:
    from desk.registry.survey_forms import Form
    from desk.ui.kiosk.window import KioskWindow


class SurveySteps(QObject):
    """Belongs to the kiosk's window, which asks for ``begin()`` and ends an abandoned one with ``finish()``.

    ``go(step, make)`` shows a page, ``tell(step, notice)`` one sentence.
    """

    def __init__(
        self,
        window: KioskWindow,
        *,
        go: Callable[[str, Callable[[Stage], KioskPage]], None],
        tell: Callable[[str, Notice], None],
    ) -> None:
        super().__init__(window)
        self._window, self._go, self._tell = window, go, tell
        self._form: Form | None = None
        self._given: dict[str, int | str] = {}

    def begin(self) -> None:
        """The first question of the form in use."""
        self._form, self._given, self._key = self._window.offer.survey, {}, secrets.token_hex(8)
        self._ask(0)

    def _ask(self, place: int) -> None:
        form = self._form
        if form is None:
            self._window.start()
            return

        def make(stage: Stage) -> KioskPage:
            page = SurveyPage(stage, form, place)
            page.answered.connect(lambda code, value: self._answered(place, code, value))
            page.finished.connect(self.finish)
            return page

        self._go("survey", make)

    def _answered(self, place: int, code: str, value: int | str | None) -> None:
        if value is None:
            self._given.pop(code, None)
        else:
            self._given[code] = value
        if self._form is not None and place + 1 < len(self._form.touched()):
            self._ask(place + 1)
        else:
            self.finish()

    def finish(self, *, thanks: bool = True) -> None:
        """Keep what was answered and thank for it; with no answer back to the start, as if nothing had been."""
        window, form, given, key = self._window, self._form, dict(self._given), self._key
        self._form, self._given = None, {}
        if form is None or not given or window.office is None:
            window.start()
            return
        ctx, lang = window.office.ctx, window.visitor.lang
        # A survey that cannot be kept is no trouble of the visitor's: it is in the log, and they are thanked.
        tasks.run(window, lambda: answers.keep_survey(ctx, key, form, given, lang), on_failure=lambda error: None)
        if not thanks:
            window.start()
            return
        tr = window.tr_
        self._tell("thanks", Notice(tr(N_("Teşekkür ederiz")), tr(N_("Görüşünüz kaydedildi.")), "check"))

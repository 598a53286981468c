"""Rehber at Danışma: shown for what is chosen, told with F4, printed with Shift+F4 or with one key from the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desk.actions.requests import Direction
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.types import Destination, Visit
from desk.ui import tasks
from desk.ui.staff.danisma_form import Entry, acts
from desk.ui.staff.danisma_words import guide_words

tr = translator()


class GuideDesk(QObject):
    """``open()`` is F11, ``print_now()`` Shift+F11. ``taken(entry)`` empties the form; ``undo(visit)`` undoes."""

    def __init__(
        self, page: Any, key: Callable[[], str], taken: Callable[[Entry], None], undo: Callable[[Visit], None]
    ) -> None:
        super().__init__(page)
        self._page, self._key, self._taken, self._undo = page, key, taken, undo

    def open(self) -> None:
        """What the chosen service needs; the whole guide when nothing is chosen."""
        from desk.ui.staff.rehber import GuideSheet

        page = self._page
        to = page.form.entry().to
        chosen = to if to is not None and to.guide else None
        sheet = GuideSheet(page.window(), page.office.ctx, page.form.search.known(), chosen)
        sheet.told.connect(self._tell)
        page.more.cover(sheet)

    def print_now(self) -> None:
        """The slip of the chosen service, without opening anything."""
        to = self._page.form.entry().to
        if to is None:
            self._page.hinted.emit(tr(N_("Gerekli belgeler için önce bir hizmet seçiniz.")))
        elif not to.guide:
            self._page.hinted.emit(tr(N_("“{name}” Rehber’de yok.")).format(name=to.name))
        else:
            self._tell(to, printed=True)

    def _tell(self, to: Destination, printed: bool) -> None:
        """Count the visitor as told; the form goes on with the next one at once."""
        page, key, entry = self._page, self._key(), self._page.form.entry()
        ctx, direction = page.office.ctx, Direction(
            key, entry.persons, entry.arrival, entry.help, to, printed, entry.lang, to.guide
        )  # fmt: skip
        self._taken(entry)
        tasks.run(
            page,
            lambda: acts().give_direction(ctx, direction),
            partial(self._done, to, printed),
            self._failed,
        )

    def _done(self, to: Destination, printed: bool, visit: Visit) -> None:
        self._page.said.emit(guide_words(to.name, printed=printed), lambda: self._undo(visit))
        self._page.reload_soon()

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(tr))

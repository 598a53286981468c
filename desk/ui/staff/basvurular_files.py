"""Scanned papers of the chosen application: dropped on the page, chosen with Ctrl+D, opened with a press."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from desk.actions import applications
from desk.actions.attachments import LookedInto
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import Detail
from desk.ui import tasks
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.documents_folder import open_document
from desk.ui.staff.dropped_files import FileDrops, ask_for_files

if TYPE_CHECKING:
    from desk.ui.staff.basvurular import BasvurularPage

tr = translator()


class DetailFiles(QObject):
    """Works for the page."""

    def __init__(self, page: BasvurularPage) -> None:
        super().__init__(page)
        self._page = page
        self.drops = FileDrops(page, self._words, self.take)
        page.detail.files.add.clicked.connect(self.ask)
        page.detail.files.opened.connect(self.open)

    def _words(self) -> str:
        detail = self._page.detail.detail
        if detail is None:
            return ""
        return tr(N_("Bırakınız: {number} başvurusuna eklenir")).format(number=detail.record_number)

    def ask(self) -> None:
        """Ctrl+D: choose files."""
        if self._page.detail.detail is None:
            self._page.hinted.emit(tr(N_("Önce belgenin ekleneceği başvuruyu seçiniz.")))
            return
        paths = ask_for_files(self._page)
        if paths:
            self.take(paths)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Look into the files and attach those that are papers; each other one is refused with its sentence."""
        detail = self._page.detail.detail
        if detail is None:
            return
        ctx, which, open_ = self._page.office.ctx, detail.id, self._page.detail.is_open
        tasks.run(
            self._page, lambda: work.with_files(ctx, which, paths, open_=open_), partial(self._added, open_),
            self._failed,
        )  # fmt: skip

    def _added(self, open_: bool, done: tuple[Detail | None, LookedInto]) -> None:
        detail, found = done
        for error in found.refused:
            self._failed(error)
        if detail is None:
            return
        shown = self._page.detail.detail
        if shown is not None and shown.id == detail.id:
            still_open = open_ and self._page.detail.is_open
            self._page.show_detail(detail, open_=open_)
            if open_ and not still_open:  # the names were hidden meanwhile
                self._page.detail.hide_names()
        words = tr(N_("{number}: {count} belge eklendi."))
        self._page.said.emit(words.format(number=detail.record_number, count=len(found.files)), None)
        self._page.reload_soon()

    def open(self, file_id: UUID) -> None:
        """Show a scan with the machine's own program; the access is logged."""
        detail, ctx = self._page.detail.detail, self._page.office.ctx
        if detail is None:
            return
        which = detail.id
        tasks.run(
            self._page, lambda: applications.open_file(ctx, which, file_id), partial(open_document, self._page),
            self._failed,
        )  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(tr))

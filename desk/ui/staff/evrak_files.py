"""Scanned papers on Evrak Kayıt: dropped on the page or chosen with Ctrl+D, for the form or for the open record."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from desk.actions import applications, attachments
from desk.actions.attachments import LookedInto
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import Detail
from desk.ui import tasks
from desk.ui.staff.documents_folder import open_document
from desk.ui.staff.dropped_files import FileDrops, ask_for_files
from desk.ui.staff.enclosures import SCANS_MOST

if TYPE_CHECKING:
    from desk.ui.staff.evrak import EvrakPage

tr = translator()


class RecordFiles(QObject):
    """Works for the page: files go to the open record at once, else into the form until F2."""

    def __init__(self, page: EvrakPage) -> None:
        super().__init__(page)
        self._page = page
        self.drops = FileDrops(page, self._words, self.take)
        page.form.enclosures.scan.clicked.connect(self.ask)
        page.panel.add_asked.connect(self.ask)
        page.panel.file_asked.connect(self.open)

    def _words(self) -> str:
        opened = self._page.panel.receipt
        if opened is not None:
            return tr(N_("Bırakınız: {number} kaydına eklenir")).format(number=opened.record_number)
        return tr(N_("Bırakınız: yeni kayda eklenir"))

    def ask(self) -> None:
        """Ctrl+D: choose files."""
        paths = ask_for_files(self._page)
        if paths:
            self.take(paths)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Look into the files; those that are papers go where they belong, each other one with its sentence."""
        ctx, opened = self._page.office.ctx, self._page.panel.receipt
        which = opened.application_id if opened is not None else None
        tasks.run(
            self._page, lambda: attachments.look_into(ctx, paths), partial(self._looked, which), self._failed
        )  # fmt: skip

    def _looked(self, which: UUID | None, found: LookedInto) -> None:
        for error in found.refused:
            self._failed(error)
        if not found.files:
            return
        if which is not None:
            self._attach(which, found)
            return
        left = self._page.form.enclosures.add_files(found.files)
        if left:
            words = tr(N_("Kayıttan önce en çok {most} belge eklenebilir; kalan {left} belgeyi kayda sonra ekleyiniz."))
            self._page.hinted.emit(words.format(most=SCANS_MOST, left=left))

    def _attach(self, which: UUID, found: LookedInto) -> None:
        ctx = self._page.office.ctx
        tasks.run(
            self._page, lambda: attachments.add_files(ctx, which, found.files),
            partial(self._attached, len(found.files)), self._failed,
        )  # fmt: skip

    def _attached(self, count: int, detail: Detail) -> None:
        opened = self._page.panel.receipt
        if opened is not None and opened.application_id == detail.id:
            self._page.panel.scans.show_files(detail.files)
        words = tr(N_("{number}: {count} belge eklendi."))
        self._page.said.emit(words.format(number=detail.record_number, count=count), None)

    def open(self, file_id: UUID) -> None:
        """Show a scan with the machine's own program; the access is logged."""
        opened, ctx = self._page.panel.receipt, self._page.office.ctx
        if opened is None:
            return
        which = opened.application_id
        tasks.run(
            self._page, lambda: applications.open_file(ctx, which, file_id),
            partial(open_document, self._page), self._failed,
        )  # fmt: skip

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(tr))

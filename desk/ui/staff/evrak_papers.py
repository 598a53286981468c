"""The papers of a registered document: printed again, sticker, second copy, and the alındı belgesi as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from desk.actions import records
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.staff import evrak_work as work
from desk.ui.staff.documents_folder import print_document
from desk.ui.staff.page import Page


class RecordPapers(QObject):
    """Works for a page. ``at_hand()``: the open, the chosen or the last record; ``opened()``: never the chosen one."""

    def __init__(self, page: Page, at_hand: Callable[[], UUID | None], opened: Callable[[], UUID | None]) -> None:
        super().__init__(page)
        self._page, self._at_hand, self._opened = page, at_hand, opened
        self._tr = translator()

    def print_again(self) -> None:
        """F3: the receipt of the open or the last record once more, marked "KOPYA n"."""
        which = self._opened()
        if which is None:
            self._page.hinted.emit(self._tr(N_("Yeniden yazdırılacak kayıt yok; önce bir kayıt açınız.")))
            return
        ctx = self._page.office.ctx
        tasks.run(self._page, lambda: work.reprinted(ctx, which), self._reprinted, self._failed)

    def _reprinted(self, copy_no: int) -> None:
        self._say(self._tr(N_("Alındı yeniden yazdırılıyor: KOPYA {count}.")).format(count=copy_no))

    def print_label(self) -> None:
        """Ctrl+K: the kayıt kaşesi to stick on the document."""
        self._print(records.print_label, N_("Kayıt kaşesi yazdırılıyor."))

    def print_second(self) -> None:
        """Ctrl+2: the office's own copy of the alındı belgesi."""
        self._print(records.print_second_copy, N_("2. nüsha yazdırılıyor."))

    def _print(self, action: Callable[..., bool], sentence: str) -> None:
        which = self._at_hand()
        if which is None:
            self._page.hinted.emit(self._tr(N_("Önce bir kayıt seçiniz ya da açınız.")))
            return
        ctx = self._page.office.ctx
        tasks.run(self._page, lambda: action(ctx, which), lambda done: self._printed(done, sentence), self._failed)

    def _printed(self, done: bool, sentence: str) -> None:
        if done:
            self._say(self._tr(sentence))
        else:
            self._page.hinted.emit(self._tr(N_("Fiş yazıcısı tanımlı değil; yazdırılamadı.")))

    def make_a4(self) -> None:
        """Ctrl+P: the receipt as a file that can be opened."""
        self._make_pdf("A4")

    def make_a5(self) -> None:
        """Ctrl+5: the same on A5."""
        self._make_pdf("A5")

    def _make_pdf(self, paper_size: str) -> None:
        which = self._at_hand()
        if which is None:
            words = self._tr(N_("{size} alındı için önce bir kayıt seçiniz ya da açınız."))
            self._page.hinted.emit(words.format(size=paper_size))
            return
        ctx = self._page.office.ctx
        made = lambda at: self._made(at, paper_size, which)  # noqa: E731
        tasks.run(self._page, lambda: work.pdf(ctx, which, paper_size), made, self._failed)

    def _made(self, path: Any, paper_size: str, record: UUID) -> None:
        sentence = self._tr(N_("{size} alındı belgesi hazır: {name}"))
        said = sentence.format(size=paper_size, name=path.name)
        print_document(self._page, self._page.office.ctx, f"receipt_{paper_size.lower()}", said, path, record)

    def _say(self, sentence: str) -> None:
        self._page.said.emit(sentence, None)

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(self._tr))

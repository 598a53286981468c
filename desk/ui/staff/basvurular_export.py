"""Lists of Başvurular that are handed out: each is written by a program of its own, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desk.actions.exporting import Export
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.text import number
from desk.ui import tasks
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.documents_folder import offer_document
from desk.ui.staff.picker import Picker
from desk.ui.widgets import Option

if TYPE_CHECKING:
    from desk.ui.staff.basvurular import BasvurularPage

EXPORTS = (
    ("xlsx", N_("Bu liste, Excel"), N_("Adlar maskeli")),
    ("csv", N_("Bu liste, CSV"), N_("Adlar maskeli")),
    ("defter", N_("Gelen evrak defteri…"), N_("Seçilen dönem; PDF, Excel ya da CSV")),
    ("open311", N_("Open311, bu ay (JSON)"), N_("Kişisel veri içermez")),
)
TICK_MS = 500
"""Between two words about how far it is."""

tr = translator()


class Exports(QObject):
    """One file at a time; while it is written the button (and Ctrl+E) stops it."""

    def __init__(self, page: BasvurularPage) -> None:
        super().__init__(page)
        self._page = page
        self._running: Export | None = None
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        program = QCoreApplication.instance()
        if program is not None:
            program.aboutToQuit.connect(self.stop)

    def ask(self) -> None:
        if self._running is not None:
            self.stop()
            self._page.said.emit(tr(N_("Dışa aktarma durduruldu; dosya yazılmadı.")), None)
            return
        options = [Option(form, tr(name), "document", tr(note)) for form, name, note in EXPORTS]
        picker = Picker(self._page.window(), tr(N_("Dışa aktar")), options)
        picker.picked.connect(self.write)
        self._page.cover(picker)

    def write(self, form: str) -> None:
        """The list as it is filtered now, or what else ``form`` names."""
        if form == "defter":
            self._page.deeds.tools.ask_register()
            return
        page, ctx = self._page, self._page.office.ctx
        today = page.shown.day if page.shown is not None else ctx.now().date()
        self.run(
            lambda: work.export_of(ctx, page.query, form, today),
            self._written,
            partial(self._page.deeds._not_made, None),
        )

    def run(
        self,
        made: Callable[[], Export],
        on_success: Callable[[int, Path], None],
        on_failure: Callable[[DeskError], None],
    ) -> None:
        """Write what ``made`` gives; a second one while one is written is not begun."""
        if self._running is not None:
            self._page.hinted.emit(
                tr(N_("Önce süren dışa aktarmanın bitmesini bekleyiniz ya da Ctrl+E ile durdurunuz."))
            )
            return
        try:
            export = self._running = made()
        except DeskError as error:
            on_failure(error)
            return
        self._tick.start()
        self._show_progress()
        done = partial(self._told, export, on_success)
        tasks.read(self._page, export.run, done, on_failure, on_end=self._ended)

    def is_running(self) -> bool:
        return self._running is not None

    def stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    def _told(self, export: Export, on_success: Callable[[int, Path], None], count: int) -> None:
        on_success(count, export.target)

    def _ended(self) -> None:
        self._running = None
        self._tick.stop()
        self._page.export_button.set_label(tr(N_("Dışa aktar")))

    def _show_progress(self) -> None:
        if self._running is not None:
            words = tr(N_("Durdur · {count}")).format(count=number(self._running.rows))
            self._page.export_button.set_label(words)

    def _written(self, count: int, path: Path) -> None:
        words = tr(N_("{count} kayıt yazıldı: {name}")).format(count=number(count), name=path.name)
        offer_document(self._page, words, path)

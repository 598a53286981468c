"""Yazıcılar: how each printer is, what waits there, and what a person decides about papers that did not come out.

It opens from the printer's words in the status strip, and with Ctrl+Shift+Y from anywhere. Numbers and kinds of papers
only, no names: the page stands open at a desk.
"""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import printer_setup, trial_print
from desk.actions import printers as actions
from desk.errors import N_, DeskError
from desk.events import Kind
from desk.i18n import translator
from desk.printing.types import JobState, JobView, PrinterView
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import yazicilar_words as words
from desk.ui.staff import yazicilar_work as work
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.picker import Picker
from desk.ui.staff.side_by_side import Scroller, SideBySide, below_each_other
from desk.ui.staff.vardiya_words import printer_pill
from desk.ui.staff.yazicilar_form import PrinterForm
from desk.ui.staff.yazicilar_parts import HealthCard, PaperActions, PapersCard, PrintersList
from desk.ui.widgets import Option, Segmented, Text

NEEDING, IN_LINE, LATELY = "needing", "in_line", "lately"
"""Which papers the table shows."""

TITLES = {
    NEEDING: (N_("Basılamayan ve geç kalan fişler, bütün yazıcılar"), N_("Kararınızı bekleyen fiş yok")),
    IN_LINE: (N_("Seçili yazıcıda sıradaki fişler"), N_("Sırada fiş yok")),
    LATELY: (N_("Seçili yazıcının son fişleri"), N_("Bu yazıcıda henüz fiş basılmadı")),
}
"""What the table is called, and what it says when it is empty."""


class YazicilarPage(Page):
    """F2 prints a late paper, F3 prints again with a reason, F4 "Gördüm", Del takes back; Ctrl+T trial slips.

    Ctrl+N adds a printer, Ctrl+E changes the chosen one.
    """

    title = N_("Yazıcılar")
    icon = "printer"
    shows = frozenset({Kind.PRINT_CHANGED, Kind.PRINTER_CHANGED, Kind.SETTINGS_CHANGED})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self._printer: UUID | None = None
        self._shown: work.Shown | None = None
        self._build()
        self._lay_out()
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Yazıcılar")), "title")
        self.subtitle = Text("", "body", "ink_2")
        self.printers = PrintersList()
        self.health = HealthCard()
        self.which = Segmented(
            [
                Option(NEEDING, tr(N_("Kararınızı bekleyenler")), note="0"),
                Option(IN_LINE, tr(N_("Sıradakiler")), note="0"),
                Option(LATELY, tr(N_("Bu yazıcının son fişleri"))),
            ],
            kind="tabs",
            name=tr(N_("Fişler")),
        )
        self.papers = PapersCard(
            tr(TITLES[NEEDING][0]),
            ("check", tr(TITLES[NEEDING][1]), ""),
        )
        self.actions = PaperActions()

    def _lay_out(self) -> None:
        content = QWidget()
        column = below_each_other(content)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        column.addLayout(words)
        upper = SideBySide(gap=12)
        upper.add(self.printers, stretch=4, least=380)
        upper.add(self.health, stretch=5, least=440)
        column.addWidget(upper)
        tabs = QHBoxLayout()
        tabs.addWidget(self.which, 1)
        column.addLayout(tabs)
        column.addWidget(self.papers, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 16)
        foot.addWidget(self.actions)
        whole = QVBoxLayout(self)  # what can be done stays in sight when the rest scrolls
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Scroller(content, in_margin=True), 1)
        whole.addLayout(foot)

    def _wire(self) -> None:
        self.page_keys = PageKeys(self)
        for keys, slot in (
            ("F2", self.release),
            ("F3", self.print_again),
            ("F4", self.acknowledge),
            ("Del", self.withdraw),
            ("Ctrl+T", self.print_trial),
            ("Ctrl+Shift+T", self.print_pages),
            ("Ctrl+N", self.add_printer),
            ("Ctrl+E", self.edit_printer),
            ("Ctrl+L", self.store_logo),
        ):
            self.page_keys.add(keys, slot)
        for place, tab in enumerate(self.which.buttons(), start=1):
            self.page_keys.add(f"Alt+{place}", tab.click)
        self.printers.picked.connect(self._choose_printer)
        self.which.changed.connect(lambda _: self._show_papers())
        self.papers.table.selected.connect(self.actions.show_job)
        self.papers.table.activated_row.connect(self._act_on)
        self.actions.release.clicked.connect(self.release)
        self.actions.reprint.clicked.connect(self.print_again)
        self.actions.seen.clicked.connect(self.acknowledge)
        self.actions.withdraw.clicked.connect(self.withdraw)
        self.health.trial.clicked.connect(self.print_trial)
        self.health.pages.clicked.connect(self.print_pages)
        self.health.edit.clicked.connect(self.edit_printer)
        self.health.logo.clicked.connect(self.store_logo)
        self.printers.add.clicked.connect(self.add_printer)
        self.printers.off.clicked.connect(self.choose_unused)
        self.actions.show_job(None)

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("F2", tr(N_("Geç kalan fişi şimdi yazdırır"))),
            ("F3", tr(N_("Seçili fişi yeniden yazdırır (nedeni sorulur)"))),
            ("F4", tr(N_("Basılamayan fişi gördüğünüzü işler; artık uyarmaz"))),
            ("Del", tr(N_("Bekleyen fişi geri alır; yazdırılmaz"))),
            ("Ctrl+T", tr(N_("Seçili yazıcıda deneme baskısı yapar"))),
            ("Ctrl+Shift+T", tr(N_("Türkçe harflerin kod sayfasını bulma fişi yazdırır"))),
            ("Ctrl+N", tr(N_("Yeni bir yazıcı ekler"))),
            ("Ctrl+E", tr(N_("Seçili yazıcının ayarlarını açar"))),
            ("Ctrl+L", tr(N_("Kurumun logosunu seçili yazıcının belleğine yükler"))),
            ("Alt+1 … 3", tr(N_("Listeyi değiştirir: bekleyenler, sıradakiler, son fişler"))),
            ("↑ ↓", tr(N_("Yazıcılar ya da fişler arasında gezer"))),
            ("Enter", tr(N_("Seçili fiş için ilk işi yapar"))),
        ]

    # --- load

    def load(self) -> None:
        ctx, chosen = self.office.ctx, self._printer
        tasks.latest(self, "load", lambda: work.read(ctx, chosen), self._show, self._failed)

    def _show(self, shown: work.Shown) -> None:
        first = self._shown is None
        self._shown, self._printer = shown, shown.chosen
        now = self.office.ctx.now()
        self.printers.show_printers(shown.printers, shown.chosen, now)
        chosen = next((one for one in shown.printers if one.id == shown.chosen), None)
        self.health.setVisible(chosen is not None)
        if chosen is not None:
            self.health.show_printer(chosen, now)
        self.printers.off.setVisible(bool(shown.off))
        self.subtitle.setText(self._summary(shown))
        self._show_papers()
        if first and self.isVisible():
            self.enter()

    def _summary(self, shown: work.Shown) -> str:
        tr = self._tr
        well = sum(one.state == "ready" for one in shown.printers)
        parts = [tr(N_("{well} / {all} yazıcı hazır")).format(well=well, all=len(shown.printers))]
        if shown.needing:
            parts.append(tr(N_("{count} fiş kararınızı bekliyor")).format(count=len(shown.needing)))
        return " · ".join(parts) if shown.printers else ""

    def _show_papers(self) -> None:
        shown = self._shown
        if shown is None:
            return
        line = work.in_line(shown.papers)
        self.which.set_note(NEEDING, str(len(shown.needing)))
        self.which.set_note(IN_LINE, str(len(line)))
        which = self.which.value()
        papers = {NEEDING: shown.needing, IN_LINE: line, LATELY: shown.papers}[which]
        title, nothing = TITLES[which]
        broken = any(printer_pill(one).tone == "brick" for one in shown.printers)
        self.papers.show_papers(papers, self._tr(title), self._tr(nothing), broken=broken)
        if papers and self.papers.table.chosen() is None:
            self.papers.table.selectRow(0)
        self.actions.show_job(self.papers.table.chosen())

    def enter(self) -> None:
        if self._shown is not None and self._shown.needing:
            self.papers.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.which.buttons()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose_printer(self, printer_id: UUID) -> None:
        self._printer = printer_id
        if self.which.value() == NEEDING and self._shown is not None and not self._shown.needing:
            self.which.set_value(LATELY)
        self.load()

    # --- what a person decides

    def _job(self) -> JobView | None:
        return self.papers.table.chosen()

    def _act_on(self, job: JobView) -> None:
        """Enter: what is most wanted for a paper in this state."""
        if job.state is JobState.WAITING:
            self.release()
        elif job.state in (JobState.FAILED, JobState.UNKNOWN, JobState.PRINTED):
            self.print_again()

    def release(self) -> None:
        job = self._job()
        if job is not None and self.actions.release.isEnabled():
            sentence = self._tr(N_("{paper} yazdırılıyor.")).format(paper=_named(job))
            self._do(partial(actions.release, self.office.ctx, job.id), sentence)

    def withdraw(self) -> None:
        job = self._job()
        if job is not None and self.actions.withdraw.isEnabled():
            tasks.run(
                self, partial(actions.withdraw, self.office.ctx, job.id), partial(self._withdrawn, job), self._failed
            )

    def _withdrawn(self, job: JobView, done: bool) -> None:
        if done:
            self.said.emit(self._tr(N_("{paper} geri alındı; yazdırılmayacak.")).format(paper=_named(job)), None)
        else:
            self.hinted.emit(self._tr(N_("Geri alınamadı; fiş bu arada yazdırılmış.")))
        self.reload_soon()

    def acknowledge(self) -> None:
        job = self._job()
        if job is not None and self.actions.seen.isEnabled():
            sentence = self._tr(N_("{paper} görüldü olarak işlendi.")).format(paper=_named(job))
            self._do(partial(actions.acknowledge, self.office.ctx, job.id), sentence)

    def print_again(self) -> None:
        """F3: ask why, then print again, marked KOPYA n."""
        job = self._job()
        if job is None or not self.actions.reprint.isEnabled():
            return
        reasons = [Option(reason, self._tr(reason)) for reason in words.REASONS]
        likely = {JobState.UNKNOWN: words.REASONS[4], JobState.PRINTED: words.REASONS[3]}.get(job.state)
        title = self._tr(N_("{paper} neden yeniden yazdırılıyor?")).format(paper=_named(job))
        picker = Picker(self.window(), title, reasons, value=likely or words.REASONS[0])
        picker.picked.connect(partial(self._reprint, job))
        self._cover(picker)

    def _cover(self, overlay: Overlay) -> None:
        """Over the window; a page that stands alone opens it by itself."""
        show = getattr(self.window(), "show_overlay", None)
        show(overlay) if show is not None else overlay.open()

    def _reprint(self, job: JobView, why: str) -> None:
        sentence = self._tr(N_("{paper} yeniden yazdırılıyor.")).format(paper=_named(job))
        self._do(partial(actions.reprint, self.office.ctx, job.id, why), sentence)

    def print_trial(self) -> None:
        self._try(trial_print.trial, N_("Deneme baskısı {printer} yazıcısına gönderildi."))

    def print_pages(self) -> None:
        self._try(trial_print.code_pages, N_("Kod sayfası denemesi {printer} yazıcısına gönderildi."))

    def _try(self, action, sentence: str) -> None:
        chosen = self._chosen_printer()
        if chosen is not None:
            said = self._tr(sentence).format(printer=chosen.name)
            self._do(partial(action, self.office.ctx, chosen.id), said)

    # --- setting up

    def add_printer(self) -> None:
        self._open_form(None)

    def edit_printer(self) -> None:
        if self._shown is not None and self._shown.chosen is not None:
            self._open_form(self._shown.chosen)

    def choose_unused(self) -> None:
        """A printer that was switched off is taken into use again in its form."""
        off = self._shown.off if self._shown else ()
        if off:
            title = self._tr(N_("Kullanılmayan yazıcılar"))
            picker = Picker(self.window(), title, [Option(one, name, "printer") for one, name in off])
            picker.picked.connect(self._open_form)
            self._cover(picker)

    def _open_form(self, printer_id: UUID | None) -> None:
        form = PrinterForm(self.window(), self.office, printer_id)
        form.saved.connect(lambda name: self._done(self._tr(N_("{printer} kaydedildi.")).format(printer=name)))
        self._cover(form)

    def store_logo(self) -> None:
        chosen = self._chosen_printer()
        if chosen is not None and self.health.logo.isEnabled():
            sentence = self._tr(N_("Logo {printer} yazıcısına gönderildi.")).format(printer=chosen.name)
            self._do(partial(printer_setup.store_site_logo, self.office.ctx, chosen.code), sentence)

    def _chosen_printer(self) -> PrinterView | None:
        shown = self._shown
        return next((one for one in shown.printers if one.id == shown.chosen), None) if shown else None

    def _do(self, op, sentence: str) -> None:
        tasks.run(self, op, lambda _: self._done(sentence), self._failed)

    def _done(self, sentence: str) -> None:
        self.said.emit(sentence, None)
        self.reload_soon()

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))


def _named(job: JobView) -> str:
    """Sıra fişi V 017"""
    return f"{words.kind_words(job)} {words.paper_number(job)}".strip()

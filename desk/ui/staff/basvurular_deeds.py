"""The deeds of Başvurular: moves, a bundle for one unit, files, saved filters, lists to hand out, new records."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desk.actions import applications, records
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import CoverList, Detail, SavedFilter, Sender
from desk.registry.life import RULES, Move, Step
from desk.registry.types import Receipt
from desk.text import date_and_time
from desk.ui import tasks
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_entry import ALONE, Origin
from desk.ui.staff.basvurular_export import Exports
from desk.ui.staff.basvurular_files import DetailFiles
from desk.ui.staff.basvurular_filters import NamePanel
from desk.ui.staff.basvurular_moves import AT_ONCE, Asked, MovePanel
from desk.ui.staff.basvurular_tools import Tools
from desk.ui.staff.documents_folder import print_document
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.picker import Picker
from desk.ui.widgets import Option

if TYPE_CHECKING:
    from desk.ui.staff.basvurular import BasvurularPage

SAVE, DELETE, FILE, AGAIN = "save", "delete", "file", "again"
tr = translator()


class Deeds(QObject):
    """The page's deeds; each asks what it needs, does it in a worker, and says what was done."""

    def __init__(self, page: BasvurularPage) -> None:
        super().__init__(page)
        self.page = page
        self.files = DetailFiles(page)
        self.tools = Tools(page)
        self.exports = Exports(page)
        page.detail.asked.connect(self.ask)
        page.detail.more_asked.connect(self.ask_which)
        page.list.bulk.clicked.connect(self.ask_bulk)
        page.export_button.clicked.connect(self.exports.ask)
        page.import_button.clicked.connect(self.ask_import)
        page.new_button.clicked.connect(lambda: self.ask_new())
        page.filters.saved.clicked.connect(self.ask_saved)

    def add_keys(self, keys: PageKeys) -> None:
        for chord, slot in (
            ("Ctrl+N", lambda: self.ask_new()),
            ("Ctrl+H", self.ask_bulk),
            ("Ctrl+E", self.exports.ask),
            ("Ctrl+I", self.ask_import),
            ("Alt+K", self.ask_saved),
            ("Ctrl+D", self.files.ask),
            ("Ctrl+Shift+N", self.ask_again),
        ):
            keys.add(chord, slot)
        self.tools.add_keys(keys)

    def key_lines(self) -> list[tuple[str, str]]:
        return [
            ("Boşluk", tr(N_("Listede başvuruyu işaretler"))),
            ("Ctrl+H", tr(N_("İşaretlileri bir listeyle tek birime havale eder"))),
            ("Ctrl+D", tr(N_("Başvuruya belge (PDF, JPEG, PNG) ekler; dosya ayrıntıya da bırakılabilir"))),
            ("Ctrl+Shift+N", tr(N_("Seçili başvurunun göndereniyle yeni başvuru açar"))),
            ("Ctrl+E", tr(N_("Listeyi, evrak defterini ya da Open311’i dışa aktarır"))),
            ("Ctrl+I", tr(N_("Başka sistemlerin listelerini ve çağrı kayıtlarını içe aktarır"))),
            *self.tools.key_lines(),
        ]

    # --- moves

    def ask_which(self) -> None:
        """F12: every move that is possible now."""
        detail = self.page.detail.detail
        if detail is None:
            return
        options: list[Option] = [Option(Move(code), tr(RULES[Move(code)].name)) for code in detail.moves]
        options.append(Option(FILE, tr(N_("Belge ekle")), note=tr(N_("PDF, JPEG, PNG"))))
        options.append(Option(AGAIN, tr(N_("Aynı gönderenle yeni başvuru")), note=tr(N_("Gönderen yeniden yazılmaz"))))
        title = tr(N_("{number} için ne yapılacak?")).format(number=detail.record_number)
        picker = Picker(self.page.window(), title, options, value=options[0].value)
        picker.picked.connect(self._picked)
        self.page.cover(picker)

    def _picked(self, which: Any) -> None:
        if which == FILE:
            self.files.ask()
        elif which == AGAIN:
            self.ask_again()
        else:
            self.ask(which)

    def ask(self, move: Move) -> None:
        """Ask what the move needs, then make it."""
        detail = self.page.detail.detail
        if detail is None or str(move) not in detail.moves:
            return
        if move in AT_ONCE:
            self._make(detail, Asked(Step(move, version=detail.version)), None)
            return
        choices = self.page.choices
        panel = MovePanel(self.page.window(), move, detail, choices.units if choices else ())
        panel.agreed.connect(lambda asked: self._make(detail, asked, panel))
        self.page.cover(panel)

    def _make(self, detail: Detail, asked: Asked, panel: MovePanel | None) -> None:
        ctx, open_, step = self.page.office.ctx, self.page.detail.is_open, asked.step
        if step.move is Move.FEEDBACK:
            op = partial(work.told_back, ctx, detail.id, step, asked.reopen, open_=open_)
        else:
            op = partial(work.moved, ctx, detail.id, step, asked.to, open_=open_)
        tasks.run(self.page, op, partial(self._made, step, panel, open_), partial(self._not_made, panel))

    def _made(self, step: Step, panel: MovePanel | None, open_: bool, detail: Detail) -> None:
        if panel is not None:
            panel.dismiss()
        self.page.hold(detail.id)
        still_open = open_ and self.page.detail.is_open
        self.page.show_detail(detail, open_=open_)
        if open_ and not still_open:  # the names were hidden meanwhile
            self.page.detail.hide_names()
        told = tr(RULES[step.move].told)
        self.page.said.emit(f"{detail.record_number}: {told}", None)
        self.page.reload_soon()

    def _not_made(self, panel: MovePanel | None, error: DeskError) -> None:
        if panel is not None:
            panel.refuse(error.text(tr))
        else:
            self.page.failed.emit(error.text(tr))
        self.page.reload_soon()

    # --- one bundle for one unit

    def ask_bulk(self) -> None:
        rows = self.page.list.marked_rows()
        if not rows:
            self.page.hinted.emit(tr(N_("Önce listede Boşluk tuşuyla başvuruları işaretleyiniz.")))
            return
        choices = self.page.choices
        title = tr(N_("{count} başvuruyu havale et")).format(count=len(rows))
        panel = MovePanel(self.page.window(), Move.REFER, None, choices.units if choices else (), title=title)
        panel.agreed.connect(lambda asked: self._forward(rows, asked, panel))
        self.page.cover(panel)

    def _forward(self, rows: tuple[Any, ...], asked: Asked, panel: MovePanel) -> None:
        ctx, step = self.page.office.ctx, asked.step
        tasks.run(
            self.page,
            lambda: work.forwarded(ctx, rows, step.unit_code, step.text),
            partial(self._forwarded, panel),
            partial(self._not_made, panel),
        )

    def _forwarded(self, panel: MovePanel, done: tuple[CoverList, Path]) -> None:
        cover, path = done
        panel.dismiss()
        self.page.list.model.clear_marks()
        self.page.list.show_marks()
        words = tr(N_("{count} başvuru {unit} birimine havale edildi; havale listesi hazır."))
        said = words.format(count=len(cover.lines), unit=cover.unit)
        print_document(self.page, self.page.office.ctx, "cover_list", said, path)
        self.page.reload_soon()

    # --- saved filters

    def ask_saved(self) -> None:
        """Alt+K: one's own filters; the present one is kept, a kept one put away."""
        choices = self.page.choices
        saved = choices.saved if choices else ()
        options = [Option(one, one.name, "filter") for one in saved]
        options.append(Option(SAVE, tr(N_("Şimdiki süzgeci kaydet")), "plus"))
        if saved:
            options.append(Option(DELETE, tr(N_("Kayıtlı süzgeci sil")), "trash"))
        picker = Picker(self.page.window(), tr(N_("Süzgeçlerim")), options)
        picker.picked.connect(self._saved_picked)
        self.page.cover(picker)

    def _saved_picked(self, which: Any) -> None:
        if isinstance(which, SavedFilter):
            self.page.set_query(which.query)
        elif which == SAVE:
            panel = NamePanel(self.page.window())
            panel.named.connect(self._save)
            self.page.cover(panel)
        else:
            self._ask_delete()

    def _save(self, name: str) -> None:
        ctx, query = self.page.office.ctx, self.page.query
        said = tr(N_("“{name}” süzgeci kaydedildi.")).format(name=name)
        self._kept(lambda: applications.save_filter(ctx, name, query), said)

    def _ask_delete(self) -> None:
        saved = self.page.choices.saved if self.page.choices else ()
        picker = Picker(
            self.page.window(), tr(N_("Hangi süzgeç silinecek?")), [Option(one, one.name, "trash") for one in saved]
        )
        picker.picked.connect(self._delete)
        self.page.cover(picker)

    def _delete(self, saved: SavedFilter) -> None:
        ctx = self.page.office.ctx
        said = tr(N_("“{name}” süzgeci silindi.")).format(name=saved.name)
        self._kept(lambda: applications.delete_filter(ctx, saved.id), said)

    def _kept(self, op: Any, said: str) -> None:
        def done(_: object) -> None:
            self.page.said.emit(said, None)
            self.page.reload_choices()

        tasks.run(self.page, op, done, partial(self._not_made, None))

    # --- in

    def ask_new(self, sender: Sender | None = None, origin: Origin = ALONE) -> None:
        """Ctrl+N: a new application, through any channel."""
        from desk.ui.staff.basvurular_form import NewApplication

        choices = self.page.choices
        if choices is None:
            return
        if not origin.now_words:
            origin = replace(origin, now_words=date_and_time(self.page.office.ctx.now()))
        form = NewApplication(self.page.window(), self.page.office, choices, origin, sender)
        form.registered.connect(self._registered)
        self.page.cover(form)

    def ask_again(self) -> None:
        """Ctrl+Shift+N: for the sender of the chosen one; reading who that is, is logged."""
        detail, ctx = self.page.detail.detail, self.page.office.ctx
        if detail is None:
            self.page.hinted.emit(tr(N_("Önce göndereni alınacak başvuruyu seçiniz.")))
            return
        which = detail.id
        tasks.run(self.page, lambda: records.sender_of(ctx, which), self.ask_new, partial(self._not_made, None))

    def _registered(self, receipt: Receipt) -> None:
        words = tr(N_("{number} kaydedildi; takip kodu {code}."))
        self.page.said.emit(words.format(number=receipt.record_number, code=receipt.tracking_code), None)
        self.page.find(receipt.record_number)

    def ask_import(self) -> None:
        """Ctrl+I: what other systems export."""
        from desk.ui.staff.basvurular_import import ImportPanel

        panel = ImportPanel(self.page.window(), self.page.office)
        panel.taken.connect(lambda _: self.page.reload_soon())
        self.page.cover(panel)

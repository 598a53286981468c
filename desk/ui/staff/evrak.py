"""Evrak Kayıt: a petition comes over the desk, gets a number, and its receipt goes home with the citizen."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desk.actions import records
from desk.errors import N_, DeskError
from desk.events import Kind
from desk.i18n import translator
from desk.queue import reads
from desk.registry import applications
from desk.registry.deadlines import Due
from desk.registry.mrz import Identity
from desk.registry.scanning import ScanKind, read_scan
from desk.registry.types import DocumentKind, PetitionRequest, Receipt
from desk.text import date_and_time
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import evrak_work as work
from desk.ui.staff.evrak_actions import FormActions, RecordActions
from desk.ui.staff.evrak_checks import ChecksCard
from desk.ui.staff.evrak_form import PetitionForm
from desk.ui.staff.evrak_papers import RecordPapers
from desk.ui.staff.evrak_recent import RecentCard
from desk.ui.staff.evrak_work import Registered, Sent, Shown
from desk.ui.staff.page import Page
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.receipt_column import ReceiptColumn
from desk.ui.staff.receipt_preview import SlipPicture, draft_picture
from desk.ui.staff.record_panel import RecordPanel
from desk.ui.staff.side_by_side import Scroller, SideBySide
from desk.ui.widgets import Button, SearchField, Text, toasts

PREVIEW_MS = 150
"""The preview follows the typing after this pause."""

DOUBLE_SECONDS = 0.6
"""A key pressed again on the emptied form within this time was meant once."""


class EvrakPage(Page):
    """F2 always registers; F3, F4, Ctrl+P print; Ctrl+N, Ctrl+F, Ctrl+E, Alt+1…4."""

    title = N_("Evrak Kayıt")
    icon = "document-edit"
    shows = frozenset({Kind.PETITION_REGISTERED, Kind.SETTINGS_CHANGED, Kind.DAY_OPENED, Kind.DAY_CLOSED})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self._day: date | None = None
        self._due: dict[DocumentKind, Due] = {}
        self._ticket_number = ""
        self._next_number = ""
        self._sent_at = float("-inf")
        self._last: UUID | None = None
        self._build()
        self._lay_out()
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Evrak kayıt")), "title")
        self.subtitle = Text("", "body", "ink_2")
        self.search = SearchField(
            placeholder=tr(N_("Kayıt no, takip kodu ya da barkod")),
            brief=tr(N_("Kayıt no")),
            key="Ctrl+F",
            name=tr(N_("Kayıt ara")),
        )
        self.new_button = Button(tr(N_("Yeni kayıt")), icon="plus", key="Ctrl+N")
        self.form = PetitionForm()
        self.panel = RecordPanel()
        self.checks = ChecksCard()
        self.receipt = ReceiptColumn()
        self.form_actions = FormActions()
        self.record_actions = RecordActions()
        self.recent = RecentCard()
        self.papers = RecordPapers(self, self._record_at_hand, self._opened_or_last)
        self._preview_timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._header())
        whole = SideBySide(gap=12)
        whole.add(self._work(), stretch=4, least=978)
        whole.add(self.receipt, stretch=1, least=226)
        column.addWidget(whole, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Scroller(content))

    def _work(self) -> QWidget:
        """Form and checks, what can be done with them, and what was done before."""
        self.sheet, self.actions = QStackedWidget(), QStackedWidget()
        for stack, parts in (
            (self.sheet, (self.form, self.panel)),
            (self.actions, (self.form_actions, self.record_actions)),
        ):
            for part in parts:
                stack.addWidget(part)
        row = SideBySide(gap=12)
        row.add(self.sheet, stretch=7, least=760)
        row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.actions.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row.add(self.checks, stretch=2, least=206)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(row)
        column.addWidget(self.actions)
        column.addWidget(self.recent, 1)
        return box

    def _header(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 2)
        row.addWidget(self.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _wire(self) -> None:
        self.page_keys = PageKeys(self)
        for keys, slot in (
            ("F2", self.register),
            ("F3", self.papers.print_again),
            ("F4", self.with_deficiency),
            ("Ctrl+N", self.start_new),
            ("Ctrl+F", self._to_search),
            ("Ctrl+E", self._add_enclosure),
            ("Ctrl+P", self.papers.make_a4),
            ("Ctrl+5", self.papers.make_a5),
            ("Ctrl+K", self.papers.print_label),
            ("Ctrl+2", self.papers.print_second),
            ("Esc", self.close_record),
        ):
            self.page_keys.add(keys, slot)
        for place, button in enumerate(self.form.channel.buttons(), start=1):
            self.page_keys.add(f"Alt+{place}", button.click)
        self.page_keys.watch(self)
        self.form.changed.connect(self._form_changed)
        self._preview_timer.timeout.connect(self._draw_preview)
        self.form_actions.register.clicked.connect(self.register)
        self.form_actions.deficiency.clicked.connect(self.with_deficiency)
        self.record_actions.reprint.clicked.connect(self.papers.print_again)
        self.record_actions.deficiency.clicked.connect(self.with_deficiency)
        self.record_actions.pdf.clicked.connect(self.papers.make_a4)
        self.record_actions.label.clicked.connect(self.papers.print_label)
        self.record_actions.second.clicked.connect(self.papers.print_second)
        self.record_actions.close_button.clicked.connect(self.close_record)
        self.new_button.clicked.connect(self.start_new)
        self.receipt.last.clicked.connect(self.papers.print_again)
        self.search.chosen.connect(self._search)
        self.search.text_edited.connect(lambda _: self.search.set_error(""))
        self.panel.closed.connect(self.close_record)
        self.panel.wanted_again.connect(self._open_again)
        self.recent.opened.connect(self.open_id)
        self.office.staff_changed.connect(self._form_changed)

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("F2", tr(N_("Kaydeder ve alındı yazdırır"))),
            ("F3", tr(N_("Alındıyı yeniden yazdırır (açık ya da son kayıt)"))),
            ("F4", tr(N_("Eksiklik bildirimiyle kaydeder; kayıt açıkken bildirimi yazdırır"))),
            ("Ctrl+N", tr(N_("Yeni kayda başlar; form temizlenir"))),
            ("Ctrl+F", tr(N_("Kayıt arar"))),
            ("Ctrl+E", tr(N_("Ek ekler"))),
            ("Ctrl+P", tr(N_("A4 alındı belgesini hazırlar (açık, seçili ya da son kayıt)"))),
            ("Ctrl+5", tr(N_("A5 alındı belgesini hazırlar (açık, seçili ya da son kayıt)"))),
            ("Ctrl+K", tr(N_("Evraka yapıştırılacak kayıt kaşesini yazdırır (açık, seçili ya da son kayıt)"))),
            ("Ctrl+2", tr(N_("Alındının kurumda kalacak 2. nüshasını yazdırır (açık, seçili ya da son kayıt)"))),
            ("Alt+1…4", tr(N_("Geliş kanalını seçer"))),
            ("Enter", tr(N_("Sonraki alana geçer; listede kaydı açar"))),
            ("Esc", tr(N_("Açık kaydı kapatır"))),
        ]

    # --- load

    def load(self) -> None:
        ctx = self.office.ctx
        tasks.latest(self, "load", lambda: work.read(ctx), self._show)

    def _show(self, shown: Shown) -> None:
        self._day, self._next_number, self._due = shown.day, shown.next_number, shown.due
        self.form.set_choices(shown.units, shown.neighbourhoods, shown.known)
        self.recent.show_rows(shown.rows)
        self._show_subtitle()
        self.receipt.last.setEnabled(self._last is not None)
        self._form_changed()

    def _show_subtitle(self) -> None:
        moment = date_and_time(self.office.ctx.now())
        words = self._tr(N_("Yeni kayıt no: {number}")).format(number=self._next_number)
        parts = [words, moment]
        if self._ticket_number:
            parts.append(self._tr(N_("Sıra {number} ile")).format(number=self._ticket_number))
        self.subtitle.setText(" · ".join(parts))

    def enter(self) -> None:
        if self.panel.receipt is None:
            self.form.begin()
        else:
            self.panel.setFocus()

    # --- the form

    def _form_changed(self) -> None:
        if self.panel.receipt is not None or self._day is None:
            return
        request = self.form.request()
        missing = applications.missing_of(request.sender, request.subject, request.signature_present)
        empty = self.form.is_empty()
        self.checks.show_form(request.kind, missing, empty=empty)
        found = self._due[request.kind]
        self.checks.deadline.show_due(found.on, found.basis)
        self.form_actions.show_missing(() if empty else missing, empty=empty)
        self._show_subtitle()
        self._preview_timer.start()

    def _draw_preview(self) -> None:
        if self.panel.receipt is not None:
            return
        ctx, request = self.office.ctx, self.form.request()
        unit, neighbourhood = self.form.unit_name(), self.form.neighbourhood_name()
        tasks.latest(
            self,
            "preview",
            lambda: draft_picture(ctx, request, unit, neighbourhood),
            self._show_draft,
        )

    def _show_draft(self, picture: SlipPicture) -> None:
        """A record that was opened meanwhile keeps its own receipt beside it."""
        if self.panel.receipt is None:
            self.receipt.show_draft(picture)

    def register(self) -> None:
        """F2: register and print the receipt, whatever is missing."""
        self._register(deficiency=False)

    def with_deficiency(self) -> None:
        """F4: the same with the "Eksiklik bildirimi"; for an open record only the notice."""
        opened = self.panel.receipt
        if opened is None:
            self._register(deficiency=True)
        elif opened.missing:
            ctx = self.office.ctx
            sentence = self._tr(N_("{number} için eksiklik bildirimi yazdırılıyor.")).format(
                number=opened.record_number
            )
            self._do(lambda: records.print_deficiency(ctx, opened.application_id), sentence)
        else:
            self._say(self._tr(N_("Bu kaydın eksiği yok; bildirim gerekmez.")))

    def _register(self, *, deficiency: bool) -> None:
        if self.panel.receipt is not None:
            self._say(self._tr(N_("Yeni kayıt için önce açık kaydı kapatınız (Esc) ya da Ctrl+N’ye basınız.")))
            return
        if self.form.refuse():
            return
        request = self.form.request()
        if self.form.is_empty() and request.ticket_id is None:
            if time.monotonic() - self._sent_at > DOUBLE_SECONDS:
                self.hinted.emit(self._tr(N_("Form boş; kaydedilecek bir şey yazılmadı.")))
            self.form.begin()
            return
        missing = applications.missing_of(request.sender, request.subject, request.signature_present)
        self._send(Sent(request, deficiency and bool(missing), self._ticket_number))
        self._ticket_number, self._sent_at = "", time.monotonic()
        self.form.clear()  # the next document can be typed while the database works
        self.form.begin()

    def _send(self, sent: Sent) -> None:
        ctx = self.office.ctx
        tasks.run(
            self,
            lambda: work.register(ctx, sent.request, sent.notice),
            partial(self._registered, sent),
            partial(self._not_registered, sent),
            on_end=lambda: None if sent.answered else self._bring_back(sent, ""),
        )

    def _registered(self, sent: Sent, done: Registered) -> None:
        sent.answered = True
        self._last = done.receipt.application_id
        self.receipt.last.setEnabled(True)
        if not done.has_paper:
            words = N_("{number} kaydedildi. Fiş yazıcısı tanımlı değil; Ctrl+P ile A4 alındı hazırlayabilirsiniz.")
        elif done.receipt.missing:
            words = N_("{number} kaydedildi, alındı yazdırılıyor. Eksikler alındıda yazıyor.")
        else:
            words = N_("{number} kaydedildi, alındı yazdırılıyor.")
        self._say(self._tr(words).format(number=done.receipt.record_number))
        self.reload_soon()

    def _not_registered(self, sent: Sent, error: DeskError) -> None:
        sent.answered = True
        self._bring_back(sent, error.text(self._tr))

    def _bring_back(self, sent: Sent, reason: str) -> None:
        """Nothing was recorded: the document comes back when the form is free, else behind "Yeniden dene"."""
        if self.panel.receipt is None and self.form.is_empty() and self.form.request().ticket_id is None:
            self._ticket_number = sent.ticket_number
            self.form.show_request(sent.request)
            if reason:
                self.failed.emit(reason)
            return
        again = partial(self._send, Sent(sent.request, sent.notice, sent.ticket_number))
        sentence = self._tr(N_("Önceki evrak kaydedilemedi. {reason}")).format(reason=reason).strip()
        toasts(self).error(sentence, action=self._tr(N_("Yeniden dene")), on_action=again)

    def start_new(self) -> None:
        """Ctrl+N: an empty form; what stood in it can be taken back."""
        self._leave_record()
        before = None if self.form.is_empty() else self.form.request()
        self._ticket_number = ""
        self.form.clear()
        self.form.begin()
        self._show_subtitle()
        if before is not None:
            self.said.emit(self._tr(N_("Form temizlendi.")), lambda: self._take_back(before))

    def _take_back(self, request: PetitionRequest) -> None:
        self._leave_record()
        self.form.show_request(request)
        self.form.begin()

    def _add_enclosure(self) -> None:
        if self.panel.receipt is None:
            self.form.enclosures.open_line()

    def open_for_ticket(self, ticket_id: UUID) -> None:
        """From Banko: the petition of the visitor who is being served."""
        self.start_new()
        self.form.clear(ticket_id)
        ctx = self.office.ctx
        tasks.read(self, lambda: ctx.read(reads.ticket, ticket_id), lambda ticket: self._name_ticket(ticket.number))

    def _name_ticket(self, number: str) -> None:
        self._ticket_number = number
        self._show_subtitle()

    # --- an open record

    def open_scan(self, code: str) -> bool:
        """A record's code opens it; identity documents and posted letters fill the form. Nothing registers itself."""
        scan = read_scan(code)
        if scan.identity is not None:
            self._take_identity(scan.identity)
        elif scan.kind is ScanKind.POSTAL:
            self._take_barcode(scan.code)
        elif scan.kind is ScanKind.RECORD:
            ctx = self.office.ctx
            tasks.run(self, lambda: work.opened(ctx, code), self._show_record, self._failed)
        else:
            return False
        return True

    def _take_identity(self, identity: Identity) -> None:
        if self.panel.receipt is not None:
            self.hinted.emit(self._tr(N_("Kimlik bilgisi yeni kayda yazılır; önce açık kaydı kapatınız (Esc).")))
            return
        before = self.form.request()
        self.form.take_identity(identity)
        self.said.emit(self._tr(N_("Kimlik okundu; adı denetleyiniz.")), lambda: self._take_back(before))

    def _take_barcode(self, code: str) -> None:
        if self.panel.receipt is not None:
            self.hinted.emit(self._tr(N_("Posta barkodu yeni kayda yazılır; önce açık kaydı kapatınız (Esc).")))
        elif self.form.take_barcode(code):
            self._say(self._tr(N_("PTT barkodu yazıldı: {code}")).format(code=code))
        else:
            self.hinted.emit(self._tr(N_("Posta barkodu için geliş kanalını PTT seçiniz (Alt+3).")))

    def open_id(self, application_id: UUID) -> None:
        ctx = self.office.ctx
        tasks.run(self, lambda: work.opened(ctx, application_id), self._show_record, self._failed)

    def _open_again(self) -> None:
        if self.panel.receipt is not None:
            self.open_id(self.panel.receipt.application_id)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def _search(self) -> None:
        code, ctx = self.search.text().strip(), self.office.ctx
        if code:
            tasks.run(self, lambda: work.opened(ctx, code), self._show_record, self._not_found)

    def _not_found(self, error: DeskError) -> None:
        self.search.set_error(error.text(self._tr))
        self._to_search()

    def _show_record(self, opened: tuple[Receipt, SlipPicture | None]) -> None:
        receipt, picture = opened
        self.search.clear()
        self.sheet.setCurrentWidget(self.panel)
        self.receipt.last.hide()
        self.actions.setCurrentWidget(self.record_actions)
        self.panel.show_record(receipt)
        self.record_actions.deficiency.setEnabled(bool(receipt.missing))
        self.checks.show_form(receipt.kind, receipt.missing)
        self.checks.deadline.show_due(receipt.due_on, receipt.due_basis)
        self.receipt.show_printed(picture)

    def close_record(self) -> None:
        """Esc: back to the form, as it was; with no record open, the line of an enclosure closes."""
        if self.panel.receipt is not None:
            self._leave_record()
            self.form.begin()
        elif self.form.enclosures.line.isVisible():
            self.form.enclosures.close_line()

    def _leave_record(self) -> None:
        if self.panel.receipt is None:
            return
        self.panel.forget()
        self.sheet.setCurrentWidget(self.form)
        self.receipt.last.show()
        self.actions.setCurrentWidget(self.form_actions)
        self._form_changed()

    def _opened_or_last(self) -> UUID | None:
        opened = self.panel.receipt
        return opened.application_id if opened else self._last

    def _record_at_hand(self) -> UUID | None:
        if self.panel.receipt is not None:
            return self.panel.receipt.application_id
        row = self.recent.table.chosen() if self.recent.table.hasFocus() else None
        return row.id if row is not None else self._last

    # --- say

    def _do(self, op, sentence: str) -> None:
        tasks.run(self, op, lambda _: self._say(sentence), self._failed)

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence, None)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))

"""Evrak Kayıt: a petition comes over the desk, gets a number, and its receipt goes home with the citizen."""

from __future__ import annotations

import time
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desk.actions import records
from desk.errors import N_, DeskError
from desk.events import Kind
from desk.i18n import translator
from desk.queue import reads
from desk.registry import drafting
from desk.registry.application_types import ApplicationRequest
from desk.registry.channels import FieldError
from desk.registry.deadlines import Due
from desk.registry.files import Taken
from desk.registry.types import DocumentKind
from desk.text import date_and_time
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import evrak_work as work
from desk.ui.staff.duplicate_strip import DuplicateStrip
from desk.ui.staff.evrak_actions import FormActions, RecordActions
from desk.ui.staff.evrak_checks import ChecksCard
from desk.ui.staff.evrak_files import RecordFiles
from desk.ui.staff.evrak_form import PetitionForm
from desk.ui.staff.evrak_keys import key_lines, page_keys
from desk.ui.staff.evrak_papers import RecordPapers
from desk.ui.staff.evrak_recent import RecentCard
from desk.ui.staff.evrak_repeat import Repeats
from desk.ui.staff.evrak_room import Room
from desk.ui.staff.evrak_scans import FormScans
from desk.ui.staff.evrak_work import Further, Opened, Registered, Sent, Shown
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.receipt_column import ReceiptColumn
from desk.ui.staff.receipt_preview import SlipPicture, draft_picture, is_target
from desk.ui.staff.record_panel import RecordPanel
from desk.ui.staff.side_by_side import WrappingStack
from desk.ui.widgets import Button, SearchField, Text, toasts

PREVIEW_MS = 150
"""The preview follows the typing after this pause."""

DOUBLE_SECONDS = 0.6
"""A key pressed again on the emptied form within this time was meant once."""


class EvrakPage(Page):
    """F2 always registers; F3, F4, Ctrl+P print; Ctrl+N, Ctrl+F, Ctrl+E, Ctrl+D, Alt+1…6, Alt+T."""

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
        self._room = Room(self)
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
        self.duplicates = DuplicateStrip()
        self.form_actions = FormActions()
        self.record_actions = RecordActions()
        self.sheet = WrappingStack(self.form, self.panel)
        self.actions = WrappingStack(self.form_actions, self.record_actions)
        self.recent = RecentCard()
        self.papers = RecordPapers(self, self._record_at_hand, self.opened_or_last)
        self.repeats = Repeats(self)
        self.files = RecordFiles(self)
        self.scans = FormScans(self)
        self._preview_timer = QTimer(self, singleShot=True, interval=PREVIEW_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room.arrange()

    def look_changed(self) -> None:
        self._room.arrange()

    def _wire(self) -> None:
        self.page_keys = page_keys(self)
        self.form.changed.connect(self._form_changed)
        self._preview_timer.timeout.connect(self._draw_preview)
        self.form_actions.register.clicked.connect(self.register)
        self.form_actions.deficiency.clicked.connect(self.with_deficiency)
        self.form_actions.again.clicked.connect(self.register_and_keep_sender)
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
        self.recent.opened.connect(self.open_record)
        self.office.staff_changed.connect(self._form_changed)

    def keys(self) -> list[tuple[str, str]]:
        return key_lines()

    # --- load

    def load(self) -> None:
        ctx = self.office.ctx
        tasks.latest(self, "load", lambda: work.read(ctx), self._show)

    def _show(self, shown: Shown) -> None:
        self._day, self._next_number, self._due = shown.day, shown.next_number, shown.due
        self.form.now_words = date_and_time(self.office.ctx.now())
        self.form.set_choices(shown.units, shown.neighbourhoods, shown.known)
        self.recent.show_rows(shown.rows)
        self.show_subtitle()
        self.receipt.last.setEnabled(self._last is not None)
        self._form_changed()
        if self.receipt.paper.image() is None:  # no pause before the first one
            self._draw_preview()

    def show_subtitle(self) -> None:
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
        missing = drafting.missing_in(request)
        empty = self.form.is_empty()
        self.form.now_words = date_and_time(self.office.ctx.now())
        self.checks.show_form(request.document, missing, empty=empty)
        found = self._due[request.document]
        self.checks.deadline.show_due(found.on, found.basis, target=is_target(request.document))
        asked = request.document in drafting.LAW_ASKS
        self.form_actions.show_missing(() if empty else missing, empty=empty, asked=asked)
        self.show_subtitle()
        self._preview_timer.start()
        self.repeats.look_soon()

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

    def register_and_keep_sender(self) -> None:
        """Shift+F2: the same, and the next document of this sender is begun (a muhtar brings many)."""
        self._register(deficiency=False, keep_sender=True)

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
            op = partial(records.print_deficiency, ctx, opened.application_id)
            tasks.run(self, op, lambda _: self._say(sentence), self._failed)
        else:
            self._say(self._tr(N_("Bu kaydın eksiği yok; bildirim gerekmez.")))

    def _register(self, *, deficiency: bool, keep_sender: bool = False) -> None:
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
        joined = self.duplicates.joined
        further = Further(
            notice=deficiency and bool(drafting.missing_in(request)),
            join_to=joined.id if joined is not None else None,
            files=self.form.enclosures.files(),
        )
        self._send(Sent(request, further, self._ticket_number))
        self._ticket_number, self._sent_at = "", time.monotonic()
        if keep_sender:
            self.form.clear_but_sender(self.repeats.sender_in(request))
        else:
            self.form.clear()  # the next document can be typed while the database works
        self.duplicates.clear()
        self.form.begin()

    def _send(self, sent: Sent) -> None:
        ctx = self.office.ctx
        tasks.run(
            self,
            lambda: work.register(ctx, sent.request, sent.further),
            partial(self._registered, sent),
            partial(self._not_registered, sent),
            on_end=lambda: None if sent.answered else self._bring_back(sent, ""),
        )

    def _registered(self, sent: Sent, done: Registered) -> None:
        sent.answered = True
        self._last = done.receipt.application_id
        self.receipt.last.setEnabled(True)
        self.repeats.registered(sent.request, done.receipt)
        if sent.further.join_to is not None:
            words = N_("{number} kaydedildi ve birleştirildi.")
        elif not done.has_paper:
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
        if isinstance(error, FieldError):
            self.form.refuse_field(error.field, error.text(self._tr))

    def _bring_back(self, sent: Sent, reason: str) -> None:
        """Nothing was recorded: the document comes back when the form is free, else behind "Yeniden dene"."""
        if self.panel.receipt is None and self.form.is_empty() and self.form.request().ticket_id is None:
            self._ticket_number = sent.ticket_number
            self.form.show_request(sent.request)
            self.form.enclosures.add_files(sent.further.files)
            if reason:
                self.failed.emit(reason)
            return
        again = partial(self._send, Sent(sent.request, sent.further, sent.ticket_number))
        sentence = self._tr(N_("Önceki evrak kaydedilemedi. {reason}")).format(reason=reason).strip()
        toasts(self).error(sentence, action=self._tr(N_("Yeniden dene")), on_action=again)

    def start_new(self) -> None:
        """Ctrl+N: an empty form; what stood in it can be taken back."""
        self.leave_record()
        before = None if self.form.is_empty() else self.form.request()
        files = self.form.enclosures.files()
        self._ticket_number = ""
        self.form.clear()
        self.form.begin()
        self.show_subtitle()
        if before is not None:
            self.said.emit(self._tr(N_("Form temizlendi.")), lambda: self.take_back(before, files))

    def take_back(self, request: ApplicationRequest, files: tuple[Taken, ...] = ()) -> None:
        """Undo: what stood in the form stands there again."""
        self.leave_record()
        self.form.show_request(request)
        self.form.enclosures.add_files(files)
        self.form.begin()

    def open_kinds(self) -> None:
        if self.panel.receipt is None:
            self.form.kind.box.open()

    def add_enclosure(self) -> None:
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
        self.show_subtitle()

    # --- an open record

    def personal(self) -> tuple[QWidget, ...]:
        return self.sheet, self.receipt

    def open_scan(self, code: str) -> bool:
        """A record's code opens it; identity documents and posted letters fill the form. Nothing registers itself."""
        return self.scans.take(code)

    def open_record(self, which: UUID | str) -> None:
        """Of a row, or by its barcode, tracking code or number; the opening is logged."""
        ctx = self.office.ctx
        tasks.run(self, lambda: work.opened(ctx, which), self._show_record, self._failed)

    def _open_again(self) -> None:
        if self.panel.receipt is not None:
            self.open_record(self.panel.receipt.application_id)

    def to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.edit.selectAll()

    def _search(self) -> None:
        code, ctx = self.search.text().strip(), self.office.ctx
        if code:
            tasks.run(self, lambda: work.opened(ctx, code), self._show_record, self._not_found)

    def _not_found(self, error: DeskError) -> None:
        self.search.set_error(error.text(self._tr))
        self.to_search()

    def _show_record(self, opened: Opened) -> None:
        receipt = opened.receipt
        self.duplicates.hide()
        self.search.clear()
        self.sheet.setCurrentWidget(self.panel)
        self.receipt.last.hide()
        self.actions.setCurrentWidget(self.record_actions)
        self.panel.show_record(receipt, opened.files)
        self.recent.set_alone(True)
        self.record_actions.deficiency.setEnabled(bool(receipt.missing))
        self.checks.show_form(receipt.kind, receipt.missing)
        self.checks.deadline.show_due(receipt.due_on, receipt.due_basis, target=receipt.due_is_target)
        self.receipt.show_printed(opened.picture)

    def close_record(self) -> None:
        """Esc: back to the form, as it was; with no record open, the line of an enclosure closes."""
        if self.panel.receipt is not None:
            self.leave_record()
            self.form.begin()
        elif self.form.enclosures.line.isVisible():
            self.form.enclosures.close_line()

    def leave_record(self) -> None:
        if self.panel.receipt is None:
            return
        self.panel.forget()
        self.recent.set_alone(False)
        self.sheet.setCurrentWidget(self.form)
        self.receipt.last.show()
        self.actions.setCurrentWidget(self.form_actions)
        self._form_changed()

    def opened_or_last(self) -> UUID | None:
        opened = self.panel.receipt
        return opened.application_id if opened else self._last

    def _record_at_hand(self) -> UUID | None:
        if self.panel.receipt is not None:
            return self.panel.receipt.application_id
        row = self.recent.table.chosen() if self.recent.table.hasFocus() else None
        return row.id if row is not None else self._last

    def cover(self, overlay: Overlay) -> None:
        """Over the window; a page that stands alone opens it by itself."""
        show = getattr(self.window(), "show_overlay", None)
        show(overlay) if show is not None else overlay.open()

    # --- say

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence, None)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))

"""A new application, through any channel: what it is about, who asks, and what it may be a repetition of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions import attachments
from desk.actions.attachments import LookedInto
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import ApplicationRequest, PossibleDuplicate, Proposal, Sender
from desk.registry.channels import FieldError
from desk.registry.types import Channel, DocumentKind, Receipt
from desk.text import clean
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_entry import ALONE, ApplicationEntry, Origin
from desk.ui.staff.dropped_files import FileDrops, ask_for_files
from desk.ui.staff.duplicate_strip import DuplicateStrip, as_options
from desk.ui.staff.enclosures import SCANS_MOST
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.staff.picker import Picker
from desk.ui.staff.side_by_side import Scroller
from desk.ui.theme import look_of
from desk.ui.widgets import Button, Text, Toggle

LOOK_MS = 250
"""After this pause in typing subjects are proposed and duplicates looked for."""

AREA_MOST, AREA_LEAST = 720, 160
"""Pixels of the form's height, the first at text scale 1: what does not fit is scrolled."""

tr = translator()


class FormArea(Scroller):
    """Wants the same height whatever is unfolded in it (the panel does not jump), and gives way to all that is below
    it: the possible duplicate, the sentence of a refusal, the keys."""

    def __init__(self, entry: ApplicationEntry) -> None:
        super().__init__(entry)
        self.setMinimumHeight(AREA_LEAST)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(AREA_MOST * look_of(self).text_scale))

    def look_changed(self) -> None:
        super().look_changed()  # the look of the bar
        self.updateGeometry()


class NewApplication(Overlay):
    """F2 (or Ctrl+Enter) registers: ``registered(Receipt)``. Nothing typed goes away when it is refused.

    Shift+F2 registers and begins the next one of the same sender; Alt+M joins a possible duplicate; Ctrl+D, or a file
    dropped on it, attaches a scan.
    """

    registered = Signal(object)

    def __init__(
        self,
        window: QWidget,
        office: Office,
        choices: work.Choices,
        origin: Origin = ALONE,
        sender: Sender | None = None,
    ) -> None:
        super().__init__(window, tr(N_("Yeni başvuru")), width=980)
        self._office, self._busy = office, False
        self.entry = ApplicationEntry(choices, origin)
        self._build()
        self._lay_out(origin)
        self._wire()
        self.entry.begin(sender)
        self._paper_chosen()

    # --- build

    def _build(self) -> None:
        self.duplicates = DuplicateStrip()
        self.paper = Toggle(tr(N_("Alındı yazdır")))
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.register = Button(tr(N_("Kaydet")), icon="check", key="F2", kind="primary")
        self.again = Button(
            tr(N_("Kaydet, göndereni koru")), icon="person", key="Shift+F2",
            name=tr(N_("Kaydet ve aynı gönderenle yeni başvuruya başla")),
        )  # fmt: skip
        self.give_up = Button(tr(N_("Vazgeç")), key="Esc")
        # names that the page and its tests know
        entry = self.entry
        self.channel, self.subject, self.fields = entry.channel, entry.subject, entry.fields

    def _lay_out(self, origin: Origin) -> None:
        if origin.words:
            self.body.addWidget(Text(origin.words, "body", "ink_2", wrap=True))
        self._area = FormArea(self.entry)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.duplicates)
        self.body.addWidget(self.trouble)
        self.trouble.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.paper)
        row.addStretch(1)
        for part in (self.give_up, self.again, self.register):
            row.addWidget(part)
        self.body.addLayout(row)

    def _wire(self) -> None:
        self._look_soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._look_soon.timeout.connect(self._look)
        self._place_soon = QTimer(self, singleShot=True, interval=0)
        self._place_soon.timeout.connect(self._place)
        self.panel.installEventFilter(self)
        self.entry.matter_changed.connect(self._look_soon.start)
        self.entry.paper_changed.connect(self._paper_chosen)
        self.entry.enclosures.scan.clicked.connect(self.ask_files)
        self.duplicates.changed.connect(self._show_join)
        self.duplicates.choice_asked.connect(self._ask_which)
        self.give_up.clicked.connect(self.dismiss)
        self.register.clicked.connect(self.submit)
        self.again.clicked.connect(self.submit_and_keep_sender)
        self.drops = FileDrops(self, lambda: tr(N_("Bırakınız: bu başvuruya eklenir")), self.take_files)
        self._add_keys()

    def first_focus(self) -> QWidget | None:
        return self.entry.subject.edit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The strip and the keys know their height only when a changed text size has reached them: then again."""
        if watched is self.panel and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place_soon.start()
        return super().eventFilter(watched, event)

    # --- react

    def request(self) -> ApplicationRequest:
        return self.entry.request()

    def _paper_chosen(self) -> None:
        """A paper that is handed over, or a talk across the desk, gets its receipt; a call does not."""
        document, channel = self.entry.document.value(), self.entry.channel.value()
        self.paper.setChecked(document is not DocumentKind.NONE or channel is Channel.IN_PERSON)
        self._look_soon.start()

    def _look(self) -> None:
        """Subjects that the words propose, and records that may be the same matter."""
        ctx, words, request = self._office.ctx, clean(self.entry.subject.text()), self.request()
        if not self.entry.subject_code:
            tasks.latest(
                self, "subjects", lambda: work.proposals(ctx, words), self.entry.propose, self._quiet
            )  # fmt: skip
        tasks.latest(self, "twice", lambda: work.possible_duplicates(ctx, request), self._show_found, self._quiet)

    def _quiet(self, error: DeskError) -> None:
        """Looking failed: the sentence stands in the form, and registering is possible all the same."""
        self._say(error.text(tr))

    def _show_found(self, found: Sequence[PossibleDuplicate]) -> None:
        self.duplicates.show_found(found)

    def _ask_which(self, found: tuple[PossibleDuplicate, ...]) -> None:
        picker = Picker(self.window(), tr(N_("Hangi kayıtla birleştirilecek?")), as_options(found))
        picker.picked.connect(self.duplicates.choose)
        picker.open()

    def _show_join(self) -> None:
        one = self.duplicates.joined
        words = tr(N_("Kaydet ve {number} ile birleştir")).format(number=one.record_number) if one else ""
        self.register.set_label(words or tr(N_("Kaydet")))

    def take(self, one: Proposal) -> None:
        """A subject of the table."""
        self.entry.take(one)

    # --- scans

    def ask_files(self) -> None:
        """Ctrl+D: choose files."""
        paths = ask_for_files(self)
        if paths:
            self.take_files(paths)

    def take_files(self, paths: tuple) -> None:  # type: ignore[type-arg]
        ctx = self._office.ctx
        tasks.read(self, lambda: attachments.look_into(ctx, paths), self._looked, self._quiet)

    def _looked(self, found: LookedInto) -> None:
        left = self.entry.enclosures.add_files(found.files)
        said = [error.text(tr) for error in found.refused]
        if left:
            words = tr(N_("Kayıttan önce en çok {most} belge eklenebilir; kalan {left} belgeyi kayda sonra ekleyiniz."))
            said.append(words.format(most=SCANS_MOST, left=left))
        self._say(" ".join(said))

    # --- register

    def submit(self) -> None:
        """F2."""
        self._submit(keep_sender=False)

    def submit_and_keep_sender(self) -> None:
        """Shift+F2: a muhtar brings many."""
        self._submit(keep_sender=True)

    def _submit(self, *, keep_sender: bool) -> None:
        if self._busy or self.entry.refuse():
            return
        self._set_busy(True)
        self._say("")
        ctx, request, joined = self._office.ctx, self.request(), self.duplicates.joined
        further = work.Further(
            receipt=self.paper.isChecked(),
            join_to=joined.id if joined is not None else None,
            files=self.entry.enclosures.files(),
        )
        tasks.run(
            self,
            lambda: work.register(ctx, request, further),
            partial(self._registered, request, keep_sender),
            self._refused,
            on_end=lambda: self._set_busy(False),
        )

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self.register, self.again):
            button.setEnabled(not busy)

    def _registered(self, request: ApplicationRequest, keep_sender: bool, receipt: Receipt) -> None:
        if not keep_sender:
            self.dismiss()
            self.registered.emit(receipt)
            return
        sender = Sender(
            receipt.application_id, receipt.record_number, request.sender_kind, request.persons, request.channel,
            request.document, request.sender,
        )  # fmt: skip
        self.registered.emit(receipt)
        self.duplicates.clear()
        self.entry.begin(sender)
        self._paper_chosen()
        said = tr(N_("{number} kaydedildi. Aynı gönderenle yeni başvuru."))
        self.title.setText(said.format(number=receipt.record_number))
        self.entry.subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        sentence = error.text(tr)
        if not (isinstance(error, FieldError) and self.entry.fields.refuse(error.field, sentence)):
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    # --- keys

    def _add_keys(self) -> None:
        keys = PanelKeys(
            self,
            {
                "F2": self.submit,
                "Ctrl+Return": self.submit,
                "Ctrl+Enter": self.submit,
                "Shift+F2": self.submit_and_keep_sender,
                "Alt+M": self.duplicates.press,
                "Ctrl+D": self.ask_files,
                "Ctrl+E": self.entry.enclosures.open_line,
            },
        )
        self.entry.fields.built.connect(lambda: keys.watch(self.entry.fields))

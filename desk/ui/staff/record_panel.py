"""A registered document, opened on purpose: everything its receipt says, for reading only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import StoredFile
from desk.registry.due_words import basis_words
from desk.registry.types import CHANNEL_NAMES, DOCUMENT_NAMES, MISSING_NAMES, Receipt, applicant_label
from desk.text import WEEKDAYS, date_and_time, short_date
from desk.ui.staff.enclosures import summary
from desk.ui.staff.file_row import FileRow
from desk.ui.staff.side_by_side import Scroller, below_each_other
from desk.ui.widgets import Button, Card, Pill, StatusPill, Text

IDLE_MS = 30_000
"""Nobody touched keyboard or mouse for this long: the name and address hide again."""

UNBROKEN_MOST = 24
_AWAKE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class RecordPanel(Card):
    """``show_record(receipt)``; hides what is personal after 30 s without a key or the mouse.

    ``closed`` (Esc, the cross), ``wanted_again`` (the clerk asks for the hidden details: open the record anew, so that
    this access is logged too).
    """

    shown = Signal()  # a record has come to stand in it
    closed = Signal()
    wanted_again = Signal()
    same_sender = Signal()  # "aynı gönderenle yeni kayıt"
    file_asked = Signal(object)  # id of a scan that is to be opened
    add_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tone="surface", parent=parent)
        self._tr = translator()
        self.receipt: Receipt | None = None
        self._values: list[QWidget] = []
        self._build()
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.hide_details)

    def _build(self) -> None:
        tr = self._tr
        self._number = Text("", "title")
        self._state = StatusPill(Pill("–"))
        self.show_again = Button(tr(N_("Ayrıntıları göster")), icon="eye", compact=True)
        self.again = Button(tr(N_("Aynı gönderen")), icon="person", key="Ctrl+Shift+N", compact=True,
                            name=tr(N_("Aynı gönderenle yeni kayıt")))  # fmt: skip
        self.scans = FileRow()
        self.close_button = Button(icon="cross", kind="ghost", compact=True, name=tr(N_("Kaydı kapat")))
        top = QHBoxLayout()
        top.setSpacing(12)
        for part in (self._number, self._state):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.show_again)
        top.addWidget(self.again)
        top.addWidget(self.close_button)
        content = QWidget()
        column = below_each_other(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        lines = QWidget()
        column.addWidget(lines)
        column.addWidget(self.scans)
        column.addStretch(1)
        self._grid = QGridLayout(lines)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(1, 1)
        lower = QVBoxLayout()
        lower.addWidget(Scroller(content), 1)
        self.body.addLayout(top)
        self.body.addLayout(lower, 1)
        self.close_button.clicked.connect(self.closed)
        self.show_again.clicked.connect(self.wanted_again)
        self.again.clicked.connect(self.same_sender)
        self.scans.opened.connect(self.file_asked)
        self.scans.add.clicked.connect(self.add_asked)

    # --- show

    def show_record(self, receipt: Receipt, files: Sequence[StoredFile] = ()) -> None:
        self.receipt = receipt
        self.scans.show_files(files)
        self._fill(hidden=False)
        self._idle.start()
        QApplication.instance().installEventFilter(self)  # a key or the mouse anywhere keeps it open
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def forget(self) -> None:
        """Nothing of the record stays in the widget."""
        self.receipt = None
        self.scans.show_files(())
        self._idle.stop()
        QApplication.instance().removeEventFilter(self)
        self._clear()
        self._number.setText("")

    def hide_details(self) -> None:
        """Name and address out of sight, without closing the record."""
        if self.receipt is not None:
            self._fill(hidden=True)

    def _fill(self, *, hidden: bool) -> None:
        receipt, tr = self.receipt, self._tr
        if receipt is None:
            return
        self._number.setText(receipt.record_number)
        lacks = ", ".join(tr(MISSING_NAMES[one]) for one in receipt.missing)
        if lacks:
            self._state.set_pill(Pill(tr(N_("Eksik: {names}")).format(names=lacks), "warning", "amber"))
        else:
            self._state.set_pill(Pill(tr(N_("Eksiği yok")), "check", "tint"))
        self.show_again.setVisible(hidden)
        self.scans.set_hidden(hidden)
        self._clear()
        for line, (label, value) in enumerate(_lines(receipt, hidden)):
            name, words = Text(label, "hint", "ink_2"), Text(breakable(value), "table", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(name, line, 0, top)
            self._grid.addWidget(words, line, 1, top)
            self._values += [name, words]
        self._grid.setRowStretch(len(_lines(receipt, hidden)), 1)

    def _clear(self) -> None:
        for part in self._values:
            part.hide()
            part.deleteLater()
        self._values.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page came to the front: whoever comes back may stand before another citizen."""
        super().hideEvent(event)
        self.hide_details()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AWAKE and self._idle.isActive():
            self._idle.start()
        return False


def _lines(receipt: Receipt, hidden: bool) -> list[tuple[str, str]]:
    tr = translator()
    due = f"{short_date(receipt.due_on)} {WEEKDAYS[receipt.due_on.weekday()]} · {basis_words(receipt.due_basis, tr)}"
    none = "–"
    enclosures = ", ".join(f"{one.name or one.kind} ({one.pages})" for one in receipt.enclosures)
    applicant = receipt.applicant_masked if hidden else receipt.applicant
    return [
        (tr(applicant_label(receipt.kind, receipt.sender_kind)), applicant or none),
        (tr(N_("Adres")), ("•••" if hidden and receipt.address else receipt.address) or none),
        *([(tr(N_("İhale")), receipt.tender)] if receipt.tender else []),
        (tr(N_("Konu")), receipt.subject or none),
        (tr(N_("İlgili birim")), receipt.unit or none),
        (tr(N_("Ekler")), f"{summary(receipt.enclosures)}: {enclosures}" if enclosures else none),
        (tr(N_("Son cevap tarihi")), due),
        (tr(N_("Tür ve kanal")), f"{tr(DOCUMENT_NAMES[receipt.kind])} · {tr(CHANNEL_NAMES[receipt.channel])}"),
        (tr(N_("Kayıt")), f"{date_and_time(receipt.received_at)} · {receipt.registered_by}"),
        (tr(N_("Takip kodu")), receipt.tracking_code),
    ]


def breakable(words: str) -> str:
    """``words`` with places to break in words that no line could hold."""
    return " ".join(
        "\u200b".join(word[at : at + UNBROKEN_MOST] for at in range(0, len(word), UNBROKEN_MOST))
        for word in words.split(" ")
    )

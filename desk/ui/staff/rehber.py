"""Rehber: what a service needs, to be read out in two seconds, printed, and counted as told.

Opened for what is chosen at Danışma it shows that line at once; typing in it searches the whole guide.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.actions.context import Context
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry import guide
from desk.registry.place_types import Guide
from desk.registry.site import search
from desk.registry.types import Destination
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, EmptyState, ListRow, SearchField, SectionLabel, Text

KEY, PRINT_KEY = "F11", "Shift+F11"
NOT_FOUND = (N_("Rehberde yok"), N_("Başka bir sözcükle arayınız."))
NO_LINES = (N_("Rehber henüz boş"), N_("Hizmetler ve gereken belgeler Ayarlar’ın Rehber sayfasında yazılır."))
SHOWN = 7
"""Lines found at once."""

tr = translator()


class GuideDetail(QWidget):
    """One line of the guide: its documents first, then time, fee and place."""

    def __init__(self) -> None:
        super().__init__()
        self.name = Text("", "heading", wrap=True)
        self.unit = Text("", "body", "ink_2", wrap=True)
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(8)
        self.lines.setVerticalSpacing(6)
        self.lines.setColumnStretch(1, 1)
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(6)
        self.facts.setColumnStretch(1, 1)
        self.note = Text("", "body", "amber_text", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(6)
        column.addWidget(self.name)
        column.addWidget(self.unit)
        column.addSpacing(6)
        column.addWidget(SectionLabel(tr(N_("Gerekli belgeler"))))
        column.addLayout(self.lines)
        column.addSpacing(8)
        column.addLayout(self.facts)
        column.addWidget(self.note)
        column.addStretch(1)

    def show_guide(self, told: Guide) -> None:
        self.name.setText(told.name)
        self.unit.setText(told.unit)
        self.unit.setVisible(bool(told.unit))
        _empty(self.lines)
        for place, line in enumerate(told.documents or (tr(N_("Belge gerekmez.")),), start=1):
            if told.documents:
                self.lines.addWidget(Text(f"{place}.", "table", "ink_2"), place, 0, Qt.AlignmentFlag.AlignTop)
            self.lines.addWidget(Text(line, "table", wrap=True), place, 1)
        _empty(self.facts)
        facts = ((N_("Süre"), told.duration), (N_("Ücret"), told.fee), (N_("Yer"), told.place))
        for row, (label, value) in enumerate((label, value) for label, value in facts if value):
            self.facts.addWidget(Text(tr(label), "label", "ink_2"), row, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(Text(value, "strong", wrap=True), row, 1)
        self.note.setText(told.note)
        self.note.setVisible(bool(told.note))


def _empty(layout: QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        part = item.widget()
        if part is not None:
            part.hide()
            part.deleteLater()


class GuideSheet(Overlay):
    """``told(destination, printed)`` when the visitor was told; ``counts`` False only looks things up."""

    told = Signal(object, bool)

    def __init__(
        self,
        window: QWidget,
        ctx: Context,
        known: Sequence[Destination],
        chosen: Destination | None = None,
        *,
        counts: bool = True,
    ) -> None:
        super().__init__(window, tr(N_("Rehber")), width=940)
        self._ctx, self._counts = ctx, counts
        self._known = tuple(one for one in known if one.guide)
        self._found: list[Destination] = []
        self._at = -1
        self._guide: Guide | None = None
        self.search = SearchField(
            placeholder=tr(N_("Hizmetin ilk harflerini yazınız")), name=tr(N_("Rehberde ara")), key=KEY
        )
        self.rows = [ListRow("", " ", icon="document") for _ in range(SHOWN)]
        title, words = NOT_FOUND if self._known else NO_LINES
        self.nothing = EmptyState("question", tr(title), tr(words))
        self.detail = GuideDetail()
        self._build()
        self._wire()
        self._show_found(self._known[:SHOWN] if chosen is None else self._beside(chosen))

    def _build(self) -> None:
        found = QVBoxLayout()
        found.setSpacing(2)
        for row in self.rows:
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.setProperty("keyboard", "↑ ↓")
            found.addWidget(row)
        found.addStretch(1)
        self._list = QWidget()
        self._list.setLayout(found)
        found.setContentsMargins(0, 0, 0, 0)
        self._list.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.area = Scroller(self.detail)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addWidget(self._list, 2)
        columns.addWidget(self.area, 3)
        self.body.addWidget(self.search)
        self.body.addWidget(self.nothing)
        self.body.addLayout(columns, 1)
        self.told_button = Button(tr(N_("Bilgi verildi")), icon="check", key="F4", kind="primary")
        self.print_button = Button(tr(N_("Belgeleri yazdır")), icon="printer", key="Shift+F4")
        close = Button(tr(N_("Kapat")), key="Esc", kind="ghost")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(self.print_button)
        row.addWidget(self.told_button)
        self.told_button.setVisible(self._counts)
        self.print_button.setVisible(self._counts)
        self.body.addLayout(row)

    def _wire(self) -> None:
        self.search.text_edited.connect(self._typed)
        self.search.moved.connect(self.move_by)
        self.search.chosen.connect(self._tell)
        self.told_button.clicked.connect(self._tell)
        self.print_button.clicked.connect(lambda: self._tell(printed=True))
        for place, row in enumerate(self.rows):
            row.clicked.connect(lambda _on=False, place=place: self._take(place))

    def _beside(self, chosen: Destination) -> tuple[Destination, ...]:
        """What was chosen, and then other services of its unit."""
        others = (one for one in self._known if one.unit_code == chosen.unit_code and one.guide != chosen.guide)
        return (chosen, *others)[:SHOWN]

    def _place(self) -> None:
        least = max(row.sizeHint().height() for row in self.rows) * SHOWN + 2 * SHOWN
        room = self.height() - 220 if self.isVisible() else least
        self.area.setFixedHeight(max(160, min(max(least, self.detail.sizeHint().height() + 8), room)))
        self._list.setMaximumHeight(self.area.height())
        super()._place()

    def first_focus(self) -> QWidget | None:
        return self.search.edit

    # --- find

    def _typed(self, words: str) -> None:
        self._show_found(search(words, self._known, SHOWN) if words.strip() else self._known[:SHOWN])

    def _show_found(self, found: Sequence[Destination]) -> None:
        self._found = list(found)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(found))
            if place < len(found):
                row.set_texts(found[place].name, found[place].detail)
        for part in (self._list, self.area):
            part.setVisible(bool(found))
        self.nothing.setVisible(not found)
        for button in (self.told_button, self.print_button):
            button.setEnabled(bool(found))
        self._guide = None
        self._take(0 if found else -1)

    def move_by(self, step: int) -> None:
        if self._found:
            self._take(max(0, min(self._at + step, len(self._found) - 1)))

    def _take(self, place: int) -> None:
        self._at = place
        for at, row in enumerate(self.rows):
            row.set_current(at == place)
        if place >= 0:
            ctx, code = self._ctx, self._found[place].guide
            tasks.latest(self, "entry", lambda: ctx.read(guide.entry, code), self._show_guide, self._lost)

    def _show_guide(self, told: Guide) -> None:
        self._guide = told
        self.detail.show_guide(told)
        self.area.verticalScrollBar().setValue(0)
        if self.isVisible():
            self._place()

    def _lost(self, error: DeskError) -> None:
        """The database is away, or the line was taken out just now."""
        self.detail.show_guide(Guide("", self._found[self._at].name, (), "", "", "", error.text(tr), ""))

    # --- tell

    def _tell(self, *, printed: bool = False) -> None:
        if not self._counts or not 0 <= self._at < len(self._found):
            return
        to = self._found[self._at]
        self.dismiss()
        self.told.emit(to, printed is True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_F4 and not event.isAutoRepeat():
            self._tell(printed=shift)
        elif key == Qt.Key.Key_F11 and not event.isAutoRepeat():
            self._tell(printed=True) if shift else self.dismiss()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.move_by(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
        event.accept()

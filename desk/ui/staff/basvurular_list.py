"""The left of Başvurular: which list, narrowed by what, and its rows as far as they have been read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import ListQuery, ListSize, WorkCounts, WorkRow
from desk.registry.types import CHANNEL_NAMES, Channel
from desk.text import number
from desk.ui.staff.basvurular_work import Choices, Shown
from desk.ui.staff.side_by_side import SideBySide, let_wrap
from desk.ui.tables.applications import WorkModel
from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets import (
    Button,
    Card,
    ChoiceBox,
    DataTable,
    ElidedText,
    EmptyState,
    FlowLayout,
    Option,
    SearchField,
    Segmented,
    Text,
    WholeRows,
)

OPEN, OVERDUE, AWAITING, UNTOLD, MINE, ALL = "open", "overdue", "awaiting", "untold", "mine", "all"

TABS = (
    (OPEN, N_("Açık")),
    (OVERDUE, N_("Süresi geçen")),
    (AWAITING, N_("Sonuç bekleyen")),
    (UNTOLD, N_("Bildirilecek")),
    (MINE, N_("Bana ait")),
    (ALL, N_("Tümü")),
)
LISTS: dict[str, dict[str, Any]] = {
    OPEN: {},
    OVERDUE: {"overdue_only": True},
    AWAITING: {"awaiting": True},
    UNTOLD: {"untold": True},
    MINE: {"mine": True},
    ALL: {"open_only": False},
}
"""What each list asks for beside the filters."""

NOTHING = {
    OPEN: N_("Açık başvuru yok"),
    OVERDUE: N_("Süresi geçen başvuru yok"),
    AWAITING: N_("Birimlerden sonuç beklenen başvuru yok"),
    UNTOLD: N_("Bildirilecek sonuç yok"),
    MINE: N_("Size ait başvuru yok"),
    ALL: N_("Henüz başvuru yok"),
}

tr = translator()


def list_of(query: ListQuery) -> str:
    """The list that a query belongs to."""
    for name in (OVERDUE, AWAITING, UNTOLD, MINE):
        if all(getattr(query, key) == value for key, value in LISTS[name].items()):
            return name
    return OPEN if query.open_only else ALL


def flowing(*parts: QWidget, gap: int) -> QWidget:
    """Parts in a row that wraps where the text is large."""
    box = QWidget()
    flow = FlowLayout(box, gap)
    for part in parts:
        flow.addWidget(part)
    policy = box.sizePolicy()
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box


class FilterRow(QWidget):
    """Search, unit, channel, neighbourhood, and the way to the other filters; ``changed`` when one of them did."""

    changed = Signal()
    searched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField(
            placeholder=tr(N_("Kayıt no, ad, telefon ya da konu")), key="Ctrl+F", name=tr(N_("Başvuru ara"))
        )
        every = tr(N_("tümü"))
        channels = [Option("", every), *(Option(one, tr(CHANNEL_NAMES[one])) for one in Channel)]
        self.unit = ChoiceBox([Option("", every)], value="", prefix=tr(N_("Birim")))
        self.channel = ChoiceBox(channels, value="", prefix=tr(N_("Kanal")))
        self.neighbourhood = ChoiceBox([Option("", every)], value="", prefix=tr(N_("Mahalle")))
        self.more = Button(tr(N_("Süzgeç")), icon="filter", key="Alt+S")
        self.saved = Button(tr(N_("Süzgeçlerim")), icon="document", key="Alt+K")
        both = SideBySide(gap=8)
        both.add(self.search, stretch=1, least=260)
        both.add(
            flowing(self.unit, self.channel, self.neighbourhood, self.more, self.saved, gap=8), stretch=0, least=740
        )
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(both)
        for box in (self.unit, self.channel, self.neighbourhood):
            box.setMaximumWidth(220)
            box.changed.connect(lambda _: self.changed.emit())
        self.search.text_edited.connect(lambda _: self.searched.emit())

    def set_choices(self, choices: Choices) -> None:
        every = Option("", tr(N_("tümü")))
        self.unit.set_options([every, *(Option(one.code, one.short_name) for one in choices.units)])
        self.neighbourhood.set_options([every, *(Option(one.code, one.name) for one in choices.neighbourhoods)])
        for box in (self.unit, self.neighbourhood):
            if box.value() is None:
                box.set_value("")

    def put_into(self, query: ListQuery) -> ListQuery:
        """``query`` with what is chosen here."""
        return replace(
            query,
            text=self.search.text(),
            unit_code=self.unit.value() or "",
            channel=self.channel.value() or None,
            neighbourhood_code=self.neighbourhood.value() or "",
        )

    def show_query(self, query: ListQuery, further: int) -> None:
        """The query's own values; ``further`` filters stand behind "Süzgeç"."""
        if self.search.text() != query.text:
            self.search.set_text(query.text)
        self.unit.set_value(query.unit_code)
        self.channel.set_value(query.channel or "")
        self.neighbourhood.set_value(query.neighbourhood_code)
        words = tr(N_("Süzgeç"))
        self.more.set_label(tr(N_("Süzgeç · {count}")).format(count=further) if further else words)


GAP = 8
"""Pixels between the tabs and the order."""

AHEAD = 300
"""Rows below the last one in sight that are wanted before it comes there: the wheel and PageDown meet no end."""


SCREEN = 40
"""Rows that fill a large screen."""


class WorkTable(DataTable):
    """Space marks a row for one cover list; ← and → stay with the page. ``seen``: other rows may be in sight now."""

    marked = Signal(object)
    seen = Signal()

    def __init__(self, model: WorkModel, *, name: str) -> None:
        super().__init__(model, name=name, two_line=True)
        self.verticalScrollBar().valueChanged.connect(self.look_ahead)
        self.verticalScrollBar().valueChanged.connect(self.seen)

    def look_ahead(self) -> None:
        """Ask for more rows while the end of those that are here is near."""
        last = self.rowAt(self.viewport().height() - 1)
        here = self.rows_model.rowCount()
        if last < 0 or here - last < AHEAD:
            self.rows_model.fetchMore(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.seen.emit()

    def rows_in_sight(self) -> tuple[int, int]:
        """The numbers, from 1, of the first and the last whole row that show."""
        line, top = self.verticalHeader().defaultSectionSize(), self.verticalScrollBar().value()
        first, below = -(-top // line), (top + self.viewport().height()) // line
        return first + 1, max(first + 1, min(self.rows_model.rowCount(), below))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and self.chosen() is not None:
            self.marked.emit(self.chosen())
            return
        super().keyPressEvent(event)


class WorkList(QWidget):
    """Tabs, the table, and below it how much of the list is here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = WorkModel()
        self.model.setParent(self)
        self.tabs = Segmented([Option(key, tr(name), note="") for key, name in TABS], kind="tabs", name=tr(N_("Liste")))
        self.order = Button(icon="sort", kind="ghost", name=tr(N_("Sıralama")))
        self.show_order(tr(N_("Kalan süre")))
        self.table = WorkTable(self.model, name=tr(N_("Başvurular")))
        self.nothing = EmptyState("folder", tr(NOTHING[OPEN]), framed=False)
        self.foot = Text("", "hint", "ink_2")
        self.bulk = Button(tr(N_("Toplu havale")), icon="arrow-right", key="Ctrl+H", compact=True)
        self.unmark = Button(tr(N_("İşaretleri kaldır")), kind="ghost", compact=True)
        words = tr(N_("↑ ↓ gezer · PgDn sonraki sayfa · Enter açar · Boşluk işaretler"))
        self.hint = ElidedText(words, "hint", "ink_2", align=ALIGN_RIGHT)
        self.hint.set_brief(tr(N_("PgDn sonraki sayfa · Enter açar")))
        self._all = ""  # how many the whole list has, as words
        self._stale = ""  # says that the list is not what it would be now
        self._lay_out()
        self.nothing.hide()
        self.show_marks()
        self.table.marked.connect(self._toggle)
        self.table.seen.connect(self._tell_place)
        self.unmark.clicked.connect(self._clear_marks)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        tabs = QHBoxLayout()
        tabs.setSpacing(GAP)
        tabs.addWidget(let_wrap(self.tabs), 1)
        tabs.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(tabs)
        card = Card()
        self._rows = WholeRows(self.table)
        card.body.addWidget(self._rows, 1)
        card.body.addWidget(self.nothing, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.foot)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.unmark)
        foot.addWidget(self.bulk)
        card.body.addLayout(foot)
        column.addWidget(card, 1)

    # --- show

    def show_order(self, words: str) -> None:
        """By what the list is sorted: written where there is room beside the tabs."""
        whole = tr(N_("Sıralama: {order}")).format(order=words)
        self._order_words = (whole, words, "")
        self.order.setToolTip(whole)
        self.order.setAccessibleDescription(whole)
        self._label_order()

    def _label_order(self) -> None:
        """As much of it as leaves the tabs their one line."""
        room = self.width() - self.tabs.sizeHint().width() - GAP
        for words in self._order_words:
            self.order.set_label(words)
            if self.order.sizeHint().width() <= room:
                break

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._label_order()

    def show_list(self, shown: Shown) -> None:
        """A list from its beginning; what was chosen stays chosen when it is still there."""
        chosen = self.table.chosen()
        key = chosen.id if chosen is not None else None
        scroll = self.table.verticalScrollBar().value()
        held = self.table.blockSignals(True)
        self.model.set_rows(shown.page.rows, more=bool(shown.page.next))
        place = self.model.find(key) if key is not None else -1
        if place >= 0:
            self.table.selectRow(place)
        self.table.blockSignals(held)
        self.table.verticalScrollBar().setValue(scroll)
        self._refresh_marks()
        self._stale = ""
        self.show_counts(shown.counts)
        self._show_foot(shown.size, shown.query)
        self.fill_the_screen()

    def append(self, rows: tuple[WorkRow, ...], more: bool, size: ListSize, query: ListQuery) -> None:
        self.model.append(rows, more=more)
        self._show_foot(size, query)
        if self.table.verticalScrollBar().value() > 0:
            self.table.look_ahead()
        else:
            self.fill_the_screen()

    def fill_the_screen(self) -> None:
        """Ask on while a first screen is not full: what is rare comes out of one stretch of records after the other."""
        if self.model.rowCount() < SCREEN:
            self.model.fetchMore(QModelIndex())

    def show_counts(self, counts: WorkCounts) -> None:
        for key, count in (
            (OPEN, counts.open),
            (OVERDUE, counts.overdue),
            (AWAITING, counts.awaiting),
            (UNTOLD, counts.untold),
            (MINE, counts.mine),
        ):
            self.tabs.set_note(key, number(count))
        self._label_order()

    def _show_foot(self, size: ListSize, query: ListQuery) -> None:
        here = self.model.rowCount()
        self._rows.setVisible(here > 0)
        self.nothing.setVisible(here == 0)
        if not here:
            self._show_nothing(query)
        if self.model.is_whole():
            self._all = number(here)
        else:
            more = size.more or size.count <= here
            self._all = f"{number(max(size.count, here))}+" if more else number(size.count)
        self._tell_place()

    def say_stale(self, words: str) -> None:
        """The list has changed and stands as it was read; until it is read again."""
        self._stale = words
        self._tell_place()

    def _tell_place(self) -> None:
        """ "12–20 / 1.234 kayıt": which rows are in sight, of how many."""
        if self._stale:
            self.foot.setText(self._stale)
            return
        here, (first, last) = self.model.rowCount(), self.table.rows_in_sight()
        if not here:
            self.foot.setText("")
        elif (first, last) == (1, here) and self.model.is_whole():
            self.foot.setText(tr(N_("{count} kayıt")).format(count=self._all))
        else:
            words = tr(N_("{first}–{last} / {all} kayıt"))
            self.foot.setText(words.format(first=number(first), last=number(last), all=self._all))

    def _show_nothing(self, query: ListQuery) -> None:
        narrowed = query != ListQuery(**LISTS[list_of(query)], order=query.order)
        if not self.model.is_whole():
            self.nothing.set_texts("search", tr(N_("Aranıyor…")), tr(N_("Yeniden eskiye bütün başvurulara bakılıyor.")))
        elif query.text:
            title = tr(N_("“{text}” bulunamadı")).format(text=query.text[:40])
            said = tr(N_("Kapanmış başvurular “Tümü” listesindedir. Esc aramayı temizler."))
            self.nothing.set_texts("search", title, said)
        elif narrowed:
            self.nothing.set_texts(
                "filter", tr(N_("Bu süzgece uyan başvuru yok")), tr(N_("Ctrl+R süzgeçleri kaldırır."))
            )
        else:
            self.nothing.set_texts("folder", tr(NOTHING[list_of(query)]), tr(N_("Ctrl+N yeni başvuru açar.")))

    # --- marks

    def marked_rows(self) -> tuple[WorkRow, ...]:
        return tuple(self.model.marked.values())

    def _toggle(self, row: WorkRow) -> None:
        self.model.toggle_mark(row)
        self.show_marks()

    def _clear_marks(self) -> None:
        self.model.clear_marks()
        self.show_marks()

    def _refresh_marks(self) -> None:
        """Marked rows as they are now: their version may have moved on."""
        for key in self.model.marked:
            place = self.model.find(key)
            if place >= 0:
                self.model.marked[key] = self.model.row_at(place)
        self.show_marks()

    def show_marks(self) -> None:
        count = len(self.model.marked)
        self.bulk.setVisible(count > 0)
        self.unmark.setVisible(count > 0)
        self.hint.setVisible(count == 0)
        self.bulk.set_label(tr(N_("{count} başvuruyu havale et")).format(count=count))


def further(query: ListQuery) -> int:
    """How many filters are set that stand behind "Süzgeç"."""
    period = (query.received_from, query.received_to) != (None, None)
    return sum(value is not None for value in (query.kind, query.state, query.urgency)) + int(period)


def summary(counts: WorkCounts, day: date) -> str:
    """The line below the page's name."""
    parts = [tr(N_("Açık {count}")).format(count=number(counts.open))]
    if counts.today:
        parts.append(tr(N_("{count} başvurunun son günü bugün")).format(count=number(counts.today)))
    if counts.unassigned:
        parts.append(tr(N_("{count} başvuru birime havale edilmedi")).format(count=number(counts.unassigned)))
    return " · ".join(parts)

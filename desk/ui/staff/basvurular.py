"""Başvurular: every application of every channel, by what is due first; one of them in detail, and what to do with it.

Names and phones are masked in the list, and in the detail until it is opened with the right (Enter): that is logged.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions import applications
from desk.errors import N_, DeskError
from desk.events import Kind
from desk.i18n import translator
from desk.registry.application_types import Detail, ListQuery, WorkPage, WorkRow
from desk.registry.life import Move
from desk.registry.list_queries import order_of
from desk.registry.scanning import Paper, read_scan
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_deeds import Deeds
from desk.ui.staff.basvurular_detail import DetailPanel, main_move
from desk.ui.staff.basvurular_filters import ORDERS, FilterPanel
from desk.ui.staff.basvurular_list import LISTS, TABS, FilterRow, WorkList, further, list_of, summary
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.page import Page
from desk.ui.staff.page_head import PageHead
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.picker import Picker
from desk.ui.staff.side_by_side import Scroller, SideBySide, below_each_other
from desk.ui.theme import look_of
from desk.ui.widgets import Button, Option, Text

SEARCH_MS = 150
"""After this pause in typing the search is asked."""

SIDES = 24
"""Pixels left and right of everything."""

GLANCE_MS = 60
"""A row is read once the arrows rest on it for so long."""


class BasvurularPage(Page):
    """Ctrl+N opens a new one, Enter shows the names, Ctrl+Enter answers, F4 refers, F12 shows every other move."""

    title = N_("Başvurular")
    icon = "folder"
    shows = frozenset(
        {Kind.APPLICATION_REGISTERED, Kind.APPLICATION_MOVED, Kind.APPLICATIONS_IMPORTED, Kind.PETITION_REGISTERED}
    )

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self.query = ListQuery()
        self.shown: work.Shown | None = None
        self.choices: work.Choices | None = None
        self._next, self._afresh = "", True
        self._held: UUID | None = None  # was just moved out of the list: it stays in the detail
        self._build()
        self._lay_out()
        self.deeds = Deeds(self)
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Başvurular")), "title")
        self.subtitle = Text("", "body", "ink_2")
        self.import_button = Button(tr(N_("İçe aktar")), icon="download", key="Ctrl+I")
        self.export_button = Button(tr(N_("Dışa aktar")), icon="document", key="Ctrl+E")
        self.tools_button = Button(icon="dots", key="Alt+A", name=tr(N_("Diğer işler")))
        self.new_button = Button(tr(N_("Başvuru aç")), icon="plus", key="Ctrl+N", kind="tint")
        self.filters = FilterRow()
        self.list = WorkList()
        self.detail = DetailPanel()
        self.toast_place = self.list  # messages never cover what can be done with the detail

    def _lay_out(self) -> None:
        content = QWidget()
        column = below_each_other(content)
        column.setContentsMargins(SIDES, 16, SIDES, 16)
        column.setSpacing(12)
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self.heading)
        words.addWidget(self.subtitle)
        buttons = self.tools_button, self.import_button, self.export_button, self.new_button
        column.addWidget(PageHead(said, buttons, least=380, gap=12))
        column.addWidget(self.filters)
        both = self._both = SideBySide(gap=16)
        both.add(self.list, stretch=1, least=640)
        both.add(self.detail, stretch=0, least=428)
        column.addWidget(both, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Scroller(content, in_margin=True), 1)
        whole.addWidget(self.detail.brief)

    def _wire(self) -> None:
        self._search_soon = QTimer(self, singleShot=True, interval=SEARCH_MS)
        self._search_soon.timeout.connect(self._filters_changed)
        self._glance_soon = QTimer(self, singleShot=True, interval=GLANCE_MS)
        self._glance_soon.timeout.connect(self._glance)
        self.filters.changed.connect(self._filters_changed)
        self.filters.searched.connect(self._search_soon.start)
        self.filters.search.moved.connect(self._move_by)
        self.filters.search.chosen.connect(self._go_to_list)
        self.filters.more.clicked.connect(self.ask_filters)
        self.list.tabs.changed.connect(self._choose_list)
        self.list.order.clicked.connect(self.ask_order)
        self.list.table.selected.connect(self._selected)
        self.list.table.activated_row.connect(lambda _row: self.toggle_names())
        self.list.model.more_wanted.connect(self._read_more)
        self.detail.open_asked.connect(self.toggle_names)
        self.detail.opened.connect(self.list.model.set_alone)
        self._add_keys()

    def _add_keys(self) -> None:
        keys = self.page_keys = PageKeys(self)
        for chord, slot in (
            ("Ctrl+F", self.enter),
            ("Alt+S", self.ask_filters),
            ("Ctrl+R", self.remove_filters),
            ("Ctrl+G", self.toggle_names),
            ("Ctrl+Return", self.detail.main.click),
            ("Ctrl+Enter", self.detail.main.click),
            ("F4", self.detail.refer.click),
            ("F12", self.detail.more.click),
            ("Esc", self._escape),
        ):
            keys.add(chord, slot)
        for place, tab in enumerate(self.list.tabs.buttons(), start=1):
            keys.add(f"Alt+{place}", tab.click)
        self.deeds.add_keys(keys)
        keys.watch(self)

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("Ctrl+F", tr(N_("Aramaya geçer (kayıt no, ad, telefon, konu); ↓ listeye iner"))),
            ("Alt+1 … 6", tr(N_("Listeyi seçer: açık, süresi geçen, sonuç bekleyen, bildirilecek, bana ait, tümü"))),
            ("↑ ↓", tr(N_("Başvurular arasında gezer"))),
            ("Enter", tr(N_("Ad, telefon ve metni gösterir ya da gizler (Ctrl+G her yerden)"))),
            ("Ctrl+Enter", tr(N_("Sonuçlandırır; sonuçlanmışsa bildirir ya da geri bildirim alır"))),
            ("F4", tr(N_("Birime havale eder"))),
            ("F12", tr(N_("Yapılabilecek bütün işlemleri gösterir"))),
            ("Ctrl+N", tr(N_("Yeni başvuru açar"))),
            *self.deeds.key_lines(),
            ("Alt+S", tr(N_("Tür, durum, aciliyet ve dönem süzgeci"))),
            ("Alt+K", tr(N_("Kaydettiğiniz süzgeçleri açar"))),
            ("Ctrl+R", tr(N_("Aramayı ve süzgeçleri kaldırır, listeyi baştan okur"))),
            ("Esc", tr(N_("Bilgileri gizler, aramayı temizler"))),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def look_changed(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Below each other (large text) both keep a height that is worth reading, and the page scrolls."""
        below = not self._both.fits(self.width() - 2 * SIDES)
        self.detail.stand_below(below)
        high = round(440 * look_of(self).text_scale) if below else 340
        for part in (self.list, self.detail):
            part.setMinimumHeight(high)

    # --- load

    def load(self) -> None:
        """The list from its beginning, as far as it had been read; who has scrolled far is told instead."""
        ctx, query, here = self.office.ctx, self.query, self.list.model.rowCount()
        if self.choices is None:
            tasks.read(self, lambda: work.choices(ctx), self._show_choices, self._failed)
        if here > work.RELOADED_MOST and not self._afresh:
            tasks.latest(self, "list", lambda: work.counts(ctx), self._changed_meanwhile, self._failed)
            return
        here = 0 if self._afresh else here
        tasks.latest(self, "list", lambda: work.read(ctx, query, here), self._show, self._broken)

    def _show_choices(self, choices: work.Choices) -> None:
        self.choices = choices
        self.filters.set_choices(choices)

    def reload_choices(self) -> None:
        ctx = self.office.ctx
        tasks.read(self, lambda: work.choices(ctx), self._show_choices, self._failed)

    def _show(self, shown: work.Shown) -> None:
        fresh, self._afresh = self._afresh, False
        self.shown, self._next = shown, shown.page.next
        self.list.show_list(shown)
        if fresh:
            self.list.table.verticalScrollBar().setValue(0)
        self.badge.emit(shown.counts.overdue)
        self.subtitle.setText(summary(shown.counts, shown.day))
        table = self.list.table
        if table.chosen() is None and self._held is not None:
            self._glance_at(self._held, quiet=True)
            return
        if table.chosen() is None and shown.page.rows:
            table.selectRow(0)
        self._selected(table.chosen())

    def _broken(self, error: DeskError) -> None:
        """The list could not be read: what stands there stays, and the sentence says why."""
        if self.shown is None:
            self.detail.clear(self._tr(N_("Başvurular okunamadı")))
        self._failed(error)

    def _changed_meanwhile(self, counts: object) -> None:
        self.list.show_counts(counts)  # type: ignore[arg-type]
        self.list.say_stale(self._tr(N_("Liste bu arada değişti; Ctrl+R baştan okur.")))
        if self.detail.detail is not None:
            self._glance_at(self.detail.detail.id)

    def _read_more(self) -> None:
        ctx, query, after = self.office.ctx, self.query, self._next
        if after and self.shown is not None and self.shown.query == query:
            tasks.latest(
                self, "more", lambda: applications.work_list(ctx, query, after, work.FURTHER),
                partial(self._append, query), self._failed,
            )  # fmt: skip

    def _append(self, query: ListQuery, page: WorkPage) -> None:
        if query == self.query and self.shown is not None:
            self._next = page.next
            self.list.append(page.rows, bool(page.next), self.shown.size, query)

    def enter(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.edit.selectAll()

    # --- which list

    def set_query(self, query: ListQuery) -> None:
        """Show another list; tabs and filters follow."""
        self.query, self._afresh, self._held = query, True, None
        held = self.list.tabs.blockSignals(True)
        self.list.tabs.set_value(list_of(query))
        self.list.tabs.blockSignals(held)
        self.filters.show_query(query, further(query))
        self.list.show_order(self._tr(dict(ORDERS)[order_of(query)]))
        self.load()

    def _choose_list(self, name: str) -> None:
        plain = ListQuery()
        asked = {key: getattr(plain, key) for values in LISTS.values() for key in values} | LISTS[name]
        state = None if name != "all" else self.query.state
        self.set_query(replace(self.filters.put_into(self.query), **asked, state=state))

    def _filters_changed(self) -> None:
        query = self.filters.put_into(self.query)
        if query != self.query:
            self.set_query(query)

    def remove_filters(self) -> None:
        self.filters.search.set_text("")
        self.set_query(ListQuery(**LISTS[self.list.tabs.value()], order=self.query.order))

    def ask_filters(self) -> None:
        today = self.shown.day if self.shown is not None else self.office.ctx.now().date()
        panel = FilterPanel(self.window(), self.filters.put_into(self.query), today)
        panel.agreed.connect(self._take_filters)
        self.cover(panel)

    def _take_filters(self, query: ListQuery) -> None:
        """A state that has ended is looked for in all applications."""
        from desk.registry.life import OPEN

        if query.state is not None and query.state not in OPEN and list_of(query) == TABS[0][0]:
            query = replace(query, open_only=False)
        self.set_query(query)

    def ask_order(self) -> None:
        options = [Option(order, self._tr(name)) for order, name in ORDERS]
        picker = Picker(self.window(), self._tr(N_("Sıralama")), options, value=self.query.order)
        picker.picked.connect(lambda order: self.set_query(replace(self.query, order=order)))
        self.cover(picker)

    # --- which application

    def _move_by(self, step: int) -> None:
        """↑ ↓ in the search go through the list."""
        table, here = self.list.table, self.list.model.rowCount()
        if here:
            at = self.list.model.find(table.chosen().id) if table.chosen() is not None else -1
            table.selectRow(max(0, min(at + step, here - 1)))

    def _go_to_list(self) -> None:
        if self._search_soon.isActive():
            self._search_soon.stop()
            self._filters_changed()
        self.list.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _selected(self, row: WorkRow | None) -> None:
        if row is None:
            self._glance_soon.stop()
            if self._held is None:
                self.detail.clear()
            return
        if row.id != self._held:
            self._held = None
        shown = self.detail.detail
        if shown is not None and shown.id == row.id and shown.version == row.version:
            return
        if shown is not None and shown.id != row.id:
            self.detail.hide_names()
        if shown is None:
            self._glance()  # nothing stands there: no row is chosen beside "Başvuru seçiniz"
        else:
            self._glance_soon.start()

    def _glance(self) -> None:
        row = self.list.table.chosen()
        if row is not None:
            self._glance_at(row.id)

    def hold(self, application_id: UUID) -> None:
        """Keep this one in the detail though it may leave the list with what was just done."""
        self._held = application_id

    def _glance_at(self, application_id: UUID, *, quiet: bool = False) -> None:
        """Read it masked; ``quiet``: what is open stays open, it was read a moment ago."""
        if quiet and self.detail.is_open:
            return
        ctx = self.office.ctx
        tasks.latest(self, "detail", lambda: work.glance(ctx, application_id), self._show_masked, self._failed)

    def _show_masked(self, detail: Detail) -> None:
        self.show_detail(detail, open_=False)

    def show_detail(self, detail: Detail, *, open_: bool) -> None:
        day = self.shown.day if self.shown is not None else self.office.ctx.now().date()
        self.detail.show_detail(detail, day, open_=open_)

    def toggle_names(self) -> None:
        """Enter: the names, phone and words of the chosen application, which is logged; once more hides them."""
        if self.detail.is_open:
            self.detail.hide_names()
            return
        row = self.list.table.chosen()
        shown = self.detail.detail
        application_id = shown.id if shown is not None else row.id if row is not None else None
        if application_id is not None:
            self._glance_soon.stop()
            ctx = self.office.ctx
            tasks.latest(
                self, "detail", lambda: applications.open_case(ctx, application_id), self._show_open, self._failed
            )

    def _show_open(self, detail: Detail) -> None:
        self.show_detail(detail, open_=self.isVisible())
        if not self.isVisible():
            self.detail.hide_names()

    def _escape(self) -> None:
        if self.detail.is_open:
            self.detail.hide_names()
        elif self.filters.search.text():
            self.filters.search.set_text("")
            self._filters_changed()

    def personal(self) -> tuple[QWidget, ...]:
        return (self.detail,)

    def open_scan(self, code: str) -> bool:
        """The paper of an application opens it here; anything else goes its usual way."""
        if read_scan(code).paper is not Paper.APPLICATION:
            return False
        self.find(code)
        return True

    def find(self, code: str) -> None:
        """Show the application of a code or a number: it alone stands in the list, masked."""
        self.filters.search.set_text(code)
        self.set_query(replace(ListQuery(open_only=False), text=code))

    # --- common

    def cover(self, overlay: Overlay) -> None:
        """Over the window; a page that stands alone opens it by itself."""
        show = getattr(self.window(), "show_overlay", None)
        show(overlay) if show is not None else overlay.open()

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))

    def offers(self) -> tuple[Move | None, Detail | None]:
        """What the filled button would do now, and with what."""
        detail = self.detail.detail
        return (main_move(detail) if detail is not None else None), detail

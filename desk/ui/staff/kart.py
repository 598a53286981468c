"""Visitor cards: one field for out and in, who is inside, and the evacuation list that needs no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_, DeskError
from desk.events import Change, Kind
from desk.i18n import translator
from desk.text import clock_time, date_and_time
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, EmptyState, Field, ListRow, SectionLabel, Text, toasts

if TYPE_CHECKING:
    from desk.actions.context import Context
    from desk.actions.visitor_cards import Inside, Moved
    from desk.registry.place_types import CardOut, DeskSettings

KEY = "Alt+Z"
LIST_KEY = "Ctrl+Shift+L"
FOLLOWED = frozenset({Kind.CARD_MOVED, Kind.DAY_OPENED, Kind.DAY_CLOSED, Kind.PRINTER_CHANGED})
UNDO_SECONDS = 10
tr = translator()


class CardRows(QWidget):
    """The cards that are out, the longest first."""

    def __init__(self, cards: Sequence[CardOut] = ()) -> None:
        super().__init__()
        self.nothing = EmptyState("check", tr(N_("İçeride kimse yok")), tr(N_("Verilen kartlar burada görünür.")))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.rows: list[ListRow] = []
        self.show_cards(cards)

    def show_cards(self, cards: Sequence[CardOut]) -> None:
        for row in self.rows:
            row.hide()
            row.deleteLater()
        self.rows = []
        self.nothing.setVisible(not cards)
        for place, one in enumerate(cards):
            title = tr(N_("Kart {card}")).format(card=one.card)
            persons = tr(N_("{count} kişi")).format(count=one.persons)
            row = ListRow(title, one.place or tr(N_("Yer belirtilmedi")), icon="id-card", right=clock_time(one.out_at),
                          note=persons, passive=True)  # fmt: skip
            self._column.insertWidget(place + 1, row)
            row.show()
            self.rows.append(row)


def inside_words(cards: Sequence[CardOut]) -> str:
    """ "İçeride 12 kart, 15 kişi"."""
    persons = sum(one.persons for one in cards)
    return tr(N_("İçeride {cards} kart, {persons} kişi")).format(cards=len(cards), persons=persons)


class CardOverlay(Overlay):
    """A number and Enter: a card that is out comes back, another one goes out. ``moved(number)``; it stays open."""

    moved = Signal(str)
    list_asked = Signal()

    def __init__(self, window: QWidget, place: str, inside: Inside) -> None:
        super().__init__(window, tr(N_("Ziyaretçi kartı")), width=640)
        self.card = Field(tr(N_("Kart numarası")), hint=tr(N_("yazınız ya da okutunuz, Enter")), max_length=24)
        words = tr(N_("Verilmiş kartsa geri alınır, değilse verilir. Gidilecek yer: {place}")).format(
            place=place or tr(N_("seçilmedi"))
        )
        self.body.addWidget(Text(words, "body", "ink_2", wrap=True))
        self.body.addWidget(self.card)
        self.count = SectionLabel(inside_words(inside.cards))
        self.body.addWidget(self.count)
        self.rows = CardRows(inside.cards)
        self.area = Scroller(self.rows)
        self.body.addWidget(self.area, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        close = Button(tr(N_("Kapat")), key="Esc", kind="ghost")
        close.clicked.connect(self.dismiss)
        self.list_button = Button(tr(N_("Listeyi yazdır")), icon="printer", key=LIST_KEY)
        self.list_button.clicked.connect(self.list_asked)
        self.give = Button(tr(N_("Ver ya da al")), key="Enter", kind="primary")
        self.give.clicked.connect(self._go)
        row.addWidget(close)
        row.addStretch(1)
        row.addWidget(self.list_button)
        row.addWidget(self.give)
        self.body.addLayout(row)
        self.card.return_pressed.connect(self._go)

    def _place(self) -> None:
        self.area.setFixedHeight(max(140, min(320, self.height() - 380)))
        super()._place()

    def first_focus(self) -> QWidget | None:
        return self.card.edit

    def show_inside(self, inside: Inside) -> None:
        self.count.set_text(inside_words(inside.cards))
        self.rows.show_cards(inside.cards)

    def refuse(self, sentence: str) -> None:
        self.card.set_error(sentence)

    def _go(self) -> None:
        number = self.card.text().strip()
        if not number:
            self.card.set_error(tr(N_("Kartın numarasını yazınız.")))
            return
        self.card.set_error("")
        self.card.clear()
        self.moved.emit(number)


class InsideSheet(Overlay):
    """The evacuation list on the screen; ``again`` prints it once more. ``say`` tells what became of the paper."""

    again = Signal()
    over_lock = True

    def __init__(self, window: QWidget, inside: Inside, now: datetime) -> None:
        super().__init__(window, tr(N_("İçeridekiler")), width=560)
        self.body.addWidget(Text(inside_words(inside.cards), "heading", wrap=True))
        at = tr(N_("Listenin saati: {at}")).format(at=date_and_time(inside.at))
        self.body.addWidget(Text(at, "body", "ink_2", wrap=True))
        self.paper = Text(tr(N_("Yazdırılıyor.")), "body", "ink_2", wrap=True)
        self.body.addWidget(self.paper)
        self.area = Scroller(CardRows(inside.cards))
        self.body.addWidget(self.area, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        close = Button(tr(N_("Kapat")), key="Esc")
        close.clicked.connect(self.dismiss)
        self.print_button = Button(tr(N_("Yeniden yazdır")), icon="printer", key="F2", kind="primary")
        self.print_button.clicked.connect(self.again)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.print_button)
        self.body.addLayout(row)

    def _place(self) -> None:
        self.area.setFixedHeight(max(160, min(420, self.height() - 330)))
        super()._place()

    def first_focus(self) -> QWidget | None:
        return self.print_button

    def say(self, words: str, *, wrong: bool = False) -> None:
        self.paper.setText(words)
        self.paper.set_color("brick_text" if wrong else "ink_2")
        if self.isVisible():
            self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt

        if event.key() == Qt.Key.Key_F2 and not event.isAutoRepeat():
            self.again.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def _keep_copy(ctx: Context) -> Inside:
    """For a worker, which reads what cards need: most sites have none."""
    from desk.actions import visitor_cards

    return visitor_cards.keep_copy(ctx)


class CardDesk(QObject):
    """The window's part: ``ask()``, ``scan(code)``, ``show_list()``; keeps the copy of who is inside up to date.

    ``going_to`` says where the visitor of the form in front goes, and how many they are.
    """

    def __init__(self, window: Any, going_to: Callable[[], tuple[str, int]]) -> None:
        super().__init__(window)
        self._window, self._going_to = window, going_to
        self.settings: DeskSettings | None = None
        self._overlay: CardOverlay | None = None
        window.office.bridge.changed.connect(self._on_changes)

    @property
    def used(self) -> bool:
        return self.settings is not None and self.settings.cards

    def begin(self, settings: DeskSettings) -> None:
        """What the site says of cards; the copy follows it."""
        before, self.settings = self.settings, settings
        if settings.cards:
            self._keep()
        elif before is not None and before.cards:
            from desk.actions import visitor_cards

            visitor_cards.forget_copy(self._window.office.ctx.data_dir)

    def _on_changes(self, changes: list[Change]) -> None:
        if self.used and any(change.kind in FOLLOWED for change in changes):
            self._keep()

    def _keep(self) -> None:
        ctx = self._window.office.ctx
        # in order: two of them at once would write one file, and the older could come last
        tasks.run(self, lambda: _keep_copy(ctx), self._kept, lambda error: None)

    def _kept(self, inside: Inside) -> None:
        if self._overlay is not None and shiboken6.isValid(self._overlay):
            self._overlay.show_inside(inside)

    # --- out and in

    def takes(self, code: str) -> bool:
        """Whether a scanned code is that of a visitor card here."""
        if not self.used or self.settings is None:
            return False
        from desk.registry.visitor_cards import number_of

        prefix = self.settings.card_prefix
        return bool(prefix) and code.upper().startswith(prefix.upper()) and bool(number_of(code, prefix))

    def ask(self) -> None:
        """The field for a card's number."""
        if not self.used:
            words = N_("Ziyaretçi kartı kullanılmıyor. Ayarlar’da “Görevli penceresi” sayfasından açılır.")
            toasts(self._window).info(tr(words), icon="info", seconds=6)
            return
        from desk.actions import visitor_cards

        ctx = self._window.office.ctx
        tasks.latest(self, "inside", lambda: visitor_cards.inside(ctx), self._ask, self._failed)

    def _ask(self, inside: Inside) -> None:
        place, persons = self._going_to()
        overlay = self._overlay = CardOverlay(self._window, place, inside)
        overlay.moved.connect(lambda number: self._move(number, place, persons))
        overlay.list_asked.connect(self.show_list)
        overlay.closed.connect(self._closed)
        self._window.show_overlay(overlay)

    def _closed(self) -> None:
        self._overlay = None

    def takes_back(self) -> bool:
        """Whether Ctrl+Z over the field for cards means the last card, not what is being typed."""
        overlay = self._overlay
        shown = overlay is not None and shiboken6.isValid(overlay) and overlay.isVisible()
        return shown and overlay is not None and not overlay.card.text()

    def scan(self, code: str) -> None:
        """A card was scanned: out with whoever is in the form, or in."""
        self._move(code, *self._going_to())

    def _move(self, number: str, place: str, persons: int) -> None:
        from desk.actions import visitor_cards

        ctx = self._window.office.ctx
        tasks.run(self, lambda: visitor_cards.move(ctx, number, place, persons), self._moved, self._refused)

    def _moved(self, moved: Moved) -> None:
        if moved.out:
            words = tr(N_("Kart {card} verildi · {place}"))
        else:
            words = tr(N_("Kart {card} geri alındı"))
        said = words.format(card=moved.card.card, place=moved.card.place or tr(N_("yer seçilmedi")))
        self._window.say(said, lambda: self._undo(moved))
        self._keep()

    def _undo(self, moved: Moved) -> None:
        from desk.actions import visitor_cards

        ctx = self._window.office.ctx
        words = tr(N_("Kart {card}: son işlem geri alındı.")).format(card=moved.card.card)
        tasks.run(
            self,
            lambda: visitor_cards.undo(ctx, moved),
            lambda _: toasts(self._window).info(words, seconds=6),
            self._failed,
        )

    def _refused(self, error: DeskError) -> None:
        overlay = self._overlay
        if overlay is not None and shiboken6.isValid(overlay) and overlay.isVisible():
            overlay.refuse(error.text(tr))
        else:
            self._failed(error)

    # --- everybody out of the house

    def show_list(self) -> None:
        """The list on the screen and on paper, from this machine's own copy: no database is asked."""
        from desk.actions import visitor_cards

        office = self._window.office
        try:
            inside = visitor_cards.copy(office.ctx.data_dir)
        except DeskError as error:
            self._failed(error)
            return
        sheet = InsideSheet(self._window, inside, office.ctx.now())
        sheet.again.connect(lambda: self._print(sheet, inside))
        self._window.show_overlay(sheet)
        self._print(sheet, inside)

    def _print(self, sheet: InsideSheet, inside: Inside) -> None:
        from desk.actions import visitor_cards

        folder = self._window.office.ctx.data_dir
        sheet.say(tr(N_("Yazdırılıyor.")))
        tasks.read(
            sheet,
            lambda: visitor_cards.print_list(folder, inside),
            lambda _: sheet.say(tr(N_("Fiş yazıcısına gönderildi."))),
            lambda error: sheet.say(error.text(tr), wrong=True),
        )

    def _failed(self, error: DeskError) -> None:
        self._window.show_error(error.text(tr))

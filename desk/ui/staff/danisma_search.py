"""Where does the visitor want to go: the search of Danışma, which keeps the focus while a line below is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import ServiceQueue, Ticket
from desk.registry.finding import Finder
from desk.registry.types import Destination
from desk.ui.staff.danisma_words import ahead_words, as_told, outlook_words, queue_words
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Dressed, ListRow, SearchField, SectionLabel, Text, draw_box, painting
from desk.ui.widgets.painting import text_width

LIMIT = 8
SHOWN_AT_LEAST, SHOWN_AT_MOST = 2, LIMIT
PICKED_BY_KEY = 4
"""Lines that Ctrl and their number choose."""

ENTER = "↵"
tr = translator()


LESS_AIR = 5
"""Pixels of air that a line of the list may lack, of those that a row has by itself."""


class ResultRow(ListRow):
    """One line of the list; it changes its destination and is never remade."""

    def __init__(self, place: int) -> None:
        super().__init__("", " ", icon="pin")
        self._own_key = f"Ctrl+{place + 1}" if place < PICKED_BY_KEY else ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("keyboard", "↑ ↓ Enter")

    def minimumSizeHint(self) -> QSize:
        least = self._side() + text_width(self.font_of("strong"), "Mmmmm…") + 3 * self.sizes.pad
        return QSize(least, self.sizeHint().height() - LESS_AIR)

    def updateGeometry(self) -> None:  # noqa: N802
        """Other words need no other room, the list gives it; with every letter the whole page was laid out anew."""

    def look_changed(self) -> None:
        super().look_changed()
        QWidget.updateGeometry(self)

    def mark(self, current: bool, key: str) -> None:
        """``key`` is what takes the current line; another one has its place's own."""
        key = key if current else self._own_key
        if current or (key, current) != (self._key, self._current):  # the line Enter takes answers every key
            self._key, self._current = key, current
            self.update()

    def show_destination(self, to: Destination, queue: ServiceQueue | None, ticket: Ticket | None = None) -> None:
        """``ticket``: what the slip would say to this visitor; it says so instead of what the board tells everybody."""
        if self._letter != to.letter:
            self._letter = to.letter
            self.update()
        where = to.detail or tr(N_("Yön gösterilir"))
        self.set_texts(to.name, tr(N_("{place} · belgeler F11")).format(place=where) if to.guide else where)
        if to.service_code and queue is not None and ticket is not None:
            busy = queue.busy and not ticket.priority
            outlook = outlook_words(as_told(queue, ticket))
            if ticket.priority and outlook:  # the others' lines say what everybody else is told
                outlook = tr(N_("öncelikli · {forecast}")).format(forecast=outlook)
            self.set_right(ahead_words(ticket), outlook, "amber" if busy else "")
        elif to.service_code:
            self.set_right(
                queue_words(queue) if queue else "",
                outlook_words(queue) if queue else "",
                "amber" if queue and queue.busy else "",
            )
        else:
            self.set_right("", tr(N_("Numarasız")))


class ResultList(Dressed, QFrame):
    """The lines below the search, on one sheet; it takes the height there is, between two and eight lines."""

    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = 4
        self.setAccessibleName(tr(N_("Bulunanlar")))
        self.rows = [ResultRow(place) for place in range(LIMIT)]
        self.nothing = Text("", "body", "ink_2", wrap=True)
        self.nothing.setContentsMargins(12, 12, 12, 12)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.nothing)
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        self.area = Scroller(inner)
        sheet = QVBoxLayout(self)
        sheet.setContentsMargins(4, 4, 4, 4)
        sheet.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _row(self) -> int:
        """The least height of a line: a little less air than a row has by itself."""
        return self.rows[0].sizeHint().height() - LESS_AIR

    def _high(self, lines: int) -> int:
        return lines * self._row() + 8

    def sizeHint(self) -> QSize:
        return QSize(400, self._high(SHOWN_AT_LEAST))  # what is left beyond it comes by expanding

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._high(SHOWN_AT_LEAST))

    def look_changed(self) -> None:
        super().look_changed()
        self.setMaximumHeight(self._high(SHOWN_AT_MOST) + 5 * SHOWN_AT_MOST)

    def showEvent(self, event: QShowEvent) -> None:
        self.setMaximumHeight(self._high(SHOWN_AT_MOST) + 5 * SHOWN_AT_MOST)
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole lines only: they share what is left of the height."""
        lines = max(1, (self.height() - 8) // self._row())
        for row in self.rows:
            row.setFixedHeight((self.height() - 8) // lines)
        super().resizeEvent(event)
        if lines != self.lines:
            self.lines = lines
            self.room_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), self.sizes.radius, theme.surface, theme.line, self.border())


class DestinationSearch(QWidget):
    """``destination()`` is what F2 or F4 would take: the chosen one, else the line that Enter would choose.

    ``changed`` when that is another one; ``confirmed`` on Enter when it was chosen already; ``sought`` when somebody
    begins to look for one. ``label`` and ``field`` are placed by the page: they stay in sight while the list and what
    stands below it are scrolled.
    """

    changed = Signal()
    confirmed = Signal()
    sought = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: tuple[Destination, ...] = ()
        self._services: tuple[Destination, ...] = ()
        self._finder = Finder(())
        self._queues: Mapping[str, ServiceQueue] = {}
        self._ticket: Ticket | None = None
        self._recent: list[Destination] = []
        self._found: list[Destination] = []
        self._at = -1
        self._chosen: Destination | None = None
        self.label = SectionLabel(tr(N_("Birim veya konu")), "Ctrl+K")
        self.field = SearchField(
            placeholder=tr(N_("İki harf yazınız: birim, konu ya da hizmet")),
            large=True,
            name=tr(N_("Birim veya konu")),
        )
        self.list = ResultList()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinAndMaxSize)  # the list ends at its last line
        self.setFocusProxy(self.field.edit)
        self.field.edit.installEventFilter(self)
        self.list.room_changed.connect(self._room_changed)
        self.field.text_edited.connect(self._typed)
        self.field.text_edited.connect(lambda _words: self.sought.emit())
        self.field.moved.connect(self.move_by)
        self.field.chosen.connect(self.enter)
        for place, row in enumerate(self.list.rows):
            row.clicked.connect(lambda _on=False, place=place: self.pick(place))
        self._show()

    # --- what it knows

    def set_known(self, known: Sequence[Destination]) -> None:
        """Everything that can be found."""
        self._known = tuple(known)
        self._services = tuple(one for one in self._known if one.key.startswith("service:"))
        self._finder = Finder(self._known)
        by_key = {one.key: one for one in known}
        self._recent = [by_key[one.key] for one in self._recent if one.key in by_key]
        if self._chosen is None:
            self._typed(self.field.text())

    def known(self) -> tuple[Destination, ...]:
        return self._known

    def set_queues(self, queues: Mapping[str, ServiceQueue]) -> None:
        """Who waits now, by the service's code."""
        self._queues = queues
        self._show()

    def set_ticket(self, ticket: Ticket | None) -> None:
        """What the slip would say for the line that Enter takes."""
        if ticket is not self._ticket:
            self._ticket = ticket
            self._show()

    def remember(self, to: Destination) -> None:
        """It was used: it comes first while nothing is typed."""
        self._recent = [to, *(one for one in self._recent if one.key != to.key)][:4]

    # --- what is chosen

    def destination(self) -> Destination | None:
        if self._chosen is not None:
            return self._chosen
        return self._found[self._at] if 0 <= self._at < len(self._found) else None

    def is_chosen(self) -> bool:
        return self._chosen is not None

    def text(self) -> str:
        return self.field.text()

    def clear(self) -> None:
        self._chosen = None
        self.field.clear()
        self._typed("")

    def choose(self, to: Destination) -> None:
        """Take one: it alone stays in the list, and typing begins a new search."""
        self._chosen, self._found, self._at = to, [to], 0
        self.field.set_text(to.name)
        self.field.edit.selectAll()
        self._show()
        self.changed.emit()

    def pick(self, place: int) -> None:
        """Ctrl+2…4, or a click on a line."""
        if self._chosen is None and place < len(self._found):
            self.choose(self._found[place])

    def enter(self) -> None:
        if self._chosen is not None:
            self.confirmed.emit()
        elif (to := self.destination()) is not None:
            self.choose(to)

    def move_by(self, step: int) -> None:
        if self._chosen is not None or not self._found:
            return
        self._at = max(0, min(self._at + step, len(self._found) - 1))
        self._show()
        self.changed.emit()

    # --- inside

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A held Enter chooses once; it must not give a number as well."""
        if event.type() == QEvent.Type.FocusIn:
            self.sought.emit()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return False

    def _room_changed(self) -> None:
        if self._chosen is None and not self.text().strip() and self._at < 0:
            self._found = self._suggested()
            self._show()

    def _typed(self, words: str) -> None:
        self._chosen = None
        if words.strip():
            self._found = list(self._finder.find(words, LIMIT))
            self._at = 0 if self._found else -1
        else:
            self._found, self._at = self._suggested(), -1
        self._show()
        self.changed.emit()

    def _taking_key(self) -> str:
        if self._chosen is None:
            return ENTER
        return ENTER if self._chosen.service_code else "F4"

    def _suggested(self) -> list[Destination]:
        keys = {one.key for one in self._recent}
        services = [one for one in self._services if one.key not in keys]
        return [*self._recent, *services][: self.list.lines]

    def _show(self) -> None:
        for place, row in enumerate(self.list.rows):
            there = place < len(self._found)
            row.setVisible(there)
            if there:
                to = self._found[place]
                row.show_destination(to, self._queue_of(to), self._told(place))
                row.mark(place == self._at, self._taking_key())
        self.list.nothing.setVisible(not self._found)
        if not self._found:
            self._say_that_nothing_is()
        if self._at >= 0:
            self.list.area.ensureWidgetVisible(self.list.rows[self._at], 0, 0)
        elif self._found:
            self.list.area.verticalScrollBar().setValue(0)

    def _queue_of(self, to: Destination) -> ServiceQueue | None:
        """Who waits there; the forecast of the slip in every line of its service, as in the column of those who wait.
        Only what a visitor with öncelik is told is another matter: that stands in the chosen line alone."""
        queue, ticket = self._queues.get(to.service_code), self._ticket
        if queue is None or ticket is None or ticket.priority or ticket.service_code != to.service_code:
            return queue
        return as_told(queue, ticket)

    def _told(self, place: int) -> Ticket | None:
        """The slip's words, for the line it is made of."""
        ticket = self._ticket if place == self._at else None
        return ticket if ticket is not None and ticket.service_code == self._found[place].service_code else None

    def _say_that_nothing_is(self) -> None:
        if self.text().strip():
            words = tr(N_("“{words}” bulunamadı. Yol gösterdiyseniz F4 ile kaydedebilirsiniz."))
            self.list.nothing.setText(words.format(words=self.text().strip()))
        else:
            self.list.nothing.setText(tr(N_("Birimler ve konular yükleniyor.")))

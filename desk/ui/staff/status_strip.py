"""The strip at the foot of the staff window: who works here, where, and whether printer and database are well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desk.clock import local
from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PrinterView
from desk.text import long_date
from desk.ui.staff.words import TROUBLE, printer_words, shift_words, state_words
from desk.ui.widgets import Control, Dressed, draw_box, draw_text, line_height, paint_icon, painting, text_width
from desk.ui.widgets.key_hint import key_size, paint_key
from desk.values import dataclass

HEIGHT = 44
tr = translator()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the strip and the rail say, read in one go."""

    staff: str
    terminal: str
    open: bool
    minutes_left: float  # until lunch or closing
    printer: PrinterView | None
    waiting: int  # numbers that wait for this counter's services
    escorts: int  # open refakat jobs
    others: tuple[PrinterView, ...] = ()  # printers of the site's other terminals


class StripItem(Control):
    """Icon and words; some can be pressed (``active``), some warn, some show their ``key``."""

    def __init__(self, icon: str, name: str, *, active: bool = False, key: str = "") -> None:
        super().__init__("", name=name)
        self._icon, self._active, self._warns, self._key = icon, active, False, key
        if key:
            self.setProperty("keyboard", key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if active else Qt.FocusPolicy.NoFocus)
        if not active:
            self.setCursor(Qt.CursorShape.ArrowCursor)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, words: str, *, icon: str = "", warns: bool = False) -> None:
        if (words, icon or self._icon, warns) == (self.label(), self._icon, self._warns):
            return
        self._icon, self._warns = icon or self._icon, warns
        self.set_label(words)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        face = self.font_of("label", 600 if self._warns else 400)
        side = round(self.sizes.icon * 0.8) + self.sizes.gap if self._icon else 0
        side += key_size(self._key, self.sizes).width() + self.sizes.gap if self._key else 0
        least = HEIGHT if self._active else 0
        return QSize(max(text_width(face, self.label()) + side + 16, least), max(line_height(face) + 8, least))

    def radius(self) -> float:
        return self.sizes.radius_key

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme = self.theme
        if self._active and self.state() in ("hover", "pressed"):
            draw_box(painter, rect, self.radius(), theme.hover, theme.line_strong)
        ink, left = (theme.amber_text if self._warns else theme.ink_2), 8.0
        if self._icon:
            side = round(self.sizes.icon * 0.8)
            paint_icon(painter, self._icon, QRectF(left, (rect.height() - side) / 2, side, side), ink)
            left += side + self.sizes.gap
        right = rect.width() - 4
        if self._key:
            cap = key_size(self._key, self.sizes)
            spot = QRectF(right - cap.width() - 4, (rect.height() - cap.height()) / 2, cap.width(), cap.height())
            paint_key(painter, spot, self._key, self.font_of("key"), theme.ink_2, theme.line_strong)
            right = spot.x() - self.sizes.gap / 2
        face = self.font_of("label", 600 if self._warns else 400)
        draw_text(painter, QRectF(left, 0, right - left, rect.height()), self.label(), face, ink)


class StatusStrip(Dressed, QFrame):
    """``show_facts()``, ``tick(now)``, ``set_database(ok)``; ``person_asked``, ``counter_asked``, ``printer_asked``."""

    person_asked = Signal()
    counter_asked = Signal()
    printer_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(N_("Durum çubuğu")))
        self.person = StripItem("person", tr(N_("Görevli")), active=True)
        self.counter = StripItem("desk", tr(N_("Banko seçimi")), active=True)
        self.shift = StripItem("clock", tr(N_("Vardiya durumu")))
        self.printer = StripItem("printer", tr(N_("Yazıcı durumu")), active=True)
        self.database = StripItem("database", tr(N_("Veri tabanı durumu")))
        self.date = StripItem("", tr(N_("Tarih")))
        self._row = QHBoxLayout(self)
        self._row.setSpacing(9)
        self._left = (self.person, self.counter, self.shift)
        self._right = (self.printer, self.database, self.date)
        for item in self._left:
            self._row.addWidget(item)
        self._row.addStretch(1)
        for item in self._right:
            self._row.addWidget(item)
        self._ways: tuple[StripItem, ...] = ()
        self._database_ok, self._clock = True, ""
        self.person.clicked.connect(self.person_asked)
        self.counter.clicked.connect(self.counter_asked)
        self.printer.clicked.connect(self.printer_asked)
        self.look_changed()

    def add_ways(self, ways: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """What can be done from every page: words, key and what happens; the first is the first to be left out where
        there is no room. Made when the window stands, and once: one that was minimized and is shown again has them."""
        if self._ways:
            return
        made = []
        for words, key, act in ways:
            item = StripItem("", words, active=True, key=key)
            item.say(words)
            item.hide()  # until it is known whether there is room: else the layout shows it by and by
            item.clicked.connect(lambda _on=False, act=act: act())
            self._row.insertWidget(len(self._left) + len(made), item)
            made.append(item)
        self._ways = tuple(made)
        QWidget.setTabOrder(self._left[-1], made[0])
        for before, after in pairwise((*made, self._right[0])):
            QWidget.setTabOrder(before, after)
        self._fit()

    def show_facts(self, facts: Facts, counter: int, now: datetime) -> None:
        self.person.say(facts.staff)
        here = [tr(N_("Banko {number}")).format(number=counter)] if counter else []
        self.counter.say(" · ".join(filter(None, [facts.terminal, *here])) or tr(N_("Banko seçilmedi")))
        self.shift.say(shift_words(now, facts.open, facts.minutes_left))
        self._say_printer(facts)
        self._fit()

    def _say_printer(self, facts: Facts) -> None:
        """The own printer's trouble comes first; while it is well, that of another terminal's (a kiosk's)."""
        printer = facts.printer
        warns = printer is not None and printer.state in TROUBLE
        other = next((one for one in facts.others if one.state in TROUBLE), None)
        if printer is not None and printer.failed and not warns:
            words = tr(N_("Fiş yazıcısı: {count} fiş basılamadı")).format(count=printer.failed)
            self.printer.say(words, icon="warning", warns=True)
        elif other is not None and not warns:
            words = tr(N_("{place}: {state}")).format(place=other.terminal_name, state=state_words(other))
            self.printer.say(words, icon="warning", warns=True)
        else:
            self.printer.say(printer_words(printer), icon="warning" if warns else "printer", warns=warns)

    def tick(self, now: datetime) -> None:
        """The clock, asked every second; it shows minutes, and nothing is drawn between two of them."""
        here = local(now)
        if self._clock == f"{here:%H.%M}":
            return
        self._clock = f"{here:%H.%M}"
        self.date.say(long_date(here.date()))
        self._say_database()

    def set_database(self, ok: bool) -> None:
        if ok != self._database_ok:
            self._database_ok = ok
            self._say_database()

    def _say_database(self) -> None:
        state = tr(N_("Veri tabanı bağlı")) if self._database_ok else tr(N_("Veri tabanına ulaşılamıyor"))
        icon = "database" if self._database_ok else "warning"
        self.database.say(f"{state} · {self._clock}", icon=icon, warns=not self._database_ok)
        self._fit()

    def _fit(self) -> None:
        """Leave out what matters least when the window is too narrow for all."""
        shown = [item for item in (*self._left, *self._ways, *self._right) if item.label()]
        spare = self.width() - 32 - self._row.spacing() * len(shown)
        wants = {item: item.sizeHint().width() for item in shown}
        for item in (*self._ways[:1], self.date, *self._ways[1:], self.shift):
            if sum(wants.values()) > spare and item in wants:
                del wants[item]
        for item in (*self._left, *self._ways, *self._right):
            if item.isHidden() != (item not in wants):
                item.setVisible(item in wants)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def look_changed(self) -> None:
        self.setFixedHeight(max(HEIGHT, line_height(self.font_of("label")) + 16))
        self._row.setContentsMargins(16, 0, 16, 0)
        super().look_changed()
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            painter.fillRect(self.rect(), theme.sunken)
            painter.fillRect(QRectF(0, 0, self.width(), 1), theme.line)
            shown = [item for item in (*self._left, *self._ways, *self._right) if not item.isHidden()]
            for item, after in pairwise(shown):
                if (item in self._right) == (after in self._right):
                    x = item.geometry().right() + self._row.spacing() // 2 + 1
                    painter.fillRect(QRectF(x, self.height() / 2 - 7, 1, 14), theme.line_strong)

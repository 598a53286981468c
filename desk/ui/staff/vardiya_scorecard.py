"""Bekleme tahmininin karnesi: what was promised with the numbers of the last days, beside what happened.

``attach(page, beside=button)`` gives the Vardiya page its button and key; the card then stands in place of the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.actions import roster
from desk.errors import N_, DeskError
from desk.i18n import Translator, translator
from desk.queue.scorecard import LIMITS, Limit, Score, Scorecard
from desk.text import number, percent, short_date
from desk.ui import tasks
from desk.ui.staff.page import Page
from desk.ui.staff.page_head import PageHead
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.side_by_side import Scroller, SideBySide
from desk.ui.tables.rows_model import Column
from desk.ui.theme import ALIGN_CENTER, ALIGN_RIGHT, Sizes
from desk.ui.widgets import (
    Button,
    Card,
    DataTable,
    Dressed,
    EmptyState,
    Option,
    Painted,
    Segmented,
    StatTile,
    Text,
    draw_box,
    draw_text,
    line_height,
    text_width,
)

KEY = "Alt+T"
NOTHING = "–"
GAP = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    id: str
    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the chart: the forecast's mean error and the moving average's, minutes."""

    label: str
    error: float
    shadow: float


class ErrorBars(Painted):
    """Mean error by day as bars; a tick for that of people ahead × moving average."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._bars: tuple[Bar, ...] = ()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # time runs to the right
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{bar.label}: {number(bar.error, 1)} dk" for bar in self._bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, round(line_height(self.font_of("hint")) * 2 + 160))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, round(line_height(self.font_of("hint")) * 2 + 110))

    def _top(self) -> tuple[int, int]:
        most = max([bar.error for bar in self._bars] + [bar.shadow for bar in self._bars] + [2.0])
        step = next((step for step in (1, 2, 5, 10, 20, 50) if most / step <= 5), 100)
        return math.ceil(most / step) * step, step

    def paint(self, painter: QPainter) -> None:
        theme, face = self.theme, self.font_of("hint")
        high, (top, step) = line_height(face), self._top()
        axis = text_width(face, str(top)) + self.sizes.gap
        plot = QRectF(axis, high / 2, self.width() - axis, self.height() - high * 1.5 - 6)
        for value in range(0, top + 1, step):
            y = plot.bottom() - plot.height() * value / top
            painter.setPen(QPen(QColor(theme.line_strong if value == 0 else theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            draw_text(painter, QRectF(0, y - high / 2, axis - 8, high), str(value), face, theme.ink_2, ALIGN_RIGHT)
        if not self._bars:
            return
        part = plot.width() / len(self._bars)
        every = max(1, math.ceil((text_width(face, "00.00") + 10) / part))
        for place, bar in enumerate(self._bars):
            cell = QRectF(plot.left() + place * part, plot.y(), part, plot.height())
            self._paint_bar(painter, bar, cell, top)
            if (len(self._bars) - 1 - place) % every == 0:
                wide = text_width(face, bar.label) + 4
                left = min(max(cell.center().x() - wide / 2, plot.left()), plot.right() - wide)
                spot = QRectF(left, plot.bottom() + 4, wide, high)
                draw_text(painter, spot, bar.label, face, theme.ink_2, ALIGN_CENTER, elide=False)

    def _paint_bar(self, painter: QPainter, bar: Bar, cell: QRectF, top: int) -> None:
        theme, wide = self.theme, min(cell.width() * 0.6, 40)
        rise = cell.height() * bar.error / top
        if rise > 0:
            spot = QRectF(cell.center().x() - wide / 2, cell.bottom() - rise, wide, rise)
            draw_box(painter, spot, min(3, rise / 2), theme.ink if theme.outlined else theme.petrol_500)
        y = cell.bottom() - cell.height() * bar.shadow / top
        reach = min(wide / 2 + 5, cell.width() / 2 - 1)
        for color, width in ((theme.surface, 4), (theme.ink, 2)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawLine(QPointF(cell.center().x() - reach, y), QPointF(cell.center().x() + reach, y))


class _Tile(StatTile):
    """Six of them stand in a row at 1366 pixels: a little less padding than a card."""

    @property
    def sizes(self) -> Sizes:
        usual = super().sizes
        return replace(usual, card_pad=usual.card_pad * 3 // 4)

    def least_width(self) -> int:
        face = self.font_of("hint")
        label = text_width(face, self._label) + self.sizes.icon + self.sizes.gap
        return max(label, text_width(face, self._note)) + 2 * self.sizes.card_pad + 2


class _Tiles(Dressed, QWidget):
    """Six, three or two figures beside each other."""

    def __init__(self, tr: Translator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr
        self._tiles = {key: _Tile(icon, tr(label)) for key, (icon, label) in FIGURES.items()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self._columns = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange(6)

    def show_score(self, score: Score) -> None:
        tr = self._tr
        shadow = tr(N_("Basit yöntem {minutes} dk")).format(minutes=number(score.shadow_mae, 1))
        self._tiles["mae"].set_value(number(score.mae, 1), tr(N_("dk")), shadow)
        self._tiles["bias"].set_value(signed(score.bias), tr(N_("dk")), self._goal("bias", score.bias))
        for key in ("within5", "within10", "coverage"):
            value = getattr(score, key)
            words = NOTHING if value is None else percent(value, 1, 0)
            self._tiles[key].set_value(words, "", self._goal(key, value))
        width = NOTHING if score.width is None else number(score.width, 1)
        self._tiles["width"].set_value(width, tr(N_("dk")), self._goal("width", score.width))
        self.arrange()

    def _goal(self, key: str, value: float | None) -> str:
        """ "Hedef en az %80 · ulaşıldı"."""
        if value is None:
            return ""
        limit, tr = LIMITS[key], self._tr
        words = tr(N_("Hedef {bounds}")).format(bounds=bounds(limit, key, tr))
        shown = round(value, 1 if key in ("bias", "width") else 2)  # judged as it is read
        reached = tr(N_("ulaşıldı")) if limit.kept(shown) else tr(N_("ulaşılmadı"))
        return f"{words} · {reached}"

    def _fits(self, columns: int) -> bool:
        widest = max(tile.least_width() for tile in self._tiles.values())
        return widest * columns + GAP * (columns - 1) <= self.width()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
        for place, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(6):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()

    def arrange(self) -> None:
        self._arrange(next((columns for columns in (6, 3, 2) if self._fits(columns)), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    def look_changed(self) -> None:
        self.arrange()
        super().look_changed()


FIGURES = {
    "mae": ("clock", N_("Ortalama hata")),
    "bias": ("sort", N_("Yanlılık")),
    "within5": ("check", N_("±5 dk içinde")),
    "within10": ("check", N_("±10 dk içinde")),
    "coverage": ("bars", N_("Söylenen sürede çağrılan")),
    "width": ("swap", N_("Aralık genişliği")),
}


def signed(value: float) -> str:
    """-0,7 or +0,3; a plain 0,0."""
    words = number(abs(value), 1)
    if words == number(0, 1):
        return words
    return f"{'−' if value < 0 else '+'}{words}"


def bounds(limit: Limit, key: str, tr: Translator) -> str:
    """±1 dk · en az %80 · %82–90 · en çok 7 dk."""
    low, high = limit.low, limit.high
    if key == "bias" and high is not None:
        return tr(N_("±{minutes} dk")).format(minutes=number(high, 0))
    if key == "width" and high is not None:
        return tr(N_("en çok {minutes} dk")).format(minutes=number(high, 0))
    if low is not None and high is not None:
        return f"{percent(low, 1, 0)}–{number(high * 100, 0)}"
    return tr(N_("en az {share}")).format(share=percent(low or 0.0, 1, 0))


def columns(tr: Translator) -> tuple[Column, ...]:
    def share(value: float | None) -> str:
        return NOTHING if value is None else percent(value, 1, 0)

    def minutes(value: float | None, decimals: int = 1) -> str:
        return NOTHING if value is None else number(value, decimals)

    def right(title: str, text: Callable[[Score], str], width: int) -> Column:
        return Column(tr(title), lambda row: text(row.score), align="right", width=width)

    return (
        Column(tr(N_("Numaralar")), lambda row: row.name, strong=True, stretch=True),
        right(N_("Tahmin"), lambda s: number(s.forecasts), 76),
        right(N_("Hata, dk"), lambda s: minutes(s.mae), 84),
        right(N_("Yanlılık"), lambda s: signed(s.bias), 84),
        right(N_("±5 dk"), lambda s: share(s.within5), 72),
        right(N_("±10 dk"), lambda s: share(s.within10), 76),
        right(N_("Sürede"), lambda s: share(s.coverage), 76),
        right(N_("Genişlik"), lambda s: minutes(s.width), 88),
        right(N_("Oran"), lambda s: minutes(s.mae_ratio, 2), 68),
    )


class ScorecardView(QWidget):
    """The card; ``closed`` when it is left (Esc)."""

    closed = Signal()
    failed = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._tr = page, translator()
        self._card: Scorecard | None = None
        tr = self._tr
        self.heading = Text(tr(N_("Bekleme tahmininin karnesi")), "title")
        self.subtitle = Text("", "body", "ink_2")
        self.back = Button(tr(N_("Vardiyaya dön")), icon="arrow-left", key="Esc")
        self.tiles = _Tiles(tr)
        self.chart = ErrorBars(tr(N_("Günlere göre ortalama hata")))
        self.by = Segmented(
            [
                Option("hour", tr(N_("Saate göre"))),
                Option("service", tr(N_("Hizmete göre"))),
                Option("day", tr(N_("Güne göre"))),
            ],
            kind="tabs",
            name=tr(N_("Çizelgenin bölümü")),
        )
        self.table = DataTable(columns(tr), name=tr(N_("Tahminler ve gerçekleşen beklemeler")))
        self.empty = EmptyState(
            "clock",
            tr(N_("Karşılaştırılacak tahmin henüz yok")),
            tr(
                N_(
                    "Bir hizmetten en az 30 numaraya hizmet verildikten sonra tahmin başlar; "
                    "çağrılan her numara burada sayılır."
                )
            ),
        )
        self._lay_out()
        self.back.clicked.connect(self.leave)
        self.by.changed.connect(lambda _: self._show_rows())
        self.hide()

    def _lay_out(self) -> None:
        tr = self._tr
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(GAP)
        column.addWidget(self._header())
        column.addWidget(self.tiles)
        self.chart_card = Card(tr(N_("Günlere göre ortalama hata, dakika")))
        self.chart_card.body.addWidget(self.chart, 1)
        words = N_("Çubuk: bu tahmin. Çizgi: basit yöntem (bekleyen × hareketli ortalama). Oran: ikisinin bölümü.")
        note = Text(tr(words), "hint", "ink_2", wrap=True)
        self.chart_card.body.addWidget(note)
        self.table_card = Card(tr(N_("Bölümlere göre")))
        self.table_card.body.addWidget(self.by)
        self.table_card.body.addWidget(self.table, 1)
        below = SideBySide(gap=GAP)
        below.add(self.table_card, stretch=7, least=680)
        below.add(self.chart_card, stretch=4, least=340)
        self.below = below
        column.addWidget(below, 1)
        column.addWidget(self.empty, 1)
        self.table.setMinimumHeight(300)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroller(content))

    def _header(self) -> QWidget:
        words, header = QWidget(), QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.heading)
        lines.addWidget(self.subtitle)
        row = QHBoxLayout(header)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        return header

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.load()

    def load(self) -> None:
        ctx = self._page.office.ctx
        tasks.latest(self, "load", lambda: roster.score(ctx), self.show_card, self._failed)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))

    def event(self, event: QEvent) -> bool:
        """Esc is the card's before it is the page's: two shortcuts of one key would silence each other."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def show_card(self, card: Scorecard) -> None:
        """Show the figures, or that there are none yet."""
        self._card, tr = card, self._tr
        has = card.total is not None
        for part in (self.tiles, self.below):
            part.setVisible(has)
        self.empty.setVisible(not has)
        if card.total is None:
            self.subtitle.setText(tr(N_("Son 20 çalışma günü")))
            return
        words = tr(N_("{first} – {last} · {tickets} numara · {forecasts} tahmin karşılaştırıldı")).format(
            first=short_date(card.first),
            last=short_date(card.last),
            tickets=number(card.tickets),
            forecasts=number(card.total.forecasts),
        )
        if not card.enough:
            words += " · " + tr(N_("Bu kadar az tahmin henüz bir şey söylemez"))
        self.subtitle.setText(words)
        self.tiles.show_score(card.total)
        self.chart.set_bars([Bar(f"{day:%d.%m}", one.mae, one.shadow_mae) for day, one in card.by_day])
        self._show_rows()

    def _show_rows(self) -> None:
        card, tr = self._card, self._tr
        if card is None or card.total is None:
            return
        rows = [Line("total", tr(N_("Toplam")), card.total)]
        rows += [
            Line(f"class {priority}", tr(N_("Öncelikli")) if priority else tr(N_("Diğerleri")), one)
            for priority, one in card.by_class
        ]
        chosen = self.by.value()
        if chosen == "service":
            rows += [Line(code, card.names.get(code, code), one) for code, one in card.by_service]
        elif chosen == "day":
            rows += [Line(day.isoformat(), short_date(day), one) for day, one in reversed(card.by_day)]
        else:
            rows += [Line(str(hour), f"{hour:02d}.00–{hour:02d}.59", one) for hour, one in card.by_hour]
        self.table.set_rows(rows)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def attach(page: Page, head: PageHead, beside: Button, keys: PageKeys) -> ScorecardView:
    """The button "Tahmin karnesi" before ``beside``, its key, and the card that stands in the place of the page."""
    tr = translator()
    view = ScorecardView(page)
    button = Button(tr(N_("Tahmin karnesi")), icon="bars")
    head.insert(button, before=beside)
    whole = page.layout()
    assert isinstance(whole, QBoxLayout)
    usual = whole.itemAt(0).widget()
    whole.addWidget(view)

    def show() -> None:
        usual.hide()
        view.show()
        view.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide() -> None:
        usual.show()
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    button.clicked.connect(show)
    keys.add(KEY, show)
    view.closed.connect(hide)
    view.failed.connect(page.failed)
    return view

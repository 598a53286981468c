"""The cards below the figures: hours, services, refakat by kind, printers, the shift note."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.actions.shift import NOTE_LIMIT
from desk.errors import N_
from desk.i18n import translator
from desk.printing.types import PrinterView
from desk.registry.types import AssistanceKind
from desk.reports.types import DaySheet, ServiceLine
from desk.text import WEEKDAYS, clean, lower_tr, number
from desk.ui.staff import vardiya_words as words
from desk.ui.staff.refakat_side import empty
from desk.ui.staff.refakat_words import KIND_ICONS
from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets import (
    BarRow,
    Button,
    Card,
    ElidedText,
    EmptyState,
    HourBars,
    Painted,
    StatusPill,
    Text,
    TextArea,
    draw_box,
    draw_text,
    line_height,
    paint_badge,
    paint_bar,
    paint_icon,
    text_width,
)

LOW_BARS = 9
"""Lines of hints that the bars are high in a low window."""

QWIDGETSIZE_MAX = 16777215
"""Qt's own: no limit."""


class HoursCard(Card):
    """Visits by hour, with what is usual on this weekday."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = tr = translator()
        super().__init__(tr(N_("Saatlere göre ziyaret")), parent=parent)
        self.bars = HourBars(tr(N_("Saatlere göre ziyaret")))
        self.busiest = ElidedText("", "hint", "ink_2")
        self.nothing = EmptyState("bars", tr(N_("Bu gün için ziyaret yok")), framed=False)
        for part in (self.bars, self.nothing):
            self.body.addWidget(part, 1)
        self.body.addWidget(self.busiest)

    def set_low(self, low: bool) -> None:
        """Lower bars in a low window."""
        most = line_height(self.font_of("hint")) * LOW_BARS
        self.bars.setMaximumHeight(most if low else QWIDGETSIZE_MAX)

    def show_sheet(self, sheet: DaySheet, current_hour: int | None) -> None:
        """``current_hour`` is marked; None on a day that is over."""
        usual = self._tr(N_("4 haftalık {day} ortalaması")).format(day=lower_tr(WEEKDAYS[sheet.day.weekday()]))
        now = sheet.hours.index(current_hour) if current_hour in sheet.hours else None
        self.bars.set_legend(self._tr(N_("Ziyaret")), usual)
        self.bars.set_hours(words.hours(sheet), now)
        self.busiest.setText(words.busiest(sheet))
        anything = any(sheet.visits_by_hour) or any(sheet.weekday_mean_by_hour)
        self.bars.setVisible(anything)
        self.busiest.setVisible(bool(self.busiest.text()))
        self.nothing.setVisible(not anything)


COLUMNS = (N_("Sayı"), N_("Bekleme"), N_("Ayrılan"))


class ServiceRow(Painted):
    """A service's day: letter, name and unit, bar, visits, mean wait, unserved."""

    def __init__(self, line: ServiceLine, share: float, parent: QWidget | None = None) -> None:
        super().__init__(line.name, parent=parent)
        self._line, self._share = line, share
        self._dense = False
        unserved = number(line.unserved) if line.unserved else words.NO_VALUE
        self._cells = (number(line.visits), words.span(line.wait_mean), unserved)
        spoken = zip(COLUMNS, self._cells, strict=True)
        self.setAccessibleDescription(", ".join(f"{translator()(title)} {cell}" for title, cell in spoken))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_dense(self, dense: bool) -> None:
        """One line, the unit beside the name where it fits; else two."""
        self._dense = dense
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name, unit = line_height(self.font_of("table")), line_height(self.font_of("caption"))
        return QSize(420, name + 8 if self._dense else name + unit + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        theme, side, middle = self.theme, min(round(self.sizes.control * 0.75), self.height() - 3), self.height() / 2
        spot = QRectF(0, middle - side / 2, side, side)
        if self._line.letter:
            paint_badge(painter, spot, self._line.letter, theme, self.font_of(round(side * 0.5), 600))
        else:
            paint_icon(painter, "info", spot.adjusted(4, 4, -4, -4), theme.accent)
        draw_box(painter, QRectF(0, self.height() - 1, self.width(), 1), 0, theme.line)
        left, right = side + self.sizes.gap * 1.5, float(self.width())
        late = self._line.wait_mean is not None and self._line.wait_mean > words.LONG_WAIT
        faces = (("heading", "ink"), ("strong" if late else "body", "amber_text" if late else "ink"), ("body", "ink"))
        for cell, (role, ink), wide in reversed(list(zip(self._cells, faces, column_widths(self), strict=True))):
            cell_spot = QRectF(right - wide, 0, wide, self.height())
            draw_text(painter, cell_spot, cell, self.font_of(role), getattr(theme, ink), ALIGN_RIGHT, elide=False)
            right -= wide
        names = (right - left) * (0.62 if right - left > 220 else 1.0)
        self._paint_names(painter, left, names)
        track = QRectF(left + names + 12, middle - 4, right - left - names - 24, 8)
        if track.width() > 24:
            paint_bar(painter, track, self._share, theme)

    def _paint_names(self, painter: QPainter, left: float, room: float) -> None:
        name, unit, theme = self.font_of("table"), self.font_of("caption"), self.theme
        first, second = line_height(name), line_height(unit)
        if not self._dense:
            top = self.height() / 2 - (first + second) / 2
            draw_text(painter, QRectF(left, top, room, first), self._line.name, name, theme.ink)
            draw_text(painter, QRectF(left, top + first, room, second), self._line.unit, unit, theme.ink_2)
            return
        draw_text(painter, QRectF(left, 0, room, self.height()), self._line.name, name, theme.ink)
        after = text_width(name, self._line.name) + 10
        if after + text_width(unit, self._line.unit) <= room:
            spot = QRectF(left + after, 1, room - after, self.height())
            draw_text(painter, spot, self._line.unit, unit, theme.ink_2)


def column_widths(part: Painted) -> tuple[int, ...]:
    """Widths of the three figures, the same in the head and in every row."""
    face, gap = part.font_of("hint"), 14
    least = text_width(part.font_of("heading"), "0000")
    return tuple(max(text_width(face, translator()(title)) + gap, least) for title in COLUMNS)


class _ColumnHead(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(", ".join(translator()(title) for title in COLUMNS), parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(sum(column_widths(self)), line_height(self.font_of("hint")))

    def paint(self, painter: QPainter) -> None:
        right = float(self.width())
        for title, wide in reversed(list(zip(COLUMNS, column_widths(self), strict=True))):
            spot = QRectF(right - wide, 0, wide, self.height())
            draw_text(painter, spot, translator()(title), self.font_of("hint"), self.theme.ink_2, ALIGN_RIGHT)
            right -= wide


class ServicesCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Hizmetlere göre")), parent=parent)
        self.head.addWidget(_ColumnHead())
        self.body.setSpacing(0)
        self._rows: list[ServiceRow] = []
        self._dense = False

    def set_dense(self, dense: bool) -> None:
        """One line for a service in a low window."""
        if dense != self._dense:
            self._dense = dense
            for row in self._rows:
                row.set_dense(dense)

    def show_sheet(self, sheet: DaySheet) -> None:
        empty(self.body)
        most = max(sheet.directions, *(line.visits for line in sheet.services), 1)
        self._rows = [ServiceRow(line, line.visits / most) for line in sheet.services]
        if sheet.directions:
            self._rows.append(ServiceRow(self._directions(sheet), sheet.directions / most))
        for row in self._rows:
            row.set_dense(self._dense)
            self.body.addWidget(row)
        self.body.addStretch(1)

    def _directions(self, sheet: DaySheet) -> ServiceLine:
        """Visits without a number, as a line among the services."""
        return ServiceLine(
            letter="",
            name=self._tr(N_("Bilgi verildi")),
            unit=self._tr(N_("Numara verilmedi")),
            by_hour=sheet.directions_by_hour,
            visits=sheet.directions,
            tickets=0,
            served=0,
            wait_mean=None,
            wait_median=None,
            wait_p90=None,
            serve_mean=None,
            unserved=0,
        )


class KindRow(BarRow):
    """A BarRow as low as its line."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), line_height(self.font_of("table")) + 9)


class AssistanceCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Türüne göre refakat")), parent=parent)
        self.body.setSpacing(0)

    def show_sheet(self, sheet: DaySheet) -> None:
        empty(self.body)
        total = sheet.assistance_total
        self.set_right(self._tr(N_("{count} refakat")).format(count=number(total)) if total else "")
        if not total:
            self.body.addWidget(EmptyState("escort", self._tr(N_("Refakat istenmedi")), framed=False))
            return
        most = max(one.value for one in sheet.assistance)
        for one in sorted((one for one in sheet.assistance if one.value), key=lambda one: -one.value):
            icon = KIND_ICONS[AssistanceKind(one.key)]
            self.body.addWidget(KindRow(self._tr(one.name), number(one.value), one.value / most, icon=icon))
        self.body.addStretch(1)


class PrintersCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = translator()
        super().__init__(self._tr(N_("Yazıcılar")), parent=parent)

    def show_printers(self, printers: tuple[PrinterView, ...]) -> None:
        empty(self.body)
        self.set_right(self._tr(N_("{count} yazıcı")).format(count=len(printers)) if printers else "")
        if not printers:
            self.body.addWidget(EmptyState("printer", self._tr(N_("Yazıcı tanımlı değil")), framed=False))
        for printer in printers:
            self.body.addWidget(self._row(printer))
        self.body.addStretch(1)

    @staticmethod
    def _row(printer: PrinterView) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedText(printer.name, "table"))
        lines.addWidget(ElidedText(words.printer_note(printer), "caption", "ink_2"))
        row.addLayout(lines, 1)
        row.addWidget(StatusPill(words.printer_pill(printer)), 0, Qt.AlignmentFlag.AlignVCenter)
        return box


class NoteCard(Card):
    """The shift note of the open day; ``saved(text)``, ``close_asked()``."""

    saved = Signal(str)
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._tr = tr = translator()
        super().__init__(tr(N_("Vardiya notu")), parent=parent)
        self._kept, self._day = "", None
        self.area = TextArea(name=tr(N_("Vardiya notu")), placeholder=tr(N_("Devredilecek bilgiler")))
        self.area.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.hide()  # until it is known what is written there: that would take the place of what was begun
        self.read_only = Text("", "body", wrap=True)
        self.save = Button(tr(N_("Notu kaydet")), icon="check", key="Ctrl+S", compact=True)
        self.close_day = Button(tr(N_("Günü kapat")), icon="lock", kind="ghost", compact=True)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.close_day)
        self.body.addWidget(self.area)
        self.body.addWidget(self.read_only)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.area.text_edited.connect(self._edited)
        self.save.clicked.connect(self.submit)
        self.close_day.clicked.connect(self.close_asked)
        self._edited()

    def show_note(self, day: date, note: str, *, open_day: bool) -> None:
        """What somebody is writing is never replaced by a reload."""
        begun = self.is_begun() and day == self._day
        self._day = day
        if not begun:
            self._kept = note
            self.area.set_text(note)
        self.area.setVisible(open_day)
        self.save.setVisible(open_day)
        self.close_day.setVisible(open_day)
        self.read_only.setVisible(not open_day)
        self.read_only.setText(note or self._tr(N_("Not yazılmamış.")))
        self._edited()

    def is_begun(self) -> bool:
        """Whether something is written that was not saved yet."""
        return clean(self.area.text()) != clean(self._kept)

    def submit(self) -> None:
        if self.is_begun() and not self.area.message.accessibleName():
            self.saved.emit(self.area.text())

    def was_saved(self, text: str) -> None:
        self._kept = text
        self._edited()

    def _edited(self, _: str = "") -> None:
        count = len(clean(self.area.text()))
        too_long = self._tr(N_("Vardiya notu en çok {count} harf olabilir.")).format(count=NOTE_LIMIT)
        self.area.set_error(too_long if count > NOTE_LIMIT else "")
        self.save.setEnabled(self.is_begun() and count <= NOTE_LIMIT)
        self.set_right(self._tr(N_("Kaydedilmedi")) if self.is_begun() else "")

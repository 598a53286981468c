"""Hours × services: the big table of the day sheet. Its last row and its total column are the day's visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_page import CONTENT, INK, INK_2, INK_3, LEFT, LINE, PETROL_600, RIGHT, TINT, Pen
from desk.printing.pdf_text import Style
from desk.reports.types import DaySheet, Period, ServiceLine
from desk.text import minutes, number

_LETTER, _TOTAL, _TIME, _UNSERVED, _GAP = 18.0, 36.0, 27.0, 40.0, 8.0
_LEAST_NAME, _LEAST_HOUR, _MOST_HOUR = 96.0, 11.0, 24.0


@dataclass(frozen=True, slots=True)
class _Row:
    letter: str
    name: str
    by_hour: tuple[int, ...]
    visits: int
    wait: tuple[float | None, float | None] = (None, None)  # mean and P90, seconds
    unserved: int | None = None


_SMALL_HEAD = Style(6.5, INK_2, bold=True)
"""Names of days and weeks where there is no room for larger ones."""


class HoursTable:
    """The table at one row height; ``services`` is how many lines may be services (the smallest become one line)."""

    def __init__(self, sheet: DaySheet, row: float, services: int, tr: Translator) -> None:
        self._sheet, self._row, self._tr = sheet, row, tr
        self._rows = _rows(sheet, services, tr)
        self._size = min(8.5, row * 0.68)
        self._place_columns()

    @property
    def height(self) -> float:
        return 16 + 20 + self._row * (len(self._rows) + 1) + 2

    def _place_columns(self) -> None:
        """Hours get equal columns; what they leave is the name's. Too many hours push out the waits."""
        hours = len(self._sheet.hours)
        waits = _GAP + 2 * _TIME + _UNSERVED - 6
        room = CONTENT - _LETTER - _TOTAL - 6
        wanted = max(self._widest_number(), self._widest_name(_SMALL_HEAD) if self._sheet.columns else 0.0) + 5
        most = _MOST_HOUR if not self._sheet.columns else 34.0
        self._hour = min(max((room - waits - 150) / hours, wanted), most) if hours else 0.0
        self._waits = room - waits - self._hour * hours >= _LEAST_NAME
        if not self._waits:
            waits = 0.0
            self._hour = max(min(self._hour, (room - _LEAST_NAME) / max(hours, 1)), _LEAST_HOUR)
        self._name = room - waits - self._hour * hours
        self._hours_left = LEFT + _LETTER + self._name
        self._total_right = RIGHT - 6 if not self._waits else self._hours_left + self._hour * hours + _TOTAL

    def _widest_number(self) -> float:
        style = Style(self._size, INK, bold=True)
        return max((pdf_text.width(number(n), style) for n in self._sheet.visits_by_hour), default=0.0)

    def _widest_name(self, style: Style) -> float:
        return max((pdf_text.width(name, style) for name in self._sheet.column_names), default=0.0)

    def draw(self, pen: Pen, y: float) -> None:
        pen.text(LEFT, y + 9, self._heading(), Style(10, INK, bold=True))
        if self._waits:
            middle = self._total_right + _GAP + _TIME + 7  # of two columns whose numbers stand at the right
            pen.centred(middle, y + 9, self._tr("Bekleme (dk)"), Style(7.5, INK_2))
        self._head(pen, y + 16)
        top = y + 36
        for place, row in enumerate(self._rows):
            base = top + place * self._row + self._row * 0.5 + self._size * 0.35
            self._line(pen, base, row, bold=False)
            last = place == len(self._rows) - 1
            bottom = top + (place + 1) * self._row
            pen.rule(LEFT, RIGHT, bottom, INK if last else LINE, 0.9 if last else 0.4)
        sheet = self._sheet
        total = _Row(
            "",
            self._tr("Toplam"),
            sheet.visits_by_hour,
            sheet.visits,
            (sheet.wait_mean, sheet.wait_p90),
            sheet.unserved,
        )
        base = top + len(self._rows) * self._row + self._row * 0.5 + self._size * 0.35 + 1
        self._line(pen, base, total, bold=True)

    def _heading(self) -> str:
        names = {
            Period.DAY: self._tr("Hizmet ve saate göre ziyaret"),
            Period.WEEK: self._tr("Hizmet ve güne göre ziyaret"),
            Period.MONTH: self._tr("Hizmet ve haftaya göre ziyaret"),
        }
        return names[self._sheet.period]

    def _head(self, pen: Pen, y: float) -> None:
        style = Style(7.5, INK_2, bold=True)
        pen.fill(LEFT, y, CONTENT, 17, TINT)
        base = y + 11.5
        pen.text(LEFT + 6, base, self._tr("Hizmet"), style)
        fits = style if self._widest_name(style) <= self._hour - 3 else _SMALL_HEAD
        for place, name in enumerate(self._sheet.column_names):
            pen.right(self._hours_left + (place + 1) * self._hour, base, name, fits)
        pen.right(self._total_right, base, self._tr("Toplam"), style)
        if self._waits:
            mean = self._total_right + _GAP + _TIME
            pen.right(mean, base, self._tr("Ort."), style)
            pen.right(mean + _TIME, base, self._tr("P90"), style)
            pen.right(RIGHT - 6, base, self._tr("Ayrılan"), style)

    def _line(self, pen: Pen, base: float, row: _Row, *, bold: bool) -> None:
        style = Style(self._size, INK, bold=bold)
        pen.text(LEFT + 6, base, row.letter, Style(self._size, PETROL_600, bold=True))
        # A total has no letter: its name begins where the letters do.
        x = LEFT + _LETTER if row.letter or not bold else LEFT + 6
        self._name_of(pen, x, base, row.name, style)
        hour = self._number_style(row.by_hour, bold)
        for place, value in enumerate(row.by_hour):
            self._value(pen, self._hours_left + (place + 1) * self._hour, base, value, hour)
        zero = "0" if bold else "–"
        self._value(pen, self._total_right, base, row.visits, Style(self._size, INK, bold=True), zero)
        if self._waits:
            mean = self._total_right + _GAP + _TIME
            for right, seconds in zip((mean, mean + _TIME), row.wait, strict=True):
                self._value(pen, right, base, None if seconds is None else minutes(seconds + 30), style, zero="0")
            self._value(pen, RIGHT - 6, base, row.unserved, style)

    def _name_of(self, pen: Pen, x: float, base: float, name: str, style: Style) -> None:
        """A long name is set a little smaller before it is cut."""
        room = LEFT + _LETTER + self._name - x - 4
        if pdf_text.width(name, style) > room:
            style = Style(style.size * 0.88, style.color, style.bold)
        pen.text(x, base, pdf_text.fitted(name, style, room), style)

    def _number_style(self, values: Sequence[int], bold: bool) -> Style:
        style = Style(self._size, INK, bold=bold)
        widest = max((pdf_text.width(number(n), style) for n in values), default=0.0)
        room = max(self._hour - 3.5, 0)
        return style if widest <= room else Style(self._size * room / widest, INK, bold)

    def _value(self, pen: Pen, right: float, base: float, value: int | None, style: Style, zero: str = "–") -> None:
        if value:
            pen.right(right, base, number(value), style)
        else:
            pen.right(right, base, "–" if value is None else zero, Style(style.size, INK_3))


def _rows(sheet: DaySheet, services: int, tr: Translator) -> list[_Row]:
    """The services in their order (the smallest together when there is no room), then directions."""
    shown = list(sheet.services)
    merged: list[ServiceLine] = []
    if len(shown) > services:
        by_size = sorted(shown, key=lambda s: s.visits, reverse=True)
        merged = by_size[services - 1 :]
        shown = [s for s in shown if s not in merged]
    rows = [_Row(s.letter, s.name, s.by_hour, s.visits, (s.wait_mean, s.wait_p90), s.unserved) for s in shown]
    if merged:
        name = tr("Diğer {count} hizmet").format(count=len(merged))
        by_hour = tuple(map(sum, zip(*(s.by_hour for s in merged), strict=True)))
        visits = sum(s.visits for s in merged)
        rows.append(_Row("", name, by_hour, visits, unserved=sum(s.unserved for s in merged)))
    return [*rows, _Row("", tr("Bilgi verildi (numarasız)"), sheet.directions_by_hour, sheet.directions)]

"""The pictures of the annual report, painted here: months as columns, the largest rows as bars. They read in grey."""

from __future__ import annotations

from collections.abc import Sequence

from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_chart import nice_step
from desk.printing.pdf_page import (
    CONTENT,
    INK,
    INK_2,
    LEFT,
    LINE,
    LINE_STRONG,
    PETROL_500,
    PETROL_600,
    RIGHT,
    TINT,
    Pen,
)
from desk.printing.pdf_text import Style
from desk.reports.year_types import YearTable
from desk.text import number

_AXIS = Style(7.5, INK_2)


def months_chart(
    pen: Pen, table: YearTable, months: Sequence[str], y: float, height: float, year: int, tr: Translator
) -> None:
    """This year's months as columns, the year before as outlined ones behind them."""
    before = next((row.months for row in table.rows if row.key == "before"), None)
    top, bottom = y + 16, y + height - 14
    most = max((*table.months, *(before or ())), default=0)
    if not most:
        return
    step = nice_step(most, 5)
    highest = most * 1.08
    scale = (bottom - top) / highest
    left = LEFT + pdf_text.width(number(int(highest)), _AXIS) + 10
    for value in range(0, int(highest) + 1, step):
        level = bottom - value * scale
        pen.rule(left, RIGHT, level, LINE_STRONG if value == 0 else LINE, 0.8 if value == 0 else 0.5)
        pen.right(left - 5, level + 2.6, number(value), _AXIS)
    slot = (RIGHT - left) / 12
    wide = slot * (0.34 if before else 0.56)
    for place, (name, value) in enumerate(zip(months, table.months, strict=True)):
        middle = left + (place + 0.5) * slot
        x = middle - wide if before else middle - wide / 2
        if before and before[place]:
            pen.box(middle, bottom - before[place] * scale, wide, before[place] * scale, 0.1, stroke=LINE_STRONG)
        if value:
            peak = value == max(table.months)
            pen.fill(x, bottom - value * scale, wide, value * scale, PETROL_600 if peak else PETROL_500)
            shown = Style(6.8, INK, bold=True)
            level = max(value, before[place] if before else 0)  # no outline runs through the figure
            pen.centred(x + wide / 2, bottom - level * scale - 3, number(value), shown)
        pen.centred(middle, bottom + 10, name, _AXIS)
    _legend(pen, y + 8, year, before is not None, tr)


def _legend(pen: Pen, base: float, year: int, with_before: bool, tr: Translator) -> None:
    x = RIGHT
    if with_before:
        x -= pdf_text.width(str(year - 1), _AXIS)
        pen.text(x, base, str(year - 1), _AXIS)
        pen.box(x - 12, base - 6.4, 8, 7.5, 0.1, stroke=LINE_STRONG)
        x -= 24
    x -= pdf_text.width(str(year), _AXIS)
    pen.text(x, base, str(year), _AXIS)
    pen.fill(x - 12, base - 6.4, 8, 7.5, PETROL_500)


def bars(pen: Pen, rows: Sequence[tuple[str, int, int]], y: float, total: int) -> None:
    """Name, bar, number and share (tenths of a percent) of the largest rows; a full bar is the largest."""
    most = max(value for _, value, _ in rows)
    name, end = 150.0, 78.0
    room = CONTENT - name - end
    style = Style(7.8, INK)
    for place, (label, value, share) in enumerate(rows):
        base = y + place * 12 + 8
        pen.text(LEFT + 3, base, pdf_text.fitted(label, style, name - 8), style)
        pen.fill(LEFT + name, base - 6, room, 7, TINT)
        pen.fill(LEFT + name, base - 6, max(room * value / most, 0.8), 7, PETROL_600 if place == 0 else PETROL_500)
        pen.right(LEFT + name + room + 40, base, number(value), Style(7.8, INK, bold=True))
        pen.right(RIGHT - 3, base, f"%{share // 10},{share % 10}", Style(7.8, INK_2))

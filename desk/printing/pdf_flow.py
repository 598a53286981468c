"""A paper of as many pages as it needs: sections and tables that go on overleaf with their heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_page import (
    CONTENT,
    FOOT,
    INK,
    INK_2,
    INK_3,
    LEFT,
    LINE,
    LINE_STRONG,
    MARGIN,
    RIGHT,
    TINT,
    Pen,
    foot,
)
from desk.printing.pdf_text import Style

_TOP = MARGIN + 6
_SECTION, _HEADING = Style(14, INK, bold=True), Style(10.5, INK, bold=True)


@dataclass(frozen=True, slots=True)
class Column:
    """Width in points; numbers stand at the right."""

    name: str
    width: float
    number: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """Texts of a row; ``total`` stands under a strong rule, bold; ``quiet`` is set in grey; ``goes_on`` in the next."""

    cells: tuple[str, ...]
    total: bool = False
    quiet: bool = False
    goes_on: bool = False


class Flow:
    """``y`` is where the next thing begins. ``pages`` is how many there will be (0 while they are counted)."""

    def __init__(self, pen: Pen, note: str, tr: Translator, pages: int, running: str) -> None:
        self.pen, self.tr = pen, tr
        self._note, self._pages, self._running = note, pages, running
        self.page, self.y = 1, _TOP
        self.sections = 0

    def need(self, height: float) -> bool:
        """Turn the page unless there is room for ``height``; whether it turned."""
        if self.y + height <= FOOT - 8:
            return False
        self.turn()
        return True

    def turn(self) -> None:
        foot(self.pen, self._note, self.page, max(self._pages, self.page), self.tr)
        self.pen.next_page()
        self.page += 1
        self.pen.text(LEFT, MARGIN + 7, self._running, Style(8, INK_3))
        self.pen.rule(LEFT, RIGHT, MARGIN + 12, LINE)
        self.y = _TOP + 14

    def end(self) -> int:
        """Close the last page; returns how many there are."""
        foot(self.pen, self._note, self.page, max(self._pages, self.page), self.tr)
        return self.page

    def section(self, title: str, room: float = 90) -> None:
        """A heading that never stands alone at the foot of a page."""
        self.need(room)
        self.y += 8 if self.y > _TOP + 20 else 0
        self.pen.text(LEFT, self.y + 14, title, _SECTION)
        self.pen.rule(LEFT, RIGHT, self.y + 21, LINE_STRONG, 0.8)
        self.y += 32

    def heading(self, title: str, beside: str = "", room: float = 70) -> None:
        self.need(room)
        shown = pdf_text.fitted(title, _HEADING, CONTENT - 90)
        end = self.pen.text(LEFT, self.y + 10, shown, _HEADING)
        self.pen.text(end + 6, self.y + 10, beside, Style(8.5, INK_2))
        self.y += 17

    def words(self, text: str, style: Style = Style(8.5, INK_2), leading: float = 11.5) -> None:  # noqa: B008 - frozen
        for line in pdf_text.wrap(text, style, CONTENT):
            self.need(leading)
            self.pen.text(LEFT, self.y + 9, line, style)
            self.y += leading
        self.y += 4

    def draw(self, height: float, paint: Callable[[float], None]) -> None:
        """Something of one piece, painted from ``y`` down."""
        self.need(height)
        paint(self.y)
        self.y += height

    def table(self, columns: Sequence[Column], lines: Sequence[Line], size: float = 7.5, row: float = 12.0) -> None:
        """A table whose head is written again on every page it goes on to."""
        self._head(columns, size)
        for place, line in enumerate(lines):
            # A total, and what a row goes on with, never stand alone overleaf.
            holds_next = line.goes_on or (place + 1 < len(lines) and lines[place + 1].total)
            if self.need(row * 2 if holds_next else row):
                self._head(columns, size)
            self._line(columns, line, size, row)
        self.y += 10

    def _head(self, columns: Sequence[Column], size: float) -> None:
        style = Style(size - 0.4, INK_2, bold=True)
        names = [pdf_text.wrap(column.name, style, column.width - 4) for column in columns]
        high = 6 + 9 * max(len(lines) for lines in names)
        self.need(high + 30)
        self.pen.fill(LEFT, self.y, sum(c.width for c in columns), high, TINT)
        x = LEFT
        for column, lines in zip(columns, names, strict=True):
            base = self.y + high - 4.5 - 9 * (len(lines) - 1)
            for text in lines:
                if column.number:
                    self.pen.right(x + column.width - 3, base, text, style)
                else:
                    self.pen.text(x + 3, base, text, style)
                base += 9
            x += column.width
        self.y += high

    def _line(self, columns: Sequence[Column], line: Line, size: float, row: float) -> None:
        x, base = LEFT, self.y + row * 0.5 + size * 0.36
        whole = sum(c.width for c in columns)
        if line.total:
            self.pen.rule(LEFT, LEFT + whole, self.y, INK, 0.8)
        for column, text in zip(columns, line.cells, strict=True):
            style = Style(size, INK_2 if line.quiet else INK, bold=line.total)
            if column.number:
                wide = pdf_text.width(text, style)
                if wide > column.width - 3:
                    style = Style(size * (column.width - 3) / wide, style.color, style.bold)
                dash = text in ("–", "0")
                self.pen.right(x + column.width - 3, base, text, Style(style.size, INK_3) if dash else style)
            else:
                self.pen.text(x + 3, base, pdf_text.fitted(text, style, column.width - 6), style)
            x += column.width
        if not line.total and not line.goes_on:
            self.pen.rule(LEFT, LEFT + whole, self.y + row, LINE, 0.4)
        self.y += row

"""Small drawing helpers shared by the painted widgets.

Widgets reckon from left to right; in a right-to-left window (Arabic kiosk) the helpers mirror every rectangle, swap
left and right alignment and turn arrows, as long as the painter comes from ``painting()``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desk.ui.theme import ALIGN_LEFT, Face
from desk.ui.theme import font as font_of_theme
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of text as it was painted: what it should say, what it says, where (in its widget) and in which ink."""

    widget: QWidget | None
    rect: QRectF
    words: str
    shown: str
    font: QFont
    color: QColor
    align: Qt.AlignmentFlag = ALIGN_LEFT
    meant: bool = False  # shortening is foreseen: the whole of it is one hint away


watchers: list[Callable[[Drawn], None]] = []
"""Who looks at every line of text while it is painted: the gallery, to measure what does not fit."""


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter on ``widget`` that is ended even when drawing raises (a live painter would crash the process)."""
    painter = QPainter(widget)
    painter.__dict__["widget"] = widget
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        painter.__dict__["mirror"] = widget.width()
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # "65 سنة" begins at the right
    try:
        yield painter
    finally:
        painter.end()


@contextmanager
def may_elide(painter: QPainter) -> Iterator[None]:
    """People's own words are drawn meanwhile: what is shortened of them is told whole by a tooltip."""
    painter.__dict__["may_elide"] = True
    try:
        yield
    finally:
        painter.__dict__.pop("may_elide")


def is_mirrored(painter: QPainter) -> bool:
    return "mirror" in painter.__dict__


def placed(painter: QPainter, rect: QRectF) -> QRectF:
    """Where ``rect`` really goes: itself, or its mirror image."""
    width = painter.__dict__.get("mirror")
    return rect if width is None else QRectF(width - rect.right(), rect.y(), rect.width(), rect.height())


def _aligned(painter: QPainter, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
    return _absolute(align, is_mirrored(painter))


@lru_cache(maxsize=64)
def _absolute(align: Qt.AlignmentFlag, mirrored: bool) -> Qt.AlignmentFlag:
    sides = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignRight
    if mirrored and align & sides:
        align = align ^ sides
    return align | Qt.AlignmentFlag.AlignAbsolute


@lru_cache(maxsize=64)
def _flags(align: Qt.AlignmentFlag, mirrored: bool) -> int:
    """Of one line of text; putting Qt's flags together takes as long as drawing a word."""
    return int(_absolute(align, mirrored) | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine)


def draw_box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: str | QColor | None = None,
    edge: str | QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A rounded box; its edge lies wholly inside ``rect``. ``radius`` is held to half the smaller side."""
    rect = placed(painter, rect)
    inset = width / 2 if edge else 0.0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    corner = max(0.0, min(radius, rect.height() / 2, rect.width() / 2) - inset)
    if edge:
        pen = QPen(QColor(edge), width)
        if dashed:
            pen.setDashPattern([4 / width, 3 / width])
        painter.setPen(pen)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, corner, corner)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    color: str | QColor,
    align: Qt.AlignmentFlag = ALIGN_LEFT,
    elide: bool = True,
) -> None:
    """One line of text in ``rect``, shortened with … when it is too long; ş and g are never cut below."""
    ink = color if isinstance(color, QColor) else QColor(color)
    painter.setFont(font)
    painter.setPen(ink)
    shown = shortened(font, words, rect.width() + 0.5) if elide else words
    where = placed(painter, rect)
    painter.drawText(where, _flags(align, is_mirrored(painter)), shown)
    for watcher in watchers:
        widget, meant = painter.__dict__.get("widget"), bool(painter.__dict__.get("may_elide"))
        watcher(Drawn(widget, where, words, shown, QFont(font), QColor(ink), _aligned(painter, align), meant))


def draw_lines(
    painter: QPainter,
    rect: QRectF,
    lines: list[str],
    font: QFont,
    color: str | QColor,
    align: Qt.AlignmentFlag = ALIGN_LEFT,
) -> None:
    """Ready-broken ``lines`` from the top of ``rect`` down, one line height each."""
    step = line_height(font)
    for place, words in enumerate(lines):
        draw_text(painter, QRectF(rect.x(), rect.y() + place * step, rect.width(), step), words, font, color, align)


def shortened(font: QFont, words: str, room: float) -> str:
    """``words``, ending in … where they are longer than ``room``; whether they are, is kept."""
    if isinstance(font, Face) and font.is_itself() and text_width(font, words) <= room:
        return words
    return metrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)


def metrics(font: QFont) -> QFontMetricsF:
    return QFontMetricsF(font)


def text_width(font: QFont, words: str) -> int:
    """Pixels that ``words`` take, rounded up."""
    if not words:
        return 0
    if isinstance(font, Face) and font.is_itself():
        return _width(font.ident, words)
    return math.ceil(QFontMetricsF(font).horizontalAdvance(words))


@lru_cache(maxsize=8192)
def _width(ident: tuple[int, int], words: str) -> int:
    return math.ceil(_measure(ident).horizontalAdvance(words))


@lru_cache(maxsize=256)
def _measure(ident: tuple[int, int]) -> QFontMetricsF:
    return QFontMetricsF(font_of_theme(*ident))


def line_height(font: QFont) -> int:
    """Height of one line: 1.4 × the font size, never less than the glyphs need."""
    if isinstance(font, Face) and font.is_itself():
        return _height(font.ident)
    return max(math.ceil(font.pixelSize() * 1.4), math.ceil(QFontMetricsF(font).height()))


@lru_cache(maxsize=256)
def _height(ident: tuple[int, int]) -> int:
    return max(math.ceil(ident[0] * 1.4), math.ceil(_measure(ident).height()))


def wrap(font: QFont, words: str, width: float, most: int = 99) -> list[str]:
    """``words`` broken at blanks (not at hard ones) into lines of at most ``width``; a last line over ``most`` lines
    ends in …"""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip()
            if line and text_width(font, longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    if len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        shown = metrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        lines = [*lines[: most - 1], shown]
        for watcher in watchers:
            watcher(Drawn(None, QRectF(), rest, shown, font, QColor()))
    return lines


def balanced(font: QFont, words: str, width: float) -> list[str]:
    """One or two lines; of two, the break that makes them most alike in width (a title on a tile)."""
    if "\n" in words or text_width(font, words) <= width:
        return wrap(font, words, width, 2)
    pair = halves(font, words)
    if len(pair) == 2 and max(text_width(font, line) for line in pair) <= width:
        return pair
    return wrap(font, words, width, 2)


def halves(font: QFont, words: str) -> list[str]:
    """The break at a blank that makes two lines most alike in width; one line where there is no blank."""
    parts = words.split()
    pairs = [[" ".join(parts[:cut]), " ".join(parts[cut:])] for cut in range(1, len(parts))]
    return min(pairs, key=lambda pair: max(text_width(font, line) for line in pair), default=[words])


def mixed(first: str, second: str, share: float) -> QColor:
    """The colour ``share`` of the way from ``first`` to ``second``."""
    a, b = QColor(first), QColor(second)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )

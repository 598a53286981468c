"""What is wrong with what a window shows, measured: text that does not fit or cannot be read, nameless or unreachable
controls, targets too small to touch, colours outside the theme.

The gallery renders a window while a ``Watch`` listens to every line of text that is painted; the ink is then held
against the ground found in the picture itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF, QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desk.ui.widgets.control import Control, Painted
from desk.ui.widgets.painting import Drawn, watchers

INPUTS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
SLACK = 2
"""Pixels that a letter may lack without anybody seeing it."""

AA, AA_LARGE = 4.5, 3.0
AAA, AAA_LARGE = 7.0, 4.5
"""Contrast of text and of large text, WCAG 2.2 (1.4.3 and 1.4.6)."""

LARGE, LARGE_BOLD = 24, 18.66
"""Pixels from which text counts as large (18 and 14 points)."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind of screen asks for: contrast, and the least side of a touch target in pixels."""

    contrast: float
    contrast_large: float
    target: int


STAFF = Needs(AA, AA_LARGE, 44)
HALL = Needs(AAA, AAA_LARGE, 0)


def kiosk(pixel_scale: float) -> Needs:
    """A kiosk page drawn at ``pixel_scale`` of its full size."""
    return Needs(AAA, AAA_LARGE, round(88 * pixel_scale))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``what`` is cut, contrast, name, focus, target or colour."""

    what: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.what}: {self.where}: {self.detail}"


@contextmanager
def watch() -> Iterator[list[Drawn]]:
    """Collects every line of text painted meanwhile."""
    drawn: list[Drawn] = []
    watchers.append(drawn.append)
    try:
        yield drawn
    finally:
        watchers.remove(drawn.append)


def picture(window: QWidget) -> tuple[QImage, list[Drawn]]:
    """The window as it is shown, and every line that was painted for it."""
    with watch() as drawn:
        image = window.grab().toImage()
    return image, drawn


def findings(window: QWidget, image: QImage, drawn: list[Drawn], needs: Needs) -> list[Finding]:
    """Everything wrong with ``window`` as it stands in ``image``, each thing once."""
    lines = [*(line for line in drawn if line.widget is None or _in(window, line.widget)), *_labels(window)]
    found = [
        *_cut(window, lines),
        *_overlapping(window, lines),
        *_crushed(window),
        *_unreadable(window, image, lines, needs),
        *_controls(window, needs),
    ]
    return list(dict.fromkeys(found))


def _in(window: QWidget, widget: QWidget) -> bool:
    return widget.isVisible() and (widget is window or window.isAncestorOf(widget))


def _labels(window: QWidget) -> Iterator[Drawn]:
    """Text that Qt paints itself: labels, and what stands in fields."""
    for label in window.findChildren(QLabel):
        # An elided label is painted by the kit, which tells.
        if label.isVisible() and label.text() and type(label).paintEvent is QLabel.paintEvent:
            ink = label.palette().color(QPalette.ColorRole.WindowText)
            yield Drawn(label, QRectF(label.rect()), label.text(), label.text(), label.font(), ink, label.alignment())
    for field in window.findChildren(QLineEdit):
        if field.isVisible() and not field.text() and field.placeholderText():
            ink = field.palette().color(QPalette.ColorRole.PlaceholderText)
            words = field.placeholderText()
            room = QRectF(field.contentsRect())
            yield Drawn(field, room, words, words, field.font(), ink, field.alignment())


def _cut(window: QWidget, lines: list[Drawn]) -> Iterator[Finding]:
    for line in lines:
        if not line.words.strip():
            continue
        if line.words != line.shown:
            if not (line.meant or _may_elide(line.widget)):
                yield Finding("cut", _name(line.widget), f"{line.words!r} is shown as {line.shown!r}")
            continue
        lacking = _lacking(line)
        if lacking > SLACK:
            yield Finding("cut", _name(line.widget), f"{line.words!r} lacks {lacking:.0f} px")
        elif line.widget is not None and not _wholly_seen(window, line.widget, line.rect):
            yield Finding("cut", _name(line.widget), f"{line.words!r} is cut off by what surrounds it")


def _overlapping(window: QWidget, lines: list[Drawn]) -> Iterator[Finding]:
    """Lines of one widget that run into each other, or out of it above or below."""
    of: dict[QWidget, list[Drawn]] = {}
    for line in lines:
        if isinstance(line.widget, Painted | Control) and line.shown.strip() and _is_shown(window, line.widget):
            of.setdefault(line.widget, []).append(line)
    for widget, drawn in of.items():
        spots = list(dict.fromkeys((line.shown, _body(line).getRect()) for line in drawn))
        for at, (words, spot) in enumerate(spots):
            rect = QRectF(*spot)
            out = max(-rect.top(), rect.bottom() - widget.height())
            if out > SLACK:
                yield Finding("cut", _name(widget), f"{words!r} stands {out:.0f} px outside")
            for other, place in spots[at + 1 :]:
                met = rect.intersected(QRectF(*place))
                if min(met.width(), met.height()) > SLACK:
                    yield Finding("cut", _name(widget), f"{words!r} runs into {other!r}")


def _is_shown(window: QWidget, widget: QWidget) -> bool:
    return widget is window or window.isAncestorOf(widget)


def _body(line: Drawn) -> QRectF:
    """The part of a line that every letter has: from the base line up to the height of a small x."""
    spot, size = _letters(line), line.font.pixelSize()
    middle = spot.center().y()
    return QRectF(spot.x(), middle - size * 0.25, spot.width(), size * 0.6)


def _crushed(window: QWidget) -> Iterator[Finding]:
    """What got less height than it needs: lines run into each other.

    A widget with ``fits_words`` sets its words in letters that suit the room it gets; whether they do is measured
    line by line.
    """
    for widget in window.findChildren(QWidget):
        if getattr(widget, "fits_words", False):
            continue
        if isinstance(widget, Painted | Control | QLabel) and widget.isVisible() and widget.height() > 0:
            if isinstance(widget, QLabel) and widget.wordWrap():
                needed = widget.heightForWidth(widget.width())  # the minimum is a guess at some other width
            else:
                needed = widget.minimumSizeHint().height()
            lacking = needed - widget.height()
            if lacking > SLACK:
                yield Finding("cut", _name(widget), f"{lacking} px of its height are missing")


def _may_elide(widget: QWidget | None) -> bool:
    """Whether shortening is meant: a line of people's own words with the whole of it in its tooltip."""
    return widget is not None and (bool(widget.property("may_elide")) or bool(widget.toolTip()))


def _lacking(line: Drawn) -> float:
    """Pixels by which the words are larger than their room."""
    widget = line.widget
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) - widget.height() - 0.0
        room = widget.contentsRect()
        return QFontMetricsF(line.font).horizontalAdvance(line.words) - room.width()
    if widget is None:
        return 0.0
    return QFontMetricsF(line.font).horizontalAdvance(line.words) - line.rect.width()


def _wholly_seen(window: QWidget, widget: QWidget, rect: QRectF) -> bool:
    """Whether no parent cuts ``rect`` off; what can be scrolled to is seen."""
    part = _ink(rect)
    at: QWidget | None = widget
    while at is not None and at is not window:
        parent = at.parentWidget()
        if parent is None:
            break
        if isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea):
            return True
        part.translate(at.pos())
        room = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not room.contains(part) and not _is_stacked_away(at):
            return False
        at = parent
    return True


def _ink(rect: QRectF) -> QRect:
    """The middle of a line's box: its letters, without the air above and below."""
    return rect.adjusted(0, rect.height() * 0.2, 0, -rect.height() * 0.2).toAlignedRect()


def _is_stacked_away(widget: QWidget) -> bool:
    return not widget.isVisible()


# --- contrast


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _unreadable(window: QWidget, image: QImage, lines: list[Drawn], needs: Needs) -> Iterator[Finding]:
    for line in lines:
        widget = line.widget
        if widget is None or not line.words.strip() or not widget.isEnabled():
            continue
        if _is_covered(window, widget, line):
            continue
        seen = QRectF(widget.visibleRegion().boundingRect())  # the rest is scrolled away
        place = _on_picture(window, widget, _letters(line).intersected(seen))
        ground = _ground(image, place)
        if ground is None:
            continue
        wanted = needs.contrast_large if _is_large(line.font) else needs.contrast
        measured = contrast(line.color, ground)
        if measured < wanted - 0.05:
            pair = f"{line.color.name()} on {ground.name()}"
            yield Finding("contrast", _name(widget), f"{line.words!r}: {measured:.1f} < {wanted} ({pair})")


def _is_covered(window: QWidget, widget: QWidget, line: Drawn) -> bool:
    """Whether something lies over the line: a question, a message, a page of keys. It is read when that has gone."""
    spot = _letters(line)
    for across, down in ((0.1, 0.5), (0.5, 0.5), (0.9, 0.5), (0.5, 0.1), (0.5, 0.9)):
        inside = QPoint(round(spot.x() + spot.width() * across), round(spot.y() + spot.height() * down))
        above = window.childAt(widget.mapTo(window, inside) if widget is not window else inside)
        if above is not None and not (above is widget or widget.isAncestorOf(above) or above.isAncestorOf(widget)):
            return True
    return False


def _letters(line: Drawn) -> QRectF:
    """Where the letters stand within their room."""
    wide = min(QFontMetricsF(line.font).horizontalAdvance(line.shown), line.rect.width())
    left, spare = line.rect.x(), line.rect.width() - wide
    if line.align & Qt.AlignmentFlag.AlignRight:
        left += spare
    elif line.align & Qt.AlignmentFlag.AlignHCenter:
        left += spare / 2
    high = min(line.rect.height(), line.font.pixelSize() * 1.2)
    top = line.rect.y()
    if line.align & Qt.AlignmentFlag.AlignVCenter:
        top += (line.rect.height() - high) / 2
    return QRectF(left, top, wide, high)


def _is_large(font: QFont) -> bool:
    tag = QFont.Tag("wght")
    bold = font.isVariableAxisSet(tag) and font.variableAxisValue(tag) >= 600
    return font.pixelSize() >= (LARGE_BOLD if bold else LARGE)


def _on_picture(window: QWidget, widget: QWidget, rect: QRectF) -> QRect:
    ratio = window.devicePixelRatioF()
    corner = widget.mapTo(window, rect.topLeft().toPoint()) if widget is not window else rect.topLeft().toPoint()
    return QRect(QPoint(round(corner.x() * ratio), round(corner.y() * ratio)), (rect.size() * ratio).toSize())


def _ground(image: QImage, place: QRect) -> QColor | None:
    """The commonest colour around the letters; None when the place is not in the picture."""
    seen = place.intersected(image.rect())
    if seen.width() < 4 or seen.height() < 4:
        return None
    across, down = max(1, seen.width() // 40), max(1, seen.height() // 12)
    colors = Counter(
        image.pixel(x, y)
        for x in range(seen.left(), seen.right() + 1, across)
        for y in range(seen.top(), seen.bottom() + 1, down)
    )
    return QColor.fromRgb(colors.most_common(1)[0][0])


# --- controls


def _controls(window: QWidget, needs: Needs) -> Iterator[Finding]:
    for control in window.findChildren(QWidget):
        if not isinstance(control, INPUTS) or not control.isVisible() or not control.isEnabled():
            continue
        if _is_inner(control) or _only_shows(control):
            continue
        spoken = QAccessible.queryAccessibleInterface(control)
        name = spoken.text(QAccessible.Text.Name) if spoken else ""
        if not name.strip():
            yield Finding("name", _name(control), "a screen reader has nothing to say")
        if not _reachable(control):
            yield Finding("focus", _name(control), "the keyboard does not reach it")
        if isinstance(control, QAbstractButton) and needs.target:
            small = min(_target(control).width(), _target(control).height())
            if small < needs.target:
                yield Finding("target", _name(control), f"{small} px < {needs.target} px")


def _only_shows(control: QWidget) -> bool:
    """A control's look on something that cannot be pressed."""
    return bool(getattr(control, "_passive", False)) or control.testAttribute(
        Qt.WidgetAttribute.WA_TransparentForMouseEvents
    )


def _is_inner(control: QWidget) -> bool:
    """A part of another control (Qt's own clear button in a field)."""
    parent = control.parentWidget()
    return isinstance(parent, QLineEdit) or control.objectName().startswith("qt_")


def _reachable(control: QWidget) -> bool:
    """By Tab, or by arrows from its group (a group has one tab stop; its chosen part or the group itself has it)."""
    if control.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return True
    if control.property("keyboard"):  # a chord does the same, and the key page says which
        return True
    parent = control.parentWidget()
    while parent is not None and not parent.isWindow():
        if parent.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return True
        if any(
            other.focusPolicy() & Qt.FocusPolicy.TabFocus
            for other in parent.children()
            if isinstance(other, type(control))
        ):
            return True
        parent = parent.parentWidget()
        if parent is not None and len(parent.findChildren(type(control))) > 30:
            break
    return False


def _target(control: QAbstractButton) -> QRect:
    """What a finger can hit: the control and the margin it says it takes (``hit_margin``)."""
    margin = int(control.property("hit_margin") or 0)
    return control.rect().adjusted(-margin, -margin, margin, margin)


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "?"
    named = widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {named!r}" if named else type(widget).__name__

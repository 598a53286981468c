"""Arrow keys between the keys of a page. Pure: rectangles in, the next one out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def neighbour(places: Sequence[QRect], current: int, key: Qt.Key) -> int:
    """The place that ``key`` leads to from ``places[current]``; the same one when there is nothing that way.

    Nearest in the direction of the key first; to the side counts three times, so that a row is walked along before
    another one is entered.
    """
    across, down = STEPS[key]
    here = places[current]
    best, least = current, float("inf")
    for place, there in enumerate(places):
        if place == current:
            continue
        ahead, aside = _gaps(here, there, across, down)
        if ahead > 0 and ahead + 3 * aside < least:
            best, least = place, ahead + 3 * aside
    return best


def _gaps(here: QRect, there: QRect, across: int, down: int) -> tuple[float, float]:
    """How far ``there`` lies ahead (by centres; not positive: not that way) and how far aside (0: overlapping)."""
    move = there.center() - here.center()
    if across:
        beyond = there.left() >= here.right() if across > 0 else there.right() <= here.left()
        overlap = min(here.bottom(), there.bottom()) - max(here.top(), there.top())
        return (move.x() * across if beyond else -1), (0 if overlap > 0 else abs(move.y()))
    beyond = there.top() >= here.bottom() if down > 0 else there.bottom() <= here.top()
    overlap = min(here.right(), there.right()) - max(here.left(), there.left())
    return (move.y() * down if beyond else -1), (0 if overlap > 0 else abs(move.x()))

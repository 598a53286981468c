"""Where everything stands on a counter's panel: the number and its keys, and beside or below them who comes next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import Scroller, SideBySide
from desk.ui.widgets import Button, Dressed

HEIGHTS = (56, 48, 48, 44)
"""Least pixels of the keys' lines on the page."""

MOST_KEY = 32
"""So many pixels higher a key becomes in a high window."""

MOST_CARD = 1.5
"""So many times its least height the card becomes higher."""

SHARE_OF_KEYS = 30
"""Per cent of the spare height that the keys take together; the card takes the rest."""


def work_area(panel: Any, *, small: bool) -> QWidget:
    """The panel while a counter is chosen; ``small``: of the window that stays on top."""
    row = SideBySide(gap=10 if small else 24)
    keys = NumberAndKeys(panel, small)
    row.add(keys, stretch=5, least=400)
    row.add(panel.side or _lists(panel), stretch=4, least=300)
    area = QWidget()
    whole = QVBoxLayout(area)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(8 if small else 12)
    whole.addLayout(_header(panel))
    whole.addWidget(Scroller(row) if small else Filled(row, keys), 1)
    foot = QHBoxLayout()
    foot.addWidget(panel.person, 1)
    foot.addWidget(panel.counts)
    whole.addLayout(foot)
    return area


class NumberAndKeys(Dressed, QWidget):
    """The card and the keys below it. ``room()`` gives the pixels there are for them, the same whatever the counter
    shows: the keys keep their places."""

    def __init__(self, panel: Any, small: bool) -> None:
        super().__init__()
        self._panel = panel
        self.room: Callable[[], int] | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6 if small else 8)
        column.addWidget(panel.card)
        column.addWidget(panel.reason)
        column.addLayout(_keys(panel, small))
        column.addStretch(1)

    def look_changed(self) -> None:
        super().look_changed()
        self.fill()

    def fill(self) -> None:
        """Card and keys grow into the height there is."""
        if self.room is None:
            return
        panel, height = self._panel, self.room()
        lines = list(zip(HEIGHTS, _pairs(panel), strict=True))
        needs = [max(least, pair[0].sizeHint().height()) for least, pair in lines]
        card, reason = panel.card.least_height(), panel.reason.sizeHint().height()
        spare = max(0, height - card - reason - sum(needs) - (len(needs) + 1) * self._column.spacing())
        each = min(MOST_KEY, spare * SHARE_OF_KEYS // 100 // len(needs))
        for need, (_least, pair) in zip(needs, lines, strict=True):
            for button in pair:
                button.setMinimumHeight(need + each)
        panel.card.set_extra(min(round(card * MOST_CARD), spare - each * len(needs)))


class Filled(Scroller):
    """The page's two columns, the left one as high as can be seen of it."""

    def __init__(self, row: SideBySide, keys: NumberAndKeys) -> None:
        super().__init__(row)
        self._row, self._keys = row, keys
        keys.room = self._room

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._keys.fill()
        super().resizeEvent(event)

    def _room(self) -> int:
        """0 where the columns stand below each other and the page scrolls."""
        return self.viewport().height() if self._row.fits(self.viewport().width()) else 0


def _pairs(panel: Any) -> tuple[tuple[Button, Button], ...]:
    """The keys of the page, line by line."""
    return (
        (panel.call, panel.enter_button),
        (panel.recall, panel.no_show),
        (panel.hold, panel.transfer),
        (panel.record, panel.more),
    )


def _keys(panel: Any, small: bool) -> QGridLayout:
    """In the small window the two that matter most have a line each."""
    grid = QGridLayout()
    grid.setSpacing(6 if small else 8)
    main, usual = (44, 44) if small else HEIGHTS[:2]
    for place, button in enumerate((panel.call, panel.enter_button)):
        button.setMinimumHeight(main)
        grid.addWidget(button, place if small else 0, 0 if small else place, 1, 2 if small else 1)
    for place, button in enumerate((panel.recall, panel.no_show, panel.hold, panel.transfer)):
        button.setMinimumHeight(usual)
        grid.addWidget(button, 2 + place // 2, place % 2)
    grid.addWidget(panel.record, 4, 0)
    grid.addWidget(panel.more, 4, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _lists(panel: Any) -> QWidget:
    """Of the small window: one below the other."""
    lists = QWidget()
    column = QVBoxLayout(lists)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(panel.next)
    column.addWidget(panel.held)
    column.addStretch(1)
    return lists


def _header(panel: Any) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(panel.title)
    words.addWidget(panel.services)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addLayout(words, 1)
    row.addWidget(panel.pill)
    return row

"""Where everything stands on Evrak Kayıt: form, checks and receipt side by side where there is room, else below each
other; then what saves the form stays in sight below them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import Scroller, SideBySide

SIDES = 24
"""Pixels left and right of everything."""


class Room:
    """The layout of an Evrak page; ``arrange()`` after every change of its size or of the text's."""

    def __init__(self, page: Any) -> None:
        self._page = page
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(SIDES, 16, SIDES, 16)
        column.setSpacing(12)
        column.addLayout(self._header())
        self._whole = SideBySide(gap=12)
        self._whole.add(self._work(), stretch=4, least=978)
        self._whole.add(page.receipt, stretch=1, least=226)
        column.addWidget(self._whole, 1)
        self._foot = QWidget()
        self._bottom = QVBoxLayout(self._foot)
        self._bottom.setContentsMargins(SIDES, 8, SIDES, 12)
        self._foot.hide()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Scroller(content), 1)
        outer.addWidget(self._foot)

    def _work(self) -> QWidget:
        """Form and checks, what can be done with them, and what was done before."""
        page = self._page
        row = SideBySide(gap=12)
        row.add(page.sheet, stretch=7, least=760)
        row.add(page.checks, stretch=2, least=206)
        box = QWidget()
        self._column = column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(row)
        column.addWidget(page.duplicates)
        column.addWidget(page.actions)
        column.addWidget(page.recent, 1)
        return box

    def _header(self) -> QHBoxLayout:
        page = self._page
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(page.heading)
        words.addWidget(page.subtitle)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 2)
        row.addWidget(page.search, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(page.new_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def arrange(self) -> None:
        """F2 never lies below the edge: with the parts below each other its row stands under what scrolls."""
        page = self._page
        below = not self._whole.fits(page.width() - 2 * SIDES)
        if below == self._foot.isAncestorOf(page.actions):
            return
        if below:
            self._column.removeWidget(page.actions)
            self._bottom.addWidget(page.actions)
        else:
            self._bottom.removeWidget(page.actions)
            self._column.insertWidget(2, page.actions)
        self._foot.setVisible(below)

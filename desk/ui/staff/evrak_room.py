"""Where everything stands on Evrak Kayıt: form, checks and receipt side by side where there is room, else below each
other. What saves the form, and prints the last receipt, stays in sight below them; the page alone is scrolled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import Scroller, SideBySide, below_each_other

SIDES = 24
"""Pixels left and right of everything."""


class Room:
    """The layout of an Evrak page; ``arrange()`` after every change of its size or of the text's."""

    def __init__(self, page: Any) -> None:
        self._page = page
        content = QWidget()
        column = below_each_other(content)
        column.setContentsMargins(SIDES, 12, SIDES, 8)
        column.setSpacing(8)
        column.addLayout(self._header())
        self._whole = SideBySide(gap=12)
        self._whole.add(self._work(), stretch=4, least=978)
        self._whole.add(page.receipt, stretch=1, least=226)
        column.addWidget(self._whole, 1)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(SIDES, 6, SIDES, 8)
        self._foot.setSpacing(12)
        self._foot.addWidget(page.actions, 1)
        self._foot.addWidget(page.receipt.last)
        self._scroller = Scroller(content, in_margin=True)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroller, 1)
        outer.addLayout(self._foot)
        page.recent.marked.connect(self._show_line)
        page.form.begun.connect(self._scroller.to_top)
        page.panel.shown.connect(self._scroller.to_top)

    def _work(self) -> QWidget:
        """Form and checks, what can be done with them, and what was done before."""
        page = self._page
        row = SideBySide(gap=12)
        row.add(page.sheet, stretch=7, least=760)
        row.add(page.checks, stretch=2, least=206)
        box = QWidget()
        column = below_each_other(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(row)
        column.addWidget(page.duplicates)
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

    def _show_line(self, top: int, high: int) -> None:
        """The line of "Son kayıtlar" that the keys have reached comes into sight."""
        spot = self._page.recent.table.viewport().mapTo(self._scroller.widget(), QPoint(0, top))
        self._scroller.ensureVisible(0, spot.y(), 0, high)
        self._scroller.ensureVisible(0, spot.y() + high, 0, high)

    def arrange(self) -> None:
        """With the parts below each other the row of keys is full: the last receipt's stands below the receipt."""
        page = self._page
        key = page.receipt.last
        below = not self._whole.fits(page.width() - 2 * SIDES)
        if below == page.receipt.isAncestorOf(key):
            return
        if below:
            self._foot.removeWidget(key)
            page.receipt.layout().addWidget(key)
        else:
            page.receipt.layout().removeWidget(key)
            self._foot.addWidget(key)

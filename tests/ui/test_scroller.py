"""A page that scrolls: its bar comes and goes for the eye, and never for those who ask for its parts."""

from __future__ import annotations

from person import settle
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desk.ui.staff.side_by_side import Scroller


def test_a_bar_that_is_not_needed_takes_no_room_and_stays_a_part(qtbot):
    content = QWidget()
    area = Scroller(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    settle(lambda: area.viewport().width() == 300)
    parts = QAccessible.queryAccessibleInterface(area).childCount()
    content.setMinimumHeight(900)
    settle(lambda: area.viewport().width() < 300)
    assert area.verticalScrollBar().maximum() == 700
    assert QAccessible.queryAccessibleInterface(area).childCount() == parts
    content.setMinimumHeight(0)
    settle(lambda: area.viewport().width() == 300)
    assert QAccessible.queryAccessibleInterface(area).childCount() == parts

"""Where everything stands on a counter's panel: the number and its keys, and beside or below them who comes next."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import Scroller, SideBySide


def work_area(panel: Any, *, small: bool) -> QWidget:
    """The panel while a counter is chosen; ``small``: of the window that stays on top."""
    row = SideBySide(gap=10 if small else 24)
    row.add(_number_and_keys(panel, small), stretch=5, least=400)
    row.add(panel.side or _lists(panel), stretch=4, least=300)
    area = QWidget()
    whole = QVBoxLayout(area)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(12)
    whole.addLayout(_header(panel))
    whole.addWidget(Scroller(row), 1)
    foot = QHBoxLayout()
    foot.addWidget(panel.person, 1)
    foot.addWidget(panel.counts)
    whole.addLayout(foot)
    return area


def _number_and_keys(panel: Any, small: bool) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    column.addWidget(panel.card)
    column.addWidget(panel.reason)
    column.addLayout(_keys(panel, small))
    last = QHBoxLayout()
    last.setSpacing(8)
    last.addWidget(panel.record, 1)
    last.addWidget(panel.more, 1)
    column.addLayout(last)
    column.addStretch(1)
    return box


def _keys(panel: Any, small: bool) -> QGridLayout:
    """In the small window the two that matter most have a line each."""
    grid = QGridLayout()
    grid.setSpacing(8)
    main, usual = (42, 38) if small else (56, 48)
    for place, button in enumerate((panel.call, panel.enter_button)):
        button.setMinimumHeight(main)
        grid.addWidget(button, place if small else 0, 0 if small else place, 1, 2 if small else 1)
    for place, button in enumerate((panel.recall, panel.no_show, panel.hold, panel.transfer)):
        button.setMinimumHeight(usual)
        grid.addWidget(button, 2 + place // 2, place % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _lists(panel: Any) -> QWidget:
    """Of the small window: one below the other."""
    lists = QWidget()
    column = QVBoxLayout(lists)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
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

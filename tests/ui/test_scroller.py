"""A page that scrolls: its bar comes and goes for the eye, and never for those who ask for its parts."""

from __future__ import annotations

import pytest
from person import settle
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollBar, QVBoxLayout, QWidget

from desk.ui.staff.side_by_side import SETTLED_MS, Scroller


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
    bar = area.verticalScrollBar()
    assert bar.maximum() == 700
    assert bar.geometry() == QRect(area.viewport().geometry().topRight() + QPoint(1, 0), area.rect().bottomRight())
    assert QAccessible.queryAccessibleInterface(area).childCount() == parts
    content.setMinimumHeight(0)
    settle(lambda: area.viewport().width() == 300)
    assert QAccessible.queryAccessibleInterface(area).childCount() == parts


@pytest.mark.parametrize("in_margin", [False, True])
def test_what_a_screen_reader_counted_is_still_there_when_the_page_goes_to_the_back(qtbot, in_margin):
    content = QWidget()
    content.setMinimumHeight(900)
    area = Scroller(content, in_margin=in_margin)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    settle(lambda: area.verticalScrollBar().maximum() == 700)
    told = QAccessible.queryAccessibleInterface(area)
    assert [told.child(place).object() for place in range(told.childCount())] == [area.viewport()]
    area.hide()
    assert told.childCount() == 1  # Qt looks for any other among what is left, and finds none: the program ended


def test_a_bar_in_the_margin_takes_no_room_when_it_comes(qtbot):
    content = QWidget()
    area = Scroller(content, in_margin=True)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    settle(lambda: content.width() == 300)
    content.setMinimumHeight(900)
    settle(lambda: area.verticalScrollBar().maximum() == 700)
    bar = area.verticalScrollBar()
    assert content.width() == 300
    assert bar.width() >= 8 and bar.mapTo(area, bar.rect().topRight()).x() == 299


@pytest.fixture
def form(qtbot) -> Scroller:
    """A page higher than its window; its last field is below the edge."""
    content = QWidget()
    column = QVBoxLayout(content)
    fields = [QLineEdit() for _ in range(12)]
    for field in fields:
        field.setFixedHeight(44)
        column.addWidget(field)
    area = Scroller(content)
    qtbot.addWidget(area)
    area.resize(300, 400)
    area.show()
    area.activateWindow()
    settle(lambda: area.verticalScrollBar().maximum() > 0)
    return area


def fields_of(area: Scroller) -> list[QLineEdit]:
    return area.widget().findChildren(QLineEdit)


def in_sight(area: Scroller, part: QWidget) -> bool:
    """Whether every pixel of it shows."""
    top = part.mapTo(area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + part.height() <= area.viewport().height()


def test_what_gets_the_focus_comes_into_sight(form):
    last = fields_of(form)[-1]
    assert not in_sight(form, last)
    last.setFocus()
    settle(lambda: in_sight(form, last))


def test_what_has_the_focus_stays_in_sight_when_the_window_becomes_lower(form):
    sixth = fields_of(form)[5]
    sixth.setFocus()
    settle(lambda: in_sight(form, sixth))
    form.resize(300, 160)
    settle(lambda: form.viewport().height() <= 160 and in_sight(form, sixth))


def test_what_has_the_focus_stays_in_sight_when_a_part_above_it_grows(form):
    first, sixth = fields_of(form)[0], fields_of(form)[5]
    sixth.setFocus()
    settle(lambda: in_sight(form, sixth))
    first.setFixedHeight(300)
    settle(lambda: form.widget().height() > 700 and in_sight(form, sixth))


def test_who_scrolls_away_is_left_there_until_the_next_key(form):
    first = fields_of(form)[0]
    first.setFocus()
    QTest.qWait(2 * SETTLED_MS)
    form.verticalScrollBar().triggerAction(QScrollBar.SliderAction.SliderToMaximum)
    form.resize(300, 390)
    settle(lambda: form.viewport().height() == 390)
    QTest.qWait(2 * SETTLED_MS)
    assert not in_sight(form, first)
    QTest.keyClicks(first, "a")
    settle(lambda: in_sight(form, first))


@pytest.mark.parametrize(("focused", "value"), [(3, 0), (11, None)])
def test_a_page_that_begins_anew_is_seen_from_its_top_as_far_as_the_focus_is(form, focused, value):
    bar = form.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    fields_of(form)[focused].setFocus()
    form.to_top()
    settle(lambda: in_sight(form, fields_of(form)[focused]))
    assert bar.value() == value if value is not None else bar.value() > 0

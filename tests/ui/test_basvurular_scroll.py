"""Scrolling through a long list: the next rows are there before the end of the list comes into sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from desk.actions.simulation.applications import fill
from desk.registry import list_queries
from desk.registry.application_types import ListQuery, ListSize
from desk.registry.types import Channel
from desk.ui.staff.basvurular_list import AHEAD, SCREEN
from desk.ui.staff.shell import StaffWindow

ROWS = 1000


@pytest.fixture
def page(office: Any, settle: Callable[..., None]) -> Iterator[Any]:
    """Başvurular with a thousand applications, all of them in the list."""
    fill(office.ctx.db, ROWS)
    window = StaffWindow(office)
    window.resize(1440, 900)
    window.show()
    window.show_page("basvurular")
    settle()
    page = window.current_page()
    settle(lambda: page.shown is not None)
    page.set_query(replace(ListQuery(), open_only=False))
    settle(lambda: page.shown.query == page.query)
    yield page
    window.close_now()


def last_in_sight(page: Any) -> int:
    table = page.list.table
    return int(table.rowAt(table.viewport().height() - 1))


def test_the_wheel_never_meets_the_end_before_the_list_does(page: Any, settle: Callable[..., None]) -> None:
    bar, model = page.list.table.verticalScrollBar(), page.list.model
    assert model.rowCount() < AHEAD
    while not model.is_whole():
        bar.setValue(bar.value() + bar.pageStep())
        settle()
        assert model.is_whole() or model.rowCount() - last_in_sight(page) >= AHEAD
    assert model.rowCount() == ROWS
    numbers = [row.record_number for row in model.rows()]
    assert numbers == sorted(set(numbers), reverse=True)


def test_page_down_goes_on_with_the_choice(page: Any, press: Any, settle: Callable[..., None]) -> None:
    table = page.list.table
    table.setFocus()
    table.selectRow(0)
    for _ in range(20):
        press(table, "PgDown")
        settle()
    assert table.chosen() is page.list.model.row_at(table.currentIndex().row())
    assert table.currentIndex().row() > 100
    assert page.list.model.rowCount() - last_in_sight(page) >= AHEAD


def test_a_list_of_more_than_is_counted_says_so(page: Any) -> None:
    assert page.list.foot.text().endswith("/ 1.000 kayıt")
    page.list.show_list(replace(page.shown, size=ListSize(ROWS, more=True)))
    assert page.list.foot.text().endswith("/ 1.000+ kayıt")


def test_the_list_tells_which_rows_are_in_sight(page: Any, press: Any, settle: Callable[..., None]) -> None:
    table, foot = page.list.table, page.list.foot
    page.list.show_list(page.shown)
    lines = table.viewport().height() // table.rowHeight(0)
    assert foot.text() == f"1–{lines} / 1.000 kayıt"
    table.setFocus()
    table.selectRow(0)
    for _ in range(3):
        press(table, "PgDown")
    below = table.currentIndex().row() + 1
    assert below > 2 * lines
    assert foot.text() == f"{below - lines + 1}–{below} / 1.000 kayıt"
    table.verticalScrollBar().setValue(0)
    page.window().resize(1440, 700)
    settle(lambda: foot.text() == f"1–{table.viewport().height() // table.rowHeight(0)} / 1.000 kayıt")
    assert not foot.text().startswith(f"1–{lines} ")


def test_what_is_rare_is_looked_for_to_the_end(
    page: Any, settle: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_queries, "STRETCH", 90)
    asked = replace(page.query, channel=Channel.CIMER)
    page.set_query(asked)
    settle(lambda: page.shown.query == asked and page.list.model.rowCount() >= SCREEN)
    page.set_query(replace(asked, channel=Channel.KEP))
    settle(lambda: page.shown.query.channel is Channel.KEP and page.list.model.is_whole())
    assert page.list.model.rowCount() == 0
    assert page.list.nothing.isVisible()
    assert "süzgece uyan başvuru yok" in page.list.nothing.accessibleName()


def test_all_applications_go_by_their_numbers_and_say_so(page: Any) -> None:
    assert "yeni" in page.list.order.toolTip().lower()

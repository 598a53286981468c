"""The annual report on the screen: tables, months, and the records behind a cell."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions import desk
from desk.actions.simulate import simulate
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.vardiya import VardiyaPage
from desk.ui.staff.vardiya_counts import RecordsOverlay
from desk.ui.staff.vardiya_reports import ReportsOverlay
from desk.ui.staff.vardiya_year import TableOverlay, YearOverlay, change


@pytest.fixture
def window(office, ctx, settle):
    simulate(ctx.db, 2, 3, 25, date(2025, 12, 10))
    simulate(ctx.db, 4, 4, 25, date(2026, 11, 23))
    desk.register_visit(ctx, desk.VisitRequest(key="v1", service_code="vergi"))
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    page = VardiyaPage(office)
    page.failed.connect(lambda words: pytest.fail(words))
    column.addWidget(page)
    window.page = page
    window.show()
    settle()
    page.enter()
    return window


def overlay(window, settle, kind):
    settle(lambda: window.findChild(kind) is not None)
    return window.findChild(kind)


def rows(table):
    model = table.rows_model
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def choose(table, begins):
    place = next(n for n, row in enumerate(rows(table)) if row[0].startswith(begins))
    table.setCurrentIndex(table.rows_model.index(place, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    return rows(table)[place]


def test_a_cell_of_the_year_opens_its_records(window, settle, find):
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    reports = overlay(window, settle, ReportsOverlay)
    find(reports, "Ekranda aç").click()
    year = overlay(window, settle, YearOverlay)
    assert "2026 yılı" in year.title.text()
    whole = choose(year.table, "Birime göre ziyaret")
    table = overlay(window, settle, TableOverlay)
    told = rows(table.table)
    assert told[-1][0] == "Toplam" and told[-1][1] == whole[2] and told[-1][2] == "%100,0"
    for _ in range(11):
        QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.words.text() == "Kasım"
    first = rows(table.table)[0]
    choose(table.table, first[0])
    found = overlay(window, settle, RecordsOverlay)
    assert "Kasım" in found.title.text() and str(len(rows(found.table))) == first[1]
    assert all(".11.2026" in row[0] for row in rows(found.table))


def test_a_table_stands_in_the_place_of_the_list_and_esc_goes_back_to_it(window, settle, find):
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    find(overlay(window, settle, ReportsOverlay), "Ekranda aç").click()
    year = overlay(window, settle, YearOverlay)
    choose(year.table, "Birime göre ziyaret")
    table = overlay(window, settle, TableOverlay)
    choose(table.table, rows(table.table)[0][0])
    found = overlay(window, settle, RecordsOverlay)
    assert {one for one in window.findChildren(Overlay) if one.isVisible()} == {table, found}
    QTest.keyClick(found.table, Qt.Key.Key_Escape)
    QTest.keyClick(table.table, Qt.Key.Key_Escape)
    settle()
    again = [one for one in window.findChildren(Overlay) if one.isVisible()]
    assert [type(one) for one in again] == [YearOverlay]
    assert window.focusWidget() is again[0].table and again[0].table.chosen().name.startswith("Birime göre ziyaret")


def test_a_figure_opens_its_records_at_once_and_a_duration_too(window, settle, find):
    QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    find(overlay(window, settle, ReportsOverlay), "Ekranda aç").click()
    year = overlay(window, settle, YearOverlay)
    told = choose(year.table, "Bekleme: ölçülen")
    found = overlay(window, settle, RecordsOverlay)
    assert str(len(rows(found.table))) == told[2]


def test_the_change_against_the_year_before_has_its_sign() -> None:
    assert (change(110, 100), change(90, 100), change(5, 0), change(5, None)) == ("+%10,0", "−%10,0", "–", "–")

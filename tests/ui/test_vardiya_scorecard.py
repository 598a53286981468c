"""The scorecard of the waiting forecast on the Vardiya page."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.actions.simulate import simulate
from desk.ui.staff.vardiya import VardiyaPage
from desk.ui.widgets import EmptyState, Segmented, StatTile


@pytest.fixture
def window(office, settle):
    window = QWidget()
    window.resize(1352, 864)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    window.page = VardiyaPage(office)
    column.addWidget(window.page)
    window.show()
    settle()
    window.page.enter()
    return window


def test_an_empty_site_says_that_there_is_nothing_to_compare_yet(window, find, press, settle):
    press(window, "Alt+T")
    card = window.page.scorecard
    settle(lambda: card.empty.isVisible())
    assert card.isVisible() and find(window, "Karşılaştırılacak tahmin henüz yok", cls=EmptyState)
    assert not card.table.isVisible()
    press(window, "Esc")
    settle(lambda: not card.isVisible())
    assert window.page.figures.isVisible()
    assert window.focusWidget() is find(window, "Tahmin karnesi")


def test_the_card_of_simulated_days_is_read_with_the_keyboard_alone(ctx, clock, window, find, press, settle):
    simulate(ctx.db, 5, 5, 130)
    clock.set(datetime.fromisoformat("2026-11-24T09:00:00+03:00"))
    press(window, "Alt+T")
    card = window.page.scorecard
    settle(lambda: card.tiles.isVisible())
    assert "Basit yöntem" in find(window, "Ortalama hata", cls=StatTile).accessibleDescription()
    assert "Hedef" in find(window, "±5 dk içinde", cls=StatTile).accessibleDescription()
    names = [row.name for row in card.table.rows_model.rows()]
    assert names[:3] == ["Toplam", "Diğerleri", "Öncelikli"] and any(name.startswith("09.00") for name in names)
    by = find(window, "Çizelgenin bölümü", cls=Segmented)
    assert window.focusWidget() is card.back
    by.set_value("service")
    by.changed.emit("service")
    assert "Vergi" in [row.name for row in card.table.rows_model.rows()]
    assert card.table.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert ": " in card.chart.accessibleDescription()

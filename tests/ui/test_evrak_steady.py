"""Evrak Kayıt keeps its shape: a list that gets its first line below the form does not squash the form for a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget

from desk.registry import applications
from desk.ui import theme
from desk.ui.staff.shell import StaffWindow
from desk.ui.staff.side_by_side import Scroller

SIZES = [(wide, high) for wide in (1366, 1440, 1920) for high in (700, 768, 900, 1080)]


class Heights(QObject):
    """Every height that a part is given."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self.seen: set[int] = set()
        part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.seen.add(event.size().height())
        return False


@pytest.fixture(params=[1.0, 1.5])
def window(office: Any, settle: Callable[..., None], request: pytest.FixtureRequest) -> Iterator[Any]:
    """At the usual size of text, and at one at which the parts stand below each other."""
    theme.app_look().change(text_scale=request.param)
    window = StaffWindow(office)
    window.resize(1366, 768)
    window.show()
    window.show_page("evrak")
    settle()
    yield window
    window.close_now()
    theme.app_look().change(text_scale=1.0)


def geometry(page: Any) -> tuple[int, int, int, int]:
    """Of the form, on the page."""
    top = page.form.mapTo(page.findChild(Scroller).widget(), QPoint(0, 0))
    return top.x(), top.y(), page.form.width(), page.form.height()


def settled() -> None:
    """Nothing that was posted is left, nor anything it posted itself."""
    for _ in range(30):
        QApplication.sendPostedEvents()


def test_the_form_keeps_its_height_when_the_first_record_appears_below_it(
    window: Any, settle: Callable[..., None], press: Any, find: Any, type_text: Any
) -> None:
    page = window.current_page()
    type_text(find(page, "Ad soyad"), "Işıl")
    press(window, "F2")
    settle(lambda: page.recent.table.rows_model.rowCount() == 1)
    rows = page.office.ctx.read(applications.recent)
    heights = Heights(page.form)
    for size in SIZES:
        window.resize(*size)
        page.recent.show_rows(())
        settled()
        heights.seen.clear()
        before = geometry(page)
        page.recent.show_rows(rows)
        at_once = geometry(page)
        settled()
        assert at_once == geometry(page) == before, size
        assert heights.seen <= {before[3]}, size


def test_an_opened_record_is_seen_from_the_beginning_of_the_page(
    window: Any, settle: Callable[..., None], press: Any, find: Any, type_text: Any
) -> None:
    page = window.current_page()
    type_text(find(page, "Ad soyad"), "Işıl")
    press(window, "F2")
    settle(lambda: page.recent.table.rows_model.rowCount() == 1)
    page.recent.table.setFocus()
    bar = page.findChild(Scroller).verticalScrollBar()
    settle(lambda: bar.value() > 0)
    press(page.recent.table, "Return")
    settle(lambda: page.panel.receipt is not None and bar.value() == 0)
    assert page.heading.visibleRegion().boundingRect().height() == page.heading.height()

"""The head of a page: its buttons leave their keys off before they go below its name."""

from __future__ import annotations

import pytest
from person import settle
from PySide6.QtWidgets import QWidget

from desk.ui import theme
from desk.ui.staff.page_head import PageHead
from desk.ui.widgets import Button, Text


@pytest.fixture(params=[1.0, 1.5])
def head(qtbot, request):
    theme.app_look().change(text_scale=request.param)
    buttons = Button("Anket", icon="comment", key="Alt+A"), Button("Günlük çizelge", key="Ctrl+P", kind="primary")
    window = QWidget()
    window.resize(1600, 400)
    head = PageHead(Text("Vardiya", "title"), buttons, least=200)
    head.setParent(window)
    qtbot.addWidget(window)
    window.show()
    yield head
    theme.app_look().change(text_scale=1.0)


def width_for(head: PageHead, *, key: bool) -> int:
    """What name and buttons need beside each other."""
    wide = sum(button.width_with(key=key) for button in head.buttons())
    return round(200 * head.look.text_scale) + 12 + wide + 8


def shown(head: PageHead, width: int) -> tuple[bool, bool]:
    """Whether the buttons stand beside the name, and whether they show their keys."""
    head.resize(width, 300)
    settle()
    buttons = head.buttons()
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    with_keys = {button.sizeHint().width() == button.width_with(key=True) for button in buttons}
    assert len(with_keys) == 1
    return head.is_row(), with_keys.pop()


def test_keys_go_before_buttons_do(head: PageHead) -> None:
    whole, bare = width_for(head, key=True), width_for(head, key=False)
    assert whole > bare
    assert shown(head, whole + 8) == (True, True)
    assert shown(head, whole - 1) == (True, False)
    assert shown(head, bare + 1) == (True, False)
    assert shown(head, bare - 8) == (False, True)
    assert shown(head, whole + 8) == (True, True)


def test_a_button_that_comes_later_is_counted(head: PageHead) -> None:
    before = head.buttons()[1]
    head.insert(Button("Tahmin karnesi", key="Alt+K"), before=before)
    assert [button.label() for button in head.buttons()] == ["Anket", "Tahmin karnesi", "Günlük çizelge"]

"""The tests' own hands: a person finds, types and presses as on a Turkish keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desk.actor import Right
from desk.events import Kind


@pytest.fixture
def window(qtbot: Any) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    form = QFormLayout()
    form.addRow("Ad &soyad", QLineEdit())
    column.addLayout(form)
    column.addWidget(QLabel("Sıra ver"))
    column.addWidget(QPushButton("&Sıra ver"))
    qtbot.addWidget(window)
    window.show()
    return window


def test_turkish_letters_arrive_as_typed(window: QWidget, find: Callable[..., Any], type_text: Any) -> None:
    name = find(window, "Ad soyad", QLineEdit)
    type_text(name, "Gülşah İğdırlı ı é")
    assert name.text() == "Gülşah İğdırlı ı é"


def test_a_button_is_found_before_the_label_beside_it(window: QWidget, find: Callable[..., Any]) -> None:
    assert isinstance(find(window, "Sıra ver"), QPushButton)


def test_what_is_hidden_is_not_found_and_the_names_there_are_told(window: QWidget, find: Callable[..., Any]) -> None:
    find(window, "Sıra ver", QPushButton).hide()
    with pytest.raises(AssertionError, match="Ad soyad"):
        find(window, "Sıra ver", QPushButton)


@pytest.mark.parametrize("keys", ["Alt+R", "F2", "Ctrl+K", "Esc", "Ctrl+,"])
def test_a_chord_sets_off_the_windows_shortcut(window: QWidget, find: Any, press: Any, keys: str) -> None:
    pressed: list[bool] = []
    QShortcut(QKeySequence(keys), window, lambda: pressed.append(True))
    find(window, "Ad soyad", QLineEdit).setFocus()
    press(window, keys)
    assert pressed == [True]


def test_the_office_stands_ready_on_a_tuesday_morning(office: Any, settle: Any) -> None:
    settle()
    assert f"{office.ctx.now():%d.%m.%Y %H.%M}" == "24.11.2026 07.42"


def test_a_change_of_another_window_reaches_the_office(office: Any, settle: Any) -> None:
    told: list[Any] = []
    office.bridge.changed.connect(told.extend)
    with office.ctx.work(Right.REPORT) as work:
        work.change(Kind.NOTE_WRITTEN)
    settle(lambda: any(change.kind == "note.written" for change in told))

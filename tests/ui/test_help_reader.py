"""F1: the page's chapter, over the window, without a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from person import unhurried

from desk.config import docs_path
from desk.ui.staff import help as help_page
from desk.ui.staff import shell
from desk.ui.staff.shell import StaffWindow


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office, clock=unhurried())
    window.show()
    settle()
    yield window
    window.close_now()


def test_f1_opens_the_chapter_of_the_page_and_closes_it_again(window: StaffWindow, press: Any, settle: Any) -> None:
    press(window, "F6")
    settle()
    press(window, "F1")
    reader = window.findChild(help_page.Reader)
    assert reader is not None and reader.hasFocus()
    assert reader.toPlainText().startswith("Banko")
    press(reader, "F1")
    settle()
    assert window.findChild(help_page.HelpPage) is None


def test_a_page_without_a_chapter_opens_at_its_heading(window: StaffWindow, press: Any, settle: Any) -> None:
    press(window, "F9")
    settle()
    press(window, "F1")
    reader = window.findChild(help_page.Reader)
    assert reader is not None
    assert reader.textCursor().block().text() == "Refakat"


@pytest.mark.parametrize("name", sorted({*help_page.CHAPTERS.values(), "kiosk.md"}))
def test_every_chapter_is_there_with_its_pictures(name: str) -> None:
    words = docs_path(name).read_text(encoding="utf-8")
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", words)
    assert pictures
    assert all(docs_path(*picture.split("/")).is_file() for picture in pictures)


@pytest.mark.parametrize("page", [spec.place.name for spec in (*shell.PAGES, *shell.OFF_THE_RAIL)])
def test_every_page_has_a_chapter(page: str) -> None:
    words = help_page.chapter(page).read_text(encoding="utf-8")
    assert page in help_page.CHAPTERS
    assert page not in help_page.PARTS or f"## {help_page.PARTS[page]}\n" in words

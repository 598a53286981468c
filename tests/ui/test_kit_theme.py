"""Tokens: contrast, type, and that each window keeps its own look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QRawFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.ui import theme
from desk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES, Look, dress
from desk.ui.widgets import Button, Text

UI = Path(theme.__file__).parent


@pytest.fixture(autouse=True)
def app(qapp):
    theme.apply(qapp, LIGHT)
    yield qapp
    theme.apply(qapp, LIGHT)


def luminance(color: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    shown = QColor(color)
    return 0.2126 * linear(shown.redF()) + 0.7152 * linear(shown.greenF()) + 0.0722 * linear(shown.blueF())


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_PAIRS = [
    *[
        (ink, ground)
        for ink in ("ink", "ink_2", "ink_2_kiosk")
        for ground in ("paper", "surface", "sunken", "petrol_100")
    ],
    *[("ink_3", ground) for ground in ("paper", "surface")],
    *[("accent", ground) for ground in ("paper", "surface", "hover")],
    *[("on_petrol", ground) for ground in ("petrol_600", "petrol_hover")],
    ("on_tint", "petrol_100"),
    ("on_amber", "amber_500"),
    ("amber_text", "amber_100"),
    ("amber_text", "surface"),
    ("brick_text", "surface"),
    ("brick_text", "brick_100"),
    ("on_brick", "brick_600"),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_in_every_theme(name, ink, ground):
    shown = THEMES[name]
    assert contrast(getattr(shown, ink), getattr(shown, ground)) >= 4.5, f"{ink} on {ground}"


@pytest.mark.parametrize("name", THEMES)
def test_borders_focus_and_bars_stand_out_in_every_theme(name):
    shown = THEMES[name]
    for ground in ("paper", "surface"):
        assert contrast(shown.line_strong, getattr(shown, ground)) >= 3
        assert contrast(shown.petrol_500, getattr(shown, ground)) >= 3
    assert contrast(shown.petrol_500, shown.sunken) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_what_stands_on_a_petrol_panel_can_be_read(name):
    shown = theme.on_petrol(THEMES[name])
    for ink in ("ink", "ink_2", "accent"):
        assert contrast(getattr(shown, ink), shown.surface) >= 4.5
    assert contrast(shown.on_petrol, shown.petrol_600) >= 4.5
    assert contrast(shown.petrol_500, shown.surface) >= 3


def test_light_has_the_colours_of_the_design():
    assert (LIGHT.paper, LIGHT.surface, LIGHT.sunken, LIGHT.ink) == ("#F6F1E7", "#FFFDF8", "#ECE5D7", "#1B2326")
    assert (LIGHT.petrol_600, LIGHT.amber_500, LIGHT.brick_600) == ("#0B4A56", "#F2A81D", "#A2301F")
    assert contrast(LIGHT.ink, LIGHT.paper) == pytest.approx(14.2, abs=0.1)
    assert contrast(HIGH_CONTRAST.petrol_600, HIGH_CONTRAST.paper) == pytest.approx(14.7, abs=0.1)


def test_no_colour_is_written_outside_the_theme():
    found = [
        f"{file.relative_to(UI)}:{number}"
        for file in UI.rglob("*.py")
        if file.name != "tokens.py"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"#[0-9A-Fa-f]{6}\b|rgba?\(", line)
    ]
    assert found == []


def test_weights_come_from_the_variable_axis():
    widths = [QFontMetricsF(theme.font(40, weight)).horizontalAdvance("Ağaç budama") for weight in (400, 500, 600, 700)]
    assert widths == sorted(set(widths))
    assert theme.font("title").pixelSize() == 24


def test_digits_are_as_wide_as_each_other():
    measure = QFontMetricsF(theme.font("table"))
    assert len({measure.horizontalAdvance(digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("letters", ["ğüşıöçĞÜŞİÖÇâîû", "↑↓→–…•·×"])
def test_turkish_letters_and_key_signs_are_in_the_typeface(letters):
    face = QRawFont.fromFont(QFont(theme.FAMILY))
    assert [letter for letter in letters if not face.supportsCharacter(ord(letter))] == []


def test_arabic_is_drawn_with_plex_arabic():
    assert theme.font("body").families() == ["IBM Plex Sans", "IBM Plex Sans Arabic"]
    assert theme.font("heading").families()[1] == "IBM Plex Sans Arabic SemiBold"
    exact = QFont(theme.ARABIC_SEMIBOLD)
    assert QRawFont.fromFont(exact).familyName().startswith("IBM Plex Sans Arabic")


def test_a_window_changes_with_its_look_and_its_neighbour_does_not(qtbot):
    kiosk, staff = QWidget(), QWidget()
    looks = Look(LIGHT), Look(LIGHT)
    labels = []
    for window, look in zip((kiosk, staff), looks, strict=True):
        qtbot.addWidget(window)
        label = Text("Hoş geldiniz", "title")
        QVBoxLayout(window).addWidget(label)
        dress(window, look)
        labels.append(label)
    looks[0].change(theme=HIGH_CONTRAST, text_scale=1.5)
    assert labels[0].palette().color(QPalette.ColorRole.WindowText) == QColor(HIGH_CONTRAST.ink)
    assert labels[0].font().pixelSize() == 36
    assert labels[1].palette().color(QPalette.ColorRole.WindowText) == QColor(LIGHT.ink)
    assert labels[1].font().pixelSize() == 24


def test_windows_without_a_look_follow_the_application(qtbot, qapp):
    window = QWidget()
    qtbot.addWidget(window)
    label = Text("Bugün", parent=window)
    theme.apply(qapp, DARK, 2.0)
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(DARK.ink)
    assert label.font().pixelSize() == 28


def test_a_page_is_told_when_the_look_changes(qtbot):
    class Page(QWidget):
        told = 0

        def look_changed(self) -> None:
            self.told += 1

    window = QWidget()
    qtbot.addWidget(window)
    page = Page(window)
    look = Look()
    dress(window, look)
    before = page.told
    look.change(text_scale=1.25)
    look.change(text_scale=1.25)
    assert page.told == before + 1


def test_text_grows_at_most_twofold():
    look = Look()
    look.change(text_scale=9)
    assert look.text_scale == 2.0
    look.change(text_scale=0.1)
    assert look.text_scale == 1.0


def test_kiosk_sizes_follow_the_screen_and_staff_sizes_do_not():
    look = Look(pixel_scale=0.5)
    assert look.sizes("kiosk").type["heading"][0] == 21
    assert look.sizes("staff").type["heading"][0] == 16


def test_a_closed_window_is_forgotten_by_its_look(qtbot):
    look = Look()
    window = QWidget()
    dress(window, look)
    window.deleteLater()
    qtbot.waitUntil(lambda: not _alive(window))
    look.change(theme=DARK)


def _alive(window: QWidget) -> bool:
    import shiboken6

    return shiboken6.isValid(window)


def test_a_button_on_a_petrol_panel_turns_light(qtbot):
    panel = QWidget()
    qtbot.addWidget(panel)
    button = Button("Türkçe", parent=panel)
    assert button.theme is theme.look_of(button).theme
    theme.stand_on_petrol(panel)
    assert button.theme.accent == LIGHT.on_petrol

"""What poor sight, a wheelchair and another language need of the kiosk: nothing cut, nothing tiny, all in reach."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from kiosk_case import finger, opened, reads
from person import find, settle
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter

from desk.errors import UserError
from desk.i18n import LANGUAGES
from desk.ui.kiosk.fitting import LEAST
from desk.ui.kiosk.home import PRIORITY_SENTENCE, WHO_MAY
from desk.ui.kiosk.paper import Paper
from desk.ui.kiosk.parts import Hero, PageTitle
from desk.ui.kiosk.visitor import Visitor
from desk.ui.theme import LIGHT, on_petrol
from desk.ui.widgets import icons
from desk.ui.widgets.control import Control

PORTRAIT, LANDSCAPE = (1080, 1920), (1366, 768)
REACH = 0.37
"""1,200 mm from the floor on a 43-inch portrait screen (953 mm high) that hangs 600 mm above it, from the top."""


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


@dataclass(frozen=True)
class Drawn:
    words: str
    pixels: int
    wide: float
    room: float


@pytest.fixture
def drawn(monkeypatch) -> Iterator[list[Drawn]]:
    """Every text that is painted, as it is painted."""
    found: list[Drawn] = []

    class Recorder(QPainter):
        def drawText(self, rect, flags, words) -> None:  # noqa: N802 - Qt's name
            wide = self.fontMetrics().horizontalAdvance(words)
            found.append(Drawn(words, self.font().pixelSize(), wide, rect.width()))
            super().drawText(rect, flags, words)

    monkeypatch.setattr(sys.modules["desk.ui.widgets.painting"], "QPainter", Recorder)
    yield found


def shows(kiosk, visitor: Visitor) -> None:
    kiosk.start()
    kiosk.visitor = visitor
    kiosk._first_step()
    settle()


def look_at(kiosk, drawn: list[Drawn]) -> None:
    """Nothing shortened, nothing outside its place, nothing under the smallest size."""
    drawn.clear()
    kiosk.grab()
    least = LEAST * 0.9 * kiosk._stage().factor
    for one in drawn:
        assert "…" not in one.words.removesuffix("…"), one
        assert not one.words.endswith("…") or "lütfen" in one.words, f"cut off: {one}"
        assert one.pixels >= least - 1, f"tiny: {one}"


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_cut_in_any_language_and_size_of_letters(office, drawn, lang: str, size: tuple[int, int]) -> None:
    kiosk = opened(office, size)
    for step, lowered in ((0, False), (1, True), (2, False), (2, True)):
        shows(kiosk, Visitor(lang=lang, text_step=step, lowered=lowered))
        look_at(kiosk, drawn)
        assert "sentence" in kiosk.findChild(Hero).shown(), "what to do here is said to the last"
        told = " ".join(one.words for one in drawn).replace("\u00a0", " ")
        who = kiosk.tr_(WHO_MAY if lowered else PRIORITY_SENTENCE)
        assert all(word in told for word in who.split()), "who may take it"
        kiosk._asked("priority")
        settle()
        look_at(kiosk, drawn)
        kiosk._refused(UserError("“{name}” hizmeti şu anda kapalı.", name="Emlak ve çevre temizlik vergisi"))
        settle()
        look_at(kiosk, drawn)


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slip_that_failed_is_told_whole_in_every_language(office, drawn, lang: str, size: tuple[int, int]) -> None:
    kiosk = opened(office, size)
    numbers: list[int] = []
    for step in (0, 2):
        shows(kiosk, Visitor(lang=lang, text_step=step))
        kiosk.choose("vergi", priority=True)
        settle(lambda: kiosk.step == "done")
        kiosk._page.set_paper(Paper.PRINTED)
        look_at(kiosk, drawn)
        numbers.append(max(one.pixels for one in drawn))
        kiosk._page.set_paper(Paper.UNKNOWN)
        settle()
        look_at(kiosk, drawn)
        told = " ".join(one.words for one in drawn)
        for words in (kiosk._page.paper_box.accessibleName(), kiosk._page.paper_box.accessibleDescription()):
            assert all(word in told for word in words.split()), words
        number = max(one.pixels for one in drawn)
        assert number >= 140 * kiosk._stage().factor
    assert numbers == sorted(numbers), "large letters make the number smaller"


def test_no_mark_of_an_arabic_title_is_cut(office) -> None:
    kiosk = opened(office, PORTRAIT)
    shows(kiosk, Visitor(lang="ar"))
    for words in ("أين طلبي؟", "أُحيل إلى الوحدة", "أهلًا وسهلًا"):
        title = PageTitle(words)
        title.setParent(kiosk)
        title.resize(900, title.sizeHint().height())
        picture = title.grab().toImage()
        edges = {picture.pixel(x, y) for x in range(900) for y in (0, picture.height() - 1)}
        assert len(edges) == 1, words
        assert len({picture.pixel(x, picture.height() // 2) for x in range(900)}) > 1


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_larger_letters_make_no_title_smaller(office, drawn, lang: str, size: tuple[int, int]) -> None:
    kiosk = opened(office, size)
    sizes = []
    for step in range(3):
        shows(kiosk, Visitor(lang=lang, text_step=step))
        drawn.clear()
        find(kiosk, kiosk.tr_("Talep, öneri, şikâyet")).grab()
        sizes.append(max(one.pixels for one in drawn))
    assert sizes == sorted(sizes)
    assert sizes[2] > sizes[0]


@pytest.mark.parametrize("step", range(3))
def test_a_lowered_screen_has_every_key_within_reach_of_a_wheelchair(office, step: int) -> None:
    kiosk = opened(office, PORTRAIT)
    kiosk.offer = replace(kiosk.offer, appointments=True)  # a key more
    shows(kiosk, Visitor(lang="ru", text_step=step, lowered=True))
    for where in ("home", "priority"):
        kiosk._asked(where)
        settle()
        keys = [key for key in kiosk.findChildren(Control) if key.isVisible()]
        assert keys
        for key in keys:
            assert key.mapTo(kiosk, QPoint(0, 0)).y() >= REACH * kiosk.height(), key.accessibleName()


def test_every_key_is_large_enough_for_a_finger(office) -> None:
    kiosk = opened(office, PORTRAIT)
    for name in (None, "Öncelikli sıra", "Danışma ve bilgi", "Yardım istiyorum"):
        if name:
            finger(kiosk, name)
        for key in kiosk.findChildren(Control):
            if key.isVisible():
                assert min(key.width(), key.height()) >= 88, key.accessibleName()


def test_the_way_back_points_backwards_in_arabic_too(office, monkeypatch) -> None:
    kiosk = opened(office)
    original, seen = icons._drawn, []
    monkeypatch.setattr(icons, "_drawn", lambda name, ink: seen.append(name) or original(name, ink))
    for lang, forwards, backwards in (("tr", "arrow-right", "arrow-left"), ("ar", "arrow-left", "arrow-right")):
        shows(kiosk, Visitor(lang=lang))
        kiosk._asked("services")
        settle()
        seen.clear()
        icons._picture.cache_clear()
        kiosk.grab()
        assert backwards in seen and forwards not in seen


def test_the_closed_page_says_what_the_number_of_the_helpline_is_for(office, clock) -> None:
    clock.advance(hours=10)
    kiosk = opened(office)
    assert "Şu anda kapalıyız." in reads(kiosk)
    assert "Yardım hattı: ALO 153" in reads(kiosk)


def _contrast(one: str, other: str) -> float:
    def light(name: str) -> float:
        parts = (int(name[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_text_of_kiosk_and_hall_has_the_contrast_poor_sight_needs() -> None:
    theme, petrol = LIGHT, on_petrol(LIGHT)
    pairs = {
        "words on paper": (theme.ink_2_kiosk, theme.paper),
        "titles": (theme.accent, theme.paper),
        "what the slip does": (theme.ink, theme.amber_100),
        "what went wrong": (theme.ink, theme.brick_100),
        "figures": (theme.on_tint, theme.petrol_100),
        "on the panel": (petrol.ink_2, petrol.paper),
        "a filled key": (theme.on_petrol, theme.petrol_600),
        "the call": (theme.on_amber, theme.amber_500),
        "the last calls": (theme.petrol_soft, theme.petrol_900),
        "who waits": (theme.ink_2, theme.paper),
    }
    assert {name: round(_contrast(*pair), 1) for name, pair in pairs.items() if _contrast(*pair) < 7} == {}

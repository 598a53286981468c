from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops

from desk.printing import glyphs
from desk.printing.arabic import directions


@pytest.fixture
def without_raqm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose system lacks libfribidi0."""
    caches = (glyphs._runs, glyphs._arabic, glyphs._sans, glyphs.has_shape, glyphs._joined_forms)

    def forget() -> None:
        for one in caches:
            one.cache_clear()

    monkeypatch.setattr(glyphs, "can_shape", lambda: False)
    forget()
    yield
    forget()


def dots(image: Image.Image) -> int:
    return image.convert("L").histogram()[255]


@pytest.mark.parametrize("bold", [False, True])
def test_letters_with_marks_and_feet_stay_inside_their_cell(bold: bool) -> None:
    for character in "ÇĞİÖŞÜçğıöşüÂÎÛâîûjgpqyQ":
        assert glyphs.cell(character, bold=bold).size == (12, 24)
        cell = glyphs._draw_cell(character, 4, bold)
        font = glyphs._cell_font(bold, round(glyphs._EM * 4 * glyphs._FINE))
        whole = font.getmask(character)
        drawn = sum(value * count for value, count in enumerate(cell.histogram()))
        assert drawn >= 0.995 * sum(bytes(whole)), character


def test_digits_are_of_one_width() -> None:
    boxes = [glyphs.cell(digit, 8, 8).getbbox() for digit in "023456789"]
    widths = [box[2] - box[0] for box in boxes if box]
    assert max(widths) - min(widths) <= 14


def test_box_lines_meet_the_next_cell() -> None:
    box = glyphs.cell("─").getbbox()
    assert box is not None
    assert (box[0], box[2]) == (0, 12)


def gaps(image: Image.Image) -> int:
    """Columns of white between letters, each run of them once."""
    columns = [image.crop((x, 0, x + 1, image.height)).getbbox() is not None for x in range(image.width)]
    shape = "".join("#" if ink else "." for ink in columns).strip(".")
    return len([part for part in shape.split("#") if part])


def test_arabic_is_joined_and_reads_from_the_right() -> None:
    assert gaps(glyphs.line("محمد")) == 0
    assert glyphs.reads_rightwards("محمد Ali")
    assert not glyphs.reads_rightwards("Ali محمد")
    assert not glyphs.reads_rightwards("12 Ali")


def test_arabic_is_joined_without_the_systems_library_too(without_raqm: None) -> None:
    assert gaps(glyphs.line("محمد")) == 0


def test_both_ways_of_joining_look_alike() -> None:
    rich = glyphs.line("مرحبا")
    for one in (glyphs._runs, glyphs._arabic):
        one.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glyphs, "can_shape", lambda: False)
        poor = glyphs.line("مرحبا")
    for one in (glyphs._runs, glyphs._arabic):
        one.cache_clear()
    assert abs(poor.width - rich.width) <= 3
    size = (max(rich.width, poor.width), rich.height)
    sheets = [Image.new("1", size) for _ in range(2)]
    for sheet, picture in zip(sheets, (rich, poor), strict=True):
        sheet.paste(picture, (0, 0))
    assert dots(ImageChops.logical_xor(*sheets)) < 0.5 * dots(rich)


def test_mixed_lines_draw_every_letter_in_a_font_that_has_it() -> None:
    runs = glyphs._runs("Şişli ğ محمد Жук", False, 1)
    assert [run.text for run in runs] == ["Şişli ğ", "محمد", "Жук"]
    assert glyphs.has_shape("ğ")
    assert glyphs.has_shape("م")
    assert not glyphs.has_shape("😀")


def test_brackets_and_points_beside_numbers_go_with_an_arabic_line() -> None:
    def numbers(line: str) -> list[str]:
        sides = directions(line)
        return "".join(c if side == "L" else "|" for c, side in zip(line, sides, strict=True)).replace("|", " ").split()

    assert numbers("الناقص: التوقيع (القانون 3071، المادة 4). لا يمكن (المادة 6).") == ["3071", "4", "6"]
    assert numbers("في 24.11.2026 10:42") == ["24.11.2026", "10:42"]
    assert directions("عبر ALO 153.")[-8:] == "LLLLLLLR"
    assert directions("الشباك (Banko) 3, 4, 5") == "RRRRRRRRLLLLLRRLLLLLLL"
    assert directions("الأشخاص: 2، 3") == "RRRRRRRRRLRRL"


def test_an_arabic_line_is_drawn_with_its_brackets_turned() -> None:
    runs = glyphs._runs("الشباك (Banko) 3", False, 1)
    assert [run.text for run in runs] == ["الشباك (", "Banko", "(", "3"]
    assert [run.reading["direction"] for run in runs] == (
        ["rtl", None, None, None] if glyphs.can_shape() else [None] * 4
    )

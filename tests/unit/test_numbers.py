"""Barcodes and tracking codes: what is read wrongly is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.models.numbers import TRACKING_ALPHABET, CodeKind, ScanCode, read_scan_code, scan_code, tracking_code

codes = st.builds(scan_code, st.sampled_from(CodeKind), st.integers(0, 999), st.integers(0, 9_999_999))


@given(st.sampled_from(CodeKind), st.integers(0, 999), st.integers(0, 9_999_999))
def test_a_code_says_what_was_put_into_it(kind: CodeKind, site: int, running: int) -> None:
    code = scan_code(kind, site, running)
    assert len(code) == 12 and code.isdigit()
    assert read_scan_code(code) == ScanCode(kind, site, running)


@given(codes)
def test_every_single_wrong_digit_is_found(code: str) -> None:
    for place, digit in enumerate(code):
        for other in "0123456789":
            if other != digit:
                assert read_scan_code(code[:place] + other + code[place + 1 :]) is None


@given(codes)
def test_neighbours_swapped_are_found_but_for_nought_and_nine(code: str) -> None:
    for place in range(11):
        pair = code[place : place + 2]
        if pair[0] != pair[1] and set(pair) != {"0", "9"}:
            assert read_scan_code(code[:place] + pair[::-1] + code[place + 2 :]) is None


@given(st.text(max_size=20))
def test_what_is_none_of_ours_is_nothing(text: str) -> None:
    found = read_scan_code(text)
    assert found is None or scan_code(found.kind, found.site_number, found.running) == text


@pytest.mark.parametrize("code", ["", "1", "10010000001", "1001000000171", "١٠٠١٠٠٠٠٠٠١٧", "A00100000017", "²" * 12])
def test_wrong_length_letters_and_foreign_digits_are_nothing(code: str) -> None:
    assert read_scan_code(code) is None


def test_after_ten_million_the_running_number_begins_anew() -> None:
    assert scan_code(CodeKind.TICKET, 1, 10_000_001) == scan_code(CodeKind.TICKET, 1, 1)


def test_a_tracking_code_can_be_read_out_on_the_telephone() -> None:
    seen = {tracking_code() for _ in range(300)}
    assert len(seen) == 300
    for code in seen:
        assert len(code) == 9 and code[4] == "-"
        assert set(code) - {"-"} <= set(TRACKING_ALPHABET)
    assert not set("01OIL") & set(TRACKING_ALPHABET)

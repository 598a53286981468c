"""From the serial of the day to the label on the slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.queue.numbering import Range, label, parse, series_of


@pytest.mark.parametrize(
    ("numbers", "serial", "written"),
    [
        (Range("A"), 1, "A 001"),
        (Range("A"), 45, "A 045"),
        (Range("A"), 999, "A 999"),
        (Range("A"), 1000, "A 001"),
        (Range("V", 100, 199), 1, "V 100"),
        (Range("V", 100, 199), 100, "V 199"),
        (Range("V", 100, 199), 101, "V 100"),
        (Range("K", 1, 10, 2), 5, "K 009"),
        (Range("K", 1, 10, 2), 6, "K 001"),
        (Range("B", 1, 2000), 2000, "B 2000"),
        (Range("B", 1, 2000), 7, "B 0007"),
        (Range("", 1, 999), 12, "012"),
    ],
)
def test_a_serial_reads_as_its_label(numbers: Range, serial: int, written: str) -> None:
    assert label(numbers, serial) == written


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("V 018", ("V", 18)),
        ("v18", ("V", 18)),
        (" V-018 ", ("V", 18)),
        ("145", ("", 145)),
        ("V", None),
        ("", None),
        ("1V8", None),
        ("V 0000018", None),
        ("V ١٨", None),
    ],
)
def test_a_label_is_read_however_it_is_typed(typed: str, meant: tuple[str, int] | None) -> None:
    assert parse(typed) == meant


def test_services_without_a_letter_keep_series_of_their_own() -> None:
    assert series_of("V", "vergi") == "V"
    assert series_of("", "vergi") != series_of("", "imar")


ranges = st.builds(
    lambda letter, first, length, step: Range(letter, first, first + length, step),
    st.sampled_from("AEVYR"),
    st.integers(0, 500),
    st.integers(0, 1500),
    st.integers(1, 7),
)


@given(ranges)
def test_a_round_gives_every_label_once_all_in_the_range_and_equally_long(numbers: Range) -> None:
    labels = [label(numbers, serial) for serial in range(1, numbers.size + 1)]
    assert len(set(labels)) == numbers.size
    assert len({len(one) for one in labels}) == 1
    assert all(numbers.first <= int(one.split()[1]) <= numbers.last for one in labels)


@given(ranges, st.integers(1, 10_000))
def test_the_next_round_repeats_the_first(numbers: Range, serial: int) -> None:
    assert label(numbers, serial) == label(numbers, serial + numbers.size)

"""Identity numbers and phones: what is nobody's is refused, everything else is kept in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors import UserError
from desk.registry.persons import DUMMY_TCKN, check_phone, check_tckn, checked, is_given
from desk.registry.types import NOBODY, PersonInput


def made(first_nine: str) -> str:
    """The two check digits by the rule of domain.md."""
    d = [int(c) for c in first_nine]
    tenth = (7 * sum(d[0::2]) - sum(d[1::2])) % 10
    return f"{first_nine}{tenth}{(sum(d) + tenth) % 10}"


numbers = st.from_regex(r"[1-9][0-9]{8}", fullmatch=True).map(made).filter(lambda n: n not in DUMMY_TCKN)


@pytest.mark.parametrize("number", ["10000000146", "12345678950", "17291716060"])
def test_the_known_right_numbers_pass(number: str) -> None:
    assert check_tckn(number) == number


@pytest.mark.parametrize("number", sorted(DUMMY_TCKN))
def test_right_digits_that_are_nobodys_are_refused(number: str) -> None:
    assert number == made(number[:9])
    with pytest.raises(UserError, match=r"T\.C\. kimlik no hatalı"):
        check_tckn(number)


@pytest.mark.parametrize(
    "number",
    ["1", "1000000014", "100000001466", "01234567890", "1000000014a", "１0000000146", "١٠٠٠٠٠٠٠١٤٦", "-10000000146"],
)
def test_what_is_not_eleven_plain_digits_is_refused(number: str) -> None:
    with pytest.raises(UserError):
        check_tckn(number)


@given(numbers)
def test_every_number_with_its_check_digits_passes_also_in_groups(number: str) -> None:
    assert check_tckn(f" {number[:3]} {number[3:5]}\u00a0{number[5:]}\t") == number


@given(numbers, st.integers(0, 10), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(number: str, place: int, by: int) -> None:
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    with pytest.raises(UserError):
        check_tckn(wrong)


def test_no_number_is_no_number() -> None:
    assert check_tckn("") == check_tckn(" \t\n") == ""


@pytest.mark.parametrize(
    "written",
    ["0532 123 45 67", "+90 532 123 45 67", "90 532 1234567", "(0532) 123-45-67", "5321234567", "00905321234567"],
)
def test_a_phone_is_kept_in_one_form(written: str) -> None:
    assert check_phone(written) == "+905321234567"


@pytest.mark.parametrize("written", ["12", "0000", "telefon", "0532 123 45", "+90 132 123 45 67", "😀"])
def test_a_phone_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(UserError, match="Telefon numarası hatalı"):
        check_phone(written)


def test_a_foreign_phone_is_kept() -> None:
    assert check_phone("+49 30 123456") == "+4930123456"


def test_nothing_given_is_nobody() -> None:
    assert not is_given(checked(PersonInput(name=" \x00\t", address="\u202e")))
    assert checked(NOBODY) == NOBODY
    assert is_given(PersonInput(neighbourhood_code="carsi"))


@given(st.text(max_size=400))
def test_whatever_is_pasted_as_a_name_is_kept_short_and_clean_or_refused(name: str) -> None:
    try:
        kept = checked(PersonInput(name=name)).name
    except UserError as refused:
        assert "en çok 120" in str(refused)
    else:
        assert len(kept) <= 120 and kept == kept.strip() and not any(ord(c) < 32 for c in kept)

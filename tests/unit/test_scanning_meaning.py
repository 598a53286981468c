"""What a scan means: our barcodes, identity documents, posted letters; rubbish does nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.models.numbers import CodeKind, scan_code
from desk.registry import mrz, scanning
from desk.registry.scanning import Paper, ScanKind, read_scan

ICAO = "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
TURKISH = "I<TURA00A000000<12345678950<<<\n8507044F3101012TUR<<<<<<<<<<<2\nORNEK<<AYSE<GUL<<<<<<<<<<<<<<<"
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def test_our_barcodes_name_their_paper() -> None:
    for kind, paper in ((CodeKind.TICKET, Paper.TICKET), (CodeKind.APPLICATION, Paper.APPLICATION)):
        code = scan_code(kind, 1, 42)
        scan = read_scan(f"{code}\r\n")
        assert (scan.kind, scan.code, scan.paper) == (ScanKind.RECORD, code, paper)


def test_a_misread_barcode_asks_to_be_read_again() -> None:
    code = scan_code(CodeKind.TICKET, 1, 42)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert read_scan(wrong).reason == scanning.BAD_CHECK


@pytest.mark.parametrize("typed", ["7K4M-92QD", "7K4M*92QD", "7k4m-92qd", "7K4M92QD"])
def test_the_tracking_code_of_a_receipt_is_a_record_on_any_keyboard_layout(typed: str) -> None:
    assert read_scan(typed) == scanning.Scan(ScanKind.RECORD, "7K4M-92QD", Paper.APPLICATION)


def test_the_icao_specimen_card_is_read() -> None:
    found = read_scan(ICAO).identity
    assert found is not None
    assert (found.shape, found.name, found.document, found.nationality, found.tckn) == (
        "TD1", "Anna Maria Eriksson", "D23145890", "UTO", "",
    )  # fmt: skip


def test_the_turkish_card_gives_name_and_number() -> None:
    found = read_scan(TURKISH).identity
    assert found is not None
    assert (found.name, found.tckn, found.issuer) == ("Ayse Gul Ornek", "12345678950", "TUR")


def test_a_passport_is_read() -> None:
    found = read_scan(PASSPORT).identity
    assert found is not None
    assert (found.shape, found.name, found.document) == ("TD3", "Anna Maria Eriksson", "L898902C3")


def test_a_long_document_number_goes_on_in_the_optional_field() -> None:
    first = "I<UTOD23145890<" + "734" + mrz.check_digit("D23145890734") + "<<<<<<<<<<<"
    second = "7408122F1204159UTO<<<<<<<<<<<"
    second += mrz.check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    found = mrz.read(f"{first}\n{second}\nERIKSSON<<ANNA<MARIA<<<<<<<<<<")
    assert found is not None and found.document == "D23145890734"


@pytest.mark.parametrize("text", [TURKISH.replace("\n", ""), TURKISH.replace("\n", " "), TURKISH.lower()])
def test_lines_may_come_together_and_in_small_letters(text: str) -> None:
    assert read_scan(text).kind is ScanKind.MRZ


def test_a_scanner_with_an_american_layout_on_a_turkish_keyboard_is_understood() -> None:
    assert read_scan(TURKISH.replace("<", "Ö")).identity == read_scan(TURKISH).identity


@pytest.mark.parametrize("place", [14, 31 + 6, 31 + 14, 31 + 29])
def test_a_card_with_a_wrong_check_digit_is_refused(place: int) -> None:
    wrong = TURKISH[:place] + str((int(TURKISH[place]) + 1) % 10) + TURKISH[place + 1 :]
    assert read_scan(wrong).reason == scanning.BAD_MRZ


def test_a_posted_letter_is_known_by_its_check_digit() -> None:
    assert read_scan("RR473124829TR") == scanning.Scan(ScanKind.POSTAL, "RR473124829TR")
    assert read_scan("RR473124820TR").reason == scanning.BAD_POSTAL
    assert scanning.s10_check_digit("00000000") == "5"


@pytest.mark.parametrize("text", ["", " \r\n", "8690504000037", "https://example.org/?a=1", "مرحبا", "12345678950"])
def test_anything_else_is_refused_with_a_reason(text: str) -> None:
    scan = read_scan(text)
    assert scan.kind is ScanKind.REFUSED and scan.reason


def test_rubbish_is_refused_and_harms_nothing() -> None:
    assert read_scan("9" * 10_000).reason == scanning.TOO_LONG
    assert read_scan("100100\x1b@000\x1dV\x00").reason == scanning.CONTROL


@settings(deadline=None)
@given(st.text(max_size=250))
def test_no_text_whatever_breaks_the_reader(text: str) -> None:
    scan = read_scan(text)
    assert (scan.kind is ScanKind.REFUSED) == bool(scan.reason)


@settings(deadline=None)
@given(st.text("ABCXYZ0123456789<", min_size=90, max_size=90))
def test_made_up_lines_are_refused_or_hold_their_check_digits(text: str) -> None:
    found = mrz.read(text)
    assert found is None or found.surname or found.given

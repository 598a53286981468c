"""Slips that try a printer, the kayıt kaşesi and the second copy, as the bytes say them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from printing_samples import HEADER, INCOMPLETE, MORNING, RECEIPT, as_written, on_paper

from desk.i18n import translator
from desk.printing import slips, slips_receipt, trial_slips
from desk.printing.elements import PageLine, Slip
from desk.printing.escpos import build
from desk.printing.preview import read_paper
from desk.printing.preview_paper import Paper
from desk.printing.profiles import all_profiles, load_profile

LANGUAGES = ("en", "ar", "ru", "de")


def printed(slip: Slip, model: str = "generic-80") -> Paper:
    profile = load_profile(model)
    paper = read_paper(build(slip, profile).data, profile)
    assert paper.unknown == ()
    return paper


def words(slip: Slip, model: str = "generic-80") -> str:
    return " ".join(" ".join(printed(slip, model).text).replace("\u00a0", " ").split())


@pytest.mark.parametrize("model", sorted(set(all_profiles()) - {"label"}))
def test_the_line_with_the_printers_own_number_reads_right(model: str) -> None:
    profile = load_profile(model)
    paper = printed(trial_slips.code_pages_slip(profile, all_profiles().values(), as_written), model)
    for codec, number in profile.pages:
        if codec not in trial_slips.TURKISH_PAGES:
            continue
        line = next(one for one in paper.text if one.startswith(codec.upper()) and f" {number}  " in one)
        assert line.endswith(trial_slips.LETTERS), line


def test_every_known_number_has_a_line_once() -> None:
    slip = trial_slips.code_pages_slip(load_profile("star-tsp"), all_profiles().values(), as_written)
    lines = [(one.codec, one.number) for one in slip.elements if isinstance(one, PageLine)]
    assert len(lines) == len(set(lines))
    assert {("cp857", 13), ("cp857", 12), ("cp857", 61), ("cp1254", 48)} <= set(lines)
    assert lines[0] == load_profile("star-tsp").pages[0]


def test_a_number_the_printer_does_not_know_cannot_look_right() -> None:
    """A printer ignores what it does not know; so each line begins on a page without these letters."""
    slip = Slip("codepages", "tr", (PageLine("ğ", "cp857", 200),))
    assert b"\x1bt\x00\x1bt\xc8" in build(slip, load_profile("generic-80")).data


def test_a_trial_slip_survives_the_ledger() -> None:
    slip = trial_slips.trial_slip("Danışma", load_profile("generic-80"), HEADER, MORNING, as_written)
    assert Slip.from_json(slip.to_json()) == slip
    assert "Deneme baskısı" in words(slip)


@pytest.mark.parametrize("model", ["generic-80", "generic-58"])
def test_the_sticker_says_number_day_unit_and_can_be_scanned(model: str) -> None:
    slip = slips.label_slip(RECEIPT, HEADER, as_written)
    text = words(slip, model)
    for part in ("2026/004218", "24.11.2026 10.42", "Fen İşleri Müdürlüğü", "200100042184"):
        assert part in text
    assert "N***" not in text
    paper = printed(slip, model)
    assert {code.text for code in zxingcpp.read_barcodes(on_paper(paper.image))} == {"200100042184"}
    assert paper.image.height <= 320 or model == "generic-58", "40 mm at 203 dpi"


def test_the_offices_copy_is_marked_and_a_reprint_of_it_is_a_kopya() -> None:
    second = slips.receipt_slip(RECEIPT, HEADER, as_written, second=True)
    assert words(second).startswith("2. nüsha")
    assert "KOPYA 2" in words(slips.mark_copy(second, 2, as_written))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("model", ["generic-80", "generic-58"])
def test_a_summary_says_number_day_and_code_below_the_turkish_text(lang: str, model: str) -> None:
    slip = slips.receipt_slip(INCOMPLETE, HEADER, as_written, summary=lang)
    plain = [one for one in slip.elements if getattr(one, "text", "")]
    turkish = next(at for at, one in enumerate(plain) if "Veri sorumlusu" in one.text)
    below = " ".join(one.text for one in plain[turkish + 1 :]).replace("\u00a0", " ")
    for part in ("2026/004218", "24.12.2026", "7K4M-92QD"):
        assert part in below
    assert translator(lang)("Bu özet bilgi içindir; geçerli olan Türkçe metindir.") in below
    assert printed(slip, model).codes


def test_a_target_is_no_legal_day_and_a_preliminary_number_no_record_number() -> None:
    receipt = replace(RECEIPT, due_is_target=True, due_basis="target:10", preliminary=True, persons=12)
    text = words(slips.receipt_slip(receipt, HEADER, as_written))
    assert "Hedef tarih: 24.12.2026" in text and "10 iş günü" in text
    assert "Ön kayıt" in text and "Takip no" in text
    assert "N*** Ö*** ve 11 kişi" in text


def test_the_sites_own_lines_head_its_papers() -> None:
    head = replace(HEADER, lines=("T.C.", "SANCAKTEPE BELEDİYESİ", "Çözüm Masası"))
    text = words(slips.receipt_slip(RECEIPT, head, as_written))
    assert text.startswith("T.C. SANCAKTEPE BELEDİYESİ Çözüm Masası")


def test_every_missing_kind_of_document_still_has_a_title() -> None:
    for kind in type(RECEIPT.kind):
        assert slips_receipt.receipt_slip(replace(INCOMPLETE, kind=kind), HEADER, as_written)
        assert slips_receipt.deficiency_slip(replace(INCOMPLETE, kind=kind), HEADER, as_written)

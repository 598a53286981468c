"""The alındı belgesi on A5, its second copy and summary, and the sticker for the document."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from documents_pages import fonts_of, pages_of, text_of
from documents_receipts import TURKISH, bare_receipt, endless_receipt, usual_receipt
from PIL import Image
from pypdf import PdfReader
from reports_sheets import HEADER

from desk.printing.documents import label_pdf, receipt_pdf
from desk.registry.types import Missing, Receipt

A5_POINTS = (419.5, 595.3)


def a5(receipt: Receipt, **options: object) -> bytes:
    target = io.BytesIO()
    receipt_pdf(receipt, HEADER, target, paper_size="A5", **options)  # type: ignore[arg-type]
    return target.getvalue()


def label(receipt: Receipt) -> bytes:
    target = io.BytesIO()
    label_pdf(receipt, HEADER, target)
    return target.getvalue()


def test_a_usual_receipt_is_one_page_of_a5_with_everything_on_it() -> None:
    receipt = replace(usual_receipt(), missing=(Missing.SIGNATURE, Missing.ADDRESS))
    made = a5(receipt)
    (page,) = PdfReader(io.BytesIO(made)).pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A5_POINTS, abs=0.2)
    text = text_of(made)
    for words in (
        "2026/004218",
        receipt.applicant,
        "24.12.2026",
        "7K4M-92QD",
        "Eksik hususlar: İmza, Adres",
        "Teslim alan",
    ):
        assert words in text
    assert "2 ek, 4 sayfa: Kaldırım fotoğrafları (3 s.)" in text


@pytest.mark.parametrize("made", [bare_receipt, endless_receipt])
def test_nothing_is_lost_on_narrow_paper(made) -> None:
    receipt = made()
    pages = pages_of(a5(receipt))
    assert f"Sayfa 1 / {len(pages)}" in pages[0]
    whole = "".join("".join(pages).split())
    assert whole.count("s.)") >= len(receipt.enclosures) - len(pages)  # the head of a page may stand in one of them


def test_the_offices_copy_says_so_and_is_no_kopya() -> None:
    text = text_of(a5(usual_receipt(), second=True))
    assert "2. nüsha" in text and "KOPYA" not in text


def test_a_preliminary_record_says_that_its_number_is_to_ask_with() -> None:
    text = text_of(a5(replace(usual_receipt(), preliminary=True)))
    assert "Ön kayıt" in text and "Takip no" in text


def test_the_ground_of_the_day_names_the_period_in_force() -> None:
    assert "45 gün (3071 s. K. m. 7)" in text_of(a5(replace(usual_receipt(), due_basis="petition:45")))


def test_a_summary_stands_below_in_the_readers_language() -> None:
    text = text_of(a5(usual_receipt(), summary="de"))
    assert "maßgeblich ist der türkische Text" in text
    assert "Dilekçe alındı belgesi" in text


def test_the_signatures_stay_on_the_turkish_page() -> None:
    receipt = replace(usual_receipt(), missing=(Missing.SIGNATURE,))
    first, second = pages_of(a5(receipt, summary="ar"))
    assert "Teslim alan" in first and "Teslim alan" not in second
    assert "Sayfa 2 / 2" in second


def test_the_sites_own_logo_and_head_take_the_place_of_the_sample(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (80, 40), (11, 74, 86, 255)).save(logo)
    target = io.BytesIO()
    receipt_pdf(usual_receipt(), replace(HEADER, lines=("T.C.", "SANCAKTEPE BELEDİYESİ")), target, logo=logo)
    (page,) = PdfReader(io.BytesIO(target.getvalue())).pages
    assert len(page.images) == 1
    assert "SANCAKTEPE BELEDİYESİ" in page.extract_text()


def test_a_broken_logo_does_not_keep_a_receipt_from_being_made(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"no picture")
    target = io.BytesIO()
    receipt_pdf(usual_receipt(), HEADER, target, logo=tmp_path / "logo.png")
    assert "2026/004218" in text_of(target.getvalue())


def test_the_sticker_says_number_day_and_unit_and_no_name() -> None:
    receipt = usual_receipt()
    made = label(receipt)
    text = text_of(made)
    for words in ("2026/004218", "24.11.2026 10.42", "Fen İşleri Müdürlüğü", receipt.scan_code):
        assert words in text
    assert "Yıldırım" not in text
    (page,) = PdfReader(io.BytesIO(made)).pages
    assert float(page.mediabox.width) == pytest.approx(170.1, abs=0.2)


@pytest.mark.parametrize("make", [a5, label])
def test_fonts_are_inside_and_the_same_data_give_the_same_bytes(make) -> None:
    receipt = replace(usual_receipt(), unit=TURKISH)
    first = make(receipt)
    assert first == make(receipt)
    assert all(fonts_of(first).values())
    assert TURKISH in text_of(first)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not on this machine")
@pytest.mark.parametrize("dpi", ["203", "300"])
@pytest.mark.parametrize("make", [a5, label])
def test_a_scanner_reads_what_poppler_prints(make, dpi: str, tmp_path: Path) -> None:
    receipt = usual_receipt()
    (tmp_path / "d.pdf").write_bytes(make(receipt))
    subprocess.run(["pdftoppm", "-gray", "-png", "-r", dpi, tmp_path / "d.pdf", tmp_path / "d"], check=True)
    with Image.open(tmp_path / "d-1.png") as image:
        found = {code.text for code in zxingcpp.read_barcodes(image)}
    assert receipt.scan_code in found
    assert make is label or receipt.tracking_code in found

"""What a petitioner finds on the alındı belgesi."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from documents_pages import assert_inside_the_margins, fonts_of, pages_of, picture, text_of
from documents_receipts import TURKISH, bare_receipt, endless_receipt, usual_receipt
from PIL import Image
from pypdf import PdfReader
from reports_sheets import HEADER

from desk.errors import Fault
from desk.printing.documents import receipt_pdf
from desk.registry.types import DocumentKind, Enclosure, Missing, Receipt

KINDS: list[Callable[[], Receipt]] = [usual_receipt, bare_receipt, endless_receipt]


def pdf_of(receipt: Receipt) -> bytes:
    target = io.BytesIO()
    receipt_pdf(receipt, HEADER, target)
    return target.getvalue()


def test_it_says_all_that_the_circular_asks_and_ours() -> None:
    text = text_of(pdf_of(usual_receipt()))
    for told in (
        "T.C.", "ÇINAROVA BELEDİYE BAŞKANLIĞI", "Halkla İlişkiler Müdürlüğü", "Dilekçe alındı belgesi",
        "3071 sayılı Dilekçe Hakkının Kullanılmasına Dair Kanun", "2026/004218", "24 Kasım 2026 Salı, 10.42", "Elden",
        "Ayşe Yıldırım", "Gülbahçe Mah. Ihlamur Sk. No: 12/3, Çınarova",
        "Gülbahçe Parkı yanındaki kaldırımın onarılması", "Fen İşleri Müdürlüğü", "Kaldırım fotoğrafları",
        "Konum krokisi", "Toplam 2 ek", "24.12.2026 Perşembe",
        "Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)", "7K4M-92QD", "Şekil şartları", "Belirli konu",
        "ilgili birime havale edilmek üzere kaydedilmiştir", "Veri sorumlusu: Çınarova Belediye Başkanlığı",
        "Selin Toprak", "İmza / kaşe", "Sayfa 1 / 1", "Atatürk Bulvarı No: 1, Çınarova · ALO 153",
    ):  # fmt: skip
        assert told in text, told
    assert "KOPYA" not in text and "Eksik hususlar" not in text


def test_a_petition_that_lacks_everything_says_so_and_what_follows() -> None:
    text = text_of(pdf_of(bare_receipt()))
    assert "Eksik hususlar: Ad soyad, İmza, Adres, Belirli konu (3071 m. 4). Tamamlanmazsa incelenemez (m. 6)." in text
    assert text.count("Bildirilmedi") == 3  # applicant, address, and who brought it
    assert "Belirtilmedi" in text and "Kayıttan sonra belirlenecek" in text and "Ekler Yok" in text
    assert "KOPYA 2" in text


def test_an_information_request_names_its_own_law() -> None:
    receipt = replace(usual_receipt(), kind=DocumentKind.INFORMATION, missing=(Missing.SIGNATURE,))
    text = text_of(pdf_of(receipt))
    assert "Bilgi edinme başvurusu alındı belgesi" in text and "4982 sayılı Bilgi Edinme Hakkı Kanunu" in text
    assert "Eksik hususlar: İmza (4982 m. 6)." in text and "3071 sayılı" not in text


def test_an_envelope_was_taken_at_its_minute_and_nobody_looked_into_it() -> None:
    receipt = replace(
        usual_receipt(), kind=DocumentKind.TENDER, tender="2026/1234", arrived_at="24.11.2026 10.41", enclosures=()
    )
    text = text_of(pdf_of(receipt))
    said = ("Teklif zarfı teslim alındı belgesi", "İhale 2026/1234", "Teslim alındı", "24.11.2026 10.41", "İstekli")
    for told in said:
        assert told in text, told
    assert not any(words in text for words in ("Son cevap", "Hedef tarih", "Şekil şartları", "Ekler"))


def test_long_texts_and_many_enclosures_flow_over_numbered_pages() -> None:
    receipt = endless_receipt()
    pages = pages_of(pdf_of(receipt))
    assert len(pages) >= 3
    for place, page in enumerate(pages, 1):
        assert f"Sayfa {place} / {len(pages)}" in page
        assert "2026/004218" in page
    text = " ".join(" ".join(pages).split())
    for place in range(len(receipt.enclosures)):
        assert f" {place}. ek:" in text
    assert text.count("kaldırımın onarılması") == 30
    assert "".join(text.split()).count("ş" * 400) == 1


@pytest.mark.parametrize("made", KINDS)
def test_nothing_leaves_the_margins(made: Callable[[], Receipt]) -> None:
    assert_inside_the_margins(pdf_of(made()))


def test_turkish_letters_and_markup_stand_as_they_were_typed() -> None:
    name = f"Çiğdem <b>&amp; {TURKISH}"
    receipt = replace(
        usual_receipt(), applicant=name, address=name, subject=name, unit=name, enclosures=(Enclosure(name, name, 1),)
    )
    assert text_of(pdf_of(receipt)).count(name) == 7  # with the kind of the enclosure and "Teslim eden"


def test_arabic_is_joined_and_can_be_searched() -> None:
    text = text_of(pdf_of(replace(usual_receipt(), applicant="محمد سلام")))
    assert "ﻣﺤﻤﺪ" in text and "ﺳﻼﻡ" in text
    assert "محمد" in unicodedata.normalize("NFKC", text)


def test_what_no_font_holds_is_seen_and_explained() -> None:
    text = text_of(pdf_of(replace(usual_receipt(), applicant="Ali 😀 李\u200d")))
    assert "Ali \ufffd \ufffd" in text
    assert "\ufffd yazdırılamayan karakter" in text
    assert "yazdırılamayan" not in text_of(pdf_of(usual_receipt()))


@pytest.mark.parametrize("made", KINDS)
def test_the_same_receipt_gives_the_same_bytes(made: Callable[[], Receipt]) -> None:
    first = pdf_of(made())
    pdf_of(endless_receipt())
    assert pdf_of(made()) == first


@pytest.mark.parametrize("made", KINDS)
def test_every_font_is_in_the_file(made: Callable[[], Receipt]) -> None:
    fonts = fonts_of(pdf_of(made()))
    assert all(fonts.values()) and not any("Helvetica" in name for name in fonts)
    assert {name.split("+")[1] for name in fonts} >= {"IBMPlexSans-Regular", "DanismaSans-SemiBold"}


def test_the_properties_name_the_record_and_no_person() -> None:
    reader = PdfReader(io.BytesIO(pdf_of(usual_receipt())))
    assert reader.metadata and reader.metadata.title == "Dilekçe alındı belgesi 2026/004218"
    assert "Yıldırım" not in str(reader.metadata)
    assert reader.trailer["/Root"]["/Lang"] == "tr-TR"  # type: ignore[index]


def decoded(image: Image.Image) -> dict[str, str]:
    return {str(code.format): code.text for code in zxingcpp.read_barcodes(image)}


def assert_codes(image: Image.Image, receipt: Receipt) -> None:
    found = decoded(image)
    assert sorted(found.values()) == sorted([receipt.scan_code, receipt.tracking_code]), found
    assert any("128" in name for name in found) and any("QR" in name for name in found)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_scanner_reads_the_drawn_bars_and_modules(dpi: int) -> None:
    receipt = usual_receipt()
    assert_codes(picture(pdf_of(receipt), dpi), receipt)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not on this machine")
@pytest.mark.parametrize("dpi", ["203", "300"])
def test_a_scanner_reads_the_page_that_poppler_prints(dpi: str, tmp_path: Path) -> None:
    receipt = usual_receipt()
    receipt_pdf(receipt, HEADER, tmp_path / "r.pdf")
    subprocess.run(["pdftoppm", "-gray", "-png", "-r", dpi, tmp_path / "r.pdf", tmp_path / "r"], check=True)
    with Image.open(tmp_path / "r-1.png") as image:
        assert_codes(image, receipt)


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="klasör bulunamadı"):
        receipt_pdf(usual_receipt(), HEADER, tmp_path / "yok" / "r.pdf")

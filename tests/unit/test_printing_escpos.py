from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from printing_samples import HEADER, RECEIPT, TICKET, as_written

from desk.printing import slips
from desk.printing.elements import QR, Barcode, CopyMark, Cut, Element, Pair, Row, Rule, Slip, Space, Text
from desk.printing.escpos import bar_module, build, qr_module
from desk.printing.preview import read_paper
from desk.printing.profiles import Profile, all_profiles, load_profile
from desk.printing.typesetting import balanced, plain, transliterate, wrap

PANGRAM = "Pijamalı hasta yağız şoföre çabucak güvendi."
CAPITALS = "PİJAMALI HASTA YAĞIZ ŞOFÖRE ÇABUCAK GÜVENDİ ÂÎÛ âîû"
TURKISH = [profile for profile in all_profiles().values() if profile.pages[0][0] != "cp437"]


def slip(*elements: Element, lang: str = "tr") -> Slip:
    return Slip("test", lang, elements)


def built(*elements: Element, model: str = "generic-80", lang: str = "tr") -> bytes:
    return build(slip(*elements, lang=lang), load_profile(model)).data


def lines(*elements: Element, model: str = "generic-80") -> list[str]:
    profile = load_profile(model)
    return list(read_paper(build(slip(*elements), profile).data, profile).text)


def test_a_slip_begins_by_clearing_the_printer_and_choosing_the_page() -> None:
    assert built(Text("a")).startswith(b"\x1b@\x1c.\x1bt\x0d")
    assert built(Text("a"), model="pos-5890").startswith(b"\x1b@\x1c.\x1bt\x3d")
    assert built(Text("a"), model="bixolon-srp350").startswith(b"\x1b@\x1c.\x1bt\x19")


@pytest.mark.parametrize("profile", TURKISH, ids=lambda p: p.code)
@pytest.mark.parametrize("sentence", [PANGRAM, CAPITALS])
def test_turkish_letters_are_those_of_the_page_the_printer_was_told(profile: Profile, sentence: str) -> None:
    codec, number = profile.pages[0]
    data = build(slip(*(Text(word) for word in sentence.split())), profile).data
    head, rest = data[:7], data[7:]
    assert head == b"\x1b@\x1c.\x1bt" + bytes([number])
    assert rest == b"".join(word.encode(codec) + b"\n" for word in sentence.split())


@pytest.mark.parametrize("profile", TURKISH, ids=lambda p: p.code)
def test_iconv_agrees_with_the_bytes_of_each_page(profile: Profile) -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("iconv is not installed")
    name = {"cp857": "CP857", "cp1254": "CP1254"}[profile.pages[0][0]]
    word = "ğüşıöçĞÜŞİÖÇ"
    wanted = subprocess.run([iconv, "-f", "UTF-8", "-t", name], input=word.encode(), capture_output=True, check=True)
    assert build(slip(Text(word)), profile).data[7:] == wanted.stdout + b"\n"


def test_the_whole_ticket_reads_right_on_every_model() -> None:
    for profile in TURKISH:
        text = read_paper(build(slips.ticket_slip(TICKET, HEADER, as_written), profile).data, profile).text
        joined = " ".join(text)
        assert "Çınarova Belediyesi Halkla İlişkiler Müdürlüğü" in joined, profile.code
        assert "Tahminîdir; yoğunluğa göre değişebilir." in joined, profile.code
        assert "?" not in joined


def test_lira_quotes_and_dashes_become_letters_every_page_has() -> None:
    assert lines(Text("₺50 – “peşin” ve ‘nakit’…")) == ["TL50 - \"peşin\" ve 'nakit'..."]


def test_letters_typed_in_two_parts_print_as_one() -> None:
    assert lines(Text("s\u0327ig\u0306li U\u0308")) == ["şiğli Ü"]


def test_russian_prints_in_the_printers_own_letters_and_turkish_follows_rightly() -> None:
    assert lines(Text("Добрый день"), Text("Şişli"), Text("Мир")) == ["Добрый день", "Şişli", "Мир"]


def test_what_no_page_holds_goes_as_a_picture_and_is_never_a_question_mark() -> None:
    for text in ("محمد", "你好 Şişli", "Şişli 😀"):
        data = built(Text(text))
        assert b"\x1dv0\x00" in data
        assert b"?" not in data.split(b"\x1dv0\x00")[0]


def test_a_character_that_no_font_has_is_reported() -> None:
    profile = load_profile("generic-80")
    assert build(slip(Text("Ali 😀")), profile).replaced == ("😀",)
    assert build(slip(Text("محمد Şişli Жук")), profile).replaced == ()


def test_a_printer_without_a_turkish_page_prints_turkish_lines_as_pictures() -> None:
    profile = load_profile("epson-tm-t88iii")
    data = build(slip(Text(PANGRAM), Text("plain words")), profile).data
    assert b"\x1dv0\x00" in data
    assert read_paper(data, profile).text == ("plain words",)


def test_a_printer_that_may_not_draw_shows_bare_letters_and_says_so() -> None:
    profile = replace(load_profile("epson-tm-t88iii"), fallback="ascii")
    done = build(slip(Text("Şişli ığdır 你")), profile)
    assert read_paper(done.data, profile).text == ("Sisli igdir *",)
    assert done.replaced == ("Ş", "ş", "ı", "ğ", "你")


def test_a_command_in_a_name_stays_a_name() -> None:
    data = built(Text("Ali\x1b@\x1dV\x00 Veli\x10\x04\x01\x7f"), Cut())
    assert data == b"\x1b@\x1c.\x1bt\x0d" + b"Ali@V Veli\n" + b"\x1dVB\x00"


@settings(deadline=None)  # the first text loads the fonts
@given(st.text(max_size=80))
@example("0\n0")
def test_no_control_byte_of_a_text_reaches_the_printer(text: str) -> None:
    profile = load_profile("generic-80")
    clean = plain(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in clean.replace("\n", ""))
    paper = read_paper(build(slip(Text(text), Row(text, text), QR(text), Barcode(text)), profile).data, profile)
    assert paper.unknown == ()
    assert paper.cuts == ()


@settings(deadline=None)  # the first text loads the fonts
@given(st.text(st.characters(codec="cp1254", exclude_categories=["Cc", "Cf"]), max_size=200), st.integers(1, 8))
def test_wrapping_loses_no_word_and_never_passes_the_edge(text: str, magnification: int) -> None:
    limit = 48 // magnification
    for arrange in (wrap, balanced):
        done = arrange(text, limit)
        assert all(len(line) <= limit for line in done)
        assert "".join("".join(done).split()) == "".join(text.split())


def test_centred_lines_are_of_like_length() -> None:
    assert balanced("Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)", 48) == [
        "Kayıt tarihinden itibaren",
        "30 gün (3071 s. K. m. 7)",
    ]


def test_centred_lines_are_not_evened_out_by_breaking_words() -> None:
    assert balanced("Property and environmental tax", 16) == ["Property and", "environmental", "tax"]
    assert balanced("24.11.2026 10:42", 14) == ["24.11.2026", "10:42"]


def test_a_label_drawn_as_a_picture_is_not_broken() -> None:
    def height(label: str) -> int:
        profile = load_profile("epson-tm-t88iii")
        return read_paper(build(slip(Row(label, "Giriş danışma")), profile).data, profile).image.height

    assert height("Nereden") == height("Nere")


def test_long_words_and_magnified_text_wrap_where_the_paper_ends() -> None:
    assert lines(Text("a" * 60)) == ["a" * 48, "a" * 12]
    assert lines(Text("Emlak ve çevre temizlik vergisi", width=2)) == ["Emlak ve çevre temizlik", "vergisi"]
    assert lines(Text("on beş", width=8), model="generic-58") == ["on", "beş"]


def test_a_headline_gets_narrower_before_a_word_is_broken() -> None:
    assert lines(Text("Ruhsatlandırma", width=8)) == ["Ruhsatlandırma"]
    assert b"\x1d!\x20" in built(Text("Ruhsatlandırma", width=8))
    assert lines(Text("V\u00a0017", width=8), model="generic-58") == ["V 017"]


def test_labels_stand_before_values_that_begin_at_one_column() -> None:
    shown = lines(Row("Konu", "Kaldırım onarımı ve yağmur suyu ızgarası"), Row("Geliş kanalı", "Elden"))
    assert shown == ["Konu  Kaldırım onarımı ve yağmur suyu", "ızgarası", "Geliş kanalı  Elden"]
    data = built(Row("Konu", "x"), Row("Geliş kanalı", "y"))
    assert data.count(b"\x1b$\xa8\x00") == 1  # 14 columns of 12 dots; the second needs two blanks only
    assert "kanalı  ".encode("cp857") in data


def test_two_ends_of_a_line_that_are_too_long_for_it_take_two_lines() -> None:
    assert lines(Row("a" * 30, "b" * 30, layout="ends")) == ["a" * 30, "b" * 30]
    assert lines(Row("24.11.2026 10.42", "2 kişi", layout="ends")) == ["24.11.2026 10.42  2 kişi"]


@pytest.mark.parametrize("model", sorted(all_profiles()))
def test_every_element_fits_every_paper(model: str) -> None:
    profile = load_profile(model)
    everything = (
        CopyMark("KOPYA 2"), Text("Öncelikli", "center", 2, 2, invert=True), Text("x" * 100, "right", 3, 3),
        Row("Etiket", "Değer " * 20), Row("sol " * 20, "sağ " * 20, layout="ends"), Space(300), Rule(),
        Rule("dashed"), Pair("Önünüzde", "6 numara", "Tahmini bekleme", "15-20 dk"), Barcode("200100042184"),
        QR("7K4M-92QD"), Cut(),
    )  # fmt: skip
    paper = read_paper(build(slip(*everything), profile).data, profile)
    assert paper.unknown == ()
    assert paper.image.width == profile.dots
    assert paper.codes == (("Code128", "200100042184"), ("QRCode", "7K4M-92QD"))[: 1 + profile.qr]
    assert len(paper.cuts) == (profile.cutter != "none")


def test_a_record_number_of_digits_is_packed_in_pairs() -> None:
    assert b"\x1dkI\x08{C\x14\x01\x00\x04\x15\x54" in built(Barcode("200100042184"))


def test_digits_that_would_read_as_a_realtime_command_are_not_packed() -> None:
    assert b"\x10\x04\x01" not in built(Barcode("001604010000"))
    assert lines(Barcode("001604010000")) == ["001604010000"]


def test_a_barcode_too_wide_for_the_paper_becomes_a_qr_instead_of_nothing() -> None:
    profile = load_profile("generic-58")
    text = "EVRAK-2026-ABCDEFGH"
    paper = read_paper(build(slip(Barcode(text)), profile).data, profile)
    assert bar_module(text, profile.dots) == 0
    assert paper.codes == (("QRCode", text),)
    assert paper.text == (text,)


def test_modules_are_as_large_as_the_paper_allows() -> None:
    assert bar_module("200100042184", 576) == 3
    assert bar_module("200100042184", 384) == 3
    assert bar_module("ABCDEFGHIJ", 384) == 2
    assert qr_module("7K4M-92QD", 576) == 8
    assert qr_module("x" * 300, 576) == 6
    assert qr_module("x" * 300, 384) == 4
    assert qr_module("x" * 2000, 384) == 0


def test_pictures_hold_no_realtime_command() -> None:
    for text in ("محمد", "دمشق", "你好吗", "ŠŽČ ŤĎ"):
        data = built(Text(text), Text(text, width=3, height=3))
        assert not any(command in data for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


def test_arabic_slips_are_mirrored() -> None:
    left = built(Text("رقم"), lang="ar")
    assert left.index(b"\x1ba\x02") < left.index(b"\x1dv0")


def test_the_same_slip_is_the_same_bytes() -> None:
    one = slips.receipt_slip(RECEIPT, HEADER, as_written)
    assert build(one, load_profile("epson-tm-t20")) == build(one, load_profile("epson-tm-t20"))


@settings(max_examples=30, deadline=None)  # the first text loads the fonts
@given(st.text(max_size=30))
def test_transliteration_leaves_only_letters_of_the_page(text: str) -> None:
    transliterate(plain(text), "cp437").replace("\u00a0", " ").encode("cp437")

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from printing_samples import HEADER, INCOMPLETE, TICKET, as_written, on_paper, ticket

from desk.printing import glyphs, slips
from desk.printing.elements import QR, Barcode, Cut, Slip, Text
from desk.printing.escpos import build
from desk.printing.preview import Reader, read_paper
from desk.printing.profiles import all_profiles, load_profile

PROFILE = load_profile("generic-80")
BLACK = 0


def decoded(image: Image.Image) -> set[tuple[str, str]]:
    names = {"Code 128": "Code128", "QR Code": "QRCode"}
    return {(names.get(str(b.format), str(b.format)), b.text) for b in zxingcpp.read_barcodes(on_paper(image))}


@pytest.mark.parametrize("model", sorted(all_profiles()))
def test_a_scanner_reads_every_code_of_ticket_and_receipt(model: str) -> None:
    profile = load_profile(model)
    for slip, codes in (
        (slips.ticket_slip(TICKET, HEADER, as_written), {"100100000173"}),
        (slips.receipt_slip(INCOMPLETE, HEADER, as_written), {"200100042184", "7K4M-92QD"}),
        (slips.deficiency_slip(INCOMPLETE, HEADER, as_written), {"200100042184"}),
    ):
        paper = read_paper(build(slip, profile).data, profile)
        assert {text for _, text in decoded(paper.image)} == codes


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=16).map(str.strip).filter(bool))
def test_a_scanner_reads_whatever_a_barcode_holds(text: str) -> None:
    slip = Slip("test", "tr", (Barcode(text, hri=False),))
    paper = read_paper(build(slip, PROFILE).data, PROFILE)
    assert paper.codes == ((paper.codes[0][0], text),)
    assert text in {found for _, found in decoded(paper.image)}


@pytest.mark.parametrize("text", ["https://takip.cinarova.bel.tr/7K4M-92QD", "Ş" * 20, "x" * 300])
def test_a_scanner_reads_whatever_a_qr_holds(text: str) -> None:
    paper = read_paper(build(Slip("test", "tr", (QR(text),)), PROFILE).data, PROFILE)
    assert paper.codes == (("QRCode", text),)
    assert decoded(paper.image) == {("QRCode", text)}


@given(st.binary(max_size=400))
def test_wild_bytes_never_stop_the_printer(data: bytes) -> None:
    paper = read_paper(data, PROFILE)
    assert paper.image.width == PROFILE.dots


@given(
    st.lists(st.sampled_from([b"\x1b", b"\x1d", b"\x1c", b"\x10", b"(", b"k", b"v0", b"J\xff", b"d\xff", b"!", b"A"]))
)
def test_halves_of_commands_never_stop_the_printer(parts: list[bytes]) -> None:
    paper = read_paper(b"".join(parts), PROFILE)
    assert paper.image.height <= 24_000


@given(st.integers(1, 7))
def test_bytes_may_come_in_pieces(size: int) -> None:
    data = build(slips.receipt_slip(INCOMPLETE, HEADER, as_written), PROFILE).data
    reader = Reader(PROFILE)
    for start in range(0, len(data), size):
        reader.feed(data[start : start + size])
    assert reader.take() == read_paper(data, PROFILE)


def test_a_wrong_page_number_shows_wrong_letters() -> None:
    """The reader goes by the number in the bytes, not by what was meant."""
    data = b"\x1b@\x1c.\x1bt\x0d" + "ğüşıöç".encode("cp857") + b"\n"
    assert read_paper(data, PROFILE).text == ("ğüşıöç",)
    assert read_paper(data.replace(b"t\x0d", b"t\x00"), PROFILE).text != ("ğüşıöç",)


def test_a_clone_in_chinese_mode_garbles_turkish_until_told_otherwise() -> None:
    clone = load_profile("pos-5890")
    letters = "şğı".encode("cp857")
    assert read_paper(b"\x1b@\x1bt\x3d" + letters + b"\n", clone).text != ("şğı",)
    assert read_paper(b"\x1b@\x1c.\x1bt\x3d" + letters + b"\n", clone).text == ("şğı",)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.convert("L").point(lambda v: 255 - v).getbbox()
    assert box is not None
    return box


def shown(*parts: bytes) -> Image.Image:
    return read_paper(b"\x1b@" + b"".join(parts) + b"\n", PROFILE).image


def test_alignment_size_and_weight_are_seen() -> None:
    left, centre, right = (ink(shown(b"\x1ba" + bytes([n]), b"HHHH")) for n in (0, 1, 2))
    assert left[0] < 4
    assert abs((centre[0] + centre[2]) - 576) <= 2
    assert right[2] > 570
    small, large = ink(shown(b"HHHH")), ink(shown(b"\x1d!\x11", b"HHHH"))
    assert large[2] - large[0] == pytest.approx(2 * (small[2] - small[0]), abs=4)
    assert large[3] - large[1] == pytest.approx(2 * (small[3] - small[1]), abs=3)
    plain, bold = (image.convert("L").histogram()[BLACK] for image in (shown(b"HHHH"), shown(b"\x1bE\x01HHHH")))
    assert bold > plain


def test_white_on_black_fills_the_cells() -> None:
    image = shown(b"\x1dB\x01", b" " * 48)
    assert ink(image) == (0, 16, 576, 40)


def test_a_rule_reaches_from_edge_to_edge_without_a_gap() -> None:
    image = shown(b"\x1bt\x0d\x1d!\x70", b"\xc4" * 6)
    box = ink(image)
    assert (box[0], box[2]) == (0, 576)
    assert image.crop(box).convert("L").getextrema() == (0, 0)


def test_the_virtual_printers_logo_comes_from_its_memory() -> None:
    virtual = load_profile("virtual-80")
    slip = slips.ticket_slip(TICKET, HEADER, as_written)
    with_logo = read_paper(build(slip, virtual).data, virtual)
    without = read_paper(build(slip, virtual).data, virtual, logos={})
    assert with_logo.image.height - without.image.height == 48
    assert read_paper(build(slip, PROFILE).data, PROFILE).unknown == ()


def test_a_barcode_wider_than_the_paper_is_not_printed_and_noted() -> None:
    body = b"{B" + b"A" * 40
    paper = read_paper(b"\x1dkI" + bytes([len(body)]) + body, PROFILE)
    assert paper.codes == ()
    assert "wider" in paper.unknown[0]


def test_what_is_not_understood_is_listed() -> None:
    assert read_paper(b"\x1bQ\x1d(A\x02\x00\x00\x02\x07", PROFILE).unknown == ("ESC 51", "GS ( 41", "07")


def test_papers_are_torn_off_one_by_one() -> None:
    reader = Reader(PROFILE)
    reader.feed(b"bir\n\x1dVB\x00")
    first = reader.take()
    reader.feed(b"iki\n")
    second = reader.take()
    assert (first.text, len(first.cuts)) == (("bir",), 1)
    assert (second.text, second.cuts) == (("iki",), ())


def test_questions_of_the_host_are_passed_on_in_their_order() -> None:
    asked: list[tuple[str, bytes]] = []
    reader = Reader(PROFILE, on_request=lambda name, parameters: asked.append((name, parameters)))
    reader.feed(b"a\n\x1d(H\x06\x0000ab12\x1dr\x01\x10\x04\x02")
    assert asked == [("process", b"ab12"), ("transmit", b"\x01"), ("realtime", b"\x02")]


def test_the_preview_follows_typing() -> None:
    """The glyphs of a ticket are drawn once; a clerk's next key redraws the whole slip, and of letters only its own."""
    profile = load_profile("virtual-80")

    def glyphs_drawn(persons: int) -> int:
        before = glyphs.cell.cache_info().misses
        read_paper(build(slips.ticket_slip(ticket(persons=persons), HEADER, as_written), profile).data, profile)
        return glyphs.cell.cache_info().misses - before

    glyphs_drawn(1)
    assert max(glyphs_drawn(persons) for persons in range(2, 12)) <= 1


def test_a_model_without_our_table_goes_by_its_own_file() -> None:
    own = replace(PROFILE, code="own", family="nobody", pages=(("cp857", 99),))
    assert read_paper(build(Slip("t", "tr", (Text("Şğı"),)), own).data, own).text == ("Şğı",)


def test_lines_that_came_as_dots_are_shown_where_they_stand_and_not_read() -> None:
    profile = load_profile("epson-tm-t88iii")  # no Turkish page
    slip = Slip("ticket", "tr", (Text("V 017"), Text("Ağrı"), Text("ALO 153"), Cut()))
    paper = read_paper(build(slip, profile).data, profile)
    assert paper.text == ("V 017", "ALO 153")
    first, dots, last = paper.readout("[resim {width}×{height}]")
    assert (first, last) == ("V 017", "ALO 153")
    assert re.fullmatch(r"\[resim \d+×\d+\]", dots)

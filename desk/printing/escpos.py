"""A slip as the bytes of one printer model: built whole, checked, then sent once.

Text goes in the printer's own letters; a line that none of its code pages holds goes as a picture. What a
person typed never becomes a command: control characters are gone before anything is encoded. Commands are those
of the Epson ESC/POS reference; what the models do differently stands in their profiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from PIL import Image

from desk.i18n import RIGHT_TO_LEFT
from desk.printing import barcodes, glyphs, raster
from desk.printing.elements import (
    MAX_MAGNIFICATION,
    QR,
    Barcode,
    CopyMark,
    Cut,
    Element,
    Logo,
    PageLine,
    Pair,
    Row,
    Rule,
    Slip,
    Space,
    Text,
)
from desk.printing.profiles import Profile
from desk.printing.typesetting import balanced, longest_word, page_for, plain, transliterate, wrap

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"

_ALIGN = {"left": 0, "center": 1, "right": 2}
_MIRRORED = {"left": "right", "center": "center", "right": "left"}
_CELL = glyphs.CELL_WIDTH
_LABEL_GAP = 2  # columns between the longest label and the values
_QR_TARGET = 240  # dots: a QR with its quiet zone, when the paper has room
_HEADLINE = 4  # from this width on, a blank is set half as wide: "V 017" reads as one number
_TEAR_LINES = 5  # lines from the head to the tear bar of a printer without a cutter


@dataclass(frozen=True, slots=True)
class Built:
    """``replaced``: characters that the paper shows otherwise (a box, a letter without its mark)."""

    data: bytes
    replaced: tuple[str, ...]


def build(slip: Slip, profile: Profile) -> Built:
    """The bytes of ``slip`` for a printer of this model. The same slip always gives the same bytes."""
    writer = _Writer(profile, mirrored=slip.lang in RIGHT_TO_LEFT)
    for place, element in enumerate(slip.elements):
        writer.add(element, slip.elements[place:], slip.elements[:place])
    return Built(bytes(writer.out), tuple(dict.fromkeys(writer.replaced)))


def label_columns(rows: Sequence[Row], columns: int) -> int:
    """Where the values of neighbouring rows begin: after the longest label, at the latest in the middle."""
    longest = max((len(plain(row.left)) for row in rows), default=0)
    return min(longest + _LABEL_GAP, columns // 2)


def qr_module(data: str, dots: int) -> int:
    """Dots a module: 6 to 8, and down to 4 where the paper is narrow; 0 when even that does not fit."""
    side = len(barcodes.qr_matrix(data)) + 2 * barcodes.QUIET_QR
    module = min(max(_QR_TARGET // side, 6), 8)
    while module >= 4 and module * side > dots:
        module -= 1
    return module if module >= 4 else 0


def bar_module(data: str, dots: int) -> int:
    """Dots a module of a Code 128: 3, else 2; 0 when the paper is too narrow (printers then print nothing)."""
    width = barcodes.code128_width(data) + 2 * barcodes.QUIET_BARS
    return next((module for module in (3, 2) if module * width <= dots), 0)


class _Writer:
    """Collects bytes, and sends a style command only when the style changes."""

    def __init__(self, profile: Profile, *, mirrored: bool) -> None:
        self.profile = profile
        self.mirrored = mirrored
        self.out = bytearray(ESC + b"@" + FS + b".")
        self.replaced: list[str] = []
        self._align, self._size, self._bold, self._invert = "left", 0, False, False
        self._page = profile.pages[0] if profile.pages else ("ascii", 0)
        self.out += ESC + b"t" + bytes([self._page[1]])

    def add(self, element: Element, onward: Sequence[Element], before: Sequence[Element]) -> None:
        match element:
            case Text():
                self._text(element)
            case CopyMark():
                self._text(Text(element.text, "center", 1, 2, bold=True))
                self._feed(6)
            case Row(layout="ends"):
                self._ends(element)
            case Row():
                run = [*takewhile(_is_field, reversed(before)), *takewhile(_is_field, onward)]
                self._field(element, label_columns([row for row in run if isinstance(row, Row)], self.profile.columns))
            case Pair():
                self._pair(element)
            case Rule():
                self._rule(element)
            case Barcode():
                self._barcode(element)
            case QR():
                self._qr(element.data)
            case Logo():
                self._logo()
            case PageLine():
                self._page_line(element)
            case Space():
                if self.profile.logo or not all(isinstance(one, Logo) for one in before):  # no blank head of paper
                    self._feed(element.dots)
            case Cut():
                self._cut()

    # Elements

    def _text(self, element: Text) -> None:
        align = self._side(element.align)
        wide, high = (min(max(m, 1), MAX_MAGNIFICATION) for m in (element.width, element.height))
        text, page = self._encodable(element.text)
        if page is None:
            size = high if element.fit else min(wide, high)
            for picture in raster.paragraph(
                text, self.profile.dots, size, bold=element.bold, fit=element.fit, invert=element.invert
            ):
                self._picture(picture, align)
            return
        wide = self._narrowed(text, wide, element.fit)
        columns = self.profile.columns // wide
        for line in (balanced if align == "center" else wrap)(text, columns):
            shown = line.center(columns - (columns - len(line)) % 2) if element.invert else line
            self._begin("center" if element.invert else align)
            for place, part in enumerate(shown.split(" ") if wide >= _HEADLINE else [shown]):
                if place:
                    self._style(wide // 2, high, element.bold, element.invert)
                    self._put(" ", page)
                self._style(wide, high, element.bold, element.invert)
                self._put(part, page)
            self._end()

    def _narrowed(self, text: str, wide: int, fit: bool) -> int:
        """The magnification at which the whole text (``fit``) or at least its longest word stays on one line."""
        needed = len(text) if fit else longest_word(text)
        while wide > 1 and needed > self.profile.columns // wide:
            wide -= 1
        return wide

    def _field(self, row: Row, at: int) -> None:
        (left, right), page = self._encodable_all(row.left, row.right)
        if page is None:
            dots = self.profile.dots
            longest = max(map(glyphs.line_width, left.split("\n")))  # letters of uneven width
            room = min(max(at * _CELL, longest + raster.GAP), dots // 2)
            picture = raster.field(left, right, dots, room, bold=row.bold, mirrored=self.mirrored)
            self._picture(picture, "left")
            return
        labels = wrap(left, at - 1)
        values = wrap(right, self.profile.columns - at)
        for place in range(max(len(labels), len(values))):
            label = labels[place] if place < len(labels) else ""
            value = values[place] if place < len(values) else ""
            self._line_of_two(label, value, at, page, row.bold)

    def _ends(self, row: Row) -> None:
        (left, right), page = self._encodable_all(row.left, row.right)
        if page is None:
            self._picture(raster.ends(left, right, self.profile.dots, bold=row.bold, mirrored=self.mirrored), "left")
            return
        columns = self.profile.columns
        values = wrap(right, columns)
        room = columns - len(values[0]) - 1
        labels = wrap(left, room if room >= longest_word(left) else columns)
        if len(labels[-1]) + len(values[0]) >= columns:
            values.insert(0, "")
        for label in labels[:-1]:
            self._line_of_two(label, "", 0, page, row.bold)
        for place, value in enumerate(values):
            self._line_of_two(labels[-1] if place == 0 else "", value, columns - len(value), page, row.bold)

    def _line_of_two(self, left: str, right: str, at: int, page: tuple[str, int], bold: bool) -> None:
        self._begin("left")
        if left:
            self._style(1, 1, False, False)
            self._put(left, page)
        if right:
            self._move(at * _CELL, len(left) * _CELL)
            self._style(1, 1, bold, False)
            self._put(right, page)
        self._end()

    def _pair(self, pair: Pair) -> None:
        for left, right, wide, high, bold in (
            (pair.left_label, pair.right_label, 1, 1, False),
            (pair.left_value, pair.right_value, pair.width, pair.height, True),
        ):
            (first, second), page = self._encodable_all(left, right)
            if page is None:
                picture = raster.columns(
                    first, second, self.profile.dots, min(wide, high), bold=bold, mirrored=self.mirrored
                )
                self._picture(picture, "left")
            else:
                self._halves((second, first) if self.mirrored else (first, second), page, wide, high, bold)

    def _halves(self, texts: tuple[str, str], page: tuple[str, int], wide: int, high: int, bold: bool) -> None:
        half = self.profile.dots // 2
        while wide > 1 and max(len(text) for text in texts) * wide * _CELL > half - _CELL:
            wide -= 1
        fitting = half // (wide * _CELL)
        lines = [wrap(text, fitting) for text in texts]
        for row in range(max(len(column) for column in lines)):
            self._begin("left")
            x = 0
            for place, column in enumerate(lines):
                text = column[row] if row < len(column) else ""
                if text:
                    width = len(text) * wide * _CELL
                    at = place * half + (half - width) // 2
                    self._move(at, x)
                    self._style(wide, high, bold, False)
                    self._put(text, page)
                    x = at + width
            self._end()

    def _rule(self, rule: Rule) -> None:
        """Few bytes make a line: characters eight times as wide, or blanks that are underlined."""
        self._begin("center")
        if rule.style == "dashed":
            self._style(6, 1, False, False)
            self._put("-" * (self.profile.columns // 6), self._page)
        elif page_for("─", (self._page,)):
            self._style(8, 1, False, False)
            self._put("─" * (self.profile.columns // 8), self._page)
        else:
            self.out += ESC + b"-\x02"
            self._style(8, 1, False, False)
            self._put(" " * (self.profile.columns // 8), self._page)
            self.out += ESC + b"-\x00"
        self._end()

    def _barcode(self, code: Barcode) -> None:
        data = plain(code.data).replace("\n", " ").strip()
        module = bar_module(data, self.profile.dots) if data.isascii() and data else 0
        if not module:
            self._qr(data)
            self._text(Text(data, align="center"))
            return
        self._begin("center")
        if not self.profile.barcode:
            self._picture(raster.bars(data, module, code.height), "center")
            if code.hri:
                self._text(Text(data, align="center"))
            return
        body = b"".join(_code_set(name, text) for name, text in barcodes.code128_segments(data))
        self.out += GS + b"h" + bytes([min(max(code.height, 1), 255)]) + GS + b"w" + bytes([module])
        self.out += GS + b"H" + bytes([2 if code.hri else 0]) + GS + b"kI" + bytes([len(body)]) + body

    def _qr(self, text: str) -> None:
        data = plain(text).replace("\n", " ").strip()
        module = qr_module(data, self.profile.dots) if data else 0
        if not module:
            return
        self._feed(3 * module)
        if self.profile.qr:
            self._begin("center")
            for function in (b"A2\x00", b"C" + bytes([module]), b"E1", b"P0" + data.encode(), b"Q0"):
                body = b"1" + function
                self.out += GS + b"(k" + len(body).to_bytes(2, "little") + body
        else:
            self._picture(raster.squares(data, module), "center")
        self._feed(3 * module)

    def _logo(self) -> None:
        if self.profile.logo:
            self._begin("center")
            self.out += FS + b"p" + bytes([self.profile.logo, 0])

    def _page_line(self, line: PageLine) -> None:
        """Page 0 comes before: an unknown number is ignored, and the printer would stay on a page that reads right."""
        self._begin("left")
        self._style(1, 1, False, False)
        body = plain(line.text).encode(line.codec, "replace")
        self.out += ESC + b"t\x00" + ESC + b"t" + bytes([line.number]) + body
        self._end()
        self.out += ESC + b"t" + bytes([self._page[1]])

    def _feed(self, dots: int) -> None:
        units = max(dots, 0) * self.profile.motion_units
        while units:
            step = min(units, 255)
            self.out += ESC + b"J" + bytes([step])
            units -= step

    def _cut(self) -> None:
        if self.profile.cutter == "none":
            self.out += ESC + b"d" + bytes([_TEAR_LINES])
        else:
            self.out += GS + b"V" + (b"A" if self.profile.cutter == "full" else b"B") + b"\x00"

    # What the elements are made of

    def _side(self, align: str) -> str:
        return _MIRRORED[align] if self.mirrored else align

    def _encodable(self, text: str) -> tuple[str, tuple[str, int] | None]:
        (one,), page = self._encodable_all(text)
        return one, page

    def _encodable_all(self, *texts: str) -> tuple[tuple[str, ...], tuple[str, int] | None]:
        """The texts made harmless, and the page that holds them all; None when they must become pictures."""
        clean = tuple(plain(text) for text in texts)
        together = " ".join(clean)
        page = page_for(together, (self._page, *self.profile.pages))
        if page:
            return clean, page
        if self.profile.fallback == "raster":
            self.replaced += [c for c in together if not glyphs.has_shape(c)]
            return clean, None
        codec = self.profile.pages[0][0] if self.profile.pages else "ascii"
        self.replaced += [c for c in together if page_for(c, ((codec, 0),)) is None]
        return tuple(transliterate(text, codec) for text in clean), self.profile.pages[
            0
        ] if self.profile.pages else self._page

    def _begin(self, align: str) -> None:
        """Justification counts only at the beginning of a line."""
        if align != self._align:
            self.out += ESC + b"a" + bytes([_ALIGN[align]])
            self._align = align

    def _style(self, wide: int, high: int, bold: bool, invert: bool) -> None:
        size = (wide - 1) << 4 | (high - 1)
        if size != self._size and bold != self._bold and max(wide, high) <= 2:  # ESC ! sets both at once
            self.out += ESC + b"!" + bytes([8 * bold + 16 * (high == 2) + 32 * (wide == 2)])
        else:
            if size != self._size:
                self.out += GS + b"!" + bytes([size])
            if bold != self._bold:
                self.out += ESC + b"E" + bytes([bold])
        self._size, self._bold = size, bold
        if invert != self._invert:
            self.out += GS + b"B" + bytes([invert])
            self._invert = invert

    def _put(self, text: str, page: tuple[str, int]) -> None:
        if page != self._page and not text.isascii():
            self.out += ESC + b"t" + bytes([page[1]])
            self._page = page
        self.out += text.encode(self._page[0])

    def _move(self, to: int, at: int) -> None:
        """On to ``to`` dots from the left, with blanks where these are shorter than the command."""
        blanks, rest = divmod(to - at, _CELL)
        if rest == 0 and blanks <= 4 and self._size == 0:
            self.out += b" " * blanks
        else:
            self.out += ESC + b"$" + to.to_bytes(2, "little")

    def _end(self) -> None:
        self.out += b"\n"

    def _picture(self, picture: Image.Image, align: str) -> None:
        """GS v 0; no larger than its ink, and placed by feeding and justification, because bytes are time."""
        box = picture.getbbox()
        if box is None:
            self._feed(picture.height)
            return
        if picture.width == self.profile.dots:
            align, left, right = raster.trimmed(picture.width, box[0], box[2])
            picture = picture.crop((left, 0, right, picture.height))
        self._feed(box[1])
        self._begin(align)
        inked = picture.crop((0, box[1], picture.width, box[3]))
        data = without_realtime_commands(inked.tobytes())
        width, height = (inked.width + 7) // 8, inked.height
        self.out += GS + b"v0\x00" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + data
        self._feed(picture.height - box[3])


def _is_field(element: Element) -> bool:
    return isinstance(element, Row) and element.layout == "field"


def _code_set(name: str, text: str) -> bytes:
    """One piece of a Code 128 as GS k 73 wants it: {B and characters ({ doubled), {C and numbers 0–99."""
    if name == "C":
        return b"{C" + bytes(int(text[i : i + 2]) for i in range(0, len(text), 2))
    return b"{B" + text.replace("{", "{{").encode("ascii")


def without_realtime_commands(data: bytes) -> bytes:
    """A printer obeys DLE EOT, DLE ENQ and DLE DC4 even inside a picture; one more dot breaks them up."""
    for command in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        data = data.replace(command, b"\x18" + command[1:])
    return data

"""ESC/POS bytes back into a picture and text: the virtual printer, the preview on screen, and the tests.

This reader knows nothing of the builder. It has its own tables of page numbers, and does with the bytes what
the printer does: text in cells of 12 × 24 dots, Code 128 and QR that scanners read, pictures, sizes, white on
black, cuts. Wild bytes are noted in ``Paper.unknown`` and never stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PIL import Image

from desk.printing import glyphs
from desk.printing.preview_paper import Paper, sample_logos
from desk.printing.preview_symbols import bars_picture, qr_picture, read_code128
from desk.printing.preview_tables import CHINESE_AT_START, HARMLESS, PAGES
from desk.printing.profiles import Profile
from desk.printing.strip import Strip

_TOP = 16  # dots of white above the first line
_TO_CUTTER = 28  # dots fed before a cut, for the eye; a real printer feeds some 100
_MAX_LINE = 400  # characters of one line that no width stops


def read_paper(data: bytes, profile: Profile, logos: Mapping[int, Image.Image] | None = None) -> Paper:
    """The paper that a printer of this model makes of ``data``. ``logos``: what its memory holds, by key."""
    reader = Reader(profile, logos)
    reader.feed(data)
    return reader.take()


class _More(Exception):  # not an error: the rest of the command has not come yet
    """The bytes so far end inside a command."""


class Reader:
    """Takes bytes as they come; ``take()`` tears the paper off.

    ``on_request(name, parameters)`` is told what the host asks in line: "transmit" (GS r), "process" (GS ( H),
    "identity" (GS I), "automatic" (GS a), "realtime" (DLE EOT), "initialise" (ESC @, which ends "automatic").
    """

    def __init__(
        self,
        profile: Profile,
        logos: Mapping[int, Image.Image] | None = None,
        on_request: Callable[[str, bytes], None] | None = None,
    ) -> None:
        self.profile = profile
        self.cut_count = 0
        self._logos: Mapping[int, Image.Image] = sample_logos() if logos is None and profile.logo else (logos or {})
        self._on_request = on_request or (lambda name, parameters: None)
        self._pages = PAGES.get(profile.family) or {number: codec for codec, number in profile.pages}
        self._buffer = bytearray()
        self._at = 0
        self._new_paper()
        self._initialise()

    def feed(self, data: bytes) -> None:
        self._buffer += data
        try:
            while self._at < len(self._buffer):
                start = self._at
                try:
                    self._step()
                except _More:
                    self._at = start
                    break
        finally:
            del self._buffer[: self._at]
            self._at = 0

    @property
    def position(self) -> int:
        """Dots of paper that have come out since it was torn off."""
        return self._strip.y

    @property
    def blank(self) -> bool:
        """Nothing was printed since the paper was torn off."""
        return self._strip.y == _TOP and not self._line

    @property
    def between_commands(self) -> bool:
        return not self._buffer

    def take(self) -> Paper:
        """The paper up to here. An unfinished line is printed, an unfinished command waits for its rest."""
        if self._line:
            self._print_line()
        paper = Paper(
            self._strip.image(),
            tuple(self._text),
            tuple(self._codes),
            tuple(self._cuts),
            tuple(self._unknown),
            tuple(self._pictures),
        )
        self._new_paper()
        return paper

    def _new_paper(self) -> None:
        self._strip = Strip(self.profile.dots, _TOP)
        self._text: list[str] = []
        self._codes: list[tuple[str, str]] = []
        self._cuts: list[int] = []
        self._unknown: list[str] = []
        self._pictures: list[tuple[int, int, int]] = []
        self._line: list[tuple[int, Image.Image, bool, int]] = []
        self._pieces: list[tuple[int, list[str]]] = []
        self._x = 0

    def _initialise(self) -> None:
        self._align = self._wide = self._high = 1
        self._align = 0
        self._bold = self._inverted = self._font_b = False
        self._underline = 0
        self._codec = self._pages.get(0, "cp437")
        self._spacing = self.profile.line_spacing
        self._chinese = self.profile.family in CHINESE_AT_START
        self._bar_height, self._bar_module, self._bar_text = 162, 3, 0
        self._qr_module, self._qr_level, self._qr_data = 3, "L", b""

    # Bytes

    def _take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._buffer):
            raise _More
        taken = bytes(self._buffer[self._at : end])
        self._at = end
        return taken

    def _step(self) -> None:
        byte = self._take(1)[0]
        if byte >= 0x20 and byte != 0x7F:
            self._character(byte)
        elif byte == 0x0A:
            self._print_line()
        elif byte in _PREFIXES:
            self._command(_PREFIXES[byte])
        elif byte == 0x09:
            self._x = (self._x // self._cell_width() // 8 + 1) * 8 * self._cell_width()
        elif byte not in (0x0D, 0x00):
            self._unknown.append(f"{byte:02X}")

    def _command(self, prefix: str) -> None:
        letter = self._take(1)
        name = f"{prefix} {letter.decode('latin-1')}"
        if name in _COMMANDS:
            count, action = _COMMANDS[name]
            action(self, self._take(count))
        elif name in HARMLESS:
            self._take(HARMLESS[name])
        else:
            self._unknown.append(f"{prefix} {letter.hex().upper()}")

    # Text

    def _cell_width(self) -> int:
        return (9 if self._font_b else glyphs.CELL_WIDTH) * self._wide

    def _character(self, byte: int) -> None:
        if byte >= 0x80 and self._chinese:
            self._take(1)
            self._place("■")
            self._place("■")
            return
        character = bytes([byte]).decode(self._codec, errors="replace")
        self._place("■" if character == "\ufffd" else character)

    def _place(self, character: str) -> None:
        width = self._cell_width()
        if self._x + width > self.profile.dots or len(self._line) > _MAX_LINE:
            self._print_line()
        picture = glyphs.cell(character, self._wide, self._high, self._bold)
        if self._font_b:
            picture = picture.resize((width, 17 * self._high), Image.Resampling.NEAREST)
        if not self._pieces:
            self._pieces.append((self._x, []))
        self._pieces[-1][1].append(character)
        self._line.append((self._x, picture, self._inverted, self._underline))
        self._x += width

    def _print_line(self) -> None:
        """Characters of one line stand on a common foot; the line is at least as high as its tallest."""
        tallest = max((picture.height for _, picture, _, _ in self._line), default=0)
        shift = self._shift(self._x)
        foot = self._strip.y + tallest
        for x, picture, inverted, underline in self._line:
            self._strip.print(picture, x + shift, foot - picture.height, inverted=inverted)
            if underline:
                self._strip.bar(x + shift, foot - underline, picture.width, underline)
        text = "  ".join("".join(characters).strip() for _, characters in self._pieces).strip()
        if text:
            self._text.append(text)
        self._strip.feed(max(self._spacing, tallest))
        self._line, self._pieces, self._x = [], [], 0

    def _shift(self, width: int) -> int:
        return max(self.profile.dots - width, 0) * self._align // 2

    def _finish_line(self) -> None:
        if self._line:
            self._print_line()

    # Commands

    def _on_initialise(self, _: bytes) -> None:
        self._line, self._pieces, self._x = [], [], 0
        self._initialise()
        self._on_request("initialise", b"")

    def _on_mode(self, p: bytes) -> None:
        self._font_b, self._bold = bool(p[0] & 1), bool(p[0] & 8)
        self._high, self._wide = 1 + bool(p[0] & 16), 1 + bool(p[0] & 32)
        self._underline = bool(p[0] & 128)

    def _on_size(self, p: bytes) -> None:
        self._wide, self._high = (p[0] >> 4 & 7) + 1, (p[0] & 7) + 1

    def _on_bold(self, p: bytes) -> None:
        self._bold = bool(p[0] & 1)

    def _on_invert(self, p: bytes) -> None:
        self._inverted = bool(p[0] & 1)

    def _on_underline(self, p: bytes) -> None:
        self._underline = {1: 1, 2: 2, 49: 1, 50: 2}.get(p[0], 0)

    def _on_font(self, p: bytes) -> None:
        self._font_b = p[0] in (1, 49)

    def _on_align(self, p: bytes) -> None:
        if not self._line:
            self._align = {1: 1, 2: 2, 49: 1, 50: 2}.get(p[0], 0)

    def _on_page(self, p: bytes) -> None:
        self._codec = self._pages.get(p[0], self._pages.get(0, "cp437"))

    def _on_position(self, p: bytes) -> None:
        self._x = min(int.from_bytes(p, "little"), self.profile.dots)
        self._pieces.append((self._x, []))

    def _on_spacing(self, p: bytes) -> None:
        self._spacing = p[0] // self.profile.motion_units

    def _on_default_spacing(self, _: bytes) -> None:
        self._spacing = self.profile.line_spacing

    def _on_feed(self, p: bytes) -> None:
        spacing, self._spacing = self._spacing, 0
        self._finish_line()
        self._spacing = spacing
        self._strip.feed(p[0] // self.profile.motion_units)

    def _on_feed_lines(self, p: bytes) -> None:
        self._finish_line()
        self._strip.feed(p[0] * self._spacing)

    def _on_cut(self, p: bytes) -> None:
        self._finish_line()
        if p[0] in (65, 66, 97, 98):
            self._strip.feed(_TO_CUTTER + self._take(1)[0] // self.profile.motion_units)
        self._cuts.append(self._strip.y)
        self.cut_count += 1

    def _on_chinese(self, _: bytes) -> None:
        self._chinese = True

    def _on_no_chinese(self, _: bytes) -> None:
        self._chinese = False

    def _on_tabs(self, _: bytes) -> None:
        while self._take(1) != b"\0":
            pass

    def _on_logo(self, p: bytes) -> None:
        picture = self._logos.get(p[0])
        if picture:
            self._dots(Image.eval(picture.convert("L"), lambda v: 255 - v).convert("1"))

    def _on_store_logos(self, p: bytes) -> None:
        """FS q: every picture that follows replaces what the memory held; columns of eight dots, from the left."""
        self._logos = {}
        for key in range(1, p[0] + 1):
            size = self._take(4)
            wide, high = int.from_bytes(size[:2], "little"), int.from_bytes(size[2:], "little")
            data = self._take(wide * high * 8)
            picture = Image.new("1", (wide * 8, high * 8), 255)
            for place, byte in enumerate(data):
                for bit in range(8):
                    if byte & 0x80 >> bit:
                        picture.putpixel((place // high, place % high * 8 + bit), 0)
            self._logos[key] = picture

    def _on_raster(self, p: bytes) -> None:
        width, height = int.from_bytes(p[2:4], "little"), int.from_bytes(p[4:6], "little")
        data = self._take(width * height)
        if p[0] != 0x30 or not data:
            self._unknown.append("GS 76")
            return
        picture = Image.frombytes("1", (width * 8, height), data)
        across, down = 1 + (p[1] & 1), 1 + (p[1] >> 1 & 1)
        picture = picture.crop((0, 0, min(picture.width, self.profile.dots), picture.height))
        self._dots(picture.resize((picture.width * across, picture.height * down), Image.Resampling.NEAREST))

    def _dots(self, picture: Image.Image) -> None:
        """What the host drew: no letter of it is known here."""
        self._finish_line()
        self._pictures.append((len(self._text), picture.width, picture.height))
        self._picture(picture)

    def _picture(self, picture: Image.Image) -> None:
        self._finish_line()
        self._strip.print(picture, self._shift(picture.width), self._strip.y)
        self._strip.feed(picture.height)

    def _on_bar_height(self, p: bytes) -> None:
        self._bar_height = max(p[0], 1)

    def _on_bar_module(self, p: bytes) -> None:
        self._bar_module = min(max(p[0], 2), 6)

    def _on_bar_text(self, p: bytes) -> None:
        self._bar_text = p[0] & 3

    def _on_barcode(self, p: bytes) -> None:
        if p[0] < 65:
            while self._take(1) != b"\0":
                pass
            self._unknown.append(f"GS 6B {p[0]}")
            return
        data = self._take(self._take(1)[0])
        read = read_code128(data) if p[0] == 73 else None
        if read is None:
            self._unknown.append(f"GS 6B {p[0]}")
            return
        bits, text = read
        if len(bits) * self._bar_module > self.profile.dots:
            self._unknown.append("GS 6B: wider than the paper")
            return
        self._draw_bars(bits, text)
        self._codes.append(("Code128", text))

    def _draw_bars(self, bits: str, text: str) -> None:
        bars = bars_picture(bits, self._bar_module, self._bar_height)
        if self._bar_text & 1:
            self._caption(text)
        self._picture(bars)
        if self._bar_text & 2:
            self._strip.feed(4)
            self._caption(text)

    def _caption(self, text: str) -> None:
        x = self._shift(len(text) * glyphs.CELL_WIDTH)
        for place, character in enumerate(text):
            self._strip.print(glyphs.cell(character), x + place * glyphs.CELL_WIDTH, self._strip.y)
        self._strip.feed(glyphs.CELL_HEIGHT)
        self._text.append(text)

    def _on_function(self, p: bytes) -> None:
        """GS ( x pL pH …: symbols (k) and the process id (H); others are skipped by their length."""
        body = self._take(int.from_bytes(p[1:3], "little"))
        if p[:1] == b"k" and body[:1] == b"1" and len(body) >= 3:
            self._on_qr(body[1], body[2:])
        elif p[:1] == b"H" and body[:2] == b"00" and len(body) == 6:
            self._on_request("process", body[2:])
        else:
            self._unknown.append(f"GS ( {p[:1].hex().upper()}")

    def _on_qr(self, function: int, p: bytes) -> None:
        if function == 67:
            self._qr_module = min(max(p[0], 1), 16)
        elif function == 69:
            self._qr_level = {48: "L", 49: "M", 50: "Q", 51: "H"}.get(p[0], "L")
        elif function == 80:
            self._qr_data = p[1:]
        elif function == 81:
            self._print_qr()
        elif function != 65:
            self._unknown.append(f"GS ( k {function}")

    def _print_qr(self) -> None:
        text = self._qr_data.decode("utf-8", errors="replace")
        picture = qr_picture(text, self._qr_level, self._qr_module)
        if picture is None:
            self._unknown.append("GS ( k: nothing that a QR can hold")
        elif picture.width > self.profile.dots:
            self._unknown.append("GS ( k: wider than the paper")
        else:
            self._picture(picture)
            self._codes.append(("QRCode", text))

    def _on_transmit(self, p: bytes) -> None:
        self._on_request("transmit", p)

    def _on_identity(self, p: bytes) -> None:
        self._on_request("identity", p)

    def _on_automatic(self, p: bytes) -> None:
        self._on_request("automatic", p)

    def _on_realtime(self, p: bytes) -> None:
        self._on_request("realtime", p)


_PREFIXES = {0x1B: "ESC", 0x1C: "FS", 0x1D: "GS", 0x10: "DLE"}

_COMMANDS: dict[str, tuple[int, Callable[[Reader, bytes], None]]] = {
    "ESC @": (0, Reader._on_initialise),
    "ESC !": (1, Reader._on_mode),
    "ESC $": (2, Reader._on_position),
    "ESC -": (1, Reader._on_underline),
    "ESC 2": (0, Reader._on_default_spacing),
    "ESC 3": (1, Reader._on_spacing),
    "ESC D": (0, Reader._on_tabs),
    "ESC E": (1, Reader._on_bold),
    "ESC G": (1, Reader._on_bold),
    "ESC J": (1, Reader._on_feed),
    "ESC M": (1, Reader._on_font),
    "ESC a": (1, Reader._on_align),
    "ESC d": (1, Reader._on_feed_lines),
    "ESC t": (1, Reader._on_page),
    "FS &": (0, Reader._on_chinese),
    "FS .": (0, Reader._on_no_chinese),
    "FS p": (2, Reader._on_logo),
    "FS q": (1, Reader._on_store_logos),
    "GS !": (1, Reader._on_size),
    "GS (": (3, Reader._on_function),
    "GS B": (1, Reader._on_invert),
    "GS H": (1, Reader._on_bar_text),
    "GS I": (1, Reader._on_identity),
    "GS V": (1, Reader._on_cut),
    "GS a": (1, Reader._on_automatic),
    "GS h": (1, Reader._on_bar_height),
    "GS k": (1, Reader._on_barcode),
    "GS r": (1, Reader._on_transmit),
    "GS v": (6, Reader._on_raster),
    "GS w": (1, Reader._on_bar_module),
    "DLE \x04": (1, Reader._on_realtime),
}

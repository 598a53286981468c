"""A PDF that is printed once more: the very bytes that were printed, with "KOPYA 2" at the head of every page.

The mark is appended as an incremental update (ISO 32000-1, 7.5.6), so that nothing of the paper is made anew: a record
changed since then does not change what its copy says. Only PDFs of the plain kind are understood (a cross-reference
table, no object streams), which is what reportlab writes; all others are refused with a sentence, never printed
unmarked.
"""

from __future__ import annotations

import re
from functools import lru_cache

from desk.errors import N_, UserError
from desk.printing.pdf_page import BRICK_600, MM, WHITE, Pen, Sheet
from desk.printing.pdf_text import Style, width

NOT_WHOLE = N_("Belgenin dosyası eksik ya da bozuk; yazdırılmadı. Hazırlandığı ekrandan yeniden oluşturunuz.")
NOT_OURS = N_("Bu belgenin üstüne KOPYA yazılamıyor. Hazırlandığı programdan yeniden yazdırınız.")

_STYLE = Style(10.5, BRICK_600, bold=True)
_HIGH = 5.2 * MM
_PAD = 3 * MM

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R\b")
_BOX = re.compile(rb"/MediaBox\s*\[\s*([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s+([-\d.]+)\s*\]")


def check_pdf(data: bytes) -> None:
    """Raises UserError for what is no PDF or only a part of one: it would come out as an empty or a torn paper."""
    start = _START.search(data[-1024:])
    if not data.startswith(b"%PDF-") or start is None or int(start[1]) >= len(data):
        raise UserError(NOT_WHOLE)


def mark_pdf(data: bytes, words: str) -> bytes:
    """The same document with ``words`` in a frame above its text. Raises UserError when it cannot be marked."""
    check_pdf(data)
    try:
        return _Update(data).mark(words)
    except (LookupError, ValueError, TypeError) as error:
        raise UserError(NOT_OURS) from error


class _File:
    """The objects of a PDF by their number. Raises LookupError or ValueError for kinds that are not understood."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.start = int(_found(_START, data[-1024:])[1])
        table = data[self.start :]
        head = _found(re.compile(rb"xref\s+0 (\d+)\s+"), table, whole=True)
        trailer = table[table.index(b"trailer") :]
        if b"/Prev" in trailer or b"/Encrypt" in trailer:
            raise ValueError("updated or locked already")
        lines = table[head.end() : table.index(b"trailer")].split(b"\n")
        self.offsets = {n: int(line[:10]) for n, line in enumerate(lines) if line[17:18] == b"n"}
        self.size = int(head[1])
        self.root = int(_found(re.compile(rb"/Root (\d+) 0 R"), trailer)[1])
        identity = re.search(rb"/ID\s*\[\s*<[^>]*>\s*<[^>]*>\s*\]", trailer)
        self.identity = identity[0] if identity else b""

    def body(self, number: int) -> bytes:
        """What stands between ``obj`` and ``endobj``."""
        at = self.offsets[number]
        head = _found(re.compile(rb"%d 0 obj\s+" % number), self.data[at : at + 40], whole=True)
        return self.data[at + head.end() : self.data.index(b"endobj", at)].rstrip()

    def pages(self) -> list[int]:
        """Pages in their order, by the tree."""
        tree = int(_found(re.compile(rb"/Pages (\d+) 0 R"), self.body(self.root))[1])
        return list(self._below(tree))

    def _below(self, number: int) -> list[int]:
        body = self.body(number)
        if _PAGE.search(body):
            return [number]
        kids = _found(re.compile(rb"/Kids\s*\[([^\]]*)\]"), body)[1]
        return [page for kid in _REFERENCE.findall(kids) for page in self._below(int(kid))]


class _Update:
    """New objects behind the old file, and the table that makes them count."""

    def __init__(self, data: bytes) -> None:
        self._file = _File(data)
        self._next = self._file.size
        self._new: dict[int, bytes] = {}

    def mark(self, words: str) -> bytes:
        stamp, size = self._stamp(words)
        before = self._add(b"<< /Length 1 >>\nstream\nq\nendstream")
        pages = self._file.pages()
        if not pages:
            raise ValueError("no page")
        for page in pages:
            self._new[page] = self._marked(self._file.body(page), stamp, size, before)
        return self._written()

    def _marked(self, page: bytes, stamp: int, size: tuple[float, float], before: int) -> bytes:
        left, bottom, right, top = (float(side) for side in _found(_BOX, page).groups())
        margin = 9 * MM if top - bottom > 250 * MM else 3.8 * MM  # the text of A5 begins at 10 mm
        at = ((left + right - size[0]) / 2, top - margin - size[1])
        drawn = b"Q q 1 0 0 1 %.2f %.2f cm /Kopya Do Q" % at
        after = self._add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        contents = _found(re.compile(rb"/Contents\s*(\d+ 0 R|\[[^\]]*\])"), page)
        old = contents[1].strip(b"[] ")
        page = page.replace(contents[0], b"/Contents [ %d 0 R %s %d 0 R ]" % (before, old, after))
        entry = b"/Kopya %d 0 R" % stamp
        if b"/XObject" in page:
            inline = _found(re.compile(rb"/XObject\s*<<"), page)
            return page.replace(inline[0], inline[0] + b" " + entry, 1)
        resources = _found(re.compile(rb"/Resources\s*<<"), page)
        return page.replace(resources[0], resources[0] + b" /XObject << " + entry + b" >>", 1)

    def _stamp(self, words: str) -> tuple[int, tuple[float, float]]:
        """The mark as a form of its own fonts; its number, and its size in points."""
        drawn, size = _drawn(words)
        made = _File(drawn)
        page = made.body(made.pages()[0])
        content = int(_found(re.compile(rb"/Contents (\d+) 0 R"), page)[1])
        fonts = _found(re.compile(rb"/Font (\d+ 0 R)"), page)[1]
        by = self._next - 1  # object 1 becomes the first free number
        for number in made.offsets:
            body = made.body(number)
            if number == content:
                form = b"<< /Type /XObject /Subtype /Form /BBox [ 0 0 %.2f %.2f ]" % size
                body = body.replace(b"<<", form + b" /Resources << /Font %s >>" % fonts, 1)
            head, stream, rest = body.partition(b"stream")
            self._new[number + by] = _REFERENCE.sub(lambda m: b"%d 0 R" % (int(m[1]) + by), head) + stream + rest
        self._next += made.size - 1
        return content + by, size

    def _add(self, body: bytes) -> int:
        number, self._next = self._next, self._next + 1
        self._new[number] = body
        return number

    def _written(self) -> bytes:
        out = bytearray(self._file.data.rstrip() + b"\n")
        table = b"xref\n0 1\n0000000000 65535 f \n"
        for number, body in sorted(self._new.items()):
            table += b"%d 1\n%010d 00000 n \n" % (number, len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        trailer = b"<< /Size %d /Root %d 0 R /Prev %d %s >>" % (
            self._next, self._file.root, self._file.start, self._file.identity,
        )  # fmt: skip
        return bytes(out) + table + b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % start


@lru_cache(maxsize=8)
def _drawn(words: str) -> tuple[bytes, tuple[float, float]]:
    """The mark as a document of one small page."""
    wide = width(words, _STYLE) + 2 * _PAD
    pen = Pen(words, "", Sheet(wide, _HIGH, 0))
    pen.box(0.6, 0.6, wide - 1.2, _HIGH - 1.2, 3, fill=WHITE, stroke=BRICK_600)
    pen.centred(wide / 2, _HIGH / 2 + 3.7, words, _STYLE)
    return pen.finish(), (wide, _HIGH)


def _found(pattern: re.Pattern[bytes], data: bytes, *, whole: bool = False) -> re.Match[bytes]:
    """Raises LookupError when it is not there (``whole``: at the very beginning)."""
    match = pattern.match(data) if whole else pattern.search(data)
    if match is None:
        raise LookupError(pattern.pattern)
    return match

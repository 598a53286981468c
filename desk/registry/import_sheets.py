"""Reading what other systems export: CSV in the encodings that come, XLSX as people left it. Cells only, no meaning."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

from desk.errors import N_, Fault, UserError
from desk.files import reason_of
from desk.text import number as thousands

FILE_LIMIT = 50_000_000
"""Bytes of a file; fifty thousand rows of a CİMER list have ten million."""

ROWS_LIMIT = 200_000
COLUMNS_LIMIT = 200
UNPACKED_LIMIT = 1_000_000_000
"""Bytes of an XLSX when unpacked: beyond it is no list but a bomb."""

ENCODINGS = ("utf-8-sig", "cp1254")
FORMULA = "\x00formula"
"""Stands for a cell that holds a formula: its value was never asked for, and may be anything."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int  # as the spreadsheet counts, from 1
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    size: int
    content: bytes
    lines: tuple[Line, ...]


def read(path: Path) -> Sheet:
    """All lines of a file that hold anything.

    Raises UserError for a file that is too large, empty, or neither CSV nor XLSX; Fault when it cannot be read.
    """
    content = content_of(path)
    rows = _xlsx(path.name, content) if content.startswith(b"PK\x03\x04") else _csv(path.name, content)
    lines = []
    for number, cells in rows:
        if any(cells):
            lines.append(Line(number, cells[:COLUMNS_LIMIT]))
            if len(lines) > ROWS_LIMIT:
                raise UserError(N_("Dosyada {count} satırdan fazlası var; bölünüz."), count=thousands(ROWS_LIMIT))
    if not lines:
        raise UserError(N_("{name} boş."), name=path.name)
    return Sheet(path.name, len(content), content, tuple(lines))


def content_of(path: Path) -> bytes:
    """What a file holds. Raises UserError for one that is too large, Fault when it cannot be read."""
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise UserError(N_("{name} çok büyük; en çok 50 MB alınabilir. Dosyayı bölünüz."), name=path.name)
        return path.read_bytes()
    except OSError as error:
        raise Fault(N_("Dosya okunamıyor: {path} ({reason})."), path=path, reason=reason_of(error)) from error


def text_of(name: str, content: bytes) -> str:
    """The text of a file: UTF-8 with or without its mark, else Windows Turkish. Raises UserError for no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise _no_list(name) from error
    if b"\x00" in content[:4096] or content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ")):
        raise _no_list(name)
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _no_list(name)


def _no_list(name: str) -> UserError:
    return UserError(
        N_("{name} bir CSV ya da XLSX dosyası değil. Listeyi bu biçimlerden biriyle yeniden dışa aktarınız."), name=name
    )


def _csv(name: str, content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    text = text_of(name, content)
    head = text[:8192].partition("\n")[0] if text[:8192].count("\n") < 2 else "\n".join(text[:8192].split("\n")[:5])
    delimiter = max(";\t,|", key=head.count)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num, tuple(" ".join(cell.replace("\x00", "").split()) for cell in cells)
    except csv.Error as error:
        raise UserError(N_("{name}, {line}. satırda bozuk."), name=name, line=reader.line_num) from error


def _xlsx(name: str, content: bytes) -> Iterator[tuple[int, tuple[str, ...]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED_LIMIT:
                raise UserError(N_("{name} açılamayacak kadar büyük."), name=name)
            if "xl/workbook.xml" not in packed.namelist():
                raise _no_list(name)
    except zipfile.BadZipFile as error:
        raise UserError(N_("{name} bozuk; yeniden dışa aktarınız."), name=name) from error
    load_workbook = import_module("openpyxl").load_workbook  # on use: 250 ms

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
        page = book.active or book.worksheets[0]
        page.reset_dimensions()  # some exporters write a wrong one: rows would be missing
        for number, row in enumerate(page.iter_rows(max_col=COLUMNS_LIMIT), start=1):
            yield number, tuple(_cell(one) for one in row)
        book.close()
    except UserError:
        raise
    except Exception as error:  # openpyxl raises what it meets: KeyError, ValueError, XML errors …
        raise UserError(N_("{name} bozuk; yeniden dışa aktarınız."), name=name) from error


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M:%S") if value.time() != time() else value.strftime("%d.%m.%Y")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())

"""Barcodes as modules: Code 128 (bars) and QR (squares), for raster, preview and PDF.

Sizes here are in modules; whoever draws decides how many dots or millimetres one module has. Quiet zones
(``QUIET_BARS`` beside a barcode, ``QUIET_QR`` around a QR) are not part of what is returned.
"""

from __future__ import annotations

import re
from functools import lru_cache

from barcode.charsets import code128 as _tables

QUIET_BARS = 10
QUIET_QR = 4

_STOP = "1100011101011"
_START = {"B": 104, "C": 105}
_SWITCH = {"B": 100, "C": 99}
_DLE_COMMANDS = re.compile(r"^(?:\d\d)*16(?:04|05|20)", re.ASCII)
"""Pairs of digits that a printer would take for DLE EOT, DLE ENQ or DLE DC4, even inside a barcode's data."""
_RUNS = re.compile(r"\d+|\D+", re.ASCII)


def code128_segments(text: str) -> list[tuple[str, str]]:
    """``text`` in pieces of one code set each: C for pairs of digits where that is shorter, else B.

    Raises ValueError for an empty text and for what code set B does not hold (all but printable ASCII).
    """
    if not text or not all(" " <= c <= "~" for c in text):
        raise ValueError("Code 128 holds printable ASCII here")
    pieces: list[tuple[str, str]] = []
    runs = _RUNS.findall(text)
    for place, run in enumerate(runs):
        odd = len(run) % 2
        enough = 4 if place in (0, len(runs) - 1) else 6
        if run[0].isdigit() and len(run) >= enough and not _DLE_COMMANDS.match(run[odd:]):
            _append(pieces, "B", run[:odd])
            _append(pieces, "C", run[odd:])
        else:
            _append(pieces, "B", run)
    return pieces


def _append(pieces: list[tuple[str, str]], code_set: str, text: str) -> None:
    if pieces and pieces[-1][0] == code_set:
        text = pieces.pop()[1] + text
    if text:
        pieces.append((code_set, text))


def code128_modules(text: str) -> str:
    """The bars of ``text`` as ones and zeros, start to stop."""
    values: list[int] = []
    for code_set, piece in code128_segments(text):
        values.append(_SWITCH[code_set] if values else _START[code_set])
        if code_set == "C":
            values += [int(piece[i : i + 2]) for i in range(0, len(piece), 2)]
        else:
            values += [ord(c) - 32 for c in piece]
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    return "".join(_tables.CODES[value] for value in [*values, check]) + _STOP


def code128_width(text: str) -> int:
    """Modules from the first to the last bar, without building them: 11 a symbol, 13 for the stop."""
    segments = code128_segments(text)
    symbols = sum(len(piece) // 2 if code_set == "C" else len(piece) for code_set, piece in segments)
    return 11 * (symbols + len(segments) + 1) + 13


@lru_cache(maxsize=64)
def qr_matrix(text: str, level: str = "M") -> tuple[tuple[bool, ...], ...]:
    """The rows of a QR symbol, true where it is dark. Raises ValueError for what does not fit (2.3 kB at M)."""
    import segno  # 30 ms, and only when a QR is drawn

    symbol = segno.make_qr(text, error=level, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)

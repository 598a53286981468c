"""What the reader of ESC/POS bytes knows of printers: page numbers by family, and commands to skip."""

from __future__ import annotations

from collections.abc import Mapping

_EPSON = {
    0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 13: "cp857", 14: "cp737", 16: "cp1252",
    17: "cp866", 18: "cp852", 19: "cp858", 32: "cp720", 33: "cp775", 34: "cp855", 35: "cp861", 36: "cp862",
    37: "cp864", 38: "cp869", 39: "iso8859-2", 40: "iso8859-15", 44: "cp1125", 45: "cp1250", 46: "cp1251",
    47: "cp1253", 48: "cp1254", 49: "cp1255", 50: "cp1256", 51: "cp1257", 52: "cp1258",
}  # fmt: skip
PAGES: Mapping[str, Mapping[int, str]] = {
    "epson": _EPSON,
    "star": {1: "cp437", 4: "cp858", 5: "cp852", 10: "cp866", 12: "cp857", 32: "cp1252", 33: "cp1250", 34: "cp1251"},
    "citizen": {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 6: "cp852", 7: "cp866", 8: "cp857"},
    "pos-5890": {
        0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 18: "cp852", 50: "cp437", 59: "cp866", 61: "cp857",
        71: "cp1252", 72: "cp1250", 73: "cp1251", 91: "cp1254",
    },
    "rongta": {
        0: "cp437", 2: "cp850", 6: "cp1251", 7: "cp866", 16: "cp1252", 18: "cp852", 29: "cp857", 30: "cp1250",
        32: "cp1254", 43: "iso8859-9",
    },
    "bixolon": {0: "cp437", 2: "cp850", 16: "cp1252", 17: "cp866", 18: "cp852", 24: "cp1253", 25: "cp1254"},
    "datecs": {0: "cp437", 8: "cp857", 17: "cp1254"},
}  # fmt: skip
"""Page numbers by family, from the makers' manuals and receipt-print-hq/escpos-printer-db; the rest is page 0."""

CHINESE_AT_START = frozenset({"pos-5890", "rongta"})
"""Clones that read bytes from 0x80 on as halves of Chinese characters until FS . is sent."""

HARMLESS = {
    "ESC  ": 1, "ESC %": 1, "ESC =": 1, "ESC ?": 1, "ESC R": 1, "ESC S": 0, "ESC \\": 2, "ESC c": 2, "ESC p": 3,
    "ESC r": 1, "ESC {": 1, "FS !": 1, "FS -": 1, "FS S": 2, "FS W": 1, "GS L": 2, "GS P": 2, "GS W": 2,
    "GS b": 1, "GS f": 1, "DLE \x05": 1,
}  # fmt: skip
"""Parameters to skip of commands that a printer knows and that change nothing here."""

"""What a scan means. A scanner is never trusted: whatever it brings is read here, and nothing is done by itself.

Ours are the twelve digits of a barcode and the tracking code of a QR. Others' that help are the machine-readable lines
of an identity document and the item number of a posted letter (UPU S10). Anything else is refused with a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desk.errors import N_
from desk.models.numbers import TRACKING_ALPHABET, CodeKind, read_scan_code
from desk.registry import mrz
from desk.registry.mrz import Identity

LONGEST = 200
"""Characters of the longest scan that can mean anything; the lines of a card are 92."""


class ScanKind(StrEnum):
    RECORD = "record"
    MRZ = "mrz"
    POSTAL = "postal"
    REFUSED = "refused"


class Paper(StrEnum):
    """Which paper of ours a code stands on."""

    TICKET = "ticket"
    APPLICATION = "application"
    ASSISTANCE = "assistance"


_PAPERS = {
    CodeKind.TICKET: Paper.TICKET,
    CodeKind.APPLICATION: Paper.APPLICATION,
    CodeKind.ASSISTANCE: Paper.ASSISTANCE,
}


@dataclass(frozen=True, slots=True)
class Scan:
    """``code`` is what to look up (a barcode, a tracking code, a record number, a postal item number)."""

    kind: ScanKind
    code: str = ""
    paper: Paper | None = None
    identity: Identity | None = None
    reason: str = ""  # marked source string, why it was refused


EMPTY = N_("Boş kod okundu; yeniden okutunuz.")
TOO_LONG = N_("Okunan kod çok uzun; bu programın ya da bir kimlik belgesinin kodu değil.")
CONTROL = N_("Okunan kodda yazı olmayan işaretler var; kod kullanılmadı.")
BAD_CHECK = N_("Barkodun denetim hanesi tutmuyor; yeniden okutunuz ya da numarayı elle yazınız.")
BAD_MRZ = N_("Kimlik belgesinin satırları hatalı okundu; yeniden okutunuz ya da elle yazınız.")
BAD_POSTAL = N_("Posta barkodunun denetim hanesi tutmuyor; yeniden okutunuz ya da elle yazınız.")
UNKNOWN = N_("Bu kod tanınmadı; yok sayıldı.")
MISREAD = frozenset({BAD_CHECK, BAD_MRZ, BAD_POSTAL})
"""Codes of a kind that is known, with an error in them: worth reading again."""

_TRACKING = re.compile(f"([{TRACKING_ALPHABET}]{{4}})[^0-9A-Z]?([{TRACKING_ALPHABET}]{{4}})")
"""The dash arrives as another sign where scanner and computer have different layouts."""

_RECORD_NUMBER = re.compile(r"[0-9]{4}/[0-9]{1,9}")
_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def read_scan(text: str) -> Scan:
    """What ``text`` means; never raises, whatever the text is."""
    if len(text) > LONGEST:
        return _refused(TOO_LONG)
    code = text.strip(" \t\r\n")
    if not code:
        return _refused(EMPTY)
    if any(not c.isprintable() and c not in "\r\n\t" for c in code):
        return _refused(CONTROL)
    if mrz.mrz_lines(code):
        identity = mrz.read(code)
        return Scan(ScanKind.MRZ, identity=identity) if identity else _refused(BAD_MRZ)
    return _ours(code) or _postal(code.upper()) or _refused(UNKNOWN)


def _ours(code: str) -> Scan | None:
    scanned = read_scan_code(code)
    if scanned is not None:
        return Scan(ScanKind.RECORD, code, _PAPERS[scanned.kind])
    if len(code) == 12 and code.isascii() and code.isdigit():
        return _refused(BAD_CHECK)
    tracking = _TRACKING.fullmatch(code.upper())
    if tracking is not None:
        return Scan(ScanKind.RECORD, f"{tracking[1]}-{tracking[2]}", Paper.APPLICATION)
    if _RECORD_NUMBER.fullmatch(code):
        return Scan(ScanKind.RECORD, code, Paper.APPLICATION)
    return None


def _postal(code: str) -> Scan | None:
    if not _S10.fullmatch(code):
        return None
    return Scan(ScanKind.POSTAL, code) if s10_check_digit(code[2:10]) == code[10] else _refused(BAD_POSTAL)


def s10_check_digit(serial: str) -> str:
    """Of the eight digits of a postal item (UPU standard S10, 4.3)."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return str({10: 0, 11: 5}.get(rest, rest))


def _refused(reason: str) -> Scan:
    return Scan(ScanKind.REFUSED, reason=reason)

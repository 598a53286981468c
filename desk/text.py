"""Turkish text: case, folding for search, sort keys, formats of dates, numbers and phones.

``str.lower()`` is wrong for Turkish (İ becomes two code points, I becomes i), and SQLite's LIKE knows ASCII
only; so search and order use keys made here and stored beside the text.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.clock import ISTANBUL, local

_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_FOLD_I = str.maketrans(dict.fromkeys("Iİı", "i"))
_ALPHABET = "abcçdefgğhıijklmnoöprsştuüvyz"
_RANK = {letter: chr(ord("A") + 2 * place) for place, letter in enumerate(_ALPHABET)}
_RANK |= {"q": chr(ord("A") + 2 * _ALPHABET.index("p") + 1), "w": chr(ord("A") + 2 * _ALPHABET.index("v") + 1)}
_RANK |= {"x": chr(ord("A") + 2 * _ALPHABET.index("v") + 1) + "x"}
_CIRCUMFLEX = str.maketrans("âîû", "aiu")

MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
    "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
WEEKDAYS = ("Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar")


def lower_tr(text: str) -> str:
    return text.translate(_LOWER).lower()


def upper_tr(text: str) -> str:
    return text.translate(_UPPER).upper()


def capital_tr(text: str) -> str:
    """The first letter large, as at the beginning of a sentence or over a column: işlem, İşlem."""
    return upper_tr(text[:1]) + text[1:]


def fold(text: str) -> str:
    """The search key: ISIL, Işıl and ışıl are one; marks, case and doubled blanks do not count."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLD_I).lower()
    stripped = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return " ".join(stripped.split())


def sort_key(text: str) -> str:
    """The order of the 29-letter alphabet (ç after c, ı before i …), as a plain string to store and index.

    Digits and blanks come before letters; letters foreign to the alphabet follow their nearest neighbour.
    """
    plain = lower_tr(unicodedata.normalize("NFC", text)).translate(_CIRCUMFLEX)
    return "".join(_RANK.get(c) or _foreign(c) for c in " ".join(plain.split()))


def _foreign(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return _RANK.get(base, character)


def clean(text: str) -> str:
    """What a person typed or pasted, fit to store: NFC, no control or direction characters, one blank between words."""
    kept = (" " if c in "\t\r\n\u2028\u2029" else c for c in unicodedata.normalize("NFC", text))
    shown = (c for c in kept if unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"} and c not in _DIRECTION)
    # Once more: what stood between a letter and its mark may be gone now.
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())


_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def clock_time(moment: datetime, zone: ZoneInfo = ISTANBUL) -> str:
    """10.42"""
    return f"{local(moment, zone):%H.%M}"


def at_time(moment: datetime, zone: ZoneInfo = ISTANBUL) -> str:
    """saat 10.42’de; the ending follows what is said last: saat 14.00’te (on dörtte)."""
    at = local(moment, zone)
    said = f"{at:%M}" if at.minute else str(at.hour)
    return f"saat {at:%H.%M}{at_number(said).removeprefix(said)}"


def since_time(moment: datetime, zone: ZoneInfo = ISTANBUL) -> str:
    """saat 10.42’den beri"""
    return f"{at_time(moment, zone)}n beri"


def short_date(day: date) -> str:
    """24.11.2026"""
    return f"{day:%d.%m.%Y}"


def long_date(day: date) -> str:
    """24 Kasım 2026 Salı"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} {WEEKDAYS[day.weekday()]}"


def date_and_time(moment: datetime, zone: ZoneInfo = ISTANBUL) -> str:
    """24.11.2026 10.42"""
    here = local(moment, zone)
    # strftime asks the system for its zone: 20 µs.
    return f"{here.day:02}.{here.month:02}.{here.year:04} {here.hour:02}.{here.minute:02}"


def number(value: int | float, decimals: int = 0) -> str:
    """60.314 and 1.234,5"""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


def percent(part: float, whole: float, decimals: int = 1) -> str:
    """%3,6; a dash when there is nothing to divide by."""
    return f"%{number(100 * part / whole, decimals)}" if whole else "–"


def minutes(duration: timedelta | float) -> int:
    """Whole minutes of a duration (a number is seconds), rounded down."""
    seconds = duration.total_seconds() if isinstance(duration, timedelta) else duration
    return int(seconds // 60)


def stopwatch(duration: timedelta | float) -> str:
    """24 sn, 4 dk 12 sn, 1 sa 05 dk"""
    seconds = int(duration.total_seconds() if isinstance(duration, timedelta) else duration)
    seconds = max(seconds, 0)
    if seconds < 60:
        return f"{seconds} sn"
    if seconds < 3600:
        return f"{seconds // 60} dk {seconds % 60:02d} sn"
    return f"{seconds // 3600} sa {seconds % 3600 // 60:02d} dk"


def mask_name(name: str) -> str:
    """Nuriye Ağaoğlu → N*** A***: what lists and 80 mm paper show."""
    return " ".join(f"{word[0]}***" for word in name.split())


def mask_phone(phone: str) -> str:
    """Only the last four digits stay readable."""
    digits = "".join(filter(str.isdigit, phone))
    return f"{'•' * (len(digits) - 4)}{digits[-4:]}"


_LAST_DIGIT = {"1": "de", "2": "de", "3": "te", "4": "te", "5": "te", "6": "da", "7": "de", "8": "de", "9": "da"}
_TENS = {"1": "da", "2": "de", "3": "da", "4": "ta", "5": "de", "6": "ta", "7": "te", "8": "de", "9": "da"}


def at_number(number: str) -> str:
    """ "R 003" → "R 003’te": the ending follows the spoken numeral (üçte, onda, yüzde)."""
    if number[-1] in _LAST_DIGIT:
        return f"{number}’{_LAST_DIGIT[number[-1]]}"
    if number[-2:-1] in _TENS:
        return f"{number}’{_TENS[number[-2]]}"
    return f"{number}’de" if number[-3:-2].isdecimal() and number[-3:] != "000" else f"{number}’da"

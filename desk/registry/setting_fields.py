"""What a setting is: its kind of value, its limits, its words. Pure; page, command line and writing judge by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from desk.errors import N_, UserError
from desk.text import clean, number

Value = Any
"""str, int, float, bool, None or a tuple of str: what JSON keeps and a form shows."""


class Sort(StrEnum):
    TEXT = "text"
    LINES = "lines"  # a tuple of lines
    NUMBER = "number"  # whole
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"  # one of ``choices`` or of a list of the sheet
    PICKS = "picks"  # a tuple of values of a list of the sheet
    TIME = "time"  # minutes after midnight
    DAY = "day"  # 2026-11-24
    PIN = "pin"  # written only


@dataclass(frozen=True, slots=True)
class Field:
    """One setting. ``low`` and ``high`` bound a number, and the letters of a text (0: no bound)."""

    key: str
    name: str
    sort: Sort = Sort.TEXT
    default: Value = ""
    help: str = ""
    unit: str = ""
    low: float = 0
    high: float = 0
    choices: tuple[tuple[Value, str], ...] = ()
    options: str = ""  # the list of the sheet to choose from
    none: bool = False  # may stay empty: None
    only_new: bool = False  # cannot be changed later
    ask: str = ""  # what an empty one is asked for with: "Duyuru metnini yazınız."
    label: str = ""  # what stands above it where its group says the rest; its name is heard and listed whole


def whole(key: str, name: str, default: int, low: int, high: int, unit: str = "", help_: str = "") -> Field:
    """A whole number between ``low`` and ``high``."""
    return Field(key, name, Sort.NUMBER, default, help_, unit, low, high)


def switch(key: str, name: str, default: bool, help_: str = "") -> Field:
    return Field(key, name, Sort.YES_NO, default, help_)


@dataclass(frozen=True, slots=True)
class Group:
    """``rows``: short fields in few rows, so many in each, beside the title (a week has seven of them)."""

    title: str
    fields: tuple[Field, ...]
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A sub-page. One with ``add`` has records that people may add."""

    code: str
    name: str
    icon: str
    help: str
    groups: tuple[Group, ...] = ()
    kind: str = ""  # of its records; "" for the site's own settings
    add: str = ""
    remove: str = ""

    def field(self, key: str) -> Field:
        return next(one for group in self.groups for one in group.fields if one.key == key)

    def fields(self) -> tuple[Field, ...]:
        return tuple(one for group in self.groups for one in group.fields)


@dataclass(frozen=True, slots=True)
class Record:
    """What can be changed together: the site, a service, a weekday. ``key`` is "service:UUID", "site", "hours:0"."""

    key: str
    title: str
    values: Mapping[str, Value]
    note: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A subject as it is now."""

    subject: str
    records: tuple[Record, ...]
    lists: Mapping[str, tuple[tuple[Value, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """``record``'s ``field`` from ``before`` to ``after``. The field NEW makes a record, GONE takes it away."""

    record: str
    field: str
    before: Value
    after: Value


NEW, GONE = "+", "-"


class FieldError(UserError):
    """Refused because of one field; the sentence stands below it."""

    def __init__(self, record: str, key: str, message: str, **params: Any) -> None:
        super().__init__(message, **params)
        self.record, self.key = record, key


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong when records are looked at together. A warning does not keep from saving; ``told`` only tells."""

    record: str
    key: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    warning: bool = False
    told: bool = False

    @property
    def wrong(self) -> bool:
        return not (self.warning or self.told)

    def text(self, tr: Callable[[str], str]) -> str:
        return tr(self.message).format(**self.params)


def checked(one: Field, record: str, value: Value) -> Value:
    """The value in its clean form; raises FieldError with a sentence that says what to do."""

    def refuse(message: str, **params: Any) -> FieldError:
        return FieldError(record, one.key, message, **params)

    if one.sort is Sort.CHOICE and one.choices:
        if value not in [known for known, _ in one.choices]:
            raise refuse(N_("Listeden bir seçenek seçiniz."))
        return value
    if value is None or value == "":
        if one.none or (one.sort in (Sort.TEXT, Sort.PIN) and not one.low):
            return None if one.none else ""
        raise refuse(one.ask or N_("{name} boş kalamaz; yazınız."), name=one.name)
    if one.sort in (Sort.NUMBER, Sort.DECIMAL):
        return _number(one, value, refuse)
    if one.sort is Sort.TIME:
        if not isinstance(value, int) or not 0 <= value <= 24 * 60:
            raise refuse(N_("Saati 08.30 gibi yazınız."))
    elif one.sort is Sort.DAY:
        if as_day(value) is None:
            raise refuse(N_("Günü 24.11.2026 gibi yazınız."))
    elif one.sort is Sort.PIN:
        if not (isinstance(value, str) and value.isdecimal() and 4 <= len(value) <= 8):
            raise refuse(N_("PIN 4 ile 8 rakam arasında olmalıdır."))
    elif one.sort is Sort.TEXT:
        return _text(one, str(value), refuse)
    elif one.sort is Sort.LINES:
        return _lines(one, value, refuse)
    elif one.sort is Sort.PICKS:
        return tuple(value)
    return value


Refuse = Callable[..., FieldError]


def _number(one: Field, value: Value, refuse: Refuse) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float) or (one.sort is Sort.NUMBER and value % 1):
        raise refuse(N_("Buraya bir sayı yazınız."))
    if not one.low <= value <= one.high:
        raise refuse(N_("{low} ile {high} arasında bir sayı yazınız."), low=number(one.low), high=number(one.high))
    return value


def _text(one: Field, value: str, refuse: Refuse) -> str:
    value = clean(value)
    if len(value) < one.low:
        raise refuse(N_("En az {count} harf yazınız."), count=number(one.low))
    if one.high and len(value) > one.high:
        raise refuse(N_("En çok {count} harf yazabilirsiniz."), count=number(one.high))
    return value


def _lines(one: Field, value: Value, refuse: Refuse) -> Value:
    lines = tuple(line for line in (clean(str(line)) for line in value) if line)
    if one.low and len(lines) > one.low:
        raise refuse(N_("En çok {count} satır yazabilirsiniz."), count=number(one.low))
    for line in lines:
        if one.high and len(line) > one.high:
            raise refuse(N_("Satırlar en çok {count} harf olabilir: “{line}”"), count=number(one.high), line=line[:24])
    return lines if lines or not one.none else None


def as_day(value: Value) -> date | None:
    """ "2026-11-24" as a date; None for anything else."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


# --- how values are typed and read


def minute_of(text: str) -> int | None:
    """08.30, 8:30 or 8 as minutes after midnight; None for anything else."""
    hour, _, rest = text.strip().replace(":", ".").partition(".")
    if not hour.isdecimal() or (rest and not rest.isdecimal()) or int(rest or 0) > 59 or int(hour) > 24:
        return None
    return int(hour) * 60 + int(rest or 0)


def day_of(text: str) -> str | None:
    """24.11.2026 as 2026-11-24; None for anything else."""
    parts = text.strip().replace("/", ".").split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return None


def typed(one: Field, text: str) -> Value:
    """What a person typed as a value; what cannot be understood comes back as it is and is refused by ``checked``."""
    text = text.strip()
    if not text:
        return None if one.none else ""
    if one.sort is Sort.TIME:
        found = minute_of(text)
        return text if found is None else found
    if one.sort is Sort.DAY:
        return day_of(text) or text
    if one.sort in (Sort.NUMBER, Sort.DECIMAL):
        try:
            figure = float(text.replace(",", "."))
        except ValueError:
            return text
        return int(figure) if figure == int(figure) else figure
    return text


def shown(one: Field, value: Value) -> str:
    """A value as it stands in its line."""
    if value is None or value == "":
        return ""
    if one.sort is Sort.TIME and isinstance(value, int):
        return f"{value // 60:02d}.{value % 60:02d}"
    if one.sort is Sort.DAY and (day := as_day(value)) is not None:
        return f"{day:%d.%m.%Y}"
    if one.sort is Sort.DECIMAL and isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if one.sort is Sort.LINES:
        return "\n".join(value)
    return str(value)


def said(one: Field, value: Value, lists: Mapping[str, tuple[tuple[Value, str], ...]], tr: Callable[[str], str]) -> str:
    """A value in the sentence that tells a change: short, in words."""
    if one.sort is Sort.PIN:
        return tr(N_("yeni PIN")) if value else tr(N_("PIN yok"))
    if one.sort is Sort.YES_NO:
        return tr(N_("açık")) if value else tr(N_("kapalı"))
    names = dict((*one.choices, *lists.get(one.options, ())))
    if one.sort is Sort.PICKS:
        return ", ".join(tr(names.get(each, str(each))) for each in value or ()) or tr(N_("hepsi"))
    if value is None or value in ("", ()):
        return tr(names[value]) if value in names else tr(N_("boş"))
    if one.sort is Sort.CHOICE:
        return tr(names.get(value, str(value)))
    if one.sort is Sort.LINES:
        return tr(N_("{count} satır")).format(count=len(value))
    words = shown(one, value)
    words = words if len(words) <= 40 else words[:39] + "…"
    return f"{words} {tr(one.unit)}" if one.unit else words

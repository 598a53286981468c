"""A signed sheet as plain data and back: the same day printed years later gives the same paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from desk.reports.types import DaySheet

VERSION = 1


def to_data(sheet: DaySheet) -> dict[str, Any]:
    """JSON-able data that names every field."""
    found = _plain(sheet)
    assert isinstance(found, dict)
    return {"version": VERSION, **found}


def from_data(data: Mapping[str, Any]) -> DaySheet:
    """The sheet again. What a newer program wrote and this one has no field for is left out."""
    found = _made(DaySheet, data)
    assert isinstance(found, DaySheet)
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


@cache
def _types_of(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _made(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None:
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
        return _made(kind, value)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is ...:
            return tuple(_made(inner[0], one) for one in value)
        return tuple(_made(each, one) for each, one in zip(inner, value, strict=True))
    if is_dataclass(kind):
        known = _types_of(kind)  # type: ignore[arg-type]
        return kind(**{name: _made(known[name], one) for name, one in value.items() if name in known})  # type: ignore[operator]
    if kind is datetime or kind is date:
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value

"""What stands on a slip, as frozen data that a print job keeps: no printer, no bytes.

A job stores ``slip.to_json()`` and the bytes are made when it is sent, so that a printer replaced in between
prints the same slip in its own way. The version is raised when an old program could not print a new slip
rightly; a slip of an unknown version is refused.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from typing import Any

from desk.errors import N_, Fault

VERSION = 1
MAX_MAGNIFICATION = 8


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. Magnified text wraps too; with ``fit`` it first gets narrower, to stay on one line.

    ``invert`` prints white on a black bar as wide as the paper.
    """

    text: str
    align: str = "left"  # left | center | right
    width: int = 1  # magnification, 1–8
    height: int = 1
    bold: bool = False
    invert: bool = False
    fit: bool = False


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Says at the head of a reprint that it is one; an element of its own, so that the next reprint replaces it."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Two texts on one line. ``layout`` "field": a label and its value, values of neighbouring rows aligned;

    "ends": the right one at the right edge (counts, date and persons).
    """

    left: str
    right: str
    bold: bool = True  # the right one
    layout: str = "field"  # field | ends


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns, each a small label over a large value."""

    left_label: str
    left_value: str
    right_label: str
    right_value: str
    width: int = 2  # magnification of the values
    height: int = 2


@dataclass(frozen=True, slots=True)
class Rule:
    style: str = "solid"  # solid | dashed


@dataclass(frozen=True, slots=True)
class Barcode:
    """Code 128. ``hri``: the digits stand below for people to read and type."""

    data: str
    hri: bool = True
    height: int = 64  # dots


@dataclass(frozen=True, slots=True)
class QR:
    data: str


@dataclass(frozen=True, slots=True)
class Logo:
    """The site's logo, from the printer's own memory; nothing where the printer keeps none."""


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line in one code page of the printer, by its number: the installer looks which line reads right."""

    text: str
    codec: str  # Python codec
    number: int  # of ESC t


@dataclass(frozen=True, slots=True)
class Space:
    dots: int = 12


@dataclass(frozen=True, slots=True)
class Cut:
    pass


Element = Text | CopyMark | Row | Pair | Rule | Barcode | QR | Logo | PageLine | Space | Cut

_KINDS: dict[str, type] = {
    "text": Text,
    "copy": CopyMark,
    "row": Row,
    "pair": Pair,
    "rule": Rule,
    "barcode": Barcode,
    "qr": QR,
    "logo": Logo,
    "page": PageLine,
    "space": Space,
    "cut": Cut,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_FIELDS = {kind: tuple((f.name, f.default) for f in fields(kind)) for kind in _NAMES}
_TYPES = {"str": str, "int": int, "bool": bool}


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper. ``kind`` is what it is (ticket, receipt, …), ``lang`` decides the reading direction."""

    kind: str
    lang: str
    elements: tuple[Element, ...]
    version: int = VERSION

    def to_data(self) -> dict[str, Any]:
        """Plain data for a JSON column; values that are the default are left out."""
        return {
            "version": self.version,
            "kind": self.kind,
            "lang": self.lang,
            "elements": [_dump(element) for element in self.elements],
        }

    def to_json(self) -> str:
        head = {"version": self.version, "kind": self.kind, "lang": self.lang}
        elements = ",".join([as_json(element) for element in self.elements])
        return f'{_json(head)[:-1]},"elements":[{elements}]}}'

    @staticmethod
    def from_data(data: Any) -> Slip:
        """Raises Fault for a slip of another version and for what is no slip."""
        try:
            version = data["version"]
        except (TypeError, KeyError) as error:
            raise Fault(N_("Fiş verisi okunamıyor.")) from error
        if version != VERSION:
            raise Fault(N_("Fiş, programın başka bir sürümüyle hazırlanmış (sürüm {version})."), version=version)
        try:
            elements = tuple(_load(element) for element in data["elements"])
            return Slip(_typed("str", data["kind"]), _typed("str", data["lang"]), elements)
        except (TypeError, KeyError, ValueError) as error:
            raise Fault(N_("Fiş verisi okunamıyor.")) from error

    @staticmethod
    def from_json(text: str) -> Slip:
        """Raises Fault like ``from_data``."""
        try:
            data = json.loads(text)
        except ValueError as error:
            raise Fault(N_("Fiş verisi okunamıyor.")) from error
        return Slip.from_data(data)


def _dump(element: Element) -> dict[str, Any]:
    data: dict[str, Any] = {"t": _NAMES[type(element)]}
    for name, default in _FIELDS[type(element)]:
        value = getattr(element, name)
        if default is MISSING or value != default:
            data[name] = value
    return data


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(maxsize=512)
def as_json(element: Element) -> str:
    """One element as ``Slip.to_json`` writes it. Most of what stands on a slip stood on the one before."""
    return _json(_dump(element))


def _load(data: dict[str, Any]) -> Element:
    values = dict(data)
    kind = _KINDS[values.pop("t")]
    types = {f.name: str(f.type) for f in fields(kind)}
    element: Element = kind(**{name: _typed(types[name], value) for name, value in values.items()})
    return element


def _typed(name: str, value: Any) -> Any:
    if type(value) is not _TYPES[name]:
        raise TypeError(name)
    return value

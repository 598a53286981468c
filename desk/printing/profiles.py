"""What one printer model can do, read from a TOML file.

The files stand in ``resources/printers``; a machine may add its own in a folder beside its data (copy a file,
change it). Where both have a file of one name, the machine's own counts.
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from desk.config import resource_path
from desk.errors import N_, UserError


@dataclass(frozen=True, slots=True)
class StatusAbilities:
    """What the model answers when it is asked how it is."""

    realtime: bool = True  # DLE EOT 1 to 4
    transmit: bool = True  # GS r 1
    process_id: bool = True  # GS ( H, function 48
    automatic: bool = True  # GS a


@dataclass(frozen=True, slots=True)
class SerialLine:
    """The line's settings as the model leaves the factory."""

    baud: int = 19200
    flow: str = "rtscts"  # none | rtscts | dtr | xonxoff


@dataclass(frozen=True, slots=True)
class Profile:
    """One printer model. Widths are in dots; ``columns`` counts font A (12 × 24 dots)."""

    code: str
    name: str
    family: str  # whose table of page numbers the model follows
    paper_mm: int
    dots: int
    columns: int
    pages: tuple[tuple[str, int], ...]  # (Python codec, number for ESC t), preferred first
    line_spacing: int = 30  # dots from line to line
    motion_units: int = 1  # vertical motion units a dot (GS P, default y): ESC J counts in them
    cutter: str = "partial"  # partial | full | none
    logo: int = 0  # key of the logo kept in the printer's memory (FS p); 0: none
    stores_logo: bool = False  # takes the site's logo into its memory (FS q)
    barcode: bool = True  # GS k 73 (Code 128)
    qr: bool = True  # GS ( k
    fallback: str = "raster"  # raster | ascii: what becomes of a line that no page holds
    status: StatusAbilities = StatusAbilities()
    serial: SerialLine = SerialLine()


_CUTTERS = frozenset({"partial", "full", "none"})
_FLOWS = frozenset({"none", "rtscts", "dtr", "xonxoff"})
_FALLBACKS = frozenset({"raster", "ascii"})


def load_profile(code: str, extra: Path | None = None) -> Profile:
    """The profile called ``code``: the file of that name in ``extra``, else in the resources.

    Raises UserError when there is none or the file does not make sense.
    """
    for folder in _folders(extra):
        path = folder / f"{code}.toml"
        if Path(code).name == code and path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    raise UserError(N_("Yazıcı modeli bilinmiyor: {code}"), code=code)


def all_profiles(extra: Path | None = None) -> dict[str, Profile]:
    """Every profile by its code, in alphabetical order of the codes."""
    codes = {path.stem for folder in _folders(extra) for path in folder.glob("*.toml")}
    return {code: load_profile(code, extra) for code in sorted(codes)}


def _folders(extra: Path | None) -> list[Path]:
    return [folder for folder in (extra, resource_path("printers")) if folder and folder.is_dir()]


@cache
def _read(path: Path, changed: int) -> Profile:
    """``changed`` (the file's time) is part of the key, so that an edited file is read again."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(N_("Yazıcı dosyası okunamıyor: {path} ({reason})"), path=path, reason=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(N_("Yazıcı dosyası anlaşılamadı: {path} ({reason})"), path=path, reason=error) from error
    return _profile(path, data)


def _profile(path: Path, data: Mapping[str, Any]) -> Profile:
    values = dict(data)
    tables = {name: values.pop(name, {}) for name in ("pages", "status", "serial")}
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise _wrong(path, name)
    profile = Profile(
        **_checked(path, Profile, values | {"code": path.stem}),
        pages=_pages(path, tables["pages"]),
        status=StatusAbilities(**_checked(path, StatusAbilities, tables["status"])),
        serial=SerialLine(**_checked(path, SerialLine, tables["serial"])),
    )
    _check_ranges(path, profile)
    return profile


def _checked(path: Path, kind: type, values: dict[str, Any]) -> dict[str, Any]:
    """``values`` when each is a plain field of ``kind`` and of its type, and none that is needed is missing."""
    types = {"str": str, "int": int, "bool": bool}
    plain = {f.name: f for f in fields(kind) if f.type in types}
    for name, value in values.items():
        if name not in plain or type(value) is not types[str(plain[name].type)]:
            raise _wrong(path, name)
    for name, one in plain.items():
        if one.default is MISSING and name not in values:
            raise _wrong(path, name)
    return values


def _pages(path: Path, table: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    for codec, number in table.items():
        try:
            codecs.lookup(codec)
        except LookupError as error:
            raise _wrong(path, codec) from error
        if type(number) is not int or not 0 <= number <= 255:
            raise _wrong(path, codec)
    return tuple(table.items())


def _check_ranges(path: Path, profile: Profile) -> None:
    wrong = {
        "dots": not (96 <= profile.dots <= 1200 and profile.dots % 8 == 0),
        "columns": not 8 <= profile.columns <= profile.dots // 12,
        "line_spacing": not 24 <= profile.line_spacing <= 127,
        "motion_units": profile.motion_units not in (1, 2),
        "cutter": profile.cutter not in _CUTTERS,
        "logo": not 0 <= profile.logo <= 255,
        "fallback": profile.fallback not in _FALLBACKS,
        "flow": profile.serial.flow not in _FLOWS,
        "baud": not 300 <= profile.serial.baud <= 4_000_000,
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise _wrong(path, name)


def _wrong(path: Path, name: str) -> UserError:
    return UserError(N_("Yazıcı dosyasında eksik ya da yanlış ayar: {name} ({path})"), name=name, path=path)

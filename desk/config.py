"""Settings of this machine, and where things stand on it.

The machine's TOML holds what differs from machine to machine (database, site, terminal, role, devices); all
else is in the database. Precedence: command-line option, environment, ``--config``, /etc/danisma/config.toml,
the user's own file.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path, user_config_path, user_data_path

from desk.errors import N_, UserError
from desk.files import reason_of
from desk.values import dataclass

SYSTEM_CONFIG = Path("/etc/danisma/config.toml")
SYSTEM_DATA = Path("/var/lib/danisma")


@cache
def resource_path(*parts: str) -> Path:
    """A file of ``resources/``: beside the package in a checkout, inside it in an installed wheel."""
    package = Path(__file__).parent
    inside = package / "resources"
    root = inside if inside.is_dir() else package.parent / "resources"
    return root.joinpath(*parts)


def docs_path(*parts: str) -> Path:
    """A document of ``docs/``, which staff read with F1: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).parent
    inside = package / "docs"
    root = inside if inside.is_dir() else package.parent / "docs"
    return root.joinpath(*parts)


@cache
def cache_dir() -> Path:
    """Files that can be made again (compiled catalogues)."""
    given = os.environ.get("DESK_CACHE_DIR")
    return Path(given) if given else user_cache_path("danisma", appauthor=False)


def _setting(default: Any, help: str, env: str = "") -> Any:
    return field(default=default, metadata={"help": help, "env": env})


@dataclass(frozen=True, slots=True)
class Config:
    """This machine's settings, each declared once: the reference in the docs is made from these lines."""

    database: str = _setting("", N_("Veri tabanı adresi (boşsa veri klasöründeki danisma.db)"), "DESK_DATABASE")
    data_dir: Path | None = _setting(None, N_("Veri klasörü"), "DESK_DATA_DIR")
    site: str = _setting("", N_("Yerleşke kodu (boşsa ilk yerleşke)"), "DESK_SITE")
    terminal: str = _setting("", N_("Terminal kodu (boşsa bilgisayarın rolüne göre)"), "DESK_TERMINAL")
    staff: str = _setting("", N_("Görevli kodu"), "DESK_STAFF")
    printer: str = _setting(
        "", N_("Fiş yazıcısının adresi: virtual:, serial:/dev/ttyUSB0?baud=19200, tcp:10.0.0.5:9100"), "DESK_PRINTER"
    )
    printer_profile: str = _setting(
        "", N_("Fiş yazıcısının modeli (resources/printers içindeki ad)"), "DESK_PRINTER_PROFILE"
    )
    scanner: str = _setting(
        "",
        N_("Barkod okuyucunun seri hattı: serial:/dev/ttyACM0?baud=9600 (klavye gibi çalışan okuyucu için boş)"),
        "DESK_SCANNER",
    )
    counter: int = _setting(0, N_("Bu bilgisayarın bankosu (0: yok)"), "DESK_COUNTER")

    def folder(self) -> Path:
        """The data folder: the given one, else the machine's when it can be written, else the user's."""
        if self.data_dir:
            return self.data_dir
        if os.access(SYSTEM_DATA, os.W_OK):
            return SYSTEM_DATA
        return user_data_path("danisma", appauthor=False)

    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.folder() / 'danisma.db'}"


def load(options: dict[str, Any], config_file: Path | None = None) -> Config:
    """The settings in force. ``options`` are those of the command line; empty ones do not count.

    Raises UserError for a file that cannot be read or holds something unknown.
    """
    config = Config()
    for path in _files(config_file):
        config = replace(config, **_from_toml(path))
    config = replace(config, **_from_environment())
    return replace(config, **{name: _typed(name, value) for name, value in options.items() if value not in (None, "")})


def _files(config_file: Path | None) -> list[Path]:
    """Weakest first. A file that was named must exist; the others may be missing."""
    found = [p for p in (user_config_path("danisma", appauthor=False) / "config.toml", SYSTEM_CONFIG) if p.is_file()]
    return [*found, config_file] if config_file else found


def _from_toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            data = tomllib.load(stream)
    except OSError as error:
        raise UserError(N_("Ayar dosyası okunamıyor: {path} ({reason})"), path=path, reason=reason_of(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(N_("Ayar dosyası anlaşılamadı: {path} ({reason})"), path=path, reason=error) from error
    known = {f.name for f in fields(Config)}
    for name in data:
        if name not in known:
            raise UserError(N_("Ayar dosyasında bilinmeyen ayar: {name} ({path})"), name=name, path=path)
    return {name: _typed(name, value) for name, value in data.items()}


def _from_environment() -> dict[str, Any]:
    given = {f.name: os.environ.get(f.metadata["env"], "") for f in fields(Config)}
    return {name: _typed(name, value) for name, value in given.items() if value}


def _typed(name: str, value: Any) -> Any:
    if name == "data_dir":
        if not isinstance(value, str | Path):
            raise UserError(N_("Ayar yanlış türde: {name}"), name=name)
        return Path(value).expanduser()
    if name == "counter":
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise UserError(N_("Ayar bir sayı olmalı: {name}"), name=name) from error
    if not isinstance(value, str):
        raise UserError(N_("Ayar yanlış türde: {name}"), name=name)
    return value

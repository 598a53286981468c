"""What every subcommand stands on: Turkish help, the common options, the settings, the open office, how it speaks.

Imports stand inside the functions: ``desk --version`` and a wrong option must not wait for Qt or SQLAlchemy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from desk.errors import N_, UserError

if TYPE_CHECKING:
    from desk.actions.context import Context
    from desk.config import Config
    from desk.models.engine import Database

F = TypeVar("F", bound=Callable[..., Any])

HEADINGS = (
    ("Usage:", "Kullanım:"),
    ("Options:", "Seçenekler:"),
    ("Commands:", "Komutlar:"),
    ("Show this message and exit.", "Bu yardımı gösterir."),
    ("[OPTIONS]", "[SEÇENEKLER]"),
    ("[COMMAND] [ARGS]...", "[KOMUT …]"),
    ("COMMAND [ARGS]...", "KOMUT …"),
    ("[default: ", "[varsayılan: "),
    ("[required]", "[zorunlu]"),
    ("; required]", "; zorunlu]"),
)


class TurkishHelp:
    """Click's own few words of a help page, in Turkish."""

    def get_help(self, ctx: click.Context) -> str:
        text: str = super().get_help(ctx)  # type: ignore[misc]
        for english, turkish in HEADINGS:
            text = text.replace(english, turkish)
        return text


def wrong_usage(error: click.ClickException) -> str:
    """What was wrong with a command line, in one Turkish sentence: click's own words are English."""
    found = next((say for kind, say in _WRONG if isinstance(error, kind)), None)
    said = found(error) if found is not None else ""
    return said or "Komut anlaşılamadı. “desk --help” bütün komutları gösterir."


def _name(error: Any) -> str:
    """The option or argument as it is written; an argument's own name is English and nobody's business."""
    param = error.param
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or ""


def _missing(error: Any) -> str:
    what = "Eksik seçenek" if isinstance(error.param, click.Option) else "Eksik bilgi"
    return f"{what}: {_name(error)}" if _name(error) else ""


def _bad(error: Any) -> str:
    if not _name(error):
        return ""
    choices = getattr(error.param.type, "choices", None)
    known = f" Bilinenler: {', '.join(map(str, choices))}" if choices else ""
    what = "Seçenek" if isinstance(error.param, click.Option) else "Bilgi"
    return f"{what} anlaşılamadı: {_name(error)}.{known}" if known else f"{what} anlaşılamadı: {_name(error)}"


def _option_usage(error: Any) -> str:
    takes_none = "not take" in error.message
    return f"Bu seçenek değer almaz: {error.option_name}" if takes_none else f"Değeri eksik: {error.option_name}"


def _usage(error: Any) -> str:
    extra = re.search(r"unexpected extra arguments? \((.*)\)", error.message, re.DOTALL)
    return f"Komutta fazladan yazılmış: {extra[1]}" if extra else ""


_WRONG: tuple[tuple[type[click.ClickException], Callable[[Any], str]], ...] = (
    (click.NoSuchOption, lambda error: f"Böyle bir seçenek yok: {error.option_name}"),
    (click.MissingParameter, _missing),
    (click.BadOptionUsage, _option_usage),
    (click.BadParameter, _bad),
    (click.FileError, lambda error: f"Dosya açılamıyor: {error.ui_filename}"),
    (click.UsageError, _usage),
)
"""The first that fits."""


class Command(TurkishHelp, click.Command):
    pass


class Group(TurkishHelp, click.Group):
    command_class = Command
    group_class = type

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None:
            raise UserError(N_("Böyle bir komut yok: {name}. “desk --help” bütün komutları gösterir."), name=args[0])
        return super().resolve_command(ctx, args)


def common(command: F) -> F:
    """The options that every command takes, before it or after it; the later one wins."""
    for option in (
        click.option("--staff", metavar="KOD", help="Görevli kodu."),
        click.option("--config", "config_file", type=Path, metavar="DOSYA", help="Ayar dosyası (TOML)."),
        click.option("--data-dir", type=Path, metavar="KLASÖR", help="Veri klasörü."),
        click.option("--db", "database", metavar="ADRES", help="Veri tabanı adresi (ya da DESK_DATABASE)."),
    ):
        command = option(command)
    return command


COMMON = ("database", "data_dir", "config_file", "staff")


def config_of(given: dict[str, Any]) -> Config:
    """This machine's settings, with the command line's options on top; takes the common options out of ``given``."""
    from desk import config

    options = {name: given.pop(name, None) or _said_before(name) for name in COMMON}
    if options["data_dir"] and not options["database"]:
        # A folder of one's own means a database of one's own, whatever the environment says.
        options["database"] = f"sqlite:///{Path(options['data_dir']).expanduser() / 'danisma.db'}"
    file = options.pop("config_file")
    return config.load(options, file)


def _said_before(name: str) -> Any:
    """A common option given before the subcommand, at the program or at a group; the nearest wins."""
    ctx: click.Context | None = click.get_current_context()
    while ctx is not None:
        if ctx.params.get(name):
            return ctx.params[name]
        ctx = ctx.parent
    return None


@contextmanager
def office(options: dict[str, Any]) -> Iterator[Context]:
    """The command line's own context, closed at the end."""
    from desk.actions import start

    ctx = start.open_office(config_of(options), "command")
    try:
        yield ctx
    finally:
        ctx.db.close()


def database(options: dict[str, Any]) -> Database:
    """The database of the options, as it is: nothing is created or upgraded."""
    from desk.models.engine import Database

    return Database(config_of(options).database_url())


def day_of(text: str) -> date:
    """A date of the command line; raises UserError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(N_("Tarih anlaşılamadı: {text}. Örnek: 2026-11-24"), text=text) from error


def say(data: dict[str, Any], as_json: bool, sentence: str) -> None:
    """One line: JSON for programs, a sentence for people."""
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else sentence)

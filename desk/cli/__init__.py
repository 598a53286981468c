"""The ``desk`` command. Every subcommand is thin: it calls what the screens call.

``base`` holds what all of them share; each other module here holds one family of subcommands.
"""

from __future__ import annotations

import logging
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from desk import __version__
from desk.cli.base import Group, common, wrong_usage
from desk.errors import DeskError, UserError

COMMANDS = {
    "kiosk": "windows",
    "hall": "windows",
    "demo": "windows",
    "tour": "windows",
    "gallery": "windows",
    "scan": "scan",
    "ticket": "tickets",
    "call": "tickets",
    "step": "calls",
    "counter": "calls",
    "services": "tickets",
    "numbers": "numbers",
    "appointment": "numbers",
    "closed-days": "numbers",
    "queue": "queue",
    "report": "report",
    "print": "printing",
    "db": "care",
    "simulate": "care",
    "due": "applications",
    "applications": "applications",
    "import": "applications",
    "import-undo": "applications",
    "export": "applications",
    "bench": "bench",
}
"""Which module here holds a subcommand; only the one that is asked for is read: the windows must stand at once."""


class Program(Group):
    """The subcommands, each read when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"desk.cli.{COMMANDS[cmd_name]}")
        return next(one for one in vars(module).values() if isinstance(one, click.Command) and one.name == cmd_name)


@click.group(cls=Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="Danışma %(version)s", help="Sürümü gösterir.")
@common
@click.pass_context
def desk(ctx: click.Context, /, **_options: Any) -> None:
    """Danışma: belediye girişi için ziyaretçi, sıra, refakat ve evrak kayıt programı.

    Komut verilmezse görevli penceresi açılır.
    """
    if ctx.invoked_subcommand is None:
        from desk.cli import windows

        windows.open_windows("staff", {})


def main() -> NoReturn:
    """Run a command; every failure is one sentence. 2: the caller's mistake, 1: the world failed."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        desk.main(prog_name="desk", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        _end("Vazgeçildi.", 130)
    except click.exceptions.NoArgsIsHelpError as error:
        _end(error.format_message(), 2)
    except click.ClickException as error:
        _end(wrong_usage(error), 2)
    except UserError as error:
        _end(error.text(), 2)
    except DeskError as error:
        _end(error.text(), 1)
    except BrokenPipeError:
        sys.exit(1)
    except Exception:
        # A bug: the sentence for the person, the traceback for whoever mends it.
        logging.getLogger("desk.bug").exception("desk %s", " ".join(sys.argv[1:2]))
        _end("Beklenmeyen bir sorun oluştu; ayrıntısı yukarıda. Bilgi işleme bildiriniz.", 1)
    sys.exit(0)


def _end(sentence: str, code: int) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)

"""The ``desk`` command. Every subcommand is thin: it calls what the screens call.

``base`` holds what all of them share; each other module here holds one family of subcommands.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, NoReturn

import click

from desk import __version__
from desk.cli import applications, bench, calls, care, numbers, printing, queue, report, scan, tickets, windows
from desk.cli.base import Group, common
from desk.errors import DeskError, UserError


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="Danışma %(version)s", help="Sürümü gösterir.")
@common
@click.pass_context
def desk(ctx: click.Context, /, **_options: Any) -> None:
    """Danışma: belediye girişi için ziyaretçi, sıra, refakat ve evrak kayıt programı.

    Komut verilmezse görevli penceresi açılır.
    """
    if ctx.invoked_subcommand is None:
        windows.open_windows("staff", {})


for command in (
    windows.kiosk,
    windows.hall,
    windows.demo,
    windows.tour,
    windows.gallery,
    scan.scan,
    tickets.ticket,
    tickets.call,
    calls.step,
    calls.counter,
    tickets.services,
    numbers.numbers,
    numbers.appointment,
    numbers.closed_days,
    queue.queue,
    report.report,
    printing.printing,
    care.db,
    care.simulate,
    applications.due,
    applications.applications,
    applications.import_command,
    applications.import_undo,
    applications.export_command,
    bench.bench,
):
    desk.add_command(command)


def main() -> NoReturn:
    """Run a command; every failure is one sentence. 2: the caller's mistake, 1: the world failed."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        desk.main(prog_name="desk", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        _end("Vazgeçildi.", 130)
    except click.ClickException as error:
        _end(_wrong_usage(error), 2)
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


def _wrong_usage(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"Böyle bir seçenek yok: {error.option_name}"
    if isinstance(error, click.MissingParameter) and error.param:
        return f"Eksik seçenek: {error.param.opts[0]}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"Seçenek anlaşılamadı: {error.param.opts[0]}"
    return f"Komut anlaşılamadı: {error.format_message()}"


def _end(sentence: str, code: int) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(code)

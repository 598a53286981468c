"""What a counter does, from the command line: ``desk counter`` and ``desk step``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Command, Group, common, office, say
from desk.errors import N_, UserError

if TYPE_CHECKING:
    from uuid import UUID

    from desk.actions.context import Context

STEPS = (
    "recall",
    "start",
    "finish",
    "no-show",
    "bring-back",
    "hold",
    "resume",
    "return",
    "leave",
    "transfer",
    "further",
)


@click.command(cls=Command)
@click.argument("number", metavar="NUMARA")
@click.argument("move", metavar="İŞLEM")
@click.option("--service", metavar="KOD", help="transfer, further: hizmet kodu ya da harfi.")
@click.option("--to-counter", type=int, metavar="NO", help="transfer: yalnız bu banko çağırır.")
@click.option("--to-staff", metavar="KOD", help="transfer: yalnız bu görevli çağırır.")
@click.option("--reason", default="", metavar="NEDEN", help="further: günlük sınır dolduysa gerekçe.")
@click.option(
    "--outcome",
    default="done",
    show_default=True,
    metavar="SONUÇ",
    help="finish: done (tamamlandı), papers (eksik belge), elsewhere (başka birim).",
)
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def step(
    number: str,
    move: str,
    service: str | None,
    to_counter: int | None,
    to_staff: str | None,
    reason: str,
    outcome: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Bugünkü bir numarayla işlem yapar.

    \b
    İŞLEM: recall (tekrar çağır), start (işleme al), finish (bitir), no-show (gelmedi),
    bring-back (geleni geri al), hold (beklet), resume (devam et), return (sırasına dön),
    leave (ayrıldı), transfer (yönlendir), further (ek hizmet).
    """
    from desk.actions.counter import Sent
    from desk.queue import reads
    from desk.queue.types import STATE_NAMES, Ticket

    if move not in STEPS:
        raise UserError(N_("Böyle bir işlem yok: {name}. Bilinenler: {known}"), name=move, known=", ".join(STEPS))
    with office(options) as ctx:
        found = ctx.read(reads.find_open, number)
        done = _act(move, service, to_counter, to_staff, reason, outcome)(ctx, found.id)
        after = ctx.read(reads.ticket, found.id)
        line: dict[str, Any] = {"number": after.number, "id": str(after.id), "state": after.state.value}
        words = f"{after.number} · {STATE_NAMES[after.state]}"
        if isinstance(done, Ticket):
            line["given"] = done.number
            words = f"{done.number} · {done.service_name}"
        if isinstance(done, Sent):
            line["manned"] = done.manned
            words = done.notice.format(number=after.number, service=done.service) or words
        say(line, as_json, words)


def _act(
    move: str, service: str | None, to_counter: int | None, to_staff: str | None, reason: str, outcome: str
) -> Callable[[Context, UUID], Any]:
    from desk.actions import counter

    plain: dict[str, Callable[[Context, UUID], Any]] = {
        "recall": counter.recall,
        "start": counter.start,
        "finish": lambda ctx, ticket: counter.finish(ctx, ticket, outcome),
        "no-show": counter.no_show,
        "bring-back": counter.bring_back,
        "hold": counter.hold,
        "resume": counter.resume,
        "return": counter.return_to_queue,
        "leave": counter.leave,
    }
    if move in plain:
        return plain[move]
    if move == "transfer" and to_counter is not None:
        return lambda ctx, ticket: counter.transfer_to_counter(ctx, ticket, to_counter)
    if move == "transfer" and to_staff:
        return lambda ctx, ticket: counter.transfer_to_staff(ctx, ticket, to_staff)
    if not service:
        raise UserError(N_("Nereye yönlendirileceğini yazınız: --service, --to-counter ya da --to-staff."))
    if move == "transfer":
        return lambda ctx, ticket: counter.transfer(ctx, ticket, service)
    return lambda ctx, ticket: counter.add_service(ctx, ticket, service, reason)


@click.group(cls=Group)
@common
def counter(**_options: Any) -> None:
    """Bankolar: açma, mola, kapatma, otomatik çağrı."""


@counter.command("open")
@click.argument("number", type=int, metavar="NO")
@common
def counter_open(number: int, **options: Any) -> None:
    """Bankoyu açar ya da moladan döndürür."""
    from desk.actions import counter as actions

    with office(options) as ctx:
        actions.open_counter(ctx, number)
    click.echo(f"Banko {number} açık.")


@counter.command("break")
@click.argument("number", type=int, metavar="NO")
@click.option(
    "--reason", default="tea", show_default=True, metavar="NEDEN", help="tea, lunch, task, trouble ya da söz."
)
@common
def counter_break(number: int, reason: str, **options: Any) -> None:
    """Bankoya mola verir."""
    from desk.actions import counter as actions
    from desk.queue.reasons import BREAK_REASONS

    with office(options) as ctx:
        actions.begin_break(ctx, number, BREAK_REASONS.get(reason, reason))
    click.echo(f"Banko {number} molada.")


@counter.command("close")
@click.argument("number", type=int, metavar="NO")
@common
def counter_close(number: int, **options: Any) -> None:
    """Bankoyu kapatır; bekletilenler sırasına döner."""
    from desk.actions import counter as actions

    with office(options) as ctx:
        returned = actions.close_counter(ctx, number)
    click.echo(f"Banko {number} kapalı." + (f" Sırasına dönen: {returned}." if returned else ""))


@counter.command("auto")
@click.argument("number", type=int, metavar="NO")
@click.argument("seconds", type=int, metavar="SANİYE")
@common
def counter_auto(number: int, seconds: int, **options: Any) -> None:
    """Bitirince sıradakinin kaç saniye sonra çağrılacağını yazar; 0 kapatır."""
    from desk.actions import counter as actions

    with office(options) as ctx:
        actions.set_auto_call(ctx, number, seconds)
    click.echo(f"Banko {number}: " + (f"otomatik çağrı {seconds} sn." if seconds else "otomatik çağrı kapalı."))

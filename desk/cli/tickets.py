"""Numbers and calls: ``desk ticket``, ``desk call``, ``desk services``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Command, common, office, say
from desk.errors import N_, UserError

if TYPE_CHECKING:
    from desk.actions.context import Context


@click.command(cls=Command)
@click.option("--service", required=True, metavar="KOD", help="Hizmet kodu ya da harfi.")
@click.option("--priority", metavar="SINIF", help="Öncelik sınıfı (age65, disabled, pregnant, small_child, veteran).")
@click.option("--persons", type=int, default=1, show_default=True, metavar="SAYI", help="Kişi sayısı.")
@click.option(
    "--numbers", type=int, default=1, show_default=True, metavar="SAYI", help="Gruba verilecek numara sayısı."
)
@click.option("--override-reason", default="", metavar="GEREKÇE", help="Sınır dolmuşken numara vermenin gerekçesi.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def ticket(
    service: str,
    priority: str | None,
    persons: int,
    numbers: int,
    override_reason: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Sıra numarası verir ve fişini yazdırır."""
    from desk.actions import desk as actions
    from desk.models.base import new_id

    chosen = _priority(priority)
    with office(options) as ctx:
        request = actions.VisitRequest(
            str(new_id()),
            service,
            persons=persons,
            numbers=numbers,
            priority=chosen,
            override_reason=override_reason,
        )
        registered = actions.register_visit(ctx, request)
        printed = _print(ctx, registered.jobs)
        for given in registered.tickets:
            words = f"{given.number} · {given.service_name} · {_words_of(printed)}"
            if given.outside_hours:
                words += " · mesai dışı verildi"
            say(_ticket_line(given, printed), as_json, words)


def _priority(text: str | None) -> Any:
    from desk.queue.types import Priority

    if text is None:
        return None
    try:
        return Priority(text)
    except ValueError as error:
        known = ", ".join(Priority)
        raise UserError(
            N_("Böyle bir öncelik sınıfı yok: {name}. Bilinenler: {known}"), name=text, known=known
        ) from error


def _print(ctx: Context, jobs: tuple[Any, ...]) -> str:
    """Print what was enqueued when no window owns the printer; the state of the (last) job."""
    from desk.printing import spooler

    state = "queued"
    for job in jobs:
        state = spooler.print_now(ctx.db, ctx.actor, ctx.data_dir, job, seconds=5.0)
    return state


def _words_of(state: str) -> str:
    from desk.printing.types import JOB_STATE_NAMES, JobState

    return f"fiş: {JOB_STATE_NAMES[JobState(state)].lower()}"


def _ticket_line(given: Any, printed: str) -> dict[str, Any]:
    from desk.clock import local

    band = given.forecast
    return {
        "number": given.number,
        "service": given.service_code,
        "id": str(given.id),
        "issued_at": local(given.issued_at).isoformat(timespec="seconds"),
        "ahead": given.ahead,
        "forecast": {"low": band.low, "high": band.high} if band else None,
        "print": printed,
        "outside_hours": given.outside_hours,
        "priority": given.priority,
        "persons": given.persons,
    }


@click.command(cls=Command)
@click.option("--counter", type=int, required=True, metavar="NO", help="Banko numarası; kapalıysa açılır.")
@click.option("--number", metavar="NUMARA", help="Sıradaki yerine bu numara (--reason ile).")
@click.option("--reason", default="", metavar="NEDEN", help="Numaranın neden seçildiği; çağrıyla saklanır.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def call(counter: int, number: str | None, reason: str, as_json: bool, **options: Any) -> None:
    """Sıradaki numarayı (ya da --number ile seçileni) bankoya çağırır."""
    from desk.actions import counter as actions
    from desk.queue import reads
    from desk.queue.reasons import CHOICE_REASONS, after_call

    with office(options) as ctx:
        if number is None:
            called = actions.call_next(ctx, counter)
        else:
            chosen = ctx.read(reads.find_open, number).id
            called = actions.call_this(ctx, counter, chosen, CHOICE_REASONS.get(reason, reason))
        if called is None:
            say({"number": None, "counter": counter}, as_json, f"Banko {counter} için bekleyen yok.")
            return
        words = after_call(called.reason, str) if called.reason else ""
        line = {
            "number": called.number,
            "counter": counter,
            "id": str(called.ticket_id),
            "priority": called.priority,
            "waited_seconds": called.waited_seconds,
            "reason": _reason(called.reason),
            "why": words,
        }
        say(line, as_json, f"{called.number} numara, Banko {counter}. {words}".strip())


def _reason(reason: Any) -> Any:
    from dataclasses import asdict

    return asdict(reason) if reason else None


@click.command(cls=Command)
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def services(as_json: bool, **options: Any) -> None:
    """Hizmetleri listeler."""
    from desk.queue import catalog

    with office(options) as ctx:
        found = ctx.read(catalog.services)
    if as_json:
        rows = [{"code": s.code, "letter": s.letter, "name": s.name, "active": s.active} for s in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for service in found:
        click.echo(f"{service.letter}  {service.code:<12} {service.name}{'' if service.active else ' (kapalı)'}")

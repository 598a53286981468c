"""The ``desk`` command. Every subcommand is thin: it calls what the screens call.

Imports stand inside the functions: ``desk --version`` and a wrong option must not wait for Qt or SQLAlchemy.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from desk import __version__
from desk.errors import N_, DeskError, UserError

if TYPE_CHECKING:
    from desk.actions.context import Context
    from desk.config import Config

F = TypeVar("F", bound=Callable[..., Any])

HEADINGS = (("Usage:", "Kullanım:"), ("Options:", "Seçenekler:"), ("Commands:", "Komutlar:"))


class TurkishHelp:
    """Click's own few words of a help page, in Turkish."""

    def get_help(self, ctx: click.Context) -> str:
        text: str = super().get_help(ctx)  # type: ignore[misc]
        for english, turkish in HEADINGS:
            text = text.replace(english, turkish)
        return text.replace("[OPTIONS]", "[SEÇENEKLER]").replace("COMMAND [ARGS]...", "KOMUT …")


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


@click.group(cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="Danışma %(version)s", help="Sürümü gösterir.")
@common
@click.pass_context
def desk(ctx: click.Context, /, **_options: Any) -> None:
    """Danışma: belediye girişi için ziyaretçi, sıra, refakat ve evrak kayıt programı.

    Komut verilmezse görevli penceresi açılır.
    """
    if ctx.invoked_subcommand is None:
        open_windows("staff", {})


def open_windows(role: str, options: dict[str, Any]) -> NoReturn:
    from desk import app

    sys.exit(app.run(role, config_of(options)))


@desk.command()
@common
def kiosk(**options: Any) -> None:
    """Kiosk penceresini tam ekran açar."""
    open_windows("kiosk", options)


@desk.command()
@common
def hall(**options: Any) -> None:
    """Salon ekranını tam ekran açar."""
    open_windows("hall", options)


@desk.command()
@common
def demo(**options: Any) -> None:
    """Örnek verilerle görevli, kiosk ve salon pencerelerini birlikte açar (kendi veri tabanıyla)."""
    from desk import app

    sys.exit(app.run_demo(config_of(options)))


@desk.command()
@click.option("--out", type=Path, required=True, metavar="KLASÖR", help="Resimlerin ve kâğıtların yazılacağı klasör.")
@common
def tour(out: Path, **options: Any) -> None:
    """Bir ziyaretin bütün adımlarını gerçek pencerelerde yapar ve sonuçları klasöre yazar."""
    config_of(options)  # a wrong option is told, though the tour has a database of its own
    from desk import tour as performance
    from desk import tour_steps

    sys.exit(performance.run(out, tour_steps.STEPS))


@desk.command()
@click.option("--service", required=True, metavar="KOD", help="Hizmet kodu ya da harfi.")
@click.option("--priority", metavar="SINIF", help="Öncelik sınıfı (age65, disabled, pregnant, small_child, veteran).")
@click.option("--persons", type=int, default=1, show_default=True, metavar="SAYI", help="Kişi sayısı.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def ticket(service: str, priority: str | None, persons: int, as_json: bool, **options: Any) -> None:
    """Sıra numarası verir ve fişini yazdırır."""
    from desk.actions import desk as actions
    from desk.models.base import new_id

    chosen = _priority(priority)
    with office(options) as ctx:
        request = actions.VisitRequest(str(new_id()), service, persons=persons, priority=chosen)
        registered = actions.register_visit(ctx, request)
        printed = _print(ctx, registered.jobs)
        for given in registered.tickets:
            _say(_ticket_line(given, printed), as_json, f"{given.number} · {given.service_name} · {_words_of(printed)}")


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


@desk.command()
@click.option("--counter", type=int, required=True, metavar="NO", help="Banko numarası.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def call(counter: int, as_json: bool, **options: Any) -> None:
    """Sıradaki numarayı bankoya çağırır."""
    from desk.actions import counter as actions

    with office(options) as ctx:
        called = actions.call_next(ctx, counter)
        if called is None:
            _say({"number": None, "counter": counter}, as_json, f"Banko {counter} için bekleyen yok.")
            return
        line = {
            "number": called.number,
            "counter": counter,
            "id": str(called.ticket_id),
            "priority": called.priority,
            "waited_seconds": called.waited_seconds,
            "reason": _reason(called.reason),
        }
        _say(line, as_json, f"{called.number} numara, Banko {counter}")


def _reason(reason: Any) -> Any:
    from dataclasses import asdict

    return asdict(reason) if reason else None


@desk.command()
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def services(as_json: bool, **options: Any) -> None:
    """Hizmetleri listeler."""
    from desk.queue import reads

    with office(options) as ctx:
        found = ctx.read(reads.services)
    if as_json:
        rows = [{"code": s.code, "letter": s.letter, "name": s.name, "active": s.active} for s in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for service in found:
        click.echo(f"{service.letter}  {service.code:<12} {service.name}{'' if service.active else ' (kapalı)'}")


@desk.group(cls=Group)
@common
def report(**_options: Any) -> None:
    """Sayılar ve çizelgeler."""


@report.command("day")
@click.option("--date", "day", metavar="YYYY-AA-GG", help="Gün (verilmezse bugün).")
@click.option("--format", "form", required=True, metavar="BİÇİM", help="pdf, csv, xlsx, json ya da slip.")
@click.option("--out", type=Path, required=True, metavar="DOSYA", help="Yazılacak dosya.")
@common
def report_day(day: str | None, form: str, out: Path, **options: Any) -> None:
    """Günlük çizelgeyi yazar."""
    from desk.actions import shift

    if form not in shift.FORMATS:
        raise UserError(
            N_("Böyle bir biçim yok: {form}. Bilinenler: {known}"), form=form, known=", ".join(shift.FORMATS)
        )
    with office(options) as ctx:
        shift.export(ctx, _date(day) if day else None, form, out)
    click.echo(out)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(N_("Tarih anlaşılamadı: {text}. Örnek: 2026-11-24"), text=text) from error


@desk.group(cls=Group)
@common
def db(**_options: Any) -> None:
    """Veri tabanı bakımı."""


@db.command("upgrade")
@common
def db_upgrade(**options: Any) -> None:
    """Veri tabanını kurar ya da bu sürüme yükseltir."""
    from desk.actions import start
    from desk.models import migrate

    database = _database(options)
    before = migrate.revision(database)
    start.prepare(database)
    after = migrate.revision(database)
    click.echo(
        f"Veri tabanı hazır (sürüm {after})." if before != after else f"Veri tabanı zaten güncel (sürüm {after})."
    )


@db.command("check")
@common
def db_check(**options: Any) -> None:
    """Veri tabanının bütünlüğünü ve sayıların kayıtlarla tuttuğunu denetler."""
    from desk.actions import check

    problems = check.problems(_database(options))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("Veri tabanı sağlam; sayılar kayıtlarla tutuyor.")


def _database(options: dict[str, Any]) -> Any:
    from desk.models.engine import Database

    return Database(config_of(options).database_url())


@desk.command()
@click.option("--days", type=int, required=True, metavar="N", help="Kaç gün.")
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="S", help="Tohum: aynı sayı aynı günleri verir."
)
@click.option("--visitors-per-day", type=int, default=250, show_default=True, metavar="K", help="Günlük ziyaret.")
@click.option("--until", metavar="YYYY-AA-GG", help="Son gün (verilmezse dün).")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def simulate(days: int, seed: int, visitors_per_day: int, until: str | None, as_json: bool, **options: Any) -> None:
    """Boş bir veri tabanını örnek günlerle doldurur."""
    if days < 1 or visitors_per_day < 1:
        raise UserError(N_("Gün ve ziyaret sayısı en az 1 olmalı."))
    from dataclasses import asdict
    from datetime import timedelta

    from desk.actions import simulate as simulation
    from desk.clock import local_date

    database = _database(options)
    last = _date(until) if until else local_date(database.now()) - timedelta(days=1)
    bar = click.progressbar(length=days, label="Günler yazılıyor", file=sys.stderr)
    try:
        # The bar appears with the first day: what is refused is one sentence and nothing else.
        totals = simulation.simulate(database, days, seed, visitors_per_day, last, lambda done, _: bar.update(1))
    finally:
        bar.render_finish()
    _say(asdict(totals), as_json, f"{totals.visits} ziyaret, {totals.persons} kişi, {totals.tickets} sıra numarası")


@desk.group(cls=Group)
@common
def bench(**_options: Any) -> None:
    """Ölçümler."""


@bench.command("forecast")
@click.option("--quick", is_flag=True, help="Daha az günle.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="Tohum.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def bench_forecast(quick: bool, seed: int, as_json: bool, **options: Any) -> None:
    """Bekleme tahminini benzetilmiş salonlarda ölçer (ekranlardaki tahmin henüz bu yöntemle yapılmıyor)."""
    config_of(options)  # a wrong option is told, though no database is needed
    from desk.bench import forecast

    figures = forecast.run(quick, seed)
    click.echo(json.dumps(figures) if as_json else forecast.table(figures))
    if not forecast.reached(figures):
        sys.exit(1)


def office(options: dict[str, Any]) -> Any:
    """The command line's own context, closed at the end."""
    from contextlib import contextmanager

    from desk.actions import start

    @contextmanager
    def opened() -> Any:
        ctx = start.open_office(config_of(options), "command")
        try:
            yield ctx
        finally:
            ctx.db.close()

    return opened()


def _say(data: dict[str, Any], as_json: bool, sentence: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False) if as_json else sentence)


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

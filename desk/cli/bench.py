"""Measurements: ``desk bench``. Each prints its figures beside the raw limit; exit code 1 when one is missed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from desk.cli.base import Group, common, config_of
from desk.errors import N_, UserError

_json = click.option("--json", "as_json", is_flag=True, help="JSON yazar.")


def _tell(measurement: ModuleType, figures: dict[str, Any], as_json: bool) -> None:
    """Print what was measured; leave with 1 when a limit is missed."""
    click.echo(json.dumps(figures) if as_json else measurement.table(figures))
    if not measurement.reached(figures):
        sys.exit(1)


@click.group(cls=Group)
@common
def bench(**_options: Any) -> None:
    """Ölçümler."""


@bench.command("forecast")
@click.option("--quick", is_flag=True, help="Daha az günle.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="Tohum.")
@_json
@common
def bench_forecast(quick: bool, seed: int, as_json: bool, **options: Any) -> None:
    """Bekleme tahminini ve çağrı kuralını benzetilmiş salonlarda ölçer."""
    config_of(options)  # a wrong option is told, though no database is needed
    from desk.bench import forecast

    figures = forecast.run(quick, seed)
    _tell(forecast, figures, as_json)


@bench.command("reports")
@click.option("--long", "is_long", is_flag=True, help="Bir milyon yerine beş milyon ziyaretle.")
@click.option("--quick", is_flag=True, help="On iki bin ziyaretle.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), metavar="KLASÖR",
              help="Doldurulan veri tabanları burada kalır; sonraki ölçüm onları yeniden doldurmaz.")  # fmt: skip
@click.option("--engine", type=click.Choice(["sqlite", "postgresql"]), help="Yalnız bu veri tabanıyla.")
@_json
@common
def bench_reports(
    is_long: bool, quick: bool, keep: Path | None, engine: str | None, as_json: bool, **options: Any
) -> None:
    """Çizelgeleri, yıllık raporu, Vardiya sayfasını, kaydı ve benzetimi ölçer."""
    from desk.bench import reports

    given = config_of(options).database or None  # a wrong option is told; without one the bench makes its own
    visits = reports.LONG if is_long else reports.QUICK if quick else reports.USUAL
    engines = (engine,) if engine else reports.ENGINES
    figures = reports.run(given, visits, lambda words: click.echo(words, err=True), keep=keep, engines=engines)
    _tell(reports, figures, as_json)


@bench.command("queue")
@click.option("--quick", is_flag=True, help="Yarım dakikadan kısa.")
@_json
@common
def bench_queue(quick: bool, as_json: bool, **options: Any) -> None:
    """Sırayı yük altında ölçer: numara verme, çağırma, salon ekranı, kill -9 (--db: PostgreSQL sunucusu)."""
    given = options.get("database")
    config_of(options)  # a wrong option is told, though the databases are made for the measurement
    from desk.bench import queue

    figures = queue.run(quick, given)
    _tell(queue, figures, as_json)


@bench.command("registry")
@click.option("--quick", is_flag=True, help="Bir milyon yerine elli bin başvuruyla.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), metavar="KLASÖR",
              help="Doldurulan veri tabanları burada kalır; sonraki ölçüm onları yeniden doldurmaz.")  # fmt: skip
@click.option("--engine", type=click.Choice(["sqlite", "postgresql"]), help="Yalnız bu veri tabanıyla.")
@_json
@common
def bench_registry(quick: bool, keep: Path | None, engine: str | None, as_json: bool, **options: Any) -> None:
    """Başvuruları ölçer: kayıt, açma, arama, iş listesi, içe aktarma (--db: yalnız o boş veri tabanında)."""
    given = config_of(options).database or ""  # without one the bench makes its own, on both engines
    from desk.bench import registry, registry_place

    engines = (engine,) if engine else registry.ENGINES
    try:
        figures = registry.run(quick, given, lambda words: click.echo(words, err=True), keep=keep, engines=engines)
    except registry_place.NotUsable as error:
        said = N_("{folder}: burada yarım kalmış ya da başka sayıda ({count}) başvurulu bir ölçüm var; siliniz.")
        raise UserError(said, folder=error.folder, count=error.found) from error
    _tell(registry, figures, as_json)


@bench.command("print")
@click.option("--quick", is_flag=True, help="Daha az fişle.")
@_json
@common
def bench_print(quick: bool, as_json: bool, **options: Any) -> None:
    """Fişi, PDF'leri, kodları ve yazıcı arızalarında pencerelerin akıcılığını ölçer."""
    config_of(options)  # a wrong option is told, though the measurement has a database of its own
    from desk.bench import printing

    figures = printing.run(quick)
    _tell(printing, figures, as_json)


@bench.command("ui")
@click.option("--quick", is_flag=True, help="Daha az başlatma ve tuşla.")
@_json
@common
def bench_ui(quick: bool, as_json: bool, **options: Any) -> None:
    """Pencereleri ölçer: ilk boyama, arama, sonraki ziyaretçi, bellek, yoğun saatte akıcılık."""
    config_of(options)  # a wrong option is told, though the measurement has a database of its own
    from desk.bench import ui

    figures = ui.run(quick)
    _tell(ui, figures, as_json)

"""Measurements: ``desk bench``. Each prints its figures beside the raw limit; exit code 1 when one is missed."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from desk.cli.base import Group, common, config_of


@click.group(cls=Group)
@common
def bench(**_options: Any) -> None:
    """Ölçümler."""


@bench.command("forecast")
@click.option("--quick", is_flag=True, help="Daha az günle.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="Tohum.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def bench_forecast(quick: bool, seed: int, as_json: bool, **options: Any) -> None:
    """Bekleme tahminini ve çağrı kuralını benzetilmiş salonlarda ölçer."""
    config_of(options)  # a wrong option is told, though no database is needed
    from desk.bench import forecast

    figures = forecast.run(quick, seed)
    click.echo(json.dumps(figures) if as_json else forecast.table(figures))
    if not forecast.reached(figures):
        sys.exit(1)

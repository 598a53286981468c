"""The windows, and the tour through them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from desk.cli.base import Command, common, config_of
from desk.errors import UserError


def open_windows(role: str, options: dict[str, Any]) -> NoReturn:
    from desk import app

    given = dict(options)
    try:
        config = config_of(options)
    except UserError as error:
        if sys.stderr.isatty():  # it is told where it can be read
            raise
        found = app.show_refusal(role, lambda: config_of(dict(given)), error)
        if found is None:
            raise
        config = found
    sys.exit(app.run(role, config))


@click.command(cls=Command)
@common
def kiosk(**options: Any) -> None:
    """Kiosk penceresini tam ekran açar."""
    open_windows("kiosk", options)


@click.command(cls=Command)
@common
def hall(**options: Any) -> None:
    """Salon ekranını tam ekran açar."""
    open_windows("hall", options)


@click.command(cls=Command)
@common
def demo(**options: Any) -> None:
    """Örnek verilerle görevli, kiosk ve salon pencerelerini birlikte açar (kendi veri tabanıyla)."""
    from desk import app

    sys.exit(app.run_demo(config_of(options)))


@click.command(cls=Command)
@click.option("--out", type=Path, required=True, metavar="KLASÖR", help="Resimlerin ve kâğıtların yazılacağı klasör.")
@common
def tour(out: Path, **options: Any) -> None:
    """Bir ziyaretin bütün adımlarını gerçek pencerelerde yapar ve sonuçları klasöre yazar."""
    config_of(options)  # a wrong option is told, though the tour has a database of its own
    from desk import tour as performance
    from desk import tour_steps

    sys.exit(performance.run(out, tour_steps.STEPS))


@click.command(cls=Command)
@click.option("--out", type=Path, required=True, metavar="KLASÖR", help="Resimlerin yazılacağı klasör.")
@click.option("--only", default="", metavar="AD", help="Yalnız adında bu geçen resimler.")
@common
def gallery(out: Path, only: str, **options: Any) -> None:
    """Bütün parçaların ve sayfaların resmini çeker; sığmayan, okunmayan, adsız ne varsa bildirir."""
    config_of(options)
    from desk import gallery as rendering

    sys.exit(rendering.run(out, only))

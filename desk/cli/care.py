"""Care of the database, and sample days: ``desk db``, ``desk simulate``."""

from __future__ import annotations

import sys
from typing import Any

import click

from desk.cli.base import Command, Group, common, database, day_of, office, say
from desk.errors import N_, UserError


@click.group(cls=Group)
@common
def db(**_options: Any) -> None:
    """Veri tabanı bakımı."""


@db.command("upgrade")
@common
def db_upgrade(**options: Any) -> None:
    """Veri tabanını kurar ya da bu sürüme yükseltir."""
    from desk.actions import start
    from desk.models import migrate

    opened = database(options)
    before = migrate.revision(opened)
    start.prepare(opened)
    after = migrate.revision(opened)
    click.echo(
        f"Veri tabanı hazır (sürüm {after})." if before != after else f"Veri tabanı zaten güncel (sürüm {after})."
    )


@db.command("check")
@common
def db_check(**options: Any) -> None:
    """Veri tabanının bütünlüğünü ve sayıların kayıtlarla tuttuğunu denetler."""
    from desk.actions import check

    problems = check.problems(database(options))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo("Veri tabanı sağlam; sayılar kayıtlarla tutuyor.")


@db.command("open-day")
@click.option("--date", "text", required=True, metavar="YYYY-AA-GG", help="Bugünün tarihi.")
@common
def db_open_day(text: str, **options: Any) -> None:
    """Son iş gününden çok sonra gelen bir günü onaylar ve açar."""
    from desk.actions import day

    wanted = day_of(text)
    with office(options) as ctx:
        opened = day.open_day(ctx, wanted)
    said = f"{wanted:%d.%m.%Y} günü"
    click.echo(f"{said} açıldı." if opened else f"{said} zaten açık.")


@db.command("erase")
@common
def db_erase(**options: Any) -> None:
    """Saklama süresi dolan kişisel verileri şimdi siler (imha kaydı tutulur)."""
    from desk.actions import applications

    with office(options) as ctx:
        persons = 0
        while erased := applications.erase_due(ctx).persons:
            persons += erased
    click.echo(f"{persons} kişinin bilgileri silindi." if persons else "Süresi dolan kişisel veri yok.")


@click.command(cls=Command)
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

    opened = database(options)
    last = day_of(until) if until else local_date(opened.now()) - timedelta(days=1)
    bar = click.progressbar(length=days, label="Günler yazılıyor", file=sys.stderr)
    try:
        # The bar appears with the first day: what is refused is one sentence and nothing else.
        totals = simulation.simulate(opened, days, seed, visitors_per_day, last, lambda done, _: bar.update(1))
    finally:
        bar.render_finish()
    say(asdict(totals), as_json, f"{totals.visits} ziyaret, {totals.persons} kişi, {totals.tickets} sıra numarası")

"""Counts on paper and in files: ``desk report``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from desk.cli.base import Group, common, day_of, office
from desk.errors import N_, UserError


@click.group(cls=Group)
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
        shift.export(ctx, day_of(day) if day else None, form, out)
    click.echo(out)

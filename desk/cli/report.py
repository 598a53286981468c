"""Counts on paper and in files: ``desk report``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from desk.cli.base import Command, Group, common, day_of, office
from desk.errors import N_, UserError


@click.group(cls=Group)
@common
def report(**_options: Any) -> None:
    """Sayılar ve çizelgeler."""


def _sheet_command(period: str, words: str) -> Callable[..., None]:
    """``desk report day|week|month``: the same sheet over another span."""

    @report.command(period, help=words, cls=Command)
    @click.option("--date", "day", metavar="YYYY-AA-GG", help="Gün (verilmezse bugün).")
    @click.option("--format", "form", required=True, metavar="BİÇİM", help="pdf, csv, xlsx, json ya da slip.")
    @click.option("--out", type=Path, required=True, metavar="DOSYA", help="Yazılacak dosya.")
    @common
    def written(day: str | None, form: str, out: Path, **options: Any) -> None:
        from desk.actions import shift
        from desk.reports.types import Period

        if form not in shift.FORMATS:
            raise UserError(
                N_("Böyle bir biçim yok: {form}. Bilinenler: {known}"), form=form, known=", ".join(shift.FORMATS)
            )
        wanted = day_of(day) if day else None
        with office(options) as ctx:
            shift.export(ctx, wanted, form, out, Period(period))
        click.echo(out)

    made: Callable[..., None] = written
    return made


report_day = _sheet_command("day", "Günlük çizelgeyi yazar.")
report_week = _sheet_command("week", "Günün haftasının çizelgesini yazar.")
report_month = _sheet_command("month", "Günün ayının çizelgesini yazar.")


@report.command("year")
@click.option("--year", "year", type=int, required=True, metavar="YYYY", help="Yıl.")
@click.option("--format", "form", required=True, metavar="BİÇİM", help="pdf, xlsx ya da json.")
@click.option("--out", type=Path, required=True, metavar="DOSYA", help="Yazılacak dosya.")
@click.option("--this-site", is_flag=True, help="Yalnız bu yerleşke (verilmezse hepsi).")
@common
def report_year(year: int, form: str, out: Path, this_site: bool, **options: Any) -> None:
    """Yıllık faaliyet raporunu yazar."""
    from desk.actions import reports

    if not 1 <= year <= date.max.year:
        raise UserError(N_("Yıl anlaşılamadı: {year}"), year=year)
    with office(options) as ctx:
        reports.export_year(ctx, year, form, out, this_site=this_site)
    click.echo(out)


@report.command("records")
@click.option("--measure", required=True, metavar="ÖLÇÜ", help="Ölçünün adı (örneğin visits).")
@click.option("--key", metavar="ANAHTAR", help="Hizmet, birim, tür… (verilmezse hepsi).")
@click.option("--from", "first", required=True, metavar="YYYY-AA-GG", help="İlk gün.")
@click.option("--to", "last", metavar="YYYY-AA-GG", help="Son gün (verilmezse ilk gün).")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def report_records(measure: str, key: str | None, first: str, last: str | None, as_json: bool, **options: Any) -> None:
    """Bir sayının arkasındaki kayıtları yazar (ad içermez)."""
    import json

    from desk.actions import reports
    from desk.text import date_and_time

    begins = day_of(first)
    with office(options) as ctx:
        found = reports.records(ctx, measure, key, begins, day_of(last) if last else begins)
    if as_json:
        rows = [{"number": r.number, "at": r.at.isoformat(), "about": r.about, "state": r.state} for r in found.rows]
        click.echo(json.dumps({"total": found.total, "rows": rows}, ensure_ascii=False))
        return
    for row in found.rows:
        click.echo("  ".join(part for part in (date_and_time(row.at), row.number, row.about, row.state) if part))
    click.echo(f"{found.total} kayıt")

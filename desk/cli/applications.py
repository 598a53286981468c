"""Applications on the command line: ``desk due``, ``desk applications``, ``desk import``, ``desk export``."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Command, Group, common, config_of, day_of, office, say
from desk.errors import N_, UserError

if TYPE_CHECKING:
    from desk.registry.deadlines import Periods
    from desk.workdays import Calendar

KINDS = (
    "dilekce", "bilgi-edinme", "bilgi-edinme-uzun", "cimer", "cimer-bilgi-edinme", "acil", "yuksek", "normal", "dusuk",
)  # fmt: skip
"""What ``desk due`` takes: the legal clocks, and the units' own targets by urgency."""


@click.command(cls=Command)
@click.option("--kind", required=True, metavar="TÜR", help=f"Başvurunun türü: {', '.join(KINDS)}.")
@click.option("--received", required=True, metavar="YYYY-AA-GG", help="Geliş tarihi; bu gün sayılmaz.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def due(kind: str, received: str, as_json: bool, **options: Any) -> None:
    """Son cevap tarihini (ya da hedef tarihi) hesaplar."""
    start = day_of(received)
    if not 1990 <= start.year <= 2090:
        raise UserError(N_("Tarih 1990 ile 2090 arasında olmalı."))
    from desk.registry import deadlines
    from desk.registry.application_types import Clock, Urgency

    clocks = dict(zip(KINDS[:5], (c for c in Clock if c is not Clock.TARGET), strict=True))
    targets = dict(zip(KINDS[5:], Urgency, strict=True))
    if kind not in (*clocks, *targets):
        raise UserError(N_("Böyle bir tür yok: {kind}. Bilinenler: {known}"), kind=kind, known=", ".join(KINDS))
    periods, calendar = _rules(options)
    clock = clocks.get(kind, Clock.TARGET)
    urgency = targets.get(kind, Urgency.NORMAL)
    found = deadlines.due(clock, start, urgency=urgency, periods=periods, calendar=calendar)
    told = deadlines.explained(found, clock, calendar)
    words = told.words
    if told.day_off:
        words += f" (tatil; önceki iş günü {told.working_day_before:%d.%m.%Y})"
    if told.estimated:
        words += " (dinî bayram tarihleri tahminîdir)"
    data = {
        "due": found.on.isoformat(),
        "received": start.isoformat(),
        "kind": kind,
        "words": told.words,
        "day_off": told.day_off,
        "working_day_before": told.working_day_before.isoformat(),
        "estimated": told.estimated,
    }
    say(data, as_json, words)


def _rules(options: dict[str, Any]) -> tuple[Periods, Calendar]:
    """The site's periods and administrative leave where its database is there; else the standard ones."""
    from desk.models import migrate
    from desk.models.engine import Database
    from desk.models.site import Site
    from desk.registry import deadlines
    from desk.workdays import PUBLIC

    db = Database(config_of(options).database_url())
    try:
        if migrate.revision(db) != migrate.HEAD:
            return deadlines.STANDARD, PUBLIC
        from sqlalchemy import select

        with db.read() as session:
            site_id = session.execute(select(Site.id).order_by(Site.number).limit(1)).scalar()
            if site_id is None:
                return deadlines.STANDARD, PUBLIC
            return deadlines.periods_of(session, site_id), deadlines.calendar_of(session, site_id)
    finally:
        db.close()


@click.group("applications", cls=Group)
@common
def applications(**_options: Any) -> None:
    """Başvurular."""


@applications.command("list")
@click.option("--unit", default="", metavar="KOD", help="Yalnız bu birim.")
@click.option("--text", default="", metavar="METİN", help="Numara, ad, telefon ya da sözcük.")
@click.option("--overdue", is_flag=True, help="Yalnız süresi geçenler.")
@click.option("--all", "every", is_flag=True, help="Sonuçlananlar da.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="En çok.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def list_command(unit: str, text: str, overdue: bool, every: bool, limit: int, as_json: bool, **options: Any) -> None:
    """İş listesini yazar: süresi önce dolan başta; adlar maskelidir."""
    from desk.actions import applications as actions
    from desk.registry.application_types import ListQuery
    from desk.registry.types import APPLICATION_STATE_NAMES

    query = ListQuery(unit_code=unit, text=text, overdue_only=overdue, open_only=not every)
    with office(options) as ctx:
        rows = actions.work_list(ctx, query, "", limit).rows
    for row in rows:
        state = APPLICATION_STATE_NAMES[row.state]
        data = {
            "record": row.record_number, "due": row.due_on.isoformat(), "state": str(row.state), "unit": row.unit,
            "subject": row.subject, "urgency": str(row.urgency), "channel": str(row.channel),
        }  # fmt: skip
        say(data, as_json, f"{row.record_number}  {row.due_on:%d.%m.%Y}  {state}  {row.unit}  {row.subject}")


@applications.command("leave")
@click.option("--day", required=True, metavar="YYYY-AA-GG", help="İdari izin günü.")
@click.option("--half", is_flag=True, help="Yalnız 13.00'ten sonra.")
@click.option("--reason", default="", metavar="DAYANAK", help="Genelge ya da karar.")
@click.option("--remove", is_flag=True, help="Bu günü geri alır.")
@common
def leave_command(day: str, half: bool, reason: str, remove: bool, **options: Any) -> None:
    """İdari izin gününü yazar ya da geri alır; süreler onu iş günü saymaz."""
    from desk.actions import applications as actions
    from desk.registry.leave import Leave

    when = day_of(day)
    with office(options) as ctx:
        if remove:
            actions.take_back_leave(ctx, when)
        else:
            actions.grant_leave(ctx, Leave(when, half, reason))
    click.echo(f"{when:%d.%m.%Y}: {'geri alındı' if remove else 'yazıldı'}")


@click.command("import", cls=Command)
@click.argument("source", metavar="KAYNAK")
@click.argument("file", type=Path, metavar="DOSYA")
@click.option("--dry-run", is_flag=True, help="Yalnız okur ve hataları yazar; kaydetmez.")
@click.option("--skip-bad", is_flag=True, help="Hatalı satırları atlar, kalanını alır.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def import_command(source: str, file: Path, dry_run: bool, skip_bad: bool, as_json: bool, **options: Any) -> None:
    """Başka sistemlerin listesini alır.

    KAYNAK: cimer, whatsapp, sosyal, cagri, acik-kapi; çağrı kayıtları için “kayit” (queue_log ya da CDR), EBYS
    numaraları için “ebys”. Aynı dosya yeniden verilirse yeni kayıt açılmaz.
    """
    from desk.actions import imports

    with office(options) as ctx:
        if source == "ebys":
            _take_ebys(ctx, file, dry_run=dry_run, skip_bad=skip_bad, as_json=as_json)
            return
        if source == "kayit":
            done = imports.take_calls(ctx, file, progress=_bar())
        else:
            preview = imports.look(ctx, source, file)
            _told(preview.errors)
            _told(preview.notices, "Uyarı: ")
            if dry_run:
                good, repeated, errors = len(preview.good), preview.repeated, len(preview.errors)
                data = {"rows": preview.rows, "good": good, "repeated": repeated, "errors": errors}
                twice = f", {repeated} yinelenen" if repeated else ""
                say(data, as_json, f"{preview.rows} satır, {good} alınabilir{twice}, {errors} hata.")
                if preview.errors:
                    sys.exit(1)
                return
            done = imports.take(ctx, preview, skip_bad=skip_bad, progress=_bar())
    told: dict[str, Any] = {
        "import": str(done.id), "rows": done.rows, "created": done.created, "known": done.known,
        "refused": done.refused,
    }  # fmt: skip
    say(told, as_json, f"{done.created} yeni, {done.known} zaten vardı, {done.refused} alınmadı. No: {done.id}")


def _take_ebys(ctx: Any, file: Path, *, dry_run: bool, skip_bad: bool, as_json: bool) -> None:
    """The EBYS's numbers; each wrong line is told first, and without ``--skip-bad`` nothing is written then."""
    from desk.actions import exchange
    from desk.registry.imports import RowError

    found = exchange.look_at_ebys(ctx, file)
    _told([RowError(one.line, one.record_number, one.result) for one in found.wrong])
    if dry_run:
        data = {"rows": len(found.lines), "good": len(found.good), "errors": len(found.wrong)}
        say(data, as_json, f"{data['rows']} satır, {data['good']} yazılabilir, {data['errors']} hata.")
        if found.wrong:
            sys.exit(1)
        return
    count = exchange.take_ebys(ctx, found, skip_bad=skip_bad)
    say({"filled": count}, as_json, f"{count} kayda EBYS numarası yazıldı.")


def _told(errors: Any, before: str = "") -> None:
    from desk.registry.imports import shown

    for line in shown(errors):
        click.echo(f"{before}{line}", err=True)


def _bar() -> Any:
    """Progress on the error stream, only for a person who looks on."""
    if not sys.stderr.isatty():
        return None

    def progress(done: int, total: int) -> None:
        click.echo(f"\r{done} / {total}", err=True, nl=done >= total)

    return progress


@click.command("import-undo", cls=Command)
@click.argument("number", metavar="NO")
@click.option("--leave-worked-on", is_flag=True, help="Üzerinde işlem yapılanları bırakır.")
@common
def import_undo(number: str, leave_worked_on: bool, **options: Any) -> None:
    """Bir içe aktarmayı bütünüyle geri alır (numarasını içe aktarma yazar)."""
    from uuid import UUID

    from desk.actions import imports

    try:
        import_id = UUID(number)
    except ValueError as error:
        raise UserError(N_("İçe aktarma numarası hatalı: {number}"), number=number[:60]) from error
    with office(options) as ctx:
        click.echo(f"{imports.undo(ctx, import_id, leave_worked_on=leave_worked_on)} kayıt geri alındı.")


@click.command("export", cls=Command)
@click.argument("what", metavar="NE")
@click.argument("file", type=Path, metavar="DOSYA")
@click.option("--from", "first", metavar="YYYY-AA-GG", help="İlk gün (open311, defter).")
@click.option("--to", "last", metavar="YYYY-AA-GG", help="Son gün (verilmezse bugün).")
@click.option("--unit", default="", metavar="KOD", help="Yalnız bu birim (liste).")
@click.option("--all", "every", is_flag=True, help="Sonuçlananlar da (liste).")
@common
def export_command(
    what: str, file: Path, first: str | None, last: str | None, unit: str, every: bool, **options: Any
) -> None:
    """Dosyaya yazar: liste (CSV/XLSX), defter (gelen evrak; PDF/XLSX/CSV), open311 (JSON), ebys (CSV/XLSX)."""
    from desk.actions import applications as actions
    from desk.clock import local_date
    from desk.registry.application_types import ListQuery

    with office(options) as ctx:
        until = day_of(last) if last else local_date(ctx.now())
        since = day_of(first) if first else date(until.year, 1, 1)
        if what == "liste":
            count = actions.export_list(ctx, ListQuery(unit_code=unit, open_only=not every), file)
        elif what == "defter":
            count = actions.incoming_register(ctx, since, until, file)
        elif what == "open311":
            count = actions.export_open311(ctx, since, until, file)
        elif what == "ebys":
            count = actions.export_for_ebys(ctx, file)
        else:
            raise UserError(N_("Böyle bir döküm yok: {what}. Bilinenler: liste, defter, open311, ebys"), what=what[:40])
    click.echo(f"{count} satır yazıldı: {file}")

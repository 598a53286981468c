"""Printers and papers: ``desk print``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Group, common, config_of, office, say
from desk.errors import N_, Fault, UserError

if TYPE_CHECKING:
    from uuid import UUID

    from desk.actions.context import Context
    from desk.printing.profiles import Profile
    from desk.printing.types import JobView

KINDS = ("ticket", "direction", "assistance", "receipt", "deficiency", "label", "day", "codepages")

DOCUMENT_SECONDS = 200.0
"""Longer than the print server gets for an A4 document before it is taken back (printing.worker)."""


@click.group("print", cls=Group)
@common
def printing(**_options: Any) -> None:
    """Yazıcılar ve fişler."""


@printing.command("sample")
@click.option("--kind", required=True, metavar="TÜR", help=f"Fişin türü: {', '.join(KINDS)}.")
@click.option("--profile", "code", required=True, metavar="MODEL", help="Yazıcı modeli (resources/printers).")
@click.option("--out", required=True, type=Path, metavar="DOSYA", help="Yazılacak dosya.")
@common
def print_sample(kind: str, code: str, out: Path, **options: Any) -> None:
    """Örnek bir fişi, o yazıcıya gidecek baytlarla dosyaya yazar."""
    from desk.files import write_whole
    from desk.printing import samples
    from desk.printing.escpos import build

    profile = _profile(code, options)
    if kind not in samples.KINDS:
        raise UserError(N_("Böyle bir fiş türü yok: {kind}. Bilinenler: {known}"), kind=kind, known=", ".join(KINDS))
    data = build(samples.sample(kind, profile), profile).data
    write_whole(out, data)
    click.echo(f"{out} yazıldı ({len(data)} bayt).")


@printing.command("preview")
@click.argument("file", type=Path, metavar="DOSYA.bin")
@click.option("--profile", "code", required=True, metavar="MODEL", help="Yazıcı modeli (resources/printers).")
@click.option("--png", type=Path, metavar="DOSYA", help="Kâğıdın resmini bu dosyaya yazar.")
@click.option("--text", "as_text", is_flag=True, help="Kâğıtta okunan metni ve kodları yazar.")
@common
def print_preview(file: Path, code: str, png: Path | None, as_text: bool, **options: Any) -> None:
    """Bir yazıcının bu baytlardan çıkaracağı kâğıdı gösterir."""
    from io import BytesIO

    from desk.files import reason_of, write_whole
    from desk.printing.preview import read_paper

    profile = _profile(code, options)
    if png is None and not as_text:
        raise UserError(N_("Ne istediğinizi belirtiniz: --png DOSYA ya da --text."))
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Fault(N_("Dosya okunamıyor: {path} ({reason})"), path=file, reason=reason_of(error)) from error
    paper = read_paper(data, profile)
    if png is not None:
        picture = BytesIO()
        paper.image.save(picture, "PNG")
        write_whole(png, picture.getvalue())
    if as_text:
        lines = paper.readout("[resim {width}×{height}]")
        click.echo("\n".join([*lines, *(f"[{name}] {content}" for name, content in paper.codes)]))
    else:
        click.echo(f"{png} yazıldı ({paper.image.width} × {paper.image.height} nokta).")
    if paper.unknown:
        click.echo("Anlaşılmayan komutlar: " + ", ".join(paper.unknown), err=True)


def _profile(code: str, options: dict[str, Any]) -> Profile:
    from desk.printing.profiles import load_profile

    return load_profile(code, config_of(options).folder() / "printers")


@printing.command("pdf")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="DOSYA")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_pdf(file: Path, as_json: bool, **options: Any) -> None:
    """Bir PDF’i (A4 alındı, günlük çizelge …) A4 yazıcısına gönderir."""
    from desk.actions import printers
    from desk.files import reason_of

    try:
        data = file.read_bytes()
    except OSError as error:
        raise Fault(N_("Dosya okunamıyor: {path} ({reason})"), path=file, reason=reason_of(error)) from error
    if not data.startswith(b"%PDF-"):
        raise UserError(N_("Bu dosya bir PDF değil: {path}"), path=file)
    with office(options) as ctx:
        job_id = printers.print_pdf(ctx, "document", data, file.name)
        if job_id is None:
            raise UserError(N_("A4 yazıcısı tanımlı değil (adresi cups:AD olan bir yazıcı)."))
        _finish(ctx, job_id, as_json, seconds=DOCUMENT_SECONDS)


@printing.command("printers")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_printers(as_json: bool, **options: Any) -> None:
    """Yazıcıları, durumlarını ve bekleyen fişleri listeler."""
    from desk.actions import printers
    from desk.printing.types import PRINTER_STATE_NAMES

    with office(options) as ctx:
        found = printers.printers(ctx)
    if as_json:
        names = ("code", "name", "profile", "address", "pool", "state", "queued", "waiting", "failed", "running")
        click.echo(json.dumps([{name: getattr(one, name) for name in names} for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(
            f"{one.code}: {one.name} · {PRINTER_STATE_NAMES[one.state]} · sırada {one.queued}, sorunlu {one.failed}"
        )


@printing.command("jobs")
@click.option("--limit", type=int, default=20, show_default=True, metavar="SAYI", help="En çok kaç fiş.")
@click.option("--needing", is_flag=True, help="Yalnız ilgilenilmesi gerekenler.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_jobs(limit: int, needing: bool, as_json: bool, **options: Any) -> None:
    """Yazdırma işlerini, en yenisi başta, listeler."""
    from desk.actions import printers

    with office(options) as ctx:
        found = printers.needing(ctx) if needing else printers.jobs(ctx, limit=limit)
    if as_json:
        click.echo(json.dumps([_job_data(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(_job_line(one))
    if not found:
        click.echo("Yazdırma işi yok.")


def _job_data(job: JobView) -> dict[str, Any]:
    from desk.i18n import translator

    tr = translator()
    return {
        "id": str(job.id),
        "printer": job.printer_name,
        "moved_from": job.moved_from,
        "kind": job.kind,
        "state": str(job.state),
        "reason": tr(job.reason) if job.reason else "",
        "copy_no": job.copy_no,
        "why": job.why,
        "created_at": job.created_at.isoformat(),
        "created_by": job.created_by,
        "finished_at": job.finished_at.isoformat() if job.finished_at else None,
        "seen_at": job.seen_at.isoformat() if job.seen_at else None,
    }


def _job_line(job: JobView) -> str:
    from desk.clock import local
    from desk.printing.types import JOB_STATE_NAMES

    copy = f" · KOPYA {job.copy_no}" if job.copy_no > 1 else ""
    reason = f" · {job.reason}" if job.reason else ""
    moved = f" ({job.moved_from} yerine)" if job.moved_from else ""
    when = local(job.created_at).strftime("%d.%m.%Y %H.%M")
    return f"{job.id} · {when} · {job.kind}{copy} · {job.printer_name}{moved} · {JOB_STATE_NAMES[job.state]}{reason}"


@printing.command("reprint")
@click.argument("job", metavar="İŞ")
@click.option("--why", default="", metavar="NEDEN", help="Neden yeniden yazdırıldığı; kayda geçer.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_reprint(job: str, why: str, as_json: bool, **options: Any) -> None:
    """Bir fişi KOPYA olarak yeniden yazdırır."""
    from desk.actions import printers

    with office(options) as ctx:
        again = printers.reprint(ctx, _id(job), why)
        _finish(ctx, again, as_json)


@printing.command("release")
@click.argument("job", metavar="İŞ")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_release(job: str, as_json: bool, **options: Any) -> None:
    """Zamanında basılamadığı için karar bekleyen bir fişi yazdırır."""
    from desk.actions import printers

    with office(options) as ctx:
        printers.release(ctx, _id(job))
        _finish(ctx, _id(job), as_json)


@printing.command("withdraw")
@click.argument("job", metavar="İŞ")
@common
def print_withdraw(job: str, **options: Any) -> None:
    """Sıradaki bir fişi geri alır; basılmaz."""
    from desk.actions import printers

    with office(options) as ctx:
        if not printers.withdraw(ctx, _id(job)):
            raise UserError(N_("Fiş geri alınamadı: basıldı, basılıyor ya da zaten bırakıldı."))
    click.echo("Fiş geri alındı.")


@printing.command("seen")
@click.argument("job", metavar="İŞ")
@common
def print_seen(job: str, **options: Any) -> None:
    """Basılamayan bir fişi görüldü olarak işaretler; uyarısı kalkar."""
    from desk.actions import printers

    with office(options) as ctx:
        printers.acknowledge(ctx, _id(job))
    click.echo("Görüldü olarak işaretlendi.")


@printing.command("logo")
@click.option("--printer", "code", required=True, metavar="KOD", help="Yazıcının kodu.")
@click.option("--file", "picture", required=True, type=Path, metavar="DOSYA", help="Logo (PNG).")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def print_logo(code: str, picture: Path, as_json: bool, **options: Any) -> None:
    """Kurumun logosunu yazıcının belleğine yükler; fişler onu iki baytla basar."""
    from desk.actions import printers

    with office(options) as ctx:
        _finish(ctx, printers.store_logo(ctx, code, picture), as_json)


def _finish(ctx: Context, job_id: UUID, as_json: bool, seconds: float = 10.0) -> None:
    """Print it from here when no window does, and say what became of it; exit code 1 when it is not on paper."""
    from desk.actions import paper
    from desk.printing import spooler
    from desk.printing.types import JOB_STATE_NAMES, JobState

    spooler.print_now(ctx.db, ctx.actor, ctx.data_dir, job_id, seconds=seconds)
    job = paper.job(ctx, job_id)
    say(_job_data(job), as_json, ". ".join(filter(None, (JOB_STATE_NAMES[job.state], job.reason))))
    if job.state != JobState.PRINTED:
        sys.exit(1)


def _id(text: str) -> UUID:
    from uuid import UUID

    try:
        return UUID(text)
    except ValueError as error:
        raise UserError(N_("Yazdırma işi bulunamadı.")) from error

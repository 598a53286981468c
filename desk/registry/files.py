"""Scanned pages and pictures of an application: taken by what is in them, kept by their hash beside the database.

What a file is called says nothing: its first bytes and, for pictures, a full check of the structure decide. Two
records with the same page share one file.
"""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, insert, select

from desk.actor import Scope
from desk.errors import N_, Fault, UserError
from desk.events import Kind
from desk.files import reason_of, write_whole
from desk.models import application as tables
from desk.models import case
from desk.models.base import new_id
from desk.models.engine import dialect_of
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.work import Work
from desk.registry import life
from desk.text import clean, number

log = logging.getLogger(__name__)

_F = case.ApplicationFile.__table__

LIMIT_MEGABYTES = 20
FILES_LIMIT = 50
NAME_LIMIT = 160
PIXELS_LIMIT = 120_000_000
"""An A0 scan at 300 dpi has 139 million; larger is no page but a bomb."""

ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was looked into and may be kept."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def taken(path: Path, limit_megabytes: int = LIMIT_MEGABYTES) -> Taken:
    """Read and check a file that was dropped on a record.

    Raises UserError for one that is too large, empty, broken or no PDF, JPEG or PNG; Fault when it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > limit_megabytes * 1_000_000:
            raise UserError(
                N_("{name} çok büyük: {size} MB. En çok {limit} MB eklenebilir."),
                name=path.name, size=number(size / 1_000_000, 1), limit=limit_megabytes,
            )  # fmt: skip
        content = path.read_bytes()
    except OSError as error:
        raise Fault(N_("Dosya okunamıyor: {path} ({reason})."), path=path, reason=reason_of(error)) from error
    media_type = checked(path.name, content)
    name = clean(path.name)[-NAME_LIMIT:]
    return Taken(name, media_type, content, hashlib.sha256(content).hexdigest())


def checked(name: str, content: bytes) -> str:
    """The media type by the content. Raises UserError for anything else than a whole PDF, JPEG or PNG."""
    if not content:
        raise UserError(N_("{name} boş."), name=name)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise UserError(N_("{name} yarım kalmış bir PDF; yeniden tarayınız."), name=name)
        return "application/pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return _picture(name, content, "JPEG", "image/jpeg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(name, content, "PNG", "image/png")
    raise UserError(N_("{name} bir PDF, JPEG veya PNG değil; adı öyle olsa da içeriği başka."), name=name)


def _picture(name: str, content: bytes, form: str, media_type: str) -> str:
    from PIL import Image  # on use: 40 ms

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(BytesIO(content), formats=[form]) as picture:
                if picture.width * picture.height > PIXELS_LIMIT:
                    raise UserError(N_("{name} çok büyük bir resim; daha düşük çözünürlükle tarayınız."), name=name)
                picture.verify()
            with Image.open(BytesIO(content), formats=[form]) as picture:
                picture.load()  # verify() does not see a page that was cut off
    except UserError:
        raise
    except Exception as error:  # Pillow raises what it likes for what is broken
        raise UserError(N_("{name} bozuk bir resim; yeniden tarayınız."), name=name) from error
    return media_type


def folder(s: Session, scope: Scope, beside: Path) -> Path:
    """Where contents lie: in the folder that all desks of the site share (setting ``files_folder``), else beside the
    data of this computer. Raises Fault when the shared one cannot be reached."""
    shared = setting(s, scope.site_id, "files_folder", "")
    if not shared:
        return beside
    path = Path(shared)
    if not path.is_dir():
        raise Fault(
            N_("Ortak belge klasörüne ulaşılamıyor: {path}. Ağ bağlantısını ve klasörün iznini denetleyiniz."),
            path=path,
        )
    return path


def place(folder: Path, sha256: str, media_type: str) -> Path:
    """Where a content lies: files/ab/ab12….pdf"""
    return folder / "files" / sha256[:2] / f"{sha256}{ENDINGS[media_type]}"


def shared(s: Session, scope: Scope, beside: Path) -> tuple[Path, ...]:
    """Every folder in which a content of this site may lie, whether it can be reached or not."""
    path = setting(s, scope.site_id, "files_folder", "")
    return (Path(path), beside) if path else (beside,)


def store(folder: Path, file: Taken) -> Path:
    """Write a content whole, unless it is there already. Raises Fault when the disk refuses."""
    target = place(folder, file.sha256, file.media_type)
    if not target.exists():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Fault(N_("Dosya yazılamadı: {path} ({reason})."), path=target, reason=reason_of(error)) from error
        write_whole(target, file.content)
    return target


def forget(folders: Iterable[Path], contents: Iterable[tuple[str, str]]) -> None:
    """Delete contents that no record points at any more, wherever they lie. What the disk keeps is logged."""
    for sha256, media_type in contents:
        for one in folders:
            try:
                place(one, sha256, media_type).unlink(missing_ok=True)
            except OSError as error:
                log.warning("a file that was to be erased is still there: %s (%s)", sha256, reason_of(error))


def attach(work: Work, application_id: UUID, file: Taken) -> UUID:
    """Note a stored content as a file of an application; the same one twice stays one."""
    known = work.session.execute(
        select(tables.Application.id).where(
            tables.Application.id == application_id, tables.Application.site_id == work.site_id
        )
    ).scalar()
    if known is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    here = select(_F.c.id).where(_F.c.application_id == application_id)
    earlier: UUID | None = work.session.execute(here.where(_F.c.sha256 == file.sha256)).scalar()
    if earlier is not None:
        return earlier
    if work.session.execute(select(func.count()).select_from(here.subquery())).scalar_one() >= FILES_LIMIT:
        raise UserError(N_("Bir kayda en çok {count} dosya eklenebilir."), count=FILES_LIMIT)
    file_id = new_id()
    work.session.execute(
        insert(_F).values(
            id=file_id,
            site_id=work.site_id,
            application_id=application_id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            added_at=work.now,
            added_by=work.actor.staff_id,
        )
    )
    life.log(work, application_id, "file_added", {"type": file.media_type})
    work.change(Kind.APPLICATION_MOVED, application_id)
    return file_id


def limit(s: Session, scope: Scope) -> int:
    """Megabytes a file may have."""
    return setting(s, scope.site_id, "file_limit_megabytes", LIMIT_MEGABYTES)


def opened(s: Session, scope: Scope, beside: Path, file_id: UUID) -> Path:
    """Where a file of a record lies: in the shared folder, or from before there was one in that of this computer.

    Raises UserError for an unknown one, Fault when its content is not here and what to do then.
    """
    row = s.execute(
        select(_F.c.sha256, _F.c.media_type, _F.c.name).where(_F.c.id == file_id, _F.c.site_id == scope.site_id)
    ).one_or_none()
    if row is None:
        raise UserError(N_("Dosya bulunamadı."))
    for one in (folder(s, scope, beside), beside):
        path = place(one, row.sha256, row.media_type)
        if path.exists():
            return path
    if dialect_of(s) == "postgresql" and not setting(s, scope.site_id, "files_folder", ""):
        raise Fault(
            N_("{name} başka bir bilgisayarda. Her masadan açılması için Ayarlar'da ortak belge klasörü seçiniz."),
            name=row.name,
        )
    raise Fault(N_("Dosyanın içeriği bulunamadı: {name}. Yedekten geri yükleyiniz."), name=row.name)

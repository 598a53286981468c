"""What people change in Ayarlar: read a sub-page, save all changes in one transaction, take the last save back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desk.actions.context import Context
from desk.actor import Right, Scope, allowed
from desk.clock import local_date
from desk.errors import N_, Fault, UserError
from desk.files import reason_of
from desk.printing import ledger
from desk.registry import setting_sheets, site_settings
from desk.registry.setting_fields import Change, FieldError, Sheet

LOGO, LOGO_FIELD = "logo.png", "logo"


@dataclass(frozen=True, slots=True)
class Saved:
    """A save that was done, and what takes it back."""

    changes: tuple[Change, ...]
    undo: tuple[Change, ...]


def sheet(ctx: Context, code: str) -> Sheet:
    """A sub-page as it is now."""
    found = ctx.read(setting_sheets.sheet, code)
    if not any(LOGO_FIELD in one.values for one in found.records):
        return found
    logo = LOGO if (ctx.data_dir / LOGO).exists() else ""
    records = tuple(replace(one, values={**one.values, LOGO_FIELD: logo}) for one in found.records)
    return replace(found, records=records)


def save(ctx: Context, changes: Sequence[Change]) -> Saved:
    """Write all changes or none; open windows follow by the change log, without a restart.

    Opens no business day: a site is set up on a Sunday, too. Raises FieldError for a value that cannot be, Stale when
    somebody else changed the same thing meanwhile, UserError, Fault.
    """
    if not allowed(ctx.actor, Right.SETTINGS):
        raise UserError(N_("Bu işlem için yetkiniz yok."))
    picture = next((change for change in changes if change.field == LOGO_FIELD), None)
    rows = [change for change in changes if change is not picture]
    if picture is not None:
        _check_logo(picture)
    with ledger.entry(ctx.db, ctx.actor) as entry:
        scope = Scope(ctx.actor.site_id, local_date(entry.now), entry.now)
        undo = site_settings.write(entry, scope, rows)
    if picture is not None:
        _keep_logo(ctx.data_dir, picture.after)
        undo = (*undo, replace(picture, before=LOGO if picture.after else "", after=picture.before))
    return Saved(tuple(changes), undo)


def undo(ctx: Context, saved: Saved) -> Saved:
    """Take a save back. Raises Stale when somebody changed the same thing since."""
    return save(ctx, saved.undo)


def _check_logo(change: Change) -> None:
    if change.after in ("", LOGO):
        return
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(change.after) as image:
            if image.format != "PNG":
                raise FieldError(change.record, LOGO_FIELD, N_("Logo PNG biçiminde olmalıdır."))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise FieldError(change.record, LOGO_FIELD, N_("Bu dosya bulunamadı; yolunu denetleyiniz.")) from error
    except (UnidentifiedImageError, OSError) as error:
        raise FieldError(change.record, LOGO_FIELD, N_("Bu dosya bir resim değil ya da okunamıyor.")) from error


def _keep_logo(folder: Path, wanted: str) -> None:
    """The new logo in its place; the one before is kept beside it for the undo. ``LOGO`` puts that one back."""
    logo, before = folder / LOGO, folder / "logo-onceki.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if wanted == LOGO:
            before.replace(logo)
            return
        if logo.exists():
            logo.replace(before)
        if wanted:
            shutil.copyfile(wanted, logo)
    except OSError as error:
        raise Fault(N_("Logo kaydedilemedi: {reason}"), reason=reason_of(error)) from error

"""Writing a file whole: whoever looks sees the old one or the new one, never half of it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from desk.errors import N_, Fault

_REASONS = {
    errno.ENOENT: N_("dosya ya da klasör bulunamadı"),
    errno.ENOTDIR: N_("klasör bulunamadı"),
    errno.EACCES: N_("izin yok"),
    errno.EPERM: N_("izin yok"),
    errno.EROFS: N_("disk salt okunur"),
    errno.ENOSPC: N_("diskte yer kalmadı"),
    errno.EISDIR: N_("bu adda bir klasör var"),
    errno.ENAMETOOLONG: N_("dosya adı çok uzun"),
}


def write_whole(target: Path, content: bytes) -> None:
    """Write ``content`` beside ``target`` and rename it into place. Raises Fault when the disk refuses."""
    part = part_of(target, os.getpid())
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "", str(target))
        try:
            part.write_bytes(content)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Fault(N_("Dosya yazılamadı: {path} ({reason})."), path=target, reason=reason_of(error)) from error


def part_of(target: Path, process: int) -> Path:
    """Where a process writes what shall become ``target``."""
    return target.with_name(f".{target.name[:80]}.{process}.part")


def reason_of(error: OSError) -> str:
    """What the system said, in words (Turkish source strings; the system's own for what is rare)."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))

"""Documents that a page makes: where they are kept, and opening them with the machine's own program."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desk.actions.context import Context
from desk.errors import N_, Fault
from desk.i18n import translator
from desk.ui import tasks
from desk.ui.widgets import toasts

FOLDER = "belgeler"


def document_path(ctx: Context, name: str) -> Path:
    """``belgeler/<name>`` in the data folder, which is made when it is missing. Raises Fault when it cannot be."""
    folder = ctx.data_dir / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(N_("Belge klasörü açılamadı: {path}"), path=folder) from error
    return folder / name


def offer_document(owner: QWidget, sentence: str, path: Path) -> None:
    """Say that a document was made, with "Aç" beside it."""
    tr = translator()
    act = lambda: open_document(owner, path)  # noqa: E731
    toasts(owner).info(sentence, action=tr(N_("Aç")), key="Ctrl+O", on_action=act, seconds=20)


def print_document(
    owner: QWidget, ctx: Context, kind: str, sentence: str, path: Path, subject: UUID | None = None
) -> None:
    """Print a PDF on the site's A4 printer; where there is none (or it is no PDF), offer it instead.

    ``kind`` is what the ledger calls it ("receipt_a4", "day_sheet"); ``subject`` the record whose paper it is: the
    second one of it comes out as "KOPYA 2".
    """
    if path.suffix != ".pdf":
        offer_document(owner, sentence, path)
        return

    def send() -> bool:
        from desk.actions import printers

        return printers.print_pdf(ctx, kind, path.read_bytes(), path.stem, subject) is not None

    def sent(done: bool) -> None:
        words = translator()(N_("{made} · A4 yazıcıya gönderildi.")).format(made=sentence) if done else sentence
        offer_document(owner, words, path)

    tasks.run(owner, send, sent, lambda error: toasts(owner).error(error.text(translator())))


def open_document(owner: QWidget, path: Path) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        sentence = translator()(N_("Belgeyi açacak program bulunamadı. Belge burada: {path}"))
        toasts(owner).error(sentence.format(path=path))

"""Every barcode and QR that we print, read back by a scanner's own library: from pictures of papers and from PDFs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from desk.errors import N_, UserError
from desk.printing import documents, samples
from desk.printing.escpos import build
from desk.printing.preview import read_paper
from desk.printing.profiles import all_profiles

MARGIN = 40  # dots of white paper around the print


def count_codes(quick: bool) -> dict[str, Any]:
    """``codes_read`` and ``codes_missed``; raises UserError without the library or poppler."""
    try:
        import zxingcpp
    except ImportError as error:
        raise UserError(N_("Kod okuma ölçümü için zxing-cpp gerekir; ./test onu kurar.")) from error
    read = missed = 0
    for picture, wanted in [*_papers(), *_pdfs(quick)]:
        found = {code.text for code in zxingcpp.read_barcodes(picture)}
        read += len(wanted & found)
        missed += len(wanted - found)
    return {"codes_read": read, "codes_missed": missed}


def _papers() -> Iterator[tuple[Image.Image, set[str]]]:
    """All kinds on all models, as the reader prints them at 203 dpi."""
    for profile in all_profiles().values():
        for kind in samples.KINDS:
            paper = read_paper(build(samples.sample(kind, profile), profile).data, profile)
            wanted = {content for _, content in paper.codes}
            wanted |= _meant(kind)
            sheet = Image.new("L", (paper.image.width + 2 * MARGIN, paper.image.height + 2 * MARGIN), 255)
            sheet.paste(paper.image.convert("L"), (MARGIN, MARGIN))
            yield sheet, wanted


def _meant(kind: str) -> set[str]:
    """What must be on it, whatever the reader says: a code that was drawn as a picture is not in its list."""
    if kind == "ticket":
        return {samples.TICKET.scan_code}
    return {samples.RECEIPT.scan_code} if kind in ("receipt", "label") else set()


def _pdfs(quick: bool) -> Iterator[tuple[Image.Image, set[str]]]:
    program = shutil.which("pdftoppm")
    if program is None:
        raise UserError(N_("PDF'lerdeki kodların ölçümü için pdftoppm gerekir (poppler-utils)."))
    receipt, label = BytesIO(), BytesIO()
    documents.receipt_pdf(samples.RECEIPT, samples.HEADER, receipt)
    documents.label_pdf(samples.RECEIPT, samples.HEADER, label)
    with TemporaryDirectory(prefix="danisma-codes-") as folder:
        for name, content in (("receipt", receipt), ("label", label)):
            path = Path(folder) / f"{name}.pdf"
            path.write_bytes(content.getvalue())
            for dpi in ("203",) if quick else ("203", "300"):
                subprocess.run([program, "-gray", "-png", "-r", dpi, path, path.with_suffix("")], check=True)
                pages = sorted(Path(folder).glob(f"{name}*.png"))
                with Image.open(pages[0]) as page:
                    yield page.convert("L"), {samples.RECEIPT.scan_code}
                for one in pages:
                    one.unlink()

"""``desk print pdf``: a document for the A4 printer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from desk.cli import desk
from desk.clock import SystemClock
from desk.errors import UserError
from desk.models.engine import Database
from desk.models.print_job import PrintDocument, Printer
from desk.models.site import Terminal

WHOLE = b"%PDF-1.7\nxref\n0 0\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"


@pytest.fixture
def send(tmp_path: Path) -> Any:
    def send(content: bytes) -> tuple[int, str]:
        (tmp_path / "alindi.pdf").write_bytes(content)
        done = CliRunner().invoke(
            desk, ["print", "pdf", str(tmp_path / "alindi.pdf"), "--data-dir", str(tmp_path / "veri")]
        )
        error = done.exception
        return done.exit_code, error.text() if isinstance(error, UserError) else done.output

    return send


def test_a_pdf_goes_to_the_a4_printer_and_nothing_else_does(send: Any, tmp_path: Path) -> None:
    code, said = send(b"GIF89a")
    assert "Bu dosya bir PDF değil" in said, (code, said)
    code, said = send(b"%PDF-1.7 torn")
    assert "eksik ya da bozuk" in said, (code, said)
    code, said = send(WHOLE)
    assert "A4 yazıcısı tanımlı değil" in said, (code, said)
    db = Database(f"sqlite:///{next((tmp_path / 'veri').glob('*.db'))}", SystemClock())
    with db.write() as session:
        here = session.execute(select(Terminal.id).where(Terminal.role == "command")).scalar_one()
        session.execute(update(Printer).where(Printer.terminal_id == here).values(address="cups:Yok", profile=""))
    code, said = send(WHOLE)
    assert code == 1, said  # no such printer on this machine: it waits, and says so
    with db.read() as session:
        assert session.execute(select(PrintDocument.title, PrintDocument.content)).all() == [("alindi.pdf", WHOLE)]
    db.close()

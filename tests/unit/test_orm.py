"""The ORM is read beside the work of a window (desk.models.orm)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import desk

BESIDE = """
import sys, threading
sys.setswitchinterval(1e-5)
from sqlalchemy import select
from desk.models.print_job import PrintJob
from desk.printing.types import JobState

state, made, wrong, read = PrintJob.__table__.c.state, [], [], threading.Event()

def work():
    while not (read.is_set() and made):
        try:
            select(state).where(state == JobState.QUEUED)
        except Exception as error:
            wrong.append(error)
            return
        made.append(1)

assert "sqlalchemy.orm" not in sys.modules
thread = threading.Thread(target=work)
thread.start()
import desk.models.orm
read.set()
thread.join()
from sqlalchemy import inspect
assert inspect(PrintJob).local_table is PrintJob.__table__
print(len(wrong))
"""


def test_statements_are_made_while_the_orm_is_read():
    done = subprocess.run([sys.executable, "-c", BESIDE], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "0"


def test_nobody_reads_the_orm_past_us():
    ours = Path(desk.__file__).parent
    found = {
        file.relative_to(ours).as_posix()
        for file in ours.rglob("*.py")
        if "migrations" not in file.parts
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("from sqlalchemy.orm", "import sqlalchemy.orm"))
    }
    assert not found  # those for type checkers alone, and ours, stand further in

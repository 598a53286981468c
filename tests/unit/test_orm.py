"""The ORM is read beside the work of a window (desk.models.orm)."""

from __future__ import annotations

import ast
import re
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
        if "migrations" not in file.parts and file != ours / "models" / "orm.py"
        for text in [file.read_text(encoding="utf-8")]
        if "sqlalchemy" in text and "orm" in text and _reads_the_orm(ast.parse(text))
    }
    assert not found


def _reads_the_orm(part: ast.AST) -> bool:
    """Anywhere, within functions too, but where only type checkers look."""
    if isinstance(part, ast.If) and "TYPE_CHECKING" in ast.unparse(part.test):
        return any(map(_reads_the_orm, part.orelse))
    names = [part.module or ""] if isinstance(part, ast.ImportFrom) else []
    names += [f"{part.module}.{one.name}" for one in part.names] if isinstance(part, ast.ImportFrom) else []
    names += [one.name for one in part.names] if isinstance(part, ast.Import) else []
    return any(map(re.compile(r"sqlalchemy\.orm\b").match, names)) or any(
        map(_reads_the_orm, ast.iter_child_nodes(part))
    )

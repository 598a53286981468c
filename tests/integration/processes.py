"""Other programs on the same database: real processes, started together, stopped or killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import indent

OPEN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from desk.actions.start import open_office, prepare
from desk.clock import SetClock
from desk.config import Config
from desk.models.engine import Database

url, folder, *arguments = sys.argv[1:]
clock = SetClock(datetime(2026, 11, 24, 7, 42, tzinfo=UTC))

def ready():
    print("ready", flush=True)
    sys.stdin.readline()
"""
"""What every script begins with. ``ready()`` says so and waits until it may go on."""

LOAD = "import desk.actions.desk, desk.printing.slips, psycopg\n"

PATIENCE_SECONDS = 60


@contextmanager
def running(script: str, url: str, folder: object, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """A Python process doing ``script`` on the database; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", OPEN + script, url, str(folder), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    """The next line it prints; AssertionError with its traceback when it ended instead."""
    assert process.stdout is not None and process.stderr is not None
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return line.rstrip("\n")


def go(process: subprocess.Popen[str]) -> None:
    """Let a process that said "ready" go on."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


FORK = """
import multiprocessing

fork = multiprocessing.get_context("fork")
barrier = fork.Barrier(int(arguments[0]))

def ready():
    barrier.wait({patience})

def work(place):
{script}

processes = [fork.Process(target=work, args=(place,)) for place in range(int(arguments[0]))]
for process in processes:
    process.start()
for process in processes:
    process.join()
sys.exit(max(abs(process.exitcode) for process in processes))
"""
"""Loads the program once and forks before any database is opened: eight starts of Python took longer than the test."""


def together(count: int, script: str, url: str, folder: object) -> list[str]:
    """Let ``count`` processes do ``script`` (``place`` is 0, 1, …), at once from ``ready()`` on; what all print."""
    forked = FORK.format(patience=PATIENCE_SECONDS, script=indent(script.strip("\n"), "    "))
    with running(LOAD + forked, url, folder, count) as process:
        out, err = process.communicate(timeout=PATIENCE_SECONDS)
        assert process.returncode == 0, err
        return out.splitlines()

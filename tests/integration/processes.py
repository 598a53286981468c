"""Other programs on the same database: real processes, started together, stopped or killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},  # else lines would mix
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


COMMANDS = """
import gc, json, os, sys, tempfile, threading
from desk import cli

with tempfile.TemporaryDirectory() as folder:
    for arguments in (["ticket", "--service", "A"], ["db", "check"], ["zıpla"]):
        sys.argv = ["desk", *arguments, "--data-dir", folder]
        try:
            cli.main()
        except SystemExit:
            pass
assert threading.active_count() == 1
gc.freeze()
print("ready", flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    process = os.fork()
    if process == 0:
        for stream, name in enumerate((os.devnull, asked["out"], asked["err"])):
            os.dup2(os.open(name, os.O_RDONLY if stream == 0 else os.O_WRONLY), stream)
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["desk", *asked["arguments"]]
        cli.main()
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""
"""Reads the program by using it once, on a database that it closes again, and forks for each command: most of a start
is reading."""


class Commands:
    """``desk …`` in a process of its own, with its own exit code, a tenth of a second after it was asked for."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", COMMANDS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=folder,
        )
        while (said := self._line()) != "ready":
            assert said, "the process that forks has ended"

    def run(self, arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """The ended process. AssertionError when the one that forks is gone."""
        with tempfile.NamedTemporaryFile("r") as out, tempfile.NamedTemporaryFile("r") as err:
            asked = {"arguments": arguments, "environment": environment, "out": out.name, "err": err.name}
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            code = int(self._line())
            return subprocess.CompletedProcess(arguments, code, out.read(), err.read())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate()

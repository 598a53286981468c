"""Writing a list in a program of its own.

A hundred thousand rows keep an interpreter busy for half a minute, and a window in the same one would paint late all
that time; what is small is written at once. ``python -m desk.actions.exporting`` reads from its standard input what is
asked (an address of a database may hold a password, so it is on no command line) and answers line by line in JSON:
``rows`` read so far, then ``done`` or ``error``. Stopped, it leaves no half file.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from desk.actions.applications import data_of, export_list, export_open311, incoming_register, query_of
from desk.actions.context import Context
from desk.actor import Actor
from desk.clock import SetClock
from desk.errors import N_, Cancelled, DeskError, Fault, Stale, UserError
from desk.files import part_of
from desk.models.engine import Database
from desk.registry import worklists
from desk.registry.application_types import ListQuery

log = logging.getLogger(__name__)

SMALL = 1000
"""Rows that are written sooner than another program would have begun."""

_ERRORS: dict[str, type[DeskError]] = {one.__name__: one for one in (UserError, Stale, Fault)}


class Export:
    """One file that is being written. ``run`` belongs to a worker thread; ``stop`` and ``rows`` to any."""

    def __init__(self, ctx: Context, what: str, target: Path, listed: ListQuery, asked: Mapping[str, Any]) -> None:
        self._ctx, self._list = ctx, listed
        self._asked = {"what": what, "target": str(target), **asked}
        self.target, self.rows = target, 0
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def given(self) -> dict[str, Any]:
        """What the other program is asked, as JSON holds it."""
        ctx, actor = self._ctx, self._ctx.actor
        return {
            "database": ctx.db.url.render_as_string(hide_password=False),
            "actor": [actor.staff_id.hex, actor.terminal_id.hex, actor.site_id.hex],
            "folder": str(ctx.data_dir), "now": ctx.now().isoformat(), **self._asked,
        }  # fmt: skip

    def run(self) -> int:
        """How many rows were written. Raises what the work itself raises, Cancelled after ``stop``."""
        given = self.given()
        size = self._ctx.read(worklists.size, self._list, staff_id=self._ctx.actor.staff_id)
        if not size.more and size.count <= SMALL:
            return _written(self._ctx, given, lambda _: None)
        process = self._begin()
        answer: dict[str, Any] = {}
        other: list[str] = []
        try:
            assert process.stdin is not None and process.stdout is not None
            json.dump(given, process.stdin)
            process.stdin.close()
            for line in process.stdout:
                told = _told(line)
                self.rows = int(told.get("rows", self.rows))
                answer = told or answer
                if not told:
                    other.append(line)
        except BrokenPipeError:
            pass
        finally:
            self.stop_process(process)
        if "done" in answer:
            return int(answer["done"])
        if self._stopped:
            raise Cancelled
        if "error" in answer:
            raise _ERRORS[answer["error"]](answer["message"], **answer["params"])
        log.error("an export ended with %s: %s", process.returncode, "".join(other[-20:]))
        raise Fault(N_("Dosya yazılamadı; yeniden deneyiniz: {path}"), path=self.target.name)

    def _begin(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._stopped:
                raise Cancelled
            self._process = subprocess.Popen(
                [sys.executable, "-m", "desk.actions.exporting"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
            return self._process

    def stop(self) -> None:
        """Write no further. A file that is whole already stays."""
        with self._lock:
            self._stopped = True
            process = self._process
        if process is not None:
            process.terminate()

    def stop_process(self, process: subprocess.Popen[str]) -> None:
        """Its end, however it came, and nothing half written behind it."""
        if process.stdout is not None:
            process.stdout.close()
        process.wait()
        part_of(self.target, process.pid).unlink(missing_ok=True)


def _told(line: str) -> dict[str, Any]:
    """What a line says; nothing when it is none of ours (a warning of a library)."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def of_list(ctx: Context, query: ListQuery, target: Path) -> Export:
    """A list as CSV or XLSX (``applications.export_list``)."""
    return Export(ctx, "list", target, query, {"query": data_of(query)})


def of_period(ctx: Context, what: str, first: date, last: date, target: Path) -> Export:
    """ "open311" or "incoming" of a period (``export_open311``, ``incoming_register``)."""
    every = ListQuery(open_only=False, received_from=first, received_to=last)
    return Export(ctx, what, target, every, {"first": first.isoformat(), "last": last.isoformat()})


def main(given: Mapping[str, Any], tell: Callable[[dict[str, Any]], None]) -> None:
    """Do what is asked and tell it."""
    db = Database(given["database"], SetClock(datetime.fromisoformat(given["now"]), running=True))
    try:
        staff, terminal, site = (UUID(hex=one) for one in given["actor"])
        ctx = Context(db, Actor(staff, terminal, site), Path(given["folder"]))
        tell({"done": _written(ctx, given, tell)})
    except DeskError as error:
        kind = next(one for one in type(error).__mro__ if one.__name__ in _ERRORS)
        params = {name: value if isinstance(value, int) else str(value) for name, value in error.params.items()}
        tell({"error": kind.__name__, "message": error.message, "params": params})
    finally:
        db.close()


def _written(ctx: Context, given: Mapping[str, Any], tell: Callable[[dict[str, Any]], None]) -> int:
    target = Path(given["target"])
    if given["what"] == "list":
        return export_list(ctx, query_of(given["query"]), target, progress=lambda rows: tell({"rows": rows}))
    first, last = date.fromisoformat(given["first"]), date.fromisoformat(given["last"])
    return {"open311": export_open311, "incoming": incoming_register}[given["what"]](ctx, first, last, target)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # windows come first
    main(json.load(sys.stdin), lambda line: print(json.dumps(line), flush=True))

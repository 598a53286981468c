"""Everything but the windows imports where the modules of Unix are missing."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import importlib, pkgutil, sys
for missing in ("fcntl", "termios", "tty", "pty", "pwd", "grp", "resource"):
    sys.modules[missing] = None
import desk
apart = ("desk.ui", "desk.tour", "desk.bench", "desk.__main__", "desk.models.migrations")
for found in pkgutil.walk_packages(desk.__path__, "desk."):
    if not found.name.startswith(apart):
        importlib.import_module(found.name)
        print(found.name)
"""


def test_nothing_below_the_windows_needs_unix_to_be_imported() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert {"desk.app", "desk.cli", "desk.printing.transports", "desk.models.changes"} <= set(done.stdout.split())

"""What a window reads before it shows its data (docs/architecture.md, "Start")."""

import json
import os
import subprocess
import sys
import time

import pytest

from desk.actions import start
from desk.config import Config

HEAVY = ("sqlalchemy.orm", "sqlalchemy.dialects.postgresql", "reportlab", "asyncio", "desk.actions.desk")
"""Reading each of them takes longer than a person should wait for it before the first look."""


@pytest.mark.parametrize("role", ["staff", "kiosk", "hall"])
def test_a_window_shows_its_data_before_anything_heavy_is_read(role, tmp_path):
    start.open_office(Config(data_dir=tmp_path), "desk").db.close()  # filling an empty database is another matter
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "desk.bench.ui_child", role, str(tmp_path), "0"],
        env=os.environ | {"BEGUN": str(time.time())},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    read = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines() if line.startswith("import time:")}
    assert json.loads(told.stdout)["usable"] and "sqlalchemy" in read
    assert not read.intersection(HEAVY)

"""Opens the sample office at every hour: the kiosk gives numbers whenever the tests run."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

if __name__ == "__main__":
    with closing(sqlite3.connect(Path(os.environ["E2E_DATA"]) / "danisma.db")) as database, database:
        for (site,) in database.execute("SELECT id FROM site").fetchall():
            database.execute("DELETE FROM opening_hours WHERE site_id = ?", (site,))
            database.executemany(
                "INSERT INTO opening_hours (site_id, weekday, opens, closes) VALUES (?, ?, 0, 1440)",
                [(site, weekday) for weekday in range(7)],
            )
        database.execute("DELETE FROM service_hours")

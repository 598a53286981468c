"""``desk bench registry``: registering, opening, searching and listing over a million applications, on both engines.

Every figure stands beside its raw limit: the same work by bare statements of the driver, taken in turn in one loop.
Medians and p95 of many times; the machine may be shared. The files of the database are read into memory before each
row: what is measured is the day's work, not the first look of a morning at a disk.
"""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import make_url, select, text

from desk.actions import imports, records
from desk.actions.applications import export_list, export_open311, list_beginning, work_list
from desk.actions.context import Context
from desk.actions.simulation.application_rows import YEARS
from desk.actions.simulation.papers import FIRST_NAMES, SURNAMES
from desk.actor import Actor
from desk.bench import registry_place
from desk.bench.as_in_use import collector_waits, read_in
from desk.models.engine import Database
from desk.models.site import Staff, Terminal
from desk.registry import named
from desk.registry.application_types import ApplicationKind, ApplicationRequest, ListQuery, Order, Urgency
from desk.registry.types import ApplicationState, Channel, PersonInput
from desk.text import number

COUNT, QUICK = 1_000_000, 50_000
IMPORT_ROWS = 20_000
SCROLL_ROWS, QUICK_SCROLL_ROWS = 100_000, 5_000
OUT_ROWS = 100_000
TIMES = 200


@dataclass(frozen=True, slots=True)
class Limit:
    key: str
    name: str
    most: float
    unit: str


LIMITS = (
    Limit("register_ms", "Kayıt (p95)", 10, "ms"),
    Limit("open_ms", "Numarayla açma (p95)", 5, "ms"),
    Limit("search_ms", "Ad veya metin arama (p95)", 30, "ms"),
    Limit("list_ms", "Birim iş listesi, ilk sayfa (p95)", 20, "ms"),
    Limit("filter_ms", "Süzgeç, ilk sayfa ve sayı (p95)", 100, "ms"),
    Limit("import_s", "20.000 satır içe aktarma", 30, "sn"),
    Limit("scroll_paint_ms", "Kaydırma: bir boyama (p95)", 16, "ms"),
    Limit("scroll_gap_ms", "Kaydırma: en uzun duraksama", 50, "ms"),
    Limit("scroll_export_gap_ms", "Dışa aktarırken en uzun duraksama", 50, "ms"),
)
ENGINES = ("sqlite", "postgresql")
OUT = {"csv": "CSV", "xlsx": "XLSX", "open311": "Open311"}


def run(
    quick: bool, database: str = "", progress: Callable[[str], None] = lambda _: None, *,
    keep: Path | None = None, engines: tuple[str, ...] = ENGINES,
) -> dict[str, float]:  # fmt: skip
    """Measure on ``engines`` in folders of their own, or on the empty database of ``database`` alone.

    The filled databases of the folder ``keep`` stay there, and the next time nothing has to be filled.
    """
    count = QUICK if quick else COUNT
    figures: dict[str, float] = {"applications": count}
    if database:
        engine = make_url(database).get_backend_name()
        progress(f"{engine}: {number(count)} başvuru yazılıyor")
        figures[f"{engine}_fill_s"] = registry_place.fill_here(database, count)
        return figures | _measured(engine, database, quick, progress)
    with registry_place.places(engines, keep) as places:
        progress(f"{number(count)} başvuru yazılıyor")
        figures |= {f"{engine}_fill_s": took for engine, took in registry_place.fill(places, count).items()}
        for engine, place in places.items():
            figures |= _measured(engine, place.url, quick, progress)
    return figures


def _measured(engine: str, url: str, quick: bool, progress: Callable[[str], None]) -> dict[str, float]:
    progress(f"{engine}: ölçülüyor")
    db = Database(url)
    folder = Path(tempfile.mkdtemp(prefix="danisma-b-"))
    found: dict[str, float] = {}
    try:
        bench = _Bench(engine, _context(db, folder), QUICK if quick else COUNT, TIMES // 4 if quick else TIMES)
        for step in (
            bench.register,
            bench.opening,
            bench.search,
            bench.lists,
            bench.filters,
            bench.importing,
            bench.going_out,
        ):
            found[f"{engine}_read_in_gb"] = read_in(db)
            with collector_waits():
                found |= step()
    finally:
        db.close()
    try:
        return found | _scrolled(engine, url, folder, QUICK_SCROLL_ROWS if quick else SCROLL_ROWS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _scrolled(engine: str, url: str, folder: Path, rows: int) -> dict[str, float]:
    """In a program of its own: what a person's hands meet does not share its interpreter with this one."""
    arguments = [sys.executable, "-m", "desk.bench.registry_scroll", url, str(folder), str(rows)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=900)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return {f"{engine}_scroll_{key}": float(value) for key, value in told.items()}


def _context(db: Database, folder: Path) -> Context:
    with db.read() as session:
        terminal = session.execute(select(Terminal).where(Terminal.role == "desk")).scalars().first()
        assert terminal is not None
        staff = session.execute(select(Staff.id).where(Staff.code == "evrak1")).scalar_one()
        return Context(db, Actor(staff, terminal.id, terminal.site_id), folder)


class _Bench:
    def __init__(self, engine: str, ctx: Context, count: int, times: int) -> None:
        self.engine, self.ctx, self.count, self.times = engine, ctx, count, times
        self.chance = random.Random(7)
        with ctx.db.read() as session:
            self.known = session.execute(
                text("SELECT record_number FROM application WHERE serial % :step = 1 LIMIT 5000"),
                {"step": max(count // 5 // 1000, 2)},
            ).scalars().all()  # fmt: skip

    def _named(self, key: str, ours: list[float], raw: list[float]) -> dict[str, float]:
        return {
            f"{self.engine}_{key}_ms": _p95(ours),
            f"{self.engine}_{key}_median_ms": statistics.median(ours),
            f"{self.engine}_{key}_raw_ms": _p95(raw),
        }

    def register(self) -> dict[str, float]:
        """A whole registration with its receipt; raw: one short row, committed."""
        ours, raw = [], []
        names = FIRST_NAMES
        for _ in range(self.times):
            sender = PersonInput(name=f"{self.chance.choice(names)} Ölçüm", phone="0532 123 45 67")
            request = ApplicationRequest(
                key=str(uuid4()), channel=Channel.PHONE, sender=sender, subject="Ölçüm için kaldırım onarımı",
                subject_code="kaldirim", fields={"line": "153"},
            )  # fmt: skip
            ours.append(_timed(lambda request=request: records.register(self.ctx, request)))  # type: ignore[misc]
            raw.append(_timed(self._bare_row))
        return self._named("register", ours, raw)

    def _bare_row(self) -> None:
        with self.ctx.db.write() as session:
            session.execute(
                text("INSERT INTO number_series (site_id, series, period, last) VALUES (:s, :n, '', 1)"),
                {"s": _key(self.engine, self.ctx), "n": f"bench:{uuid4()}"},
            )

    def opening(self) -> dict[str, float]:
        """By record number, with person, history and files; raw: the row by its number."""
        ours, raw = [], []
        for _ in range(self.times):
            wanted = self.chance.choice(self.known)
            ours.append(_timed(lambda wanted=wanted: self._open(wanted)))  # type: ignore[misc]
            year, serial = (int(part) for part in wanted.split("/"))
            raw.append(_timed(lambda year=year, serial=serial: self._raw(  # type: ignore[misc]
                "SELECT * FROM application WHERE site_id = :site AND year = :year AND serial = :serial",
                year=year, serial=serial,
            )))  # fmt: skip
        return self._named("open", ours, raw)

    def _open(self, wanted: str) -> None:
        from desk.registry import cases

        with self.ctx.db.read() as session:
            scope = self._scope(session)
            cases.detail(session, scope, named.by_scan(session, scope, wanted))

    def _scope(self, session: Any) -> Any:
        from desk.models import work

        return work.scope(session, self.ctx.actor.site_id, self.ctx.db.now())

    def search(self) -> dict[str, float]:
        """Names, parts of names, words, phones, two letters; raw: one row by its key (the cost of asking at all).

        Between two rounds something is written, as it is at a desk: SQLite then throws away what it had read.
        """
        words = [
            "ayşe", "gülşah örnek", "örnekoğlu", "ışıl", "numune", "kaldırım", "ihlamur sk", "çöp kont", "yaralı hay",
            "veli benzetim", "öz", "um", "asfalt", "lale sk 77", "ahmet zeynep taslak", "yokböylebirşey", "5321234",
            "budama söğüt", "çukur 199", "mustafa sanal imar",
        ]  # fmt: skip
        ours, raw = [], []
        for place in range(self.times):
            word = words[place % len(words)]
            if place % len(words) == 0:
                self._bare_row()
            query = ListQuery(text=word, open_only=False)
            ours.append(_timed(lambda query=query: work_list(self.ctx, query, "", 50)))  # type: ignore[misc]
            raw.append(_timed(lambda: self._raw("SELECT doc FROM application_search WHERE doc = 1")))
        return self._named("search", ours, raw)

    def lists(self) -> dict[str, float]:
        """The first page of a unit's open records, by what is due and by urgency; raw: as many of one urgency by the
        index."""
        ours, raw = [], []
        units = ("fen", "zabita", "temizlik", "mali", "veteriner", "park")
        for place in range(self.times):
            order = Order.URGENCY if place % 3 == 0 else Order.DUE
            query = ListQuery(unit_code=units[place % len(units)], order=order)
            ours.append(_timed(lambda query=query: work_list(self.ctx, query, "", 100)))  # type: ignore[misc]
            raw.append(_timed(lambda place=place: self._raw(  # type: ignore[misc]
                "SELECT * FROM application WHERE site_id = :site AND open IS TRUE AND unit_id = "
                "(SELECT id FROM unit WHERE code = :code LIMIT 1) AND urgency = 'normal' ORDER BY due_on, id LIMIT 100",
                code=units[place % len(units)],
            )))  # fmt: skip
        return self._named("list", ours, raw)

    def filters(self) -> dict[str, float]:
        """The first page and the size of a list that no index holds, as the window asks for both.

        What is common and what does not exist, among all records and among the open ones; raw: one row by its key.
        """
        today = self.ctx.now().date()
        every = ListQuery(open_only=False)
        queries = (
            replace(every, channel=Channel.CIMER), replace(every, channel=Channel.KEP),
            replace(every, kind=ApplicationKind.INFORMATION), replace(every, neighbourhood_code="fatih"),
            replace(every, state=ApplicationState.WITHDRAWN), replace(every, urgency=Urgency.URGENT, unit_code="fen"),
            replace(every, received_from=today - timedelta(days=700), received_to=today - timedelta(days=670)),
            replace(every, received_from=today - timedelta(days=400), channel=Channel.KEP),
            replace(every, state=ApplicationState.IN_PROGRESS), ListQuery(channel=Channel.KEP),
            ListQuery(neighbourhood_code="fatih"), ListQuery(received_from=today - timedelta(days=7)),
        )  # fmt: skip
        ours, raw = [], []
        for place in range(self.times):
            query = queries[place % len(queries)]
            ours.append(_timed(lambda query=query: list_beginning(self.ctx, query)))  # type: ignore[misc]
            raw.append(_timed(lambda: self._raw("SELECT doc FROM application_search WHERE doc = 1")))
        slow = max(range(len(queries)), key=lambda one: _p95(ours[one :: len(queries)]))
        return self._named("filter", ours, raw) | {f"{self.engine}_filter_slowest": float(slow)}

    def importing(self) -> dict[str, float]:
        """Reading, checking and writing a CİMER list; the longest any chunk keeps others waiting stands beside."""
        path = self.ctx.data_dir / "cimer.csv"
        path.write_bytes(_cimer_list(IMPORT_ROWS, self.chance, int(time.time()) % 1_000_000))
        ticks: list[float] = []
        begin = time.perf_counter()
        preview = imports.look(self.ctx, "cimer", path)
        read = time.perf_counter() - begin
        ticks.append(time.perf_counter())
        taken = imports.take(self.ctx, preview, progress=lambda *_: ticks.append(time.perf_counter()))
        total = time.perf_counter() - begin
        assert taken.created == IMPORT_ROWS, taken
        longest = max(b - a for a, b in pairwise(ticks))
        begin = time.perf_counter()
        assert imports.undo(self.ctx, taken.id) == IMPORT_ROWS  # a kept database is measured again as it was
        return {
            f"{self.engine}_import_undo_s": time.perf_counter() - begin,
            f"{self.engine}_import_s": total,
            f"{self.engine}_import_read_s": read,
            f"{self.engine}_import_chunk_s": longest,
        }

    def going_out(self) -> dict[str, float]:
        """A list of some hundred thousand rows as CSV and XLSX, the same period as Open311: seconds in their thread."""
        last = self.ctx.now().date()
        first = last - timedelta(days=YEARS * 365 * min(OUT_ROWS, self.count) // self.count)
        query = ListQuery(open_only=False, received_from=first)
        found: dict[str, float] = {}
        for form in ("csv", "xlsx"):
            begin = time.perf_counter()
            found[f"{self.engine}_out_rows"] = float(export_list(self.ctx, query, self.ctx.data_dir / f"liste.{form}"))
            found[f"{self.engine}_{form}_s"] = time.perf_counter() - begin
        begin = time.perf_counter()
        export_open311(self.ctx, first, last, self.ctx.data_dir / "open311.json")
        return found | {f"{self.engine}_open311_s": time.perf_counter() - begin}

    def _raw(self, statement: str, **given: Any) -> None:
        with self.ctx.db.read() as session:
            asked = given | ({"site": _key(self.engine, self.ctx)} if ":site" in statement else {})
            session.execute(text(statement), asked).all()


def _key(engine: str, ctx: Context) -> Any:
    return ctx.actor.site_id if engine == "postgresql" else ctx.actor.site_id.bytes


def _cimer_list(rows: int, chance: random.Random, series: int) -> bytes:
    """A list whose numbers begin with ``series``: a database that is measured again does not know them yet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Başvuru Sayısı", "Başvuru Tarihi", "Ad Soyad", "Telefon", "Mahalle", "Konu", "Metin", "Birim"])
    for place in range(rows):
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"
        phone = f"0532{chance.randrange(10_000_000):07d}"
        day = f"{chance.randint(1, 28):02d}.{chance.randint(1, 6):02d}.2026 10:{place % 60:02d}"
        words = "Sokağımızdaki kaldırım taşları kırık, onarılmasını rica ederim."
        writer.writerow(
            [f"{series:06d}{place:06d}", day, name, phone, "Fatih Mah.", "Kaldırım onarımı", words, "Fen İşleri"]
        )
    return out.getvalue().encode("cp1254")


def _timed(done: Callable[[], Any]) -> float:
    """Milliseconds of one call."""
    begin = time.perf_counter()
    done()
    return (time.perf_counter() - begin) * 1000


def _p95(values: list[float]) -> float:
    return sorted(values)[max(round(len(values) * 0.95) - 1, 0)]


def reached(figures: dict[str, float]) -> bool:
    """Whether every limit is kept on every engine that was measured."""
    return all(figures[f"{engine}_{limit.key}"] <= limit.most for engine in measured(figures) for limit in LIMITS)


def measured(figures: dict[str, float]) -> list[str]:
    return [engine for engine in ENGINES if f"{engine}_register_ms" in figures]


def table(figures: dict[str, float]) -> str:
    """what | measured | raw | ratio | limit | reached, an engine after the other."""
    lines = [f"{number(figures['applications'])} başvuru"]
    for engine in measured(figures):
        lines.append("")
        lines.append(f"{engine:<38}{'ölçülen':>12}{'ham':>12}{'oran':>8}  sınır")
        for limit in LIMITS:
            value = figures[f"{engine}_{limit.key}"]
            raw = figures.get(f"{engine}_{limit.key.removesuffix('_ms')}_raw_ms")
            bare = f"{number(raw, 2)} {limit.unit}" if raw is not None else "–"
            ratio = number(value / raw, 1) if raw else "–"
            word = "ulaşıldı" if value <= limit.most else "ULAŞILMADI"
            most = f"en çok {number(limit.most)} {limit.unit}"
            lines.append(
                f"{limit.name:<38}{number(value, 2) + ' ' + limit.unit:>12}{bare:>12}{ratio:>8}  {most:<14} {word}"
            )
        read = number(figures[f"{engine}_read_in_gb"], 1)
        lines.append(f"Her ölçümden önce veri tabanı belleğe okundu: {read} GB (günün ilk saatinden sonraki hâl)")
        chunk = figures[f"{engine}_import_chunk_s"]
        lines.append(
            f"Doldurma {number(figures[f'{engine}_fill_s'], 0)} sn; içe aktarmada en uzun parça {number(chunk, 2)} sn; "
            f"{number(figures[f'{engine}_scroll_rows'])} satır kaydırma "
            f"{number(figures[f'{engine}_scroll_seconds'], 0)} sn"
        )
        taken = (f"{name} {number(figures[f'{engine}_{key}_s'], 0)} sn" for key, name in OUT.items())
        lines.append(f"Dışa aktarma, {number(figures[f'{engine}_out_rows'])} satır: {', '.join(taken)}")
    return "\n".join(lines)

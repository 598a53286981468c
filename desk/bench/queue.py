"""``desk bench queue``: is the queue right and quick under load? Every figure beside what the bare engine can do."""

from __future__ import annotations

import math
import os
import signal
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from desk.actions import counter, look
from desk.actions.context import Context
from desk.actions.counter import call_next
from desk.actions.desk import VisitRequest, register_visit
from desk.bench import queue_issue, queue_raw, queue_server
from desk.bench.as_in_use import collector_waits
from desk.bench.queue_work import (
    FORK,
    SERVICE,
    Done,
    call_paced,
    issue_flat_out,
    issue_paced,
    issue_until_killed,
    show_hall,
)
from desk.bench.queue_work import opened as office
from desk.models.ticket import Ticket

Figures = dict[str, Any]

LIMITS: dict[str, tuple[str, float]] = {
    "issue_p50_ratio": ("<=", 2.0),
    "load_p99_ms": ("<=", 15.0),
    "duplicates": ("<=", 0),
    "gaps": ("<=", 0),
    "errors": ("<=", 0),
    "pg_ratio": (">=", 0.5),
    "pg_duplicates": ("<=", 0),
    "pg_gaps": ("<=", 0),
    "pg_errors": ("<=", 0),
    "call_p99_ms": ("<=", 10.0),
    "called_twice": ("<=", 0),
    "call_errors": ("<=", 0),
    "repaint_p95_ms_sqlite": ("<=", 60.0),
    "repaint_p95_ms_postgresql": ("<=", 25.0),
    "repaint_missing": ("<=", 0),
    "forecast_ms": ("<=", 5.0),
    "lost": ("<=", 0),
    "killed_duplicates": ("<=", 0),
    "killed_gaps": ("<=", 0),
    "issue_same_rows": (">=", 1),
}
"""What must be reached (issue: figures). What could not be measured (no PostgreSQL here) is None and said so."""

PROCESSES = 8
PER_SECOND = 18.0
CALL_PAUSE = 1.3
"""Seconds a counter waits on average between two visitors: with eight of them six calls a second, and a start and a
finish for each: as many transactions as the 18 numbers above. A hall at its busiest calls once in ten seconds."""


def run(quick: bool, db: str | None) -> Figures:
    """All figures. ``db``: the PostgreSQL server to measure on; without one the wheel's own, when it is there."""
    figures: Figures = {"quick": quick, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    with tempfile.TemporaryDirectory(prefix="danisma-bench-") as name, queue_server.server(db) as server:
        folder = Path(name)
        figures |= _issue(folder, 120 if quick else 1000)
        figures |= _forecast(folder)
        figures |= _load(folder, 2.0 if quick else 20.0)
        figures |= _call(folder, 500 if quick else 5000, 2 if quick else 40)
        figures |= _killed(folder, 4 if quick else 200)
        figures |= _repaint(folder, None, 3 if quick else 40)
        figures |= _postgresql(server, folder, 1.0 if quick else 10.0, 1 if quick else 2)
        if server is not None:
            figures |= _repaint(folder, server, 3 if quick else 40)
        missing = [figures[name] for name in figures if name.endswith("_missing")]
        figures["repaint_missing"] = sum(missing)
    return figures


def reached(figures: Figures) -> bool:
    """Whether everything that was measured holds."""
    return all(figures.get(name) is None or _holds(name, figures[name]) for name in LIMITS)


def _holds(name: str, value: float) -> bool:
    sign, limit = LIMITS[name]
    return value <= limit if sign == "<=" else value >= limit


# --- each figure


def _issue(folder: Path, numbers: int) -> Figures:
    place = folder / "issue"
    place.mkdir()
    ctx = office(queue_server.filled(f"sqlite:///{place / 'danisma.db'}"), str(place))
    with collector_waits():  # as in every window of the program
        cost = queue_issue.measure(ctx, place, numbers)
    ctx.db.close()
    return {
        "issue_p50_ratio": cost.ratio,
        "issue_p50_ms": cost.ours,
        "issue_raw_p50_ms": cost.raw,
        "issue_raw_p99_ms": cost.raw_p99,
        "issue_forecast_p50_ms": cost.forecast,
        "issue_rows": cost.rows,
        "issue_same_rows": cost.same,
    }


def _forecast(folder: Path) -> Figures:
    """One forecast with 100 waiting and four counters at work: the queue is read and played anew each time, what moves
    slowly (records, rosters) is read once a minute and told apart."""
    from desk.queue import present

    place = folder / "forecast"
    place.mkdir()
    ctx = office(queue_server.filled(f"sqlite:///{place / 'danisma.db'}"), str(place))
    served = 36  # enough of today to tell something
    _crowd(ctx, 104 + served)
    for turn in range(served + 4):
        called = call_next(ctx, 1 + turn % 4)
        assert called is not None
        counter.start(ctx, called.ticket_id)
        if turn < served:
            counter.finish(ctx, called.ticket_id)
    offer_id = _seen(ctx).offer.id
    present.forget()
    took = {}
    for name, forget, times in (("forecast_ms", present.forget_moment, 40), ("forecast_first_ms", present.forget, 10)):
        seconds = []
        for _ in range(times):
            scope = _seen(ctx).scope
            forget()
            begun = time.perf_counter()
            look._promise(ctx, scope, offer_id, False)
            seconds.append(time.perf_counter() - begun)
        took[name] = statistics.median(seconds) * 1000
    ctx.db.close()
    return took


def _seen(ctx: Context) -> look.Seen:
    with ctx.db.connect() as connection:
        return look.look(ctx, connection, "", SERVICE, False)


def _crowd(ctx: Context, count: int) -> None:
    """So many who wait, in groups."""
    for group in range(0, count, 50):
        numbers = min(50, count - group)
        register_visit(ctx, VisitRequest(f"crowd-{group}", SERVICE, persons=numbers, numbers=numbers))


def _load(folder: Path, seconds: float) -> Figures:
    place = folder / "load"
    place.mkdir()
    url = queue_server.filled(f"sqlite:///{place / 'danisma.db'}")
    done = _together(issue_paced, url, place, PER_SECOND / PROCESSES, seconds)
    took = [second for one in done for second in one.seconds]
    duplicates, gaps = _numbers(url, place)
    return {
        "load_p99_ms": _quantile(took, 0.99) * 1000,
        "load_p99_without_forecast_ms": _quantile(
            [whole - apart for one in done for whole, apart in zip(one.seconds, one.forecasts, strict=True)], 0.99
        )
        * 1000,
        "load_p50_ms": statistics.median(took) * 1000,
        "load_count": len(took),
        "duplicates": duplicates,
        "gaps": gaps,
        "errors": sum(len(one.errors) for one in done),
    }


def _call(folder: Path, waiting: int, calls: int) -> Figures:
    place = folder / "call"
    place.mkdir()
    url = queue_server.filled(f"sqlite:///{place / 'danisma.db'}")
    ctx = office(url, str(place))
    _crowd(ctx, waiting)
    raw = queue_raw.call_next(ctx, 60)
    ctx.db.close()
    done = _together(call_paced, url, place, calls, CALL_PAUSE, first=1)
    seconds = max(one.lasted for one in done)
    took = [second for one in done for second in one.seconds]
    numbers = Counter(number for one in done for number in one.numbers)
    return {
        "call_p99_ms": _quantile(took, 0.99) * 1000,
        "call_p50_ms": statistics.median(took) * 1000,
        "call_raw_p50_ms": raw * 1000,
        "call_waiting": waiting,
        "call_count": len(took),
        "call_per_second": len(took) / seconds,
        "called_twice": sum(1 for count in numbers.values() if count > 1),
        "call_errors": sum(len(one.errors) for one in done),
    }


def _killed(folder: Path, kills: int) -> Figures:
    """Two at a time give numbers and tell them; each is ended by kill -9 at a moment nobody chose."""
    import random

    place = folder / "killed"
    place.mkdir()
    url = queue_server.filled(f"sqlite:///{place / 'danisma.db'}")
    chance, told, pairs = random.Random(1), [], kills // 2
    for pair in range(pairs):
        running = []
        for side in range(2):
            ours, theirs = FORK.Pipe(duplex=False)
            process = FORK.Process(target=issue_until_killed, args=(url, str(place), f"{pair}-{side}", theirs))
            process.start()
            theirs.close()
            running.append((process, ours))
        for process, ours in running:
            first = os.read(ours.fileno(), 65536).decode()  # it has begun to tell
            time.sleep(chance.uniform(0.0, 0.03))
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            rest = _all_of(ours.fileno())
            told += [line for line in (first + rest).split("\n")[:-1] if line]
            ours.close()
    ctx = office(url, str(place))
    with ctx.db.read() as session:
        kept = Counter(session.execute(select(Ticket.number)).scalars())
    ctx.db.close()
    duplicates, gaps = _numbers(url, place)
    return {
        "kills": 2 * pairs,
        "acknowledged": len(told),
        "lost": sum(1 for number in told if number not in kept),
        "killed_duplicates": duplicates + sum(1 for count in Counter(told).values() if count > 1),
        "killed_gaps": gaps,
    }


def _all_of(descriptor: int) -> str:
    found = b""
    while piece := os.read(descriptor, 65536):
        found += piece
    return found.decode()


def _repaint(folder: Path, server: str | None, calls: int) -> Figures:
    """From the press at a counter to the paint of the hall's window in another process."""
    name = "repaint_p95_ms_sqlite" if server is None else "repaint_p95_ms_postgresql"
    place = folder / name
    place.mkdir(exist_ok=True)
    if server is None:
        url = queue_server.filled(f"sqlite:///{place / 'danisma.db'}")
    else:
        url = queue_server.new_database(server, "danisma_bench_hall")
    ctx = office(url, str(place))
    _crowd(ctx, calls + 2)
    _serve_one(ctx)  # a counter's first call of a morning reads its own code
    ours, theirs = FORK.Pipe(duplex=False)
    hall = FORK.Process(target=show_hall, args=(url, str(place), theirs))
    hall.start()
    times = []
    try:
        if not _is_ready(ours):
            return {name: math.inf, f"{name}_missing": calls}
        for call in range(calls):
            time.sleep(0.7 if call else 0.0)
            times.append(_called_and_shown(ctx, ours))
    finally:
        hall.kill()
        hall.join()
        ctx.db.close()
    return {
        name: _quantile([math.inf if one is None else one for one in times], 0.95) * 1000,
        f"{name}_missing": times.count(None),
    }


def _is_ready(hall: Any) -> bool:
    """Whether the hall stands; the call it found when it began is painted before."""
    while hall.poll(60):
        if hall.recv()[0] == "ready":
            return True
    return False


def _called_and_shown(ctx: Context, hall: Any) -> float | None:
    begun = time.monotonic()
    called = call_next(ctx, 1)
    assert called is not None
    shown = None
    while hall.poll(5):
        number, at = hall.recv()
        if number == called.number:
            shown = at - begun
            break
    counter.start(ctx, called.ticket_id)
    counter.finish(ctx, called.ticket_id)
    return shown


def _serve_one(ctx: Context) -> None:
    called = call_next(ctx, 1)
    assert called is not None
    counter.start(ctx, called.ticket_id)
    counter.finish(ctx, called.ticket_id)


def _postgresql(server: str | None, folder: Path, seconds: float, turns: int) -> Figures:
    if server is None:
        return {"pg_ratio": None}
    place = folder / "postgresql"
    place.mkdir()
    url = queue_server.new_database(server, "danisma_bench")
    raw_url = queue_server.new_database(server, "danisma_bench_raw")
    rows = queue_raw.rows_of_one(office(raw_url, str(place)))
    shares = []
    for _ in range(turns):  # in turn, so that whatever else the machine does falls on both
        ours = _together(issue_flat_out, url, place, seconds / turns)
        raw = _together(queue_raw.write_flat_out, raw_url, rows, seconds / turns)
        shares.append((sum(len(one.numbers) for one in ours), sum(len(one.numbers) for one in raw), ours))
    given, written = sum(one[0] for one in shares), sum(one[1] for one in shares)
    duplicates, gaps = _numbers(url, place)
    return {
        "pg_ratio": given / written,
        "pg_per_second": given / seconds,
        "pg_raw_per_second": written / seconds,
        "pg_duplicates": duplicates,
        "pg_gaps": gaps,
        "pg_errors": sum(len(one.errors) for _, _, ours in shares for one in ours),
    }


# --- what they share


def _together(work: Callable[..., None], url: str, folder: Any, *more: Any, first: int = 0) -> list[Done]:
    """Eight processes at once, from one moment on."""
    begin = FORK.Barrier(PROCESSES)
    running = []
    for place in range(first, first + PROCESSES):
        ours, theirs = FORK.Pipe(duplex=False)
        given = folder if isinstance(folder, dict) else str(folder)
        process = FORK.Process(target=work, args=(url, given, place, *more, begin, theirs))
        process.start()
        theirs.close()
        running.append((process, ours))
    done = []
    for process, ours in running:
        try:
            done.append(ours.recv())
        except EOFError:
            done.append(Done([], [], ["a process ended"]))
        process.join()
    return done


def _numbers(url: str, folder: Path) -> tuple[int, int]:
    """Numbers given twice, and serials missing."""
    ctx = office(url, str(folder))
    with ctx.db.read() as session:
        count, distinct, last = session.execute(
            select(func.count(), func.count(Ticket.serial.distinct()), func.max(Ticket.serial)).where(
                Ticket.series == "V"
            )
        ).one()
    ctx.db.close()
    return count - distinct, (last or 0) - distinct


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.inf


# --- the table

_ROWS: tuple[tuple[str, str, str], ...] = (
    ("numara verme p50, SQLite FULL, ham yazmanın katı", "issue_p50_ratio", "issue_raw_p50_ms"),
    ("8 program, saniyede 18 numara, p99 ms", "load_p99_ms", "issue_raw_p99_ms"),
    ("  iki kez verilen numara", "duplicates", ""),
    ("  atlanan numara", "gaps", ""),
    ("  hata", "errors", ""),
    ("numara verme, PostgreSQL, 8 program, ham yazmanın payı", "pg_ratio", "pg_raw_per_second"),
    ("  iki kez verilen numara", "pg_duplicates", ""),
    ("  atlanan numara", "pg_gaps", ""),
    ("  hata", "pg_errors", ""),
    ("sıradakini çağırma, 8 banko, p99 ms (yük aşağıda)", "call_p99_ms", "call_raw_p50_ms"),
    ("  iki kez çağrılan numara", "called_twice", ""),
    ("  hata", "call_errors", ""),
    ("çağrıdan salon ekranına p95 ms, SQLite", "repaint_p95_ms_sqlite", ""),
    ("çağrıdan salon ekranına p95 ms, PostgreSQL", "repaint_p95_ms_postgresql", ""),
    ("  gösterilmeyen çağrı", "repaint_missing", ""),
    ("bekleme tahmini, 100 bekleyen, ms", "forecast_ms", ""),
    ("kill -9: söylenmiş olup kaybolan numara", "lost", ""),
    ("  iki kez verilen numara", "killed_duplicates", ""),
    ("  atlanan numara", "killed_gaps", ""),
    ("yazılan satırlar iki yanda aynı (1: evet)", "issue_same_rows", ""),
)


def table(figures: Figures) -> str:
    """For people: what, measured, raw limit, what must be reached, whether it is."""
    lines = [f"{'ne':58} {'ölçülen':>10} {'ham':>10} {'sınır':>9}  tuttu mu"]
    for title, name, raw in _ROWS:
        value, (sign, limit) = figures.get(name), LIMITS[name]
        bare = f"{figures[raw]:.2f}" if raw and figures.get(raw) is not None else ""
        said = "ölçülmedi" if value is None else ("evet" if _holds(name, value) else "HAYIR")
        shown = "" if value is None else f"{float(value):.2f}".removesuffix(".00")
        lines.append(f"{title:58} {shown:>10} {bare:>10} {sign:>3} {limit:<5g}  {said}")
    lines.append("")
    lines.append(f"Yazılan satırlar (iki yanda aynı): {queue_issue.rows_in_words(figures['issue_rows'])}")
    lines.append(
        f"Numara verme {figures['issue_p50_ms']:.2f} ms, ham {figures['issue_raw_p50_ms']:.2f} ms; "
        f"ayrıca tahmin {figures['issue_forecast_p50_ms']:.2f} ms. "
        f"Kayıtları ve vardiyaları dakikada bir yanda okur; bir program ilk kez okurken: "
        f"{figures['forecast_first_ms']:.2f} ms."
    )
    lines.append(
        f"8 programda p50 {figures['load_p50_ms']:.2f} ms; tahmin sayılmazsa p99 "
        f"{figures['load_p99_without_forecast_ms']:.2f} ms. PostgreSQL satırı tahminsizdir."
    )
    lines.append(
        f"Çağırma: {figures['call_waiting']} bekleyen, 8 programdan 8 banko, saniyede {figures['call_per_second']:.1f} "
        f"çağrı; her çağrıyı işleme alma ve bitirme izler (süreye girmez). p50 {figures['call_p50_ms']:.2f} ms."
    )
    lines.append(f"{figures['kills']} kez kill -9, söylenen numara {figures['acknowledged']}.")
    return "\n".join(lines)

"""Paper: from the press to the last byte at the printer, slips and PDFs beside the same by hand, codes a scanner reads,
and whether the windows stay awake while a printer fails.

The printer stands behind a real terminal device; raw is the same bytes written straight to one, in the same loop.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import update

from desk.actions import desk as actions
from desk.actions import start
from desk.actions.context import Context
from desk.bench.printing_codes import count_codes
from desk.clock import SetClock
from desk.config import Config
from desk.errors import N_, UserError
from desk.i18n import translator
from desk.models.base import new_id
from desk.models.print_job import Printer
from desk.printing import documents, samples, slips
from desk.printing.elements import Slip
from desk.printing.escpos import build
from desk.printing.preview import read_paper
from desk.printing.profiles import Profile, all_profiles, load_profile
from desk.printing.spooler import Spooler
from desk.printing.virtual import VirtualPrinter, on_pty, printer_at

PROFILE = "epson-tm-t20"
CUT = b"\x1dV"

LIMITS: tuple[tuple[str, str, float, str], ...] = (
    ("press_p95_ms", N_("basıştan son bayta, %95 (ms)"), 40.0, "raw_pty_p95_ms"),
    ("ticket_bytes", N_("olağan fiş (bayt)"), 450.0, "ticket_text_bytes"),
    ("paced_p95_s", N_("19.200 baudda basıştan kâğıda, %95 (sn)"), 0.3, "paced_line_s"),
    ("build_ms", N_("fişi kurma (ms)"), 2.0, "build_by_hand_ms"),
    ("receipt_pdf_ms", N_("alındı PDF'i (ms)"), 40.0, "raw_receipt_pdf_ms"),
    ("day_sheet_ms", N_("günlük çizelge PDF'i (ms)"), 80.0, "raw_day_sheet_ms"),
    ("codes_missed", N_("okunamayan barkod ve QR"), 0.0, "codes_read"),
    ("gui_gap_ms", N_("arızalarda pencerenin en uzun duraksaması (ms)"), 50.0, "gui_gap_idle_ms"),
)
"""Key, words, what must be reached, and the key of the raw figure beside it."""


class _Stamped(VirtualPrinter):
    """Notes when the last byte of a slip arrived."""

    cut_at: float = 0.0

    def receive(self, data: bytes, line: object = None) -> None:
        if CUT in data:
            self.cut_at = time.perf_counter()
            self.cut.set()
        super().receive(data, line)

    def __init__(self, *given: Any) -> None:
        self.cut = threading.Event()
        super().__init__(*given)


def run(quick: bool) -> dict[str, Any]:
    """All figures; milliseconds, seconds, bytes or counts, as the keys say."""
    if os.name != "posix":
        raise UserError(N_("Bu ölçüm yalnız Linux'ta yapılır (uçbirim aygıtları gerekir)."))
    figures: dict[str, Any] = {}
    with TemporaryDirectory(prefix="danisma-bench-") as folder, _office(Path(folder)) as ctx:
        _press(ctx, figures, 40 if quick else 200)
        _paced(ctx, figures, 10 if quick else 40)
        _gui(ctx, figures, quick)
    _building(figures, 50 if quick else 300)
    _pdfs(figures, 5 if quick else 30)
    figures |= count_codes(quick)
    return figures


def reached(figures: dict[str, Any]) -> bool:
    return all(figures[key] <= limit for key, _, limit, _ in LIMITS)


def table(figures: dict[str, Any]) -> str:
    """What was measured beside what must be reached and the raw limit."""
    lines = [f"{'ne':<52}{'ölçülen':>10}{'ham':>10}{'sınır':>9}  tamam"]
    for key, words, limit, raw in LIMITS:
        done = "evet" if figures[key] <= limit else "HAYIR"
        lines.append(f"{words:<52}{figures[key]:>10.3g}{figures[raw]:>10.3g}{limit:>9g}  {done}")
    lines.append("pencerenin en uzun duraksaması, arıza arıza (ms):")
    gaps = [name for name in figures if name.startswith("gui_gap_") and name not in ("gui_gap_ms", "gui_gap_idle_ms")]
    lines += [f"  {name[8:-3]:<20}{figures[name]:>8.1f}" for name in gaps]
    lines.append(f"basıştan son bayta ortanca: {figures['press_p50_ms']:.1f} ms; okunan kod: {figures['codes_read']}")
    return "\n".join(lines)


@contextmanager
def _office(folder: Path) -> Iterator[Context]:
    """A database of its own on a Tuesday morning, at the kiosk."""
    clock = SetClock(samples.MORNING)
    ctx = start.open_office(Config(data_dir=folder), "kiosk", clock)
    try:
        yield ctx
    finally:
        ctx.db.close()


def _connect(ctx: Context, address: str) -> None:
    with ctx.db.write() as session:
        here = Printer.terminal_id == ctx.actor.terminal_id
        session.execute(update(Printer).where(here).values(address=address, profile=PROFILE))


@contextmanager
def _spooling(ctx: Context, address: str) -> Iterator[None]:
    _connect(ctx, address)
    spooler = Spooler(ctx.db, ctx.actor, ctx.data_dir)
    spooler.start()
    try:
        yield
    finally:
        spooler.stop()


def _touch(ctx: Context) -> None:
    actions.register_visit(ctx, actions.VisitRequest(str(new_id()), "vergi"))


def _p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)] if took else 0.0


def _press(ctx: Context, figures: dict[str, Any], times: int) -> None:
    printer = _Stamped(load_profile(PROFILE))
    ours: list[float] = []
    raw: list[float] = []
    data = build(samples.sample("ticket", printer.profile), printer.profile).data
    with on_pty(printer) as path, _spooling(ctx, f"serial:{path}?baud=4000000&flow=none"), _raw_line() as hand_over:
        for count in range(times + 5):
            printer.cut.clear()
            began = time.perf_counter()
            _touch(ctx)
            if not printer.cut.wait(10):
                raise UserError(N_("Sanal yazıcı fişi almadı; ölçüm yapılamadı."))
            took = printer.cut_at - began
            _until(lambda count=count: len(printer.papers) > count)  # type: ignore[misc]
            if count >= 5:  # the first ones load what is imported on use
                ours.append(took * 1000)
                raw.append(hand_over(data) * 1000)
    figures["press_p50_ms"], figures["press_p95_ms"] = statistics.median(ours), _p95(ours)
    figures["raw_pty_p50_ms"], figures["raw_pty_p95_ms"] = statistics.median(raw), _p95(raw)


def _until(reached: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not reached() and time.monotonic() < end:
        time.sleep(0.002)


@contextmanager
def _raw_line() -> Iterator[Callable[[bytes], float]]:
    """Seconds from a write to the last byte read at the other end of a terminal device, and nothing else."""
    import pty
    import tty

    ours, theirs = pty.openpty()
    tty.setraw(theirs)

    def hand_over(data: bytes) -> float:
        began, read = time.perf_counter(), 0
        os.write(theirs, data)
        while read < len(data):
            read += len(os.read(ours, 4096))
        return time.perf_counter() - began

    try:
        yield hand_over
    finally:
        os.close(theirs)
        os.close(ours)


def _paced(ctx: Context, figures: dict[str, Any], times: int) -> None:
    address = f"virtual:?baud=19200&bench={new_id()}"
    printer = printer_at(address, load_profile(PROFILE))
    arrived: list[float] = []
    taken = printer.receive

    def receive(data: bytes, line: object = None) -> None:
        if CUT in data:  # the line has paced itself: the last byte is there now
            arrived.append(time.perf_counter())
        taken(data, line)

    printer.receive = receive  # type: ignore[method-assign]
    took: list[float] = []
    with _spooling(ctx, address):
        for count in range(times + 2):
            began = time.perf_counter()
            _touch(ctx)
            _until(lambda count=count: len(printer.papers) > count)  # type: ignore[misc]
            if count >= 2:
                took.append(arrived[-1] - began)
    figures["paced_p95_s"], figures["paced_p50_s"] = _p95(took), statistics.median(took)
    figures["paced_line_s"] = 10 * figures.get("ticket_bytes", _ticket_bytes()) / 19200


def _ticket_bytes() -> int:
    """The longest over all models that have a Turkish page, and all languages that the model has letters for; without
    the logo."""
    models = [
        replace(one, logo=0)
        for one in all_profiles().values()
        if any(codec in ("cp857", "cp1254") for codec, _ in one.pages)
    ]
    return max(len(build(slip, one).data) for one in models for slip in _in_letters(one))


def _in_letters(profile: Profile) -> Iterator[Slip]:
    """The sample ticket in each language; what would be drawn dot by dot (Arabic) is another matter."""
    for lang in ("tr", "en", "de", "ru"):
        slip = slips.ticket_slip(replace(samples.TICKET, lang=lang), samples.HEADER, translator(lang))
        if not read_paper(build(slip, profile).data, profile).pictures:
            yield slip


def _timed(made: Callable[[], object]) -> float:
    began = time.perf_counter()
    made()
    return (time.perf_counter() - began) * 1000


def _building(figures: dict[str, Any], times: int) -> None:
    profile = load_profile(PROFILE)
    slip = samples.sample("ticket", profile)
    texts = [getattr(element, "text", "") for element in slip.elements]

    def by_hand() -> bytes:
        return b"\x1b@" + b"\n".join(text.encode("cp857", "replace") for text in texts) + CUT + b"B\0"

    ours, raw = [], []
    for _ in range(times):
        ours.append(_timed(lambda: build(samples.sample("ticket", profile), profile)))
        raw.append(_timed(by_hand))
    figures["build_ms"], figures["build_by_hand_ms"] = statistics.median(ours), statistics.median(raw)
    figures["ticket_bytes"], figures["ticket_text_bytes"] = _ticket_bytes(), len(by_hand())


def _pdfs(figures: dict[str, Any], times: int) -> None:
    sheet = samples.day_sheet()
    makers: tuple[tuple[str, str, Callable[[BytesIO], None], int], ...] = (
        (
            "receipt_pdf_ms",
            "raw_receipt_pdf_ms",
            lambda to: documents.receipt_pdf(samples.INCOMPLETE, samples.HEADER, to),
            40,
        ),
        ("day_sheet_ms", "raw_day_sheet_ms", lambda to: documents.day_sheet_pdf(sheet, to), 220),
    )
    for key, raw_key, make, strings in makers:
        make(BytesIO())
        ours, raw = [], []
        for _ in range(times):
            ours.append(_timed(lambda make=make: make(BytesIO())))  # type: ignore[misc]
            raw.append(_timed(lambda strings=strings: _bare_pdf(strings)))  # type: ignore[misc]
        figures[key], figures[raw_key] = statistics.median(ours), statistics.median(raw)


def _bare_pdf(strings: int) -> None:
    """As many strings on a page, in the page's own fonts, with nothing decided about them."""
    pdfmetrics: Any = import_module("reportlab.pdfbase.pdfmetrics")
    drawing: Any = import_module("reportlab.pdfgen.canvas")
    font = next(name for name in pdfmetrics.getRegisteredFontNames() if "Danisma" in name or "Plex" in name)
    canvas = drawing.Canvas(BytesIO(), invariant=1)
    canvas.setFont(font, 9)
    for place in range(strings):
        canvas.drawString(40, 800 - place * 3, f"İğdır şöförü {place}")
    canvas.save()


# The windows while a printer fails


def _gui(ctx: Context, figures: dict[str, Any], quick: bool) -> None:
    """The longest time the event loop of a kiosk window stood still, at rest and in each fault."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desk.bench.printing_gui import gaps

    measured = gaps(ctx, PROFILE, _touch, 1.0 if quick else 3.0)
    for name, gap in measured.items():
        figures[f"gui_gap_{name}_ms"] = gap
    figures["gui_gap_ms"] = max(gap for name, gap in measured.items() if name != "idle")

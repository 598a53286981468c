"""Composition root: settings, office, printers and windows are put together here. Only the command line imports it.

The window frame is painted first; the database and everything heavy come up in a thread behind it. When that fails,
the window says what happened and what to do: it is never empty.
"""

from __future__ import annotations

import builtins
import gc
import inspect
import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk.config import Config
from desk.errors import N_, UserError
from desk.later import later, patterns_later

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from desk.actions.context import Context
    from desk.clock import Clock

log = logging.getLogger("desk")

ROLES = {"staff": "desk", "kiosk": "kiosk", "hall": "hall"}
"""The window's name on the command line, and the terminal role it works at."""

FULL = ("kiosk", "hall")
"""Windows that fill the screen when they are alone on it."""

WINDOWS = {
    "staff": ("desk.ui.staff.shell", "desk.ui.staff.danisma"),
    "kiosk": ("desk.ui.kiosk.window",),
    "hall": ("desk.ui.hall.window",),
}

AFTERWARDS = {
    "staff": ("desk.actions.desk", "desk.ui.staff.receipt_preview", "desk.models.orm"),
    "kiosk": ("desk.actions.desk", "desk.actions.kiosk", "desk.models.orm"),
    "hall": (),
}
"""What the first press needs and the first look does not: read when the window shows its data."""

PATIENCE_MS = 400
"""So long a window waits for what it shows first; then it is shown as it is."""

SHOWN_MS = 250
"""After the last answer of the first reads: by then it is painted."""

SETTLED_MS = 5000
"""By then a window has been built and has read its data, on a slow machine too."""

DEMO_DAYS, DEMO_SEED, DEMO_VISITORS = 21, 11, 180


def require_screen() -> None:
    """Raise UserError where Qt would end the process without a word."""
    here = os.environ
    if sys.platform.startswith("linux") and not any(
        here.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise UserError(N_("Bu bilgisayarda ekran yok; pencere açılamaz. “desk tour --out KLASÖR” ekransız çalışır."))


def keep_log(folder: Path) -> None:
    """Errors with their ids go to danisma.log in the data folder, one megabyte kept thrice."""
    logging.getLogger().addHandler(_LogFile(folder))


class _LogFile(logging.Handler):
    """Opens its file when there is something to write: what that takes (sockets, pickle) is no part of a start."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = self._opened()
        self._file.handle(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            made = RotatingFileHandler(
                self._folder / "danisma.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
            )
        except OSError as error:
            print(f"no log file can be written: {error}", file=sys.stderr)
            return logging.NullHandler()
        made.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return made

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def run(role: str, config: Config) -> int:
    """Open one window and stay until it is closed; the exit code of the process."""
    return _run(config, lambda: open_contexts(config, (role,)), (role,))


def run_demo(config: Config) -> int:
    """Staff, kiosk and hall windows together, over sample days in a database of its own."""
    config = replace(config, data_dir=config.folder() / "demo", database="", printer="", staff="", terminal="", site="")
    return _run(config, lambda: _open_demo(config), tuple(ROLES))


def hurry() -> None:
    """Spare a start what it does not need; ``settle_down`` ends it. Together two fifths of the time of all imports.

    The collector would go through all modules again and again while they are read, and finds nothing. SQLAlchemy names
    ``asyncio`` and ``importlib.metadata`` (which read sockets and e-mail) at its top and uses neither here. PySide
    compiles three patterns of 6,000 signs for its error messages, and names modules that only its makers use.

    WORKAROUND: PySide puts a function of its own before every ``import`` that is run, and reads the source of every
    module, of SQLAlchemy too, to see whether it asks for another spelling of Qt's names (``__feature__``). None does.
    """
    gc.disable()
    later("asyncio", iscoroutine=inspect.iscoroutine)
    for name in ("importlib.metadata", "zipfile", "argparse"):
        later(name)
    with patterns_later():
        import PySide6.QtCore  # noqa: F401
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)  # another PySide: slower, no more


def settle_down() -> None:
    """The collector works again, on the window's thread alone, and leaves alone what was read: that stays.

    Where it works by itself it may begin in any thread, and a widget of a closed overlay that is freed in a reading
    thread takes its timers along into a crash.
    """
    from PySide6.QtCore import QCoreApplication, QTimer

    gc.freeze()
    timer = QTimer(QCoreApplication.instance())
    timer.timeout.connect(collect)
    timer.start(COLLECT_MS)


COLLECT_MS = 5_000
"""Between two looks whether there is something to collect."""


def collect() -> None:
    """At the collector's own thresholds, in Python's default: 700 new things, every tenth time all.

    Where modules were read since the last time (a page was opened first), what they brought stays and is left alone
    like what was read at the start: each page is some thousands of things, which a full round would visit for ever.
    """
    global _modules
    if _modules != len(sys.modules):
        _modules = len(sys.modules)
        gc.freeze()
        return
    new, _, times = gc.get_count()
    if times > 10:
        gc.collect()
    elif new > 700:
        gc.collect(1)


_modules = 0
"""How many had been read at the last look."""


def _run(config: Config, opener: Callable[[], dict[str, Context]], roles: tuple[str, ...]) -> int:
    require_screen()
    hurry()
    from PySide6.QtCore import QTimer

    from desk.ui.opening import Opening

    app = _application()
    program = Program(config)
    sys.excepthook = program.unforeseen

    def dress() -> None:
        from desk.ui import theme

        keep_log(config.folder())
        theme.apply(app, theme.LIGHT)

    def open_all() -> dict[str, Context]:
        _read_windows(roles)
        return opener()

    opening = Opening(open_all, program.open_windows, begin=dress, role=roles[0], folder=config.folder())
    opening.showFullScreen() if roles[0] in FULL and len(roles) == 1 else opening.show()
    QTimer.singleShot(SETTLED_MS, settle_down)
    try:
        return int(app.exec())
    finally:
        program.close()


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    from desk.ui.tokens import STYLE

    app = QApplication.instance()
    if app is None:
        # said here: ``setStyle`` gives back what it made, and to find a class in Python for that takes 8 ms
        app = QApplication([*sys.argv[:1], "-style", STYLE])
        app.setProperty("desk_style", STYLE)
    assert isinstance(app, QApplication)
    app.setApplicationName("danisma")
    app.setApplicationDisplayName("Danışma")
    return app


def show_refusal(role: str, read: Callable[[], Config], error: UserError) -> Config | None:
    """The settings of this machine cannot be read, and nobody sees a terminal: a window says so, and reads them again
    when asked. The settings, once they can be read; None when the window was closed."""
    require_screen()
    hurry()
    from desk.ui import theme
    from desk.ui.opening import Opening

    app, given = _application(), [error]
    found: list[Config] = []

    def again() -> Config:
        if given:
            raise given.pop()
        return read()

    def opened(config: Config, leave: Callable[[], None]) -> None:
        found.append(config)
        leave()

    opening = Opening(again, opened, begin=lambda: theme.apply(app, theme.LIGHT), role=role)
    opening.showFullScreen() if role in FULL else opening.show()
    app.exec()
    return found[0] if found else None


def _read_windows(roles: tuple[str, ...]) -> None:
    """Read the windows' modules while the database opens, so that the GUI thread only builds."""
    for role in roles:
        for module in WINDOWS[role]:
            import_module(module)


def open_contexts(
    config: Config, roles: tuple[str, ...], *, clock: Clock | None = None, sample: bool = False
) -> dict[str, Context]:
    """A context for each window role, all over one database; slow at the first start, so not on the GUI thread."""
    from desk.actions import start

    first = start.open_office(config, ROLES[roles[0]], clock, sample=sample)
    contexts = {roles[0]: first}
    for role in roles[1:]:
        contexts[role] = start.at_terminal(first, config, ROLES[role])
    return contexts


def _open_demo(config: Config) -> dict[str, Context]:
    from desk.actions import sample

    sample.prepare(config, DEMO_DAYS, DEMO_SEED, DEMO_VISITORS)
    contexts = open_contexts(config, ("staff", "kiosk", "hall"))
    sample.few_waiting(contexts["staff"])
    return contexts


class Program:
    """The windows of this process with their shared change feed and printers."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.windows: list[QWidget] = []
        self.spoolers: list[Any] = []
        self.scanner: Any = None
        self._after: threading.Thread | None = None
        self.bridge: Any = None
        self.db: Any = None
        self._shown = False

    def unforeseen(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """A bug somewhere in a window: it goes on, says so with an id, and the id stands in the log."""
        if isinstance(error, KeyboardInterrupt) or not self.windows:
            sys.__excepthook__(kind, error, trace)
            return
        from desk.ui import tasks

        tasks.report_bug(self.windows[0], error)

    def begin(self, contexts: dict[str, Context]) -> None:
        """Start following the changes, for all terminals of this process."""
        from desk.ui.bridge import Bridge

        if self.bridge is not None:
            self.bridge.stop()
        first = next(iter(contexts.values()))
        self.db = first.db
        self.bridge = Bridge(first)
        self.bridge.start()

    def open_windows(self, contexts: dict[str, Context], leave: Callable[[], None]) -> None:
        """Build a window for each context and show them (on the GUI thread); then what stood in their place leaves.

        They are shown with what they read first, laid out and painted once; where that takes long, without it.
        """
        from PySide6.QtCore import QTimer

        from desk.ui import tasks

        self.begin(contexts)
        self._build(contexts)
        tasks.once_idle(lambda: QTimer.singleShot(SHOWN_MS, lambda: self._go_on(contexts)))

        def show() -> None:
            self._show(tuple(contexts), leave)

        if tasks.under_way():
            tasks.once_idle(show)
            QTimer.singleShot(PATIENCE_MS, show)
        else:
            show()

    def _build(self, contexts: dict[str, Context]) -> None:
        """All windows or none: what stood before the last of them failed is no part of the next try."""
        self.windows.clear()
        for role, ctx in contexts.items():
            window: Any = build_window(role, ctx, self.bridge, self.config)
            self.windows.append(window)
            if role == "staff":
                window.make_page()
            if role == "staff" and self.config.scanner:
                self._start_scanner(window)

    def _show(self, roles: tuple[str, ...], leave: Callable[[], None]) -> None:
        if self._shown:
            return
        self._shown = True
        for role, window in zip(roles, self.windows, strict=True):
            _show_laid_out(window, full=role in FULL and len(roles) == 1)
        leave()

    def _start_scanner(self, window: Any) -> None:
        from desk.scanners import Scanner
        from desk.ui.staff.serial_scans import SerialScans

        if self.scanner is not None:
            self.scanner.stop()
        scans = SerialScans(window)
        scans.heard.connect(window.open_scan)
        self.scanner = Scanner(self.config.scanner, scans.hear)
        self.scanner.start()

    def _go_on(self, contexts: dict[str, Context]) -> None:
        self._after = threading.Thread(target=self._read_afterwards, args=(contexts,), name="afterwards", daemon=True)
        self._after.start()

    def _read_afterwards(self, contexts: dict[str, Context]) -> None:
        """Printing, and what the first press needs: the windows show their data before that is read."""
        self.start_printing(contexts)
        for role in contexts:
            for module in AFTERWARDS[role]:
                import_module(module)
        from desk.actions import warm

        for role, ctx in contexts.items():
            if role != "hall":
                warm.make_ready(ctx)

    def start_printing(self, contexts: dict[str, Context]) -> None:
        """Print what is queued at all terminals of this process."""
        from desk.printing.spooler import Spooler

        for ctx in contexts.values():
            spooler = Spooler(ctx.db, ctx.actor, ctx.data_dir)
            spooler.start()
            self.spoolers.append(spooler)

    def close(self) -> None:
        """Finish what is under way, stop the threads, close the database."""
        from desk.ui import tasks

        if self.scanner is not None:
            self.scanner.stop()
        tasks.finish()
        if self._after is not None:
            self._after.join()
        if self.bridge is not None:
            self.bridge.stop()
        for spooler in self.spoolers:
            spooler.stop()
        if self.db is not None:
            self.db.close()


LEVELS = 4
"""How often a change of size within a window can change what is around it."""


def _show_laid_out(window: QWidget, *, full: bool) -> None:
    """Painted when everything has its place. Qt lays a window out from without when it is shown; what has changed
    within is heard afterwards, and the first picture showed cards with lines of one pixel."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    window.setUpdatesEnabled(False)
    window.showFullScreen() if full else window.show()
    for _ in range(LEVELS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    window.setUpdatesEnabled(True)


def build_window(role: str, ctx: Context, bridge: Any, config: Config) -> QWidget:
    """The window of a role over an open context."""
    from desk.ui.office import Office

    office = Office(ctx, bridge, counter=config.counter)
    window: QWidget
    if role == "kiosk":
        from desk.ui.kiosk.window import KioskWindow

        window = KioskWindow(office)
    elif role == "hall":
        from desk.ui.hall.window import HallWindow

        window = HallWindow(office)
    else:
        from desk.ui.staff.shell import StaffWindow

        window = StaffWindow(office)
    return window

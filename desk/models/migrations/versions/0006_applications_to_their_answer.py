"""Applications to their answer"""

import sqlalchemy as sa
from alembic import op

from desk.models.base import Key, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _columns()
    _tables()
    _search()
    op.execute(
        "INSERT INTO application_search (application_id, site_id, text) "
        "SELECT a.id, a.site_id, a.record_number || ' ' || COALESCE(p.name_fold, '') || ' ' || COALESCE(p.phone, '') "
        "|| ' ' || a.subject_fold FROM application a LEFT JOIN person p ON p.id = a.person_id "
        "ORDER BY a.received_at, a.serial"
    )


def _columns() -> None:
    def text(name: str, default: str) -> sa.Column[str]:
        return sa.Column(name, sa.String(), nullable=False, server_default=default)

    for column in (
        text("kind", "request"),
        text("sender_kind", "person"),
        sa.Column("persons", sa.Integer(), nullable=False, server_default="1"),
        text("urgency", "normal"),
        text("subject_code", ""),
        text("clock", "petition"),
        sa.Column("open", sa.Boolean(), nullable=False, server_default=sa.text("true")),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("stopped_on", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("closed_at", Moment()),
        sa.Column("told_at", Moment()),
        sa.Column("satisfied", sa.String()),
        sa.Column("joined_to", Key(length=16)),
        sa.Column("owner_id", Key(length=16)),
        sa.Column("outside_number", sa.String()),
        sa.Column("official_number", sa.String()),
        sa.Column("official_on", sa.Date()),
        sa.Column("import_id", Key(length=16)),
        sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    ):
        op.add_column("application", column)
    op.execute("UPDATE application SET clock = 'information', kind = 'information' WHERE document_kind = 'information'")
    for name, columns, unique in (
        ("open", ["site_id", "open", "due_on", "id"], False),
        ("open_unit", ["site_id", "unit_id", "open", "due_on", "id"], False),
        ("newest", ["site_id", "year", "serial", "id"], False),
        ("outside", ["site_id", "channel", "outside_number"], True),
        ("person", ["person_id"], False),
        ("import", ["import_id"], False),
        ("place", ["site_id", "neighbourhood_id", "subject_code", "day"], False),
    ):
        op.create_index(f"ix_application_{name}", "application", columns, unique=unique)
    for name, columns, condition in (
        ("joined", ["joined_to"], "joined_to IS NOT NULL"),
        ("owner", ["owner_id", "due_on"], "owner_id IS NOT NULL"),
        ("untold", ["site_id", "closed_at"], "told_at IS NULL AND closed_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        op.create_index(f"ix_application_{name}", "application", columns, sqlite_where=where, postgresql_where=where)


def _id(name: str, to: str = "", *, key: bool = False, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, Key(length=16), *([sa.ForeignKey(f"{to}.id")] if to else []), primary_key=key, nullable=null)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _tables() -> None:
    op.create_table(
        "application_detail",
        _id("application_id", "application", key=True),
        _id("site_id", "site"),
        _text("body"),
        _text("place"),
        sa.Column("fields", sa.JSON(), nullable=False),
    )
    op.create_table(
        "application_text",
        _id("event_id", "application_event", key=True),
        _id("application_id", "application"),
        _text("text"),
    )
    op.create_index("ix_application_text_application_id", "application_text", ["application_id"])
    op.create_table(
        "application_search",
        sa.Column("doc", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
        _id("application_id", "application"),
        _id("site_id", "site"),
        _text("text"),
        sa.UniqueConstraint("application_id", name="uq_application_search_application_id"),
    )
    op.create_table(
        "application_file",
        _id("id", key=True),
        _id("site_id", "site"),
        _id("application_id", "application"),
        _text("name"),
        _text("media_type"),
        sa.Column("size", sa.Integer(), nullable=False),
        _text("sha256"),
        sa.Column("added_at", Moment(), nullable=False),
        _id("added_by", "staff"),
        sa.UniqueConstraint("application_id", "sha256", name="uq_application_file_application_id_sha256"),
    )
    op.create_index("ix_application_file_sha256", "application_file", ["sha256"])
    op.create_table(
        "administrative_leave",
        _id("site_id", "site", key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("half", sa.Boolean(), nullable=False),
        _text("reason"),
    )
    op.create_table(
        "saved_filter",
        _id("id", key=True),
        _id("site_id", "site"),
        _id("staff_id", "staff"),
        _text("name"),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.UniqueConstraint("site_id", "staff_id", "name", name="uq_saved_filter_site_id_staff_id_name"),
    )
    _imports()


def _imports() -> None:
    def count(name: str) -> sa.Column[int]:
        return sa.Column(name, sa.Integer(), nullable=False)

    op.create_table(
        "import_run",
        _id("id", key=True),
        _id("site_id", "site"),
        _text("source"),
        _text("file_name"),
        _text("sha256"),
        sa.Column("at", Moment(), nullable=False),
        _id("staff_id", "staff"),
        _id("terminal_id", "terminal"),
        count("rows"),
        count("created"),
        count("known"),
        count("refused"),
        sa.Column("finished_at", Moment()),
        sa.Column("undone_at", Moment()),
        _id("undone_by", "staff", null=True),
    )
    op.create_index("ix_import_run_site_id_at", "import_run", ["site_id", "at"])
    op.create_table(
        "call",
        _id("id", key=True),
        _id("site_id", "site"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _text("outside_id"),
        _text("line"),
        _text("agent"),
        _text("outcome"),
        count("waiting_seconds"),
        count("talk_seconds"),
        _id("application_id", "application", null=True),
        _id("import_id", "import_run", null=True),
        sa.UniqueConstraint("site_id", "outside_id", name="uq_call_site_id_outside_id"),
    )
    op.create_index("ix_call_site_id_day", "call", ["site_id", "day"])
    op.create_index("ix_call_import_id", "call", ["import_id"])
    op.create_table(
        "disposal",
        _id("id", key=True),
        _id("site_id", "site"),
        sa.Column("at", Moment(), nullable=False),
        _id("staff_id", "staff"),
        _text("rule"),
        count("persons"),
        count("files"),
        sa.Column("keep_until", sa.Date(), nullable=False),
    )


def _search() -> None:
    """FTS5 on SQLite, kept by triggers; trigrams on PostgreSQL where the server has them (postgresql-contrib)."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        has = connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).first()
        if has:
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            op.execute(
                "CREATE INDEX application_search_trigram ON application_search USING gin (text gin_trgm_ops) "
                "WITH (fastupdate = on)"
            )
        op.execute(
            "CREATE INDEX application_search_word ON application_search USING gin (to_tsvector('simple', text)) "
            "WITH (fastupdate = on)"
        )
        return
    options = "content='application_search', content_rowid='doc'"
    op.execute(f"CREATE VIRTUAL TABLE application_trigram USING fts5(text, {options}, tokenize='trigram')")
    op.execute(
        f"CREATE VIRTUAL TABLE application_word USING fts5(text, {options}, tokenize='unicode61', prefix='1 2', "
        "detail='none')"
    )
    take = "INSERT INTO {fts} (rowid, text) VALUES (new.doc, new.text);"
    drop = "INSERT INTO {fts} ({fts}, rowid, text) VALUES ('delete', old.doc, old.text);"
    for event, parts in (("INSERT", (take,)), ("DELETE", (drop,)), ("UPDATE OF text", (drop, take))):
        steps = " ".join(part.format(fts=fts) for fts in ("application_trigram", "application_word") for part in parts)
        name = f"application_search_{event.split()[0].lower()}"
        op.execute(f"CREATE TRIGGER {name} AFTER {event} ON application_search BEGIN {steps} END")

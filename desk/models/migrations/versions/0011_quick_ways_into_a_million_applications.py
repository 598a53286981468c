"""Quick ways into a million applications

Work lists are read from small indexes: of what is open, of what the citizen has not been told, of what is not void.
Each names everything its list is counted and sorted by. Registering keeps fewer of them than before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OPEN = "open IS TRUE"
_ALIVE = "state <> 'voided'"
_GONE = (
    "ix_application_unit_id_state_due_on",
    "ix_application_open",
    "ix_application_open_unit",
    "ix_application_newest",
    "ix_application_untold",
    "ix_application_outside",
    "ix_application_import",
)
_HERE: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "ix_application_open",
        ("site_id", "due_on", "id", "unit_id", "state", "urgency", "stopped_on", "owner_id", "open"),
        _OPEN,
    ),
    (
        "ix_application_open_unit",
        ("site_id", "unit_id", "due_on", "id", "state", "urgency", "stopped_on", "owner_id", "open"),
        _OPEN,
    ),
    (
        "ix_application_untold",
        ("site_id", "due_on", "id", "state", "unit_id", "told_at", "closed_at"),
        "told_at IS NULL AND closed_at IS NOT NULL",
    ),
    ("ix_application_newest", ("site_id", "year", "serial"), _ALIVE),
    ("ix_application_unit", ("site_id", "unit_id", "year", "serial"), _ALIVE),
    ("ix_application_import", ("import_id",), "import_id IS NOT NULL"),
)


def upgrade() -> None:
    for name in _GONE:
        op.drop_index(name, table_name="application")
    for name, columns, only in _HERE:
        _create(name, columns, only)
    _create("ix_application_outside", ("site_id", "channel", "outside_number"), "outside_number IS NOT NULL", True)


def _create(name: str, columns: tuple[str, ...], only: str, unique: bool = False) -> None:
    where = sa.text(only)
    op.create_index(name, "application", list(columns), unique=unique, sqlite_where=where, postgresql_where=where)

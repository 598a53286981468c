"""Open lists from their index: each urgency a run of its own, and all that a list is filtered by beside it"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OPEN = sa.text("open IS TRUE")
_LISTED = (
    "state", "stopped_on", "owner_id", "channel", "kind", "neighbourhood_id", "day", "year", "serial", "open",
)  # fmt: skip
_HERE = (
    ("ix_application_open", ("site_id", "urgency", "due_on", "id", "unit_id", *_LISTED)),
    ("ix_application_open_unit", ("site_id", "unit_id", "urgency", "due_on", "id", *_LISTED)),
)


def upgrade() -> None:
    for name, columns in _HERE:
        op.drop_index(name, table_name="application")
        op.create_index(name, "application", list(columns), unique=False, sqlite_where=_OPEN, postgresql_where=_OPEN)

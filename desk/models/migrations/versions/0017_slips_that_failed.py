"""The slips that failed, or of which nobody knows: a day's sheet read every slip of the day for them"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TROUBLED = sa.text("state IN ('failed', 'unknown')")


def upgrade() -> None:
    op.create_index(
        "ix_print_job_troubled",
        "print_job",
        ["site_id", "created_at"],
        unique=False,
        sqlite_where=_TROUBLED,
        postgresql_where=_TROUBLED,
    )

"""Quick calls: the first of each service and class, and who was sent to a counter or clerk, by an index each"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_WAITING = sa.text("state = 'waiting'")
_SENT = sa.text("state = 'waiting' AND (wanted_counter_id IS NOT NULL OR wanted_staff_id IS NOT NULL)")


def upgrade() -> None:
    op.drop_index("ix_ticket_waiting", table_name="ticket")
    op.create_index(
        "ix_ticket_waiting",
        "ticket",
        ["site_id", "day", "service_id", "priority", "arrived_at", "id"],
        unique=False,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index(
        "ix_ticket_sent", "ticket", ["site_id", "day"], unique=False, sqlite_where=_SENT, postgresql_where=_SENT
    )

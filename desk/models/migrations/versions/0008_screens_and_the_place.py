"""Screens and the place"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assistance", sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=True))

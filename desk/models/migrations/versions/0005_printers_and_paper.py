"""Printers and paper"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment, key = desk.models.base.Moment(), desk.models.base.Key(length=16)
    op.add_column("printer", sa.Column("pool", sa.String(), nullable=False, server_default=""))
    op.add_column("printer", sa.Column("logo_at", moment, nullable=True))
    op.add_column("print_job", sa.Column("why", sa.String(), nullable=False, server_default=""))
    op.add_column("print_job", sa.Column("released_at", moment, nullable=True))
    op.add_column("print_job", sa.Column("moved_from", key, nullable=True))
    op.add_column("print_job", sa.Column("seen_at", moment, nullable=True))
    op.add_column("print_job", sa.Column("seen_by", key, nullable=True))
    op.add_column("print_job", sa.Column("emptied_at", moment, nullable=True))
    op.create_index(
        "ix_print_job_kept",
        "print_job",
        ["site_id", "created_at"],
        unique=False,
        sqlite_where=sa.text("emptied_at IS NULL"),
        postgresql_where=sa.text("emptied_at IS NULL"),
    )
    op.create_table(
        "print_document",
        sa.Column("job_id", key, nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["print_job.id"], name=op.f("fk_print_document_job_id")),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_print_document")),
    )

"""What the kiosk keeps: versions of the privacy notice, that it was offered, the language of who asked for help"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "privacy_notice",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_privacy_notice_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_privacy_notice_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_notice")),
        sa.UniqueConstraint("site_id", "version", name=op.f("uq_privacy_notice_site_id_version")),
    )
    op.create_table(
        "notice_shown",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("press", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_notice_shown_site_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_notice_shown_terminal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_shown")),
        sa.UniqueConstraint("site_id", "press", "how", name=op.f("uq_notice_shown_site_id_press_how")),
    )
    op.create_index(op.f("ix_notice_shown_site_id_day"), "notice_shown", ["site_id", "day"], unique=False)
    op.add_column("assistance", sa.Column("lang", sa.String(), nullable=False, server_default="tr"))

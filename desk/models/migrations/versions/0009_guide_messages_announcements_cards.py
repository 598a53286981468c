"""The guide, ready messages, announcements and visitor cards"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hall", sa.Boolean(), nullable=False),
        sa.Column("kiosk", sa.Boolean(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_announcement_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_site_id_ends_on"), "announcement", ["site_id", "ends_on"], unique=False)
    op.create_table(
        "guide_entry",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_fold", sa.String(), nullable=False),
        sa.Column("subject_code", sa.String(), nullable=False),
        sa.Column("service_code", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("duration", sa.String(), nullable=False),
        sa.Column("fee", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_guide_entry_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_entry")),
        sa.UniqueConstraint("site_id", "code", name=op.f("uq_guide_entry_site_id_code")),
    )
    op.create_table(
        "desk_message",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("from_counter", sa.Integer(), nullable=False),
        sa.Column("to_counter", sa.Integer(), nullable=False),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("seen_at", desk.models.base.Moment(), nullable=True),
        sa.Column("seen_by", desk.models.base.Key(length=16), nullable=True),
        sa.ForeignKeyConstraint(["seen_by"], ["staff.id"], name=op.f("fk_desk_message_seen_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_desk_message_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_desk_message_staff_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_desk_message_terminal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_message")),
    )
    op.create_index(op.f("ix_desk_message_site_id_day"), "desk_message", ["site_id", "day"], unique=False)
    op.create_table(
        "visitor_card",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("out_at", desk.models.base.Moment(), nullable=False),
        sa.Column("in_at", desk.models.base.Moment(), nullable=True),
        sa.Column("ended", sa.String(), nullable=False),
        sa.Column("out_by", desk.models.base.Key(length=16), nullable=False),
        sa.Column("in_by", desk.models.base.Key(length=16), nullable=True),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(["in_by"], ["staff.id"], name=op.f("fk_visitor_card_in_by")),
        sa.ForeignKeyConstraint(["out_by"], ["staff.id"], name=op.f("fk_visitor_card_out_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_visitor_card_site_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_visitor_card_terminal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_card")),
    )
    op.create_index(op.f("ix_visitor_card_site_id_day"), "visitor_card", ["site_id", "day"], unique=False)
    op.create_index(
        "uq_visitor_card_out",
        "visitor_card",
        ["site_id", "card"],
        unique=True,
        sqlite_where=sa.text("in_at IS NULL"),
        postgresql_where=sa.text("in_at IS NULL"),
    )
    op.create_table(
        "guide_use",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("entry_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("visit_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("printed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["guide_entry.id"], name=op.f("fk_guide_use_entry_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_guide_use_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_guide_use_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_use")),
    )
    op.create_index(op.f("ix_guide_use_site_id_day"), "guide_use", ["site_id", "day"], unique=False)
    op.create_index(op.f("ix_guide_use_visit_id"), "guide_use", ["visit_id"], unique=False)

"""Numbers in advance"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_day",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=True),
        sa.Column("closes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_closed_day_site_id")),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk_closed_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "service_hours",
        sa.Column("service_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_hours_service_id")),
        sa.PrimaryKeyConstraint("service_id", "weekday", name=op.f("pk_service_hours")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "number_override",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("ticket_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_number_override_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_number_override_staff_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_number_override_terminal_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_number_override_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_override")),
    )
    op.create_index(op.f("ix_number_override_site_id_day"), "number_override", ["site_id", "day"])
    op.create_table(
        "reserved_block",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("made_at", desk.models.base.Moment(), nullable=False),
        sa.Column("made_by", desk.models.base.Key(length=16), nullable=False),
        sa.Column("settled_at", desk.models.base.Moment(), nullable=True),
        sa.Column("settled_by", desk.models.base.Key(length=16), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_reserved_block_made_by")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_reserved_block_service_id")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_reserved_block_settled_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_reserved_block_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserved_block")),
        sa.UniqueConstraint("site_id", "request_key", name=op.f("uq_reserved_block_site_id_request_key")),
    )
    op.create_index(op.f("ix_reserved_block_site_id_day"), "reserved_block", ["site_id", "day"])
    op.create_table(
        "reserved_number",
        sa.Column("block_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ticket_id", desk.models.base.Key(length=16), nullable=True),
        sa.ForeignKeyConstraint(["block_id"], ["reserved_block.id"], name=op.f("fk_reserved_number_block_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_reserved_number_ticket_id")),
        sa.PrimaryKeyConstraint("block_id", "serial", name=op.f("pk_reserved_number")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_reserved_number_ticket_id")),
    )
    op.create_table(
        "appointment",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("service_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("early_minutes", sa.Integer(), nullable=False),
        sa.Column("late_minutes", sa.Integer(), nullable=False),
        sa.Column("person_id", desk.models.base.Key(length=16), nullable=True),
        sa.Column("made_at", desk.models.base.Moment(), nullable=False),
        sa.Column("made_by", desk.models.base.Key(length=16), nullable=False),
        sa.Column("cancelled_at", desk.models.base.Moment(), nullable=True),
        sa.Column("checked_in_at", desk.models.base.Moment(), nullable=True),
        sa.Column("visit_id", desk.models.base.Key(length=16), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_appointment_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_appointment_service_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_appointment_site_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_appointment_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("site_id", "day", "code", name=op.f("uq_appointment_site_id_day_code")),
        sa.UniqueConstraint("site_id", "request_key", name=op.f("uq_appointment_site_id_request_key")),
    )
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"])

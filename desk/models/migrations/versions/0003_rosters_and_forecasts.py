"""Rosters and forecasts"""

from typing import Any

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _roster("roster_week", sa.Column("weekday", sa.Integer(), nullable=False))
    _roster("roster_day", sa.Column("day", sa.Date(), nullable=False))
    op.create_table(
        "forecast_log",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("service_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("median", sa.Double(), nullable=False),
        sa.Column("upper", sa.Double(), nullable=False),
        sa.Column("sd", sa.Double(), nullable=False),
        sa.Column("k", sa.Double(), nullable=False),
        sa.Column("replications", sa.Integer(), nullable=False),
        sa.Column("shadow", sa.Double(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("counters_open", sa.Integer(), nullable=False),
        sa.Column("window_from", desk.models.base.Moment(), nullable=True),
        sa.Column("window_to", desk.models.base.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_forecast_log_service_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_forecast_log_site_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_forecast_log_ticket_id")),
        sa.PrimaryKeyConstraint("site_id", "day", "ticket_id", name=op.f("pk_forecast_log")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forecast_habits",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("learned", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_forecast_habits_site_id")),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk_forecast_habits")),
        sqlite_with_rowid=False,
    )


def _roster(name: str, when: sa.Column[Any]) -> None:
    """``roster_week`` and ``roster_day`` differ only in when they hold."""
    op.create_table(
        name,
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("counter_id", desk.models.base.Key(length=16), nullable=False),
        when,
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=True),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("lunch_from", sa.Integer(), nullable=True),
        sa.Column("lunch_to", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["counter_id"], ["counter.id"], name=op.f(f"fk_{name}_counter_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f(f"fk_{name}_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{name}_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("counter_id", when.name, "begins", name=op.f(f"uq_{name}_counter_id_{when.name}_begins")),
    )
    with op.batch_alter_table(name, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{name}_site_id_{when.name}"), ["site_id", when.name], unique=False)

"""The life of a ticket"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

import desk.models.base
from desk.models.base import new_id

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AT_COUNTER = sa.text("state IN ('called', 'serving')")
OF_COUNTER = sa.text("counter_id IS NOT NULL")


def upgrade() -> None:
    key = desk.models.base.Key(length=16)
    op.add_column("ticket", sa.Column("wanted_counter_id", key, nullable=True))
    op.add_column("ticket", sa.Column("wanted_staff_id", key, nullable=True))
    op.add_column("ticket", sa.Column("further_service_id", key, nullable=True))
    op.add_column("counter", sa.Column("priority_run", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("counter", sa.Column("auto_call_seconds", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "day_event",
        sa.Column("id", key, nullable=False),
        sa.Column("site_id", key, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("staff_id", key, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_day_event_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_day_event_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_event")),
    )
    op.create_index(op.f("ix_day_event_site_id_day"), "day_event", ["site_id", "day"])
    leave_one_at_each_counter(op.get_bind())
    op.drop_index("ix_ticket_at_counter", table_name="ticket")
    op.create_index(
        "ix_ticket_at_counter",
        "ticket",
        ["counter_id"],
        unique=True,
        sqlite_where=AT_COUNTER,
        postgresql_where=AT_COUNTER,
    )
    op.create_index(
        "ix_ticket_of_counter",
        "ticket",
        ["counter_id", "day", "state"],
        sqlite_where=OF_COUNTER,
        postgresql_where=OF_COUNTER,
    )


def leave_one_at_each_counter(connection: sa.Connection) -> None:
    """Of several numbers called or served at one counter the newest stays; the others are on hold there.

    On hold they are still open and still seen by that counter, and no count speaks of them.
    """
    key, moment = desk.models.base.Key(length=16), desk.models.base.Moment()
    ticket = sa.table(
        "ticket",
        sa.column("id", key),
        sa.column("site_id", key),
        sa.column("counter_id", key),
        sa.column("staff_id", key),
        sa.column("state", sa.String()),
        sa.column("called_at", moment),
    )
    period = sa.table(
        "ticket_period",
        sa.column("id", key),
        sa.column("site_id", key),
        sa.column("ticket_id", key),
        sa.column("kind", sa.String()),
        sa.column("started_at", moment),
        sa.column("ended_at", moment),
        sa.column("staff_id", key),
        sa.column("counter_id", key),
    )
    busy = sa.select(ticket).where(ticket.c.state.in_(("called", "serving")), ticket.c.counter_id.is_not(None))
    kept: set[UUID] = set()
    for row in connection.execute(busy.order_by(ticket.c.called_at.desc(), ticket.c.id.desc())).all():
        if row.counter_id not in kept:
            kept.add(row.counter_id)
            continue
        connection.execute(sa.update(ticket).where(ticket.c.id == row.id).values(state="on_hold"))
        running = sa.and_(period.c.ticket_id == row.id, period.c.ended_at.is_(None))
        since = connection.execute(sa.select(period.c.started_at).where(running)).scalar() or row.called_at
        connection.execute(sa.update(period).where(running).values(ended_at=since))
        if since is not None:
            connection.execute(
                sa.insert(period).values(
                    id=new_id(),
                    site_id=row.site_id,
                    ticket_id=row.id,
                    kind="on_hold",
                    started_at=since,
                    ended_at=None,
                    staff_id=row.staff_id,
                    counter_id=row.counter_id,
                )
            )

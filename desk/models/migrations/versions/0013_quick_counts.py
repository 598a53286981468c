"""Months of counts and of durations, kept beside those of days: what the annual report reads."""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for measure, key, where in COUNTED:
        op.execute(
            "INSERT INTO day_count (site_id, day, measure, key, value) "
            f"SELECT site_id, day, '{measure}', {key}, count(*) FROM application WHERE {where} "
            f"GROUP BY site_id, day, {key}"
        )
    _create("month_count")
    _create("month_duration", sa.Column("bucket", sa.Integer(), nullable=False))
    month = (
        "date(day, 'start of month')" if op.get_bind().dialect.name == "sqlite" else "date_trunc('month', day)::date"
    )
    op.execute(
        "INSERT INTO month_count (site_id, month, measure, key, value) "
        f"SELECT site_id, {month}, measure, key, sum(value) FROM day_count GROUP BY site_id, {month}, measure, key"
    )
    op.execute(
        "INSERT INTO month_duration (site_id, month, measure, key, bucket, value, seconds) "
        f"SELECT site_id, {month}, measure, key, bucket, sum(value), sum(seconds) FROM duration_count "
        f"GROUP BY site_id, {month}, measure, key, bucket"
    )


COUNTED = (
    (
        "applications_outcome_by_channel",
        "channel || ':' || coalesce(outcome, state)",
        "outcome IS NOT NULL OR state IN ('forwarded', 'out_of_scope', 'withdrawn', 'duplicate')",
    ),
    ("applications_feedback", "satisfied", "satisfied IS NOT NULL"),
)
"""Counts that are kept from now on, of the applications there are: measure, key, which."""


def _create(name: str, *more: sa.Column[int]) -> None:
    seconds = [sa.Column("seconds", sa.Integer(), nullable=False)] if more else []
    op.create_table(
        name,
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        *more,
        sa.Column("value", sa.Integer(), nullable=False),
        *seconds,
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f(f"fk_{name}_site_id")),
        sa.PrimaryKeyConstraint("site_id", "month", "measure", "key", *(c.name for c in more), name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )

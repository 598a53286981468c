"""Counts of outcomes, by service and by unit, of the records there are."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    month = (
        "date(day, 'start of month')" if op.get_bind().dialect.name == "sqlite" else "date_trunc('month', day)::date"
    )
    for measure, table, key, where in COUNTED:
        for counts in ("day_count", "month_count"):
            op.execute(f"DELETE FROM {counts} WHERE measure = '{measure}'")
        op.execute(
            "INSERT INTO day_count (site_id, day, measure, key, value) "
            f"SELECT site_id, day, '{measure}', {key}, count(*) FROM {table} WHERE {where} "
            "GROUP BY 1, 2, 4"
        )
        op.execute(
            "INSERT INTO month_count (site_id, month, measure, key, value) "
            f"SELECT site_id, {month}, measure, key, sum(value) FROM day_count WHERE measure = '{measure}' "
            f"GROUP BY site_id, {month}, measure, key"
        )


COUNTED = (
    (
        "applications_outcome_by_unit",
        "application",
        "coalesce((SELECT code FROM unit WHERE unit.id = application.unit_id), '') || ':' || coalesce(outcome, state)",
        "outcome IS NOT NULL OR state IN ('forwarded', 'out_of_scope', 'withdrawn', 'duplicate')",
    ),
    ("tickets_outcome", "ticket", "coalesce(outcome, '')", "state = 'served'"),
)
"""Counts that are kept from now on: measure, table, key, which."""

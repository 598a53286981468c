"""Shifts surveys and counts"""

import sqlalchemy as sa
from alembic import op

import desk.models.base

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_tables()
    for measure, key, counted in COUNTED:
        op.execute(
            "INSERT INTO day_count (site_id, day, measure, key, value) "
            f"SELECT r.site_id, r.day, '{measure}', {key}, count(*) FROM {counted} GROUP BY r.site_id, r.day, {key}"
        )


COUNTED = (
    (
        "visits_by_subject",
        "k.code",
        "visit r JOIN subject k ON k.id = r.subject_id WHERE r.voided_at IS NULL",
    ),
    ("petitions_by_channel", "r.channel", "application r"),
    (
        "petitions_by_neighbourhood",
        "coalesce(k.code, '')",
        "application r LEFT JOIN neighbourhood k ON k.id = r.neighbourhood_id",
    ),
    ("applications", "r.kind", "application r"),
    ("applications_by_channel", "r.channel", "application r"),
    (
        "applications_by_unit",
        "coalesce(k.code, '')",
        "application r LEFT JOIN unit k ON k.id = r.unit_id",
    ),
    (
        "applications_by_neighbourhood",
        "coalesce(k.code, '')",
        "application r LEFT JOIN neighbourhood k ON k.id = r.neighbourhood_id",
    ),
    ("applications_by_subject", "r.subject_code", "application r"),
    ("equipment_used", "r.kind", "assistance r JOIN equipment_use u ON u.assistance_id = r.id"),
)
"""Counts that the first version did not keep: of what it recorded, they are made once from the records."""


def _create_tables() -> None:
    op.create_table(
        "survey_form",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("kiosk", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_form")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_survey_form_code_version")),
    )
    op.create_table(
        "left_open",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_left_open_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_left_open")),
    )
    op.create_index(op.f("ix_left_open_site_id_day"), "left_open", ["site_id", "day"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ended_at", desk.models.base.Moment(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_incident_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_incident_staff_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_incident_terminal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
        sa.UniqueConstraint("site_id", "day", "serial", name=op.f("uq_incident_site_id_day_serial")),
    )
    op.create_index(op.f("ix_incident_site_id_ended_at"), "incident", ["site_id", "ended_at"], unique=False)
    op.create_table(
        "kept_sheet",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("made_at", desk.models.base.Moment(), nullable=False),
        sa.Column("made_by", desk.models.base.Key(length=16), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_kept_sheet_made_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_kept_sheet_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_sheet")),
        sa.UniqueConstraint("site_id", "day", "revision", name=op.f("uq_kept_sheet_site_id_day_revision")),
    )
    op.create_index(
        op.f("ix_kept_sheet_site_id_year_serial"), "kept_sheet", ["site_id", "year", "serial"], unique=False
    )
    op.create_table(
        "late_entry",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_late_entry_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_late_entry_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_entry")),
    )
    op.create_index(op.f("ix_late_entry_site_id_day"), "late_entry", ["site_id", "day"], unique=False)
    op.create_table(
        "shift",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_at", desk.models.base.Moment(), nullable=True),
        sa.Column("opened_by", desk.models.base.Key(length=16), nullable=True),
        sa.Column("opening_note", sa.String(), nullable=False),
        sa.Column("closed_at", desk.models.base.Moment(), nullable=True),
        sa.Column("closed_by", desk.models.base.Key(length=16), nullable=True),
        sa.Column("handover_note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_shift_closed_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["staff.id"], name=op.f("fk_shift_opened_by")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_shift_site_id")),
        sa.PrimaryKeyConstraint("site_id", "day", name=op.f("pk_shift")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "shift_staff",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_shift_staff_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_staff_staff_id")),
        sa.PrimaryKeyConstraint("site_id", "day", "staff_id", name=op.f("pk_shift_staff")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident_step",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("incident_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], name=op.f("fk_incident_step_incident_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_incident_step_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_incident_step_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_step")),
    )
    op.create_index(op.f("ix_incident_step_incident_id_at"), "incident_step", ["incident_id", "at"], unique=False)
    op.create_table(
        "survey",
        sa.Column("id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", desk.models.base.Moment(), nullable=False),
        sa.Column("form_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("ticket_id", desk.models.base.Key(length=16), nullable=True),
        sa.Column("application_id", desk.models.base.Key(length=16), nullable=True),
        sa.Column("service_id", desk.models.base.Key(length=16), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("alarming", sa.Boolean(), nullable=False),
        sa.Column("seen_at", desk.models.base.Moment(), nullable=True),
        sa.Column("staff_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("terminal_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("request_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name=op.f("fk_survey_application_id")),
        sa.ForeignKeyConstraint(["form_id"], ["survey_form.id"], name=op.f("fk_survey_form_id")),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_survey_service_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_survey_site_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_survey_staff_id")),
        sa.ForeignKeyConstraint(["terminal_id"], ["terminal.id"], name=op.f("fk_survey_terminal_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_survey_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("site_id", "request_key", name=op.f("uq_survey_site_id_request_key")),
    )
    op.create_index(op.f("ix_survey_application_id"), "survey", ["application_id"], unique=False)
    op.create_index(op.f("ix_survey_site_id_day"), "survey", ["site_id", "day"], unique=False)
    op.create_index(op.f("ix_survey_ticket_id"), "survey", ["ticket_id"], unique=False)
    op.create_table(
        "survey_answer",
        sa.Column("site_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("survey_id", desk.models.base.Key(length=16), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_survey_answer_site_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_answer_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "question", name=op.f("pk_survey_answer")),
    )

"""Alembic's entry: runs on the connection that models.migrate hands over, in its transaction."""

from alembic import context

from desk.models.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()

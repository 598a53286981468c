"""Every table, imported: what migrations and ``create_all`` need to see."""

from desk.models import application, assistance, numbers_ahead, print_job, site, summary, ticket, visit
from desk.models.base import Base

__all__ = ["Base", "application", "assistance", "numbers_ahead", "print_job", "site", "summary", "ticket", "visit"]

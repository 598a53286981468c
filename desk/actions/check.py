"""``desk db check``: is the database whole, and do the counts agree with the records."""

from __future__ import annotations

from sqlalchemy import select, text

from desk.errors import N_, UserError
from desk.models import migrate
from desk.models.engine import Database
from desk.models.site import Site, SiteDay
from desk.reports import recount


def problems(db: Database) -> list[str]:
    """What is wrong, one line each; empty when all is well.

    Raises UserError for a database that is older or newer than the program.
    """
    found = migrate.revision(db)
    migrate.refuse_newer(found)
    if found != migrate.HEAD:
        raise UserError(N_("Veri tabanı hazırlanmamış ya da eski. “desk db upgrade” komutunu çalıştırınız."))
    lines = []
    with db.read() as session:
        if db.is_sqlite:
            lines += [row[0] for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            lines += [f"foreign key: {row[0]} {row[1]}" for row in session.execute(text("PRAGMA foreign_key_check"))]
        for site_id, day in session.execute(select(SiteDay.site_id, SiteDay.day).order_by(SiteDay.day)).all():
            lines += [str(difference) for difference in recount.differences(session, site_id, day)]
        for site_id in session.execute(select(Site.id)).scalars():
            lines += recount.month_differences(session, site_id)
    return lines

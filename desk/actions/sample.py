"""Sample data for the demo: past days by the simulation, and a morning that has just begun."""

from __future__ import annotations

from datetime import timedelta

from desk.actions import counter, desk, simulate, start
from desk.actions.context import Context
from desk.clock import local_date
from desk.config import Config
from desk.errors import DeskError
from desk.models.base import new_id
from desk.models.engine import Database
from desk.queue.types import Priority
from desk.registry.types import AssistanceKind

MORNING = (
    ("danisma", None, None, 1),
    ("vergi", None, None, 1),
    ("vergi", Priority.AGE, AssistanceKind.WHEELCHAIR, 2),
    ("talep", None, None, 1),
    ("imar", None, None, 1),
    ("evrak", None, None, 3),
    ("vergi", None, None, 1),
    ("sosyal", Priority.SMALL_CHILD, None, 2),
    ("danisma", None, None, 1),
    ("evlendirme", None, None, 2),
    ("talep", None, None, 1),
    ("imar", None, AssistanceKind.SIGN, 1),
)


def prepare(config: Config, days: int, seed: int, visitors_per_day: int) -> None:
    """Make the demo's database anew, unless the file already holds today or yesterday."""
    db = Database(config.database_url())
    path = db.path
    yesterday = local_date(db.now()) - timedelta(days=1)
    if path is not None and path.exists():
        try:
            with db.read() as session:
                known = start.last_day(session)
        except DeskError:  # an older or broken demo file: it is only a demo
            known = None
        if known is not None and known >= yesterday:
            db.close()
            return
        db.close()
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        db = Database(config.database_url())
    simulate.simulate(db, days, seed, visitors_per_day, yesterday, None)
    db.close()


def morning(ctx: Context) -> None:
    """Some visitors who are already waiting, and open counters: nothing when the day has begun before."""
    with ctx.db.read() as session:
        if start.last_day(session) == local_date(ctx.now()):
            return
    for number in range(1, 9):
        counter.open_counter(ctx, number)
    for service, priority, help_needed, persons in MORNING:
        request = desk.VisitRequest(str(new_id()), service, persons=persons, priority=priority, assistance=help_needed)
        desk.register_visit(ctx, request)

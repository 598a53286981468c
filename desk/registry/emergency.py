"""What the kiosk and the hall say while an unusual event goes on. Read by visitors: every string is in the catalogues.

A security call is silent: it appears on no public screen. A lost child is never named or described.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from desk.actor import Scope
from desk.errors import N_
from desk.models.incident import Incident
from desk.models.session import Session
from desk.registry.incident_kinds import IncidentKind
from desk.values import dataclass

OPEN_HOURS = 12
"""An event that nobody ended leaves the screens after so long: a forgotten one must not close the kiosk for good."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """``id`` of the event; ``title`` and ``sentence`` are marked strings. ``closes``: no numbers are given meanwhile;
    the sentence is said again every ``every`` seconds."""

    id: UUID
    title: str
    sentence: str
    icon: str
    closes: bool
    every: int


_WORDS = {
    IncidentKind.EVACUATION: (
        N_("Binayı boşaltınız"),
        N_("Lütfen sakin olunuz, asansör kullanmayınız, en yakın çıkıştan toplanma alanına gidiniz."),
        "alarm",
        True,
        20,
    ),
    IncidentKind.LOST_CHILD: (
        N_("Bir çocuk ailesini arıyor"),
        N_("Yalnız bir çocuk görürseniz lütfen yanında kalınız ve bir görevliye haber veriniz."),
        "child",
        False,
        60,
    ),
    IncidentKind.HEALTH: (
        N_("Sağlık ekibi geliyor"),
        N_("Lütfen girişi ve koridorları açık tutunuz, görevlilerin yönlendirmesine uyunuz."),
        "first-aid",
        False,
        60,
    ),
}
"""By kind, the gravest first; other kinds stay off the public screens."""


def current(s: Session, scope: Scope) -> Emergency | None:
    """What is said to everybody now: of the events that go on the gravest, of two alike the newest."""
    asked = (
        select(Incident.id, Incident.kind)
        .where(
            Incident.site_id == scope.site_id,
            Incident.day >= scope.day - timedelta(days=1),
            Incident.ended_at.is_(None),
            Incident.at > scope.now - timedelta(hours=OPEN_HOURS),
        )
        .order_by(Incident.at.desc())
    )
    rows = s.execute(asked).all()
    for kind, (title, sentence, icon, closes, every) in _WORDS.items():
        found = next((row.id for row in rows if row.kind == kind), None)
        if found is not None:
            return Emergency(found, title, sentence, icon, closes, every)
    return None

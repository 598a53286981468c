"""What the kiosk can offer at this moment: who speaks, which services, how long they take, whether we are open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

from desk.i18n import LANGUAGES
from desk.queue.types import ServiceQueue
from desk.registry.privacy_types import PROGRAMS, Notices
from desk.registry.types import SiteHeader
from desk.values import dataclass

if TYPE_CHECKING:  # imported with the first read: Qt paints before
    from desk.actions.context import Context
    from desk.registry.survey_forms import Form
    from desk.ui.kiosk.visitor import Visitor

TILES = 6
"""Services on the start page; with more, five and a way to all of them."""


@dataclass(frozen=True, slots=True)
class KioskQueue(ServiceQueue):
    """A service as its tile shows it. ``shut``: "" | "full" (no number today) | "hours" (not at this hour)."""

    shut: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why the kiosk gives no numbers, in the words of ``desk.queue.opening``, and when it does again."""

    why: str  # hours | lunch | holiday | closed_day | day_ended
    reason: str = ""  # the site's own words, in Turkish
    kind: str = ""  # of a closed day, for the other languages
    opens_at: datetime | None = None  # when known


@dataclass(frozen=True, slots=True)
class Offer:
    """One look at the database, for all pages."""

    header: SiteHeader
    queues: tuple[ServiceQueue, ...]  # active services in the order of the kiosk
    open: bool
    opens_at: datetime | None  # the next opening, when closed and known
    staff_codes: frozenset[str]  # who may leave the kiosk, also while the database is away
    closed: Closed | None = None  # None while open
    appointments: bool = False  # the site works with appointments
    survey: Form | None = None  # asked by whoever wants to answer; None: none in use
    status: bool = False  # "Başvurum nerede?" may be asked
    notice: Notices = PROGRAMS
    news: tuple[tuple[str, tuple[str, ...]], ...] = ()  # announcements by language; empty when there are none
    headphones: str = "ask"  # who knows that headphones are plugged: ask (the visitor) | always | never
    dimmed: tuple[int, int] | None = None  # hours of the night, minutes after midnight
    slip: str = "below"  # where the slip comes out, and
    desk: str = ""  # where the danışma is from here: KioskSettings

    def tiles(self, most: int = TILES) -> tuple[ServiceQueue, ...]:
        """The services with a tile of their own on a start page with room for ``most``."""
        own = tuple(queue for queue in self.queues if queue.service.kiosk)
        return own if len(own) <= most and len(own) == len(self.queues) else own[: most - 1]

    def shape(self) -> tuple:
        """What the start page is laid out by; all else only changes words on it."""
        return (
            self.open,
            self.header,
            self.appointments,
            self.survey,
            self.status,
            self.notice.version,
            self.news,
            tuple((q.service.code, q.service.name, q.service.kiosk) for q in self.queues),
        )

    def news_in(self, lang: str) -> tuple[str, ...]:
        """What is announced, as ``lang`` reads it."""
        return dict(self.news).get(lang, ())

    def more(self, most: int = TILES) -> bool:
        """Whether there are services that have no tile on such a start page."""
        return len(self.tiles(most)) < len(self.queues)


def heard_alone(offer: Offer, visitor: Visitor) -> bool:
    """Whether only the visitor hears what is said: the kiosk speaks into headphones alone, or they are plugged."""
    return offer.headphones == "always" or (offer.headphones == "ask" and visitor.headphones)


NOTHING_YET = Offer(SiteHeader("", "", "", "", "", ""), (), False, None, frozenset())


def load(ctx: Context) -> Offer:
    """Read the offer; belongs in a worker. Raises Fault when the database is away."""
    from desk.queue import appointments, opening, promises
    from desk.registry import kiosk, privacy, site

    def everything(session, scope) -> Offer:
        state = opening.kiosk_state(session, scope)
        header = site.header(session, scope)
        own = kiosk.kiosk_settings(session, scope)
        return Offer(
            header=header,
            queues=_tiles(session, scope, promises.queues(session, scope)),
            open=state.open,
            opens_at=state.opens_at,
            staff_codes=frozenset(person.code for person in site.staff(session, scope)),
            closed=None if state.open else closed_state(state),
            appointments=appointments.used(session, scope),
            survey=_survey(session, scope),
            status=own.status,
            notice=privacy.current(session, scope, header),
            news=_news(session, scope),
            headphones=own.headphones,
            dimmed=own.dimmed,
            slip=own.slip,
            desk=own.desk,
        )

    return ctx.read(everything)


def _news(session, scope) -> tuple[tuple[str, tuple[str, ...]], ...]:
    from desk.registry import announcements

    known = announcements.coming(session, scope, "kiosk")
    said = {lang: announcements.sentences(known, scope.day, lang) for lang in LANGUAGES}
    return tuple(said.items()) if any(said.values()) else ()


def _survey(session, scope) -> Form | None:
    from desk.registry import surveys

    return surveys.kiosk_form(session, scope)


def closed_state(state) -> Closed:
    """Why it is closed, out of what ``desk.queue.opening`` says."""
    special = state.closed_day
    return Closed(
        str(state.why), special.reason if special else "", str(special.kind) if special else "", state.opens_at
    )


def _tiles(session, scope, queues: Sequence[ServiceQueue]) -> tuple[KioskQueue, ...]:
    """What a tile says beside the forecast: a full cap, hours of its own."""
    from desk.queue import catalog, opening

    full, shut = catalog.full(session, scope), opening.shut_services(session, scope)
    found = []
    for queue in queues:
        known = {field.name: getattr(queue, field.name) for field in fields(ServiceQueue)}
        is_full = queue.service.id in full or queue.hardly_today
        known["shut"] = "full" if is_full else "hours" if queue.service.id in shut else ""
        found.append(KioskQueue(**known))
    return tuple(found)

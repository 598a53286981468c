"""When the hall shows no call although one was made: we are closed, or what is known may be old.

An old call that still stands in amber is a wrong one: somebody would walk to a counter that serves another number.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.clock import local
from desk.errors import N_
from desk.i18n import Translator
from desk.queue.types import HallSettings
from desk.registry.types import SiteHeader
from desk.ui.hall.calls import CallQueue
from desk.ui.kiosk import words
from desk.ui.kiosk.offer import Closed

FOLLOWED = timedelta(minutes=5)
"""How long the last call of the day stays before the display says that we are closed."""

SENTENCES = (
    N_("Öncelikli sıra: 65 yaş ve üzeri, engelli, hamile, bebekli / küçük çocuklu, şehit yakını / gazi."),
    N_("Numaranız çağrıldığında lütfen ekranda yazan bankoya geliniz."),
    N_("Numaranızı kaçırdıysanız lütfen danışmaya başvurunuz."),
    N_("Yardıma ihtiyacınız varsa lütfen görevlilerimize bildiriniz."),
)
"""At the foot, in turn, where the site has none of its own."""

AWAY = N_("Çağrı bilgisi şu anda güncellenemiyor; kendiliğinden devam edecektir.")
"""At the foot while the database is away."""

STALE = N_("Yeni çağrılar şu anda gösterilemiyor.")
TO_STAFF = N_("Lütfen bekleyiniz; görevlilerimiz numaranızı sesli çağıracaktır.")
"""In place of the call while the database is away."""

LAST_KNOWN = N_("Son bilinen çağrılar")
"""Over the list while the database is away: who is in it may have been served long ago."""


def is_stale(calls: CallQueue, steady: float) -> bool:
    """With the database away: whether every call that is known was shown for its whole time."""
    return not calls.waiting and calls.remaining(steady) <= 0


def is_over(calls: CallQueue, now: datetime) -> bool:
    """Outside opening hours: whether the last call was long enough ago to be followed."""
    return not calls.waiting and (calls.current is None or now - calls.current.at > FOLLOWED)


def minute(now: datetime) -> int:
    """The minute of the day, which the clock shows."""
    here = local(now)
    return here.hour * 60 + here.minute


def announced(settings: HallSettings, now: datetime) -> tuple[str, ...]:
    """What is announced today, one language after the other; it ends by itself, also without a database."""
    day = local(now).date()
    return tuple(said for one in settings.announced if one.holds(day) for said in one.texts.values())


def standing(settings: HallSettings, *, closed: bool) -> tuple[str, ...]:
    """The sentences of every day: the site's own, else the usual ones, which tell who waits what to do (and nobody
    waits once we are closed)."""
    if settings.sentences is not None:
        return settings.sentences
    return () if closed else SENTENCES


def closed_words(closed: Closed, now: datetime, header: SiteHeader, lang: str, tr: Translator) -> tuple[str, str]:
    """Title and sentences of closed hours."""
    said = words.closed(closed, now, header.hotline, lang, tr)
    return said.title, said.sentence

"""The privacy notice (aydınlatma metni, Law 6698 art. 10): its words, its version, and that it was offered.

A site may write its own words in Ayarlar; every change of them is a new version, and every version is kept with its
words. That it was offered is kept with version and time, tied to no number and nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from desk.actor import Actor, Scope
from desk.clock import local_date
from desk.errors import N_
from desk.i18n import LANGUAGES, translator
from desk.models import privacy as tables
from desk.models.base import new_id
from desk.models.session import Session
from desk.models.settings import setting
from desk.registry.privacy_types import FIRST as FIRST
from desk.registry.privacy_types import Notice, Notices
from desk.registry.types import SiteHeader

TEXTS = "notice"
VERSION = "notice_version"
"""The settings that hold the site's own words (by language, paragraphs) and the version in force."""

PARAGRAPHS = (
    N_("Veri sorumlusu: {authority}."),
    N_(
        "Sıra numarası alırken adınız, T.C. kimlik numaranız ve telefonunuz sorulmaz. Seçtiğiniz hizmet, dil, öncelik "
        "bildiriminiz ve saat, sırayı yürütmek ve hizmeti geliştirmek için isimsiz olarak kaydedilir."
    ),
    N_("Başvurunuzun durumunu sorarken yazdığınız kodlar yalnızca arama için kullanılır; bu ekranda saklanmaz."),
    N_(
        "Dilekçe ve başvurunuzda verdiğiniz kişisel veriler, başvurunuzu sonuçlandırmak için ilgili kanunlar uyarınca "
        "işlenir; yalnızca görevli birimlerle ve kanunen yetkili kurumlarla paylaşılır."
    ),
    N_(
        "6698 sayılı Kanunun 11. maddesindeki haklarınız için danışmaya veya {hotline} hattına başvurabilirsiniz. "
        "Ayrıntılı aydınlatma metnini görevlimizden isteyebilirsiniz."
    ),
)
"""What is said where the site has written nothing of its own."""


class How(StrEnum):
    OFFERED = "offered"  # the way to it stood beside the number
    OPENED = "opened"
    HEARD = "heard"


class Unit(Protocol):
    """An open transaction."""

    @property
    def session(self) -> Session: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime: ...


def version(s: Session, site_id: UUID) -> str:
    """The version in force."""
    return setting(s, site_id, VERSION, "") or FIRST


def current(s: Session, scope: Scope, header: SiteHeader) -> Notices:
    """The notice in force, in every language it exists in."""
    own: dict[str, Any] = setting(s, scope.site_id, TEXTS, {})
    at = version(s, scope.site_id)
    return Notices(at, tuple(Notice(at, words, lang) for lang, words in texts(own, header).items()))


def texts(own: Mapping[str, Any], header: SiteHeader) -> dict[str, tuple[str, ...]]:
    """Words by language: the site's own, and where it has none at all the program's."""
    if any(own.values()):
        return {lang: tuple(str(line) for line in own[lang]) for lang in LANGUAGES if own.get(lang)}
    return {lang: _programs(translator(lang), header) for lang in LANGUAGES}


def _programs(tr: Callable[[str], str], header: SiteHeader) -> tuple[str, ...]:
    return tuple(tr(one).format(authority=header.authority, hotline=header.hotline) for one in PARAGRAPHS)


def next_version(now: str, today: date) -> str:
    """ "1" → "2", "2026-1" → "2026-2", in another year "2027-1"; words without a number get one: "ilk" → "ilk-2"."""
    found = re.fullmatch(r"(.*?)(\d+)", now or FIRST)
    if found is None:
        return f"{now}-2"
    head, serial = found.groups()
    year = head.rstrip("-/.")
    if len(year) == 4 and year.isdecimal() and int(year) < today.year:
        return f"{today.year}{head[4:]}1"
    return f"{head}{int(serial) + 1}"


def publish(unit: Unit, site_id: UUID, wanted: str, words: Mapping[str, Any]) -> bool:
    """Keep a version with its words; False when the version was used before for other words."""
    kept = {lang: list(one) for lang, one in words.items()}
    before = unit.session.execute(
        select(tables.PrivacyNotice.texts).where(
            tables.PrivacyNotice.site_id == site_id, tables.PrivacyNotice.version == wanted
        )
    ).scalar_one_or_none()
    if before is not None:
        return bool(before == kept)
    unit.session.add(
        tables.PrivacyNotice(site_id=site_id, version=wanted, texts=kept, at=unit.now, staff_id=unit.actor.staff_id)
    )
    unit.session.flush()
    return True


def shown(unit: Unit, site_id: UUID, how: How, at: str, lang: str, press: str) -> bool:
    """Note that version ``at`` was offered, opened or heard; False when the same ``press`` has noted it already."""
    row = {
        "id": new_id(),
        "site_id": site_id,
        "day": local_date(unit.now),
        "at": unit.now,
        "terminal_id": unit.actor.terminal_id,
        "version": at,
        "lang": lang,
        "how": how,
        "press": press,
    }
    try:
        with unit.session.begin_nested():
            unit.session.execute(insert(tables.NoticeShown).values(**row))
    except IntegrityError:
        return False
    return True


def times_shown(s: Session, scope: Scope, first: date, last: date) -> dict[tuple[str, How], int]:
    """How often each version was offered, opened and heard between two days, both included."""
    found = s.execute(
        select(tables.NoticeShown.version, tables.NoticeShown.how, func.count())
        .where(tables.NoticeShown.site_id == scope.site_id, tables.NoticeShown.day.between(first, last))
        .group_by(tables.NoticeShown.version, tables.NoticeShown.how)
    )
    return {(version_, How(how)): count for version_, how, count in found}


def published(s: Session, scope: Scope) -> tuple[tuple[str, datetime], ...]:
    """The versions there were, newest first."""
    rows = s.execute(
        select(tables.PrivacyNotice.version, tables.PrivacyNotice.at)
        .where(tables.PrivacyNotice.site_id == scope.site_id)
        .order_by(tables.PrivacyNotice.at.desc())
    )
    return tuple((row.version, row.at) for row in rows)

"""Reads about the place itself: its header, units, neighbourhoods, staff, and what the desk can send people to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.i18n import learn
from desk.models import site as tables
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.settings import setting
from desk.registry import guide, types
from desk.text import fold

_M = tables.Municipality.__table__
_SITE = tables.Site.__table__
_HEADER = Query(
    select(
        *(_M.c[name] for name in ("name", "authority", "department", "address", "hotline")),
        _SITE.c.name.label("site"), _SITE.c.settings,
    )
    .join_from(_M, _SITE, _SITE.c.municipality_id == _M.c.id)
    .where(_SITE.c.id == bindparam("site"))
)  # fmt: skip


NOTES = ("ticket_note", "direction_note", "receipt_note", "receipt_privacy")
"""Places of the papers that the site may word itself: the inner keys of its setting ``paper``."""


def header(s: Session, scope: Scope) -> types.SiteHeader:
    return ask_header(s, scope)()


def ask_header(s: Session, scope: Scope) -> Callable[[], types.SiteHeader]:
    """The same, its statement being sent with whatever is asked next (``Query.ask``)."""
    s.flush()  # the statement goes past the session
    found = _HEADER.ask(s.connection(), {"site": scope.site_id})
    return lambda: _header(found())


def _header(row: Any) -> types.SiteHeader:
    if row is None:
        raise UserError(N_("Yerleşke bulunamadı."))
    learn(row.settings.get("own_words", {}))  # names of services that no catalogue has; Ayarlar writes them
    lines = tuple(str(line) for line in row.settings.get("header_lines", ()))
    own = row.settings.get("paper", {})
    notes = tuple((key, str(own[key])) for key in NOTES if own.get(key))
    return types.SiteHeader(row.name, row.authority, row.department, row.site, row.address, row.hotline, lines, notes)


def place(s: Session, scope: Scope) -> str:
    """Where visitors enter: the start of every refakat."""
    return setting(s, scope.site_id, "place", N_("Giriş"))


def hold_terminal(s: Session, terminal_id: UUID) -> None:
    """Whoever else asks for this terminal's row waits for the end of the transaction."""
    s.execute(select(tables.Terminal.id).where(tables.Terminal.id == terminal_id).with_for_update()).one()


def units(s: Session, scope: Scope) -> tuple[types.Unit, ...]:
    """Units in force, in Turkish alphabetical order."""
    rows = s.execute(
        select(tables.Unit.__table__)
        .where((tables.Unit.valid_to.is_(None)) | (tables.Unit.valid_to > scope.day))
        .order_by(tables.Unit.name_sort)
    )
    return tuple(types.Unit(u.id, u.code, u.name, u.short_name, u.place) for u in rows)


def neighbourhoods(s: Session, scope: Scope) -> tuple[types.Neighbourhood, ...]:
    rows = s.execute(
        select(tables.Neighbourhood)
        .where((tables.Neighbourhood.valid_to.is_(None)) | (tables.Neighbourhood.valid_to > scope.day))
        .order_by(tables.Neighbourhood.name_sort)
    ).scalars()
    return tuple(types.Neighbourhood(n.id, n.code, n.name) for n in rows)


def staff(s: Session, scope: Scope, kind: str = "person") -> tuple[types.Staff, ...]:
    rows = s.execute(
        select(tables.Staff.__table__)
        .where(tables.Staff.site_id == scope.site_id, tables.Staff.kind == kind, tables.Staff.active)
        .order_by(tables.Staff.name)
    )
    return tuple(types.Staff(p.id, p.code, p.name, p.role) for p in rows)


_STAFF_NAME = Query(select(tables.Staff.name).where(tables.Staff.id == bindparam("staff")))


def staff_name(s: Session, staff_id: UUID) -> str:
    s.flush()
    name: str = _STAFF_NAME.one_or_none(s.connection(), {"staff": staff_id}).name
    return name


def terminal_name(s: Session, terminal_id: UUID) -> str:
    return s.execute(select(tables.Terminal.name).where(tables.Terminal.id == terminal_id)).scalar_one()


def unit_id(s: Session, code: str) -> UUID:
    """The id of a unit by its code; raises UserError for an unknown one."""
    found = s.execute(
        select(tables.Unit.id).where(tables.Unit.code == code).order_by(tables.Unit.valid_from.desc()).limit(1)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Böyle bir birim yok: {code}"), code=code)
    return found


def destinations(s: Session, scope: Scope) -> tuple[types.Destination, ...]:
    """Everything the desk's search finds: services, then subjects, then lines of the guide, then units."""
    by_id = {unit.id: unit for unit in units(s, scope)}
    services = {
        one.code: one
        for one in s.execute(
            select(tables.Service.__table__)
            .where(tables.Service.site_id == scope.site_id, tables.Service.active)
            .order_by(tables.Service.position)
        )
    }
    subjects = s.execute(
        select(tables.Subject.__table__)
        .where((tables.Subject.valid_to.is_(None)) | (tables.Subject.valid_to > scope.day))
        .order_by(tables.Subject.name_fold)
    )
    plain = (
        *(_to_service(one, by_id.get(one.unit_id)) for one in services.values()),
        *(_to_subject(one, by_id.get(one.unit_id), services.get(one.service_code or "")) for one in subjects),
    )
    by_code = {unit.code: unit for unit in by_id.values()}
    return (*_with_guide(plain, guide.rows(s, scope.site_id), by_code), *(_to_unit(one) for one in by_id.values()))


def _with_guide(
    known: tuple[types.Destination, ...], rows: Sequence[Any], units: Mapping[str, types.Unit]
) -> Iterator[types.Destination]:
    """Each subject and service with its line of the guide, found by that line's name as well; lines that belong to
    none of them (or share one) stand for themselves."""
    left = list(rows)
    for one in known:
        about = (one.subject_code, "") if one.subject_code else ("", one.service_code)
        row = next((row for row in left if (row.subject_code, row.service_code) == about), None)
        if row is None:
            yield one
            continue
        left.remove(row)
        words = one.fold if row.name_fold in one.fold else f"{one.fold} {row.name_fold}"
        yield replace(one, guide=row.code, fold=words)
    by_about = {one.subject_code or one.service_code: one for one in known}
    for row in left:
        through = by_about.get(row.subject_code or row.service_code)
        unit = units.get(row.unit_code) or (units.get(through.unit_code) if through else None)
        yield types.Destination(
            key=f"guide:{row.code}",
            name=row.name,
            detail=_detail(unit, row.place),
            service_code=through.service_code if through else "",
            subject_code=through.subject_code if through else "",
            unit_code=unit.code if unit else "",
            letter=through.letter if through else "",
            fold=row.name_fold,
            guide=row.code,
        )


def _to_service(service: Any, unit: types.Unit | None) -> types.Destination:
    return types.Destination(
        key=f"service:{service.code}",
        name=service.name,
        detail=_detail(unit, service.place),
        service_code=service.code,
        subject_code="",
        unit_code=unit.code if unit else "",
        letter=service.letter,
        fold=service.name_fold,
    )


def _to_subject(subject: Any, unit: types.Unit | None, through: Any | None) -> types.Destination:
    """A subject leads to the service one queues at for it; without one, to its unit."""
    where = through.place if through else unit.place if unit else ""
    return types.Destination(
        key=f"subject:{subject.code}",
        name=subject.name,
        detail=_detail(unit, where),
        service_code=through.code if through else "",
        subject_code=subject.code,
        unit_code=unit.code if unit else "",
        letter=through.letter if through else "",
        fold=subject.name_fold,
    )


def _to_unit(unit: types.Unit) -> types.Destination:
    return types.Destination(
        key=f"unit:{unit.code}",
        name=unit.name,
        detail=unit.place,
        service_code="",
        subject_code="",
        unit_code=unit.code,
        letter="",
        fold=fold(f"{unit.name} {unit.short_name}"),
    )


def _detail(unit: types.Unit | None, place: str) -> str:
    return f"{unit.short_name} · {place}" if unit else place


def search(query: str, known: tuple[types.Destination, ...], limit: int = 8) -> tuple[types.Destination, ...]:
    """The best matches: every word of the query begins a word of the name, or stands inside it.

    Names that begin with the query come first, then word beginnings in the order of ``known`` (services before
    subjects before units), then inner matches. Two letters are enough.
    """
    words = fold(query).split()
    if not words:
        return ()
    ranked = []
    for place, one in enumerate(known):
        rank = _rank(words, one.fold)
        if rank is not None:
            ranked.append((rank, place, one))
    ranked.sort(key=lambda entry: entry[:2])
    return tuple(one for _, _, one in ranked[:limit])


def _rank(words: list[str], name: str) -> int | None:
    if name.startswith(" ".join(words)):
        return 0
    padded = f" {name}"
    if all(f" {word}" in padded for word in words):
        return 1
    return 2 if all(word in name for word in words) else None

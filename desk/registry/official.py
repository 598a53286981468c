"""EBYS: where registration is official elsewhere, our number is a "Takip no" until the EBYS number is filled in.

CSV both ways: what we took in goes out with our numbers; the EBYS's numbers and dates come back beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models.session import Session
from desk.models.work import Work
from desk.registry import life
from desk.registry.channels import read_date
from desk.registry.types import DocumentKind
from desk.text import clean, fold

_A = tables.Application.__table__

COLUMNS = (N_("Takip no"), N_("EBYS sayısı"), N_("EBYS tarihi"))


@dataclass(frozen=True, slots=True)
class OfficialNumber:
    """One line of the file that comes back."""

    record_number: str
    number: str
    on: date
    line: int = 0  # of the file


@dataclass(frozen=True, slots=True)
class Refused:
    line: int
    reason: str


def read_lines(rows: Iterable[tuple[int, list[str]]]) -> tuple[list[OfficialNumber], list[Refused]]:
    """Lines of (our number, EBYS number, EBYS date); each that cannot be read with its reason."""
    good, bad = [], []
    for line, cells in rows:
        record, number, day = (clean(cell) for cell in [*cells, "", "", ""][:3])
        if not (record or number) or fold(record) == fold(COLUMNS[0]):
            continue
        on = read_date(day)
        if "/" not in record:
            bad.append(Refused(line, N_("Takip no okunamadı")))
        elif not number or len(number) > 60:
            bad.append(Refused(line, N_("EBYS sayısı yok ya da çok uzun")))
        elif on is None:
            bad.append(Refused(line, N_("EBYS tarihi okunamadı. Örnek: 24.11.2026")))
        else:
            good.append(OfficialNumber(record, number, on, line))
    return good, bad


@dataclass(frozen=True, slots=True)
class Looked:
    """One line of the file that came back: what will happen with it, before anything is written."""

    line: int
    record_number: str
    number: str
    on: date | None
    result: str  # marked source string
    good: bool  # will be written


WILL_BE_WRITTEN, WRITTEN_BEFORE = N_("Yazılacak"), N_("Aynı sayı zaten yazılmış")


def look(s: Session, scope: Scope, rows: Iterable[tuple[int, list[str]]]) -> tuple[Looked, ...]:
    """Every line of the file with its result, in the file's order."""
    found: list[Looked] = []
    seen: set[str] = set()
    good, bad = read_lines(rows)
    known = _known(s, scope, [one.record_number for one in good])
    for one in good:
        result, fits = _result(known.get(one.record_number), one, seen)
        seen.add(one.record_number)
        found.append(Looked(one.line, one.record_number, one.number, one.on, result, fits))
    found += [Looked(one.line, "", "", None, one.reason, False) for one in bad]
    return tuple(sorted(found, key=lambda one: one.line))


def _known(s: Session, scope: Scope, numbers: list[str]) -> dict[str, tuple[str | None, date]]:
    found: dict[str, tuple[str | None, date]] = {}
    for at in range(0, len(numbers), 500):
        rows = s.execute(
            select(_A.c.record_number, _A.c.official_number, _A.c.day).where(
                _A.c.site_id == scope.site_id, _A.c.record_number.in_(numbers[at : at + 500])
            )
        )
        found |= {row.record_number: (row.official_number, row.day) for row in rows}
    return found


def _result(known: tuple[str | None, date] | None, one: OfficialNumber, seen: set[str]) -> tuple[str, bool]:
    if known is None:
        return N_("Takip no bulunamadı"), False
    written, day = known
    if written == one.number:
        return WRITTEN_BEFORE, False
    if written is not None:
        return N_("Kayıtta başka bir EBYS sayısı var"), False
    if one.on < day:
        return N_("EBYS tarihi kayıttan önce"), False
    if one.record_number in seen:
        return N_("Dosyada ikinci kez geçiyor"), False
    return WILL_BE_WRITTEN, True


def fill(work: Work, application_id: UUID, number: str, on: date) -> None:
    """Write the EBYS number of a record. Raises UserError when there is another one already."""
    number = clean(number)
    if not number or len(number) > 60:
        raise UserError(N_("EBYS sayısı yok ya da çok uzun."))
    row = work.session.execute(
        select(_A.c.official_number, _A.c.day, _A.c.record_number).where(
            _A.c.id == application_id, _A.c.site_id == work.site_id
        )
    ).one_or_none()
    if row is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    if row.official_number == number:
        return
    if row.official_number is not None:
        raise UserError(
            N_("{record} için EBYS sayısı zaten yazılmış: {number}."),
            record=row.record_number, number=row.official_number,
        )  # fmt: skip
    if on < row.day:
        raise UserError(N_("{record}: EBYS tarihi kayıttan önce olamaz."), record=row.record_number)
    work.session.execute(update(_A).where(_A.c.id == application_id).values(official_number=number, official_on=on))
    life.log(work, application_id, "official", {"number": number, "on": on.isoformat()})
    work.change(Kind.APPLICATION_MOVED, application_id)


def fill_all(work: Work, lines: Iterable[OfficialNumber]) -> int:
    """Write all, or none: raises UserError naming the first record that is unknown or has another number."""
    count = 0
    for one in lines:
        key = work.session.execute(
            select(_A.c.id).where(_A.c.site_id == work.site_id, _A.c.record_number == one.record_number)
        ).scalar()
        if key is None:
            raise UserError(N_("Takip no bulunamadı: {number}"), number=one.record_number)
        fill(work, key, one.number, one.on)
        count += 1
    return count


def waiting(s: Session, scope: Scope) -> list[tuple[str, date, str]]:
    """Documents without an EBYS number yet: (our number, day, subject), oldest first."""
    rows = s.execute(
        select(_A.c.record_number, _A.c.day, _A.c.subject)
        .where(_A.c.site_id == scope.site_id, _A.c.official_number.is_(None))
        .where(_A.c.document_kind != DocumentKind.NONE, _A.c.state != "voided", _A.c.open.is_(True))
        .order_by(_A.c.year, _A.c.serial)
    )
    return [(row.record_number, row.day, row.subject) for row in rows]

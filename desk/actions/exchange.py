"""What goes out and comes back: EBYS numbers, days of leave, calls written down by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from desk.actions.context import Context
from desk.actor import Right
from desk.errors import N_, UserError
from desk.registry import applications, call_desk, import_sheets, leave, official
from desk.registry.call_desk import CallLine, NewCall
from desk.registry.leave import Effect, Leave
from desk.registry.official import Looked, OfficialNumber


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that has no official number yet."""

    record_number: str
    day: date
    subject: str


@dataclass(frozen=True, slots=True)
class EbysState:
    official_elsewhere: bool  # the site's setting "resmî kayıt: EBYS"
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class EbysFile:
    """The file that came back, looked into: nothing is written yet."""

    name: str
    lines: tuple[Looked, ...]

    @property
    def good(self) -> tuple[Looked, ...]:
        return tuple(one for one in self.lines if one.good)

    @property
    def wrong(self) -> tuple[Looked, ...]:
        """Lines that somebody must look at; what was written before is none of them."""
        return tuple(one for one in self.lines if not one.good and one.result != official.WRITTEN_BEFORE)


def ebys_state(ctx: Context) -> EbysState:
    rows = ctx.read(official.waiting)
    elsewhere = ctx.read(lambda session, scope: applications.official_elsewhere(session, scope.site_id))
    return EbysState(elsewhere, tuple(Waiting(*row) for row in rows))


def look_at_ebys(ctx: Context, path: Path) -> EbysFile:
    """Read a CSV or XLSX that the EBYS gave, line by line, with what would happen to each.

    Raises UserError for a file that is none, Fault when it cannot be read.
    """
    sheet = import_sheets.read(path)
    rows = [(line.number, list(line.cells)) for line in sheet.lines]
    return EbysFile(path.name, ctx.read(official.look, rows))


def take_ebys(ctx: Context, file: EbysFile, *, skip_bad: bool = False) -> int:
    """Write the numbers of a file that was looked into. With wrong lines in it only with ``skip_bad``. How many."""
    if file.wrong and not skip_bad:
        raise UserError(N_("Dosyada {count} hatalı satır var; hiçbir sayı yazılmadı."), count=len(file.wrong))
    numbers = [OfficialNumber(one.record_number, one.number, one.on) for one in file.good if one.on is not None]
    with ctx.work(Right.REGISTER) as work:
        return official.fill_all(work, numbers)


def write_official_number(ctx: Context, record_number: str, number: str, on: date) -> None:
    """Write one EBYS number by hand."""
    with ctx.work(Right.REGISTER) as work:
        official.fill_all(work, [OfficialNumber(record_number, number, on)])


# Leave


def leave_days(ctx: Context) -> tuple[Leave, ...]:
    """The days of this year and of later ones, oldest first."""
    found: tuple[Leave, ...] = ctx.read(leave.days)
    year = ctx.read(lambda _session, scope: scope.day).year
    return tuple(one for one in found if one.day.year >= year)


def leave_effect(ctx: Context, one: Leave, *, taken_back: bool = False) -> Effect:
    return ctx.read(lambda session, scope: leave.effect(session, scope, one, taken_back=taken_back))


# Calls


def note_call(ctx: Context, call: NewCall) -> UUID:
    with ctx.work(Right.REGISTER) as work:
        return call_desk.note(work, call)


def take_back_call(ctx: Context, call_id: UUID) -> None:
    with ctx.work(Right.REGISTER) as work:
        call_desk.take_back(work, call_id)


def calls_of_day(ctx: Context) -> tuple[CallLine, ...]:
    return ctx.read(call_desk.of_day)

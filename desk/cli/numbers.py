"""Manual numbers, appointments and closed days: ``desk numbers``, ``desk appointment``, ``desk closed-days``."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Group, common, day_of, office, say
from desk.errors import N_, UserError

if TYPE_CHECKING:
    from desk.actions.context import Context
    from desk.queue.opening import ClosedDay


@click.group(cls=Group)
@common
def numbers(**_options: Any) -> None:
    """Elektrik kesintisinde elle verilecek numaralar."""


@numbers.command("reserve")
@click.option("--service", metavar="KOD", help="Hizmet kodu ya da harfi (verilmezse bütün hizmetler).")
@click.option("--count", type=int, default=20, show_default=True, metavar="SAYI", help="Hizmet başına numara sayısı.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def reserve(service: str | None, count: int, as_json: bool, **options: Any) -> None:
    """Numaraları diziden ayırır ve koparılacak biçimde yazdırır."""
    from desk.actions import reserved as actions
    from desk.models.base import new_id

    with office(options) as ctx:
        key = str(new_id())
        taken = (actions.reserve(ctx, service, count, key),) if service else actions.reserve_all(ctx, count, key)
        for one in taken:
            state = _printed(ctx, one.job)
            line = {
                "service": one.block.service_code,
                "first": one.block.first,
                "last": one.block.last,
                "count": len(one.block.numbers),
                "print": state,
            }
            say(line, as_json, f"{one.block.first} – {one.block.last} ayrıldı · {one.block.service_name}")


def _printed(ctx: Context, job: Any) -> str:
    from desk.printing import spooler

    return spooler.print_now(ctx.db, ctx.actor, ctx.data_dir, job, seconds=5.0) if job else "none"


@numbers.command("enter")
@click.option("--from", "first", required=True, metavar="NUMARA", help="İlk verilen numara, örnek: V018.")
@click.option("--to", "last", required=True, metavar="NUMARA", help="Son verilen numara.")
@click.option("--at", "clock", metavar="SS.DD", help="Geliş saati (verilmezse şu an).")
@click.option("--served-to", default="", metavar="NUMARA", help="Bu numaraya kadar (dahil) işlemler bitti.")
@click.option("--keep-rest", is_flag=True, help="Artan numaraları iptal etmez.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def enter(
    first: str, last: str, clock: str | None, served_to: str, keep_rest: bool, as_json: bool, **options: Any
) -> None:
    """Elle verilen numaraları kuyruğa işler; artanları iptal eder."""
    from desk.actions import reserved as actions

    with office(options) as ctx:
        at = _moment(ctx, None, clock) if clock else None
        done = actions.enter(ctx, actions.Handed(first, last, at, served_to, not keep_rest))
        line = {
            "service": done.service_name,
            "entered": list(done.numbers),
            "before": list(done.before),
            "voided": done.voided,
        }
        words = f"{len(done.numbers)} numara işlendi · {done.service_name}"
        if done.before:
            words += f" · {len(done.before)} numara daha önce işlenmişti"
        if done.voided:
            words += f" · artan {done.voided} numara iptal edildi"
        say(line, as_json, words)


@numbers.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def list_reserved(as_json: bool, **options: Any) -> None:
    """Bugün elle verilmek üzere ayrılan numaraları gösterir."""
    from desk.queue import reserved
    from desk.text import lower_tr

    with office(options) as ctx:
        blocks = ctx.read(reserved.blocks)
    for block in blocks:
        counts = {state: sum(one.state is state for one in block.numbers) for state in reserved.ReservedState}
        words = ", ".join(
            f"{count} {lower_tr(reserved.RESERVED_NAMES[state])}" for state, count in counts.items() if count
        )
        line = {"service": block.service_code, "first": block.first, "last": block.last} | {
            str(state): count for state, count in counts.items()
        }
        say(line, as_json, f"{block.first} – {block.last} · {block.service_name} · {words}")
    if not blocks and not as_json:
        click.echo("Bugün elle verilecek numara ayrılmadı.")


@click.group(cls=Group)
@common
def appointment(**_options: Any) -> None:
    """Randevular."""


@appointment.command("add")
@click.option("--service", required=True, metavar="KOD", help="Hizmet kodu ya da harfi.")
@click.option("--at", "clock", required=True, metavar="SS.DD", help="Saat, örnek: 14.30.")
@click.option("--date", "day", metavar="YYYY-AA-GG", help="Gün (verilmezse bugün).")
@click.option("--persons", type=int, default=1, show_default=True, metavar="SAYI", help="Kişi sayısı.")
@click.option("--name", default="", metavar="AD", help="Ad soyad (isteğe bağlı).")
@click.option("--early", type=int, metavar="DK", help="En erken giriş: randevudan kaç dakika önce.")
@click.option("--late", type=int, metavar="DK", help="En geç giriş: randevudan kaç dakika sonra.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def appointment_add(
    service: str,
    clock: str,
    day: str | None,
    persons: int,
    name: str,
    early: int | None,
    late: int | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Randevu verir; ziyaretçinin söyleyeceği kodu yazar."""
    from desk.actions import appointments as actions
    from desk.models.base import new_id
    from desk.registry.types import PersonInput

    with office(options) as ctx:
        at = _moment(ctx, day_of(day) if day else None, clock)
        booking = actions.Booking(str(new_id()), service, at, persons, early, late, PersonInput(name=name))
        made = actions.book(ctx, booking)
        say(_appointment_line(made), as_json, f"{_moment_words(made.at)} · {made.service_name} · kod {made.code}")


@appointment.command("check-in")
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def appointment_check_in(code: str, as_json: bool, **options: Any) -> None:
    """Randevulu ziyaretçiye numara verir."""
    from desk.actions import appointments as actions

    with office(options) as ctx:
        done = actions.check_in(ctx, code)
        given = done.tickets[0]
        for job in done.jobs:
            _printed(ctx, job)
        line = {"number": given.number, "service": given.service_code, "repeated": done.repeated}
        say(line, as_json, f"{given.number} · {given.service_name}")


@appointment.command("list")
@click.option("--date", "day", metavar="YYYY-AA-GG", help="Gün (verilmezse bugün).")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def appointment_list(day: str | None, as_json: bool, **options: Any) -> None:
    """Bir günün randevularını gösterir."""
    from desk.actions import appointments as actions
    from desk.queue.appointments import STATE_NAMES

    with office(options) as ctx:
        found = actions.of_day(ctx, day_of(day) if day else None)
    for one in found:
        words = f"{_moment_words(one.at)} · {one.service_name} · kod {one.code} · {STATE_NAMES[one.state]}"
        say(_appointment_line(one), as_json, words)
    if not found and not as_json:
        click.echo("O gün için randevu yok.")


def _appointment_line(one: Any) -> dict[str, Any]:
    from desk.clock import local

    return {
        "id": str(one.id),
        "at": local(one.at).isoformat(timespec="minutes"),
        "code": one.code.replace(" ", ""),
        "service": one.service_code,
        "persons": one.persons,
        "early_minutes": one.early_minutes,
        "late_minutes": one.late_minutes,
        "state": one.state,
    }


def _moment_words(moment: datetime) -> str:
    from desk.text import date_and_time

    return date_and_time(moment)


@click.group("closed-days", cls=Group, invoke_without_command=True)
@common
@click.pass_context
def closed_days(ctx: click.Context, /, **options: Any) -> None:
    """Kapalı ve kısa günler: bayram köprüsü, idari izin, yerel tatil, bakım."""
    if ctx.invoked_subcommand is None:
        _list_closed(options, as_json=False)


@closed_days.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def closed_list(as_json: bool, **options: Any) -> None:
    """Bugünden sonraki kapalı günleri gösterir."""
    _list_closed(options, as_json)


def _list_closed(options: dict[str, Any], as_json: bool) -> None:
    from datetime import timedelta

    from desk.queue import opening

    with office(options) as ctx:
        found = ctx.read(lambda s, scope: opening.closed_days(s, scope, scope.day, scope.day + timedelta(days=730)))
    for one in found:
        say(_closed_line(one), as_json, _closed_words(one))
    if not found and not as_json:
        click.echo("Önümüzde kapalı gün yok (resmî tatiller ayrıca bilinir).")


@closed_days.command("add")
@click.argument("day", metavar="YYYY-AA-GG")
@click.option("--kind", default="other", show_default=True, metavar="TÜR", help="bridge, leave, local, works, other.")
@click.option("--reason", default="", metavar="METİN", help="Ziyaretçiye gösterilen neden.")
@click.option("--hours", metavar="SS.DD-SS.DD", help="Kısa gün: yalnız bu saatlerde açık.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def closed_add(day: str, kind: str, reason: str, hours: str | None, as_json: bool, **options: Any) -> None:
    """Bir günü kapatır ya da kısaltır."""
    from desk.actor import Right
    from desk.queue import opening

    try:
        chosen = opening.ClosedKind(kind)
    except ValueError as error:
        known = ", ".join(opening.ClosedKind)
        raise UserError(N_("Böyle bir tür yok: {name}. Bilinenler: {known}"), name=kind, known=known) from error
    opens, closes = _hours(hours) if hours else (None, None)
    closed = opening.ClosedDay(day_of(day), chosen, reason, opens, closes)
    with office(options) as ctx:
        with ctx.work(Right.REPORT) as work:
            opening.set_closed_day(work, closed)
        say(_closed_line(closed), as_json, _closed_words(closed))


@closed_days.command("remove")
@click.argument("day", metavar="YYYY-AA-GG")
@common
def closed_remove(day: str, **options: Any) -> None:
    """Günü yeniden olağan saatlerine döndürür."""
    from desk.actor import Right
    from desk.queue import opening

    with office(options) as ctx, ctx.work(Right.REPORT) as work:
        opening.clear_closed_day(work, day_of(day))
    click.echo("Kaldırıldı.")


def _closed_line(one: ClosedDay) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "kind": str(one.kind),
        "reason": one.reason,
        "opens": one.opens,
        "closes": one.closes,
    }


def _closed_words(one: ClosedDay) -> str:
    from desk.queue.opening import CLOSED_NAMES, clock_of
    from desk.text import long_date

    when = "kapalı"
    if one.opens is not None and one.closes is not None:
        when = f"{clock_of(one.opens)}–{clock_of(one.closes)} açık"
    return " · ".join(part for part in (long_date(one.day), when, one.reason or CLOSED_NAMES[one.kind]) if part)


_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise UserError(N_("Saat anlaşılamadı: {text}. Örnek: 14.30"), text=text)
    return time(int(found[1]), int(found[2]))


def _hours(text: str) -> tuple[int, int]:
    first, _, last = text.replace("–", "-").partition("-")
    opens, closes = _clock(first), _clock(last)
    return opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute


def _moment(ctx: Context, day: date | None, clock: str) -> datetime:
    """A time of the site's wall clock on a day (the business day without one)."""
    from desk.queue import opening

    at = _clock(clock)
    zone, today = ctx.read(lambda s, scope: (opening.calendar(s, scope).zone, scope.day))
    return datetime.combine(day or today, at, zone)

"""The queue as its shift lead sees it: ``desk queue scorecard``, ``desk queue roster``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Group, common, day_of, office
from desk.errors import N_, UserError

if TYPE_CHECKING:
    from desk.queue.roster import Line
    from desk.queue.scorecard import Score, Scorecard

HEADING = (
    f"{'':<22}{'tahmin':>8}{'hata':>8}{'yanlılık':>10}{'±5 dk':>8}{'±10 dk':>8}{'üst sınır':>11}{'genişlik':>10}"
    f"{'oran':>7}"
)

DAYS = ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar")


@click.group("queue", cls=Group)
@common
def queue(**_options: Any) -> None:
    """Sıra: bekleme tahmininin karnesi ve banko çizelgesi."""


@queue.command("scorecard")
@click.option("--days", type=int, default=20, show_default=True, metavar="N", help="Son kaç çalışma günü.")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def scorecard(days: int, as_json: bool, **options: Any) -> None:
    """Verilen bekleme tahminlerini gerçekleşen beklemelerle karşılaştırır."""
    from desk.actions import roster

    with office(options) as ctx:
        card = roster.score(ctx, days)
    click.echo(json.dumps(_as_data(card), ensure_ascii=False) if as_json else _as_text(card))


def _as_data(card: Scorecard) -> dict[str, Any]:
    """Flat figures of the whole, and the tables below them."""
    data: dict[str, Any] = {"first": card.first.isoformat(), "last": card.last.isoformat()}
    data |= {"tickets": card.tickets, "uncalled": card.uncalled, "enough": card.enough}
    data |= asdict(card.total) if card.total else {"forecasts": 0}
    data["by_day"] = [{"day": day.isoformat()} | asdict(one) for day, one in card.by_day]
    data["by_hour"] = [{"hour": hour} | asdict(one) for hour, one in card.by_hour]
    data["by_class"] = [{"priority": priority} | asdict(one) for priority, one in card.by_class]
    data["by_service"] = [{"service": code} | asdict(one) for code, one in card.by_service]
    return data


def _as_text(card: Scorecard) -> str:
    from desk.text import short_date

    if card.total is None:
        return "Karşılaştırılacak tahmin henüz yok."
    lines = [
        f"{short_date(card.first)} – {short_date(card.last)}: {card.tickets} numara, {card.total.forecasts} tahmin",
        HEADING,
        _row("Toplam", card.total),
    ]
    lines += [_row("Öncelikli" if priority else "Diğerleri", one) for priority, one in card.by_class]
    lines += [_row(card.names.get(code, code), one) for code, one in card.by_service]
    lines += [_row(f"{hour:02d}.00–{hour:02d}.59", one) for hour, one in card.by_hour]
    lines += [_row(short_date(day), one) for day, one in card.by_day]
    if not card.enough:
        lines.append("Otuzdan az tahmin var: bu sayılar henüz bir şey söylemez.")
    return "\n".join(lines)


def _row(name: str, one: Score) -> str:
    from desk.text import number, percent

    def share(value: float | None) -> str:
        return "–" if value is None else percent(value, 1, 0)

    def minutes(value: float | None, digits: int = 1) -> str:
        return "–" if value is None else number(value, digits)

    return (
        f"{name:<22}{one.forecasts:>8}{minutes(one.mae):>8}{minutes(one.bias):>10}{share(one.within5):>8}"
        f"{share(one.within10):>8}{share(one.coverage):>11}{minutes(one.width):>10}{minutes(one.mae_ratio, 2):>7}"
    )


@queue.command("roster")
@click.option("--counter", type=int, metavar="B", help="Banko numarası; verilmezse çizelge yazılır.")
@click.option("--weekdays", metavar="G", help="Günler: 1 pazartesi … 7 pazar; örnek: 1-5 ya da 1,3,5.")
@click.option("--date", "day", metavar="YYYY-AA-GG", help="Yalnız bu tarih için.")
@click.option("--hours", multiple=True, metavar="S", help="Saatler: 08.00-17.00/12.00-13.00; birden çok verilebilir.")
@click.option("--clerk", metavar="KOD", help="Oturacak görevlinin kodu.")
@click.option("--nobody", is_flag=True, help="O gün bankoda kimse oturmaz (çizelgeden çıkarır).")
@click.option("--clear", is_flag=True, help="Tarihe özel kaydı siler; gün yine haftalık çizelgeye uyar.")
@common
def roster_command(
    counter: int | None,
    weekdays: str | None,
    day: str | None,
    hours: tuple[str, ...],
    clerk: str | None,
    nobody: bool,
    clear: bool,
    **options: Any,
) -> None:
    """Banko çizelgesini yazar ya da gösterir: kim, hangi bankoda, hangi saatlerde."""
    from desk.actions import roster

    with office(options) as ctx:
        if counter is None:
            click.echo(_as_roster(roster.week(ctx), roster.dates(ctx)))
            return
        if not (hours or nobody or clear):
            raise UserError(N_("Saatleri --hours ile veriniz; kimse oturmayacaksa --nobody."))
        lines = _lines(hours, clerk)
        if day and clear:
            roster.clear_day(ctx, counter, day_of(day))
        elif day:
            roster.write_day(ctx, counter, day_of(day), lines)
        elif weekdays:
            roster.write_week(ctx, counter, _weekdays(weekdays), lines)
        else:
            raise UserError(N_("Hangi günler için? --weekdays ya da --date veriniz."))
        click.echo("Çizelge kaydedildi.")


def _lines(hours: tuple[str, ...], clerk: str | None) -> list[Line]:
    from dataclasses import replace

    from desk.actions import roster

    return [replace(roster.line_of(one), staff=clerk or "") for one in hours]


def _weekdays(text: str) -> list[int]:
    """ "1-5" or "1,3": Monday is 1 for people, 0 inside."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.strip().isdecimal() or (last and not last.strip().isdecimal()):
            raise UserError(N_("Günler anlaşılamadı: {text}. Örnek: 1-5"), text=text)
        found += range(int(first) - 1, int(last or first))
    return found


def _as_roster(week: Any, dates: Any) -> str:
    from desk.text import short_date

    lines = [f"Banko {row.counter} · {DAYS[row.weekday]}: {_hours(row.lines)}" for row in week]
    lines += [f"Banko {row.counter} · {short_date(row.day)}: {_hours(row.lines)}" for row in dates]
    return "\n".join(lines) or "Çizelge yazılmamış: bankoların alışılmış saatleri kayıtlardan öğrenilir."


def _hours(lines: tuple[Line, ...]) -> str:
    def clock(minute: int) -> str:
        return f"{minute // 60:02d}.{minute % 60:02d}"

    def one(line: Line) -> str:
        words = f"{clock(line.begins)}–{clock(line.ends)}"
        if line.lunch:
            words += f", öğle {clock(line.lunch[0])}–{clock(line.lunch[1])}"
        return f"{words} ({line.staff})" if line.staff else words

    return "; ".join(one(line) for line in lines) or "kimse yok"

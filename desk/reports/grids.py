"""A day sheet as plain tables: what CSV and XLSX both write, in the same order and words."""

from __future__ import annotations

from collections.abc import Sequence

from desk.clock import ISTANBUL
from desk.errors import N_
from desk.i18n import Translator
from desk.models.counting import Measure
from desk.reports import titles
from desk.reports.grid import SHARE, Cell, Grid
from desk.reports.grids_more import more_grids
from desk.reports.measures import definition
from desk.reports.types import Count, DaySheet, Period, ServiceLine
from desk.text import date_and_time


def about(sheet: DaySheet, tr: Translator) -> tuple[tuple[str, str], ...]:
    """Whose sheet it is, as label and text."""
    opening = f"{sheet.opens}–{sheet.closes}" if sheet.opens else tr("Kapalı")
    closed = date_and_time(sheet.closed_at, ISTANBUL) if sheet.closed_at else ""
    number = tr("{number} · {count}. düzenleme") if sheet.revision > 1 else "{number}"
    return (
        (tr("Kurum"), sheet.header.authority),
        (tr("Birim"), sheet.header.department),
        (tr("Yerleşke"), sheet.header.site),
        (tr("Tarih"), titles.when(sheet)),
        (tr("Çizelge no"), number.format(number=sheet.number, count=sheet.revision)),
        (tr("Gün kapanışı"), closed),
        (tr("Çalışma saatleri"), opening if sheet.period is Period.DAY else ""),
        (tr("Görev başında"), ", ".join(sheet.staff)),
        (tr("Düzenleyen"), sheet.made_by),
        (tr("Hazırlanma"), date_and_time(sheet.made_at, ISTANBUL)),
        (tr("Açılış notu"), sheet.opening_note),
        (tr("Vardiya notu"), sheet.note),
    )


def grids(sheet: DaySheet, tr: Translator) -> tuple[Grid, ...]:
    return (
        _summary(sheet, tr),
        _hours(sheet, tr),
        _services(sheet, tr),
        _assistance(sheet, tr),
        _counts(sheet.priority, N_("Öncelik"), N_("Öncelik nedeni"), tr),
        _counts(sheet.units, N_("Birimler"), N_("Birim"), tr),
        _counts(sheet.petition_units, N_("Evrak"), N_("İlgili birim"), tr),
        *more_grids(sheet, tr),
    )


_BEFORE = {
    Period.DAY: N_("Bir hafta önceki ziyaret"),
    Period.WEEK: N_("Önceki haftanın ziyareti"),
    Period.MONTH: N_("Önceki ayın ziyareti"),
}


def minutes(seconds: float | None) -> float | None:
    """Minutes with one decimal, as shown; None stays None."""
    return None if seconds is None else round(seconds / 60, 1)


def _summary(sheet: DaySheet, tr: Translator) -> Grid:
    """Every figure of the day; a rate stands beside what it is a rate of."""
    values = {
        Measure.CONTACTS: sheet.contacts,
        Measure.VISITS: sheet.visits,
        Measure.PERSONS: sheet.persons,
        Measure.DIRECTIONS: sheet.directions,
        Measure.TICKETS_ISSUED: sheet.tickets_issued,
        Measure.TICKETS_SERVED: sheet.tickets_served,
        Measure.NO_SHOWS: sheet.no_shows,
        Measure.LEFT: sheet.left,
        Measure.EXPIRED: sheet.expired,
        Measure.TICKETS_CANCELLED: sheet.tickets_cancelled,
        Measure.PRIORITY: sheet.priority_total,
        Measure.ASSISTANCE: sheet.assistance_total,
        Measure.ASSISTANCE_ENDED: sheet.assistance_done,
        Measure.PETITIONS: sheet.petitions,
        Measure.PETITIONS_INCOMPLETE: sheet.petitions_incomplete,
        Measure.ENCLOSURES: sheet.enclosures,
        Measure.SURVEYS: sheet.survey_total,
        Measure.SURVEYS_ALARMING: sheet.surveys_alarming,
        Measure.MANUAL_ENTERED: sheet.manual_entered,
        Measure.LIMITS_PASSED: sheet.limits_passed,
        Measure.INCIDENTS: len(sheet.events),
    }
    rows = [_measured(measure, values, tr) for measure in values]
    base = tr(definition(Measure.TICKETS_ISSUED).name)
    unserved = tr("Çağrıya gelmeyen, beklerken ayrılan ve gün sonunda kapanan numaraların toplamı.")
    still_open = tr("Bekleyen, çağrılan, işlemde veya bekletilen numara.")
    share = _share(sheet.unserved, sheet.tickets_issued)
    rows.append((tr("Hâlen açık numara"), sheet.tickets_waiting, "", None, still_open))
    rows.append((tr("Hizmet almadan ayrılan"), sheet.unserved, base, share, unserved))
    rows.append((tr("Hâlen açık refakat"), sheet.assistance_open, "", None, ""))
    rows.append((tr(_BEFORE[sheet.period]), sheet.visits_previous, "", None, ""))
    columns = (tr("Ölçü"), tr("Değer"), tr("Payda"), tr(SHARE), tr("Açıklama"))
    return Grid(tr("Özet"), columns, (*rows, *_waits(sheet, tr)))


def _waits(sheet: DaySheet, tr: Translator) -> list[tuple[Cell, ...]]:
    told = (
        (N_("Ortalama bekleme (dk)"), sheet.wait_mean, tr("Numaranın verilmesinden ilk çağrıya kadar.")),
        (N_("Ortanca bekleme (dk)"), sheet.wait_median, tr("Yarısı daha kısa bekledi.")),
        (N_("P90 bekleme (dk)"), sheet.wait_p90, tr("Onda dokuzu daha kısa bekledi.")),
        (N_("En uzun bekleme (dk)"), sheet.wait_longest, sheet.wait_longest_service),
        (N_("Ortalama işlem (dk)"), sheet.serve_mean, tr("Bankoda geçen süre; bekletme hariç.")),
        (N_("Ortanca işlem (dk)"), sheet.serve_median, ""),
        (N_("P90 işlem (dk)"), sheet.serve_p90, ""),
        (N_("Ortalama refakat bekleme (dk)"), sheet.assistance_wait_mean, tr("İstekten başlangıca kadar.")),
    )
    return [(tr(name), minutes(seconds), "", None, explained) for name, seconds, explained in told]


def _measured(measure: Measure, values: dict[Measure, int], tr: Translator) -> tuple[Cell, ...]:
    told = definition(measure)
    if told.share_of is None:
        return tr(told.name), values[measure], "", None, tr(told.counts)
    whole = definition(told.share_of)
    return (
        tr(told.name),
        values[measure],
        tr(whole.name),
        _share(values[measure], values[told.share_of]),
        tr(told.counts),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _hours(sheet: DaySheet, tr: Translator) -> Grid:
    """Visits by service and hour; the column and row totals are the day's visits."""
    columns = (tr("Harf"), tr("Hizmet"), *_columns(sheet), tr("Toplam"))
    rows: list[tuple[Cell, ...]] = [(s.letter, s.name, *s.by_hour, s.visits) for s in sheet.services]
    rows.append(("", tr("Bilgi verildi (numarasız)"), *sheet.directions_by_hour, sheet.directions))
    rows.append(("", tr("Toplam"), *sheet.visits_by_hour, sheet.visits))
    return Grid(tr(_BY[sheet.period]), columns, tuple(rows), total=True)


_BY = {
    Period.DAY: N_("Saat ve hizmet"),
    Period.WEEK: N_("Gün ve hizmet"),
    Period.MONTH: N_("Hafta ve hizmet"),
}


def _columns(sheet: DaySheet) -> tuple[str, ...]:
    """Hours of a day, days of a week, weeks of a month."""
    return sheet.columns or tuple(f"{hour:02d}.00" for hour in sheet.hours)


def _services(sheet: DaySheet, tr: Translator) -> Grid:
    columns = tuple(
        tr(c)
        for c in (
            N_("Harf"), N_("Hizmet"), N_("Birim"), N_("Ziyaret"), N_("Numara"), N_("Hizmet verilen"),
            N_("Hizmet almadan ayrılan"), N_("Ortalama bekleme (dk)"), N_("Ortanca bekleme (dk)"),
            N_("P90 bekleme (dk)"), N_("Ortalama işlem (dk)"),
        )
    )  # fmt: skip
    total = ("", tr("Toplam"), "", sheet.visits - sheet.directions, sheet.tickets_issued, sheet.tickets_served)
    waits = (sheet.wait_mean, sheet.wait_median, sheet.wait_p90, sheet.serve_mean)
    rows = (*map(_service, sheet.services), (*total, sheet.unserved, *map(minutes, waits)))
    return Grid(tr("Hizmetler"), columns, rows, total=True)


def _service(line: ServiceLine) -> tuple[Cell, ...]:
    times = (line.wait_mean, line.wait_median, line.wait_p90, line.serve_mean)
    counts = (line.visits, line.tickets, line.served, line.unserved)
    return line.letter, line.name, line.unit, *counts, *map(minutes, times)


def _assistance(sheet: DaySheet, tr: Translator) -> Grid:
    """Refakat by kind with its equipment and times; sheets that were signed before those were kept have its counts."""
    if not sheet.assistance_lines:
        return _counts(sheet.assistance, N_("Refakat"), N_("Gereken yardım"), tr)
    columns = (
        N_("Gereken yardım"), N_("Sayı"), N_("Tamamlanan"), N_("Ekipman"), N_("Ortalama bekleme (dk)"),
        N_("Ortalama süre (dk)"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (tr(one.name), one.asked, one.ended, one.equipment, minutes(one.wait_mean), minutes(one.job_mean))
        for one in sheet.assistance_lines
    ]
    sums = (sum(getattr(one, name) for one in sheet.assistance_lines) for name in ("asked", "ended", "equipment"))
    rows.append((tr("Toplam"), *sums, minutes(sheet.assistance_wait_mean), None))
    return Grid(tr("Refakat"), tuple(map(tr, columns)), tuple(rows), total=True)


def _counts(counts: Sequence[Count], title: str, column: str, tr: Translator) -> Grid:
    rows: list[tuple[Cell, ...]] = [(tr(c.name), c.value) for c in counts]
    rows.append((tr("Toplam"), sum(c.value for c in counts)))
    return Grid(tr(title), (tr(column), tr("Sayı")), tuple(rows), total=True)

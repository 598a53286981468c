"""The annual report's figures, from the summaries alone: as fast after ten years as after one.

Which tables there are says ``measures.DEFINITIONS``: each measure with ``yearly`` gets one, in that order. A measure
that counted nothing in the year and the year before is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, func, select

from desk.errors import N_, UserError
from desk.models.counting import Duration, Measure
from desk.models.session import Session
from desk.models.site import Municipality, Site, SiteDay
from desk.registry import surveys
from desk.registry.survey_forms import HIGHEST
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind, SiteHeader
from desk.reports.histogram import Histogram
from desk.reports.measure_types import By, Definition, Unit
from desk.reports.measures import DEFINITIONS, TIMINGS, definition
from desk.reports.names import Names, read_names
from desk.reports.sums import DAY, MONTH, MONTH_DURATION, histograms
from desk.reports.types import AssistanceLine, SurveyLine
from desk.reports.year_types import Meaning, OutcomeRow, YearFigure, YearReport, YearRow, YearTable, YearTiming
from desk.text import MONTHS, sort_key

_SITE_DAY = SiteDay.__table__

HEADS = {
    By.SERVICE: N_("Hizmet"),
    By.UNIT: N_("Birim"),
    By.UNIT_OUTCOME: N_("Birim ve sonuç"),
    By.SUBJECT: N_("Konu"),
    By.NEIGHBOURHOOD: N_("Mahalle"),
    By.CHANNEL: N_("Kanal"),
    By.KIND: N_("Tür"),
    By.OUTCOME: N_("Sonuç"),
    By.PLACE: N_("Yer"),
    By.FORM: N_("Form"),
}
_NOT_GIVEN = N_("Toplam, payda olan ölçüden azdır: bilgisi girilmeyen kayıtlar bu tabloda yer almaz.")
_NOT_ENDED = N_("Toplam, bütün başvurulardan azdır: henüz sonuçlanmayanlar bu tabloda yer almaz.")
_LESS = {
    By.UNIT: _NOT_GIVEN,
    By.SUBJECT: _NOT_GIVEN,
    By.NEIGHBOURHOOD: _NOT_GIVEN,
    By.OUTCOME: _NOT_ENDED,
    By.UNIT_OUTCOME: _NOT_ENDED,
}
"""What is said under a table whose total is less than what it is a share of."""
HEADLINES = (
    Measure.CONTACTS,
    Measure.VISITS,
    Measure.PERSONS,
    Measure.DIRECTIONS,
    Measure.TICKETS_ISSUED,
    Measure.TICKETS_SERVED,
    Measure.PRIORITY,
    Measure.ASSISTANCE,
    Measure.PETITIONS,
    Measure.PETITIONS_INCOMPLETE,
    Measure.APPLICATIONS,
    Measure.APPLICATIONS_BY_UNIT,
    Measure.CALLS,
    Measure.SURVEYS,
    Measure.INCIDENTS,
)
BY_MONTH = (Measure.VISITS, Measure.PERSONS, Measure.TICKETS_ISSUED, Measure.PETITIONS, Measure.SURVEYS)
SITES_TABLE = "sites"
SITES = N_("Yerleşkeye göre ziyaret")

Cells = dict[str, dict[str, Counter[int]]]
"""Measure → key → month → value."""


@dataclass(slots=True)
class _Year:
    cells: Cells = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counter)))
    sites: dict[UUID, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))  # visits by month

    def total(self, measure: str) -> int:
        return sum(months.total() for months in self.cells[measure].values())


def year_report(
    session: Session, year: int, now: datetime, made_by: str, site_id: UUID | None = None, today: date | None = None
) -> YearReport:
    """The report of one site, or of all of them together.

    Raises UserError for a year to come and for one without any record.
    """
    sites = sites_of(session, site_id)
    if today is not None and year > today.year:
        raise UserError(N_("{year} yılı henüz gelmedi; raporu hazırlanamaz."), year=year)
    worked = _worked(session, list(sites), year)
    if worked is None:
        raise UserError(N_("{year} yılına ait kayıt yok."), year=year)
    names = read_names(session, list(sites))
    now_cells, before_cells = _cells(session, sites, year, names), _cells(session, sites, year - 1, names)
    _keep_old_names(before_cells, names, year)
    has_before = _worked(session, list(sites), year - 1) is not None
    timed, timed_before = _durations(session, sites, year), _durations(session, sites, year - 1)
    last = date(year, 12, 31)
    tables = [_table(told, now_cells, before_cells, names, last, has_before) for told in DEFINITIONS if told.yearly]
    if len(sites) > 1:
        tables.insert(0, _by_site(sites, now_cells, before_cells, has_before))
    return YearReport(
        header=_header(session, site_id),
        year=year,
        sites=tuple(sites.values()),
        first=worked[0],
        last=worked[1],
        days=worked[2],
        months=tuple(MONTHS),
        figures=tuple(_figures(now_cells, before_cells, has_before)),
        monthly=tuple(_monthly(m, now_cells, before_cells, has_before) for m in BY_MONTH if now_cells.total(m)),
        tables=tuple(table for table in tables if table.rows),
        outcomes=_outcomes(now_cells, timed, names, last),
        timings=_timings(timed, timed_before),
        assistance=tuple(_assistance(now_cells, timed, kind) for kind in AssistanceKind),
        surveys=_surveys(session, now_cells),
        meanings=_meanings(now_cells),
        made_at=now,
        made_by=made_by,
        has_before=has_before,
    )


def sites_of(session: Session, site_id: UUID | None) -> dict[UUID, str]:
    asked = select(Site.id, Site.name).order_by(Site.number)
    rows = session.execute(asked.where(Site.id == site_id) if site_id else asked)
    found = {key: name for key, name in rows}  # noqa: C416 - rows are no pairs to mypy
    if not found:
        raise UserError(N_("Yerleşke bulunamadı."))
    return found


def _header(session: Session, site_id: UUID | None) -> SiteHeader:
    asked = select(Municipality, Site.name).join(Site, Site.municipality_id == Municipality.id).order_by(Site.number)
    town, site = session.execute(asked.where(Site.id == site_id) if site_id else asked).first() or (None, "")
    assert town is not None
    return SiteHeader(town.name, town.authority, town.department, site, town.address, town.hotline)


def _worked(session: Session, sites: list[UUID], year: int) -> tuple[date, date, int] | None:
    """First and last business day of the year, and how many there were; None when there were none."""
    asked = select(func.min(_SITE_DAY.c.day), func.max(_SITE_DAY.c.day), func.count(_SITE_DAY.c.day.distinct()))
    row = session.execute(asked.where(_SITE_DAY.c.site_id.in_(sites), *_within(_SITE_DAY, year))).one()
    return (row[0], row[1], row[2]) if row[2] else None


def _within(table: Table, year: int) -> tuple[ColumnElement[bool], ...]:
    return (table.c.day.between(date(year, 1, 1), date(year, 12, 31)),)


def _of(months: Table, year: int) -> ColumnElement[bool]:
    return months.c.month.between(date(year, 1, 1), date(year, 12, 1))


def _cells(session: Session, sites: dict[UUID, str], year: int, names: Names) -> _Year:
    """A year's counts by measure, key and month; services of several sites stay apart, by the site's name."""
    found = _Year()
    by_service = {str(told.measure) for told in DEFINITIONS if told.by is By.SERVICE}
    sent = {str(told.measure) for told in DEFINITIONS if told.unit is Unit.REQUEST}
    for site_id, name in sites.items():  # one after the other: no key of a site is read and made a UUID a row
        asked = select(MONTH.c.measure, MONTH.c.key, MONTH.c.month, MONTH.c.value)
        for measure, key, month, value in session.execute(asked.where(MONTH.c.site_id == site_id, _of(MONTH, year))):
            if not key and measure in sent:
                continue  # no unit has it: it is an application, and no request yet
            kept = f"{key}@{name}" if len(sites) > 1 and key and measure in by_service else key
            found.cells[measure][kept][month.month] += value
            if measure == Measure.VISITS:
                found.sites[site_id][month.month] += value
    _split_renamed(session, list(sites), year, names, found)
    return found


def _split_renamed(session: Session, sites: list[UUID], year: int, names: Names, found: _Year) -> None:
    """Figures of a unit (subject, neighbourhood) that got another name in this year stand under both names."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    for told in DEFINITIONS:
        for key in list(found.cells.get(told.measure, ())):
            ends = names.changes(told.by, key, first, last)
            if not ends:
                continue
            asked = select(DAY.c.day, func.sum(DAY.c.value)).where(
                DAY.c.site_id.in_(sites),
                DAY.c.day.between(first, last),
                DAY.c.measure == str(told.measure),
                DAY.c.key == key,
            )
            del found.cells[told.measure][key]
            for day, value in session.execute(asked.group_by(DAY.c.day)):
                until = next((end for end in ends if day <= end), None)
                kept = f"{key}<{until.isoformat()}" if until else key
                found.cells[told.measure][kept][day.month] += int(value)


def _keep_old_names(before: _Year, names: Names, year: int) -> None:
    """Put the figures of the year before into the row of the name that was in force then."""
    for told in DEFINITIONS:
        cells = before.cells.get(told.measure, {})
        for key in list(cells):
            ends = names.changes(told.by, key, date(year - 1, 12, 31), date(year, 12, 31))
            if ends:
                cells[f"{key}<{ends[0].isoformat()}"] = cells.pop(key)


def name_of(told: Definition, key: str, names: Names, last: date) -> str:
    """The words for a key of the report: with the site, or as it was called until a day."""
    code, _, site = key.partition("@")
    code, _, until = code.partition("<")
    name = names.on(told, code, date.fromisoformat(until) if until else last)
    return f"{name} ({site})" if site else name


def shares(values: Sequence[int]) -> list[int]:
    """Shares in tenths of a percent by the largest remainder: they always add up to 1000 (0 for nothing at all)."""
    whole = sum(values)
    if whole <= 0:
        return [0] * len(values)
    parts = [divmod(value * 1000, whole) for value in values]
    missing = 1000 - sum(part for part, _ in parts)
    order = sorted(range(len(values)), key=lambda place: (-parts[place][1], place))
    found = [part for part, _ in parts]
    for place in order[:missing]:
        found[place] += 1
    return found


def _months(counter: Counter[int]) -> tuple[int, ...]:
    return tuple(counter[month] for month in range(1, 13))


def _table(told: Definition, now: _Year, before: _Year, names: Names, last: date, has_before: bool) -> YearTable:
    cells, earlier = now.cells.get(told.measure, {}), before.cells.get(told.measure, {})
    keys = [key for key in cells.keys() | earlier.keys() if cells.get(key) or earlier.get(key)]
    named = {key: name_of(told, key, names, last) for key in keys}
    totals = {key: (cells[key].total() if key in cells else 0) for key in keys}
    order = sorted(keys, key=lambda key: (-totals[key], sort_key(named[key]), key))
    order = [key for key in order if totals[key] or (key in earlier and earlier[key].total())]
    part = shares([totals[key] for key in order])
    rows = tuple(
        YearRow(
            key,
            named[key],
            _months(cells.get(key, Counter())),
            totals[key],
            share,
            (earlier[key].total() if key in earlier else 0) if has_before else None,
        )
        for key, share in zip(order, part, strict=True)
    )
    whole = _add(cells.values())
    note = ""
    if told.share_of is not None and now.total(told.share_of) > whole.total():
        note = _LESS.get(told.by, "")
    return YearTable(
        measure=told.measure,
        title=told.yearly,
        head=HEADS.get(told.by, N_("Tür")),
        unit=told.unit,
        rows=rows,
        months=_months(whole),
        total=whole.total(),
        before=before.total(told.measure) if has_before else None,
        note=note,
    )


def _add(counters: Iterable[Counter[int]]) -> Counter[int]:
    found: Counter[int] = Counter()
    for counter in counters:
        found.update(counter)
    return found


def _by_site(sites: dict[UUID, str], now: _Year, before: _Year, has_before: bool) -> YearTable:
    told = definition(Measure.VISITS)
    totals = {site: now.sites[site].total() for site in sites}
    part = shares(list(totals.values()))
    rows = tuple(
        YearRow(
            str(site),
            name,
            _months(now.sites[site]),
            totals[site],
            share,
            before.sites[site].total() if has_before else None,
        )
        for (site, name), share in zip(sites.items(), part, strict=True)
    )
    whole = _add(now.sites.values())
    earlier = before.total(Measure.VISITS) if has_before else None
    return YearTable(SITES_TABLE, SITES, N_("Yerleşke"), told.unit, rows, _months(whole), whole.total(), earlier)


def _figures(now: _Year, before: _Year, has_before: bool) -> Iterable[YearFigure]:
    rest = [told.measure for told in DEFINITIONS if told.measure not in HEADLINES and told.by is By.NOTHING]
    for measure in (*HEADLINES, *rest):
        told, value = definition(measure), now.total(measure)
        earlier = before.total(measure) if has_before else None
        if not value and not earlier and measure not in HEADLINES[:7]:
            continue
        whole = definition(told.share_of) if told.share_of else None
        yield YearFigure(
            measure,
            told.name,
            told.unit,
            value,
            earlier,
            whole.name if whole else "",
            now.total(told.share_of) if told.share_of else 0,
        )


def _monthly(measure: Measure, now: _Year, before: _Year, has_before: bool) -> YearTable:
    told = definition(measure)
    whole, earlier = _add(now.cells[measure].values()), _add(before.cells[measure].values())
    rows: tuple[YearRow, ...] = (YearRow("", told.name, _months(whole), whole.total(), 1000, None),)
    if has_before:
        rows = (*rows, YearRow("before", told.name, _months(earlier), earlier.total(), 0, None))
    return YearTable(measure, told.name, told.name, told.unit, rows, _months(whole), whole.total(), earlier.total())


def _durations(session: Session, sites: dict[UUID, str], year: int) -> dict[str, dict[str, Histogram]]:
    """Histograms by duration and key; services of several sites stay apart as the counts do."""
    found: dict[str, dict[str, Histogram]] = defaultdict(dict)
    by_service = {str(told.duration) for told in TIMINGS if told.by is By.SERVICE}
    for site_id, name in sites.items():
        read = histograms(session, MONTH_DURATION, MONTH_DURATION.c.site_id == site_id, _of(MONTH_DURATION, year))
        for duration, by_key in read.items():
            for key, histogram in by_key.items():
                kept = f"{key}@{name}" if len(sites) > 1 and key and duration in by_service else key
                before = found[duration].get(kept)
                found[duration][kept] = Histogram.of_all([before, histogram]) if before else histogram
    return found


def _outcomes(now: _Year, timed: dict[str, dict[str, Histogram]], names: Names, last: date) -> tuple[OutcomeRow, ...]:
    told = definition(Measure.TICKETS_ISSUED)
    measures = (
        Measure.TICKETS_ISSUED,
        Measure.TICKETS_SERVED,
        Measure.NO_SHOWS,
        Measure.LEFT,
        Measure.EXPIRED,
        Measure.TICKETS_CANCELLED,
    )
    keys = {key for measure in measures for key, months in now.cells[measure].items() if months.total()}
    rows = []
    for key in keys:
        wait = timed.get(Duration.WAIT, {}).get(key, Histogram())
        serve = timed.get(Duration.SERVE, {}).get(key, Histogram())
        issued, *ends = (now.cells[m][key].total() if key in now.cells[m] else 0 for m in measures)
        served, no_shows, left, expired, cancelled = ends
        name = name_of(told, key, names, last)
        times = (wait.mean, wait.quantile(0.5), wait.quantile(0.9), serve.mean)
        rows.append(OutcomeRow(key, name, issued, served, no_shows, left, expired, cancelled, *times))
    return tuple(sorted(rows, key=lambda row: (-row.issued, sort_key(row.name))))


def _timings(timed: dict[str, dict[str, Histogram]], before: dict[str, dict[str, Histogram]]) -> tuple[YearTiming, ...]:
    found = []
    for told in TIMINGS:
        whole = Histogram.of_all(timed.get(told.duration, {}).values())
        earlier = Histogram.of_all(before.get(told.duration, {}).values())
        if whole.count or earlier.count:
            found.append(
                YearTiming(
                    str(told.duration),
                    told.name,
                    told.counts,
                    whole.count,
                    whole.mean,
                    whole.quantile(0.5),
                    whole.quantile(0.9),
                    earlier.mean,
                )
            )
    return tuple(found)


def _assistance(now: _Year, timed: dict[str, dict[str, Histogram]], kind: AssistanceKind) -> AssistanceLine:
    def of(measure: Measure) -> int:
        return now.cells[measure][kind].total() if kind in now.cells[measure] else 0

    wait = timed.get(Duration.ASSISTANCE_WAIT, {}).get(kind, Histogram())
    job = timed.get(Duration.ASSISTANCE_JOB, {}).get(kind, Histogram())
    counts = (of(Measure.ASSISTANCE), of(Measure.ASSISTANCE_ENDED), of(Measure.EQUIPMENT_USED))
    return AssistanceLine(kind, ASSISTANCE_NAMES[kind], *counts, wait.mean, job.mean)


def _surveys(session: Session, now: _Year) -> tuple[SurveyLine, ...]:
    counted = {key: months.total() for key, months in now.cells[Measure.SURVEY_ANSWERS].items()}
    if not counted:
        return ()
    results = surveys.results(counted, surveys.every_form(session))
    return tuple(
        SurveyLine(f"{r.form} (s. {r.version})", r.text, r.n, r.mean, HIGHEST.get(r.kind, 0), r.counts) for r in results
    )


def _meanings(now: _Year) -> tuple[Meaning, ...]:
    return tuple(
        Meaning(told.name, told.unit, told.counts, definition(told.share_of).name if told.share_of else "")
        for told in DEFINITIONS
    ) + tuple(Meaning(told.name, N_("saniye"), told.counts, "") for told in TIMINGS)

"""The annual report and the records behind a figure: ``desk report``, the Vardiya page, the müdür."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from pathlib import Path

from desk.actions.context import Context
from desk.actions.shift import may_read
from desk.actor import Scope
from desk.errors import N_, UserError
from desk.i18n import translator
from desk.models.counting import Measure
from desk.models.session import Session
from desk.printing import documents
from desk.registry import site
from desk.reports import drill, year, year_cells, year_exports
from desk.reports.drill import Records
from desk.reports.drill_openers import OPENERS
from desk.reports.year_types import YearReport

YEAR_FORMATS = ("pdf", "xlsx", "json")


def year_report(ctx: Context, wanted: int, *, this_site: bool = False) -> YearReport:
    """The year's figures of all sites, or of this one. Raises UserError for a year to come or without a record."""
    may_read(ctx)
    return ctx.read(_year, ctx, wanted, this_site)


def _year(s: Session, scope: Scope, ctx: Context, wanted: int, this_site: bool) -> YearReport:
    made_by = site.staff_name(s, ctx.actor.staff_id)
    only = scope.site_id if this_site else None
    return year.year_report(s, wanted, scope.now, made_by, only, scope.day)


def export_year(ctx: Context, wanted: int, form: str, target: Path, *, this_site: bool = False) -> Path:
    """Write the annual report as pdf, xlsx or json. Raises Fault on a bad path."""
    if form not in YEAR_FORMATS:
        raise UserError(
            N_("Böyle bir biçim yok: {form}. Bilinenler: {known}"), form=form, known=", ".join(YEAR_FORMATS)
        )
    report = year_report(ctx, wanted, this_site=this_site)
    if form == "pdf":
        documents.year_pdf(report, target, translator())
    else:
        year_exports.EXPORTS[form](report, target)
    return target


def records(
    ctx: Context, measure: Measure | str, key: str | None, first: date, last: date, hour: int | None = None
) -> Records:
    """The records that a figure counted: numbers and record numbers, no names. See ``reports.drill``.

    Raises UserError for a measure that there is not, for days the wrong way round, and like ``drill.records``.
    """
    may_read(ctx)
    if measure not in OPENERS:
        raise UserError(N_("Böyle bir ölçü yok: {name}. Bilinenler: {known}"), name=measure, known=", ".join(OPENERS))
    if last < first:
        raise UserError(N_("Son gün ilk günden önce olamaz."))
    return ctx.read(drill.records, str(measure), key, first, last, hour)


def cell(
    ctx: Context, wanted: int, measure: str, key: str | None, month: int | None, *, this_site: bool = False
) -> Records:
    """The records behind a cell of the annual report: a row (None: the total) in a month (None: the whole year).

    ``key`` is the row's own: with the site's name where a service is of one of several, or until when a unit had its
    old name. Raises UserError like ``records``.
    """
    may_read(ctx)
    return ctx.read(_cell, wanted, measure, key, month, this_site)


def _cell(
    s: Session, scope: Scope, wanted: int, measure: str, key: str | None, month: int | None, own: bool
) -> Records:
    first = date(wanted, month or 1, 1)
    last = date(wanted, month or 12, monthrange(wanted, month or 12)[1])
    opened = year_cells.opened(s, measure, key, first, last, scope.site_id if own else None)
    if opened is None:
        return Records((), 0)
    return drill.records(s, scope, opened.measure, opened.key, opened.first, opened.last, sites=opened.sites)

"""The annual report as a workbook and as JSON: typed numbers, heads that stay in sight, one sheet a table."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desk.errors import N_
from desk.files import write_whole
from desk.i18n import Translator, translator
from desk.reports.grids_more import spread
from desk.reports.workbook import LINE, PETROL, TINT
from desk.reports.year_types import YearReport, YearTable
from desk.text import long_date

Cell = str | int | float | None
_NAME_LIMIT = 31
"""Letters of a sheet's name (Excel's specification)."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def write_json(report: YearReport, target: Path, tr: Translator | None = None) -> None:
    """For programs: every figure with its unit and denominator; durations in seconds, moments in UTC."""
    write_whole(target, (json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n").encode())


def as_json(report: YearReport) -> dict[str, Any]:
    data = asdict(report)
    for name in ("first", "last", "made_at"):
        data[name] = getattr(report, name).isoformat()
    data["by_measure"] = {figure.measure: figure.value for figure in report.figures}
    return data


def write_xlsx(report: YearReport, target: Path, tr: Translator | None = None) -> None:
    write_whole(target, workbook(report, tr or translator()))


def workbook(report: YearReport, tr: Translator) -> bytes:
    """Same report, same bytes: the times inside are those of the report."""
    import xlsxwriter  # 60 ms

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        title = tr("{year} yılı faaliyet raporu").format(year=report.year)
        created = report.made_at.replace(tzinfo=None)
        book.set_properties({"title": title, "author": report.made_by, "created": created})
        pages = _Pages(book, title)
        pages.write(tr("Özet"), *_summary(report, tr), about=_about(report, tr))
        pages.write(tr("Hizmetler"), *_outcomes(report, tr))
        pages.write(tr("Süreler"), *_timings(report, tr))
        for table in report.tables:
            pages.write(tr(table.title), *_table(table, report, tr), total=bool(table.total))
        if report.surveys:
            pages.write(tr("Anket soruları"), *_surveys(report, tr))
        pages.write(tr("Tanımlar"), *_meanings(report, tr))
    return content.getvalue()


Grid = tuple[Sequence[str], Sequence[Sequence[Cell]]]


def _about(report: YearReport, tr: Translator) -> tuple[tuple[str, str], ...]:
    period = f"{long_date(report.first)} – {long_date(report.last)}"
    return (
        (tr("Kurum"), report.header.authority),
        (tr("Birim"), tr(report.header.department)),
        (tr("Yerleşkeler"), report.site_names),
        (tr("Dönem"), period),
        (tr("Düzenleyen"), report.made_by),
    )


def _summary(report: YearReport, tr: Translator) -> Grid:
    columns = (N_("Ölçü"), N_("Ölçü birimi"))
    years = (str(report.year), str(report.year - 1))
    rows = [
        (
            tr(f.name),
            tr(f.unit),
            f.value,
            f.before,
            (f.value - f.before) / f.before if f.before else None,
            tr(f.share_of) if f.share_of else "",
            f.value / f.whole if f.whole else None,
        )
        for f in report.figures
    ]
    return (*(tr(c) for c in columns), *years, tr("Değişim oranı"), tr("Payda"), tr("Oran")), rows


def _outcomes(report: YearReport, tr: Translator) -> Grid:
    columns = (
        N_("Hizmet"), N_("Verilen"), N_("Hizmet verilen"), N_("Gelmeyen"), N_("Ayrılan"), N_("Gün sonu"), N_("İptal"),
        N_("Ort. bekleme (sn)"), N_("Ortanca bekleme (sn)"), N_("P90 bekleme (sn)"), N_("Ort. işlem (sn)"),
    )  # fmt: skip
    rows = [
        (
            row.name, row.issued, row.served, row.no_shows, row.left, row.expired, row.cancelled,
            row.wait_mean, row.wait_median, row.wait_p90, row.serve_mean,
        )
        for row in report.outcomes
    ]  # fmt: skip
    return [tr(c) for c in columns], rows


def _timings(report: YearReport, tr: Translator) -> Grid:
    columns = (N_("Süre"), N_("Neyi ölçer"), N_("Ölçülen"), N_("Ortalama (sn)"), N_("Ortanca (sn)"), N_("P90 (sn)"))
    rows = [(tr(t.name), tr(t.counts), t.n, t.mean, t.median, t.p90, t.before) for t in report.timings]
    return [*(tr(c) for c in columns), tr("Önceki yıl ortalaması (sn)")], rows


def _table(table: YearTable, report: YearReport, tr: Translator) -> Grid:
    columns = [tr(table.head), *report.months, tr("Toplam"), tr("Oran"), str(report.year - 1)]
    rows: list[Sequence[Cell]] = [
        (tr(row.name), *row.months, row.total, row.share / 1000, row.before) for row in table.rows
    ]
    if table.total:
        rows.append((tr("Toplam"), *table.months, table.total, 1.0, table.before))
    return columns, rows


def _surveys(report: YearReport, tr: Translator) -> Grid:
    rows = [
        (tr(line.form), tr(line.question), line.n, line.mean, line.highest or None, spread(line, tr))
        for line in report.surveys
    ]
    return [tr(c) for c in (N_("Form"), N_("Soru"), N_("n"), N_("Ortalama"), N_("En yüksek"), N_("Dağılım"))], rows


def _meanings(report: YearReport, tr: Translator) -> Grid:
    rows = [(tr(m.name), tr(m.unit), tr(m.counts), tr(m.share_of) if m.share_of else "") for m in report.meanings]
    return [tr(c) for c in (N_("Ölçü"), N_("Ölçü birimi"), N_("Neyi sayar"), N_("Payda"))], rows


class _Pages:
    def __init__(self, book: Any, title: str) -> None:
        self._book, self._title = book, title
        self._names: set[str] = set()

    def write(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        *,
        about: Sequence[tuple[str, str]] = (),
        total: bool = False,
    ) -> None:
        page = self._book.add_worksheet(self._name(name))
        page.hide_gridlines(2)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_footer(f"&L{self._title}&R&P / &N".replace(" & ", " && "))
        top = 0
        page.write_string(top, 0, name, self._format(bold=True, font_size=14, font_color=PETROL))
        for label, text in about:
            top += 1
            page.write_string(top, 0, label)
            page.write_string(top, 1, text)
        top += 2
        for place, column in enumerate(columns):
            numeric = any(isinstance(row[place], int | float) for row in rows)
            look = {"bold": True, "bg_color": TINT, "text_wrap": True, "align": "right" if numeric else "left"}
            page.write_string(top, place, column, self._format(**look))
            longest = max((len(str(row[place] or "")) for row in rows), default=0)
            page.set_column(place, place, 11 if numeric else min(70, max(12, longest + 2)))
        for down, row in enumerate(rows, top + 1):
            self._row(page, down, row, columns, total and down == top + len(rows))
        page.freeze_panes(top + 1, 1)
        page.repeat_rows(top)

    def _row(self, page: Any, down: int, row: Sequence[Cell], columns: Sequence[str], last: bool) -> None:
        look: dict[str, Any] = {"bottom": 1, "bottom_color": LINE} | ({"bold": True, "top": 2} if last else {})
        for place, cell in enumerate(row):
            if cell is None:
                page.write_blank(down, place, None, self._format(**look))
            elif isinstance(cell, str):
                page.write_string(down, place, cell, self._format(**look))
            else:
                share = "ran" in columns[place] and isinstance(cell, float)
                form = "0.0%" if share else "#,##0" if isinstance(cell, int) else "#,##0.0"
                page.write_number(down, place, cell, self._format(num_format=form, **look))

    def _name(self, title: str) -> str:
        """A name that Excel takes and no other sheet has."""
        wanted = title.translate(_FORBIDDEN).strip("' ")
        if len(wanted) > _NAME_LIMIT:
            wanted = wanted[: _NAME_LIMIT - 1].rstrip() + "…"
        name, again = wanted, 2
        while name.casefold() in self._names:
            name = f"{wanted[: _NAME_LIMIT - 3]} {again}"
            again += 1
        self._names.add(name.casefold())
        return name

    def _format(self, **properties: Any) -> Any:
        return self._book.add_format(properties)


EXPORTS: dict[str, Callable[[YearReport, Path], None]] = {"xlsx": write_xlsx, "json": write_json}

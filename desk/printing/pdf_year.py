"""The annual report (faaliyet raporu) of the directorate: headlines, months, services, and a table for each measure.

Every table's last line adds up the ones above; shares come rounded so that they make 100. The appendix says what
each figure counts and what a rate is a rate of.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from desk.errors import N_
from desk.i18n import Translator
from desk.printing import pdf_text
from desk.printing.pdf_flow import Column, Flow, Line
from desk.printing.pdf_page import (
    CONTENT,
    INK,
    INK_2,
    LEFT,
    LETTERHEAD,
    LINE_STRONG,
    MARGIN,
    RIGHT,
    Counting,
    Pen,
    letterhead,
)
from desk.printing.pdf_text import Style
from desk.printing.pdf_year_charts import bars, months_chart
from desk.printing.pdf_year_outcomes import unit_outcomes
from desk.reports.year_types import YearFigure, YearReport, YearTable
from desk.text import date_and_time, long_date, lower_tr, number, percent, stopwatch

_SHORT_MONTHS = ("Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara")
_BARS_FROM = 3
"""A table with so many rows gets a picture of the largest."""
BY_UNIT_AND_OUTCOME = "applications_outcome_by_unit"
_SIZE = 7.0
_ROW = 11.2
_HELD = 330.0
"""A table of this height with its picture is not torn apart by the end of a page."""


def year_bytes(report: YearReport, tr: Translator) -> bytes:
    pages = _written(report, tr, 0)[1]
    return _written(report, tr, pages)[0]


def _written(report: YearReport, tr: Translator, pages: int) -> tuple[bytes, int]:
    title = tr("{year} yılı faaliyet raporu").format(year=report.year)
    pen = Pen(title, report.header.authority) if pages else Counting(title, report.header.authority)
    made = tr("Hazırlanma: {moment} · {name}").format(moment=date_and_time(report.made_at), name=report.made_by)
    note = f"{made} · {tr('Kişisel veri içermez')}"
    flow = Flow(pen, note, tr, pages, f"{report.header.department} · {title}")
    _cover(flow, report, title)
    _headlines(flow, report)
    _month_pages(flow, report)
    _services(flow, report)
    _timings(flow, report)
    _assistance(flow, report)
    _surveys(flow, report)
    if report.tables:
        _chapter(flow, tr("Dağılımlar"), 220)
        for table in report.tables:
            if table.measure == BY_UNIT_AND_OUTCOME:
                unit_outcomes(flow, table)
            else:
                _distribution(flow, table)
            _note(flow, table)
    _appendix(flow, report)
    count = flow.end()
    return pen.finish(), count


def _chapter(flow: Flow, title: str, room: float = 90) -> None:
    """A section with the next number: one that there was nothing to say in takes none."""
    flow.sections += 1
    flow.section(f"{flow.sections}. {title}", room)


def _cover(flow: Flow, report: YearReport, title: str) -> None:
    pen, tr = flow.pen, flow.tr
    letterhead(pen, report.header, tr)
    top = MARGIN + LETTERHEAD
    pen.text(LEFT, top + 34, title, Style(22, INK, bold=True))
    period = tr("{first} – {last} · {days} çalışma günü").format(
        first=long_date(report.first).rsplit(" ", 1)[0],
        last=long_date(report.last).rsplit(" ", 1)[0],
        days=number(report.days),
    )
    pen.text(LEFT, top + 52, period, Style(10, INK_2))
    pen.text(LEFT, top + 66, tr("Yerleşkeler: {names}").format(names=report.site_names), Style(10, INK_2))
    flow.y = top + 78


def _change(value: int, before: int | None) -> str:
    if before is None:
        return "–"
    if not before:
        return "–" if not value else N_("yeni")
    if value == before:
        return "%0,0"
    sign = "+" if value > before else "−"
    return sign + percent(abs(value - before), before)


def _before(before: int | None) -> str:
    return "–" if before is None else number(before)


def _headlines(flow: Flow, report: YearReport) -> None:
    tr = flow.tr
    _chapter(flow, tr("Yılın özeti"))
    columns = (
        Column(tr("Ölçü"), 120, number=False),
        Column(tr("Ölçü birimi"), 56, number=False),
        Column(str(report.year), 52),
        Column(str(report.year - 1), 52),
        Column(tr("Değişim"), 50),
        Column("", 12, number=False),
        Column(tr("Payda"), 112, number=False),
        Column(tr("Oran"), CONTENT - 454),
    )
    lines = [Line(_headline(figure, tr)) for figure in report.figures]
    flow.table(columns, lines, 8.5, 15)
    if not report.has_before:
        flow.words(tr("{year} yılına ait kayıt olmadığı için karşılaştırma yapılmadı.").format(year=report.year - 1))
    visits = next((table for table in report.monthly if table.measure == "visits"), None)
    if visits is not None:
        flow.heading(tr("Aylara göre ziyaret"), room=170)
        flow.draw(150, lambda y: months_chart(flow.pen, visits, _SHORT_MONTHS, y, 140, report.year, tr))


def _headline(figure: YearFigure, tr: Translator) -> tuple[str, ...]:
    share = percent(figure.value, figure.whole) if figure.whole else "–"
    whole = f"{number(figure.whole)} {lower_tr(tr(figure.share_of))}" if figure.whole else ""
    change = tr(_change(figure.value, figure.before))
    return (
        tr(figure.name), tr(figure.unit), number(figure.value), _before(figure.before), change, "", whole, share,
    )  # fmt: skip


def _month_pages(flow: Flow, report: YearReport) -> None:
    tr = flow.tr
    _chapter(flow, tr("Aylara göre"), 260)
    tables = report.monthly
    wide = (CONTENT - 90) / max(len(tables), 1)
    columns = [Column(tr("Ay"), 90, number=False), *(Column(f"{tr(t.title)} ({tr(t.unit)})", wide) for t in tables)]
    lines = [
        Line((name, *(_count(table.months[place]) for table in tables))) for place, name in enumerate(report.months)
    ]
    lines.append(Line((tr("Toplam"), *(number(table.total) for table in tables)), total=True))
    if report.has_before:
        lines.append(Line((str(report.year - 1), *(_before(table.before) for table in tables)), quiet=True))
        changes = (tr(_change(table.total, table.before)) for table in tables)
        lines.append(Line((tr("Değişim"), *changes), quiet=True))
    flow.table(columns, lines, 8, 13)


def _count(value: int) -> str:
    return number(value) if value else "–"


def _span(seconds: float | None) -> str:
    return "–" if seconds is None else stopwatch(seconds)


def _minutes(seconds: float | None) -> str:
    return "–" if seconds is None else number(seconds / 60, 1)


def _services(flow: Flow, report: YearReport) -> None:
    if not report.outcomes:
        return
    tr = flow.tr
    _chapter(flow, tr("Hizmetlere göre numara, sonuç ve süre"), 200)
    names = (
        N_("Verilen"), N_("Hizmet verilen"), N_("Gelmeyen"), N_("Ayrılan"), N_("Gün sonu"), N_("İptal"),
        N_("Ort. bekl. (dk)"), N_("Ortanca (dk)"), N_("P90 (dk)"), N_("Ort. işlem (dk)"),
    )  # fmt: skip
    wide = (CONTENT - 142) / len(names)
    columns = [Column(tr("Hizmet"), 142, number=False), *(Column(tr(name), wide) for name in names)]
    lines = [
        Line(
            (
                row.name,
                *(_count(n) for n in (row.issued, row.served, row.no_shows, row.left, row.expired, row.cancelled)),
                *(_minutes(s) for s in (row.wait_mean, row.wait_median, row.wait_p90, row.serve_mean)),
            )
        )
        for row in report.outcomes
    ]
    sums = [
        number(sum(getattr(row, name) for row in report.outcomes))
        for name in ("issued", "served", "no_shows", "left", "expired", "cancelled")
    ]
    lines.append(Line((tr("Toplam"), *sums, "", "", "", ""), total=True))
    flow.table(columns, lines, 6.8, 13)
    flow.words(tr("Verilen numaradan sonuç sütunlarının toplamı çıkınca, yıl sonunda hâlâ açık olan numaralar kalır."))


def _timings(flow: Flow, report: YearReport) -> None:
    if not report.timings:
        return
    tr = flow.tr
    _chapter(flow, tr("Süreler"))
    columns = (
        Column(tr("Süre"), 100, number=False),
        Column(tr("Ölçülen"), 56),
        Column(tr("Ortalama"), 66),
        Column(tr("Ortanca"), 66),
        Column("P90", 66),
        Column(tr("{year} ortalaması").format(year=report.year - 1), CONTENT - 354),
    )
    lines = [
        Line((tr(t.name), number(t.n), _span(t.mean), _span(t.median), _span(t.p90), _span(t.before)))
        for t in report.timings
    ]
    flow.table(columns, lines, 8.5, 15)


def _assistance(flow: Flow, report: YearReport) -> None:
    if not any(line.asked for line in report.assistance):
        return
    tr = flow.tr
    _chapter(flow, tr("Refakat"))
    columns = (
        Column(tr("Gereken yardım"), 132, number=False),
        Column(tr("İstenen"), 58),
        Column(tr("Tamamlanan"), 70),
        Column(tr("Ekipman"), 58),
        Column(tr("Ort. bekleme"), 82),
        Column(tr("Ort. süre"), CONTENT - 400),
    )
    lines = [
        Line(
            (
                tr(line.name),
                _count(line.asked),
                _count(line.ended),
                _count(line.equipment),
                _span(line.wait_mean),
                _span(line.job_mean),
            )
        )
        for line in report.assistance
    ]
    sums = (number(sum(getattr(line, n) for line in report.assistance)) for n in ("asked", "ended", "equipment"))
    flow.table(columns, [*lines, Line((tr("Toplam"), *sums, "", ""), total=True)], 8.5, 14)


def _surveys(flow: Flow, report: YearReport) -> None:
    if not report.surveys:
        return
    tr = flow.tr
    _chapter(flow, tr("Memnuniyet: soru soru"))
    columns = (
        Column(tr("Form"), 110, number=False),
        Column(tr("Soru"), 200, number=False),
        Column("n", 34),
        Column(tr("Ortalama ya da yanıtlar"), CONTENT - 344),
    )
    lines = []
    for line in report.surveys:
        told = tr("{mean} / {highest}").format(mean=number(line.mean or 0, 2), highest=line.highest)
        if not line.highest:
            told = " · ".join(f"{tr(choice)} {number(count)}" for choice, count in line.counts)
        lines.append(Line((tr(line.form), tr(line.question), number(line.n), told)))
    flow.table(columns, lines, 7.8, 13)
    flow.words(tr("n: soruyu yanıtlayan anket sayısı. Yüz soruları 1 (çok kötü) ile 5 (çok iyi) arasındadır."))


def _distribution(flow: Flow, table: YearTable) -> None:
    """One measure by what its key names: a picture of the largest, then every row with its months."""
    tr = flow.tr
    largest = [row for row in table.rows if row.total][:8]
    pictured = len(largest) >= _BARS_FROM
    high = 12.0 * len(largest) + 8 if pictured else 0.0
    whole = 60 + high + _ROW * len(table.rows)
    flow.heading(tr(table.title), f"({tr(table.unit)})", room=whole if whole < _HELD else 72 + high)
    if pictured:
        flow.draw(high, lambda y: bars(flow.pen, [(tr(r.name), r.total, r.share) for r in largest], y, table.total))
    month = 20.5
    columns = (
        Column(tr(table.head), CONTENT - 12 * month - 34 - 30 - 36, number=False),
        *(Column(name, month) for name in _SHORT_MONTHS),
        Column(tr("Toplam"), 34),
        Column(tr("Oran"), 30),
        Column(tr("Önceki"), 36),
    )
    lines = [
        Line((tr(row.name), *_row(row.months), _count(row.total), _tenths(row.share), _before(row.before)))
        for row in table.rows
    ]
    sums = [Line((tr("Toplam"), *_row(table.months), number(table.total), "%100", _before(table.before)), total=True)]
    flow.table(columns, [*lines, *(sums if table.total else ())], 6.6, _ROW)


def _note(flow: Flow, table: YearTable) -> None:
    tr = flow.tr
    if table.note:
        flow.y -= 6
        flow.words(tr(table.note), Style(7.5, INK_2), 10)
        flow.y += 6


def _row(months: Sequence[int]) -> tuple[str, ...]:
    return tuple(_count(value) for value in months)


def _tenths(share: int) -> str:
    return f"%{share // 10},{share % 10}" if share else "–"


def _appendix(flow: Flow, report: YearReport) -> None:
    tr = flow.tr
    flow.turn()
    flow.section(tr("Ek: Ölçülerin tanımları ve paydaları"))
    flow.words(
        tr(
            "Birimleri ayrı ölçüler (kişi, temas, ziyaret, başvuru, talep, anket) birbiriyle toplanmaz. Oranlar, en "
            "büyük kalan yöntemiyle toplamı %100 olacak biçimde yuvarlanmıştır."
        )
    )
    columns = (
        Column(tr("Ölçü"), 112, number=False),
        Column(tr("Ölçü birimi"), 54, number=False),
        Column(tr("Neyi sayar"), CONTENT - 112 - 54 - 84, number=False),
        Column(tr("Payda"), 84, number=False),
    )
    lines = []
    for told in report.meanings:
        names = _pieces(tr(told.name), columns[0].width - 6)
        pieces = _pieces(tr(told.counts), columns[2].width - 6)
        high = max(len(names), len(pieces))
        for place, (name, piece) in enumerate(zip_longest(names, pieces, fillvalue="")):
            unit, whole = (tr(told.unit), tr(told.share_of) if told.share_of else "–") if not place else ("", "")
            lines.append(Line((name, unit, piece, whole), goes_on=place + 1 < high))
    flow.table(columns, lines, _SIZE, 10.2)
    flow.need(60)
    y = flow.y + 6
    for x, label, who in (
        (LEFT, tr("Düzenleyen"), report.made_by),
        (RIGHT - CONTENT * 0.42, tr("Onaylayan"), tr(report.header.department)),
    ):
        flow.pen.text(x, y + 10, label, Style(8, INK_2))
        flow.pen.text(x, y + 22, who, Style(9.5, INK, bold=True))
        flow.pen.rule(x, x + CONTENT * 0.42, y + 46, LINE_STRONG)


def _pieces(text: str, wide: float) -> list[str]:
    return pdf_text.wrap(text, Style(_SIZE, INK), wide) or [""]

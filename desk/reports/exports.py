"""A day sheet as CSV, XLSX or JSON. Every file is written whole; a disk that refuses raises Fault with a sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desk.files import write_whole
from desk.i18n import Translator, translator
from desk.reports.grid import Cell
from desk.reports.grids import about, grids
from desk.reports.types import DaySheet
from desk.reports.workbook import workbook


def write_csv(sheet: DaySheet, target: Path, tr: Translator | None = None) -> None:
    """As a Turkish Excel opens it by double click: UTF-8 with its mark, semicolons, decimal commas, no grouping."""
    tr = tr or translator()
    text = io.StringIO(newline="")
    rows = csv.writer(text, delimiter=";")
    rows.writerows([_plain(label), _plain(value)] for label, value in about(sheet, tr))
    for grid in grids(sheet, tr):
        rows.writerow([])
        rows.writerow([_plain(grid.title)])
        rows.writerow([_plain(column) for column in grid.columns])
        rows.writerows([_csv(cell) for cell in row] for row in grid.rows)
    write_whole(target, text.getvalue().encode("utf-8-sig"))


def _csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(cell) if isinstance(cell, int) else _plain(cell)


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP, "CSV Injection"): such a one gets an apostrophe."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def write_xlsx(sheet: DaySheet, target: Path, tr: Translator | None = None) -> None:
    """A formatted workbook, one table a sheet, ready to print on A4."""
    write_whole(target, workbook(sheet, tr or translator()))


def write_json(sheet: DaySheet, target: Path, tr: Translator | None = None) -> None:
    """For programs: whole counts at the top level, then the details. Durations are in seconds, moments in UTC."""
    write_whole(target, (json.dumps(as_json(sheet), ensure_ascii=False, indent=2) + "\n").encode())


def as_json(sheet: DaySheet) -> dict[str, Any]:
    head: dict[str, Any] = {
        "period": str(sheet.period),
        "day": sheet.day.isoformat(),
        "last": sheet.until.isoformat(),
        "site": sheet.header.site,
        "visits": sheet.visits,
        "persons": sheet.persons,
        "directions": sheet.directions,
        "tickets_issued": sheet.tickets_issued,
        "tickets_served": sheet.tickets_served,
        "tickets_waiting": sheet.tickets_waiting,
        "tickets_cancelled": sheet.tickets_cancelled,
        "no_shows": sheet.no_shows,
        "left": sheet.left,
        "expired": sheet.expired,
        "unserved": sheet.unserved,
        "priority": sheet.priority_total,
        "assistance": sheet.assistance_total,
        "assistance_done": sheet.assistance_done,
        "assistance_open": sheet.assistance_open,
        "petitions": sheet.petitions,
        "petitions_incomplete": sheet.petitions_incomplete,
        "enclosures": sheet.enclosures,
        "visits_previous": sheet.visits_previous,
    }
    waits = ("wait_mean", "wait_median", "wait_p90", "wait_longest", "wait_longest_service", "serve_mean")
    return (
        head
        | _more(sheet)
        | {
            "opens": sheet.opens,
            "closes": sheet.closes,
            **{name: getattr(sheet, name) for name in (*waits, "serve_median", "serve_p90", "assistance_wait_mean")},
            "hours": list(sheet.hours),
            "visits_by_hour": list(sheet.visits_by_hour),
            "directions_by_hour": list(sheet.directions_by_hour),
            "weekday_mean_by_hour": list(sheet.weekday_mean_by_hour),
            "services": [asdict(line) for line in sheet.services],
            "priority_by_class": {c.key: c.value for c in sheet.priority},
            "assistance_by_kind": {c.key: c.value for c in sheet.assistance},
            "visits_by_unit": {c.key: c.value for c in sheet.units},
            "petitions_by_unit": {c.key: c.value for c in sheet.petition_units},
            "surveys": {c.key: c.value for c in sheet.surveys},
            "surveys_alarming": sheet.surveys_alarming,
            "survey_questions": [asdict(line) for line in sheet.survey_lines],
            "incidents": [asdict(line) | {"at": line.at.isoformat()} for line in sheet.events],
            "corrections": [
                asdict(line) | {"first": line.first.isoformat(), "last": line.last.isoformat()}
                for line in sheet.corrections
            ],
            "manual_entered": sheet.manual_entered,
            "limits_passed": sheet.limits_passed,
            "number": sheet.number,
            "revision": sheet.revision,
            "closed_at": sheet.closed_at.isoformat() if sheet.closed_at else None,
            "header": asdict(sheet.header),
            "made_at": sheet.made_at.isoformat(),
            "made_by": sheet.made_by,
            "note": sheet.note,
        }
    )


def _more(sheet: DaySheet) -> dict[str, Any]:
    """What sheets tell besides the head figures; a field that is added to the sheet later belongs here."""
    return {
        "contacts": sheet.contacts,
        "columns": list(sheet.column_names),
        "ticket_outcomes": {c.key: c.value for c in sheet.ticket_outcomes},
        "assistance_lines": [asdict(line) for line in sheet.assistance_lines],
        "petitions_by_channel": {c.key: c.value for c in sheet.channels},
        "petitions_by_kind": {c.key: c.value for c in sheet.document_kinds},
        "compared": [asdict(line) for line in sheet.compared],
        "compared_with": sheet.compared_with,
        "accuracy": asdict(sheet.accuracy) if sheet.accuracy else None,
        "printer_troubles": [asdict(line) for line in sheet.printer_troubles],
        "left_open": [asdict(line) for line in sheet.left_open],
        "staff": list(sheet.staff),
        "opening_note": sheet.opening_note,
    }


EXPORTS: dict[str, Callable[[DaySheet, Path], None]] = {"csv": write_csv, "xlsx": write_xlsx, "json": write_json}
"""By the name of the format, as ``desk report day --format`` gives it."""

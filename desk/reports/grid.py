"""A plain table of a sheet, for CSV and XLSX."""

from __future__ import annotations

from dataclasses import dataclass

from desk.errors import N_

Cell = str | int | float | None
"""Whole numbers are counts; other numbers are minutes or means (one decimal) or, below 1 in a share column, rates."""

SHARE = N_("Oran")
"""The title of the one column that holds rates (0–1)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table. With ``total`` its last row adds up the ones above."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False

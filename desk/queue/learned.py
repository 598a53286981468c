"""What the forecast learns from the last days: who does not come, how fast today is, how many with priority will come.

All pure: the caller brings what was recorded, in minutes. Each estimate is drawn to the usual by pseudo-observations,
so that a young day or a rare service does not swing it.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk.queue.snapshot import NO_SHOW_BIN

NO_SHOW_BINS = 9
"""Twenty minutes each; the last is for whoever waited 160 minutes and more."""

NO_SHOW_WEIGHT = 15
"""Called tickets that each bin is given in advance, at the share of all."""

HALL_WEIGHT, COUNTER_WEIGHT = 40, 15
"""Services that the speed of the hall today, and of a counter, is given in advance."""

ARRIVALS_WEIGHT = 30
"""Arrivals that today's scale is given in advance."""


def no_show_curve(called: Iterable[tuple[float, bool]], bins: int = NO_SHOW_BINS) -> tuple[float, ...]:
    """The share that does not come, by bins of minutes waited; never falling with the wait.

    ``called``: minutes waited and whether nobody came, one per called ticket. Adjacent bins that fall are pooled
    (isotonic regression).
    """
    seen, missing = [0.0] * bins, [0.0] * bins
    for waited, absent in called:
        at = min(bins - 1, max(0, int(waited / NO_SHOW_BIN)))
        seen[at] += 1
        missing[at] += absent
    usual = sum(missing) / sum(seen) if sum(seen) else 0.0
    pools: list[tuple[float, float, int]] = []
    for count, gone in zip(seen, missing, strict=True):
        pool = (gone + NO_SHOW_WEIGHT * usual, count + NO_SHOW_WEIGHT, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            before = pools.pop()
            pool = (before[0] + pool[0], before[1] + pool[1], before[2] + pool[2])
        pools.append(pool)
    return tuple(gone / count for gone, count, width in pools for _ in range(width))


def speed(took: float, expected: float, services: int, weight: int) -> float:
    """How much longer services take than usual: 1.2, a fifth.

    ``took``: their minutes together; ``expected``: what the same services usually take; ``weight``: services of usual
    length added in advance (``HALL_WEIGHT``, ``COUNTER_WEIGHT``).
    """
    if services == 0 or expected <= 0:
        return 1.0
    usual = weight * expected / services
    return (took + usual) / (expected + usual)


def arrivals_scale(today: int, expected: float) -> float:
    """Today's arrivals so far against those of such a day by this hour."""
    return (today + ARRIVALS_WEIGHT) / (expected + ARRIVALS_WEIGHT)


def break_hazard(begun: int, open_minutes: float) -> float:
    """Breaks begun per minute at counters that were open and had not had their break yet."""
    return begun / open_minutes if open_minutes > 0 else 0.0

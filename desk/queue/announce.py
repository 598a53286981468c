"""From an outlook to what a visitor is told: a band of minutes, as wide as the last days ask for, or nothing.

A forecast is given with its median; the upper end is ``k`` times its spread above it, and ``k`` comes from how far
the calls of the last 20 days were from their forecasts. Blending the median with two plain estimates while there are
few days was measured and helped nothing (``desk bench forecast --json``: thin_mae, thin_mae_forward), so screens do
not. Minutes everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import combinations

from desk.queue.forecast import round_for_people
from desk.queue.forward import Outlook
from desk.queue.types import Band
from desk.values import dataclass

SHARE_BELOW = 0.87
"""Of the queued people, so many are to be called before the upper end of their band."""

KEPT_DAYS = 20
"""Days whose forecasts are compared with what happened."""

ENOUGH_DAYS = 15
"""Days of records from which playing forward needs no help."""

FIRST_K = 1.5
"""While there is nothing to learn from: wider than a normal distribution would ask for (1.13)."""

_FEW_GIVEN = 100  # forecasts under which FIRST_K holds
_BLEND_WEIGHT = 50.0  # forecasts that speak in advance for playing forward alone


@dataclass(frozen=True, slots=True)
class Given:
    """A forecast that was given to somebody queued, and the wait that followed."""

    median: float
    sd: float
    actual: float


@dataclass(frozen=True, slots=True)
class Estimates:
    """Three estimates of one wait: playing forward; the wait of whoever entered service last; the usual of this
    weekday and half-hour."""

    forward: float
    last: float
    usual: float


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each of the three counts; never negative, so that a longer estimate never makes a shorter promise."""

    forward: float = 1.0
    last: float = 0.0
    usual: float = 0.0

    def of(self, estimates: Estimates) -> float:
        return self.forward * estimates.forward + self.last * estimates.last + self.usual * estimates.usual


@dataclass(frozen=True, slots=True)
class Promise:
    """The band before it is rounded: what the scorecard judges."""

    median: float
    upper: float

    def in_words(self) -> Band:
        """As it is told to somebody queued: up to five to the minute, above in steps of five, upward."""
        return Band(round_for_people(self.median), round_for_people(self.upper))


AT_ONCE = Promise(0.0, 0.0)


def widening(given: Iterable[Given]) -> float:
    """k: the quantile of how far the waits were above their medians, in spreads. Never negative."""
    off = sorted((one.actual - one.median) / max(one.sd, 1.0) for one in given)
    if len(off) < _FEW_GIVEN:
        return FIRST_K
    return max(0.0, off[min(len(off) - 1, math.ceil(SHARE_BELOW * len(off)) - 1)])


def promise(outlook: Outlook, k: float, median: float | None = None) -> Promise:
    """The band of an outlook; ``median``: the blended one, while the data are thin."""
    if outlook.at_once:
        return AT_ONCE
    middle = outlook.median if median is None else median
    return Promise(middle, middle + k * max(outlook.sd, 1.0))


def blend(past: Sequence[tuple[Estimates, float]]) -> Weights:
    """The non-negative weights that would have made the smallest squared error of the given (estimates, wait) pairs.

    Some pairs in advance speak for playing forward alone. Three weights have seven sets that are not zero: each is
    solved and the best one without a negative weight is taken.
    """
    rows = [((e.forward, e.last, e.usual), wait) for e, wait in past]
    if not rows:
        return Weights()
    prior = _BLEND_WEIGHT * max(1.0, sum(wait * wait for _, wait in rows) / len(rows))
    square = [[sum(x[i] * x[j] for x, _ in rows) + prior * (i == j) for j in range(3)] for i in range(3)]
    right = [sum(x[i] * wait for x, wait in rows) + prior * (i == 0) for i in range(3)]
    best, least = (1.0, 0.0, 0.0), math.inf
    for size in (1, 2, 3):
        for chosen in combinations(range(3), size):
            weights = _solve(square, right, chosen)
            if min(weights) < 0:
                continue
            # The squared error without the part that is the same for all.
            error = sum(
                weights[i] * (sum(square[i][j] * weights[j] for j in range(3)) - 2 * right[i]) for i in range(3)
            )
            if error < least:
                best, least = (weights[0], weights[1], weights[2]), error
    return Weights(*best)


def _solve(square: list[list[float]], right: list[float], chosen: tuple[int, ...]) -> list[float]:
    """Weights of the chosen columns by elimination (the prior makes the matrix definite), the others zero."""
    rows = [[*(square[i][j] for j in chosen), right[i]] for i in chosen]
    for at, pivot in enumerate(rows):
        for other in rows[at + 1 :]:
            share = other[at] / pivot[at]
            for column in range(at, len(other)):
                other[column] -= share * pivot[column]
    found = [0.0] * 3
    for at in range(len(rows) - 1, -1, -1):
        known = sum(rows[at][column] * found[chosen[column]] for column in range(at + 1, len(rows)))
        found[chosen[at]] = (rows[at][-1] - known) / rows[at][at]
    return found

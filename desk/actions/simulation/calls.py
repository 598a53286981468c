"""The calls of a simulated day, as the exchange's log tells them (``registry.import_writing``)."""

from __future__ import annotations

import math
from datetime import timedelta

from desk.actions.simulation.stage import Stage
from desk.models.case import Call
from desk.models.counting import Duration, Measure
from desk.registry.application_types import CallOutcome

SHARE = 0.15
"""Calls of a day, as a share of its visits."""
LINES, WEIGHTS = ("153", "444"), (85, 15)
ENDS, END_WEIGHTS = (CallOutcome.ANSWERED, CallOutcome.ABANDONED, CallOutcome.MISSED), (88, 8, 4)
WAIT_SECONDS, TALK_SECONDS = 26, 72
"""Means: 26 s waiting, 1 min 12 s talking (the figures of a real directorate)."""
SPREAD = 0.8


def ring(stage: Stage, visits: int) -> None:
    """Write the day's calls."""
    chance, hours = stage.chance, stage.hours
    for number in range(round(visits * SHARE)):
        at = stage.midnight + timedelta(minutes=chance.uniform(hours.opens, hours.closes))
        outcome = chance.choices(ENDS, END_WEIGHTS)[0]
        line = chance.choices(LINES, WEIGHTS)[0]
        answered = outcome is CallOutcome.ANSWERED
        wait, talk = _seconds(stage, WAIT_SECONDS), _seconds(stage, TALK_SECONDS) if answered else 0
        stage.book.add(
            Call,
            id=stage.book.key(at),
            day=stage.day,
            at=at,
            outside_id=f"q:{stage.day:%Y%m%d}{number:06d}",
            line=line,
            agent=f"{line}-{chance.randint(1, 6)}" if answered else "",
            outcome=outcome,
            waiting_seconds=wait,
            talk_seconds=talk,
            application_id=None,
            import_id=None,
        )
        stage.book.count(Measure.CALLS, outcome)
        stage.book.tally.time(Duration.CALL_WAIT, line, wait)
        if answered:
            stage.book.tally.time(Duration.CALL_TALK, line, talk)


def _seconds(stage: Stage, mean: float) -> int:
    return round(stage.chance.lognormvariate(math.log(mean) - SPREAD**2 / 2, SPREAD))

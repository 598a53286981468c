"""What becomes of a simulated application: answered or ended otherwise, told to the citizen, asked how it was.

Everything here happens days after the record was made. What would lie after the moment up to which is simulated has
not happened yet: the application is open.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from desk.actions.simulation.book import Row
from desk.actions.simulation.stage import Stage
from desk.models.application import ApplicationEvent
from desk.models.case import ApplicationText
from desk.models.counting import Measure
from desk.registry.application_counts import outcome_key
from desk.registry.application_types import Outcome
from desk.registry.life import RULES, Move
from desk.registry.types import Channel
from desk.workdays import is_working_day

NEVER_ENDED = 0.03
ENDS = (
    (Move.ANSWER, Outcome.POSITIVE, 66), (Move.ANSWER, Outcome.NEGATIVE, 15), (Move.ANSWER, Outcome.PARTIAL, 10),
    (Move.FORWARD, None, 5), (Move.REFUSE, None, 2), (Move.WITHDRAW, None, 2),
)  # fmt: skip
"""Moves that end an application, with their outcome and how many of a hundred end so."""
WORDS = {
    Move.ANSWER: "Başvurunuz incelenmiş, sonucu yazıyla bildirilmiştir.",
    Move.REFUSE: "Konu belediyenin görev alanında değildir.",
}
BODIES = ("Su ve Kanalizasyon İdaresi", "Elektrik Dağıtım", "Doğal Gaz Dağıtım", "İl Özel İdaresi")
DAYS, SPREAD, LONGEST = 8.0, 0.6, 27
"""Median and log-deviation of the days until an end, and the most of them: older days are repeated as they ended."""
TOLD, ASKED = 0.85, 0.35
SATISFIED, SATISFIED_WEIGHTS = ("yes", "no", "unreached"), (70, 14, 16)


class Lives:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.book, self.chance = stage, stage.book, stage.chance

    def live(self, row: Row, unit: str) -> None:
        """Let a registered application go through its life, as far as the simulation goes."""
        chance = self.chance
        if row["unit_id"] is None or chance.random() < NEVER_ENDED:
            return
        ended = self._later(self.stage.now, min(chance.lognormvariate(math.log(DAYS), SPREAD), LONGEST - 2))
        if ended >= self.stage.until:
            return
        move, outcome, _ = chance.choices(ENDS, [weight for *_, weight in ENDS])[0]
        row.update(outcome=outcome, closed_at=ended)
        self._move(row, move, ended, _data(move, outcome, chance.choice(BODIES)))
        found = outcome_key(str(row["state"]), outcome)
        self.book.count(Measure.APPLICATIONS_OUTCOME, found)
        self.book.count(Measure.APPLICATIONS_OUTCOME_BY_CHANNEL, f"{row['channel']}:{found}")
        self.book.count(Measure.APPLICATIONS_OUTCOME_BY_UNIT, f"{unit}:{found}")
        told = ended + timedelta(hours=chance.uniform(0.2, 3))
        if move is Move.WITHDRAW or chance.random() >= TOLD or told >= self.stage.until:
            return
        row["told_at"] = told
        self._move(row, Move.TELL, told, {"channel": str(chance.choice((Channel.PHONE, Channel.SMS, Channel.EMAIL)))})
        asked = self._later(told, 1)
        if move is Move.ANSWER and chance.random() < ASKED and asked < self.stage.until:
            row["satisfied"] = chance.choices(SATISFIED, SATISFIED_WEIGHTS)[0]
            self.book.count(Measure.APPLICATIONS_FEEDBACK, row["satisfied"])
            self._move(row, Move.FEEDBACK, asked, {"satisfied": row["satisfied"]})

    def _later(self, since: datetime, days: float) -> datetime:
        """So many days later, in the working hours of a working day."""
        day = self.stage.day + timedelta(days=(since - self.stage.midnight).days + max(1, round(days)))
        while not is_working_day(day):
            day += timedelta(days=1)
        hours = self.stage.hours
        minute = self.chance.uniform(hours.opens + 10, hours.closes - 10)
        return self.stage.midnight + timedelta(days=(day - self.stage.day).days, minutes=minute)

    def _move(self, row: Row, move: Move, at: datetime, data: dict[str, Any]) -> None:
        """One step of ``registry.life``: state, version, event with its words."""
        rule, registrar = RULES[move], self.stage.place.registrar
        if rule.target is not None:
            row.update(state=rule.target, open=False)
        row["version"] += 1
        event = self.book.add(
            ApplicationEvent,
            id=self.book.key(self.stage.now),  # all keys of a day's book are of that day
            application_id=row["id"],
            at=at,
            kind=rule.event,
            staff_id=registrar.staff_id,
            terminal_id=registrar.terminal_id,
            unit_id=row["unit_id"],
            data=data,
        )
        if move in WORDS:
            self.book.add(ApplicationText, event_id=event["id"], application_id=row["id"], text=WORDS[move])


def _data(move: Move, outcome: Outcome | None, body: str) -> dict[str, Any]:
    if move is Move.FORWARD:
        return {"body": body, "letter": ""}
    return {"outcome": str(outcome)} if outcome else {}

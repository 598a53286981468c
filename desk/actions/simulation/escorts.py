"""Refakat: jobs wait for a free escort, go their way with a chair when one is in, and end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from desk.actions.simulation.book import Row
from desk.actions.simulation.stage import Stage
from desk.actor import Actor
from desk.events import Kind
from desk.models.assistance import Assistance, AssistanceEvent, EquipmentUse
from desk.models.counting import Duration, Measure
from desk.registry.assistance import ASSIGN, CANCEL, END, HAND_OVER, START, Step
from desk.registry.types import AssistanceKind, AssistanceState

CANCELLED_SHARE = 0.03
WAITS_MINUTES = 30
"""A request that nobody could take for so long is withdrawn."""


@dataclass(slots=True, eq=False)
class Job:
    row: Row
    actor: Actor
    use: Row | None = None


class Escorts:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.book, self.chance = stage, stage.book, stage.chance
        self.free = list(stage.place.escorts)
        self.waiting: deque[Job] = deque()
        self.out: set[UUID] = set()

    def request(self, kind: AssistanceKind, actor: Actor, visit_id: UUID, ticket: Row | None, to_place: str) -> None:
        now, day = self.stage.now, self.stage.day
        serial = self.book.series.take("assistance", day.isoformat())
        row = self.book.add(
            Assistance,
            id=self.book.key(now),
            day=day,
            serial=serial,
            number=ticket["number"] if ticket else f"RF {serial:03d}",
            visit_id=visit_id,
            ticket_id=ticket["id"] if ticket else None,
            kind=kind,
            state=AssistanceState.REQUESTED,
            from_place=self.stage.place.entrance,
            to_place=to_place,
            unit_id=None,
            escort_id=None,
            equipment_id=None,
            requested_at=now,
            assigned_at=None,
            started_at=None,
            handed_over_at=None,
            ended_at=None,
        )
        job = Job(row, actor)
        self._log(job, AssistanceState.REQUESTED)
        self.book.count(Measure.ASSISTANCE, kind)
        self.book.change(Kind.ASSISTANCE_REQUESTED, row["id"], now, actor)
        self.waiting.append(job)
        self.stage.after(WAITS_MINUTES * 60, partial(self._withdraw, job))
        self._send()

    def _send(self) -> None:
        while self.free and self.waiting:
            job, escort_id = self.waiting.popleft(), self.free.pop()
            self.stage.after(self.chance.uniform(15, 80), partial(self._assign, job, escort_id))

    def _withdraw(self, job: Job) -> None:
        if job in self.waiting:
            self.waiting.remove(job)
            self._cancel(job)

    def _cancel(self, job: Job) -> None:
        self._move(job, CANCEL)
        self.book.count(Measure.ASSISTANCE, job.row["kind"], -1)

    def _assign(self, job: Job, escort_id: UUID) -> None:
        if self.chance.random() < CANCELLED_SHARE:
            self._cancel(job)
            self._come_back(escort_id)
            return
        job.row["escort_id"] = escort_id
        self._move(job, ASSIGN)
        pieces = [p for p in self.stage.place.equipment.get(job.row["kind"], ()) if p not in self.out]
        if pieces:
            self._take(job, pieces[0])
        self.stage.after(self.chance.uniform(15, 120), partial(self._start, job))

    def _take(self, job: Job, piece: UUID) -> None:
        now = self.stage.now
        self.out.add(piece)
        job.row["equipment_id"] = piece
        job.use = self.book.add(
            EquipmentUse, id=self.book.key(now), assistance_id=job.row["id"], equipment_id=piece, out_at=now, in_at=None
        )
        self.book.count(Measure.EQUIPMENT_USED, job.row["kind"])
        self.book.change(Kind.EQUIPMENT_TAKEN, piece, now, job.actor)

    def _start(self, job: Job) -> None:
        self._move(job, START)
        self.book.time(Duration.ASSISTANCE_WAIT, job.row["kind"], job.row["requested_at"], self.stage.now)
        self.stage.after(self.chance.uniform(90, 420), partial(self._hand_over, job))

    def _hand_over(self, job: Job) -> None:
        self._move(job, HAND_OVER)
        self.stage.after(self.chance.uniform(60, 360), partial(self._finish, job))

    def _finish(self, job: Job) -> None:
        now = self.stage.now
        self._move(job, END)
        if job.use is not None:
            job.use["in_at"] = now
            self.out.discard(job.use["equipment_id"])
            self.book.change(Kind.EQUIPMENT_RETURNED, job.use["equipment_id"], now, job.actor)
        self.book.count(Measure.ASSISTANCE_ENDED, job.row["kind"])
        self.book.time(Duration.ASSISTANCE_JOB, job.row["kind"], job.row["requested_at"], now)
        self._come_back(job.row["escort_id"])

    def _come_back(self, escort_id: UUID) -> None:
        self.free.append(escort_id)
        self._send()

    def _move(self, job: Job, step: Step) -> None:
        job.row["state"] = step.target
        job.row[step.moment] = self.stage.now
        self._log(job, step.target)
        self.book.change(step.kind, job.row["id"], self.stage.now, job.actor)

    def _log(self, job: Job, state: AssistanceState) -> None:
        self.book.add(
            AssistanceEvent,
            id=self.book.key(self.stage.now),
            assistance_id=job.row["id"],
            at=self.stage.now,
            state=state,
            staff_id=job.actor.staff_id,
            escort_id=job.row["escort_id"],
        )

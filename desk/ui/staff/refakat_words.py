"""Refakat in words and pure rules: which step comes next, whether the target holds, who and what to suggest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import AssistanceBoard, AssistanceJob, AssistanceKind, AssistanceState, Equipment, Escort
from desk.text import minutes
from desk.ui.widgets.pill import Pill

KIND_ICONS = {
    AssistanceKind.WHEELCHAIR: "wheelchair",
    AssistanceKind.WALKING: "walking-stick",
    AssistanceKind.VOICE: "speaker",
    AssistanceKind.SIGN: "hand",
    AssistanceKind.CHILD: "child",
    AssistanceKind.UNIT: "arrow-right",
}
STATIONS = (N_("İstendi"), N_("Atandı"), N_("Yolda"), N_("Teslim edildi"))
NOT_STARTED = frozenset({AssistanceState.REQUESTED, AssistanceState.ASSIGNED})
NEXT = {
    AssistanceState.REQUESTED: N_("Görevli ata"),
    AssistanceState.ASSIGNED: N_("Başladı"),
    AssistanceState.STARTED: N_("Birime teslim edildi"),
    AssistanceState.HANDED_OVER: N_("Bitti"),
}
SOON_MINUTES = 3
"""The target is called near when no more than this is left."""


def station(job: AssistanceJob) -> int:
    """The place of a job's state among ``STATIONS``."""
    order = (
        AssistanceState.REQUESTED,
        AssistanceState.ASSIGNED,
        AssistanceState.STARTED,
        AssistanceState.HANDED_OVER,
    )
    return order.index(job.state)


def since(job: AssistanceJob) -> datetime:
    """When the step began whose clock runs: waiting counts from the request, whoever was assigned meanwhile."""
    if job.state is AssistanceState.HANDED_OVER and job.handed_over_at:
        return job.handed_over_at
    if job.state is AssistanceState.STARTED and job.started_at:
        return job.started_at
    return job.requested_at


def clock_words(job: AssistanceJob) -> str:
    """What the running clock measures."""
    tr = translator()
    return {
        AssistanceState.STARTED: tr(N_("yolda")),
        AssistanceState.HANDED_OVER: tr(N_("birimde")),
    }.get(job.state, tr(N_("bekliyor")))


def target(job: AssistanceJob, now: datetime) -> Pill:
    """The target for the start: kept, near, or by how much it was missed."""
    tr, goal = translator(), job.target_minutes
    waited = ((job.started_at or now) - job.requested_at).total_seconds()
    over = waited - goal * 60
    if over > 0:
        sentence = N_("Hedef {goal} dk · {over} dk aşıldı") if over >= 60 else N_("Hedef {goal} dk · {over} sn aşıldı")
        words = tr(sentence).format(goal=goal, over=int(over // 60 if over >= 60 else over))
        return Pill(words, "warning", "brick" if job.state in NOT_STARTED else "amber")
    if job.state not in NOT_STARTED:
        return Pill(tr(N_("{count} dk bekledi")).format(count=minutes(waited)), "check", "neutral")
    left = math.ceil((goal * 60 - waited) / 60)
    if left <= SOON_MINUTES:
        return Pill(tr(N_("Hedef {goal} dk · {left} dk kaldı")).format(goal=goal, left=left), "clock", "amber")
    return Pill(tr(N_("Hedef {goal} dk")).format(goal=goal), "clock", "neutral")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who could take a job at once, and with what."""

    escort: Escort | None
    equipment: Equipment | None


def suggestions(board: AssistanceBoard) -> dict[UUID, Suggestion]:
    """For the jobs nobody has yet, oldest first: a free escort each, and a piece that is in and fits the help."""
    free = [escort for escort in board.escorts if not escort.busy_with]
    pieces = [piece for piece in board.equipment if not is_out(piece)]
    found = {}
    for job in board.jobs:
        if job.state is not AssistanceState.REQUESTED:
            continue
        fitting = next((piece for piece in pieces if piece.kind is job.kind), None)
        if fitting is not None:
            pieces.remove(fitting)
        found[job.id] = Suggestion(free.pop(0) if free else None, fitting)
    return found


def is_out(piece: Equipment) -> bool:
    return piece.out_since is not None


def piece_of(job: AssistanceJob, board: AssistanceBoard) -> Equipment | None:
    """The piece that is out with a job just now."""
    for piece in board.equipment:
        if is_out(piece) and piece.id == job.equipment_id and piece.out_with == job.number:
            return piece
    return None

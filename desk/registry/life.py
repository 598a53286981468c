"""The life of an application: its states, and every move between them, in one table (domain.md, Applications).

Each move is one conditional UPDATE on the states it may start from and on the version the screen had seen: who comes
second is told who was first. Every move appends an event; its words stand apart from it, because they may name people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update

from desk.clock import local
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models import application as tables
from desk.models import case, site
from desk.models.base import new_id
from desk.models.session import Session
from desk.models.work import Work
from desk.registry import application_counts, deadlines, due_words
from desk.registry.application_types import Clock, Outcome, Urgency
from desk.registry.types import APPLICATION_STATE_NAMES, Channel
from desk.registry.types import ApplicationState as State
from desk.text import clean, clock_time, short_date

_A = tables.Application.__table__
_E = tables.ApplicationEvent.__table__

TEXT_LIMIT = 4000


class Move(StrEnum):
    REFER = "refer"
    RETURN = "return"
    START = "start"
    ASK = "ask"
    HEAR = "hear"  # the citizen's answer came: the clock goes on
    ANSWER = "answer"
    FORWARD = "forward"
    REFUSE = "refuse"  # görev alanı dışında
    WITHDRAW = "withdraw"
    JOIN = "join"
    TELL = "tell"
    FEEDBACK = "feedback"
    REOPEN = "reopen"
    EXTEND = "extend"
    URGE = "urge"  # urgency changed
    REMIND = "remind"
    NOTE = "note"
    TAKE = "take"  # "bana ait"


@dataclass(frozen=True, slots=True)
class Rule:
    """From which states a move starts, where it ends (None: the state stays), and its name on the timeline."""

    sources: frozenset[State]
    target: State | None
    name: str  # on a button
    event: str  # kind of the event
    told: str  # on the timeline
    needs_text: bool = False


_IN_HAND = frozenset({State.NEW, State.REFERRED, State.IN_PROGRESS, State.REOPENED})
OPEN = _IN_HAND | {State.WAITING}
ENDED = frozenset({State.CLOSED, State.FORWARDED, State.OUT_OF_SCOPE})
ALIVE = frozenset(State) - {State.VOIDED}

RULES: dict[Move, Rule] = {
    Move.REFER: Rule(_IN_HAND, State.REFERRED, N_("Birime havale et"), "referred", N_("Birime havale edildi")),
    Move.RETURN: Rule(
        frozenset({State.REFERRED, State.IN_PROGRESS, State.REOPENED}),
        State.NEW, N_("Birimden geri al"), "returned", N_("Birimden geri geldi"), needs_text=True,
    ),
    Move.START: Rule(
        frozenset({State.NEW, State.REFERRED, State.REOPENED}),
        State.IN_PROGRESS, N_("İşleme al"), "started", N_("İşleme alındı"),
    ),
    Move.ASK: Rule(
        _IN_HAND, State.WAITING, N_("Vatandaştan bilgi iste"), "asked", N_("Vatandaştan bilgi istendi"), needs_text=True
    ),
    Move.HEAR: Rule(
        frozenset({State.WAITING}), State.IN_PROGRESS, N_("Bilgi geldi"), "heard", N_("Vatandaşın bilgisi geldi")
    ),
    Move.ANSWER: Rule(OPEN, State.CLOSED, N_("Sonuçlandır"), "answered", N_("Sonuçlandı"), needs_text=True),
    Move.FORWARD: Rule(
        _IN_HAND, State.FORWARDED, N_("Kurum dışına ilet"), "forwarded", N_("Kurum dışına iletildi")
    ),
    Move.REFUSE: Rule(
        _IN_HAND, State.OUT_OF_SCOPE, N_("Görev alanı dışında"), "out_of_scope", N_("Görev alanı dışında bulundu"),
        needs_text=True,
    ),
    Move.WITHDRAW: Rule(
        OPEN, State.WITHDRAWN, N_("Başvuru geri çekildi"), "withdrawn", N_("Başvuru geri çekildi")
    ),
    Move.JOIN: Rule(OPEN, State.DUPLICATE, N_("Mükerrer olarak birleştir"), "joined", N_("Mükerrer: birleştirildi")),
    Move.TELL: Rule(ENDED, None, N_("Sonuç bildirildi"), "told", N_("Sonuç vatandaşa bildirildi")),
    Move.FEEDBACK: Rule(ENDED, None, N_("Geri bildirim al"), "feedback", N_("Geri bildirim alındı")),
    Move.REOPEN: Rule(
        ENDED | {State.WITHDRAWN, State.DUPLICATE}, State.REOPENED, N_("Yeniden aç"), "reopened",
        N_("Yeniden açıldı"), needs_text=True,
    ),
    Move.EXTEND: Rule(
        _IN_HAND, None, N_("Süreyi 30 iş gününe uzat"), "extended", N_("Süre 30 iş gününe uzatıldı"), needs_text=True
    ),
    Move.URGE: Rule(OPEN, None, N_("Aciliyeti değiştir"), "urgency", N_("Aciliyet değişti"), needs_text=True),
    Move.REMIND: Rule(OPEN, None, N_("Birime hatırlat"), "reminded", N_("Birime hatırlatıldı")),
    Move.NOTE: Rule(ALIVE, None, N_("Not yaz"), "noted", N_("Not"), needs_text=True),
    Move.TAKE: Rule(OPEN, None, N_("Üzerime al"), "taken", N_("Üzerine alındı")),
}  # fmt: skip

EVENT_NAMES: dict[str, str] = {
    "registered": N_("Kaydedildi"),
    "receipt_copied": N_("Alındı belgesinin kopyası verildi"),
    "file_added": N_("Belge eklendi"),
    "official": N_("EBYS numarası yazıldı"),
    "completed": N_("Eksik tamamlandı"),
    "voided": N_("İçe aktarma geri alındı"),
    "joined_by": N_("Mükerrer başvuru buna bağlandı"),
    **{rule.event: rule.told for rule in RULES.values()},
}


def possible(state: State, clock: Clock, due_on: date, today: date) -> tuple[Move, ...]:
    """What may be done now, in the order of the table."""
    found = [move for move, rule in RULES.items() if state in rule.sources]
    if clock is not Clock.INFORMATION or today > due_on:
        found = [move for move in found if move is not Move.EXTEND]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Step:
    """One move as a screen asks for it. ``version`` is what the screen had read; None lets any version pass."""

    move: Move
    version: int | None = None
    text: str = ""
    unit_code: str = ""  # REFER
    body: str = ""  # FORWARD: which body
    letter: str = ""  # FORWARD: number of our letter
    fee: bool = False  # ASK: the fee notice of Law 4982 (the clock stops; unpaid means waived)
    outcome: Outcome | None = None  # ANSWER
    channel: Channel | None = None  # TELL: how the citizen was told
    reached: bool = True  # FEEDBACK
    satisfied: bool | None = None  # FEEDBACK, when reached
    urgency: Urgency | None = None  # URGE
    to: UUID | None = None  # JOIN: the application that goes on
    data: Mapping[str, Any] = field(default_factory=dict)


def do(work: Work, application_id: UUID, step: Step) -> None:
    """Make a move. Raises UserError for what is missing or impossible, Stale when somebody else was first."""
    rule = RULES[step.move]
    text = clean(step.text)
    if rule.needs_text and not text:
        raise UserError(N_("Açıklama yazınız."))
    if len(text) > TEXT_LIMIT:
        raise UserError(N_("Açıklama en çok {count} harf olabilir."), count=TEXT_LIMIT)
    before = _locked(work, application_id)
    _refuse(work, before, step, rule)
    values, data, unit_id = _CHANGES.get(step.move, _plain)(work, before, step)
    state = rule.target or State(before.state)
    values = {"state": state, "open": state in OPEN, "version": before.version + 1} | values
    changed = work.session.execute(
        update(_A)
        .where(_A.c.id == application_id, _A.c.version == before.version, _A.c.state == before.state)
        .values(values)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise who_was_first(work.session, application_id)
    log(work, application_id, rule.event, data, unit_id or before.unit_id, text)
    application_counts.moved(work, before, values, state)
    work.change(Kind.APPLICATION_MOVED, application_id)


def _locked(work: Work, application_id: UUID) -> Row[Any]:
    """The row as it stands, locked on PostgreSQL (SQLite's writer is alone anyway)."""
    found = work.session.execute(
        select(_A).where(_A.c.id == application_id, _A.c.site_id == work.site_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise UserError(N_("Bu kayıt bulunamadı."))
    return found


def _refuse(work: Work, before: Row[Any], step: Step, rule: Rule) -> None:
    if step.version is not None and step.version != before.version:
        raise who_was_first(work.session, before.id)
    if State(before.state) not in rule.sources:
        raise UserError(
            N_("“{state}” durumundaki başvuruda bu yapılamaz: {move}."),
            state=APPLICATION_STATE_NAMES[State(before.state)],
            move=rule.name,
        )


def who_was_first(session: Session, application_id: UUID) -> Stale:
    """The sentence for whoever came second: who did what, and when."""
    last = session.execute(
        select(_E.c.at, _E.c.kind, site.Staff.name)
        .join(site.Staff, site.Staff.id == _E.c.staff_id)
        .where(_E.c.application_id == application_id)
        .order_by(_E.c.at.desc(), _E.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return Stale(N_("Bu başvuru bu arada değişti. Yeniden açınız."))
    return Stale(
        N_("Bu başvuruda bu arada işlem yapıldı: {what} ({who}, {at}). Yeniden açınız."),
        what=EVENT_NAMES.get(last.kind, last.kind),
        who=last.name,
        at=f"{short_date(local(last.at).date())} {clock_time(last.at)}",
    )


Changes = tuple[dict[str, Any], dict[str, Any], UUID | None]
"""Values of the row, data of the event, the unit the event is about (None: the row's own)."""


def _plain(_work: Work, _before: Row[Any], step: Step) -> Changes:
    return {}, dict(step.data), None


def _refer(work: Work, before: Row[Any], step: Step) -> Changes:
    unit_id = _unit(work, step.unit_code)
    if unit_id == before.unit_id and before.state != State.REOPENED:
        raise UserError(N_("Başvuru zaten bu birimde."))
    return {"unit_id": unit_id, "owner_id": None}, _from(work, before.unit_id), unit_id


def _from(work: Work, unit_id: UUID | None) -> dict[str, Any]:
    if unit_id is None:
        return {}
    return {"from": work.session.execute(select(site.Unit.code).where(site.Unit.id == unit_id)).scalar_one()}


def _unit(work: Work, code: str) -> UUID:
    if not code:
        raise UserError(N_("Birimi seçiniz."))
    found = work.session.execute(
        select(site.Unit.id, site.Unit.valid_to).where(site.Unit.code == code).order_by(site.Unit.valid_from.desc())
    ).first()
    if found is None:
        raise UserError(N_("Böyle bir birim yok: {code}"), code=code)
    if found.valid_to is not None and found.valid_to <= work.day:
        raise UserError(N_("Bu birim kapanmış; yerine geçen birimi seçiniz."))
    unit_id: UUID = found.id
    return unit_id


def _return(_work: Work, before: Row[Any], _step: Step) -> Changes:
    return {"unit_id": None, "owner_id": None}, {}, before.unit_id


def _ask(work: Work, before: Row[Any], step: Step) -> Changes:
    data: dict[str, Any] = {}
    if step.fee:
        if Clock(before.clock) not in (Clock.INFORMATION, Clock.INFORMATION_LONG, Clock.CIMER_INFORMATION):
            raise UserError(N_("Ücret bildirimi yalnız bilgi edinme başvurusunda yapılır (4982 s. K. m. 10)."))
        periods = deadlines.periods_of(work.session, work.site_id)
        calendar = deadlines.calendar_of(work.session, work.site_id)
        data = {"fee_until": calendar.add_working_days(work.day, periods.fee_days).isoformat()}
    return {"stopped_on": work.day}, data, None


def _hear(work: Work, before: Row[Any], _step: Step) -> Changes:
    return _going_on(work, before)


def _going_on(work: Work, before: Row[Any]) -> Changes:
    """The clock goes on with what was left of it."""
    if before.stopped_on is None:
        return {}, {}, None
    found = deadlines.resumed(
        Clock(before.clock),
        before.stopped_on,
        before.due_on,
        work.day,
        before.due_basis,
        deadlines.periods_of(work.session, work.site_id),
        deadlines.calendar_of(work.session, work.site_id),
    )
    return {"stopped_on": None, "due_on": found.on}, {"due": found.data()}, None


def _answer(work: Work, before: Row[Any], step: Step) -> Changes:
    if step.outcome is None:
        raise UserError(N_("Sonucu seçiniz: olumlu, olumsuz ya da kısmen olumlu."))
    _not_before_registration(work, before)
    values = {"outcome": step.outcome, "closed_at": work.now, "stopped_on": None, "told_at": None, "satisfied": None}
    return values, {"outcome": str(step.outcome)}, None


def _not_before_registration(work: Work, before: Row[Any]) -> None:
    if work.now < before.received_at:
        raise UserError(N_("Kayıttan önceki bir zamana cevap yazılamaz. Bilgisayarın saatini denetleyiniz."))


def _forward(work: Work, before: Row[Any], step: Step) -> Changes:
    body, letter = clean(step.body), clean(step.letter)
    if not body:
        raise UserError(N_("Başvurunun iletildiği kurumu yazınız."))
    if len(body) > 200 or len(letter) > 60:
        raise UserError(N_("Kurum adı ya da yazı sayısı çok uzun."))
    _not_before_registration(work, before)
    values = {"closed_at": work.now, "told_at": None, "satisfied": None, "outcome": None}
    return values, {"body": body, "letter": letter}, None


def _refuse_scope(work: Work, before: Row[Any], _step: Step) -> Changes:
    _not_before_registration(work, before)
    return {"closed_at": work.now, "told_at": None, "satisfied": None, "outcome": None}, {}, None


def _withdraw(work: Work, _before: Row[Any], step: Step) -> Changes:
    data = {"waived": "fee"} if step.fee else {}
    return {"closed_at": work.now, "stopped_on": None}, data, None


def _join(work: Work, before: Row[Any], step: Step) -> Changes:
    """Another application goes on for this one. No chains and no circles: the target must itself not be joined."""
    if step.to is None or step.to == before.id:
        raise UserError(N_("Birleştirilecek başka bir başvuru seçiniz."))
    target = work.session.execute(
        select(_A.c.record_number, _A.c.joined_to, _A.c.state)
        .where(_A.c.id == step.to, _A.c.site_id == work.site_id)
        .with_for_update()
    ).one_or_none()
    if target is None:
        raise UserError(N_("Birleştirilecek başvuru bulunamadı."))
    if target.joined_to is not None or target.state == State.VOIDED:
        raise UserError(
            N_("{number} kendisi mükerrer ya da geri alınmış; asıl başvuruyla birleştiriniz."),
            number=target.record_number,
        )
    if work.session.execute(select(_A.c.id).where(_A.c.joined_to == before.id).limit(1)).first():
        raise UserError(N_("Bu başvuruya bağlı başvurular var; onu değil, diğerini birleştiriniz."))
    log(work, step.to, "joined_by", {"number": before.record_number})
    _touch(work, step.to)
    return {"joined_to": step.to, "closed_at": work.now, "stopped_on": None}, {"number": target.record_number}, None


def _touch(work: Work, application_id: UUID) -> None:
    """Another record leans on this one now, or no longer: it is not what whoever looks at it has seen."""
    work.session.execute(update(_A).where(_A.c.id == application_id).values(version=_A.c.version + 1))
    work.change(Kind.APPLICATION_MOVED, application_id)


def _tell(work: Work, before: Row[Any], step: Step) -> Changes:
    if step.channel is None:
        raise UserError(N_("Sonucun nasıl bildirildiğini seçiniz."))
    return {"told_at": work.now}, {"channel": str(step.channel)}, None


def _feedback(_work: Work, before: Row[Any], step: Step) -> Changes:
    if step.reached and step.satisfied is None:
        raise UserError(N_("Memnun olup olmadığını seçiniz."))
    said = "unreached" if not step.reached else "yes" if step.satisfied else "no"
    return {"satisfied": said}, {"satisfied": said}, None


def _reopen(work: Work, before: Row[Any], _step: Step) -> Changes:
    """What was ended goes on. The period starts anew: the citizen waits for another answer."""
    found = deadlines.due(
        Clock(before.clock),
        work.day,
        urgency=Urgency(before.urgency),
        periods=deadlines.periods_of(work.session, work.site_id),
        calendar=deadlines.calendar_of(work.session, work.site_id),
    )
    values = {"outcome": None, "closed_at": None, "told_at": None, "satisfied": None, "joined_to": None}
    data: dict[str, Any] = {"due": found.data(), "ended_as": before.outcome or before.state}
    if before.joined_to is not None:
        log(work, before.joined_to, "noted", {"parted": before.record_number})
        _touch(work, before.joined_to)
    return values | {"stopped_on": None, "due_on": found.on, "due_basis": found.basis}, data, None


def _extend(work: Work, before: Row[Any], _step: Step) -> Changes:
    """Law 4982 art. 11: several bodies are concerned. The applicant is told, with the reason, before day 15."""
    if Clock(before.clock) is not Clock.INFORMATION:
        raise UserError(N_("Yalnız bilgi edinme başvurusunun süresi uzatılabilir (4982 s. K. m. 11)."))
    if work.day > before.due_on:
        raise UserError(N_("Süre 15 iş günü dolmadan uzatılmalıydı; artık uzatılamaz."))
    periods = deadlines.periods_of(work.session, work.site_id)
    more = periods.days[Clock.INFORMATION_LONG] - periods.days[Clock.INFORMATION]
    calendar = deadlines.calendar_of(work.session, work.site_id)
    basis = due_words.basis(Clock.INFORMATION_LONG, periods.days[Clock.INFORMATION_LONG])
    found = deadlines.after(before.due_on, more, deadlines.Unit.WORKING_DAYS, basis, periods, calendar)
    return {"clock": Clock.INFORMATION_LONG, "due_on": found.on, "due_basis": basis}, {"due": found.data()}, None


def _urge(work: Work, before: Row[Any], step: Step) -> Changes:
    if step.urgency is None or step.urgency == before.urgency:
        raise UserError(N_("Yeni aciliyeti seçiniz."))
    values: dict[str, Any] = {"urgency": step.urgency}
    data: dict[str, Any] = {"from": before.urgency, "to": str(step.urgency)}
    if Clock(before.clock) is Clock.TARGET and before.stopped_on is None:
        found = deadlines.due(
            Clock.TARGET,
            work.day,
            urgency=step.urgency,
            periods=deadlines.periods_of(work.session, work.site_id),
            calendar=deadlines.calendar_of(work.session, work.site_id),
        )
        values |= {"due_on": found.on}
        data |= {"due": found.data()}
    return values, data, None


def _take(work: Work, before: Row[Any], _step: Step) -> Changes:
    if before.owner_id == work.actor.staff_id:
        raise UserError(N_("Bu başvuru zaten sizde."))
    return {"owner_id": work.actor.staff_id}, {}, None


_CHANGES = {
    Move.REFER: _refer,
    Move.RETURN: _return,
    Move.ASK: _ask,
    Move.HEAR: _hear,
    Move.ANSWER: _answer,
    Move.FORWARD: _forward,
    Move.REFUSE: _refuse_scope,
    Move.WITHDRAW: _withdraw,
    Move.JOIN: _join,
    Move.TELL: _tell,
    Move.FEEDBACK: _feedback,
    Move.REOPEN: _reopen,
    Move.EXTEND: _extend,
    Move.URGE: _urge,
    Move.TAKE: _take,
}


def log(
    work: Work, application_id: UUID, kind: str, data: Mapping[str, Any], unit_id: UUID | None = None, text: str = ""
) -> UUID:
    """Append an event; its words stand in a table of their own. Returns the event's id."""
    event_id = new_id()
    work.session.execute(
        insert(_E).values(
            id=event_id,
            site_id=work.site_id,
            application_id=application_id,
            at=work.now,
            kind=kind,
            staff_id=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
            unit_id=unit_id,
            data=dict(data),
        )
    )
    if text:
        work.session.execute(
            insert(case.ApplicationText).values(event_id=event_id, application_id=application_id, text=text)
        )
    return event_id

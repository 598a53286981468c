"""Surveys (anket): forms with versions, one filled by one visitor, and what was answered.

Nobody is asked who they are: a survey knows the ticket or application it was about, when there was one, never a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert, select, update

from desk.actor import Scope
from desk.errors import N_, UserError
from desk.events import Kind
from desk.models import site
from desk.models.application import Application
from desk.models.base import new_id
from desk.models.counting import Measure
from desk.models.prepared import Query
from desk.models.session import Session
from desk.models.settings import setting
from desk.models.survey import Survey, SurveyAnswer, SurveyForm
from desk.models.ticket import Ticket
from desk.models.work import Work
from desk.registry.survey_forms import (
    FORM_IDS,
    HIGHEST,
    LOWEST,
    Form,
    Question,
    QuestionKind,
    builtin_forms,
)
from desk.text import clean
from desk.values import dataclass

_S = Survey.__table__
_F = SurveyForm.__table__
_A = SurveyAnswer.__table__
_EVERY_FORM = Query(
    select(*(_F.c[name] for name in ("id", "code", "version", "title", "programme", "questions", "kiosk"))),
    lasting=True,
)

TEXT_LIMIT = 500
WORST_FACE = 1


class Place(StrEnum):
    DESK = "desk"
    KIOSK = "kiosk"
    FIELD = "field"


PLACE_NAMES = {Place.DESK: N_("Yüz yüze"), Place.KIOSK: N_("Kiosk"), Place.FIELD: N_("Saha")}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question's answer: ``value`` for faces and numbers, ``choice`` for a choice, ``text`` for words."""

    question: str
    value: int | None = None
    choice: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a filled form carries. ``key`` is made by the screen: a double press is one survey."""

    key: str
    form_code: str
    answers: tuple[Answer, ...]
    place: Place = Place.DESK
    ticket_id: UUID | None = None
    application_id: UUID | None = None
    lang: str = "tr"
    form_version: int | None = None  # None: the newest


@dataclass(frozen=True, slots=True)
class Alarm:
    """A very bad survey that nobody has looked at yet."""

    id: UUID
    at: datetime
    form: str
    number: str  # of the ticket or record; "" without one
    service: str
    words: str  # what was written, "" when nothing


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """``n`` is how many answered it. ``mean`` for faces and numbers; counts by value, of a choice by its words."""

    form: str
    version: int
    question: str
    text: str
    kind: QuestionKind
    n: int
    mean: float | None
    counts: tuple[tuple[str, int], ...]


def forms(s: Session, scope: Scope) -> tuple[Form, ...]:
    """The newest version of each form in use; the program's own ones even before their first survey is written, and
    in place of an older version of theirs that was answered."""
    known = {form.code: form for form in builtin_forms()}
    asked = select(_F).where(_F.c.valid_from <= scope.day).order_by(_F.c.version)
    for row in s.execute(asked):
        if row.valid_to is not None and row.valid_to < scope.day:
            known.pop(row.code, None)
        elif row.code not in known or row.version >= known[row.code].version:
            known[row.code] = _form(row)
    return tuple(known.values())


def kiosk_form(s: Session, scope: Scope) -> Form | None:
    """The form for the kiosk, unless the site's setting ``kiosk_survey`` is off or nothing in it can be touched."""
    if not setting(s, scope.site_id, "kiosk_survey", True):
        return None
    return next((form for form in forms(s, scope) if form.kiosk and form.touched()), None)


def _form(row: Any) -> Form:
    questions = tuple(Question.from_data(one) for one in row.questions)
    return Form(row.id, row.code, row.version, row.title, row.programme, questions, row.kiosk)


def new_version(work: Work, code: str, title: str, questions: Iterable[Question], *, kiosk: bool = False) -> Form:
    """Another version of a form, or a new form: old surveys keep the words they were answered to."""
    asked = tuple(questions)
    if not asked or len({q.code for q in asked}) != len(asked):
        raise UserError(N_("Ankette en az bir soru olmalı ve her sorunun kodu ayrı olmalı."))
    now = next((f for f in forms(work.session, Scope(work.site_id, work.day, work.now)) if f.code == code), None)
    if now is not None:
        _keep(work, now)
    version = now.version + 1 if now else 1
    form = Form(uuid5(FORM_IDS, f"{code}/{version}"), code, version, clean(title), code, asked, kiosk)
    _keep(work, form)
    work.change(Kind.SETTINGS_CHANGED, form.id)
    return form


def _keep(work: Work, form: Form) -> None:
    """The form's row, unless it is there."""
    found = work.session.execute(select(_F.c.id).where(_F.c.id == form.id)).first()
    if found is None:
        row = {"id": form.id, "code": form.code, "version": form.version, "title": form.title}
        more = {"programme": form.programme, "kiosk": form.kiosk, "valid_from": work.day, "valid_to": None}
        work.session.execute(insert(_F).values(**row, **more, questions=[q.to_data() for q in form.questions]))


def record(work: Work, filled: Filled) -> UUID:
    """Write a filled survey and count it; the second arrival of a key gives the first survey.

    A lowest face makes it alarming: the change log tells the shift lead. Raises UserError for a form, question or value
    that does not exist, and for a survey without any answer.
    """
    earlier: UUID | None = work.session.execute(
        select(_S.c.id).where(_S.c.site_id == work.site_id, _S.c.request_key == filled.key)
    ).scalar_one_or_none()
    if earlier is not None:
        return earlier
    form = _form_of(work, filled)
    answers = checked(form, filled.answers)
    _keep(work, form)
    survey_id = new_id()
    alarming = is_alarming(form, answers)
    work.session.execute(
        insert(_S).values(
            id=survey_id,
            site_id=work.site_id,
            day=work.day,
            at=work.now,
            form_id=form.id,
            place=str(filled.place),
            ticket_id=filled.ticket_id,
            application_id=filled.application_id,
            service_id=_service_of(work, filled.ticket_id),
            lang=filled.lang,
            alarming=alarming,
            seen_at=None,
            staff_id=work.actor.staff_id,
            terminal_id=work.actor.terminal_id,
            request_key=filled.key,
        )
    )
    rows = [
        {"site_id": work.site_id, "survey_id": survey_id, "question": a.question}
        | {"value": a.value, "choice": a.choice, "text": a.text}
        for a in answers
    ]
    work.session.execute(insert(_A), rows)
    _count(work, form, filled.place, answers, alarming)
    work.change(Kind.SURVEY_ALARMING if alarming else Kind.SURVEY_FILLED, survey_id)
    return survey_id


def _form_of(work: Work, filled: Filled) -> Form:
    known = forms(work.session, Scope(work.site_id, work.day, work.now))
    found = next((f for f in known if f.code == filled.form_code), None)
    if found is not None and filled.form_version not in (None, found.version):
        wanted = (SurveyForm.code == filled.form_code, SurveyForm.version == filled.form_version)
        row = work.session.execute(select(SurveyForm).where(*wanted)).scalar_one_or_none()
        found = _form(row) if row else None  # a kiosk that has shown the older words
    if found is None:
        raise UserError(N_("Böyle bir anket yok: {code}"), code=filled.form_code)
    return found


def checked(form: Form, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers that were given, cleaned. Raises UserError for what the form does not know."""
    questions = {q.code: q for q in form.questions}
    found: dict[str, Answer] = {}
    for answer in answers:
        question = questions.get(answer.question)
        if question is None:
            raise UserError(N_("Ankette böyle bir soru yok: {code}"), code=answer.question)
        kept = _answer(question, answer)
        if kept is not None:
            found[question.code] = kept
    if not found:
        raise UserError(N_("En az bir soruyu yanıtlayınız."))
    return tuple(found.values())


def _answer(question: Question, answer: Answer) -> Answer | None:
    if question.kind is QuestionKind.TEXT:
        text = clean(answer.text)
        if len(text) > TEXT_LIMIT:
            raise UserError(N_("Görüş en çok {count} harf olabilir."), count=TEXT_LIMIT)
        return Answer(question.code, text=text) if text else None
    if question.kind is QuestionKind.CHOICE:
        if not answer.choice:
            return None
        if answer.choice not in {code for code, _ in question.choices}:
            raise UserError(N_("Ankette böyle bir seçenek yok: {code}"), code=answer.choice)
        return Answer(question.code, choice=answer.choice)
    if answer.value is None:
        return None
    if not LOWEST[question.kind] <= answer.value <= HIGHEST[question.kind]:
        raise UserError(N_("Anket puanı sınırların dışında: {value}"), value=answer.value)
    return Answer(question.code, value=answer.value)


def is_alarming(form: Form, answers: Iterable[Answer]) -> bool:
    """At least one lowest face."""
    faces = {q.code for q in form.questions if q.kind is QuestionKind.FACES}
    return any(a.question in faces and a.value == WORST_FACE for a in answers)


def answer_keys(form: Form, answers: Iterable[Answer]) -> list[str]:
    """The keys under which the answers are counted; texts are not."""
    given = ((a.question, a.choice if a.value is None else str(a.value)) for a in answers)
    return [f"{form.code}:{form.version}:{question}:{value}" for question, value in given if value]


def _count(work: Work, form: Form, place: Place, answers: tuple[Answer, ...], alarming: bool) -> None:
    work.count(Measure.SURVEYS, form.code)
    work.count(Measure.SURVEYS_BY_PLACE, str(place))
    for key in answer_keys(form, answers):
        work.count(Measure.SURVEY_ANSWERS, key)
    if alarming:
        work.count(Measure.SURVEYS_ALARMING, form.code)


def _service_of(work: Work, ticket_id: UUID | None) -> UUID | None:
    if ticket_id is None:
        return None
    found: UUID | None = work.session.execute(
        select(Ticket.service_id).where(Ticket.id == ticket_id, Ticket.site_id == work.site_id)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Bu numara bulunamadı."))
    return found


def alarms(s: Session, scope: Scope, survey_id: UUID | None = None) -> tuple[Alarm, ...]:
    """The day's very bad surveys that nobody has seen yet, newest first; or that one."""
    asked = (
        select(Survey, SurveyForm.title, Ticket.number, Application.record_number, site.Service.name)
        .join(SurveyForm, SurveyForm.id == Survey.form_id)
        .outerjoin(Ticket, Ticket.id == Survey.ticket_id)
        .outerjoin(Application, Application.id == Survey.application_id)
        .outerjoin(site.Service, site.Service.id == Survey.service_id)
        .where(Survey.site_id == scope.site_id, Survey.day == scope.day, Survey.alarming)
    )
    one = Survey.seen_at.is_(None) if survey_id is None else Survey.id == survey_id
    rows = s.execute(asked.where(one).order_by(Survey.at.desc())).all()
    return tuple(
        Alarm(row.id, row.at, title, ticket or record_number or "", service or "", _words(s, row.id))
        for row, title, ticket, record_number, service in rows
    )


def _words(s: Session, survey_id: UUID) -> str:
    asked = select(SurveyAnswer.text).where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.text != "")
    return " · ".join(s.execute(asked).scalars())


def seen(work: Work, survey_id: UUID) -> None:
    """The shift lead has looked at it."""
    work.session.execute(update(_S).where(_S.c.id == survey_id, _S.c.site_id == work.site_id).values(seen_at=work.now))
    work.change(Kind.SURVEY_FILLED, survey_id)


def results(counts: Mapping[str, int], known: Mapping[tuple[str, int], Form]) -> tuple[QuestionResult, ...]:
    """Results by question from counted answers ("form:version:question:value" → n); ``known`` gives the words."""
    by: dict[tuple[str, int, str], dict[str, int]] = {}
    for key, value in counts.items():
        code, version, name, given = key.split(":", 3)
        if value:
            by.setdefault((code, int(version), name), {})[given] = value
    return tuple(_result(known.get(which[:2]), which, answered) for which, answered in sorted(by.items()))


def _result(form: Form | None, which: tuple[str, int, str], answered: Mapping[str, int]) -> QuestionResult:
    code, version, name = which
    asked = next((q for q in form.questions if q.code == name), None) if form else None
    kind = asked.kind if asked else QuestionKind.CHOICE
    n = sum(answered.values())
    numeric = kind in HIGHEST
    mean = sum(int(value) * count for value, count in answered.items()) / n if numeric else None
    if numeric:
        order = sorted(answered.items(), key=lambda one: int(one[0]))
    else:
        order = _in_words(asked.choices if asked else (), answered)
    title = form.title if form else code
    return QuestionResult(title, version, name, asked.text if asked else name, kind, n, mean, tuple(order))


def _in_words(choices: Sequence[tuple[str, str]], answered: Mapping[str, int]) -> list[tuple[str, int]]:
    """As people were asked, in the form's order; what a lost form offered stands under its code."""
    known = [(words, answered[code]) for code, words in choices if code in answered]
    return known + sorted((code, n) for code, n in answered.items() if code not in dict(choices))


def every_form(s: Session) -> dict[tuple[str, int], Form]:
    """All versions that answers may belong to."""
    known = {(form.code, form.version): form for form in builtin_forms()}
    s.flush()  # the statement goes past the session
    known |= {(row.code, row.version): _form(row) for row in _EVERY_FORM.all(s.connection(), {})}
    return known

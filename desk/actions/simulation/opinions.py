"""Surveys of a simulated day: some of those who were served answer, at the desk or at the kiosk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy import insert, select

from desk.actions.simulation.book import Row
from desk.actions.simulation.hall import Numbered
from desk.actions.simulation.stage import Stage
from desk.actor import Actor
from desk.events import Kind
from desk.models.counting import Measure
from desk.models.session import Session
from desk.models.survey import Survey, SurveyAnswer, SurveyForm
from desk.registry import surveys
from desk.registry.survey_forms import Form, Question, QuestionKind, builtin_forms
from desk.registry.surveys import Answer, Place

Begun = Callable[[Numbered, float, Actor], None]

SHARE = 0.03
"""Of the numbers served, those whose visitors fill a survey."""
FACES = (0.02, 0.06, 0.17, 0.42, 0.33)
"""How often each face is chosen, the worst first."""


def keep_forms(session: Session, first: date) -> None:
    """The program's own forms as rows, so that the surveys of any day can name them."""
    for form in builtin_forms():
        if session.execute(select(SurveyForm.id).where(SurveyForm.id == form.id)).first() is None:
            told = {"id": form.id, "code": form.code, "version": form.version, "title": form.title}
            more = {"programme": form.programme, "kiosk": form.kiosk, "valid_from": first, "valid_to": None}
            questions = [question.to_data() for question in form.questions]
            session.execute(insert(SurveyForm).values(**told, **more, questions=questions))


def asked_after(stage: Stage, when_served: Begun) -> Begun:
    """What happens when a service begins, and then for some a survey shortly after it has ended."""
    forms = builtin_forms()

    def begun(ticket: Numbered, seconds: float, clerk: Actor) -> None:
        when_served(ticket, seconds, clerk)
        if stage.chance.random() < SHARE:
            form = forms[0] if stage.chance.random() < 0.6 else stage.chance.choice(forms)
            stage.after(seconds + stage.chance.uniform(20, 240), partial(_fill, stage, ticket.row, form))

    return begun


def _fill(stage: Stage, ticket: Row, form: Form) -> None:
    book, chance, place, at = stage.book, stage.chance, stage.place, stage.now
    here = Place.KIOSK if form.kiosk and chance.random() < 0.4 else Place.DESK
    actor = place.kiosk if here is Place.KIOSK else place.desk
    answers = tuple(one for question in form.questions if (one := _answer(stage, question)) is not None)
    if not answers:
        return
    alarming = surveys.is_alarming(form, answers)
    row = book.add(
        Survey,
        id=book.key(at),
        day=stage.day,
        at=at,
        form_id=form.id,
        place=str(here),
        ticket_id=ticket["id"],
        application_id=None,
        service_id=ticket["service_id"],
        lang=ticket["lang"],
        alarming=alarming,
        seen_at=None,
        staff_id=actor.staff_id,
        terminal_id=actor.terminal_id,
        request_key=str(book.key(at)),
    )
    for one in answers:
        book.add(
            SurveyAnswer,
            survey_id=row["id"],
            question=one.question,
            value=one.value,
            choice=one.choice,
            text=one.text,
        )
    book.count(Measure.SURVEYS, form.code)
    book.count(Measure.SURVEYS_BY_PLACE, str(here))
    for key in surveys.answer_keys(form, answers):
        book.count(Measure.SURVEY_ANSWERS, key)
    if alarming:
        book.count(Measure.SURVEYS_ALARMING, form.code)
    book.change(Kind.SURVEY_ALARMING if alarming else Kind.SURVEY_FILLED, row["id"], at, actor)


def _answer(stage: Stage, question: Question) -> Answer | None:
    chance = stage.chance
    if question.kind is QuestionKind.TEXT or chance.random() < 0.1:
        return None
    if question.kind is QuestionKind.CHOICE:
        code = chance.choices([code for code, _ in question.choices], (80, 13, 7)[: len(question.choices)])[0]
        return Answer(question.code, choice=code)
    face = chance.choices(range(1, 6), FACES)[0]
    if question.kind is QuestionKind.FACES:
        return Answer(question.code, value=face)
    return Answer(question.code, value=min(10, face * 2 + chance.choice((-1, 0, 0, 1))))

"""Surveys and events: what is filled is counted, a very bad one is told, nobody is asked who they are."""

from __future__ import annotations

from uuid import uuid4, uuid5

import pytest
from acting import assert_whole, visit
from sqlalchemy import select

from desk.actions import reports, shift, surveys
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import SetClock
from desk.errors import UserError
from desk.events import Kind
from desk.models.counting import Measure
from desk.models.summary import Change
from desk.registry import surveys as registry
from desk.registry.incident_kinds import IncidentKind
from desk.registry.survey_forms import FORM_IDS, Form, Question, QuestionKind
from desk.registry.surveys import Answer, Filled, Place

pytestmark = pytest.mark.usefixtures("both_engines")


FIRST = Question("memnuniyet", QuestionKind.FACES, "Bugünkü hizmetimizden ne kadar memnun kaldınız?")
"""As version 1 asked."""


def forms_of(ctx: Context) -> tuple[Form, ...]:
    return ctx.read(registry.forms)


def filled(*answers: Answer, form: str = "genel", key: str = "", **more: object) -> Filled:
    return Filled(key or str(uuid4()), form, answers, **more)  # type: ignore[arg-type]


def kinds(ctx: Context) -> list[str]:
    with ctx.db.read() as session:
        return list(session.execute(select(Change.kind).order_by(Change.seq)).scalars())


def test_a_survey_is_counted_by_form_place_and_answer(ctx: Context) -> None:
    surveys.fill(ctx, filled(Answer("memnuniyet", 5), Answer("bekleme", 3), Answer("cozum", choice="evet")))
    surveys.fill(ctx, filled(Answer("memnuniyet", 4), place=Place.KIOSK, lang="ar"))
    sheet = shift.sheet(ctx)
    assert (sheet.survey_total, sheet.surveys_alarming) == (2, 0)
    by_question = {line.question: line for line in sheet.survey_lines}
    asked = by_question["Bugünkü hizmetimizi nasıl buldunuz?"]
    assert (asked.n, asked.mean, asked.highest) == (2, 4.5, 5)
    assert by_question["İşleminiz tamamlandı mı?"].counts == (("Evet", 1),)
    assert_whole(ctx)


def test_a_second_press_is_the_same_survey(ctx: Context) -> None:
    one = filled(Answer("memnuniyet", 5), key="k1")
    assert surveys.fill(ctx, one) == surveys.fill(ctx, one)
    assert shift.sheet(ctx).survey_total == 1


def test_a_very_bad_one_is_told_until_the_lead_has_seen_it(ctx: Context, clock: SetClock) -> None:
    made = visit(ctx)
    ticket = made.tickets[0] if hasattr(made, "tickets") else None
    survey = surveys.fill(
        ctx,
        filled(
            Answer("memnuniyet", 1),
            Answer("gorus", text="Çok bekledim"),
            ticket_id=ticket.id if ticket else None,
        ),
    )
    assert Kind.SURVEY_ALARMING in kinds(ctx)
    (alarm,) = surveys.now(ctx).alarms
    assert (alarm.id, alarm.words) == (survey, "Çok bekledim")
    assert alarm.number == (ticket.number if ticket else "")
    surveys.seen(ctx, survey)
    assert surveys.now(ctx).alarms == ()
    assert_whole(ctx)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ((), "En az bir soruyu"),
        ((Answer("memnuniyet", 6),), "sınırların dışında"),
        ((Answer("tavsiye", -1),), "sınırların dışında"),
        ((Answer("yok", 3),), "böyle bir soru yok"),
        ((Answer("cozum", choice="belki"),), "böyle bir seçenek yok"),
        ((Answer("gorus", text="ğ" * 501),), "en çok 500 harf"),
        ((Answer("gorus", text="  "),), "En az bir soruyu"),
    ],
)
def test_what_the_form_does_not_know_is_refused(ctx: Context, answers: tuple[Answer, ...], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        surveys.fill(ctx, filled(*answers))
    assert shift.sheet(ctx).survey_total == 0


def test_a_changed_question_is_another_version_with_its_own_results(ctx: Context) -> None:
    surveys.fill(ctx, filled(Answer("memnuniyet", 2)))
    with ctx.work(Right.REPORT) as work:
        question = Question("memnuniyet", QuestionKind.FACES, "Bugün nasıldık?")
        registry.new_version(work, "genel", "Genel memnuniyet", [question], kiosk=True)
    surveys.fill(ctx, filled(Answer("memnuniyet", 5)))
    surveys.fill(ctx, filled(Answer("bekleme", 4), form_version=2))  # a kiosk that had the older words on screen
    lines = {line.question: line.n for line in shift.sheet(ctx).survey_lines}
    assert lines == {
        "Bugünkü hizmetimizi nasıl buldunuz?": 1,
        "Bekleme süresini nasıl buldunuz?": 1,
        "Bugün nasıldık?": 1,
    }
    assert_whole(ctx)


def test_what_was_answered_to_the_first_words_of_a_form_stays_with_them(ctx: Context) -> None:
    """A site that has surveys of version 1 asks the newer words from now on."""
    new = next(form for form in forms_of(ctx) if form.code == "genel")
    old = Form(uuid5(FORM_IDS, "genel/1"), "genel", 1, new.title, "genel", (FIRST, *new.questions[1:]), True)
    with ctx.work(Right.REPORT) as work:
        registry._keep(work, old)
    assert next(form for form in forms_of(ctx) if form.code == "genel") == new
    surveys.fill(ctx, filled(Answer("memnuniyet", 1), form_version=1))  # a kiosk that has not been started anew
    surveys.fill(ctx, filled(Answer("memnuniyet", 5)))
    lines = {line.question: (line.n, line.mean) for line in shift.sheet(ctx).survey_lines}
    assert lines == {FIRST.text: (1, 1), "Bugünkü hizmetimizi nasıl buldunuz?": (1, 5)}
    assert_whole(ctx)


def test_an_event_is_written_step_by_step_and_stands_on_the_sheet(ctx: Context, clock: SetClock) -> None:
    event = surveys.note_incident(ctx, IncidentKind.HEALTH, "Salon")
    clock.advance(minutes=4)
    surveys.incident_step(ctx, event, "Ambulans geldi.")
    assert [one.id for one in surveys.now(ctx).incidents] == [event]
    with pytest.raises(UserError, match="sonucunu"):
        surveys.end_incident(ctx, event, " ")
    surveys.end_incident(ctx, event, "Hastaneye götürüldü.")
    with pytest.raises(UserError, match="kapanmış"):
        surveys.incident_step(ctx, event, "Bir şey daha")
    (line,) = shift.sheet(ctx).events
    assert (line.number, line.name, line.outcome) == ("O 001", "Sağlık (112)", "Hastaneye götürüldü.")
    assert "10.42 Olay bildirildi." in line.steps and "10.46 Ambulans geldi." in line.steps
    day = shift.sheet(ctx).day
    assert reports.records(ctx, Measure.INCIDENTS, None, day, day).total == 1
    assert_whole(ctx)


def test_waits_over_the_target_and_services_without_a_counter_are_named(ctx: Context, clock: SetClock) -> None:
    assert surveys.now(ctx).calm
    visit(ctx)
    clock.advance(minutes=25)
    found = surveys.now(ctx)
    assert found.waiting == 1 and found.longest_seconds == 25 * 60
    assert [risk.risk for risk in found.risks] == ["no_counter"]

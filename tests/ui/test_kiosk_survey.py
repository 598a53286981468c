"""A visitor at the kiosk who wants to say how it was: asked nothing of themselves, and never asked twice."""

from __future__ import annotations

import os

import pytest
from kiosk_case import finger, opened, part, reads
from person import find, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from desk.actions import surveys
from desk.actor import Right
from desk.events import Kind
from desk.models.site import Site
from desk.models.survey import Survey
from desk.ui.kiosk.survey import FaceKey
from desk.ui.kiosk.visitor import Visitor
from desk.ui.widgets.control import Control

SHOTS = os.environ.get("KIOSK_SHOTS")


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


def kept(ctx) -> int:
    with ctx.db.read() as session:
        return session.execute(select(func.count()).select_from(Survey)).scalar_one()


def answer(kiosk, value: object) -> None:
    QTest.qWait(0)
    key = next(w for w in kiosk.findChildren(Control, f"answer:{value}") if w.isVisible())
    key.click()
    settle()


def shot(kiosk, name: str) -> None:
    if SHOTS:
        kiosk.grab().save(f"{SHOTS}/{name}.png")


def test_a_visitor_answers_with_faces_and_is_thanked(office, ctx) -> None:
    kiosk = opened(office, (1080, 1920))
    shot(kiosk, "home")
    finger(kiosk, "Bizi değerlendiriniz")
    assert kiosk.step == "survey"
    assert "Soru 1 / 4" in reads(kiosk)
    shot(kiosk, "faces")
    faces = [key for key in kiosk.findChildren(FaceKey) if key.isVisible()]
    assert [key.accessibleName() for key in faces] == ["Çok kötü", "Kötü", "Orta", "İyi", "Çok iyi"]
    assert all(key.width() >= 88 and key.height() >= 88 for key in faces)
    answer(kiosk, 4)
    finger(kiosk, "Bu soruyu geç")
    shot(kiosk, "choice")
    answer(kiosk, "evet")
    shot(kiosk, "number")
    answer(kiosk, 9)
    settle(lambda: kept(ctx) == 1)
    assert "Teşekkür ederiz" in reads(kiosk)
    shot(kiosk, "thanks")
    finger(kiosk, "Tamam")
    assert kiosk.step == "home"
    with ctx.db.read() as session:
        row = session.execute(select(Survey)).scalar_one()
        assert (row.place, row.ticket_id, row.application_id) == ("kiosk", None, None)


def test_the_keys_of_a_keypad_reach_every_face(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Bizi değerlendiriniz")
    reached = set()
    for key in (Qt.Key.Key_Right,) * 5:
        QTest.keyClick(kiosk.focusWidget() or kiosk, key)
        settle()
        reached.add(kiosk.focusWidget().accessibleName())
    assert "Çok iyi" in reached
    QTest.keyClick(kiosk.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert "Soru 2 / 4" in reads(kiosk)


def test_who_goes_away_leaves_what_was_answered_and_the_start_page(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Bizi değerlendiriniz")
    answer(kiosk, 1)
    kiosk.idle()
    settle(lambda: kept(ctx) == 1)
    assert kiosk.step == "home"
    assert len(ctx.read(surveys.surveys.alarms)) == 1


def test_who_goes_back_at_once_leaves_nothing(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Bizi değerlendiriniz")
    finger(kiosk, "Geri")
    assert kiosk.step == "home" and kept(ctx) == 0
    finger(kiosk, "Bizi değerlendiriniz")
    QTest.keyClick(kiosk, Qt.Key.Key_Escape)
    settle()
    assert kiosk.step == "home" and kept(ctx) == 0


@pytest.mark.parametrize("lang", ["en", "ar", "ru", "de"])
def test_the_form_is_asked_in_the_visitors_language(office, lang: str) -> None:
    kiosk = opened(office, (1080, 1920))
    kiosk.visitor = Visitor(lang=lang, text_step=1, contrast=lang == "ru")
    kiosk._first_step()
    settle()
    shot(kiosk, f"home-{lang}")
    keys = {w.objectName(): w for w in kiosk.findChildren(Control) if w.isVisible()}
    if "survey" not in keys:  # long words leave no room for its own key: it stands behind "Diğer işlemler"
        keys["errands"].click()
        settle()
    part(kiosk, "survey").click()
    settle()
    assert "nasıl buldunuz" not in reads(kiosk)
    shot(kiosk, f"faces-{lang}")


def test_a_site_may_leave_the_survey_out(office, ctx) -> None:
    kiosk = opened(office)
    assert find(kiosk, "Bizi değerlendiriniz")
    with ctx.work(Right.REPORT) as work:
        site = work.session.execute(select(Site)).scalar_one()
        site.settings = {**site.settings, "kiosk_survey": False}
        work.change(Kind.SETTINGS_CHANGED)
    kiosk.load()
    settle(lambda: kiosk.offer.survey is None)
    assert "Bizi değerlendiriniz" not in reads(kiosk)


def test_lying_screens_have_room_for_the_faces(office) -> None:
    kiosk = opened(office, (1920, 1080))
    shot(kiosk, "home-wide")
    finger(kiosk, "Bizi değerlendiriniz")
    shot(kiosk, "faces-wide")
    faces = [key for key in kiosk.findChildren(FaceKey) if key.isVisible()]
    assert all(key.width() >= 88 and key.height() >= 88 for key in faces)
    answer(kiosk, 3)
    answer(kiosk, 3)
    shot(kiosk, "choice-wide")
    answer(kiosk, "evet")
    shot(kiosk, "number-wide")

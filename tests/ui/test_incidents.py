"""Something happens: one key notes it, every screen says what everybody has to know, and it ends with an outcome."""

from __future__ import annotations

import os

import pytest
from kiosk_case import opened, reads
from person import find, settle, shown_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.actions import shift, surveys
from desk.errors import UserError
from desk.registry.incident_kinds import IncidentKind
from desk.registry.surveys import Answer, Filled
from desk.ui.emergency_watch import spoken
from desk.ui.hall.emergency import spoken_in
from desk.ui.hall.window import HallWindow
from desk.ui.staff.olay import ChooseIncident, IncidentSheet
from desk.ui.staff.shell import StaffWindow
from desk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Look, dress
from desk.ui.widgets.control import Control

SHOTS = os.environ.get("KIOSK_SHOTS")


def shot(widget, name: str) -> None:
    if SHOTS:
        settle()
        widget.grab().save(f"{SHOTS}/{name}.png")


@pytest.fixture
def window(office):
    shown = StaffWindow(office)
    shown.resize(1440, 900)
    shown.show_page("danisma")
    shown.show()
    settle()
    yield shown
    shown._closing = True
    shown.hide()


def the(window, cls):
    settle(lambda: any(one.isVisible() for one in window.findChildren(cls)))
    return next(one for one in window.findChildren(cls) if one.isVisible())


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifier)
    settle()


def test_one_key_and_a_digit_note_an_event_whatever_page_or_question_is_open(window, ctx) -> None:
    window.show_keys()
    settle()
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    choose = the(window, ChooseIncident)
    shot(window, "olay-choose")
    assert "Sessiz çağrı" in shown_text(choose)
    press(window, Qt.Key.Key_1)
    sheet = the(window, IncidentSheet)
    (event,) = surveys.incidents_today(ctx)
    assert (event.kind, event.steps[0].text) == (IncidentKind.HEALTH, "Olay bildirildi.")
    QTest.mouseClick(find(sheet, "112 arandı"), Qt.MouseButton.LeftButton)
    settle(lambda: len(surveys.incidents_today(ctx)[0].steps) == 2)
    shot(window, "olay-sheet")
    QTest.mouseClick(find(sheet, "112 ekibine teslim edildi"), Qt.MouseButton.LeftButton)
    press(window, Qt.Key.Key_F2)
    settle(lambda: surveys.incidents_today(ctx)[0].ended_at is not None)
    (line,) = shift.sheet(ctx).events
    assert "112 ekibine teslim edildi" in line.outcome and "112 arandı." in line.steps


def test_enter_alone_reports_nothing(window, ctx) -> None:
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    the(window, ChooseIncident)
    press(window, Qt.Key.Key_Return)
    assert surveys.incidents_today(ctx) == ()


def test_an_event_needs_an_outcome_to_end(window, ctx) -> None:
    window.incidents.show(surveys.incident(ctx, surveys.note_incident(ctx, IncidentKind.OTHER)))
    sheet = the(window, IncidentSheet)
    press(window, Qt.Key.Key_F2)
    assert sheet.isVisible() and "sonucunu yazınız" in shown_text(sheet)


def test_a_lost_child_is_never_described(window, ctx) -> None:
    event = surveys.note_incident(ctx, IncidentKind.LOST_CHILD)
    with pytest.raises(UserError, match="ad ve tarif"):
        surveys.incident_step(ctx, event, "Ayşe, 5 yaşında, kırmızı montlu")
    with pytest.raises(UserError, match="ad ve tarif"):
        surveys.end_incident(ctx, event, "Ayşe annesine verildi")
    with pytest.raises(UserError, match="ad ve tarif"):
        surveys.note_incident(ctx, IncidentKind.LOST_CHILD, "kırmızı montlu kız")
    window.incidents.show(surveys.incident(ctx, event))
    sheet = the(window, IncidentSheet)
    assert not sheet.other.isVisible() and sheet.outcome.edit.isReadOnly()
    QTest.mouseClick(find(sheet, "Çocuk ailesine kavuştu"), Qt.MouseButton.LeftButton)
    shot(window, "olay-child")
    press(window, Qt.Key.Key_F2)
    settle(lambda: not surveys.incidents_open(ctx))


def test_other_desks_are_told_in_writing(office, window, ctx, context_of) -> None:
    surveys.note_incident(context_of("kiosk"), IncidentKind.SECURITY, "Banko 2")
    office.bridge.poll() if hasattr(office.bridge, "poll") else None
    settle(lambda: "Güvenlik" in shown_text(window))
    assert "Banko 2" in shown_text(window)


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST])
def test_both_sheets_have_room_at_large_letters(office, window, ctx, theme) -> None:
    dress(window, Look(theme, text_scale=1.5))
    window.resize(1366, 768)
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    choose = the(window, ChooseIncident)
    assert choose.panel.height() <= window.height()
    shot(window, f"olay-choose-{theme.name}")
    press(window, Qt.Key.Key_4)
    the(window, IncidentSheet)
    shot(window, f"olay-sheet-{theme.name}")


def test_the_hall_says_what_to_do_until_it_is_over_and_loses_no_call(office, ctx) -> None:
    hall = HallWindow(office)
    hall.resize(1920, 1080)
    hall.show()
    settle(lambda: hall.begun)
    event = surveys.note_incident(ctx, IncidentKind.EVACUATION)
    hall.watch.load()
    settle(lambda: hall.emergency.isVisible())
    assert hall.emergency.accessibleName() == "Binayı boşaltınız"
    shot(hall, "hall-evacuation")
    told = set()
    for _ in range(4):
        told.add(hall.emergency.other)
        hall.emergency.turn()
    assert told == {"en", "ar", "ru", "de"} == {*spoken_in(0), *spoken_in(1)}, "everybody reads and hears their own"
    surveys.end_incident(ctx, event, "Tatbikat tamamlandı.")
    hall.watch.load()
    settle(lambda: not hall.emergency.isVisible())
    child = surveys.note_incident(ctx, IncidentKind.LOST_CHILD)
    hall.watch.load()
    settle(lambda: hall.emergency.isVisible())
    shot(hall, "hall-child")
    surveys.end_incident(ctx, child, "Çocuk ailesine kavuştu.")
    hall.hide()


def test_a_security_call_is_on_no_public_screen(ctx) -> None:
    surveys.note_incident(ctx, IncidentKind.SECURITY)
    assert surveys.emergency(ctx) is None


def test_the_gravest_is_said_in_every_language_here(ctx) -> None:
    surveys.note_incident(ctx, IncidentKind.EVACUATION)
    surveys.note_incident(ctx, IncidentKind.HEALTH)
    found = surveys.emergency(ctx)
    assert found is not None and found.closes
    parts = spoken(found, ("en", "ar", "tr"))
    assert [lang for lang, _ in parts] == ["tr", "en", "ar"] and "asansör" in parts[0][1]


def test_the_kiosk_gives_no_number_during_an_evacuation_and_goes_on_after(office, ctx) -> None:
    kiosk = opened(office, (1080, 1920))
    event = surveys.note_incident(ctx, IncidentKind.EVACUATION)
    kiosk.watch.load()
    settle(lambda: kiosk.step == "emergency")
    assert "Binayı boşaltınız" in reads(kiosk)
    shot(kiosk, "kiosk-evacuation")
    kiosk.idle()
    kiosk._escaped()
    assert kiosk.step == "emergency"
    surveys.end_incident(ctx, event, "Yanlış alarm.")
    kiosk.watch.load()
    settle(lambda: kiosk.step == "home")


def test_a_visitor_may_go_on_when_only_asked_to_look_out(office, ctx) -> None:
    kiosk = opened(office, (1920, 1080))
    event = surveys.note_incident(ctx, IncidentKind.LOST_CHILD)
    kiosk.watch.load()
    settle(lambda: kiosk.step == "emergency")
    shot(kiosk, "kiosk-child")
    next(w for w in kiosk.findChildren(Control, "extra") if w.isVisible()).click()
    settle()
    assert kiosk.step == "home"
    kiosk.start()
    assert kiosk.step == "emergency"
    surveys.end_incident(ctx, event, "Çocuk ailesine kavuştu.")
    kiosk.watch.load()
    settle(lambda: kiosk.step == "home")


def test_the_shift_lead_is_told_of_a_very_bad_survey_and_nobody_else(ctx, context_of) -> None:
    bad = surveys.fill(ctx, Filled("k", "genel", (Answer("memnuniyet", value=1),)))
    from sqlalchemy import select

    from desk.models.site import Staff

    with ctx.db.read() as session:
        people = session.execute(select(Staff).where(Staff.site_id == ctx.actor.site_id)).scalars().all()
    told = {p.role for p in people if surveys.alarm_for_lead(ctx.as_staff(p.id), bad) is not None}
    assert told <= {"lead"}
    assert any(p.role == "lead" for p in people) == bool(told)

"""When the kiosk gives no number it says why and what to do, and an appointment gives one by its code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from kiosk_case import finger, opened, part, reads, touch_only, wait_for
from person import find, settle
from sqlalchemy import func, select, update

from desk.actions import appointments, desk, shift
from desk.actor import Right
from desk.events import Kind
from desk.models.site import Service, Site
from desk.models.ticket import Ticket
from desk.queue import catalog, opening
from desk.queue import reads as queue_reads
from desk.queue.opening import ClosedDay, ClosedKind
from desk.queue.types import Window
from desk.ui.kiosk.done import DonePage
from desk.ui.kiosk.number_parts import NumberCard
from desk.ui.kiosk.paper import Paper
from desk.ui.kiosk.visitor import Visitor
from desk.ui.widgets import Control

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


def at(clock, moment: str) -> None:
    clock.set(datetime.fromisoformat(moment).replace(tzinfo=ISTANBUL))


def close(ctx, closed: ClosedDay) -> None:
    with ctx.work(Right.REPORT) as work:
        opening.set_closed_day(work, closed)


def use_appointments(ctx) -> None:
    with ctx.work(Right.REPORT) as work:
        site = work.session.execute(select(Site)).scalar_one()
        site.settings = {**site.settings, "appointments": True}
        work.change(Kind.SETTINGS_CHANGED)


def tickets(ctx) -> int:
    with ctx.db.read() as session:
        return session.execute(select(func.count()).select_from(Ticket)).scalar_one()


# --- shut


def test_a_closed_day_names_its_reason_the_next_opening_and_the_help_line(office, ctx) -> None:
    close(ctx, ClosedDay(date(2026, 11, 24), ClosedKind.LEAVE))
    kiosk = opened(office)
    assert kiosk.step == "closed"
    said = part(kiosk, "saying")
    assert said.accessibleName() == "Bugün kapalıyız."
    assert said.accessibleDescription() == "İdari izin\nAçılış: 25 Kasım Çarşamba 08.00\nYardım hattı: ALO 153"


def test_the_reason_is_said_in_the_visitors_language(office, ctx) -> None:
    close(ctx, ClosedDay(date(2026, 11, 24), ClosedKind.WORKS, "Salon boyanıyor"))
    kiosk = opened(office)
    assert "Salon boyanıyor" in reads(kiosk)
    finger(kiosk, "English")
    assert "We are closed today." in reads(kiosk)
    assert "Maintenance and repair work" in reads(kiosk)
    assert "25.11.2026 08:00" in reads(kiosk)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24T12:30", "Öğle arasındayız."),
        ("2026-11-24T18:00", "Şu anda kapalıyız."),
        ("2026-10-29T10:00", "Bugün kapalıyız."),
    ],
)
def test_lunch_evening_and_holiday_are_told_apart(office, clock, moment, words) -> None:
    at(clock, moment)
    kiosk = opened(office)
    assert (kiosk.step, part(kiosk, "saying").accessibleName()) == ("closed", words)


def test_on_a_closed_day_it_can_still_be_asked_where_an_application_stands(office, ctx) -> None:
    close(ctx, ClosedDay(date(2026, 11, 24), ClosedKind.BRIDGE, "Bayram köprüsü"))
    kiosk = opened(office)
    assert kiosk.step == "closed"
    finger(kiosk, "English")
    finger(kiosk, "Where is my application?")
    assert kiosk.step == "status" and "Tracking code" in reads(kiosk)
    finger(kiosk, "Back")
    assert kiosk.step == "closed"


def test_after_the_day_was_closed_the_kiosk_gives_no_number(office, ctx, context_of) -> None:
    kiosk = opened(office)
    shift.close_day(context_of("desk"))
    settle(lambda: kiosk.step == "closed")
    assert "Bugünkü çalışmamız sona erdi." in reads(kiosk)


def test_a_day_closed_while_somebody_stands_there_shows_at_once(office, ctx) -> None:
    kiosk = opened(office)
    close(ctx, ClosedDay(date(2026, 11, 24), ClosedKind.OTHER, "Su kesintisi"))
    settle(lambda: kiosk.step == "closed")
    assert "Su kesintisi" in reads(kiosk)


def test_a_service_that_closes_earlier_says_so_on_its_tile_and_when_it_is_touched(office, ctx) -> None:
    service = ctx.read(catalog.service_by_code, "sosyal").id
    with ctx.work(Right.REPORT) as work:
        opening.set_service_hours(work, service, range(5), (8 * 60, 10 * 60))
    kiosk = opened(office)
    assert find(kiosk, "Sosyal destek").accessibleDescription() == "Şu anda kapalı"
    finger(kiosk, "Sosyal destek")
    wait_for(kiosk, "“Sosyal destek” hizmeti şu anda kapalı.")
    assert tickets(ctx) == 0


# --- full


def test_a_full_service_says_so_on_its_tile_and_sells_nothing_silently(office, ctx) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "sosyal").values(daily_cap=1))
    kiosk = opened(office)
    finger(kiosk, "Sosyal destek")
    wait_for(kiosk, "Y 001")
    finger(kiosk, "Tamam, bitir")
    settle(lambda: find(kiosk, "Sosyal destek").accessibleDescription() == "Bugün için sıra doldu")
    finger(kiosk, "Sosyal destek")
    wait_for(kiosk, "“Sosyal destek” için bugünkü sıra doldu.")
    assert "Yeniden numara verilecek: 25 Kasım Çarşamba 08.00" in reads(kiosk)
    assert "Lütfen danışmaya başvurunuz; görevlimiz size yardımcı olacaktır." in reads(kiosk)
    assert tickets(ctx) == 1


def test_a_tile_without_a_forecast_says_how_many_wait(office, ctx) -> None:
    for key in "ab":
        desk.register_visit(ctx, desk.VisitRequest(key=key, service_code="danisma"))
    kiosk = opened(office)
    assert find(kiosk, "Danışma ve bilgi").accessibleDescription() == "2 numara bekliyor"


def test_across_lunch_the_call_is_told_by_the_clock(office, ctx) -> None:
    kiosk = opened(office, (1080, 1920))
    done = desk.register_visit(ctx, desk.VisitRequest(key="a", service_code="vergi"))
    window = Window(time(13, 10), time(13, 20), (time(12), time(13)))
    ticket = replace(ctx.read(queue_reads.ticket, done.tickets[0].id), forecast=None, window=window)
    kiosk._go("done", lambda stage: DonePage(stage, ticket, Paper.PRINTED))
    assert "13.10–13.20" in reads(kiosk)
    assert "Öğle arası 12.00–13.00. Tahminîdir; yoğunluğa göre değişebilir." in reads(kiosk)
    # With the largest letters and a slip that does not come there is the most to say: the number keeps its room.
    kiosk.visitor = Visitor(text_step=2)
    kiosk._go("done", lambda stage: DonePage(stage, ticket, Paper.TROUBLE))
    settle()
    card = kiosk._page.findChild(NumberCard)
    assert card.height() >= card.minimumSizeHint().height()


# --- appointments


def booked(ctx, hour: int, minute: int = 0) -> str:
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=ISTANBUL)
    return appointments.book(ctx, appointments.Booking(f"{hour}{minute}", "vergi", moment)).code


def unhurried_kiosk(office, size=(540, 960)):
    """Whoever types takes a second between touches."""
    seconds = count()
    return opened(office, size, steady=lambda: float(next(seconds)))


def enter(kiosk, code: str) -> None:
    for digit in code.replace(" ", ""):
        touch_only(find(kiosk, digit, Control))  # not the field, which may read just this digit


def test_only_a_site_with_appointments_has_a_key_for_them(office, ctx) -> None:
    kiosk = opened(office)
    assert "Randevum var" not in reads(kiosk)
    use_appointments(ctx)
    settle(lambda: "Randevum var" in reads(kiosk))


@pytest.mark.parametrize("size", [(540, 960), (960, 540)])
def test_the_code_of_an_appointment_gives_its_number_and_a_double_touch_gives_one(office, ctx, size) -> None:
    use_appointments(ctx)
    code = booked(ctx, 11)
    kiosk = unhurried_kiosk(office, size)
    finger(kiosk, "Randevum var")
    enter(kiosk, code)
    accept = find(kiosk, "Tamam")
    touch_only(accept)
    touch_only(accept)
    settle(lambda: kiosk.step == "done")
    assert "V 001" in part(kiosk, "number").accessibleDescription()
    assert tickets(ctx) == 1


def test_too_early_is_told_with_the_hour_to_come_back(office, ctx) -> None:
    use_appointments(ctx)
    code = booked(ctx, 14, 30)
    kiosk = unhurried_kiosk(office)
    finger(kiosk, "Randevum var")
    enter(kiosk, code)
    finger(kiosk, "Tamam")
    wait_for(kiosk, "Giriş için en erken saat 14.00")
    assert tickets(ctx) == 0


def test_a_code_that_is_too_short_is_asked_for_again(office, ctx) -> None:
    use_appointments(ctx)
    kiosk = unhurried_kiosk(office)
    finger(kiosk, "Randevum var")
    enter(kiosk, "12")
    finger(kiosk, "Tamam")
    assert kiosk.step == "appointment"
    assert "Randevu kodu 6 rakamdır." in reads(kiosk)

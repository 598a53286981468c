"""Appointments: a code, a check-in within its minutes, a number that counts from the later of its time and now."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from acting import assert_whole, call, key, number, rows
from sqlalchemy import select

from desk.actions import appointments
from desk.actions.appointments import Booking
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.numbers_ahead import Appointment as AppointmentRow
from desk.models.ticket import Ticket
from desk.models.visit import Person, Visit
from desk.queue.appointments import Appointment
from desk.registry.types import PersonInput

ISTANBUL = ZoneInfo("Europe/Istanbul")


def at(clock_time: str, day: int = 24) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day}T{clock_time}").replace(tzinfo=ISTANBUL)


def booked(ctx: Context, clock_time: str = "11:00", day: int = 24, **given: Any) -> Appointment:
    return appointments.book(ctx, Booking(**{"key": key(), "service_code": "vergi", "at": at(clock_time, day)} | given))


def ticket(ctx: Context) -> Ticket:
    with ctx.db.read() as session:
        return session.execute(select(Ticket)).scalar_one()


@pytest.mark.usefixtures("both_engines")
def test_who_comes_early_counts_from_the_time_given(ctx: Context, clock: SetClock) -> None:
    one = booked(ctx, persons=2)
    done = appointments.check_in(ctx, one.code)  # 10.42
    assert done.tickets[0].number == "V 001"
    assert len(done.jobs) == 1
    assert ticket(ctx).arrived_at == at("11:00")
    assert done.visit.persons == 2
    assert number(ctx) == "V 002"
    assert call(ctx, 4).number == "V 002"  # came at 10.42; the appointment counts from 11.00
    assert_whole(ctx)


def test_who_comes_late_counts_from_the_check_in(ctx: Context, clock: SetClock) -> None:
    one = booked(ctx)
    clock.set(at("11:10"))
    appointments.check_in(ctx, one.code)
    assert ticket(ctx).arrived_at == at("11:10")


def test_the_same_code_again_shows_the_same_number(ctx: Context) -> None:
    one = booked(ctx)
    first = appointments.check_in(ctx, one.code)
    again = appointments.check_in(ctx, one.code.replace(" ", ""))
    assert again.repeated
    assert again.tickets[0].id == first.tickets[0].id
    assert rows(ctx, Ticket) == rows(ctx, Visit) == 1


@pytest.mark.usefixtures("both_engines")
def test_two_check_ins_at_once_give_one_number(ctx: Context) -> None:
    one = booked(ctx)
    with ThreadPoolExecutor(2) as doors:
        done = list(doors.map(lambda _: appointments.check_in(ctx, one.code), range(2)))
    assert len({answer.tickets[0].id for answer in done}) == 1
    assert rows(ctx, Visit) == 1
    assert_whole(ctx)


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        ("2026-11-24T13:45", r"Randevu saatiniz 14\.30\. Giriş için en erken saat 14\.00"),
        ("2026-11-24T14:46", r"24\.11\.2026, saat 14\.30 içindi; giriş süresi doldu"),
        ("2026-11-23T10:00", r"Randevunuzun günü: 24\.11\.2026, saati: 14\.30"),
        ("2026-11-25T10:00", "giriş süresi doldu"),
    ],
)
def test_too_early_and_too_late_are_told_what_to_do(ctx: Context, clock: SetClock, now: str, sentence: str) -> None:
    clock.set(datetime.fromisoformat("2026-11-23T09:00").replace(tzinfo=ISTANBUL))
    one = booked(ctx, "14:30")
    clock.set(datetime.fromisoformat(now).replace(tzinfo=ISTANBUL))
    with pytest.raises(UserError, match=sentence):
        appointments.check_in(ctx, one.code)
    assert rows(ctx, Ticket) == 0


def test_an_appointment_may_have_minutes_of_its_own(ctx: Context, clock: SetClock) -> None:
    one = booked(ctx, "16:00", early_minutes=360, late_minutes=0)
    assert appointments.check_in(ctx, one.code).tickets
    other = booked(ctx, "16:00", early_minutes=0, late_minutes=0)
    clock.set(at("16:00") + timedelta(minutes=1))
    with pytest.raises(UserError, match="doldu"):
        appointments.check_in(ctx, other.code)


@pytest.mark.parametrize(("code", "sentence"), [("12", "6 rakamdır"), ("", "6 rakamdır"), ("abcdef", "6 rakamdır")])
def test_what_is_no_code_is_refused(ctx: Context, code: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        appointments.check_in(ctx, code)


def test_a_code_of_nobody_is_refused(ctx: Context) -> None:
    taken = booked(ctx).code.replace(" ", "")
    with pytest.raises(UserError, match="randevu bulunamadı"):
        appointments.check_in(ctx, f"{(int(taken) + 1) % 10**6:06d}")


def test_a_cancelled_appointment_gives_no_number(ctx: Context) -> None:
    one = booked(ctx)
    assert appointments.cancel(ctx, one.id).state == "cancelled"
    with pytest.raises(UserError, match="iptal edilmiş"):
        appointments.check_in(ctx, one.code)
    with pytest.raises(Stale):
        appointments.cancel(ctx, one.id)


def test_nobody_cancels_under_a_visitor_who_has_come(ctx: Context) -> None:
    one = booked(ctx)
    appointments.check_in(ctx, one.code)
    with pytest.raises(Stale, match="ziyaretçi gelmiş"):
        appointments.cancel(ctx, one.id)


@pytest.mark.usefixtures("both_engines")
def test_a_name_is_kept_apart_with_its_end_and_shown_masked(ctx: Context) -> None:
    one = booked(ctx, "10:00", day=26, identity=PersonInput(name="Ayşe Örnekoğlu"))
    assert one.name_masked == "A*** Ö***"
    with ctx.db.read() as session:
        person = session.execute(select(Person)).scalar_one()
    assert (person.purpose, person.erase_after.isoformat()) == ("appointment", "2026-12-26")
    assert [found.name_masked for found in appointments.of_day(ctx, one.day)] == ["A*** Ö***"]
    assert appointments.of_day(ctx) == ()


@pytest.mark.usefixtures("both_engines")
def test_a_double_press_gives_one_appointment(ctx: Context) -> None:
    first = booked(ctx, key="one", identity=PersonInput(name="Ayşe Örnekoğlu"))
    again = booked(ctx, key="one", identity=PersonInput(name="Ayşe Örnekoğlu"))
    assert first == again
    assert rows(ctx, AppointmentRow) == rows(ctx, Person) == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"clock_time": "09:00"}, "geçmiş"),
        ({"clock_time": "12:30"}, "kapalıyız"),
        ({"clock_time": "10:00", "day": 28}, "kapalıyız"),  # a Saturday
        ({"persons": 0}, "Kişi sayısı"),
        ({"service_code": "yok"}, "Böyle bir hizmet yok"),
        ({"early_minutes": -1}, "1440"),
    ],
)
def test_an_appointment_of_no_sense_is_refused(ctx: Context, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        booked(ctx, **given)
    assert rows(ctx, AppointmentRow) == 0

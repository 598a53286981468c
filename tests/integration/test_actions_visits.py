"""At the danışma desk: numbers, directions, groups, what is undone, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from acting import assert_whole, call, current, key, number, rows, serve, state, visit, waiting
from sqlalchemy import select, update

from desk.actions import counter, desk, escort, paper, records, shift
from desk.actions.context import Context
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.models.print_job import Printer, PrintJob
from desk.models.site import Counter, CounterPeriod, Service, SiteDay, Unit
from desk.models.summary import Change, DayCount
from desk.models.ticket import NumberSeries, Ticket
from desk.models.visit import Person, Visit
from desk.printing.elements import Slip
from desk.queue import reads
from desk.queue.types import Priority
from desk.registry import assistance, site
from desk.registry.types import Arrival, AssistanceKind, PersonInput

pytestmark = pytest.mark.usefixtures("both_engines")


def counted(ctx: Context, measure: str, key: str | None = None) -> int:
    """What the summaries say of all days."""
    with ctx.db.read() as session:
        wanted = select(DayCount.value).where(DayCount.measure == measure)
        if key is not None:
            wanted = wanted.where(DayCount.key == key)
        return sum(session.execute(wanted).scalars())


def set_service(ctx: Context, code: str, **values: Any) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == code).values(**values))


# --- numbers --------------------------------------------------------------------------------------------------------
def test_each_service_counts_from_one_with_its_own_letter(ctx: Context) -> None:
    assert [number(ctx, code) for code in ("vergi", "vergi", "imar", "V", "r")] == [
        "V 001", "V 002", "R 001", "V 003", "R 002",
    ]  # fmt: skip
    assert_whole(ctx)


def test_a_ticket_carries_what_the_slip_says(ctx: Context) -> None:
    visit(ctx)
    ticket = visit(ctx, "vergi", persons=3, priority=Priority.AGE, lang="en").tickets[0]
    assert (ticket.number, ticket.letter, ticket.service_name) == ("V 002", "V", "Emlak ve çevre temizlik vergisi")
    assert (ticket.persons, ticket.priority, ticket.lang, ticket.outside_hours) == (3, True, "en", False)
    assert ticket.issued_at == ctx.now() and ticket.forecast is None
    assert ticket.ahead == 0  # the other one came this very minute and has no head start
    assert paper.job_of(ctx, ticket.id).kind == "ticket"


def test_the_class_of_a_priority_is_counted_but_on_no_record(ctx: Context) -> None:
    visit(ctx, priority=Priority.VETERAN)
    assert counted(ctx, "priority", "veteran") == 1
    with ctx.db.read() as session:
        written = [str(row) for table in (Ticket, Visit) for row in session.execute(select(table.__table__)).all()]
    assert len(written) == 2 and not any("veteran" in row for row in written)


def test_a_second_press_of_the_same_key_gives_the_first_number_again(ctx: Context) -> None:
    first = visit(ctx, key="f2")
    again = visit(ctx, "imar", key="f2")
    assert again.repeated and not first.repeated
    assert again.tickets == first.tickets and again.jobs == ()
    assert rows(ctx, Visit) == rows(ctx, PrintJob) == 1
    assert_whole(ctx)


def test_the_desk_knows_where_a_visitor_went(ctx: Context) -> None:
    visit(ctx, "talep", subject_code="kaldirim", unit_code="fen", arrival=Arrival.APPOINTMENT)
    visit(ctx, "imar")
    with ctx.db.read() as session:
        units = session.execute(select(Unit.code).join(Visit, Visit.unit_id == Unit.id).order_by(Visit.at)).scalars()
        assert sorted(units) == ["fen", "imar"]
        assert sorted(session.execute(select(Visit.arrival)).scalars()) == ["appointment", "walk_in"]


def test_one_number_for_a_whole_class(ctx: Context) -> None:
    done = visit(ctx, persons=40)
    assert [(t.number, t.persons) for t in done.tickets] == [("V 001", 40)]
    assert counted(ctx, "persons") == 40 and counted(ctx, "visits") == 1


def test_forty_numbers_for_a_whole_class(ctx: Context) -> None:
    done = visit(ctx, persons=40, numbers=40, priority=Priority.SMALL_CHILD)
    assert [t.number for t in done.tickets] == [f"V {serial:03d}" for serial in range(1, 41)]
    assert {t.persons for t in done.tickets} == {1}
    assert len(done.jobs) == 40
    assert (counted(ctx, "persons"), counted(ctx, "tickets_issued"), counted(ctx, "priority")) == (40, 40, 40)
    assert_whole(ctx)


IMPOSSIBLE: tuple[tuple[dict[str, Any], str], ...] = (
    ({"persons": 0}, r"1 ile 999 arasında"),
    ({"persons": 1000}, r"1 ile 999 arasında"),
    ({"persons": -3}, r"1 ile 999 arasında"),
    ({"numbers": 61}, r"en çok 60 numara"),
    ({"numbers": 0}, r"en çok 60 numara"),
    ({"service_code": "yok"}, r"Böyle bir hizmet yok: yok"),
    ({"unit_code": "yok"}, r"Böyle bir birim yok: yok"),
    ({"subject_code": "yok"}, r"Böyle bir konu yok: yok"),
    ({"identity": PersonInput(tckn="12345678901")}, r"T\.C\. kimlik no hatalı"),
    ({"identity": PersonInput(tckn="11111111110")}, r"T\.C\. kimlik no hatalı"),
    ({"identity": PersonInput(phone="0 000")}, r"Telefon numarası hatalı"),
    ({"identity": PersonInput(name="Ş" * 121)}, r"Ad soyad en çok 120 harf"),
    ({"identity": PersonInput(neighbourhood_code="yok")}, r"Böyle bir mahalle yok"),
)


def test_what_cannot_be_is_refused_and_no_number_is_spent(ctx: Context) -> None:
    for wrong, sentence in IMPOSSIBLE:
        with pytest.raises(UserError, match=sentence):
            visit(ctx, **wrong)
    assert rows(ctx, Visit) == rows(ctx, Person) == rows(ctx, Change) == rows(ctx, NumberSeries) == 0
    assert number(ctx) == "V 001"


def test_identity_is_kept_apart_cleaned_and_with_an_end(ctx: Context) -> None:
    visit(ctx, identity=PersonInput(name=" Işıl\t\u202e Ağaoğlu\x00 ", phone="0532 123 45 67", tckn="100 000 00146"))
    with ctx.db.read() as session:
        person = session.execute(select(Person)).scalar_one()
    assert (person.name, person.phone, person.tckn) == ("Işıl Ağaoğlu", "+905321234567", "10000000146")
    assert (person.name_fold, person.purpose) == ("isil agaoglu", "visit")
    assert (person.erase_after, person.notice_version) == (date(2026, 12, 24), "2026-1")


def test_nobody_is_written_down_who_gave_nothing(ctx: Context) -> None:
    visit(ctx, identity=PersonInput(name=" \t "))
    assert rows(ctx, Person) == 0


# --- closed, full, outside hours ------------------------------------------------------------------------------------
def test_a_closed_service_gives_no_number_even_to_the_desk(ctx: Context) -> None:
    set_service(ctx, "vergi", active=False)
    with pytest.raises(UserError, match=r"“Emlak ve çevre temizlik vergisi” hizmeti şu anda kapalı\."):
        visit(ctx, override_reason="müdürlüğün isteği")


def test_a_full_day_refuses_everyone_but_the_desk_that_insists(ctx: Context) -> None:
    set_service(ctx, "vergi", daily_cap=2)
    assert [number(ctx), number(ctx)] == ["V 001", "V 002"]
    with pytest.raises(UserError, match="Bugün için sıra doldu"):
        visit(ctx)
    assert number(ctx, override_reason="müdürlüğün isteği") == "V 003"
    assert_whole(ctx)


def test_after_the_last_number_it_begins_anew_and_passes_over_who_still_waits(ctx: Context) -> None:
    set_service(ctx, "vergi", last_serial=3)
    assert [number(ctx) for _ in range(3)] == ["V 001", "V 002", "V 003"]
    serve(ctx, 4)
    assert serve(ctx, 4).number == "V 002"
    assert call(ctx, 4).number == "V 003"
    assert [number(ctx), number(ctx)] == ["V 001", "V 002"]
    assert_whole(ctx)


def test_when_every_number_still_waits_the_next_one_is_refused_and_nobody_hangs(ctx: Context) -> None:
    set_service(ctx, "vergi", last_serial=3)
    visit(ctx, numbers=3)
    for reason in ("", "müdürlüğün isteği"):
        with pytest.raises(UserError, match="Bugün için sıra doldu"):
            visit(ctx, override_reason=reason)
    serve(ctx, 4)
    assert number(ctx) == "V 001"
    assert_whole(ctx)


def test_outside_the_hours_the_kiosk_is_closed_and_the_desk_issues_with_a_notice(
    ctx: Context, clock: SetClock, context_of: Callable[..., Context]
) -> None:
    kiosk = context_of("kiosk")
    for hour, minute in ((4, 59), (9, 30), (14, 0), (17, 0)):  # UTC: 07.59, lunch at 12.30, 17.00 sharp, 20.00
        clock.set(datetime(2026, 11, 24, hour, minute, tzinfo=UTC))
        with pytest.raises(UserError, match="Şu anda kapalıyız"):
            desk.register_visit(kiosk, desk.VisitRequest(key(), "vergi"), bound_by_hours=True)
        assert visit(ctx).tickets[0].outside_hours
    clock.set(datetime(2026, 11, 25, 5, 0, tzinfo=UTC))
    opened = desk.register_visit(kiosk, desk.VisitRequest(key(), "vergi"), bound_by_hours=True)
    assert not opened.tickets[0].outside_hours


def test_a_number_is_given_without_any_printer(ctx: Context) -> None:
    with ctx.db.write() as session:
        session.execute(update(Printer).values(active=False))
    done = visit(ctx)
    assert done.tickets[0].number == "V 001" and done.jobs == ()
    assert ctx.read(reads.live_board).issued[0].print_state == "none"


def test_a_draft_takes_no_number(ctx: Context) -> None:
    request = desk.VisitRequest(key(), "vergi", persons=2, priority=Priority.AGE)
    draft = desk.draft_ticket(ctx, request)
    assert (draft.number, draft.persons, draft.priority) == ("V 001", 2, True)
    assert desk.draft_ticket(ctx, request).number == "V 001"
    assert rows(ctx, NumberSeries) == 0
    assert number(ctx) == draft.number


# --- directions -----------------------------------------------------------------------------------------------------
def test_a_direction_is_a_visit_without_a_number(ctx: Context) -> None:
    to = next(d for d in ctx.read(site.destinations) if d.key == "subject:kurs-kayit")
    done = desk.give_direction(ctx, desk.Direction(key(), persons=4, to=to, printed=True))
    assert (done.persons, done.direction_to) == (4, "Kültür ve Sosyal İşler Müdürlüğü")
    assert (rows(ctx, Ticket), rows(ctx, PrintJob)) == (0, 1)
    assert (counted(ctx, "directions"), counted(ctx, "persons"), counted(ctx, "visits_by_unit", "kultur")) == (1, 4, 1)
    assert_whole(ctx)


def test_a_direction_pressed_twice_is_counted_once(ctx: Context) -> None:
    first = desk.give_direction(ctx, desk.Direction("f4"))
    assert desk.give_direction(ctx, desk.Direction("f4")) == first
    assert rows(ctx, Visit) == 1


def test_a_direction_can_bring_an_escort(ctx: Context) -> None:
    desk.give_direction(ctx, desk.Direction(key(), assistance=AssistanceKind.WHEELCHAIR))
    (job,) = ctx.read(assistance.board).jobs
    assert (job.number, job.from_place) == ("RF 001", "Giriş danışma")


# --- undone ---------------------------------------------------------------------------------------------------------
def test_undoing_takes_every_count_back_and_spends_the_number(ctx: Context, clock: SetClock) -> None:
    done = visit(ctx, persons=5, numbers=3, priority=Priority.DISABLED, assistance=AssistanceKind.SIGN)
    clock.advance(seconds=10)
    assert desk.undo_visit(ctx, done.visit.id, Priority.DISABLED) == ("V 001", "V 002", "V 003")
    for measure in ("visits", "persons", "contacts", "priority", "assistance", "visits_by_unit"):
        assert counted(ctx, measure) == 0, measure
    assert (counted(ctx, "tickets_issued"), counted(ctx, "tickets_cancelled")) == (3, 3)
    assert waiting(ctx) == 0 and ctx.read(assistance.board).jobs == ()
    assert number(ctx) == "V 004"
    assert_whole(ctx)


def test_a_priority_visit_is_not_undone_without_its_class(ctx: Context) -> None:
    """No record keeps the class: undone without it, the day would count a priority that never was."""
    done = visit(ctx, priority=Priority.DISABLED)
    with pytest.raises(ValueError, match="class"):
        desk.undo_visit(ctx, done.visit.id)
    assert state(ctx, done.tickets[0].id) == "waiting"
    desk.undo_visit(ctx, done.visit.id, Priority.DISABLED)
    assert_whole(ctx)


def test_undoing_a_direction_takes_its_counts_back(ctx: Context) -> None:
    done = desk.give_direction(ctx, desk.Direction(key(), persons=2, assistance=AssistanceKind.UNIT))
    assert desk.undo_visit(ctx, done.id) == ()
    assert (counted(ctx, "visits"), counted(ctx, "directions"), counted(ctx, "assistance")) == (0, 0, 0)
    assert_whole(ctx)


def test_after_ten_seconds_it_is_too_late(ctx: Context, clock: SetClock) -> None:
    done = visit(ctx)
    clock.advance(seconds=10.5)
    with pytest.raises(Stale, match=r"Geri alma süresi \(10 sn\) doldu"):
        desk.undo_visit(ctx, done.visit.id)
    assert waiting(ctx) == 1
    assert_whole(ctx)


def test_what_was_undone_cannot_be_undone_again(ctx: Context) -> None:
    done = visit(ctx)
    desk.undo_visit(ctx, done.visit.id)
    with pytest.raises(Stale, match="daha önce geri alınmış"):
        desk.undo_visit(ctx, done.visit.id)
    assert_whole(ctx)


def test_a_number_that_was_called_is_not_undone_and_nothing_else_either(ctx: Context) -> None:
    done = visit(ctx, numbers=2, persons=2)
    call(ctx, 4)
    with pytest.raises(Stale, match=r"V 001 için önce Banko 4 işlem yaptı: Çağrıldı \(10\.42\)"):
        desk.undo_visit(ctx, done.visit.id)
    assert waiting(ctx) == 1 and counted(ctx, "visits") == 1
    assert_whole(ctx)


def test_an_undone_number_is_called_by_nobody(ctx: Context) -> None:
    desk.undo_visit(ctx, visit(ctx).visit.id)
    assert counter.call_next(ctx, 4) is None


# --- days -----------------------------------------------------------------------------------------------------------
def test_the_next_morning_begins_at_one_and_ends_what_was_left(ctx: Context, clock: SetClock) -> None:
    for _ in range(5):
        visit(ctx)
    served = call(ctx, 4)
    counter.start(ctx, served.ticket_id)
    called = call(ctx, 5)
    job = escort.request(ctx, AssistanceKind.VOICE, "2. kat")
    clock.set(datetime(2026, 11, 25, 5, 30, tzinfo=UTC))
    assert number(ctx) == "V 001"
    assert waiting(ctx) == 1
    assert state(ctx, served.ticket_id) == state(ctx, called.ticket_id) == "expired"
    assert current(ctx, 4) is None and call(ctx, 4).number == "V 001"
    with pytest.raises(Stale):
        counter.finish(ctx, served.ticket_id)
    escort.cancel(ctx, job)
    with ctx.db.read() as session:
        days = session.execute(select(SiteDay.day, SiteDay.closed_at).order_by(SiteDay.day)).all()
        periods = session.execute(select(CounterPeriod).order_by(CounterPeriod.started_at)).scalars().all()
        assert session.execute(select(Counter.state).where(Counter.number == 5)).scalar() == "closed"
    assert [day for day, _ in days] == [date(2026, 11, 24), date(2026, 11, 25)]
    assert days[0].closed_at is not None and days[1].closed_at is None
    assert [(p.day.day, p.ended_at is not None) for p in periods] == [(24, True), (24, True), (25, False)]
    assert periods[0].ended_at.date() == date(2026, 11, 24)
    sheet = shift.sheet(ctx, date(2026, 11, 24))
    assert (sheet.tickets_issued, sheet.expired, sheet.tickets_waiting) == (5, 5, 0)
    assert_whole(ctx)


def test_finishing_yesterdays_number_first_thing_in_the_morning_frees_the_counter(
    ctx: Context, clock: SetClock
) -> None:
    """Banko forgot to finish last night. The press is refused, and yet the new day has begun."""
    visit(ctx)
    left = call(ctx, 4)
    counter.start(ctx, left.ticket_id)
    clock.set(datetime(2026, 11, 25, 5, 30, tzinfo=UTC))
    with pytest.raises(Stale, match=r"^V 001 gün sonunda kapandı\.$"):
        counter.finish(ctx, left.ticket_id)
    assert current(ctx, 4) is None
    assert state(ctx, left.ticket_id) == "expired"
    assert number(ctx) == call(ctx, 4).number == "V 001"
    assert_whole(ctx)


def test_a_clock_set_back_goes_on_writing_into_the_newer_day(ctx: Context, clock: SetClock) -> None:
    visit(ctx)
    clock.set(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert number(ctx) == "V 002"
    serve(ctx, 4)
    with ctx.db.read() as session:
        assert session.execute(select(SiteDay.day)).scalars().all() == [date(2026, 11, 24)]
        assert set(session.execute(select(Ticket.day)).scalars()) == {date(2026, 11, 24)}
    assert_whole(ctx)


def test_a_visit_of_the_next_morning_is_of_the_new_day(ctx: Context, clock: SetClock) -> None:
    clock.set(datetime(2026, 11, 24, 20, 59, 59, tzinfo=UTC))
    assert number(ctx) == "V 001"
    clock.advance(seconds=2)
    assert number(ctx) == "V 002"  # nobody closed the day: it goes on past midnight
    clock.set(datetime(2026, 11, 25, 2, 59, 59, tzinfo=UTC))
    late = visit(ctx)
    clock.advance(seconds=2)
    assert number(ctx) == "V 001"
    with pytest.raises(Stale, match="V 003 gün sonunda kapandı"):
        desk.undo_visit(ctx, late.visit.id)
    assert_whole(ctx)


def test_the_board_shows_the_day_so_far(ctx: Context, clock: SetClock) -> None:
    visit(ctx, persons=2)
    clock.advance(hours=2)
    visit(ctx, "imar", persons=3)
    desk.undo_visit(ctx, visit(ctx).visit.id)
    board = ctx.read(reads.live_board)
    assert (board.visits_today, board.persons_today, board.visits_last_hour, board.waiting) == (2, 5, 1, 2)
    assert [issued.number for issued in board.issued] == ["R 001", "V 001"]
    assert {q.service.code: q.waiting for q in board.queues if q.waiting} == {"vergi": 1, "imar": 1}


def test_a_slip_that_still_waits_is_never_printed_once_its_visit_is_undone(ctx):
    done = desk.register_visit(ctx, desk.VisitRequest("geri", "vergi"))
    desk.undo_visit(ctx, done.visit.id)
    job = paper.job_of(ctx, done.tickets[0].id)
    assert job.state == "failed"
    assert "iptal" in job.reason
    assert all(printer.queued == printer.failed == 0 for printer in paper.printers(ctx))


def test_the_barcode_of_a_queue_slip_says_where_its_number_stands(ctx):
    done = desk.register_visit(ctx, desk.VisitRequest("barkod", "vergi"))
    with pytest.raises(UserError, match=r"Sıra fişi V 001 \(24\.11\.2026 10\.42\), Emlak .*: Bekliyor\."):
        records.open_record(ctx, done.tickets[0].scan_code)


def test_a_direction_slip_speaks_the_language_of_the_visitor(ctx):
    fen = next(one for one in ctx.read(site.destinations) if one.key == "unit:fen")
    visit = desk.give_direction(ctx, desk.Direction("way-ru", to=fen, printed=True, lang="ru"))
    job = paper.job_of(ctx, visit.id, "direction")
    assert job is not None and Slip.from_json(job.slip).lang == "ru"

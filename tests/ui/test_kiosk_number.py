"""Taking a number at the kiosk: two touches at most, and always an answer that can be understood."""

from __future__ import annotations

import pytest
from kiosk_case import finger, opened, part, print_job, reads, touch_only, wait_for
from person import find, press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from sqlalchemy import func, select, update

from desk.actions import counter, desk, escort, settings
from desk.models.site import Service
from desk.models.ticket import Ticket
from desk.models.visit import Visit
from desk.printing.types import JobState
from desk.queue import promises
from desk.registry import assistance
from desk.registry.setting_fields import Change


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


def tickets(ctx) -> list[Ticket]:
    with ctx.db.read() as session:
        return list(session.execute(select(Ticket).order_by(Ticket.issued_at)).scalars())


def test_one_touch_on_a_service_gives_a_number(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Emlak ve çevre temizlik vergisi")
    assert "V 001" in part(kiosk, "number").accessibleDescription()
    assert "Zemin kat · Banko 4, 5" in reads(kiosk)
    assert "Önünüzde" in reads(kiosk) and "0 numara" in reads(kiosk)
    assert [one.number for one in tickets(ctx)] == ["V 001"]


def test_a_seventh_service_is_two_touches_away(office, ctx) -> None:
    kiosk = opened(office)
    assert "Evlendirme" not in reads(kiosk)
    finger(kiosk, "Diğer hizmetler")
    finger(kiosk, "Evlendirme")
    assert "N 001" in part(kiosk, "number").accessibleDescription()


def test_priority_is_declared_without_a_reason(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Öncelikli sıra")
    assert "65 yaş ve üzeri" in reads(kiosk)
    finger(kiosk, "Danışma ve bilgi")
    assert "Öncelikli" in reads(kiosk)
    assert [one.priority for one in tickets(ctx)] == [True]


def test_a_double_touch_gives_one_number(office, ctx) -> None:
    kiosk = opened(office)
    tile = find(kiosk, "Danışma ve bilgi")
    touch_only(tile)
    touch_only(tile)
    settle(lambda: kiosk.step == "done")
    assert len(tickets(ctx)) == 1


@pytest.mark.parametrize("size", [(540, 960), (960, 540)])
def test_a_finger_that_taps_twice_as_fast_as_it_can_gives_one_number(office, ctx, size) -> None:
    """Press, release, double press, release: what a screen makes of two quick taps."""
    kiosk = opened(office, size)
    tile = find(kiosk, "Danışma ve bilgi")
    middle = tile.rect().center()
    for press_of in (QTest.mousePress, QTest.mouseDClick):
        press_of(tile, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseRelease(tile, Qt.MouseButton.LeftButton, pos=middle)
    settle(lambda: kiosk.step == "done")
    assert len(tickets(ctx)) == 1


def test_two_fingers_on_one_tile_give_one_number(office, ctx) -> None:
    kiosk = opened(office)
    tile = find(kiosk, "Danışma ve bilgi")
    screen = QTest.createTouchDevice()
    one, two = tile.rect().center(), tile.rect().center() + QPoint(20, 4)
    QTest.touchEvent(tile, screen).press(0, one, tile).press(1, two, tile).commit()
    QTest.touchEvent(tile, screen).release(0, one, tile).release(1, two, tile).commit()
    settle(lambda: kiosk.step == "done")
    assert len(tickets(ctx)) == 1


def test_a_press_that_arrives_twice_shows_the_same_number_and_its_slip(office, ctx) -> None:
    from desk.ui.kiosk import answers

    first = answers.take_number(ctx, "one-key", "danisma", None, "tr", "2026-1")
    again = answers.take_number(ctx, "one-key", "danisma", None, "tr", "2026-1")
    assert again.ticket.number == first.ticket.number
    assert again.jobs == first.jobs != ()


@pytest.mark.parametrize("size", [(540, 960), (960, 540)])
@pytest.mark.parametrize("name", ["Evlendirme", "İmar ve ruhsat", "Yardım istiyorum"])
def test_the_second_tap_of_a_trembling_hand_presses_nothing_on_the_page_that_came(office, size, name) -> None:
    seconds = iter(range(0, 1000, 1))
    kiosk = opened(office, size, steady=lambda: next(seconds) * 0.1)
    finger(kiosk, "Diğer hizmetler")
    for _ in range(10):
        next(seconds)  # the page is read
    target = find(kiosk, name)
    spot = target.mapTo(kiosk, target.rect().center())
    finger(kiosk, name)
    came, jobs = kiosk.step, office.ctx.read(assistance.board).jobs
    assert came in ("done", "help")
    below = kiosk.childAt(spot)
    touch_only(below, below.mapFrom(kiosk, spot))
    settle()
    assert kiosk.step == came
    assert office.ctx.read(assistance.board).jobs == jobs


def test_a_touch_elsewhere_counts_at_once(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    finger(kiosk, "Tamam, bitir")
    assert kiosk.step == "home"


@pytest.mark.parametrize("name", ["Danışma ve bilgi", "Yardım istiyorum"])
def test_a_second_enter_calls_no_help_and_sends_none_away(office, ctx, name) -> None:
    kiosk = opened(office)
    find(kiosk, name).setFocus()
    press(kiosk, "Return")
    settle(lambda: kiosk.step in ("done", "help"))
    came, jobs = kiosk.step, ctx.read(assistance.board).jobs
    press(kiosk, "Return")
    settle()
    assert (kiosk.step, ctx.read(assistance.board).jobs) == (came, jobs)
    press(kiosk, "Down")
    assert kiosk.focusWidget().accessibleName() in ("Yardım istiyorum", "Yardıma gerek kalmadı")


def test_two_people_after_each_other_get_two_numbers(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    finger(kiosk, "Tamam, bitir")
    finger(kiosk, "Danışma ve bilgi")
    assert [one.number for one in tickets(ctx)] == ["A 001", "A 002"]


def test_how_many_are_ahead_is_counted_in_numbers(office, ctx) -> None:
    for key in "abc":
        desk.register_visit(ctx, desk.VisitRequest(key=key, service_code="imar"))
    kiosk = opened(office)
    finger(kiosk, "Diğer hizmetler")
    finger(kiosk, "İmar ve ruhsat")
    assert "3 numara" in reads(kiosk)


def test_a_tile_says_when_there_is_no_waiting(office, ctx) -> None:
    counter.open_counter(ctx, 3)
    kiosk = opened(office)
    assert find(kiosk, "Dilekçe ve evrak").accessibleDescription() == "Bekleme yok"
    assert find(kiosk, "Sosyal destek").accessibleDescription() == "Bekleyen yok"  # no counter: no forecast


def test_a_tile_changes_when_a_counter_opens(office, ctx) -> None:
    kiosk = opened(office)
    tile = find(kiosk, "Dilekçe ve evrak")
    counter.open_counter(ctx, 3)
    settle(lambda: tile.accessibleDescription() == "Bekleme yok")


# --- the slip


def test_the_visitor_is_asked_to_take_the_slip_when_it_is_out(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    assert "Fişiniz hazırlanıyor" in reads(kiosk)
    print_job(ctx, JobState.PRINTED)
    wait_for(kiosk, "Lütfen fişinizi alınız")


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.UNKNOWN])
def test_a_slip_that_does_not_come_is_said_and_the_number_stays(office, ctx, state: JobState) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    print_job(ctx, state)
    wait_for(kiosk, "Fiş basılamadı, numaranızı not alınız")
    assert "A 001" in part(kiosk, "number").accessibleDescription()


def test_a_slip_that_takes_too_long_is_said_and_taken_back_when_it_comes(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    kiosk.paper.lose_patience()
    wait_for(kiosk, "Fiş basılamadı, numaranızı not alınız")
    print_job(ctx, JobState.PRINTED)
    wait_for(kiosk, "Lütfen fişinizi alınız")


def test_a_site_without_a_printer_says_so_at_once(office, ctx) -> None:
    from desk.models.print_job import Printer

    with ctx.db.write() as session:
        session.execute(update(Printer).values(active=False))
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    assert "Fiş basılamadı, numaranızı not alınız" in reads(kiosk)


# --- back to the start


def test_the_bar_leads_back_to_the_start(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    for _ in range(29):
        kiosk.tick()
    assert kiosk.step == "done"
    assert "1 saniye sonra başlangıç ekranına dönülür." in reads(kiosk)
    kiosk.tick()
    assert kiosk.step == "home"
    assert "A 001" not in reads(kiosk)


def test_who_must_write_the_number_down_has_a_minute(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    print_job(ctx, JobState.FAILED)
    wait_for(kiosk, "Fiş basılamadı, numaranızı not alınız")
    for _ in range(59):
        kiosk.tick()
    assert kiosk.step == "done"
    kiosk.tick()
    assert kiosk.step == "home"


def test_a_touch_pauses_the_bar(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    touch_only(part(kiosk, "number"))
    for _ in range(40):
        kiosk.tick()
    assert kiosk.step == "done"
    assert "Süre durduruldu." in reads(kiosk)


def test_nobody_touching_leads_back_even_when_the_bar_was_paused(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    touch_only(part(kiosk, "number"))
    kiosk.idle()
    assert kiosk.step == "home"


# --- help


def test_help_is_asked_for_and_told(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Yardım istiyorum")
    assert "Görevli geliyor" in reads(kiosk)
    jobs = ctx.read(assistance.board).jobs
    assert [(job.from_place, job.to_place) for job in jobs] == [("Giriş danışma", "Kiosk")]


def test_help_that_is_not_needed_any_more_is_taken_back(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Yardım istiyorum")
    finger(kiosk, "Yardıma gerek kalmadı")
    assert kiosk.step == "home"
    assert ctx.read(assistance.board).jobs == ()


def test_help_after_the_number_goes_where_the_number_goes(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Sosyal destek")
    finger(kiosk, "Yardım istiyorum")
    assert [job.to_place for job in ctx.read(assistance.board).jobs] == ["1. kat · Banko 6"]
    assert "Görevli geliyor" in reads(kiosk)
    assert "Y 001" in part(kiosk, "number").accessibleDescription()


# --- no number


def test_a_closed_service_is_told_in_plain_words(office, ctx) -> None:
    kiosk = opened(office)
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "danisma").values(active=False))
    finger(kiosk, "Danışma ve bilgi")
    assert "“Danışma ve bilgi” hizmeti şu anda kapalı." in reads(kiosk)
    assert "Lütfen başka bir hizmet seçiniz veya danışmaya başvurunuz." in reads(kiosk)
    finger(kiosk, "Tamam")
    assert kiosk.step == "home"
    assert "Danışma ve bilgi" not in reads(kiosk)


def test_a_full_day_is_told_in_the_language_of_the_visitor(office, ctx) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "danisma").values(daily_cap=0))
    kiosk = opened(office)
    finger(kiosk, "English")
    finger(kiosk, "Information desk")
    assert "There are no more numbers for “Information desk” today." in reads(kiosk)
    assert "Numbers are given again: Wednesday 25.11.2026 08:00" in reads(kiosk)
    assert "Please go to the information desk" in reads(kiosk)


def test_an_error_page_goes_away_by_itself(office, ctx) -> None:
    with ctx.db.write() as session:
        session.execute(update(Service).where(Service.code == "danisma").values(daily_cap=0))
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    for _ in range(20):
        kiosk.tick()
    assert kiosk.step == "home"


def test_closed_hours_say_when_we_open(office, ctx, clock) -> None:
    clock.advance(hours=8)
    kiosk = opened(office)
    assert "Şu anda kapalıyız." in reads(kiosk)
    assert "Açılış: 25 Kasım Çarşamba 08.00" in reads(kiosk)
    assert "ALO 153" in reads(kiosk)


def test_on_friday_evening_monday_is_told(office, ctx, clock) -> None:
    clock.advance(days=3, hours=8)
    kiosk = opened(office)
    assert "Açılış: 30 Kasım Pazartesi 08.00" in reads(kiosk)


def test_lunch_says_the_hour_only(office, clock) -> None:
    clock.advance(hours=1, minutes=30)
    kiosk = opened(office)
    assert "Açılış: 13.00" in reads(kiosk)


def test_the_start_page_comes_with_the_opening_hour(office, clock) -> None:
    clock.advance(hours=1, minutes=30)
    kiosk = opened(office)
    clock.advance(hours=1)
    kiosk.load()
    settle(lambda: kiosk.step == "home")


def test_a_touch_just_after_closing_gives_no_number(office, ctx, clock) -> None:
    kiosk = opened(office)
    clock.advance(hours=8)
    finger(kiosk, "Danışma ve bilgi")
    assert tickets(ctx) == []
    assert "Şu anda kapalıyız." in reads(kiosk)


def test_a_database_that_is_away_is_told_and_comes_back_by_itself(office, ctx, monkeypatch) -> None:
    from desk.errors import Fault

    kiosk = opened(office)

    def away(*_args, **_more):
        raise Fault("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı.", reason="test")

    with monkeypatch.context() as cut:
        cut.setattr(promises, "queues", away)
        kiosk.load()
        settle(lambda: kiosk.step == "away")
        assert "Şu anda numara verilemiyor." in reads(kiosk)
        assert "Lütfen danışmaya başvurunuz; görevlimiz size numara verecektir." in reads(kiosk)
        assert "test" not in reads(kiosk)
    kiosk.load()
    settle(lambda: kiosk.step == "home")


def test_help_that_rings_nowhere_says_whom_to_call_and_where(office, ctx, monkeypatch) -> None:
    from desk.errors import Fault

    settings.save(ctx, [Change("site:kiosk", "kiosk.desk", "", "behind")])
    kiosk = opened(office)
    settle(lambda: kiosk.offer.desk == "behind")

    def away(*_args, **_more):
        raise Fault("Veri tabanına ulaşılamıyor ({reason}). Kayıt yapılmadı.", reason="test")

    with monkeypatch.context() as cut:
        cut.setattr(promises, "queues", away)
        cut.setattr(escort, "call_here", away)
        kiosk.load()
        settle(lambda: kiosk.step == "away")
        told = reads(kiosk)
        for words in ("görevlimiz size numara verecektir", "arkanızdadır", "numara geçerlidir", "ALO 153"):
            assert words in told
        finger(kiosk, "Yardım istiyorum")
        wait_for(kiosk, "Yardım çağrınız iletilemedi.")
        assert "sesleniniz" in reads(kiosk) and "arkanızdadır" in reads(kiosk)
    finger(kiosk, "Yardım istiyorum")  # the database is back: the same key rings
    wait_for(kiosk, "Görevli geliyor")


def test_the_slip_is_said_to_come_out_where_it_does(office, ctx) -> None:
    settings.save(ctx, [Change("site:kiosk", "kiosk.slip", "below", "right")])
    kiosk = opened(office)
    finger(kiosk, "Danışma ve bilgi")
    print_job(ctx, JobState.PRINTED)
    wait_for(kiosk, "Fiş, ekranın sağındaki yuvadan çıkar.")


def test_a_database_that_is_locked_leaves_nothing_half_done(office, ctx, monkeypatch) -> None:
    from desk.errors import Fault

    kiosk = opened(office)

    def locked(*_args, **_more):
        raise Fault("Veri tabanı {seconds} saniyedir başka bir programda.", seconds=5)

    with monkeypatch.context() as cut:
        cut.setattr(desk, "register_visit", locked)
        finger(kiosk, "Danışma ve bilgi")
    assert "Şu anda numara verilemiyor." in reads(kiosk)
    with ctx.db.read() as session:
        assert session.execute(select(func.count()).select_from(Visit)).scalar_one() == 0

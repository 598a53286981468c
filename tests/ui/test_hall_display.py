"""The hall display, as people in the hall see it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from person import find, settle, shown_text
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor

from desk.actions import counter, desk, settings
from desk.actor import Right
from desk.errors import Fault
from desk.events import Kind
from desk.models.site import Site
from desk.queue import catalog, reads
from desk.registry import setting_rules
from desk.registry.setting_fields import Change
from desk.ui import inspection
from desk.ui.hall import chime as chime_of_the_hall
from desk.ui.hall.calls import Bookmark
from desk.ui.hall.calm import SENTENCES
from desk.ui.hall.parts import LEGIBLE, NAMED, SMALLEST, CurrentCall, RecentCalls, SentenceLine, Waiting, WaitingStrip
from desk.ui.hall.window import HallWindow
from desk.ui.theme import LIGHT
from desk.ui.voice import Speaker, Voice

KEYS = count(1)


class Quiet:
    """A chime that only counts."""

    def __init__(self) -> None:
        self.played = 0

    def prepare(self) -> None:
        pass

    def play(self) -> None:
        self.played += 1


class Steady:
    """A clock of seconds, moved by hand."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def ctx(context_of):
    return context_of("hall")


@pytest.fixture
def chime() -> Quiet:
    return Quiet()


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture
def hall(office, chime, steady):
    """A display that was switched on before anybody was called."""
    return switched_on(office, chime, steady)


def switched_on(office, chime, steady, voice: Voice | None = None) -> HallWindow:
    hall = HallWindow(office, chime=chime, steady=steady, voice=voice)
    hall.resize(960, 540)
    hall.show()
    settle(lambda: hall.begun)
    return hall


def give(ctx, *codes: str) -> None:
    for code in codes:
        desk.register_visit(ctx, desk.VisitRequest(key=f"visit-{next(KEYS)}", service_code=code))


def called(hall: HallWindow) -> str:
    return hall.findChild(CurrentCall).accessibleDescription()


def listed(hall: HallWindow) -> str:
    return hall.findChild(RecentCalls).accessibleDescription()


def waiting(hall: HallWindow) -> str:
    return hall.findChild(WaitingStrip).accessibleDescription()


def sentence(hall: HallWindow) -> str:
    return hall.findChild(SentenceLine).accessibleDescription()


def pass_six_seconds(hall: HallWindow, steady: Steady) -> None:
    steady.at += 6
    hall.show_next()


def test_before_the_first_call_the_display_is_calm(hall) -> None:
    assert called(hall) == "Numaranız çağrıldığında burada görünür."
    assert "Çınarova Belediyesi · 24 Kasım Salı 10.42" in [
        part.accessibleDescription() for part in hall.findChildren(type(hall.head))
    ]


def test_a_call_appears_with_its_counter_and_chimes_once(hall, ctx, chime) -> None:
    give(ctx, "vergi")
    counter.open_counter(ctx, 4)
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    assert chime.played == 1
    assert find(hall, "Şimdi çağrılan") is hall.current


def test_two_calls_at_once_are_shown_one_after_the_other(hall, ctx, chime, steady) -> None:
    give(ctx, "vergi", "evrak")
    counter.call_next(ctx, 4)
    counter.call_next(ctx, 3)
    settle(lambda: called(hall) == "V 001 → Banko 4" and hall.calls.waiting == 1)
    steady.at += 5.9
    hall.show_next()
    assert called(hall) == "V 001 → Banko 4"
    steady.at += 0.1
    hall.show_next()
    assert called(hall) == "E 001 → Banko 3"
    assert listed(hall) == "V 001 Banko 4"
    assert chime.played == 2


def test_the_last_five_are_listed_newest_first(hall, ctx, steady) -> None:
    give(ctx, *["vergi"] * 8)
    for place in range(7):
        at = counter.call_next(ctx, 4)
        counter.start(ctx, at.ticket_id)
        counter.finish(ctx, at.ticket_id)
        settle(lambda place=place: hall.calls.cursor and hall.calls.waiting + len(hall.calls.recent) >= min(place, 5))
        pass_six_seconds(hall, steady)
    settle(lambda: called(hall) == "V 007 → Banko 4")
    assert listed(hall) == " · ".join(f"V 00{n} Banko 4" for n in (6, 5, 4, 3, 2))


def test_a_recall_flashes_and_chimes_again(hall, ctx, chime, steady) -> None:
    give(ctx, "vergi")
    at = counter.call_next(ctx, 4)
    settle(lambda: chime.played == 1)
    steady.at += 6
    counter.recall(ctx, at.ticket_id)
    settle(lambda: chime.played == 2)
    assert called(hall) == "V 001 → Banko 4"
    assert listed(hall) == ""


def test_three_slow_flashes_end_lit(hall, ctx) -> None:
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: hall.flasher.isActive())
    assert hall.flasher.interval() >= 500  # at most one flash a second
    seen = []
    while hall.flasher.isActive():
        hall.flasher.timeout.emit()
        seen.append(hall.current.lit)
    assert seen == [False, True] * 3


def test_the_lit_panel_is_amber(hall, ctx) -> None:
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: hall.flasher.isActive())
    hall.flasher.stop()
    hall.current.set_lit(True)
    assert pixel(hall) == QColor(LIGHT.amber_500)


def pixel(hall: HallWindow) -> QColor:
    """The ground of the panel of the current call."""
    at = hall.current.geometry().topLeft()
    return hall.grab().toImage().pixelColor(at.x() + 20, at.y() + 20)


def set_hall(ctx, name: str = "hall", **values) -> None:
    with ctx.work(Right.REPORT) as work:
        site = work.session.get_one(Site, work.site_id)
        site.settings = site.settings | {name: values}
        work.change(Kind.SETTINGS_CHANGED)


def test_flashing_and_chime_can_be_switched_off(office, ctx, chime, steady) -> None:
    set_hall(ctx, flashing=False, chime=False)
    hall = switched_on(office, chime, steady)
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    assert not hall.flasher.isActive()
    assert chime.played == 0


def test_a_setting_takes_effect_in_the_open_window(hall, ctx) -> None:
    set_hall(ctx, sentences=["Bugün 14.00'te halk günü vardır."])
    settle(lambda: hall.settings.sentences is not None)
    hall.next_sentence()
    assert sentence(hall) == "Bugün 14.00'te halk günü vardır."


def test_the_sites_new_name_stands_in_the_head_without_a_restart(hall, ctx) -> None:
    settings.save(ctx, [Change("site:yerleske", "municipality.name", "Çınarova Belediyesi", "Yeniköy Belediyesi")])
    settle(lambda: "Yeniköy Belediyesi" in shown_text(hall))


def test_a_long_sentence_takes_turns_instead_of_small_letters(hall, ctx) -> None:
    words = " ".join(["Cumartesi günü saat 14.00’te meydanda fidan dağıtılacaktır."] * 2)
    set_hall(ctx, sentences=[words])
    settle(lambda: hall.settings.sentences is not None)
    parts = []
    for _ in range(4):
        hall.next_sentence()
        parts.append(sentence(hall))
    assert len(set(parts)) > 1 and " ".join(sorted(set(parts), key=words.index)) == words


def test_a_foreign_visitors_call_is_headed_in_their_language_too(hall, ctx) -> None:
    desk.register_visit(ctx, desk.VisitRequest(key="visit-de", service_code="vergi", lang="de"))
    counter.open_counter(ctx, 4)
    counter.call_next(ctx, 4)
    settle(lambda: "V 001" in called(hall))
    assert hall.current._also == "Aktueller Aufruf"
    set_hall(ctx, other_languages=False)
    settle(lambda: not hall.settings.other_languages)
    hall._show_calls()
    assert hall.current._also == ""


def test_after_hours_the_display_says_when_we_open_but_not_while_somebody_waits(hall, ctx, clock) -> None:
    give(ctx, "vergi")
    settle(lambda: "Vergi 1" in waiting(hall))
    clock.advance(hours=10)
    hall.tell_time()
    settle(lambda: hall._closed is not None)
    assert "kapalıyız" not in called(hall)
    counter.open_counter(ctx, 4)
    taken = counter.call_next(ctx, 4)
    settle(lambda: taken.number in called(hall))
    clock.advance(minutes=6)
    hall.tell_time()
    settle(lambda: "Şu anda kapalıyız." in called(hall))
    assert "Açılış:" in called(hall) and "ALO 153" in called(hall)
    assert not hall.recent.isVisible() and not hall.waiting.isVisible()  # the sentence has the whole width
    assert hall.current.width() == hall.width()
    assert sentence(hall) == ""  # nobody is told how to be called
    clock.advance(hours=14)
    hall.tell_time()
    settle(lambda: hall._closed is None and hall.recent.isVisible())
    assert sentence(hall) == SENTENCES[0]
    assert hall.waiting.isVisible() and hall.current.geometry().right() < hall.recent.geometry().left()


def test_a_second_display_shows_its_own_services_only(office, ctx, chime, steady) -> None:
    set_hall(ctx, "hall:salon-1", services=["vergi"])
    hall = switched_on(office, chime, steady)
    give(ctx, "evrak", "vergi", "sosyal")
    counter.call_next(ctx, 3)
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    assert hall.calls.waiting == 0 and chime.played == 1
    settle(lambda: "V Vergi 0" in waiting(hall))
    assert "Y" not in waiting(hall) and "Evrak" not in waiting(hall)


def speaking(folder: Path, wait: str = "") -> Speaker:
    """A voice that writes what it is told to say into a file; ``wait`` is a pipe it stands still at."""
    said, script = folder / "said.txt", folder / "voice"
    first = f"read go < {wait}" if wait else ":"
    script.write_text(f'#!/bin/sh\n{first}\nprintf "%s: " "$1" >> {said}; cat >> {said}; echo >> {said}\n')
    script.chmod(0o755)
    return lambda lang, loud: (str(script), [lang])


def said(folder: Path) -> list[str]:
    file = folder / "said.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def test_a_call_is_said_in_turkish_and_in_the_language_of_its_ticket(office, ctx, chime, steady, tmp_path) -> None:
    hall = switched_on(office, chime, steady, Voice(how=speaking(tmp_path)))
    desk.register_visit(ctx, desk.VisitRequest(key="visit-de", service_code="vergi", lang="de"))
    counter.call_next(ctx, 4)
    settle(lambda: said(tmp_path)[-1:] == ["de: Nummer V eins, bitte zu Schalter vier."])
    assert said(tmp_path) == [
        "tr: V bir numara, dört numaralı bankoya lütfen.",
        "de: Nummer V eins, bitte zu Schalter vier.",
    ]
    hall.hide()


def test_nobody_is_talked_over(office, ctx, chime, steady, tmp_path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hall = switched_on(office, chime, steady, Voice(how=speaking(tmp_path, str(pipe))))
    give(ctx, "vergi", "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: hall._voice.speaking)
    counter.call_next(ctx, 5)
    settle(lambda: hall.calls.waiting == 1)
    pass_six_seconds(hall, steady)
    assert called(hall) == "V 001 → Banko 4"  # still being said
    pipe.write_text("go\n")
    settle(lambda: called(hall) == "V 002 → Banko 5")
    hall.hide()


def test_who_waits_is_counted_per_service_and_a_sensitive_one_has_no_name(hall, ctx) -> None:
    give(ctx, "vergi", "vergi", "sosyal")
    settle(lambda: "V Vergi 2" in waiting(hall))
    assert "Y 1" in waiting(hall)
    assert "Sosyal" not in waiting(hall)
    assert "Sosyal" not in shown_text(hall)


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1366, 768)])
def test_nothing_is_written_smaller_than_the_settings_reckon_with(hall, ctx, size) -> None:
    give(ctx, "vergi", "evrak")
    counter.call_next(ctx, 4)
    hall.resize(*size)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    with inspection.watch() as drawn:
        for _ in range(len(SENTENCES) + 1):
            hall.grab()
            hall.next_sentence()
    least = setting_rules.HALL_LETTERS * size[1]
    assert setting_rules.HALL_LETTERS == SMALLEST / 1080
    small = {one.words for one in drawn if one.font.pixelSize() < least - 1}
    named = {service.short_name for service in ctx.read(catalog.services)} | {"Bekleyen"}
    assert small <= named  # beside letters and counts, which are not


def test_a_service_with_a_long_name_stands_beside_fewer_others_in_legible_letters(qtbot) -> None:
    strip = WaitingStrip("Bekleyen")
    qtbot.addWidget(strip)
    strip.resize(1920, 180)
    names = ("Vergi", "İmar", "Talep", "Evrak", "Ruhsat ve denetim işleri", "Nikâh")
    strip.set_waiting([Waiting(name[0], name, 1) for name in names])
    seen = []
    for _ in range(6):
        assert len(strip.shown()) <= 3
        with inspection.watch() as drawn:
            strip.grab()
        assert all(one.font.pixelSize() >= NAMED for one in drawn if one.words in names)
        seen += [one.name for one in strip.shown()]
        strip.turn()
    assert set(seen) == set(names)


def test_letters_and_counts_stand_on_one_line_also_where_no_name_follows(qtbot) -> None:
    strip = WaitingStrip("Bekleyen")
    qtbot.addWidget(strip)
    strip.resize(1920, 180)
    strip.set_waiting([Waiting("V", "Vergi", 6), Waiting("Y", "", 8), Waiting("R", "İmar", 3)])
    image = strip.grab().toImage()
    petrol = QColor(LIGHT.petrol_600)
    places: dict[int, tuple[int, int]] = {}
    for x in range(0, image.width(), 4):
        rows = [y for y in range(image.height()) if image.pixelColor(x, y) == petrol]
        if rows:
            places[x // 300] = (min(rows[0], places.get(x // 300, (999, 0))[0]), max(rows[-1], 0))
    assert len({top for top, _ in places.values()}) == 1, places


def test_counters_of_the_last_calls_are_legible_at_eight_metres(hall) -> None:
    millimetres = 43 * 25.4 * 16 / (16**2 + 9**2) ** 0.5 / 1920  # of a pixel on a 43-inch screen
    assert LEGIBLE * millimetres >= 8000 / 200


def test_nothing_of_yesterday_greets_the_first_visitor_of_the_morning(hall, ctx, clock) -> None:
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    clock.advance(hours=22)
    hall.tell_time()  # its own clock, once a second; nobody has come yet
    settle(lambda: called(hall) == "Numaranız çağrıldığında burada görünür.")
    assert listed(hall) == ""


def test_sentences_take_turns(hall) -> None:
    said = []
    for _ in SENTENCES:
        said.append(sentence(hall))
        hall.next_sentence()
    assert said == list(SENTENCES)
    assert sentence(hall) == SENTENCES[0]


def test_a_call_of_another_process_appears(hall, ctx, db) -> None:
    give(ctx, "vergi")
    program = (
        "import sys; from pathlib import Path; from desk.config import Config; from desk.actions import counter;"
        "from desk.actions.start import open_office; from desk.clock import SetClock; from datetime import datetime;"
        "ctx = open_office(Config(database=sys.argv[1], data_dir=Path(sys.argv[2])), 'desk',"
        " SetClock(datetime.fromisoformat(sys.argv[3])));"
        "print(counter.call_next(ctx, 4).number)"
    )
    url = db.url.render_as_string(hide_password=False)
    arguments = [url, str(ctx.data_dir), ctx.now().isoformat()]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "V 001", done.stderr
    settle(lambda: called(hall) == "V 001 → Banko 4")


# --- over a restart


def test_a_restart_shows_what_was_called_meanwhile(office, ctx, chime, steady, clock) -> None:
    first = switched_on(office, chime, steady)
    give(ctx, "vergi", "evrak", "imar")
    counter.call_next(ctx, 4)
    settle(lambda: called(first) == "V 001 → Banko 4")
    site = ctx.actor.site_id
    settle(lambda: Bookmark(ctx.data_dir, site).load() == first.calls.shown)
    first.hide()
    counter.call_next(ctx, 3)
    clock.advance(seconds=150)
    counter.call_next(ctx, 7)
    second = switched_on(office, chime, steady)
    assert called(second) == "R 001 → Banko 7"
    assert listed(second) == "E 001 Banko 3 · V 001 Banko 4"
    assert chime.played == 2


def test_a_call_that_was_waiting_for_its_turn_is_not_lost_by_a_restart(office, ctx, chime, steady) -> None:
    first = switched_on(office, chime, steady)
    give(ctx, "vergi", "evrak")
    counter.call_next(ctx, 4)
    counter.call_next(ctx, 3)
    settle(lambda: first.calls.waiting == 1)
    settle(lambda: Bookmark(ctx.data_dir, ctx.actor.site_id).load() == first.calls.shown)
    first.hide()
    second = switched_on(office, chime, steady)
    assert called(second) == "E 001 → Banko 3"
    assert listed(second) == "V 001 Banko 4"


def test_a_first_start_shows_the_last_call_quietly(office, ctx, chime, steady) -> None:
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    hall = switched_on(office, chime, steady)
    assert called(hall) == "V 001 → Banko 4"
    assert chime.played == 0 and not hall.flasher.isActive()


def test_a_new_day_begins_with_an_empty_screen(hall, ctx, clock) -> None:
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    clock.advance(days=1)
    give(ctx, "evrak")
    settle(lambda: called(hall) == "Numaranız çağrıldığında burada görünür.")
    assert listed(hall) == ""


# --- when the database is away


def test_a_database_that_is_away_is_said_quietly_and_no_call_is_lost(hall, ctx, monkeypatch) -> None:
    def away(*_args, **_more):
        raise Fault("Veri tabanına ulaşılamıyor")

    give(ctx, "vergi")
    with monkeypatch.context() as cut:
        cut.setattr(reads, "calls_since", away)
        counter.call_next(ctx, 4)
        settle(lambda: sentence(hall).startswith("Çağrı bilgisi şu anda güncellenemiyor"))
        assert "Veri tabanı" not in shown_text(hall)
    hall.look_up()
    settle(lambda: called(hall) == "V 001 → Banko 4")
    assert sentence(hall) == SENTENCES[0]


def test_an_old_call_does_not_stand_as_a_fresh_one_while_the_database_is_away(hall, ctx, steady, monkeypatch) -> None:
    def away(*_args, **_more):
        raise Fault("Veri tabanına ulaşılamıyor")

    give(ctx, "vergi", "vergi")
    counter.call_next(ctx, 4)
    settle(lambda: called(hall) == "V 001 → Banko 4")
    with monkeypatch.context() as cut:
        cut.setattr(reads, "calls_since", away)
        hall.look_up()
        settle(lambda: sentence(hall).startswith("Çağrı bilgisi şu anda güncellenemiyor"))
        assert called(hall) == "V 001 → Banko 4"  # its six seconds are its own
        steady.at += 7
        hall.tell_time()
        assert (
            called(hall)
            == "Yeni çağrılar şu anda gösterilemiyor. Lütfen bekleyiniz; görevlilerimiz numaranızı sesli çağıracaktır."
        )
        assert listed(hall) == "V 001 Banko 4"  # who was called can still read where to
        assert hall.recent.accessibleName() == "Son bilinen çağrılar" and not hall.waiting.isVisible()
        assert pixel(hall) != QColor(LIGHT.amber_500)
        counter.call_next(ctx, 5)
    hall.look_up()
    settle(lambda: called(hall) == "V 002 → Banko 5")
    assert listed(hall) == "V 001 Banko 4"
    assert hall.recent.accessibleName() == "Son çağrılar" and hall.waiting.isVisible()
    hall.flasher.stop()
    hall.current.set_lit(True)
    assert pixel(hall) == QColor(LIGHT.amber_500)


def test_a_display_that_starts_without_a_database_begins_when_it_is_there(office, chime, steady, monkeypatch) -> None:
    def away(*_args, **_more):
        raise Fault("Veri tabanına ulaşılamıyor")

    hall = HallWindow(office, chime=chime, steady=steady)
    with monkeypatch.context() as cut:
        cut.setattr(reads, "hall_board", away)
        hall.show()
        settle(lambda: sentence(hall).startswith("Çağrı bilgisi"))
    hall.look_up()
    settle(lambda: hall.begun)
    assert sentence(hall) == SENTENCES[0]


def test_a_wake_up_that_is_lost_costs_no_call(hall, office, ctx) -> None:
    office.bridge.changed.disconnect()
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    hall.look_up()  # what the net does every few seconds
    settle(lambda: called(hall) == "V 001 → Banko 4")


# --- the window


def test_the_window_paints_before_the_database_is_there(qtbot) -> None:
    hall = HallWindow(chime=Quiet())
    qtbot.addWidget(hall)
    hall.show()
    assert called(hall) == "Numaranız çağrıldığında burada görünür."


def test_no_clock_runs_while_the_window_is_hidden(hall) -> None:
    hall.hide()
    settle()
    assert [timer for timer in hall.findChildren(QTimer) if timer.isActive()] == []


def test_a_display_that_was_hidden_catches_up(hall, ctx) -> None:
    hall.hide()
    give(ctx, "vergi")
    counter.call_next(ctx, 4)
    hall.show()
    settle(lambda: called(hall) == "V 001 → Banko 4")


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1366, 768), (1280, 1024)])
def test_every_size_is_filled_without_gaps(hall, size) -> None:
    hall.resize(*size)
    settle()
    parts = [hall.head, hall.current, hall.recent, hall.waiting, hall.sentence]
    assert sum(part.width() * part.height() for part in parts) == size[0] * size[1]


def test_the_clock_goes_on(hall, clock) -> None:
    clock.advance(minutes=3)
    hall.tell_time()
    assert hall.head.accessibleDescription().endswith("10.45")


def test_the_chime_is_a_sound_file_a_player_can_read(tmp_path) -> None:
    import wave
    from io import BytesIO

    from desk.ui.hall.chime import sound

    with wave.open(BytesIO(sound())) as file:
        assert timedelta(seconds=1) < timedelta(seconds=file.getnframes() / file.getframerate()) < timedelta(seconds=3)
        loudest = max(abs(int.from_bytes(file.readframes(1), "little", signed=True)) for _ in range(44_100))
    assert 8_000 < loudest < 32_767


def test_the_chime_is_given_to_a_player_or_the_display_beeps(qapp, tmp_path, monkeypatch) -> None:
    player, heard = tmp_path / "pw-play", tmp_path / "heard"
    os.mkfifo(heard)
    player.write_text(f'#!/bin/sh\necho "$@" > {heard}\n')
    player.chmod(0o755)
    monkeypatch.setattr(chime_of_the_hall, "PLAYERS", (str(player),))
    assert chime_of_the_hall._play(tmp_path / "chime.wav")
    assert heard.read_text().strip() == str(tmp_path / "chime.wav")
    monkeypatch.setattr(chime_of_the_hall, "PLAYERS", (str(tmp_path / "none"),))
    assert not chime_of_the_hall._play(tmp_path / "chime.wav")
    assert not chime_of_the_hall._start(str(tmp_path / "none"), [])

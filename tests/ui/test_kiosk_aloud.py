"""The kiosk for who does not see it: read aloud, reached by keys, patient."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from kiosk_case import finger, opened, reads, wait_for
from person import find, press, settle

from desk.actions import escort
from desk.i18n import translator
from desk.registry import assistance
from desk.ui.kiosk.guide import aloud
from desk.ui.kiosk.paper import Paper
from desk.ui.voice import LOUDEST, STEP, USUAL, Voice


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


@pytest.fixture
def heard(tmp_path):
    """What was said, as "language loudness: words"."""
    file = tmp_path / "heard.txt"

    def words() -> list[str]:
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    words.file = file
    return words


@pytest.fixture
def kiosk(office, heard, tmp_path: Path):
    script = tmp_path / "voice"
    script.write_text(f'#!/bin/sh\nwords=$(cat)\nprintf "%s %s: %s\\n" "$1" "$2" "$words" >> {heard.file}\n')
    script.chmod(0o755)
    return opened(office, voice=Voice(how=lambda lang, loud: (str(script), [lang, str(loud)])))


def last(heard) -> str:
    return heard()[-1] if heard() else ""


def test_without_a_voice_there_is_no_key_for_it(office):
    assert "Sesli yönlendirme" not in reads(opened(office))


def test_the_voice_is_a_key_like_the_others_and_reads_the_page(kiosk, heard):
    finger(kiosk, "Sesli yönlendirme")
    settle(lambda: "Hoş geldiniz." in last(heard))
    assert last(heard).startswith("tr 100: ")
    assert "seçenek var. Ok tuşlarıyla gezininiz" in last(heard)
    assert find(kiosk, "Sesli yönlendirme").accessibleDescription() == "Açık"


def test_the_first_key_of_a_keypad_starts_it_and_arrows_read_what_they_reach(kiosk, heard):
    press(kiosk, "Down")
    settle(lambda: "Hoş geldiniz." in last(heard))
    said = len(heard())
    press(kiosk, "Right")
    settle(lambda: len(heard()) > said)
    focused = kiosk.focusWidget()
    assert focused.accessibleName() in last(heard)
    seen = {focused.objectName()}
    for _ in range(40):  # nobody who does not see them has to know of columns: one key reaches everything
        press(kiosk, "Down")
        seen.add(kiosk.focusWidget().objectName())
    assert {"service:danisma", "service:vergi", "priority", "help", "contrast"} <= seen
    find(kiosk, "Karşıtlık").setFocus()
    press(kiosk, "Return")
    settle(lambda: last(heard) == "tr 100: Karşıtlık. Yüksek.")  # and not the whole page again


def test_a_number_can_be_taken_with_keys_and_ears_alone(kiosk, heard):
    press(kiosk, "Down")
    for _ in range(30):
        if kiosk.focusWidget().accessibleName() == "Emlak ve çevre temizlik vergisi":
            break
        press(kiosk, "Tab")
    else:
        pytest.fail("the arrows do not reach the service")
    press(kiosk, "Return")
    wait_for(kiosk, "Sıra numaranız hazır")
    settle(lambda: "V bir" in "\n".join(heard()))
    told = next(line for line in heard() if "V bir" in line)
    assert "Emlak ve çevre temizlik vergisi" in told and "Banko 4, 5" in told
    kiosk._page.set_paper(Paper.TROUBLE)
    settle(lambda: "numaranızı not alınız" in last(heard))


def test_the_code_of_an_appointment_is_said_again_through_headphones_only(kiosk, heard):
    finger(kiosk, "Sesli yönlendirme")
    kiosk._asked("appointment")
    settle(lambda: "Randevu kodunuzu giriniz" in last(heard))
    find(kiosk, "Geri").setFocus()
    press(kiosk, "4")
    settle(lambda: last(heard) == "tr 100: Yazılan rakam: 1")
    finger(kiosk, "Kulaklık taktım")
    find(kiosk, "Geri").setFocus()
    press(kiosk, "7")
    settle(lambda: last(heard) == "tr 100: 7")


def to(kiosk, name: str) -> None:
    """Walk with the arrows to what has this name of its own (not the words on it), and press Enter."""
    for _ in range(40):
        if kiosk.focusWidget().objectName() == name:
            press(kiosk, "Return")
            settle()
            return
        press(kiosk, "Tab")
    pytest.fail(f"the keypad does not reach {name}")


def test_the_whole_way_in_another_language_with_keys_and_ears_alone(kiosk, heard):
    press(kiosk, "Down")
    settle(lambda: "Hoş geldiniz." in last(heard))
    to(kiosk, "lang:de")
    settle(lambda: last(heard).startswith("de ") and "Willkommen." in last(heard))
    to(kiosk, "priority")
    settle(lambda: "Vorrangnummer." in last(heard) and "65" in last(heard))
    to(kiosk, "service:vergi")
    settle(lambda: kiosk.step == "done" and "V eins" in "\n".join(heard()))
    told = next(line for line in heard() if "V eins" in line)
    assert told.startswith("de ") and "Grundsteuer" in told
    to(kiosk, "finish")
    assert (kiosk.step, kiosk.visitor.aloud, kiosk.visitor.lang) == ("home", False, "tr")


def test_help_and_the_survey_are_said_and_esc_leaves_them(kiosk, heard):
    press(kiosk, "Down")
    settle(lambda: "Hoş geldiniz." in last(heard))
    to(kiosk, "survey")
    settle(lambda: kiosk.step == "survey" and "hizmetimizi nasıl buldunuz?" in last(heard))
    press(kiosk, "Esc")
    settle(lambda: kiosk.step == "home" and "Hoş geldiniz." in last(heard))
    to(kiosk, "help")
    settle(lambda: "Görevli geliyor." in last(heard) and "görevlimiz yanınıza gelecektir" in last(heard))


def test_what_was_said_can_be_repeated_and_made_louder_and_the_next_person_starts_as_usual(kiosk, heard):
    finger(kiosk, "Sesli yönlendirme")
    settle(lambda: len(heard()) == 1)
    press(kiosk, "F1")
    settle(lambda: len(heard()) == 2)
    assert heard()[0] == heard()[1]
    press(kiosk, "+")
    settle(lambda: len(heard()) == 3)
    assert last(heard).startswith(f"tr {USUAL + STEP}: ")
    for _ in range(20):
        press(kiosk, "+")
    assert kiosk.guide._voice.loudness == LOUDEST
    kiosk.start()
    settle()
    assert kiosk.guide._voice.loudness == USUAL
    assert find(kiosk, "Sesli yönlendirme").accessibleDescription() == "Kapalı"


def test_a_page_is_read_in_the_language_that_was_chosen(kiosk, heard):
    finger(kiosk, "Deutsch")
    finger(kiosk, "Vorlesen")
    settle(lambda: last(heard).startswith("de "))
    assert "Willkommen" in last(heard)


def test_time_does_not_run_while_something_is_read(office, tmp_path):
    import os

    pipe, script = tmp_path / "pipe", tmp_path / "voice"
    os.mkfifo(pipe)
    script.write_text(f"#!/bin/sh\nread go < {pipe}\n")
    script.chmod(0o755)
    kiosk = opened(office, voice=Voice(how=lambda lang, loud: (str(script), [])))
    finger(kiosk, "Sesli yönlendirme")
    assert kiosk.guide.speaking
    kiosk.idle()
    assert kiosk.step == "home" and kiosk.visitor.aloud  # still the same person
    kiosk.start()
    assert not kiosk.guide.speaking


# --- patience


def test_who_has_begun_something_is_asked_before_the_screen_goes_back(office):
    kiosk = opened(office)
    finger(kiosk, "Öncelikli sıra")
    kiosk.idle()
    settle()
    assert "Devam etmek istiyor musunuz?" in reads(kiosk)
    finger(kiosk, "Devam et")
    assert kiosk.step == "priority"
    kiosk.idle()
    settle()
    finger(kiosk, "Bitir")
    assert kiosk.step == "home"


def test_an_untouched_screen_asks_nobody(office):
    kiosk = opened(office)
    kiosk.idle()
    assert kiosk.step == "home"


def test_two_presses_of_two_people_at_one_kiosk_are_one_errand(office, ctx):
    ticks = count(step=10)
    kiosk = opened(office, steady=lambda: next(ticks))
    for _ in range(2):
        finger(kiosk, "Yardım istiyorum")
        wait_for(kiosk, "Görevli geliyor")
        kiosk.start()
        settle()
    assert len(ctx.read(assistance.board).jobs) == 1
    escort.cancel(ctx, ctx.read(assistance.board).jobs[0].id)
    finger(kiosk, "Yardım istiyorum")
    wait_for(kiosk, "Görevli geliyor")
    assert len(ctx.read(assistance.board).jobs) == 1


# --- words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("V 017 · Vergi · Zemin kat", "V on yedi, Vergi, Zemin kat"),
        ("Bekleme 12–18 dk", "Bekleme 12 ile 18 dakika arası"),
        ("65 yaş ve üzeri / engelli", "65 yaş ve üzeri, engelli"),
    ],
)
def test_what_is_written_short_is_said_in_full(written, said):
    assert aloud(written, "tr", translator()) == said

""" "Başvurum nerede?", the privacy notice, announcements and the simple screen, as visitors meet them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from kiosk_case import finger, opened, part, reads, touch_only, wait_for
from person import find, press, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.actions import records, settings
from desk.actions.records import PetitionRequest
from desk.i18n import translator
from desk.models.application import Application
from desk.models.privacy import NoticeShown
from desk.models.ticket import Ticket
from desk.registry import assistance
from desk.registry.application_types import CitizenStatus
from desk.registry.setting_fields import Change
from desk.registry.types import ApplicationState, Missing, PersonInput
from desk.ui.kiosk import status
from desk.ui.voice import Voice
from desk.ui.widgets.control import Control


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


@pytest.fixture
def petition(context_of):
    """A petition of Ayşe Yıldırım, who holds its receipt."""
    desk = context_of("desk")
    sender = PersonInput(name="Ayşe Yıldırım", address="Çam Sk. 3")
    request = PetitionRequest(key="k1", sender=sender, subject="Kaldırımın onarılması", signature_present=True)
    records.register_petition(desk, request)
    with desk.db.read() as session:
        return session.query(Application).one()


def scan(kiosk, code: str) -> None:
    """A scanner types the code in a breath."""
    target = kiosk.focusWidget() or kiosk
    QTest.keyClicks(target, code)
    QTest.keyClick(target, Qt.Key.Key_Return)
    settle()


def assert_where_it_stands(kiosk, petition) -> None:
    wait_for(kiosk, petition.record_number)
    told = reads(kiosk)
    assert "Son cevap tarihi" in told and "Birim" in told
    assert "Ayşe" not in told and "Yıldırım" not in told and "Kaldırım" not in told


@pytest.mark.parametrize("step", ["home", "services", "status"])
def test_the_receipt_before_the_scanner_is_enough_wherever_one_is(office, petition, step: str) -> None:
    kiosk = opened(office)
    if step != "home":
        kiosk._asked(step)
    scan(kiosk, petition.scan_code)
    assert_where_it_stands(kiosk, petition)
    finger(kiosk, "Tamam, bitir")
    assert kiosk.step == "home"


def test_tracking_code_and_record_number_are_touched_on_the_pads(office, petition) -> None:
    kiosk = opened(office, steady=count().__next__)  # the first sign may lie where the key before it lay
    finger(kiosk, "Başvurum nerede?")
    for sign in petition.tracking_code.replace("-", ""):
        touch_only(part(kiosk, f"sign:{sign}"))  # by its name the field would be found that shows one sign
        settle()
    finger(kiosk, "Devam et")
    for digit in petition.record_number.replace("/", ""):
        finger(kiosk, digit)
    assert "2026/" in kiosk._page.field.text()
    finger(kiosk, "Tamam")
    assert_where_it_stands(kiosk, petition)


def test_a_last_day_off_and_what_is_missing_say_what_to_do() -> None:
    last, before = date(2026, 12, 20), date(2026, 12, 18)
    missing = (Missing.SIGNATURE, Missing.ADDRESS)
    referred = ApplicationState.REFERRED
    found = CitizenStatus("2026/004218", referred, "Park", before, last, False, False, missing, before)
    told = dict(status.rows(found, "tr", translator("tr")))
    assert told["Son cevap tarihi"] == "20 Aralık 2026 Pazar (tatil; önceki iş günü 18 Aralık 2026 Cuma)"
    assert told["Eksik"] == "İmza, adres. Tamamlamak için lütfen Evrak Kayıt’a başvurunuz."
    assert "التوقيع، العنوان" in " ".join(value for _, value in status.rows(found, "ar", translator("ar")))
    workday = replace(found, working_day_before=None, due_on=before)
    assert dict(status.rows(workday, "tr", translator("tr")))["Son cevap tarihi"] == "18 Aralık 2026 Cuma"


def test_it_is_typed_on_a_keyboard_too(office, petition) -> None:
    kiosk = opened(office)
    finger(kiosk, "Başvurum nerede?")
    for words in (petition.tracking_code.lower(), petition.record_number):
        field = kiosk._page.field.edit
        field.setText(words)
        QTest.qWait(0)
        press(kiosk, "Return")
        settle()
    assert_where_it_stands(kiosk, petition)


def test_a_wrong_pair_says_nothing_of_which_was_wrong_and_gives_up_after_some_tries(office, petition) -> None:
    kiosk = opened(office)
    kiosk.status.begin()
    kiosk.status._code_given(petition.tracking_code.replace("-", ""))
    for _ in range(4):
        kiosk._page.given.emit("2026/999999")
        settle()
        assert kiosk.step == "status-number"
    assert "Bu kodlarla başvuru bulunamadı. Lütfen belgenizdeki numaraları denetleyiniz." in reads(kiosk)
    kiosk._page.given.emit("2026/999999")
    wait_for(kiosk, "Lütfen belgenizle danışmaya başvurunuz.")


def test_an_identity_card_before_the_scanner_is_refused_and_a_strange_code_explained(office) -> None:
    kiosk = opened(office)
    kiosk.status.scanned(
        "I<TURA00A000000<12345678950<<<\n8507044F3101012TUR<<<<<<<<<<<2\nORNEK<<AYSE<GUL<<<<<<<<<<<<<<<"
    )
    wait_for(kiosk, "Kimlik belgesi gerekmez")
    assert "ORNEK" not in reads(kiosk) and "12345678950" not in reads(kiosk)
    scan(kiosk, "8690000000001X")
    wait_for(kiosk, "Bu kod tanınmadı")


def test_a_slip_of_a_number_says_where_it_stands(office) -> None:
    kiosk = opened(office)
    kiosk.choose("vergi")
    settle(lambda: kiosk.step == "done")
    with office.ctx.db.read() as session:
        slip = session.query(Ticket.scan_code).scalar()
    kiosk.start()
    scan(kiosk, slip)
    wait_for(kiosk, "V 001")
    assert "Sıranız bekliyor" in reads(kiosk)


# --- privately


@pytest.fixture
def heard(tmp_path: Path):
    file = tmp_path / "heard.txt"
    script = tmp_path / "voice"
    script.write_text(f'#!/bin/sh\nwords=$(cat)\nprintf "%s: %s\\n" "$1" "$words" >> {file}\n')
    script.chmod(0o755)

    def words() -> str:
        return file.read_text(encoding="utf-8") if file.exists() else ""

    words.voice = Voice(how=lambda lang, loud: (str(script), [lang]))
    return words


def test_the_loudspeaker_says_nothing_of_a_record_until_headphones_are_in(office, petition, heard) -> None:
    kiosk = opened(office, voice=heard.voice)
    finger(kiosk, "Sesli yönlendirme")
    scan(kiosk, petition.scan_code)
    settle(lambda: "Kulaklığınızı takınız" in heard())
    assert petition.record_number not in heard() and "Kaydedildi" not in heard()
    finger(kiosk, "Kulaklık taktım")
    settle(lambda: petition.record_number in heard())
    finger(kiosk, "Tamam, bitir")
    assert not kiosk.visitor.headphones


def test_keys_of_a_code_are_silent_in_the_room(office, heard) -> None:
    kiosk = opened(office, voice=heard.voice)
    finger(kiosk, "Sesli yönlendirme")
    finger(kiosk, "Başvurum nerede?")
    settle(lambda: "size özeldir" in heard())
    before = heard()
    find(kiosk, "7").setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert heard() == before
    find(kiosk, "Geri").setFocus(Qt.FocusReason.TabFocusReason)
    settle(lambda: "Geri." in heard())


def test_what_is_written_is_told_sign_by_sign_through_headphones_and_a_refusal_to_everybody(
    office, ctx, petition, heard
) -> None:
    settings.save(ctx, [Change("site:kiosk", "kiosk.headphones", "ask", "always")])
    kiosk = opened(office, voice=heard.voice)
    finger(kiosk, "Sesli yönlendirme")
    finger(kiosk, "Başvurum nerede?")
    settle(lambda: "seçenek var" in heard().splitlines()[-1] and "takip kodunu" in heard())
    keyed(kiosk, "K")
    settle(lambda: heard().splitlines()[-1] == "tr: K")
    press(kiosk, "7")  # a keypad with digits of its own
    settle(lambda: heard().splitlines()[-1] == "tr: 7")
    find(kiosk, "Devam et").setFocus(Qt.FocusReason.TabFocusReason)
    settle(lambda: heard().splitlines()[-1] == "tr: Devam et. K 7.")
    keyed(kiosk, "Sil")
    settle(lambda: "tr: Silindi." in heard().splitlines())
    keyed(kiosk, "Devam et")
    settle(lambda: "Takip kodu 8 işarettir" in heard().splitlines()[-1])


def keyed(kiosk, name: str) -> None:
    """Reached by the arrows and pressed with Enter."""
    find(kiosk, name).setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    press(kiosk, "Return")


def test_a_kiosk_that_speaks_into_headphones_only_asks_nothing(office, ctx, petition, heard) -> None:
    settings.save(ctx, [Change("site:kiosk", "kiosk.headphones", "ask", "always")])
    kiosk = opened(office, voice=heard.voice)
    finger(kiosk, "Sesli yönlendirme")
    scan(kiosk, petition.scan_code)
    settle(lambda: petition.record_number in heard())


# --- the privacy notice


def shown(ctx) -> list[tuple[str, str, str]]:
    with ctx.db.read() as session:
        return [(row.how, row.version, row.lang) for row in session.query(NoticeShown).order_by(NoticeShown.at)]


def test_the_notice_is_read_with_its_version_and_that_is_noted_without_a_name(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Deutsch")
    finger(kiosk, "Datenschutz")
    wait_for(kiosk, "Verantwortlich für die Daten: Çınarova Belediye Başkanlığı.")
    settle(lambda: shown(ctx) == [("opened", "2026-1", "de")])
    finger(kiosk, "Zurück")
    assert kiosk.step == "home"


def test_every_number_notes_the_notice_that_was_offered_beside_it(office, ctx) -> None:
    kiosk = opened(office)
    for service in ("vergi", "danisma"):
        kiosk.choose(service)
        settle(lambda: kiosk.step == "done")
        kiosk.start()
    settle(lambda: shown(ctx) == [("offered", "2026-1", "tr")] * 2)


def test_words_that_are_changed_in_ayarlar_stand_there_with_their_new_version(office, ctx) -> None:
    kiosk = opened(office)
    settings.save(ctx, [Change("site:metinler", "notice.tr", None, ("Burada kamera kaydı yapılır.",))])
    settle(lambda: kiosk.offer.notice.version == "2026-2")
    finger(kiosk, "Aydınlatma metni")
    wait_for(kiosk, "Burada kamera kaydı yapılır.")


# --- everything is reachable


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080), (1366, 768)])
@pytest.mark.parametrize("step", range(3))
@pytest.mark.parametrize("lowered", [False, True])
def test_every_errand_is_reachable_in_every_size_of_letters(office, size, step: int, lowered: bool) -> None:
    kiosk = opened(office, size)
    kiosk._adjusted(replace(kiosk.visitor, text_step=step, lowered=lowered))
    at_home = {key.objectName() for key in kiosk.findChildren(Control) if key.isVisible()}
    behind: set[str] = set()
    if "errands" in at_home:
        kiosk._asked("more")
        behind = {key.objectName() for key in kiosk.findChildren(Control) if key.isVisible()}
    assert "status" in at_home
    assert {"status", "survey", "privacy", "simple"} <= at_home | behind


def test_the_simple_screen_has_four_keys_with_help_first_and_ends_with_the_person(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "Sade ekran")
    shown_keys = kiosk.touch.keys
    names = [key.accessibleName() for key in shown_keys()]
    assert names[:4] == ["Yardım istiyorum", "Sıra numarası", "Öncelikli sıra", "Bütün seçenekler"]
    assert names[4:] == ["Karşıtlık", "Yazı boyutu"]  # the bar of every page, last in reading order
    finger(kiosk, "Sıra numarası")
    finger(kiosk, "Geri")
    assert kiosk.visitor.simple and len(kiosk.touch.keys()) == 4 + 2
    kiosk.idle()
    settle()
    finger(kiosk, "Bitir")
    assert not kiosk.visitor.simple and kiosk.step == "home"


def test_help_keeps_the_language_and_only_who_asked_takes_it_back(office, ctx) -> None:
    kiosk = opened(office)
    finger(kiosk, "العربية")
    finger(kiosk, kiosk.tr_("Yardım istiyorum"))
    settle(lambda: kiosk.step == "help")
    assert [job.lang for job in ctx.read(assistance.board).jobs] == ["ar"]
    kiosk.start()
    finger(kiosk, "Yardım istiyorum")
    wait_for(kiosk, "Görevli geliyor")
    assert "Yardıma gerek kalmadı" not in reads(kiosk)
    assert len(ctx.read(assistance.board).jobs) == 1


def test_two_presses_at_one_moment_make_one_errand(ctx) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from desk.actions import escort
    from desk.registry.types import AssistanceKind

    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(lambda _: escort.call_here(ctx, AssistanceKind.UNIT, "Kiosk", "ru"), range(4)))
    assert len({one.job for one in came}) == 1 and [one.new for one in came].count(True) == 1


# --- light


def test_a_kiosk_out_of_doors_is_dark_at_night_until_somebody_touches_it(office, ctx, clock) -> None:
    settings.save(
        ctx,
        [
            Change("site:kiosk", "kiosk.dim_from", None, 20 * 60),
            Change("site:kiosk", "kiosk.dim_to", None, 7 * 60),
        ],
    )
    kiosk = opened(office)
    kiosk.tick()
    assert not kiosk._night.isVisible()
    clock.advance(hours=12)
    kiosk.tick()
    assert kiosk._night.isVisible()
    press(kiosk, "Down")
    assert not kiosk._night.isVisible()
    kiosk.tick()
    assert not kiosk._night.isVisible()
    kiosk.start()
    kiosk.tick()
    assert kiosk._night.isVisible()

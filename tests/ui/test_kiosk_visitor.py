"""Language, contrast, size and reach of one visitor; and that the next one finds nothing of it."""

from __future__ import annotations

import pytest
from kiosk_case import finger, opened, part, reads, touch_only
from person import find, press, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from desk.models.ticket import Ticket
from desk.ui.kiosk.keys import ServiceTile
from desk.ui.theme import HIGH_CONTRAST, LIGHT
from desk.ui.widgets.control import Control
from desk.ui.widgets.focus_ring import ring_of

SIZES = [(1080, 1920), (768, 1366), (1920, 1080), (1366, 768), (1280, 1024)]


@pytest.fixture
def ctx(context_of):
    return context_of("kiosk")


def test_the_site_speaks_under_its_own_name(office) -> None:
    kiosk = opened(office)
    assert "İrtibat Küresi" in reads(kiosk)
    assert "Çınarova Belediyesi · Halkla İlişkiler Müdürlüğü" in reads(kiosk)


@pytest.mark.parametrize(
    ("language", "greeting", "service"),
    [
        ("English", "Welcome", "Property tax and waste charge"),
        ("العربية", "أهلًا وسهلًا", "ضريبة العقار ونظافة البيئة"),
        ("Русский", "Добро пожаловать", "Налог на недвижимость и сбор за мусор"),
        ("Deutsch", "Willkommen", "Grundsteuer und Müllgebühr"),
    ],
)
def test_a_language_reaches_every_word_and_the_ticket(office, ctx, language, greeting, service) -> None:
    kiosk = opened(office)
    finger(kiosk, language)
    assert greeting in reads(kiosk)
    assert "Hoş geldiniz" not in reads(kiosk)
    finger(kiosk, service)
    with ctx.db.read() as session:
        assert session.query(Ticket).one().lang == {"English": "en", "العربية": "ar", "Русский": "ru"}.get(
            language, "de"
        )
    assert "Sıra" not in reads(kiosk)


def test_arabic_mirrors_the_page(office) -> None:
    kiosk = opened(office)
    before = find(kiosk, "Türkçe").mapTo(kiosk, QPoint(0, 0)).x()
    finger(kiosk, "العربية")
    assert kiosk.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert find(kiosk, "Türkçe").mapTo(kiosk, QPoint(0, 0)).x() > before


def test_contrast_turns_the_whole_window(office) -> None:
    kiosk = opened(office)
    assert kiosk.grab().toImage().pixelColor(3, kiosk.height() - 3).name() == LIGHT.paper.lower()
    finger(kiosk, "Karşıtlık")
    assert kiosk.grab().toImage().pixelColor(3, kiosk.height() - 3).name() == HIGH_CONTRAST.paper.lower()
    assert find(kiosk, "Karşıtlık").accessibleDescription() == "Yüksek"


def test_letters_grow_in_two_steps_and_come_back(office) -> None:
    kiosk = opened(office)
    said = []
    for _ in range(3):
        finger(kiosk, "Yazı boyutu")
        said.append(find(kiosk, "Yazı boyutu").accessibleDescription())
    assert said == ["Büyük", "En büyük", "Normal"]


@pytest.mark.parametrize("size", [(540, 960), (960, 540)])
def test_lowering_the_screen_brings_every_service_down(office, size) -> None:
    kiosk = opened(office, size)
    before = find(kiosk, "Danışma ve bilgi").mapTo(kiosk, QPoint(0, 0)).y()
    finger(kiosk, "Ekranı alçalt")
    settle()
    after = find(kiosk, "Danışma ve bilgi").mapTo(kiosk, QPoint(0, 0)).y()
    assert after > before + kiosk.height() * 0.1
    assert part(kiosk, "lang:en").mapTo(kiosk, QPoint(0, 0)).y() >= min(after, kiosk.height() * 0.4)


def test_the_next_person_finds_the_kiosk_as_usual(office) -> None:
    kiosk = opened(office)
    for name in ("Karşıtlık", "Yazı boyutu", "Ekranı alçalt", "English"):
        finger(kiosk, name)
    kiosk.idle()
    settle()
    assert "Would you like to continue?" in reads(kiosk)
    for _ in range(15):
        kiosk.tick()
    settle()
    assert "Hoş geldiniz" in reads(kiosk)
    assert find(kiosk, "Karşıtlık").accessibleDescription() == "Normal"
    assert find(kiosk, "Yazı boyutu").accessibleDescription() == "Normal"
    assert find(kiosk, "Ekranı alçalt").accessibleDescription() == "Kapalı"


def test_finishing_forgets_the_language_too(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "English")
    finger(kiosk, "Information desk")
    finger(kiosk, "OK, finish")
    assert "Hoş geldiniz" in reads(kiosk)


# --- nothing is cut off


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("choice", [(), ("Yazı boyutu",), ("Yazı boyutu", "Yazı boyutu"), ("Ekranı alçalt",)])
def test_everything_lies_within_the_screen_and_nothing_overlaps(office, size, choice) -> None:
    kiosk = opened(office, size)
    for name in choice:
        finger(kiosk, name)
    for step in (None, "Öncelikli sıra", "Danışma ve bilgi"):
        if step:
            finger(kiosk, step)
        _assert_whole(kiosk)


def _assert_whole(kiosk) -> None:
    controls = [one for one in kiosk.findChildren(Control) if one.isVisible()]
    places = []
    for one in controls:
        place = one.rect().translated(one.mapTo(kiosk, QPoint(0, 0)))
        assert kiosk.rect().contains(place), f"{one.accessibleName()} leaves the screen: {place}"
        assert one.height() >= one.minimumSizeHint().height() - 1, f"{one.accessibleName()} is squeezed"
        places.append((one.accessibleName(), place))
    for i, (name, place) in enumerate(places):
        for other, there in places[i + 1 :]:
            assert not place.intersects(there), f"{name} and {other} overlap"


def test_a_resized_screen_is_laid_out_anew(office) -> None:
    kiosk = opened(office, (540, 960))
    upright = {tile.geometry().left() for tile in kiosk.findChildren(ServiceTile) if tile.isVisible()}
    kiosk.resize(960, 540)
    settle(lambda: len({t.geometry().left() for t in kiosk.findChildren(ServiceTile) if t.isVisible()}) == 3)
    assert len(upright) == 2


# --- by keys


def test_arrows_reach_every_key_of_the_start_page(office) -> None:
    kiosk = opened(office)
    reached, frontier = set(), [kiosk.focusWidget()]
    names = {one.objectName() for one in kiosk.findChildren(Control) if one.isVisible()}
    while frontier:
        at = frontier.pop()
        for key in ("Left", "Right", "Up", "Down"):
            at.setFocus(Qt.FocusReason.TabFocusReason)
            press(kiosk, key)
            there = kiosk.focusWidget()
            if there.objectName() not in reached:
                reached.add(there.objectName())
                frontier.append(there)
    assert names <= reached


def test_the_focus_is_seen_as_soon_as_keys_are_used(office) -> None:
    kiosk = opened(office, (1080, 1920))
    assert not ring_of(kiosk).isVisible()
    press(kiosk, "Down")
    assert ring_of(kiosk).isVisible()
    target = kiosk.focusWidget()
    assert ring_of(kiosk).width() == target.width() + 2 * (6 + 4)


def test_a_number_is_taken_with_arrows_and_enter(office) -> None:
    kiosk = opened(office)
    press(kiosk, "Down")
    assert kiosk.focusWidget().objectName() == "service:danisma"
    press(kiosk, "Return")
    settle(lambda: kiosk.step == "done")
    assert "A 001" in part(kiosk, "number").accessibleDescription()
    press(kiosk, "Escape")
    assert kiosk.step == "home"


def test_escape_leaves_the_list_of_services_and_keeps_the_language(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "English")
    finger(kiosk, "Other services")
    press(kiosk, "Escape")
    assert kiosk.step == "home"
    assert "Welcome" in reads(kiosk)


def test_the_key_that_was_pressed_keeps_the_focus_when_the_page_changes(office) -> None:
    kiosk = opened(office)
    find(kiosk, "Karşıtlık").setFocus(Qt.FocusReason.TabFocusReason)
    press(kiosk, "Return")
    settle()
    assert kiosk.focusWidget().objectName() == "contrast"
    assert ring_of(kiosk).isVisible()


def test_every_key_has_a_name(office) -> None:
    kiosk = opened(office)
    for step in (None, "Öncelikli sıra", "Danışma ve bilgi", "Yardım istiyorum"):
        if step:
            finger(kiosk, step)
        for key in kiosk.findChildren(Control):
            assert key.accessibleName(), key


def test_a_touch_anywhere_counts_as_somebody_being_here(office, qtbot) -> None:
    kiosk = opened(office)
    ground = next(w for w in kiosk.findChildren(QWidget) if w.isVisible() and not isinstance(w, Control))
    with qtbot.waitSignal(kiosk.touch.touched):
        touch_only(ground)


def test_a_key_counts_as_somebody_being_here(office, qtbot) -> None:
    kiosk = opened(office)
    with qtbot.waitSignal(kiosk.touch.touched):
        press(kiosk, "Down")


# --- the bar for seeing and hearing


VISITED = ("services", "priority", "appointment", "survey", "status", "more", "privacy", "news", "simple", "help")


def names_of(kiosk) -> list[str]:
    """The keys of the page in reading order."""
    shown = kiosk.touch.keys
    return [key.objectName() for key in shown()]


@pytest.mark.parametrize("size", [(540, 960), (960, 540)])
def test_contrast_and_letters_are_on_every_page_a_visitor_meets(office, size) -> None:
    kiosk = opened(office, size)
    for step in (
        "services",
        "priority",
        "appointment",
        "survey",
        "status",
        "more",
        "privacy",
        "news",
        "simple",
        "help",
    ):
        kiosk.start()
        kiosk._asked(step)
        settle(lambda: not kiosk._busy)
        names = names_of(kiosk)
        assert names[-2:] == ["contrast", "size"], step  # last in reading order
        assert names.count("contrast") == 1
    kiosk.start()
    finger(kiosk, "Danışma ve bilgi")
    settle(lambda: kiosk.step == "done")
    finger(kiosk, "Karşıtlık")
    assert kiosk.step == "done" and kiosk.visitor.contrast and "A 001" in reads(kiosk)
    assert kiosk._page.countdown.paused  # the touch stopped it, and the new page keeps that
    kiosk.ask_staff()
    assert "contrast" not in names_of(kiosk)


def test_a_code_that_is_being_typed_stays_in_larger_letters(office) -> None:
    kiosk = opened(office)
    finger(kiosk, "Başvurum nerede?")
    for sign in "23AB":
        finger(kiosk, sign)
    finger(kiosk, "Yazı boyutu")
    assert kiosk.visitor.text_step == 1 and kiosk._page.field.text() == "23AB"
    finger(kiosk, "Devam et")
    said = kiosk._page.wrong_words
    finger(kiosk, "Karşıtlık")
    assert "8 işarettir" in said and said in reads(kiosk)

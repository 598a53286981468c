"""Nobody touches the window: details are covered, then it is locked; a person and a PIN open it, nothing is lost."""

from __future__ import annotations

from typing import Any

import pytest
from person import find, press, settle, shown_text, type_text
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desk.actions import settings
from desk.actions.context import Context
from desk.errors import Fault
from desk.registry.setting_fields import Change
from desk.ui.staff.lock import AskPin, Lock
from desk.ui.staff.picker import Picker
from desk.ui.staff.shell import StaffWindow
from desk.ui.staff.veil import Veil
from desk.ui.widgets import Text, TextArea


class Seconds:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def window(office: Any, seconds: Seconds) -> Any:
    shown = StaffWindow(office, clock=seconds)
    shown.resize(1440, 900)
    shown.show_page("danisma")
    shown.show()
    settle(lambda: shown.idle.settings is not None and shown.seats._people is not None)
    shown.idle.tick()
    yield shown
    shown.close_now()


def gone(window: Any, seconds: Seconds, more: float) -> None:
    """So many seconds pass, and nobody touches anything."""
    seconds.now += more
    window.idle.tick()


def the(window: Any, cls: type) -> Any:
    settle(lambda: any(one.isVisible() for one in window.findChildren(cls)))
    return next(one for one in window.findChildren(cls) if one.isVisible())


def read_out(edit: QWidget) -> str:
    """What a screen reader finds in a field."""
    return str(QAccessible.queryAccessibleInterface(edit).text(QAccessible.Text.Value))


def veils(window: Any) -> list[Veil]:
    return [one for one in window.findChildren(Veil) if one.isVisible()]


def give_pin(ctx: Context, name: str, pin: str) -> None:
    one = next(row for row in settings.sheet(ctx, "gorevliler").records if row.title == name)
    settings.save(ctx, [Change(one.key, "pin", "", pin)])


def test_details_are_covered_after_half_a_minute_and_the_next_key_is_not_lost(window: Any, seconds: Seconds) -> None:
    press(window, "Alt+K")
    type_text(find(window, "Ad soyad"), "Ayşe Yıl")
    gone(window, seconds, 29)
    assert not veils(window)
    gone(window, seconds, 2)
    assert [veil.accessibleName() for veil in veils(window)] == ["Ayrıntılar gizlendi"]
    assert set(read_out(find(window, "Ad soyad"))) == {"●"}  # nor does a screen reader find it
    type_text(find(window, "Ad soyad"), "dırım")
    assert not veils(window) and find(window, "Ad soyad").text() == "Ayşe Yıldırım"
    assert read_out(find(window, "Ad soyad")) == "Ayşe Yıldırım"


def test_the_caret_stands_while_nobody_is_there(window: Any, seconds: Seconds) -> None:
    pace = QApplication.cursorFlashTime()
    gone(window, seconds, 9)
    assert QApplication.cursorFlashTime() == pace > 0
    gone(window, seconds, 2)
    assert QApplication.cursorFlashTime() == 0
    type_text(find(window, "Birim veya konu"), "a")
    assert QApplication.cursorFlashTime() == pace


def test_words_on_several_lines_are_withheld_and_given_back(qtbot: Any) -> None:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    area, said = TextArea("Dilekçe metni"), Text("Ayşe Yıldırım")
    column.addWidget(area)
    column.addWidget(said)
    qtbot.addWidget(sheet)
    type_text(area.edit, "kapı önü")
    veil = Veil(sheet)
    assert read_out(area.edit) == "" and area.text() == "kapı önü"
    assert QAccessible.queryAccessibleInterface(said).text(QAccessible.Text.Name) == "Ayrıntılar gizlendi"
    veil.lift()
    assert QAccessible.queryAccessibleInterface(said).text(QAccessible.Text.Name) == "Ayşe Yıldırım"
    area.edit.undo()
    assert read_out(area.edit) != "kapı önü"  # what was typed before can still be taken back


def test_nothing_is_covered_where_nothing_personal_stands(window: Any, seconds: Seconds) -> None:
    gone(window, seconds, 40)
    assert not veils(window)


def test_after_two_minutes_the_window_is_locked_and_what_was_typed_stays(window: Any, seconds: Seconds) -> None:
    type_text(find(window, "Birim veya konu"), "emlak")
    gone(window, seconds, 121)
    lock = the(window, Lock)
    assert lock.geometry() == window.rect()
    press(window, "Escape")
    press(window, "F9")
    press(window, "F2")
    assert lock.isVisible() and window.current_page().title == "Danışma"
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert find(window, "Birim veya konu").text() == "emlak" and find(window, "Birim veya konu").hasFocus()


def test_a_question_that_was_open_is_open_again(window: Any, seconds: Seconds) -> None:
    press(window, "F12")
    asked = the(window, Picker)
    gone(window, seconds, 121)
    the(window, Lock)
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert asked.isVisible()


def test_somebody_else_sits_down_at_the_locked_window(window: Any, seconds: Seconds, office: Any, ctx: Context) -> None:
    gone(window, seconds, 121)
    lock = the(window, Lock)
    type_text(lock.search.edit, "vardiya")
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert office.ctx.actor.staff_id != ctx.actor.staff_id


def test_a_pin_is_asked_and_a_wrong_one_opens_nothing(window: Any, seconds: Seconds, ctx: Context, office: Any) -> None:
    give_pin(ctx, "Vardiya Sorumlusu", "4826")
    settle(lambda: len(window.seats._people.hashes) == 1)
    gone(window, seconds, 121)
    lock = the(window, Lock)
    type_text(lock.search.edit, "vardiya")
    press(window, "Return")
    ask = the(window, AskPin)
    type_text(ask.pin.edit, "1111")
    press(window, "Return")
    settle(lambda: "PIN yanlış" in shown_text(ask))
    assert window.idle.locked
    type_text(ask.pin.edit, "4826")
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert office.ctx.actor.staff_id != ctx.actor.staff_id


def test_esc_at_the_pin_leaves_the_window_locked(window: Any, seconds: Seconds, ctx: Context) -> None:
    give_pin(ctx, "Vardiya Sorumlusu", "4826")
    settle(lambda: len(window.seats._people.hashes) == 1)
    gone(window, seconds, 121)
    type_text(the(window, Lock).search.edit, "vardiya")
    press(window, "Return")
    the(window, AskPin)
    press(window, "Escape")
    settle()
    assert window.idle.locked and the(window, Lock)


def test_the_lock_opens_without_a_database(window: Any, seconds: Seconds, ctx: Context, monkeypatch: Any) -> None:
    give_pin(ctx, "Vardiya Sorumlusu", "4826")
    settle(lambda: len(window.seats._people.hashes) == 1)

    def away(*_given: Any, **_named: Any) -> Any:
        raise Fault("veri tabanı yok")

    for name in ("read", "connect", "transaction", "write"):
        monkeypatch.setattr(ctx.db, name, away)
    gone(window, seconds, 121)
    type_text(the(window, Lock).search.edit, "vardiya")
    press(window, "Return")
    type_text(the(window, AskPin).pin.edit, "4826")
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    monkeypatch.undo()


def test_the_picker_asks_the_pin_too(window: Any, ctx: Context, office: Any) -> None:
    give_pin(ctx, "Vardiya Sorumlusu", "4826")
    press(window, "Ctrl+Shift+P")
    type_text(the(window, Picker).search.edit, "vardiya")
    press(window, "Return")
    ask = the(window, AskPin)
    assert office.ctx.actor.staff_id == ctx.actor.staff_id
    type_text(ask.pin.edit, "4826")
    press(window, "Return")
    settle(lambda: office.ctx.actor.staff_id != ctx.actor.staff_id)


def test_a_scan_opens_nothing_at_a_locked_window(window: Any) -> None:
    press(window, "Ctrl+Shift+K")
    the(window, Lock)
    window.open_scan("200100000990")
    settle()
    assert window.current_page().title == "Danışma" and window.idle.locked


def test_an_incident_can_be_noted_over_the_lock(window: Any) -> None:
    from desk.ui.staff.olay import ChooseIncident

    press(window, "Ctrl+Shift+K")
    the(window, Lock)
    press(window, "Alt+O")
    the(window, ChooseIncident)
    press(window, "Escape")
    settle()
    assert window.idle.locked


def test_the_times_are_the_sites_and_zero_means_never(window: Any, seconds: Seconds, ctx: Context) -> None:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.lock_seconds", 120, 0), Change(one.key, "window.mask_seconds", 30, 10)])
    settle(lambda: window.idle.settings.lock_seconds == 0)
    press(window, "Alt+K")
    gone(window, seconds, 11)
    assert veils(window)
    gone(window, seconds, 100_000)
    assert not window.idle.locked


@pytest.mark.parametrize(("keys", "parts"), [("F7", 2), ("F8", 1)])
def test_pages_with_names_in_full_are_covered_too(window: Any, seconds: Seconds, keys: str, parts: int) -> None:
    press(window, keys)
    gone(window, seconds, 31)
    assert len(veils(window)) == parts
    press(window, "Shift")
    assert not veils(window)


def heard(root: Any) -> str:
    """Everything a screen reader can reach: the tree Qt hands to AT-SPI, what is hidden left out."""
    from PySide6.QtGui import QAccessible

    said, below = [], [QAccessible.queryAccessibleInterface(root)]
    while below:
        one = below.pop()
        if one is None or one.state().invisible:
            continue
        said += [
            one.text(part) for part in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        ]
        below += [one.child(place) for place in range(one.childCount())]
    return "\n".join(filter(None, said))


def test_a_screen_reader_finds_nothing_below_the_lock(window: Any) -> None:
    press(window, "Alt+K")
    type_text(find(window, "Ad soyad"), "Ayşe Yıldırım")
    assert "Ayşe Yıldırım" in heard(window)
    press(window, "Ctrl+Shift+K")
    the(window, Lock)
    assert "Pencere kilitli" in heard(window)
    assert not any(said in heard(window) for said in ("Ayşe", "Ad soyad", "Ziyaretçi kaydı", "Bekleyenler"))
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert find(window, "Ad soyad").text() == "Ayşe Yıldırım" and find(window, "Ad soyad").hasFocus()


def test_an_open_question_is_hidden_with_the_page_and_comes_back_with_the_focus(window: Any) -> None:
    press(window, "F11")
    settle(lambda: "Rehber" in heard(window))
    type_text(find(window, "Rehberde ara"), "nik")
    window.lock()
    the(window, Lock)
    assert "Rehber" not in heard(window)
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert find(window, "Rehberde ara").text() == "nik" and find(window, "Rehberde ara").hasFocus()


def test_what_comes_up_by_itself_waits_below_the_lock(window: Any) -> None:
    from desk.ui.staff.overlay import Overlay

    press(window, "Ctrl+Shift+K")
    lock = the(window, Lock)
    late = Overlay(window, "Yeni gün")
    window.show_overlay(late)
    assert not late.isVisible() and lock.isVisible()
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert late.isVisible()


def test_after_five_wrong_pins_the_next_one_waits_longer_and_longer(
    window: Any, seconds: Seconds, ctx: Context
) -> None:
    give_pin(ctx, "Vardiya Sorumlusu", "4826")
    settle(lambda: len(window.seats._people.hashes) == 1)
    press(window, "Ctrl+Shift+K")
    type_text(the(window, Lock).search.edit, "vardiya")
    press(window, "Return")
    ask = the(window, AskPin)

    def write(pin: str) -> None:
        type_text(ask.pin.edit, pin)
        press(window, "Return")
        settle(lambda: not window.idle.locked or not ask.pin.text())

    for pin in ("0001", "0002", "0003", "0004"):
        write(pin)
        assert "PIN yanlış. Yeniden yazınız." in shown_text(ask)
    write("0005")
    assert "30 sn sonra" in shown_text(ask)
    write("4826")
    assert window.idle.locked and "30 sn sonra" in shown_text(ask)
    seconds.now += 30
    write("0006")
    assert "60 sn sonra" in shown_text(ask)
    press(window, "Escape")
    press(window, "Return")
    ask = the(window, AskPin)
    write("4826")
    assert window.idle.locked and "60 sn sonra" in shown_text(ask)
    seconds.now += 60
    write("4826")
    settle(lambda: not window.idle.locked)


@pytest.fixture
def small(office: Any, ctx: Context, seconds: Seconds) -> Any:
    """The counter's small window, with a deaf visitor at the counter."""
    from uuid import uuid4

    from desk.actions import counter, desk
    from desk.registry.types import AssistanceKind
    from desk.ui.staff.banko import BankoWindow

    counter.open_counter(ctx, 4)
    desk.register_visit(ctx, desk.VisitRequest(str(uuid4()), "vergi", assistance=AssistanceKind.SIGN))
    counter.call_next(ctx, 4)
    office.take_counter(4)
    shown = BankoWindow(office, stay_on_top=False, clock=seconds)
    shown.show()
    settle(lambda: shown.idle.settings is not None and shown.seats._people is not None and "Dili" in heard(shown))
    shown.idle.tick()
    yield shown
    shown._close_now()


def test_the_small_window_covers_the_help_somebody_needs_and_is_locked(small: Any, seconds: Seconds) -> None:
    gone(small, seconds, 31)
    assert len(veils(small)) == 1
    press(small, "Shift")
    assert not veils(small)
    gone(small, seconds, 121)
    lock = the(small, Lock)
    assert "Dili" not in heard(small) and "Gelmedi" not in heard(small)
    press(small, "G")
    press(small, "Escape")
    assert lock.isVisible()
    press(small, "Return")
    settle(lambda: not small.idle.locked)
    assert "Çağrıldı" in heard(small)


def test_the_windows_of_a_desk_are_locked_and_opened_together(window: Any, small: Any, seconds: Seconds) -> None:
    press(small, "Ctrl+Shift+K")
    the(small, Lock)
    the(window, Lock)
    press(window, "Return")
    settle(lambda: not window.idle.locked and not small.idle.locked)
    assert not [one for one in small.findChildren(Lock) if one.isVisible()]
    seconds.now += 100
    press(window, "Shift")
    gone(small, seconds, 100)
    assert not small.idle.locked


def test_the_key_locks_over_an_open_question_too(window: Any) -> None:
    press(window, "F12")
    asked = the(window, Picker)
    press(window, "Ctrl+Shift+K")
    the(window, Lock)
    assert not asked.isVisible()
    press(window, "Return")
    settle(lambda: not window.idle.locked)
    assert asked.isVisible()

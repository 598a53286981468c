"""Ready messages at the windows: one key and a digit send, a toast stays until it was seen, the sender is told."""

from __future__ import annotations

from typing import Any

import pytest
from person import press, settle, shown_text
from PySide6.QtGui import QColor

from desk.actions import messages, settings
from desk.registry.place_types import is_call
from desk.registry.setting_fields import Change
from desk.ui.staff.banko import BankoWindow
from desk.ui.staff.haber import ChooseMessage
from desk.ui.staff.shell import StaffWindow
from desk.ui.theme import theme_of
from desk.ui.widgets import toasts

HELP = "Yardıma ihtiyacım var."


@pytest.fixture
def window(office: Any) -> Any:
    shown = StaffWindow(office)
    shown.resize(1440, 900)
    shown.show_page("danisma")
    shown.show()
    settle()
    yield shown
    shown.close_now()


def chooser(window: Any) -> ChooseMessage:
    settle(lambda: any(one.isVisible() for one in window.findChildren(ChooseMessage)))
    return next(one for one in window.findChildren(ChooseMessage) if one.isVisible())


def test_alt_h_and_a_digit_send_from_a_counter_to_the_desk(window: Any, office: Any, ctx: Any) -> None:
    office.take_counter(3)
    press(window, "Alt+H")
    assert chooser(window).chips[0].isChecked()
    press(window, "1")
    settle(lambda: "Danışma için gönderildi" in shown_text(window))
    (sent,) = messages.waiting(ctx, 0)
    assert (sent.text, sent.sender) == (HELP, 3)


def test_the_arrows_choose_the_counter_and_the_next_message_goes_there_too(window: Any, ctx: Any) -> None:
    press(window, "Alt+H")
    chooser(window)
    press(window, "Right")
    press(window, "2")
    settle(lambda: "Banko 2 için gönderildi" in shown_text(window))
    press(window, "Alt+H")
    assert chooser(window).chips[2].isChecked()


def test_a_message_stays_until_it_was_seen_and_other_words_do_not_push_it_away(
    window: Any, context_of: Any, ctx: Any
) -> None:
    other = context_of("command", staff="banko3")
    messages.send(other, 0, 3, 0)
    settle(lambda: f"Banko 3: {HELP}" in shown_text(window))
    toasts(window).info("Başka bir söz", action="Geri al", on_action=lambda: None)
    assert f"Banko 3: {HELP}" in shown_text(window)
    for toast in toasts(window).shown():
        if not toast.stays:
            toast.dismiss()
    press(window, "Ctrl+O")
    settle(lambda: messages.waiting(ctx, 0) == ())
    settle(lambda: f"Banko 3: {HELP}" not in shown_text(window))


def test_a_call_for_help_stands_out_and_is_answered_before_other_messages(
    window: Any, context_of: Any, ctx: Any
) -> None:
    other = context_of("command", staff="banko3")
    messages.send(other, 0, 3, 0)
    messages.send(other, 3, 4, 0)
    settle(lambda: len([toast for toast in toasts(window).shown() if toast.stays]) == 2)
    call, plain = sorted((one for one in toasts(window).shown() if one.stays), key=lambda one: not one.is_call())
    assert (call.words(), plain.words()) == (f"Banko 3: {HELP}", "Banko 4: Kısa bir ara veriyorum.")
    assert call.y() > plain.y(), "the call is nearest to the corner"
    amber = QColor(theme_of(call).amber_500)
    assert call.grab().toImage().pixelColor(20, call.height() - 8) == amber
    assert plain.grab().toImage().pixelColor(20, plain.height() - 8) != amber
    press(window, "Ctrl+O")
    settle(lambda: [one.text for one in messages.waiting(ctx, 0)] == ["Kısa bir ara veriyorum."])


@pytest.mark.parametrize(("text", "call"), [(HELP, True), ("Kasaya gelin!", True), ("Lütfen beni arayınız.", False)])
def test_a_sites_own_sentence_calls_for_help_by_its_exclamation_mark(text: str, call: bool) -> None:
    assert is_call(text) is call


def test_one_for_another_counter_is_not_shown_here(window: Any, context_of: Any) -> None:
    messages.send(context_of("command", staff="banko3"), 0, 3, 5)
    settle()
    assert HELP not in shown_text(window)


def test_what_waits_is_shown_to_who_sits_down_at_the_counter(window: Any, office: Any, context_of: Any) -> None:
    messages.send(context_of("command", staff="banko3"), 1, 3, 5)
    settle()
    office.take_counter(5)
    settle(lambda: "Vatandaş yanınıza geliyor." in shown_text(window))


def test_the_sender_is_told_that_it_was_seen(window: Any, context_of: Any, ctx: Any) -> None:
    press(window, "Alt+H")
    chooser(window)
    press(window, "1")
    settle(lambda: "Banko 1 için gönderildi" in shown_text(window))
    (sent,) = messages.waiting(ctx, 1)
    messages.seen(context_of("command", staff="banko1"), sent.id)
    settle(lambda: "Banko 1 iletinizi gördü" in shown_text(window))


def test_the_small_counter_window_shows_and_sends_too(office: Any, context_of: Any, ctx: Any) -> None:
    office.take_counter(4)
    small = BankoWindow(office, stay_on_top=False)
    small.show()
    settle()
    messages.send(context_of("command", staff="danisma1"), 4, 0, 4)
    settle(lambda: "Danışma: Lütfen beni arayınız." in shown_text(small))
    press(small, "Ctrl+O")
    settle(lambda: messages.waiting(ctx, 4) == ())
    press(small, "Alt+H")
    chooser(small)
    press(small, "3")
    settle(lambda: len(messages.waiting(ctx, 0)) == 1)


def test_changed_sentences_are_there_without_a_restart(window: Any, ctx: Any) -> None:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.messages", None, ("Çay hazır.",))])
    settle(lambda: window.messages.settings.messages == ("Çay hazır.",))
    press(window, "Alt+H")
    assert "Çay hazır." in shown_text(chooser(window))


def test_a_closed_counter_says_so_before_and_after_the_sending(window: Any, ctx: Any) -> None:
    from desk.actions import counter

    counter.open_counter(ctx, 1)
    press(window, "Alt+H")
    chips = chooser(window).chips
    assert (chips[1].accessibleName(), chips[2].accessibleName()) == ("Banko 1", "Banko 2 · kapalı")
    press(window, "Right")
    press(window, "1")
    settle(lambda: "Banko kapalı; görülünce size bildirilir." in shown_text(window))


def test_without_a_sentence_the_key_says_where_to_write_one(window: Any) -> None:
    from dataclasses import replace

    settle(lambda: window.messages.settings is not None)
    window.messages.settings = replace(window.messages.settings, messages=())
    press(window, "Alt+H")
    settle(lambda: "Hazır ileti yazılmamış." in shown_text(window))

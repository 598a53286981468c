"""Ready messages: sent by number, waiting at their counter, seen once, and deleted with their day."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from desk.actions import messages, settings, shift
from desk.clock import SetClock
from desk.errors import Stale, UserError
from desk.events import Kind
from desk.models import changes as change_log
from desk.models.messages import DeskMessage
from desk.registry.setting_fields import Change

pytestmark = pytest.mark.usefixtures("both_engines")


def kept(ctx: Any) -> int:
    return int(ctx.read(lambda s, scope: s.execute(select(func.count()).select_from(DeskMessage)).scalar_one()))


def test_it_waits_where_it_was_sent_to_until_somebody_has_seen_it(ctx: Any) -> None:
    sent = messages.send(ctx, 0, 3, 0)
    assert [one.text for one in messages.waiting(ctx, 0)] == ["Yardıma ihtiyacım var."]
    assert messages.waiting(ctx, 3) == ()
    messages.seen(ctx, sent.id)
    assert messages.waiting(ctx, 0) == ()
    seen = messages.message(ctx, sent.id)
    assert seen is not None and seen.seen_at is not None and seen.seen_by
    with pytest.raises(Stale, match="başka bir görevli"):
        messages.seen(ctx, sent.id)


def test_sending_and_seeing_are_told_to_open_windows_without_their_words(ctx: Any) -> None:
    before = ctx.read(lambda s, scope: change_log.last_seq(s, scope.site_id))
    sent = messages.send(ctx, 1, 0, 5)
    messages.seen(ctx, sent.id)
    told = ctx.read(lambda s, scope: change_log.since(s, scope.site_id, before))
    assert [one.kind for one in told if one.subject_id == sent.id] == [Kind.MESSAGE_SENT, Kind.MESSAGE_SEEN]


def test_only_the_ready_sentences_can_be_sent_and_not_to_oneself(ctx: Any) -> None:
    with pytest.raises(UserError, match="artık yok"):
        messages.send(ctx, 6, 0, 3)
    with pytest.raises(UserError, match="gönderildiği yere"):
        messages.send(ctx, 0, 3, 3)


def test_a_site_writes_its_own_sentences(ctx: Any) -> None:
    one = settings.sheet(ctx, "pencere").records[0]
    settings.save(ctx, [Change(one.key, "window.messages", one.values["window.messages"], ("Çay hazır.",))])
    assert messages.send(ctx, 0, 0, 2).text == "Çay hazır."
    with pytest.raises(UserError):
        messages.send(ctx, 1, 0, 2)


def test_they_are_deleted_when_the_lead_closes_the_day(ctx: Any) -> None:
    messages.send(ctx, 0, 3, 0)
    shift.close_day(ctx)
    assert kept(ctx) == 0


def test_those_of_a_day_that_nobody_closed_go_with_the_next_morning(ctx: Any, clock: SetClock) -> None:
    messages.send(ctx, 0, 3, 0)
    clock.advance(days=1)
    assert messages.waiting(ctx, 0) == ()
    messages.send(ctx, 1, 0, 4)
    assert kept(ctx) == 1

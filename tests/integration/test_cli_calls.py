"""``desk call``, ``desk step`` and ``desk counter``: what a counter does, without a window."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desk.cli import desk
from desk.errors import Stale, UserError


@pytest.fixture
def say(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What ``desk …`` prints, over a data folder of its own."""

    def run(*arguments: str) -> str:
        desk.main([*arguments, "--data-dir", str(data_folder)], prog_name="desk", standalone_mode=False)
        return capsys.readouterr().out.strip()

    run("ticket", "--service", "vergi")
    run("ticket", "--service", "vergi")
    return run


def test_a_number_goes_through_its_day_by_commands(say: Callable[..., str]) -> None:
    assert say("call", "--counter", "4").startswith("V 001 numara, Banko 4. En uzun bekleyen: 0 dk. Ardından V")
    assert say("step", "v1", "recall") == "V 001 · Çağrıldı"
    with pytest.raises(UserError, match="sn daha bekleyiniz"):
        say("step", "v1", "no-show")
    assert say("step", "v1", "return") == "V 001 · Bekliyor"
    assert say("call", "--counter", "4", "--json").startswith('{"number": "V 001"')
    assert say("step", "v1", "start") == "V 001 · İşlemde"
    assert say("step", "v1", "further", "--service", "imar") == "R 001 · İmar ve ruhsat"
    with pytest.raises(UserError, match=r"Böyle bir sonuç yok: yok\. Bilinenler: done, papers, elsewhere"):
        say("step", "v1", "finish", "--outcome", "yok")
    assert json.loads(say("step", "v1", "finish", "--outcome", "papers", "--json"))["state"] == "served"
    with pytest.raises(Stale, match="V 001 için önce Banko 4 işlem yaptı: Tamamlandı"):
        say("step", "v1", "start")
    assert say("step", "r1", "leave") == "R 001 · İptal edildi"


def test_who_is_sent_where_nobody_sits_is_told_here_too(say: Callable[..., str]) -> None:
    say("call", "--counter", "4")
    assert say("step", "v1", "transfer", "--service", "imar") == (
        "V 001 yönlendirildi; “İmar ve ruhsat” için şu anda açık banko yok."
    )


def test_a_chosen_number_needs_its_reason_here_too(say: Callable[..., str]) -> None:
    with pytest.raises(UserError, match="nedenini"):
        say("call", "--counter", "4", "--number", "v2")
    called = json.loads(say("call", "--counter", "4", "--number", "v2", "--reason", "urgent", "--json"))
    assert (called["number"], called["reason"]["rule"], called["reason"]["note"]) == ("V 002", "chosen", "Acil durum")
    assert called["why"].startswith("Seçilerek çağrıldı (Acil durum)")


def test_counters_open_pause_and_close(say: Callable[..., str]) -> None:
    assert say("counter", "open", "4") == "Banko 4 açık."
    assert say("counter", "auto", "4", "10") == "Banko 4: otomatik çağrı 10 sn."
    assert say("counter", "break", "4", "--reason", "lunch") == "Banko 4 molada."
    with pytest.raises(UserError, match="molada"):
        say("call", "--counter", "4")
    say("counter", "open", "4")
    say("call", "--counter", "4")
    say("step", "v1", "hold")
    assert say("counter", "close", "4") == "Banko 4 kapalı. Sırasına dönen: 1."


def test_a_step_nobody_knows_lists_those_there_are(say: Callable[..., str]) -> None:
    with pytest.raises(UserError, match=r"Böyle bir işlem yok: uç\. Bilinenler: recall, start"):
        say("step", "v1", "uç")
    with pytest.raises(UserError, match="--service, --to-counter ya da --to-staff"):
        say("step", "v1", "transfer")

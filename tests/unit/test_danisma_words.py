"""What the desk reads beside a service: how many wait, and why one would wait where nobody does."""

from __future__ import annotations

from datetime import time
from types import SimpleNamespace
from typing import Any

import pytest

from desk.queue.types import Band, Window
from desk.ui.staff.danisma_words import queue_words, row_words


def queue(**given: Any) -> Any:
    known = {"waiting": 0, "forecast": None, "busy": False, "window": None, "hardly_today": False, "counters_open": 1}
    return SimpleNamespace(**known | given)


@pytest.mark.parametrize(
    ("given", "in_list", "in_column"),
    [
        ({"forecast": Band(0, 0)}, "Bekleyen yok", "Bekleme yok"),
        ({}, "Bekleyen yok", ""),
        ({"waiting": 6, "forecast": Band(12, 18)}, "6 bekliyor", "12–18 dk"),
        ({"waiting": 6, "forecast": Band(25, 40), "busy": True}, "6 bekliyor", "25–40 dk · yoğun"),
        ({"forecast": Band(25, 35), "busy": True}, "Banko dolu", "banko dolu · 25–35 dk"),
        ({"forecast": Band(5, 10), "counters_open": 0}, "Görevli bekleniyor", "görevli bekleniyor · 5–10 dk"),
        ({"window": Window(time(13, 10), time(13, 20))}, "Banko dolu", "banko dolu · 13.10–13.20"),
        ({"hardly_today": True, "busy": True}, "Bekleyen yok", "bugün zor · yoğun"),
    ],
)
def test_who_waits_and_why_one_would_wait(given: dict[str, Any], in_list: str, in_column: str) -> None:
    assert (queue_words(queue(**given)), row_words(queue(**given))) == (in_list, in_column)

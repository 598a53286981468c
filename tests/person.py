"""What a person does at a window: the tour's own hands and eyes."""

from collections.abc import Callable
from itertools import count

from desk.ui.person import PATIENCE_MS, find, find_all, press, settle, shown_text, type_text

__all__ = ["PATIENCE_MS", "find", "find_all", "press", "settle", "shown_text", "type_text", "unhurried"]


def unhurried() -> Callable[[], float]:
    """A clock for the scanner's ear by which every key comes half a second after the last: the hands of a test are as
    fast as a scanner."""
    ticks = count()
    return lambda: next(ticks) * 0.5

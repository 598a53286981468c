"""Which keys do what at Danışma."""

from __future__ import annotations

from functools import partial
from typing import Any

from desk.ui.staff.chords import Chords


def chords_of(page: Any) -> Chords:
    """The keys of Danışma; their words are in ``danisma_words.key_words``."""
    chords, form = Chords(), page.form
    chords.add("F2", page.issue)
    chords.add("F3", page.reprint)
    chords.add("F4", page.tell_way)
    chords.add("Shift+F4", lambda: page.tell_way(printed=True))
    chords.add("Shift+F2", page.repeat)
    chords.add("Shift+F11", page.guide.print_now)
    chords.add("Esc", page.clear)
    chords.add("Ctrl+K", page.to_search)
    for place in (1, 2, 3, 4):
        chords.add(f"Ctrl+{place}", partial(form.search.pick, place - 1))
    chords.add("Alt+Up", form.persons.step_up, repeats=True)
    chords.add("Alt+Down", form.persons.step_down, repeats=True)
    chords.add("Alt+N", form.toggle_each)
    chords.add("Alt+G", form.next_arrival)
    for place in range(len(form.priorities)):
        chords.add(f"Alt+{place + 1}", partial(form.toggle_priority, place))
    chords.add("F12", page.ask_more)
    chords.add("Alt+L", page.slip.lang.next)
    chords.add("Alt+R", form.help.cycle)
    chords.add("Alt+K", form.identity.toggle)
    return chords

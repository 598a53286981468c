"""Which counter this machine is: asked over the staff window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.errors import N_
from desk.i18n import translator
from desk.queue import reads
from desk.ui import tasks
from desk.ui.staff.picker import Picker
from desk.ui.widgets import Option

if TYPE_CHECKING:
    from desk.ui.staff.shell import StaffWindow


def ask(window: StaffWindow) -> None:
    """Show the site's counters; the chosen one is this machine's from then on."""
    ctx = window.office.ctx
    tasks.read(window, lambda: ctx.read(reads.counters), lambda counters: _pick(window, counters))


def _pick(window: StaffWindow, counters: Any) -> None:
    tr = translator()
    none = Option(0, tr(N_("Banko yok")), "desk", tr(N_("Bu bilgisayarda numara çağrılmaz")))
    options = [none, *(Option(one.number, one.name, "counter", one.staff) for one in counters)]
    title = tr(N_("Bu bilgisayar hangi banko?"))
    picker = Picker(window, title, options, value=window.office.counter, anchor=window.strip.counter)
    picker.picked.connect(window.office.take_counter)
    window.show_overlay(picker)

"""A visitor at the counter asks for something: the form of a new application lies over the counter, tied to the number.

Who took a number for evrak kayıt hands in a paper: that goes to Evrak Kayıt, where papers are registered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.queue import reads
from desk.queue.types import Ticket
from desk.registry.types import Channel, Receipt
from desk.text import date_and_time
from desk.ui import tasks
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_entry import Origin

if TYPE_CHECKING:
    from desk.ui.staff.shell import StaffWindow

PAPERS = "evrak"
"""The service whose visitors bring a paper."""

tr = translator()


def open_record(window: StaffWindow, ticket_id: UUID) -> None:
    """Ask the database whose number it is, then open the form that fits."""
    ctx = window.office.ctx

    def read() -> tuple[Ticket, work.Choices]:
        return ctx.read(reads.ticket, ticket_id), work.choices(ctx)

    def failed(error: DeskError) -> None:
        window.show_error(error.text(tr))

    tasks.latest(window, "record", read, lambda found: _open(window, *found), failed)


def _open(window: StaffWindow, ticket: Ticket, choices: work.Choices) -> None:
    if ticket.service_code == PAPERS:
        window.show_page("evrak")
        page: Any = window.current_page()
        begin = getattr(page, "open_for_ticket", None)
        if begin is not None:
            begin(ticket.id)
        return
    from desk.ui.staff.basvurular_form import NewApplication

    origin = Origin(
        Channel.IN_PERSON,
        ticket_id=ticket.id,
        visit_id=ticket.visit_id,
        words=tr(N_("{number} sıra numarasıyla · {service}")).format(number=ticket.number, service=ticket.service_name),
        now_words=date_and_time(window.office.ctx.now()),
    )
    form = NewApplication(window, window.office, choices, origin)
    form.registered.connect(lambda receipt: _say(window, receipt))
    window.show_overlay(form)


def _say(window: StaffWindow, receipt: Receipt) -> None:
    from desk.ui.widgets import toasts

    words = tr(N_("{number} kaydedildi; takip kodu {code}."))
    toasts(window).info(words.format(number=receipt.record_number, code=receipt.tracking_code), seconds=6)

"""What repeats on Evrak Kayıt: a matter that was registered before, and a sender who brings many papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from desk.actions import records
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import ApplicationRequest, PossibleDuplicate, Sender
from desk.registry.types import Receipt
from desk.ui import tasks
from desk.ui.staff import evrak_work as work
from desk.ui.staff.duplicate_strip import as_options
from desk.ui.staff.picker import Picker

if TYPE_CHECKING:
    from desk.ui.staff.evrak import EvrakPage

LOOK_MS = 300
"""After this pause in typing duplicates are looked for."""

NOT_YET = UUID(int=0)
"""Stands for a record that is being registered and whose number is not known yet."""

tr = translator()


class Repeats(QObject):
    """Works for the page. ``look_soon()`` after every keystroke; ``take_over()`` is Ctrl+Shift+N."""

    def __init__(self, page: EvrakPage) -> None:
        super().__init__(page)
        self._page = page
        self._asked: ApplicationRequest | None = None
        self._soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._soon.timeout.connect(self._look)
        page.duplicates.changed.connect(self._show_join)
        page.duplicates.choice_asked.connect(self._ask_which)
        page.panel.same_sender.connect(self.take_over)

    # --- duplicates

    def look_soon(self) -> None:
        self._soon.start()

    def _look(self) -> None:
        page = self._page
        if page.panel.receipt is not None:
            return
        if page.form.is_empty():
            self._asked = None
            page.duplicates.clear()
            return
        request, ctx = page.form.request(), page.office.ctx
        if self._asked is not None and _same_matter(self._asked, request):
            page.duplicates.show_found(page.duplicates.found)
            return
        self._asked = request
        tasks.latest(
            page, "twice", lambda: work.possible_duplicates(ctx, request), partial(self._found, request),
            self._not_looked,
        )  # fmt: skip

    def _found(self, request: ApplicationRequest, found: tuple[PossibleDuplicate, ...]) -> None:
        if self._asked is request and self._page.panel.receipt is None and not self._page.form.is_empty():
            self._page.duplicates.show_found(found)

    def _not_looked(self, error: DeskError) -> None:
        """Looking failed: registering is possible all the same, so nothing stands in the way."""
        self._asked = None
        self._page.hinted.emit(error.text(tr))

    def _ask_which(self, found: tuple[PossibleDuplicate, ...]) -> None:
        picker = Picker(self._page.window(), tr(N_("Hangi kayıtla birleştirilecek?")), as_options(found))
        picker.picked.connect(self._page.duplicates.choose)
        self._page.cover(picker)

    def _show_join(self) -> None:
        joined = self._page.duplicates.joined
        self._page.form_actions.show_join(joined.record_number if joined is not None else "")

    # --- the same sender

    def sender_in(self, request: ApplicationRequest) -> Sender:
        """Who stands in a form that is being registered."""
        return Sender(
            NOT_YET, "", request.sender_kind, request.persons, request.channel, request.document, request.sender
        )

    def registered(self, request: ApplicationRequest, receipt: Receipt) -> None:
        """The record whose sender may have stayed in the form has its number now."""
        done = Sender(
            receipt.application_id, receipt.record_number, request.sender_kind, request.persons, request.channel,
            request.document, request.sender,
        )  # fmt: skip
        self._page.form.stands_for(done)

    def take_over(self) -> None:
        """Begin a record for the sender of the open or the last one; whose it is, is read anew and logged."""
        page = self._page
        which, ctx = page.opened_or_last(), page.office.ctx
        if which is None:
            page.hinted.emit(tr(N_("Göndereni alınacak kayıt yok; önce bir kayıt açınız.")))
            return
        tasks.run(page, lambda: records.sender_of(ctx, which), self._taken_over, self._failed)

    def _taken_over(self, sender: Sender) -> None:
        page = self._page
        page.leave_record()
        before, files = (None if page.form.is_empty() else page.form.request()), page.form.enclosures.files()
        page.form.clear_but_sender(sender)
        page.form.begin()
        page.show_subtitle()
        said = tr(N_("{number} kaydının göndereniyle yeni kayıt.")).format(number=sender.record_number)
        page.said.emit(said, (lambda: page.take_back(before, files)) if before is not None else None)

    def _failed(self, error: DeskError) -> None:
        self._page.failed.emit(error.text(tr))


def _same_matter(one: ApplicationRequest, other: ApplicationRequest) -> bool:
    """Whether the registry would look for the same."""
    return (one.sender, one.subject, one.neighbourhood_code, one.same_sender_as) == (
        other.sender, other.subject, other.neighbourhood_code, other.same_sender_as,
    )  # fmt: skip

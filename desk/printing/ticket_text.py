"""The slip of a number as the text that its print job keeps: what every press of "Sıra ver" writes.

It is ``ticket_slip(…).to_json()``, letter by letter. Drawing it up anew took longer than writing the ticket into the
database, and most of it stood on the slip before: what the numbers of one service have in common is drawn once, with
marks where the number, its expectation, its barcode and its moment go.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import NamedTuple
from uuid import UUID

from desk.i18n import Translator, learned
from desk.models.prepared import JsonText
from desk.printing.elements import as_json
from desk.printing.slip_parts import moment_words, together
from desk.printing.slips import DASHED, expectation, ticket_slip
from desk.queue.types import Ticket, TicketState
from desk.registry.types import SiteHeader

_NOBODY = UUID(int=0)
_NUMBER, _CODE, _MOMENT = "\x02number\x02", "\x03code\x03", datetime(1970, 1, 1, tzinfo=UTC)
"""Marks: a number, a barcode and a moment that no slip has."""


class _Frame(NamedTuple):
    """The text around the number, the expectation, the barcode and the moment, in this order."""

    head: str
    place: str
    foot: str
    between: str
    end: str


def ticket_text(ticket: Ticket, header: SiteHeader, tr: Translator) -> JsonText:
    """The slip of ``ticket`` as JSON."""
    like = ticket.service_name, ticket.place, ticket.priority, ticket.persons, ticket.assistance
    around = _frame(header, tr, ticket.lang, learned(), *like)
    waiting = ",".join([as_json(element) for element in expectation(ticket, tr)])
    number, code = _quoted(together(ticket.number)), _quoted(ticket.scan_code)
    moment = moment_words(ticket.issued_at, ticket.lang)
    return JsonText(
        f"{around.head}{number}{around.place}{waiting}{around.foot}{code}{around.between}{moment}{around.end}"
    )


def _quoted(text: str) -> str:
    return encode_basestring(text)[1:-1]


@lru_cache(maxsize=256)
def _frame(
    header: SiteHeader,
    tr: Translator,
    lang: str,
    _learned: int,  # words that a site writes itself may change while the program runs
    service: str,
    place: str,
    priority: bool,
    persons: int,
    assistance: bool,
) -> _Frame:
    drawn = ticket_slip(
        Ticket(
            id=_NOBODY,
            visit_id=_NOBODY,
            number=_NUMBER,
            letter="",
            service_code="",
            service_name=service,
            place=place,
            state=TicketState.WAITING,
            priority=priority,
            persons=persons,
            issued_at=_MOMENT,
            lang=lang,
            scan_code=_CODE,
            assistance=assistance,
            ahead=0,
            forecast=None,
            outside_hours=False,
        ),
        header,
        tr,
    )
    dashed = f",{as_json(DASHED)},"
    above, _, below = drawn.to_json().split(dashed)
    head, where = above.split(_quoted(_NUMBER))
    foot, rest = below.split(_quoted(_CODE))
    between, end = rest.split(moment_words(_MOMENT, lang), 1)
    return _Frame(head, where + dashed, dashed + foot, between, end)

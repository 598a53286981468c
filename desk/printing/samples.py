"""One paper of every kind, with invented people and numbers: for trying printers, for previews, for measuring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from desk.i18n import translator
from desk.printing import slips, slips_receipt, trial_slips
from desk.printing.elements import Slip
from desk.printing.profiles import Profile, all_profiles
from desk.queue.types import PRIORITY_NAMES, Band, Priority, Ticket, TicketState
from desk.registry.types import (
    ASSISTANCE_NAMES,
    AssistanceJob,
    AssistanceKind,
    AssistanceState,
    Channel,
    Destination,
    DocumentKind,
    Enclosure,
    Missing,
    Receipt,
    SiteHeader,
)
from desk.reports.types import Count, DaySheet, ServiceLine

MORNING = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)  # 10.42 in Istanbul, a Tuesday

HEADER = SiteHeader(
    municipality="Çınarova Belediyesi",
    authority="Çınarova Belediye Başkanlığı",
    department="Halkla İlişkiler Müdürlüğü",
    site="Ana hizmet binası danışma",
    address="Cumhuriyet Meydanı No: 1",
    hotline="ALO 153",
)

TICKET = Ticket(
    id=UUID(int=1),
    visit_id=UUID(int=2),
    number="V 017",
    letter="V",
    service_code="vergi",
    service_name="Emlak ve çevre temizlik vergisi",
    place="Zemin kat · Banko 3, 4, 5",
    state=TicketState.WAITING,
    priority=False,
    persons=2,
    issued_at=MORNING,
    lang="tr",
    scan_code="100100000173",
    assistance=False,
    ahead=6,
    forecast=Band(15, 20),
    outside_hours=False,
)

RECEIPT = Receipt(
    application_id=UUID(int=3),
    record_number="2026/004218",
    kind=DocumentKind.PETITION,
    received_at=MORNING,
    channel=Channel.IN_PERSON,
    applicant="Nuriye Örnekoğlu",
    applicant_masked="N*** Ö***",
    address="Gül Sokağı No: 4",
    subject="Kaldırım onarımı ve yağmur suyu ızgarası",
    unit="Fen İşleri Müdürlüğü",
    enclosures=(Enclosure("Kaldırım", "Fotoğraf", 3), Enclosure("Sokak", "Kroki", 1)),
    due_on=date(2026, 12, 24),
    due_basis="petition:30",
    missing=(),
    tracking_code="7K4M-92QD",
    scan_code="200100042184",
    registered_by="Serpil Toprak",
    registered_by_masked="S. T.",
)
INCOMPLETE = replace(RECEIPT, missing=(Missing.SIGNATURE, Missing.ADDRESS))

_DESTINATION = Destination(
    "unit:yazi", "Yazı İşleri Müdürlüğü", "2. kat, 214 numaralı oda", "", "", "yazi", "", "yazi isleri"
)

_JOB = AssistanceJob(
    id=UUID(int=4),
    number="R 003",
    kind=AssistanceKind.WHEELCHAIR,
    state=AssistanceState.REQUESTED,
    from_place="Giriş",
    to_place="2. kat",
    escort="Hakan T.",
    escort_id=UUID(int=5),
    equipment="Sandalye 2",
    equipment_id=UUID(int=6),
    requested_at=MORNING,
    assigned_at=None,
    started_at=None,
    handed_over_at=None,
    target_minutes=15,
    waiting_seconds=0,
)

_SERVICES = (
    ("A", "Danışma ve bilgi", "Halkla İlişkiler", (5, 9, 10, 9, 3, 7, 8, 6, 3)),
    ("V", "Emlak ve çevre temizlik vergisi", "Mali Hizmetler", (3, 7, 8, 7, 2, 5, 6, 5, 3)),
    ("E", "Dilekçe ve evrak", "Yazı İşleri", (2, 5, 6, 5, 2, 4, 4, 4, 2)),
    ("Y", "Sosyal destek", "Sosyal Destek", (2, 5, 5, 4, 2, 4, 4, 3, 2)),
    ("R", "İmar ve ruhsat", "İmar ve Şehircilik", (1, 3, 3, 3, 1, 2, 3, 2, 1)),
    ("N", "Evlendirme", "Evlendirme", (1, 1, 2, 1, 0, 1, 1, 1, 0)),
)


def day_sheet() -> DaySheet:
    """A full Tuesday whose totals reconcile."""
    services = tuple(_line(*one) for one in _SERVICES)
    directions = (1, 2, 2, 1, 0, 1, 2, 1, 1)
    by_hour = tuple(sum(column) for column in zip(*(one.by_hour for one in services), directions, strict=True))
    issued = sum(one.tickets for one in services)
    return DaySheet(
        header=HEADER,
        day=date(2026, 11, 24),
        opens="08.00",
        closes="17.00",
        hours=tuple(range(8, 17)),
        services=services,
        directions_by_hour=directions,
        visits_by_hour=by_hour,
        weekday_mean_by_hour=(20, 34, 39, 33, 14, 27, 30, 25, 13.25),
        visits=sum(by_hour),
        persons=312,
        directions=sum(directions),
        tickets_issued=issued,
        tickets_served=issued - 12,
        tickets_waiting=2,
        tickets_cancelled=1,
        no_shows=7,
        left=2,
        expired=0,
        wait_mean=612.0,
        wait_median=505.0,
        wait_p90=1330.0,
        wait_longest=2460.0,
        wait_longest_service="Sosyal destek",
        serve_mean=372.0,
        priority=tuple(Count(p, PRIORITY_NAMES[p], n) for p, n in zip(Priority, (38, 9, 4, 5, 2, 3), strict=False)),
        assistance=tuple(
            Count(k, ASSISTANCE_NAMES[k], n) for k, n in zip(AssistanceKind, (9, 16, 3, 2, 0, 4), strict=False)
        ),
        assistance_done=31,
        assistance_open=3,
        assistance_wait_mean=260.0,
        units=(Count("mali", "Mali Hizmetler", 46), Count("yazi", "Yazı İşleri", 34), Count("fen", "Fen İşleri", 6)),
        petitions=34,
        petitions_incomplete=3,
        enclosures=51,
        petition_units=(Count("fen", "Fen İşleri", 14), Count("imar", "İmar ve Şehircilik", 20)),
        visits_previous=231,
        made_at=datetime(2026, 11, 24, 13, 52, tzinfo=UTC),
        made_by="Elif Örnek",
    )


def _line(letter: str, name: str, unit: str, by_hour: tuple[int, ...]) -> ServiceLine:
    count = sum(by_hour)
    return ServiceLine(
        letter=letter,
        name=name,
        unit=unit,
        by_hour=by_hour,
        visits=count,
        tickets=count,
        served=count - 2,
        wait_mean=600.0,
        wait_median=480.0,
        wait_p90=1150.0,
        serve_mean=360.0,
        unserved=2,
    )


_MADE: dict[str, Callable[[Profile], Slip]] = {
    "ticket": lambda _: slips.ticket_slip(TICKET, HEADER, translator("tr")),
    "direction": lambda _: slips.direction_slip(_DESTINATION, MORNING, HEADER, translator("tr")),
    "assistance": lambda _: slips.assistance_slip(_JOB, HEADER, translator("tr")),
    "receipt": lambda _: slips_receipt.receipt_slip(INCOMPLETE, HEADER, translator("tr")),
    "deficiency": lambda _: slips_receipt.deficiency_slip(INCOMPLETE, HEADER, translator("tr")),
    "label": lambda _: slips_receipt.label_slip(RECEIPT, HEADER, translator("tr")),
    "day": lambda _: slips.day_slip(day_sheet(), translator("tr")),
    "codepages": lambda profile: trial_slips.code_pages_slip(profile, all_profiles().values(), translator("tr")),
}

KINDS = tuple(_MADE)


def sample(kind: str, profile: Profile) -> Slip:
    """The sample paper of a kind (one of ``KINDS``) for a printer of this model."""
    return _MADE[kind](profile)

"""Day sheets without a database: a full one, an empty one and one that asks too much of a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desk.queue.types import PRIORITY_NAMES, Priority
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind, SiteHeader
from desk.reports.types import Count, DaySheet, ServiceLine

HEADER = SiteHeader(
    municipality="Çınarova Belediyesi",
    authority="Çınarova Belediye Başkanlığı",
    department="Halkla İlişkiler Müdürlüğü",
    site="Ana hizmet binası danışma",
    address="Atatürk Bulvarı No: 1, Çınarova",
    hotline="ALO 153",
)

_SERVICES = (
    ("A", "Danışma ve bilgi", "Halkla İlişkiler", (5, 9, 10, 9, 3, 7, 8, 6, 3), 4, 1),
    ("V", "Emlak ve çevre temizlik vergisi", "Mali Hizmetler", (3, 7, 8, 7, 2, 5, 6, 5, 3), 14, 3),
    ("T", "Talep, öneri, şikâyet", "Halkla İlişkiler", (3, 6, 6, 5, 2, 5, 5, 4, 2), 10, 1),
    ("E", "Dilekçe ve evrak", "Yazı İşleri", (2, 5, 6, 5, 2, 4, 4, 4, 2), 8, 0),
    ("Y", "Sosyal destek", "Sosyal Destek", (2, 5, 5, 4, 2, 4, 4, 3, 2), 23, 4),
    ("R", "İmar ve ruhsat", "İmar ve Şehircilik", (1, 3, 3, 3, 1, 2, 3, 2, 1), 12, 0),
    ("N", "Evlendirme", "Evlendirme", (1, 1, 2, 1, 0, 1, 1, 1, 0), 3, 0),
)


def _line(letter: str, name: str, unit: str, by_hour: tuple[int, ...], wait: int, unserved: int) -> ServiceLine:
    count = sum(by_hour)
    return ServiceLine(
        letter=letter,
        name=name,
        unit=unit,
        by_hour=by_hour,
        visits=count,
        tickets=count,
        served=count - unserved,
        wait_mean=wait * 60.0,
        wait_median=wait * 48.0,
        wait_p90=wait * 115.0,
        serve_mean=360.0,
        unserved=unserved,
    )


def full_sheet() -> DaySheet:
    """A Tuesday as in the pictures."""
    services = tuple(_line(*service) for service in _SERVICES)
    directions = (1, 2, 2, 1, 0, 1, 2, 1, 1)
    by_hour = tuple(sum(column) for column in zip(*(s.by_hour for s in services), directions, strict=True))
    issued = sum(s.tickets for s in services)
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
        wait_longest=41 * 60.0,
        wait_longest_service="Sosyal destek",
        serve_mean=372.0,
        priority=tuple(Count(p, PRIORITY_NAMES[p], n) for p, n in zip(Priority, (38, 9, 4, 5, 2, 3), strict=True)),
        assistance=tuple(
            Count(k, ASSISTANCE_NAMES[k], n) for k, n in zip(AssistanceKind, (9, 16, 3, 2, 0, 4), strict=True)
        ),
        assistance_done=31,
        assistance_open=3,
        assistance_wait_mean=260.0,
        units=(
            Count("halkla-iliskiler", "Halkla İlişkiler", 98),
            Count("mali", "Mali Hizmetler", 46),
            Count("yazi", "Yazı İşleri", 34),
            Count("sosyal", "Sosyal Destek", 31),
            Count("imar", "İmar ve Şehircilik", 19),
            Count("evlendirme", "Evlendirme", 8),
            Count("fen", "Fen İşleri", 6),
            Count("park", "Park ve Bahçeler", 2),
        ),
        petitions=34,
        petitions_incomplete=3,
        enclosures=51,
        petition_units=(
            Count("fen", "Fen İşleri", 14),
            Count("imar", "İmar ve Şehircilik", 9),
            Count("zabita", "Zabıta", 6),
            Count("park", "Park ve Bahçeler", 5),
        ),
        visits_previous=231,
        made_at=datetime(2026, 11, 24, 13, 52, tzinfo=UTC),
        made_by="Elif Karaca",
        note="Sosyal destekte 10.00–11.30 arası iki banko açık tutuldu.",
    )


def empty_sheet() -> DaySheet:
    """The same site on a Sunday without anybody."""
    full = full_sheet()
    zero = dict.fromkeys(
        (
            "visits", "persons", "directions", "tickets_issued", "tickets_served", "tickets_waiting",
            "tickets_cancelled", "no_shows", "left", "expired", "assistance_done", "assistance_open",
            "petitions", "petitions_incomplete", "enclosures",
        ),
        0,
    )  # fmt: skip
    unknown = dict.fromkeys(
        (
            "wait_mean", "wait_median", "wait_p90", "wait_longest", "serve_mean", "assistance_wait_mean",
            "visits_previous",
        )
    )  # fmt: skip
    quiet = {"wait_mean": None, "wait_median": None, "wait_p90": None, "serve_mean": None}
    lines = tuple(
        replace(s, by_hour=(), visits=0, tickets=0, served=0, unserved=0, **quiet)  # type: ignore[arg-type]
        for s in full.services
    )
    changes = {
        **zero,
        **unknown,
        "day": date(2026, 11, 22),
        "opens": "",
        "closes": "",
        "hours": (),
        "services": lines,
        "directions_by_hour": (),
        "visits_by_hour": (),
        "weekday_mean_by_hour": (),
        "wait_longest_service": "",
        "priority": tuple(replace(c, value=0) for c in full.priority),
        "assistance": tuple(replace(c, value=0) for c in full.assistance),
        "units": (),
        "petition_units": (),
        "note": "",
    }
    return replace(full, **changes)  # type: ignore[arg-type]


def extreme_sheet(services: int = 12, hours: int = 12, units: int = 30) -> DaySheet:
    """Many services, many hours, five-digit numbers, long names, a long note."""
    full = full_sheet()
    long_name = "Emlak ve çevre temizlik vergisi ile ilan ve reklam vergisi beyan ve tahsilat işlemleri"
    lines = tuple(
        _line(
            chr(ord("A") + n % 26),
            (f"Hizmet {n}", long_name, "Sosyal yardım <b>&", "Şçğüöı İĞÜŞÖÇ")[n % 4],
            "Birim",
            tuple((7 * n * h + 113 * h) % 140 for h in range(hours)),
            n * 9,
            n,
        )
        for n in range(services)
    )
    directions = tuple(400 + h for h in range(hours))
    by_hour = tuple(sum(column) for column in zip(*(s.by_hour for s in lines), directions, strict=True))
    issued = sum(s.tickets for s in lines)
    return replace(
        full,
        hours=tuple(range(hours)),
        opens="00.00",
        services=lines,
        directions_by_hour=directions,
        visits_by_hour=by_hour,
        weekday_mean_by_hour=tuple(v * 1.4 for v in by_hour),
        visits=sum(by_hour),
        persons=60314,
        directions=sum(directions),
        tickets_issued=issued,
        tickets_served=issued - 1220,
        no_shows=1000,
        left=200,
        expired=20,
        tickets_waiting=0,
        tickets_cancelled=0,
        wait_longest=4 * 3600.0,
        wait_longest_service=long_name,
        units=tuple(Count(f"u{n}", f"{n}. {long_name}", 300 - n) for n in range(units)),
        petition_units=tuple(Count(f"u{n}", f"{n}. {long_name}", 40 - n) for n in range(units)),
        petitions=sum(40 - n for n in range(units)),
        note="Çok uzun bir vardiya notu: " + "gün boyunca asansör arızalıydı, " * 40,
        made_by="Prof. Dr. Ayşe Gülşen Çığrıkçıoğlu-Öztürk Büyükşahinoğulları",
    )


def twelve_sheet() -> DaySheet:
    """The most a page is meant for: twelve services and twelve hours with the numbers of a busy day."""
    full = full_sheet()
    names = [s.name for s in full.services]
    names += ["Kadın danışma", "Muhtarlık işleri", "Ruhsat ve denetim", "Veteriner işleri", "Afet ve acil durum"]
    lines = tuple(
        _line("AVTEYRNKLUZF"[n], name, "Birim", tuple((n + 3) * (h % 6 + 1) // 4 for h in range(12)), n + 4, n % 4)
        for n, name in enumerate(names)
    )
    directions = tuple(h % 5 for h in range(12))
    by_hour = tuple(sum(column) for column in zip(*(s.by_hour for s in lines), directions, strict=True))
    issued = sum(s.tickets for s in lines)
    return replace(
        full,
        hours=tuple(range(8, 20)),
        closes="20.00",
        services=lines,
        directions_by_hour=directions,
        visits_by_hour=by_hour,
        weekday_mean_by_hour=tuple(v * (0.8 + 0.05 * h) for h, v in enumerate(by_hour)),
        visits=sum(by_hour),
        directions=sum(directions),
        tickets_issued=issued,
        tickets_served=issued - 12,
    )

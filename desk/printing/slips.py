"""What each slip says: from a read type, the site's header and the reader's translator to data for a printer.

Rules of content. A ticket carries no personal data and at most "Öncelikli": never a class, a kind of help or an
equipment. Names are masked on 80 mm paper. A forecast is a band and says that it is one. A petition's receipt
follows circular 2004/12 and names what is missing (Law 3071, art. 4 and 6); it is never a refusal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator, translator
from desk.printing.elements import Barcode, CopyMark, Cut, Element, Pair, Row, Rule, Slip, Space, Text
from desk.printing.slip_day_more import more_of_day
from desk.printing.slip_parts import centred, copy_mark, letterhead, moment_words, site_words, together
from desk.printing.slips_receipt import deficiency_slip, label_slip, receipt_slip
from desk.queue.types import Band, Ticket, Window
from desk.registry.places import place
from desk.registry.types import AssistanceJob, Destination, SiteHeader
from desk.reports.types import DaySheet
from desk.text import long_date, number, stopwatch

__all__ = [
    "Slip",
    "assistance_slip",
    "day_slip",
    "deficiency_slip",
    "direction_slip",
    "label_slip",
    "mark_copy",
    "receipt_slip",
    "ticket_slip",
]


# The same on every ticket: made once, and written down once (see ``Slip.to_json``).
_RULE, DASHED, _SPACE, _NARROW, _CUT = Rule(), Rule("dashed"), Space(8), Space(6), Cut()


@lru_cache(maxsize=64)
def _service(name: str) -> Text:
    return Text(name, "center", 2, 2, bold=True)


def ticket_slip(ticket: Ticket, header: SiteHeader, tr: Translator, *, copy_no: int = 1) -> Slip:
    """The number, where to go, and how long it may take. At most 450 bytes on 80 mm, without öncelik and refakat."""
    elements: list[Element] = [
        *copy_mark(copy_no, tr),
        *letterhead(header),
        _RULE,
        centred(tr(N_("Sıra numaranız"))),
        Text(together(ticket.number), "center", 7, 6, bold=True),
    ]
    if ticket.priority:
        elements.append(Text(tr(N_("Öncelikli")), "center", 2, 2, bold=True, invert=True))
    elements += [
        _SPACE,
        _service(tr(ticket.service_name)),
        *([centred(place(ticket.place, tr))] if ticket.place else []),
        DASHED,
        *expectation(ticket, tr),
        DASHED,
    ]
    if ticket.assistance:
        elements += [Text(tr(N_("Görevli sizi girişte karşılayacak.")), "center", bold=True), Space(8)]
    persons = tr(N_("{count} kişi")).format(count=ticket.persons)
    note = site_words(header, "ticket_note", N_("Bu fişte kişisel veri yer almaz."), tr, ticket.lang)
    elements += [
        Barcode(ticket.scan_code),
        _NARROW,
        Row(moment_words(ticket.issued_at, ticket.lang), persons, False, "ends"),
        centred(f"{note} {together(header.hotline)}"),
        _CUT,
    ]
    return Slip("ticket", ticket.lang, tuple(elements))


def expectation(ticket: Ticket, tr: Translator) -> list[Element]:
    """How many are ahead, and how long or until when: at most one of a band of minutes and a window of the clock."""
    numbers = tr(N_("{count} numara")).format(count=ticket.ahead)
    sure_only = centred(tr(N_("Tahminîdir; yoğunluğa göre değişebilir.")))
    if ticket.window is not None:
        clock = _window(ticket.window, ticket.lang)
        return [
            Pair(tr(N_("Önünüzde")), numbers, tr(N_("Tahmini çağrı")), clock),
            *_pause(ticket.window, ticket.lang, tr),
            sure_only,
        ]
    forecast = ticket.forecast
    if forecast and forecast.high <= 0 and ticket.ahead == 0:
        return [Space(8), Text(tr(N_("Bekleme yok")), "center", 2, 2, bold=True)]
    if forecast is None:
        return [centred(tr(N_("Önünüzde"))), Text(numbers, "center", 2, 2, bold=True)]
    return [Pair(tr(N_("Önünüzde")), numbers, tr(N_("Tahmini bekleme")), _band(forecast, tr)), sure_only]


def _window(window: Window, lang: str) -> str:
    """13.10–13.20; with colons in other languages than Turkish."""
    return f"{_clock(window.begins, lang)}–{_clock(window.ends, lang)}"


def _pause(window: Window, lang: str, tr: Translator) -> list[Element]:
    if window.pause is None:
        return []
    begins, ends = (_clock(at, lang) for at in window.pause)
    return [centred(tr(N_("Öğle arası {begins}–{ends}.")).format(begins=begins, ends=ends))]


def _clock(at: time, lang: str) -> str:
    return f"{at:%H.%M}" if lang == SOURCE_LANGUAGE else f"{at:%H:%M}"


def _band(forecast: Band, tr: Translator) -> str:
    if forecast.high <= 0:
        return tr(N_("Yok"))
    if forecast.low == forecast.high:
        return tr(N_("{minutes} dk")).format(minutes=forecast.high)
    return tr(N_("{low}–{high} dk")).format(low=forecast.low, high=forecast.high)


def direction_slip(
    destination: Destination,
    at: datetime,
    header: SiteHeader,
    tr: Translator,
    *,
    lang: str = SOURCE_LANGUAGE,
    copy_no: int = 1,
) -> Slip:
    """Where to go, for a visitor who needs no number."""
    note = site_words(header, "direction_note", "", tr, lang)
    elements: list[Element] = [
        *copy_mark(copy_no, tr),
        *letterhead(header),
        Rule(),
        centred(tr(N_("Gideceğiniz yer"))),
        Space(8),
        Text(destination.name, "center", 2, 2, bold=True, fit=True),
        *([centred(place(destination.detail, tr))] if destination.detail else []),
        Rule("dashed"),
        *([centred(note)] if note else []),
        Row(moment_words(at, lang), together(header.hotline), layout="ends"),
        Cut(),
    ]
    return Slip("direction", lang, tuple(elements))


def assistance_slip(
    job: AssistanceJob, header: SiteHeader, tr: Translator, *, lang: str = SOURCE_LANGUAGE, copy_no: int = 1
) -> Slip:
    """What the escort carries: which number, from where to where. No kind of help: the paper may be left lying.

    The escort reads Turkish; ``lang`` adds what the visitor wants to know in their own language.
    """
    rows = [
        Row(tr(N_("Nereden")), job.from_place or "-"),
        Row(tr(N_("Nereye")), job.to_place or "-"),
        Row(tr(N_("İstendi")), moment_words(job.requested_at, SOURCE_LANGUAGE)),
        Row(tr(N_("Hedef")), tr(N_("{minutes} dk")).format(minutes=job.target_minutes)),
        *([Row(tr(N_("Görevli")), job.escort)] if job.escort else []),
    ]
    elements: list[Element] = [
        *copy_mark(copy_no, tr),
        *letterhead(header),
        Rule(),
        centred(tr(N_("Refakat"))),
        Text(together(job.number), "center", 4, 4, bold=True),
        Rule("dashed"),
        *rows,
        *(_for_the_visitor(job, lang) if lang != SOURCE_LANGUAGE else []),
        Cut(),
    ]
    return Slip("assistance", SOURCE_LANGUAGE, tuple(elements))


def _for_the_visitor(job: AssistanceJob, lang: str) -> list[Element]:
    tr = translator(lang)
    where = [centred(f"{tr(N_('Nereye'))}: {place(job.to_place, tr)}")] if job.to_place else []
    return [Rule("dashed"), Text(tr(N_("Görevli size eşlik edecek.")), "center", bold=True), *where]


def day_slip(sheet: DaySheet, tr: Translator, *, copy_no: int = 1) -> Slip:
    """The day's counts on a short slip, for the shift lead. The measures are those of the A4 day sheet."""
    elements: list[Element] = [
        *copy_mark(copy_no, tr),
        *letterhead(sheet.header),
        Rule(),
        Text(tr(N_("Gün özeti")), "center", 2, 2, bold=True),
        centred(long_date(sheet.day)),
        centred(sheet.header.site),
        Rule("dashed"),
        _count(tr(N_("Ziyaret")), sheet.visits),
        _count(tr(N_("Kişi")), sheet.persons),
        _count(tr(N_("Bilgi verildi")), sheet.directions),
        Rule("dashed"),
        *_ticket_counts(sheet, tr),
        Rule("dashed"),
        *_waits(sheet, tr),
        Rule("dashed"),
        *(_count(f"{line.letter} {line.name}", line.tickets) for line in sheet.services if line.tickets),
        Rule("dashed"),
        _count(tr(N_("Refakat")), sheet.assistance_total),
        _count(tr(N_("Dilekçe ve başvuru")), sheet.petitions),
        _count(tr(N_("Eksiği olan")), sheet.petitions_incomplete),
        *more_of_day(sheet, tr),
        Rule(),
        Row(moment_words(sheet.made_at, SOURCE_LANGUAGE), sheet.made_by, layout="ends"),
        Row("", tr(N_("İmza")), False, "ends"),
        Space(72),
        Cut(),
    ]
    return Slip("day", SOURCE_LANGUAGE, tuple(elements))


def _ticket_counts(sheet: DaySheet, tr: Translator) -> list[Element]:
    """Rates are of numbers, with their denominator."""
    of_numbers = tr(N_("{part} / {whole} numara"))
    return [
        _count(tr(N_("Verilen numara")), sheet.tickets_issued),
        _count(tr(N_("Hizmet verilen")), sheet.tickets_served),
        _count(tr(N_("Açık kalan")), sheet.tickets_waiting),
        _count(tr(N_("İptal edilen")), sheet.tickets_cancelled),
        Row(
            tr(N_("Hizmet almadan ayrılan")),
            of_numbers.format(part=number(sheet.unserved), whole=number(sheet.tickets_issued)),
            layout="ends",
        ),
        Row(
            tr(N_("Öncelikli")),
            of_numbers.format(part=number(sheet.priority_total), whole=number(sheet.tickets_issued)),
            layout="ends",
        ),
    ]


def _waits(sheet: DaySheet, tr: Translator) -> list[Element]:
    return [
        Row(name, "-" if seconds is None else stopwatch(seconds), layout="ends")
        for name, seconds in (
            (tr(N_("Bekleme, ortanca")), sheet.wait_median),
            (tr(N_("Bekleme, P90")), sheet.wait_p90),
            (tr(N_("Ortalama işlem süresi")), sheet.serve_mean),
        )
    ]


def _count(name: str, value: int) -> Row:
    return Row(name, number(value), layout="ends")


def mark_copy(slip: Slip, copy_no: int, tr: Translator) -> Slip:
    """``slip`` with "KOPYA n" at its head, so that two papers of one number are not taken for two numbers."""
    marked = bool(slip.elements) and isinstance(slip.elements[0], CopyMark)
    rest = slip.elements[1:] if marked else slip.elements
    return replace(slip, elements=(*copy_mark(copy_no, tr), *rest))

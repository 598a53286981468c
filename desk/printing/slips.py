"""What each slip says: from a read type, the site's header and the reader's translator to data for a printer.

Rules of content. A ticket carries no personal data and at most "Öncelikli": never a class, a kind of help or an
equipment. Names are masked on 80 mm paper. A forecast is a band and says that it is one. A petition's receipt
follows circular 2004/12 and names what is missing (Law 3071, art. 4 and 6); it is never a refusal.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.clock import local
from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.printing.elements import QR, Barcode, CopyMark, Cut, Element, Logo, Pair, Row, Rule, Slip, Space, Text
from desk.printing.typesetting import NO_BREAK
from desk.queue.types import Band, Ticket
from desk.registry.places import place
from desk.registry.types import (
    CHANNEL_NAMES,
    MISSING_NAMES,
    AssistanceJob,
    Destination,
    DocumentKind,
    Receipt,
    SiteHeader,
)
from desk.reports.types import DaySheet
from desk.text import date_and_time, long_date, number, short_date, stopwatch, upper_tr

__all__ = [
    "Slip",
    "assistance_slip",
    "day_slip",
    "deficiency_slip",
    "direction_slip",
    "mark_copy",
    "receipt_slip",
    "ticket_slip",
]

_TITLES = {
    DocumentKind.PETITION: N_("Dilekçe alındı belgesi"),
    DocumentKind.INFORMATION: N_("Bilgi edinme başvurusu alındı belgesi"),
}
_MISSING = {
    DocumentKind.PETITION: N_("Eksik hususlar: {list} (3071 m. 4). Tamamlanmazsa incelenemez (m. 6)."),
    DocumentKind.INFORMATION: N_("Eksik hususlar: {list} (4982 m. 6). Tamamlanmazsa işleme alınamaz."),
}
_DEFICIENCY_BASIS = {
    DocumentKind.PETITION: N_("Eksikler tamamlanmazsa dilekçe incelenemez (3071 sayılı Kanun m. 4 ve 6)."),
    DocumentKind.INFORMATION: N_("Eksikler tamamlanmazsa başvuru işleme alınamaz (4982 sayılı Kanun m. 6)."),
}


def ticket_slip(ticket: Ticket, header: SiteHeader, tr: Translator, *, copy_no: int = 1) -> Slip:
    """The number, where to go, and how long it may take. At most 450 bytes on 80 mm, without öncelik and refakat."""
    elements: list[Element] = [
        *_copy(copy_no, tr),
        *_letterhead(header),
        Rule(),
        _centred(tr(N_("Sıra numaranız"))),
        Text(_together(ticket.number), "center", 7, 6, bold=True),
    ]
    if ticket.priority:
        elements.append(Text(tr(N_("Öncelikli")), "center", 2, 2, bold=True, invert=True))
    elements += [
        Space(8),
        Text(tr(ticket.service_name), "center", 2, 2, bold=True),
        *([_centred(place(ticket.place, tr))] if ticket.place else []),
        Rule("dashed"),
        *_expectation(ticket.ahead, ticket.forecast, tr),
        Rule("dashed"),
    ]
    if ticket.assistance:
        elements += [Text(tr(N_("Görevli sizi girişte karşılayacak.")), "center", bold=True), Space(8)]
    persons = tr(N_("{count} kişi")).format(count=ticket.persons)
    elements += [
        Barcode(ticket.scan_code),
        Space(6),
        Row(_moment(ticket.issued_at, ticket.lang), persons, False, "ends"),
        _centred(f"{tr(N_('Bu fişte kişisel veri yer almaz.'))} {_together(header.hotline)}"),
        Cut(),
    ]
    return Slip("ticket", ticket.lang, tuple(elements))


def _expectation(ahead: int, forecast: Band | None, tr: Translator) -> list[Element]:
    numbers = tr(N_("{count} numara")).format(count=ahead)
    if forecast and forecast.high <= 0 and ahead == 0:
        return [Space(8), Text(tr(N_("Bekleme yok")), "center", 2, 2, bold=True)]
    if forecast is None:
        return [_centred(tr(N_("Önünüzde"))), Text(numbers, "center", 2, 2, bold=True)]
    pair = Pair(tr(N_("Önünüzde")), numbers, tr(N_("Tahmini bekleme")), _band(forecast, tr))
    return [pair, _centred(tr(N_("Tahminîdir; yoğunluğa göre değişebilir.")))]


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
    elements: list[Element] = [
        *_copy(copy_no, tr),
        *_letterhead(header),
        Rule(),
        _centred(tr(N_("Gideceğiniz yer"))),
        Space(8),
        Text(destination.name, "center", 2, 2, bold=True, fit=True),
        *([_centred(place(destination.detail, tr))] if destination.detail else []),
        Rule("dashed"),
        Row(_moment(at, lang), _together(header.hotline), layout="ends"),
        Cut(),
    ]
    return Slip("direction", lang, tuple(elements))


def assistance_slip(job: AssistanceJob, header: SiteHeader, tr: Translator, *, copy_no: int = 1) -> Slip:
    """What the escort carries: which number, from where to where. No kind of help: the paper may be left lying."""
    rows = [
        Row(tr(N_("Nereden")), job.from_place or "-"),
        Row(tr(N_("Nereye")), job.to_place or "-"),
        Row(tr(N_("İstendi")), _moment(job.requested_at, SOURCE_LANGUAGE)),
        Row(tr(N_("Hedef")), tr(N_("{minutes} dk")).format(minutes=job.target_minutes)),
        *([Row(tr(N_("Görevli")), job.escort)] if job.escort else []),
    ]
    elements: list[Element] = [
        *_copy(copy_no, tr),
        *_letterhead(header),
        Rule(),
        _centred(tr(N_("Refakat"))),
        Text(_together(job.number), "center", 4, 4, bold=True),
        Rule("dashed"),
        *rows,
        Cut(),
    ]
    return Slip("assistance", SOURCE_LANGUAGE, tuple(elements))


def receipt_slip(receipt: Receipt, header: SiteHeader, tr: Translator, *, lang: str = SOURCE_LANGUAGE) -> Slip:
    """The alındı belgesi on a thermal printer, with the applicant's name masked."""
    due = f"{tr(N_('Son cevap tarihi'))}: {_together(short_date(receipt.due_on))}"
    track = N_("Sonucu bu kodla danışmadan veya {hotline} hattından öğrenebilirsiniz.")
    elements: list[Element] = [
        *_copy(receipt.copy_no, tr),
        *_official_head(header),
        Rule(),
        Text(tr(_TITLES[receipt.kind]), "center", 2, 2, bold=True, fit=True),
        Space(8),
        _centred(tr(N_("Kayıt no"))),
        Text(_together(receipt.record_number), "center", 3, 3, bold=True, fit=True),
        Space(10),
        *_receipt_rows(receipt, lang, tr),
        Space(10),
        Text(due, "center", 2, 2, bold=True, invert=True, fit=True),
        Space(6),
        _centred(tr(receipt.due_basis)),
        _centred(tr(N_("İlgili birime havale edilmek üzere kaydedilmiştir."))),
        *_missing(receipt, tr),
        Rule("dashed"),
        QR(receipt.tracking_code),
        _centred(tr(N_("Takip kodu"))),
        Text(_together(receipt.tracking_code), "center", 3, 2, bold=True, fit=True),
        _centred(tr(track).format(hotline=_together(header.hotline))),
        Space(10),
        Barcode(receipt.scan_code),
        Rule(),
        Row(f"{tr(N_('Kaydı alan'))}: {_together(receipt.registered_by_masked)}", tr(N_("İmza / kaşe")), False, "ends"),
        Space(72),
        _centred(tr(N_("Kişisel verileriniz 6698 sayılı Kanun kapsamında yalnızca bu başvuru için işlenir."))),
        _centred(f"{tr(N_('Veri sorumlusu'))}: {header.authority}"),
        Cut(),
    ]
    return Slip("receipt", lang, tuple(elements))


def _receipt_rows(receipt: Receipt, lang: str, tr: Translator) -> list[Element]:
    pages = sum(enclosure.pages for enclosure in receipt.enclosures)
    enclosures = tr(N_("{count} ek, {pages} sayfa")).format(count=len(receipt.enclosures), pages=pages)
    not_given = tr(N_("Belirtilmedi"))
    return [
        Row(tr(N_("Kayıt tarihi")), _moment(receipt.received_at, lang)),
        Row(tr(N_("Geliş kanalı")), tr(CHANNEL_NAMES[receipt.channel])),
        Row(tr(N_("Başvuran")), receipt.applicant_masked or not_given),
        Row(tr(N_("Konu")), receipt.subject or not_given),
        Row(tr(N_("İlgili birim")), receipt.unit or not_given),
        Row(tr(N_("Ekler")), enclosures if receipt.enclosures else tr(N_("Yok"))),
    ]


def _missing(receipt: Receipt, tr: Translator) -> list[Element]:
    if not receipt.missing:
        return []
    names = tr(N_(", ")).join(tr(MISSING_NAMES[one]) for one in receipt.missing)  # Arabic has a comma of its own
    return [Rule("dashed"), Text(tr(_MISSING[receipt.kind]).format(list=names), bold=True)]


def deficiency_slip(receipt: Receipt, header: SiteHeader, tr: Translator, *, lang: str = SOURCE_LANGUAGE) -> Slip:
    """ "Eksiklik bildirimi": what the petition lacks, for the petitioner to bring. The petition stays registered."""
    how = N_("Eksikleri tamamlamak için bu fişle danışmaya başvurabilir veya {hotline} hattını arayabilirsiniz.")
    elements: list[Element] = [
        *_copy(receipt.copy_no, tr),
        *_official_head(header),
        Rule(),
        Text(tr(N_("Eksiklik bildirimi")), "center", 2, 2, bold=True, fit=True),
        Space(10),
        Row(tr(N_("Kayıt no")), receipt.record_number),
        Row(tr(N_("Kayıt tarihi")), _moment(receipt.received_at, lang)),
        Row(tr(N_("Son cevap tarihi")), short_date(receipt.due_on)),
        Rule("dashed"),
        Text(tr(N_("Başvurunuz kaydedilmiştir. Tamamlanması gerekenler:"))),
        *(Text(f"• {tr(MISSING_NAMES[one])}", width=1, height=2, bold=True) for one in receipt.missing),
        Space(8),
        Text(tr(_DEFICIENCY_BASIS[receipt.kind])),
        Text(tr(how).format(hotline=_together(header.hotline))),
        Space(10),
        Barcode(receipt.scan_code),
        Rule(),
        Row(f"{tr(N_('Kaydı alan'))}: {_together(receipt.registered_by_masked)}", tr(N_("İmza / kaşe")), False, "ends"),
        Space(72),
        Cut(),
    ]
    return Slip("deficiency", lang, tuple(elements))


def day_slip(sheet: DaySheet, tr: Translator, *, copy_no: int = 1) -> Slip:
    """The day's counts on a short slip, for the shift lead. The measures are those of the A4 day sheet."""
    elements: list[Element] = [
        *_copy(copy_no, tr),
        *_letterhead(sheet.header),
        Rule(),
        Text(tr(N_("Gün özeti")), "center", 2, 2, bold=True),
        _centred(long_date(sheet.day)),
        _centred(sheet.header.site),
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
        Rule(),
        Row(_moment(sheet.made_at, SOURCE_LANGUAGE), sheet.made_by, layout="ends"),
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


def _letterhead(header: SiteHeader) -> list[Element]:
    return [Logo(), Space(6), Text(header.municipality, "center", bold=True), _centred(header.department)]


def _official_head(header: SiteHeader) -> list[Element]:
    return [
        Logo(),
        Space(6),
        Text("T.C.", "center", bold=True),
        Text(upper_tr(header.authority), "center", bold=True),
        _centred(header.department),
    ]


def mark_copy(slip: Slip, copy_no: int, tr: Translator) -> Slip:
    """``slip`` with "KOPYA n" at its head, so that two papers of one number are not taken for two numbers."""
    marked = bool(slip.elements) and isinstance(slip.elements[0], CopyMark)
    rest = slip.elements[1:] if marked else slip.elements
    return replace(slip, elements=(*_copy(copy_no, tr), *rest))


def _copy(copy_no: int, tr: Translator) -> list[Element]:
    return [CopyMark(tr(N_("KOPYA {count}")).format(count=copy_no))] if copy_no > 1 else []


def _centred(text: str) -> Text:
    return Text(text, "center")


def _together(text: str) -> str:
    """Held on one line: a number is not broken between its letter and its digits."""
    return text.replace(" ", NO_BREAK)


def _moment(moment: datetime, lang: str) -> str:
    """24.11.2026 10.42; with a colon in other languages than Turkish."""
    if lang == SOURCE_LANGUAGE:
        return date_and_time(moment)
    return f"{local(moment):%d.%m.%Y %H:%M}"

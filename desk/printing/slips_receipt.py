"""Slips of a registered document: the alındı belgesi, the "Eksiklik bildirimi", the kayıt kaşesi.

The alındı belgesi is an official paper (circular 2004/12) and stays Turkish, as petitions are (Law 3071, art. 3). A
visitor who reads another language gets the essentials below it, marked as a summary that the Turkish text outranks.
Names are masked on 80 mm paper. A petition is never refused: what it lacks is named (art. 4 and 6).
"""

from __future__ import annotations

from desk.errors import N_
from desk.i18n import SOURCE_LANGUAGE, Translator, translator
from desk.printing.elements import QR, Barcode, Cut, Element, Row, Rule, Slip, Space, Text
from desk.printing.slip_parts import (
    centred,
    copy_mark,
    law_words,
    moment_words,
    official_head,
    second_mark,
    site_words,
    together,
)
from desk.registry.due_words import basis_words
from desk.registry.types import (
    CHANNEL_NAMES,
    MISSING_NAMES,
    DocumentKind,
    Receipt,
    SenderKind,
    SiteHeader,
    applicant_label,
)
from desk.text import date_and_time, short_date

_TITLES = {
    DocumentKind.PETITION: N_("Dilekçe alındı belgesi"),
    DocumentKind.INFORMATION: N_("Bilgi edinme başvurusu alındı belgesi"),
    DocumentKind.OFFICIAL_LETTER: N_("Resmî yazı teslim alındı belgesi"),
    DocumentKind.NOTIFICATION: N_("Tebligat teslim alındı belgesi"),
    DocumentKind.WARNING: N_("İhtarname teslim alındı belgesi"),
    DocumentKind.TENDER: N_("Teklif zarfı teslim alındı belgesi"),
    DocumentKind.ORAL: N_("Sözlü talep alındı belgesi"),
}
_OTHER_TITLE = N_("Başvuru alındı belgesi")
_MISSING = {
    DocumentKind.PETITION: N_("Eksik hususlar: {list} (3071 m. 4). Tamamlanmazsa incelenemez (m. 6)."),
    DocumentKind.INFORMATION: N_("Eksik hususlar: {list} (4982 m. 6). Tamamlanmazsa işleme alınamaz."),
}
_OTHER_MISSING = N_("Eksik hususlar: {list}.")
_DEFICIENCY_BASIS = {
    DocumentKind.PETITION: N_("Eksikler tamamlanmazsa dilekçe incelenemez (3071 sayılı Kanun m. 4 ve 6)."),
    DocumentKind.INFORMATION: N_("Eksikler tamamlanmazsa başvuru işleme alınamaz (4982 sayılı Kanun m. 6)."),
}
_TRACK = N_("Sonucu bu kodla danışmadan veya {hotline} hattından öğrenebilirsiniz.")
_PRIVACY = N_("Kişisel verileriniz 6698 sayılı Kanun kapsamında yalnızca bu başvuru için işlenir.")
_SUMMARY = N_("Bu özet bilgi içindir; geçerli olan Türkçe metindir.")


def receipt_slip(
    receipt: Receipt,
    header: SiteHeader,
    tr: Translator,
    *,
    lang: str = SOURCE_LANGUAGE,
    summary: str = SOURCE_LANGUAGE,
    second: bool = False,
) -> Slip:
    """The alındı belgesi on a thermal printer.

    ``summary``: the language in which the essentials stand once more below it. ``second``: the office's own copy.
    """
    note = site_words(header, "receipt_note", "", tr, lang)
    elements: list[Element] = [
        *(second_mark(tr) if second else copy_mark(receipt.copy_no, tr)),
        *official_head(header),
        Rule(),
        *_title(receipt, tr),
        *_rows(receipt, lang, tr),
        Space(10),
        Text(_due(receipt, tr), "center", 2, 2, bold=True, invert=True, fit=True),
        Space(6),
        *_basis(receipt, tr),
        *_missing(receipt, tr),
        Rule("dashed"),
        QR(receipt.tracking_code),
        centred(tr(N_("Takip kodu"))),
        Text(together(receipt.tracking_code), "center", 3, 2, bold=True, fit=True),
        centred(tr(_TRACK).format(hotline=together(header.hotline))),
        Space(10),
        Barcode(receipt.scan_code),
        Rule(),
        *_signature(receipt, tr),
        *([centred(note)] if note else []),
        centred(site_words(header, "receipt_privacy", _PRIVACY, tr, lang)),
        centred(f"{tr(N_('Veri sorumlusu'))}: {header.authority}"),
        *(_summary(receipt, header, summary) if summary != SOURCE_LANGUAGE else []),
        Cut(),
    ]
    return Slip("receipt", lang, tuple(elements))


def _title(receipt: Receipt, tr: Translator) -> list[Element]:
    """What it is, and its number; where the municipality's EBYS registers, ours is a number to ask with."""
    title = Text(tr(_TITLES.get(receipt.kind, _OTHER_TITLE)), "center", 2, 2, bold=True, fit=True)
    number = Text(together(receipt.record_number), "center", 3, 3, bold=True, fit=True)
    if receipt.preliminary:
        sentence = tr(N_("Resmî kayıt, elektronik belge yönetim sisteminde ayrıca yapılır."))
        mark = Text(tr(N_("Ön kayıt")), "center", 2, 2, bold=True, invert=True)
        return [title, Space(8), mark, Space(6), centred(tr(N_("Takip no"))), number, centred(sentence), Space(10)]
    return [title, Space(8), centred(tr(N_("Kayıt no"))), number, Space(10)]


def _basis(receipt: Receipt, tr: Translator) -> list[Element]:
    """Why it is this day, and what becomes of the paper; an envelope has no answer and was not opened (Law 4734)."""
    if receipt.kind is DocumentKind.TENDER:
        return [centred(tr(N_("Zarf açılmadan teslim alınmıştır.")))]
    return [
        centred(law_words(basis_words(receipt.due_basis, tr))),
        centred(tr(N_("İlgili birime havale edilmek üzere kaydedilmiştir."))),
    ]


def _envelope_rows(receipt: Receipt, lang: str, tr: Translator) -> list[Element]:
    """Of a teklif zarfı: for which tender and from whom. A firm is no person: its name stands in full."""
    firm = receipt.sender_kind in (SenderKind.COMPANY, SenderKind.BODY)
    not_given = tr(N_("Belirtilmedi"))
    return [
        *_official_number(receipt, tr),
        Row(tr(N_("Kayıt tarihi")), moment_words(receipt.received_at, lang)),
        Row(tr(N_("Geliş kanalı")), tr(CHANNEL_NAMES[receipt.channel])),
        Row(tr(N_("İhale")), receipt.tender or not_given),
        Row(tr(N_("İstekli")), (receipt.applicant if firm else _applicant(receipt, tr)) or not_given),
        Row(tr(N_("İlgili birim")), receipt.unit or not_given),
    ]


def _rows(receipt: Receipt, lang: str, tr: Translator) -> list[Element]:
    if receipt.kind is DocumentKind.TENDER:
        return _envelope_rows(receipt, lang, tr)
    pages = sum(enclosure.pages for enclosure in receipt.enclosures)
    enclosures = tr(N_("{count} ek, {pages} sayfa")).format(count=len(receipt.enclosures), pages=pages)
    not_given = tr(N_("Belirtilmedi"))
    return [
        *_official_number(receipt, tr),
        Row(tr(N_("Kayıt tarihi")), moment_words(receipt.received_at, lang)),
        Row(tr(N_("Geliş kanalı")), tr(CHANNEL_NAMES[receipt.channel])),
        Row(tr(applicant_label(receipt.kind, receipt.sender_kind)), _applicant(receipt, tr) or not_given),
        Row(tr(N_("Konu")), receipt.subject or not_given),
        Row(tr(N_("İlgili birim")), receipt.unit or not_given),
        Row(tr(N_("Ekler")), enclosures if receipt.enclosures else tr(N_("Yok"))),
    ]


def _official_number(receipt: Receipt, tr: Translator) -> list[Element]:
    if not receipt.official_number:
        return []
    day = f" ({short_date(receipt.official_on)})" if receipt.official_on else ""
    return [Row(tr(N_("EBYS no")), f"{receipt.official_number}{day}")]


def _applicant(receipt: Receipt, tr: Translator) -> str:
    """The masked name; of a toplu dilekçe the first signature and how many more."""
    if receipt.persons > 1 and receipt.applicant_masked:
        words = tr(N_("{name} ve {count} kişi"))
        return words.format(name=receipt.applicant_masked, count=receipt.persons - 1)
    return receipt.applicant_masked


def _due(receipt: Receipt, tr: Translator) -> str:
    """A period that no law sets is a target and says so; of an envelope it is the minute it came in that counts."""
    if receipt.kind is DocumentKind.TENDER:
        moment = receipt.arrived_at or date_and_time(receipt.received_at)
        return f"{tr(N_('Teslim alındı'))}: {together(moment)}"
    label = tr(N_("Hedef tarih")) if receipt.due_is_target else tr(N_("Son cevap tarihi"))
    return f"{label}: {together(short_date(receipt.due_on))}"


def _missing(receipt: Receipt, tr: Translator) -> list[Element]:
    return [Rule("dashed"), Text(_missing_words(receipt, tr), bold=True)] if receipt.missing else []


def _missing_words(receipt: Receipt, tr: Translator) -> str:
    names = tr(N_(", ")).join(tr(MISSING_NAMES[one]) for one in receipt.missing)  # Arabic has a comma of its own
    return law_words(tr(_MISSING.get(receipt.kind, _OTHER_MISSING)).format(list=names))


def _signature(receipt: Receipt, tr: Translator) -> list[Element]:
    taken = f"{tr(N_('Kaydı alan'))}: {together(receipt.registered_by_masked)}"
    return [Row(taken, tr(N_("İmza / kaşe")), False, "ends"), Space(72)]


def _summary(receipt: Receipt, header: SiteHeader, lang: str) -> list[Element]:
    """The essentials in the visitor's language: number, day, what is missing, and how to ask."""
    tr = translator(lang)
    number = f"{tr(N_('Kayıt no'))}: {together(receipt.record_number)}"
    code = f"{tr(N_('Takip kodu'))}: {together(receipt.tracking_code)}"
    return [
        Rule(),
        Text(tr(_TITLES.get(receipt.kind, _OTHER_TITLE)), "center", bold=True),
        centred(number),
        centred(f"{tr(N_('Kayıt tarihi'))}: {together(moment_words(receipt.received_at, lang))}"),
        Text(_due(receipt, tr), "center", bold=True),
        centred(code),
        *([centred(_missing_words(receipt, tr))] if receipt.missing else []),
        centred(tr(_TRACK).format(hotline=together(header.hotline))),
        Space(6),
        centred(tr(_SUMMARY)),
    ]


def deficiency_slip(
    receipt: Receipt,
    header: SiteHeader,
    tr: Translator,
    *,
    lang: str = SOURCE_LANGUAGE,
    summary: str = SOURCE_LANGUAGE,
) -> Slip:
    """ "Eksiklik bildirimi": what the petition lacks, for the petitioner to bring. The petition stays registered."""
    how = N_("Eksikleri tamamlamak için bu fişle danışmaya başvurabilir veya {hotline} hattını arayabilirsiniz.")
    basis = _DEFICIENCY_BASIS.get(receipt.kind)
    elements: list[Element] = [
        *copy_mark(receipt.copy_no, tr),
        *official_head(header),
        Rule(),
        Text(tr(N_("Eksiklik bildirimi")), "center", 2, 2, bold=True, fit=True),
        Space(10),
        Row(tr(N_("Kayıt no")), receipt.record_number),
        Row(tr(N_("Kayıt tarihi")), moment_words(receipt.received_at, lang)),
        Row(tr(N_("Son cevap tarihi")), short_date(receipt.due_on)),
        Rule("dashed"),
        Text(tr(N_("Başvurunuz kaydedilmiştir. Tamamlanması gerekenler:"))),
        *(Text(f"• {tr(MISSING_NAMES[one])}", width=2, height=2, bold=True, fit=True) for one in receipt.missing),
        Space(8),
        *([Text(law_words(tr(basis)))] if basis else []),
        Text(tr(how).format(hotline=together(header.hotline))),
        Space(10),
        Barcode(receipt.scan_code),
        Rule(),
        *_signature(receipt, tr),
        *(_summary(receipt, header, summary) if summary != SOURCE_LANGUAGE else []),
        Cut(),
    ]
    return Slip("deficiency", lang, tuple(elements))


def label_slip(receipt: Receipt, header: SiteHeader, tr: Translator) -> Slip:
    """The kayıt kaşesi that is stuck on the document itself: 60 × 40 mm, no name on it."""
    pages = sum(enclosure.pages for enclosure in receipt.enclosures)
    enclosures = tr(N_("{count} ek, {pages} sayfa")).format(count=len(receipt.enclosures), pages=pages)
    elements: list[Element] = [
        Text(header.municipality, "center", bold=True, fit=True),
        Text(together(receipt.record_number), "center", 2, 2, bold=True, fit=True),
        centred(moment_words(receipt.received_at, SOURCE_LANGUAGE)),
        Text(receipt.unit or tr(N_("Birimi belirlenecek")), "center", bold=True),
        *([centred(enclosures)] if receipt.enclosures else []),
        Space(4),
        Barcode(receipt.scan_code, height=56),
        Cut(),
    ]
    return Slip("label", SOURCE_LANGUAGE, tuple(elements))

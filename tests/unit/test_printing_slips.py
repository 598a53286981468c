from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from printing_samples import HEADER, INCOMPLETE, MORNING, RECEIPT, TICKET, as_written, ticket

from desk.errors import Fault
from desk.i18n import translator
from desk.printing import slips, slips_receipt
from desk.printing.elements import QR, Barcode, Pair, Row, Slip, Text
from desk.printing.escpos import build
from desk.printing.preview import read_paper
from desk.printing.profiles import all_profiles, load_profile
from desk.queue.types import Band, Window
from desk.registry.setting_screens import TICKET_LETTERS
from desk.registry.types import AssistanceJob, AssistanceKind, AssistanceState, Destination, DocumentKind, SenderKind
from desk.reports.types import Count, DaySheet, ServiceLine


def read(slip: Slip, model: str = "generic-80") -> str:
    profile = load_profile(model)
    return "\n".join(read_paper(build(slip, profile).data, profile).text)


def ticket_text(**changes: object) -> str:
    return read(slips.ticket_slip(ticket(**changes), HEADER, as_written))


def test_a_ticket_shows_number_service_place_wait_date_and_persons() -> None:
    text = ticket_text()
    for words in (
        "Çınarova Belediyesi",
        "Halkla İlişkiler Müdürlüğü",
        "Sıra numaranız",
        "V 017",
        "Zemin kat · Banko 3, 4, 5",
        "Önünüzde  Tahmini bekleme",
        "6 numara  15-20 dk",
        "Tahminîdir; yoğunluğa göre değişebilir.",
        "24.11.2026 10.42  2 kişi",
        "Bu fişte kişisel veri yer almaz. ALO 153",
        "100100000173",
    ):
        assert words in text
    assert "Emlak ve çevre temizlik vergisi" in text.replace("\n", " ")


def test_a_priority_ticket_says_only_that_it_is_one() -> None:
    assert "Öncelikli" not in ticket_text()
    assert "Öncelikli" in ticket_text(priority=True)


def test_a_visitor_with_refakat_reads_that_staff_will_come() -> None:
    assert "Görevli sizi girişte karşılayacak." in ticket_text(assistance=True)
    assert "Görevli" not in ticket_text()


def test_across_lunch_the_call_is_promised_by_the_clock_and_names_the_pause() -> None:
    window = Window(time(13, 10), time(13, 20), (time(12), time(13)))
    text = ticket_text(forecast=None, window=window)
    assert "Önünüzde  Tahmini çağrı" in text
    assert "13.10-13.20" in text
    assert "Öğle arası 12.00-13.00." in text
    assert "Tahminîdir" in text
    assert " dk" not in text
    assert "13:10-13:20" in ticket_text(forecast=None, window=window, lang="en")


def test_nothing_is_promised_without_data_for_a_forecast() -> None:
    text = ticket_text(forecast=None)
    assert "6 numara" in text
    assert "dk" not in text
    assert "Tahmin" not in text


def test_nobody_waiting_is_said_in_words() -> None:
    assert "Bekleme yok" in ticket_text(ahead=0, forecast=Band(0, 0))


@pytest.mark.parametrize("lang", ["tr", "en", "de", "ru"])
@pytest.mark.parametrize("model", ["generic-80", "generic-58", "virtual-80", "citizen-ct-s651", "bixolon-srp350"])
def test_the_standard_ticket_is_at_most_450_bytes(model: str, lang: str) -> None:
    """In every language that the printer has letters for; Arabic is drawn."""
    slip = slips.ticket_slip(replace(TICKET, lang=lang), HEADER, translator(lang))
    assert len(build(slip, load_profile(model)).data) <= 450


def test_a_reprint_is_marked_once_with_its_number() -> None:
    slip = slips.ticket_slip(TICKET, HEADER, as_written)
    second = slips.mark_copy(slip, 2, as_written)
    third = slips.mark_copy(Slip.from_json(second.to_json()), 3, as_written)
    assert "KOPYA" not in read(slip)
    assert "KOPYA 2" in read(second)
    assert "KOPYA 3" in read(third)
    assert "KOPYA 2" not in read(third)
    assert slips.ticket_slip(TICKET, HEADER, as_written, copy_no=2) == second


def test_a_ticket_speaks_the_language_of_its_reader() -> None:
    words = {"Sıra numaranız": "Your number", "{count} numara": "{count} ahead"}
    text = read(slips.ticket_slip(ticket(lang="en"), HEADER, lambda m: words.get(m, m)))
    assert "Your number" in text
    assert "6 ahead" in text
    assert "24.11.2026 10:42" in text


def test_a_receipt_says_what_the_circular_asks_with_a_masked_name() -> None:
    text = read(slips.receipt_slip(RECEIPT, HEADER, as_written))
    for words in (
        "T.C.",
        "ÇINAROVA BELEDİYE BAŞKANLIĞI",
        "Dilekçe alındı belgesi",
        "2026/004218",
        "Kayıt tarihi  24.11.2026 10.42",
        "Geliş kanalı  Elden",
        "Başvuran  N*** Ö***",
        "Konu  Kaldırım onarımı ve yağmur suyu",
        "İlgili birim  Fen İşleri Müdürlüğü",
        "Ekler  2 ek, 4 sayfa",
        "Son cevap tarihi: 24.12.2026",
        "7K4M-92QD",
        "200100042184",
        "Kaydı alan: S. T.  İmza / kaşe",
        "Veri sorumlusu: Çınarova Belediye Başkanlığı",
    ):
        assert words in text
    flat = text.replace("\n", " ")
    assert "İlgili birime havale edilmek üzere kaydedilmiştir." in flat
    assert "Kayıt tarihinden itibaren 30 gün (3071 s. K. m. 7)" in flat
    assert "Nuriye" not in text
    assert "Gül Sokağı" not in text
    assert "Eksik" not in text


def test_a_receipt_names_what_the_petition_lacks() -> None:
    text = read(slips.receipt_slip(INCOMPLETE, HEADER, as_written)).replace("\n", " ")
    assert "Eksik hususlar: İmza, Adres (3071 m. 4). Tamamlanmazsa incelenemez (m. 6)." in text


def test_a_receipt_without_name_subject_unit_or_enclosures_is_still_a_receipt() -> None:
    bare = replace(RECEIPT, applicant="", applicant_masked="", subject="", unit="", enclosures=())
    text = read(slips.receipt_slip(bare, HEADER, as_written))
    assert "Başvuran  Belirtilmedi" in text
    assert "Konu  Belirtilmedi" in text
    assert "Ekler  Yok" in text


def test_an_information_request_has_its_own_title_and_law() -> None:
    receipt = replace(INCOMPLETE, kind=DocumentKind.INFORMATION)
    text = read(slips.receipt_slip(receipt, HEADER, as_written)).replace("\n", " ")
    assert "Bilgi edinme başvurusu alındı belgesi" in text
    assert "(4982 m. 6)" in text


def test_an_envelope_gets_its_minute_tender_and_bidder_and_no_answer_date() -> None:
    receipt = replace(
        RECEIPT, kind=DocumentKind.TENDER, sender_kind=SenderKind.COMPANY, applicant="Örnek İnşaat A.Ş.", subject="",
        due_is_target=True, due_basis="target:10", tender="2026/1234 park onarımı", arrived_at="24.11.2026 10.41",
        enclosures=(),
    )  # fmt: skip
    text = read(slips.receipt_slip(receipt, HEADER, as_written))
    flat = text.replace("\n", " ")
    for words in (
        "Teklif zarfı teslim alındı belgesi", "İhale  2026/1234 park onarımı", "İstekli  Örnek İnşaat A.Ş.",
        "Teslim alındı: 24.11.2026 10.41", "Zarf açılmadan teslim alınmıştır.",
    ):  # fmt: skip
        assert words in flat, words
    assert not any(words in text for words in ("tarih:", "Ekler", "Konu", "Başvuran"))
    person = replace(receipt, sender_kind=SenderKind.PERSON)
    assert "İstekli  N*** Ö***" in read(slips.receipt_slip(person, HEADER, as_written))


def test_a_letter_is_received_under_its_own_name() -> None:
    receipt = replace(RECEIPT, kind=DocumentKind.OFFICIAL_LETTER)
    text = read(slips.receipt_slip(receipt, HEADER, as_written)).replace("\n", " ")
    assert "Resmî yazı teslim alındı belgesi" in text
    assert "Gönderen  N***" in text and "Başvuran" not in text


def test_the_deficiency_notice_lists_what_to_bring_and_that_the_petition_is_registered() -> None:
    text = read(slips.deficiency_slip(INCOMPLETE, HEADER, as_written))
    assert "Eksiklik bildirimi" in text
    assert "Kayıt no  2026/004218" in text
    assert "· İmza" in text
    assert "· Adres" in text
    assert "Başvurunuz kaydedilmiştir." in text


def test_a_direction_slip_shows_where_to_go() -> None:
    there = Destination("unit:fen", "Fen İşleri Müdürlüğü", "2. kat, 204", "", "", "fen", "")
    text = read(slips.direction_slip(there, MORNING, HEADER, as_written))
    assert "Gideceğiniz yer" in text
    assert "Fen İşleri Müdürlüğü" in text
    assert "2. kat, 204" in text


def test_a_direction_slip_names_the_floor_in_the_language_of_its_reader() -> None:
    there = Destination("unit:fen", "Fen İşleri Müdürlüğü", "Fen İşleri · 2. kat", "", "", "fen", "")
    text = read(slips.direction_slip(there, MORNING, HEADER, translator("en"), lang="en"))
    assert "Fen İşleri · Floor 2" in text


@pytest.mark.parametrize("lang", ["en", "ru", "de"])
@pytest.mark.parametrize("model", ["generic-80", "generic-58"])
def test_a_receipt_in_another_language_has_no_turkish_sentence(lang: str, model: str) -> None:
    text = read(slips.receipt_slip(INCOMPLETE, HEADER, translator(lang), lang=lang), model)
    assert "tarihinden" not in text
    assert "Eksik" not in text
    assert "S. T." in text  # the officer's initials stay together


def test_an_arabic_receipt_lists_what_is_missing_with_its_own_comma() -> None:
    slip = slips.receipt_slip(INCOMPLETE, HEADER, translator("ar"), lang="ar")
    missing = next(one.text for one in slip.elements if isinstance(one, Text) and "3071" in one.text and one.bold)
    assert "التوقيع، العنوان" in missing


@pytest.mark.parametrize("lang", ["en", "ru", "de"])
def test_no_word_of_a_ticket_is_broken_on_narrow_paper(lang: str) -> None:
    made = slips.ticket_slip(ticket(lang=lang), HEADER, translator(lang))
    words = set(read(made, "generic-58").split())
    for one in made.elements:
        if isinstance(one, Text):
            assert set(one.text.replace("\u00a0", " ").split()) - words == set(), one


def test_the_escorts_slip_tells_the_way_and_not_the_kind_of_help() -> None:
    job = AssistanceJob(
        UUID(int=4), "V 017", AssistanceKind.WHEELCHAIR, AssistanceState.ASSIGNED, "Giriş", "2. kat", "Hakan T.",
        UUID(int=5), "Sandalye 2", UUID(int=6), MORNING, MORNING, None, None, 5, 120,
    )  # fmt: skip
    text = read(slips.assistance_slip(job, HEADER, as_written))
    assert "Nereye" in text
    assert "2. kat" in text
    assert "Hakan T." in text
    assert "andalye" not in text


def day_sheet() -> DaySheet:
    line = ServiceLine("V", "Vergi", "Mali Hizmetler", (3, 4), 7, 7, 6, 300.0, 240.0, 600.0, 180.0, 1)
    return DaySheet(
        header=HEADER, day=date(2026, 11, 24), opens="08.00", closes="17.00", hours=(8, 9), services=(line,),
        directions_by_hour=(2, 1), visits_by_hour=(5, 5), weekday_mean_by_hour=(), visits=1234, persons=1500,
        directions=3, tickets_issued=231, tickets_served=210, tickets_waiting=2, tickets_cancelled=10, no_shows=5,
        left=3, expired=1, wait_mean=300.0, wait_median=252.0, wait_p90=None, wait_longest=900.0,
        wait_longest_service="V", serve_mean=180.0, priority=(Count("age65", "65 yaş ve üzeri", 20),),
        assistance=(Count("wheelchair", "Tekerlekli sandalye", 4),), assistance_done=3, assistance_open=1,
        assistance_wait_mean=90.0, units=(), petitions=17, petitions_incomplete=2, enclosures=30, petition_units=(),
        visits_previous=None, made_at=datetime(2026, 11, 24, 14, 5, tzinfo=UTC), made_by="Ayşe Demir",
    )  # fmt: skip


def test_the_day_slip_gives_counts_with_their_denominator() -> None:
    text = read(slips.day_slip(day_sheet(), as_written))
    for words in (
        "24 Kasım 2026 Salı",
        "Ziyaret  1.234",
        "Kişi  1.500",
        "Verilen numara  231",
        "Hizmet almadan ayrılan  9 / 231 numara",
        "Bekleme, ortanca  4 dk 12 sn",
        "Bekleme, P90  -",
        "V Vergi  7",
        "Dilekçe ve başvuru  17",
        "24.11.2026 17.05  Ayşe Demir",
    ):
        assert words in text


def test_a_slip_comes_back_from_a_print_job_as_it_was() -> None:
    for slip in (
        slips.ticket_slip(TICKET, HEADER, as_written, copy_no=2),
        slips.receipt_slip(INCOMPLETE, HEADER, as_written),
        slips.day_slip(day_sheet(), as_written),
    ):
        assert Slip.from_json(slip.to_json()) == slip
        assert Slip.from_data(slip.to_data()) == slip


def test_a_slip_of_another_version_is_refused_with_a_sentence() -> None:
    data = slips.ticket_slip(TICKET, HEADER, as_written).to_data() | {"version": 99}
    with pytest.raises(Fault, match="99"):
        Slip.from_data(data)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"version":1}', '{"version":1,"kind":"x","lang":"tr","elements":[{"t":"?"}]}',
     '{"version":1,"kind":"x","lang":"tr","elements":[{"t":"text","text":5}]}',
     '{"version":1,"kind":"x","lang":"tr","elements":[{"t":"text"}]}',
     '{"version":1,"kind":"x","lang":"tr","elements":[{"t":"text","text":"a","size":2}]}'],
)  # fmt: skip
def test_what_is_no_slip_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Fault, match="okunamıyor"):
        Slip.from_json(text)


def test_a_slip_keeps_only_what_is_not_usual() -> None:
    slip = Slip("x", "tr", (Text("a"), Row("b", "c"), Pair("d", "1", "e", "2"), Barcode("123456"), QR("f")))
    assert slip.to_data()["elements"][0] == {"t": "text", "text": "a"}


NOTE = "Numaranız okununca bankoya geliniz."


@pytest.mark.parametrize("model", sorted(all_profiles()))
def test_the_sites_own_last_line_of_a_ticket_still_fits(model: str) -> None:
    profile = replace(load_profile(model), logo=0)
    own = replace(HEADER, notes=(("ticket_note", NOTE.ljust(TICKET_LETTERS, "ş")),))
    data = build(slips.ticket_slip(TICKET, own, as_written), profile).data
    usual = build(slips.ticket_slip(TICKET, HEADER, as_written), profile).data
    paper = read_paper(data, profile)
    assert paper.unknown == ()
    if len(usual) <= 450:  # what has no Turkish page is drawn as dots
        assert len(data) <= 450
        assert "Numaranız okununca bankoya geliniz" in " ".join(paper.text)


def test_a_reader_of_another_language_gets_a_sentence_they_can_read() -> None:
    own = replace(HEADER, notes=(("ticket_note", NOTE), ("direction_note", "Asansör solda.")))
    german = read(slips.ticket_slip(ticket(lang="de"), own, translator("de")))
    assert NOTE not in german
    assert translator("de")("Bu fişte kişisel veri yer almaz.").split()[0] in german


def test_the_sites_own_words_stand_on_receipts() -> None:
    own = replace(HEADER, notes=(("receipt_note", "Çalışma saatleri 08.00–17.00."), ("receipt_privacy", "Kısa cümle.")))
    text = read(slips.receipt_slip(RECEIPT, own, as_written))
    assert "Çalışma saatleri" in text and "Kısa cümle." in text and "6698" not in text


def test_a_visitor_who_reads_arabic_waits_seconds_for_a_slow_printer_not_a_quarter_of_a_minute() -> None:
    """At 19,200 baud a letter on the line takes 0.52 ms: pictures of Arabic are sent without the blank paper around."""
    profile = load_profile("epson-tm-t20")
    arabic = slips_receipt.receipt_slip(INCOMPLETE, HEADER, translator("tr"), summary="ar")
    assert len(build(arabic, profile).data) <= 12_500  # 6.4 s
    sheet = slips.ticket_slip(replace(TICKET, lang="ar"), HEADER, translator("ar"))
    assert len(build(sheet, profile).data) <= 13_000  # 6.7 s


@pytest.mark.parametrize("lang", ["tr", "ar", "de", "en", "ru"])
def test_the_number_of_a_law_is_not_torn_from_its_article(lang: str) -> None:
    paper = slips_receipt.deficiency_slip(INCOMPLETE, HEADER, translator(lang))
    said = [one.text for one in paper.elements if isinstance(one, Text) and "3071" in one.text]
    assert said and not any(re.search(r"\. \d|\d{4} (sayılı|m)|المادة \d", words) for words in said)

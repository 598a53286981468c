"""The steps of ``desk tour``, in the order of a visitor's way. Each acts, looks, and writes what can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from desk.tour import Tour

STAFF_SIZE = (1440, 900)


def danisma(tour: Tour) -> None:
    """Two letters and Enter, two persons, öncelik, refakat: F2 gives the number. A direction is one key."""
    from desk.ui import person

    window = tour.window("staff", STAFF_SIZE)
    page = tour.page("danisma", "Birim veya konu")
    search = person.find(page, "Birim veya konu")
    person.type_text(search, "em")
    tour.settle()
    tour.picture(window, "danisma-arama")
    person.press(window, "Return")
    person.press(window, "Alt+Up")
    person.press(window, "Alt+1")
    person.press(window, "Alt+R")
    tour.clock.advance(seconds=6)
    number = tour.next_number("vergi")
    tour.wait(lambda: number in person.shown_text(page), "the slip preview does not follow the form")
    tour.picture(window, "danisma-form")
    before = tour.newest_ticket()
    person.press(window, "F2")
    tour.wait(lambda: tour.newest_ticket() != before, "F2 gave no number")
    ticket = tour.newest_ticket()
    tour.numbers["danisma"] = ticket.number
    tour.tickets["danisma"] = ticket
    tour.expect(ticket.priority and ticket.persons == 2 and ticket.assistance, "the ticket lacks what was entered")
    tour.wait(lambda: f"{ticket.number} verildi" in person.shown_text(window), "the toast does not say the number")
    tour.wait(lambda: person.find(page, "Birim veya konu").text() == "", "the form is not empty again")
    tour.picture(window, "danisma-verildi")
    visits = tour.visits()
    person.type_text(person.find(page, "Birim veya konu"), "tuvalet")
    tour.settle()
    person.press(window, "Return")
    person.press(window, "F4")
    tour.wait(lambda: tour.visits() == visits + 1, "the direction was not counted")
    tour.wait(lambda: "Bilgi verildi" in person.shown_text(window), "nothing says that the direction was counted")


def kiosk(tour: Tour) -> None:
    """A touch on a service: the number stands large and the slip comes."""
    from desk.ui import person

    window = tour.window("kiosk", (1080, 1920))
    tour.wait(lambda: "Hoş geldiniz" in person.shown_text(window), "the kiosk does not welcome anybody")
    tour.picture(window, "kiosk")
    before = tour.newest_ticket()
    tour.touch(window, "Dilekçe ve evrak")
    tour.wait(lambda: tour.newest_ticket() != before, "the touch gave no number")
    ticket = tour.newest_ticket()
    tour.numbers["kiosk"] = ticket.number
    tour.tickets["kiosk"] = ticket
    tour.wait(lambda: ticket.number in person.shown_text(window), "the number is not shown")
    tour.wait(lambda: "Lütfen fişinizi alınız" in person.shown_text(window), "the kiosk does not see the slip come")
    tour.picture(window, "kiosk-numara")
    window.start()
    tour.wait(lambda: "Hoş geldiniz" in person.shown_text(window), "the kiosk does not go home")
    window.hide()


def slip(tour: Tour) -> None:
    """The bytes that the printer got, and what they say on paper."""
    ticket = tour.tickets["danisma"]
    tour.wait(lambda: tour.print_state(ticket.id) == "printed", "the slip was not printed")
    data = tour.printed_bytes(ticket)
    tour.file("fis.bin").write_bytes(data)
    paper = tour.read_paper(data)
    paper.image.save(tour.file("fis.png"))
    text = " ".join(paper.text)
    tour.expect(ticket.number in text, "the paper does not carry the number")
    tour.expect("Halkla İlişkiler Müdürlüğü" in text, "the Turkish letters are wrong")
    tour.expect("Öncelikli" in text and "65" not in text, "the paper tells the wrong thing about öncelik")
    tour.expect(any(code == ticket.scan_code for _, code in paper.codes), "the barcode cannot be read")
    tour.expect(not paper.unknown, f"the reader does not know {paper.unknown}")


def escort(tour: Tour) -> None:
    """The job is on the desk with a running clock: assigned, started, handed over, ended; the chair out and in."""
    from desk.registry import assistance
    from desk.ui import person

    window = tour.windows["staff"]
    number = tour.numbers["danisma"]
    tour.page("refakat", number)
    tour.card(window, number, "Ata")
    tour.picture(window, "refakat-istendi")
    for shown, state in (("Ata", "assigned"), ("Başladı", "started"), ("yolda", "handed_over"), ("birimde", "")):
        tour.clock.advance(minutes=2)
        tour.card(window, number, shown)
        person.press(window, "Return")
        tour.wait(partial(_is_in_state, tour, number, state), f"the step after “{shown}” was not recorded")
        if state == "started":
            out = [p for p in tour.ctx.read(assistance.board).equipment if p.out_with == number]
            tour.expect(out, "no chair went out with the job")
            tour.card(window, number, "yolda")
            tour.picture(window, "refakat-yolda")
    out = [p for p in tour.ctx.read(assistance.board).equipment if p.out_with == number]
    tour.expect(not out, "the chair did not come back")
    person.press(window, "F5")


def _is_in_state(tour: Tour, number: str, state: str) -> bool:
    return tour.job_state(number) == state


def counter(tour: Tour) -> None:
    """Call next with its reason, hall within a blink, recall, start, finish; and one who does not come."""
    from desk.ui import person
    from desk.ui.theme import LIGHT

    hall = tour.window("hall", (1920, 1080))
    window = tour.windows["staff"]
    tour.office.take_counter(5)
    page = tour.page("banko", "Banko 5")
    tour.picture(window, "banko-kapali")
    person.press(window, "Return")  # the clerk opens the counter, then calls
    tour.wait(lambda: "Çağrılan numara yok" in person.shown_text(page), "the counter did not open")
    tour.settle()
    tour.picture(window, "banko-bos")
    person.press(window, "Space")
    tour.wait(lambda: tour.at_counter(5) is not None, "nobody was called")
    called = tour.at_counter(5)
    tour.numbers["banko"] = called.number
    tour.wait(lambda: called.number in person.shown_text(hall), "the hall does not show the call")
    tour.wait(lambda: "Geldi" in person.shown_text(page), "the counter does not show the call")
    tour.clock.advance(seconds=24)
    tour.wait(lambda: "24 sn" in person.shown_text(page), "the clock of the call does not run")
    tour.picture(window, "banko-cagrildi")
    tour.wait(lambda: tour.colour(hall, 0.02, 0.5) == LIGHT.amber_500, "the call in the hall is not amber")
    tour.picture(hall, "salon")
    person.press(window, "T")
    tour.wait(lambda: tour.at_counter(5).recalls == 2, "the recall was not recorded")
    person.press(window, "Return")
    tour.wait(lambda: tour.at_counter(5).state == "serving", "service did not begin")
    tour.clock.advance(minutes=4, seconds=12)
    tour.wait(lambda: "4 dk 12 sn" in person.shown_text(page), "the clock of the service does not run")
    tour.picture(window, "banko-islemde")
    person.press(window, "Return")
    tour.wait(lambda: tour.at_counter(5) is None, "service did not end")
    _no_show(tour, page, window)
    hall.hide()


def _no_show(tour: Tour, page: Any, window: Any) -> None:
    from desk.ui import person

    tour.settle()
    person.press(window, "Space")
    tour.wait(lambda: tour.at_counter(5) is not None, "the second call did not come")
    gone = tour.at_counter(5)
    tour.wait(lambda: gone.number in person.shown_text(page), "the second call is not shown")
    tour.clock.advance(minutes=1)
    person.press(window, "T")
    tour.wait(lambda: tour.at_counter(5).recalls == 2, "the recall was not recorded")
    tour.settle()
    tour.clock.advance(seconds=30)
    person.press(window, "G")
    tour.wait(lambda: tour.at_counter(5) is None, "the no-show was not recorded")
    tour.numbers["gelmedi"] = gone.number


def petition(tour: Tour) -> None:
    """A petition without a signature is registered all the same; the receipt says so; its barcode opens it."""
    from desk.actions import records
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("evrak", "Ad soyad")
    person.type_text(person.find(page, "Ad soyad"), "Ayşe Yıldırım")
    person.type_text(person.find(page, "T.C. kimlik no"), "10000000146")
    person.type_text(person.find(page, "Cadde, sokak ve kapı no"), "Ihlamur Sk. No: 12/3")
    person.type_text(person.find(page, "Konu özeti"), "Gülbahçe Parkı yanındaki kaldırımın onarılması")
    tour.wait(lambda: "A*** Y***" in person.shown_text(page), "the receipt preview does not follow the form")
    tour.picture(window, "evrak-form")
    before = tour.petitions()
    person.press(window, "F2")
    tour.wait(lambda: len(tour.petitions()) == len(before) + 1, "F2 registered nothing")
    record = tour.petitions()[0]
    tour.numbers["evrak"] = record.record_number
    tour.expect([str(one) for one in record.missing] == ["signature"], "the missing signature was not noticed")
    tour.wait(lambda: record.record_number in person.shown_text(window), "the record number is not shown")
    tour.picture(window, "evrak-kaydedildi")
    receipt = records.open_by_id(tour.ctx, record.id)
    tour.wait(lambda: tour.print_state(record.id, "receipt") == "printed", "the receipt was not printed")
    data = tour.job_bytes(record.id, "receipt")
    tour.file("alindi.bin").write_bytes(data)
    paper = tour.read_paper(data)
    paper.image.save(tour.file("alindi.png"))
    tour.expect(any(code == receipt.scan_code for _, code in paper.codes), "the receipt's barcode cannot be read")
    tour.expect("İmza" in " ".join(paper.text), "the receipt does not say what is missing")
    _a4(tour, records.receipt_pdf(tour.ctx, record.id, tour.file("alindi-a4.pdf")))
    tour.scan(window, receipt.scan_code)
    tour.wait(lambda: "Ayşe Yıldırım" in person.shown_text(window), "the barcode does not open the record")
    tour.picture(window, "evrak-barkodla-acildi")
    person.press(window, "Escape")


def applications(tour: Tour) -> None:
    """A call and a CİMER item from their own fields; referred, answered, reopened; a bundle with its cover list."""
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("basvurular", "Bilgileri göster")
    call = _call(tour, page)
    cimer = {"Konu": "Ihlamur Sokak yol çukuru", "CİMER sayısı": "2600123456", "Ad soyad": "Ali Örnek"}
    number = _new_application(tour, page, "cimer", cimer)
    tour.numbers["cagri"], tour.numbers["cimer"] = call, number
    tour.expect("Örnek" not in person.shown_text(page), "a name stands on the page unasked")
    tour.picture(window, "basvurular-maskeli")
    _make_move(tour, page, "F4", unit="zabita")
    tour.wait(lambda: "Birime havale edildi" in person.shown_text(page), "the referral is not on the timeline")
    _make_move(tour, page, "Ctrl+Return", {"Verilen cevap": "Çukur kapatıldı."})
    tour.wait(lambda: _case(tour, number).outcome is not None, "the answer was not recorded")
    tour.wait(lambda: "Sonuç bildirildi" in person.shown_text(page), "telling the citizen is not offered")
    person.press(window, "F12")  # told, feedback, reopen
    for key in ("Down", "Down", "Return"):
        person.press(window, key)
    person.type_text(person.find(window, "Yeniden açma gerekçesi"), "Çukur yeniden açılmış.")
    tour.picture(window, "basvurular-yeniden-ac")
    person.press(window, "Ctrl+Return")
    tour.wait(lambda: str(_case(tour, number).state) == "reopened", "it was not reopened")
    _bundle(tour, page)


def _call(tour: Tour, page: Any) -> str:
    """A call is written down on the screen of calls, and an application of the caller comes of it."""
    from desk.actions import exchange
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, "Ctrl+Shift+C")
    tour.settle()
    for name, text in (("Bekleme", "24"), ("Görüşme", "1.30"), ("Konu", "Konteyner boşaltılmadı")):
        person.type_text(person.find(window, name), text)
    tour.picture(window, "cagri")
    person.press(window, "F4")
    tour.wait(lambda: "çağrısından" in person.shown_text(window), "the call opens no application")
    person.type_text(person.find(window, "Ad soyad"), "Gül Şen")
    tour.wait(lambda: "konudan önerildi" in person.shown_text(window), "the subject proposes no unit")
    tour.picture(window, "basvuru-phone")
    number = _registered(tour, page, "phone")
    found = exchange.calls_of_day(tour.ctx)[0]
    tour.expect((found.waiting_seconds, found.talk_seconds) == (24, 90), "the call's seconds are not kept")
    tour.expect(found.record_number == number, "the call does not know its application")
    return number


def _new_application(tour: Tour, page: Any, channel: str, words: dict[str, str]) -> str:
    """Ctrl+N, the fields of a channel, F2: the number of the new record, which the page shows then."""
    from desk.registry.types import Channel
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, "Ctrl+N")
    person.find(window, "Geliş kanalı").choose(Channel(channel))
    tour.settle()
    for name, text in words.items():
        person.type_text(person.find(window, name), text)
    tour.wait(lambda: "konudan önerildi" in person.shown_text(window), "the subject proposes no unit")
    tour.picture(window, f"basvuru-{channel}")
    return _registered(tour, page, channel)


def _registered(tour: Tour, page: Any, channel: str) -> str:
    """F2 in the form of a new application: its number, which the page shows then."""
    from desk.ui import person

    window = tour.windows["staff"]
    before = page.detail.number.text()
    person.press(window, "F2")
    tour.wait(lambda: page.detail.number.text() not in ("", before), "F2 registered nothing")
    found = _case(tour, page.detail.number.text())
    tour.expect(str(found.channel) == channel and found.unit_code, "the record lacks channel or unit")
    return str(found.record_number)


def _make_move(tour: Tour, page: Any, keys: str, words: dict[str, str] | None = None, unit: str = "") -> None:
    """The panel of a move, filled in and agreed to."""
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, keys)
    if unit:
        person.find(window, "Havale edilecek birim").choose(unit)
    for name, text in (words or {}).items():
        person.type_text(person.find(window, name), text)
    person.press(window, "Ctrl+Return")
    tour.settle()


def _bundle(tour: Tour, page: Any) -> None:
    """Two marked records go to one unit with the list that is signed for."""
    from desk.ui import person

    window = tour.windows["staff"]
    person.press(window, "Ctrl+R")
    tour.settle()
    person.press(window, "Ctrl+F")
    person.press(window, "Return")  # into the list
    tour.settle()
    for _ in range(2):
        person.press(window, "Space")
        person.press(window, "Down")
    person.press(window, "Ctrl+H")
    person.find(window, "Havale edilecek birim").choose("hukuk")
    tour.picture(window, "basvurular-toplu")
    person.press(window, "Ctrl+Return")
    tour.wait(lambda: "havale listesi hazır" in person.shown_text(window), "no cover list was made")
    made = max(tour.ctx.data_dir.joinpath("belgeler").glob("havale-*.pdf"))
    tour.file("havale-listesi.pdf").write_bytes(made.read_bytes())
    _a4(tour, made)


def _case(tour: Tour, number: str) -> Any:
    from desk.actions import applications as actions

    return actions.find_case(tour.ctx, number)


def shift(tour: Tour) -> None:
    """The day's counts on screen and paper; every figure agrees with the records."""
    from desk.actions import check, reports
    from desk.actions import shift as actions
    from desk.ui import person

    window = tour.windows["staff"]
    page = tour.page("vardiya", "Vardiya")
    counts = actions.sheet(tour.ctx)
    tour.wait(lambda: str(counts.visits) in person.shown_text(page), "the page does not show the visits")
    tour.picture(window, "vardiya")
    for form, name in (("pdf", "gunluk-cizelge.pdf"), ("slip", "gun-fisi.bin")):
        path = actions.export(tour.ctx, None, form, tour.file(name))
        if form == "pdf":
            _a4(tour, path)
        else:
            tour.read_paper(path.read_bytes()).image.save(tour.file("gun-fisi.png"))
    for form in ("csv", "xlsx", "json"):
        actions.export(tour.ctx, None, form, tour.file(f"gunluk.{form}"))
    tour.expect(sum(counts.visits_by_hour) == counts.visits, "the hours do not add up")
    year = reports.year_report(tour.ctx, counts.day.year)
    tour.expect(year.last == counts.day, "the annual report ends before the open day")
    for form in ("pdf", "xlsx"):
        path = reports.export_year(tour.ctx, counts.day.year, form, tour.file(f"faaliyet-raporu.{form}"))
        if form == "pdf":
            _a4(tour, path)
    problems = check.problems(tour.ctx.db)
    tour.expect(not problems, f"the counts do not agree with the records: {problems[:3]}")


def _a4(tour: Tour, path: Path) -> None:
    head = path.read_bytes()[:5]
    tour.expect(head == b"%PDF-", f"{path.name} is no PDF")


STEPS: tuple[tuple[str, Callable[[Tour], None]], ...] = (
    ("Danışma: ziyaretçi kaydı, sıra, bilgi verildi", danisma),
    ("Kiosk: dokunarak sıra", kiosk),
    ("Fiş: yazıcının aldığı baytlar ve kâğıt", slip),
    ("Refakat: atama, yola çıkış, teslim, bitiş", escort),
    ("Banko ve salon: çağrı, tekrar, işlem, gelmedi", counter),
    ("Evrak kayıt: dilekçe, alındı belgesi, barkod", petition),
    ("Başvurular: çağrı, CİMER, havale, cevap, yeniden açma, havale listesi", applications),
    ("Vardiya: sayılar, günlük çizelge, yıl raporu", shift),
)

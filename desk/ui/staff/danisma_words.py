"""What Danışma says after a key, and what its keys do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import LiveBoard, ServiceQueue, Ticket
from desk.ui.staff.words import band_words, waiting_words

tr = translator()


def day_words(board: LiveBoard) -> tuple[str, str]:
    """Who came today, whole and in brief."""
    brief = tr(N_("Bugün {visits} ziyaret, {persons} kişi"))
    whole = tr(N_("Bugün {visits} ziyaret, {persons} kişi · son bir saatte {hour} ziyaret"))
    came = {"visits": board.visits_today, "persons": board.persons_today}
    return whole.format(**came, hour=board.visits_last_hour), brief.format(**came)


def outlook_words(queue: ServiceQueue) -> str:
    """What a newcomer is told: 9–14 dk, the clock across lunch, or that today will hardly do. "" when too little is
    known to say anything."""
    if queue.hardly_today:
        return tr(N_("bugün zor"))
    if queue.window is not None:
        return f"{queue.window.begins:%H.%M}–{queue.window.ends:%H.%M}"
    return band_words(queue.forecast)


def as_told(queue: ServiceQueue, ticket: Ticket) -> ServiceQueue:
    """The queue with the forecast of the slip: the two are played forward apart, and the list must not say another
    one than the paper. Without a forecast on the slip the list says why (``hardly_today``) or nothing."""
    if ticket.forecast is None and ticket.window is None:
        return queue
    return replace(queue, forecast=ticket.forecast, window=ticket.window, hardly_today=False)


def ahead_words(ticket: Ticket) -> str:
    """önünde 2 numara: as the slip counts it, for this visitor."""
    if not ticket.ahead:
        return tr(N_("Önünde kimse yok"))
    return tr(N_("Önünde {count} numara")).format(count=ticket.ahead)


def queue_words(queue: ServiceQueue) -> str:
    """6 bekliyor; where nobody waits and one would wait all the same, why: its counters are busy with other services'
    numbers, or nobody sits there."""
    if queue.waiting or not _waits_for_counter(queue):
        return waiting_words(queue.waiting)
    return tr(N_("Banko dolu")) if queue.counters_open else tr(N_("Görevli bekleniyor"))


def row_words(queue: ServiceQueue) -> str:
    """The same on the one line of the queue's column: 25–35 dk · yoğun, banko dolu · 25–35 dk."""
    forecast = outlook_words(queue)
    if not queue.waiting and _waits_for_counter(queue):
        why = tr(N_("banko dolu")) if queue.counters_open else tr(N_("görevli bekleniyor"))
        return f"{why} · {forecast}"
    if queue.busy:
        return tr(N_("{forecast} · yoğun")).format(forecast=forecast) if forecast else tr(N_("yoğun"))
    return forecast


def _waits_for_counter(queue: ServiceQueue) -> bool:
    return queue.window is not None or (queue.forecast is not None and queue.forecast.high > 0)


def notice_words(away: bool, is_open: bool) -> str:
    """What stands over the form while something is not as always: what still works, and what to do; else ""."""
    if away:
        return tr(
            N_(
                "Veri tabanına ulaşılamıyor: yolu anlatabilir, elle verilecek numaralardan verebilirsiniz; "
                "yazdıklarınız durur, bağlantı gelince F2’ye basınız."
            )
        )
    return "" if is_open else tr(N_("Mesai dışı: kiosk kapalıdır; danışmadan numara verilebilir."))


def given_words(name: str, numbers: Sequence[str], has_paper: bool) -> str:
    """V 017 verildi · Emlak vergisi ödeme."""
    if len(numbers) == 1:
        said = tr(N_("{number} verildi · {name}.")).format(number=numbers[0], name=name)
    else:
        words = tr(N_("{first} – {last} verildi ({count} numara) · {name}."))
        said = words.format(first=numbers[0], last=numbers[-1], count=len(numbers), name=name)
    if has_paper:
        return said
    return f"{said} " + tr(N_("Fiş yazıcısı yok; numarayı ziyaretçiye söyleyiniz."))


def told_words(name: str, persons: int) -> str:
    """A visitor who was told the way."""
    if not name:
        return tr(N_("Bilgi verildi · {count} kişi")).format(count=persons)
    return tr(N_("Bilgi verildi: {name} · {count} kişi")).format(name=name, count=persons)


def guide_words(name: str, *, printed: bool) -> str:
    """A visitor who was told what a service needs."""
    if printed:
        return tr(N_("Bilgi verildi: {name} · belgeler yazdırılıyor")).format(name=name)
    return tr(N_("Bilgi verildi: {name} · Rehber")).format(name=name)


def undone_words(numbers: Sequence[str]) -> str:
    """What was taken back, and which slips must be."""
    if not numbers:
        return tr(N_("Kayıt geri alındı."))
    if len(numbers) == 1:
        return tr(N_("{number} iptal edildi; fişi geri alınız.")).format(number=numbers[0])
    words = tr(N_("{first} – {last} iptal edildi; fişleri geri alınız."))
    return words.format(first=numbers[0], last=numbers[-1])


def key_words() -> list[tuple[str, str]]:
    return [
        ("F2", tr(N_("Sıra verir ve fişi yazdırır (seçimden sonra Enter de)"))),
        ("Shift+F2", tr(N_("Son yapılanı aynı hizmetle yineler"))),
        ("F4", tr(N_("Bilgi verildi: ziyareti numarasız kaydeder"))),
        ("Shift+F4", tr(N_("Bilgi verildi ve yön fişi yazdırır"))),
        ("F3", tr(N_("Bu bilgisayardan verilen son numaranın fişini yeniden yazdırır"))),
        ("F11", tr(N_("Rehber: gereken belgeler, süre, ücret ve yer"))),
        ("Shift+F11", tr(N_("Gerekli belgeler fişini yazdırır; “Bilgi verildi” sayılır"))),
        ("Ctrl+K", tr(N_("Aramaya gider"))),
        ("↑ ↓ Enter", tr(N_("Listeden seçer"))),
        ("Ctrl+1 … 4", tr(N_("İlk dört satırdan birini seçer"))),
        ("Alt+↑ ↓", tr(N_("Kişi sayısını değiştirir"))),
        ("Alt+N", tr(N_("Gruba tek numara yerine kişi başına numara verir"))),
        ("Alt+G", tr(N_("Geliş biçimini değiştirir: randevusuz, randevulu"))),
        ("Alt+1 … 5", tr(N_("Öncelik sınıfını seçer; yeniden basınca kaldırır"))),
        ("Alt+L", tr(N_("Fişin dilini değiştirir: Türkçe, İngilizce, Arapça, Rusça, Almanca"))),
        ("F12", tr(N_("Diğer işlemleri açar: randevu, elle verilecek numaralar, sınır aşımları"))),
        ("Alt+R", tr(N_("Refakat ister; yeniden basınca sonraki yardım türü"))),
        ("Alt+K", tr(N_("Kimlik alanlarını açar ve kapatır"))),
        ("Esc", tr(N_("Formu temizler"))),
    ]

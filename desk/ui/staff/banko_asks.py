"""What the Banko page asks before it acts: which number, for what reason, where to, and what else there is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import CounterPanel, Missed, NextUp, Seat, Service, TicketState
from desk.text import clock_time
from desk.ui.staff.picker import Picker
from desk.ui.staff.words import next_words
from desk.ui.widgets import Option

tr = translator()

AUTO_SECONDS = 10
"""Between two visitors when a counter calls by itself: time to put the papers away."""


class AskWords(Picker):
    """One of a list, or words of one's own: ``answered(value)`` with the choice's value or what was typed.

    What is typed does not narrow the list: it is the answer.
    """

    answered = Signal(str)

    def __init__(self, window: QWidget, title: str, options: Sequence[Option], placeholder: str) -> None:
        super().__init__(window, title, options)
        self.search.setVisible(True)
        self.search.edit.setPlaceholderText(placeholder)
        self.picked.connect(lambda value: self.answered.emit(value))

    def _narrow(self) -> None:
        self._mark(-1 if self.search.text().strip() else 0)

    def _choose(self) -> None:
        words = self.search.text().strip()
        if words:
            self.dismiss()
            self.answered.emit(words)
        else:
            super()._choose()


def ask_reason(window: QWidget, title: str, reasons: Mapping[str, str]) -> AskWords:
    """Why: a choice of ``reasons`` or own words. Answers with the words that are kept, in Turkish."""
    options = [Option(words, tr(words), "comment") for words in reasons.values()]
    return AskWords(window, title, options, tr(N_("Listeden seçiniz veya yazınız (ad yazmayınız)")))


def ask_number(window: QWidget, waiting: Sequence[NextUp], missed: Sequence[Missed]) -> AskWords:
    """Which number: one of those next, one that did not come, or typed or scanned."""
    options = [Option(one.number, one.number, "clock", next_words(one)) for one in waiting]
    lost = tr(N_("Gelmedi · saat {time} itibarıyla; sıraya geri alınır"))
    options += [
        Option(one.number, one.number, "person-off", lost.format(time=clock_time(one.missed_at))) for one in missed
    ]
    return AskWords(window, tr(N_("Hangi numara?")), options, tr(N_("Numarayı yazınız veya fişi okutunuz")))


def places(services: Sequence[Service], seats: Sequence[Seat], but: str) -> list[Option]:
    """Where a visitor can be sent on to: services (without ``but``, the present one), counters, clerks."""
    found: list[Option] = [
        Option(("service", one.code), one.name, "counter", f"{one.unit} · {one.place}")
        for one in services
        if one.active and one.name != but
    ]
    only = tr(N_("Yalnız bu banko çağırır · {staff}"))
    found += [Option(("counter", one.number), one.name, "pin", only.format(staff=one.staff)) for one in seats]
    person = tr(N_("Yalnız bu görevli çağırır · şimdi {counter}"))
    found += [Option(("staff", one.staff_code), one.staff, "person", person.format(counter=one.name)) for one in seats]
    return found


def deeds(panel: CounterPanel, *, small: bool) -> list[Option]:
    """ "Diğer işlemler": what else can be done just now; the value is (deed, ticket id or None)."""
    return [*_of_counter_first(panel), *_of_numbers(panel), *_of_counter(panel, small)]


def _of_counter_first(panel: CounterPanel) -> list[Option]:
    if panel.day_closed or panel.state == "open":
        return []
    words = N_("Moladan dön") if panel.state == "break" else N_("Bankoyu aç")
    return [Option(("open", None), tr(words), "check")]


def _of_numbers(panel: CounterPanel) -> list[Option]:
    found: list[Option] = []
    at = panel.current
    if at is not None:
        if at.state is TicketState.CALLED:
            found.append(
                _deed("return", at, N_("{number} sırasına dönsün"), "return", N_("Yine çağrılır; yeri korunur"))
            )
            found.append(_deed("leave", at, N_("{number} ayrıldı"), "person-off", N_("Hizmet almadan gitti")))
        if at.state is TicketState.SERVING:
            ends = N_("İşlem bu sonuçla biter")
            found.append(_deed("papers", at, N_("{number} eksik belgeyle döndü"), "document", ends))
            found.append(_deed("elsewhere", at, N_("{number} başka birime gönderildi"), "forward-arrow", ends))
        found.append(
            _deed("further", at, N_("{number} için ek hizmet"), "plus", N_("Aynı ziyarete yeni numara ve fiş"))
        )
    for one in panel.on_hold[:3]:
        found.append(_deed("return", one, N_("{number} sırasına dönsün"), "return", N_("Bekletiliyor")))
        found.append(_deed("leave", one, N_("{number} ayrıldı"), "person-off", N_("Bekletiliyor")))
    return found


def _deed(name: str, one: Any, words: str, icon: str, note: str) -> Option:
    return Option((name, one.ticket_id), tr(words).format(number=one.number), icon, tr(note))


def _of_counter(panel: CounterPanel, small: bool) -> list[Option]:
    found: list[Option] = []
    if panel.state == "open":
        if panel.current is None:
            found.append(Option(("pick", None), tr(N_("Numara seç")), "search", tr(N_("Nedeni sorulur · N"))))
            found.append(Option(("break", None), tr(N_("Mola ver")), "pause", tr(N_("Nedeni sorulur · M"))))
        auto = N_("Otomatik çağrıyı kapat") if panel.auto_call_seconds else N_("Otomatik çağrıyı aç")
        note = N_("Bitirince {seconds} sn sonra; Esc durdurur")
        seconds = panel.auto_call_seconds or AUTO_SECONDS
        found.append(Option(("auto", None), tr(auto), "refresh", tr(note).format(seconds=seconds)))
        if panel.current is None:
            note = N_("Bekletilenler sırasına döner") if panel.on_hold else N_("Gün sonu veya nöbet değişimi")
            found.append(Option(("close", None), tr(N_("Bankoyu kapat")), "minus", tr(note)))
    found.append(Option(("change", None), tr(N_("Başka banko seç")), "swap"))
    if not small:
        found.append(Option(("float", None), tr(N_("Üstte kalan küçük pencere")), "counter"))
    return found

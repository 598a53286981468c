"""What the kiosk says: bands, places, times and troubles, in the visitor's language. Pure."""

from __future__ import annotations

from datetime import date, datetime, time

from desk.clock import local
from desk.errors import N_, DeskError, UserError
from desk.i18n import SOURCE_LANGUAGE, Translator
from desk.queue.types import Band, ServiceQueue, Window
from desk.text import MONTHS, WEEKDAYS, clock_time
from desk.ui.kiosk.offer import Closed, Offer
from desk.values import dataclass

LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English", "ar": "العربية", "ru": "Русский", "de": "Deutsch"}
"""Each language in its own letters: who needs it reads nothing else."""

WEEKDAY_NAMES = (
    N_("Pazartesi"), N_("Salı"), N_("Çarşamba"), N_("Perşembe"), N_("Cuma"), N_("Cumartesi"), N_("Pazar"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notice:
    """A page that says one thing: what it is and what to do now."""

    title: str
    sentence: str
    icon: str = "info"


def wait_on_tile(band: Band | None, tr: Translator) -> str:
    """ "Bekleme 12–18 dk", "Bekleme yok", or nothing when nothing honest can be said."""
    if band is None:
        return ""
    if band.high <= 0:
        return tr(N_("Bekleme yok"))
    if band.low == band.high:
        return tr(N_("Bekleme {minutes} dk")).format(minutes=band.high)
    return tr(N_("Bekleme {low}–{high} dk")).format(low=band.low, high=band.high)


def clock_window(window: Window, lang: str, tr: Translator) -> str:
    """ "13.10–13.20": a forecast by the clock, where minutes would promise across a pause. In Arabic it says from and
    to: a range of figures would be read from either end."""
    begins, ends = time_words(window.begins, lang), time_words(window.ends, lang)
    return tr(N_("{begins}–{ends}")).format(begins=begins, ends=ends)


def time_words(at: time, lang: str) -> str:
    return f"{at:%H.%M}" if lang == SOURCE_LANGUAGE else f"{at:%H:%M}"


def tile_note(queue: ServiceQueue, tr: Translator, lang: str = SOURCE_LANGUAGE, *, forecast: bool = True) -> str:
    """The foot of a tile: never empty. Without a forecast (or where it would be another's) it says how many wait."""
    shut = getattr(queue, "shut", "")
    if shut == "full" or queue.hardly_today:
        return tr(N_("Bugün için sıra doldu"))
    if shut == "hours":
        return tr(N_("Şu anda kapalı"))
    if forecast and queue.window is not None:
        return tr(N_("Tahmini çağrı {window}")).format(window=clock_window(queue.window, lang, tr))
    if forecast and queue.forecast is not None:
        return wait_on_tile(queue.forecast, tr)
    if queue.waiting:
        return tr(N_("{count} numara bekliyor")).format(count=queue.waiting)
    return tr(N_("Bekleyen yok"))


def tile_full(queue: ServiceQueue) -> bool:
    """Whether a touch gives no number: the tile stays touchable, and then says why."""
    return bool(getattr(queue, "shut", "")) or queue.hardly_today


def forecast_note(window: Window | None, lang: str, tr: Translator) -> str:
    """What stands below a forecast: that it is one, and the pause it reckons with."""
    note = tr(N_("Tahminîdir; yoğunluğa göre değişebilir."))
    if window is None or window.pause is None:
        return note
    begins, ends = (time_words(at, lang) for at in window.pause)
    return tr(N_("Öğle arası {begins}–{ends}.")).format(begins=begins, ends=ends) + " " + note


def wait_band(band: Band, tr: Translator) -> str:
    """The forecast as a figure of its own."""
    if band.high <= 0:
        return tr(N_("Yok"))
    if band.low == band.high:
        return tr(N_("{minutes} dk")).format(minutes=band.high)
    return tr(N_("{low}–{high} dk")).format(low=band.low, high=band.high)


def time_of_day(moment: datetime, lang: str) -> str:
    """10.42; with a colon in other languages than Turkish."""
    words = clock_time(moment)
    return words if lang == SOURCE_LANGUAGE else words.replace(".", ":")


def day_and_time(moment: datetime, today: date, lang: str, tr: Translator) -> str:
    """When we open: "08.00", "yarın"-free and exact: "25 Kasım Çarşamba 08.00"."""
    here = local(moment)
    clock = time_of_day(moment, lang)
    if here.date() == today:
        return clock
    weekday = tr(WEEKDAY_NAMES[here.weekday()])
    if lang == SOURCE_LANGUAGE:
        return f"{here.day} {MONTHS[here.month - 1]} {WEEKDAYS[here.weekday()]} {clock}"
    return f"{weekday} {here:%d.%m.%Y} {clock}"


_CLOSED_TITLES = {
    "lunch": N_("Öğle arasındayız."),
    "holiday": N_("Bugün kapalıyız."),
    "closed_day": N_("Bugün kapalıyız."),
    "day_ended": N_("Bugünkü çalışmamız sona erdi."),
}

_CLOSED_KINDS = {
    "bridge": N_("Bayram köprüsü"),
    "leave": N_("İdari izin"),
    "local": N_("Yerel tatil"),
    "works": N_("Bakım ve onarım çalışması"),
}


def closed(why: Closed | None, now: datetime, hotline: str, lang: str, tr: Translator) -> Notice:
    """The page of closed hours: why, when we open again, and whom to ask meanwhile."""
    why = why or Closed("hours")
    lines = [_closed_reason(why, lang, tr)]
    if why.opens_at is not None:
        when = day_and_time(why.opens_at, local(now).date(), lang, tr)
        lines.append(tr(N_("Açılış: {time}")).format(time=when))
    lines.append(tr(N_("Yardım hattı: {hotline}")).format(hotline=hotline))
    title = tr(_CLOSED_TITLES.get(why.why, N_("Şu anda kapalıyız.")))
    return Notice(title, "\n".join(line for line in lines if line), "clock")


def _closed_reason(why: Closed, lang: str, tr: Translator) -> str:
    if why.why == "holiday":
        return tr(N_("Resmî tatil"))
    if why.why not in ("closed_day", "day_ended"):
        return ""
    kind = _CLOSED_KINDS.get(why.kind, "")
    if why.reason and (lang == SOURCE_LANGUAGE or not kind):
        return why.reason
    return tr(kind) if kind else ""


AWAY = N_("Şu anda numara verilemiyor.")
TO_THE_DESK = N_("Lütfen danışmaya başvurunuz; görevlimiz size numara verecektir.")

STILL_GOOD = N_("Elinizdeki numara geçerlidir; görevlilerimiz sizi sesli çağıracaktır.")
"""What goes on while the database is away: who has a number keeps it, and is called by voice."""

_DESK = {
    "beside": N_("Danışma bankosu bu ekranın yanındadır."),
    "right": N_("Danışma bankosu sağınızdadır."),
    "left": N_("Danışma bankosu solunuzdadır."),
    "behind": N_("Danışma bankosu arkanızdadır."),
    "entrance": N_("Danışma bankosu girişin yanındadır."),
}

_SLIP = {
    "below": N_("Fiş, ekranın altındaki yuvadan çıkar."),
    "right": N_("Fiş, ekranın sağındaki yuvadan çıkar."),
    "left": N_("Fiş, ekranın solundaki yuvadan çıkar."),
    "apart": N_("Fiş, ekranın yanındaki yazıcıdan çıkar."),
}


def slip_place(offer: Offer) -> str:
    """Where the slip comes out at this kiosk, a marked sentence."""
    return _SLIP.get(offer.slip, _SLIP["below"])


REFUSALS = (
    N_("Randevu kodu {count} rakamdır."),
    N_("Bu kodla bir randevu bulunamadı. Kodu denetleyiniz veya danışmaya başvurunuz."),
    N_("Bu randevu iptal edilmiş. Sıra numarası alabilir veya danışmaya başvurabilirsiniz."),
    N_("Randevunuzun günü: {day}, saati: {time}. Lütfen o gün geliniz."),
    N_("Randevu saatiniz {time}. Giriş için en erken saat {opens}; lütfen o saatten sonra yeniden deneyiniz."),
    N_(
        "Randevunuz {day}, saat {time} içindi; giriş süresi doldu. "
        "Sıra numarası alabilir veya danışmaya başvurabilirsiniz."
    ),
)
"""What queue.appointments refuses with: sentences that already say what to do."""

_PLAIN = {
    N_("“{name}” hizmeti şu anda kapalı."): N_("Lütfen başka bir hizmet seçiniz veya danışmaya başvurunuz."),
    N_("Bugün için sıra doldu."): N_("Lütfen danışmaya başvurunuz; görevlimiz size yardımcı olacaktır."),
    N_("Şu anda kapalıyız."): N_("Lütfen çalışma saatlerimizde yeniden geliniz."),
}
"""Refusals that a visitor is told as they are, and what to do then. All else is "please ask at the desk"."""


class ServiceFull(UserError):
    """No number of this service any more today. ``again``: when there are numbers again, None when nobody knows."""

    def __init__(self, name: str, again: datetime | None) -> None:
        super().__init__(N_("“{name}” için bugünkü sıra doldu."), name=name)
        self.again = again


NOT_FOUND = N_("Bu kodlarla başvuru bulunamadı. Lütfen belgenizdeki numaraları denetleyiniz.")


def away_for_questions(tr: Translator) -> Notice:
    """The database is away while somebody asks where an application stands."""
    said = tr(N_("Başvurunuz şu anda sorulamıyor."))
    return Notice(said, tr(N_("Lütfen biraz sonra yeniden deneyiniz veya danışmaya başvurunuz.")), "warning")


def no_numbers(offer: Offer, tr: Translator) -> Notice:
    """Something behind the screen does not work: whom to ask, and where; no technical word."""
    return Notice(tr(AWAY), _lines(tr(TO_THE_DESK), *_whom(offer, tr)), "warning")


def away(offer: Offer, tr: Translator) -> Notice:
    """While the database cannot be reached: whom to ask and where, and what still holds."""
    return Notice(tr(AWAY), _lines(tr(TO_THE_DESK), *_whom(offer, tr, tr(STILL_GOOD))), "warning")


def no_help(offer: Offer, tr: Translator) -> Notice:
    """A call for help that rang nowhere: a voice still reaches somebody."""
    sentence = tr(N_("Lütfen danışma bankosundaki görevlimize sesleniniz; yanınıza gelecektir."))
    return Notice(tr(N_("Yardım çağrınız iletilemedi.")), _lines(sentence, *_whom(offer, tr)), "escort")


def _whom(offer: Offer, tr: Translator, between: str = "") -> tuple[str, ...]:
    """Where the danışma is, and the number that is answered without this screen; what is not known is left out."""
    desk, hotline = _DESK.get(offer.desk, ""), offer.header.hotline
    line = tr(N_("Yardım hattı: {hotline}")).format(hotline=hotline) if hotline else ""
    return (tr(desk) if desk else "", between, line)


def _lines(*sentences: str) -> str:
    return "\n".join(one for one in sentences if one)


def full(error: ServiceFull, offer: Offer, lang: str, tr: Translator) -> Notice:
    """Which service has no number any more, when it has again, and who helps meanwhile."""
    again = ""
    if error.again is not None:
        # No service that is full today has a number again today: the day is always named.
        again = tr(N_("Yeniden numara verilecek: {time}")).format(time=day_and_time(error.again, date.min, lang, tr))
    help_ = tr(N_("Lütfen danışmaya başvurunuz; görevlimiz size yardımcı olacaktır."))
    title = tr(error.message).format(name=tr(str(error.params["name"])))
    return Notice(title, _lines(again, help_, *_whom(offer, tr)), "clock")


def trouble(error: DeskError, offer: Offer, tr: Translator, lang: str = SOURCE_LANGUAGE) -> Notice:
    """What a visitor is told when no number could be given; no technical word."""
    if isinstance(error, ServiceFull):
        return full(error, offer, lang, tr)
    if isinstance(error, UserError) and error.message in REFUSALS:
        return Notice(
            tr(N_("Randevunuz için numara verilemedi.")), tr(error.message).format(**error.params), "calendar"
        )
    advice = _PLAIN.get(error.message) if isinstance(error, UserError) else None
    if advice is None:
        return no_numbers(offer, tr) if isinstance(error, UserError) else away(offer, tr)
    shown = dict(error.params)
    if "name" in shown:
        shown["name"] = tr(str(shown["name"]))
    return Notice(tr(error.message).format(**shown), tr(advice), "info")

"""What is judged when the records of a sub-page are looked at together: letters that sound alike, hours, heights.

Pure: the page shows it while somebody types, and writing refuses by it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import combinations

from desk.errors import N_
from desk.i18n import LANGUAGES, SOURCE_LANGUAGE
from desk.queue import rule
from desk.registry import setting_roster
from desk.registry.setting_fields import Problem, Record, Sheet, Value
from desk.registry.setting_rows import judge_announcements, judge_guide
from desk.text import fold, number

ALIKE = tuple(frozenset(pair) for pair in ("DT", "BP", "MN", "CÇ", "SŞ"))
"""Letters nobody can tell apart when they are called (screens.md, "Hall")."""

REACH_MM = 1200
"""The highest target a person in a wheelchair reaches (EN 301 549, 5.1.2.2 and 8.3; screens.md, "Kiosk")."""

HIGHEST_TARGET = {"portrait": 0.885, "landscape": 0.885}
"""Where the kiosk's highest target begins, as a share of the screen's height above its lower edge,
in the size of letters that lifts it highest; measured at the window, and held there by a test."""

HALL_LETTERS = 64 / 1080
"""The hall's smallest text as a share of the screen's height; held at the window by a test (``SMALLEST``)."""

LEGIBLE = 200
"""A text is read from as far as so many times its height."""

TILES = 6
VERSION_USED = N_("“{version}” sürümü daha önce kullanıldı; başka bir sürüm yazınız.")
_INCH = 25.4


def problems(sheet: Sheet) -> tuple[Problem, ...]:
    """Everything that is wrong, and what should be looked at (``warning``)."""
    judge = _JUDGES.get(sheet.subject)
    return tuple(judge(sheet)) if judge else ()


def screen_height(inches: float, landscape: bool = True) -> float:
    """The height of a 16:9 screen in millimetres, by its diagonal."""
    long, short = 16 / math.hypot(16, 9), 9 / math.hypot(16, 9)
    return inches * _INCH * (short if landscape else long)


def highest_target(inches: float, shape: str, bottom: float) -> float:
    """How high above the floor the kiosk's highest target lies, millimetres."""
    return bottom + screen_height(inches, shape == "landscape") * HIGHEST_TARGET[shape]


def hall_text(inches: float, metres: float) -> tuple[float, float]:
    """Height of the hall's smallest text, and what the farthest seat needs; millimetres."""
    return screen_height(inches) * HALL_LETTERS, metres * 1000 / LEGIBLE


def _services(sheet: Sheet) -> Iterator[Problem]:
    active = [one for one in sheet.records if one.values["active"]]
    for one in sheet.records:
        if one.values["letter"] and not one.values["letter"].isalpha():
            yield Problem(one.key, "letter", N_("Tek bir harf yazınız ya da boş bırakınız."))
        if one.values["first_serial"] >= one.values["last_serial"]:
            yield Problem(one.key, "last_serial", N_("Son numara ilk numaradan büyük olmalıdır."))
        yield from _span(one, "hours.opens", "hours.closes")
    for one, other in combinations(active, 2):
        yield from _letters(sheet, one, other)
    tiles = [one for one in active if one.values["kiosk"]]
    for one in tiles[TILES:]:
        yield Problem(
            one.key, "kiosk", N_("İlk ekrana {count} kutucuk sığar; bu hizmet “Öbür hizmetler” altında görünür."),
            {"count": TILES}, warning=True,
        )  # fmt: skip


def _letters(sheet: Sheet, one: Record, other: Record) -> Iterator[Problem]:
    first, second = one.values["letter"], other.values["letter"]
    for mine, its in ((one, other), (other, one)):
        params = {"letter": mine.values["letter"], "other": its.values["letter"], "service": its.values["name"]}
        if first and first == second:
            yield Problem(mine.key, "letter", N_("{letter} harfini “{service}” kullanıyor."), params)
        elif frozenset((first, second)) in ALIKE and _share_a_hall(sheet, one, other):
            message = N_(
                "{letter} ile {other} (“{service}”) seste karışır; aynı salonda kullanılmaz. Başka bir harf seçiniz"
                " ya da harfi boş bırakıp numaraları 100–199 gibi bir aralıktan veriniz."
            )
            yield Problem(mine.key, "letter", message, params)
        elif not first and not second and _overlap(one, other):
            message = N_("“{service}” de harfsiz; numara aralıkları çakışıyor. Ayrı aralıklar veriniz.")
            yield Problem(mine.key, "first_serial", message, params)


def _overlap(one: Record, other: Record) -> bool:
    a, b = one.values, other.values
    return bool(a["first_serial"] <= b["last_serial"] and b["first_serial"] <= a["last_serial"])


def _share_a_hall(sheet: Sheet, one: Record, other: Record) -> bool:
    """Whether a display calls both; one without a choice of its own calls everything."""
    codes = {one.values["code"], other.values["code"]}
    halls = sheet.lists.get("halls", ())
    return not halls or any(not shown or codes <= set(shown) for shown, _ in halls)


def _span(one: Record, begin: str, end: str) -> Iterator[Problem]:
    opens, closes = one.values[begin], one.values[end]
    if (opens is None) != (closes is None):
        empty = begin if opens is None else end
        yield Problem(one.key, empty, N_("İki saati birlikte yazınız ya da ikisini de boş bırakınız."))
    elif opens is not None and opens >= closes:
        yield Problem(one.key, end, N_("Bu saat başlangıçtan sonra olmalıdır."))


def _hours(sheet: Sheet) -> Iterator[Problem]:
    for one in sheet.records:
        wrong = [*_span(one, "opens", "closes"), *_span(one, "lunch_from", "lunch_to")]
        yield from wrong
        values = one.values
        if wrong or values["lunch_from"] is None:
            continue
        if values["opens"] is None:
            yield Problem(one.key, "lunch_from", N_("Kapalı günde öğle arası olmaz; boş bırakınız."))
        elif not values["opens"] < values["lunch_from"] < values["lunch_to"] < values["closes"]:
            yield Problem(one.key, "lunch_from", N_("Öğle arası çalışma saatleri içinde olmalıdır."))


def _closed(sheet: Sheet) -> Iterator[Problem]:
    for one in sheet.records:
        yield from _span(one, "opens", "closes")
        if one.values["kind"] == "other" and not one.values["reason"]:
            yield Problem(one.key, "reason", N_("Kapalı günün nedenini yazınız; ziyaretçilere gösterilir."))


def _twice(
    sheet: Sheet, key: str, message: str, read: Callable[[Value], Value] = lambda value: value
) -> Iterator[Problem]:
    for one, other in combinations(sheet.records, 2):
        if one.values[key] and read(one.values[key]) == read(other.values[key]):
            for mine in (one, other):
                yield Problem(mine.key, key, message, {"value": mine.values[key]})


def _counters(sheet: Sheet) -> Iterator[Problem]:
    yield from _twice(sheet, "number", N_("{value} numaralı banko zaten var."))
    for one in sheet.records:
        if not one.values["services"]:
            message = N_("Hizmeti olmayan banko numara çağıramaz.")
            yield Problem(one.key, "services", message, warning=True)


def _staff(sheet: Sheet) -> Iterator[Problem]:
    yield from _twice(sheet, "code", N_("“{value}” kodlu bir görevli zaten var."))
    if not any(one.values["active"] and one.values["role"] == "lead" for one in sheet.records):
        for one in sheet.records:
            if one.values["role"] == "lead" or not one.values["active"]:
                yield Problem(one.key, "active", N_("Çalışan bir vardiya sorumlusu kalmıyor."), warning=True)


def _units(sheet: Sheet) -> Iterator[Problem]:
    open_ = Sheet(sheet.subject, tuple(one for one in sheet.records if one.values["valid_to"] is None))
    yield from _twice(open_, "name", N_("“{value}” adıyla açık bir birim zaten var."), fold)
    used = dict(sheet.lists.get("unit_services", ()))
    for one in sheet.records:
        ends = one.values["valid_to"]
        if ends is None:
            continue
        if one.values["valid_from"] and ends < one.values["valid_from"]:
            yield Problem(one.key, "valid_to", N_("Kapanış günü başlangıçtan önce olamaz."))
        service = used.get(one.key.partition(":")[2])
        if service:
            message = N_("“{service}” bu birimin hizmeti. Önce hizmeti başka bir birime veriniz ya da kapatınız.")
            yield Problem(one.key, "valid_to", message, {"service": service})


def _kiosk(sheet: Sheet) -> Iterator[Problem]:
    for one in sheet.records:
        values = one.values
        high = highest_target(values["kiosk.inches"], values["kiosk.shape"], values["kiosk.bottom"])
        if high > REACH_MM:
            message = N_(
                "En üstteki düğme yerden {high} mm yüksekte; {limit} mm’yi geçmemeli. Ekranı {less} mm alçaltınız"
                " ya da daha küçük bir ekran kullanınız."
            )
            params = {"high": number(high), "limit": number(REACH_MM), "less": number(math.ceil(high - REACH_MM))}
            yield Problem(one.key, "kiosk.bottom", message, params, warning=True)
        else:
            message = N_("En üstteki düğme yerden {high} mm yüksekte; tekerlekli sandalyeden erişilir.")
            yield Problem(one.key, "kiosk.bottom", message, {"high": number(high)}, told=True)
        yield from _dimming(one)


def _dimming(one: Record) -> Iterator[Problem]:
    begins, ends = one.values["kiosk.dim_from"], one.values["kiosk.dim_to"]
    if (begins is None) != (ends is None):
        missing = "kiosk.dim_from" if begins is None else "kiosk.dim_to"
        yield Problem(one.key, missing, N_("Karartmanın başlangıcını ve bitişini birlikte yazınız."))


def _texts(sheet: Sheet) -> Iterator[Problem]:
    """A notice that exists in some languages only."""
    for one in sheet.records:
        written = [lang for lang in LANGUAGES if one.values[f"notice.{lang}"]]
        if not written:
            continue
        if SOURCE_LANGUAGE not in written:
            yield Problem(one.key, "notice.tr", N_("Aydınlatma metnini önce Türkçe yazınız."))
        for lang in LANGUAGES:
            if lang not in written and lang != SOURCE_LANGUAGE:
                message = N_("Bu dilde metin yok; kiosk bu dilde de Türkçe metni gösterir.")
                yield Problem(one.key, f"notice.{lang}", message, warning=True)


def _hall(sheet: Sheet) -> Iterator[Problem]:
    for one in sheet.records:
        has, needs = hall_text(one.values["hall.inches"], one.values["hall.farthest"])
        if has < needs:
            message = N_(
                "En küçük yazı {has} mm; bu uzaklıktan okunması için {needs} mm olmalı. Bu ekran {seat} metreye kadar"
                " okunur; bu uzaklığa en az {inches} inç gerekir."
            )
            seat, wanted = has * LEGIBLE / 1000, math.ceil(one.values["hall.inches"] * needs / has)
            params = {"has": number(has, 1), "needs": number(needs, 1), "seat": number(seat, 1), "inches": wanted}
            yield Problem(one.key, "hall.farthest", message, params, warning=True)
        else:
            message = N_("En küçük yazı {has} mm; {seat} metreye kadar okunur.")
            params = {"has": number(has, 1), "seat": number(has * LEGIBLE / 1000, 1)}
            yield Problem(one.key, "hall.farthest", message, params, told=True)


def _rules(sheet: Sheet) -> Iterator[Problem]:
    """The calling rule in the words the public is told."""
    for one in sheet.records:
        chosen = rule.from_settings(one.values)
        params = {
            "head_start": number(chosen.head_start),
            "k": chosen.k,
            "ratio": f"{chosen.ratio:g}".replace(".", ","),
        }
        yield Problem(one.key, "calling_rule", rule.RULES[chosen.name].told, params, told=True)


_JUDGES: dict[str, Callable[[Sheet], Iterator[Problem]]] = {
    "hizmetler": _services,
    "saatler": _hours,
    "kapali-gunler": _closed,
    "bankolar": _counters,
    setting_roster.CODE: setting_roster.problems,
    "gorevliler": _staff,
    "birimler": _units,
    "kiosk": _kiosk,
    "salon": _hall,
    "kurallar": _rules,
    "metinler": _texts,
    "rehber": judge_guide,
    "duyurular": judge_announcements,
}

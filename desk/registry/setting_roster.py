"""The roster as a sub-page of Ayarlar: a counter is a record, a weekday a group of hours, lunch and clerks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desk.errors import N_
from desk.queue.roster import Line
from desk.registry.setting_fields import Field, Group, Problem, Sheet, Sort, Subject, Value

CODE, KIND = "cizelge", "roster"
WEEKDAYS = (
    N_("Pazartesi"), N_("Salı"), N_("Çarşamba"), N_("Perşembe"), N_("Cuma"), N_("Cumartesi"), N_("Pazar"),
)  # fmt: skip
OPEN = "-"
"""Instead of a clerk: it is open who comes; and in the afternoon: the same as in the morning."""
CLERKS, AFTERNOON, OTHERWISE = "clerks", "afternoon", "otherwise"
"""Lists of the sheet: whom to choose from, and the days (record and key) that the form cannot show."""


def _day(day: int, name: str) -> Group:
    """Names say the day too: they stand alone in the list of changes, and for who hears them read."""

    def at(key: str, words: str) -> Field:
        return Field(f"{day}.{key}", f"{name} · {words}", Sort.TIME, None, none=True, label=words)

    def who(key: str, words: str, options: str) -> Field:
        return Field(f"{day}.{key}", f"{name} · {words}", Sort.CHOICE, OPEN, options=options, label=words)

    return Group(
        name,
        (
            at("begins", N_("Başlangıç")),
            at("ends", N_("Bitiş")),
            at("lunch_from", N_("Öğle arası")),
            at("lunch_to", N_("Öğle dönüşü")),
            who("staff", N_("Görevli"), CLERKS),
            who("after", N_("Öğleden sonra"), AFTERNOON),
        ),
        rows=(4, 2),
    )


ROSTER = Subject(
    CODE,
    N_("Banko çizelgesi"),
    "clock",
    N_(
        "Hangi bankoda kim, ne zaman çalışır. Bekleme süreleri buna göre hesaplanır; "
        "çizelgesi olan bir bankoda boş günde kimse beklenmez."
    ),
    tuple(_day(day, name) for day, name in enumerate(WEEKDAYS)),
    kind=KIND,
)


def values_of(lines: Sequence[Line]) -> dict[str, Value] | None:
    """A day's lines as the form shows them; None for lines that it cannot show (only a command writes such)."""
    empty: dict[str, Value] = dict.fromkeys(("begins", "ends", "lunch_from", "lunch_to"))
    empty |= {"staff": OPEN, "after": OPEN}
    if not lines:
        return empty
    first, last = lines[0], lines[-1]
    whole = empty | {"begins": first.begins, "ends": last.ends, "staff": first.staff or OPEN}
    if len(lines) == 1:
        begins, ends = first.lunch or (None, None)
        return whole | {"lunch_from": begins, "lunch_to": ends}
    if len(lines) == 2 and first.lunch is last.lunch is None and first.ends < last.begins and last.staff:
        return whole | {"lunch_from": first.ends, "lunch_to": last.begins, "after": last.staff}
    return None


def lines_of(values: Mapping[str, Value], day: int) -> tuple[Line, ...]:
    """What the form says of a day; values that ``problems`` has passed."""
    begins, ends, begin_lunch, end_lunch, staff, after = (values[one.key] for one in ROSTER.groups[day].fields)
    if begins is None:
        return ()
    clerk = "" if staff == OPEN else staff
    lunch = None if begin_lunch is None else (begin_lunch, end_lunch)
    if after in (OPEN, staff) or lunch is None:
        return (Line(begins, ends, lunch, clerk),)
    return Line(begins, lunch[0], None, clerk), Line(lunch[1], ends, None, after)


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Hours that cannot be; and what the form does not show."""
    told = N_("Bu günün görevleri komutla ayrıntılı yazıldı. Burada yazdığınız onların yerine geçer.")
    for record, key in sheet.lists.get(OTHERWISE, ()):
        yield Problem(record, key, told, told=True)
    for one in sheet.records:
        for day in range(len(WEEKDAYS)):
            yield from _wrong(one.key, one.values, day)


def _wrong(record: str, values: Mapping[str, Value], day: int) -> Iterator[Problem]:
    begins, ends, lunch_from, lunch_to, staff, after = (one.key for one in ROSTER.groups[day].fields)
    together = N_("İki saati birlikte yazınız ya da ikisini de boş bırakınız.")
    later = N_("Bu saat başlangıçtan sonra olmalıdır.")
    for first, second in ((begins, ends), (lunch_from, lunch_to)):
        a, b = values[first], values[second]
        if (a is None) != (b is None):
            yield Problem(record, first if a is None else second, together)
            return
        if a is not None and a >= b:
            yield Problem(record, second, later)
            return
    if values[begins] is None:
        for key in (lunch_from, staff, after):
            if values[key] not in (None, OPEN):
                yield Problem(record, key, N_("Önce başlangıç ve bitiş saatini yazınız."))
    elif values[lunch_from] is None:
        if values[after] != OPEN:
            yield Problem(record, after, N_("Öğleden sonraki görevli için öğle arasını yazınız."))
    elif not values[begins] < values[lunch_from] < values[lunch_to] < values[ends]:
        yield Problem(record, lunch_from, N_("Öğle arası çalışma saatleri içinde olmalıdır."))

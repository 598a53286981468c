"""Writing the settings of a site: every change is held against what is in the database, judged, and written whole.

A change carries the value it was made from. When somebody else has saved another one meanwhile, nothing is written
and the person is told (``Stale``). What is written comes back as the changes that would undo it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol, cast
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from desk.actor import Actor, Scope
from desk.clock import local_date
from desk.errors import N_, Stale, UserError
from desk.events import Kind
from desk.models.base import new_id
from desk.models.guide import GuideEntry
from desk.models.messages import Announcement
from desk.models.session import Session
from desk.models.site import (
    Counter,
    CounterService,
    Municipality,
    OpeningHours,
    Service,
    ServiceHours,
    Site,
    Staff,
    Subject,
    Unit,
)
from desk.models.work import Work
from desk.queue import opening
from desk.registry import privacy, setting_roster_rows, setting_rows, setting_rules, setting_sheets, setting_table
from desk.registry.pins import pin_hash
from desk.registry.setting_fields import (
    GONE,
    NEW,
    Change,
    Field,
    FieldError,
    Record,
    Sheet,
    Sort,
    Value,
    as_day,
    checked,
)
from desk.registry.site import header
from desk.text import fold, sort_key, upper_tr

Write = Callable[[str, dict[str, Value], Record | None], Sequence[Change] | None]

RENAMED = "~"
"""Only to undo: the row of a unit's new name is taken back, the one named by ``before`` holds again."""

BETWEEN = N_(
    "“{name}” bu arada başka bir görevli tarafından değiştirildi. Yeni değeri gördükten sonra yeniden kaydediniz."
)


class Unit_(Protocol):  # noqa: N801 - a unit of work; Unit is a directorate here
    """An open transaction."""

    @property
    def session(self) -> Session: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def now(self) -> datetime: ...

    def change(self, kind: Kind, subject_id: UUID | None = None) -> None: ...


def write(unit: Unit_, scope: Scope, changes: Sequence[Change]) -> tuple[Change, ...]:
    """Write them all or none, and return what undoes them.

    Raises FieldError (of a page's field), Stale (somebody was first), UserError.
    """
    site = unit.session.execute(select(Site).where(Site.id == scope.site_id).with_for_update()).scalar_one()
    by_record: dict[str, list[Change]] = {}
    for change in changes:
        by_record.setdefault(change.record, []).append(change)
    codes = dict.fromkeys(setting_table.subject_of(record).code for record in by_record)
    before = {one.key: one for code in codes for one in setting_sheets.sheet(unit.session, scope, code).records}
    writer = _Writing(unit, scope, site)
    undo: list[Change] = []
    for record, wanted in by_record.items():
        undo += writer.record(record, before.get(record), wanted)
    unit.session.flush()
    _judge(unit, scope, codes, before, set(by_record) | set(writer.made))
    unit.change(Kind.SETTINGS_CHANGED)
    return tuple(undo)


def _judge(unit: Unit_, scope: Scope, codes: Mapping[str, None], before: Mapping[str, Record], mine: set[str]) -> None:
    """Refuse what does not go together, when it concerns a record that was changed."""
    for code in codes:
        for problem in setting_rules.problems(setting_sheets.sheet(unit.session, scope, code)):
            if problem.record in mine and problem.wrong:
                raise FieldError(problem.record, problem.key, problem.message, **problem.params)


class _Writing:
    """One transaction of changes."""

    def __init__(self, unit: Unit_, scope: Scope, site: Site) -> None:
        self.unit, self.scope, self.site = unit, scope, site
        self.session = unit.session
        self.settings: dict[str, Any] = dict(site.settings)
        self.today = local_date(unit.now)
        self.made: list[str] = []
        self._kinds: dict[str, Write] = {
            "site": self._site,
            "hall": self._site,
            "hours": self._hours,
            "closed": self._closed,
            "service": self._service,
            "counter": self._counter,
            "roster": partial(setting_roster_rows.write, self._work()),
            "unit": self._unit,
            "staff": self._staff,
            "guide": self._row(setting_rows.write_guide),
            "announcement": self._row(setting_rows.write_announcement),
        }

    def record(self, key: str, before: Record | None, changes: Sequence[Change]) -> list[Change]:
        """Check and write one record; what undoes it."""
        kind, _, rest = key.partition(":")
        subject = setting_table.subject_of(key)
        special = {change.field for change in changes} & {NEW, GONE, RENAMED}
        if NEW in special:
            if before is not None:
                raise UserError(N_("Bu kayıt zaten var."))
            return self._new(key, changes)
        if before is None:
            raise Stale(N_("Bu kayıt bu arada kaldırıldı."))
        if GONE in special:
            return self._gone(kind, rest, before)
        if RENAMED in special:
            self._unrename(UUID(rest), UUID(changes[0].before))
            return []
        values: dict[str, Value] = {}
        for change in changes:
            one = subject.field(change.field)
            value = checked(one, key, change.after)
            now = before.values[one.key]
            if one.sort is not Sort.PIN and now != change.before and now != value:
                raise Stale(BETWEEN, name=one.name)
            values[one.key] = value
        undo = self._kinds[kind](rest, dict(values), before)
        if undo is not None:
            return list(undo)
        return [replace(c, before=values[c.field], after=before.values[c.field]) for c in changes if c.field != "pin"]

    def _new(self, key: str, changes: Sequence[Change]) -> list[Change]:
        kind, _, rest = key.partition(":")
        subject = setting_table.subject_of(key)
        given = {change.field: change.after for change in changes if change.field != NEW}
        values = {one.key: checked(one, key, given.get(one.key, one.default)) for one in subject.fields()}
        if kind == "closed":
            rest = str(values["day"])
            if (as_day(rest) or date.min) < self.today:
                raise FieldError(key, "day", N_("Geçmiş bir gün kapatılamaz."))
        self._kinds[kind](rest, dict(values), None)
        self.made.append(f"{kind}:{rest}")
        return [Change(f"{kind}:{rest}", GONE, None, None)]

    def _gone(self, kind: str, rest: str, before: Record) -> list[Change]:
        """Take away a closed day, or (as an undo) a row that nothing uses yet."""
        if kind == "closed":
            opening.clear_closed_day(self._work(), date.fromisoformat(rest))
            return _kept(before)
        table = _TABLES[kind]
        row_id = UUID(rest)
        try:
            if kind in ("counter", "service"):
                column = CounterService.counter_id if kind == "counter" else CounterService.service_id
                self.session.execute(delete(CounterService).where(column == row_id))
            if kind == "service":
                self.session.execute(delete(ServiceHours).where(ServiceHours.service_id == row_id))
            self.session.execute(delete(table).where(table.id == row_id))
        except IntegrityError as error:
            raise UserError(N_("Bu kayıt bu arada kullanıldı; silinmez. Kapatabilirsiniz.")) from error
        return _kept(before) if kind == "announcement" else []

    def _work(self) -> Work:
        """The closed days are written by the queue's own door, which asks for session, site and change log only."""
        return cast(Work, _Door(self.unit, self.scope.site_id))

    # --- the site's own settings

    def _site(self, rest: str, values: dict[str, Value], _before: Record | None) -> None:
        outer = f"hall:{rest}" if rest and rest not in _CODES else ""
        subject = setting_table.subject_of(f"site:{rest}" if rest in _CODES else f"hall:{rest}")
        words = self._notice_words()
        for key, value in values.items():
            first, dot, inner = key.partition(".")
            one = subject.field(key)
            if key == "site.name":
                self.site.name = value
            elif dot and first == "municipality":
                statement = update(Municipality).where(Municipality.id == self.site.municipality_id)
                self.session.execute(statement.values({inner: value}))
            elif dot:
                group = dict(self.settings.get(outer or first) or {})
                _keep(group, inner, one, value)
                self.settings[outer or first] = group
            else:
                _keep(self.settings, first, one, value)
        self._publish(words, privacy.VERSION in values)
        self._keep_settings()

    def _notice_words(self) -> tuple[str, dict[str, Any]]:
        """Version and words of the privacy notice, as they stand in the settings now."""
        return self.settings.get(privacy.VERSION, ""), dict(self.settings.get(privacy.TEXTS) or {})

    def _publish(self, before: tuple[str, dict[str, Any]], named: bool) -> None:
        """Other words of the privacy notice are another version; ``named``: somebody has given it a name."""
        version, words = self._notice_words()
        if (version, words) == before:
            return
        if words != before[1] and not named:
            version = self.settings[privacy.VERSION] = privacy.next_version(before[0], self.today)
        texts = privacy.texts(words, header(self.session, self.scope))
        if not privacy.publish(self.unit, self.scope.site_id, version or privacy.FIRST, texts):
            raise FieldError("site:metinler", privacy.VERSION, setting_rules.VERSION_USED, version=version)

    def _keep_settings(self) -> None:
        self.site.settings = dict(self.settings)  # another object: the column is JSON and sees no change inside
        self.session.flush()

    # --- hours and days

    def _hours(self, rest: str, values: dict[str, Value], before: Record | None) -> None:
        now = {**(before.values if before else {}), **values}
        here = OpeningHours.site_id == self.scope.site_id, OpeningHours.weekday == int(rest)
        self.session.execute(delete(OpeningHours).where(*here))
        if now["opens"] is not None or now["closes"] is not None or now["lunch_from"] is not None:
            problem = next(iter(setting_rules.problems(_alone("saatler", f"hours:{rest}", now))), None)
            if problem is not None:
                raise FieldError(problem.record, problem.key, problem.message, **problem.params)
            self.session.add(OpeningHours(site_id=self.scope.site_id, weekday=int(rest), **now))
            self.session.flush()

    def _closed(self, rest: str, values: dict[str, Value], before: Record | None) -> None:
        now = {**(before.values if before else {}), **values}
        day = opening.ClosedDay(
            date.fromisoformat(rest), opening.ClosedKind(now["kind"]), now["reason"], now["opens"], now["closes"]
        )
        opening.set_closed_day(self._work(), day)

    # --- rows

    def _service(self, rest: str, values: dict[str, Value], before: Record | None) -> None:
        names = {key.partition(".")[2]: values.pop(key) for key in list(values) if key.startswith("name.")}
        hours = {key: values.pop(key) for key in list(values) if key.startswith("hours.")}
        row = self.session.get(Service, UUID(rest))
        if row is None:
            row = Service(id=UUID(rest), site_id=self.scope.site_id, code=self._service_code(values["name"]))
            row.icon, row.daily_cap, row.name_fold = "document", None, ""
        for key, value in values.items():
            if key == "unit":
                row.unit_id = UUID(value)
            elif key == "position":
                row.position = value - 1
            else:
                setattr(row, key, upper_tr(value) if key == "letter" else value)
        row.name_fold = fold(row.name)
        self.session.add(row)
        self.session.flush()
        if any(names.values()) or before is not None:
            known = dict(self.settings.get(setting_sheets.NAMES) or {})
            own = {**(known.get(row.code) or {}), **names}
            known[row.code] = {lang: words for lang, words in own.items() if words}
            self.settings[setting_sheets.NAMES] = {code: words for code, words in known.items() if words}
            self._put_own_words()
        if hours and (before is not None or hours["hours.opens"] is not None):
            now = {**{k: before.values[k] for k in ("hours.opens", "hours.closes")}, **hours} if before else hours
            opens, closes = now["hours.opens"], now["hours.closes"]
            if opens is not None and closes is not None and opens < closes:
                opening.set_service_hours(self._work(), row.id, range(7), (opens, closes))
            elif opens is None and closes is None:
                opening.set_service_hours(self._work(), row.id, range(7), None)
            else:
                message = N_("Hizmetin başlangıç ve bitiş saatlerini birlikte ve sırasıyla yazınız.")
                raise FieldError(f"service:{rest}", "hours.closes", message)

    def _put_own_words(self) -> None:
        """The names by language, as the translators learn them (``desk.i18n.learn``)."""
        wanted = select(Service.code, Service.name).where(Service.site_id == self.scope.site_id)
        names = {row.code: row.name for row in self.session.execute(wanted)}
        own: dict[str, dict[str, str]] = {}
        for code, words in self.settings[setting_sheets.NAMES].items():
            for lang, name in words.items():
                if code in names:
                    own.setdefault(lang, {})[names[code]] = name
        self.settings["own_words"] = own
        self._keep_settings()

    def _service_code(self, name: str) -> str:
        wanted = select(Service.code).where(Service.site_id == self.scope.site_id)
        return _free_code(name, set(self.session.execute(wanted).scalars()))

    def _counter(self, rest: str, values: dict[str, Value], before: Record | None) -> None:
        skills = values.pop("services", None)
        taken = select(Counter.id).where(Counter.site_id == self.scope.site_id, Counter.id != UUID(rest))
        if "number" in values and self.session.execute(taken.where(Counter.number == values["number"])).first():
            message = N_("{value} numaralı banko zaten var.")
            raise FieldError(f"counter:{rest}", "number", message, value=values["number"])
        row = self.session.get(Counter, UUID(rest))
        if row is None:
            row = Counter(id=UUID(rest), site_id=self.scope.site_id, staff_id=None, seen_at=None)
        for key, value in values.items():
            setattr(row, key, value)
        self.session.add(row)
        self.session.flush()
        if skills is not None:
            self.session.execute(delete(CounterService).where(CounterService.counter_id == row.id))
            self.session.add_all(CounterService(counter_id=row.id, service_id=UUID(one)) for one in skills)
            self.session.flush()

    def _staff(self, rest: str, values: dict[str, Value], before: Record | None) -> None:
        pin = values.pop("pin", "")
        row = self.session.get(Staff, UUID(rest))
        if row is None:
            taken = select(Staff.id).where(Staff.site_id == self.scope.site_id, Staff.code == values["code"])
            if self.session.execute(taken).first():
                message = N_("“{value}” kodlu bir görevli zaten var.")
                raise FieldError(f"staff:{rest}", "code", message, value=values["code"])
            row = Staff(id=UUID(rest), site_id=self.scope.site_id, kind="person", pin_hash=None)
        for key, value in values.items():
            setattr(row, key, value)
        if pin:
            row.pin_hash = pin_hash(pin)
        self.session.add(row)
        self.session.flush()

    def _row(self, write: Callable[[Session, UUID, UUID, dict[str, Value]], None]) -> Write:
        return lambda rest, values, _before: write(self.session, self.scope.site_id, UUID(rest), values)

    # --- units: never renamed over

    def _unit(self, rest: str, values: dict[str, Value], before: Record | None) -> Sequence[Change] | None:
        days = {key: as_day(values.pop(key)) for key in ("valid_from", "valid_to") if key in values}
        if before is None:
            codes = set(self.session.execute(select(Unit.code)).scalars())
            row = Unit(id=UUID(rest), code=_free_code(values["short_name"], codes), **_named(values))
            row.valid_from, row.valid_to = days.get("valid_from") or self.today, days.get("valid_to")
            row.place = values["place"]
            self.session.add(row)
            self.session.flush()
            return None
        row = self.session.get_one(Unit, UUID(rest))
        if "name" in values:
            if row.valid_to is not None:
                raise FieldError(
                    f"unit:{rest}", "name", N_("Kapanmış birimin adı değiştirilmez; eski kayıtlar ona bağlıdır.")
                )
            return self._rename(row, values, days.get("valid_from"))
        row.valid_from = days.get("valid_from") or row.valid_from
        if "valid_to" in days:
            row.valid_to = days["valid_to"]
        for key, value in values.items():
            setattr(row, key, value)
        self.session.flush()
        return None

    def _rename(self, old: Unit, values: dict[str, Value], wanted: date | None) -> Sequence[Change]:
        """The old row ends, a new one begins; services and subjects go with it, what was recorded stays."""
        start = wanted or self.today
        if start > self.today:
            message = N_("Ad değişikliği ileri bir günden başlatılamaz; o gün geldiğinde yapınız.")
            raise FieldError(f"unit:{old.id}", "valid_from", message)
        if start < old.valid_from:
            raise FieldError(f"unit:{old.id}", "valid_from", N_("Yeni ad, birimin başlangıcından önce başlayamaz."))
        codes = set(self.session.execute(select(Unit.code)).scalars())
        given = {"name": old.name, "short_name": old.short_name, "place": old.place, **values}
        row = Unit(id=new_id(), code=_free_code(old.code, codes), valid_from=start, valid_to=None, **_named(given))
        row.place = given["place"]
        self.session.add(row)
        old.valid_to = start
        self.session.flush()
        self._hand_over(old.id, row.id)
        self.made.append(f"unit:{row.id}")
        return [Change(f"unit:{row.id}", RENAMED, str(old.id), None)]

    def _hand_over(self, from_id: UUID, to_id: UUID) -> None:
        for table in (Service, Subject):
            statement = update(table).where(table.unit_id == from_id)
            self.session.execute(statement.values(unit_id=to_id))

    def _unrename(self, row_id: UUID, old_id: UUID) -> None:
        self._hand_over(row_id, old_id)
        self.session.get_one(Unit, old_id).valid_to = None
        self.session.flush()
        try:
            self.session.execute(delete(Unit).where(Unit.id == row_id))
        except IntegrityError as error:
            raise UserError(N_("Birimin yeni adıyla bu arada kayıt yapıldı; geri alınamaz.")) from error


class _Door:
    """What ``desk.queue.opening`` needs of a Work."""

    def __init__(self, unit: Unit_, site_id: UUID) -> None:
        self.session, self.site_id, self.change = unit.session, site_id, unit.change


_CODES = frozenset(one.code for one in setting_table.SUBJECTS)


_TABLES: dict[str, Any] = {
    "service": Service, "counter": Counter, "unit": Unit, "staff": Staff, "guide": GuideEntry,
    "announcement": Announcement,
}  # fmt: skip


def _kept(before: Record) -> list[Change]:
    """What makes a record anew that is taken away."""
    values = [Change(before.key, key, None, value) for key, value in before.values.items()]
    return [Change(before.key, NEW, None, None), *values]


def _alone(code: str, key: str, values: Mapping[str, Value]) -> Any:
    return Sheet(code, (Record(key, "", values),))


def _keep(group: dict[str, Any], key: str, one: Field, value: Value) -> None:
    """Keep a value; the default is kept as nothing."""
    if (value == one.default and not isinstance(value, bool)) or value is None:
        group.pop(key, None)
    else:
        group[key] = list(value) if isinstance(value, tuple) else value


def _named(values: Mapping[str, Value]) -> dict[str, Value]:
    name = values["name"]
    return {
        "name": name,
        "short_name": values["short_name"],
        "name_fold": fold(name),
        "name_sort": sort_key(name),
    }


def _free_code(name: str, taken: set[str]) -> str:
    plain = "-".join(fold(name).split())[:32] or "yeni"
    if plain not in taken:
        return plain
    return next(code for n in range(2, 1000) if (code := f"{plain}-{n}") not in taken)

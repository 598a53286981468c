"""What was changed in Ayarlar and not saved yet: kept over sub-pages, shown in words, judged as it will be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from desk.errors import N_
from desk.registry import setting_rules, setting_table
from desk.registry.setting_fields import GONE, NEW, Change, Field, FieldError, Problem, Record, Sheet, checked, said

NAMELESS = N_("Yeni kayıt")


class Draft:
    """Sheets as they were read, with the changes on top."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self._edits: dict[tuple[str, str], Change] = {}
        self._new: dict[str, str] = {}  # record → sub-page
        self._gone: dict[str, Record] = {}

    def take(self, sheet: Sheet) -> None:
        """A sub-page was read anew; a change that is in the database by now is none any more."""
        self.sheets[sheet.subject] = sheet
        records = {one.key: one for one in sheet.records}
        for place, change in list(self._edits.items()):
            known = records.get(change.record)
            if known is not None and known.values[change.field] == change.after:
                del self._edits[place]
        for key in [key for key, code in self._new.items() if code == sheet.subject and key in records]:
            del self._new[key]

    def rebase(self, sheet: Sheet) -> None:
        """Make the changes on the values of now: the person has been told of them."""
        records = {one.key: one for one in sheet.records}
        for place, change in self._edits.items():
            known = records.get(change.record)
            if known is not None:
                self._edits[place] = replace(change, before=known.values[change.field])

    def set(self, record: str, one: Field, value: Any) -> None:
        """A field of a record holds this now."""
        place = record, one.key
        base = self._edits[place].before if place in self._edits else self._base(record, one)
        if value == base and type(value) is type(base):
            self._edits.pop(place, None)
        else:
            self._edits[place] = Change(record, one.key, base, value)

    def _base(self, record: str, one: Field) -> Any:
        known = self._known(record)
        return one.default if known is None else known.values[one.key]

    def _known(self, record: str) -> Record | None:
        sheet = self.sheets[setting_table.subject_of(record).code]
        return next((known for known in sheet.records if known.key == record), None)

    def add(self, code: str) -> str:
        """A new record of a sub-page; its key."""
        key = f"{setting_table.subject(code).kind}:{uuid4()}"
        self._new[key] = code
        numbers = [one.values.get("number") or one.values.get("position") for one in self.sheets[code].records]
        highest = max((found for found in numbers if found), default=0)
        for one in setting_table.subject_of(key).fields():
            if one.key in ("number", "position") and highest:
                self._edits[key, one.key] = Change(key, one.key, None, highest + 1)
        return key

    def remove(self, record: str) -> None:
        """Take a record away; one that is new was never there."""
        for place in [place for place in self._edits if place[0] == record]:
            del self._edits[place]
        known = self._known(record)
        if self._new.pop(record, None) is None and known is not None:
            self._gone[record] = known

    def is_new(self, record: str) -> bool:
        return record in self._new

    def is_changed(self, record: str) -> bool:
        return record in self._new or any(place[0] == record for place in self._edits)

    def changed_in(self, code: str) -> int:
        """How many changes a sub-page has."""
        return sum(setting_table.subject_of(one.record).code == code for one in self._counted())

    def merged(self, code: str) -> Sheet:
        """The sub-page with its changes, as it will be."""
        sheet = self.sheets[code]
        records = [self._merge(one) for one in sheet.records if one.key not in self._gone]
        for key in [key for key, of in self._new.items() if of == code]:
            empty = {one.key: one.default for one in setting_table.subject_of(key).fields()}
            records.append(self._merge(Record(key, "", {"code": "", **empty})))
        return replace(sheet, records=tuple(records))

    def _merge(self, one: Record) -> Record:
        own = {key: change.after for (record, key), change in self._edits.items() if record == one.key}
        title = one.title or str(own.get("name") or own.get("day") or NAMELESS)
        return replace(one, values={**one.values, **own}, title=title)

    # --- what it comes to

    def changes(self) -> tuple[Change, ...]:
        """What is written."""
        new = [Change(key, NEW, None, None) for key in self._new]
        gone = [Change(key, GONE, None, None) for key in self._gone]
        return (*new, *self._edits.values(), *gone)

    def _counted(self) -> list[Change]:
        """One for a new record with all its fields, one for each other field."""
        return [one for one in self.changes() if one.field in (NEW, GONE) or one.record not in self._new]

    @property
    def count(self) -> int:
        return len(self._counted())

    def sentences(self, tr: Callable[[str], str]) -> list[str]:
        """Every change in words: "Hizmetler, Dilekçe · Harf: E → D"."""
        return [self._sentence(one, tr) for one in self._counted()]

    def _sentence(self, change: Change, tr: Callable[[str], str]) -> str:
        subject = setting_table.subject_of(change.record)
        if change.field == GONE:
            return tr(N_("{subject}: {name} kaldırılıyor")).format(
                subject=tr(subject.name), name=self._gone[change.record].title
            )
        sheet = self.merged(subject.code)
        record = next(one for one in sheet.records if one.key == change.record)
        if change.field == NEW:
            return tr(N_("{subject}: {name} ekleniyor")).format(subject=tr(subject.name), name=tr(record.title))
        one = subject.field(change.field)
        where = tr(subject.name) if len(sheet.records) == 1 else f"{tr(subject.name)}, {tr(record.title)}"
        before, after = (said(one, value, sheet.lists, tr) for value in (change.before, change.after))
        return f"{where} · {tr(one.name)}: {before} → {after}"

    def problems(self, code: str) -> list[Problem]:
        """What is wrong with a sub-page as it will be: first field by field, then together."""
        sheet, found, records = self.merged(code), [], []
        for record in sheet.records:
            values: dict[str, Any] = dict(record.values)
            for one in setting_table.subject_of(record.key).fields():
                try:
                    values[one.key] = checked(one, record.key, values[one.key])
                except FieldError as error:
                    if self.is_changed(record.key):
                        found.append(Problem(record.key, one.key, error.message, error.params))
            records.append(replace(record, values=_upper(values)))
        return found or list(setting_rules.problems(replace(sheet, records=tuple(records))))

    def wrong(self) -> Problem | None:
        """The first problem that keeps from saving."""
        codes = dict.fromkeys(setting_table.subject_of(one.record).code for one in self.changes())
        return next((p for code in codes for p in self.problems(code) if p.wrong and self.is_changed(p.record)), None)

    def clear(self) -> tuple[Any, ...]:
        """Nothing is changed any more; what ``restore`` takes to bring it back."""
        kept = self._edits, self._new, self._gone
        self._edits, self._new, self._gone = {}, {}, {}
        return kept

    def restore(self, kept: Sequence[Any]) -> None:
        self._edits, self._new, self._gone = kept


def _upper(values: Mapping[str, Any]) -> dict[str, Any]:
    """A service's letter as it will be written."""
    from desk.text import upper_tr

    letter = values.get("letter")
    return {**values, "letter": upper_tr(letter)} if letter else dict(values)

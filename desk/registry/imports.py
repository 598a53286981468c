"""What other systems export becomes applications: a mapping per source says which column means what.

Nothing is written here: a file is read to the end, every row is checked as a clerk's entry would be, and what is wrong
is said row by row. Writing (``import_writing``) starts only from the result.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desk.actor import Scope
from desk.config import resource_path
from desk.errors import N_, Fault, UserError
from desk.models import site
from desk.models.session import Session
from desk.registry import applications, channels, persons
from desk.registry.application_types import ApplicationKind, ApplicationRequest, Urgency
from desk.registry.import_sheets import FORMULA, Line, Sheet
from desk.registry.types import Channel, PersonInput
from desk.text import fold, mask_name

HEAD_LINES = 20
"""How far down the line with the columns' names may stand: titles and dates come before it."""

ERRORS_SHOWN = 500
SUBJECT_FROM_BODY = 120
"""Letters of the text that stand as the subject where a list has none."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    code: str
    name: str
    channel: Channel
    columns: Mapping[str, tuple[str, ...]]  # what → folded names of its column
    shown: Mapping[str, str]  # what → the name of its column as people read it
    required: frozenset[str]
    values: Mapping[str, Mapping[str, str]]  # what → folded word of the list → our word; "*" for any other


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row is not taken: its line as the spreadsheet counts, the column's name ("" for the row), the sentence."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    line: int
    outside: str
    received: datetime
    applicant_masked: str
    subject: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A file read to the end. ``good`` are the requests that would be written, in the order of the file."""

    source: str
    name: str
    sha256: str
    rows: int
    good: tuple[ApplicationRequest, ...]
    repeated: int  # lines that only repeat an earlier line of the file
    errors: tuple[RowError, ...]
    notices: tuple[RowError, ...]  # taken all the same: an unknown unit, an unreadable phone
    sample: tuple[SampleRow, ...]
    unused: tuple[str, ...]  # columns that mean nothing to us


def sources(folder: Path | None = None) -> tuple[Source, ...]:
    """The known mappings, by name; a site's own files stand in ``folder``."""
    paths = [*sorted(resource_path("imports").glob("*.toml")), *sorted(folder.glob("*.toml") if folder else ())]
    return tuple(sorted((mapping(path) for path in paths), key=lambda one: one.name))


def source(code: str, folder: Path | None = None) -> Source:
    for place in filter(None, (folder, resource_path("imports"))):
        path = place / f"{code}.toml"
        if path.exists() and path.parent == place:
            return mapping(path)
    known = ", ".join(one.code for one in sources(folder))
    raise UserError(N_("Böyle bir içe aktarma kaynağı yok: {code}. Bilinenler: {known}"), code=code[:40], known=known)


def mapping(path: Path) -> Source:
    """A mapping file. Raises UserError for one that says what is not possible."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        channel = Channel(data["channel"])
        columns = dict(data["columns"])
        required = frozenset(columns.pop("required", data.get("required", ())))
        found = Source(
            code=path.stem,
            name=data["name"],
            channel=channel,
            columns={what: tuple(fold(name) for name in names) for what, names in columns.items()},
            shown={what: names[0] for what, names in columns.items()},
            required=required,
            values={what: {fold(k): v for k, v in words.items()} for what, words in data.get("values", {}).items()},
        )
    except OSError as error:
        raise Fault(N_("Eşleme dosyası okunamıyor: {path}"), path=path) from error
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise UserError(N_("Eşleme dosyası hatalı: {path} ({reason})"), path=path.name, reason=error) from error
    fields = {one.code for one in channels.BY_CHANNEL[channel].fields} | {channels.ANONYMOUS.code}
    unknown = {what for what in found.columns if what.startswith("field:") and what[6:] not in fields}
    unknown |= {what for what in found.columns if not what.startswith("field:") and what not in _MEANINGS}
    if unknown:
        raise UserError(N_("Eşleme dosyası hatalı: {path} ({reason})"), path=path.name, reason=min(unknown))
    return found


_MEANINGS = frozenset({
    "outside", "received", "name", "first_name", "last_name", "tckn", "phone", "address", "neighbourhood", "subject",
    "body", "kind", "unit", "place", "urgency",
})  # fmt: skip


def preview(s: Session, scope: Scope, sheet: Sheet, told: Source, progress: Progress | None = None) -> Preview:
    """Read a sheet by a mapping. Raises UserError when no line has the columns that must be there."""
    names = _Names(s, scope)
    head, places, unused = _head(sheet.lines, told)
    lines = [line for line in sheet.lines if line.number > head]
    reader = _Reader(told, places, names)
    seen: dict[str, int] = {}
    good: list[ApplicationRequest] = []
    sample: list[SampleRow] = []
    repeated = 0
    for count, line in enumerate(lines):
        if progress and count % 500 == 0:
            progress(count, len(lines))
        request = reader.read(line)
        if request is None:
            continue
        if request.key in seen:
            repeated += 1
            if channels.outside_number(request.channel, request.fields):
                note = N_("Aynı numara {line}. satırda da var; bu satır alınmayacak.")
                reader.notices.append(RowError(line.number, "", note.format(line=seen[request.key])))
            continue
        seen[request.key] = line.number
        good.append(request)
        if len(sample) < 20:
            sample.append(_sample(line.number, request))
    return Preview(
        source=told.code,
        name=sheet.name,
        sha256=hashlib.sha256(sheet.content).hexdigest(),
        rows=len(lines),
        good=tuple(good),
        repeated=repeated,
        errors=tuple(reader.errors),
        notices=tuple(reader.notices),
        sample=tuple(sample),
        unused=unused,
    )


def _sample(line: int, request: ApplicationRequest) -> SampleRow:
    assert request.received_at is not None
    return SampleRow(
        line,
        channels.outside_number(request.channel, request.fields),
        request.received_at,
        mask_name(request.sender.name),
        request.subject,
        request.unit_code,
    )


# The head


def _head(lines: Sequence[Line], told: Source) -> tuple[int, dict[str, int], tuple[str, ...]]:
    """The line number of the head, the place of each meaning, and columns that mean nothing.

    A head may be two lines high with merged cells ("Başvuran" over "Adı" and "Soyadı"): of every pair the upper name,
    the lower one and both together are tried.
    """
    best: tuple[int, int, dict[str, int], list[str]] = (0, 0, {}, [])
    for at, line in enumerate(lines[:HEAD_LINES]):
        below = lines[at + 1] if at + 1 < len(lines) and lines[at + 1].number == line.number + 1 else None
        for number, columns in _heads(line, below):
            places = _places(columns, told)
            if len(places) > best[0]:
                shown = [names[-1] for names in columns]
                best = (len(places), number, places, shown)
    _, number, places, shown = best
    lacking = sorted(_column_name(told, what) for what in told.required if what not in places)
    if not places or lacking:
        raise UserError(
            N_("Dosyada gereken sütunlar bulunamadı: {names}. Doğru kaynağı seçtiğinizi denetleyiniz ({source})."),
            names=", ".join(lacking) or "–", source=told.name,
        )  # fmt: skip
    unused = tuple(name for at, name in enumerate(shown) if name and at not in places.values())
    return number, places, unused


def _heads(line: Line, below: Line | None) -> list[tuple[int, list[tuple[str, ...]]]]:
    found: list[tuple[int, list[tuple[str, ...]]]] = [(line.number, [(name,) for name in line.cells])]
    if below is not None and len([name for name in line.cells if name]) >= 2:
        upper, last = line.cells, ""
        columns: list[tuple[str, ...]] = []
        for at in range(max(len(upper), len(below.cells))):
            above = upper[at] if at < len(upper) else ""
            last = above or last
            under = below.cells[at] if at < len(below.cells) else ""
            columns.append((f"{last} {under}".strip(), under or above) if under else (above,))
        found.append((below.number, columns))
    return found


def _places(columns: Sequence[tuple[str, ...]], told: Source) -> dict[str, int]:
    """Which column means what; the mapping's first name wins, each column is taken once."""
    folded = [{fold(name) for name in names if name} for names in columns]
    places: dict[str, int] = {}
    for what, names in told.columns.items():
        for name in names:
            at = next((at for at, own in enumerate(folded) if name in own and at not in places.values()), None)
            if at is not None:
                places[what] = at
                break
    return places


def _column_name(told: Source, what: str) -> str:
    return told.shown.get(what, what)


# The rows


class _Names:
    """Units and neighbourhoods by every name a list may call them."""

    def __init__(self, s: Session, scope: Scope) -> None:
        self.zone = ZoneInfo(s.execute(select(site.Site.zone).where(site.Site.id == scope.site_id)).scalar_one())
        self.latest = scope.now + timedelta(days=1)
        self.units: dict[str, str] = {}
        for unit in s.execute(select(site.Unit).where(site.Unit.valid_to.is_(None))).scalars():
            for name in (unit.name, unit.short_name, unit.code):
                self.units[fold(name)] = unit.code
        self.places: dict[str, str] = {}
        for place in s.execute(select(site.Neighbourhood).where(site.Neighbourhood.valid_to.is_(None))).scalars():
            self.places[place.name_fold] = place.code
        self.subjects: dict[str, str] = {}
        for subject in s.execute(select(site.Subject).where(site.Subject.valid_to.is_(None))).scalars():
            self.subjects[subject.name_fold] = subject.code

    def unit(self, text: str) -> str:
        wanted = fold(text)
        return self.units.get(wanted) or self.units.get(wanted.removesuffix(" mudurlugu").strip(), "")

    def place(self, text: str) -> str:
        wanted = fold(text)
        for ending in (" mahallesi", " mah.", " mah"):
            wanted = wanted.removesuffix(ending)
        return self.places.get(wanted, "")


class _Reader:
    """One line after the other into requests; what is wrong is collected with its line and column."""

    def __init__(self, told: Source, places: Mapping[str, int], names: _Names) -> None:
        self.told, self.places, self.names = told, places, names
        self.errors: list[RowError] = []
        self.notices: list[RowError] = []
        self._outside = channels.BY_CHANNEL[told.channel].outside

    def read(self, line: Line) -> ApplicationRequest | None:
        found = {what: line.cells[at] if at < len(line.cells) else "" for what, at in self.places.items()}
        before = len(self.errors)
        for what, value in found.items():
            if value == FORMULA:
                self._error(line, what, N_("Hücrede formül var; değer olarak kaydediniz."))
            elif not value and what in self.told.required:
                self._error(line, what, N_("Bu sütun boş bırakılamaz."))
        if len(self.errors) > before:
            return None
        received = channels.read_moment(found["received"]) if found.get("received") else None
        if received is None:
            self._error(line, "received", N_("Tarih okunamadı. Örnek: 24.11.2026 10:42"))
            return None
        received_at = received.replace(tzinfo=self.names.zone)
        if received_at > self.names.latest or received.year < 2000:
            self._error(line, "received", N_("Tarih gelecekte ya da çok eski."))
            return None
        return self._request(line, found, received_at)

    def _request(self, line: Line, found: dict[str, str], received_at: datetime) -> ApplicationRequest | None:
        fields = {what[6:]: self._word(what, value) for what, value in found.items() if what.startswith("field:")}
        if found.get("outside") and self._outside:
            fields[self._outside] = found["outside"]
        body = found.get("body", "")
        subject = found.get("subject", "") or body[:SUBJECT_FROM_BODY]
        kind = self._word("kind", found.get("kind", "")) or ApplicationKind.REQUEST
        urgency = self._word("urgency", found.get("urgency", ""))
        request = ApplicationRequest(
            key=self._key(line, fields),
            channel=self.told.channel,
            kind=ApplicationKind(kind),
            sender=self._sender(line, found),
            subject=self._cut(line, "subject", subject, applications.SUBJECT_LIMIT),
            subject_code=self.names.subjects.get(fold(subject), ""),
            body=body,
            place=found.get("place", ""),
            unit_code=self._unit(line, found.get("unit", "")),
            urgency=Urgency(urgency) if urgency else None,
            fields={code: value for code, value in fields.items() if value},
            received_at=received_at,
        )
        try:
            return applications.checked(request)
        except channels.FieldError as error:
            self._error(line, f"field:{error.field}", error.text())
        except UserError as error:
            self._error(line, "", error.text())
        return None

    def _key(self, line: Line, fields: Mapping[str, str]) -> str:
        """What makes a second arrival of the same row known: the outside number, else the row's own words."""
        number = fields.get(self._outside, "")
        if number:
            return f"import:{self.told.channel}:{number}"
        words = "\x1f".join(line.cells)
        return f"import:{self.told.code}:{hashlib.sha256(words.encode()).hexdigest()[:32]}"

    def _sender(self, line: Line, found: Mapping[str, str]) -> PersonInput:
        name = found.get("name") or f"{found.get('first_name', '')} {found.get('last_name', '')}".strip()
        place = self.names.place(found.get("neighbourhood", ""))
        if found.get("neighbourhood") and not place:
            self._notice(line, "neighbourhood", N_("Mahalle bulunamadı; boş alınacak."))
        return PersonInput(
            name=self._cut(line, "name", name, persons.NAME_LIMIT),
            tckn=self._kept(line, "tckn", found, persons.check_tckn),
            phone=self._kept(line, "phone", found, persons.check_phone),
            neighbourhood_code=place,
            address=self._cut(line, "address", found.get("address", ""), persons.ADDRESS_LIMIT),
        )

    def _cut(self, line: Line, what: str, value: str, most: int) -> str:
        """What there is room for; what is cut is said."""
        if len(value) > most:
            self._notice(line, what, N_("Çok uzun; ilk {count} harfi alınacak.").format(count=most))
        return value[:most]

    def _kept(self, line: Line, what: str, found: Mapping[str, str], check: Callable[[str], str]) -> str:
        """A number that holds, or nothing: another system's typing error keeps no application out."""
        value = found.get(what, "")
        try:
            return check(value) if value else ""
        except UserError:
            self._notice(line, what, N_("Numara hatalı; boş alınacak."))
            return ""

    def _unit(self, line: Line, text: str) -> str:
        code = self.names.unit(text) if text else ""
        if text and not code:
            self._notice(line, "unit", N_("Birim bulunamadı; havalesiz alınacak."))
        return code

    def _word(self, what: str, value: str) -> str:
        """A list's word as ours; one that is unknown is nothing."""
        words = self.told.values.get(what)
        if words is None or not value:
            return value if words is None else ""
        return words.get(fold(value), words.get("*", ""))

    def _error(self, line: Line, what: str, sentence: str) -> None:
        self.errors.append(RowError(line.number, self._name(what), sentence))

    def _notice(self, line: Line, what: str, sentence: str) -> None:
        self.notices.append(RowError(line.number, self._name(what), sentence))

    def _name(self, what: str) -> str:
        code = "outside" if what == f"field:{self._outside}" and what not in self.told.columns else what
        return _column_name(self.told, code) if code in self.told.columns else ""


def shown(errors: Sequence[RowError]) -> list[str]:
    """Lines for people: "4. satır, Tarih: Tarih okunamadı. …"."""
    lines = [
        f"{one.line}. satır{f', {one.column}' if one.column else ''}: {one.sentence}" for one in errors[:ERRORS_SHOWN]
    ]
    if len(errors) > ERRORS_SHOWN:
        lines.append(N_("… ve {count} satır daha").format(count=len(errors) - ERRORS_SHOWN))
    return lines

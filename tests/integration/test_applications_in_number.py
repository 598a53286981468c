"""What stays quick among a million applications: the right index for every list, a search that misses nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, event, func, select, text, update

from desk.actions import applications, attachments, records
from desk.actions.context import Context
from desk.actions.simulation.applications import fill
from desk.errors import Fault, UserError
from desk.models import application as tables
from desk.models import case
from desk.models.checkpoint import EVERY, Checkpoints
from desk.models.engine import Database
from desk.models.site import Site
from desk.models.visit import Person
from desk.registry import incoming, list_queries, search, worklists
from desk.registry.application_types import ApplicationRequest, Detail, ListQuery, Order
from desk.registry.types import ApplicationState, Channel, DocumentKind, PersonInput

both = pytest.mark.usefixtures("both_engines")
ALL = ListQuery(open_only=False)
WRITTEN: tuple[Table, ...] = (
    Person.__table__, tables.Application.__table__, case.ApplicationDetail.__table__,
    tables.ApplicationEvent.__table__, case.ApplicationSearch.__table__,
)  # type: ignore[assignment]  # fmt: skip


def phoned(**more: Any) -> ApplicationRequest:
    sender = PersonInput(name="Ayşe Örnekoğlu", phone="0532 123 45 67", neighbourhood_code="fatih")
    asked = ApplicationRequest(
        key=str(uuid4()), channel=Channel.PHONE, sender=sender, subject="Kaldırım onarımı", subject_code="kaldirim",
        body="Kaldırım çöktü.", place="Lale Sk. 7", fields={"line": "153"},
    )  # fmt: skip
    return replace(asked, **more)


def indexes(db: Database) -> set[str]:
    asked = "SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger')"
    if not db.is_sqlite:
        asked = "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
    with db.read() as session:
        return set(session.execute(text(asked)).scalars())


@both
def test_made_up_applications_are_what_registering_leaves(ctx: Context) -> None:
    before = indexes(ctx.db)
    fill(ctx.db, 300)
    assert indexes(ctx.db) == before
    key = records.register(ctx, phoned(), receipt=False).application_id
    with ctx.db.read() as session:
        for table in WRITTEN:
            of_it = table.c.id == key if table.name == "application" else None
            if "application_id" in table.c:
                of_it = table.c.application_id == key
            if table.name == "person":
                of_it = table.c.name == "Ayşe Örnekoğlu"
            assert of_it is not None
            ours = session.execute(select(table).where(of_it)).mappings().all()
            made = session.execute(select(table).where(~of_it).limit(60)).mappings().all()
            filled = {name for row in ours for name, value in row.items() if value is not None}
            assert filled <= {name for row in made for name, value in row.items() if value is not None}, table.name
        events = select(func.count()).select_from(tables.ApplicationEvent)
        assert session.execute(events).scalar_one() >= 2 * 301
        texts = session.execute(select(case.ApplicationSearch.text).limit(300)).scalars().all()
    # The search text is put together by hand there: it must be what search_text would write.
    assert all(search.search_text(*one.split(" ", 1), "", "") == one for one in texts)
    everything = applications.work_list(ctx, ALL, "", 500).rows
    assert len(everything) == 301
    for row in everything[::40]:
        found = applications.find_case(ctx, row.record_number)
        assert found.timeline
        assert found.place
        assert [one.id for one in applications.work_list(ctx, replace(ALL, text=row.record_number)).rows] == [row.id]
    if ctx.db.is_sqlite:
        with ctx.db.connect() as connection:
            driver: Any = connection.connection.driver_connection
            for name in ("application_trigram", "application_word"):
                driver.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
            assert driver.execute("PRAGMA foreign_key_check").fetchall() == []


@contextmanager
def plans(db: Database) -> Iterator[list[str]]:
    """What SQLite means to do for each statement that is read meanwhile; it has no statistics, as in every office."""
    found: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and "application" in statement:
            asked = cursor.connection.cursor().execute("EXPLAIN QUERY PLAN " + statement, parameters)
            found.append(" | ".join(row[3] for row in asked))

    event.listen(db._reader, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(db._reader, "before_cursor_execute", explain)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (ListQuery(), "open"),
        (ListQuery(unit_code="fen"), "open_unit"),
        (ListQuery(unit_code="fen", order=Order.URGENCY), "open_unit"),
        (ListQuery(order=Order.NEWEST), "open"),
        (ListQuery(overdue_only=True, unit_code="zabita"), "open_unit"),
        (ListQuery(awaiting=True), "open"),
        (ListQuery(untold=True), "untold"),
        (ListQuery(mine=True), "owner"),
        (ALL, "newest"),
        (replace(ALL, unit_code="fen"), "unit"),
        (ListQuery(channel=Channel.CIMER), "open"),
        (ListQuery(received_from=date(2026, 11, 20)), "open"),
        (replace(ALL, channel=Channel.CIMER), "newest"),
        (replace(ALL, state=ApplicationState.CLOSED), "newest"),
    ],
)
def test_every_list_is_read_from_its_own_index(ctx: Context, query: ListQuery, index: str) -> None:
    records.register(ctx, phoned(), receipt=False)
    with plans(ctx.db) as found:
        applications.work_list(ctx, query)
        applications.list_size(ctx, query)
    used = [one for one in found if "ix_application_" in one]
    assert len(used) >= 2 and all(f"ix_application_{index} " in one for one in used), found
    assert not any("SCAN application " in one or one.endswith("SCAN application") for one in found), found


def test_the_figures_beside_the_lists_never_touch_a_record(ctx: Context) -> None:
    records.register(ctx, phoned(), receipt=False)
    with plans(ctx.db) as found:
        ctx.read(worklists.counts, ctx.actor.staff_id)
    assert len(found) == 2
    assert all("USING COVERING INDEX" in one for one in found), found


def test_a_search_begins_with_its_index(ctx: Context) -> None:
    records.register(ctx, phoned(), receipt=False)
    for words in ("ayşe", "kaldırım lale", "5321234567", "la 7", "ör"):
        with plans(ctx.db) as found:
            assert len(applications.work_list(ctx, replace(ALL, text=words)).rows) == 1, words
        first = next(one for one in found if "VIRTUAL TABLE" in one)
        assert first.startswith("SCAN t VIRTUAL TABLE INDEX"), found
        assert "SEARCH a USING INTEGER PRIMARY KEY" in first, found


PIECES = ("ayse", "kaldirim", "lale sk", "5321234567", "cop", "imar", "yse", "ldir", "k", "77")
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3)


@both
def test_a_search_finds_what_holds_every_word(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WINDOW", 3)
    names = ("Ayşe Örnek", "Recep Numune", "Ayşe Taslak")
    for place in range(12):
        sender = PersonInput(name=names[place % 3], phone=f"0532 123 45 6{place % 4}")
        subject = ("Kaldırım onarımı", "Çöp konteyneri", "İmar durumu")[place % 3]
        records.register(ctx, phoned(sender=sender, subject=subject, subject_code="", place=f"Lale Sk. {70 + place}"),
                         receipt=False)  # fmt: skip
    with ctx.db.read() as session:
        texts = dict(session.execute(select(case.ApplicationSearch.application_id, case.ApplicationSearch.text)).all())

    @settings(max_examples=40)
    @given(WORDS)
    def check(words: list[str]) -> None:
        wanted = search.query_words(" ".join(words))
        expected = {
            key for key, one in texts.items()
            if all(word in one if len(word) >= 3 else f" {word}" in one for word in wanted)
        }  # fmt: skip
        found: list[tuple[int, UUID]] = []
        while part := ctx.read(search.find, " ".join(words), 2, found[-1][0] if found else None):
            found += part
        assert sorted(key for _, key in found) == sorted(expected), words
        assert found == sorted(found, reverse=True), words

    check()


def test_a_few_trigrams_hold_every_letter() -> None:
    for word in ("abc", "abcd", "abcde", "ornekoglu", "kaldirim"):
        parts = search.trigrams(word)
        covered = {at for part in parts for at in range(word.index(part), word.index(part) + 3)}
        assert covered == set(range(len(word))), word
    assert search.trigrams("5321234567") == ("123", "456", "567")  # not what every mobile number begins with


@both
def test_a_list_with_ended_ones_goes_by_its_numbers_and_pages_meet(ctx: Context) -> None:
    fill(ctx.db, 120)
    wanted = replace(ALL, order=Order.DUE)
    rows = applications.work_list(ctx, wanted, "", 200).rows
    numbers = [row.record_number for row in rows]
    assert numbers == sorted(numbers, reverse=True)
    assert list_queries.order_of(wanted) is Order.NEWEST
    assert numbers_by_pages(ctx, wanted) == numbers


def numbers_by_pages(ctx: Context, wanted: ListQuery) -> list[str]:
    paged, after = [], ""
    while True:
        page = applications.work_list(ctx, wanted, after, 17)
        paged += [row.record_number for row in page.rows]
        after = page.next
        if not after:
            return paged


@both
def test_what_no_index_holds_is_found_to_the_last_one(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(ctx.db, 120)
    monkeypatch.setattr(list_queries, "STRETCH", 23)
    monkeypatch.setattr(list_queries, "_SLACK", 2)
    rows = applications.work_list(ctx, ALL, "", 200).rows
    one = rows[60]
    day = one.received_at.date()
    for asked, fits in (
        (replace(ALL, channel=Channel.CIMER), lambda row: row.channel is Channel.CIMER),
        (replace(ALL, channel=Channel.KEP), lambda row: False),
        (replace(ALL, kind=one.kind, urgency=one.urgency),
         lambda row: (row.kind, row.urgency) == (one.kind, one.urgency)),
        (replace(ALL, state=ApplicationState.FORWARDED), lambda row: row.state is ApplicationState.FORWARDED),
        (replace(ALL, received_from=day), lambda row: row.received_at.date() >= day),
        (replace(ALL, received_to=day, channel=one.channel),
         lambda row: row.received_at.date() <= day and row.channel is one.channel),
        (replace(ALL, received_from=day, received_to=day), lambda row: row.received_at.date() == day),
        (replace(ALL, received_from=date(2090, 1, 1)), lambda row: False),
        (replace(ALL, received_to=date(1990, 1, 1)), lambda row: False),
    ):  # fmt: skip
        expected = [row.record_number for row in rows if fits(row)]
        assert numbers_by_pages(ctx, asked) == expected, asked
        size = applications.list_size(ctx, asked)
        assert size.count <= len(expected) and (size.more or size.count == len(expected)), asked
    assert applications.list_size(ctx, replace(ALL, channel=Channel.CIMER)).more
    states = {row.state for row in applications.work_list(ctx, replace(ALL, state=ApplicationState.REFERRED)).rows}
    assert states == {ApplicationState.REFERRED}


def test_a_code_typed_with_a_blank_is_still_one_record(ctx: Context) -> None:
    receipt = records.register(ctx, phoned(), receipt=False)
    first, second = receipt.tracking_code.split("-")
    for typed in (receipt.tracking_code, f"{first} {second}".lower(), receipt.scan_code, receipt.record_number):
        rows = applications.work_list(ctx, replace(ALL, text=typed)).rows
        assert [row.id for row in rows] == [receipt.application_id], typed


def test_the_log_is_copied_beside_the_work(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("PRAGMA wal_autocheckpoint=0")
    writer.execute("CREATE TABLE t (n)")
    os.utime(path, (0, 0))  # the last one is long ago
    checkpoints = Checkpoints(path)
    for n in range(EVERY):
        writer.execute("INSERT INTO t VALUES (?)", (n,))
        checkpoints.note()
    checkpoints.stop()
    alone = tmp_path / "without its log.db"
    alone.write_bytes(path.read_bytes())
    with sqlite3.connect(alone) as copied:
        assert copied.execute("SELECT count(*) FROM t").fetchone() == (EVERY,)
    copied.close()
    writer.close()


def test_two_programs_on_one_file_do_not_both_copy_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    path.touch()
    copied: list[int] = []
    monkeypatch.setattr(Checkpoints, "_copy", lambda self: copied.append(1))
    ours = Checkpoints(path)

    def commits(count: int) -> None:
        for _ in range(count):
            ours.note()

    commits(EVERY)  # a moment ago somebody did
    os.utime(path, (1000, 1000))
    commits(EVERY)  # it was another one than we knew: ours count anew from it
    assert not copied
    commits(EVERY)
    ours.stop()
    assert copied


def test_a_database_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "gone.db")
    for _ in range(EVERY * 2):
        checkpoints.note()
    checkpoints.stop()
    assert not (tmp_path / "gone.db").exists()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def share(ctx: Context, folder: str) -> None:
    with ctx.db.write() as session:
        values = session.execute(select(Site.settings)).scalars().first() or {}
        session.execute(update(Site).values(settings=values | {"files_folder": folder}))


def attached(ctx: Context, key: UUID, page: Path) -> Detail:
    return attachments.add_files(ctx, key, attachments.look_into(ctx, [page]).files)


@both
def test_a_page_scanned_at_one_desk_opens_at_another(ctx: Context, tmp_path: Path) -> None:
    other = replace(ctx, data_dir=tmp_path / "other desk")
    shared = tmp_path / "ortak"
    shared.mkdir()
    page = tmp_path / "dilekçe.pdf"
    page.write_bytes(PDF)
    key = records.register(ctx, phoned(), receipt=False).application_id
    early = attached(ctx, key, page).files[0].id
    with pytest.raises(Fault, match="ortak belge klasörü" if not ctx.db.is_sqlite else "Yedekten"):
        applications.open_file(other, key, early)
    share(ctx, str(shared))
    page.write_bytes(PDF + b"2 %%EOF\n")
    late = next(one.id for one in attached(ctx, key, page).files if one.id != early)
    assert applications.open_file(other, key, late).is_relative_to(shared)
    assert applications.open_file(ctx, key, early).is_relative_to(ctx.data_dir)  # from before there was a shared one
    shared.rename(tmp_path / "away")
    with pytest.raises(Fault, match="ulaşılamıyor"):
        attached(ctx, key, page)
    with pytest.raises(Fault, match="ulaşılamıyor"):
        applications.open_file(other, key, late)


def test_a_list_or_a_book_that_is_too_long_is_said_and_not_cut(
    ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        petition = phoned(document=DocumentKind.PETITION, channel=Channel.IN_PERSON, fields={})
        records.register(ctx, petition, receipt=False)
    monkeypatch.setattr(applications, "EXPORT_LIMIT", 2)
    monkeypatch.setattr(incoming, "LIMIT", 2)
    target = tmp_path / "liste.csv"
    with pytest.raises(UserError, match="2 satırdan fazlası"):
        applications.export_list(ctx, ALL, target)
    today = ctx.now().date()
    with pytest.raises(UserError, match="2 evraktan fazlası"):
        applications.incoming_register(ctx, today, today, target.with_suffix(".pdf"))
    assert not list(tmp_path.glob("liste.*"))

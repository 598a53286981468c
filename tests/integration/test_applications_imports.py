"""Lists of other systems: what is taken, what is said row by row, twice the same file, taken back, broken off."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, text

from desk.actions import applications, imports, records
from desk.actions.context import Context
from desk.actor import Right
from desk.clock import ISTANBUL
from desk.errors import Cancelled, UserError
from desk.models import work as works
from desk.models.application import Application
from desk.models.visit import Person
from desk.registry import calls, import_writing, life
from desk.registry.application_types import ApplicationKind, ListQuery
from desk.registry.life import Move, Step
from desk.registry.types import Channel
from desk.reports import recount

T = TypeVar("T")
both = pytest.mark.usefixtures("both_engines")

HEAD = ["Başvuru Sayısı", "Başvuru Tarihi", "Ad Soyad", "Telefon", "Mahalle", "Konu", "Başvuru Türü", "Birim"]
GOOD = [
    ["2612345601", "20.11.2026", "Ayşe Işıldak", "0532 123 45 67", "Gülbahçe Mah.", "Kaldırım onarımı", "ŞİKAYET", ""],
    ["2612345602", "2026-11-21 09:15", "Şükrü Öz", "", "", "Gürültü", "Talep", "Zabıta Müdürlüğü"],
    ["2612345603", "22/11/2026 10.30", "İnci Ğ.", "123", "Yok Mah.", "Park", "", "Uzay İşleri"],
]


def as_csv(rows: list[list[str]], encoding: str = "utf-8-sig", delimiter: str = ";") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def written(tmp_path: Path, content: bytes, name: str = "liste.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def agree(ctx: Context) -> None:
    with ctx.db.read() as session:
        assert recount.differences(session, ctx.actor.site_id, date(2026, 11, 24)) == []


def count(ctx: Context) -> int:
    return applications.list_size(ctx, ListQuery(open_only=False)).count


@both
def test_a_list_is_taken_once_moved_on_and_taken_back(ctx: Context, tmp_path: Path) -> None:
    path = written(tmp_path, as_csv([HEAD, *GOOD]))
    preview = imports.look(ctx, "cimer", path)
    assert (preview.rows, len(preview.good), preview.errors) == (3, 3, ())
    assert [(n.line, n.column) for n in preview.notices] == [(4, "Mahalle"), (4, "Telefon"), (4, "Birim")]
    assert count(ctx) == 0
    steps: list[tuple[int, int]] = []
    first = imports.take(ctx, preview, progress=lambda *at: steps.append(at))
    assert (first.created, first.known, steps) == (3, 0, [(3, 3)])
    agree(ctx)
    rows = {row.subject: row for row in applications.work_list(ctx, ListQuery()).rows}
    assert rows["Kaldırım onarımı"].kind is ApplicationKind.COMPLAINT
    assert (rows["Kaldırım onarımı"].unit, rows["Kaldırım onarımı"].due_on) == ("Fen İşleri", date(2026, 12, 20))
    assert (rows["Gürültü"].unit, rows["Park"].unit) == ("Zabıta", "")
    again = imports.take(ctx, imports.look(ctx, "cimer", path))
    assert (again.created, again.known) == (0, 3)
    applications.move(ctx, rows["Gürültü"].id, Step(Move.START))
    with pytest.raises(UserError, match="1 kaydında işlem yapılmış"):
        imports.undo(ctx, first.id)
    assert imports.undo(ctx, first.id, leave_worked_on=True) == 2
    assert count(ctx) == 1
    assert applications.work_list(ctx, ListQuery(text="ayşe", open_only=False)).rows == ()
    agree(ctx)
    third = imports.take(ctx, imports.look(ctx, "cimer", path))
    assert (third.created, third.known) == (2, 1)
    assert [(run.created, run.finished) for run in imports.runs(ctx)] == [(2, True), (0, True), (3, True)]
    agree(ctx)


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp1254", ";"), ("utf-8", ","), ("utf-16", "\t")]
)
def test_the_encodings_that_come_are_read(ctx: Context, tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = written(tmp_path, as_csv([HEAD, *GOOD], encoding, delimiter))
    preview = imports.look(ctx, "cimer", path)
    assert [one.sender.name for one in preview.good] == ["Ayşe Işıldak", "Şükrü Öz", "İnci Ğ."]
    assert [one.received_at.astimezone(ISTANBUL).day for one in preview.good if one.received_at] == [20, 21, 22]


def workbook(path: Path, rows: list[list[Any]], merged: tuple[str, ...] = ()) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    book.save(path)
    return path


def test_a_workbook_with_titles_and_merged_heads_is_read(ctx: Context, tmp_path: Path) -> None:
    from datetime import datetime

    rows: list[list[Any]] = [
        ["CİMER BAŞVURU LİSTESİ"],
        [],
        ["Başvuru Sayısı", "Başvuru Tarihi", "Başvuran", None, "Konu"],
        [None, None, "Adı", "Soyadı", None],
        [2612345601, datetime.fromisoformat("2026-11-20 09:05"), "Ayşe", "Işıldak", "Kaldırım onarımı"],
        [2612345602, date(2026, 11, 21), "Şükrü", "Öz", "Gürültü"],
    ]
    path = workbook(tmp_path / "liste.xlsx", rows, ("A1:E1", "A3:A4", "B3:B4", "C3:D3", "E3:E4"))
    preview = imports.look(ctx, "cimer", path)
    assert [(one.sender.name, one.subject) for one in preview.good] == [
        ("Ayşe Işıldak", "Kaldırım onarımı"),
        ("Şükrü Öz", "Gürültü"),
    ]
    assert preview.good[0].fields["cimer_number"] == "2612345601"


def test_every_bad_row_is_said_with_its_line_and_column_and_nothing_is_taken(ctx: Context, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        HEAD,
        GOOD[0],
        ["2612345604", "31.02.2026", "A", "", "", "Konu", "", ""],
        ["", "20.11.2026", "B", "", "", "Konu", "", ""],
        ["ABC", "20.11.2026", "C", "", "", "Konu", "", ""],
        ["2612345605", "20.11.2030", "D", "", "", "Konu", "", ""],
        ["2612345606", "20.11.2026", "E", "", "", "=1+1", "", ""],
        GOOD[0],
        ["2612345607", "20.11.2026", "F" * 121, "", "", "Konu", "", ""],
    ]
    preview = imports.look(ctx, "cimer", workbook(tmp_path / "liste.xlsx", rows))
    told = [(one.line, one.column, one.sentence) for one in preview.errors]
    assert told == [
        (3, "Başvuru Tarihi", "Tarih okunamadı. Örnek: 24.11.2026 10:42"),
        (4, "Başvuru Sayısı", "Bu sütun boş bırakılamaz."),
        (5, "Başvuru Sayısı", "CİMER sayısı 6–12 rakamdır."),
        (6, "Başvuru Tarihi", "Tarih gelecekte ya da çok eski."),
        (7, "Konu", "Hücrede formül var; değer olarak kaydediniz."),
    ]
    assert preview.repeated == 1
    notices = [(one.line, one.column, one.sentence) for one in preview.notices]
    assert (9, "Ad Soyad", "Çok uzun; ilk 120 harfi alınacak.") in notices
    assert (8, "", "Aynı numara 2. satırda da var; bu satır alınmayacak.") in notices
    with pytest.raises(UserError, match="5 hatalı satır"):
        imports.take(ctx, preview)
    assert count(ctx) == 0
    assert imports.take(ctx, preview, skip_bad=True).created == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "boş"),
        (b"MZ\x90\x00" + bytes(300), "CSV ya da XLSX dosyası değil"),
        (b"\xd0\xcf\x11\xe0" + bytes(300), "CSV ya da XLSX dosyası değil"),
        (b"PK\x03\x04 yarim", "bozuk"),
        ("Ad;Soyad\nAyşe;Öz\n".encode(), "gereken sütunlar bulunamadı: Başvuru Sayısı"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_a_sentence(
    ctx: Context, tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        imports.look(ctx, "cimer", written(tmp_path, content))


def test_a_file_of_more_than_fifty_megabytes_is_not_read(ctx: Context, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(UserError, match="en çok 50 MB"):
        imports.look(ctx, "cimer", path)


@both
def test_an_import_broken_off_leaves_nothing(ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "CHUNK", 1)
    preview = imports.look(ctx, "cimer", written(tmp_path, as_csv([HEAD, *GOOD])))
    asked: list[int] = []
    with pytest.raises(Cancelled):
        imports.take(ctx, preview, cancelled=lambda: len(asked) >= 2 or bool(asked.append(1)))
    assert count(ctx) == 0
    agree(ctx)
    assert imports.take(ctx, preview).created == 3


def behind(ctx: Context, first: Callable[[works.Work], object], second: Callable[[], T]) -> T:
    """What ``second`` gives when it comes while the transaction of ``first`` is still open."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with ThreadPoolExecutor(1) as pool:
        with ctx.work(Right.REGISTER) as work:
            first(work)
            coming = pool.submit(second)
            while not ctx.db.is_sqlite and not coming.done():
                with ctx.db.read() as session:
                    if session.execute(waiting).scalar_one():
                        break
        return coming.result(30)


@both
def test_two_lists_with_the_same_numbers_at_once_make_each_record_once(ctx: Context, tmp_path: Path) -> None:
    preview = imports.look(ctx, "cimer", written(tmp_path, as_csv([HEAD, *GOOD])))

    def theirs(work: works.Work) -> None:
        begun = import_writing.begin(work, "cimer", "öteki.csv", "", 3, 0)
        assert import_writing.write(work, begun, preview.good).created == 3

    ours = behind(ctx, theirs, lambda: imports.take(ctx, preview))
    assert (ours.created, ours.known, count(ctx)) == (0, 3, 3)
    numbers = [row.record_number for row in applications.work_list(ctx, ListQuery(open_only=False)).rows]
    assert sorted(numbers) == [f"2026/{place:06d}" for place in (1, 2, 3)]
    agree(ctx)


@both
def test_a_record_that_is_moved_while_its_import_is_taken_back_stays_and_counts(ctx: Context, tmp_path: Path) -> None:
    preview = imports.look(ctx, "cimer", written(tmp_path, as_csv([HEAD, *GOOD])))
    done = imports.take(ctx, preview)
    row = next(row for row in applications.work_list(ctx, ListQuery()).rows if row.unit == "Zabıta")
    start = lambda work: life.do(work, row.id, Step(Move.START))  # noqa: E731
    assert behind(ctx, start, lambda: imports.undo(ctx, done.id, leave_worked_on=True)) == 2
    assert [one.record_number for one in applications.work_list(ctx, ListQuery()).rows] == [row.record_number]
    agree(ctx)
    late = imports.take(ctx, preview)

    def take_back(work: works.Work) -> None:
        assert import_writing.undo(work, late.id) == 2

    other = next(one for one in applications.work_list(ctx, ListQuery()).rows if one.id != row.id)
    with pytest.raises(UserError, match=r"işlem yapıldı: .*geri alındı|“Geri alındı” durumundaki"):
        behind(ctx, take_back, lambda: applications.move(ctx, other.id, Step(Move.TAKE, version=other.version)))
    agree(ctx)


def test_what_leans_on_an_imported_record_keeps_it(
    ctx: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = imports.look(ctx, "cimer", written(tmp_path, as_csv([HEAD, *GOOD])))
    done = imports.take(ctx, preview)
    target = next(row for row in applications.work_list(ctx, ListQuery()).rows if row.unit == "Zabıta")
    again = next(row for row in applications.work_list(ctx, ListQuery()).rows if row.subject == "Kaldırım onarımı")
    same = records.register(ctx, records.ApplicationRequest(key="0", subject="x", same_sender_as=again.id))
    repeated = records.ApplicationRequest(key="1", subject="Gürültü")
    key = records.register(ctx, repeated, join_to=target.id).application_id
    with pytest.raises(UserError, match="1 kaydında işlem yapılmış"):
        imports.undo(ctx, done.id)
    applications.move(ctx, key, Step(Move.REOPEN, text="Ayrı bir konu."))
    assert imports.undo(ctx, done.id, leave_worked_on=True) == 2
    with ctx.db.read() as session:
        asked = select(Person.erase_after).join(Application, Application.person_id == Person.id)
        until = session.execute(asked.where(Application.id == same.application_id)).scalar_one()
    assert until > ctx.now().date() + timedelta(days=300)
    monkeypatch.setattr(imports, "CHUNK", 1)
    stopped: list[int] = []

    def take_back(*_: int) -> None:
        stopped.append(imports.undo(ctx, imports.runs(ctx)[0].id))

    with pytest.raises(UserError, match="siz sürdürürken geri alındı"):
        imports.take(ctx, imports.look(ctx, "cimer", tmp_path / "liste.csv"), progress=take_back)
    assert (stopped, count(ctx)) == ([1], 3)
    agree(ctx)


def test_every_mapping_of_the_program_reads_and_names_what_it_needs(ctx: Context) -> None:
    found = {one.code: one for one in imports.sources(ctx)}
    assert set(found) == {"cimer", "sosyal", "whatsapp", "cagri", "acik-kapi"}
    assert all(one.required <= one.columns.keys() for one in found.values())
    with pytest.raises(UserError, match="Böyle bir içe aktarma kaynağı yok"):
        imports.look(ctx, "../gizli", Path("x.csv"))


def test_a_social_list_without_numbers_comes_in_once(ctx: Context, tmp_path: Path) -> None:
    rows = [["Tarih", "Mecra", "Kullanıcı Adı", "Mesaj"], ["24.11.2026 09:00", "Twitter", "@ayse", "Çöpler alınmadı"]]
    path = written(tmp_path, as_csv(rows))
    assert imports.take(ctx, imports.look(ctx, "sosyal", path)).created == 1
    assert imports.take(ctx, imports.look(ctx, "sosyal", path)).known == 1
    (row,) = applications.work_list(ctx, ListQuery(channel=Channel.SOCIAL)).rows
    assert applications.open_case(ctx, row.id).fields["platform"] == "x"


QUEUE_LOG = """1795506000|a1|153|NONE|ENTERQUEUE||905321234567|1
1795506012|a1|153|SIP/21|CONNECT|12|a1|3
1795506100|a1|153|SIP/21|COMPLETECALLER|12|88|1
1795506200|a2|153|NONE|ENTERQUEUE||905327654321|1
1795506245|a2|153|NONE|ABANDON|1|1|45
bozuk satır
1795506300|a3|444|NONE|ENTERQUEUE||x|1
1795506360|a3|444|NONE|EXITWITHTIMEOUT|1|1|60
1795506400|a4|153|NONE|ENTERQUEUE||x|1
"""
CDR = (
    '"","05321234567","153","in","""x"" <0532>","SIP/a","SIP/21","Queue","153","2026-11-24 09:00:00",'
    '"2026-11-24 09:00:20","2026-11-24 09:02:00",120,100,"ANSWERED","DOCUMENTATION","17.1",""\n'
    '"","0532","153","in","x","SIP/a","","Queue","153","2026-11-24 09:10:00","","2026-11-24 09:10:30",30,0,'
    '"NO ANSWER","DOCUMENTATION","17.2",""\n'
    '"","0532","153","in","x","SIP/a","","Queue","153","dün","","",30,0,"NO ANSWER","D","17.3",""\n'
)


@both
def test_logs_of_the_exchange_become_calls_without_callers(ctx: Context, tmp_path: Path) -> None:
    records.register(ctx, records.ApplicationRequest(key="1", subject="x"))  # opens the business day
    done = imports.take_calls(ctx, written(tmp_path, QUEUE_LOG.encode(), "queue_log"))
    assert (done.created, done.refused) == (3, 1)
    done = imports.take_calls(ctx, written(tmp_path, CDR.encode(), "Master.csv"))
    assert (done.created, [one.line for one in done.errors]) == (2, [3])
    assert imports.take_calls(ctx, written(tmp_path, CDR.encode(), "Master.csv")).known == 2
    agree(ctx)
    assert imports.undo(ctx, done.id) == 2
    agree(ctx)


def test_a_queue_log_gives_waiting_and_talk_seconds() -> None:
    log = calls.read(QUEUE_LOG, ISTANBUL)
    assert [(c.outcome, c.line, c.waiting_seconds, c.talk_seconds) for c in log.calls] == [
        ("answered", "153", 12, 88), ("abandoned", "153", 45, 0), ("missed", "444", 60, 0),
    ]  # fmt: skip
    assert not any("532" in str(call) for call in log.calls)
    cdr = calls.read(CDR, ISTANBUL)
    assert [(c.outcome, c.waiting_seconds, c.talk_seconds) for c in cdr.calls] == [
        ("answered", 20, 100),
        ("missed", 30, 0),
    ]

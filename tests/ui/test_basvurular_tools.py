"""Beside the list of Başvurular: calls and their logs, the EBYS exchange, days of leave, the register, scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from papers_case import PDF, drop
from person import shown_text

from desk.actions import applications, exchange, imports, records
from desk.registry.application_types import ApplicationRequest, CallResult, ListQuery
from desk.registry.types import Channel, DocumentKind, PersonInput, SenderKind
from desk.reports import recount
from desk.ui import theme
from desk.ui.staff import basvurular_files
from desk.ui.staff.basvurular_calls import read_seconds
from desk.ui.staff.shell import StaffWindow
from desk.ui.tables.rows_model import SUB_ROLE
from desk.ui.widgets import Button, toasts

LOG = (
    "1795506120|c1|153|NONE|ENTERQUEUE||0532\n1795506140|c1|153|SIP/1|CONNECT|20|x|3\n"
    "1795506200|c1|153|SIP/1|COMPLETEAGENT|20|60|1\nbozuk|satır|1|2|3\n"
)


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.resize(1440, 900)
    window.show()
    window.show_page("basvurular")
    settle(lambda: window.current_page().choices is not None and window.current_page().shown is not None)
    yield window
    window.close_now()


@pytest.fixture
def page(window: StaffWindow) -> Any:
    return window.current_page()


def told(window: StaffWindow) -> str:
    return " ".join(one.words() for one in toasts(window).shown())


def a_paper(ctx: Any, key: str = "k", **more: Any) -> Any:
    given: dict[str, Any] = {
        "document": DocumentKind.PETITION, "subject": "Kaldırım", "sender": PersonInput(name="Ayşe Yıldırım"),
    }  # fmt: skip
    return records.register(ctx, ApplicationRequest(key, **(given | more)), receipt=False)


def rows(ctx: Any) -> Any:
    return applications.work_list(ctx, ListQuery(open_only=False)).rows


# --- calls


@pytest.mark.parametrize(("typed", "seconds"), [("", 0), ("45", 45), ("1.30", 90), ("2:05", 125), (" 0.09 ", 9)])
def test_durations_are_read_as_people_write_them(typed: str, seconds: int) -> None:
    assert read_seconds(typed) == seconds


def test_a_call_is_written_down_with_few_keys_and_taken_back(
    window: StaffWindow, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    press(window, "Ctrl+Shift+C")
    panel = window._overlay
    settle(lambda: "Bugün çağrı yazılmadı" in shown_text(panel))
    type_text(find(panel, "Bekleme"), "1.10")
    type_text(find(panel, "Görüşme"), "iki")
    press(window, "F2")
    assert "Süre anlaşılamadı" in shown_text(panel)
    find(panel, "Görüşme").clear()
    type_text(find(panel, "Görüşme"), "2.30")
    type_text(find(panel, "Konu"), "Pazar yeri saatleri")
    press(window, "F2")
    settle(lambda: len(exchange.calls_of_day(ctx)) == 1)
    (call,) = exchange.calls_of_day(ctx)
    assert (call.waiting_seconds, call.talk_seconds, call.result) == (70, 150, CallResult.INFORMED)
    settle(lambda: panel.table.rows_model.rowCount() == 1)
    assert find(panel, "Konu").text() == ""
    panel.table.selectRow(0)
    press(window, "Alt+S")
    settle(lambda: exchange.calls_of_day(ctx) == ())


def test_a_call_becomes_an_application_that_knows_it(
    window: StaffWindow, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    press(window, "Ctrl+Shift+C")
    panel = window._overlay
    type_text(find(panel, "Bekleme"), "20")
    type_text(find(panel, "Konu"), "Yol çukuru")
    press(window, "F4")
    settle(lambda: window._overlay is not None and window._overlay is not panel)
    form = window._overlay
    assert "10.42 çağrısından" in shown_text(form)
    assert find(form, "Konu").text() == "Yol çukuru"
    press(window, "F2")
    settle(lambda: len(rows(ctx)) == 1)
    assert rows(ctx)[0].channel is Channel.PHONE
    assert applications.open_case(ctx, rows(ctx)[0].id).fields == {"line": "153"}
    (call,) = exchange.calls_of_day(ctx)
    assert (call.record_number, call.result) == (rows(ctx)[0].record_number, CallResult.APPLICATION)


def test_a_call_log_is_looked_into_taken_and_taken_back(
    window: StaffWindow, press: Any, settle: Any, ctx: Any, tmp_path: Path
) -> None:
    path = tmp_path / "queue_log"
    path.write_text(LOG, encoding="utf-8")
    press(window, "Ctrl+I")
    panel = window._overlay
    settle(lambda: bool(panel.source.box.options()))
    panel.source.set_value("calls")
    panel.file.set_text(str(path))
    panel.inspect()
    settle(lambda: "1 çağrı, 1 yanıtlanan" in panel.said.text())
    assert "1 hatalı" in panel.said.text()
    assert not panel.take.isEnabled()
    panel.skip.setChecked(True)
    press(window, "F2")
    settle(lambda: "1 çağrı alındı" in panel.said.text())
    panel._undo(imports.runs(ctx)[0].id)
    settle(lambda: "1 kayıt geri alındı" in panel.said.text())
    assert exchange.calls_of_day(ctx) == ()


@pytest.fixture
def log_of_three(
    window: StaffWindow, press: Any, settle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int], Any]:
    """``log_of_three(2)``: the panel, taking a log of three calls one by one; Esc comes when the second is written."""
    monkeypatch.setattr(imports, "CHUNK", 1)
    lines = [
        f"{1795506120 + call}|c{call}|153|NONE|ENTERQUEUE||0532\n{1795506140 + call}|c{call}|153|SIP/1|CONNECT|20|x|3\n"
        f"{1795506200 + call}|c{call}|153|SIP/1|COMPLETEAGENT|20|60|1\n"
        for call in range(3)
    ]
    (tmp_path / "queue_log").write_text("".join(lines), encoding="utf-8")

    def take(esc_after: int) -> Any:
        written, go = Event(), Event()

        def note(done: int, all_: int) -> None:  # in the worker, after each call
            panel._progress = (done, all_)
            if done == esc_after:
                written.set()
                assert go.wait(5)

        press(window, "Ctrl+I")
        panel = window._overlay
        settle(lambda: bool(panel.source.box.options()))
        panel.source.set_value("calls")
        panel.file.set_text(str(tmp_path / "queue_log"))
        panel.inspect()
        settle(lambda: "3 çağrı" in panel.said.text())
        monkeypatch.setattr(panel, "_note", note)
        press(window, "F2")
        assert written.wait(5)
        panel._tick.timeout.emit()
        assert panel.said.text() == f"{esc_after} / 3 satır"
        press(window, "Escape")
        assert panel.isVisible()
        go.set()
        settle()
        return panel

    return take


def test_a_call_log_that_is_stopped_half_way_leaves_nothing(log_of_three: Any, ctx: Any, settle: Any) -> None:
    panel = log_of_three(2)
    settle(lambda: panel.said.text() == "Durduruldu; alınan kayıtlar geri alındı.")
    assert exchange.calls_of_day(ctx) == ()
    (run,) = imports.runs(ctx)
    assert (run.finished, run.undone_at is not None) == (False, True)
    with ctx.db.read() as session:
        assert recount.differences(session, ctx.actor.site_id, date(2026, 11, 24)) == []
    panel.take_in()  # the same log once more: nothing of the first time is in its way
    settle(lambda: "3 çağrı alındı" in panel.said.text())
    assert len(exchange.calls_of_day(ctx)) == 3


def test_stopping_behind_the_last_call_is_too_late_and_said_so(log_of_three: Any, ctx: Any, settle: Any) -> None:
    panel = log_of_three(3)
    settle(lambda: "3 çağrı alındı" in panel.said.text())
    assert len(exchange.calls_of_day(ctx)) == 3


# --- EBYS, leave, register


def test_the_ebys_file_says_line_by_line_what_it_would_do_and_writes_the_right_ones(
    window: StaffWindow, page: Any, press: Any, settle: Any, ctx: Any, tmp_path: Path
) -> None:
    one, two = a_paper(ctx, "1"), a_paper(ctx, "2")
    page.deeds.tools.ask_ebys()
    panel = window._overlay
    settle(lambda: panel.waiting.rows_model.rowCount() == 2)
    press(window, "Alt+V")
    settle(lambda: "2 evrak yazıldı" in panel.said.text())
    path = tmp_path / "ebys.csv"
    path.write_text(f"{one.record_number};E-1;24.11.2026\n2026/999999;E-2;24.11.2026\n", encoding="utf-8")
    assert drop(panel, path)
    settle(lambda: "1 sayı yazılacak, 1 satır hatalı" in panel.said.text())
    press(window, "F2")  # not while a wrong line is neither mended nor passed over
    settle()
    assert records.open_by_id(ctx, one.application_id).official_number == ""
    panel.skip.setChecked(True)
    press(window, "F2")
    settle(lambda: "1 EBYS sayısı yazıldı" in panel.said.text())
    assert records.open_by_id(ctx, one.application_id).official_number == "E-1"
    settle(lambda: panel.waiting.rows_model.rowCount() == 1)
    assert panel.waiting.rows_model.row_at(0).record_number == two.record_number


def test_one_ebys_number_is_written_by_hand(
    window: StaffWindow, page: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    paper = a_paper(ctx)
    page.deeds.tools.ask_ebys()
    panel = window._overlay
    settle(lambda: panel.waiting.rows_model.rowCount() == 1)
    panel.waiting.selectRow(0)
    type_text(find(panel, "EBYS sayısı"), "E-77")
    type_text(find(panel, "EBYS tarihi"), "yarın")
    press(window, "Return")
    assert "Tarih anlaşılamadı" in shown_text(panel)
    find(panel, "EBYS tarihi").clear()
    type_text(find(panel, "EBYS tarihi"), "24.11.2026")
    press(window, "Return")
    settle(lambda: "EBYS sayısı bekleyen evrak yok" in shown_text(panel))
    assert records.open_by_id(ctx, paper.application_id).official_number == "E-77"


def test_a_day_of_leave_says_what_it_changes_then_is_entered_and_taken_back(
    window: StaffWindow, page: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    page.deeds.tools.ask_leave()
    panel = window._overlay
    type_text(find(panel, "Gün"), "27.11.2026")
    settle(lambda: "15.12.2026 yerine 16.12.2026" in panel.effect.text())
    press(window, "F2")
    settle(lambda: "dayanağını yazınız" in shown_text(panel))
    type_text(find(panel, "Dayanak"), "Genelge")
    press(window, "F2")
    settle(lambda: panel.table.rows_model.rowCount() == 1)
    panel.table.setFocus()
    panel.table.selectRow(0)
    settle(lambda: "16.12.2026 yerine 15.12.2026" in panel.effect.text())
    press(window, "Alt+S")
    settle(lambda: exchange.leave_days(ctx) == ())


@pytest.mark.parametrize("form", ["pdf", "xlsx", "csv"])
def test_the_incoming_register_of_a_free_period(
    window: StaffWindow, page: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any, form: str
) -> None:
    a_paper(ctx)
    page.deeds.tools.ask_register()
    panel = window._overlay
    find(panel, "İlk gün").clear()
    type_text(find(panel, "İlk gün"), "25.11.2026")
    press(window, "Return")
    assert "önce olamaz" in shown_text(panel)
    find(panel, "İlk gün").clear()
    type_text(find(panel, "İlk gün"), "01.10.2026")
    panel.form.set_value(form)
    press(window, "Return")
    settle(lambda: "1 kayıt" in told(window))
    made = ctx.data_dir / "belgeler" / f"gelen-evrak-20261001-20261124.{form}"
    assert made.stat().st_size > 100


# --- scans and senders


def test_a_panel_that_is_open_grows_with_the_text(window: StaffWindow, page: Any, settle: Any) -> None:
    page.deeds.tools.ask_register()
    overlay = window._overlay
    before = overlay.panel.height()
    theme.app_look().change(text_scale=1.5)
    settle(lambda: overlay.panel.height() > before)
    settle(lambda: overlay.panel.height() >= overlay.panel.layout().minimumSize().height())
    buttons = overlay.findChildren(Button)
    assert buttons and all(one.height() >= one.sizeHint().height() for one in buttons)
    theme.app_look().change(text_scale=1.0)


def test_a_scan_dropped_on_the_page_belongs_to_the_chosen_application(
    window: StaffWindow, page: Any, press: Any, settle: Any, ctx: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = a_paper(ctx)
    page.find(done.record_number)
    settle(lambda: page.detail.detail is not None)
    good, bad = tmp_path / "tarama.pdf", tmp_path / "kötü.pdf"
    good.write_bytes(PDF)
    bad.write_bytes(b"MZ\x90\x00")
    assert drop(page, good, bad)
    settle(lambda: "1 belge eklendi" in told(window))
    assert "kötü.pdf bir PDF, JPEG veya PNG değil" in told(window)
    assert "tarama" not in shown_text(page.detail)  # masked with the rest
    shown: list[Path] = []
    monkeypatch.setattr(basvurular_files, "open_document", lambda _owner, at: shown.append(at))
    settle(lambda: bool(page.detail.files._buttons))
    press(page.detail.files._buttons[0], "Space")
    settle(lambda: bool(shown))
    assert shown[0].read_bytes() == PDF


def test_a_record_opened_in_front_of_a_citizen_shows_no_other_citizen(
    window: StaffWindow, page: Any, press: Any, settle: Any, ctx: Any
) -> None:
    a_paper(ctx, "1", sender=PersonInput(name="Gülşah Benzetim"))
    a_paper(ctx, "2")
    page.reload_soon()
    settle(lambda: page.list.model.rowCount() == 2 and page.detail.detail is not None)

    def said() -> str:
        model = page.list.model
        return " ".join(model.data(model.index(row, 1), SUB_ROLE) for row in range(2))

    assert "G*** B***" in said()
    press(window, "Ctrl+G")
    settle(lambda: page.detail.is_open)
    assert "***" not in said()
    press(window, "Esc")
    assert "G*** B***" in said()


def test_the_next_application_of_the_same_sender_needs_only_its_subject(
    window: StaffWindow, page: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    first = a_paper(ctx, sender_kind=SenderKind.HEADMAN)
    page.find(first.record_number)
    settle(lambda: page.detail.detail is not None)
    press(window, "Ctrl+Shift+N")
    settle(lambda: window._overlay is not None)
    form = window._overlay
    assert find(form, "Muhtarın adı soyadı").text() == "Ayşe Yıldırım"
    for subject in ("Park", "Çöp"):
        type_text(find(form, "Konu"), subject)
        press(window, "Shift+F2")
        settle(lambda subject=subject: any(row.subject == subject for row in rows(ctx)))
        settle(lambda: not form._busy)
    assert window._overlay is form
    assert {records.sender_of(ctx, row.id).person.name for row in rows(ctx)} == {"Ayşe Yıldırım"}


def test_a_petition_with_its_enclosure_through_the_form_of_any_channel(
    window: StaffWindow, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    press(window, "Ctrl+N")
    form = window._overlay
    form.channel.box.choose(Channel.PUBLIC_DAY)
    form.entry.document.box.choose(DocumentKind.PETITION)
    type_text(find(form, "Konu"), "Kaldırım")
    type_text(find(form, "Ad soyad"), "Ayşe Yıldırım")
    type_text(find(form, "T.C. kimlik no"), "10000000146")
    press(find(form, "Islak imza görüldü"), "Space")
    press(window, "Ctrl+E")
    type_text(find(form, "Ek adı"), "Kroki")
    press(window, "Return")
    press(window, "F2")
    settle(lambda: len(rows(ctx)) == 1)
    detail = applications.open_case(ctx, rows(ctx)[0].id)
    assert (detail.document, detail.channel, [str(one) for one in detail.missing]) == (
        DocumentKind.PETITION, Channel.PUBLIC_DAY, ["address"],
    )  # fmt: skip
    assert [one.name for one in detail.enclosures] == ["Kroki"]


def test_nobody_is_asked_for_an_identity_number_on_the_phone(window: StaffWindow, press: Any) -> None:
    press(window, "Ctrl+N")
    assert "T.C. kimlik no" not in shown_text(window._overlay)

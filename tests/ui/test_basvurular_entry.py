"""Entering applications: channel fields from the one table, proposals, duplicates, and lists of other systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from person import find_all, shown_text
from PySide6.QtCore import QPoint

from desk.actions import applications, imports, records
from desk.registry import site
from desk.registry.application_types import ApplicationRequest, ListQuery
from desk.registry.channels import FieldKind, fields_of
from desk.registry.types import Channel, DocumentKind, PersonInput
from desk.ui.staff.basvurular_fields import ChannelFields
from desk.ui.staff.basvurular_form import AREA_LEAST, FormArea
from desk.ui.staff.overlay import EDGE
from desk.ui.staff.shell import StaffWindow
from desk.ui.theme import app_look

CIMER = """Başvuru No;Başvuru Tarihi;Ad Soyad;Konu;Başvuru Metni
1234567;24.11.2026;Ayşe Örnekoğlu;Yol çukuru;Sokakta çukur var
1234568;{date};Ali Örnek;Çöp;Çöp alınmıyor
"""


@pytest.fixture
def window(office: Any, settle: Callable[..., None]) -> Iterator[StaffWindow]:
    window = StaffWindow(office)
    window.resize(1440, 900)
    window.show()
    window.show_page("basvurular")
    settle(lambda: window.current_page().choices is not None)
    yield window
    window.close_now()


@pytest.fixture
def form(window: StaffWindow, press: Any) -> Any:
    press(window, "Ctrl+N")
    return window._overlay


def all_rows(ctx: Any) -> Any:
    return applications.work_list(ctx, ListQuery(open_only=False)).rows


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_has_the_fields_of_the_table(qtbot: Any, channel: Channel) -> None:
    box = ChannelFields()
    qtbot.addWidget(box)
    box.show_channel(channel, DocumentKind.NONE)
    box.show()
    specs = fields_of(channel, DocumentKind.NONE)
    assert set(box.codes()) == {one.code for one in specs}
    for one in specs:
        assert find_all(box, one.label), one.label
        assert one.kind in FieldKind


def test_a_call_is_registered_with_few_keys_and_shown(
    window: StaffWindow, form: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    type_text(find(form, "Konu"), "Gülbahçe Parkı bakımı")
    settle(lambda: "konudan önerildi" in shown_text(form))
    type_text(find(form, "Ad soyad"), "Gül Şen")
    press(window, "F2")
    settle(lambda: len(all_rows(ctx)) == 1)
    (row,) = all_rows(ctx)
    assert (row.channel, row.subject) == (Channel.PHONE, "Gülbahçe Parkı bakımı")
    assert "Park" in row.unit
    page = window.current_page()
    settle(lambda: page.detail.detail is not None and page.detail.detail.record_number == row.record_number)


def test_two_presses_of_f2_are_one_record(
    window: StaffWindow, form: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    type_text(find(form, "Konu"), "Çöp")
    form.submit()
    form.submit()
    settle(lambda: len(all_rows(ctx)) == 1)


def test_a_wrong_cimer_number_is_said_beside_its_field(
    window: StaffWindow, form: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    form.channel.box.choose(Channel.CIMER)
    type_text(find(form, "Konu"), "Çöp")
    type_text(find(form, "CİMER sayısı"), "12")
    press(window, "F2")
    settle(lambda: "CİMER sayısı 6–12 rakamdır." in shown_text(form))
    assert not all_rows(ctx)
    assert form.subject.text() == "Çöp"


def test_a_possible_duplicate_is_shown_before_saving_and_joined(
    window: StaffWindow, form: Any, press: Any, find: Any, type_text: Any, settle: Any, ctx: Any
) -> None:
    place = ctx.read(site.neighbourhoods)[0].code
    sender = PersonInput(name="Ayşe Yıldırım", phone="05321234567")
    first = records.register(
        ctx, ApplicationRequest("k", Channel.PHONE, subject="Çöp", neighbourhood_code=place, sender=sender),
        receipt=False,
    )  # fmt: skip
    type_text(find(form, "Konu"), "Çöp")
    type_text(find(form, "Telefon"), "05321234567")
    type_text(find(form, "Ad soyad"), "Ayşe Yıldırım")
    settle(lambda: "Mükerrer olabilir" in shown_text(form))
    strip = form.duplicates
    assert "A*** Y***" in shown_text(strip)
    assert "Ayşe Yıldırım" not in shown_text(strip)
    press(window, "Alt+M")
    assert f"Kaydet ve {first.record_number} ile birleştir" in shown_text(form)
    press(window, "F2")
    settle(lambda: len(all_rows(ctx)) == 2)
    settle(lambda: any(str(row.state) == "duplicate" for row in all_rows(ctx)))
    assert applications.find_case(ctx, first.record_number).joined


def test_an_import_shows_errors_by_row_takes_the_rest_and_can_be_taken_back(
    window: StaffWindow, press: Any, settle: Any, ctx: Any, tmp_path: Path
) -> None:
    path = tmp_path / "cimer.csv"
    path.write_text(CIMER.format(date="99.99.2026"), encoding="utf-8")
    press(window, "Ctrl+I")
    panel = window._overlay
    settle(lambda: bool(panel.source.box.options()))
    panel.source.set_value("cimer")
    panel.file.set_text(str(path))
    panel.inspect()
    settle(lambda: "1 hatalı" in panel.said.text())
    assert panel.errors.rows_model.row_at(0).line == 3
    assert not panel.take.isEnabled()
    panel.skip.setChecked(True)
    press(window, "F2")
    settle(lambda: "1 başvuru alındı" in panel.said.text())
    assert len(all_rows(ctx)) == 1
    panel._undo(imports.runs(ctx)[0].id)
    settle(lambda: "1 kayıt geri alındı" in panel.said.text())
    assert not all_rows(ctx)


def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    window: StaffWindow, press: Any, settle: Any, tmp_path: Path
) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"MZ\x90\x00")
    press(window, "Ctrl+I")
    panel = window._overlay
    settle(lambda: bool(panel.source.box.options()))
    panel.source.set_value("cimer")
    panel.file.set_text(str(path))
    panel.inspect()
    settle(lambda: panel.said.text() not in ("", "Dosya inceleniyor…"))
    assert not panel.take.isEnabled()


def test_the_form_has_the_scroll_bar_of_the_kit(form: Any) -> None:
    assert "border-radius" in form.findChild(FormArea).verticalScrollBar().styleSheet()


def test_a_possible_duplicate_lies_on_nothing_when_the_text_grows(
    form: Any, ctx: Any, type_text: Any, settle: Any
) -> None:
    records.register(
        ctx,
        ApplicationRequest(
            "k", document=DocumentKind.PETITION, subject="Kaldırım", sender=PersonInput(name="Ayşe Yıldırım")
        ),
        receipt=False,
    )
    type_text(form.subject.edit, "Kaldırım")
    type_text(form.entry.name.edit, "Ayşe Yıldırım")
    settle(form.duplicates.isVisible)
    app_look().change(text_scale=1.5)
    try:
        settle(lambda: parts_below_each_other(form) and form.panel.height() <= form.height() - 2 * EDGE)
        assert form._area.height() >= AREA_LEAST
    finally:
        app_look().change(text_scale=1.0)


def parts_below_each_other(form: Any) -> bool:
    """The scrolled fields, the strip and the keys: each ends where the next has not begun, and shows all it has."""
    parts = (form._area, form.duplicates, form.register)
    edges = [(part.mapTo(form.panel, QPoint(0, 0)).y(), part.height()) for part in parts]
    apart = all(top + high <= below for (top, high), (below, _) in pairwise(edges))
    return apart and form.duplicates.height() >= form.duplicates.sizeHint().height() and form.look.text_scale == 1.5

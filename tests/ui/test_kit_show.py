"""What only shows: pictures of all sheets, words that are never cut, table, messages, icons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desk.config import resource_path
from desk.registry.channels import CHANNELS
from desk.ui import theme
from desk.ui.tables.rows_model import Column, RowsModel
from desk.ui.theme import DARK, HIGH_CONTRAST, LIGHT, Look
from desk.ui.widgets import (
    Button,
    Control,
    DataTable,
    DeadlineChip,
    EmptyState,
    FlowLayout,
    Hour,
    HourBars,
    KeyHint,
    Moment,
    PaperView,
    Pill,
    Steps,
    Text,
    Timeline,
    deadline,
    gallery,
    icon_names,
    icon_pixmap,
    toasts,
    wrap,
)
from desk.ui.widgets.tile import fitted


@pytest.fixture(autouse=True)
def app(qapp):
    theme.apply(qapp, LIGHT)
    return qapp


@pytest.mark.parametrize("look", [(LIGHT, 1.0), (DARK, 1.5), (HIGH_CONTRAST, 2.0)], ids=lambda each: each[0].name)
@pytest.mark.parametrize("sheet", gallery.SHEETS)
def test_every_sheet_is_drawn_and_nothing_is_narrower_than_it_needs(qtbot, sheet, look, monkeypatch):
    seen: list[tuple[str, str]] = []

    def check(image_of):
        def build(widget: QWidget) -> None:
            image_of(widget)
            held.append(widget)

        return build

    held: list[QWidget] = []
    drawn = gallery.picture(gallery.laid_out(check(gallery.SHEETS[sheet]), Look(look[0], look[1], 0.5)))
    assert drawn.height() > 300
    for widget in held[0].findChildren(QWidget):
        if isinstance(widget, Control | QLabel) and widget.width() < widget.minimumSizeHint().width():
            seen.append((type(widget).__name__, widget.accessibleName() or getattr(widget, "text", str)()))
        if isinstance(widget, Control | QLabel) and widget.height() < widget.minimumSizeHint().height():
            seen.append((type(widget).__name__, widget.accessibleName()))
    assert seen == []


def test_the_gallery_shows_all_states_in_all_themes_and_sizes(monkeypatch):
    monkeypatch.setattr(gallery, "SHEETS", {"display": gallery.SHEETS["display"]})
    names = []
    for name, _, sheet in gallery.every():
        names.append(name)
        assert gallery.picture(sheet).width() >= 1440
        sheet.close()
    assert names[:2] == ["display-light-100", "display-light-150"]
    assert len(names) == 6


# --- icons


def test_icons_are_lines_on_a_24_grid():
    names = icon_names()
    assert len(names) >= 60
    for name in names:
        root = ElementTree.parse(resource_path("icons", f"{name}.svg")).getroot()
        assert (root.get("viewBox"), root.get("stroke-width"), root.get("stroke")) == (
            "0 0 24 24",
            "1.75",
            "currentColor",
        )
        assert root.get("stroke-linecap") == "round"


def test_every_channel_has_its_icon():
    assert {spec.icon for spec in CHANNELS} <= set(icon_names())


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_takes_the_colour_it_is_given(name):
    image, wanted = icon_pixmap(name, 48, LIGHT.brick_600).toImage(), QColor(LIGHT.brick_600)
    pixels = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    inked = [pixel for pixel in pixels if pixel.alpha() == 255]
    assert inked
    # half-covered strokes that meet are rounded to a neighbouring shade
    assert max(abs(pixel.red() - wanted.red()) + abs(pixel.blue() - wanted.blue()) for pixel in inked) <= 4


def test_an_unknown_icon_is_an_error():
    with pytest.raises(KeyError):
        icon_pixmap("yok", 24, LIGHT.ink)


# --- words


def test_deadlines_are_said_in_words():
    said = [deadline(days) for days in (30, 7, 1, 0, -2)]
    assert [pill.words for pill in said] == ["30 gün", "7 gün", "1 gün", "Bugün", "2 gün geçti"]
    assert [pill.tone for pill in said] == ["neutral", "amber", "amber", "amber-filled", "brick-filled"]
    assert all(pill.icon for pill in said)
    assert deadline(None, done_on_day=8) == Pill("8. günde", "check", "outline")


def test_a_deadline_chip_changes_with_the_days():
    chip = DeadlineChip(3)
    chip.set_days(-1)
    assert chip.accessibleName() == "1 gün geçti"


def test_a_long_word_makes_the_title_smaller_and_is_never_cut():
    label = Text()
    long = "Afyonkarahisarlılaştırdıklarımızdan"
    face, lines = fitted(long, label.font_of(36, 600), 460, label.font_of)
    assert lines == [long]
    assert face.pixelSize() < 36


def test_wrapped_lines_hold_all_words():
    words = "Kapı numarası yazılmamış; varsa ekleyiniz. Kayda engel değildir."
    lines = wrap(Text().font_of("hint"), words, 140)
    assert " ".join(lines) == words
    assert len(lines) > 2


def test_chips_go_on_in_the_next_line(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowLayout(holder, 8)
    for place in range(6):
        row.addWidget(KeyHint(f"Ctrl+{place}"))
    assert row.heightForWidth(10_000) < row.heightForWidth(200)
    holder.resize(200, row.heightForWidth(200))
    holder.show()
    assert max(row.itemAt(place).geometry().right() for place in range(6)) < 200


def test_a_timeline_is_as_high_as_its_words_need(qtbot):
    line = Timeline("Süreç")
    qtbot.addWidget(line)
    line.set_moments([Moment("plus", "Kayıt açıldı", "Uzun bir açıklama " * 12, "23 Eki 10.47")])
    assert line.heightForWidth(240) > line.heightForWidth(800)
    assert "23 Eki 10.47 Kayıt açıldı" in line.words()


def test_steps_say_where_an_application_is(qtbot):
    steps = Steps("Aşama")
    qtbot.addWidget(steps)
    steps.set_steps([("Yeni", ""), ("İşlemde", ""), ("Sonuçlandı", "")], 1)
    assert steps.words() == "İşlemde"
    steps.set_steps([("Yeni", "")], 1)
    assert steps.words() == "Aşama"


@pytest.mark.parametrize(
    ("most", "top"), [(0, (1, 1)), (4, (4, 1)), (42, (50, 10)), (251, (300, 100)), (9999, (10000, 2000))]
)
def test_the_scale_of_hours_ends_on_a_round_number(qtbot, most, top):
    bars = HourBars("Saatlere göre ziyaretçi")
    qtbot.addWidget(bars)
    bars.set_hours([Hour("08.00", most)])
    assert bars.top() == top


def test_an_empty_chart_and_slip_can_be_drawn(qtbot):
    for widget in (
        HourBars("Saatler"),
        PaperView("Fiş", "Burada görünür."),
        Steps("Aşama"),
        EmptyState("check", "Yok"),
    ):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        assert not widget.grab().isNull()


def test_a_slip_is_scaled_to_the_width_and_to_the_height(qtbot):
    paper = PaperView("Fiş")
    qtbot.addWidget(paper)
    slip = QImage(576, 1152, QImage.Format.Format_Grayscale8)
    slip.fill(255)
    paper.set_image(slip, "V 017")
    assert paper.heightForWidth(272) == 2 * 260 + 12 + 8
    paper.resize(272, 220)
    assert paper._paper().height() <= 220
    assert paper.words() == "V 017"


# --- table


@dataclass(frozen=True)
class Row:
    id: int
    name: str
    state: str


COLUMNS = (
    Column("No", lambda row: str(row.id), align="right", strong=True, width=60),
    Column("Ad", lambda row: row.name, sub=lambda row: row.state, icon=lambda row: "person", stretch=True),
    Column("Durum", lambda row: row.state, pill=lambda row: Pill(row.state, "check"), width=120),
)
ROWS = [Row(1, "N*** A***", "Yeni"), Row(2, "K*** Ç***", "İşlemde"), Row(3, "Ş*** Ö***", "Sonuçlandı")]


def test_the_rows_model_is_a_sound_qt_model(qtmodeltester):
    model = RowsModel(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    model.set_rows([])
    qtmodeltester.check(model)


@pytest.fixture
def table(qtbot):
    shown = DataTable(COLUMNS, name="Son kayıtlar", two_line=True)
    qtbot.addWidget(shown)
    shown.resize(700, 300)
    shown.set_rows(ROWS)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_enter_opens_the_chosen_row(table, qtbot):
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.chosen() == ROWS[0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.activated_row) as told:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [ROWS[1]]


def test_a_reload_keeps_the_chosen_row(table):
    told = []
    table.choose(2)
    table.selected.connect(told.append)
    table.set_rows([ROWS[2], replace(ROWS[1], state="Sonuçlandı")])
    assert table.chosen() == Row(2, "K*** Ç***", "Sonuçlandı")
    assert told == [Row(2, "K*** Ç***", "Sonuçlandı")]
    table.set_rows([ROWS[0]])
    assert table.chosen() is None
    assert told[-1] is None


def test_columns_fill_the_table_and_rows_grow_with_the_text(table):
    assert sum(table.columnWidth(place) for place in range(3)) == table.viewport().width()
    assert table.rowHeight(0) == 58
    theme.app_look().change(text_scale=1.5)
    try:
        assert table.rowHeight(0) == 87
    finally:
        theme.app_look().change(text_scale=1.0)


# --- messages


@pytest.fixture
def window(qtbot):
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.resize(900, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_what_was_done_can_be_taken_back_from_its_message(window):
    undone = []
    toasts(window).info("V 017 yazdırıldı.", action="Geri al", key="Ctrl+Z", on_action=lambda: undone.append(17))
    assert [toast.words() for toast in toasts(window).shown()] == ["V 017 yazdırıldı."]
    assert toasts(window).undo()
    assert undone == [17]
    assert toasts(window).shown() == []
    assert not toasts(window).undo()


def test_a_message_goes_by_itself_and_an_error_stays(window, qtbot):
    host = toasts(window)
    host.error("Yazıcı yanıt vermiyor.")
    host.info("V 018 yazdırıldı.", seconds=0.2)
    qtbot.waitUntil(lambda: [toast.words() for toast in host.shown()] == ["Yazıcı yanıt vermiyor."])
    cross = host.shown()[0].cross
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert host.shown() == []


def test_a_message_lies_on_no_key_not_even_one_that_cannot_be_pressed(window):
    keys = [Button("Vazgeç", parent=window), Button("Kaydet", kind="primary", parent=window)]
    for place, key in enumerate(keys):
        key.setGeometry(window.width() - 140 * (2 - place), window.height() - 60, 130, 44)
        key.setEnabled(place == 0)
        key.show()
    toast = toasts(window).error("Veri tabanına ulaşılamıyor. Kayıt yapılmadı.")
    assert toast.isVisible()
    assert not any(toast.geometry().intersects(key.geometry()) for key in keys)


def test_the_same_error_shows_once_and_messages_do_not_overlap(window):
    host = toasts(window)
    host.error("Yazıcı yanıt vermiyor.")
    host.error("Yazıcı yanıt vermiyor.")
    host.error("Veri tabanı meşgul.")
    host.info("Kaydedildi.")
    QApplication.processEvents()
    boxes = [toast.geometry() for toast in host.shown()]
    assert len(boxes) == 3
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert all(window.rect().contains(box) for box in boxes)


def test_a_long_message_wraps_inside_the_window(window):
    toast = toasts(window).error("Yazıcı yanıt vermiyor. " * 12, action="Yeniden dene")
    assert window.rect().contains(toast.geometry())
    assert toast.height() > 60

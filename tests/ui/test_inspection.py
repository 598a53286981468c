"""The gallery's measurements find what they are there to find."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desk.ui import inspection, inspection_source, theme
from desk.ui.theme import LIGHT
from desk.ui.widgets import Button, ElidedText, Painted, Text
from desk.ui.widgets.painting import draw_text


class Line(Painted):
    """One painted line in a colour of its own."""

    def __init__(self, words, ink=LIGHT.ink):
        super().__init__(words)
        self.words_, self.ink = words, ink

    def paint(self, painter):
        draw_text(painter, QRectF(self.rect()), self.words_, self.font_of("body"), self.ink)


@pytest.fixture
def window(qapp, qtbot):
    theme.apply(qapp, LIGHT)
    made = QWidget()
    made.setAutoFillBackground(True)
    made.resize(600, 400)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def found(window, *parts, needs=inspection.STAFF):
    for part in parts:
        if part.parentWidget() is None:
            window.layout().addWidget(part)
    window.show()
    image, drawn = inspection.picture(window)
    return [(one.what, one.detail) for one in inspection.findings(window, image, drawn, needs)]


def test_a_good_page_has_nothing_wrong(window):
    line = Line("Ziyaretçi kaydı")
    line.setMinimumHeight(24)
    assert found(window, Text("Bekleyenler"), line, Button("Kaydet")) == []


def test_words_that_are_shortened_are_found_unless_a_hint_tells_them_whole(window):
    line = Line("Emlak ve çevre temizlik vergisi")
    line.setFixedSize(60, 24)
    (wrong,) = found(window, line)
    assert wrong[0] == "cut" and "Emlak ve çevre temizlik vergisi" in wrong[1]


def test_a_line_made_to_be_shortened_has_its_whole_as_a_hint(window):
    line = ElidedText("Emlak ve çevre temizlik vergisi")
    line.setFixedWidth(80)
    window.layout().addWidget(line)
    window.show()
    window.grab()  # the hint is there once it was painted
    assert found(window) == []


def test_a_label_narrower_or_lower_than_its_words_is_found(window):
    narrow, low = Text("Bekleme süresi dolmuştur"), Text("Bir iki üç dört beş altı yedi sekiz", wrap=True)
    narrow.setFixedWidth(40)
    low.setFixedSize(60, 20)
    assert {what for what, _ in found(window, narrow, low)} == {"cut"}


class TwoLines(Painted):
    """Two lines of which the second stands ``step`` pixels below the first; it sets its words itself."""

    fits_words = True

    def __init__(self, step):
        super().__init__("Sıra")
        self.step = step
        self.setFixedSize(200, 60)

    def minimumSizeHint(self):
        return self.sizeHint().expandedTo(self.size() * 2)

    def paint(self, painter):
        for place, words in enumerate(("Bekleyenler", "Tahmini çağrı")):
            spot = QRectF(0, place * self.step, self.width(), 20)
            draw_text(painter, spot, words, self.font_of("body"), LIGHT.ink)


@pytest.mark.parametrize(("step", "wrong"), [(24, False), (6, True), (54, True)])
def test_lines_that_run_into_each_other_or_out_of_their_widget_are_found(window, step, wrong):
    assert bool(found(window, TwoLines(step))) == wrong


def test_what_its_surroundings_cut_off_is_found(window):
    holder = QWidget()
    holder.setFixedHeight(30)
    inner = Text("Son verilen", parent=holder)
    inner.move(0, 22)
    assert any("cut off" in detail for _, detail in found(window, holder))


@pytest.mark.parametrize(
    ("ink", "needs", "wrong"),
    [
        (LIGHT.ink, inspection.HALL, False),
        (LIGHT.ink_3, inspection.STAFF, False),  # 4.8
        (LIGHT.ink_3, inspection.HALL, True),
        (LIGHT.line_strong, inspection.STAFF, True),  # 3.2: for borders only
    ],
)
def test_faint_text_is_found_by_the_ground_it_really_stands_on(window, ink, needs, wrong):
    line = Line("Bekleme yok", ink)
    line.setMinimumHeight(24)
    assert bool(found(window, line, needs=needs)) == wrong


def test_a_nameless_control_is_found(window):
    nameless = QPushButton()
    nameless.setFixedSize(60, 60)
    assert [what for what, _ in found(window, nameless)] == ["name"]


def test_a_control_without_a_tab_stop_is_found_unless_a_chord_does_the_same(window):
    off, chord = Button("Kaydet"), Button("Temizle")
    for one in (off, chord):
        one.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    chord.setProperty("keyboard", "Esc")
    assert [what for what, _ in found(window, off, chord)] == ["focus"]


def test_a_target_too_small_for_a_finger_is_found(window):
    small = Button("Sil")
    small.setFixedSize(60, 30)
    assert ("target", "30 px < 44 px") in found(window, small)
    assert ("target", "30 px < 88 px") in found(window, needs=inspection.kiosk(1.0))


def test_literal_colours_are_found_in_the_source(tmp_path):
    (tmp_path / "tokens.py").write_text('INK = "#1B2326"\n', encoding="utf-8")
    page = [
        'INK = "#1B2326"',
        "SPOT = Qt.GlobalColor.red",
        'NUMBER = "#3"',
        'SHEET = "QLabel { color: #fff }"',
        'OTHER = f"background: rgba(0, 0, 0, {share})"',
        "EDGE = QColor(139, 135, 120)",
        'NAMED = QColor("red")',
        "TOKEN = QColor(theme.ink)",
        "NONE = Qt.GlobalColor.transparent",
    ]
    (tmp_path / "page.py").write_text("\n".join(page), encoding="utf-8")
    lines = {one.where: one.detail for one in inspection_source.literal_colours(tmp_path)}
    assert lines == {
        "page.py:1": "#1B2326",
        "page.py:2": "red",
        "page.py:4": "#fff",
        "page.py:5": "rgba(0",
        "page.py:6": "QColor(139, 135, 120)",
        "page.py:7": "QColor(red)",
    }


def test_what_a_message_covers_is_read_when_it_has_gone(window):
    line, cover = Text("Bekleyenler", "heading"), QWidget(window)
    cover.setAutoFillBackground(True)
    palette = cover.palette()
    palette.setColor(cover.backgroundRole(), LIGHT.ink)
    cover.setPalette(palette)
    assert found(window, line) == []
    cover.setGeometry(window.rect())
    cover.raise_()
    cover.show()
    assert found(window) == []

"""Controls as a person uses them: keys, clicks, what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desk.ui import theme
from desk.ui.theme import LIGHT
from desk.ui.widgets import (
    Button,
    Chip,
    Choice,
    Control,
    Field,
    ListRow,
    NumberPad,
    Option,
    SearchField,
    Segmented,
    Stepper,
    TextArea,
    Tile,
    Toggle,
    ring_of,
)


@pytest.fixture(autouse=True)
def app(qapp):
    theme.apply(qapp, LIGHT)
    return qapp


@pytest.fixture
def window(qtbot):
    """An active window with a column for what is tested."""
    shown = QWidget()
    qtbot.addWidget(shown)
    QVBoxLayout(shown).setContentsMargins(24, 24, 24, 24)
    shown.resize(600, 400)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


def put(window: QWidget, *parts: QWidget) -> None:
    for part in parts:
        window.layout().addWidget(part)
        part.show()
    QApplication.processEvents()


def write(widget: QWidget, words: str) -> None:
    """Type letters QTest cannot (it aborts on ü)."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(widget: QWidget, chord: str) -> None:
    QTest.keySequence(widget, QKeySequence(chord))


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("Kaydet"),
        lambda: Chip("Hamile"),
        lambda: Toggle("Refakat isteniyor"),
        lambda: Tile("Danışma ve bilgi", icon="info"),
        lambda: ListRow("Emlak vergisi"),
    ],
)
def test_space_and_enter_press(window, qtbot, make, key):
    control = make()
    put(window, control)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(control.clicked):
        QTest.keyClick(control, key)


def test_a_disabled_button_does_nothing(window):
    button = Button("Kaydet", key="F2")
    put(window, button)
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    button.setEnabled(False)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == []


def test_a_control_is_called_by_its_label_until_it_is_given_a_name():
    button = Button("Bitir")
    assert button.accessibleName() == "Bitir"
    button.set_label("Geldi, işleme al")
    assert button.accessibleName() == "Geldi, işleme al"
    named = Button("×", name="İletiyi kapatınız")
    named.set_label("x")
    assert named.accessibleName() == "İletiyi kapatınız"


def test_an_ampersand_is_shown_as_written():
    assert Button("Park & Bahçe").label() == "Park & Bahçe"


def test_a_chip_keeps_its_width_when_it_is_ticked():
    chip = Chip("65 yaş ve üzeri", hint="1")
    before = chip.sizeHint()
    chip.click()
    assert chip.isChecked()
    assert chip.sizeHint() == before


def test_arrows_move_the_choice_of_a_segmented(window, qtbot):
    boxes = Segmented([Option("a", "Randevusuz"), Option("b", "Randevulu")], name="Geliş biçimi")
    put(window, boxes)
    assert boxes.value() == "a"
    boxes.buttons()[0].setFocus()
    with qtbot.waitSignal(boxes.changed) as told:
        QTest.keyClick(boxes.buttons()[0], Qt.Key.Key_Right)
    assert (boxes.value(), told.args) == ("b", ["b"])


def test_persons_can_be_typed(window):
    stepper = Stepper("Kişi sayısı", high=99)
    put(window, stepper)
    told = []
    stepper.value_changed.connect(told.append)
    stepper.setFocus()
    stepper.edit.selectAll()
    QTest.keyClicks(stepper.edit, "40")
    assert stepper.value() == 40
    assert told == [4, 40]


def test_arrows_and_signs_change_the_number_within_its_limits(window):
    stepper = Stepper("Kişi sayısı", value=1, low=1, high=3)
    put(window, stepper)
    stepper.setFocus()
    QTest.keyClick(stepper.edit, Qt.Key.Key_Up)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    QTest.keyClick(stepper.edit, Qt.Key.Key_Up)
    assert stepper.value() == 3
    assert not stepper.more.isEnabled()
    QTest.mouseClick(stepper.less, Qt.MouseButton.LeftButton)
    assert stepper.edit.text() == "2"


def test_an_emptied_number_comes_back(window):
    stepper = Stepper("Kişi sayısı", value=5)
    other = Button("Kaydet")
    put(window, stepper, other)
    stepper.setFocus()
    stepper.edit.selectAll()
    QTest.keyClick(stepper.edit, Qt.Key.Key_Backspace)
    assert stepper.value() == 1
    other.setFocus()
    assert stepper.edit.text() == "1"


def test_a_wrong_field_says_what_is_wrong_in_full(window):
    field = Field("T.C. kimlik no", hint="isteğe bağlı")
    field.setMaximumWidth(240)
    put(window, field)
    sentence = "T.C. kimlik numarası geçersiz; son iki haneyi denetleyiniz ve yeniden yazınız."
    field.set_error(sentence)
    QApplication.processEvents()
    assert field.error() == sentence
    assert field.edit.accessibleDescription() == sentence
    assert field.message.height() >= field.message.heightForWidth(field.message.width())
    one_line = field.message.heightForWidth(2000)
    assert field.message.height() >= 2 * one_line
    field.set_error("")
    assert not field.message.isVisible()


def test_a_field_is_found_by_its_label_and_typed_into(window):
    field = Field("Ad soyad")
    put(window, field)
    typed = []
    field.text_edited.connect(typed.append)
    field.setFocus()
    write(field.edit, "Şükrü")
    assert field.edit.accessibleName() == "Ad soyad"
    assert (field.text(), typed[-1]) == ("Şükrü", "Şükrü")
    field.clear()
    assert field.text() == ""


def test_tab_leaves_a_text_area(window):
    area, button = TextArea("Konu özeti"), Button("Kaydet")
    put(window, area, button)
    area.setFocus()
    write(area.edit, "Kaldırım")
    QTest.keyClick(area.edit, Qt.Key.Key_Tab)
    assert (area.text(), QApplication.focusWidget()) == ("Kaldırım", button)


def test_search_keeps_the_focus_while_arrows_move(window):
    search = SearchField("Birim veya konu")
    put(window, search)
    moves, chosen = [], []
    search.moved.connect(moves.append)
    search.chosen.connect(lambda: chosen.append(search.text()))
    search.setFocus()
    write(search.edit, "emlak")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(search.edit, key)
    assert (moves, chosen) == ([1, 1, -1], ["emlak"])
    assert search.edit.hasFocus()


UNITS = [
    Option(code, name)
    for code, name in enumerate(
        (
            "Fen İşleri",
            "Zabıta",
            "Mali Hizmetler",
            "İmar ve Şehircilik",
            "Işıklandırma",
            "Ulaşım",
            "Yazı İşleri",
            "Çevre",
        )
    )
]


# The offscreen platform cannot give a popup the keyboard by itself.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


@POPUP
def test_a_unit_is_found_by_typing_on_the_closed_box(window):
    choice = Choice("İlgili birim", UNITS)
    put(window, choice)
    told = []
    choice.changed.connect(told.append)
    choice.setFocus()
    write(choice.box, "i")
    popup = choice.box.popup()
    write(popup.search.edit, "sik")
    assert [option.label for option in popup.model.shown] == ["Işıklandırma"]
    QTest.keyClick(popup.search.edit, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert (choice.value(), told, choice.box.shown()) == (4, [4], "Işıklandırma")


@POPUP
def test_a_drop_down_opens_moves_and_closes_by_keys(window):
    choice = Choice("Mahalle", UNITS[:3], value=0)
    put(window, choice)
    choice.setFocus()
    QTest.keyClick(choice.box, Qt.Key.Key_Down)
    popup = choice.box.popup()
    assert not popup.search.isVisible()
    QTest.keyClick(popup.list, Qt.Key.Key_Down)
    QTest.keyClick(popup.list, Qt.Key.Key_Return)
    assert choice.value() == 1
    choice.box.open()
    QTest.keyClick(choice.box.popup().list, Qt.Key.Key_Escape)
    assert choice.value() == 1


def test_new_options_keep_a_choice_that_is_still_there():
    choice = Choice("Birim", UNITS, value=3)
    choice.set_options(UNITS[:4])
    assert choice.value() == 3
    choice.set_options(UNITS[:2])
    assert (choice.value(), choice.box.shown()) == (None, "Seçiniz")


def test_digits_are_touched_or_typed(window):
    pad = NumberPad()
    put(window, pad)
    typed = []
    pad.digit.connect(typed.append)
    pad.erased.connect(lambda: typed.append("<"))
    pad.accepted.connect(lambda: typed.append("ok"))
    for name in ("4", "0", "erase", "accept"):
        pad.keys[name].click()
    QTest.keyClick(pad.keys["5"], Qt.Key.Key_7)
    assert typed == ["4", "0", "<", "ok", "7"]
    assert pad.keys["5"].sizeHint().width() >= 88
    assert pad.keys["5"].sizeHint().height() >= 72


def test_ctrl_z_reaches_the_window_when_a_field_has_nothing_to_take_back(window):
    search, area = SearchField("Birim veya konu"), TextArea("Konu özeti")
    put(window, search, area)
    undone = []
    QShortcut(QKeySequence("Ctrl+Z"), window, lambda: undone.append(1))
    search.setFocus()
    write(search.edit, "emlak")
    press(search.edit, "Ctrl+Z")
    assert (search.text(), undone) == ("", [])
    write(search.edit, "imar")
    search.clear()
    press(search.edit, "Ctrl+Z")
    area.setFocus()
    press(area.edit, "Ctrl+Z")
    assert undone == [1, 1]


# --- the focus ring


def test_the_ring_surrounds_the_control_reached_by_tab(window):
    button = Button("Kaydet")
    put(window, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(button)
    assert ring.isVisible()
    inner = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    assert ring.geometry() == inner.adjusted(-5, -5, 5, 5)
    window.resize(700, 500)
    QApplication.processEvents()
    inner = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    assert ring.geometry() == inner.adjusted(-5, -5, 5, 5)


def test_the_ring_can_be_seen_in_the_picture_of_the_window(window):
    button = Button("Kaydet")
    put(window, button)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    window.render(image)
    corner = button.mapTo(window, QPoint(0, button.height() // 2))
    assert image.pixelColor(corner.x() - 4, corner.y()).name().upper() == LIGHT.petrol_500


def test_a_click_shows_no_ring_and_the_next_key_does(window):
    button = Button("Kaydet")
    put(window, button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not ring_of(button).isVisible()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert ring_of(button).isVisible()


def test_the_ring_goes_with_the_focus(window):
    first, second = Button("Bir"), Field("Ad")
    put(window, first, second)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ring_of(first).isVisible()


def test_what_is_scrolled_away_has_no_ring_over_the_rest(window):
    area = QScrollArea()
    inside = QWidget()
    row = QHBoxLayout(inside)
    buttons = [Button(f"Hizmet {place}") for place in range(30)]
    for button in buttons:
        row.addWidget(button)
    area.setWidget(inside)
    put(window, area)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    area.horizontalScrollBar().setValue(60)
    ring = ring_of(buttons[0])
    port = QRect(area.viewport().mapTo(window, QPoint(0, 0)), area.viewport().size())
    assert port.contains(ring.mask().boundingRect().translated(ring.pos()))


def test_kiosk_rings_are_wider(window):
    tile = Tile("Danışma", icon="info")
    put(window, tile)
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(tile)
    assert (ring.width() - tile.width()) // 2 == 10


def test_building_a_page_shows_no_window_before_its_time(qtbot):
    from desk.ui.widgets import gallery

    before = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    for build in gallery.SHEETS.values():
        sheet = QWidget()
        qtbot.addWidget(sheet)
        build(sheet)
    assert [window for window in QApplication.topLevelWidgets() if window.isVisible()] == before


def test_a_right_to_left_window_is_the_mirror_image(window):
    """An icon alone at the left end of a tile stands at the right end in Arabic."""
    tile = Tile("", icon="info", layout="row")
    put(window, tile)
    tile.setFixedSize(300, 160)
    window.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    usual = tile.grab().toImage()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mirrored = tile.grab().toImage()
    tint = LIGHT.petrol_100.lower()
    for x in (30, 34, 38):
        assert usual.pixelColor(x, 40).name() == tint
        assert mirrored.pixelColor(299 - x, 40).name() == tint
        assert mirrored.pixelColor(x, 40).name() != tint


def test_every_control_has_a_name_and_a_tab_stop(qtbot):
    from desk.ui.widgets import gallery

    for build in gallery.SHEETS.values():
        sheet = QWidget()
        qtbot.addWidget(sheet)
        build(sheet)
        for control in sheet.findChildren(Control):
            assert control.accessibleName(), type(control).__name__

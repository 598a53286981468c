"""A drop-down that can be typed into: units, neighbourhoods, subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desk.errors import N_
from desk.i18n import Translator, translator
from desk.text import fold
from desk.ui.theme import style_part
from desk.ui.widgets.button import skin
from desk.ui.widgets.control import Control, Dressed
from desk.ui.widgets.field import ErrorLine, Field
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.labels import SectionLabel, Text
from desk.ui.widgets.painting import draw_box, draw_text, line_height, mixed, painting, text_width
from desk.ui.widgets.segmented import Option

SEARCH_FROM = 8  # options; fewer need no search line


class _Options(QAbstractListModel):
    """The options that match what was typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[Option] = []

    def show(self, options: list[Option]) -> None:
        self.beginResetModel()
        self.shown = options
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.shown[index.row()].label


class _Painter(QStyledItemDelegate):
    """Draws an option: words, and a second line when it has a note."""

    def __init__(self, choice: ChoiceBox) -> None:
        super().__init__(choice)
        self._choice = choice

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        box = self._choice
        shown = index.model().shown[index.row()]
        high = line_height(box.font_of("body")) + 12
        if shown.note:
            high += line_height(box.font_of("caption"))
        return QSize(text_width(box.font_of("table"), shown.label) + 2 * box.sizes.pad + box.sizes.icon, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        box, theme, sizes = self._choice, self._choice.theme, self._choice.sizes
        shown, rect = index.model().shown[index.row()], QRectF(option.rect)
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = (theme.petrol_600, theme.on_petrol) if current and theme.outlined else (theme.petrol_100, theme.ink)
        if current:
            draw_box(painter, rect.adjusted(2, 1, -2, -1), sizes.radius_key + 2, fill)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, rect.adjusted(2, 1, -2, -1), sizes.radius_key + 2, theme.hover)
        ink = ink if current else theme.ink
        chosen = shown.value == box.value()
        left = rect.x() + sizes.pad * 0.75
        room = rect.width() - sizes.pad * 1.5 - sizes.icon
        first = line_height(box.font_of("body"))
        second = line_height(box.font_of("caption")) if shown.note else 0
        top = rect.y() + (rect.height() - first - second) / 2
        face = box.font_of("body", 600 if chosen else 400)
        draw_text(painter, QRectF(left, top, room, first), shown.label, face, ink)
        faint = ink if current and theme.outlined else theme.ink_2
        draw_text(painter, QRectF(left, top + first, room, second), shown.note, box.font_of("caption"), faint)
        if chosen:
            side = sizes.icon * 0.9
            spot = QRectF(rect.right() - side - sizes.pad * 0.6, rect.center().y() - side / 2, side, side)
            paint_icon(painter, "check", spot, ink if current and theme.outlined else theme.accent)


class _Popup(Dressed, QFrame):
    """The list below the box, with a search line above it when there is much to choose from."""

    picked = Signal(object)

    def __init__(self, box: ChoiceBox, options: Sequence[Option], searching: bool, tr: Translator) -> None:
        super().__init__(box, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.scale = box.scale
        self._box, self._options = box, list(options)
        self._keys = [fold(f"{option.label} {option.note}") for option in options]
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        self.search = Field(
            placeholder=tr(N_("Aramak için yazınız")), icon="search", name=tr(N_("Seçenek ara")), scale=box.scale
        )
        self.list = QListView()
        self.list.setAccessibleName(box.accessibleName())
        self.model = _Options(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Painter(box))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.nothing = Text(tr(N_("Eşleşen seçenek yok.")), "hint", "ink_2", align=Qt.AlignmentFlag.AlignCenter)
        self.nothing.setContentsMargins(8, 12, 8, 12)
        for part in (self.search, self.list, self.nothing):
            column.addWidget(part)
        style_part(self.list)
        self.search.setVisible(searching)
        self.search.text_edited.connect(self.narrow)
        self.list.clicked.connect(self._pick)
        self.search.edit.installEventFilter(self)
        self.list.installEventFilter(self)
        self.narrow("")

    def narrow(self, words: str) -> None:
        """Keep the options in which every typed word begins a word, or stands anywhere."""
        parts = fold(words).split()
        fits = [o for o, key in zip(self._options, self._keys, strict=True) if all(part in key for part in parts)]
        first = parts[0] if parts else ""
        if first:
            fits.sort(key=lambda option: not any(w.startswith(first) for w in fold(option.label).split()))
        self.model.show(fits)
        self.list.setVisible(bool(fits))
        self.nothing.setVisible(not fits)
        values = [option.value for option in fits]
        at = values.index(self._box.value()) if not parts and self._box.value() in values else 0
        if fits:
            self.list.setCurrentIndex(self.model.index(at, 0))

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid():
            self.picked.emit(self.model.shown[index.row()].value)
            self.close()

    def move_by(self, step: int) -> None:
        row = min(max(self.list.currentIndex().row() + step, 0), self.model.rowCount() - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._pick(self.list.currentIndex())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(event.key())
        if step:
            self.move_by(step)
            return True
        return False

    def open_below(self) -> None:
        """Show below the box, above it when there is no room."""
        rows = [self.list.sizeHintForRow(row) for row in range(self.model.rowCount())]
        high = min(sum(rows), 320) + 2
        self.list.setFixedHeight(max(high, 24))
        wide = max(self._box.width(), min(self.list.sizeHintForColumn(0) + 32, 480))
        self.resize(wide, self.sizeHint().height())
        at = self._box.mapToGlobal(QPoint(0, self._box.height() + 4))
        screen = self._box.screen().availableGeometry()
        if at.y() + self.height() > screen.bottom():
            at = self._box.mapToGlobal(QPoint(0, -self.height() - 4))
        at.setX(max(screen.left(), min(at.x(), screen.right() - wide)))
        self.move(at)
        self.show()
        (self.search.edit if self.search.isVisible() else self.list).setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            width = max(1, self.border())
            draw_box(painter, QRectF(self.rect()), self.sizes.radius, theme.surface, theme.line_strong, width)


class ChoiceBox(Control):
    """The closed drop-down: the chosen words and a chevron. Space, Enter and ↓ open it; typing searches at once."""

    changed = Signal(object)

    def __init__(
        self,
        options: Sequence[Option] = (),
        *,
        value: Any = None,
        placeholder: str = "",
        prefix: str = "",
        name: str = "",
        scale: str = "staff",
        tr: Translator | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", name=name or prefix or placeholder, scale=scale, parent=parent)
        self._tr = tr or translator()
        self._options: list[Option] = []
        self._value: Any = None
        self._placeholder, self._prefix = placeholder, prefix
        self._popup: _Popup | None = None
        self.error = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.open())
        self.set_options(options, value)

    def options(self) -> list[Option]:
        return list(self._options)

    def set_options(self, options: Sequence[Option], value: Any = None) -> None:
        """New options; the present choice stays when it is still among them."""
        self._options = list(options)
        self._value = self._value if value is None else value
        if self._option() is None:
            self._value = None
        self._show_choice()

    def value(self) -> Any:
        """The chosen value, None when nothing is chosen."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Choose without a signal; a value that is no option clears."""
        self._value = value
        if self._option() is None:
            self._value = None
        self._show_choice()

    def shown(self) -> str:
        """The words in the box."""
        option = self._option()
        words = option.label if option else self._placeholder
        return f"{self._prefix}: {words}" if self._prefix else words

    def choose(self, value: Any) -> None:
        """Choose as a person does: with the signal."""
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def popup(self) -> _Popup | None:
        """The open list, while there is one."""
        return self._popup

    def open(self, words: str = "") -> None:
        """Open the list, searching for ``words``."""
        if self._popup is not None or not self._options:
            return
        self._popup = _Popup(self, self._options, len(self._options) >= SEARCH_FROM or bool(words), self._tr)
        self._popup.picked.connect(self.choose)
        self._popup.destroyed.connect(self._closed)
        if words:
            self._popup.search.set_text(words)
            self._popup.narrow(words)
        self._popup.open_below()

    def _closed(self) -> None:
        self._popup = None

    def _option(self) -> Option | None:
        return next((option for option in self._options if option.value == self._value), None)

    def _show_choice(self) -> None:
        self.setAccessibleDescription(self.shown() if self._option() else "")
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        chord = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if (
            event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            and (alt or event.key() == Qt.Key.Key_Down)
            and not (event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        ):
            self.open()
        elif event.text().strip() and event.text().isprintable() and not chord:
            self.open(event.text())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        sizes, face = self.sizes, self.font_of("table")
        labels = [self.shown()] if self._prefix else [option.label for option in self._options] + [self._placeholder]
        words = max((text_width(face, label) for label in labels), default=0)
        wide = min(words, 320) + sizes.icon + sizes.gap + round(sizes.pad * 1.6)
        return QSize(max(wide, 120), max(sizes.control + (0 if self._prefix else 2), line_height(face) + 18))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes, state = self.theme, self.sizes, self.state()
        look = skin(theme, "secondary", state)
        edge, width = (theme.brick_text, max(1.5, self.border())) if self.error else (look.edge, self.border())
        fill = theme.sunken if state == "disabled" else look.fill
        draw_box(painter, rect, sizes.radius, fill, edge, width, theme.outlined and state == "disabled")
        pad, side = sizes.pad * 0.75, sizes.icon * 0.9
        ink = theme.ink if self._option() or self._prefix else theme.ink_3
        if state == "disabled":
            ink = mixed(theme.ink_2, theme.sunken, 0.25)
        room = rect.width() - 2 * pad - side - sizes.gap
        face: QFont = self.font_of("table")
        if theme.outlined and not (self._option() or self._prefix):  # or it reads as a choice made
            face = QFont(face)
            face.setItalic(True)
        draw_text(painter, QRectF(pad, 0, room, rect.height()), self.shown(), face, ink)
        spot = QRectF(rect.width() - pad - side, (rect.height() - side) / 2, side, side)
        paint_icon(painter, "chevron-down", spot, theme.ink_2)


class Choice(Dressed, QWidget):
    """A ChoiceBox with label, hint and error line, like Field."""

    changed = Signal(object)

    def __init__(
        self,
        label: str,
        options: Sequence[Option] = (),
        *,
        hint: str = "",
        value: Any = None,
        placeholder: str = N_("Seçiniz"),
        name: str | None = None,
        scale: str = "staff",
        tr: Translator | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        words = (tr or translator())(placeholder)
        self.header = SectionLabel(label, hint, scale=scale)
        self.box = ChoiceBox(options, value=value, placeholder=words, name=name or label, scale=scale, tr=tr)
        self.message = ErrorLine(scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.header, self.box, self.message):
            column.addWidget(part)
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.box.changed.connect(self.changed)

    def value(self) -> Any:
        return self.box.value()

    def set_value(self, value: Any) -> None:
        self.box.set_value(value)

    def set_options(self, options: Sequence[Option], value: Any = None) -> None:
        self.box.set_options(options, value)

    def set_hint(self, hint: str) -> None:
        self.header.set_hint(hint)

    def set_error(self, sentence: str) -> None:
        """Show what is wrong (an empty sentence takes it away)."""
        self.message.say(sentence)
        self.box.error = bool(sentence)
        self.box.update()

"""A small number: typed, or changed with − and +."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import Translator, translator
from desk.ui.theme import style_part
from desk.ui.widgets.control import Control, Dressed
from desk.ui.widgets.field import leave_undo_to_window
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, line_height, mixed, painting, text_width

LESS = N_("{name}: azaltınız")
MORE = N_("{name}: artırınız")


class _Nudge(Control):
    """The − or + of a stepper."""

    def __init__(self, icon: str, name: str, scale: str) -> None:
        super().__init__("", name=name, scale=scale)
        self._icon = icon
        self.setAutoRepeat(True)
        self.setProperty("keyboard", "↑ ↓")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if scale == "staff" else Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(self.sizes.control, self.sizes.control)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, state = self.theme, self.state()
        if state in ("hover", "pressed"):
            fill = theme.petrol_100 if state == "pressed" else theme.hover
            draw_box(painter, rect.adjusted(2, 2, -2, -2), self.sizes.radius - 2, fill)
        side = self.sizes.icon
        spot = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
        paint_icon(
            painter, self._icon, spot, mixed(theme.ink_2, theme.sunken, 0.5) if state == "disabled" else theme.accent
        )


class Stepper(Dressed, QWidget):
    """``Stepper("Kişi sayısı", low=1, high=999)``. ↑ and ↓ in the field change it too; pages add their Alt chords."""

    value_changed = Signal(int)

    def __init__(
        self,
        name: str,
        *,
        value: int = 1,
        low: int = 1,
        high: int = 999,
        scale: str = "staff",
        tr: Translator | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tr = tr or translator()
        self.scale = scale
        self._low, self._high, self._value = low, high, value
        self.edit = QLineEdit(str(value), self)
        self.edit.setAccessibleName(name)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setValidator(QIntValidator(0, high, self.edit))
        self.edit.setMaxLength(len(str(high)))
        self.less = _Nudge("minus", tr(LESS).format(name=name), scale)
        self.more = _Nudge("plus", tr(MORE).format(name=name), scale)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for part in (self.less, self.edit, self.more):
            row.addWidget(part)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.less.clicked.connect(self.step_down)
        self.more.clicked.connect(self.step_up)
        self.edit.textEdited.connect(self._typed)
        self.edit.editingFinished.connect(self._settle)
        self.edit.installEventFilter(self)
        self._refresh()
        self.look_changed()

    def value(self) -> int:
        """Always within low and high, whatever is half typed."""
        return self._value

    def set_value(self, value: int) -> None:
        value = min(max(value, self._low), self._high)
        changed = value != self._value
        self._value = value
        self.edit.setText(str(value))
        self._refresh()
        if changed:
            self.value_changed.emit(value)

    def step_up(self) -> None:
        self.set_value(self._value + 1)

    def step_down(self) -> None:
        self.set_value(self._value - 1)

    def _typed(self, words: str) -> None:
        typed = int(words) if words.isdigit() else self._low
        value = min(max(typed, self._low), self._high)
        if value != self._value:
            self._value = value
            self._refresh()
            self.value_changed.emit(value)

    def _settle(self) -> None:
        self.edit.setText(str(self._value))

    def _refresh(self) -> None:
        self.less.setEnabled(self._value > self._low)
        self.more.setEnabled(self._value < self._high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if event.type() == QEvent.Type.FocusIn:
                self.edit.selectAll()
            else:
                self._settle()  # editingFinished does not come for an empty field
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers() & _CHORD:
            if event.key() == Qt.Key.Key_Up:
                self.step_up()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.step_down()
                return True
        return leave_undo_to_window(self.edit, event)

    def look_changed(self) -> None:
        face = self.font_of("value")
        self.edit.setFont(face)
        self.edit.setMinimumWidth(max(48, text_width(face, "0" * len(str(self._high))) + 12))
        self.edit.setMinimumHeight(line_height(face))
        style_part(self.edit)
        super().look_changed()

    def showEvent(self, event: QShowEvent) -> None:
        style_part(self.edit)
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        sizes = self.sizes
        side = sizes.control
        return QSize(2 * side + self.edit.minimumWidth() + 4, max(sizes.control + 4, self.edit.minimumHeight() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, focused = self.theme, self.edit.hasFocus()
        with painting(self) as painter:
            edge, width = (theme.petrol_500, self.sizes.ring) if focused else (theme.line_strong, self.border())
            fill = theme.surface if self.isEnabled() else theme.sunken
            draw_box(painter, QRectF(self.rect()), self.sizes.radius, fill, edge, width)


_CHORD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

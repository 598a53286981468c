"""What all kit widgets share: access to the look, and the base of everything that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from desk.ui.theme import Look, Sizes, Theme, font, look_of, theme_of
from desk.ui.widgets.focus_ring import ring_of, shown_ring
from desk.ui.widgets.painting import painting


class Dressed:
    """Mixin: the current theme and sizes of a widget, asked for anew with each use.

    ``scale`` names the kind of screen: "staff", "kiosk" or "hall".
    """

    scale = "staff"
    _dress_of_paint: tuple[Theme, Sizes] | None = None  # kept while it is painted: every word asks for it

    @property
    def look(self) -> Look:
        return look_of(self)

    @property
    def theme(self) -> Theme:
        return self._dress_of_paint[0] if self._dress_of_paint else theme_of(self)

    @property
    def sizes(self) -> Sizes:
        return self._dress_of_paint[1] if self._dress_of_paint else look_of(self).sizes(self.scale)

    def font_of(self, role: str | int, weight: int | None = None) -> QFont:
        """The font of a type role at this widget's scale."""
        return font(role, weight, self.sizes)

    def border(self) -> float:
        """Width of a control's edge."""
        return self.sizes.border * self.theme.border

    def look_changed(self) -> None:
        """Called when theme or scale changed; extend it where fonts or style are kept."""
        self.updateGeometry()
        self.update()


class Painted(Dressed, QLabel):
    """A widget that only shows something. Its accessible name is what it is, its description what it says now."""

    def __init__(self, name: str = "", *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self.setAccessibleName(name)

    def words(self) -> str:
        """The text a person reads on it."""
        return self.accessibleDescription() or self.accessibleName()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            self.paint(painter)

    def paint(self, painter: QPainter) -> None:
        """Draw; the painter is guarded."""
        raise NotImplementedError


class Control(Dressed, QAbstractButton):
    """Something to press: keyboard (Space, Enter), focus ring, hover, accessible name.

    ``label()`` is what it shows (never Qt's ``text()``, where "&" would make a mnemonic); ``name`` is what it is
    called by screen readers and tests, its label unless given.
    """

    def __init__(
        self, label: str = "", *, name: str | None = None, scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._label = label
        self._named = name is not None
        self._preview = ""
        self._known_toggle = False
        self.toggled.connect(self._on_toggled)
        self.setAccessibleName(label if name is None else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # --- a toggle from outside

    def setChecked(self, on: bool) -> None:  # noqa: N802
        self._known_toggle = True
        super().setChecked(on)
        self._known_toggle = False

    def nextCheckState(self) -> None:  # noqa: N802
        self._known_toggle = True
        super().nextCheckState()
        self._known_toggle = False

    def _on_toggled(self, on: bool) -> None:
        """A screen reader's toggle is a click.

        WORKAROUND: Qt answers the accessible action "Toggle" with toggle() alone: the control would look pressed and
        nothing would follow. One of a few has no need of it: choosing one already tells the group.
        """
        if not self._known_toggle and self.group() is None:
            self.clicked[bool].emit(on)

    def label(self) -> str:
        return self._label

    def set_label(self, label: str) -> None:
        if label == self._label:
            return
        self._label = label
        if not self._named:
            self.setAccessibleName(label)
        self.updateGeometry()
        self.update()

    def state(self) -> str:
        """ "disabled", "pressed", "hover" or "" for the usual one."""
        if self._preview:
            return self._preview
        if not self.isEnabled():
            return "disabled"
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() else ""

    def preview_state(self, state: str) -> None:
        """Hold a state for a picture (the gallery)."""
        self._preview = state
        self.update()

    def radius(self) -> float:
        """Corner radius, which the focus ring follows."""
        return self.sizes.radius

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._dress_of_paint = self.theme, self.sizes
        try:
            with painting(self) as painter:
                self.paint(painter, QRectF(self.rect()))
        finally:
            self._dress_of_paint = None

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        raise NotImplementedError

    # --- focus and keys

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.show_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring = shown_ring(self)
        if ring is not None:
            ring.leave(self)

    def show_ring(self) -> None:
        ring_of(self).follow(self, self.radius(), self.sizes, self.theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.hasFocus():
            self.show_ring()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def look_changed(self) -> None:
        super().look_changed()
        ring = shown_ring(self)
        if ring is not None and ring.isVisible() and self.hasFocus():
            self.show_ring()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            shape = Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier

"""Text fields: label and hint above, the line, and below it what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QMarginsF, QObject, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextDocument,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextDocumentLayout,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desk.ui.theme import style_part
from desk.ui.widgets.control import Dressed, Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.key_hint import key_size, paint_key
from desk.ui.widgets.labels import SectionLabel
from desk.ui.widgets.painting import draw_box, draw_lines, line_height, painting, text_width, wrap


def leave_undo_to_window(editor: QLineEdit | QPlainTextEdit, event: QEvent) -> bool:
    """Let Ctrl+Z pass to the window ("Geri al") while ``editor`` has nothing of its own to take back.

    Qt's editors claim the key even then (ShortcutOverride). Returns what an event filter returns.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    own = editor.isUndoAvailable() if isinstance(editor, QLineEdit) else editor.document().isUndoAvailable()
    if own:
        return False
    event.ignore()
    return True


WRONG = 1.5
"""Pixels of the edge of a field that holds something wrong, at least."""


class FieldBox(Dressed, QWidget):
    """The frame around an editor: icon at left, check or key cap at right, focus and error shown by its edge."""

    def __init__(self, editor: QWidget, *, icon: str | None, key: str | None, role: str, scale: str) -> None:
        super().__init__()
        self.scale = scale
        self.editor, self._icon, self._key, self._role = editor, icon, key, role
        self.error = self.valid = False
        editor.setParent(self)
        editor.setAcceptDrops(False)  # a dropped file belongs to the page; Qt would write its address into the field
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(editor)
        editor.installEventFilter(self)
        editor.textChanged.connect(self._text_changed)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.look_changed()

    def _text_changed(self) -> None:
        if self.theme.outlined:
            self._choose_face()

    def mark(self, *, error: bool, valid: bool) -> None:
        self.error, self.valid = error, valid
        self._margins()
        self.update()

    def look_changed(self) -> None:
        self._choose_face()
        style_part(self.editor)
        self._margins()
        super().look_changed()

    def _choose_face(self) -> None:
        """A placeholder that has the colour of an entry (high contrast) is slanted, or it reads as one."""
        face = self.font_of(self._role)
        face.setItalic(self.theme.outlined and self._is_empty())
        if face != self.editor.font():
            self.editor.setFont(face)

    def _is_empty(self) -> bool:
        editor = self.editor
        return not editor.text() if isinstance(editor, QLineEdit) else editor.document().isEmpty()

    def showEvent(self, event: QShowEvent) -> None:
        self.look_changed()
        super().showEvent(event)

    def _margins(self) -> None:
        sizes = self.sizes
        side = round(sizes.pad * 0.75)
        left = side + (sizes.icon + sizes.gap if self._icon else 0)
        right = side
        if self.valid:
            right += sizes.icon + sizes.gap
        elif self._key:
            right += key_size(self._key, sizes).width()
        above = 0 if isinstance(self.editor, QLineEdit) else sizes.gap
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left, right = right, left  # Qt does not mirror margins
        self._row.setContentsMargins(left, above, right, above)

    def sizeHint(self) -> QSize:
        face = self.font_of(self._role)
        lines = 1 if isinstance(self.editor, QLineEdit) else 3
        height = max(self.sizes.control + 2, line_height(face) * lines + 18)
        ends = self._row.contentsMargins().left() + self._row.contentsMargins().right()
        words = text_width(face, self.editor.placeholderText())
        return QSize(ends + 8 + min(max(text_width(face, "0" * 12), words), 320), height)

    def minimumSizeHint(self) -> QSize:
        ends = self._row.contentsMargins().left() + self._row.contentsMargins().right()
        return QSize(ends + text_width(self.font_of(self._role), "0" * 5), self.sizeHint().height())

    def mousePressEvent(self, event) -> None:
        self.editor.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
        return leave_undo_to_window(self.editor, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, sizes, focused = self.theme, self.sizes, self.editor.hasFocus()
        with painting(self) as painter:
            if self._behind_words().contains(event.rect()):  # the caret blinks: twice a second, all day
                painter.fillRect(event.rect(), QColor(theme.surface if self.isEnabled() else theme.sunken))
                return
            edge, width = theme.line_strong, self.border()
            wrong = max(WRONG, width)
            if focused:
                edge, width = theme.petrol_500, sizes.ring
            elif self.error:
                edge, width = theme.brick_text, wrong
            fill = theme.surface if self.isEnabled() else theme.sunken
            dashed = theme.outlined and not self.isEnabled()
            whole = QRectF(self.rect())
            draw_box(painter, whole, sizes.radius, fill, edge, width, dashed)
            if self.error and focused:  # what is wrong stands inside the ring: both are seen
                inner = whole.marginsRemoved(QMarginsF(width, width, width, width))
                draw_box(painter, inner, max(1.0, sizes.radius - width), None, theme.brick_text, wrong)
            self._paint_ends(painter)

    def _behind_words(self) -> QRect:
        """Where nothing but the fill is seen."""
        inside = max(self.sizes.radius, self.sizes.ring + round(max(WRONG, self.border()))) + 1
        return self.rect().marginsRemoved(QMargins(inside, inside, inside, inside)) & self.editor.geometry()

    def _paint_ends(self, painter: QPainter) -> None:
        theme, sizes = self.theme, self.sizes
        side, pad = sizes.icon, round(sizes.pad * 0.75)
        middle = self.height() / 2
        if self._icon:
            paint_icon(painter, self._icon, QRectF(pad, middle - side / 2, side, side), theme.accent)
        if self.valid:
            spot = QRectF(self.width() - pad - side, middle - side / 2, side, side)
            paint_icon(painter, "check", spot, theme.accent)
        elif self._key:
            cap = key_size(self._key, sizes)
            spot = QRectF(self.width() - pad - cap.width() + 2, middle - cap.height() / 2, cap.width(), cap.height())
            paint_key(painter, spot, self._key, self.font_of("key"), theme.ink_2, theme.line_strong)


class ErrorLine(Painted):
    """The sentence below a field, with its icon; it wraps."""

    def __init__(self, scale: str) -> None:
        super().__init__("", scale=scale)
        self._sentence, self._tone, self._icon = "", "brick_text", "warning"
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, sentence: str, tone: str = "brick_text", icon: str = "warning") -> None:
        self._sentence, self._tone, self._icon = sentence, tone, icon
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self._fit()
        self.update()

    def _fit(self) -> None:
        """As high as the wrapped sentence at the present width (a layout would not ask for it inside a Field)."""
        self.setFixedHeight(self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() != self.heightForWidth(self.width()):
            self._fit()

    def look_changed(self) -> None:
        self._fit()
        super().look_changed()

    def _text_left(self) -> int:
        return round(self.sizes.icon * 0.8) + self.sizes.gap

    def heightForWidth(self, width: int) -> int:
        face = self.font_of("hint", 500)
        return len(wrap(face, self._sentence, width - self._text_left())) * line_height(face)

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(96, line_height(self.font_of("hint")))

    def paint(self, painter: QPainter) -> None:
        ink, face = getattr(self.theme, self._tone), self.font_of("hint", 500)
        side, step = round(self.sizes.icon * 0.8), line_height(face)
        paint_icon(painter, self._icon, QRectF(0, (step - side) / 2, side, side), ink)
        left = self._text_left()
        lines = wrap(face, self._sentence, self.width() - left)
        draw_lines(painter, QRectF(left, 0, self.width() - left, self.height()), lines, face, ink)


def build_field(
    field: QWidget, label: str, hint: str, editor: QWidget, icon: str | None, key: str | None, role: str
) -> None:
    """Lay out ``field``: header, box around ``editor``, message."""
    scale = field.scale
    field.header = SectionLabel(label, hint, scale=scale)
    field.box = FieldBox(editor, icon=icon, key=key, role=role, scale=scale)
    field.message = ErrorLine(scale)
    column = QVBoxLayout(field)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in (field.header, field.box, field.message):
        column.addWidget(part)
    # only now: a widget without parent that is made visible flashes up as a window of its own
    field.header.setVisible(bool(label or hint))
    field.setFocusProxy(editor)
    field.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)


class Field(Dressed, QWidget):
    """``Field("Ad soyad", hint="zorunlu")``: ``text()``, ``set_text()``, ``set_error()``, ``set_valid()``.

    ``edit`` is the QLineEdit; it carries the accessible name. The error sentence appears below and is its accessible
    description.
    """

    text_edited = Signal(str)
    text_changed = Signal(str)
    return_pressed = Signal()
    editing_finished = Signal()

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        icon: str | None = None,
        key: str | None = None,
        role: str = "table",
        max_length: int = 500,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self.edit = QLineEdit()
        self.edit.setMaxLength(max_length)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(label if name is None else name)
        build_field(self, label, hint, self.edit, icon, key, role)
        for mine, its in (
            (self.text_edited, self.edit.textEdited),
            (self.text_changed, self.edit.textChanged),
            (self.return_pressed, self.edit.returnPressed),
            (self.editing_finished, self.edit.editingFinished),
        ):
            its.connect(mine)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, words: str) -> None:
        self.edit.setText(words)

    def clear(self) -> None:
        """Empty, neither right nor wrong; typing before it cannot be taken back."""
        self.edit.setText("")
        self.set_error("")
        self.set_valid(False)

    def set_hint(self, hint: str) -> None:
        self.header.set_hint(hint)
        self.header.setVisible(bool(self.header.text_label.text() or hint))

    def set_error(self, sentence: str) -> None:
        """Show what is wrong (an empty sentence takes it away)."""
        self.message.say(sentence)
        self.edit.setAccessibleDescription(sentence)
        self.box.mark(error=bool(sentence), valid=self.box.valid and not sentence)

    def set_note(self, sentence: str) -> None:
        """A remark that is no error ("Kayda engel değildir"), in amber."""
        self.message.say(sentence, "amber_text")
        self.edit.setAccessibleDescription(sentence)
        self.box.mark(error=False, valid=self.box.valid)

    def set_valid(self, valid: bool) -> None:
        """A check at the right end."""
        self.box.mark(error=self.box.error and not valid, valid=valid)

    def error(self) -> str:
        """The sentence shown below the field."""
        return self.message.accessibleName()


class TextArea(Dressed, QWidget):
    """A Field of several lines: ``text()``, ``set_text()``, ``set_error()``, ``text_edited``. Tab leaves it."""

    text_edited = Signal(str)

    def __init__(
        self,
        label: str = "",
        *,
        hint: str = "",
        placeholder: str = "",
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._withheld: QTextDocument | None = None
        self._at = 0
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setAccessibleName(label if name is None else name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.document().setDocumentMargin(1)
        self.edit.document().clearUndoRedoStacks()  # the margin counts as an edit
        build_field(self, label, hint, self.edit, None, None, "table")
        self.edit.textChanged.connect(lambda: self.text_edited.emit(self.text()))

    def text(self) -> str:
        return (self._withheld or self.edit.document()).toPlainText()

    def set_text(self, words: str) -> None:
        self.give_back()
        self.edit.setPlainText(words)

    def withhold(self) -> None:
        """Nothing stands in it for a screen reader (``text()`` still tells it) until ``give_back()``; the focus stays,
        and what was typed can still be taken back afterwards."""
        if self._withheld is None:
            self._withheld, self._at = self.edit.document(), self.edit.textCursor().position()
            self._withheld.setParent(self)  # the editor deletes a document of its own
            empty = QTextDocument(self.edit)
            empty.setDocumentLayout(QPlainTextDocumentLayout(empty))
            self._put_in(empty)

    def give_back(self) -> None:
        """What was written stands there again, the cursor where it was."""
        document, self._withheld = self._withheld, None
        if document is not None:
            self._put_in(document)
            document.setParent(self.edit)
            cursor = self.edit.textCursor()
            cursor.setPosition(self._at)
            self.edit.setTextCursor(cursor)

    def _put_in(self, document: QTextDocument) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setDocument(document)

    def clear(self) -> None:
        """Empty and without error; typing before it cannot be taken back."""
        self.give_back()
        self.edit.setPlainText("")
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """Show what is wrong (an empty sentence takes it away)."""
        self.message.say(sentence)
        self.edit.setAccessibleDescription(sentence)
        self.box.mark(error=bool(sentence), valid=False)

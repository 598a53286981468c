"""Text on a page: plain, elided, and the small label above a group."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT
from desk.ui.widgets.control import Dressed
from desk.ui.widgets.painting import draw_text, line_height, painting, text_width


class Text(Dressed, QLabel):
    """Plain text in a type role and a colour token. Never given an accessible name: its text is its name.

    ``color`` is a field name of Theme ("ink", "ink_2", "accent", "brick_text" …).
    """

    def __init__(
        self,
        words: str = "",
        role: str | int = "body",
        color: str = "ink",
        *,
        weight: int | None = None,
        wrap: bool = False,
        align: Qt.AlignmentFlag = ALIGN_LEFT,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._role, self._color, self._weight = role, color, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setAlignment(align)
        self.setText(words)
        self._dress()

    def set_color(self, color: str) -> None:
        """Another colour token."""
        if color != self._color:
            self._color = color
            self._dress()

    def look_changed(self) -> None:
        self._dress()
        super().look_changed()

    def showEvent(self, event: QShowEvent) -> None:
        self._dress()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        self._dress()
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), line_height(self.font())))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), line_height(self.font())))

    def heightForWidth(self, width: int) -> int:
        high = super().heightForWidth(width)
        return max(high, line_height(self.font())) if high > 0 else high

    def _dress(self) -> None:
        wanted = self.font_of(self._role, self._weight)
        if self.font() != wanted or self.font().pixelSize() != wanted.pixelSize():
            self.setFont(wanted)
        palette = self.palette()
        ink = QColor(getattr(self.theme, self._color))
        if palette.color(QPalette.ColorRole.WindowText) != ink:
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            self.setPalette(palette)


class ElidedText(Text):
    """One line that shortens itself with … instead of widening its column; the full text is its tooltip then.

    ``set_brief(words)``: what stands there instead where the whole does not fit.
    """

    def __init__(self, words: str = "", role: str | int = "body", color: str = "ink", **options) -> None:
        super().__init__(words, role, color, **options)
        self._brief = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_brief(self, words: str) -> None:
        self._brief = words
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(text_width(self.font(), "Mmm…"), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        cut = text_width(self.font(), self.text()) > self.width()
        words = self._brief if cut and self._brief else self.text()
        with painting(self) as painter:
            rect = QRectF(self.rect())
            draw_text(painter, rect, words, self.font(), getattr(self.theme, self._color), self.alignment())
        self.setToolTip(self.text() if cut else "")


class SectionLabel(QWidget):
    """A group's label, with a hint (key chord, unit) at its right end."""

    def __init__(self, words: str, hint: str = "", *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text_label = Text(words, "label", "ink_2", scale=scale)
        self.hint_label = Text(hint, "hint", "ink_2", scale=scale, align=Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text_label)
        row.addStretch(1)
        row.addWidget(self.hint_label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_text(self, words: str) -> None:
        self.text_label.setText(words)

    def set_hint(self, hint: str) -> None:
        self.hint_label.setText(hint)

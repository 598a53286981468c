"""Text on a page: plain, elided, and the small label above a group."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT
from desk.ui.widgets.control import Dressed
from desk.ui.widgets.painting import draw_lines, draw_text, line_height, painting, text_width, wrap


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
        self._dress_size()
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), line_height(self.font())))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), line_height(self.font())))

    def heightForWidth(self, width: int) -> int:
        high = super().heightForWidth(width)
        return max(high, line_height(self.font())) if high > 0 else high

    def _dress(self) -> None:
        self._dress_size()
        palette = self.palette()
        ink = QColor(getattr(self.theme, self._color))
        if palette.color(QPalette.ColorRole.WindowText) != ink:
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            self.setPalette(palette)

    def _dress_size(self) -> None:
        """The font alone: a layout asks for sizes often, and a colour is looked for among all parents."""
        wanted = self.font_of(self._role, self._weight)
        if self.font() != wanted or self.font().pixelSize() != wanted.pixelSize():
            self.setFont(wanted)


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


class Lines(Text):
    """Words that take ``count`` lines of room whatever they say, and where they say nothing: what stands below never
    moves. Longer ones end in … and are told whole by the tooltip.

    WORKAROUND: the height a QLabel asks for cannot be held by a least height: it keeps the one of an earlier text size
    (``QLabelPrivate::sizeForWidth`` puts the least height into the hint it keeps), and an empty label answers by
    that hint alone.
    """

    def __init__(self, words: str = "", role: str | int = "body", color: str = "ink", *, count: int = 1) -> None:
        super().__init__(words, role, color)
        self._count = count
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        self._dress_size()
        return QSize(text_width(self.font(), self.text()) // self._count, self._count * line_height(self.font()))

    def minimumSizeHint(self) -> QSize:
        return QSize(text_width(self.font(), "Mmm…"), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = wrap(self.font(), self.text(), self.width()) if self.text() else []
        shown = wrap(self.font(), self.text(), self.width(), self._count) if whole else []
        with painting(self) as painter:
            draw_lines(painter, QRectF(self.rect()), shown, self.font(), getattr(self.theme, self._color))
        self.setToolTip(self.text() if len(whole) > self._count else "")


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

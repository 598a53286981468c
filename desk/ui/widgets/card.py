"""A card: title, a remark at its right end, and a column for content."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.ui.theme import stand_on_petrol
from desk.ui.widgets.control import Dressed
from desk.ui.widgets.labels import ElidedText, Text
from desk.ui.widgets.painting import draw_box, line_height, painting


class Card(Dressed, QWidget):
    """``Card("Bekleyenler", "29 bekliyor")``; put content into ``card.body`` (QVBoxLayout).

    ``tone``: "surface", "outline" (no fill), "dashed", "amber" (called), "petrol" (being served; widgets in it turn
    light), "tint", "brick".
    """

    def __init__(
        self,
        title: str = "",
        right: str = "",
        *,
        tone: str = "surface",
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._tone = tone
        self._high_head = False
        ink = {"amber": "on_amber", "tint": "on_tint", "brick": "brick_text"}.get(tone, "ink")
        self.title = ElidedText(title, "heading", ink, scale=scale)
        self.right = Text(right, "strong", ink if tone != "surface" else "ink", scale=scale)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.right)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(self.head)
        self._column.addLayout(self.body, 1)
        self._show_head()
        if tone == "petrol":
            stand_on_petrol(self)
        self.look_changed()

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self._show_head()

    def set_right(self, words: str) -> None:
        """The remark at the right end of the title."""
        self.right.setText(words)
        self._show_head()

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def _show_head(self) -> None:
        self.title.setVisible(bool(self.title.text() or self.right.text()))
        self.right.setVisible(bool(self.right.text()))

    def put_in_head(self, *buttons: QWidget) -> None:
        """Buttons at the right end of the title, which stays as high as the titles of the cards beside it."""
        self._high_head = True
        for button in buttons:
            self.head.addWidget(button)
        self.look_changed()

    def look_changed(self) -> None:
        pad = self.sizes.card_pad
        above = pad - 2
        if self._high_head:  # they are higher than the title
            above = max(2, above - (self.sizes.control - line_height(self.title.font())) // 2)
        self._column.setContentsMargins(pad, above, pad, pad)
        super().look_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        fill, edge = {
            "surface": (theme.surface, theme.line),
            "outline": (None, theme.line),
            "dashed": (None, theme.line_strong),
            "amber": (theme.amber_500, None),
            "petrol": (theme.surface, theme.ink if theme.outlined else None),
            "tint": (theme.petrol_100, theme.on_tint if theme.outlined else None),
            "brick": (theme.brick_100, theme.brick_text),
        }[self._tone]
        with painting(self) as painter:
            width = self.border() if edge else 0
            draw_box(
                painter, QRectF(self.rect()), self.sizes.radius_card, fill, edge, width or 1, self._tone == "dashed"
            )

"""A counter in the row of counters: its number and what happens there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import Translator, translator
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets.control import Painted
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width

WORDS = {
    "serving": N_("işlem"),
    "called": N_("çağrı"),
    "break": N_("mola"),
    "free": N_("boş"),
    "closed": N_("kapalı"),
}


class CounterCell(Painted):
    """``CounterCell(4, "called")``; states: serving, called, break, free, closed."""

    def __init__(
        self,
        number: int | str,
        state: str = "free",
        *,
        tr: Translator | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        self._tr = tr or translator()
        super().__init__(self._tr(N_("Banko {number}")).format(number=number), scale=scale, parent=parent)
        self._number = str(number)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def set_state(self, state: str) -> None:
        self._state = state
        self.setAccessibleDescription(self._tr(WORDS[state]))
        self.update()

    def sizeHint(self) -> QSize:
        words = max(text_width(self.font_of("caption", 500), self._tr(each)) for each in WORDS.values())
        height = line_height(self.font_of("strong")) + line_height(self.font_of("caption"))
        return QSize(max(words + 6, 32), height + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(
            text_width(self.font_of("caption", 500), self._tr(WORDS[self._state])) + 2, self.sizeHint().height()
        )

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        fill, edge, ink, dashed = {
            "serving": (theme.petrol_100, theme.line_strong, theme.on_tint, False),
            "called": (theme.amber_500, None, theme.on_amber, False),
            "break": (theme.surface, theme.line_strong, theme.ink_2, True),
            "free": (theme.surface, theme.line_strong, theme.ink, False),
            "closed": (theme.sunken, theme.line, theme.ink_2, True),
        }[self._state]
        draw_box(painter, rect, self.sizes.radius, fill, edge, self.border(), dashed)
        top, below = line_height(self.font_of("strong")), line_height(self.font_of("caption"))
        y = (rect.height() - top - below) / 2
        draw_text(painter, QRectF(0, y, rect.width(), top), self._number, self.font_of("strong"), ink, ALIGN_CENTER)
        spot = QRectF(0, y + top - 2, rect.width(), below)
        face = self.font_of("caption", 500)
        draw_text(painter, spot, self._tr(WORDS[self._state]), face, ink, ALIGN_CENTER, elide=False)

"""The emergency message over the whole hall display until somebody ends the event: in Turkish, and below it in the
other languages of the hall, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from desk.i18n import LANGUAGES, RIGHT_TO_LEFT, SOURCE_LANGUAGE, translator
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Painted, draw_lines, line_height, paint_icon, text_width, wrap
from desk.ui.widgets.painting import balanced

if TYPE_CHECKING:
    from desk.registry.emergency import Emergency

OTHERS = tuple(lang for lang in LANGUAGES if lang != SOURCE_LANGUAGE)

TURN_MS = 5000
"""How long one of them stands there: enough to read it twice, and nobody waits for theirs longer than 15 s."""

SPOKEN = 2
"""Of them are said after the Turkish at a time: all five at once would keep everybody waiting for their own."""


def spoken_in(time: int) -> tuple[str, ...]:
    """The languages besides Turkish that are said the ``time``-th time, counted from 0."""
    return tuple(OTHERS[(time * SPOKEN + place) % len(OTHERS)] for place in range(SPOKEN))


class EmergencyCover(Painted):
    """``show_emergency(emergency | None)``; covers its parent while there is one. An evacuation stands on brick, what
    only asks for attention on amber."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", scale="hall", parent=parent)
        self._emergency: Emergency | None = None
        self.other = OTHERS[0]
        """The language below the Turkish."""
        self._turns = QTimer(self, interval=TURN_MS)
        self._turns.timeout.connect(self.turn)
        self.hide()

    def show_emergency(self, emergency: Emergency | None) -> None:
        self._emergency, self.other = emergency, OTHERS[0]
        self.setVisible(emergency is not None)
        if emergency is not None:
            tr = translator(SOURCE_LANGUAGE)
            self.setAccessibleName(tr(emergency.title))
            self.setAccessibleDescription(tr(emergency.sentence))
            self.raise_()
            self.update()

    def turn(self) -> None:
        """Say it in the next language."""
        self.other = OTHERS[(OTHERS.index(self.other) + 1) % len(OTHERS)]
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._turns.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._turns.stop()

    def paint(self, painter: QPainter) -> None:
        emergency, theme, rect = self._emergency, self.theme, QRectF(self.rect())
        if emergency is None:
            return
        fill, ink = (theme.brick_600, theme.on_brick) if emergency.closes else (theme.amber_500, theme.on_amber)
        painter.fillRect(rect, fill)
        unit = self.look.pixel_scale
        top, side = rect.height() * 0.04, 150 * unit
        paint_icon(painter, emergency.icon, QRectF(rect.center().x() - side / 2, top, side, side), ink)
        top += side + 12 * unit
        for lang, big, small in ((SOURCE_LANGUAGE, 150, 84), (self.other, 100, 72)):
            tr = translator(lang)
            mirrored = lang in RIGHT_TO_LEFT  # its full stop stands at the left
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
            for words, size, weight in ((tr(emergency.title), big, 700), (tr(emergency.sentence), small, 500)):
                top += self._paint_words(painter, words, round(size * unit), weight, top, ink) + 12 * unit
            top += 28 * unit

    def _paint_words(self, painter: QPainter, words: str, size: int, weight: int, top: float, ink: str) -> float:
        """In two lines at most, in smaller letters where they need it; how high they are."""
        wide, unit = self.width() * 0.93, self.look.pixel_scale
        face = self.font_of(size, weight)
        while text_width(face, words) > wide * 1.9 and face.pixelSize() > 40 * unit:
            face.setPixelSize(face.pixelSize() - 2)
        fits = text_width(face, words) <= wide * 1.9
        lines = balanced(face, words, wide) if fits else wrap(face, words, wide)
        high = len(lines) * line_height(face)
        draw_lines(painter, QRectF(0, top, self.width(), high), lines, face, ink, ALIGN_CENTER)
        return high

"""The emergency message over the whole hall display, in Turkish and English, until somebody ends the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desk.i18n import SOURCE_LANGUAGE, translator
from desk.ui.emergency_watch import SECOND_LANGUAGE
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Painted, draw_lines, line_height, paint_icon, text_width, wrap
from desk.ui.widgets.painting import balanced

if TYPE_CHECKING:
    from desk.registry.emergency import Emergency


class EmergencyCover(Painted):
    """``show_emergency(emergency | None)``; covers its parent while there is one. An evacuation stands on brick, what
    only asks for attention on amber."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", scale="hall", parent=parent)
        self._emergency: Emergency | None = None
        self.hide()

    def show_emergency(self, emergency: Emergency | None) -> None:
        self._emergency = emergency
        self.setVisible(emergency is not None)
        if emergency is not None:
            tr = translator(SOURCE_LANGUAGE)
            self.setAccessibleName(tr(emergency.title))
            self.setAccessibleDescription(tr(emergency.sentence))
            self.raise_()
            self.update()

    def paint(self, painter: QPainter) -> None:
        emergency, theme, rect = self._emergency, self.theme, QRectF(self.rect())
        if emergency is None:
            return
        fill, ink = (theme.brick_600, theme.on_brick) if emergency.closes else (theme.amber_500, theme.on_amber)
        painter.fillRect(rect, fill)
        unit = self.look.pixel_scale
        wide, top = rect.width() * 0.93, rect.height() * 0.04
        side = 150 * unit
        paint_icon(painter, emergency.icon, QRectF(rect.center().x() - side / 2, top, side, side), ink)
        top += side + 12 * unit
        for lang, big, small in ((SOURCE_LANGUAGE, 150, 84), (SECOND_LANGUAGE, 100, 72)):
            tr = translator(lang)
            for words, size, weight in ((tr(emergency.title), big, 700), (tr(emergency.sentence), small, 500)):
                face = self.font_of(round(size * unit), weight)
                while text_width(face, words) > wide * 1.9 and face.pixelSize() > 40 * unit:
                    face.setPixelSize(face.pixelSize() - 2)
                fits = text_width(face, words) <= wide * 1.9
                lines = balanced(face, words, wide) if fits else wrap(face, words, wide)
                high = len(lines) * line_height(face)
                draw_lines(painter, QRectF(rect.x(), top, rect.width(), high), lines, face, ink, ALIGN_CENTER)
                top += high + 12 * unit
            top += 28 * unit

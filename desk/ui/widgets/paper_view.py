"""A printed slip on the screen: the picture made of the printer's own bytes, with a torn lower edge."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import LIGHT, color
from desk.ui.widgets.control import Painted
from desk.ui.widgets.painting import draw_lines, line_height, wrap

TOOTH = 8  # width of a tooth of the torn edge, pixels
MARGIN = 6  # soft edge around the paper


class PaperView(Painted):
    """``set_image(QImage | None)``; scaled to the width (and to the height, when that is less). Without an image an
    empty slip with ``placeholder``.
    """

    def __init__(
        self, name: str, placeholder: str = "", *, scale: str = "staff", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, scale=scale, parent=parent)
        self._placeholder = placeholder
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_image(self, image: QImage | None, words: str = "") -> None:
        """Show ``image``; ``words`` is the slip's text for those who cannot see it."""
        self._image = image if image is not None and not image.isNull() else None
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def image(self) -> QImage | None:
        return self._image

    def _ratio(self) -> float:
        """Height of the paper for one pixel of width."""
        return self._image.height() / self._image.width() if self._image else 1.25

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round((width - 2 * MARGIN) * self._ratio()) + 2 * MARGIN + TOOTH

    def sizeHint(self) -> QSize:
        width = round(272 * self.sizes.pad / 16) if self.scale != "staff" else 272
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 160)

    def _paper(self) -> QRectF:
        width = self.width() - 2 * MARGIN
        height = width * self._ratio()
        room = self.height() - 2 * MARGIN - TOOTH
        if height > room:
            width, height = room / self._ratio(), room
        return QRectF((self.width() - width) / 2, MARGIN, width, height)

    def paint(self, painter: QPainter) -> None:
        theme, paper = self.theme, self._paper()
        sheet = torn(paper)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(4, 0, -1):
            painter.setBrush(color(theme.slip_edge, 0.22))
            grown = paper.adjusted(-step, -step / 2, step, step)
            painter.drawPath(torn(grown))
        painter.setBrush(QColor(theme.paper_slip))
        painter.drawPath(sheet)
        if self._image:
            ratio = self.devicePixelRatioF()
            shown = self._image.scaled(
                round(paper.width() * ratio),
                round(paper.height() * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(paper, shown)
        elif self._placeholder:
            self._paint_placeholder(painter, paper)

    def _paint_placeholder(self, painter: QPainter, paper: QRectF) -> None:
        face = self.font_of("hint")
        lines = wrap(face, self._placeholder, paper.width() - 48)
        top = paper.center().y() - len(lines) * line_height(face) / 2
        # the paper stays white in every theme, so does the ink on it stay dark
        ink = LIGHT.ink_2
        spot = QRectF(paper.x() + 24, top, paper.width() - 48, paper.height())
        draw_lines(painter, spot, lines, face, ink, Qt.AlignmentFlag.AlignCenter)


def torn(paper: QRectF) -> QPainterPath:
    """The outline of ``paper`` with teeth below its lower edge."""
    path = QPainterPath(paper.topLeft())
    path.lineTo(paper.topRight())
    path.lineTo(paper.bottomRight())
    teeth = max(1, round(paper.width() / TOOTH))
    step = paper.width() / teeth
    for tooth in range(teeth):
        right = paper.right() - tooth * step
        path.lineTo(QPointF(right - step / 2, paper.bottom() + TOOTH * 0.6))
        path.lineTo(QPointF(right - step, paper.bottom()))
    path.closeSubpath()
    return path

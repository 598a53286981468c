"""Line icons and the municipality's mark: SVG files of ``resources/``, painted in any token colour.

The files use ``currentColor``; a renderer is kept per (file, colour), so painting an icon parses nothing.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desk.config import resource_path
from desk.ui.widgets.painting import is_mirrored, placed

SAMPLE_LOGO = "cinarova.svg"

_TURNED = {
    "arrow-right": "arrow-left",
    "arrow-left": "arrow-right",
    "chevron-right": "chevron-left",
    "chevron-left": "chevron-right",
    "undo": "redo",
    "redo": "undo",
}


def icon_names() -> list[str]:
    """All icons there are, sorted."""
    return sorted(file.stem for file in resource_path("icons").glob("*.svg"))


def paint_icon(painter: QPainter, name: str, rect: QRectF, color: str | QColor) -> None:
    """Draw icon ``name`` as the largest square centred in ``rect``; arrows turn in a right-to-left window."""
    if is_mirrored(painter):
        name = _TURNED.get(name, name)
    spot, ink = _square(placed(painter, rect)), color if isinstance(color, str) else color.name()
    at = painter.worldTransform()
    if at.isScaling() or at.isRotating():  # a picture of the usual size would be blurred
        _drawn(name, ink).render(painter, spot)
        return
    painter.drawPixmap(spot.topLeft(), _picture(name, ink, spot.width(), painter.device().devicePixelRatioF()))


@lru_cache(maxsize=1024)
def _picture(name: str, ink: str, size: float, ratio: float) -> QPixmap:
    """An icon as it stands in lists and on keys: drawn once, then copied (a tenth of the time)."""
    side = math.ceil(size * ratio)
    pixmap = QPixmap(side, side)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        _drawn(name, ink).render(painter, QRectF(0, 0, size, size))
    finally:
        painter.end()
    return pixmap


def _drawn(name: str, ink: str) -> QSvgRenderer:
    return _renderer(resource_path("icons", f"{name}.svg"), ink)


def paint_logo(painter: QPainter, rect: QRectF, color: str | QColor, file: Path | None = None) -> None:
    """Draw the municipality's mark (the sample one without a ``file``) in one colour, centred in ``rect``."""
    source = file or resource_path("logo", SAMPLE_LOGO)
    _renderer(source, QColor(color).name()).render(painter, _square(placed(painter, rect)))


def icon_pixmap(name: str, size: int, color: str | QColor, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` as a pixmap of ``size`` logical pixels on a screen of device pixel ratio ``ratio``."""
    pixmap = QPixmap(QSize(size, size) * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    try:
        paint_icon(painter, name, QRectF(0, 0, size, size), color)
    finally:
        painter.end()
    return pixmap


@lru_cache(maxsize=512)
def _renderer(file: Path, color: str) -> QSvgRenderer:
    try:
        svg = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KeyError(f"no icon {file.stem!r}") from error
    return QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))


def _square(rect: QRectF) -> QRectF:
    side = min(rect.width(), rect.height())
    if side == rect.width() == rect.height():
        return rect
    square = QRectF(0, 0, side, side)
    square.moveCenter(QPointF(rect.center()))
    return square

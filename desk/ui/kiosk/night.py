"""A kiosk out of doors is dark at night while nobody stands before it, and bright with the first touch."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desk.clock import local
from desk.ui.kiosk.parts import Scaled
from desk.ui.theme import color

DARK = 0.72
"""How much of the light is taken away. All colours lose alike, so what is written stays legible."""


def is_night(now: datetime, hours: tuple[int, int] | None) -> bool:
    """Whether ``now`` lies in the hours of dimming: minutes after midnight, usually over midnight. None: never."""
    if hours is None or hours[0] == hours[1]:
        return False
    begins, ends = hours
    here = local(now)
    minute = here.hour * 60 + here.minute
    return begins <= minute < ends if begins < ends else minute >= begins or minute < ends


class Night(Scaled):
    """Lies over the whole window and lets every touch through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setObjectName("night")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def fall(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()

    def paint(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), color(self.theme.petrol_900, DARK))

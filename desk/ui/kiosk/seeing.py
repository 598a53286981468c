"""The keys for seeing and hearing: contrast, size of letters, voice, and on the start page the lower and the simple
screen. The start page has them as tiles; every other page that a visitor meets has a slim bar of the first three."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QBoxLayout, QGridLayout

from desk.errors import N_
from desk.ui.kiosk.fitting import fit
from desk.ui.kiosk.visitor import Visitor
from desk.ui.widgets import OptionTile, draw_box, draw_lines, draw_text, line_height, paint_icon
from desk.ui.widgets.button import skin
from desk.ui.widgets.tile import fitted_line

if TYPE_CHECKING:
    from desk.ui.kiosk.more import Errand
    from desk.ui.kiosk.page import KioskPage, Stage

TEXT_NAMES = (N_("Normal"), N_("Büyük"), N_("En büyük"))

BAR = ("contrast", "size", "aloud")
"""What may be needed on any page; where the rest lies is said on the start page."""

AFTER_ALL = "after-all"
"""Property of a key that comes after all others of its page in reading order, wherever it stands."""

BAR_GAP, BAR_ABOVE = 12, 4
"""Between the keys of the bar; between the bar and what stands above it (besides the body's own spacing); pixels of
the picture."""


class SlimOption(OptionTile):
    """The same on one line of the page: icon, beside it the name above its state. Letters shrink before a name is cut,
    and the icon goes before letters shrink."""

    def sizeHint(self) -> QSize:
        high = 2 * line_height(self.font_of("caption", 600)) + self.sizes.gap
        return QSize(self.sizes.control * 2, max(self.sizes.control, high))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizes.control, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, sizes = self.theme, self.sizes
        look = skin(theme, "secondary", self.state())
        edge, width = (theme.accent, self.border() * 2) if self._on else (look.edge, self.border())
        draw_box(painter, rect, sizes.radius, look.fill, edge, width * (0.75 if theme.outlined else 1))
        pad = sizes.gap
        room, side = rect.width() - 2 * pad, sizes.icon / self.look.text_scale
        face, lines = self._label_lines(room - side - pad)
        if len(lines) > 1 or face.pixelSize() < self.font_of("caption", 600).pixelSize():
            side, (face, lines) = 0.0, self._label_lines(room)
        left = pad + (side + pad if side else 0.0)
        if side:
            paint_icon(painter, self._icon, QRectF(pad, (rect.height() - side) / 2, side, side), theme.accent)
        below = fitted_line(self._value, self.font_of(face.pixelSize(), 600 if self._on else 400), room, self.font_of)
        step, under = line_height(face), line_height(below)
        top = (rect.height() - step * len(lines) - under) / 2
        wide = rect.width() - left - pad
        draw_lines(painter, QRectF(left, top, wide, step * len(lines)), lines, face, theme.ink)
        spot = QRectF(left, top + step * len(lines), wide, under)
        ink = theme.accent if self._on else theme.ink_2_kiosk
        draw_text(painter, spot, self._value, below, ink, elide=False)

    def _label_lines(self, room: float) -> tuple[QFont, list[str]]:
        wanted = self.font_of("caption", 600)
        return fit(self._label, wanted, room, line_height(wanted), self.font_of, look=self.look, most=1)


def option(page: KioskPage, name: str, *, slim: bool = False) -> OptionTile:
    """The key called ``name`` of ``page``; it shows what is chosen, and a touch asks for the other."""
    tr, visitor = page.tr_, page.stage.visitor
    on = {
        "contrast": (N_("Karşıtlık"), "contrast", visitor.contrast),
        "size": (N_("Yazı boyutu"), "text-size", visitor.text_step > 0),
        "aloud": (N_("Sesli yönlendirme"), "speaker", visitor.aloud),
        "lower": (N_("Ekranı alçalt"), "lower-screen", visitor.lowered),
        "simple": (N_("Sade ekran"), "hand", visitor.simple),
    }
    label, icon, chosen = on[name]
    key = (SlimOption if slim else OptionTile)(tr(label), icon=icon, scale="kiosk")
    key.setObjectName(name)
    key.setProperty("public", True)  # says nothing of what the page is about
    key.set_value(tr(_state(name, visitor)), chosen)
    key.clicked.connect(lambda: page.adjusted.emit(_other(name, visitor)))
    key.setParent(page)  # its size depends on the look of the window
    return key


def _state(name: str, visitor: Visitor) -> str:
    if name == "size":
        return TEXT_NAMES[visitor.text_step]
    if name == "contrast":
        return N_("Yüksek") if visitor.contrast else N_("Normal")
    chosen = {"aloud": visitor.aloud, "lower": visitor.lowered, "simple": visitor.simple}[name]
    return N_("Açık") if chosen else N_("Kapalı")


def _other(name: str, visitor: Visitor) -> Visitor:
    if name == "size":
        return visitor.larger_text()
    field = {"lower": "lowered"}.get(name, name)
    return replace(visitor, **{field: not getattr(visitor, field)})


def names(stage: Stage, wanted: tuple[str, ...]) -> list[str]:
    """Of the ``wanted`` keys those that do something here: the voice only where there is one."""
    return [one for one in wanted if one != "aloud" or stage.voice]


def tiles(page: KioskPage, columns: int, *, rest: Errand | None = None) -> QGridLayout:
    """All of them, for the start page. ``rest``: in the place that is left, the way to something else."""
    stage = page.stage
    keys = [option(page, name) for name in names(stage, (*BAR, "lower", "simple"))]
    if rest is not None:
        key = OptionTile(rest.name, icon=rest.icon, scale="kiosk")
        key.setObjectName(rest.step)
        key.clicked.connect(lambda: page.go.emit(rest.step))
        key.setParent(page)
        keys.append(key)
    gap = 16 if stage.portrait else 12
    grid = page.grid(gap)
    wide = stage.wide if stage.portrait else stage.px(600)
    wide = (wide - stage.px(2 * 48 + (columns - 1) * gap)) / columns
    if any(key.cramped(wide) for key in keys):
        for key in keys:
            key.give_two_lines(icon=not stage.visitor.text_step)  # large letters want the room of the icon
    for place, key in enumerate(keys):
        last = place == len(keys) - 1 and columns == 2 and len(keys) % 2 == 1
        grid.addWidget(key, place // columns, place % columns, 1, 2 if last else 1)
    return grid


def bar(page: KioskPage) -> QBoxLayout:
    """The slim bar: in a row, or below each other in the panel of a landscape screen. Last in reading order: whoever
    hears the page has a key for its errand first."""
    ways = QBoxLayout.Direction
    row = QBoxLayout(ways.LeftToRight if page.stage.portrait else ways.TopToBottom)
    row.setSpacing(page.stage.px(BAR_GAP))
    for name in names(page.stage, BAR):
        key = option(page, name, slim=True)
        key.setProperty(AFTER_ALL, True)
        row.addWidget(key, 1)
    return row


def bar_high(page: KioskPage) -> int:
    """What the bar takes of the body of a portrait page, pixels; nothing in landscape, where it lies in the panel."""
    if not page.stage.portrait:
        return 0
    sample = SlimOption("", icon="contrast")
    sample.setParent(page)
    high = sample.sizeHint().height() + page.stage.px(BAR_ABOVE) + page.stage.px(20)
    sample.deleteLater()
    return high

"""States as pills: icon and words on a colour, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import Translator, translator
from desk.ui.theme import Sizes, Theme, font
from desk.ui.widgets.control import Painted
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_text, line_height, text_width


@dataclass(frozen=True, slots=True)
class Pill:
    """What a pill shows. ``tone``: outline, tint, filled, neutral, amber, amber-filled, brick, brick-filled."""

    words: str
    icon: str = ""
    tone: str = "tint"


def deadline(days: int | None, *, done_on_day: int | None = None, tr: Translator | None = None) -> Pill:
    """How much time an application has: ``days`` left (0 today, negative overdue), or the day it was answered on."""
    tr = tr or translator()
    if done_on_day is not None:
        return Pill(tr(N_("{day}. günde")).format(day=done_on_day), "check", "outline")
    if days is None:
        return Pill(tr(N_("Süresiz")), "calendar", "outline")
    if days < 0:
        return Pill(tr(N_("{days} gün geçti")).format(days=-days), "warning", "brick-filled")
    if days == 0:
        return Pill(tr(N_("Bugün")), "warning", "amber-filled")
    if days <= 7:
        return Pill(tr(N_("{days} gün")).format(days=days), "clock", "amber")
    return Pill(tr(N_("{days} gün")).format(days=days), "calendar", "neutral")


def _colors(theme: Theme, tone: str) -> tuple[str | None, str, str | None]:
    """Fill, ink, edge."""
    fill, ink, edge = {
        "outline": (theme.surface, theme.ink_2, theme.line_strong),
        "tint": (theme.petrol_100, theme.on_tint, None),
        "outline-tint": (theme.surface, theme.on_tint, theme.petrol_500),  # a tint pill on a tinted row
        "filled": (theme.petrol_600, theme.on_petrol, None),
        "neutral": (theme.sunken, theme.ink_2, None),
        "amber": (theme.amber_100, theme.amber_text, None),
        "amber-filled": (theme.amber_500, theme.on_amber, None),
        "brick": (theme.brick_100, theme.brick_text, None),
        "brick-filled": (theme.brick_600, theme.on_brick, None),
    }[tone]
    if theme.outlined and edge is None and tone not in ("filled", "amber-filled", "brick-filled"):
        edge = ink
    return fill, ink, edge


def pill_face(sizes: Sizes) -> QFont:
    """The font of a pill's words: who draws many asks for it once."""
    return font("label", 500, sizes)


def pill_size(pill: Pill, sizes: Sizes, face: QFont | None = None) -> QSize:
    face = face or pill_face(sizes)
    height = line_height(face) + 8
    icon = round(sizes.icon * 0.9) + sizes.gap * 0.75 if pill.icon else 0
    return QSize(round(text_width(face, pill.words) + icon + sizes.pad * 1.375), height)


def paint_pill(
    painter: QPainter, rect: QRectF, pill: Pill, theme: Theme, sizes: Sizes, face: QFont | None = None
) -> None:
    """``pill`` filling ``rect``."""
    fill, ink, edge = _colors(theme, pill.tone)
    draw_box(painter, rect, rect.height() / 2, fill, edge, sizes.border * theme.border)
    left = rect.x() + sizes.pad * 0.625
    if pill.icon:
        side = round(sizes.icon * 0.9)
        paint_icon(painter, pill.icon, QRectF(left, rect.center().y() - side / 2, side, side), ink)
        left += side + sizes.gap * 0.75
    room = rect.right() - left - sizes.pad * 0.5
    draw_text(painter, QRectF(left, rect.y(), room, rect.height()), pill.words, face or pill_face(sizes), ink)


class StatusPill(Painted):
    """``StatusPill(Pill("İşlemde", "sliders"))``; ``set_pill()`` changes it."""

    def __init__(self, pill: Pill, *, scale: str = "staff", parent: QWidget | None = None) -> None:
        super().__init__(pill.words, scale=scale, parent=parent)
        self._pill = pill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def pill(self) -> Pill:
        return self._pill

    def set_pill(self, pill: Pill) -> None:
        self._pill = pill
        self.setAccessibleName(pill.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._pill, self.sizes)

    def paint(self, painter: QPainter) -> None:
        paint_pill(painter, QRectF(self.rect()), self._pill, self.theme, self.sizes)


class DeadlineChip(StatusPill):
    """``DeadlineChip(5)``: neutral over 7 days, amber up to 7, filled amber today, brick overdue, outline when done."""

    def __init__(
        self,
        days: int | None,
        *,
        done_on_day: int | None = None,
        tr: Translator | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(deadline(days, done_on_day=done_on_day, tr=tr), scale=scale, parent=parent)
        self._tr = tr

    def set_days(self, days: int | None, *, done_on_day: int | None = None) -> None:
        self.set_pill(deadline(days, done_on_day=done_on_day, tr=self._tr))

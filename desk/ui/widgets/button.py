"""Buttons: verbs. One filled primary per screen."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desk.ui.theme import ALIGN_LEFT, Theme, font
from desk.ui.widgets.control import Control
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.key_hint import key_size, paint_key
from desk.ui.widgets.painting import draw_box, draw_text, line_height, mixed, text_width

KINDS = ("primary", "secondary", "tint", "danger", "ghost")


class Skin(NamedTuple):
    """Colours of one kind in one state."""

    fill: str | QColor | None
    edge: str | QColor | None
    ink: str | QColor
    key_edge: str | QColor


def skin(theme: Theme, kind: str, state: str) -> Skin:
    """How a button of ``kind`` looks in ``state`` ("", "hover", "pressed", "disabled")."""
    if state == "disabled":
        return _disabled(theme, kind)
    if kind == "primary":
        fill = {"hover": theme.petrol_hover, "pressed": theme.petrol_700}.get(state, theme.petrol_600)
        ink = theme.ink if theme.outlined and state == "pressed" else theme.on_petrol
        edge = theme.petrol_600 if theme.outlined else None
        return Skin(fill, edge, ink, mixed(ink, fill, 0.35))
    if kind == "tint":
        fill = {
            "hover": mixed(theme.petrol_100, theme.petrol_500, 0.12),
            "pressed": mixed(theme.petrol_100, theme.petrol_500, 0.25),
        }.get(state, theme.petrol_100)
        return Skin(fill, theme.on_tint if theme.outlined else None, theme.on_tint, mixed(theme.on_tint, fill, 0.45))
    if kind == "danger":
        fill = {"hover": theme.brick_100, "pressed": mixed(theme.brick_100, theme.brick_600, 0.12)}.get(
            state, theme.surface
        )
        return Skin(fill, theme.brick_text, theme.brick_text, mixed(theme.brick_text, theme.surface, 0.45))
    ground = None if kind == "ghost" else theme.surface
    fill = {"hover": theme.hover, "pressed": theme.petrol_100}.get(state, ground)
    edge = None if kind == "ghost" else (theme.accent if state else theme.line_strong)
    ink = theme.on_tint if state == "pressed" else theme.accent
    return Skin(fill, edge, ink, theme.line_strong)


def _disabled(theme: Theme, kind: str) -> Skin:
    ink = mixed(theme.ink_2, theme.sunken, 0.25)
    fill = theme.sunken if kind in ("primary", "tint") else (None if kind == "ghost" else theme.surface)
    edge = None if kind in ("primary", "tint", "ghost") and not theme.outlined else theme.line
    return Skin(fill, edge, ink, mixed(theme.line_strong, theme.sunken, 0.4))


class Button(Control):
    """``Button("Kaydet", icon="check", key="F2", kind="primary")``.

    With a key the label stands left and the cap right; without one the label is centred. ``compact`` is for rows and
    cards. An icon alone (no label) needs ``name``.
    """

    def __init__(
        self,
        label: str = "",
        *,
        icon: str | None = None,
        key: str | None = None,
        kind: str = "secondary",
        compact: bool = False,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._icon, self._key, self._kind, self._compact = icon, key, kind, compact
        self._key_shown = True

    def set_icon(self, icon: str | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def kind(self) -> str:
        return self._kind

    def set_kind(self, kind: str) -> None:
        if kind != self._kind:
            self._kind = kind
            self.update()

    def set_key(self, key: str | None) -> None:
        self._key = key
        self.updateGeometry()
        self.update()

    def show_key(self, on: bool) -> None:
        """With its key's cap, or without it where its row has too little room."""
        if on != self._key_shown:
            self._key_shown = on
            self.updateGeometry()
            self.update()

    def _cap(self) -> str | None:
        return self._key if self._key_shown else None

    def _face(self):
        return self.font_of("strong")

    def _content_width(self) -> int:
        width = text_width(self._face(), self._label)
        if self._icon:
            width += self.sizes.icon + (self.sizes.gap + self.sizes.pad // 4 if self._label else 0)
        return width

    def _height(self) -> int:
        return max(self.sizes.control, line_height(self._face()) + (8 if self._compact else 16))

    def width_with(self, *, key: bool) -> int:
        """The width it wishes for with its key's cap, or without."""
        pad = self.sizes.pad
        width = self._content_width() + 2 * pad
        if key and self._key:
            width += key_size(self._key, self.sizes).width() + pad // 2
        elif not self._label:
            width = self._height()
        return max(width, self._height())

    def sizeHint(self) -> QSize:
        return QSize(self.width_with(key=self._key_shown), self._height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look = skin(self.theme, self._kind, self.state())
        dashed = self.theme.outlined and self.state() == "disabled"
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border(), dashed)
        pad, gap, icon = self.sizes.pad, self.sizes.gap + self.sizes.pad // 4, self.sizes.icon
        content = self._content_width()
        left = float(pad) if self._cap() else max((rect.width() - content) / 2, pad / 2)
        right = rect.width() - pad
        if self._cap():
            right = self._paint_key(painter, rect, look)
        if self._icon:
            paint_icon(painter, self._icon, QRectF(left, (rect.height() - icon) / 2, icon, icon), look.ink)
            left += icon + gap
        room = right - left if self._cap() else min(right - left + pad / 2, rect.width() - left)
        draw_text(painter, QRectF(left, 0, room, rect.height()), self._label, self._face(), look.ink, ALIGN_LEFT)

    def _paint_key(self, painter: QPainter, rect: QRectF, look: Skin) -> float:
        cap = key_size(self._key, self.sizes)
        left = rect.width() - cap.width() - self.sizes.pad * 0.625
        place = QRectF(left, (rect.height() - cap.height()) / 2, cap.width(), cap.height())
        paint_key(painter, place, self._key, font("key", sizes=self.sizes), look.ink, look.key_edge)
        return left - self.sizes.gap


class HeroButton(Control):
    """The one big action of a page: title, what it will do, its keys, an icon at the right end."""

    def __init__(
        self,
        label: str,
        subtitle: str = "",
        *,
        keys: tuple[str, ...] = (),
        joiner: str = "",
        icon: str | None = None,
        name: str | None = None,
        scale: str = "staff",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(label, name=name, scale=scale, parent=parent)
        self._subtitle, self._keys, self._joiner, self._icon = subtitle, keys, joiner, icon
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_subtitle(self, subtitle: str) -> None:
        """What pressing it will do just now."""
        if subtitle != self._subtitle:
            self._subtitle = subtitle
            self.setAccessibleDescription(subtitle)
            self.update()

    def sizeHint(self) -> QSize:
        height = line_height(self.font_of("title")) + line_height(self.font_of("body")) + self.sizes.pad + 8
        return QSize(self._right_width() + text_width(self.font_of("title"), self._label) + 4 * self.sizes.pad, height)

    def _right_width(self) -> int:
        sizes = self.sizes
        width = sum(key_size(key, sizes).width() for key in self._keys)
        if len(self._keys) > 1:
            joint = text_width(self.font_of("body"), self._joiner) + 2 * sizes.gap if self._joiner else sizes.gap
            width += joint * (len(self._keys) - 1)
        return width + (sizes.icon * 2 + sizes.pad if self._icon else 0)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look, sizes, pale = skin(self.theme, "primary", self.state()), self.sizes, self.theme.petrol_soft
        if self.state() == "disabled" or self.theme.outlined:
            pale = look.ink
        dashed = self.theme.outlined and self.state() == "disabled"
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border(), dashed)
        pad = sizes.pad * 1.5
        room = rect.width() - 2 * pad - self._right_width() - sizes.gap
        top, below = line_height(self.font_of("title")), line_height(self.font_of("body"))
        y = (rect.height() - top - (below if self._subtitle else 0)) / 2
        draw_text(painter, QRectF(pad, y, room, top), self._label, self.font_of("title", 600), look.ink)
        draw_text(painter, QRectF(pad, y + top, room, below), self._subtitle, self.font_of("body"), pale)
        self._paint_right(painter, rect, rect.width() - pad, look, pale)

    def _paint_right(self, painter: QPainter, rect: QRectF, right: float, look: Skin, pale: str | QColor) -> None:
        sizes, face = self.sizes, self.font_of("key", 600)
        if self._icon:
            side = sizes.icon * 1.6
            paint_icon(painter, self._icon, QRectF(right - side, (rect.height() - side) / 2, side, side), look.ink)
            right -= sizes.icon * 2 + sizes.pad / 2
        for place, key in enumerate(reversed(self._keys)):
            if place:
                joint = text_width(self.font_of("body"), self._joiner) + 2 * sizes.gap if self._joiner else sizes.gap
                spot = QRectF(right - joint + sizes.gap, 0, joint, rect.height())
                draw_text(painter, spot, self._joiner, self.font_of("body"), pale, elide=False)
                right -= joint
            cap = key_size(key, sizes)
            spot = QRectF(right - cap.width(), (rect.height() - cap.height()) / 2, cap.width(), cap.height())
            paint_key(painter, spot, key, face, look.ink, look.key_edge)
            right -= cap.width()

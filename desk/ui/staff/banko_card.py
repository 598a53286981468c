"""The number at a counter: amber while it is called, petrol while it is served, empty in between."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import AtCounter, TicketState
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind
from desk.text import clock_time, minutes, stopwatch
from desk.ui.theme import ALIGN_CENTER, ALIGN_LEFT, ALIGN_RIGHT
from desk.ui.widgets import Painted, draw_box, draw_text, line_height, paint_icon, text_width

NUMBER_PX = 96
SHARE_OF_NUMBER = 0.6
"""Of what the card is higher than it needs to be."""

tr = translator()


class CallCard(Painted):
    """``show_ticket(current, now)`` and ``tick(now)``; the words are its accessible description."""

    def __init__(self, number_px: int = NUMBER_PX) -> None:
        super().__init__(tr(N_("Bankodaki numara")))
        self._pixels = number_px
        self._at: AtCounter | None = None
        self._now: datetime | None = None
        self._idle = ("", "")
        self._pad = 14 if number_px == NUMBER_PX else 9
        self._extra = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ticket(self, current: AtCounter | None, now: datetime, idle: tuple[str, str]) -> None:
        """``idle``: two lines for when nobody is at the counter."""
        self._at, self._now, self._idle = current, now, idle
        self._describe()

    def set_extra(self, pixels: int) -> None:
        """So much higher than it needs to be; the number takes the most of it."""
        if pixels != self._extra:
            self._extra = pixels
            self.updateGeometry()
            self.update()

    def least_height(self) -> int:
        """Pixels it needs without anything extra."""
        return self.sizeHint().height() - self._extra

    def tick(self, now: datetime) -> None:
        self._now = now
        self._describe()

    def _describe(self) -> None:
        if self._at is None:
            said = " · ".join(part for part in self._idle if part)
        else:
            said = " · ".join(
                [self._at.number, self._state(), self._corner(), *map(" ".join, self._pairs()), *self._facts()]
            )
        if said != self.accessibleDescription():
            self.setAccessibleDescription(said)
        self.update()

    # --- words

    def _serving(self) -> bool:
        return self._at is not None and self._at.state is TicketState.SERVING

    def _state(self) -> str:
        return tr(N_("İşlemde")) if self._serving() else tr(N_("Çağrıldı, bekleniyor"))

    def _corner(self) -> str:
        assert self._at is not None
        if self._serving():
            return tr(N_("Geliş {time}")).format(time=clock_time(self._at.issued_at))
        return tr(N_("{count}. çağrı")).format(count=self._at.recalls)

    def _pairs(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """What runs now, and how long the person had waited."""
        at, now = self._at, self._now
        assert at is not None and now is not None
        waited = tr(N_("{minutes} dk")).format(minutes=minutes(at.waited_seconds))
        if self._serving():
            running = (tr(N_("İşlem süresi")), stopwatch(now - (at.started_at or now)))
        else:
            running = (tr(N_("Çağrıdan beri")), stopwatch(now - at.called_at))
        return running, (tr(N_("Bekledi")), waited)

    def _facts(self) -> list[str]:
        """Priority without its class; the help that is needed, now that the number is called; persons."""
        at = self._at
        assert at is not None
        facts = [tr(N_("Öncelikli"))] if at.priority else []
        if at.help_needed in set(AssistanceKind):
            facts.append(tr(ASSISTANCE_NAMES[AssistanceKind(at.help_needed)]))
        if at.persons > 1:
            facts.append(tr(N_("{count} kişi")).format(count=at.persons))
        return facts

    # --- drawing

    def _number_px(self) -> int:
        return round(self._pixels * min(self.look.text_scale, 1.25))

    def _number_high(self) -> int:
        return round(self._number_px() * 1.16) + self._extra

    def sizeHint(self) -> QSize:
        heights = line_height(self.font_of("heading")) + line_height(self.font_of("hint"))
        heights += line_height(self.font_of("title")) + line_height(self.font_of("body"))
        return QSize(360, heights + self._number_high() + 2 * self._pad + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def _colors(self) -> tuple[str, str, str, str | None]:
        """Fill, ink, secondary ink, edge."""
        theme = self.theme
        if self._at is None:
            return theme.surface, theme.ink, theme.ink_2, theme.line
        if not self._serving():
            return theme.amber_500, theme.on_amber, theme.on_amber, None
        if theme.outlined:
            return theme.surface, theme.ink, theme.ink, theme.ink
        return theme.petrol_600, theme.on_petrol, theme.petrol_soft, None

    def paint(self, painter: QPainter) -> None:
        fill, ink, faint, edge = self._colors()
        rect = QRectF(self.rect())
        draw_box(painter, rect, self.sizes.radius_card, fill, edge, self.border())
        if self._at is None:
            self._paint_idle(painter, rect, ink, faint)
            return
        inner = rect.adjusted(18, self._pad, -18, -self._pad)
        top = self._paint_head(painter, inner, ink)
        high = self._number_high()
        spot = QRectF(inner.x(), top, inner.width(), high)
        face = self.font_of(self._fitting(inner.width()), 700)
        draw_text(painter, spot, self._at.number, face, ink, ALIGN_CENTER, elide=False)
        top = self._paint_pairs(painter, inner, top + high, ink, faint)
        self._paint_facts(painter, QRectF(inner.x(), top, inner.width(), line_height(self.font_of("body"))), ink)

    def _fitting(self, width: float) -> int:
        assert self._at is not None
        pixels = self._number_px() + round(self._extra * SHARE_OF_NUMBER)
        wide = text_width(self.font_of(pixels, 700), self._at.number)
        return pixels if wide <= width else int(pixels * width / wide)

    def _paint_idle(self, painter: QPainter, rect: QRectF, ink: str, faint: str) -> None:
        title, text = self._idle
        first, second = line_height(self.font_of("title")), line_height(self.font_of("body"))
        y = (rect.height() - first - second - 4) / 2
        draw_text(painter, QRectF(12, y, rect.width() - 24, first), title, self.font_of("title"), ink, ALIGN_CENTER)
        spot = QRectF(12, y + first + 4, rect.width() - 24, second)
        draw_text(painter, spot, text, self.font_of("body"), faint, ALIGN_CENTER)

    def _paint_head(self, painter: QPainter, inner: QRectF, ink: str) -> float:
        high, side = line_height(self.font_of("heading")), self.sizes.icon
        icon = "play" if self._serving() else "speaker"
        paint_icon(painter, icon, QRectF(inner.x(), inner.y() + (high - side) / 2, side, side), ink)
        corner, face = self._corner(), self.font_of("body", 500)
        wide = text_width(face, corner)
        spot = QRectF(inner.right() - wide, inner.y(), wide, high)
        draw_text(painter, spot, corner, face, ink, ALIGN_RIGHT, elide=False)
        left = inner.x() + side + 8
        spot = QRectF(left, inner.y(), inner.right() - wide - 8 - left, high)
        draw_text(painter, spot, self._state(), self.font_of("heading"), ink)
        return inner.y() + high

    def _paint_pairs(self, painter: QPainter, inner: QRectF, top: float, ink: str, faint: str) -> float:
        label, value = self.font_of("hint", 500), self.font_of("title")
        first, second = line_height(label), line_height(value)
        for (name, words), align in zip(self._pairs(), (ALIGN_LEFT, ALIGN_RIGHT), strict=True):
            draw_text(painter, QRectF(inner.x(), top, inner.width(), first), name, label, faint, align)
            draw_text(painter, QRectF(inner.x(), top + first - 2, inner.width(), second), words, value, ink, align)
        return top + first + second

    def _paint_facts(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        facts = " · ".join(self._facts())
        draw_text(painter, rect, facts, self.font_of("body", 600), ink, ALIGN_LEFT | Qt.AlignmentFlag.AlignVCenter)

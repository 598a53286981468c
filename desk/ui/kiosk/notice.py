"""Pages that say one thing: help is coming, closed, no number possible, just a moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QPainter

from desk.errors import N_
from desk.ui.kiosk import words
from desk.ui.kiosk.fitting import even, least
from desk.ui.kiosk.keys import FinishKey
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, Countdown, Scaled
from desk.ui.kiosk.words import Notice
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Button, draw_box, draw_lines, line_height, paint_icon

if TYPE_CHECKING:
    from desk.registry.emergency import Emergency

BACK_SECONDS = 20


GRAVE = 1.6
"""How much larger an emergency is said than anything else."""


class Saying(Scaled):
    """An icon, a title and a sentence in the middle of their room. ``grave``: an emergency, larger and in colour."""

    def __init__(self, notice: Notice, *, grave: bool = False) -> None:
        super().__init__(notice.title)
        self._notice, self._grave = notice, grave
        self.setAccessibleDescription(notice.sentence)
        self.setSizePolicy(EXPAND, EXPAND)

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        (title, head), (below, lines) = self._fitting(rect.width() * 0.9, rect.height())
        step, line, disc = line_height(title), line_height(below), self.px(200)
        words = step * len(head) + self.px(20) + line * len(lines)
        high = disc + self.px(48) + words
        if high > rect.height():
            disc, high = 0.0, words
        top = max(0.0, (rect.height() - high) / 2)
        if disc:
            self._paint_disc(painter, QRectF(rect.center().x() - disc / 2, top, disc, disc))
            top += disc + self.px(48)
        spot = QRectF(rect.x(), top, rect.width(), step * len(head))
        draw_lines(painter, spot, head, title, theme.ink, ALIGN_CENTER)
        spot = QRectF(rect.x(), spot.bottom() + self.px(20), rect.width(), line * len(lines))
        draw_lines(painter, spot, lines, below, theme.ink_2_kiosk, ALIGN_CENTER)

    def _fitting(self, wide: float, high: float) -> list[tuple[QFont, list[str]]]:
        """Title and sentence in the largest letters, down to the usual ones, in which both are said whole."""
        large = round(self.px(64) * min(self.look.text_scale, 1.25))
        strong = self.font_of("strong", 400).pixelSize()
        found: list[tuple[QFont, list[str]]] = []
        for percent in range(round(100 * (GRAVE if self._grave else 1)), 60, -5):
            title = self.font_of(max(round(large * percent / 100), least(self.look)), 600)
            below = self.font_of(max(round(strong * percent / 100), least(self.look)), 400)
            found = [(title, even(title, self._notice.title, wide)), (below, even(below, self._notice.sentence, wide))]
            if sum(line_height(face) * len(lines) for face, lines in found) + self.px(20) <= high:
                break
        return found

    def _paint_disc(self, painter: QPainter, box: QRectF) -> None:
        theme = self.theme
        fill, ink = (theme.brick_600, theme.on_brick) if self._grave else (theme.petrol_100, theme.on_tint)
        edge = ink if theme.outlined else None
        draw_box(painter, box, box.width() / 2, fill, edge, self.border())
        side = box.width() * 0.5
        spot = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        paint_icon(painter, self._notice.icon, spot, ink)


class NoticePage(KioskPage):
    """``finish`` names the key that ends it ("" for a page that ends by itself), ``extra`` a second key;
    ``seconds`` 0 stays as long as its cause lasts; ``go_on``: the second key is what most want, so it is the filled
    one; ``stuck``: who reads this may need somebody; ``grave``: an emergency."""

    extra_pressed = Signal()

    def __init__(
        self,
        stage: Stage,
        notice: Notice,
        *,
        finish: str = "",
        extra: str = "",
        seconds: int = 0,
        languages: bool = False,
        go_on: bool = False,
        stuck: bool = False,
        grave: bool = False,
    ) -> None:
        super().__init__(stage)
        tr = self.tr_
        body = self.frame(hero="")  # a greeting would be larger than what is said
        self.saying = Saying(notice, grave=grave)
        self.saying.setObjectName("saying")
        body.addWidget(self.saying, 1)
        high = stage.px(140 if stage.portrait else 110)
        keys = [("extra", extra, self.extra_pressed.emit), ("finish", finish, lambda: self.go.emit("start"))]
        if stuck:
            body.addWidget(self.help_button())
        for name, words_, act in reversed(keys) if go_on else keys:
            if words_:
                filled = name == ("extra" if go_on else "finish")
                key = FinishKey(words_, high) if filled else Button(words_, scale="kiosk")
                key.setObjectName(name)
                key.clicked.connect(lambda _on=False, act=act: act())
                body.addWidget(key)
        if seconds:
            running = tr(N_("{seconds} saniye sonra başlangıç ekranına dönülür."))
            self.countdown = Countdown(seconds, running, tr(N_("Süre durduruldu.")))
            self.countdown.ended.connect(lambda: self.go.emit("start"))
            body.addWidget(self.countdown)
        if languages:
            columns = 5 if stage.portrait else 3
            keys = self.language_keys(columns)
            even_columns(keys, columns)
            (body if stage.portrait else self.side).addLayout(keys)


def waiting(stage: Stage) -> NoticePage:
    """Before the first look at the database."""
    tr = stage.tr
    page = NoticePage(stage, Notice(tr(N_("Bir an lütfen")), tr(N_("Kiosk hazırlanıyor.")), "clock"))
    page.barred = False  # gone in a moment; the first picture comes the sooner
    return page


def away(stage: Stage) -> NoticePage:
    """While the database cannot be reached."""
    return NoticePage(stage, words.away(stage.offer, stage.tr), languages=True, stuck=True)


def emergency(stage: Stage, emergency: Emergency) -> NoticePage:
    """What everybody has to know now; where numbers go on, a key leads back to them."""
    tr = stage.tr
    notice = Notice(tr(emergency.title), tr(emergency.sentence), emergency.icon)
    return NoticePage(stage, notice, extra="" if emergency.closes else tr(N_("Devam et")), languages=True, grave=True)


def closed(stage: Stage, now: datetime) -> NoticePage:
    """Outside opening hours."""
    offer, lang = stage.offer, stage.visitor.lang
    notice = words.closed(offer.closed, now, offer.header.hotline, lang, stage.tr)
    # Where an application stands can be asked without a number; everything else waits for the opening.
    page = NoticePage(stage, notice, extra=stage.tr(N_("Başvurum nerede?")) if offer.status else "", languages=True)
    page.extra_pressed.connect(lambda: page.go.emit("status"))
    return page

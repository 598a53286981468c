"""Pages that say one thing: help is coming, closed, no number possible, just a moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter

from desk.errors import N_
from desk.ui.kiosk import words
from desk.ui.kiosk.fitting import even
from desk.ui.kiosk.keys import FinishKey
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, Countdown, Scaled
from desk.ui.kiosk.words import Notice
from desk.ui.theme import ALIGN_CENTER
from desk.ui.widgets import Button, draw_box, draw_lines, line_height, paint_icon

if TYPE_CHECKING:
    from desk.registry.emergency import Emergency

BACK_SECONDS = 20


class Saying(Scaled):
    """An icon, a title and a sentence in the middle of their room."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.title)
        self._notice = notice
        self.setAccessibleDescription(notice.sentence)
        self.setSizePolicy(EXPAND, EXPAND)

    def paint(self, painter: QPainter) -> None:
        theme, rect = self.theme, QRectF(self.rect())
        wide = rect.width() * 0.9
        title = self.font_of(round(self.px(64) * min(self.look.text_scale, 1.25)), 600)
        below = self.font_of("strong", 400)
        head, lines = even(title, self._notice.title, wide), even(below, self._notice.sentence, wide)
        step, line, disc = line_height(title), line_height(below), self.px(200)
        high = disc + self.px(48) + step * len(head) + self.px(20) + line * len(lines)
        if high > rect.height():
            disc, high = 0.0, high - disc - self.px(48)
        top = max(0.0, (rect.height() - high) / 2)
        if disc:
            box = QRectF(rect.center().x() - disc / 2, top, disc, disc)
            edge = theme.on_tint if theme.outlined else None
            draw_box(painter, box, disc / 2, theme.petrol_100, edge, self.border())
            inner = disc * 0.5
            spot = QRectF(box.center().x() - inner / 2, box.center().y() - inner / 2, inner, inner)
            paint_icon(painter, self._notice.icon, spot, theme.on_tint)
            top += disc + self.px(48)
        spot = QRectF(rect.x(), top, rect.width(), step * len(head))
        draw_lines(painter, spot, head, title, theme.ink, ALIGN_CENTER)
        spot = QRectF(rect.x(), spot.bottom() + self.px(20), rect.width(), line * len(lines))
        draw_lines(painter, spot, lines, below, theme.ink_2_kiosk, ALIGN_CENTER)


class NoticePage(KioskPage):
    """``finish`` names the key that ends it ("" for a page that ends by itself), ``extra`` a second key;
    ``seconds`` 0 stays as long as its cause lasts; ``go_on``: the second key is what most want, so it is the filled
    one; ``stuck``: who reads this may need somebody."""

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
    ) -> None:
        super().__init__(stage)
        tr = self.tr_
        body = self.frame(hero="")  # a greeting would be larger than what is said
        self.saying = Saying(notice)
        self.saying.setObjectName("saying")
        body.addWidget(self.saying, 1)
        self.countdown: Countdown | None = None
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
    return NoticePage(stage, Notice(tr(N_("Bir an lütfen")), tr(N_("Kiosk hazırlanıyor.")), "clock"))


def away(stage: Stage) -> NoticePage:
    """While the database cannot be reached."""
    return NoticePage(stage, words.no_numbers(stage.tr), languages=True)


def emergency(stage: Stage, emergency: Emergency) -> NoticePage:
    """What everybody has to know now; where numbers go on, a key leads back to them."""
    tr = stage.tr
    notice = Notice(tr(emergency.title), tr(emergency.sentence), emergency.icon)
    return NoticePage(stage, notice, extra="" if emergency.closes else tr(N_("Devam et")), languages=True)


def closed(stage: Stage, now: datetime) -> NoticePage:
    """Outside opening hours."""
    offer, lang = stage.offer, stage.visitor.lang
    notice = words.closed(offer.closed, now, offer.header.hotline, lang, stage.tr)
    # Where an application stands can be asked without a number; everything else waits for the opening.
    page = NoticePage(stage, notice, extra=stage.tr(N_("Başvurum nerede?")) if offer.status else "", languages=True)
    page.extra_pressed.connect(lambda: page.go.emit("status"))
    return page

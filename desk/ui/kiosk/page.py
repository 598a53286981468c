"""The frame of every kiosk page: petrol panel with the site's name, body, and the keys for language and seeing.

Pages are built anew for every visitor's choice (language, size, contrast) and every screen size, so that nothing of an
earlier language or person can stay behind. A page only shows and asks; the window acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import LANGUAGES, Translator
from desk.queue.types import ServiceQueue
from desk.ui.kiosk import seeing, words
from desk.ui.kiosk.fitting import ARABIC
from desk.ui.kiosk.keys import LanguageKey, ServiceTile, SlimKey
from desk.ui.kiosk.offer import Offer
from desk.ui.kiosk.parts import (
    EXPAND,
    HERO_SENTENCE,
    LEAST_GREETING,
    PREFER,
    Assurance,
    Countdown,
    Hero,
    PetrolPanel,
    SiteHead,
    left_to_right,
)
from desk.ui.kiosk.visitor import Visitor
from desk.ui.theme import stand_on_petrol
from desk.ui.widgets import Button, Text
from desk.values import dataclass

GREETING = 300
"""A panel that is higher greets (pixels of the picture); another one only says where one is."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a page is built from."""

    offer: Offer
    visitor: Visitor
    tr: Translator
    time: str  # as it is shown
    wide: int  # of the window, pixels
    high: int
    factor: float  # window over picture
    window: QWidget  # whose look the page takes
    voice: bool = False  # this kiosk can speak

    @property
    def portrait(self) -> bool:
        return self.high > self.wide

    def px(self, pixels: float) -> int:
        """Pixels of the picture as pixels of this window."""
        return round(pixels * self.factor)


class KioskPage(QWidget):
    """Base of the pages. ``go`` names another step, ``adjusted`` carries a changed Visitor."""

    go = Signal(str)
    adjusted = Signal(object)
    said = Signal(str, bool)
    """What just happened on this page, for who hears it instead; True: everybody may hear it."""

    added = Signal(str)
    """What has come to this page since it was read out."""

    forecasts = True
    """Whether tiles tell how long one waits."""

    private = False
    """What stands here is somebody's own: only headphones hear it."""

    spoken = ""
    keys_in = ""
    """The languages of what stands here, when it is not the visitor's, and of its keys."""

    barred = True
    """Whether the bar for seeing and hearing stands here: on every page that a visitor meets and that has none of its
    own (EN 301 549, 5.1.2.2)."""

    countdown: Countdown | None = None
    """The bar back to the start, on pages that have one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self.stage = stage
        self.tr_ = stage.tr
        self._clocks: list[SiteHead | Text] = []
        self._tiles: dict[str, ServiceTile] = {}

    # --- the frame

    def frame(
        self, *, hero: str, sentence: str = "", question: str = "", tall: int = 168, news: str = ""
    ) -> QVBoxLayout:
        """Lay the panel out and return the body's layout. ``tall``: the panel's height in portrait (pixels of the
        picture), where it holds the hero only when that is large; ``news``: what is announced below it."""
        stage = self.stage
        self.panel = PetrolPanel(edge="below" if stage.portrait else "beside")
        stand_on_petrol(self.panel)
        outer: QBoxLayout = QVBoxLayout(self) if stage.portrait else QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.panel)
        self.body = QWidget()
        outer.addWidget(self.body, 1)
        body = self._column = QVBoxLayout(self.body)
        side = stage.px(48)
        body.setContentsMargins(side, stage.px(36), side, stage.px(36 if stage.portrait else 48))
        body.setSpacing(stage.px(20))
        if stage.portrait:
            self._portrait(hero, sentence, tall, news, outer)
        else:
            self._landscape(hero, sentence, question, news, body, named=tall <= GREETING)
        return body

    def _head(self) -> SiteHead:
        header = self.stage.offer.header
        below = header.municipality
        if self.stage.portrait:
            below = f"{header.municipality} · {header.department}"
        return SiteHead(header.site, below)

    def _portrait(self, hero: str, sentence: str, tall: int, news: str, outer: QBoxLayout) -> None:
        stage = self.stage
        box = QVBoxLayout(self.panel)
        tight = tall > GREETING and stage.visitor.text_step > 1
        box.setContentsMargins(stage.px(48), stage.px(20 if tight else 36), stage.px(48), stage.px(12 if tight else 28))
        head = self._head()
        head.set_time(stage.time)
        self._clocks.append(head)
        box.addWidget(head)
        box.addWidget(self._greeting(hero, sentence, news) if tall > GREETING else QWidget(), 1)
        lowered = stage.visitor.lowered and tall > GREETING
        self.panel.wish = stage.px(tall)
        self.panel.setSizePolicy(EXPAND, EXPAND if lowered else PREFER)
        outer.setStretch(0, 1 if lowered else 0)
        outer.setStretch(1, 0 if lowered else 1)

    def _greeting(self, hero: str, sentence: str, news: str) -> Hero:
        """What to do here is said in large letters, too."""
        visitor, size = self.stage.visitor, 100
        made = Hero(hero, sentence, size=size, news=news)
        line = size * HERO_SENTENCE * min(visitor.text_scale, 1.25) * LEAST_GREETING
        made.setMinimumHeight(self.stage.px(line * (ARABIC if visitor.mirrored else 1.4)) + 2)
        return made

    def _landscape(self, hero: str, sentence: str, question: str, news: str, body: QVBoxLayout, *, named: bool) -> None:
        stage = self.stage
        self.panel.setFixedWidth(stage.px(600))
        self.side = QVBoxLayout(self.panel)
        self.side.setContentsMargins(stage.px(48), stage.px(32), stage.px(48), stage.px(40))
        self.side.setSpacing(stage.px(16))
        self.side.addWidget(self._head())
        instead = bool(news) and stage.visitor.text_step > 1  # of the question: what to do is said beside it, too
        self.side.addWidget(Hero(hero, sentence, size=84, news="" if instead else news, named=named), 1)
        top = QHBoxLayout()
        if instead:
            announced = Assurance(left_to_right(news), lines=2, icon="bell", size=32)
            announced.setObjectName("news-line")
            top.addWidget(announced, 1)
        else:
            top.addWidget(Text(question, "heading", scale="kiosk", wrap=True), 1)
        clock = Text(stage.time, stage.px(56), weight=700, scale="kiosk")
        self._clocks.append(clock)
        top.addWidget(clock)
        body.addLayout(top)

    def set_time(self, time: str) -> None:
        for clock in self._clocks:
            clock.set_time(time) if isinstance(clock, SiteHead) else clock.setText(time)

    def add_bar(self) -> None:
        """Put the bar for seeing and hearing at its foot, when everything else stands."""
        if not self.barred:
            return
        bar = seeing.bar(self)
        if self.stage.portrait:
            self._column.addSpacing(self.stage.px(seeing.BAR_ABOVE))
            self._column.addLayout(bar)
        else:
            self.side.addLayout(bar)

    def take_over(self, old: KioskPage) -> None:
        """``old`` was this page in another look, language or size: what its visitor had begun goes on here."""
        if self.countdown is not None and old.countdown is not None and old.countdown.paused:
            self.countdown.pause()

    def enter(self) -> None:
        """It is shown now."""

    def headphones(self, body: QVBoxLayout) -> None:
        """On a page that is somebody's own: the key that says headphones are plugged (no machine feels them)."""
        visitor = self.stage.visitor
        if visitor.aloud and not visitor.headphones and self.stage.offer.headphones == "ask":
            key = Button(self.tr_(N_("Kulaklık taktım")), icon="speaker", kind="tint", scale="kiosk")
            key.setObjectName("headphones")
            key.setProperty("public", True)
            key.clicked.connect(lambda: self._adjust(headphones=True))
            body.addWidget(key)

    # --- keys that several pages have

    def help_button(self) -> Button:
        """Asks for somebody to come; also where a page is somebody's own."""
        key = SlimKey(self.tr_(N_("Yardım istiyorum")), icon="escort", scale="kiosk")
        key.setObjectName("help")
        key.setProperty("public", True)
        key.clicked.connect(lambda: self.go.emit("help"))
        return key

    def language_keys(self, columns: int) -> QGridLayout:
        """A key for each language; the choice holds for this visitor."""
        grid = self.grid(16 if self.stage.portrait else 12)
        for place, lang in enumerate(LANGUAGES):
            key = LanguageKey(words.LANGUAGE_NAMES[lang], lang == self.stage.visitor.lang)
            key.setObjectName(f"lang:{lang}")
            key.clicked.connect(lambda _=False, lang=lang: self._adjust(lang=lang))
            grid.addWidget(key, place // columns, place % columns)
        return grid

    def assurance(self, sentence: str, lines: int = 1) -> Assurance:
        """The privacy line, and the number that is answered by a person."""
        hotline = self.stage.offer.header.hotline
        below = self.tr_(N_("Yardım hattı: {hotline}")).format(hotline=hotline) if hotline else ""
        return Assurance(sentence, below, lines)

    def service_tiles(self, queues: Sequence[ServiceQueue], layout: str, *, bare: bool = False) -> list[ServiceTile]:
        """Tiles whose ``objectName`` is "service:CODE"; ``set_queues`` keeps their forecasts fresh."""
        tiles = []
        for queue in queues:
            service = queue.service
            note = self._note(queue)
            tile = ServiceTile(self.tr_(service.name), note, icon=service.icon or "info", layout=layout, bare=bare)
            tile.setParent(self)  # its size depends on the look of the window
            tile.setObjectName(f"service:{service.code}")
            tile.set_quiet(words.tile_full(queue))
            self._tiles[service.code] = tile
            tiles.append(tile)
        return tiles

    def _note(self, queue: ServiceQueue) -> str:
        return words.tile_note(queue, self.tr_, self.stage.visitor.lang, forecast=self.forecasts)

    def spare_icons(self, tiles: Sequence[ServiceTile], columns: int, gap: int) -> None:
        """Large letters and long names: all tiles go without their icon when one of them needs its room. ``columns``
        and ``gap`` (pixels of the picture) are those of the grid."""
        stage = self.stage
        body = stage.wide - stage.px(2 * 48) - (0 if stage.portrait else stage.px(600))
        wide = (body - (columns - 1) * stage.px(gap)) / columns
        if any(tile.cramped(wide) for tile in tiles):
            for tile in tiles:
                tile.make_bare()

    def set_queues(self, queues: Sequence[ServiceQueue]) -> None:
        """New forecasts for the tiles there are."""
        for queue in queues:
            tile = self._tiles.get(queue.service.code)
            if tile is not None:
                tile.set_note(self._note(queue))
                tile.set_quiet(words.tile_full(queue))

    def grid(self, gap: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(self.stage.px(gap))
        return grid

    def _adjust(self, **choice) -> None:
        self.adjusted.emit(replace(self.stage.visitor, **choice))


def even_columns(grid: QGridLayout, columns: int) -> None:
    """All columns equally wide, whatever is in them."""
    for column in range(columns):
        grid.setColumnStretch(column, 1)
        grid.setColumnMinimumWidth(column, 1)

"""All services, also for "Öncelikli sıra": nobody is asked why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desk.errors import N_
from desk.ui.kiosk import seeing
from desk.ui.kiosk.fitting import bound
from desk.ui.kiosk.home import PRIORITY_SENTENCE
from desk.ui.kiosk.keys import ServiceTile
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, PageTitle
from desk.ui.widgets import Button, Text

IN_REACH = 0.62
"""The lower share of a portrait screen in which everything lies that is touched while it is lowered."""


class ServicesPage(KioskPage):
    """Tiles of all services, in as many leaves as they need."""

    chosen = Signal(str)
    turned = Signal(int)

    def __init__(self, stage: Stage, *, priority: bool, leaf: int = 0) -> None:
        super().__init__(stage)
        self.forecasts = not priority  # those of the tiles are for who waits without öncelik
        tr = self.tr_
        question, simple = tr(N_("Hangi işlem için geldiniz?")), stage.visitor.simple
        title = tr(N_("Öncelikli sıra")) if priority else question if simple else tr(N_("Tüm hizmetler"))
        sentence = tr(PRIORITY_SENTENCE) if priority else tr(N_("İşleminizi seçiniz, sıra numaranızı alınız."))
        # The largest letters want the room of what the start page has said already.
        self._said = priority or stage.visitor.text_step < 2
        body = self.frame(hero=title, sentence=sentence, question="" if title == question else question)
        if stage.portrait:
            body.addWidget(PageTitle(title))
            if self._said:
                body.addWidget(Text(bound(sentence), "body", "ink_2_kiosk", scale="kiosk", wrap=True))
            body.addSpacing(stage.px(8))
        body.addStretch(1)  # what can be touched lies low
        self._tiles_of_leaf(body, leaf)
        body.addSpacing(stage.px(12))
        self._foot(body)

    def _tiles_of_leaf(self, body, leaf: int) -> None:
        stage = self.stage
        layout, bare, columns, rows = self._way_to_lay()
        room = rows * columns
        self.leaves = max(1, -(-len(stage.offer.queues) // room))
        self.leaf = leaf % self.leaves
        queues = stage.offer.queues[self.leaf * room : (self.leaf + 1) * room]
        tiles = self.service_tiles(queues, layout, bare=bare)
        if layout == "row" and not bare:
            self.spare_icons(tiles, columns, 20)
        grid = self.grid(20)
        even_columns(grid, columns)
        for place, (queue, tile) in enumerate(zip(queues, tiles, strict=True)):
            tile.clicked.connect(lambda _=False, code=queue.service.code: self.chosen.emit(code))
            tile.setSizePolicy(EXPAND, FIX if stage.visitor.lowered else EXPAND)
            tile.setMaximumHeight(max(stage.px(280), tile.sizeHint().height()))
            grid.addWidget(tile, place // columns, place % columns)
        body.addLayout(grid, 0 if stage.visitor.lowered else 6)

    def _way_to_lay(self) -> tuple[str, bool, int, int]:
        """Layout, whether without icons, columns and rows: the roomiest that shows all services at once, so that
        nobody needs a third touch; in the largest letters the rest comes on further leaves."""
        stage = self.stage
        if stage.visitor.simple:  # few and large; the rest on further leaves
            return ("row", False, 1, 4) if stage.portrait else ("column", False, 2, 2)
        if stage.visitor.text_step > 1 and not (stage.portrait and stage.visitor.lowered):
            # Large names before fewer leaves; a forecast beside a long name wants the width of two.
            across = 2 if stage.portrait or self.forecasts else 3
            ways = [("row", not stage.portrait, across)]
        elif not stage.portrait:
            ways = [("column", False, 3), ("row", False, 3), ("row", True, 4)]
        elif stage.visitor.lowered:  # three beside each other: the rows above come down into reach
            ways = [("row", True, 2 if stage.visitor.text_step > 1 else 3)]
        else:
            ways = [("row", False, 2), ("row", True, 3)]
        found = ("row", True, 2, 1)
        for layout, bare, columns in ways:
            sample = ServiceTile("", "", icon="info", layout=layout, bare=bare)
            sample.setParent(self)
            high, count = sample.sizeHint().height(), len(stage.offer.queues)
            sample.deleteLater()
            found = (layout, bare, columns, self._rows(high, more=False))
            if columns * found[3] >= count:
                break
            found = (layout, bare, columns, self._rows(high, more=True))
        return found

    def _rows(self, tile: int, *, more: bool) -> int:
        """Rows of tiles that fit between title and keys; ``more``: with the way to the other services."""
        stage, text = self.stage, self.stage.visitor.text_scale
        taken = 84 + 60 * text + 88 * text + 90
        if stage.portrait:
            said, foot = 2 if self._said else 0, 2 if more and self._tall_foot() else 1
            taken = 168 + 101 + 40 * text * said + 88 * text * foot + 160
        room = stage.high - stage.px(taken) - seeing.bar_high(self)
        if stage.portrait and stage.visitor.lowered:
            below = 88 * text * foot + 20 * foot + 12 + 20 + 36
            room = min(room, round(stage.high * IN_REACH) - stage.px(below) - seeing.bar_high(self))
        return max(1, int((room + stage.px(20)) / (tile + stage.px(20))))

    def _tall_foot(self) -> bool:
        """Large letters need a row of their own for the way to the other services."""
        return self.stage.portrait and self.stage.visitor.text_step > 0

    def _foot(self, body) -> None:
        tr = self.tr_
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        back = Button(tr(N_("Geri")), icon="arrow-left", scale="kiosk")  # turned by the kit in a mirrored window
        back.setObjectName("back")
        back.clicked.connect(lambda: self.go.emit("home"))
        row.addWidget(back, 1)
        if self.leaves > 1:
            more = Button(tr(N_("Diğerleri")), icon="dots", kind="tint", scale="kiosk")
            more.setObjectName("more")
            more.clicked.connect(lambda: self.turned.emit(self.leaf + 1))
            if self._tall_foot():
                body.addWidget(more)
            else:
                row.addWidget(more, 1)
        row.addWidget(self.help_button(), 1)
        body.addLayout(row)

"""The start page: services, öncelikli sıra, help; language and ways to see."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desk.errors import N_
from desk.ui.kiosk import seeing
from desk.ui.kiosk.keys import ChoiceTile, ServiceTile, SlimKey
from desk.ui.kiosk.more import MORE, Errand, errands
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, Assurance
from desk.ui.widgets import Button, Text

CLOSE = 14
"""Between the rows of a landscape screen, pixels of the picture: who may take a priority number wants the room."""

COMFORTABLE_KEY = 0.87
"""How much narrower than usual a key may be before it goes to the page of all the rest."""

PRIORITY_SENTENCE = N_("65 yaş ve üzeri, engelli, hamile, bebekli / küçük çocuklu, şehit yakını / gazi")


class HomePage(KioskPage):
    """One touch gives a number; "Öncelikli sıra" and "Diğer hizmetler" need two."""

    chosen = Signal(str)
    barred = False  # it has larger keys for the same

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr = self.tr_
        body = self.frame(
            hero=tr(N_("Hoş geldiniz")),
            sentence=tr(N_("İşleminizi seçiniz, sıra numaranızı alınız.")),
            question=tr(N_("Hangi işlem için geldiniz?")),
            tall=(480, 420, 330)[stage.visitor.text_step],
            news=next(iter(stage.offer.news_in(stage.visitor.lang)), ""),
        )
        if stage.portrait:
            if stage.visitor.lowered:  # what is only read stands above what is touched
                body.addWidget(self._assured())
            keys = self.language_keys(5)
            even_columns(keys, 5)
            body.addLayout(keys)
        elif stage.visitor.lowered:
            body.addStretch(1)
        tight = stage.visitor.text_step > 1
        if not stage.portrait:
            body.setSpacing(stage.px(CLOSE))
        if tight:
            body.setSpacing(stage.px(14))
            side = stage.px(24)
            body.setContentsMargins(body.contentsMargins().left(), side, body.contentsMargins().right(), side)
        self._services(body)
        self._choices(body)
        if stage.portrait:
            self._foot(body)
        else:
            self._side()

    def _services(self, body) -> None:
        stage, large = self.stage, self.stage.visitor.text_step
        layout = "row" if stage.portrait or large else "column"  # large letters want the room of the icon
        lowered = stage.visitor.lowered
        # Without icons three tiles stand side by side: the rows above come down into reach.
        columns = 3 if lowered or not stage.portrait else 2
        bare = lowered or (large > 1 and not stage.portrait)
        tiles = self.service_tiles(stage.offer.tiles(), layout, bare=bare)
        for queue, tile in zip(stage.offer.tiles(), tiles, strict=True):
            tile.clicked.connect(lambda _=False, code=queue.service.code: self.chosen.emit(code))
        if stage.offer.more:
            tr = self.tr_
            more = ServiceTile(
                tr(N_("Diğer hizmetler")), tr(N_("Tüm hizmetler")), icon="buildings", layout=layout, bare=bare
            )
            more.setParent(self)  # its size depends on the look of the window
            more.setObjectName("more")
            more.clicked.connect(lambda: self.go.emit("services"))
            tiles.append(more)
        if layout == "row" and not bare:
            self.spare_icons(tiles, columns, 20)
        grid = self.grid(20)
        even_columns(grid, columns)
        for place, tile in enumerate(tiles):
            tile.setSizePolicy(EXPAND, FIX if lowered else EXPAND)
            grid.addWidget(tile, place // columns, place % columns)
        body.addLayout(grid, 0 if lowered else 3)
        rows = -(-len(tiles) // columns)
        self._tiles_high = rows * max((tile.minimumSizeHint().height() for tile in tiles), default=0)
        self._tiles_high += stage.px(20) * (rows - 1)

    def _spare(self) -> int:
        """How high the two wide keys may be, the tiles keeping what they need."""
        stage = self.stage
        if stage.portrait:
            return stage.high
        return max(0, stage.high - self._tiles_high - stage.px(36 + 80 + 3 * CLOSE + 88 + 48 + 6))

    def _choices(self, body) -> None:
        tr, lowered = self.tr_, self.stage.visitor.lowered
        lines = 2 if self.stage.portrait and self.stage.visitor.text_step else 1
        sentence = tr(PRIORITY_SENTENCE)
        priority = ChoiceTile(tr(N_("Öncelikli sıra")), sentence, icon="walking-stick", filled=True, lines=lines)
        priority.setObjectName("priority")
        priority.clicked.connect(lambda: self.go.emit("priority"))
        sentence = tr(N_("Refakat: bir görevlimiz yanınıza gelir"))
        help_me = ChoiceTile(tr(N_("Yardım istiyorum")), sentence, icon="escort", filled=False, lines=lines)
        help_me.setObjectName("help")
        help_me.clicked.connect(lambda: self.go.emit("help"))
        row = self.grid(20)
        even_columns(row, 2)
        for place, tile in enumerate((priority, help_me)):
            tile.setParent(self)  # its size depends on the look of the window
            tile.set_flat(lowered)
            if not lowered and not self.stage.visitor.text_step:  # says who may take it
                tile.setMinimumHeight(min(tile.high((self._body_wide() - self.stage.px(20)) / 2), self._spare()))
            row.addWidget(tile, 0, place)
        if self.stage.portrait:
            body.addSpacing(self.stage.px(8))
        body.addLayout(row, 0 if lowered else 1)
        self._calm_row(body)

    def _calm_row(self, body) -> None:
        """What is not a number: a key each where there is room for all of them, else one key for the rest."""
        stage = self.stage
        if self._more_below():
            return
        wanted = [one for one in errands(stage) if one.step not in ("privacy", "simple")]
        more = Errand("more", self.tr_(MORE), "", "list")
        if self._notice_above():
            row = self.grid(20)
            row.addWidget(self._calm_key(more), 0, 0)
            row.addWidget(self._notice_key(), 0, 1)
            even_columns(row, 2)
            body.addLayout(row)
            return
        made = keys = [self._calm_key(one) for one in wanted]
        if self._wide(keys) > self._body_wide() or len(keys) > 3:
            last = self._calm_key(more)
            keys = [*keys[:2], last]
            while len(keys) > 1 and self._wide(keys) > self._body_wide():
                keys = [*keys[:-2], last]
        for key in made:
            if key not in keys:
                key.setParent(None)
                key.deleteLater()
        row = QHBoxLayout()
        row.setSpacing(stage.px(20))
        for key in keys:
            row.addWidget(key, 1)
        if keys:
            body.addLayout(row)

    def _more_below(self) -> bool:
        """A lowered portrait screen has no row to spare: one key among those for seeing leads to all the rest."""
        return self.stage.portrait and self.stage.visitor.lowered

    def _calm_key(self, errand: Errand) -> Button:
        key = SlimKey(errand.name, icon=errand.icon, scale="kiosk")
        key.setParent(self)  # its size depends on the look of the window
        key.setObjectName(errand.step)
        key.clicked.connect(lambda: self.go.emit(errand.step))
        return key

    def _wide(self, keys: list[Button]) -> float:
        """The room that keys of like width need, their words being a little smaller than usual."""
        widest = max((key.sizeHint().width() for key in keys), default=0) * COMFORTABLE_KEY
        return widest * len(keys) + self.stage.px(20) * len(keys)

    def _body_wide(self) -> float:
        stage = self.stage
        return stage.wide - stage.px(2 * 48) - (0 if stage.portrait else stage.px(600))

    def _foot(self, body) -> None:
        tr, stage = self.tr_, self.stage
        body.addSpacing(0 if self._notice_above() else stage.px(4))
        if stage.visitor.text_step == 0 and not stage.visitor.lowered:
            body.addWidget(Text(tr(N_("Erişilebilirlik")), "label", "ink_2_kiosk", scale="kiosk"))
        columns = 5 if stage.voice else 4
        keys = seeing.tiles(self, columns, more=self._more_below())
        even_columns(keys, columns)
        body.addLayout(keys)
        if not stage.visitor.lowered:
            body.addSpacing(0 if self._notice_above() else stage.px(8))
            if self._notice_above():
                body.addWidget(self._assured())
                return
            row = QHBoxLayout()
            row.setSpacing(stage.px(20))
            row.addWidget(self._assured(lines=2), 1)
            row.addWidget(self._notice_key())
            body.addLayout(row)

    def _notice_above(self) -> bool:
        """The largest letters leave no row for the notice's own key: it stands beside that for the rest."""
        return self.stage.visitor.text_step > 1

    def _notice_key(self) -> Button:
        return self._calm_key(Errand("privacy", self.tr_(N_("Aydınlatma metni")), "", "shield-check"))

    def _assured(self, lines: int = 1) -> Assurance:
        return self.assurance(self.tr_(N_("Bu ekran kimlik bilgisi istemez; sıra kaydı isimsizdir.")), lines)

    def _side(self) -> None:
        if self._notice_above():
            self.side.setSpacing(self.stage.px(10))
        languages = self.language_keys(3)
        even_columns(languages, 3)
        self.side.addLayout(languages)
        columns = 3 if self.stage.voice else 2
        keys = seeing.tiles(self, columns)
        even_columns(keys, columns)
        self.side.addLayout(keys)
        self.side.addSpacing(0 if self._notice_above() else self.stage.px(8))
        if self._notice_above():
            self.side.addWidget(self.assurance(self.tr_(N_("Kimlik bilgisi istenmez."))))
        else:
            self.side.addWidget(self._notice_key())

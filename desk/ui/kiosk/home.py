"""The start page: services, öncelikli sıra, help; language and ways to see."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk import seeing
from desk.ui.kiosk.fitting import bound
from desk.ui.kiosk.keys import ChoiceTile, ServiceTile, SlimKey
from desk.ui.kiosk.more import MORE, Errand, errands
from desk.ui.kiosk.offer import TILES
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, Assurance
from desk.ui.widgets import Button, Text

CLOSE = 14
"""Between the rows of a landscape screen, pixels of the picture: who may take a priority number wants the room."""

FEWER = 4
"""Tiles in larger letters (on a landscape screen the largest): what is said beside them grows, too, nothing is left
out, and no name is smaller than in the usual letters."""

COMFORTABLE_KEY = 0.87
"""How much narrower than usual a key may be before it goes to the page of all the rest."""

PRIORITY_SENTENCE = N_("65 yaş ve üzeri, engelli, hamile, bebekli / küçük çocuklu, şehit yakını / gazi")
WHO_MAY = N_("Öncelikli sıra: 65 yaş ve üzeri, engelli, hamile, bebekli / küçük çocuklu, şehit yakını / gazi.")
"""The same where it stands by itself."""


class HomePage(KioskPage):
    """One touch gives a number; "Öncelikli sıra" and "Diğer hizmetler" need two."""

    chosen = Signal(str)
    barred = False  # it has larger keys for the same

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr, lowered = self.tr_, stage.visitor.lowered
        self._grown = stage.visitor.text_step > 0
        body = self.frame(
            hero=tr(N_("Hoş geldiniz")),
            sentence=tr(N_("İşleminizi seçiniz, sıra numaranızı alınız.")),
            question=tr(N_("Hangi işlem için geldiniz?")),
            tall=(480, 420, 330)[stage.visitor.text_step],
            news=next(iter(stage.offer.news_in(stage.visitor.lang)), ""),
        )
        if not stage.portrait:
            body.setSpacing(stage.px(CLOSE))
        self._gap = CLOSE if lowered and self._crowded else 20
        if self._crowded:
            body.setSpacing(stage.px(10 if lowered else CLOSE))
            sides = body.contentsMargins()
            body.setContentsMargins(sides.left(), stage.px(24), sides.right(), stage.px(14 if lowered else 24))
        if lowered:  # what is only read stands above what is touched
            self._only_read(body)
        if stage.portrait:
            keys = self.language_keys(5)
            even_columns(keys, 5)
            body.addLayout(keys)
        self._services(body)
        rows = self._calm_rows()
        self._choices(body, rows)
        self._lay_calm(body, rows)
        if stage.portrait:
            self._foot(body)
        else:
            self._side()

    @property
    def _crowded(self) -> bool:
        """The largest letters leave no room between the rows."""
        return self.stage.visitor.text_step > 1

    def _only_read(self, body: QVBoxLayout) -> None:
        """Above the keys of a lowered screen: who may take a priority number, which the low key has no room to say."""
        who = Assurance(bound(self.tr_(WHO_MAY)), lines=2, icon="walking-stick", size=30)
        who.setObjectName("who-may")
        body.addWidget(who)
        if self.stage.portrait:
            body.addWidget(self._assured())
        else:
            body.addStretch(1)

    def _services(self, body: QVBoxLayout) -> None:
        stage, large = self.stage, self.stage.visitor.text_step
        layout = "row" if stage.portrait or large else "column"  # large letters want the room of the icon
        lowered = stage.visitor.lowered
        # Without icons three tiles stand side by side: the rows above come down into reach.
        most = FEWER if (self._grown if stage.portrait else self._crowded) else TILES
        columns = 2 if most == FEWER or (stage.portrait and not lowered) else 3
        bare = lowered or (large > 1 and not stage.portrait)
        queues = stage.offer.tiles(most)
        tiles = self.service_tiles(queues, layout, bare=bare)
        for queue, tile in zip(queues, tiles, strict=True):
            tile.clicked.connect(lambda _=False, code=queue.service.code: self.chosen.emit(code))
        if stage.offer.more(most):
            tr = self.tr_
            more = ServiceTile(
                tr(N_("Diğer hizmetler")), tr(N_("Tüm hizmetler")), icon="buildings", layout=layout, bare=bare
            )
            more.setParent(self)  # its size depends on the look of the window
            more.setObjectName("more")
            more.clicked.connect(lambda: self.go.emit("services"))
            tiles.append(more)
        if layout == "row" and not bare:
            self.spare_icons(tiles, columns, self._gap)
        grid = self.grid(self._gap)
        even_columns(grid, columns)
        for place, tile in enumerate(tiles):
            tile.setSizePolicy(EXPAND, FIX if lowered else EXPAND)
            grid.addWidget(tile, place // columns, place % columns)
        body.addLayout(grid, 0 if lowered else 3)
        rows = -(-len(tiles) // columns)
        self._tiles_high = rows * max((tile.minimumSizeHint().height() for tile in tiles), default=0)
        self._tiles_high += stage.px(self._gap) * (rows - 1)

    # --- öncelikli sıra and help

    def _spare(self, body: QVBoxLayout, rows: list[list[Button]]) -> int:
        """How high the two wide keys may be, everything else keeping what it needs."""
        stage, margins = self.stage, body.contentsMargins()
        if stage.portrait:
            return stage.high
        calm = sum(row[0].sizeHint().height() + body.spacing() for row in rows)
        head = body.itemAt(0).sizeHint().height() + 2 * body.spacing()
        return max(0, stage.high - self._tiles_high - margins.top() - margins.bottom() - head - calm - stage.px(6))

    def _choices(self, body: QVBoxLayout, rows: list[list[Button]]) -> None:
        """Beside each other; in larger letters on a portrait screen below each other: their sentences need the
        width. A lowered screen says who may above all keys."""
        tr, stage, lowered = self.tr_, self.stage, self.stage.visitor.lowered
        columns = 1 if stage.portrait and self._grown and not lowered else 2
        lines = 2 if stage.portrait and self._grown and lowered else 1
        sentence = tr(PRIORITY_SENTENCE)
        priority = ChoiceTile(tr(N_("Öncelikli sıra")), sentence, icon="walking-stick", filled=True, lines=lines)
        priority.setObjectName("priority")
        priority.clicked.connect(lambda: self.go.emit("priority"))
        sentence = tr(N_("Refakat: bir görevlimiz yanınıza gelir"))
        help_me = ChoiceTile(tr(N_("Yardım istiyorum")), sentence, icon="escort", filled=False, lines=lines)
        help_me.setObjectName("help")
        help_me.clicked.connect(lambda: self.go.emit("help"))
        grid = self.grid(20 if columns == 2 else CLOSE)
        even_columns(grid, columns)
        wide = (self._body_wide() - (columns - 1) * stage.px(20)) / columns
        for place, tile in enumerate((priority, help_me)):
            tile.setParent(self)  # its size depends on the look of the window
            tile.set_flat(lowered)
            if not lowered:  # says who may take it
                tile.setMinimumHeight(min(tile.high(wide), self._spare(body, rows)))
            grid.addWidget(tile, place // columns, place % columns)
        if stage.portrait and not self._crowded:
            body.addSpacing(stage.px(8))
        body.addLayout(grid, 0 if lowered else 1)

    # --- what is not a number

    def _calm_rows(self) -> list[list[Button]]:
        """A key each for where an application stands and for appointments, always; one for the survey where it fits;
        one for all the rest. An odd place in larger letters goes to the privacy notice."""
        wanted = [one for one in errands(self.stage) if one.step not in ("privacy", "simple")]
        always = [one for one in wanted if one.step in ("status", "appointment")]
        other = [one for one in wanted if one not in always]
        more = Errand("more", self.tr_(MORE), "", "list")
        portrait, lowered = self.stage.portrait, self.stage.visitor.lowered
        if self._grown or (portrait and lowered):
            shown = [*always, more]
            if portrait and not lowered and len(shown) % 2:
                shown.append(self._notice())
            keys = [self._calm_key(one) for one in shown]
            if lowered or not portrait:  # a second row would lift all others out of reach
                return [keys]
            return [keys[at : at + 2] for at in range(0, len(keys), 2)]
        keys = [self._calm_key(one) for one in (*always, *other)]
        if len(keys) <= 3 and self._wide(keys) <= self._body_wide():
            return [keys] if keys else []
        last = self._calm_key(more)
        kept = len(always)
        if kept == 1 and keys[kept].objectName() != "news":  # "Duyuru ve bilgi" beside it says the same
            kept += 1
        if self._wide([*keys[:kept], last]) > self._body_wide():
            kept = len(always)
        for key in keys[kept:]:
            key.setParent(None)
            key.deleteLater()
        return [[*keys[:kept], last]]

    def _lay_calm(self, body: QVBoxLayout, rows: list[list[Button]]) -> None:
        for keys in rows:
            row = self.grid(20)
            even_columns(row, len(keys))
            for place, key in enumerate(keys):
                row.addWidget(key, 0, place)
            body.addLayout(row)
        self._noticed = any(key.objectName() == "privacy" for keys in rows for key in keys)

    def _calm_key(self, errand: Errand) -> Button:
        key = SlimKey(errand.name, icon=errand.icon, scale="kiosk")
        key.setParent(self)  # its size depends on the look of the window
        key.setObjectName("errands" if errand.step == "more" else errand.step)  # "more" are the services
        key.clicked.connect(lambda: self.go.emit(errand.step))
        return key

    def _wide(self, keys: list[Button]) -> float:
        """The room that keys of like width need, their words being a little smaller than usual."""
        widest = max((key.sizeHint().width() for key in keys), default=0) * COMFORTABLE_KEY
        return widest * len(keys) + self.stage.px(20) * len(keys)

    def _body_wide(self) -> float:
        stage = self.stage
        return stage.wide - stage.px(2 * 48) - (0 if stage.portrait else stage.px(600))

    def _notice(self) -> Errand:
        return Errand("privacy", self.tr_(N_("Aydınlatma metni")), "", "shield-check")

    # --- ways to see, and what is only read

    def _foot(self, body: QVBoxLayout) -> None:
        tr, stage = self.tr_, self.stage
        visitor = stage.visitor
        if not self._crowded:
            body.addSpacing(stage.px(4))
        if visitor.text_step == 0 and not visitor.lowered:
            body.addWidget(Text(tr(N_("Erişilebilirlik")), "label", "ink_2_kiosk", scale="kiosk"))
        columns = 5 if stage.voice else 4
        keys = seeing.tiles(self, columns)
        even_columns(keys, columns)
        body.addLayout(keys)
        if visitor.lowered:
            return
        if not self._crowded:
            body.addSpacing(stage.px(8))
        if self._noticed:
            body.addWidget(self._assured())
            return
        row = self.grid(20)
        if self._grown:
            even_columns(row, 2)
        row.setColumnStretch(0, 1)
        row.addWidget(self._assured(lines=2), 0, 0)
        row.addWidget(self._calm_key(self._notice()), 0, 1)
        body.addLayout(row)

    def _assured(self, lines: int = 1) -> Assurance:
        return self.assurance(self.tr_(N_("Bu ekran kimlik bilgisi istemez; sıra kaydı isimsizdir.")), lines)

    def _side(self) -> None:
        """In the panel of a landscape screen. The free place among the keys for seeing goes to the privacy notice: the
        greeting and what is announced want the room."""
        lowered = self.stage.visitor.lowered
        if self._crowded:
            self.side.setSpacing(self.stage.px(10))
        assured = self.assurance(self.tr_(N_("Kimlik bilgisi istenmez.")))
        if lowered:
            self.side.addWidget(assured)
        languages = self.language_keys(3)
        even_columns(languages, 3)
        self.side.addLayout(languages)
        keys = seeing.tiles(self, 3, rest=self._notice())
        even_columns(keys, 3)
        self.side.addLayout(keys)
        if not lowered:
            self.side.addWidget(assured)

"""The start page: services, öncelikli sıra, help; language and ways to see."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desk.errors import N_
from desk.ui.kiosk.keys import ChoiceTile, ServiceTile
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, Assurance
from desk.ui.widgets import Button, Text

PRIORITY_SENTENCE = N_("65 yaş ve üzeri, engelli, hamile, bebekli / küçük çocuklu, şehit yakını / gazi")


class HomePage(KioskPage):
    """One touch gives a number; "Öncelikli sıra" and "Diğer hizmetler" need two."""

    chosen = Signal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr = self.tr_
        body = self.frame(
            hero=tr(N_("Hoş geldiniz")),
            sentence=tr(N_("İşleminizi seçiniz, sıra numaranızı alınız.")),
            question=tr(N_("Hangi işlem için geldiniz?")),
            tall=420 if stage.offer.appointments or self._room_for_survey() else 520,  # their keys take a row
        )
        if stage.portrait:
            if stage.visitor.lowered:  # what is only read stands above what is touched
                body.addWidget(self._assured())
            keys = self.language_keys(5)
            even_columns(keys, 5)
            body.addLayout(keys)
        elif stage.visitor.lowered:
            body.addStretch(1)
        self._services(body)
        self._choices(body)
        if stage.portrait:
            self._foot(body)
        else:
            self._side()

    def _services(self, body) -> None:
        stage, layout = self.stage, "row" if self.stage.portrait else "column"
        lowered = stage.visitor.lowered
        # Without icons three tiles stand side by side: the rows above come down into reach.
        columns = 3 if lowered or not stage.portrait else 2
        tiles = self.service_tiles(stage.offer.tiles(), layout, bare=lowered)
        for queue, tile in zip(stage.offer.tiles(), tiles, strict=True):
            tile.clicked.connect(lambda _=False, code=queue.service.code: self.chosen.emit(code))
        if stage.offer.more:
            tr = self.tr_
            more = ServiceTile(
                tr(N_("Diğer hizmetler")), tr(N_("Tüm hizmetler")), icon="dots", layout=layout, bare=lowered
            )
            more.setParent(self)  # its size depends on the look of the window
            more.setObjectName("more")
            more.clicked.connect(lambda: self.go.emit("services"))
            tiles.append(more)
        if layout == "row" and not lowered:
            self.spare_icons(tiles, columns, 20)
        grid = self.grid(20)
        even_columns(grid, columns)
        for place, tile in enumerate(tiles):
            tile.setSizePolicy(EXPAND, FIX if lowered else EXPAND)
            grid.addWidget(tile, place // columns, place % columns)
        body.addLayout(grid, 0 if lowered else 3)

    def _choices(self, body) -> None:
        tr, lowered = self.tr_, self.stage.visitor.lowered
        lines = 2 if self.stage.portrait and self.stage.visitor.text_step else 1
        sentence = tr(PRIORITY_SENTENCE)
        priority = ChoiceTile(
            tr(N_("Öncelikli sıra")), sentence, icon="walking-stick", filled=True, lines=lines, flat=lowered
        )
        priority.setObjectName("priority")
        priority.clicked.connect(lambda: self.go.emit("priority"))
        sentence = tr(N_("Refakat: bir görevlimiz yanınıza gelir"))
        help_me = ChoiceTile(
            tr(N_("Yardım istiyorum")), sentence, icon="escort", filled=False, lines=lines, flat=lowered
        )
        help_me.setObjectName("help")
        help_me.clicked.connect(lambda: self.go.emit("help"))
        row = self.grid(20)
        even_columns(row, 2)
        for place, tile in enumerate((priority, help_me)):
            tile.set_flat(lowered)
            row.addWidget(tile, 0, place)
        body.addSpacing(self.stage.px(8))
        body.addLayout(row, 0 if lowered else 1)
        self._calm_row(body)

    def _calm_row(self, body) -> None:
        """What few want, one key each: an appointment, the survey."""
        offer, tr = self.stage.offer, self.tr_
        wanted = (
            ("appointment", tr(N_("Randevum var")), "calendar", offer.appointments),
            ("survey", tr(N_("Bizi değerlendiriniz")), "comment", self._room_for_survey()),
        )
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        for name, words, icon, there in wanted:
            if there:
                key = Button(words, icon=icon, scale="kiosk")
                key.setObjectName(name)
                key.clicked.connect(lambda _=False, name=name: self.go.emit(name))
                row.addWidget(key, 1)
        if row.count():
            body.addLayout(row)

    def _room_for_survey(self) -> bool:
        """Large letters need all the room for what one has come for."""
        stage = self.stage
        return stage.offer.survey is not None and stage.visitor.text_step < (2 if stage.portrait else 1)

    def _foot(self, body) -> None:
        tr, stage = self.tr_, self.stage
        body.addSpacing(stage.px(4))
        if stage.visitor.text_step == 0 and not stage.visitor.lowered:
            body.addWidget(Text(tr(N_("Erişilebilirlik")), "label", "ink_2_kiosk", scale="kiosk"))
        columns = 4 if stage.voice else 3
        keys = self.seeing_keys(columns)
        even_columns(keys, columns)
        body.addLayout(keys)
        if not stage.visitor.lowered:
            body.addSpacing(stage.px(8))
            body.addWidget(self._assured())

    def _assured(self) -> Assurance:
        return self.assurance(self.tr_(N_("Bu ekran kimlik bilgisi istemez; sıra kaydı isimsizdir.")))

    def _side(self) -> None:
        large = self.stage.visitor.text_step > 0
        languages = self.language_keys(3)
        even_columns(languages, 3)
        self.side.addLayout(languages)
        columns = 2 if large or self.stage.voice else 3
        seeing = self.seeing_keys(columns)
        even_columns(seeing, columns)
        self.side.addLayout(seeing)
        self.side.addSpacing(self.stage.px(8))
        self.side.addWidget(self.assurance(self.tr_(N_("Kimlik bilgisi istenmez."))))

""" "Sade ekran": four large keys and nothing else; "Yardım istiyorum" is the first that is read and reached."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk.home import PRIORITY_SENTENCE
from desk.ui.kiosk.keys import ChoiceTile
from desk.ui.kiosk.page import KioskPage, Stage, even_columns


class SimplePage(KioskPage):
    """Lasts for the person who asked for it."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        tr = self.tr_
        question = tr(N_("Size nasıl yardımcı olalım?"))
        below = question if stage.portrait else ""  # else it stands above the keys
        body = self.frame(hero=tr(N_("Hoş geldiniz")), sentence=below, question=question, tall=420)
        keys = (
            ("help", tr(N_("Yardım istiyorum")), tr(N_("Bir görevlimiz yanınıza gelir")), "escort"),
            ("services", tr(N_("Sıra numarası")), tr(N_("İşleminizi seçiniz, sıra numaranızı alınız.")), "receipt"),
            ("priority", tr(N_("Öncelikli sıra")), tr(PRIORITY_SENTENCE), "walking-stick"),
            ("full", tr(N_("Bütün seçenekler")), tr(N_("Normal ekrana dönersiniz")), "dots"),
        )
        grid: QGridLayout = self.grid(24)
        columns = 1 if stage.portrait else 2
        even_columns(grid, columns)
        for place, (name, title, sentence, icon) in enumerate(keys):
            tile = ChoiceTile(title, sentence, icon=icon, filled=place == 0, lines=2, large=True)
            tile.setObjectName(name)
            tile.clicked.connect(lambda _=False, name=name: self._touched(name))
            grid.addWidget(tile, place // columns, place % columns)
        self._lay(body, grid)

    def _lay(self, body: QVBoxLayout, grid: QGridLayout) -> None:
        lowered = self.stage.visitor.lowered
        if lowered:
            body.addStretch(1)
        body.addLayout(grid, 3 if lowered else 1)

    def _touched(self, name: str) -> None:
        if name == "full":
            self._adjust(simple=False)
        else:
            self.go.emit(name)

""" "Duyurular ve diğer bilgiler": what is not a number, one large tile each, reachable in every size of letters."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.ui.kiosk.keys import ServiceTile
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, PageTitle, left_to_right
from desk.ui.widgets import Button
from desk.values import dataclass

MORE = N_("Duyuru ve bilgi")
"""The short name of the page, on keys that lead to it."""


@dataclass(frozen=True, slots=True)
class Errand:
    """``step`` it leads to, its name, what it needs (both in the reader's language), its icon."""

    step: str
    name: str
    note: str
    icon: str


def errands(stage: Stage) -> list[Errand]:
    """What can be done here besides taking a number, the likeliest first."""
    tr, offer = stage.tr, stage.offer
    version = tr(N_("Sürüm {version}")).format(version=left_to_right(offer.notice.version))
    wanted = (
        (offer.appointments, "appointment", tr(N_("Randevum var")), tr(N_("Randevu kodu ile")), "calendar"),
        (offer.status, "status", tr(N_("Başvurum nerede?")), tr(N_("Alındı belgesi ile")), "document"),
        (bool(offer.news), "news", tr(N_("Duyurular")), tr(N_("Belediyeden haberler")), "bell"),
        (offer.survey is not None, "survey", tr(N_("Bizi değerlendiriniz")), tr(N_("İsim sorulmaz")), "comment"),
        (True, "privacy", tr(N_("Aydınlatma metni")), version, "shield-check"),
        (True, "simple", tr(N_("Sade ekran")), tr(N_("Dört büyük düğme")), "hand"),
    )
    return [Errand(*one) for there, *one in wanted if there]


class MorePage(KioskPage):
    """``go`` names the step that was touched."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        title = self.tr_(N_("Duyurular ve diğer bilgiler"))
        body = self.frame(hero=title, question=self.tr_(N_("Ne yapmak istersiniz?")))
        if stage.portrait:
            body.addWidget(PageTitle(title))
        body.addStretch(1)  # what can be touched lies low
        self._lay_tiles(body)
        body.addSpacing(stage.px(12))
        back = Button(self.tr_(N_("Geri")), icon="arrow-left", scale="kiosk")
        back.setObjectName("back")
        back.clicked.connect(lambda: self.go.emit("home"))
        row = QHBoxLayout()
        row.setSpacing(stage.px(20))
        row.addWidget(back, 1)
        row.addWidget(self.help_button(), 1)
        body.addLayout(row)

    def _lay_tiles(self, body: QVBoxLayout) -> None:
        stage, lowered = self.stage, self.stage.visitor.lowered
        columns = 2 if stage.portrait and (not lowered or stage.visitor.text_step > 1) else 3
        tiles = []
        for one in errands(stage):
            tile = ServiceTile(one.name, one.note, icon=one.icon, layout="row", bare=lowered)
            tile.setParent(self)  # its size depends on the look of the window
            tile.setObjectName(one.step)
            tile.clicked.connect(lambda _=False, step=one.step: self.go.emit(step))
            tile.setSizePolicy(EXPAND, FIX if lowered else EXPAND)
            tile.setMaximumHeight(max(stage.px(300), tile.sizeHint().height()))
            tiles.append(tile)
        if not lowered:
            self.spare_icons(tiles, columns, 20)
        grid = self.grid(20)
        even_columns(grid, columns)
        for place, tile in enumerate(tiles):
            grid.addWidget(tile, place // columns, place % columns)
        body.addLayout(grid, 0 if lowered else 6)

"""A refakat job without a number: somebody at the door needs company."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import ASSISTANCE_NAMES, AssistanceKind, Unit
from desk.text import clean
from desk.ui.staff.refakat_words import KIND_ICONS
from desk.ui.staff.side_by_side import SideBySide, let_wrap
from desk.ui.widgets import Button, Card, Choice, Field, Option, SectionLabel, Segmented, Toggle

PLACE_MOST = 120


class RequestPanel(Card):
    """Kind of help, where to; ``requested(kind, place, printed)``."""

    requested = Signal(object, str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        tr = translator()
        super().__init__(tr(N_("Yeni refakat")), parent=parent)
        self._tr = tr
        self._places: dict[str, str] = {}
        self.kind = Segmented(
            [Option(kind, tr(ASSISTANCE_NAMES[kind]), KIND_ICONS[kind]) for kind in AssistanceKind],
            name=tr(N_("Yardım türü")),
        )
        self.unit = Choice(tr(N_("Birim")), placeholder=tr(N_("Birim arayınız")))
        self.place = Field(tr(N_("Nereye")), placeholder=tr(N_("Birim seçiniz ya da yeri yazınız")))
        self.printed = Toggle(tr(N_("Refakat fişi yazdır")))
        self.open_button = Button(tr(N_("Refakat aç")), icon="check", key="F2", kind="primary")
        self.give_up = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        self._lay_out()
        self.unit.changed.connect(self._unit_chosen)
        self.place.return_pressed.connect(self.submit)
        self.place.text_changed.connect(lambda _: self.place.set_error("") if self.place.error() else None)
        self.open_button.clicked.connect(self.submit)
        self.give_up.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        where = SideBySide(gap=12)
        where.add(self.unit, stretch=1, least=240)
        where.add(self.place, stretch=1, least=240)
        for part in (self.unit, self.place):
            where.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.printed)
        row.addStretch(1)
        row.addWidget(self.give_up)
        row.addWidget(self.open_button)
        self.body.addWidget(SectionLabel(self._tr(N_("Yardım türü"))))
        self.body.addWidget(let_wrap(self.kind))
        self.body.addWidget(where)
        self.body.addLayout(row)

    def set_units(self, units: Sequence[Unit]) -> None:
        self._places = {unit.code: ", ".join(part for part in (unit.short_name, unit.place) if part) for unit in units}
        self.unit.set_options([Option(unit.code, unit.name, note=unit.place) for unit in units])

    def begin(self) -> None:
        """Empty, the focus on the kind of help."""
        self.kind.set_value(AssistanceKind.WHEELCHAIR)
        self.unit.set_value(None)
        self.place.clear()
        self.printed.setChecked(False)
        self.kind.buttons()[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> None:
        place = clean(self.place.text())
        if not place:
            self.place.set_error(self._tr(N_("Nereye eşlik edileceğini yazınız ya da birimi seçiniz.")))
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(place) > PLACE_MOST:
            self.place.set_error(self._tr(N_("Yer en çok {count} harf olabilir.")).format(count=PLACE_MOST))
            self.place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.requested.emit(self.kind.value(), place, self.printed.isChecked())

    def _unit_chosen(self, code: str) -> None:
        self.place.set_text(self._places.get(code, ""))
        self.place.setFocus(Qt.FocusReason.OtherFocusReason)

"""Manual numbers at the desk: taken and printed before a power cut, entered in one step after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions.reserved import Entered, Handed, Taken
from desk.errors import N_
from desk.i18n import translator
from desk.queue.reserved import BLOCK_LIMIT, Block
from desk.queue.types import Service
from desk.ui.staff.danisma_times import moment_of
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Choice, Field, Option, SectionLabel, Stepper, Text, Toggle

USUAL_COUNT = 20
EVERY = ""
"""Code of the choice "Bütün hizmetler"."""

tr = translator()


class ReserveOverlay(Overlay):
    """For which service, how many; ``wanted(service code or "", count)``."""

    wanted = Signal(str, int)

    def __init__(self, window: QWidget, services: Sequence[Service]) -> None:
        super().__init__(window, tr(N_("Elle verilecek numaraları ayır")), width=560)
        words = N_(
            "Elektrik kesintisine karşı: numaralar diziden ayrılır, başkasına verilmez ve koparılacak biçimde "
            "yazdırılır. Sonra “Elle verilenleri işle” ile tek adımda kaydedilir."
        )
        self.body.addWidget(Text(tr(words), "body", "ink_2", wrap=True))
        options = [Option(EVERY, tr(N_("Bütün hizmetler")))]
        options += [Option(one.code, one.name, note=one.place) for one in services if one.active]
        self.service = Choice(tr(N_("Hizmet")), options)
        self.service.set_value(EVERY)
        self.body.addWidget(self.service)
        self.body.addWidget(SectionLabel(tr(N_("Hizmet başına numara")), "↑ ↓"))
        self.count = Stepper(tr(N_("Hizmet başına numara")), value=USUAL_COUNT, low=1, high=BLOCK_LIMIT)
        self.count.edit.returnPressed.connect(self._go)
        row = QHBoxLayout()
        row.addWidget(self.count)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(8)
        self.body.addLayout(end_row(self, tr(N_("Ayır ve yazdır")), self._go))

    def first_focus(self) -> QWidget | None:
        return self.count.edit

    def _go(self) -> None:
        self.dismiss()
        self.wanted.emit(self.service.value() or EVERY, self.count.value())


def taken_words(taken: Sequence[Taken]) -> str:
    """V 018 – V 037 ayrıldı; or how many services."""
    if len(taken) == 1:
        block = taken[0].block
        said = tr(N_("{first} – {last} elle verilmek üzere ayrıldı · {name}.")).format(
            first=block.first, last=block.last, name=block.service_name
        )
    else:
        numbers = sum(len(one.block.numbers) for one in taken)
        said = tr(N_("{services} hizmet için {count} numara ayrıldı.")).format(services=len(taken), count=numbers)
    if any(one.job is None and not one.repeated for one in taken):
        said += " " + tr(N_("Fiş yazıcısı yok; numaraları elle yazınız."))
    return said


class EnterOverlay(Overlay):
    """From which to which number; ``wanted(Handed)``. ``refuse`` says why not, and the form stays."""

    wanted = Signal(object)

    def __init__(self, window: QWidget, blocks: Sequence[Block], now: datetime) -> None:
        super().__init__(window, tr(N_("Elle verilenleri işle")), width=560)
        self._now = now
        held = [block for block in blocks if block.open]
        self.body.addWidget(Text(self._held_words(held), "body", "ink_2", wrap=True))
        first = held[0].open[0].number if held else ""
        self.first = Field(tr(N_("İlk verilen numara")), placeholder=tr(N_("Örnek: {number}")).format(number="V 018"))
        self.first.set_text(first)
        self.last = Field(tr(N_("Son verilen numara")), placeholder=tr(N_("Örnek: {number}")).format(number="V 031"))
        self.served = Field(tr(N_("İşlemi biten son no")), hint=tr(N_("Yoksa boş")))
        self.at = Field(tr(N_("Geliş saati")), hint=tr(N_("Boşsa şu an")), placeholder=tr(N_("Örnek: 10.15")))
        for pair in ((self.first, self.last), (self.served, self.at)):
            for field in pair:
                field.return_pressed.connect(self._go)
            self.body.addLayout(side_by_side(*pair))
        self.release = Toggle(tr(N_("Kalan numaraları iptal et")), checked=True)
        self.body.addWidget(self.release)
        self.body.addSpacing(8)
        self.body.addLayout(end_row(self, tr(N_("İşle")), self._go))

    def _held_words(self, held: Sequence[Block]) -> str:
        if not held:
            return tr(N_("Bugün elle verilmek üzere ayrılmış açık numara yok."))
        lines = [f"{block.open[0].number} – {block.last} · {block.service_name}" for block in held]
        return tr(N_("Elde olanlar:")) + "\n" + "\n".join(lines)

    def first_focus(self) -> QWidget | None:
        return self.last.edit if self.first.text() else self.first.edit

    def refuse(self, sentence: str) -> None:
        self.last.set_error(sentence)

    def _go(self) -> None:
        for field in (self.first, self.last, self.at):
            field.set_error("")
        if not self.first.text().strip():
            self.first.set_error(tr(N_("İlk verilen numarayı yazınız.")))
        elif not self.last.text().strip():
            self.last.set_error(tr(N_("Son verilen numarayı yazınız.")))
        else:
            at = moment_of(self._now, "", self.at.text()) if self.at.text().strip() else None
            if at is None and self.at.text().strip():
                self.at.set_error(tr(N_("Saat anlaşılamadı. Örnek: 10.15")))
                return
            served = self.served.text().strip()
            self.wanted.emit(Handed(self.first.text(), self.last.text(), at, served, self.release.isChecked()))


def entered_words(done: Entered) -> str:
    """14 numara işlendi (V 018 – V 031) · Emlak vergisi · artan 6 numara iptal edildi."""
    parts = []
    if done.numbers:
        words = tr(N_("{count} numara işlendi ({first} – {last})"))
        parts.append(words.format(count=len(done.numbers), first=done.numbers[0], last=done.numbers[-1]))
    parts.append(done.service_name)
    if done.before:
        parts.append(tr(N_("{count} numara daha önce işlenmişti")).format(count=len(done.before)))
    if done.voided:
        parts.append(tr(N_("artan {count} numara iptal edildi")).format(count=done.voided))
    return " · ".join(parts)


def side_by_side(*fields: QWidget) -> QHBoxLayout:
    """Fields of an overlay on one line; an error below one of them does not move the other."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row


def end_row(overlay: Overlay, label: str, go) -> QHBoxLayout:
    """Vazgeç, and the one filled button."""
    row = QHBoxLayout()
    row.setSpacing(8)
    stay = Button(tr(N_("Vazgeç")), key="Esc")
    stay.clicked.connect(overlay.dismiss)
    done = Button(label, key="Enter", kind="primary")
    done.clicked.connect(lambda: go())
    row.addStretch(1)
    row.addWidget(stay)
    row.addWidget(done)
    return row

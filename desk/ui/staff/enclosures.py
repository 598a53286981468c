"""What came with a petition: chips to take away, and a line to write one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.files import Taken
from desk.registry.types import Enclosure
from desk.text import clean, number
from desk.ui.theme import ALIGN_LEFT
from desk.ui.widgets import (
    Button,
    Choice,
    Control,
    Field,
    FlowLayout,
    Option,
    SectionLabel,
    Stepper,
    draw_box,
    draw_text,
    line_height,
    paint_icon,
    text_width,
)
from desk.ui.widgets.button import skin

KINDS = (
    N_("Fotoğraf"), N_("Kroki"), N_("Fotokopi"), N_("Tapu"), N_("Harita"), N_("Rapor"), N_("Vekâletname"),
    N_("Kimlik fotokopisi"), N_("Makbuz"), N_("Diğer"),
)  # fmt: skip
NAME_MOST, PAGES_MOST, ENCLOSURES_MOST, CHIP_MOST = 120, 9999, 99, 260
KEYS = "Ctrl+E · Ctrl+D"
SCANS_MOST = 10
"""Scanned files that wait in a form for their record; further ones are attached to it afterwards."""


def summary(enclosures: tuple[Enclosure, ...]) -> str:
    """ "2 ek, toplam 4 sayfa"; "" without any."""
    if not enclosures:
        return ""
    words = translator()(N_("{count} ek, toplam {pages} sayfa"))
    return words.format(count=len(enclosures), pages=sum(one.pages for one in enclosures))


class TakenAwayChip(Control):
    """A chip with an icon; a press takes it away."""

    def __init__(self, label: str, icon: str, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, name=name, parent=parent)
        self._icon = icon

    def sizeHint(self) -> QSize:
        sizes = self.sizes
        words = min(text_width(self.font_of("table"), self._label), CHIP_MOST)
        height = max(sizes.control, line_height(self.font_of("table")) + 12)
        return QSize(words + 2 * (sizes.icon + sizes.gap) + round(sizes.pad * 1.5), height)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look, sizes = skin(self.theme, "tint", self.state()), self.sizes
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        side, pad = sizes.icon * 0.9, sizes.pad * 0.75
        middle = (rect.height() - side) / 2
        paint_icon(painter, self._icon, QRectF(pad, middle, side, side), look.ink)
        left = pad + side + sizes.gap * 0.75
        cross = rect.width() - pad * 0.75 - side * 0.8
        words = QRectF(left, 0, cross - left - sizes.gap / 2, rect.height())
        draw_text(painter, words, self._label, self.font_of("table"), look.ink, ALIGN_LEFT)
        small = side * 0.8
        paint_icon(painter, "cross", QRectF(cross, (rect.height() - small) / 2, small, small), look.ink)


class EnclosureChip(TakenAwayChip):
    """One enclosure that is written on the receipt."""

    def __init__(self, enclosure: Enclosure, parent: QWidget | None = None) -> None:
        words = enclosure.name or enclosure.kind
        name = translator()(N_("{name}, {pages} sayfa: çıkarınız")).format(name=words, pages=enclosure.pages)
        super().__init__(f"{words} · {enclosure.pages}", "clip", name=name, parent=parent)
        self.enclosure = enclosure
        if enclosure.name and enclosure.kind:
            self.setToolTip(f"{enclosure.name} ({enclosure.kind})")


class ScanChip(TakenAwayChip):
    """One scanned file that is attached when the record is registered."""

    def __init__(self, file: Taken, parent: QWidget | None = None) -> None:
        size = shown_size(len(file.content))
        name = translator()(N_("Taranmış belge {name}, {size}: çıkarınız")).format(name=file.name, size=size)
        words = translator()(N_("Tarama: {name}")).format(name=file.name)
        super().__init__(words, "document", name=name, parent=parent)
        self.file = file
        self.setToolTip(f"{file.name} · {size}")


def shown_size(size: int) -> str:
    """1,2 MB; 340 kB"""
    if size >= 1_000_000:
        return f"{number(size / 1_000_000, 1)} MB"
    return f"{max(1, round(size / 1000))} kB"


class EnclosureLine(QWidget):
    """Name, kind, pages and "Ekle", in one line. Enter adds; the page closes it with Esc."""

    added = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = translator()
        self.kind = Choice(tr(N_("Ek türü")), [Option(tr(kind), tr(kind)) for kind in KINDS], value=tr(KINDS[0]))
        self.name = Field(tr(N_("Ek adı")), hint=tr(N_("isteğe bağlı")), max_length=NAME_MOST)
        self.pages = Stepper(tr(N_("Sayfa sayısı")), low=1, high=PAGES_MOST)
        self.add = Button(tr(N_("Ekle")), icon="check", key="Enter", kind="tint")
        self.give_up = Button(icon="cross", kind="ghost", name=tr(N_("Vazgeç")))
        pages = QVBoxLayout()
        pages.setSpacing(4)
        pages.addWidget(SectionLabel(tr(N_("Sayfa"))))
        pages.addWidget(self.pages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.name, 3, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.kind, 2, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(pages)
        row.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.give_up, 0, Qt.AlignmentFlag.AlignBottom)
        self.add.clicked.connect(self.take)
        self.give_up.clicked.connect(self.closed)
        self.name.return_pressed.connect(self.take)
        self.pages.edit.returnPressed.connect(self.take)

    def take(self) -> None:
        """Hand over what is written and be ready for the next one."""
        self.added.emit(Enclosure(clean(self.name.text()), self.kind.value() or "", self.pages.value()))
        self.name.clear()
        self.pages.set_value(1)
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_begun(self) -> bool:
        """Whether a name is typed that was not added yet."""
        return bool(clean(self.name.text()))


class EnclosureBar(QWidget):
    """What came with a paper: enclosures by name (Ctrl+E), and their scans (Ctrl+D or dropped).

    ``enclosures()``, ``set_enclosures()``, ``open_line()``; ``files()``, ``set_files()``, ``add_files()``; ``changed``.
    ``line`` is laid out by the form, which has the width for it; ``scan`` asks the form's owner for files.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, title: str = N_("Ekler ve taramalar")) -> None:
        super().__init__(parent)
        tr = translator()
        self._chips: list[EnclosureChip] = []
        self._scans: list[ScanChip] = []
        self.header = SectionLabel(tr(title), KEYS)
        self._chip_box = QWidget()
        self._flow = FlowLayout(self._chip_box, gap=8)
        policy = self._chip_box.sizePolicy()
        policy.setHeightForWidth(True)
        self._chip_box.setSizePolicy(policy)
        self.opener = Button(tr(N_("Ek ekle")), icon="plus", compact=True)
        self.scan = Button(tr(N_("Tarama ekle")), icon="document", compact=True)
        self.scan.setToolTip(tr(N_("Taranmış PDF, JPEG ya da PNG; dosyayı sayfaya da bırakabilirsiniz.")))
        for part in (self.opener, self.scan):
            self._flow.addWidget(part)
        self.line = EnclosureLine()
        self.line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.header, self._chip_box):
            column.addWidget(part)
        self.opener.clicked.connect(self.open_line)
        self.line.added.connect(self._add)
        self.line.closed.connect(self.close_line)

    # --- enclosures

    def enclosures(self) -> tuple[Enclosure, ...]:
        """What is written, with a line that was begun and not yet added."""
        begun = ()
        if self.line.isVisible() and self.line.is_begun():
            line = self.line
            begun = (Enclosure(clean(line.name.text()), line.kind.value() or "", line.pages.value()),)
        return (*(chip.enclosure for chip in self._chips), *begun)

    def set_enclosures(self, enclosures: tuple[Enclosure, ...]) -> None:
        for chip in tuple(self._chips):
            self._drop(chip)
        for one in enclosures:
            self._hang(EnclosureChip(one))
        self.line.name.clear()
        self.line.pages.set_value(1)
        self.line.hide()
        self._tell()

    def open_line(self) -> None:
        self.line.show()
        self.line.name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_line(self) -> None:
        self.line.name.clear()
        self.line.hide()
        self.opener.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _add(self, enclosure: Enclosure) -> None:
        if len(self._chips) < ENCLOSURES_MOST:
            self._hang(EnclosureChip(enclosure))
            self._tell()

    # --- scans

    def files(self) -> tuple[Taken, ...]:
        return tuple(chip.file for chip in self._scans)

    def set_files(self, files: Sequence[Taken]) -> None:
        for chip in tuple(self._scans):
            self._drop(chip)
        self.add_files(files)

    def add_files(self, files: Sequence[Taken]) -> int:
        """Hang checked files beside the enclosures, the same one once; how many there was no room for."""
        here = {chip.file.sha256 for chip in self._scans}
        left = 0
        for one in files:
            if one.sha256 in here:
                continue
            if len(self._scans) >= SCANS_MOST:
                left += 1
                continue
            here.add(one.sha256)
            self._hang(ScanChip(one))
        self._tell()
        return left

    # --- both

    def _hang(self, chip: EnclosureChip | ScanChip) -> None:
        chip.clicked.connect(lambda: self._take_away(chip))
        (self._scans if isinstance(chip, ScanChip) else self._chips).append(chip)  # type: ignore[arg-type]
        for part in (self.opener, self.scan):
            self._flow.removeWidget(part)
        for part in (chip, self.opener, self.scan):
            self._flow.addWidget(part)
        chip.show()

    def _take_away(self, chip: EnclosureChip | ScanChip) -> None:
        chips: list[TakenAwayChip] = [*self._chips, *self._scans]
        place = chips.index(chip)
        self._drop(chip)
        chips.remove(chip)
        heir = chips[min(place, len(chips) - 1)] if chips else self.opener
        heir.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _drop(self, chip: EnclosureChip | ScanChip) -> None:
        (self._scans if isinstance(chip, ScanChip) else self._chips).remove(chip)  # type: ignore[arg-type]
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _tell(self) -> None:
        words = summary(tuple(chip.enclosure for chip in self._chips))
        self.header.set_hint(f"{words}   {KEYS}" if words else KEYS)
        self._chip_box.updateGeometry()
        self.changed.emit()

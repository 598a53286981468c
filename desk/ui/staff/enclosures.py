"""What came with a petition: chips to take away, and a line to write one more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import Enclosure
from desk.text import clean
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


def summary(enclosures: tuple[Enclosure, ...]) -> str:
    """ "2 ek, toplam 4 sayfa"; "" without any."""
    if not enclosures:
        return ""
    words = translator()(N_("{count} ek, toplam {pages} sayfa"))
    return words.format(count=len(enclosures), pages=sum(one.pages for one in enclosures))


class EnclosureChip(Control):
    """One enclosure; a press takes it away."""

    def __init__(self, enclosure: Enclosure, parent: QWidget | None = None) -> None:
        words = enclosure.name or enclosure.kind
        name = translator()(N_("{name}, {pages} sayfa: çıkarınız")).format(name=words, pages=enclosure.pages)
        super().__init__(f"{words} · {enclosure.pages}", name=name, parent=parent)
        self.enclosure = enclosure
        if enclosure.name and enclosure.kind:
            self.setToolTip(f"{enclosure.name} ({enclosure.kind})")

    def sizeHint(self) -> QSize:
        sizes = self.sizes
        words = min(text_width(self.font_of("table"), self._label), CHIP_MOST)
        height = max(sizes.control - 4, line_height(self.font_of("table")) + 12)
        return QSize(words + 2 * (sizes.icon + sizes.gap) + round(sizes.pad * 1.5), height)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        look, sizes = skin(self.theme, "tint", self.state()), self.sizes
        draw_box(painter, rect, self.radius(), look.fill, look.edge, self.border())
        side, pad = sizes.icon * 0.9, sizes.pad * 0.75
        middle = (rect.height() - side) / 2
        paint_icon(painter, "clip", QRectF(pad, middle, side, side), look.ink)
        left = pad + side + sizes.gap * 0.75
        cross = rect.width() - pad * 0.75 - side * 0.8
        words = QRectF(left, 0, cross - left - sizes.gap / 2, rect.height())
        draw_text(painter, words, self._label, self.font_of("table"), look.ink, ALIGN_LEFT)
        small = side * 0.8
        paint_icon(painter, "cross", QRectF(cross, (rect.height() - small) / 2, small, small), look.ink)


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
    """The enclosures of the form: ``enclosures()``, ``set_enclosures()``, ``open_line()`` (Ctrl+E), ``changed``.

    ``line`` is laid out by the form, which has the width for it.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = translator()
        self._chips: list[EnclosureChip] = []
        self.header = SectionLabel(tr(N_("Ekler")), "Ctrl+E")
        self._chip_box = QWidget()
        self._flow = FlowLayout(self._chip_box, gap=8)
        policy = self._chip_box.sizePolicy()
        policy.setHeightForWidth(True)
        self._chip_box.setSizePolicy(policy)
        self.opener = Button(tr(N_("Ek ekle")), icon="plus", compact=True)
        self._flow.addWidget(self.opener)
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
            self._hang(one)
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
            self._hang(enclosure)
            self._tell()

    def _hang(self, enclosure: Enclosure) -> None:
        chip = EnclosureChip(enclosure)
        chip.clicked.connect(lambda: self._take_away(chip))
        self._chips.append(chip)
        self._flow.removeWidget(self.opener)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.opener)
        chip.show()

    def _take_away(self, chip: EnclosureChip) -> None:
        place = self._chips.index(chip)
        self._drop(chip)
        heir = self._chips[min(place, len(self._chips) - 1)] if self._chips else self.opener
        heir.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _drop(self, chip: EnclosureChip) -> None:
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _tell(self) -> None:
        words = summary(tuple(chip.enclosure for chip in self._chips))
        self.header.set_hint(f"{words}   Ctrl+E" if words else "Ctrl+E")
        self._chip_box.updateGeometry()
        self.changed.emit()

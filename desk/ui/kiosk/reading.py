"""Pages to read: the privacy notice, announcements. Leaf by leaf, nothing scrolls, nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.ui.kiosk import seeing
from desk.ui.kiosk.fitting import right_to_left
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.parts import EXPAND, PageTitle, Scaled, left_to_right
from desk.ui.theme import ALIGN_LEFT
from desk.ui.widgets import Button, draw_box, draw_lines, line_height, wrap
from desk.values import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands there: ``lang`` is that of the words, ``foot`` a small line below every leaf (a version)."""

    title: str
    paragraphs: tuple[str, ...]
    lang: str
    foot: str = ""


class Passage(Scaled):
    """Lines of one leaf on a card."""

    fits_words = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)  # its size depends on the look of the window
        self._lines: list[str] = []
        self.role = "strong"
        """Of its letters: large when it is one leaf in them."""
        self.setSizePolicy(EXPAND, EXPAND)

    @property
    def face(self) -> QFont:
        return self.font_of(self.role, 400)

    def set_lines(self, lines: Sequence[str]) -> None:
        self._lines = list(lines)
        self.setAccessibleName(" ".join(line for line in lines if line))

    def paint(self, painter: QPainter) -> None:
        theme, rect, pad, face = self.theme, QRectF(self.rect()), float(self.sizes.card_pad), self.face
        draw_box(painter, rect, self.sizes.radius_tile, theme.surface, theme.line_strong, self.border())
        inner = rect.adjusted(pad, pad * 0.7, -pad, -pad * 0.7)
        top, step = inner.y(), line_height(face)
        for line in self._lines:
            if line:
                spot = QRectF(inner.x(), top, inner.width(), step)
                draw_lines(painter, spot, [left_to_right(line)], face, theme.ink, ALIGN_LEFT)
            top += step if line else step * 0.5


class ReadingPage(KioskPage):
    """One leaf of ``reading``; ``turned(leaf)`` asks for another."""

    turned = Signal(int)

    def __init__(self, stage: Stage, reading: Reading, leaf: int = 0, back: str = "home") -> None:
        super().__init__(stage)
        self.spoken = reading.lang
        body = self.frame(hero=reading.title, sentence=reading.foot)
        if stage.portrait:
            body.addWidget(PageTitle(reading.title))
        passage = Passage(self)
        pad = passage.sizes.card_pad
        wide = stage.wide - stage.px(2 * 48) - 2 * pad - (0 if stage.portrait else stage.px(600))
        high = self._room() - 1.4 * pad
        leaves = leaves_of(reading.paragraphs, passage.face, wide, high)
        if len(leaves) > 1:
            passage.role = "body"
            leaves = leaves_of(reading.paragraphs, passage.face, wide, high)
        self.leaves, self.leaf = len(leaves), leaf % len(leaves)
        passage.set_lines(leaves[self.leaf])
        passage.setObjectName("passage")
        if stage.visitor.mirrored and not any(right_to_left(one) for one in reading.paragraphs):
            passage.setLayoutDirection(stage.window.layoutDirection().LeftToRight)
        body.addWidget(passage, 1)
        body.addLayout(self._foot(reading, back))

    def _room(self) -> float:
        """The height left for words."""
        stage, text = self.stage, self.stage.visitor.text_scale
        taken = 48 + 84 + 76 * text + 20 + 88 * text
        if stage.portrait:
            taken = 168 + 72 + 90 * min(text, 1.2) + 40 + 88 * text
        return stage.high - stage.px(taken + 20) - seeing.bar_high(self)

    def _foot(self, reading: Reading, back: str) -> QHBoxLayout:
        tr = self.tr_
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        key = Button(tr(N_("Geri")), icon="arrow-left", scale="kiosk")
        key.setObjectName("back")
        key.clicked.connect(lambda: self.go.emit(back))
        row.addWidget(key, 1)
        if self.leaves > 1:
            words = tr(N_("Devamı {leaf} / {leaves}")).format(leaf=self.leaf + 1, leaves=self.leaves)
            more = Button(words, icon="arrow-right", kind="tint", scale="kiosk")
            more.setObjectName("more")
            more.clicked.connect(lambda: self.turned.emit(self.leaf + 1))
            row.addWidget(more, 1)
        else:
            row.addWidget(self.help_button(), 1)
        return row


def leaves_of(paragraphs: Sequence[str], face: QFont, wide: float, high: float) -> list[list[str]]:
    """Lines by leaf; an empty line (half as high) parts two paragraphs."""
    step = line_height(face)
    leaves: list[list[str]] = [[]]
    left = high
    for paragraph in paragraphs:
        lines = wrap(face, paragraph, wide)
        if leaves[-1] and left < step * (0.5 + min(2, len(lines))):
            leaves.append([])
            left = high
        elif leaves[-1]:
            leaves[-1].append("")
            left -= step * 0.5
        for line in lines:
            if left < step:
                leaves.append([])
                left = high
            leaves[-1].append(line)
            left -= step
    return leaves

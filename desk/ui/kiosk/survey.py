"""The survey at the kiosk: one question a page, five faces, and every question may be left out.

Nobody is asked who they are and nothing is written: words need a keyboard and invite names, so questions for words are
asked at the desk only. What was answered is kept when the last question is done or "Bitir" is touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.registry.survey_forms import FACE_NAMES, HIGHEST, LOWEST, Form, Question, QuestionKind
from desk.ui.kiosk.fitting import fit
from desk.ui.kiosk.page import KioskPage, Stage, even_columns
from desk.ui.kiosk.parts import EXPAND, FIX, Scaled
from desk.ui.theme import ALIGN_CENTER, color
from desk.ui.widgets import Button, Control, draw_box, draw_lines, line_height
from desk.ui.widgets.button import skin
from desk.ui.widgets.painting import placed

SMILES = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""How the mouths of the five faces are bent, from very bad to very good."""


SHORT = 12
"""Letters of a choice that has room beside two others."""


class QuestionWords(Scaled):
    """The question, large, in the middle of its room; above it which of how many."""

    def __init__(self, words: str, place: str) -> None:
        super().__init__(words)
        self._words, self._place = words, place
        self.setAccessibleDescription(place)
        self.setSizePolicy(EXPAND, EXPAND)

    def sizeHint(self) -> QSize:
        return QSize(0, round(self.px(200)))

    def paint(self, painter: QPainter) -> None:
        rect, theme = QRectF(self.rect()), self.theme
        small = self.font_of("body", 500)
        face = self.font_of(round(self.px(60) * min(self.look.text_scale, 1.25)), 600)
        head = line_height(small)
        face, lines = fit(
            self._words, face, rect.width() * 0.94, rect.height() - head, self.font_of, look=self.look, most=4
        )
        high = head + len(lines) * line_height(face)
        top = max(0.0, (rect.height() - high) / 2)
        spot = QRectF(rect.x(), top, rect.width(), head)
        draw_lines(painter, spot, [self._place], small, theme.ink_2_kiosk, ALIGN_CENTER)
        spot = QRectF(rect.x(), top + head, rect.width(), high - head)
        draw_lines(painter, spot, lines, face, theme.accent, ALIGN_CENTER)


class FaceKey(Control):
    """One of five faces with its name below, or ``wide`` beside it in larger letters; the shape of the mouth tells it,
    not a colour."""

    def __init__(self, name: str, smile: float, *, wide: bool = False) -> None:
        super().__init__(name, scale="kiosk")
        self._smile, self._wide = smile, wide
        self.setSizePolicy(EXPAND, FIX)

    def radius(self) -> float:
        return self.sizes.radius_tile

    def sizeHint(self) -> QSize:
        if self._wide:
            return QSize(self.sizes.control * 3, round(self.sizes.control * 1.15))
        side = round(self.sizes.control * 1.6) + 3 * self.sizes.gap
        return QSize(side, side + 2 * line_height(self._below()))

    def _below(self) -> QFont:
        return self.font_of("body" if self.look.text_scale > 1 else "caption", 500)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizes.control, self.sizeHint().height())

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        sizes, theme = self.sizes, self.theme
        look = skin(theme, "secondary", self.state())
        edge = theme.accent if self.state() and not theme.outlined else look.edge
        draw_box(painter, rect, self.radius(), look.fill, edge, self.border())
        pad = sizes.gap
        if self._wide:
            self._paint_beside(painter, rect, look.ink, look.ink if self.state() else theme.ink)
            return
        foot = 2 * line_height(self._below())
        side = max(8.0, min(rect.width() - 2 * pad, rect.height() - foot - 2 * pad))
        side = min(side, sizes.control * 1.6)
        top = max(pad, (rect.height() - foot - side) / 2)
        paint_face(painter, QRectF((rect.width() - side) / 2, top, side, side), self._smile, look.ink)
        room = QRectF(pad / 2, top + side + pad / 2, rect.width() - pad, foot)
        face, lines = fit(
            self._label,
            self._below(),
            room.width(),
            room.height(),
            self.font_of,
            look=self.look,
            most=2,
        )
        draw_lines(painter, room, lines, face, look.ink if self.state() else theme.ink, ALIGN_CENTER)

    def _paint_beside(self, painter: QPainter, rect: QRectF, ink: str, words: str) -> None:
        pad, side = self.sizes.card_pad, rect.height() - 2 * self.sizes.gap
        paint_face(painter, placed(painter, QRectF(pad, self.sizes.gap, side, side)), self._smile, ink)
        left = 2 * pad + side
        room = QRectF(left, 0, rect.width() - left - pad, rect.height())
        strong = self.font_of("strong", 600)
        face, lines = fit(self._label, strong, room.width(), room.height(), self.font_of, look=self.look, most=1)
        high = line_height(face) * len(lines)
        draw_lines(painter, QRectF(left, (rect.height() - high) / 2, room.width(), high), lines, face, words)


def paint_face(painter: QPainter, box: QRectF, smile: float, ink: object) -> None:
    """A face in lines: a circle, two eyes and a mouth bent by ``smile`` (−1 … 1)."""
    painter.save()
    wide = max(2.0, box.width() * 0.045)
    pen = QPen(color(ink), wide)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(wide, wide, -wide, -wide))
    centre, unit = box.center(), box.width() / 2
    painter.setBrush(color(ink))
    for aside in (-0.34, 0.34):
        painter.drawEllipse(QPointF(centre.x() + aside * unit, centre.y() - 0.22 * unit), wide * 0.75, wide * 0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    mouth = QPainterPath()
    level, bend = centre.y() + 0.34 * unit, smile * 0.26 * unit
    mouth.moveTo(centre.x() - 0.42 * unit, level - bend * 0.5)
    mouth.quadTo(QPointF(centre.x(), level + bend * 1.5), QPointF(centre.x() + 0.42 * unit, level - bend * 0.5))
    painter.drawPath(mouth)
    painter.restore()


class SurveyPage(KioskPage):
    """One question. ``answered(code, value)``: a face or number as int, a choice as str, None for a skipped one;
    ``finished`` ends it early."""

    answered = Signal(str, object)
    finished = Signal()

    def __init__(self, stage: Stage, form: Form, place: int) -> None:
        super().__init__(stage)
        tr = self.tr_
        questions = form.touched()
        self.question = question = questions[place]
        words = tr(N_("Soru {place} / {count}")).format(place=place + 1, count=len(questions))
        body = self.frame(hero=tr(N_("Bizi değerlendiriniz")), sentence=tr(N_("Görüşleriniz isimsizdir.")))
        body.addWidget(QuestionWords(tr(question.text), words), 3)
        keys = QVBoxLayout()
        keys.setSpacing(stage.px(20))
        self._keys(keys, question)
        body.addLayout(keys, 4)
        if stage.portrait:
            body.addWidget(self.assurance(tr(N_("Görüşleriniz isimsizdir."))))
        body.addLayout(self._foot(question, begun=place > 0))

    def _keys(self, box: QVBoxLayout, question: Question) -> None:
        tr = self.tr_
        if question.kind == QuestionKind.FACES:
            # Five beside each other leave large letters no room on a portrait screen.
            wide = self.stage.portrait and self.stage.visitor.text_step > 0
            faces = [FaceKey(tr(name), smile, wide=wide) for name, smile in zip(FACE_NAMES, SMILES, strict=True)]
            self._grid(box, faces, list(range(1, len(faces) + 1)), 1 if wide else 5)
        elif question.kind == QuestionKind.CHOICE:
            labels = [self._plain(tr(label)) for _, label in question.choices]
            short = len(labels) == 3 and all(len(tr(label)) <= SHORT for _, label in question.choices)
            columns = 1 if self.stage.portrait else 3 if short else 2
            self._grid(box, labels, [code for code, _ in question.choices], columns)
        else:
            values = list(range(LOWEST[question.kind], HIGHEST[question.kind] + 1))
            self._grid(box, [self._plain(str(value)) for value in values], values, 4 if self.stage.portrait else 6)

    def _plain(self, words: str) -> Button:
        key = Button(words, scale="kiosk")
        key.setSizePolicy(EXPAND, FIX)
        return key

    def _grid(self, box: QVBoxLayout, keys: Sequence[Control], values: Sequence[int | str], columns: int) -> None:
        grid = self.grid(16)
        even_columns(grid, columns)
        for place, (key, value) in enumerate(zip(keys, values, strict=True)):
            key.setObjectName(f"answer:{value}")
            key.clicked.connect(lambda _=False, value=value: self.answered.emit(self.question.code, value))
            grid.addWidget(key, place // columns, place % columns)
        box.addStretch(1)
        box.addLayout(grid)
        box.addStretch(1)

    def _foot(self, question: Question, *, begun: bool) -> QHBoxLayout:
        tr = self.tr_
        row = QHBoxLayout()
        row.setSpacing(self.stage.px(20))
        end = Button(
            tr(N_("Bitir")) if begun else tr(N_("Geri")), icon="check" if begun else "arrow-left", scale="kiosk"
        )
        end.setObjectName("finish" if begun else "back")
        end.clicked.connect(self.finished.emit)
        skip = Button(tr(N_("Bu soruyu geç")), icon="arrow-right", scale="kiosk")
        skip.setObjectName("skip")
        skip.clicked.connect(lambda: self.answered.emit(question.code, None))
        row.addWidget(end, 1)
        row.addWidget(skip, 1)
        return row

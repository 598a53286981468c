"""Files that are dropped on a page, or chosen with its key: scanned papers for a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.widgets import Painted, draw_box, draw_text, line_height, paint_icon, text_width

MOST_AT_ONCE = 20
"""Files of one drop; a whole folder dragged by mistake is not read."""

tr = translator()


def paths_of(data: QMimeData) -> tuple[Path, ...]:
    """The files of a drag; () for words, pictures out of a browser and addresses elsewhere."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())[:MOST_AT_ONCE]


def ask_for_files(owner: QWidget) -> tuple[Path, ...]:
    """Ctrl+D: the same by keyboard."""
    title, kinds = tr(N_("Belge ekle")), tr(N_("Belgeler (*.pdf *.jpg *.jpeg *.png)"))
    paths, _ = QFileDialog.getOpenFileNames(owner, title, "", kinds)
    return tuple(Path(path) for path in paths)[:MOST_AT_ONCE]


class DropHint(Painted):
    """Lies over the page while a file is held above it, and says what will happen."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent=parent)
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()

    def paint(self, painter: QPainter) -> None:
        theme, sizes = self.theme, self.sizes
        area = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        draw_box(painter, area, sizes.radius_card, None, theme.petrol_500, sizes.ring, True)
        face = self.font_of("heading")
        wide, high = text_width(face, self._words) + sizes.icon * 3, line_height(face) + 32
        box = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        draw_box(painter, box, sizes.radius_card, theme.surface, theme.petrol_500, 2)
        side = sizes.icon
        paint_icon(
            painter, "document", QRectF(box.left() + side * 0.75, box.center().y() - side / 2, side, side), theme.accent
        )
        words = box.adjusted(side * 2, 0, -side * 0.5, 0)
        draw_text(painter, words, self._words, face, theme.ink)


class FileDrops(QObject):
    """``FileDrops(page, words, taken)``: files dropped anywhere on ``page`` go to ``taken(paths)``.

    ``words()`` is what the page says while they are held above it; "" when nothing can take them now.
    """

    def __init__(self, page: QWidget, words: Callable[[], str], taken: Callable[[tuple[Path, ...]], object]) -> None:
        super().__init__(page)
        self._words, self._taken = words, taken
        self.hint = DropHint("", page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            return self._held(event)
        if event.type() == QEvent.Type.DragLeave:
            self._away()
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._away()
            paths = paths_of(event.mimeData())
            if paths and self._words():
                event.acceptProposedAction()
                self._taken(paths)
                return True
        return False

    def _held(self, event: QDragMoveEvent) -> bool:
        words = self._words() if paths_of(event.mimeData()) else ""
        if not words:
            return False
        if event.type() == QEvent.Type.DragEnter:
            self.hint.cover(words)
        event.acceptProposedAction()
        return True

    def _away(self) -> None:
        if shiboken6.isValid(self.hint):
            self.hint.hide()

"""F1: the chapter of the page in front, from the documents that come with the program; needs no network.

The chapters are ``docs/NAME.md`` with their pictures in ``docs/resimler``. They are read when they are asked for.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QWidget

from desk.config import docs_path
from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.overlay import EDGE, Overlay
from desk.ui.theme import color, font, style_part
from desk.ui.widgets import Button, Dressed

tr = translator()

CHAPTERS = {
    "danisma": "danisma.md",
    "banko": "banko.md",
    "evrak": "evrak.md",
    "refakat": "danisma.md",
    "basvurular": "evrak.md",
    "ayarlar": "vardiya.md",
    "vardiya": "vardiya.md",
    "yazicilar": "vardiya.md",
}
"""Page on the rail → chapter; a page that is not here opens the first one."""

PARTS = {"refakat": "Refakat", "basvurular": "Başvurular", "yazicilar": "Yazıcılar", "ayarlar": "Ayarlar"}
"""Pages without a chapter of their own: the heading at which they open."""

SIZES = {1: "title", 2: "heading", 3: "strong"}
"""Heading level → type role."""

READING_WIDTH = 760
"""A line of at most about ninety letters."""


def chapter(page: str) -> Path:
    """The document for a page of the rail."""
    return docs_path(CHAPTERS.get(page, "danisma.md"))


class Reader(Dressed, QTextBrowser):
    """A chapter to read: arrows and Page keys scroll, Tab goes from link to link."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr(N_("Yardım metni")))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.anchorClicked.connect(self._follow)
        self.path = Path()

    def open(self, path: Path, heading: str = "") -> None:
        """Show a chapter from its beginning, or from a heading of it."""
        self.path = path
        try:
            words = path.read_text(encoding="utf-8")
        except OSError:
            words = tr(N_("Yardım metni bulunamadı: {name}. Bilgi işleme bildiriniz.")).format(name=path.name)
        self._show(words)
        if heading:
            self.to_heading(heading)

    def to_heading(self, words: str) -> None:
        """Bring a heading to the upper edge."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == words:
                self.setTextCursor(QTextCursor(block))
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top))
                return
            block = block.next()

    def look_changed(self) -> None:
        super().look_changed()
        if self.path.name:
            self.open(self.path)

    def _show(self, words: str) -> None:
        page = self.document()
        page.setDefaultFont(font("body", sizes=self.sizes))
        page.setDocumentMargin(4)
        page.setBaseUrl(QUrl.fromLocalFile(str(self.path)))
        self.setSearchPaths([str(self.path.parent)])
        style_part(self)
        self.setMarkdown(words)
        self._dress_blocks()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress_blocks(self) -> None:
        """Our type for headings, air between paragraphs; Markdown brings sizes of its own."""
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            shape = QTextBlockFormat()
            if not _is_picture(block):  # its line would be as much higher
                shape.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            in_table = QTextCursor(block).currentTable() is not None
            shape.setTopMargin(18 if level > 1 else 4)
            shape.setBottomMargin(4 if in_table else 8)
            cursor = QTextCursor(block)
            cursor.mergeBlockFormat(shape)
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                look = QTextCharFormat()
                look.setFont(font(SIZES.get(level, "strong"), sizes=self.sizes))
                look.setForeground(color(self.theme.ink))
                look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
                cursor.mergeCharFormat(look)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl) -> Any:  # noqa: N802
        """Pictures, scaled smoothly to the page; nothing is ever fetched from the network."""
        if kind != QTextDocument.ResourceType.ImageResource.value or (not name.isLocalFile() and name.scheme()):
            return super().loadResource(kind, name)
        picture = QImage(str(self.path.parent / name.path()))
        if picture.isNull():
            return super().loadResource(kind, name)
        room = max(200, min(READING_WIDTH, self.viewport().width()) - 16)
        wide = room if picture.width() > picture.height() else room // 2
        dots = self.devicePixelRatioF()
        smooth = picture.scaledToWidth(round(wide * dots), Qt.TransformationMode.SmoothTransformation)
        smooth.setDevicePixelRatio(dots)
        return smooth

    def _follow(self, link: QUrl) -> None:
        """Another chapter opens here; an address of the network opens in the browser."""
        if link.scheme() in ("http", "https"):
            QDesktopServices.openUrl(link)
            return
        name, _, _anchor = link.toString().partition("#")
        if re.fullmatch(r"[a-z]+\.md", name):
            self.open(self.path.with_name(name))


def _is_picture(block: QTextBlock) -> bool:
    pieces = block.begin()
    return not pieces.atEnd() and pieces.fragment().charFormat().isImageFormat()


class HelpPage(Overlay):
    """The chapter of a page over the window. Esc or F1 closes it; Shift+F1 is for the keys."""

    def __init__(self, window: QWidget, page: str) -> None:
        super().__init__(window, tr(N_("Yardım")), width=READING_WIDTH + 80)
        self.title.hide()  # the chapter has its own
        self._page = page
        self.reader = Reader()
        self.body.addWidget(self.reader, 1)
        close = Button(tr(N_("Kapat")), key="Esc", kind="secondary")
        close.clicked.connect(self.dismiss)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        self.body.addLayout(row)

    def open(self) -> None:
        super().open()
        self.reader.open(chapter(self._page), PARTS.get(self._page, ""))

    def first_focus(self) -> QWidget | None:
        return self.reader

    def _place(self) -> None:
        self.reader.setFixedHeight(max(160, self.height() - 2 * EDGE - 110))
        super()._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.dismiss()
            event.accept()
        else:
            super().keyPressEvent(event)

"""Parts that stand side by side where there is room, and below each other where there is not (large text)."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QScrollArea, QScrollBar, QSizePolicy, QStackedWidget, QWidget

from desk.ui.theme import style_part
from desk.ui.widgets import Dressed

SETTLED_MS = 30
"""After this time a layout has settled that was changed with the focus."""

EDGE = 20
"""Pixels kept free above and below what is brought into sight: a field is larger than what is typed into."""


HEAD = 48
"""Pixels: what begins so far up is shown with the page's beginning."""


class Unsquashed(QBoxLayout):
    """A box layout whose parts are never lower than they must be: where its widget is, the last of them reach below
    the widget's edge.

    WORKAROUND: Qt lays out from within. When a part of a page grows, the widget around it is laid out before the page
    has become higher, and every other part of it was squashed until the next turn of the event loop: cut keys in a form
    because a list below it got its first line. A page that is scrolled has the room a moment later.
    """

    def setGeometry(self, rect: QRect) -> None:
        wide = rect.width()
        least = self.minimumHeightForWidth(wide) if self.hasHeightForWidth() else self.minimumSize().height()
        super().setGeometry(rect.adjusted(0, 0, 0, max(0, least - rect.height())))


def below_each_other(owner: QWidget) -> Unsquashed:
    """The parts of a page, or of a piece of it, below each other."""
    return Unsquashed(QBoxLayout.Direction.TopToBottom, owner)


class SideBySide(Dressed, QWidget):
    """``row.add(card, stretch=2, least=480)``: the row breaks when its parts cannot have their ``least`` width.

    Widths are in pixels at text scale 1.
    """

    def __init__(self, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, int, int]] = []
        self._line = Unsquashed(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(gap)

    def add(self, part: QWidget, *, stretch: int = 1, least: int = 240) -> None:
        self._parts.append((part, stretch, least))
        self._line.addWidget(part, stretch)

    def is_row(self) -> bool:
        return self._line.direction() == QBoxLayout.Direction.LeftToRight

    def _least(self) -> int:
        scale = self.look.text_scale
        shown = [least for part, _, least in self._parts if not part.isHidden()]
        return round(sum(shown) * scale) + self._line.spacing() * max(0, len(shown) - 1)

    def fits(self, width: int) -> bool:
        """Whether the parts stand side by side in so many pixels."""
        return width >= self._least()

    def arrange(self) -> None:
        """Choose row or column for the present width."""
        row = self.fits(self.width())
        wanted = QBoxLayout.Direction.LeftToRight if row else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            self.updateGeometry()
        for part, stretch, least in self._parts:
            self._line.setStretchFactor(part, stretch if row else 0)
            part.setMinimumWidth(round(least * self.look.text_scale) if row else 0)

    def look_changed(self) -> None:
        self.arrange()
        super().look_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.arrange()
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        # the width of the broken row, or the row could never become narrow enough to break
        wide = max((part.minimumSizeHint().width() for part, *_ in self._parts if not part.isHidden()), default=0)
        return QSize(wide, super().minimumSizeHint().height())


class WrappingStack(QStackedWidget):
    """One of several parts, as high as the shown one needs at this width: rows that wrap in it are never squashed."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._wishes = [part.sizePolicy() for part in parts]
        for part in parts:
            self.addWidget(part)
        self.currentChanged.connect(lambda _: self._only_the_shown_one_counts())
        self._only_the_shown_one_counts()

    def _only_the_shown_one_counts(self) -> None:
        """WORKAROUND: a QStackedLayout is as high as the highest of its parts unless the others ask for nothing."""
        nothing = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for place, wish in enumerate(self._wishes):
            self.widget(place).setSizePolicy(wish if place == self.currentIndex() else nothing)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        shown = self.currentWidget()
        high = shown.heightForWidth(width) if shown is not None and shown.hasHeightForWidth() else -1
        return high if high >= 0 else super().sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def let_wrap(row: QWidget) -> QWidget:
    """Let a row of chips grow to a second line.

    WORKAROUND: a vertical Maximum policy caps a wrapping Segmented at the height of one line.
    """
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    return row


class SteadyBar(QScrollBar):
    """A scroll bar that is always there and has no width while there is nothing to scroll: where it lies in the margin,
    nothing moves when it comes, and no part of its area comes or goes with it."""

    def __init__(self, area: QScrollArea, in_margin: bool) -> None:
        super().__init__(Qt.Orientation.Vertical, area)
        self._area, self._needed, self._in_margin = area, False, in_margin
        self.rangeChanged.connect(self._range_changed)

    def _range_changed(self, low: int, high: int) -> None:
        if (high > low) == self._needed:
            return
        self._needed = high > low
        if self._in_margin:
            self.update()
        else:
            self.updateGeometry()
            QApplication.postEvent(self._area, QEvent(QEvent.Type.LayoutRequest))

    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return usual if self._needed or self._in_margin else QSize(0, usual.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._needed:
            super().paintEvent(event)


class Scroller(QScrollArea):
    """A page's content, scrolled up and down only when the window is too low for it.

    What has the focus is in sight, however it got there: nobody types into a field below the edge. It comes into sight
    with the focus, stays there when the window or a part above it changes its height, and comes back with the next key
    after somebody scrolled away from it with the mouse.

    ``in_margin``: the bar lies over the content's right margin, which is the same with it and without: nothing becomes
    narrower when it comes, and what stands below the scroller ends where the content does.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None, *, in_margin: bool = False) -> None:
        super().__init__(parent)
        self._in_margin = in_margin
        self.setViewport(QWidget())  # Qt's own has no class in Python yet, and looking for one among all takes 14 ms
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(SteadyBar(self, in_margin))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._take_bar_out()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._focused: QWidget | None = None
        self._left_by_hand = False
        self._to_top = 0  # how often: what was to come into sight before is not wanted any more
        content.installEventFilter(self)
        self.verticalScrollBar().actionTriggered.connect(self._scrolled_by_hand)
        self.look_changed()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _take_bar_out(self) -> None:
        """The bar lies over the room that Qt keeps for it, and not in it: a screen reader is told the content alone.

        WORKAROUND: Qt counts a bar that shows in its room among the parts, and answers a question for the second part
        with ``at(1)`` of what shows just then (``QAccessibleAbstractScrollArea::child``, Qt 6.11): a page that went to
        the back between "how many parts?" and "the second, please" ended the program. The content is always there. A
        screen reader scrolls by the focus, and needs no bar.
        """
        bar = self.verticalScrollBar()
        bar.setParent(self)
        bar.show()

    def _place_bar(self) -> None:
        wide = self.verticalScrollBar().sizeHint().width()
        self.verticalScrollBar().setGeometry(self.width() - wide, 0, wide, self.height())

    def look_changed(self) -> None:
        """Its bar has the width of the look; the content reaches below it."""
        style_part(self.verticalScrollBar())
        wide = self.verticalScrollBar().sizeHint().width() if self._in_margin else 0
        if self.viewportMargins().right() != -wide:
            self.setViewportMargins(0, 0, -wide, 0)
        self._place_bar()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_changed()

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if self._focused is not None and shiboken6.isValid(self._focused):
            self._focused.removeEventFilter(self)
        self._focused = new if new is not None and self.widget().isAncestorOf(new) else None
        if self._focused is None:
            return
        self._focused.installEventFilter(self)
        self._left_by_hand = False
        if self.isVisible():
            self.show_soon(self._focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.widget():
            self._keep_in_sight()
        elif event.type() == QEvent.Type.KeyPress and self._left_by_hand and watched is self._focused:
            self._left_by_hand = False
            self.show_soon(self._focused)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_bar()
        self._keep_in_sight()

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._scrolled_by_hand()

    def _scrolled_by_hand(self, _action: int = 0) -> None:
        self._left_by_hand = self._focused is not None

    def _keep_in_sight(self) -> None:
        """After a change of heights; who scrolled away by hand is left where they look."""
        part = self._focused
        if part is not None and not self._left_by_hand and shiboken6.isValid(part) and self.isVisible():
            self.show_soon(part)

    def to_top(self) -> None:
        """Where a page begins, as far as what has the focus is in sight there."""
        self._to_top += 1
        self.verticalScrollBar().setValue(0)
        self._left_by_hand = False
        self._keep_in_sight()

    def show_soon(self, part: QWidget) -> None:
        """``show_whole``, once a part that has just been unfolded has its place (and the bar at the right has its)."""
        before = self._to_top
        for pause in (0, SETTLED_MS):
            QTimer.singleShot(pause, self, lambda: self.show_whole(part) if before == self._to_top else None)

    def show_whole(self, part: QWidget) -> None:
        """Bring ``part`` into sight, its beginning when it is higher than there is room."""
        if not shiboken6.isValid(part) or not self.widget().isAncestorOf(part):
            return
        top = part.mapTo(self.widget(), QPoint(0, 0)).y()
        margin = EDGE if part.height() + 2 * EDGE <= self.viewport().height() else 0
        self.ensureVisible(0, top + part.height(), 0, margin)
        self.ensureVisible(0, top, 0, margin)
        if top <= HEAD and top + part.height() <= self.viewport().height():
            self.verticalScrollBar().setValue(0)  # with the label above it

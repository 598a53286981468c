"""Messages that come up over the window: done (with a way back), and what went wrong (stays)."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desk.errors import N_
from desk.i18n import Translator, translator
from desk.ui.widgets.button import Button
from desk.ui.widgets.control import Control, Dressed
from desk.ui.widgets.icons import paint_icon
from desk.ui.widgets.painting import draw_box, draw_lines, draw_text, line_height, painting, text_width, wrap

CLOSE = N_("İletiyi kapatınız")

BAR = 40
"""So much higher than its keys is a bar that holds nothing else: a message stands clear of the bar."""

EDGE, COLUMN_EDGE = 24, 16
"""Pixels between a message and the edges of what it stands over; in a column that keeps room for it, as its cards."""

COLUMN = 640
"""Pixels up to which what keeps room for messages is a column: they are as wide as it is."""

LEAST_LETTERS = 22
"""So many letters a line of a message has room for beside its keys; else these stand below."""


class _Action(Control):
    """The words at the right end of a toast; or its closing cross."""

    def __init__(self, label: str, tone: str, *, icon: str = "", name: str | None = None, scale: str = "staff") -> None:
        super().__init__(label, name=name, scale=scale)
        self._tone, self._icon = tone, icon

    def sizeHint(self) -> QSize:
        high = max(line_height(self.font_of("strong")) + 8, self.sizes.control)
        return QSize(high if self._icon else text_width(self.font_of("strong"), self._label) + 12, high)

    def paint(self, painter, rect: QRectF) -> None:
        theme = self.theme
        ink = {"info": theme.amber_500, "error": theme.on_brick, "call": theme.on_amber}[self._tone]
        if self.state() in ("hover", "pressed"):
            draw_box(painter, rect, self.sizes.radius_key, edge=ink, width=1)
        if self._icon:
            side = self.sizes.icon * 0.9
            spot = QRectF((rect.width() - side) / 2, (rect.height() - side) / 2, side, side)
            paint_icon(painter, self._icon, spot, ink)
        else:
            draw_text(painter, rect, self._label, self.font_of("strong"), ink, Qt.AlignmentFlag.AlignCenter)


class Toast(Dressed, QFrame):
    """One message: ``tone`` "info" goes by itself after ``seconds`` (a bar shows how long), "error" stays; so does
    "call", somebody who needs help now: amber, in larger words, and nearest to the corner whatever else is said.
    """

    def __init__(
        self,
        words: str,
        *,
        tone: str = "info",
        icon: str | None = None,
        action: str = "",
        key: str = "",
        on_action: Callable[[], None] | None = None,
        seconds: float = 10,
        scale: str = "staff",
        tr: Translator | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scale = scale
        self._words, self._tone = words, tone
        self._icon = icon or {"info": "check", "error": "warning", "call": "bell"}[tone]
        self._on_action = on_action
        self.stays = False  # until its action is taken; other information does not replace it
        self._span = self._left = round(seconds * 1000)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.action = _Action(f"{action}  {key}".strip(), tone, name=action, scale=scale) if action else None
        closing = (tr or translator())(CLOSE)
        self.cross = _Action("", tone, icon="cross", name=closing, scale=scale) if tone == "error" else None
        for part in (self.action, self.cross):
            if part:
                part.setParent(self)
        if self.action:
            self.action.clicked.connect(self.act)
        if self.cross:
            self.cross.clicked.connect(self.dismiss)
        self._clock = QTimer(self)
        self._clock.setInterval(100)
        self._clock.timeout.connect(self._tick)

    def words(self) -> str:
        return self._words

    def is_call(self) -> bool:
        """Whether somebody needs help."""
        return self._tone == "call"

    def _face(self) -> QFont:
        return self.font_of("heading" if self.is_call() else "table")

    def _icon_side(self) -> int:
        return round(self.sizes.icon * (1.5 if self.is_call() else 1.0))

    def start(self) -> None:
        """Let the time run (information only)."""
        if self._tone == "info" and self._span:
            self._clock.start()

    def act(self) -> None:
        """Take the offered way (what the action's key does too) and go."""
        self.dismiss()
        if self._on_action:
            self._on_action()

    def dismiss(self) -> None:
        """Go away."""
        self._clock.stop()
        self.hide()
        self.deleteLater()

    def _tick(self) -> None:
        self._left -= self._clock.interval()
        self.update()
        if self._left <= 0:
            self.dismiss()

    def _buttons_width(self) -> int:
        parts = [part.sizeHint().width() for part in (self.action, self.cross) if part]
        return sum(parts) + self.sizes.gap * len(parts)

    def _text_left(self) -> int:
        return self.sizes.pad + self._icon_side() + self.sizes.gap

    def _is_narrow(self, width: int) -> bool:
        """Whether the keys stand below the words: beside them a line would have room for a word or two."""
        room = width - self._text_left() - self._buttons_width() - self.sizes.pad
        return self.action is not None and room < text_width(self._face(), "0" * LEAST_LETTERS)

    def _lines(self, width: int) -> list[str]:
        beside = 0 if self._is_narrow(width) else self._buttons_width()
        return wrap(self._face(), self._words, width - self._text_left() - beside - self.sizes.pad)

    def _ends_beside(self, width: int) -> bool:
        """Whether the last line of the words leaves room for the keys that would else stand below it."""
        last = text_width(self._face(), self._lines(width)[-1])
        return last + self.sizes.gap + self._buttons_width() <= width - self._text_left() - self.sizes.pad

    def _text_height(self, width: int) -> int:
        """From the top edge to where keys below the words begin, or the whole height when there are none."""
        return self.heightForWidth(width) - (self._keys_height() if self._keys_below(width) else 0)

    def _keys_below(self, width: int) -> bool:
        return self._is_narrow(width) and not self._ends_beside(width)

    def _last_line(self, width: int) -> float:
        """Where the middle of the last line stands."""
        return 12 + (len(self._lines(width)) - 0.5) * line_height(self._face())

    def _keys_height(self) -> int:
        return max((part.sizeHint().height() for part in (self.action, self.cross) if part), default=0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        words = len(self._lines(width)) * line_height(self._face()) + 24
        if self._keys_below(width):
            return words + self._keys_height()
        if self._is_narrow(width):
            return max(words, round(self._last_line(width) + self._keys_height() / 2) + 8)
        return max(words, self._keys_height() + 8, self.sizes.control + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._text_left() + self._buttons_width() + self.sizes.pad, self._keys_height() + 8)

    def sizeHint(self) -> QSize:
        words = text_width(self._face(), self._words)
        wide = self._text_left() + words + self._buttons_width() + 2 * self.sizes.pad
        return QSize(wide, self.heightForWidth(wide))

    def resizeEvent(self, event) -> None:
        self._place_keys()
        super().resizeEvent(event)

    def look_changed(self) -> None:
        super().look_changed()
        self._place_keys()
        if self.parentWidget() is not None and self.isVisible():
            toasts(self).place_again()

    def _place_keys(self) -> None:
        right = self.width() - self.sizes.gap - 4
        for part in (self.cross, self.action):
            if part:
                size = part.sizeHint()
                top = (self.height() - size.height()) // 2
                if self._keys_below(self.width()):
                    top = self.height() - size.height() - 8
                elif self._is_narrow(self.width()):
                    top = round(self._last_line(self.width()) - size.height() / 2)
                part.setGeometry(right - size.width(), top, size.width(), size.height())
                right -= size.width() + self.sizes.gap

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, sizes, rect = self.theme, self.sizes, QRectF(self.rect())
        fill, ink = {
            "info": (theme.petrol_900, theme.ink if theme.outlined else theme.on_petrol),
            "error": (theme.brick_600, theme.on_brick),
            "call": (theme.amber_500, theme.on_amber),
        }[self._tone]
        edge = theme.line if theme.outlined or theme.name == "dark" else None
        with painting(self) as painter:
            draw_box(painter, rect, sizes.radius, fill, edge, self.border())
            side = self._icon_side()
            face, left, lines = self._face(), self._text_left(), self._lines(self.width())
            high: float = self._text_height(self.width())
            if self._is_narrow(self.width()) and not self._keys_below(self.width()):
                high = len(lines) * line_height(face) + 24  # the keys reach lower than their line
            paint_icon(painter, self._icon, QRectF(sizes.pad, (high - side) / 2, side, side), ink)
            top = (high - len(lines) * line_height(face)) / 2
            draw_lines(painter, QRectF(left, top, rect.width() - left, high), lines, face, ink)
            if self._clock.isActive():
                wide = (rect.width() - 2 * sizes.radius) * max(0, self._left) / self._span
                draw_box(painter, QRectF(sizes.radius, rect.height() - 4, wide, 2), 1, theme.amber_500)


class ToastHost(QObject):
    """The messages of one window, newest below, at its lower left over the content.

    ``toasts(window).info("V 017 yazdırıldı.", action="Geri al", key="Ctrl+Z", on_action=…)``
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Toast] = []
        self.anchor: QWidget | None = None
        window.installEventFilter(self)

    def info(
        self,
        words: str,
        *,
        action: str = "",
        key: str = "",
        on_action: Callable[[], None] | None = None,
        seconds: float = 10,
        icon: str | None = None,
        scale: str = "staff",
    ) -> Toast:
        """Something was done; goes by itself. A new one replaces the last piece of information, but a mere remark
        does not take away a way back that is still open.
        """
        for toast in self.shown():
            if toast._tone == "info" and not toast.stays and (action or toast.action is None):
                toast.dismiss()
        return self._show(
            Toast(words, action=action, key=key, on_action=on_action, seconds=seconds, icon=icon, scale=scale)
        )

    def message(
        self,
        words: str,
        *,
        action: str,
        key: str = "",
        on_action: Callable[[], None],
        icon: str | None = None,
        call: bool = False,
    ) -> Toast:
        """Somebody wants something: stays until ``action`` says that it was seen. ``call``: they need help."""
        tone = "call" if call else "info"
        toast = Toast(words, tone=tone, action=action, key=key, on_action=on_action, seconds=0, icon=icon)
        toast.stays = True
        return self._show(toast)

    def error(
        self, words: str, *, action: str = "", on_action: Callable[[], None] | None = None, scale: str = "staff"
    ) -> Toast:
        """Something failed; stays until it is closed or its way out is taken. The same sentence shows once."""
        for toast in self.shown():
            if toast.words() == words:
                toast.dismiss()
        return self._show(Toast(words, tone="error", action=action, on_action=on_action, scale=scale))

    def shown(self) -> list[Toast]:
        """What can be read just now, oldest first."""
        self._shown = [toast for toast in self._shown if shiboken6.isValid(toast) and not toast.isHidden()]
        return list(self._shown)

    def in_order(self) -> list[Toast]:
        """From the top down as they stand: the oldest first, calls for help last."""
        shown = self.shown()
        return [one for one in shown if not one.is_call()] + [one for one in shown if one.is_call()]

    def undo(self) -> bool:
        """Take the way back of the newest message that offers one (Ctrl+Z); False when there is none."""
        for toast in reversed(self.shown()):
            if toast._tone == "info" and toast.action and not toast.stays:
                toast.act()
                return True
        return False

    def clear(self) -> None:
        for toast in self.shown():
            toast.dismiss()

    def _show(self, toast: Toast) -> Toast:
        toast.setParent(self._window)
        toast.destroyed.connect(self._place)
        self._shown.append(toast)
        toast.show()
        self._place()
        toast.start()
        _announce(toast)
        return toast

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self._shown:
            self._place()
        return False

    def move_to(self, anchor: QWidget) -> None:
        """Show the messages over another part of the window from now on.

        One with ``keep_free(pixels)`` makes room at its foot, and nothing is hidden by them; they stand
        ``message_edge`` pixels from its edges.
        """
        if self.anchor is not None and shiboken6.isValid(self.anchor):
            self.anchor.removeEventFilter(self)
            self._keep_free(0)
        self.anchor = anchor
        anchor.installEventFilter(self)  # it may move later than the window: its text grows, a column goes
        self._place()

    def place_again(self) -> None:
        """A message has become larger or smaller."""
        self._place()

    def _place(self) -> None:
        if not shiboken6.isValid(self._window):
            return
        area = self._window.rect()
        if self.anchor is not None and shiboken6.isValid(self.anchor):
            area = _seen(self.anchor, self._window)
        own = hasattr(self.anchor, "keep_free") and self.anchor.isVisible()
        edge = getattr(self.anchor, "message_edge", COLUMN_EDGE) if own else EDGE
        bottom = area.bottom() + 1 - edge
        for toast in reversed(self.in_order()):
            wide = area.width() - 2 * edge
            if not own or wide > COLUMN:
                wide = min(max(toast.sizeHint().width(), 320), wide)
            high = toast.heightForWidth(wide)
            # At the right: the left bottom corner is where the pages keep their one big button.
            spot = QRect(area.right() + 1 - edge - wide, bottom - high, wide, high)
            toast.setGeometry(spot if own else self._free(spot, area))
            toast.raise_()
            bottom = toast.y() - 8
        self._keep_free(area.bottom() + 1 - 8 - bottom if self.shown() else 0)

    def _keep_free(self, pixels: int) -> None:
        """Tell a place that keeps room for messages how much of its foot they take."""
        keep = getattr(self.anchor, "keep_free", None)
        if keep is not None:
            keep(pixels)

    def _free(self, spot: QRect, area: QRect) -> QRect:
        """``spot`` moved up until it lies on no key; where keys are everywhere, at least on no filled one."""
        for only_filled in (False, True):
            keys, free = self._keys(only_filled=only_filled), QRect(spot)
            while hit := [key.top() for key in keys if key.intersects(free)]:
                free.moveBottom(min(hit) - 8)
            if free.top() > (area.top() if only_filled else area.center().y()):
                return free
        return spot

    def _keys(self, *, only_filled: bool) -> list[QRect]:
        """Where the keys stand that a message must not lie on, with the bar they stand in."""
        found = []
        for key in self._window.findChildren(Button):
            if not key.isVisible() or isinstance(key.parent(), Toast):
                continue
            if only_filled and (key.kind() != "primary" or not key.isEnabled()):
                continue
            seen = key.visibleRegion().boundingRect()
            if not seen.isEmpty():
                bar = key.parentWidget()
                part, shown = (bar, bar.rect()) if bar.height() <= key.height() + BAR else (key, seen)
                found.append(shown.translated(part.mapTo(self._window, QPoint(0, 0))))
        return found


def _announce(toast: Toast) -> None:
    """To a screen reader; a call for help goes before what it is reading."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # 190 names, no part of a window's start

    said = QAccessibleAnnouncementEvent(toast, toast.words())
    if toast.is_call():
        said.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(said)


ROOM = 160
"""Pixels of height that a message needs at least."""


def _seen(part: QWidget, window: QWidget) -> QRect:
    """Where ``part`` is seen in its window; where too little of it is (it is scrolled away), what is around it."""
    at = part
    while not at.isVisible() and at is not window:
        at = at.parentWidget() or window
    while at.isVisible():
        if at is window:
            return window.rect()
        seen = at.visibleRegion().boundingRect()
        if seen.height() >= min(ROOM, at.height()) and not seen.isEmpty():
            return seen.translated(at.mapTo(window, QPoint()))
        at = at.parentWidget() or window
    return part.rect().translated(part.mapTo(window, QPoint()))


def toasts(widget: QWidget) -> ToastHost:
    """The message host of the window ``widget`` is in, made on first use.

    ``toasts(window).anchor = content`` keeps messages inside a part of the window (beside the rail, above the strip).
    """
    window = widget.window()
    host = window.__dict__.get("_desk_toasts")
    if host is None or not shiboken6.isValid(host):
        host = ToastHost(window)
        window.__dict__["_desk_toasts"] = host
    return host

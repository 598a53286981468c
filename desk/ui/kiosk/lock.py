"""The window system's own ways out of the kiosk: shut as long as it is locked.

Alt+F4 and menus are refused by the window itself. Keys that the window manager takes for itself (Alt+Tab, Super) reach
it no more while the keyboard is ours; that is possible on X11. A window that comes to the front all the same is
covered again at once. On Windows the operating system does this ("atanmış erişim", docs/kiosk.md).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

GRABBING = frozenset({"xcb"})
"""Window systems on which one window can have all keys."""


BACK_TO_FRONT = (QEvent.Type.Show, QEvent.Type.WindowDeactivate, QEvent.Type.WindowStateChange)


class Lock(QObject):
    """Holds the keyboard and the front while ``window`` fills the screen; ``open()`` lets go."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.closed = False
        self._again = QTimer(self, interval=200, singleShot=True)
        self._again.timeout.connect(self.hold)
        window.installEventFilter(self)

    def close(self) -> None:
        """From now on."""
        self.closed = True
        self.hold()

    def open(self) -> None:
        self.closed = False
        self._again.stop()
        self._grab(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._again.stop()
        elif self.closed and event.type() in BACK_TO_FRONT:
            self._again.start()
        return False

    def hold(self) -> None:
        """In front, with all keys. A kiosk that does not fill the screen (a trial) shares both."""
        window = self._window
        if not (self.closed and window.isVisible()):
            return
        if window.isMinimized():
            window.showFullScreen()
        if window.isFullScreen():
            window.raise_()
            window.activateWindow()
            self._grab(True)

    def _grab(self, wanted: bool) -> None:
        handle = self._window.windowHandle()
        if handle is not None and QGuiApplication.platformName() in GRABBING:
            handle.setKeyboardGrabEnabled(wanted)

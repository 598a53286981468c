"""The first thing on the screen: painted at once, replaced when the office is open, or telling why it is not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_, DeskError, Fault
from desk.i18n import translator
from desk.ui.widgets import Button, EmptyState

log = logging.getLogger("desk")

SHOWN_AFTER_MS = 300
"""A start quicker than this shows the real window only."""


class Opening(QWidget):
    """Runs ``opener`` in a thread and hands its result to ``opened`` on the GUI thread, then closes itself.

    A failure stays on screen as a sentence with "Yeniden dene" and "Kapat".
    """

    _done = Signal(object)
    _failed = Signal(object)

    def __init__(self, opener: Callable[[], Any], opened: Callable[[Any], None]) -> None:
        super().__init__()
        self._opener, self._opened = opener, opened
        tr = translator()
        self.setWindowTitle(tr(N_("Danışma")))
        self.resize(560, 320)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = EmptyState("clock", tr(N_("Danışma açılıyor")), tr(N_("Veri tabanı hazırlanıyor.")))
        self._again = Button(tr(N_("Yeniden dene")), kind="primary")
        self._close = Button(tr(N_("Kapat")), kind="secondary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addWidget(self._words, 1)
        for button in (self._again, self._close):
            layout.addWidget(button)
            button.hide()
        self._again.clicked.connect(self.start)
        self._close.clicked.connect(self.close)
        self._done.connect(self._on_done)
        self._failed.connect(self._on_failed)
        self._patience = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._patience.timeout.connect(self.show)

    def start(self) -> None:
        """Begin; the window itself appears only when the start takes longer than a blink."""
        self._again.hide()
        self._close.hide()
        self._patience.start()
        threading.Thread(target=self._open, name="opening", daemon=True).start()

    def _open(self) -> None:
        try:
            result = self._opener()
        except DeskError as error:
            self._failed.emit(error)
        except Exception as error:
            log.exception("cannot open")
            self._failed.emit(Fault(N_("Program açılamadı ({reason}). Bilgi işleme haber veriniz."), reason=error))
        else:
            self._done.emit(result)

    def _on_done(self, result: Any) -> None:
        self._patience.stop()
        self._opened(result)
        self.close()
        self.deleteLater()

    def _on_failed(self, error: DeskError) -> None:
        self._patience.stop()
        tr = translator()
        self._words.set_texts(tr(N_("Program açılamadı")), error.text(tr))
        self._again.show()
        self._close.show()
        self.show()
        self._again.setFocus()

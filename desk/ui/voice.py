"""Reading aloud without a network: espeak-ng, or whatever speech-dispatcher is set up to speak with.

A machine without a voice says nothing and is told so once in the log; what is shown never waits for what is heard.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QProcess, QTimer, Signal
from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)

WORDS_A_MINUTE = 145
"""Slow enough for a hall with an echo and for ears that hear little."""

PATIENCE_MS = 30_000
"""A sentence that takes longer hangs in a sound server: it is ended, so that the next call is heard."""

Said = tuple[str, str]
"""A language code and words in it."""


Speaker = Callable[[str, int], tuple[str, list[str]]]
"""From a language and a loudness in percent to a program and its arguments; it reads the words from its input."""

USUAL, LOUDEST, STEP = 100, 200, 25
"""Loudness in percent."""


def speaker() -> Speaker | None:
    """How this machine speaks; None when it cannot, or when nobody sits before it (pictures drawn into memory)."""
    if QGuiApplication.platformName() == "offscreen":
        return None
    espeak = shutil.which("espeak-ng")
    if espeak:
        return lambda lang, loud: (espeak, ["-v", lang, "-s", str(WORDS_A_MINUTE), "-a", str(loud), "--stdin"])
    dispatcher = shutil.which("spd-say")
    if dispatcher:
        return lambda lang, loud: (dispatcher, ["--wait", "-l", lang, "-i", str(loud - USUAL), "--pipe-mode"])
    return None


class Voice(QObject):
    """Says one thing at a time; ``finished`` when all of it was said, stopped, or could not be said."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None, how: Speaker | None = None) -> None:
        super().__init__(parent)
        self._how = how or speaker()
        self.loudness = USUAL
        if self._how is None:
            log.info("no voice: neither espeak-ng nor spd-say is installed")
        self._parts: list[Said] = []
        self._process: QProcess | None = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._hung)

    @property
    def can_speak(self) -> bool:
        return self._how is not None

    @property
    def speaking(self) -> bool:
        return self._process is not None

    def say(self, parts: Sequence[Said]) -> None:
        """Say these one after the other, instead of what is being said."""
        self.stop()
        if self._how is None or not parts:
            return
        self._parts = list(parts)
        self._next()

    def add(self, parts: Sequence[Said]) -> None:
        """Say these after what is being said."""
        if self.speaking:
            self._parts += parts
        else:
            self.say(parts)

    def louder(self, steps: int = 1) -> None:
        """Louder, or softer with a negative number, within what can be heard."""
        self.loudness = min(max(self.loudness + steps * STEP, STEP), LOUDEST)

    def stop(self) -> None:
        """Be silent at once."""
        self._parts = []
        if self._process is not None:
            process, self._process = self._process, None
            self._patience.stop()
            process.finished.disconnect()
            process.errorOccurred.disconnect()
            process.kill()
            process.waitForFinished(200)
            process.deleteLater()

    def _next(self) -> None:
        assert self._how is not None
        if not self._parts:
            self.finished.emit()
            return
        lang, words = self._parts.pop(0)
        program, arguments = self._how(lang, self.loudness)
        self._process = QProcess(self)
        self._process.finished.connect(self._said)
        self._process.errorOccurred.connect(self._failed)
        self._process.start(program, arguments)
        self._process.write(words.encode())
        self._process.closeWriteChannel()
        self._patience.start()

    def _said(self) -> None:
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self._patience.stop()
        self._next()

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            log.warning("the voice cannot be started")
            self._parts = []
            self._said()

    def _hung(self) -> None:
        log.warning("the voice hangs; the sentence is ended")
        self._parts = []
        if self._process is not None:
            self._process.kill()

"""The chime before a call: three falling tones, made here, played by whatever player the machine has."""

from __future__ import annotations

import math
import shutil
import struct
import sys
import wave
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from desk.config import cache_dir
from desk.errors import Fault
from desk.files import write_whole

RATE = 44_100
"""Samples a second."""

TONES = ((783.99, 0.0), (659.26, 0.28), (523.25, 0.56))
"""Hertz and start in seconds: G5, E5, C5, clear of voices and easy for ears that hear no high tones."""

SECONDS = 1.6
PLAYERS = ("pw-play", "paplay", "aplay")


def sound() -> bytes:
    """The chime as a WAV file, mono, 16 bit."""
    samples = bytearray()
    for place in range(round(RATE * SECONDS)):
        at = place / RATE
        level = sum(_tone(hertz, at - start) for hertz, start in TONES)
        samples += struct.pack("<h", round(max(-1.0, min(1.0, level)) * 32_000))
    target = BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bytes(samples))
    return target.getvalue()


def _tone(hertz: float, at: float) -> float:
    """A struck bell: quick attack, slow fall, a little of the octave."""
    if at < 0:
        return 0.0
    loud = min(at / 0.012, 1.0) * math.exp(-3.2 * at)
    return loud * (0.34 * math.sin(math.tau * hertz * at) + 0.10 * math.sin(math.tau * 2 * hertz * at))


class Chime:
    """Plays the chime without waiting for it; a machine without a player beeps."""

    def __init__(self) -> None:
        self._file: Path | None = None

    def prepare(self) -> None:
        """Make the sound file; belongs in a worker (60 ms). Without a writable cache the display beeps."""
        target = cache_dir() / "chime-1.wav"
        try:
            if not target.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                write_whole(target, sound())
        except (OSError, Fault):
            return
        self._file = target

    def play(self) -> None:
        if self._file is not None and _play(self._file):
            return
        QApplication.beep()


def _play(file: Path) -> bool:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
        return True
    for player in PLAYERS:
        program = shutil.which(player)
        if program:
            quiet = ["-q"] if player == "aplay" else []
            return _start(program, [*quiet, str(file)])
    return False


def _start(program: str, arguments: list[str]) -> bool:
    """Begin a program and leave it alone; what it says of a machine without a sound card is for nobody."""
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    begun: Any = process.startDetached()  # a bool, whatever PySide's type stubs say of a pair
    return begun if isinstance(begun, bool) else bool(begun[0])

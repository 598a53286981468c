"""The error tree.

    DeskError                what this program raises on purpose
    ├── Cancelled            the person changed their mind: silent
    ├── UserError            refused, with a sentence that says what to do
    │   └── Stale            somebody else was first: the sentence says who
    └── Fault                the world outside failed: printer, database, disk

Anything else that is raised is a bug: logged with an id that the person is shown.

An error carries a *message* (the Turkish source string, marked with ``N_``) and parameters, never a
finished sentence: it is put into words by ``error.text(tr)`` in the language of whoever reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a Turkish source string for extraction; it is translated where it is shown."""
    return message


class DeskError(Exception):
    """Base of all errors raised on purpose.

    ``message`` is a marked source string with ``{names}``; ``params`` fill them.
    """

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def text(self, tr: Callable[[str], str] | None = None) -> str:
        """The sentence, in the language of ``tr`` (Turkish without one)."""
        sentence = tr(self.message) if tr else self.message
        return sentence.format(**self.params) if self.params else sentence

    def __str__(self) -> str:
        return self.text()


class Cancelled(DeskError):
    """The person changed their mind; nothing is shown."""

    def __init__(self) -> None:
        super().__init__("")


class UserError(DeskError):
    """Refused for a reason the person can act on."""


class Stale(UserError):
    """The screen was out of date: somebody else acted first."""


class Fault(DeskError):
    """Printer, database, disk or network failed; what was recorded stays recorded."""

"""What a widget is for assistive technology, where Qt would only say "filler".

Qt knows the role of its own buttons, fields and tables. Everything that the kit paints itself is a plain QWidget for
it: screen readers pass over such a widget, although it carries the words. A class says what it is with
``accessible_role``; a widget without it is left to Qt, and so is everything that can be pressed.
"""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role

_installed = False


def install() -> None:
    """Let the roles be heard, once for the process, where ``DESK_ROLES`` is set.

    Not always, until it is known why the window died twice while its tree was read with them (docs/accessibility.md):
    a screen reader that hears "filler" is better served than one whose window is gone.
    """
    global _installed
    if not _installed and os.environ.get("DESK_ROLES"):
        _installed = True
        QAccessible.installFactory(_described)


def _described(_class: str, thing: QObject) -> Any:
    """What Qt's tree holds for ``thing``; None leaves it to Qt."""
    role = getattr(thing, "accessible_role", None)
    if role is None or not isinstance(thing, QWidget):
        return None
    return QAccessibleWidget(thing, role)

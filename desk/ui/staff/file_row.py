"""The scans of a record: each opens with a press, and there is room for one more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.application_types import StoredFile
from desk.ui.staff.enclosures import shown_size
from desk.ui.widgets import Button, FlowLayout, SectionLabel

NAME_MOST = 28
"""Letters of a file's name on its button; the whole name is heard and shown as its tooltip."""

tr = translator()


class FileRow(QWidget):
    """``show_files(files)``; ``opened(file id)``. ``set_hidden()``: a name may name people and hides with the rest."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[StoredFile, ...] = ()
        self._hidden = False
        self._buttons: list[Button] = []
        self.header = SectionLabel(tr(N_("Taranmış belgeler")))
        box = QWidget()
        self._flow = FlowLayout(box, gap=8)
        policy = box.sizePolicy()
        policy.setHeightForWidth(True)
        box.setSizePolicy(policy)
        self.add = Button(tr(N_("Belge ekle")), icon="plus", key="Ctrl+D", compact=True)
        self._flow.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addWidget(box)

    def show_files(self, files: Sequence[StoredFile]) -> None:
        self._files = tuple(files)
        self._fill()

    def set_hidden(self, hidden: bool) -> None:
        self._hidden = hidden
        self._fill()

    def ids(self) -> tuple[UUID, ...]:
        return tuple(one.id for one in self._files)

    def _fill(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self.add)
        self._buttons = [self._button(place, one) for place, one in enumerate(self._files, start=1)]
        for part in (*self._buttons, self.add):
            self._flow.addWidget(part)
            part.show()
        self.header.set_hint(tr(N_("{count} dosya")).format(count=len(self._files)) if self._files else "")
        self.updateGeometry()

    def _button(self, place: int, file: StoredFile) -> Button:
        named = tr(N_("{place}. belge")).format(place=place) if self._hidden else _short(file.name)
        heard = named if self._hidden else file.name
        name = tr(N_("{name}, {size}: aç")).format(name=heard, size=shown_size(file.size))
        button = Button(f"{named} · {shown_size(file.size)}", icon="document", compact=True, name=name)
        button.setToolTip(heard)
        button.clicked.connect(partial(self.opened.emit, file.id))
        return button


def _short(name: str) -> str:
    """A long name keeps its beginning and its ending: "ayşe-yıldırım-dilek….pdf"."""
    if len(name) <= NAME_MOST:
        return name
    return f"{name[: NAME_MOST - 8]}…{name[-6:]}"

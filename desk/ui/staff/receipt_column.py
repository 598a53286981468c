"""The receipt beside the form, and the button that prints the last one again."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.fitted_paper import FittedPaper
from desk.ui.staff.receipt_preview import SlipPicture
from desk.ui.widgets import Button, SectionLabel


class ReceiptColumn(QWidget):
    """``show_draft(picture)``, ``show_printed(picture | None)``; the page's layout gives ``last`` its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr = translator()
        self.label = SectionLabel(tr(N_("Alındı ön izlemesi")), "")
        self.paper = FittedPaper(tr(N_("Alındı ön izlemesi")), tr(N_("Alındı burada görünür.")))
        self.last = Button(tr(N_("Son alındıyı yazdır")), icon="printer", key="F3")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.paper, 1)

    def show_draft(self, picture: SlipPicture) -> None:
        """The receipt as the form stands now."""
        self._show(picture, self._tr(N_("{mm} mm · taslak")))

    def show_printed(self, picture: SlipPicture | None) -> None:
        """The receipt that was printed for a record; None when none ever was."""
        if picture is None:
            self.paper.set_image(None)
            self.label.set_hint("")
        else:
            self._show(picture, self._tr(N_("{mm} mm · basılan")))

    def _show(self, picture: SlipPicture, hint: str) -> None:
        self.paper.set_image(picture.image, picture.text)
        self.label.set_hint(hint.format(mm=picture.paper_mm))

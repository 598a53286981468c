"""What can be done with the form, and with an open record: one row of buttons each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.registry.types import MISSING_NAMES, Missing
from desk.text import lower_tr
from desk.ui.staff.side_by_side import SideBySide
from desk.ui.theme import ALIGN_RIGHT
from desk.ui.widgets import Button, ElidedText


class FormActions(QWidget):
    """Register, with or without the "Eksiklik bildirimi"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tr = tr = translator()
        self.deficiency = Button(tr(N_("Eksiklik bildirimiyle kaydet")), icon="document", key="F4")
        self.remark = ElidedText("", "hint", "amber_text", align=ALIGN_RIGHT)
        self.register = Button(tr(N_("Kaydet ve alındı yazdır")), icon="printer", key="F2", kind="primary")
        row = _row(self)
        row.addWidget(self.deficiency)
        self.again = Button(
            tr(N_("Kaydet, göndereni koru")), icon="person", key="Shift+F2",
            name=tr(N_("Kaydet ve aynı gönderenle yeni kayda başla")),
        )  # fmt: skip
        row.addWidget(self.remark, 1)
        row.addWidget(self.again)
        row.addWidget(self.register)
        self.show_missing((), empty=True)

    def show_missing(self, missing: tuple[Missing, ...], *, empty: bool = False, asked: bool = True) -> None:
        """What the receipt will say is missing; the notice is offered only then. ``asked``: the law asks for a form."""
        names = ", ".join(lower_tr(self._tr(MISSING_NAMES[one])) for one in missing)
        if missing:
            words = self._tr(N_("Alındıya eksik olarak yazılacak: {names}")).format(names=names)
        else:
            words = "" if empty or not asked else self._tr(N_("Şekil şartları tamam"))
        self.remark.setText(words)
        self.remark.set_brief(self._tr(N_("{count} eksik")).format(count=len(missing)) if missing else "")
        self.remark.set_color("amber_text" if missing else "ink_2")
        self.deficiency.setEnabled(bool(missing))

    def show_join(self, record_number: str) -> None:
        """F2 will join the record to another; "" when it stands for itself."""
        words = N_("Kaydet ve {number} ile birleştir") if record_number else N_("Kaydet ve alındı yazdır")
        self.register.set_label(self._tr(words).format(number=record_number))


class RecordActions(QWidget):
    """Print again, print sticker, second copy or what is missing, make the A4 document, close."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tr = translator()
        self.close_button = Button(icon="cross", key="Esc", name=tr(N_("Kapat")))
        self.deficiency = Button(tr(N_("Eksiklik")), icon="warning", key="F4", name=tr(N_("Eksiklik bildirimi yazdır")))
        self.label = Button(tr(N_("Kaşe")), icon="stamp", key="Ctrl+K", name=tr(N_("Kayıt kaşesi")))
        self.second = Button(tr(N_("2. nüsha")), icon="document", key="Ctrl+2")
        self.pdf = Button(tr(N_("A4")), icon="download", key="Ctrl+P", name=tr(N_("A4 belge")))
        self.reprint = Button(
            tr(N_("Yeniden yazdır")), icon="printer", key="F3", kind="primary", name=tr(N_("Alındıyı yeniden yazdır"))
        )
        left, right = QWidget(), QWidget()
        row = _row(left)
        for button in (self.close_button, self.label, self.second):
            row.addWidget(button)
        row.addStretch(1)
        row = _row(right)
        row.addStretch(1)
        for button in (self.deficiency, self.pdf, self.reprint):
            row.addWidget(button)
        both = SideBySide(gap=8)
        both.add(left, stretch=0, least=436)
        both.add(right, stretch=1, least=530)
        _row(self).addWidget(both)


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row

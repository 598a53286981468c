"""Who the visitor is: optional, folded away, checked while it is typed, and never needed for a number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.errors import N_, UserError
from desk.i18n import translator
from desk.registry.persons import NAME_LIMIT, check_phone, check_tckn
from desk.registry.types import NOBODY, PersonInput
from desk.ui.widgets import (
    Control,
    Dressed,
    Field,
    draw_box,
    draw_text,
    key_size,
    line_height,
    paint_icon,
    paint_key,
    painting,
    text_width,
)

tr = translator()


class _Fold(Control):
    """The line that opens and closes the fields."""

    def __init__(self) -> None:
        super().__init__(tr(N_("Ad, T.C. kimlik no, telefon")))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._note = ""

    def set_note(self, note: str) -> None:
        self._note = note
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, max(self.sizes.control, line_height(self.font_of("strong")) + 12))

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        theme, side = self.theme, self.sizes.icon
        middle = rect.height() / 2
        paint_icon(painter, "id-card", QRectF(0, middle - side / 2, side, side), theme.ink_2)
        left = side + self.sizes.gap * 1.5
        cap = key_size("Alt+K", self.sizes)
        right = rect.width() - side - self.sizes.gap * 1.5 - cap.width()
        spot = QRectF(right, middle - cap.height() / 2, cap.width(), cap.height())
        paint_key(painter, spot, "Alt+K", self.font_of("key"), theme.ink_2, theme.line_strong)
        right -= self.sizes.gap
        face = self.font_of("strong")
        wide = min(text_width(face, self.label()), right - left)
        draw_text(painter, QRectF(left, 0, wide, rect.height()), self.label(), face, theme.ink)
        after = left + wide + self.sizes.gap * 1.5
        draw_text(
            painter, QRectF(after, 0, right - after, rect.height()), self._note, self.font_of("hint"), theme.ink_2
        )
        icon = "chevron-up" if self.isChecked() else "chevron-down"
        paint_icon(painter, icon, QRectF(rect.width() - side, middle - side / 2, side, side), theme.ink_2)


class IdentityCard(Dressed, QWidget):
    """``person()``, ``problem()``, ``show_person()``, ``toggle()`` (Alt+K)."""

    changed = Signal()
    left = Signal()  # closed, or Enter in its last field: back to the search

    def __init__(self) -> None:
        super().__init__()
        self._fold = _Fold()
        self.name = Field(tr(N_("Ad soyad")), max_length=NAME_LIMIT)
        self.tckn = Field(tr(N_("T.C. kimlik no")), max_length=20)
        self.phone = Field(tr(N_("Telefon")), max_length=24)
        self._fields = QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(12)
        for field, share in ((self.name, 5), (self.tckn, 4), (self.phone, 4)):
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
            field.text_edited.connect(self._edited)
            field.return_pressed.connect(self.left)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._column.addWidget(self._fold)
        self._column.addWidget(self._fields)
        self._fields.hide()
        self._fold.clicked.connect(lambda: self.open(self._fold.isChecked()))
        self.phone.editing_finished.connect(self._check_phone)
        self.tckn.editing_finished.connect(self._check_tckn)
        self.look_changed()
        self._edited()

    # --- open and shut

    def is_open(self) -> bool:
        return not self._fields.isHidden()

    def open(self, on: bool) -> None:
        self._fold.setChecked(on)
        self._fields.setVisible(on)
        self._fold.update()
        self.updateGeometry()
        if on:
            self.name.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit()

    def toggle(self) -> None:
        self.open(not self.is_open())

    # --- what was given

    def person(self) -> PersonInput:
        return PersonInput(self.name.text(), self.tckn.text(), self.phone.text())

    def show_person(self, person: PersonInput) -> None:
        for field, words in ((self.name, person.name), (self.tckn, person.tckn), (self.phone, person.phone)):
            field.clear()
            field.set_text(words)
        given = person != NOBODY
        self._fold.setChecked(given)
        self._fields.setVisible(given)
        self._edited()

    def offer(self, name: str, tckn: str) -> None:
        """Name and number of a scanned identity document, the name marked: the clerk corrects its Turkish letters."""
        self.show_person(PersonInput(name, tckn or self.tckn.text(), self.phone.text()))
        self.name.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name.edit.selectAll()

    def problem(self) -> str:
        """What is wrong with it, as a sentence; the field says it too."""
        self._check_tckn()
        self._check_phone()
        return self.tckn.error() or self.phone.error()

    def to_problem(self) -> None:
        """The focus goes to what is wrong, marked, ready to be typed anew."""
        wrong = next((field for field in (self.tckn, self.phone) if field.error()), None)
        if wrong is not None:
            self.open(True)
            wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.edit.selectAll()

    def _edited(self) -> None:
        given = [field for field in (self.name, self.tckn, self.phone) if field.text().strip()]
        count = len(given)
        note = tr(N_("isteğe bağlı · {count} alan dolu")).format(count=count) if count else tr(N_("isteğe bağlı · boş"))
        self._fold.set_note(note)
        digits = "".join(self.tckn.text().split())
        if len(digits) >= 11:
            self._check_tckn()
        else:
            self._neutral(self.tckn)
        if not self.phone.text().strip() or self.phone.error():
            self._neutral(self.phone)
        self.changed.emit()

    def _neutral(self, field: Field) -> None:
        field.set_error("")
        field.set_valid(False)
        field.set_hint("")

    def _check_tckn(self) -> None:
        """Check digits hold: shown back in groups, because one in ten swapped pairs passes them."""
        self._neutral(self.tckn)
        try:
            digits = check_tckn(self.tckn.text())
        except UserError as error:
            self.tckn.set_error(error.text(tr))
            return
        if digits:
            self.tckn.set_valid(True)
            self.tckn.set_hint(f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}")

    def _check_phone(self) -> None:
        self._neutral(self.phone)
        try:
            number = check_phone(self.phone.text())
        except UserError as error:
            self.phone.set_error(error.text(tr))
            return
        self.phone.set_valid(bool(number))

    def look_changed(self) -> None:
        self._column.setContentsMargins(16, 2, 12, 2)
        super().look_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.theme
        with painting(self) as painter:
            rect, width = QRectF(self.rect()), self.border()
            draw_box(painter, rect, self.sizes.radius, None, theme.line_strong, width, dashed=True)

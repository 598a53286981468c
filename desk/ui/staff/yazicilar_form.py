"""A printer is added or changed: how it hangs on, its model, whose it is. A slip tries it before it is saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import printer_setup as setup
from desk.actions import printers as actions
from desk.actions.printers import PrinterEdit
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.text import clean, fold
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.staff.side_by_side import Scroller, SideBySide, let_wrap
from desk.ui.staff.yazicilar_address import BAUDS, KINDS, MISSING, TARGET_NAMES, Parts, parts_of
from desk.ui.widgets import Button, Choice, Field, Option, SectionLabel, Segmented, Text, Toggle

EXAMPLES = {scheme: example for scheme, _, example in KINDS}
CODE_MOST = 40
NAME_MOST = 60
LEAST_HEIGHT = 530
"""Pixels of the fields that are seen at once; the smallest screen has room for them."""

tr = translator()


class PrinterForm(Overlay):
    """``saved(name)``; F2 saves, Ctrl+T prints the trial slip, Esc gives up. ``printer_id`` None: a new printer."""

    saved = Signal(str)

    def __init__(self, window: QWidget, office: Office, printer_id: UUID | None = None) -> None:
        super().__init__(window, tr(N_("Yazıcıyı düzenle")) if printer_id else tr(N_("Yazıcı ekle")), width=760)
        self._office = office
        self._printer_id = printer_id
        self._choices: setup.Choices | None = None
        self._parts = Parts("tcp", "")
        self._code_is_own = printer_id is not None  # nobody's typing is written over
        self._build()
        self._lay_out()
        self._wire()
        ctx = office.ctx
        tasks.read(self, lambda: setup.choices(ctx, printer_id), self._show, self._failed)
        tasks.read(self, lambda: setup.found(ctx), self._show_found, self._failed)

    # --- build

    def _build(self) -> None:
        self.name = Field(tr(N_("Adı")), placeholder=tr(N_("Danışma fiş yazıcısı")), max_length=NAME_MOST)
        self.code = Field(tr(N_("Kodu")), hint=tr(N_("komutlarda kullanılır")), max_length=CODE_MOST)
        self.kind = Segmented([Option(one, tr(words)) for one, words, _ in KINDS], name=tr(N_("Bağlantı")))
        self.found = Choice(tr(N_("Bu bilgisayarda bulunanlar")), hint=tr(N_("aranıyor…")))
        self.target = Field(tr(TARGET_NAMES["tcp"]), placeholder=EXAMPLES["tcp"], max_length=200)
        self.baud = Choice(tr(N_("Hız")), [])
        self.model = Choice(tr(N_("Model")), placeholder=tr(N_("Modeli seçiniz")))
        self.terminal = Choice(tr(N_("Bağlı olduğu bilgisayar")))
        self.place = Field(tr(N_("Yeri")), hint=tr(N_("aynı yerdekiler birbirinin yerine basar")), max_length=NAME_MOST)
        self.active = Toggle(tr(N_("Kullanılıyor")))
        self.active.setChecked(True)
        self.logo = Text("", "hint", "ink_2", wrap=True)
        self.said = Text("", "body", wrap=True)
        self.give_up = Button(tr(N_("Vazgeç")), key="Esc", kind="ghost")
        self.trial = Button(tr(N_("Deneme fişi")), icon="printer", key="Ctrl+T")
        self.save_button = Button(tr(N_("Kaydet")), icon="check", key="F2", kind="primary")

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 12, 4)
        column.setSpacing(12)
        column.addWidget(_pair(self.name, self.code))
        column.addWidget(SectionLabel(tr(N_("Bağlantı"))))
        column.addWidget(let_wrap(self.kind))
        column.addWidget(self.found)
        column.addWidget(_pair(self.target, self.baud))
        column.addWidget(_pair(self.model, self.terminal))
        column.addWidget(_pair(self.place, self.active))
        column.addWidget(self.logo)
        column.addStretch(1)
        area = Scroller(content)
        area.setMinimumHeight(LEAST_HEIGHT)
        self.body.addWidget(area, 1)
        self.body.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.give_up)
        row.addStretch(1)
        row.addWidget(self.trial)
        row.addWidget(self.save_button)
        self.body.addLayout(row)
        self.said.hide()

    def _wire(self) -> None:
        self.kind.changed.connect(self._kind_chosen)
        self.found.changed.connect(self._found_chosen)
        self.baud.changed.connect(self._baud_chosen)
        self.model.changed.connect(lambda _: self._show_model())
        self.name.text_edited.connect(self._name_typed)
        self.code.text_edited.connect(self._code_typed)
        for field in (self.name, self.code, self.target, self.place):
            field.text_edited.connect(partial(self._touched, field))
        self.give_up.clicked.connect(self.dismiss)
        self.trial.clicked.connect(self.try_out)
        self.save_button.clicked.connect(self.save)
        PanelKeys(self, {"F2": self.save, "Ctrl+T": self.try_out})

    def first_focus(self) -> QWidget | None:
        return self.name.edit

    # --- show

    def _show(self, choices: setup.Choices) -> None:
        self._choices = choices
        edit = choices.edit or PrinterEdit("", "", "tcp:", terminal_id=choices.own)
        self._parts = parts_of(edit.address)
        self.name.set_text(edit.name)
        self.code.set_text(edit.code)
        self.place.set_text(edit.pool)
        self.active.setChecked(edit.active)
        self.model.set_options([Option(one.code, one.name, note=f"{one.paper_mm} mm") for one in choices.models])
        self.model.set_value(edit.profile or None)
        self.terminal.set_options([Option(one, name) for one, name in choices.terminals])
        self.terminal.set_value(edit.terminal_id)
        if choices.places:
            known = tr(N_("kullanılanlar: {places}")).format(places=", ".join(choices.places))
            self.place.set_hint(known)
        self.kind.set_value(self._parts.scheme)
        self._show_parts()

    def _show_parts(self) -> None:
        parts = self._parts
        cups, virtual = parts.scheme == "cups", parts.scheme == "virtual"
        self.target.header.set_text(tr(TARGET_NAMES[parts.scheme]))
        self.target.edit.setAccessibleName(tr(TARGET_NAMES[parts.scheme]))
        self.target.edit.setPlaceholderText(tr(EXAMPLES[parts.scheme]))
        self.target.set_text(parts.target)
        self.target.set_error("")
        self.target.setVisible(not virtual)
        self.baud.setVisible(parts.scheme == "serial")
        self.model.setVisible(not cups)
        self.trial.setText(tr(N_("Bağlantıyı dene")) if cups else tr(N_("Deneme fişi")))
        self._show_model()

    def _show_model(self) -> None:
        self.model.set_error("")
        models = {one.code: one for one in self._choices.models} if self._choices else {}
        model = models.get(self.model.value())
        factory = tr(N_("Modelin hızı ({baud})")).format(baud=model.baud) if model else tr(N_("Modelin hızı"))
        speeds = sorted({*BAUDS, *([self._parts.baud] if self._parts.baud else [])})
        self.baud.set_options([Option(0, factory), *(Option(one, str(one)) for one in speeds)])
        self.baud.set_value(self._parts.baud)
        keeps = model is not None and model.stores_logo and self._parts.scheme != "cups"
        self.logo.setText(tr(N_("Bu model logoyu saklar; kaydettikten sonra “Logoyu yükle” düğmesini kullanınız.")))
        self.logo.setVisible(keeps)

    def _show_found(self, found: tuple) -> None:
        self.found.set_hint("" if found else tr(N_("boşta bir port ya da yazıcı bulunamadı; adresi yazınız")))
        self.found.set_options([Option(one.address, one.address.partition(":")[2], note=one.about) for one in found])
        self.found.setEnabled(bool(found))

    # --- react

    def _kind_chosen(self, scheme: str) -> None:
        self._parts = self._parts.to(scheme)
        self._show_parts()

    def _found_chosen(self, address: str) -> None:
        if address:
            self._parts = parts_of(address)
            self.kind.set_value(self._parts.scheme)
            self._show_parts()

    def _baud_chosen(self, baud: int) -> None:
        self._parts = replace(self._parts, baud=baud or 0)

    def _name_typed(self, name: str) -> None:
        """The code follows the name until somebody writes one."""
        if not self._code_is_own:
            self.code.set_text("-".join(fold(name).split())[:CODE_MOST])

    def _code_typed(self, _: str) -> None:
        self._code_is_own = True

    def _touched(self, field: Field, _: str) -> None:
        if field.error():
            field.set_error("")
        self.said.hide()

    # --- check, try, save

    def edit_of_form(self) -> PrinterEdit:
        scheme = self.kind.value()
        parts = self._parts.to(scheme).at(clean(self.target.text()))
        return PrinterEdit(
            code=clean(self.code.text()),
            name=clean(self.name.text()),
            address=parts.address(),
            profile="" if scheme == "cups" else self.model.value() or "",
            pool=clean(self.place.text()),
            active=self.active.isChecked(),
            id=self._printer_id,
            terminal_id=self.terminal.value(),
        )

    def _is_wrong(self, *, named: bool) -> bool:
        """Say beside each field what is missing; the first of them gets the focus."""
        scheme, wrong = self.kind.value(), []
        if named and not clean(self.name.text()):
            wrong.append((self.name, N_("Yazıcının adını yazınız.")))
        if named and not clean(self.code.text()):
            wrong.append((self.code, N_("Yazıcının kodunu yazınız.")))
        elif named and self._is_taken(clean(self.code.text())):
            wrong.append((self.code, N_("Bu kodla başka bir yazıcı var.")))
        if scheme != "virtual" and not clean(self.target.text()):
            wrong.append((self.target, MISSING[scheme]))
        if scheme != "cups" and not self.model.value():
            wrong.append((self.model, N_("Yazıcının modelini seçiniz; bilmiyorsanız genel modeli seçiniz.")))
        for field, sentence in wrong:
            field.set_error(tr(sentence))
        if wrong:
            wrong[0][0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(wrong)

    def _is_taken(self, code: str) -> bool:
        own = self._choices.edit.code if self._choices and self._choices.edit else ""
        return self._choices is not None and code in self._choices.codes and code != own

    def try_out(self) -> None:
        if self._choices is None or self._is_wrong(named=False):
            return
        edit, ctx = self.edit_of_form(), self._office.ctx
        self._busy(tr(N_("Deneniyor…")))
        tasks.run(self, lambda: setup.try_out(ctx, edit), self._tried, self._failed)

    def _tried(self, sentence: str) -> None:
        self._busy(tr(sentence), over=True)

    def save(self) -> None:
        if self._choices is None or self._is_wrong(named=True):
            return
        edit, ctx = self.edit_of_form(), self._office.ctx
        self._busy(tr(N_("Kaydediliyor…")))
        tasks.run(self, lambda: actions.save_printer(ctx, edit), lambda _: self._kept(edit.name), self._failed)

    def _kept(self, name: str) -> None:
        self.saved.emit(name)
        self.dismiss()

    def _failed(self, error: DeskError) -> None:
        self._busy(error.text(tr), over=True, wrong=True)

    def _busy(self, sentence: str, *, over: bool = False, wrong: bool = False) -> None:
        self.said.setText(sentence)
        self.said.set_color("brick_text" if wrong else "ink")
        self.said.show()
        self.trial.setEnabled(over)
        self.save_button.setEnabled(over)


def _pair(left: QWidget, right: QWidget) -> SideBySide:
    row = SideBySide(gap=12)
    for part in (left, right):
        row.add(part, stretch=1, least=280)
        row.layout().setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return row

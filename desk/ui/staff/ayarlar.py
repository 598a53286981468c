"""Ayarlar: one sub-page per subject; what was changed is shown in words before it is saved, and can be taken back.

The fields, their limits and words stand in ``desk.registry.setting_table``; this page only shows them. Changes are kept
while one goes from sub-page to sub-page, and saved together.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desk.actions import settings as actions
from desk.actions.settings import Saved
from desk.errors import N_, DeskError, Stale
from desk.events import Change as Event
from desk.events import Kind
from desk.i18n import translator
from desk.registry import setting_table
from desk.registry.setting_fields import FieldError, Problem, Record, Sheet
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.ayarlar_draft import Draft
from desk.ui.staff.ayarlar_form import RecordForm
from desk.ui.staff.ayarlar_parts import Line, PendingBar, Rows
from desk.ui.staff.page import Page
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.side_by_side import Scroller
from desk.ui.widgets import Button, EmptyState, Text

SAMPLE_KEY = "Ctrl+Shift+N"
MANY = 2
"""With fewer records, and none to add, a sub-page needs no list of them."""

NOTHING = {
    "kapali-gunler": (N_("Kapalı gün yok"), N_("Resmî tatiller kendiliğinden kapalıdır.")),
    "duyurular": (N_("Duyuru yok"), N_("Ctrl+N ile ekleyiniz; son günü geçen kendiliğinden kalkar.")),
    "rehber": (
        N_("Rehber boş"),
        N_("Hizmet Standartları Tablosu’ndaki hizmetleri Ctrl+N ile ekleyiniz ya da örnekten başlayınız."),
    ),
}
NO_RECORD = (N_("Kayıt yok"), N_("Ctrl+N ile ekleyiniz."))
"""What a sub-page without records says."""


class AyarlarPage(Page):
    """F2 saves, F4 drops what is not saved, Ctrl+Shift+Z takes the last save back; Ctrl+N adds a record."""

    title = N_("Ayarlar")
    icon = "sliders"
    shows = frozenset({Kind.SETTINGS_CHANGED})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._tr = translator()
        self._draft = Draft()
        self._subject = setting_table.SUBJECTS[0]
        self._record = ""
        self._told: list[Problem] = []  # what the database refused
        self._asked: set[tuple[str, str]] = set()  # fields of new records that were gone through
        self._saved: Saved | None = None
        self._busy = False
        self._build()
        self._lay_out()
        self._wire()

    # --- build

    def _build(self) -> None:
        tr = self._tr
        self.heading = Text(tr(N_("Ayarlar")), "title")
        self.subtitle = Text("", "body", "ink_2", wrap=True)
        self.subjects = Rows(tr(N_("Ayar konuları")), 216)
        self.records = Rows(tr(N_("Kayıtlar")), 284)
        self.add = Button("", icon="plus", key="Ctrl+N", kind="secondary")
        self.remove = Button("", icon="trash", key="Ctrl+Del", kind="ghost")
        self.printers = Button(tr(N_("Yazıcılar sayfasını aç")), icon="printer", kind="primary")
        self.form = RecordForm()
        self.nothing = EmptyState("calendar", "")
        self.sample = Button(tr(N_("Örnek satırları ekle")), icon="plus", key=SAMPLE_KEY, kind="secondary")
        self.pending = PendingBar()

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.records, 1)
        side.addWidget(self.add)
        side.addWidget(self.remove)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.subtitle)
        middle.addWidget(self.printers, 0, Qt.AlignmentFlag.AlignLeft)
        middle.addWidget(self.nothing, 1)
        middle.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignHCenter)
        self.scroller = Scroller(self.form)
        middle.addWidget(self.scroller, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.subjects)
        row.addLayout(side)
        row.addLayout(middle, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addLayout(row, 1)
        column.addWidget(self.pending)

    def _wire(self) -> None:
        self.page_keys = PageKeys(self)
        for keys, slot in (
            ("F2", self.save),
            ("Ctrl+S", self.save),
            ("F4", self.drop),
            ("Ctrl+Shift+Z", self.undo_last),
            ("Ctrl+N", self.add_record),
            (SAMPLE_KEY, self.add_sample),
            ("Ctrl+Del", self.remove_record),
            ("Ctrl+PgDown", lambda: self.subjects.move_by(1)),
            ("Ctrl+PgUp", lambda: self.subjects.move_by(-1)),
        ):
            self.page_keys.add(keys, slot)
        self.subjects.picked.connect(self.show_subject)
        self.records.picked.connect(self._show_record)
        self.form.edited.connect(self._edited)
        self.form.left.connect(self._left)
        self.add.clicked.connect(self.add_record)
        self.sample.clicked.connect(self.add_sample)
        self.remove.clicked.connect(self.remove_record)
        self.printers.clicked.connect(self._open_printers)
        self.pending.save.clicked.connect(self.save)
        self.pending.drop.clicked.connect(self.drop)
        self.pending.undo.clicked.connect(self.undo_last)

    def keys(self) -> list[tuple[str, str]]:
        tr = self._tr
        return [
            ("F2", tr(N_("Değişiklikleri kaydeder (Ctrl+S de olur)"))),
            ("F4", tr(N_("Kaydedilmemiş değişikliklerden vazgeçer"))),
            ("Ctrl+Shift+Z", tr(N_("Son kaydı geri alır"))),
            ("Ctrl+N", tr(N_("Yeni kayıt ekler (hizmet, banko, birim, görevli, kapalı gün)"))),
            (SAMPLE_KEY, tr(N_("Boş rehbere örnek satırları ekler"))),
            ("Ctrl+Del", tr(N_("Kapalı günü ya da eklenmemiş kaydı kaldırır"))),
            ("Ctrl+PgDn / PgUp", tr(N_("Sonraki ya da önceki konu"))),
            ("↑ ↓", tr(N_("Konular ya da kayıtlar arasında gezer"))),
        ]

    # --- load

    def load(self) -> None:
        ctx, code = self.office.ctx, self._subject.code
        tasks.latest(self, "sheet", lambda: actions.sheet(ctx, code), self._show, self._failed)

    def _on_changes(self, changes: list[Event]) -> None:
        if any(change.kind in self.shows for change in changes):
            self._told = []
        super()._on_changes(changes)

    def _show(self, sheet: Sheet) -> None:
        self._draft.take(sheet)
        if sheet.subject == self._subject.code:
            self._refresh()

    def _refresh(self) -> None:
        """Everything, from the draft."""
        code = self._subject.code
        if code not in self._draft.sheets:
            return
        sheet = self._draft.merged(code)
        keys = [one.key for one in sheet.records]
        if self._record not in keys:
            self._record = keys[0] if keys else ""
        self._show_lists(sheet)
        record = next((one for one in sheet.records if one.key == self._record), None)
        self.scroller.setVisible(record is not None)
        self.nothing.setVisible(record is None and bool(self._subject.add))
        self.sample.setVisible(record is None and code == setting_table.GUIDE.code)
        title, words = NOTHING.get(self._subject.code, NO_RECORD)
        self.nothing.set_texts(self._subject.icon, self._tr(title), self._tr(words))
        if record is not None:
            subject = setting_table.subject_of(record.key)
            inside = self.form.isAncestorOf(QApplication.focusWidget())
            if self.form.build(subject, sheet.lists, new=self._draft.is_new(record.key)):
                self.page_keys.watch(self.form)
                if inside:  # or the page's keys would go nowhere
                    self.form.focus()
            self.form.show_values(record.values)
        self._judge()

    def _show_lists(self, sheet: Sheet) -> None:
        tr, subject = self._tr, self._subject
        self.subjects.show_lines([self._subject_line(one) for one in setting_table.SUBJECTS], subject.code)
        many = bool(subject.add) or len(sheet.records) >= MANY
        self.records.setVisible(many)
        if many:
            self.records.show_lines([self._record_line(one) for one in sheet.records], self._record)
        self.subtitle.setText(tr(subject.help))
        self.printers.setVisible(subject is setting_table.PRINTERS)
        self.add.setVisible(bool(subject.add))
        self.add.set_label(tr(subject.add))
        removable = bool(self._record) and (bool(subject.remove) or self._draft.is_new(self._record))
        self.remove.setVisible(removable)
        self.remove.set_label(tr(subject.remove or N_("Eklemekten vazgeç")))

    def _subject_line(self, one: setting_table.Subject) -> Line:
        return Line(one.code, self._tr(one.name), icon=one.icon, changed=self._draft.changed_in(one.code) > 0)

    def _record_line(self, one: Record) -> Line:
        """Without the subject's own icon, which stands on the left already: names need the room."""
        return Line(
            one.key, self._tr(one.title), self._tr(one.note), letter=one.letter, changed=self._draft.is_changed(one.key)
        )

    def _judge(self) -> None:
        """Sentences below the fields, and the bar."""
        found = [*self._draft.problems(self._subject.code), *self._told]
        self.form.show_problems([one for one in found if one.record == self._record and self._is_asked(one)])
        self.pending.show_changes(self._draft.sentences(self._tr), undoable=self._saved is not None)
        self.badge.emit(self._draft.count)

    def _is_asked(self, one: Problem) -> bool:
        """Nobody is told of an empty field before they have been there, or have pressed "Kaydet"."""
        if not one.wrong or not self._draft.is_new(one.record):
            return True
        return bool({(one.record, one.key), (one.record, "")} & self._asked)

    def _left(self, key: str) -> None:
        if self._draft.is_new(self._record) and (self._record, key) not in self._asked:
            self._asked.add((self._record, key))
            self._judge()

    # --- react

    def enter(self) -> None:
        self.subjects.focus()

    def show_subject(self, code: str) -> None:
        """Another sub-page; what was changed stays."""
        self._subject = setting_table.subject(code)
        self._record = ""
        self._refresh()
        self.load()

    def _show_record(self, key: str) -> None:
        self._record = key
        self._refresh()

    def _edited(self, key: str, value: object) -> None:
        if self._record:
            if value:
                self._asked.add((self._record, key))
            self._told = [one for one in self._told if (one.record, one.key) != (self._record, key)]
            self._draft.set(self._record, setting_table.subject_of(self._record).field(key), value)
            self._show_lists(self._draft.merged(self._subject.code))
            self._judge()

    def add_record(self) -> None:
        if self._subject.add and self._subject.code in self._draft.sheets:
            self._record = self._draft.add(self._subject.code)
            self._refresh()
            self.form.focus()

    def add_sample(self) -> None:
        """Fill an empty guide with the sample's lines, to be looked through and saved like any other change."""
        if self.sample.isHidden() or self._subject.code != setting_table.GUIDE.code:
            return
        from desk.registry.guide_sample import sample_lines

        try:
            lines = list(sample_lines(self._draft.sheets[setting_table.GUIDE.code]))
        except DeskError as error:
            self._failed(error)
            return
        for values in lines:
            key = self._draft.add(setting_table.GUIDE.code)
            for name, value in values.items():
                self._draft.set(key, setting_table.GUIDE.field(name), value)
        self._refresh()
        self.records.focus()
        words = self._tr(N_("{count} örnek satır eklendi. Kurumunuza göre düzeltiniz, sonra F2 ile kaydediniz."))
        self.hinted.emit(words.format(count=len(lines)))

    def remove_record(self) -> None:
        if self._record and not self.remove.isHidden():
            self._draft.remove(self._record)
            self._record = ""
            self._refresh()
            self.records.focus()

    def _open_printers(self) -> None:
        show = getattr(self.window(), "show_page", None)
        if show is not None:
            show("yazicilar")

    def drop(self) -> None:
        """Forget what was not saved; the message brings it back."""
        count = self._draft.count
        if not count:
            return
        kept = self._draft.clear()
        self._told = []
        self._refresh()
        words = self._tr(N_("{count} değişiklikten vazgeçildi.")).format(count=count)
        self.said.emit(words, lambda: self._bring_back(kept))

    def _bring_back(self, kept: object) -> None:
        self._draft.restore(kept)
        self._refresh()

    # --- save

    def save(self) -> None:
        """Write everything that was changed, on every sub-page."""
        if self._busy or not self._draft.count:
            return
        wrong = self._draft.wrong()
        if wrong is not None:
            self._asked.add((wrong.record, ""))
            self._go_to(wrong)
            self.hinted.emit(self._tr(N_("Kaydetmeden önce işaretli alanı düzeltiniz.")))
            return
        ctx, changes, count = self.office.ctx, self._draft.changes(), self._draft.count
        self._busy = True
        tasks.run(
            self,
            lambda: actions.save(ctx, changes),
            lambda saved: self._done(saved, self._tr(N_("{count} değişiklik kaydedildi.")).format(count=count)),
            self._refused,
            on_end=self._ended,
        )

    def _ended(self) -> None:
        self._busy = False

    def _done(self, saved: Saved, words: str) -> None:
        self._draft.clear()
        self._told = []
        self._saved = saved if saved.undo else None
        self.said.emit(words, self.undo_last if saved.undo else None)
        self.load()

    def undo_last(self) -> None:
        """Take the last save back, as one save."""
        saved = self._saved
        if saved is None or self._busy:
            return
        ctx = self.office.ctx
        self._busy = True
        tasks.run(self, lambda: actions.undo(ctx, saved), self._undone, self._failed, on_end=self._ended)

    def _undone(self, _saved: Saved) -> None:
        self._saved = None
        self.said.emit(self._tr(N_("Son kayıt geri alındı.")), None)
        self.load()

    def _refused(self, error: DeskError) -> None:
        if isinstance(error, FieldError):
            problem = Problem(error.record, error.key, error.message, error.params)
            self._told = [problem]
            self._go_to(problem)
            self.hinted.emit(self._tr(N_("Kaydedilmedi: {reason}")).format(reason=error.text(self._tr)))
            return
        self._failed(error)
        if isinstance(error, Stale):
            self._read_anew()

    def _read_anew(self) -> None:
        """Somebody was first: read what they saved, and let the changes stand on it."""
        ctx = self.office.ctx
        codes = dict.fromkeys(setting_table.subject_of(one.record).code for one in self._draft.changes())
        tasks.latest(self, "anew", lambda: [actions.sheet(ctx, code) for code in codes], self._stand_on)

    def _stand_on(self, sheets: list[Sheet]) -> None:
        for sheet in sheets:
            self._draft.take(sheet)
            self._draft.rebase(sheet)
        self._refresh()

    def _go_to(self, problem: Problem) -> None:
        self._subject = next(
            one for one in setting_table.SUBJECTS if one.code == setting_table.subject_of(problem.record).code
        )
        self._record = problem.record
        self._refresh()
        self.form.focus(problem.key)

    def _failed(self, error: DeskError) -> None:
        self.failed.emit(error.text(self._tr))

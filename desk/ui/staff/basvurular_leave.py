"""Days of administrative leave (idari izin), entered and taken back; what each does to last days is said first."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.actions import applications, exchange
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.application_types import CLOCK_NAMES
from desk.registry.channels import read_date
from desk.registry.leave import Effect, Leave
from desk.text import WEEKDAYS, short_date
from desk.ui import tasks
from desk.ui.office import Office
from desk.ui.staff.basvurular_period import day_in
from desk.ui.staff.overlay import Overlay
from desk.ui.staff.panel_keys import PanelKeys
from desk.ui.tables.rows_model import Column
from desk.ui.widgets import Button, DataTable, EmptyState, Field, SectionLabel, Text, Toggle

LOOK_MS = 250
tr = translator()


def columns() -> tuple[Column, ...]:
    return (
        Column(tr(N_("Gün")), lambda one: day_words(one), strong=True, width=200),
        Column(tr(N_("Süre")), lambda one: tr(HALF) if one.half else tr(WHOLE), width=150),
        Column(tr(N_("Dayanak")), lambda one: one.reason, stretch=True),
    )


WHOLE, HALF = N_("Tam gün"), N_("13.00’ten sonra")


def day_words(one: Leave) -> str:
    return f"{short_date(one.day)} {WEEKDAYS[one.day.weekday()]}"


def effect_words(effect: Effect) -> str:
    """What changes, a line for each period; the last days that were told already never do."""
    lines = [
        tr(N_("{clock}: {before} yerine {after}")).format(
            clock=tr(CLOCK_NAMES[one.clock]), before=short_date(one.before), after=short_date(one.after)
        )
        for one in effect.moved
    ]
    head = (
        N_("bugün kaydedilecekler için son gün değişir:") if lines else N_("bugün kaydedileceklerin son günü değişmez.")
    )
    if effect.falls_on:
        told = tr(N_("Son günü bu güne rastlayan {count} açık başvuru var; onlara bildirilen tarih değişmez."))
        lines.append(told.format(count=effect.falls_on))
    else:
        lines.append(tr(N_("Daha önce bildirilen tarihler değişmez.")))
    return "\n".join((tr(head), *lines))


class LeavePanel(Overlay):
    """F2 enters the day that is written, Alt+S takes the chosen one back: both after saying what changes."""

    changed = Signal()

    def __init__(self, window: QWidget, office: Office) -> None:
        super().__init__(window, tr(N_("İdari izin günleri")), width=820)
        self._office = office
        self._build()
        self._lay_out()
        self._wire()
        self._load()

    def _build(self) -> None:
        self.table = DataTable(columns(), name=tr(N_("İdari izin günleri")))
        self.table.setFixedHeight(230)
        self.nothing = EmptyState("calendar", tr(N_("İdari izin günü girilmemiş")), "", framed=False)
        self.day = Field(tr(N_("Gün")), placeholder=tr(N_("24.11.2026")), max_length=20)
        self.reason = Field(tr(N_("Dayanak")), placeholder=tr(N_("Örnek: Cumhurbaşkanlığı yazısı")), max_length=200)
        self.half = Toggle(tr(N_("Yalnız 13.00’ten sonra")))
        self.effect = Text("", "body", wrap=True)
        self.trouble = Text("", "hint", "brick_text", wrap=True)
        self.trouble.hide()
        self.remove = Button(tr(N_("Seçileni kaldır")), icon="trash", key="Alt+S")
        self.give_up = Button(tr(N_("Kapat")), key="Esc")
        self.add = Button(tr(N_("İzin gününü ekle")), icon="check", key="F2", kind="primary")

    def _lay_out(self) -> None:
        for part in (self.table, self.nothing):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.day, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.reason, 2, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self.half)
        for part in (SectionLabel(tr(N_("Son günlere etkisi"))), self.effect, self.trouble):
            self.body.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.give_up)
        foot.addWidget(self.add)
        self.body.addSpacing(8)
        self.body.addLayout(foot)
        self._say_effect(None)

    def _wire(self) -> None:
        self._soon = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._soon.timeout.connect(self._look)
        self.day.text_edited.connect(lambda _: self._soon.start())
        self.half.toggled.connect(lambda _: self._soon.start())
        self.table.selected.connect(self._chosen)
        self.day.return_pressed.connect(self.reason.setFocus)
        self.reason.return_pressed.connect(self.submit)
        self.add.clicked.connect(self.submit)
        self.remove.clicked.connect(self.take_back)
        self.give_up.clicked.connect(self.dismiss)
        PanelKeys(self, {"F2": self.submit, "Alt+S": self.take_back})

    def first_focus(self) -> QWidget | None:
        return self.day.edit

    # --- load

    def _load(self) -> None:
        ctx = self._office.ctx
        tasks.latest(self, "days", lambda: exchange.leave_days(ctx), self._show_days, self._failed)

    def _show_days(self, days: tuple[Leave, ...]) -> None:
        self.table.set_rows(days)
        self.table.setVisible(bool(days))
        self.nothing.setVisible(not days)
        self.remove.setEnabled(self.table.chosen() is not None)
        self._fit()

    def _fit(self) -> None:
        """As high as its words, once the layout knows them."""
        if self.isVisible():
            self._place()
            QTimer.singleShot(0, self, self._place)

    # --- what it would change

    def _look(self) -> None:
        """The day that is being written."""
        day = read_date(self.day.text().strip())
        if day is None:
            self._say_effect(None)
            return
        self._ask_effect(Leave(day, self.half.isChecked(), ""), taken_back=False)

    def _chosen(self, one: Leave | None) -> None:
        """A day of the table: what taking it back would change."""
        self.remove.setEnabled(one is not None)
        if one is not None and self.table.hasFocus():
            self._ask_effect(one, taken_back=True)

    def _ask_effect(self, one: Leave, *, taken_back: bool) -> None:
        ctx = self._office.ctx
        tasks.latest(
            self, "effect", lambda: exchange.leave_effect(ctx, one, taken_back=taken_back),
            lambda found: self._say_effect(found, day_words(one), taken_back=taken_back), self._failed,
        )  # fmt: skip

    def _say_effect(self, effect: Effect | None, day: str = "", *, taken_back: bool = False) -> None:
        if effect is None:
            self.effect.setText(tr(N_("Günü yazınız; etkisi eklemeden önce burada görünür.")))
        else:
            head = tr(N_("{day} kaldırılırsa: {effect}")) if taken_back else tr(N_("{day} izin olursa: {effect}"))
            self.effect.setText(head.format(day=day, effect=effect_words(effect)))
        self._fit()

    # --- do

    def submit(self) -> None:
        """F2."""
        day = day_in(self.day)
        if day is None:
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ctx, one = self._office.ctx, Leave(day, self.half.isChecked(), self.reason.text())
        tasks.run(self, lambda: applications.grant_leave(ctx, one), lambda _: self._done(one), self._failed)

    def _done(self, one: Leave) -> None:
        self._say("")
        for field in (self.day, self.reason):
            field.clear()
        self.half.setChecked(False)
        self.effect.setText(tr(N_("{day} izin günü olarak eklendi.")).format(day=day_words(one)))
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self._load()

    def take_back(self) -> None:
        """Alt+S: the chosen day is a working day again."""
        one = self.table.chosen()
        if one is None:
            self._say(tr(N_("Önce listeden bir gün seçiniz.")))
            return
        ctx = self._office.ctx
        tasks.run(self, lambda: applications.take_back_leave(ctx, one.day), lambda _: self._taken(one), self._failed)

    def _taken(self, one: Leave) -> None:
        self._say("")
        self.effect.setText(tr(N_("{day} yeniden iş günü.")).format(day=day_words(one)))
        self.changed.emit()
        self._load()

    def _failed(self, error: DeskError) -> None:
        self._say(error.text(tr))

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self._place()

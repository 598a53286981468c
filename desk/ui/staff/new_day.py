"""The clock has jumped over days: before the first press somebody says that the date is right, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.errors import N_
from desk.i18n import translator
from desk.text import clean, long_date
from desk.ui import tasks
from desk.ui.staff.overlay import Overlay
from desk.ui.widgets import Button, Field, Text, toasts

tr = translator()

REASON_LIMIT = 120


class NewDay(Overlay):
    """What the computer says, what the last day was, and "Günü aç" once a reason is given. Esc leaves it for later."""

    agreed = Signal(str)  # the reason

    def __init__(self, window: QWidget, last: date, today: date) -> None:
        super().__init__(window, tr(N_("Bugünün tarihi doğru mu?")), width=520)
        words = tr(
            N_(
                "Bilgisayarın tarihi {today}. Son iş günü ise {last}. Tarih yanlışsa bilgisayarın saatini düzeltiniz; "
                "doğruysa günü açınız. Gün açılmadan numara verilemez, çağrı yapılamaz."
            )
        ).format(today=long_date(today), last=long_date(last))
        self.body.addWidget(Text(words, "body", "ink_2", wrap=True))
        self.reason = Field(
            tr(N_("Gerekçe")), placeholder=tr(N_("Örneğin: bayram tatilinden dönüldü")), max_length=REASON_LIMIT
        )
        self.body.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        later = Button(tr(N_("Vazgeç")), key="Esc")
        self.confirm = Button(tr(N_("Günü aç")), key="Enter", kind="primary")
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(self.confirm)
        self.body.addSpacing(8)
        self.body.addLayout(row)
        later.clicked.connect(self.dismiss)
        self.confirm.clicked.connect(self._agree)
        self.reason.return_pressed.connect(self._agree)

    def first_focus(self) -> QWidget | None:
        return self.reason.edit

    def _agree(self) -> None:
        said = clean(self.reason.text())
        if not said:
            self.reason.set_error(tr(N_("Gerekçeyi yazınız.")))
            self.reason.edit.setFocus()
            return
        self.dismiss()
        self.agreed.emit(said)


class DayDesk(QObject):
    """Asks when the window opens, and when a press was refused; ``ask()`` shows nothing while the date is right."""

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self._asking: NewDay | None = None

    def ask(self) -> None:
        from desk.actions import day

        ctx = self._window.office.ctx
        tasks.latest(self._window, "new day", lambda: day.to_confirm(ctx), self._show, lambda _error: None)

    def _show(self, jump: Any) -> None:
        from desk.actions import day

        if jump is None or self._asking is not None:
            return
        window = self._window
        overlay = self._asking = NewDay(window, jump.last, jump.day)
        overlay.closed.connect(self._closed)
        overlay.agreed.connect(
            lambda why: tasks.run(window, lambda: day.open_day(window.office.ctx, jump.day, why), self._opened)
        )
        window.show_overlay(overlay)

    def _closed(self) -> None:
        self._asking = None

    def _opened(self, _opened: bool) -> None:
        toasts(self._window).info(tr(N_("Gün açıldı.")), seconds=6)

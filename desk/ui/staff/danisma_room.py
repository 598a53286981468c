"""Where everything stands on Danışma: three columns where there is room, two where the text is large."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desk.errors import N_
from desk.i18n import translator
from desk.ui.staff.danisma_slip import WIDTH
from desk.ui.staff.danisma_words import notice_words
from desk.ui.staff.side_by_side import Scroller
from desk.ui.theme import look_of
from desk.ui.widgets import Text

SLIP_GROWS = 88
"""Pixels the slip becomes wider in a wide window."""

NARROW = 1080
"""A page narrower than this (times the text's scale) has two columns."""

LOW = 800
"""A page lower than this (a 1366 × 768 screen) is set tighter."""

tr = translator()


class Notice(Text):
    """Over the form, while something is not as always: ``tell(away=…, is_open=…)``."""

    def __init__(self) -> None:
        super().__init__("", "label", "amber_text", wrap=True)
        self._away, self._open = False, True
        self.hide()

    def tell(self, *, away: bool | None = None, is_open: bool | None = None) -> None:
        """What is not given stays as it was."""
        self._away = self._away if away is None else away
        self._open = self._open if is_open is None else is_open
        words = notice_words(self._away, self._open)
        if words != self.text():
            self.setText(words)
            self.setVisible(bool(words))


class Room:
    """The layout of a Danışma page; ``arrange()`` after every change of its size or of the text's."""

    def __init__(self, page: Any) -> None:
        self._page = page
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(page.heading)
        words.addWidget(page.subtitle)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(page.told, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(page.clear_button, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(page.more_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._left = left = QVBoxLayout()
        search = page.form.search
        self.scroller = Scroller(page.form)
        form = QVBoxLayout()
        form.setSpacing(4)
        form.addWidget(search.label)  # every visitor begins there: it is never scrolled away
        form.addWidget(search.field)
        form.addWidget(self.scroller, 1)
        left.addLayout(form, 1)
        left.addWidget(page.hero)
        search.sought.connect(self.scroller.to_top, Qt.ConnectionType.QueuedConnection)  # when it knows who has it
        self._columns = columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(left, 1)
        columns.addWidget(page.slip)
        self._main = main = QVBoxLayout()
        main.setSpacing(8)
        main.addLayout(head)
        main.addWidget(page.notice)
        main.addLayout(columns, 1)
        whole = QHBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(main, 1)
        whole.addWidget(page.queue)
        page.toast_place = page.queue
        page.queue.printers_asked.connect(lambda: page.window().show_page("yazicilar"))

    def arrange(self) -> None:
        """Tighter in a low window; the slip goes to the right column where there is no room for three (large text)."""
        page = self._page
        scale = look_of(page).text_scale
        tight = page.height() < LOW * scale
        self._main.setContentsMargins(24, 10 if tight else 16, 24, 14 if tight else 20)
        self._left.setSpacing(6 if tight else 12)
        page.form.set_tight(tight)
        page.queue.set_tight(tight)
        narrow = page.width() < NARROW * scale
        wide = WIDTH + min(SLIP_GROWS, max(0, (page.width() - 1352) // 5))
        page.slip.setFixedWidth(page.queue.room() if narrow else wide)
        # where the heading needs the room, the keys of the buttons stand on the page of keys only
        page.more_button.set_label("" if narrow else tr(N_("Diğer işlemler")))
        page.more_button.set_key(None if narrow else "F12")
        page.clear_button.set_key(None if narrow else "Esc")
        if narrow and not page.queue.isAncestorOf(page.slip):
            self._columns.removeWidget(page.slip)
            page.queue.take_in(page.slip)
        elif not narrow and page.queue.isAncestorOf(page.slip):
            self._columns.addWidget(page.slip)
            page.queue.give_back()

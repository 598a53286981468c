"""What belongs to applications beside the list: calls, the EBYS, days of leave, the incoming register."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.registry.call_desk import LINES, CallLine
from desk.registry.types import Channel
from desk.text import number
from desk.ui.staff import basvurular_work as work
from desk.ui.staff.basvurular_entry import Origin
from desk.ui.staff.basvurular_period import Period, PeriodPanel
from desk.ui.staff.documents_folder import offer_document
from desk.ui.staff.page_keys import PageKeys
from desk.ui.staff.picker import Picker
from desk.ui.widgets import Option

if TYPE_CHECKING:
    from desk.ui.staff.basvurular import BasvurularPage

CALLS, EBYS, LEAVE, REGISTER = "calls", "ebys", "leave", "register"
TOOLS = (
    (CALLS, N_("Çağrılar"), "phone", N_("Çağrıyı elle yazar, başvuruya çevirir")),
    (EBYS, N_("EBYS alışverişi"), "stamp", N_("Resmî sayısı bekleyen evrak; CSV’yi verir ve alır")),
    (LEAVE, N_("İdari izin günleri"), "calendar", N_("Son günlere etkisiyle")),
    (REGISTER, N_("Gelen evrak defteri"), "document", N_("Seçilen dönem; PDF, Excel ya da CSV")),
)

tr = translator()


class Tools(QObject):
    """Works for the page; Alt+A asks which."""

    def __init__(self, page: BasvurularPage) -> None:
        super().__init__(page)
        self._page = page
        page.tools_button.clicked.connect(self.ask)

    def add_keys(self, keys: PageKeys) -> None:
        keys.add("Alt+A", self.ask)
        keys.add("Ctrl+Shift+C", self.ask_calls)

    def key_lines(self) -> list[tuple[str, str]]:
        return [
            ("Alt+A", tr(N_("Çağrılar, EBYS alışverişi, idari izin, gelen evrak defteri"))),
            ("Ctrl+Shift+C", tr(N_("Günün çağrıları; çağrıyı elle yazar"))),
        ]

    def ask(self) -> None:
        options = [Option(code, tr(name), icon, tr(note)) for code, name, icon, note in TOOLS]
        picker = Picker(self._page.window(), tr(N_("Diğer işler")), options)
        picker.picked.connect(self._picked)
        self._page.cover(picker)

    def _picked(self, which: Any) -> None:
        {CALLS: self.ask_calls, EBYS: self.ask_ebys, LEAVE: self.ask_leave, REGISTER: self.ask_register}[which]()

    def ask_calls(self) -> None:
        """The calls of the day, and writing one down."""
        from desk.ui.staff.basvurular_calls import CallPanel

        panel = CallPanel(self._page.window(), self._page.office)
        panel.said.connect(self._page.said)
        panel.application_asked.connect(self._application_of)
        self._page.cover(panel)

    def _application_of(self, call: CallLine) -> None:
        """Somebody who called asks for something: an application that knows its call."""
        at = work.hour_of(call)
        words = tr(N_("{at} çağrısından · hat {line}")).format(at=at, line=call.line)
        line = call.line if call.line in dict(LINES) else "other"
        origin = Origin(Channel.PHONE, call_id=call.id, subject=call.subject, line=line, words=words)
        self._page.deeds.ask_new(origin=origin)

    def ask_ebys(self) -> None:
        from desk.ui.staff.basvurular_ebys import EbysPanel

        self._page.cover(EbysPanel(self._page.window(), self._page.office))

    def ask_leave(self) -> None:
        from desk.ui.staff.basvurular_leave import LeavePanel

        self._page.cover(LeavePanel(self._page.window(), self._page.office))

    # --- the incoming register

    def ask_register(self) -> None:
        """The gelen evrak defteri of a period that is chosen."""
        today = self._page.shown.day if self._page.shown is not None else self._page.office.ctx.now().date()
        panel = PeriodPanel(self._page.window(), tr(N_("Gelen evrak defteri")), today)
        panel.agreed.connect(partial(self._write_register, panel))
        self._page.cover(panel)

    def _write_register(self, panel: PeriodPanel, period: Period) -> None:
        ctx = self._page.office.ctx
        self._page.deeds.exports.run(
            lambda: work.register_of(ctx, period.first, period.last, period.form),
            partial(self._register_written, panel), partial(self._not_written, panel),
        )  # fmt: skip

    def _register_written(self, panel: PeriodPanel, count: int, path: Path) -> None:
        panel.dismiss()
        words = tr(N_("Gelen evrak defteri: {count} kayıt, {name}"))
        offer_document(self._page, words.format(count=number(count), name=path.name), path)

    def _not_written(self, panel: PeriodPanel, error: DeskError) -> None:
        panel.refuse(error.text(tr))

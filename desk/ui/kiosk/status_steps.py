"""The way through "Başvurum nerede?", and what a scanner does at the kiosk: the paper itself is the question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk.errors import N_, DeskError, UserError
from desk.ui.kiosk import answers, words
from desk.ui.kiosk.page import KioskPage, Stage
from desk.ui.kiosk.status import CodePage, RecordNumberPage, StatusShown, is_barcode
from desk.ui.kiosk.words import Notice

if TYPE_CHECKING:  # Qt paints before the database layer is imported
    from desk.actions.scans import Standing
    from desk.registry.application_types import CitizenStatus
    from desk.ui.kiosk.window import KioskWindow

TRIES = 5
"""Wrong codes before the page goes away: who has the paper needs fewer."""

DEAF = frozenset({"wait", "away", "leave", "emergency"})
"""Steps where a scan means nothing."""

_TICKETS = {
    "waiting": N_("Sıranız bekliyor; numaranız ekranda çağrılacaktır."),
    "called": N_("Numaranız çağrıldı; lütfen ekranda yazan bankoya gidiniz."),
    "serving": N_("Numaranız bankoda işlemde."),
    "on_hold": N_("İşleminize ara verildi; numaranız yeniden çağrılacaktır."),
}
OVER = N_("Bu numaranın işlemi bitti. Yeni bir sıra numarası alabilirsiniz.")


class StatusSteps(QObject):
    """Belongs to the kiosk's window: ``begin()`` from its key, ``scanned(text)`` from its scanner."""

    def __init__(self, window: KioskWindow) -> None:
        super().__init__(window)
        self._window = window
        self._code = ""
        self._wrong = 0

    def begin(self) -> None:
        self._code, self._wrong = "", 0
        self._window._go("status", self._code_page)

    def scanned(self, text: str) -> None:
        """Whatever a scanner brought. Nothing of it is kept."""
        from desk.registry.scanning import Paper, ScanKind, read_scan  # with the first scan: it brings the database's

        if self._window.step in DEAF or self._window._busy:
            return
        scan = read_scan(text)
        if scan.kind is ScanKind.MRZ:
            self._tell(N_("Kimlik belgesi gerekmez"), N_("Bu ekran kimlik bilgisi istemez; okunan silindi."), "id-card")
        elif scan.kind is not ScanKind.RECORD:
            self.strange(text)
        elif scan.paper is Paper.APPLICATION and is_barcode(scan.code):
            self._wrong = 0
            self._ask(scan.code, "")
        elif scan.paper is Paper.APPLICATION and "/" not in scan.code:
            self._wrong = 0
            self._code_given(scan.code)
        elif scan.paper is Paper.APPLICATION:
            self.begin()  # a record number alone is no secret: the tracking code is asked for
        else:
            self._ask_ticket(text)

    def strange(self, text: str) -> None:
        """A code that is not ours."""
        sentence = N_("Alındı belgenizdeki barkodu yeniden okutunuz ya da “Başvurum nerede?” tuşuna dokununuz.")
        self._tell(N_("Bu kod tanınmadı"), sentence, "barcode")

    def _tell(self, title: str, sentence: str, icon: str) -> None:
        tr = self._window.tr_
        self._window._notice("told", Notice(tr(title), tr(sentence), icon))

    # --- an application

    def _code_page(self, stage: Stage) -> KioskPage:
        page = CodePage(stage)
        page.given.connect(self._code_given)
        return page

    def _code_given(self, code: str) -> None:
        if is_barcode(code):
            self._ask(code, "")
            return
        self._code = code
        self._window._go("status-number", self._number_page)

    def _number_page(self, stage: Stage) -> KioskPage:
        page = RecordNumberPage(stage)
        page.given.connect(lambda number: self._ask(self._code, number))
        return page

    def _ask(self, code: str, number: str) -> None:
        self._window.act(lambda ctx: answers.where_it_stands(ctx, code, number), self._show, self._refused)

    def _show(self, found: CitizenStatus) -> None:
        self._code = ""
        self._window._go("standing", lambda stage: StatusShown(stage, found))

    def _refused(self, error: DeskError) -> None:
        """A wrong code or pair; nobody learns which of the two was right."""
        window = self._window
        if not isinstance(error, UserError):
            window._notice("refused", words.away_for_questions(window.tr_))
            return
        self._wrong += 1
        if self._wrong >= TRIES:
            self._tell(N_("Bu kodlarla başvuru bulunamadı"), N_("Lütfen belgenizle danışmaya başvurunuz."), "info")
        elif window.step in ("status", "status-number") and window._page is not None:
            window._page.refuse(window.tr_(words.NOT_FOUND))
        else:
            self._tell(N_("Başvuru bulunamadı"), words.NOT_FOUND, "info")

    # --- a number

    def _ask_ticket(self, text: str) -> None:
        self._window.act(lambda ctx: answers.where_number_stands(ctx, text), self._show_ticket, self._refused)

    def _show_ticket(self, found: Standing | None) -> None:
        if found is None:
            self._tell(N_("Bu fiş tanınmadı"), N_("Lütfen fişinizle danışmaya başvurunuz."), "info")
        else:
            tr = self._window.tr_
            sentence = tr(_TICKETS.get(found.state, OVER))
            self._window._notice("told", Notice(found.number, sentence, "receipt"))

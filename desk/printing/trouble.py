"""How trouble at a printer is said: to people as a reason beside the paper, to the log once when it begins and ends."""

from __future__ import annotations

import logging

from desk.errors import N_, Fault
from desk.printing.status import PrinterState

log = logging.getLogger(__name__)

SILENT_REASON = N_("Yazıcı yanıt vermiyor. Açık ve bağlı olduğundan emin olunuz.")
UNPROVED_REASON = N_("Yazıcı, fişin basıldığını bildirmedi.")
NO_PROOF_REASON = N_("Bu yazıcı modeli basıldığını bildirmez.")
SLIP_ON_A4_REASON = N_("Bu yazıcı A4 belge basar; fiş basmaz.")
A4_ON_SLIP_REASON = N_("Bu yazıcı fiş basar; A4 belge basmaz.")
GONE_REASON = N_("Belgenin içeriği bulunamadı; yazdırılmadı. Hazırlandığı ekrandan yeniden oluşturunuz.")
UNBUILDABLE_REASON = N_("Fiş hazırlanamadı. Bilgi işleme haber veriniz.")
WAITING_REASONS = {
    PrinterState.PAPER_OUT: N_("Kâğıt bitti. Rulo takılınca basılacak."),
    PrinterState.COVER_OPEN: N_("Yazıcının kapağı açık. Kapatılınca basılacak."),
    PrinterState.CUTTER: N_("Kâğıt kesici takıldı. Sıkışan kâğıt alınınca basılacak."),
    PrinterState.OFFLINE: N_("Yazıcı çevrim dışı. Yazıcıyı denetleyiniz."),
    PrinterState.UNKNOWN: SILENT_REASON,
}
UNPROVED_REASONS = {
    PrinterState.PAPER_OUT: N_("Kâğıt, baskı sırasında bitti."),
    PrinterState.COVER_OPEN: N_("Kapak, baskı sırasında açıldı."),
    PrinterState.CUTTER: N_("Kâğıt kesici, baskı sırasında takıldı."),
}


class Outage:
    """Says a trouble once when it begins and once when it is over, however often it is met in between."""

    def __init__(self, who: str) -> None:
        self._who = who
        self._said = ""

    @property
    def lasts(self) -> bool:
        return bool(self._said)

    def note(self, error: Exception) -> None:
        what = repr(error)
        if what == self._said:
            return
        self._said = what
        if isinstance(error, Fault):
            log.warning("%s: the ledger cannot be reached: %s", self._who, error.text())
        else:
            log.error("%s: unexpected", self._who, exc_info=error)

    def over(self) -> None:
        if self._said:
            log.warning("%s: goes on", self._who)
            self._said = ""

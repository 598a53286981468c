""" "Randevum var": six digits give the number of an appointment."""

from __future__ import annotations

from desk.errors import N_
from desk.ui.kiosk.digits import DigitsPage
from desk.ui.kiosk.page import Stage

CODE_DIGITS = 6


class AppointmentPage(DigitsPage):
    """The code that was told with the appointment."""

    label = N_("Randevu kodu (6 rakam)")
    most = CODE_DIGITS + 1
    hushed = True

    def __init__(self, stage: Stage) -> None:
        tr = stage.tr
        super().__init__(
            stage,
            title=tr(N_("Randevum var")),
            sentence=tr(N_("Randevu kodunuzu giriniz, sıra numaranızı alınız.")),
            question=tr(N_("Randevu kodunuz nedir?")),
            back="home",
        )

    def _type(self, digit: str) -> None:
        self.field.set_error("")
        if len(self._code()) < CODE_DIGITS:
            self.field.edit.insert(digit)

    def wrong(self, code: str) -> str:
        right = len(code) == CODE_DIGITS and code.isdecimal()
        return "" if right else self.tr_(N_("Randevu kodu {count} rakamdır.")).format(count=CODE_DIGITS)

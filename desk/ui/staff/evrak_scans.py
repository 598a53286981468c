"""What a scanner reads while Evrak Kayıt is in front: a record opens; an identity document or a letter fills fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desk.errors import N_
from desk.i18n import translator
from desk.registry.mrz import Identity
from desk.registry.scanning import ScanKind, read_scan

if TYPE_CHECKING:
    from desk.ui.staff.evrak import EvrakPage

tr = translator()


class FormScans(QObject):
    """Works for the page; nothing registers itself."""

    def __init__(self, page: EvrakPage) -> None:
        super().__init__(page)
        self._page = page

    def take(self, code: str) -> bool:
        """False for what is nothing of this page."""
        scan = read_scan(code)
        if scan.identity is not None:
            self._take_identity(scan.identity)
        elif scan.kind is ScanKind.POSTAL:
            self._take_barcode(scan.code)
        elif scan.kind is ScanKind.RECORD:
            self._page.open_record(code)
        else:
            return False
        return True

    def _take_identity(self, identity: Identity) -> None:
        page = self._page
        if page.panel.receipt is not None:
            page.hinted.emit(tr(N_("Kimlik bilgisi yeni kayda yazılır; önce açık kaydı kapatınız (Esc).")))
            return
        before, files = page.form.request(), page.form.enclosures.files()
        page.form.take_identity(identity)
        page.said.emit(tr(N_("Kimlik okundu; adı denetleyiniz.")), lambda: page.take_back(before, files))

    def _take_barcode(self, code: str) -> None:
        page = self._page
        if page.panel.receipt is not None:
            page.hinted.emit(tr(N_("Posta barkodu yeni kayda yazılır; önce açık kaydı kapatınız (Esc).")))
        elif page.form.take_barcode(code):
            page.said.emit(tr(N_("PTT barkodu yazıldı: {code}")).format(code=code), None)
        else:
            page.hinted.emit(tr(N_("Posta barkodu için geliş kanalını PTT seçiniz (Alt+3).")))

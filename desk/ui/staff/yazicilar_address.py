"""A printer's address as people give it: how it hangs on, where, how fast; and the one line that is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from desk.errors import N_

KINDS = (
    ("tcp", N_("Ağ"), "10.0.0.5:9100"),
    ("serial", N_("Seri / USB-seri"), "/dev/ttyUSB0"),
    ("usb", N_("USB"), "/dev/usb/lp0"),
    ("cups", N_("A4 (CUPS)"), N_("CUPS kuyruğunun adı")),
    ("virtual", N_("Sanal"), ""),
)
"""Scheme, its words, and an example of a target."""

TARGET_NAMES = {
    "tcp": N_("Ağ adresi"),
    "serial": N_("Seri port"),
    "usb": N_("USB aygıtı"),
    "cups": N_("CUPS yazıcısı"),
    "virtual": N_("Sanal yazıcı"),
}
MISSING = {
    "tcp": N_("Yazıcının ağ adresini yazınız, örneğin 10.0.0.5."),
    "serial": N_("Seri portu seçiniz ya da yazınız, örneğin /dev/ttyUSB0."),
    "usb": N_("USB aygıtını seçiniz ya da yazınız, örneğin /dev/usb/lp0."),
    "cups": N_("CUPS yazıcısını seçiniz ya da adını yazınız."),
}
BAUDS = (9600, 19200, 38400, 57600, 115200)


@dataclass(frozen=True, slots=True)
class Parts:
    """``rest``: options that the form does not show (flow, server, dir) and keeps."""

    scheme: str
    target: str
    baud: int = 0  # 0: as the model leaves the factory
    rest: tuple[tuple[str, str], ...] = ()

    def address(self) -> str:
        options = [*self.rest, *([("baud", str(self.baud))] if self.baud and self.scheme == "serial" else [])]
        query = urlencode(options, safe="/:")
        return f"{self.scheme}:{self.target.strip()}" + (f"?{query}" if query else "")

    def to(self, scheme: str) -> Parts:
        """Hung on in another way: what was said of the old one no longer holds."""
        return self if scheme == self.scheme else Parts(scheme, "")

    def at(self, target: str) -> Parts:
        return replace(self, target=target)


def parts_of(address: str) -> Parts:
    """Anything unknown reads as a network address, where its mistake is shown."""
    scheme, colon, rest = address.partition(":")
    if not colon or scheme not in {one[0] for one in KINDS}:
        return Parts("tcp", address)
    target, _, query = rest.partition("?")
    options = parse_qsl(query)
    baud = next((value for name, value in options if name == "baud"), "0")
    others = tuple((name, value) for name, value in options if name != "baud")
    return Parts(scheme, target, int(baud) if baud.isdigit() else 0, others)

"""Printers and papers in Turkish words: what is wrong, since when, what to do. Numbers and kinds, no names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desk.clock import local
from desk.errors import N_, DeskError
from desk.i18n import translator
from desk.printing.profiles import load_profile
from desk.printing.types import JOB_STATE_NAMES, JobState, JobView, PrinterView
from desk.text import at_time, since_time
from desk.ui.staff.yazicilar_address import TARGET_NAMES, parts_of
from desk.ui.widgets.pill import Pill

tr = translator()

KIND_NAMES = {
    "ticket": N_("Sıra fişi"),
    "direction": N_("Yön fişi"),
    "guide": N_("Gerekli belgeler"),
    "assistance": N_("Refakat fişi"),
    "receipt": N_("Alındı belgesi"),
    "receipt_second": N_("Alındı, 2. nüsha"),
    "receipt_a4": N_("Alındı belgesi, A4"),
    "receipt_a5": N_("Alındı belgesi, A5"),
    "day_sheet": N_("Günlük çizelge"),
    "cover_list": N_("Havale listesi"),
    "deficiency": N_("Eksiklik bildirimi"),
    "label": N_("Kayıt kaşesi"),
    "day": N_("Gün özeti"),
    "reserved": N_("Elle verilecek numaralar"),
    "codepages": N_("Kod sayfası denemesi"),
    "trial": N_("Deneme baskısı"),
    "logo": N_("Logo"),
}
OTHER_KIND = N_("Belge")

ADVICE = {
    "ready": N_("Hazır. Yapılacak bir şey yok."),
    "paper_low": N_("Kâğıt azaldı; yazıcı basmayı sürdürüyor. Yanına yeni rulo bırakınız."),
    "paper_out": N_("Kâğıt bitti. Ruloyu takıp kapağı kapatınız; bekleyen fişler kendiliğinden basılır."),
    "cover_open": N_("Kapak açık. Kapağı kapatınız; bekleyen fişler kendiliğinden basılır."),
    "cutter": N_("Kâğıt kesici takıldı. Yazıcıyı kapatıp sıkışan kâğıdı alınız, sonra açınız."),
    "offline": N_("Yazıcıya ulaşılamıyor. Fişini, kablosunu ve açık olduğunu denetleyiniz."),
    "unknown": N_("Yazıcı durumunu bildirmiyor. Deneme baskısıyla çalıştığını görebilirsiniz."),
}
"""What to do about each state, in the order of the hands."""

REASONS = (
    N_("Kâğıt bitti ya da sıkıştı"),
    N_("Fiş silik ya da eksik çıktı"),
    N_("Fiş kayboldu"),
    N_("Vatandaş yeniden istedi"),
    N_("Basılıp basılmadığı belli değil"),
    N_("Yazıcı değiştirildi"),
)
"""Why a paper is printed again; it stands in the ledger with who and when."""

_PILLS = {
    JobState.QUEUED: ("clock", "neutral"),
    JobState.WAITING: ("hand", "amber"),
    JobState.SENDING: ("printer", "tint"),
    JobState.PRINTED: ("check", "outline"),
    JobState.UNKNOWN: ("question", "amber"),
    JobState.FAILED: ("cross", "brick"),
}
_NUMBER = re.compile(r"\d{4}/\d{4,9}|[A-Z]{1,3} \d{1,4}|\d{3,4}")


def kind_words(job: JobView) -> str:
    """Sıra fişi, KOPYA 2"""
    name = tr(KIND_NAMES.get(job.kind, OTHER_KIND))
    return tr(N_("{name}, KOPYA {count}")).format(name=name, count=job.copy_no) if job.copy_no > 1 else name


def paper_number(job: JobView) -> str:
    """The number that stands on the paper ("V 017", "2026/004218"), "" when it has none. Never a name."""
    if job.kind not in ("ticket", "assistance", "receipt", "receipt_second", "deficiency", "label"):
        return ""
    for words in _texts(job.slip):
        if _NUMBER.fullmatch(words):
            return words
    return ""


def _texts(slip: str) -> Iterator[str]:
    """The texts and values of a slip, with blanks that break; nothing for what is no slip."""
    try:
        elements: Any = json.loads(slip)["elements"]
        for element in elements:
            for name in ("text", "right"):
                if isinstance(element.get(name), str):
                    yield element[name].replace("\N{NO-BREAK SPACE}", " ")
    except (ValueError, KeyError, TypeError, AttributeError):
        return


def job_pill(job: JobView) -> Pill:
    icon, tone = _PILLS[job.state]
    return Pill(tr(JOB_STATE_NAMES[job.state]), icon, tone)


def reason_words(job: JobView) -> str:
    """Why it is not on paper, or why it was printed again, and who has seen to it."""
    parts = [tr(job.reason)] if job.reason else []
    if job.moved_from:
        parts.append(tr(N_("{printer} yerine buradan")).format(printer=job.moved_from))
    if job.why:
        parts.append(tr(N_("Yeniden: {why}")).format(why=tr(job.why)))
    if job.seen_at is not None:
        parts.append(tr(N_("{time} görüldü")).format(time=at_time(job.seen_at)))
    return " · ".join(parts)


def since_words(printer: PrinterView, now: datetime) -> str:
    """saat 10.42’den beri; with the day when that was not today."""
    if printer.state_at is None:
        return ""
    at = local(printer.state_at)
    if at.date() == local(now).date():
        return since_time(printer.state_at)
    return f"{at:%d.%m} {since_time(printer.state_at)}"


def where_words(printer: PrinterView) -> str:
    """Danışma 1 · Girişteki yazıcılar"""
    return " · ".join(filter(None, (printer.terminal_name, printer.pool)))


def place_note(printer: PrinterView) -> str:
    """Where it stands and what waits there."""
    parts = [where_words(printer)]
    if printer.queued:
        parts.append(tr(N_("{count} fiş sırada")).format(count=printer.queued))
    if printer.failed:
        parts.append(tr(N_("{count} fiş basılamadı")).format(count=printer.failed))
    return " · ".join(filter(None, parts))


def advice_words(printer: PrinterView) -> str:
    if not printer.running:
        return tr(N_("Bu yazıcıya bakan program çalışmıyor. {place} bilgisayarında programı açınız.")).format(
            place=printer.terminal_name
        )
    return tr(ADVICE.get(printer.state, ADVICE["unknown"]))


def fact_words(printer: PrinterView) -> str:
    """80 mm · Yazıcı hizmeti çalışıyor · Bekleyen fiş yok"""
    owner = tr(N_("Yazıcı hizmeti çalışıyor")) if printer.running else tr(N_("Yazıcı hizmeti çalışmıyor"))
    waits = tr(N_("{count} fiş sırada")).format(count=printer.queued) if printer.queued else tr(N_("Bekleyen fiş yok"))
    try:
        paper = "A4" if printer.address.startswith("cups:") else f"{load_profile(printer.profile).paper_mm} mm"
    except DeskError:
        paper = ""
    return " · ".join(filter(None, (paper, owner, waits)))


def connection_words(printer: PrinterView) -> str:
    """Bağlantı: Ağ adresi 10.0.0.5:9100"""
    parts = parts_of(printer.address)
    where = f"{tr(TARGET_NAMES[parts.scheme])} {parts.target}".strip()
    return tr(N_("Bağlantı: {where}")).format(where=where)

"""What a counter says of itself: its pill, its card while nobody is there, its key for those who do not come."""

from __future__ import annotations

from datetime import datetime

from desk.errors import N_
from desk.i18n import translator
from desk.queue.types import AtCounter, CounterPanel, TicketState
from desk.text import minutes
from desk.ui.staff.words import waiting_words
from desk.ui.widgets import Pill

tr = translator()


def counter_pill(panel: CounterPanel) -> Pill:
    if panel.day_closed:
        return Pill(tr(N_("Gün kapalı")), "minus", "neutral")
    if panel.state == "break":
        return Pill(tr(N_("Molada")), "pause", "amber")
    return Pill(tr(N_("Açık")), "check", "tint") if panel.open else Pill(tr(N_("Kapalı")), "minus", "neutral")


def idle_words(panel: CounterPanel, now: datetime) -> tuple[str, str]:
    """Two lines for a counter without a number: why nobody is called, or how many wait."""
    if panel.day_closed:
        return tr(N_("Gün kapatıldı")), tr(N_("Vardiya sayfasından yeniden açılabilir"))
    if panel.state == "break" and panel.break_since is not None:
        passed = minutes((now - panel.break_since).total_seconds())
        words = tr(N_("{reason} · {minutes} dk · {waiting}"))
        said = words.format(reason=tr(panel.break_reason), minutes=passed, waiting=waiting_words(panel.waiting))
        return tr(N_("Banko molada")), said
    if panel.state == "closed":
        return tr(N_("Banko kapalı")), waiting_words(panel.waiting)
    return tr(N_("Çağrılan numara yok")), waiting_words(panel.waiting)


def away_words(*, small: bool) -> str:
    """What still works at a counter while the database is away, and what to do."""
    if small:
        return tr(N_("Bağlantı yok: işinizi sürdürünüz; gelince tuşlar çalışır."))
    return tr(
        N_(
            "Veri tabanına ulaşılamıyor: bankodaki ziyaretçiyle işinizi sürdürebilirsiniz; bağlantı gelince tuşlar "
            "yeniden çalışır."
        )
    )


def no_show_words(current: AtCounter | None, now: datetime, *, small: bool = False) -> str:
    """The key says what is missing before nobody is given up: calls, then seconds."""
    if current is None or current.state is not TicketState.CALLED or current.no_show_from is None:
        return tr(N_("Gelmedi"))
    if current.calls_missing:
        words = N_("Gelmedi · {count} çağrı") if small else N_("Gelmedi · {count} çağrı daha")
        return tr(words).format(count=current.calls_missing)
    left = -int((now - current.no_show_from).total_seconds() // 1)
    if now < current.called_at:
        left = 0  # the clock was set back since (see commands.no_show)
    return tr(N_("Gelmedi · {seconds} sn")).format(seconds=left) if left > 0 else tr(N_("Gelmedi"))

"""What the kiosk tests share: a kiosk on the table, and a finger."""

from __future__ import annotations

from uuid import UUID

from person import find, settle, shown_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desk.actions.context import Context
from desk.printing import ledger
from desk.printing.types import JobState
from desk.ui.kiosk.window import KioskWindow


def opened(office, size: tuple[int, int] = (540, 960), **options) -> KioskWindow:
    """A kiosk that shows its start page."""
    kiosk = KioskWindow(office, **options)
    kiosk.resize(*size)
    kiosk.show()
    settle(lambda: kiosk.step not in ("", "wait"))
    kiosk.second.stop()  # seconds pass when a test says so
    return kiosk


def finger(kiosk: KioskWindow, name: str) -> None:
    """Touch what is called ``name`` and wait for what it sets off."""
    touch_only(find(kiosk, name))
    settle()


def touch_only(target: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=at or target.rect().center())


def reads(kiosk: KioskWindow) -> str:
    """All that stands on the screen, with what parts say of themselves."""
    spoken = [w.accessibleDescription() for w in kiosk.findChildren(QWidget) if w.isVisible()]
    return "\n".join([shown_text(kiosk), *filter(None, spoken)])


def part(kiosk: KioskWindow, name: str) -> QWidget:
    """The visible widget with this object name."""
    return next(w for w in kiosk.findChildren(QWidget, name) if w.isVisible())


def wait_for(kiosk: KioskWindow, words: str) -> None:
    settle(lambda: words in reads(kiosk))


def print_job(ctx: Context, state: JobState) -> UUID:
    """The printer takes the oldest slip and it ends like this."""
    with ctx.db.read() as session:
        printer = ledger.printer_for(session, ctx.actor.site_id, ctx.actor.terminal_id)
    assert printer is not None
    with ledger.entry(ctx.db, ctx.actor) as unit:
        assert ledger.lease(unit, printer, "test")
    with ledger.entry(ctx.db, ctx.actor) as unit:
        job = ledger.take(unit, printer, "test")
        assert job is not None
    with ledger.entry(ctx.db, ctx.actor) as unit:
        ledger.settle(unit, job.id, state)
    return job.id

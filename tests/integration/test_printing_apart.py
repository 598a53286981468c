"""Papers that go past the ledger: over the line that a window holds, or one opened for the moment."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from printing_case import wait

from desk.errors import Fault
from desk.printing import apart
from desk.printing.elements import Cut, Slip, Text
from desk.printing.profiles import load_profile
from desk.printing.spooler import Spooler
from desk.printing.transports import LineFault, open_transport
from desk.printing.virtual import VirtualPrinter, on_pty, printer_at

SLIP = Slip("inside", "tr", (Text("İÇERİDEKİLER"), Cut()))


def test_a_printer_nobody_holds_is_opened_for_the_moment(tmp_path: Path) -> None:
    printer = printer_at("virtual:?apart=1", load_profile("virtual-80"))
    apart.print_apart("virtual:?apart=1", "virtual-80", tmp_path, SLIP)
    assert "İÇERİDEKİLER" in "\n".join(printer.papers[-1].text)


def test_a_serial_printer_that_a_window_holds_prints_over_its_line(tmp_path: Path) -> None:
    """Two programs cannot open one serial line: the thread that owns it sends the list."""
    profile = load_profile("virtual-80")
    printer = VirtualPrinter(profile)
    with on_pty(printer) as path:
        address = f"serial:{path}?flow=none"
        transport = open_transport(address, profile)
        line = apart.Line(lambda: threading.Thread(target=lambda: line.pour(transport)).start())
        line.hold(address)
        try:
            apart.print_apart(address, "virtual-80", tmp_path, SLIP)
            wait(lambda: bool(printer.papers))
        finally:
            line.let_go()
            transport.close()
    assert "İÇERİDEKİLER" in "\n".join(printer.papers[-1].text)


def test_a_line_that_was_closed_meanwhile_says_so() -> None:
    line = apart.Line(lambda: None)
    done = line.put(b"x")
    line.let_go()
    with pytest.raises(LineFault):
        done.result(0)


def test_the_spooler_pours_it_out_while_the_database_is_away(ctx: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk.actions import desk, visitor_cards

    spooler = Spooler(ctx.db, ctx.actor, ctx.data_dir)
    spooler.start()
    try:
        found = visitor_cards.keep_copy(ctx)
        printer = printer_at(found.printer, load_profile(found.profile))
        desk.register_visit(ctx, desk.VisitRequest("1", "vergi"))
        wait(lambda: found.printer in apart._held)

        def away(*_given: Any, **_named: Any) -> Any:
            raise Fault("veri tabanı yok")

        for name in ("read", "connect", "transaction", "write"):
            monkeypatch.setattr(ctx.db, name, away)
        visitor_cards.print_list(ctx.data_dir, found)
        assert any("İÇERİDEKİLER" in "\n".join(paper.text) for paper in printer.papers)
        monkeypatch.undo()
    finally:
        spooler.stop()
    assert found.printer not in apart._held

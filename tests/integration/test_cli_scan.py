"""``desk scan``: what a code means, and where its paper stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from desk.actions import desk as at_the_desk
from desk.actions import records, scans
from desk.cli import desk
from desk.registry.scanning import read_scan
from desk.registry.types import PetitionRequest

CARD = ("I<TURA00A000000<12345678950<<<", "8507044F3101012TUR<<<<<<<<<<<2", "ORNEK<<AYSE<GUL<<<<<<<<<<<<<<<")


@pytest.fixture
def scan(tmp_path: Path) -> Any:
    def scan(*text: str) -> dict[str, Any]:
        options = ["--json", "--data-dir", str(tmp_path)]
        done = CliRunner().invoke(desk, ["scan", *options, "--", *text], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return dict(json.loads(done.stdout.splitlines()[-1]))

    return scan


def test_identity_post_and_rubbish(scan: Any) -> None:
    found = scan(*CARD)
    assert (found["kind"], found["name"], found["tckn"]) == ("mrz", "Ayse Gul Ornek", "12345678950")
    assert scan("RR473124829TR") == {"kind": "postal", "code": "RR473124829TR"}
    assert scan("9" * 10_000)["kind"] == "refused"
    assert scan("مرحبا")["reason"]


def test_a_code_of_ours_without_a_paper_here_says_so(scan: Any) -> None:
    found = scan("7K4M-92QD")
    assert (found["kind"], found["paper"], found["found"]) == ("record", "application", False)


def test_a_ticket_says_where_its_number_stands(ctx: Any) -> None:
    ticket = at_the_desk.register_visit(ctx, at_the_desk.VisitRequest("a", service_code="vergi")).tickets[0]
    found = scans.standing(ctx, read_scan(ticket.scan_code))
    assert found is not None and (found.number, found.state) == (ticket.number, "waiting")


def test_a_receipt_says_where_the_petition_stands_without_opening_it(ctx: Any) -> None:
    receipt = records.register_petition(ctx, PetitionRequest("k", subject="Kaldırım"))
    for code in (receipt.scan_code, receipt.tracking_code, receipt.record_number):
        found = scans.standing(ctx, read_scan(code))
        assert found is not None and (found.number, found.state) == (receipt.record_number, "new")

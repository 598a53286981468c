"""What a scan means: ``desk scan TEXT``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from desk.cli.base import Command, common, office, say

if TYPE_CHECKING:
    from desk.registry.scanning import Scan

PAPERS = {"ticket": "sıra fişi", "application": "evrak kaydı", "assistance": "refakat fişi"}


@click.command(cls=Command)
@click.argument("text", nargs=-1, required=True, metavar="METİN…")
@click.option("--json", "as_json", is_flag=True, help="JSON yazar.")
@common
def scan(text: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Okutulan bir kodun ne olduğunu söyler: kayıt, kimlik belgesi, posta barkodu ya da tanınmayan.

    Hiçbir şey kaydetmez. Kimlik belgesinin satırları ayrı ayrı da verilebilir.
    """
    from desk.registry.scanning import ScanKind, read_scan

    found = read_scan("\n".join(text))
    data: dict[str, Any] = {"kind": str(found.kind)}
    if found.kind is ScanKind.REFUSED:
        data["reason"] = found.reason
        sentence = found.reason
    elif found.kind is ScanKind.POSTAL:
        data["code"] = found.code
        sentence = f"Posta barkodu: {found.code}"
    elif found.identity is not None:
        one = found.identity
        data |= {name: getattr(one, name) for name in ("shape", "document", "issuer", "nationality", "name", "tckn")}
        data |= {"surname": one.surname, "given": one.given}
        sentence = f"Kimlik belgesi ({one.shape}): {one.name} {one.tckn}".strip() + ". Türkçe harfleri denetleyiniz."
    else:
        standing, sentence = _record(found, options)
        data |= standing
    say(data, as_json, sentence)


def _record(found: Scan, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Which paper it is and where it stands; ``found`` is false when this database does not know it."""
    from desk.actions import scans
    from desk.text import short_date

    with office(options) as ctx:
        standing = scans.standing(ctx, found)
    paper = str(found.paper)
    data: dict[str, Any] = {"code": found.code, "paper": paper, "found": standing is not None}
    if standing is None:
        return data, f"Bizim kodumuz ({PAPERS[paper]}), ancak bu veri tabanında kaydı yok: {found.code}"
    data |= {"number": standing.number, "state": standing.state}
    sentence = f"{PAPERS[paper].capitalize()} {standing.number}: {_state(paper, standing.state)}"
    if standing.due_on is not None:
        data["due_on"] = standing.due_on.isoformat()
        sentence += f", son cevap tarihi {short_date(standing.due_on)}"
    return data, sentence


def _state(paper: str, state: str) -> str:
    if paper == "application":
        return {"new": "Yeni", "referred": "Birime havale edildi"}.get(state, state)
    from desk.queue.types import STATE_NAMES, TicketState

    return STATE_NAMES[TicketState(state)]

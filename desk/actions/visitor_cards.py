"""Visitor cards at the desk, and the list of who is inside, which is kept in a file too.

The file is the evacuation list: it is read and printed without the database. It holds card numbers and places only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from desk.actions.context import Context
from desk.actor import Right, Scope
from desk.errors import N_, Fault, UserError
from desk.files import reason_of, write_whole
from desk.i18n import translator
from desk.models.session import Session
from desk.printing import apart, ledger
from desk.printing.slip_inside import inside_slip
from desk.registry import desk_settings, site
from desk.registry import visitor_cards as registry
from desk.registry.place_types import CardOut

COPY = "iceridekiler.json"
"""The copy in the data folder."""

VERSION = 1


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a card that was typed or scanned."""

    card: CardOut
    out: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """Who is inside at a moment, and the printer of this terminal that prints it."""

    at: datetime
    site: str
    cards: tuple[CardOut, ...]
    printer: str = ""  # address; "" without a printer
    profile: str = ""

    @property
    def persons(self) -> int:
        return sum(one.persons for one in self.cards)


def move(ctx: Context, card: str, place: str = "", persons: int = 1) -> Moved:
    """A card that is out comes back; another one goes out with a visitor to ``place``. Raises UserError where the site
    gives no cards."""
    with ctx.work(Right.ISSUE) as work:
        if not desk_settings.of(work.settings).cards:
            raise UserError(N_("Bu yerleşkede ziyaretçi kartı kullanılmıyor; Ayarlar’dan açabilirsiniz."))
        return Moved(*registry.move(work, card, place, persons))


def undo(ctx: Context, moved: Moved) -> None:
    """Take a move back. Raises Stale when the card moved on since."""
    with ctx.work(Right.ISSUE) as work:
        registry.undo(work, moved.card.id, went_out=moved.out)


def inside(ctx: Context) -> Inside:
    """Who is inside now, from the database."""

    def read(s: Session, scope: Scope) -> Inside:
        printer_id = ledger.printer_for(s, scope.site_id, ctx.actor.terminal_id)
        post = ledger.post(s, printer_id) if printer_id is not None else None
        known = (post.address, post.profile) if post is not None else ("", "")
        return Inside(scope.now, site.header(s, scope).site, registry.inside(s, scope), *known)

    return ctx.read(read)


def keep_copy(ctx: Context) -> Inside:
    """Read who is inside and put it into the file. Raises Fault when either cannot be reached."""
    found = inside(ctx)
    data = {
        "version": VERSION,
        "at": found.at.isoformat(),
        "site": found.site,
        "printer": found.printer,
        "profile": found.profile,
        "cards": [[str(c.id), c.card, c.place, c.persons, c.out_at.isoformat()] for c in found.cards],
    }
    ctx.data_dir.mkdir(parents=True, exist_ok=True)
    write_whole(ctx.data_dir / COPY, json.dumps(data, ensure_ascii=False, indent=1).encode())
    return found


def forget_copy(folder: Path) -> None:
    """The site gives no cards (any more)."""
    (folder / COPY).unlink(missing_ok=True)


def copy(folder: Path) -> Inside:
    """The list as this machine knows it, without the database. Raises Fault when there is none, or it is damaged."""
    try:
        data = json.loads((folder / COPY).read_text("utf-8"))
        cards = tuple(
            CardOut(UUID(key), card, place, persons, datetime.fromisoformat(at))
            for key, card, place, persons, at in data["cards"]
        )
        return Inside(datetime.fromisoformat(data["at"]), data["site"], cards, data["printer"], data["profile"])
    except FileNotFoundError as error:
        raise Fault(N_("Bu bilgisayarda içeridekilerin listesi yok; ziyaretçi kartı kullanılmıyor.")) from error
    except OSError as error:
        raise Fault(N_("İçeridekilerin listesi okunamadı: {reason}."), reason=reason_of(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(N_("İçeridekilerin listesi okunamadı: {reason}."), reason=N_("dosya bozuk")) from error


def print_list(folder: Path, found: Inside) -> None:
    """Print the list at this terminal's printer, past the ledger. Raises Fault when it cannot; UserError without a
    printer."""
    if not found.printer:
        raise UserError(N_("Bu bilgisayarın fiş yazıcısı yok; listeyi ekrandan okuyunuz."))
    slip = inside_slip(found.cards, found.at, found.site, translator())
    apart.print_apart(found.printer, found.profile, folder / "printers", slip)

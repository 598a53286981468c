"""Finding applications by number, name, phone or words, and subjects by what people call them.

What is searched in stands folded in ``application_search``: three letters and more anywhere in a word go by trigrams
(FTS5, pg_trgm), shorter ones by the beginnings of words. The newest come first. Common words are found within the
newest rows without touching the index, which on PostgreSQL would collect every hit before sorting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from desk.actor import Scope
from desk.models import case, site
from desk.models.engine import dialect_of
from desk.models.session import Session
from desk.registry.application_types import Proposal, Urgency
from desk.text import fold

_DOCS = case.ApplicationSearch.__table__

WINDOW = 4000
"""Newest rows that a PostgreSQL search looks through before it asks the index."""

COMMON = 6
"""Words of which the newest rows hold a sixth of what is asked for are looked for further back before the index is."""

LONGEST = 100
"""Letters of a query that are looked for."""


def search_text(
    record_number: str, name: str, phone: str, subject: str, place: str = "", numbers: Iterable[str] = ()
) -> str:
    """What stands in the index for one application."""
    digits = "".join(c for c in phone if c.isdigit())
    parts = (record_number, fold(name), digits, fold(subject), fold(place), *(fold(one) for one in numbers))
    return " ".join(part for part in parts if part)


def query_words(query: str) -> tuple[str, ...]:
    """The folded words of a query; digits typed as a phone number or with blanks become one."""
    folded = fold(query)[:LONGEST]
    digits = "".join(c for c in folded if c.isdigit())
    if len(digits) >= 7 and all(c.isdigit() or c in " +()-." for c in folded):
        return (digits.removeprefix("90").removeprefix("0"),)
    words = folded.translate(_NO_WORD).split()
    return tuple(dict.fromkeys(word for word in words if len(word) >= 3 or word.isalnum()))


_NO_WORD = str.maketrans(dict.fromkeys('"*%_\\', " "))


def find(s: Session, scope: Scope, query: str, limit: int = 50, before: int | None = None) -> list[tuple[int, UUID]]:
    """(doc, application id) of the newest hits, older than ``before``; every word of the query must occur."""
    words = query_words(query)
    if not words:
        return []
    if dialect_of(s) == "sqlite":
        return _sqlite(s, scope, words, limit, before)
    return _postgresql(s, scope, words, limit, before)


def _sqlite(s: Session, scope: Scope, words: Sequence[str], limit: int, before: int | None) -> list[tuple[int, UUID]]:
    """A phrase of all trigrams of every word costs eight times what a few of each and a look at the text do."""
    long = [word for word in words if len(word) >= 3]
    short = [word for word in words if len(word) < 3]
    given: dict[str, Any] = {"site": scope.site_id.bytes, "before": before or 1 << 62, "limit": limit}
    more = ""
    if long:
        table = "application_trigram"
        given["match"] = " AND ".join(dict.fromkeys(f'"{part}"' for word in long for part in trigrams(word)))
        looked_at = [word for word in long if len(word) > 3]
        more = "".join(f" AND instr(a.text, :w{n})" for n in range(len(looked_at)))
        more += "".join(f" AND instr(' ' || a.text, :s{n})" for n in range(len(short)))
        given |= {f"w{n}": word for n, word in enumerate(looked_at)}
        given |= {f"s{n}": f" {word}" for n, word in enumerate(short)}
    else:
        table = "application_word"
        given["match"] = " AND ".join(f'"{word}"*' for word in short)
    # The index gives its hits newest first, so nothing is sorted and the limit ends the search. CROSS JOIN keeps it
    # in front: without statistics SQLite began with all texts of the site, and took seconds.
    statement = text(
        f"SELECT a.doc, a.application_id FROM {table} t CROSS JOIN application_search a ON a.doc = t.rowid "
        f"WHERE {table} MATCH :match AND a.site_id = :site AND t.rowid < :before{more} "
        "ORDER BY t.rowid DESC LIMIT :limit"
    )
    return [(doc, UUID(bytes=key)) for doc, key in s.execute(statement, given)]


def trigrams(word: str) -> tuple[str, ...]:
    """A few trigrams that together hold every letter of a word; of a phone number not those that all of them have."""
    first = 3 if len(word) >= 9 and word.isdigit() else 0
    places = [*range(first, len(word) - 3, 3), len(word) - 3]
    return tuple(word[at : at + 3] for at in places)


def _postgresql(
    s: Session, scope: Scope, words: Sequence[str], limit: int, before: int | None
) -> list[tuple[int, UUID]]:
    top = before or 1 << 62
    given: dict[str, Any] = {"site": scope.site_id}
    given |= {f"w{n}": f"%{word}%" if len(word) >= 3 else f"% {word}%" for n, word in enumerate(words)}
    like = [f"text LIKE :w{n}" for n in range(len(words))]
    newest, room = _newest(s, like, given, top, limit, WINDOW), WINDOW
    if limit > len(newest) and len(newest) * COMMON >= limit:  # a little further back there are enough of them
        top = _begin(s, top, room)
        room = WINDOW * (limit - len(newest)) * 2 // len(newest) + 1
        newest += _newest(s, like, given, top, limit - len(newest), room)
    if len(newest) >= limit or not (low := _begin(s, top, room)):
        return newest
    indexed = like
    if all(len(word) < 3 for word in words):
        given |= {f"q{n}": f"{word}:*" for n, word in enumerate(words)}
        indexed = [*like, *(f"to_tsvector('simple', text) @@ to_tsquery('simple', :q{n})" for n in range(len(words)))]
    elif len(words) > 1:  # the trigrams hold a short word too, with the blank before it
        parts = [part for word in words for part in _thirds(word)]
        given |= {f"p{n}": f"%{part}%" for n, part in enumerate(parts)}
        looked_at = [f"text || '' LIKE :w{n}" for n in range(len(words))]  # what is reckoned no index answers
        indexed = [*(f"text LIKE :p{n}" for n in range(len(parts))), *looked_at]
    older = s.execute(
        text(
            "SELECT doc, application_id FROM application_search "
            f"WHERE doc < :low AND site_id = :site AND {' AND '.join(indexed)} "
            "ORDER BY doc DESC LIMIT :limit"
        ),
        given | {"low": low, "limit": limit - len(newest)},
    ).all()
    return newest + [(row.doc, row.application_id) for row in older]


def _thirds(word: str) -> Sequence[str]:
    """The trigrams by which an index is asked for one of several words: each of its lists is read to the end."""
    return [word[at : at + 3] for at in range(0, len(word) - 2, 3)] if len(word) >= 3 else [f" {word}"]


def _newest(
    s: Session, like: Sequence[str], given: dict[str, Any], top: int, limit: int, room: int
) -> list[tuple[int, UUID]]:
    """Hits among the ``room`` records before ``top``; the inner LIMIT keeps the index of the words out of it."""
    rows = s.execute(
        text(
            "SELECT doc, application_id FROM (SELECT doc, application_id, site_id, text FROM application_search "
            f"WHERE doc < :top ORDER BY doc DESC LIMIT :room) newest WHERE site_id = :site AND {' AND '.join(like)} "
            "ORDER BY doc DESC LIMIT :limit"
        ),
        given | {"top": top, "room": room, "limit": limit},
    ).all()
    return [(row.doc, row.application_id) for row in rows]


def _begin(s: Session, top: int, room: int) -> int:
    """Where the ``room`` records before ``top`` begin, 0 for what is all there is. They are counted, not reckoned from
    their numbers: an import that was taken back leaves a gap of thousands."""
    first = select(_DOCS.c.doc).where(_DOCS.c.doc < top).order_by(_DOCS.c.doc.desc()).offset(room - 1).limit(1)
    return s.execute(first).scalar() or 0


# Subjects


def proposals(s: Session, scope: Scope, query: str, limit: int = 8) -> tuple[Proposal, ...]:
    """Subjects that fit the words, each with the unit and urgency it proposes; the best first.

    Every word must begin a word of the subject or stand inside it; when none has them all, the subjects with the
    most of them are proposed (a whole sentence is typed, and one of its words is a subject).
    """
    words = [word for word in fold(query).split() if len(word) >= 2]
    if not words:
        return ()
    ranked = []
    for subject, unit in _subjects(s, scope):
        score = _score(words, subject.name_fold)
        if score:
            ranked.append((score, subject.name_fold, subject, unit))
    ranked.sort(key=lambda one: (-one[0], one[1]))
    best = ranked[0][0] if ranked else 0
    return tuple(
        Proposal(subject.code, subject.name, unit.code, unit.name, Urgency(subject.urgency))
        for score, _, subject, unit in ranked[:limit]
        if score * 2 >= best
    )


def _subjects(s: Session, scope: Scope) -> Iterable[tuple[site.Subject, site.Unit]]:
    return [
        (row.Subject, row.Unit)
        for row in s.execute(
            select(site.Subject, site.Unit)
            .join(site.Unit, site.Unit.id == site.Subject.unit_id)
            .where((site.Subject.valid_to.is_(None)) | (site.Subject.valid_to > scope.day))
        )
    ]


def _score(words: Sequence[str], name: str) -> int:
    """4 for a word that begins a word of the name, 1 for one inside, half for a common stem of five letters."""
    padded = f" {name}"
    total = 0
    for word in words:
        if f" {word}" in padded:
            total += 4
        elif len(word) >= 3 and word in name:
            total += 1
        elif (len(word) >= 5 and f" {word[:5]}" in padded) or (
            len(word) == 4 and f" {word[:4]}" in padded
        ):  # kaldırımın → kaldırım
            total += 3
    return total

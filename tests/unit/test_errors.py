"""Errors carry a marked sentence and its parameters, and are put into words for their reader."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import desk
from desk.errors import N_, Cancelled, DeskError, Fault, Stale, UserError

ROOT = Path(desk.__file__).parent


def test_a_sentence_is_made_when_it_is_read() -> None:
    error = UserError(N_("Böyle bir hizmet yok: {code}"), code="Ğ")
    assert error.text() == str(error) == "Böyle bir hizmet yok: Ğ"
    assert error.text({"Böyle bir hizmet yok: {code}": "No such service: {code}"}.__getitem__) == "No such service: Ğ"


def test_what_a_person_typed_is_never_taken_for_a_placeholder() -> None:
    assert str(UserError(N_("Böyle bir hizmet yok: {code}"), code="{0} {x} %s")) == "Böyle bir hizmet yok: {0} {x} %s"
    assert str(UserError("Süslü {ayraç}")) == "Süslü {ayraç}"


def test_the_tree_tells_silent_refused_and_failed_apart() -> None:
    assert issubclass(Stale, UserError) and issubclass(UserError, DeskError)
    assert not issubclass(Fault, UserError) and not issubclass(Cancelled, UserError)
    assert str(Cancelled()) == ""


ROOMS = sorted({path.parent.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py")})


def raised(room: str) -> list[tuple[str, ast.Call]]:
    """Every ``UserError(N_("…"), …)`` and its kin in the modules of one folder."""
    found = []
    for path in sorted((ROOT / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UserError", "Stale", "Fault"):
                found.append((f"{path.relative_to(ROOT)}:{node.lineno}", node))
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_marked_and_has_its_parameters(room: str) -> None:
    assert [wrong for where, call in raised(room) if (wrong := what_is_wrong(where, call))] == []


def test_the_sentences_of_the_program_are_found() -> None:
    assert len(raised("actions")) > 50


def what_is_wrong(where: str, call: ast.Call) -> str:
    message = call.args[0]
    if not (isinstance(message, ast.Call) and getattr(message.func, "id", "") == "N_"):
        # a marked constant; the table it comes from marks it
        return "" if isinstance(message, ast.Name | ast.Attribute) else f"{where}: a sentence that is not marked"
    text = ast.literal_eval(message.args[0])
    wanted = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    given = {keyword.arg for keyword in call.keywords}
    return "" if wanted == given else f"{where}: {sorted(wanted)} stand in it, {sorted(map(str, given))} are given"

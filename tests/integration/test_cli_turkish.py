"""Whatever is typed wrongly, and every help page, is answered in Turkish: click's own words are English."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click
import pytest

from desk import cli
from desk.cli import desk

ENGLISH = re.compile(
    r"\b(show|this|message|exit|default|required|usage|options|commands?|missing|invalid|value|argument|error|got|try)\b",
    re.IGNORECASE,
)

WRONG = {
    "step": "Eksik bilgi: NUMARA",
    "step v1 start fazla": "Komutta fazladan yazılmış: fazla",
    "step v1 start fazla daha": "Komutta fazladan yazılmış: fazla daha",
    "step --yok": "Böyle bir seçenek yok: --yok",
    "ticket": "Eksik seçenek: --service",
    "counter open x": "Bilgi anlaşılamadı: NO",
    "call --counter": "Değeri eksik: --counter",
    "call --counter dört": "Seçenek anlaşılamadı: --counter",
    "bench queue --quick=3": "Bu seçenek değer almaz: --quick",
    "queue yok": "Böyle bir komut yok: yok. “desk --help” bütün komutları gösterir.",
    "yok": "Böyle bir komut yok: yok. “desk --help” bütün komutları gösterir.",
}


@pytest.mark.parametrize("typed", WRONG)
def test_a_wrong_command_line_is_told_in_one_turkish_sentence(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["desk", *typed.split()])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    assert capsys.readouterr().err.strip() == WRONG[typed]


def commands(command: click.Command, ctx: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    yield command, ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            yield from commands(found, click.Context(found, info_name=name, parent=ctx))


def test_every_help_page_is_turkish() -> None:
    pages = 0
    for command, ctx in commands(desk, click.Context(desk, info_name="desk", help_option_names=["-h", "--help"])):
        pages += 1
        words = re.sub(r"--?[a-z-]+|desk [a-z -]+", "", command.get_help(ctx))
        assert not ENGLISH.findall(words), (ctx.command_path, ENGLISH.findall(words))
    assert pages > 30

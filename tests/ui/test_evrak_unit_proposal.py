"""The unit a subject suggests."""

from __future__ import annotations

import pytest

from desk.registry import site
from desk.ui.staff.unit_proposal import proposed_unit


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Gülbahçe Parkı yanındaki kaldırımın onarılması", "fen"),
        ("ağaçların budanması", "park"),
        ("ÇÖP KONTEYNERİ", "temizlik"),
        ("sokağımızdaki seyyar satıcılar", "zabita"),
        ("yaralı hayvan", "veteriner"),
        ("masa sandalye", "destek"),
        ("", ""),
        ("yazısı", ""),
        ("hakkında", ""),
    ],
)
def test_the_subject_proposes_the_unit_or_nothing(ctx, words, unit):
    assert proposed_unit(words, ctx.read(site.destinations)) == unit

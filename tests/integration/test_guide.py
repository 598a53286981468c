"""Rehber: found in the search by its own words, told to a visitor and counted, taken back, printed, edited."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from desk.actions import desk, paper, settings
from desk.errors import UserError
from desk.models.counting import Measure
from desk.models.guide import GuideEntry, GuideUse
from desk.models.summary import DayCount
from desk.registry import guide, site
from desk.registry.setting_fields import NEW, Change
from desk.registry.types import Destination
from desk.reports import recount
from desk.text import fold

pytestmark = pytest.mark.usefixtures("both_engines")


def found(ctx: Any, words: str) -> Destination:
    return site.search(words, ctx.read(site.destinations))[0]


def counted(ctx: Any, measure: Measure, key: str) -> int:
    table = DayCount
    wanted = select(func.coalesce(func.sum(table.value), 0)).where(table.measure == measure, table.key == key)
    return int(ctx.read(lambda s, scope: s.execute(wanted).scalar_one()))


def told(ctx: Any, words: str, *, printed: bool = False) -> Any:
    to = found(ctx, words)
    return desk.give_direction(ctx, desk.Direction(uuid4().hex, to=to, guide=to.guide, printed=printed))


def test_every_line_of_the_sample_guide_is_found_by_its_name(ctx: Any) -> None:
    known = ctx.read(site.destinations)
    for row in ctx.read(lambda s, scope: [(one.code, one.name) for one in guide.rows(s, scope.site_id)]):
        code, name = row
        assert code in [one.guide for one in site.search(fold(name), known)], name


def test_a_subject_leads_to_its_line_and_a_line_of_its_own_to_its_unit(ctx: Any) -> None:
    wedding = found(ctx, "nikah basvurusu")
    assert (wedding.guide, wedding.service_code) == ("nikah-basvuru", "evlendirme")
    lift = found(ctx, "asansör")
    assert (lift.key, lift.service_code, lift.unit_code) == ("guide:asansor-tescil-belgesi", "", "yapi")
    assert ctx.read(guide.entry, lift.guide).unit == "Yapı Kontrol"
    assert found(ctx, "mescit").guide == ""


def test_telling_it_is_a_visit_without_a_number_that_agrees_with_its_records(ctx: Any) -> None:
    told(ctx, "nikah basvurusu")
    told(ctx, "asansör")
    told(ctx, "asansör", printed=True)
    assert counted(ctx, Measure.DIRECTIONS, "") == 3
    assert counted(ctx, Measure.GUIDE, "asansor-tescil-belgesi") == 2
    assert ctx.read(lambda s, scope: recount.differences(s, scope.site_id, scope.day)) == []


def test_an_undone_visit_was_told_nothing(ctx: Any) -> None:
    visit = told(ctx, "nikah basvurusu", printed=True)
    desk.undo_visit(ctx, visit.id)
    assert counted(ctx, Measure.GUIDE, "nikah-basvuru") == 0
    assert ctx.read(lambda s, scope: s.execute(select(func.count()).select_from(GuideUse)).scalar_one()) == 0
    assert ctx.read(lambda s, scope: recount.differences(s, scope.site_id, scope.day)) == []


def test_a_second_arrival_of_one_press_is_counted_once(ctx: Any) -> None:
    to = found(ctx, "nikah basvurusu")
    press = desk.Direction("bir basış", to=to, guide=to.guide)
    assert desk.give_direction(ctx, press).id == desk.give_direction(ctx, press).id
    assert counted(ctx, Measure.GUIDE, "nikah-basvuru") == 1


def test_the_slip_names_every_document_with_a_box(ctx: Any) -> None:
    visit = told(ctx, "nikah basvurusu", printed=True)
    job = paper.job_of(ctx, visit.id, "guide")
    assert job is not None
    for words in ("Gerekli belgeler", "[ ] Evlenecek iki kişinin kimlik kartı", "20 dakika", "1. kat, oda 112"):
        assert words in job.slip, words
    assert paper.job_of(ctx, visit.id, "direction") is None


def test_a_line_that_was_switched_off_is_found_and_told_no_more(ctx: Any) -> None:
    rows = settings.sheet(ctx, "rehber").records
    one = next(row for row in rows if row.title == "Asansör tescil belgesi")
    settings.save(ctx, [Change(one.key, "active", True, False)])
    assert not site.search("asansör", ctx.read(site.destinations))
    with pytest.raises(UserError, match="Rehberde bu hizmet yok"):
        ctx.read(guide.entry, "asansor-tescil-belgesi")


def test_a_line_is_added_changed_and_taken_back_in_settings(ctx: Any) -> None:
    key = f"guide:{uuid4()}"
    given = {
        "name": "Pazar tezgâhı kartı",
        "about": "subject:pazar-yeri",
        "documents": ("Kimlik kartı",),
        "fee": "Ücretsiz",
    }
    saved = settings.save(ctx, [Change(key, NEW, None, None), *(Change(key, k, None, v) for k, v in given.items())])
    line = ctx.read(guide.entry, found(ctx, "tezgah karti").guide)
    assert (line.documents, line.fee, line.subject_code) == (("Kimlik kartı",), "Ücretsiz", "pazar-yeri")
    one = next(row for row in settings.sheet(ctx, "rehber").records if row.key == key)
    changed = settings.save(ctx, [Change(key, "documents", one.values["documents"], ("Kimlik kartı", "Fotoğraf"))])
    settings.undo(ctx, changed)
    assert ctx.read(guide.entry, line.code).documents == ("Kimlik kartı",)
    settings.undo(ctx, saved)
    assert ctx.read(lambda s, scope: s.execute(select(GuideEntry).where(GuideEntry.code == line.code)).first()) is None

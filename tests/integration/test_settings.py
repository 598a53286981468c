"""Settings: saved whole with their words, refused with a clear sentence, told when somebody was first, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from desk.actions import desk, settings
from desk.actor import Right
from desk.errors import Stale, UserError
from desk.events import Kind
from desk.i18n import translator
from desk.models import changes as change_log
from desk.models.settings import setting
from desk.models.site import Service, SiteDay, Staff, Subject, Unit
from desk.queue import catalog, opening
from desk.registry import hall, setting_rules, setting_table, site
from desk.registry.pins import pin_fits
from desk.registry.setting_fields import GONE, NEW, Change, FieldError, Sort, checked

pytestmark = pytest.mark.usefixtures("both_engines")


def record(ctx: Any, code: str, title: str = "") -> Any:
    found = settings.sheet(ctx, code).records
    return next(one for one in found if not title or title in one.title)


def change(one: Any, key: str, after: Any) -> Change:
    return Change(one.key, key, one.values[key], after)


def added(key: str, **values: Any) -> list[Change]:
    return [Change(key, NEW, None, None), *(Change(key, name, None, value) for name, value in values.items())]


def kept(ctx: Any, name: str, default: Any = None) -> Any:
    return ctx.read(lambda s, scope: setting(s, scope.site_id, name, default))


def test_a_saved_rule_is_read_by_whoever_reads_settings_and_told_to_open_windows(ctx: Any) -> None:
    before = ctx.read(lambda s, scope: change_log.last_seq(s, scope.site_id))
    settings.save(ctx, [change(record(ctx, "kurallar"), "head_start_minutes", 20)])
    assert kept(ctx, "head_start_minutes") == 20
    told = ctx.read(lambda s, scope: change_log.since(s, scope.site_id, before))
    assert [one.kind for one in told] == [Kind.SETTINGS_CHANGED]


def test_saving_opens_no_business_day(ctx: Any) -> None:
    settings.save(ctx, [change(record(ctx, "sureler"), "petition_days", 29)])
    assert ctx.read(lambda s, scope: s.execute(select(SiteDay.day)).all()) == []


def test_every_site_setting_can_be_read_and_its_value_passes_its_own_check(ctx: Any) -> None:
    for subject in setting_table.SUBJECTS:
        for one in settings.sheet(ctx, subject.code).records:
            for field in setting_table.subject_of(one.key).fields():
                if field.sort is not Sort.PIN:
                    assert checked(field, one.key, one.values[field.key]) == one.values[field.key], field.key


def test_nothing_is_wrong_with_the_settings_a_site_begins_with(ctx: Any) -> None:
    for subject in setting_table.SUBJECTS:
        found = setting_rules.problems(settings.sheet(ctx, subject.code))
        assert [one for one in found if one.wrong] == [], subject.code


def test_the_last_save_can_be_taken_back(ctx: Any) -> None:
    rules = record(ctx, "kurallar")
    done = settings.save(ctx, [change(rules, "calling_rule", "strict"), change(rules, "no_show_after_seconds", 5)])
    settings.undo(ctx, done)
    assert record(ctx, "kurallar").values == rules.values


def test_the_second_of_two_who_save_the_same_thing_is_told(ctx: Any, context_of: Any) -> None:
    here, there = record(ctx, "kurallar"), record(context_of("desk", "banko3"), "kurallar")
    settings.save(ctx, [change(here, "head_start_minutes", 20)])
    with pytest.raises(Stale, match="bu arada başka bir görevli"):
        settings.save(ctx, [change(there, "head_start_minutes", 40)])
    assert kept(ctx, "head_start_minutes") == 20
    settings.save(ctx, [change(there, "bring_back_minutes", 15)])
    assert kept(ctx, "bring_back_minutes") == 15


def test_one_wrong_value_keeps_all_from_being_saved(ctx: Any) -> None:
    rules = record(ctx, "kurallar")
    with pytest.raises(FieldError, match="0 ile 240 arasında") as refused:
        settings.save(ctx, [change(rules, "interleave_k", 3),
                            change(rules, "head_start_minutes", 999)])  # fmt: skip
    assert refused.value.key == "head_start_minutes"
    assert record(ctx, "kurallar").values == rules.values


def test_somebody_without_the_right_changes_nothing(ctx: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(settings, "allowed", lambda actor, right: bool(asked.append(right)))
    with pytest.raises(UserError, match="yetkiniz yok"):
        settings.save(ctx, [change(record(ctx, "kurallar"), "head_start_minutes", 20)])
    assert asked == [Right.SETTINGS]


def test_letters_that_sound_alike_are_refused_in_one_hall_only(ctx: Any) -> None:
    other = record(ctx, "hizmetler", "Dilekçe")
    with pytest.raises(FieldError, match="seste karışır"):
        settings.save(ctx, [change(other, "letter", "D")])
    screen = record(ctx, "salon", "Salon ekranı")
    settings.save(ctx, [change(screen, "hall.services", ("talep",))])
    settings.save(ctx, [change(other, "letter", "d")])
    assert record(ctx, "hizmetler", "Dilekçe").values["letter"] == "D"


def test_a_letter_is_given_once(ctx: Any) -> None:
    with pytest.raises(FieldError, match="harfini “Danışma ve bilgi” kullanıyor"):
        settings.save(ctx, [change(record(ctx, "hizmetler", "Dilekçe"), "letter", "A")])


def test_two_services_without_letters_need_ranges_of_their_own(ctx: Any) -> None:
    first, second = record(ctx, "hizmetler", "Dilekçe"), record(ctx, "hizmetler", "Talep")
    with pytest.raises(FieldError, match="aralıkları çakışıyor"):
        settings.save(ctx, [change(first, "letter", ""), change(second, "letter", "")])
    ranges = [change(first, "letter", ""), change(first, "last_serial", 199), change(first, "first_serial", 100)]
    ranges += [change(second, "letter", ""), change(second, "first_serial", 200), change(second, "last_serial", 299)]
    settings.save(ctx, ranges)


def test_a_new_service_gives_numbers_at_once(ctx: Any) -> None:
    unit = settings.sheet(ctx, "hizmetler").lists["units"][0][0]
    key = f"service:{uuid4()}"
    done = settings.save(ctx, added(key, name="Nikâh işlemleri", short_name="Nikâh", letter="K", unit=unit, position=9))
    assert "Nikâh işlemleri" in [one.name for one in ctx.read(catalog.services)]
    assert desk.register_visit(ctx, desk.VisitRequest("k", service_code="nikah-islemleri")).tickets[0].number == "K 001"
    with pytest.raises(UserError, match="kullanıldı"):
        settings.undo(ctx, done)


def test_a_new_service_nobody_used_can_be_taken_back(ctx: Any) -> None:
    unit = settings.sheet(ctx, "hizmetler").lists["units"][0][0]
    hours = {"hours.opens": 540, "hours.closes": 720, "name.en": "Weddings"}
    key = f"service:{uuid4()}"
    done = settings.save(ctx, added(key, name="Nikâh", short_name="Nikâh", letter="K", unit=unit, **hours))
    assert record(ctx, "hizmetler", "Nikâh").values["hours.opens"] == 540
    assert kept(ctx, "service_names") == {"nikah": {"en": "Weddings"}}
    settings.undo(ctx, done)
    assert "Nikâh" not in [one.title for one in settings.sheet(ctx, "hizmetler").records]


def test_hours_of_a_weekday_bind_the_kiosk(ctx: Any, clock: Any) -> None:
    tuesday = record(ctx, "saatler", "Salı")
    done = settings.save(ctx, [change(tuesday, "closes", 13 * 60 + 30), change(tuesday, "lunch_to", 12 * 60 + 30)])
    clock.advance(hours=3)
    assert not ctx.read(opening.kiosk_state).open
    settings.undo(ctx, done)
    assert ctx.read(opening.kiosk_state).open


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("closes", 400, "sonra olmalıdır"),
        ("lunch_to", None, "birlikte"),
        ("lunch_from", 100, "çalışma saatleri içinde"),
    ],
)
def test_hours_that_cannot_be_are_refused(ctx: Any, key: str, value: Any, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        settings.save(ctx, [change(record(ctx, "saatler", "Salı"), key, value)])


def test_a_weekday_can_be_closed(ctx: Any) -> None:
    tuesday = record(ctx, "saatler", "Salı")
    settings.save(ctx, [change(tuesday, key, None) for key in ("opens", "closes", "lunch_from", "lunch_to")])
    assert not ctx.read(opening.kiosk_state).open


def test_a_closed_day_is_added_and_taken_away(ctx: Any) -> None:
    done = settings.save(ctx, added("closed:new", day="2026-11-24", kind="works", reason="Boya yapılıyor"))
    state = ctx.read(opening.kiosk_state)
    assert not state.open and state.closed_day.reason == "Boya yapılıyor"
    gone = settings.undo(ctx, done)
    assert ctx.read(opening.kiosk_state).open
    settings.undo(ctx, gone)
    assert not ctx.read(opening.kiosk_state).open
    settings.save(ctx, [Change("closed:2026-11-24", GONE, None, None)])
    assert ctx.read(opening.kiosk_state).open


def test_a_day_gone_by_is_not_closed(ctx: Any) -> None:
    with pytest.raises(FieldError, match="Geçmiş bir gün"):
        settings.save(ctx, added("closed:new", day="2026-11-23", kind="works"))


def test_a_counter_learns_a_service(ctx: Any) -> None:
    one = record(ctx, "bankolar", "Banko 3")
    service = settings.sheet(ctx, "bankolar").lists["services"][3][0]
    done = settings.save(ctx, [change(one, "services", (*one.values["services"], service))])
    assert service in record(ctx, "bankolar", "Banko 3").values["services"]
    settings.undo(ctx, done)
    assert record(ctx, "bankolar", "Banko 3").values == one.values


def test_a_counter_number_is_given_once(ctx: Any) -> None:
    with pytest.raises(FieldError, match="3 numaralı banko zaten var"):
        settings.save(ctx, added(f"counter:{uuid4()}", number=3, name="Banko 3b"))
    with pytest.raises(FieldError, match="1 numaralı banko zaten var"):
        settings.save(ctx, [change(record(ctx, "bankolar", "Banko 3"), "number", 1)])


def test_a_renamed_unit_keeps_its_old_records_under_the_old_name(ctx: Any) -> None:
    old = record(ctx, "birimler", "Mali Hizmetler")
    done = settings.save(ctx, [change(old, "name", "Gelirler Müdürlüğü"), change(old, "short_name", "Gelirler")])

    def now(s: Any, scope: Any) -> Any:
        named = {str(row.id): (row.name, row.valid_to) for row in s.execute(select(Unit)).scalars()}
        service = s.execute(select(Service.unit_id).where(Service.code == "vergi")).scalar_one()
        left = s.execute(select(Subject.id).where(Subject.unit_id == UUID(old.key.partition(":")[2]))).first()
        return named[old.key.partition(":")[2]], named[str(service)][0], left, [u.name for u in site.units(s, scope)]

    (name, ends), of_service, left, in_force = ctx.read(now)
    assert (name, ends is not None, of_service, left) == ("Mali Hizmetler Müdürlüğü", True, "Gelirler Müdürlüğü", None)
    assert "Gelirler Müdürlüğü" in in_force and "Mali Hizmetler Müdürlüğü" not in in_force
    settings.undo(ctx, done)
    assert record(ctx, "birimler", "Mali Hizmetler").values == old.values


def test_a_unit_that_has_services_is_not_closed(ctx: Any) -> None:
    with pytest.raises(FieldError, match="bu birimin hizmeti"):
        settings.save(ctx, [change(record(ctx, "birimler", "Mali Hizmetler"), "valid_to", "2026-12-31")])


def test_a_pin_is_kept_as_a_hash_and_asked_for(ctx: Any) -> None:
    one = record(ctx, "gorevliler")
    settings.save(ctx, [change(one, "pin", "4826")])
    code = one.values["code"]
    found = ctx.read(lambda s, scope: s.execute(select(Staff.pin_hash).where(Staff.code == code)).scalar_one())
    assert found.startswith("$argon2id$") and "4826" not in found
    assert pin_fits(found, "4826") and not pin_fits(found, "4827")
    assert record(ctx, "gorevliler").values["pin"] == ""
    with pytest.raises(FieldError, match="4 ile 8 rakam"):
        settings.save(ctx, [change(one, "pin", "12a")])


def test_staff_come_and_go_and_are_never_deleted(ctx: Any) -> None:
    settings.save(ctx, added(f"staff:{uuid4()}", code="yeni-1", name="Gülşah Irmak", role="escort"))
    one = record(ctx, "gorevliler", "Gülşah")
    settings.save(ctx, [change(one, "active", False)])
    assert "Gülşah Irmak" not in [person.name for person in ctx.read(site.staff)]
    assert record(ctx, "gorevliler", "Gülşah").note == "ayrıldı"


def test_a_hall_screen_may_differ_from_the_site(ctx: Any, context_of: Any) -> None:
    whole, screen = record(ctx, "salon", "Bütün"), record(ctx, "salon", "Salon ekranı")
    terminal = context_of("hall").actor.terminal_id

    def shown() -> Any:
        return ctx.read(hall.hall_settings, terminal)

    settings.save(ctx, [change(whole, "hall.voice", False), change(whole, "hall.sentences", ("Hoş geldiniz.",))])
    assert (shown().voice, shown().chime, shown().sentences) == (False, True, ("Hoş geldiniz.",))
    done = settings.save(ctx, [change(screen, "hall.voice", True), change(screen, "hall.chime", False)])
    assert (shown().voice, shown().chime) == (True, False)
    settings.undo(ctx, done)
    assert (shown().voice, shown().chime) == (False, True)


def test_the_site_changes_its_name_header_and_logo(ctx: Any, tmp_path: Path) -> None:
    one, picture = record(ctx, "yerleske"), tmp_path / "logo-yeni.png"
    Image.new("L", (8, 8)).save(picture)
    wanted = {"site.name": "Çözüm Ofisi", "municipality.hotline": "444 0 153", "header_lines": ("T.C.", "ÇINAROVA")}
    changes = [change(one, key, value) for key, value in (wanted | {"logo": str(picture)}).items()]
    done = settings.save(ctx, changes)
    header = ctx.read(site.header)
    assert (header.site, header.hotline, header.lines) == ("Çözüm Ofisi", "444 0 153", ("T.C.", "ÇINAROVA"))
    assert (ctx.data_dir / "logo.png").read_bytes() == picture.read_bytes()
    settings.undo(ctx, done)
    assert record(ctx, "yerleske").values == one.values
    assert not (ctx.data_dir / "logo.png").exists()


def test_the_words_a_site_saves_for_its_papers_are_found_where_papers_are_made_and_taken_back(ctx: Any) -> None:
    one = record(ctx, "metinler")
    done = settings.save(ctx, [change(one, f"paper.{key}", f"Cümle {key}.") for key in site.NOTES])
    assert dict(ctx.read(site.header).notes) == {key: f"Cümle {key}." for key in site.NOTES}
    settings.undo(ctx, done)
    assert ctx.read(site.header).notes == ()


def test_a_logo_that_is_no_picture_is_refused(ctx: Any, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("yazı")
    with pytest.raises(FieldError, match="resim değil"):
        settings.save(ctx, [change(record(ctx, "yerleske"), "logo", str(tmp_path / "logo.png"))])


def test_heights_and_distances_warn_but_do_not_refuse(ctx: Any) -> None:
    kiosk, screen = record(ctx, "kiosk"), record(ctx, "salon", "Bütün")
    settings.save(ctx, [change(kiosk, "kiosk.bottom", 1100), change(screen, "hall.farthest", 9)])
    (high,) = setting_rules.problems(settings.sheet(ctx, "kiosk"))
    assert high.warning and "1.200" in high.text(str)
    assert all(not one.wrong for one in setting_rules.problems(settings.sheet(ctx, "salon")))
    has, needs = setting_rules.hall_text(55, 8)
    assert (round(has, 1), needs) == (40.6, 40)  # the usual screen is read from eight metres


def test_a_service_no_catalogue_knows_is_named_in_the_visitors_language(ctx: Any) -> None:
    one = record(ctx, "hizmetler", "Dilekçe")
    done = settings.save(ctx, [change(one, "name", "Nikâh işleri"), change(one, "name.en", "Weddings")])
    ctx.read(site.header)
    assert translator("en")("Nikâh işleri") == "Weddings"
    settings.undo(ctx, done)
    ctx.read(site.header)
    assert translator("en")("Nikâh işleri") == "Nikâh işleri"

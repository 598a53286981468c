"""The privacy notice: other words are another version, every version is kept, and its offering names nobody."""

from __future__ import annotations

from datetime import date

import pytest

from desk.actions import kiosk as actions
from desk.actions import settings
from desk.errors import UserError
from desk.registry import privacy, site
from desk.registry.privacy import How
from desk.registry.setting_fields import Change

RECORD = "site:metinler"


@pytest.fixture
def notices(ctx):
    def read():
        return ctx.read(lambda s, scope: privacy.current(s, scope, site.header(s, scope)))

    return read


def write(ctx, key: str, after, before=None):
    return settings.save(ctx, [Change(RECORD, key, before, after)])


def test_a_site_that_wrote_nothing_says_the_programs_words_in_five_languages(notices) -> None:
    now = notices()
    assert now.version == "2026-1"
    assert now.in_language("tr").paragraphs[0] == "Veri sorumlusu: Çınarova Belediye Başkanlığı."
    assert {now.in_language(lang).lang for lang in ("tr", "en", "ar", "ru", "de")} == {"tr", "en", "ar", "ru", "de"}
    assert "ALO 153" in now.in_language("de").paragraphs[-1]


@pytest.mark.usefixtures("both_engines")
def test_other_words_are_another_version_and_both_are_kept(ctx, notices) -> None:
    write(ctx, "notice.tr", ("Bu yerleşkede kamera kaydı yapılır.",))
    now = notices()
    assert (now.version, now.in_language("tr").paragraphs) == ("2026-2", ("Bu yerleşkede kamera kaydı yapılır.",))
    assert now.in_language("ru").lang == "tr"  # no Russian words of the site: never words that are not in force
    write(ctx, "notice.en", ("Cameras record here.",))
    assert notices().version == "2026-3"
    assert {version for version, _ in ctx.read(privacy.published)} == {"2026-2", "2026-3"}


def test_a_version_is_used_for_one_text_only(ctx, notices) -> None:
    write(ctx, "notice.tr", ("Birinci metin burada.",))
    write(ctx, "notice_version", "2026-9", before="2026-2")
    with pytest.raises(UserError, match="daha önce kullanıldı"):
        settings.save(
            ctx,
            [
                Change(RECORD, "notice.tr", ("Birinci metin burada.",), ("İkinci metin burada.",)),
                Change(RECORD, "notice_version", "2026-9", "2026-2"),
            ],
        )
    assert notices().version == "2026-9"


def test_taking_a_save_back_is_a_version_of_its_own(ctx, notices) -> None:
    saved = write(ctx, "notice.tr", ("Birinci metin burada.",))
    settings.undo(ctx, saved)
    now = notices()
    assert now.version == "2026-3" and now.in_language("tr").paragraphs[0].startswith("Veri sorumlusu")


@pytest.mark.parametrize(
    ("now", "then"),
    [("", "2"), ("1", "2"), ("2026-1", "2026-2"), ("2025-7", "2026-1"), ("v9", "v10"), ("ilk", "ilk-2")],
)
def test_how_the_next_version_is_called(now: str, then: str) -> None:
    assert privacy.next_version(now, date(2026, 11, 24)) == then


@pytest.mark.usefixtures("both_engines")
def test_what_was_offered_is_kept_once_a_press_without_an_identity(ctx) -> None:
    for how in (How.OFFERED, How.OFFERED, How.OPENED):
        actions.note_notice(ctx, how, "2026-1", "de", "press-1")
    actions.note_notice(ctx, How.OFFERED, "2026-1", "tr", "press-2")
    day = ctx.read(lambda _s, scope: scope.day)
    counted = ctx.read(privacy.times_shown, day, day)
    assert counted == {("2026-1", How.OFFERED): 2, ("2026-1", How.OPENED): 1}

"""``desk gallery``: every component in every state and every page in every theme and size, as pictures, measured.

The pictures are there to be looked at; what can be measured (text that does not fit, contrast, names, tab stops,
touch targets, colours outside the theme) is, and one finding makes the exit code 1.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk import tour as tours

SIZES = {"1366": (1366, 768, 1.0), "1440": (1440, 900, 1.0), "2560": (2560, 1440, 1.0), "150": (1440, 900, 1.5)}
"""Screens of the staff window: width, height, text scale."""

KIOSKS = {"portrait": (1080, 1920), "landscape": (1920, 1080), "1366": (1366, 768), "4k": (2160, 3840)}
PICTURES = ("portrait", "landscape")
"""The kiosks of the pictures; on the other screens only the main pages are shown, and not in every way."""

HALLS = {"1366": (1366, 768), "1920": (1920, 1080), "3840": (3840, 2160)}
LANGUAGES = ("tr", "en", "ar", "ru", "de")

WHOLE_WAYS = ("tr", "ar", "large")
"""Of these every page of the kiosk is shown; of the others those whose words differ most in length."""

RARE = (("portrait", "tr"), ("portrait", "large"), ("landscape", "ar"))
"""Where the kiosk of unusual days is shown, too."""

STATE_LOOKS = (("light", "1366"), ("light", "1440"), ("high-contrast", "150"))
EMPTY_LOOKS = (("light", "1440"), ("dark", "150"))

LAID_OUT_MS = 35
"""Between two looks at where everything stands; timers that follow a layout are shorter."""

Picture = tuple[str, Any, Any]
"""A picture's name, the window, and what the inspection asks of it."""


@dataclass
class Gallery:
    """The folder, what was rendered and what is wrong with it."""

    out: Path
    pictures: list[dict[str, Any]] = field(default_factory=list)

    def keep(self, name: str, window: Any, needs: Any) -> None:
        """Render a window into ``name``.png and measure it."""
        from desk.ui import inspection

        image, drawn = inspection.picture(window)
        image.save(str(self.out / f"{name}.png"))
        found = inspection.findings(window, image, drawn, needs)
        self.note(name, found)

    def note(self, name: str, found: list[Any]) -> None:
        self.pictures.append({"picture": name, "findings": [str(one) for one in found]})

    @property
    def wrong(self) -> int:
        return sum(len(one["findings"]) for one in self.pictures)


def run(out: Path, only: str = "") -> int:
    """Render everything (or what has ``only`` in its name) into ``out``; 0 when nothing is wrong with it."""
    begun = time.perf_counter()
    tours.without_screen()
    out.mkdir(parents=True, exist_ok=True)
    for old in [*out.glob("*.png"), out / "gallery.json", out / "index.html"]:
        old.unlink(missing_ok=True)
    gallery = Gallery(out)
    with _office(out) as tour:
        _components(gallery, only)
        for name, window, needs in _screens(tour, only):
            gallery.keep(name, window, needs)
    if not only or "empty" in only:
        with _office(out, empty=True) as tour:
            for name, window, needs in _empty(tour, only):
                gallery.keep(name, window, needs)
    _write(gallery)
    seconds = time.perf_counter() - begun
    for one in gallery.pictures:
        for line in one["findings"]:
            print(f"{one['picture']}: {line}")
    print(f"{len(gallery.pictures)} resim, {gallery.wrong} bulgu: {out} ({seconds:.0f} s)")
    return 1 if gallery.wrong else 0


@contextmanager
def _office(out: Path, *, empty: bool = False) -> Iterator[Any]:
    folder = Path(tempfile.mkdtemp(prefix="danisma-galeri-"))
    try:
        with tours.opened(out, folder, empty=empty) as tour:
            yield tour
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _components(gallery: Gallery, only: str) -> None:
    from desk.ui import inspection, inspection_source
    from desk.ui.widgets import gallery as sheets

    gallery.note("colours", inspection_source.literal_colours(Path(inspection.__file__).parent))
    for name, look, sheet in sheets.every():
        if only in name:
            needs = inspection.kiosk(look.pixel_scale) if name.startswith("kiosk") else inspection.STAFF
            with inspection.watch() as drawn:
                image = sheets.picture(sheet)
            image.save(str(gallery.out / f"{name}.png"))
            gallery.note(name, inspection.findings(sheet, image, drawn, needs))
        sheet.close()
        sheet.deleteLater()


def _screens(tour: Any, only: str) -> Iterator[Picture]:
    yield from _staff(tour, only)
    yield from _states(tour, only)
    yield from _kiosk(tour, only)
    yield from _hall(tour, only)


def _staff(tour: Any, only: str, kind: str = "page", looks: Sequence[tuple[str, str]] = ()) -> Iterator[Picture]:
    from desk.ui import inspection
    from desk.ui.staff.shell import OFF_THE_RAIL, PAGES

    window = tour.window("staff", (1440, 900))
    tour.office.take_counter(3)
    for spec in (*PAGES, *OFF_THE_RAIL):
        if not any(only in f"{kind}-{spec.place.name}-{look[0]}-{look[1]}" for look in looks or _every_look()):
            continue
        window.show_page(spec.place.name)
        for look in _dressed(tour, window, looks or _every_look()):
            name = f"{kind}-{spec.place.name}-{look}"
            if only in name:
                yield name, window, inspection.STAFF


def _every_look() -> list[tuple[str, str]]:
    from desk.ui.theme import THEMES

    return [(theme, size) for theme in THEMES for size in SIZES]


def _dressed(tour: Any, window: Any, looks: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The window in each look, laid out; as it was at the end."""
    from desk.ui.theme import LIGHT, THEMES, app_look

    by_name = {theme.name: theme for theme in THEMES.values()} | dict(THEMES)
    for theme, size in looks:
        width, height, text = SIZES[size]
        app_look().change(theme=by_name[theme], text_scale=text)
        window.resize(width, height)
        settle(tour, window)
        yield f"{by_name[theme].name}-{size}"
    app_look().change(theme=LIGHT, text_scale=1.0)
    window.resize(1440, 900)
    settle(tour, window)


def settle(tour: Any, window: Any) -> None:
    """Until nothing moves any more: what was changed with a look is laid out in several rounds, some of them later."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    before: list[Any] = []
    for _ in range(20):
        tour.settle()
        now = [(part.isVisible(), part.geometry().getRect()) for part in window.findChildren(QWidget)]
        if now == before:
            return
        before = now
        QTest.qWait(LAID_OUT_MS)


def _states(tour: Any, only: str) -> Iterator[Picture]:
    from desk import gallery_counts, gallery_desk, gallery_states
    from desk.ui import inspection

    window = tour.window("staff", (1440, 900))
    for make, names in (gallery_states.NAMES | gallery_desk.NAMES | gallery_counts.NAMES).items():
        if only and only not in " ".join(f"state-{name}" for name in names):
            continue
        for state, shown in make(tour):
            if only not in f"state-{state}" and f"state-{state}" not in only:
                continue
            if shown is not window:  # a window of its own size
                settle(tour, shown)
                yield f"state-{state}", shown, inspection.STAFF
                continue
            for look in _dressed(tour, window, STATE_LOOKS):
                yield f"state-{state}-{look}", window, inspection.STAFF
    window.hide()


def _kiosk(tour: Any, only: str) -> Iterator[Picture]:
    from dataclasses import replace

    from desk import gallery_public
    from desk.ui import inspection
    from desk.ui.kiosk.visitor import Visitor
    from desk.ui.voice import Voice

    if only and "kiosk" not in only:
        return
    window = tour.window("kiosk", (1080, 1920))
    window.feed.stop()  # an offer that comes in between would turn the page
    window.guide._voice = Voice(window, how=lambda lang, loud: ("true", []))  # as most kiosks: with a key for it
    ways = {lang: Visitor(lang=lang) for lang in LANGUAGES}
    ways["contrast"] = Visitor(contrast=True)
    ways["large"] = replace(Visitor(contrast=True), text_step=2)
    ways["lowered"] = Visitor(lowered=True)
    ways["lowered-large"] = Visitor(lowered=True, text_step=2)
    for shape, size in KIOSKS.items():
        window.resize(*size)
        settle(tour, window)
        for way, visitor in ways.items():
            if only not in f"kiosk-{shape}-{way}" and f"kiosk-{shape}-{way}" not in only:
                continue
            if shape not in PICTURES and way not in (*WHOLE_WAYS, "lowered"):
                continue
            whole = way in WHOLE_WAYS and (shape in PICTURES or way == "large")
            rare = (shape, way) in RARE
            for step, shown in gallery_public.kiosk(tour, window, visitor, whole=whole, rare=rare):
                settle(tour, shown)
                yield f"kiosk-{shape}-{way}-{step}", shown, inspection.kiosk(shown._stage().factor)
    window.hide()


def _hall(tour: Any, only: str) -> Iterator[Picture]:
    from desk import gallery_public
    from desk.ui import inspection

    if only and "hall" not in only:
        return
    window = tour.window("hall", HALLS["1920"])
    for state, shown in gallery_public.hall(tour, window):
        for size, (width, height) in HALLS.items():
            shown.resize(width, height)
            settle(tour, shown)
            yield f"hall-{state}-{size}", shown, inspection.HALL
    window.hide()


def _empty(tour: Any, only: str) -> Iterator[Picture]:
    """The first morning: nobody has come yet, nothing is known of other days."""
    from desk.ui import inspection

    yield from _staff(tour, only, "empty", EMPTY_LOOKS)
    tour.windows["staff"].hide()
    for role, size, needs in (
        ("kiosk", KIOSKS["portrait"], inspection.kiosk(1.0)),
        ("hall", HALLS["1920"], inspection.HALL),
    ):
        window = tour.window(role, size)
        settle(tour, window)
        yield f"empty-{role}", window, needs
        window.hide()


def _write(gallery: Gallery) -> None:
    """The list of what was found, and a page with all pictures."""
    summary = {"pictures": len(gallery.pictures), "findings": gallery.wrong, "each": gallery.pictures}
    text = json.dumps(summary, ensure_ascii=False, indent=1)
    (gallery.out / "gallery.json").write_text(text + "\n", encoding="utf-8")
    cards = "".join(
        f'<figure><a href="{one["picture"]}.png"><img loading="lazy" width="480" src="{one["picture"]}.png"></a>'
        f"<figcaption>{one['picture']} · {len(one['findings'])}</figcaption></figure>"
        for one in gallery.pictures
        if (gallery.out / f"{one['picture']}.png").exists()
    )
    head = '<!doctype html><meta charset="utf-8"><title>Danışma</title><style>figure{display:inline-block}</style>'
    (gallery.out / "index.html").write_text(head + cards, encoding="utf-8")

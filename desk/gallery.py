"""``desk gallery``: every component in every state and every page in every theme and size, as pictures, measured.

The pictures are there to be looked at; what can be measured (text that does not fit, contrast, names, tab stops,
touch targets, colours outside the theme) is, and one finding makes the exit code 1.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk import tour as tours

SIZES = {"1366": (1366, 768, 1.0), "1440": (1440, 900, 1.0), "2560": (2560, 1440, 1.0), "150": (1440, 900, 1.5)}
"""Screens of the staff window: width, height, text scale."""

KIOSKS = {"portrait": (1080, 1920), "landscape": (1920, 1080)}
HALLS = {"1920": (1920, 1080), "3840": (3840, 2160)}
LANGUAGES = ("tr", "en", "ar", "ru", "de")


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
    folder = Path(tempfile.mkdtemp(prefix="danisma-galeri-"))
    gallery = Gallery(out)
    try:
        with tours.opened(out, folder) as tour:
            _components(gallery, only)
            for name, window, needs in _screens(tour, only):
                gallery.keep(name, window, needs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    _write(gallery)
    seconds = time.perf_counter() - begun
    for one in gallery.pictures:
        for line in one["findings"]:
            print(f"{one['picture']}: {line}")
    print(f"{len(gallery.pictures)} resim, {gallery.wrong} bulgu: {out} ({seconds:.0f} s)")
    return 1 if gallery.wrong else 0


def _components(gallery: Gallery, only: str) -> None:
    from desk.ui import inspection
    from desk.ui.widgets import gallery as sheets

    gallery.note("colours", inspection.literal_colours(Path(inspection.__file__).parent))
    for name, look, sheet in sheets.every():
        if only in name:
            needs = inspection.kiosk(look.pixel_scale) if name.startswith("kiosk") else inspection.STAFF
            with inspection.watch() as drawn:
                image = sheets.picture(sheet)
            image.save(str(gallery.out / f"{name}.png"))
            gallery.note(name, inspection.findings(sheet, image, drawn, needs))
        sheet.close()
        sheet.deleteLater()


def _screens(tour: Any, only: str) -> Iterator[tuple[str, Any, Any]]:
    yield from _staff(tour, only)
    yield from _kiosk(tour, only)
    yield from _hall(tour, only)


def _staff(tour: Any, only: str) -> Iterator[tuple[str, Any, Any]]:
    from desk.ui import inspection
    from desk.ui.staff.shell import PAGES
    from desk.ui.theme import LIGHT, THEMES, app_look

    window = tour.window("staff", (1440, 900))
    tour.office.take_counter(3)
    look = app_look()
    for spec in PAGES:
        for theme in THEMES.values():
            for size, (width, height, text) in SIZES.items():
                name = f"page-{spec.place.name}-{theme.name}-{size}"
                if only not in name:
                    continue
                window.show_page(spec.place.name)
                look.change(theme=theme, text_scale=text)
                window.resize(width, height)
                tour.settle()
                yield name, window, inspection.STAFF
    look.change(theme=LIGHT, text_scale=1.0)
    window.hide()


def _kiosk(tour: Any, only: str) -> Iterator[tuple[str, Any, Any]]:
    from desk.ui import inspection
    from desk.ui.kiosk.words import LANGUAGE_NAMES

    window = tour.window("kiosk", (1080, 1920))
    for shape, size in KIOSKS.items():
        for lang in LANGUAGES:
            name = f"kiosk-{shape}-{lang}"
            if only not in name:
                continue
            window.resize(*size)
            tour.settle()
            tour.touch(window, LANGUAGE_NAMES[lang])
            tour.settle()
            yield name, window, inspection.kiosk(1.0)
    window.start()
    window.hide()


def _hall(tour: Any, only: str) -> Iterator[tuple[str, Any, Any]]:
    from desk.ui import inspection

    for size, (width, height) in HALLS.items():
        name = f"hall-{size}"
        if only not in name:
            continue
        window = tour.window("hall", (width, height))
        window.resize(width, height)
        tour.settle()
        yield name, window, inspection.HALL
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

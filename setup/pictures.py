"""Make the pictures of README and docs from those of the tour: ``setup/pictures.py build/tour``.

Whoever changed a screen runs the tour, looks at its pictures and then this, so that the help never shows an old screen.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).resolve().parents[1] / "docs" / "resimler"

PICTURES = {
    "danisma": ("danisma-form", 1440),
    "banko": ("banko-islemde", 1440),
    "refakat": ("refakat-yolda", 1440),
    "evrak": ("evrak-barkodla-acildi", 1440),
    "vardiya": ("vardiya", 1440),
    "kiosk": ("kiosk-numara", 540),
    "salon": ("salon", 1280),
    "yardim-danisma": ("danisma-form", 960),
    "yardim-refakat": ("refakat-yolda", 960),
    "yardim-banko-cagri": ("banko-cagrildi", 960),
    "yardim-banko-islem": ("banko-islemde", 960),
    "yardim-evrak": ("evrak-form", 960),
    "yardim-evrak-kayit": ("evrak-barkodla-acildi", 960),
    "yardim-vardiya": ("vardiya", 960),
    "yardim-kiosk": ("kiosk", 480),
    "yardim-kiosk-numara": ("kiosk-numara", 480),
}
"""Picture of the docs → the tour's picture (without its number), width in pixels."""


def make(tour: Path) -> None:
    """Write every picture of the docs; SystemExit when the tour has none of that name."""
    for name, (source, width) in PICTURES.items():
        found = sorted(tour.glob(f"[0-9][0-9]-{source}.png"))
        if not found:
            sys.exit(f"{tour} has no picture {source}")
        with Image.open(found[0]) as picture:
            small = picture.convert("RGB").resize((width, round(picture.height * width / picture.width)), Image.LANCZOS)
        small.quantize(256, dither=Image.Dither.NONE).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    make(Path(sys.argv[1]))

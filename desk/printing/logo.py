"""The site's logo as the bytes that put it into a printer's memory (FS q), from where a slip calls it with two bytes.

A printer's memory bears some thousand writings: it is written by hand, once, and not with every start.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from desk.errors import N_, UserError
from desk.printing.escpos import without_realtime_commands
from desk.printing.profiles import Profile

LOGO_KEY = 1
MAX_HEIGHT = 192  # dots: 24 mm; a taller logo eats more paper than the number

FS = b"\x1c"


def logo_picture(content: bytes, profile: Profile) -> Image.Image:
    """Black on white, at most two thirds of the paper wide and 24 mm high. Raises UserError for what is no picture."""
    try:
        picture: Image.Image = Image.open(BytesIO(content))
        picture.load()
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise UserError(N_("Logo dosyası bir resim değil (PNG veriniz).")) from error
    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture.convert("RGBA"))
    scale = min(profile.dots * 2 / 3 / flat.width, MAX_HEIGHT / flat.height, 1.0)
    size = (max(round(flat.width * scale), 8), max(round(flat.height * scale), 8))
    return flat.convert("L").resize(size, Image.Resampling.LANCZOS).convert("1")


def logo_upload(content: bytes, profile: Profile) -> bytes:
    """FS q with one picture: columns of eight dots, from the left, each from top to bottom. Raises UserError."""
    if not profile.stores_logo:
        raise UserError(N_("Bu yazıcı modeli logo saklamaz."))
    picture = logo_picture(content, profile)
    wide, high = (picture.width + 7) // 8, (picture.height + 7) // 8
    whole = Image.new("1", (wide * 8, high * 8), 255)
    whole.paste(picture, ((whole.width - picture.width) // 2, 0))
    # Turned a quarter, the rows of Pillow's bytes are the printer's columns; in both, the first dot is the highest bit.
    columns = Image.eval(whole.convert("L"), lambda v: 255 - v).convert("1").transpose(Image.Transpose.TRANSPOSE)
    size = wide.to_bytes(2, "little") + high.to_bytes(2, "little")
    return FS + b"q" + bytes([LOGO_KEY]) + size + without_realtime_commands(columns.tobytes())

"""Symbols as a printer draws them from its commands: Code 128 from GS k 73's data, and QR.

Pictures are mode "1" with ink 255.
"""

from __future__ import annotations

from functools import lru_cache

from barcode.charsets import code128
from PIL import Image

_STOP = "1100011101011"


def read_code128(data: bytes) -> tuple[str, str] | None:
    """The bars and the text of GS k 73's data ({A, {B, {C choose the code set); None when it makes no sense."""
    values: list[int] = []
    text = ""
    code_set = ""
    at = 0
    while at < len(data):
        byte = data[at]
        if byte == 0x7B and data[at + 1 : at + 2] in (b"A", b"B", b"C"):
            chosen = chr(data[at + 1])
            values.append(
                {"A": 103, "B": 104, "C": 105}[chosen] if not values else {"A": 101, "B": 100, "C": 99}[chosen]
            )
            code_set, at = chosen, at + 2
            continue
        if code_set == "C" and byte < 100:
            values.append(byte)
            text += f"{byte:02d}"
        elif code_set == "A" and byte < 0x60:
            values.append(byte - 32 if byte >= 32 else byte + 64)
            text += chr(byte)
        elif code_set == "B" and 32 <= byte < 128:
            at += byte == 0x7B and data[at + 1 : at + 2] == b"{"
            values.append(byte - 32)
            text += chr(byte)
        else:
            return None
        at += 1
    if not text:
        return None
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], 1))) % 103
    return "".join(code128.CODES[value] for value in [*values, check]) + _STOP, text


def bars_picture(bits: str, module: int, height: int) -> Image.Image:
    row = Image.new("1", (len(bits), 1))
    row.putdata([255 * int(bit) for bit in bits])
    return row.resize((len(bits) * module, height), Image.Resampling.NEAREST)


@lru_cache(maxsize=32)
def qr_picture(text: str, level: str, module: int) -> Image.Image | None:
    """None when the text is empty or longer than a QR holds."""
    import segno  # 30 ms, and only when a QR is drawn

    try:
        matrix = segno.make_qr(text, error=level, boost_error=False).matrix
    except ValueError:
        return None
    picture = Image.new("1", (len(matrix), len(matrix)))
    picture.putdata([255 * bit for row in matrix for bit in row])
    return picture.resize((len(matrix) * module,) * 2, Image.Resampling.NEAREST)

"""The sample lines of the guide, for a site whose guide is empty: its own services and units are all they may name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

from desk.config import resource_path
from desk.errors import N_, Fault
from desk.files import reason_of
from desk.registry.setting_fields import Sheet, Value
from desk.registry.setting_rows import SERVICE, SUBJECT

TEXTS = ("duration", "fee", "place", "note")


def sample_lines(sheet: Sheet) -> Iterator[dict[str, Value]]:
    """The fields of each new line for this sub-page; lines about what this site does not have are left out.

    Raises Fault when the file of the sample cannot be read.
    """
    try:
        with (resource_path("templates") / "rehber.toml").open("rb") as file:
            lines = tomllib.load(file)["guide"]
    except OSError as error:
        raise Fault(N_("Örnek rehber okunamadı: {reason}."), reason=reason_of(error)) from error
    abouts, units = dict(sheet.lists["about"]), dict(sheet.lists["units"])
    for line in lines:
        kind = SUBJECT if SUBJECT in line else SERVICE
        about = f"{kind}:{line[kind]}" if kind in line else None
        unit = line.get("unit")
        if about not in abouts or unit not in units:
            continue
        values: dict[str, Value] = {"name": line.get("name") or abouts[about], "documents": tuple(line["documents"])}
        values |= {"about": about, "unit": unit}
        yield values | {key: line[key] for key in TEXTS if line.get(key)}

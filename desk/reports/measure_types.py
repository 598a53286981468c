"""What a measure is: its unit, by what it is counted, what it is a share of, and how the records prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from desk.errors import N_
from desk.models.counting import Duration, Measure
from desk.models.session import Session
from desk.reports.controls import Control


class Unit(StrEnum):
    """What a figure is a number of. Two units are never added up."""

    PERSON = N_("kişi")
    CONTACT = N_("temas")
    VISIT = N_("ziyaret")
    NUMBER = N_("numara")
    APPLICATION = N_("başvuru")
    REQUEST = N_("talep")
    HOUSEHOLD = N_("hane")
    SURVEY = N_("anket")
    ANSWER = N_("yanıt")
    JOB = N_("refakat")
    PIECE = N_("adet")
    CALL = N_("çağrı")
    EVENT = N_("olay")
    SECOND = N_("saniye")


class By(StrEnum):
    """What the key of a measure names."""

    NOTHING = ""
    SERVICE = "service"
    UNIT = "unit"
    UNIT_OUTCOME = "unit_outcome"  # "fen:positive"
    SUBJECT = "subject"
    NEIGHBOURHOOD = "neighbourhood"
    CHANNEL = "channel"
    KIND = "kind"
    OUTCOME = "outcome"
    PLACE = "place"
    FORM = "form"
    ANSWER = "answer"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Definition:
    """A named measure. ``share_of`` is the measure a rate of it is printed against ("9 / 231 numara").

    ``by`` says what its key is, ``names`` the words for keys that no table holds. ``control`` counts it again from
    the records; without one ``recount`` itself does. ``yearly`` heads a table of its own in the annual report.
    """

    measure: Measure
    name: str
    counts: str
    share_of: Measure | None = None
    unit: Unit = Unit.NUMBER
    by: By = By.NOTHING
    names: Mapping[Any, str] = field(default_factory=dict)
    control: Control | None = None
    yearly: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """A measured duration, in seconds. ``control`` gives how many there were and their sum."""

    duration: Duration
    name: str
    counts: str
    by: By = By.SERVICE
    names: Mapping[Any, str] = field(default_factory=dict)
    control: Callable[[Session, UUID, date], tuple[int, int]] | None = None

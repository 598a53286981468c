"""Where and with whom work is done: sites, units, services, counters, terminals, staff, the business day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from desk.models.base import NARROW, Base, Mapped, mapped_column, new_id


class Municipality(Base):
    __tablename__ = "municipality"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # Çınarova Belediyesi
    authority: Mapped[str]  # Çınarova Belediye Başkanlığı
    department: Mapped[str]
    address: Mapped[str]
    hotline: Mapped[str]


class Site(Base):
    """A door through which visitors come: entrance, küre, çözüm ofisi. ``number`` stands in every barcode."""

    __tablename__ = "site"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipality.id"))
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    sample: Mapped[bool]  # filled by the simulation, which refuses one that is not; real work is not kept out of it
    settings: Mapped[dict[str, Any]]


class OpeningHours(Base):
    """When the kiosk gives numbers. ``weekday`` 0 is Monday; times are minutes after midnight on the site's clock."""

    __tablename__ = "opening_hours"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[int]
    closes: Mapped[int]
    lunch_from: Mapped[int | None]
    lunch_to: Mapped[int | None]


class ClosedDay(Base):
    """A day on which a site is shut, or open for other hours than its weekday's, beside the public holidays.

    ``opens`` and ``closes`` (minutes after midnight) are both set on a short day and both empty on a closed one.
    """

    __tablename__ = "closed_day"
    __table_args__ = NARROW
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str]  # bridge | leave | local | works | other
    reason: Mapped[str]  # the site's own words for people, in Turkish; empty: those of the kind
    opens: Mapped[int | None]
    closes: Mapped[int | None]


class ServiceHours(Base):
    """Hours of a service that keeps shorter ones than its site; a weekday without a row follows the site."""

    __tablename__ = "service_hours"
    __table_args__ = NARROW
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)  # 0 is Monday
    opens: Mapped[int]
    closes: Mapped[int]


class SiteDay(Base):
    """A business day: opened by the first action, closed by the shift lead; records take their day from here."""

    __tablename__ = "site_day"
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(default="")


class Terminal(Base):
    __tablename__ = "terminal"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]  # desk | kiosk | hall | command


class Unit(Base):
    """A directorate. Shared by all sites; retired by ``valid_to``, never deleted or renamed over."""

    __tablename__ = "unit"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str]
    place: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Neighbourhood(Base):
    __tablename__ = "neighbourhood"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    name_fold: Mapped[str]
    name_sort: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Service(Base):
    """What one queues for. ``letter`` heads its numbers; ``sensitive`` ones are not named in the hall."""

    __tablename__ = "service"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str]
    letter: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str]
    name_fold: Mapped[str]
    place: Mapped[str]
    icon: Mapped[str]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)
    sensitive: Mapped[bool] = mapped_column(default=False)
    kiosk: Mapped[bool] = mapped_column(default=True)
    first_serial: Mapped[int] = mapped_column(default=1)
    last_serial: Mapped[int] = mapped_column(default=999)  # after it numbers begin anew at the first
    serial_step: Mapped[int] = mapped_column(default=1)
    daily_cap: Mapped[int | None]


class Subject(Base):
    """What people ask for, in their words: routes to a unit and, where one queues for it, to a service."""

    __tablename__ = "subject"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    name_fold: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    service_code: Mapped[str | None]
    urgency: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Staff(Base):
    """Who works here. Kiosk, command line and import are rows of kind *system*."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("site_id", "code"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]  # person | system
    role: Mapped[str]  # desk | counter | escort | registry | lead | system
    pin_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class Counter(Base):
    __tablename__ = "counter"
    __table_args__ = (UniqueConstraint("site_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    number: Mapped[int]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="closed")  # open | break | closed
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    seen_at: Mapped[datetime | None]  # last act there: a silent counter counts as away
    priority_run: Mapped[int] = mapped_column(default=0, server_default="0")  # priority calls in a row
    auto_call_seconds: Mapped[int] = mapped_column(default=0, server_default="0")  # 0: the clerk calls


class CounterService(Base):
    __tablename__ = "counter_service"
    counter_id: Mapped[UUID] = mapped_column(ForeignKey("counter.id"), primary_key=True)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)


class CounterPeriod(Base):
    """Open and break times of a counter: the roster as it happened."""

    __tablename__ = "counter_period"
    __table_args__ = (Index(None, "site_id", "day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    day: Mapped[date]
    counter_id: Mapped[UUID] = mapped_column(ForeignKey("counter.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str]  # open | break
    reason: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

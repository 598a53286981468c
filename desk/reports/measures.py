"""What each figure means, once: its name, what it counts, what it is a share of, and how the records prove it.

Summaries are written by the transaction that made the record; ``differences`` counts the records again and tells
where the two disagree (``desk db check``, and the tests of every action). Persons, visits, numbers, contacts and
petitions are distinct measures and are never added up with one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.errors import N_
from desk.models.counting import Duration, Measure
from desk.models.summary import DayCount, DurationCount, HourCount
from desk.queue.overrides import LIMIT_NAMES
from desk.queue.types import PRIORITY_NAMES
from desk.registry.application_types import APPLICATION_KIND_NAMES, CALL_NAMES, ENDED_WITHOUT, OUTCOME_NAMES
from desk.registry.incident_kinds import INCIDENT_NAMES
from desk.registry.surveys import PLACE_NAMES
from desk.registry.types import (
    APPLICATION_STATE_NAMES,
    ASSISTANCE_NAMES,
    CHANNEL_NAMES,
    DOCUMENT_NAMES,
    DocumentKind,
)
from desk.reports import controls
from desk.reports.controls import Control
from desk.reports.records import DayRecords, read_records


class CountKey(NamedTuple):
    """One count: the measure, by what (service, unit, class, kind; "" for the site), and the local hour or None."""

    measure: str
    key: str
    hour: int | None


class Timed(NamedTuple):
    """How many durations were counted and the sum of their whole seconds."""

    times: int
    seconds: int


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


@dataclass(frozen=True, slots=True)
class Recount:
    counts: dict[CountKey, int]
    durations: dict[str, Timed]


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that does not say what the records say. ``hour`` is None for the whole day."""

    measure: str
    key: str
    hour: int | None
    summary: int
    records: int

    def __str__(self) -> str:
        where = f"{self.measure}[{self.key}]" if self.key else self.measure
        when = "" if self.hour is None else f" {self.hour:02d}.00"
        return f"{where}{when}: {self.summary} ≠ {self.records}"


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        Measure.VISITS,
        N_("Ziyaret"),
        N_("Kapıdan bir kişinin veya birlikte gelen bir grubun bir girişi. Geri alınan kayıt sayılmaz."),
        unit=Unit.VISIT,
        by=By.SERVICE,
        names={"": N_("Bilgi verildi (numarasız)")},
        yearly=N_("Hizmete göre ziyaret"),
    ),
    Definition(Measure.PERSONS, N_("Kişi"), N_("Ziyaretlerdeki kişi sayılarının toplamı."), unit=Unit.PERSON),
    Definition(
        Measure.DIRECTIONS,
        N_("Bilgi verildi"),
        N_("Numara verilmeden bilgi veya yön gösterilen ziyaret."),
        Measure.VISITS,
        Unit.VISIT,
    ),
    Definition(
        Measure.VISITS_BY_UNIT,
        N_("Birime göre ziyaret"),
        N_("Ziyaretin gittiği birim: hizmetin veya yön gösterilen yerin birimi."),
        Measure.VISITS,
        Unit.VISIT,
        By.UNIT,
        yearly=N_("Birime göre ziyaret"),
    ),
    Definition(
        Measure.VISITS_BY_SUBJECT,
        N_("Konuya göre ziyaret"),
        N_("Ziyaretin konusu; konusu seçilmeyen ziyaret burada sayılmaz."),
        Measure.VISITS,
        Unit.VISIT,
        By.SUBJECT,
        control=controls.VISITS_BY_SUBJECT,
        yearly=N_("Konuya göre ziyaret"),
    ),
    Definition(
        Measure.TICKETS_ISSUED,
        N_("Verilen numara"),
        N_("Verilen her sıra numarası; sonradan iptal edilen de harcanmıştır ve sayılır."),
        by=By.SERVICE,
        yearly=N_("Hizmete göre verilen numara"),
    ),
    Definition(
        Measure.TICKETS_SERVED,
        N_("Hizmet verilen"),
        N_("Bankoda işlemi tamamlanan numara; aktarılan numara işlemin bittiği hizmette sayılır."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
    ),
    Definition(
        Measure.TICKETS_CANCELLED,
        N_("İptal edilen"),
        N_("Verildikten hemen sonra görevlinin geri aldığı numara."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
    ),
    Definition(
        Measure.NO_SHOWS,
        N_("Çağrıya gelmeyen"),
        N_("Çağrıldığı hâlde gelmeyen numara."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
    ),
    Definition(
        Measure.LEFT,
        N_("Beklerken ayrılan"),
        N_("İşleme alınmadan vazgeçen numara."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
    ),
    Definition(
        Measure.EXPIRED,
        N_("Gün sonunda kapanan"),
        N_("Gün kapanırken hâlâ bekleyen, çağrılmış veya bekletilen numara."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
    ),
    Definition(
        Measure.PRIORITY,
        N_("Öncelikli"),
        N_("Öncelikle verilen numara. Sınıfı yalnız günlük sayıda durur, kayıtta durmaz."),
        Measure.TICKETS_ISSUED,
        by=By.KIND,
        names=PRIORITY_NAMES,
        yearly=N_("Önceliğe göre numara"),
    ),
    Definition(
        Measure.MANUAL_ENTERED,
        N_("Elle verilip işlenen"),
        N_("Elektrik kesintisi gibi bir durumda elle verilip sonradan kuyruğa işlenen numara."),
        Measure.TICKETS_ISSUED,
        by=By.SERVICE,
        control=controls.MANUAL_ENTERED,
    ),
    Definition(
        Measure.LIMITS_PASSED,
        N_("Sınır aşılarak verilen"),
        N_("Günlük sınır dolmuşken veya bugün sıra gelmesi beklenmezken gerekçesi yazılarak verilen numara."),
        Measure.TICKETS_ISSUED,
        by=By.KIND,
        names=LIMIT_NAMES,
        control=controls.LIMITS_PASSED,
    ),
    Definition(
        Measure.ASSISTANCE,
        N_("Refakat"),
        N_("İstenen refakat işi, gereken yardıma göre. Geri alınan istek sayılmaz."),
        unit=Unit.JOB,
        by=By.KIND,
        names=ASSISTANCE_NAMES,
        yearly=N_("Yardıma göre refakat"),
    ),
    Definition(
        Measure.ASSISTANCE_ENDED,
        N_("Tamamlanan refakat"),
        N_("Biten refakat işi."),
        Measure.ASSISTANCE,
        Unit.JOB,
        By.KIND,
        ASSISTANCE_NAMES,
    ),
    Definition(
        Measure.EQUIPMENT_USED,
        N_("Kullanılan ekipman"),
        N_("Refakat için verilen ekipman (tekerlekli sandalye, yürüteç); her veriliş bir adettir."),
        unit=Unit.PIECE,
        by=By.KIND,
        names=ASSISTANCE_NAMES,
        control=controls.EQUIPMENT_USED,
        yearly=N_("Refakatte kullanılan ekipman"),
    ),
    Definition(
        Measure.PETITIONS,
        N_("Evrak kaydı"),
        N_("Kayda alınan dilekçe ve başvuru."),
        unit=Unit.APPLICATION,
        by=By.KIND,
        names=DOCUMENT_NAMES,
        yearly=N_("Türüne göre başvuru ve evrak"),
    ),
    Definition(
        Measure.PETITIONS_INCOMPLETE,
        N_("Eksik hususlu evrak"),
        N_("Kanunun aradığı bir husus (ad, imza, adres, belirli konu) eksik olarak kaydedilen evrak."),
        Measure.PETITIONS,
        Unit.APPLICATION,
    ),
    Definition(
        Measure.PETITIONS_BY_CHANNEL,
        N_("Kanala göre başvuru"),
        N_("Başvurunun geldiği kanal."),
        Measure.PETITIONS,
        Unit.APPLICATION,
        By.CHANNEL,
        CHANNEL_NAMES,
        controls.PETITIONS_BY_CHANNEL,
        N_("Kanala göre başvuru ve evrak"),
    ),
    Definition(
        Measure.PETITIONS_BY_UNIT,
        N_("Birime göre evrak"),
        N_("Evrakın ilgili birimi."),
        Measure.PETITIONS,
        Unit.APPLICATION,
        By.UNIT,
        yearly=N_("Birime göre başvuru ve evrak"),
    ),
    Definition(
        Measure.PETITIONS_BY_NEIGHBOURHOOD,
        N_("Mahalleye göre başvuru"),
        N_("Başvuranın bildirdiği mahalle."),
        Measure.PETITIONS,
        Unit.APPLICATION,
        By.NEIGHBOURHOOD,
        control=controls.PETITIONS_BY_NEIGHBOURHOOD,
        yearly=N_("Mahalleye göre başvuru ve evrak"),
    ),
    Definition(
        Measure.APPLICATIONS,
        N_("Başvuru"),
        N_("Her kanaldan kaydedilen başvuru, evrak da içinde. Geri alınan içe aktarma sayılmaz."),
        unit=Unit.APPLICATION,
        by=By.KIND,
        names=APPLICATION_KIND_NAMES,
        control=controls.APPLICATIONS,
        yearly=N_("Türüne göre başvuru (bütün kanallar)"),
    ),
    Definition(
        Measure.APPLICATIONS_BY_CHANNEL,
        N_("Kanala göre başvuru (bütün kanallar)"),
        N_("Başvurunun geldiği kanal."),
        Measure.APPLICATIONS,
        Unit.APPLICATION,
        By.CHANNEL,
        CHANNEL_NAMES,
        controls.APPLICATIONS_BY_CHANNEL,
        N_("Kanala göre başvuru (bütün kanallar)"),
    ),
    Definition(
        Measure.APPLICATIONS_BY_UNIT,
        N_("Birimlere gönderilen talep"),
        N_("Başvurunun şu anda bulunduğu birim; birimi olmayan başvuru henüz gönderilmemiştir."),
        Measure.APPLICATIONS,
        Unit.REQUEST,
        By.UNIT,
        control=controls.APPLICATIONS_BY_UNIT,
        yearly=N_("Birimlere gönderilen talep (bütün kanallar)"),
    ),
    Definition(
        Measure.APPLICATIONS_BY_NEIGHBOURHOOD,
        N_("Mahalleye göre başvuru (bütün kanallar)"),
        N_("Konunun, yoksa başvuranın bildirdiği mahalle."),
        Measure.APPLICATIONS,
        Unit.APPLICATION,
        By.NEIGHBOURHOOD,
        control=controls.APPLICATIONS_BY_NEIGHBOURHOOD,
        yearly=N_("Mahalleye göre başvuru (bütün kanallar)"),
    ),
    Definition(
        Measure.APPLICATIONS_BY_SUBJECT,
        N_("Konuya göre başvuru"),
        N_("Yönlendirme tablosundaki konu; serbest yazılan konular bir aradadır."),
        Measure.APPLICATIONS,
        Unit.APPLICATION,
        By.SUBJECT,
        control=controls.APPLICATIONS_BY_SUBJECT,
        yearly=N_("Konuya göre başvuru"),
    ),
    Definition(
        Measure.APPLICATIONS_OUTCOME,
        N_("Başvuruların sonucu"),
        N_("O gün kaydedilen başvuruların şimdiki sonucu; kurum dışına iletilen çözülmüş sayılmaz, ayrı durur."),
        Measure.APPLICATIONS,
        Unit.APPLICATION,
        By.OUTCOME,
        OUTCOME_NAMES | {key: APPLICATION_STATE_NAMES[key] for key in ENDED_WITHOUT},
        controls.APPLICATIONS_OUTCOME,
        N_("Başvuruların sonucu"),
    ),
    Definition(
        Measure.CALLS,
        N_("Çağrı"),
        N_("Çağrı merkezi kayıtlarından alınan gelen çağrı: yanıtlanan, beklerken kapanan, cevapsız."),
        unit=Unit.CALL,
        by=By.OUTCOME,
        names=CALL_NAMES,
        control=controls.CALLS,
        yearly=N_("Çağrılar"),
    ),
    Definition(Measure.ENCLOSURES, N_("Ek"), N_("Evrakla verilen eklerin adedi (sayfa değil)."), unit=Unit.PIECE),
    Definition(
        Measure.CONTACTS,
        N_("Temas"),
        N_("Her türlü kayıtlı görüşme: her ziyaret ve her evrak kaydı bir temastır."),
        unit=Unit.CONTACT,
    ),
    Definition(
        Measure.SURVEYS,
        N_("Anket"),
        N_("Doldurulan anket; sorulardan biri bile yanıtlanmışsa sayılır."),
        unit=Unit.SURVEY,
        by=By.FORM,
        control=controls.SURVEYS,
        yearly=N_("Forma göre anket"),
    ),
    Definition(
        Measure.SURVEYS_BY_PLACE,
        N_("Yerine göre anket"),
        N_("Anketin doldurulduğu yer: yüz yüze, kiosk, saha."),
        Measure.SURVEYS,
        Unit.SURVEY,
        By.PLACE,
        PLACE_NAMES,
        controls.SURVEYS_BY_PLACE,
        N_("Yerine göre anket"),
    ),
    Definition(
        Measure.SURVEY_ANSWERS,
        N_("Anket yanıtı"),
        N_("Bir soruya verilen yanıt; boş bırakılan soru sayılmaz. Yazılı görüşler sayılmaz."),
        unit=Unit.ANSWER,
        by=By.ANSWER,
        control=controls.survey_answers,
    ),
    Definition(
        Measure.SURVEYS_ALARMING,
        N_("Çok olumsuz anket"),
        N_("En az bir soruda en düşük yüz işaretlenen anket; vardiya sorumlusuna bildirilir."),
        Measure.SURVEYS,
        Unit.SURVEY,
        By.FORM,
        control=controls.SURVEYS_ALARMING,
    ),
    Definition(
        Measure.INCIDENTS,
        N_("Olay"),
        N_("Kaydedilen olağan dışı olay (sağlık, kayıp çocuk, güvenlik, tahliye)."),
        unit=Unit.EVENT,
        by=By.KIND,
        names=INCIDENT_NAMES,
        control=controls.INCIDENTS,
        yearly=N_("Türüne göre olay"),
    ),
    Definition(
        Measure.GUIDE,
        N_("Rehberden anlatılan"),
        N_("Bir hizmetin gerekleri (belge, süre, ücret, yer) Rehber’den anlatılan ziyaret."),
        Measure.DIRECTIONS,
        by=By.GUIDE,
        control=controls.GUIDE,
        yearly=N_("Rehberde en çok sorulanlar"),
    ),
)

TIMINGS: tuple[Timing, ...] = (
    Timing(Duration.WAIT, N_("Bekleme"), N_("Numaranın verilmesinden ilk çağrıya kadar.")),
    Timing(Duration.SERVE, N_("İşlem"), N_("Bankoda işlem başlangıcından bitişe kadar; bekletme hariç.")),
    Timing(
        Duration.ASSISTANCE_WAIT,
        N_("Refakat bekleme"),
        N_("Refakat isteğinden başlangıca kadar."),
        By.KIND,
        ASSISTANCE_NAMES,
    ),
    Timing(
        Duration.ASSISTANCE_JOB,
        N_("Refakat süresi"),
        N_("Refakat isteğinden bitişe kadar."),
        By.KIND,
        ASSISTANCE_NAMES,
    ),
    Timing(
        Duration.CALL_WAIT,
        N_("Çağrıda bekleme"),
        N_("Çağrı merkezi kuyruğunda geçen süre, bütün çağrılar."),
        control=controls.call_waits,
    ),
    Timing(
        Duration.CALL_TALK,
        N_("Çağrıda konuşma"),
        N_("Yanıtlanan çağrıların konuşma süresi."),
        control=controls.call_talks,
    ),
)


def definition(measure: Measure) -> Definition:
    return next(d for d in DEFINITIONS if d.measure is measure)


def recount(session: Session, site_id: UUID, day: date) -> Recount:
    """Every measure of a day counted again from the records.

    The class of a priority is in no record, so PRIORITY comes back as one total under the key "".
    Durations come back per kind for the whole site: a transferred number may have waited for another service.
    """
    records = read_records(session, site_id, day)
    counts: Counter[CountKey] = Counter()
    _visits(records, counts)
    _tickets(records, counts)
    _assistance(records, counts)
    _petitions(records, counts)
    for told in DEFINITIONS:
        if told.control is not None:
            for key, value in told.control(session, site_id, day).items():
                counts[CountKey(told.measure, key, None)] += value
    durations = {str(d): Timed(len(records.durations[d]), sum(map(int, records.durations[d]))) for d in Duration}
    for timing in TIMINGS:
        if timing.control is not None:
            durations[timing.duration] = Timed(*timing.control(session, site_id, day))
    return Recount({entry: n for entry, n in counts.items() if n}, durations)


def _visits(records: DayRecords, counts: Counter[CountKey]) -> None:
    for visit in records.visits:
        for hour in (None, visit.hour):
            counts[CountKey(Measure.VISITS, visit.service, hour)] += 1
            counts[CountKey(Measure.PERSONS, "", hour)] += visit.persons
        counts[CountKey(Measure.CONTACTS, "", None)] += 1
        if not visit.service:
            counts[CountKey(Measure.DIRECTIONS, "", None)] += 1
        if visit.unit:
            counts[CountKey(Measure.VISITS_BY_UNIT, visit.unit, None)] += 1


def _tickets(records: DayRecords, counts: Counter[CountKey]) -> None:
    for ticket in records.tickets:
        for hour in (None, ticket.hour):
            counts[CountKey(Measure.TICKETS_ISSUED, ticket.asked_for, hour)] += 1
        if ticket.priority and not ticket.voided and not ticket.further:
            counts[CountKey(Measure.PRIORITY, "", None)] += 1
        end = _END.get(ticket.state)
        if end is Measure.TICKETS_CANCELLED and ticket.outcome == "left":
            end = Measure.LEFT
        if end:
            counts[CountKey(end, ticket.service, None)] += 1


_END = {
    "served": Measure.TICKETS_SERVED,
    "no_show": Measure.NO_SHOWS,
    "expired": Measure.EXPIRED,
    "cancelled": Measure.TICKETS_CANCELLED,
}


def _assistance(records: DayRecords, counts: Counter[CountKey]) -> None:
    for job in records.assistance:
        if job.state == "cancelled":
            continue
        counts[CountKey(Measure.ASSISTANCE, job.kind, None)] += 1
        if job.state == "ended":
            counts[CountKey(Measure.ASSISTANCE_ENDED, job.kind, None)] += 1


def _petitions(records: DayRecords, counts: Counter[CountKey]) -> None:
    for petition in records.petitions:
        counts[CountKey(Measure.CONTACTS, "", None)] += 1
        if petition.kind == DocumentKind.NONE:
            continue
        counts[CountKey(Measure.PETITIONS, petition.kind, None)] += 1
        counts[CountKey(Measure.PETITIONS_BY_UNIT, petition.unit, None)] += 1
        counts[CountKey(Measure.PETITIONS_INCOMPLETE, "", None)] += petition.incomplete
        counts[CountKey(Measure.ENCLOSURES, "", None)] += petition.enclosures


def differences(session: Session, site_id: UUID, day: date) -> list[Difference]:
    """Where a day's summaries and its records disagree; empty when all is well."""
    records = recount(session, site_id, day)
    kept = _kept(session, site_id, day)
    found = [
        Difference(*entry, summary=kept.counts.get(entry, 0), records=records.counts.get(entry, 0))
        for entry in kept.counts.keys() | records.counts.keys()
    ]
    for duration in Duration:
        ours, theirs = kept.durations.get(duration, Timed(0, 0)), records.durations[duration]
        found.append(Difference(duration, "", None, ours.times, theirs.times))
        found.append(Difference(f"{duration}_seconds", "", None, ours.seconds, theirs.seconds))
    wrong = [d for d in found if d.summary != d.records]
    return sorted(wrong, key=lambda d: (d.measure, d.key, -1 if d.hour is None else d.hour))


def _kept(session: Session, site_id: UUID, day: date) -> Recount:
    """The summaries in the shape of a recount: priority without its classes, durations without their services."""
    counts: Counter[CountKey] = Counter()
    for row in session.execute(select(DayCount).where(DayCount.site_id == site_id, DayCount.day == day)).scalars():
        key = "" if row.measure == Measure.PRIORITY else row.key
        counts[CountKey(row.measure, key, None)] += row.value
    for hour in session.execute(select(HourCount).where(HourCount.site_id == site_id, HourCount.day == day)).scalars():
        counts[CountKey(hour.measure, hour.key, hour.hour)] += hour.value
    durations: dict[str, Timed] = {}
    timed = select(DurationCount).where(DurationCount.site_id == site_id, DurationCount.day == day)
    for part in session.execute(timed).scalars():
        before = durations.get(part.measure, Timed(0, 0))
        durations[part.measure] = Timed(before.times + part.value, before.seconds + part.seconds)
    return Recount(dict(counts), durations)

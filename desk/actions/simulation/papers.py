"""Petitions with their senders, and every slip that comes out of a printer."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from desk.actions.simulation import demand
from desk.actions.simulation.book import Row
from desk.actions.simulation.hall import Numbered
from desk.actions.simulation.lives import Lives
from desk.actions.simulation.place import Service
from desk.actions.simulation.stage import Stage
from desk.actor import Actor
from desk.events import Kind
from desk.i18n import translator
from desk.models.application import Application, ApplicationEvent, Enclosure
from desk.models.case import ApplicationSearch
from desk.models.numbers import CodeKind
from desk.models.print_job import PrintJob
from desk.models.visit import Person
from desk.printing import slips
from desk.queue import types as queue
from desk.registry import application_counts, types
from desk.registry.application_types import Clock
from desk.registry.applications import missing_of
from desk.registry.deadlines import due, periods_in
from desk.registry.search import search_text
from desk.registry.types import Channel, Destination, DocumentKind, Neighbourhood, PersonInput
from desk.text import fold, mask_name, sort_key

FIRST_NAMES = (
    "Ahmet", "Ayşe", "Burak", "Cemile", "Çiğdem", "Deniz", "Elif", "Fatma", "Gülşah", "Hüseyin", "Işıl", "İbrahim",
    "Jale", "Kemal", "Leyla", "Mehmet", "Mustafa", "Nuriye", "Ömer", "Özlem", "Pınar", "Recep", "Sevgi", "Şükrü",
    "Tuğba", "Umut", "Ümmühan", "Veli", "Yağmur", "Zeynep",
)  # fmt: skip
SURNAMES = (
    "Örnek", "Örnekoğlu", "Örnekçi", "Deneme", "Denemeci", "Numune", "Numuneoğlu", "Taslak", "Benzetim", "Sanal",
)  # fmt: skip
"""Nobody's: whoever reads a simulated record sees that it is one."""

STREETS = ("Lale Sk.", "Ihlamur Sk.", "Çamlık Cd.", "Söğüt Sk.", "İnönü Cd.", "Gül Sk.", "Okul Cd.", "Şirin Sk.")
ENCLOSURES = ("Fotoğraf", "Kroki", "Tapu sureti", "Kira sözleşmesi", "Rapor", "Makbuz")


NOT_YET = (
    "stopped_on", "outcome", "closed_at", "told_at", "satisfied", "joined_to", "owner_id", "outside_number",
    "official_number", "official_on", "import_id",
)  # fmt: skip
"""What only the later life of an application fills."""


class Papers:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.book, self.chance = stage, stage.book, stage.chance
        place = stage.place
        self.lives = Lives(stage)
        self.subjects = [d for d in (*place.subjects, *place.directions) if d.subject_code and d.unit_code]

    # Petitions

    def plan_post(self, visits: int) -> None:
        """What KEP, PTT and e-mail brought is registered in the morning."""
        opens = self.stage.hours.opens
        for _ in range(round(visits * demand.POSTED_PETITIONS + self.chance.random() - 0.5)):
            channel = self.chance.choice((Channel.KEP, Channel.PTT, Channel.EMAIL))
            self.stage.at(opens + self.chance.uniform(20, 210), partial(self.register, channel, None))

    def handed(self, ticket: Numbered, seconds: float, _clerk: Actor) -> None:
        """Somebody is served: at the counter for petitions, most hand one in."""
        if ticket.service == "evrak" and self.chance.random() < demand.HANDED_PETITIONS:
            self.stage.after(seconds * 0.8, partial(self.register, Channel.IN_PERSON, ticket.row["id"]))

    def register(self, channel: Channel, ticket_id: UUID | None) -> None:
        """Register a petition and print its receipt, with a name that is clearly nobody's."""
        chance, place = self.chance, self.stage.place
        kind = DocumentKind.INFORMATION if chance.random() < 0.1 else DocumentKind.PETITION
        topic = chance.choice(self.subjects) if self.subjects and chance.random() < 0.98 else None
        where = chance.choice(place.neighbourhoods) if place.neighbourhoods else None
        signed = channel is Channel.EMAIL or chance.random() > 0.04
        sender = self._sender(where)
        unit = topic.unit_code if topic and chance.random() < 0.95 else ""
        missing = missing_of(sender, topic.name if topic else "", signed)
        row = self._application(kind, channel, topic, unit, signed, missing, ticket_id)
        row["person_id"] = self._person(sender, where)
        row["neighbourhood_id"] = where.id if where else None
        enclosures = self._enclose(row["id"])
        self._event(row, "registered", None, {"missing": [str(one) for one in missing]})
        if row["unit_id"] is not None:
            self._event(row, "referred", row["unit_id"], {})
        application_counts.registered(
            lambda measure, key, value: self.book.count(measure, key, value),
            row,
            unit,
            where.code if where else "",
            len(enclosures),
        )
        words = search_text(row["record_number"], sender.name, "", row["subject"])
        self.book.add(ApplicationSearch, application_id=row["id"], text=words)
        self.book.change(Kind.PETITION_REGISTERED, row["id"], self.stage.now, place.registrar)
        receipt = self._receipt(row, sender, where, enclosures)
        self._print("receipt", slips.receipt_slip(receipt, place.header, translator()), row["id"], place.registrar)
        if missing and chance.random() < 0.5:
            slip = slips.deficiency_slip(receipt, place.header, translator())
            self._print("deficiency", slip, row["id"], place.registrar)
        self.lives.live(row, unit)

    def _sender(self, where: Neighbourhood | None) -> PersonInput:
        chance = self.chance
        name = "" if chance.random() < 0.01 else f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"
        address = "" if chance.random() < 0.05 else f"{chance.choice(STREETS)} No: {chance.randint(1, 80)}"
        return PersonInput(name=name, neighbourhood_code=where.code if where else "", address=address)

    def _person(self, sender: PersonInput, where: Neighbourhood | None) -> UUID:
        now, place = self.stage.now, self.stage.place
        row = self.book.add(
            Person,
            id=self.book.key(now),
            purpose="application",
            notice_version=place.settings.get("notice_version", ""),
            erase_after=self.stage.day + timedelta(days=place.setting("person_keep_days", 730)),
            name=sender.name,
            name_fold=fold(sender.name),
            name_sort=sort_key(sender.name),
            phone="",
            tckn="",
            address=sender.address,
            neighbourhood_id=where.id if where else None,
        )
        person_id: UUID = row["id"]
        return person_id

    def _application(
        self,
        kind: DocumentKind,
        channel: Channel,
        topic: Destination | None,
        unit: str,
        signed: bool,
        missing: tuple[types.Missing, ...],
        ticket_id: UUID | None,
    ) -> Row:
        now, day, place = self.stage.now, self.stage.day, self.stage.place
        serial = self.book.series.take("record", str(day.year))
        clock = Clock.INFORMATION if kind is DocumentKind.INFORMATION else Clock.PETITION
        answer = due(clock, day, periods=periods_in(place.settings))
        subject = topic.name if topic else ""
        return self.book.add(
            Application,
            id=self.book.key(now),
            day=day,
            year=day.year,
            serial=serial,
            record_number=f"{day.year}/{serial:06d}",
            tracking_code=self.book.tracking_code(),
            scan_code=self.book.barcode(CodeKind.APPLICATION),
            request_key=str(self.book.key(now)),
            document_kind=kind,
            channel=channel,
            state="referred" if unit else "new",
            subject=subject,
            subject_fold=fold(subject),
            unit_id=place.units[unit].id if unit else None,
            visit_id=None,
            ticket_id=ticket_id,
            signature_present=signed,
            missing=[str(one) for one in missing],
            received_at=now,
            due_on=answer.on,
            due_basis=answer.basis,
            registered_by=place.registrar.staff_id,
            terminal_id=place.registrar.terminal_id,
            receipts=1,
            kind="information" if kind is DocumentKind.INFORMATION else "request",
            sender_kind="person",
            persons=1,
            urgency="normal",
            subject_code=topic.subject_code if topic else "",
            clock=clock,
            open=True,
            version=0,
            hidden=False,
            **dict.fromkeys(NOT_YET),
        )

    def _enclose(self, application_id: UUID) -> tuple[types.Enclosure, ...]:
        count = self.chance.choices((0, 1, 2, 3, 4), (50, 25, 14, 7, 4))[0]
        found = []
        for position in range(1, count + 1):
            name = self.chance.choice(ENCLOSURES)
            one = types.Enclosure(name, name, self.chance.choices((1, 2, 4, 9), (60, 25, 10, 5))[0])
            found.append(one)
            self.book.add(
                Enclosure,
                id=self.book.key(self.stage.now),
                application_id=application_id,
                position=position,
                name=one.name,
                kind=one.kind,
                pages=one.pages,
            )
        return tuple(found)

    def _event(self, record: Row, kind: str, unit_id: UUID | None, data: dict[str, Any]) -> None:
        registrar = self.stage.place.registrar
        self.book.add(
            ApplicationEvent,
            id=self.book.key(self.stage.now),
            application_id=record["id"],
            at=self.stage.now,
            kind=kind,
            staff_id=registrar.staff_id,
            terminal_id=registrar.terminal_id,
            unit_id=unit_id,
            data=data,
        )

    def _receipt(
        self, row: Row, sender: PersonInput, where: Neighbourhood | None, enclosures: tuple[types.Enclosure, ...]
    ) -> types.Receipt:
        place = self.stage.place
        unit = next((u.name for u in place.units.values() if u.id == row["unit_id"]), "")
        return types.Receipt(
            application_id=row["id"],
            record_number=row["record_number"],
            kind=row["document_kind"],
            received_at=row["received_at"],
            channel=row["channel"],
            applicant=sender.name,
            applicant_masked=mask_name(sender.name),
            address=" ".join(part for part in (f"{where.name} Mah." if where else "", sender.address) if part),
            subject=row["subject"],
            unit=unit,
            enclosures=enclosures,
            due_on=row["due_on"],
            due_basis=row["due_basis"],
            missing=tuple(types.Missing(one) for one in row["missing"]),
            tracking_code=row["tracking_code"],
            scan_code=row["scan_code"],
            registered_by=place.registrar_name,
            registered_by_masked=" ".join(f"{word[0]}." for word in place.registrar_name.split()),
        )

    # Slips

    def ticket(self, row: Row, service: Service, actor: Actor, *, escorted: bool) -> None:
        band = None if row["forecast_low"] is None else queue.Band(row["forecast_low"], row["forecast_high"])
        ticket = queue.Ticket(
            id=row["id"],
            visit_id=row["visit_id"],
            number=row["number"],
            letter=service.numbers.letter,
            service_code=service.code,
            service_name=service.name,
            place=service.place,
            state=row["state"],
            priority=row["priority"],
            persons=row["persons"],
            issued_at=row["issued_at"],
            lang=row["lang"],
            scan_code=row["scan_code"],
            assistance=escorted,
            ahead=row["ahead"],
            forecast=band,
            outside_hours=row["outside_hours"],
        )
        slip = slips.ticket_slip(ticket, self.stage.place.header, translator(row["lang"]))
        self._print("ticket", slip, row["id"], actor)

    def direction(self, visit_id: UUID, to: Destination, actor: Actor) -> None:
        slip = slips.direction_slip(to, self.stage.now, self.stage.place.header, translator())
        self._print("direction", slip, visit_id, actor)

    def _print(self, kind: str, slip: slips.Slip, subject_id: UUID, actor: Actor) -> None:
        """A row of the ledger: queued now, sent at once, printed a second later."""
        printers, now = self.stage.place.printers, self.stage.now
        if not printers:
            return
        row = self.book.add(
            PrintJob,
            id=self.book.key(now),
            printer_id=printers.get(actor.terminal_id) or next(iter(printers.values())),
            kind=kind,
            subject_id=subject_id,
            slip=slip.to_data(),
            copy_no=1,
            reprint_of=None,
            state="queued",
            reason="",
            created_at=now,
            created_by=actor.staff_id,
            terminal_id=actor.terminal_id,
            sent_at=None,
            finished_at=None,
        )
        self.book.change(Kind.PRINT_CHANGED, row["id"], now, actor)
        self.stage.after(self.chance.uniform(0.05, 0.4), partial(self._printed, row, "sending", "sent_at", actor))
        self.stage.after(self.chance.uniform(0.8, 1.9), partial(self._printed, row, "printed", "finished_at", actor))

    def _printed(self, job: Row, state: str, moment: str, actor: Actor) -> None:
        job["state"] = state
        job[moment] = self.stage.now
        self.book.change(Kind.PRINT_CHANGED, job["id"], self.stage.now, actor)

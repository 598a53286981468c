"""Who comes in: numbers at the desk and at the kiosk, directions, and what the desk takes back at once."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from desk.actions.simulation import demand
from desk.actions.simulation.book import Row
from desk.actions.simulation.escorts import Escorts
from desk.actions.simulation.hall import Hall, Numbered
from desk.actions.simulation.papers import Papers
from desk.actions.simulation.place import Service
from desk.actions.simulation.stage import Stage
from desk.actor import Actor
from desk.events import Kind
from desk.models.counting import Measure
from desk.models.visit import Visit
from desk.queue.types import Priority, TicketState
from desk.registry.types import Arrival, AssistanceKind, Destination


class Door:
    def __init__(self, stage: Stage, hall: Hall, escorts: Escorts, papers: Papers) -> None:
        self.stage, self.book, self.chance = stage, stage.book, stage.chance
        self.hall, self.escorts, self.papers = hall, escorts, papers
        self.codes = list(stage.place.services)
        self.wishes = demand.Mix(self.codes, (hall.habits[code].weight for code in self.codes))
        self.subjects = {code: [d for d in stage.place.subjects if d.service_code == code] for code in self.codes}

    def plan(self, minutes: list[float]) -> None:
        """Let visitors come at these minutes after midnight (ascending)."""
        self._coming = iter(minutes)
        self._next()

    def _next(self) -> None:
        minute = next(self._coming, None)
        if minute is not None:
            self.stage.at(minute, self._arrive)

    def _arrive(self) -> None:
        self._next()
        self.visitor()

    def visitor(self) -> None:
        persons = demand.PERSONS.draw(self.chance)
        lunch, minute = self.stage.hours.lunch, self.stage.minute()
        open_now = not (lunch and lunch[0] <= minute < lunch[1])
        directed = self.stage.place.directions and self.chance.random() < demand.DIRECTION_SHARE
        service = self.stage.place.services[self.wishes.draw(self.chance)] if self.codes else None
        if directed or service is None or self.hall.is_full(service):
            self.direct(persons)
        elif open_now and self.chance.random() < demand.KIOSK_SHARE:
            self.at_kiosk(service)
        else:
            self.at_desk(service, persons, open_now)

    def at_kiosk(self, service: Service) -> None:
        """One person, no subject, and no class of öncelik: the kiosk asks for none."""
        actor = self.stage.place.kiosk
        visit = self._visit(actor, 1, service=service, unit_code=service.unit_code)
        priority = Priority.DECLARED if self.chance.random() < demand.PRIORITY_SHARE else None
        lang = demand.LANGUAGES.draw(self.chance)
        self._number(service, visit, actor, priority, lang, True, self._help("kiosk"))

    def at_desk(self, service: Service, persons: int, open_now: bool) -> None:
        actor, chance = self.stage.place.desk, self.chance
        known = self.subjects[service.code]
        subject = chance.choice(known) if known and chance.random() < 0.6 else None
        visit = self._visit(
            actor, persons, service=service, unit_code=subject.unit_code if subject else service.unit_code, to=subject
        )
        priority = demand.CLASSES.draw(chance) if chance.random() < demand.PRIORITY_SHARE else None
        helped = self._help("desk")
        ticket = self._number(service, visit, actor, priority, "tr", open_now, helped)
        if helped is None and chance.random() < demand.UNDONE_SHARE:
            self.stage.after(chance.uniform(2, 8), partial(self._undo, visit, ticket, service, priority))

    def direct(self, persons: int) -> None:
        """Told the way: counted, no number."""
        actor, chance = self.stage.place.desk, self.chance
        to = chance.choice(self.stage.place.directions) if self.stage.place.directions else None
        visit = self._visit(actor, persons, unit_code=to.unit_code if to else "", to=to)
        helped = self._help("direction")
        if helped is not None:
            self.escorts.request(helped, actor, visit["id"], None, (to.detail or to.name) if to else "")
        if to is not None and chance.random() < demand.PRINTED_DIRECTIONS:
            self.papers.direction(visit["id"], to, actor)

    def _visit(
        self,
        actor: Actor,
        persons: int,
        *,
        service: Service | None = None,
        unit_code: str = "",
        to: Destination | None = None,
    ) -> Row:
        now, place = self.stage.now, self.stage.place
        appointed = self.chance.random() < demand.APPOINTMENT_SHARE and actor is place.desk
        row = self.book.add(
            Visit,
            id=self.book.key(now),
            day=self.stage.day,
            at=now,
            persons=persons,
            kind="ticket" if service else "direction",
            arrival=Arrival.APPOINTMENT if appointed else Arrival.WALK_IN,
            service_id=service.id if service else None,
            unit_id=place.units[unit_code].id if unit_code in place.units else None,
            subject_id=self._subject(to),
            person_id=None,
            staff_id=actor.staff_id,
            terminal_id=actor.terminal_id,
            request_key=str(self.book.key(now)),
            voided_at=None,
        )
        self._count(row, service, unit_code, to.subject_code if row["subject_id"] and to else "", 1)
        self.book.change(Kind.VISIT_REGISTERED, row["id"], now, actor)
        return row

    def _subject(self, to: Destination | None) -> UUID | None:
        return self.stage.place.subject_ids.get(to.subject_code) if to else None

    def _count(self, visit: Row, service: Service | None, unit_code: str, subject_code: str, sign: int) -> None:
        self.book.count(Measure.VISITS, service.code if service else "", sign, by_hour=visit["at"])
        self.book.count(Measure.PERSONS, "", sign * visit["persons"], by_hour=visit["at"])
        self.book.count(Measure.CONTACTS, "", sign)
        if service is None:
            self.book.count(Measure.DIRECTIONS, "", sign)
        if unit_code in self.stage.place.units:
            self.book.count(Measure.VISITS_BY_UNIT, unit_code, sign)
        if subject_code:
            self.book.count(Measure.VISITS_BY_SUBJECT, subject_code, sign)

    def _help(self, where: str) -> AssistanceKind | None:
        if self.chance.random() >= demand.HELP_SHARE[where]:
            return None
        return demand.HELP.draw(self.chance)

    def _number(
        self,
        service: Service,
        visit: Row,
        actor: Actor,
        priority: Priority | None,
        lang: str,
        open_now: bool,
        helped: AssistanceKind | None,
    ) -> Numbered:
        ticket = self.hall.take(service, visit, actor, priority=priority is not None, lang=lang, open_now=open_now)
        if priority is not None:
            self.book.count(Measure.PRIORITY, priority)
        if helped is not None:
            self.escorts.request(helped, actor, visit["id"], ticket.row, service.place)
        self.papers.ticket(ticket.row, service, actor, escorted=helped is not None)
        return ticket

    def _undo(self, visit: Row, ticket: Numbered, service: Service, priority: Priority | None) -> None:
        """The desk takes a number back within ten seconds, unless it was called already."""
        actor = self.stage.place.desk
        if ticket.row["state"] is not TicketState.WAITING:
            return
        visit["voided_at"] = self.stage.now
        unit = next((u.code for u in self.stage.place.units.values() if u.id == visit["unit_id"]), "")
        subjects = self.stage.place.subject_ids
        subject = next((code for code, key in subjects.items() if key == visit["subject_id"]), "")
        self._count(visit, service, unit, subject, -1)
        self.book.change(Kind.VISIT_VOIDED, visit["id"], self.stage.now, actor)
        self.hall.give_up(ticket, actor, "void")
        if priority is not None:
            self.book.count(Measure.PRIORITY, priority, -1)

"""Identity that somebody chose to give: checked, cleaned, kept apart with a purpose and an end."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from desk.errors import N_, UserError
from desk.models import site as tables
from desk.models.base import new_id
from desk.models.prepared import insertion
from desk.models.settings import setting
from desk.models.visit import Person
from desk.models.work import Work
from desk.registry.types import PersonInput
from desk.text import clean, fold, sort_key

_PERSON = Person.__table__

NAME_LIMIT = 120
ADDRESS_LIMIT = 300
DUMMY_TCKN = frozenset({"11111111110", "22222222220", "99999999990"})
"""Right by their check digits, yet nobody's: typed to get past a form."""


def checked(given: PersonInput) -> PersonInput:
    """The input, cleaned. Raises UserError for a wrong T.C. kimlik no, a wrong phone, or text that is too long."""
    name, address = clean(given.name), clean(given.address)
    if len(name) > NAME_LIMIT:
        raise UserError(N_("Ad soyad en çok {count} harf olabilir."), count=NAME_LIMIT)
    if len(address) > ADDRESS_LIMIT:
        raise UserError(N_("Adres en çok {count} harf olabilir."), count=ADDRESS_LIMIT)
    return PersonInput(name, check_tckn(given.tckn), check_phone(given.phone), given.neighbourhood_code, address)


def check_tckn(text: str) -> str:
    """The eleven digits, or empty. Raises UserError when the check digits do not hold (domain.md, Identity)."""
    from stdnum.tr import tckimlik

    compact = "".join(text.split())
    if not compact:
        return ""
    if not (compact.isascii() and tckimlik.is_valid(compact)) or compact in DUMMY_TCKN:
        raise UserError(N_("T.C. kimlik no hatalı; 11 haneyi yeniden denetleyiniz."))
    return compact


def check_phone(text: str) -> str:
    """+905xxxxxxxxx, or empty. Raises UserError when no such number can exist."""
    compact = clean(text)
    if not compact:
        return ""
    import phonenumbers  # on use: 40 ms

    try:
        number = phonenumbers.parse(compact, "TR")
    except phonenumbers.NumberParseException as error:
        raise UserError(N_("Telefon numarası hatalı.")) from error
    if not phonenumbers.is_valid_number(number):
        raise UserError(N_("Telefon numarası hatalı."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def as_e164(text: str) -> str:
    """A phone as it is stored, or empty for none and for what is no phone."""
    try:
        return check_phone(text)
    except UserError:
        return ""


def is_given(person: PersonInput) -> bool:
    return bool(person.name or person.tckn or person.phone or person.address or person.neighbourhood_code)


def keep(work: Work, person: PersonInput, purpose: str, keep_days: int) -> UUID | None:
    """Write a person row for a purpose, erased after ``keep_days``; None when nothing was given."""
    if not is_given(person):
        return None
    notice = setting(work.session, work.site_id, "notice_version", "")
    where = neighbourhood_id(work, person.neighbourhood_code)
    return keep_at(work, person, purpose, keep_days, where, notice)


def keep_at(
    work: Work, person: PersonInput, purpose: str, keep_days: int, where: UUID | None, notice: str
) -> UUID | None:
    """The same, for whoever knows the neighbourhood's key and the notice in force already."""
    if not is_given(person):
        return None
    person_id = new_id()
    row = {
        "id": person_id,
        "site_id": work.site_id,
        "purpose": purpose,
        "notice_version": notice,
        "erase_after": work.day + timedelta(days=keep_days),
        "name": person.name,
        "name_fold": fold(person.name),
        "name_sort": sort_key(person.name),
        "phone": person.phone,
        "tckn": person.tckn,
        "address": person.address,
        "neighbourhood_id": where,
    }
    insertion(_PERSON).run(work.connection, row)
    return person_id


def keep_longer(work: Work, person_id: UUID, keep_days: int) -> None:
    """Another record stands on this person: what was to be erased earlier is kept as long as the newest needs."""
    until = work.day + timedelta(days=keep_days)
    work.session.execute(
        update(Person).where(Person.id == person_id, Person.erase_after < until).values(erase_after=until)
    )


def neighbourhood_id(work: Work, code: str) -> UUID | None:
    if not code:
        return None
    found = work.session.execute(
        select(tables.Neighbourhood.id).where(tables.Neighbourhood.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise UserError(N_("Böyle bir mahalle yok: {code}"), code=code)
    return found

"""What is on record of a person, in the words of an application: who it is for, and what forms need not ask again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.application import HeldFact
from app.domain.person import ContactKind, Person
from app.domain.shared.region import code_of
from app.services.ports.application import Applicant


def applicant_on_record(person: Person, *, on: date) -> Applicant | None:
    """The person as an applicant; None where name or identity number is not on record."""
    name, number = person.name_on(on), person.citizen_number_on(on)
    if name is None or number is None:
        return None
    return Applicant(
        name=name,
        citizen_number=number,
        region_code=code_of(person.region),
        registration_region_code=code_of(person.registration_region),
    )


def contacts_on_record(person: Person, *, on: date) -> Mapping[HeldFact, Any]:
    """Of what forms ask people for, what is on record; the rest is taken from the registers at submission."""
    kinds = {ContactKind.PHONE: HeldFact.PHONE, ContactKind.ADDRESS: HeldFact.ADDRESS}
    held = {contact.kind: contact.value for contact in reversed(person.contacts_on(on))}
    return {fact: held[kind] for kind, fact in kinds.items() if kind in held}

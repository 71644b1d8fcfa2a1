"""Use case: applying for somebody on the ledger with what is on record, and closing the entry with that application."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.domain.application import Channel, Package, shown_in_place
from app.domain.person import IdentityDisagrees, Person, PersonIdentified
from app.domain.shared.identity import CitizenNumber
from app.domain.uncertified_entry import IdentityNumberNeeded, UncertifiedEntry
from app.services.applicant import applicant_on_record, contacts_on_record
from app.services.application import Request, apply
from app.services.person import AlreadyRegistered
from app.services.ports.work import UnitOfWork
from app.services.uncertified_entry import EntryView, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """What is asked for, and what is not on record yet."""

    package_code: str
    items: tuple[str, ...]
    channel: Channel
    citizen_number: CitizenNumber | None = None
    answers: Mapping[str, Any] = field(default_factory=dict, repr=False)
    withheld_evidence: tuple[str, ...] = ()


async def convert_uncertified_entry(
    entry_id: UUID, conversion: Conversion, *, version: int, uow: UnitOfWork
) -> EntryView:
    """Apply for the person with what is on record, and close the entry with that application; in one transaction.

    It looks as at intake, and steps back to the own cases before anything is changed.

    Raises:
        IdentityNumberNeeded: none is on record, and none is given.
        IdentityDisagrees, AlreadyRegistered: the number that is given is not the person's, or is somebody else's.
        Everything that `submit_application` may refuse.
    """
    async with uow:
        entry = await uow.uncertified_entries.get(entry_id, version=version)
        converted, event = entry.convert(uow.new_id(), by=uow.actor, on=uow.today)
        assert converted.converted_to is not None  # just said
        person, identified = await _identified(entry, conversion.citizen_number, uow=uow)
        request = _request(converted, conversion, person=person, uow=uow)
        await apply(request, application_id=converted.converted_to, person_id=person.id, uow=uow)
        await uow.step_back()
        if identified is not None:
            uow.record(identified, about=await uow.persons.identify(person))
        saved = await uow.uncertified_entries.save(converted)
        uow.record(event, about=saved.unnamed)
        return await shown(saved, uow=uow)


async def _identified(
    entry: UncertifiedEntry, given: CitizenNumber | None, *, uow: UnitOfWork
) -> tuple[Person, PersonIdentified | None]:
    """The person with an identity number, and that it is new on record, where it is."""
    person = await uow.persons.get(entry.person_id)
    held = person.citizen_number_on(uow.today)
    if held is None and given is None:
        raise IdentityNumberNeeded("It is not on record. Give it as it is on the card.", pointer="/citizen_number")
    if held is not None and given not in {None, held}:
        raise IdentityDisagrees("Another identity number is on record. Compare it with the card.")
    if held is not None or given is None:
        return person, None
    if await uow.persons.find_by_citizen_number(given) is not None:
        raise AlreadyRegistered(
            "This identity number is on record for another person. Ask the office of the place.",
            pointer="/citizen_number",
        )
    return person.identify(given, by=uow.actor, on=uow.today)


def _request(entry: UncertifiedEntry, asked: Conversion, *, person: Person, uow: UnitOfWork) -> Request:
    """An ordinary application: what is on record, and over it what was said now."""
    package = Package.of(asked.package_code, uow.rulebook.at(person.registration_region, uow.today))
    held = shown_in_place(package.chosen(asked.items).form, contacts_on_record(person, on=uow.today))
    applicant = applicant_on_record(person, on=uow.today)
    assert applicant is not None  # nobody is registered without a name, and the number is there by now
    return Request(
        package_code=asked.package_code,
        items=asked.items,
        source_number=f"uncertified-{entry.id}",
        channel=asked.channel,
        applicant=applicant,
        answers={**held, **asked.answers},
        withheld_evidence=asked.withheld_evidence,
    )

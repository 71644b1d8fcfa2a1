"""Use cases of the ledger of the uncertified: opened by consent, contacted, handed over, closed, taken off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.assessment import NeedRules
from app.domain.organisation import Organisation
from app.domain.person import Person
from app.domain.shared.access import organisation_of
from app.domain.shared.region import NATIONAL
from app.domain.shared.transitions import NotYourFunction
from app.domain.shared.voice import Voice
from app.domain.shared.wording import Wording
from app.domain.uncertified_entry import (
    LIFECYCLE,
    ClosingGround,
    EntryAction,
    LedgerTerms,
    Opening,
    Report,
    UncertifiedEntry,
    UncertifiedReason,
    require_uncertified,
)
from app.services.ports.uncertified_entry import Wanted
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.word import word_given

DISCLOSED = ("uncertified_entry", "name", "contacts")
"""What an entry shows of a person."""


@dataclass(frozen=True, slots=True)
class EntryView(View[UncertifiedEntry]):
    """An entry as one caller sees it, with whom it is about, who answers for it and what the reason is called."""

    person: Person | None = None
    owner: Organisation | None = None
    reason: UncertifiedReason | None = None
    """None where the rules no longer know it."""
    on: date = date.min

    @property
    def owner_name(self) -> Wording | None:
        """What the organisation that answers is called."""
        return Wording(zh=self.owner.name, en=self.owner.name_en) if self.owner else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """That a person's entries were erased."""

    id: UUID
    on: date


async def get_uncertified_terms(*, region_code: str | None, uow: UnitOfWork) -> LedgerTerms:
    """What holds for the ledger in a place, or in the whole country.

    Raises:
        RegionNotFound: there is no such place.
    """
    async with uow:
        place = uow.regions.by_code(region_code).path if region_code else NATIONAL
        return await uow.commit(LedgerTerms.of(uow.rulebook.at(place, uow.today)))


async def open_uncertified_entry(
    person_id: UUID, report: Report, *, owner_id: UUID | None, said_by: Voice | None, uow: UnitOfWork
) -> EntryView:
    """Put somebody on the ledger who has just agreed to it; unless said, the officer's own organisation answers.

    Raises:
        WordMissing, NotYourFunction, OwnCase, GuardianConsentNeeded: whose word it is.
        EntryOpen, HoldsCertificate: the person is on it, or does not belong there.
        UnknownNeed, UncertifiedReasonUnknown, OwnerNotSuitable, ContactDayImpossible: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        word = await word_given(person.id, region=person.region, said_by=said_by, uow=uow)
        if word.said_by is None:
            raise NotYourFunction("Offices keep the ledger. Tell the commissioner of the place.")
        await _require_uncertified(person, uow=uow)
        _require_needs(report, person.region, uow=uow)
        owner = await _owner(owner_id or _own_organisation(person, uow=uow), uow=uow)
        opening = Opening(
            person_id=person.id,
            region=person.region,
            age=person.age_on(uow.today),
            voice=word.said_by,
            owner=owner,
            report=report,
        )
        entry, event = UncertifiedEntry.open(
            opening, entry_id=uow.new_id(), by=uow.actor, on=uow.today, terms=_terms(person.region, uow=uow)
        )
        uow.uncertified_entries.add(entry)
        uow.record(event, about=entry.unnamed)
        return await shown(entry, uow=uow)


async def list_uncertified_entries(
    wanted: Wanted, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[EntryView]:
    """Who is on the ledger in the caller's areas, or the caller's own entries."""
    async with uow:
        found = await uow.uncertified_entries.page(wanted, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        persons = await uow.persons.get_many([entry.person_id for entry in page.items])
        owners = await uow.organisations.get_many({entry.owner_id for entry in page.items})
        uow.accessed(*(entry.person_id for entry in page.items), disclosed=DISCLOSED)
        views = tuple(_view(entry, persons=persons, owners=owners, uow=uow) for entry in page.items)
        return await uow.commit(Slice(views, page.after))


async def get_uncertified_entry(entry_id: UUID, *, uow: UnitOfWork) -> EntryView:
    """An entry with its contacts, and what the caller may do to it."""
    async with uow:
        return await shown(await uow.uncertified_entries.get(entry_id), uow=uow)


async def record_uncertified_contact(entry_id: UUID, report: Report, *, version: int, uow: UnitOfWork) -> EntryView:
    """Write down a contact, what was told and said, and when the next one is due."""
    async with uow:
        entry = await uow.uncertified_entries.get(entry_id, version=version)
        _require_needs(report, entry.region, uow=uow)
        terms = _terms(entry.region, uow=uow)
        known, event = entry.record_contact(report, by=uow.actor, on=uow.today, terms=terms)
        saved = await uow.uncertified_entries.save(known)
        uow.record(event, about=saved.unnamed)
        return await shown(saved, uow=uow)


async def hand_over_uncertified_entry(entry_id: UUID, *, version: int, owner_id: UUID, uow: UnitOfWork) -> EntryView:
    """Let another organisation of the place answer for it."""
    async with uow:
        entry = await uow.uncertified_entries.get(entry_id, version=version)
        handed, event = entry.hand_over(await _owner(owner_id, uow=uow), by=uow.actor, on=uow.today)
        saved = await uow.uncertified_entries.save(handed)
        uow.record(event, about=saved.unnamed)
        return await shown(saved, uow=uow)


async def close_uncertified_entry(entry_id: UUID, *, version: int, ground: ClosingGround, uow: UnitOfWork) -> EntryView:
    """Close an entry that has ended otherwise than by an application."""
    async with uow:
        entry = await uow.uncertified_entries.get(entry_id, version=version)
        closed, event = entry.close(ground, by=uow.actor, on=uow.today)
        saved = await uow.uncertified_entries.save(closed)
        uow.record(event, about=saved.unnamed)
        return await shown(saved, uow=uow)


async def take_off_uncertified_entry(
    entry_id: UUID, *, version: int, said_by: Voice | None, uow: UnitOfWork
) -> TakenOff:
    """Take somebody off the ledger at their word: all their entries are erased, and what remains names nobody.

    Whoever was registered for the ledger alone is forgotten with them.

    Source: 个人信息保护法 (2021), art. 47: what is no longer needed is deleted unasked.

    Raises:
        NotThePerson, NotYourFunction, WordMissing: whose word it is.
    """
    async with uow:
        entry = await uow.uncertified_entries.get(entry_id, version=version)
        await word_given(entry.person_id, region=entry.region, said_by=said_by, uow=uow)
        for held in await uow.uncertified_entries.of_person(entry.person_id):
            event = held.take_off(by=uow.actor, on=uow.today)
            uow.uncertified_entries.erase(held)
            uow.record(event, about=held.unnamed)
        uow.accessed(entry.person_id, disclosed=DISCLOSED[:1])
        uow.persons.forget(entry.person_id)
        return await uow.commit(TakenOff(id=entry.id, on=uow.today))


async def shown(entry: UncertifiedEntry, *, uow: UnitOfWork) -> EntryView:
    """What the caller sees; that it was shown is written down."""
    persons = await uow.persons.get_many([entry.person_id])
    owners = await uow.organisations.get_many({entry.owner_id})
    uow.accessed(entry.person_id, disclosed=DISCLOSED)
    return await uow.commit(_view(entry, persons=persons, owners=owners, uow=uow))


async def _require_uncertified(person: Person, *, uow: UnitOfWork) -> None:
    held, certificate = await uow.uncertified_entries.open_of(person.id), await uow.certificates.of_person(person.id)
    require_uncertified(
        certificate=certificate.status_on(uow.today) if certificate else None,
        open_entry_id=held.id if held else None,
    )


def _require_needs(report: Report, region: str, *, uow: UnitOfWork) -> None:
    if report.needs:
        rules = NeedRules.of(uow.rulebook.at(region, uow.today))
        for need in report.needs:
            rules.code_of(need)


def _own_organisation(person: Person, *, uow: UnitOfWork) -> UUID | None:
    roles = LIFECYCLE.steps[EntryAction.RECORD_CONTACT].roles
    return organisation_of(uow.actor, roles, region=person.region)


async def _owner(owner_id: UUID | None, *, uow: UnitOfWork) -> Organisation | None:
    return (await uow.organisations.get_many({owner_id})).get(owner_id) if owner_id else None


def _terms(region: str, *, uow: UnitOfWork) -> LedgerTerms:
    return LedgerTerms.of(uow.rulebook.at(region, uow.today))


def _view(
    entry: UncertifiedEntry,
    *,
    persons: Mapping[UUID, Person],
    owners: Mapping[UUID, Organisation],
    uow: UnitOfWork,
) -> EntryView:
    return EntryView(
        entry,
        entry.allowed_actions(uow.actor, on=uow.today),
        persons.get(entry.person_id),
        owners.get(entry.owner_id),
        _terms(entry.region, uow=uow).reasons.get(entry.reason),
        uow.today,
    )

"""Use cases of the roster: who answers for whom and why, whom that leaves out, and groups that leave nobody out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.person import Person
from app.domain.roster import (
    GROUP_AT_LEAST,
    AbsenceImpossible,
    CommissionerNotFound,
    CommissionersAssigned,
    DeputiesAssigned,
    GroupKind,
    GroupsAdopted,
    Mode,
    Proposal,
    ProposalChanged,
    Spread,
    propose,
    spread,
)
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import NotFound
from app.domain.shared.events import Unnamed
from app.domain.shared.region import Level, area_at
from app.domain.shared.transitions import NotYourFunction
from app.services.ports.roster import Gap, GapCount, Group, RosterEntry, WantedEntries
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of

SHOWN = ("roster", "name")
LONGEST_ABSENCE_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody on the roster as a caller sees it, by name where the caller may know it."""

    entry: RosterEntry
    name: str | None
    on: date

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.entry.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """Somebody who lacks a commissioner, a group or a head of the household."""

    gap: Gap
    name: str | None

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.gap.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What a spread has done, or would do."""

    region: str
    spread: Spread
    names: Mapping[UUID, str]
    is_done: bool


async def get_commissioner(person_id: UUID, *, uow: UnitOfWork) -> Listed:
    """Who answers for a person, and why; the person may ask, too.

    Raises:
        NotFound: the person is on no roster that the caller may know of.
    """
    async with uow:
        entry = await uow.roster.find(person_id)
        if entry is None:
            raise NotFound("The person is not on the roster. Holders of certificates and the ledger are.")
        uow.accessed(person_id, disclosed=SHOWN[:1])
        return await uow.commit(Listed(entry=entry, name=None, on=uow.today))


async def list_roster(wanted: WantedEntries, *, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Listed]:
    """Everybody on the roster of the caller's areas, as of today."""
    async with uow:
        found = await uow.roster.page(wanted, whose=uow.actor, on=uow.today, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        items = await named(page.items, uow=uow)
        return await uow.commit(Slice(items, page.after))


async def list_gaps(*, after: UUID | None, limit: int, uow: UnitOfWork) -> Slice[Lacking]:
    """Who in the caller's areas lacks a commissioner, a group or a head of the household, by name."""
    async with uow:
        found = await uow.roster.gaps(whose=uow.actor, on=uow.today, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        names = await _names([gap.id for gap in page.items], uow=uow)
        items = tuple(Lacking(gap=gap, name=names.get(gap.id)) for gap in page.items)
        return await uow.commit(Slice(items, page.after))


async def report_gaps(*, region_code: str, uow: UnitOfWork) -> tuple[GapCount, ...]:
    """How many of each place lack a commissioner, a group or a head of the household; it names nobody.

    Raises:
        RegionNotFound: there is no such place.
        NotYourFunction: it is not the caller's.
    """
    async with uow:
        area = own_area(region_code, "report_gaps", uow=uow)
        return await uow.commit(tuple(await uow.roster.gap_counts(area, on=uow.today)))


async def assign_commissioners(region_code: str, mode: Mode, *, dry_run: bool, uow: UnitOfWork) -> Assigned:
    """Give everybody of an area one commissioner; in a dry run, only say what would be so.

    Raises:
        RegionNotFound, NotYourFunction: see `report_gaps`.
    """
    async with uow:
        area = own_area(region_code, "assign_commissioners", uow=uow)
        charges = await uow.roster.charges(area, on=uow.today)
        result = spread(charges, await uow.roster.bearers(area, on=uow.today), mode=mode)
        if result.placements and not dry_run:
            await uow.roster.place(result.placements, by=uow.actor.id, on=uow.today)
            event = CommissionersAssigned(
                mode=mode,
                placed=len(result.placements),
                left=len(result.left),
                assigned_by=uow.actor.id,
                assigned_on=uow.today,
            )
            uow.record(event, about=Unnamed(id=uow.new_id(), region=area))
        return await uow.commit(await _assigned(area, result, is_done=not dry_run, uow=uow))


async def record_absence(commissioner_id: UUID, *, last_day: date, uow: UnitOfWork) -> Assigned:
    """Let others answer for the people of a commissioner who is absent until a day; afterwards all is as before.

    Raises:
        AbsenceImpossible: the day has passed, or is too far.
        CommissionerNotFound: nobody in the caller's areas has this commissioner.
    """
    async with uow:
        if not uow.today <= last_day or (last_day - uow.today).days > LONGEST_ABSENCE_DAYS:
            raise AbsenceImpossible("Give the last day: today or later, and within a year.", pointer="/last_day")
        charges = await uow.roster.charges_of(commissioner_id)
        if not charges:
            raise CommissionerNotFound("Nobody in your areas has this commissioner. Look at GET /v1/roster.")
        area = area_at(charges[0].region, Level.COUNTY)
        bearers = [one for one in await uow.roster.bearers(area, on=uow.today) if one.account_id != commissioner_id]
        result = spread(charges, bearers, mode=Mode.FILL)
        deputies = {one.person_id: one.commissioner_id for one in result.placements}
        await uow.roster.depute(deputies, absent=commissioner_id, until=last_day)
        event = DeputiesAssigned(
            commissioner_id=commissioner_id,
            last_day=last_day,
            placed=len(deputies),
            left=len(result.left),
            assigned_by=uow.actor.id,
        )
        uow.record(event, about=Unnamed(id=uow.new_id(), region=_narrowest(uow)))
        return await uow.commit(await _assigned(area, result, is_done=True, uow=uow))


async def propose_groups(*, region_code: str, kind: GroupKind, uow: UnitOfWork) -> Proposal:
    """Groups that together cover everybody of an area; nothing is so until a human adopts them."""
    async with uow:
        area = own_area(region_code, "propose_groups", uow=uow)
        return await uow.commit(await _proposal(area, kind, uow=uow))


async def adopt_groups(*, region_code: str, kind: GroupKind, digest: str, uow: UnitOfWork) -> tuple[Group, ...]:
    """Put the groups that the caller has seen proposed in the place of those that the area has.

    Raises:
        ProposalChanged: the roster has changed, and others would be proposed now.
    """
    async with uow:
        area = own_area(region_code, "adopt_groups", uow=uow)
        proposal = await _proposal(area, kind, uow=uow)
        if proposal.digest != digest:
            raise ProposalChanged("Look at GET /v1/group-proposals again, and adopt what you find there.")
        groups = tuple(
            Group(
                id=uow.new_id(),
                kind=draft.kind,
                region=draft.region,
                category=draft.category,
                adopted_by=uow.actor.id,
                adopted_on=uow.today,
            )
            for draft in proposal.groups
        )
        await uow.roster.adopt(groups, area=area)
        event = GroupsAdopted(
            kind=kind,
            groups=len(groups),
            people=sum(draft.people for draft in proposal.groups),
            adopted_by=uow.actor.id,
            adopted_on=uow.today,
        )
        uow.record(event, about=Unnamed(id=uow.new_id(), region=area))
        return await uow.commit(groups)


async def list_groups(*, region_code: str, uow: UnitOfWork) -> tuple[Group, ...]:
    """The groups that lie in an area or cover it."""
    async with uow:
        area = own_area(region_code, "list_groups", uow=uow)
        return await uow.commit(tuple(await uow.roster.groups(area)))


async def named(entries: tuple[RosterEntry, ...], *, uow: UnitOfWork) -> tuple[Listed, ...]:
    """The entries with names; that they were shown is written down."""
    names = await _names([entry.id for entry in entries], uow=uow)
    return tuple(Listed(entry=entry, name=names.get(entry.id), on=uow.today) for entry in entries)


async def _names(person_ids: list[UUID], *, uow: UnitOfWork) -> Mapping[UUID, str | None]:
    persons: Mapping[UUID, Person] = await uow.persons.get_many(person_ids)
    uow.accessed(*person_ids, disclosed=SHOWN)
    return {key: person.name_on(uow.today) for key, person in persons.items()}


async def _proposal(area: str, kind: GroupKind, *, uow: UnitOfWork) -> Proposal:
    least = uow.rulebook.at(area, uow.today).count(GROUP_AT_LEAST).value
    return propose(await uow.roster.cells(area), by=kind, within=area, least=least)


async def _assigned(area: str, result: Spread, *, is_done: bool, uow: UnitOfWork) -> Assigned:
    names = await uow.roster.names_of(result.loads)
    return Assigned(region=area, spread=result, names=names, is_done=is_done)


def own_area(region_code: str, operation: str, *, uow: UnitOfWork) -> str:
    """The path of a place in which the caller may do an operation.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
    """
    area = uow.regions.by_code(region_code).path
    if not has_function(uow.actor, OPERATIONS[operation].roles, region=area):
        raise NotYourFunction("The place is not yours. Give one of your own areas, or a part of it.")
    return area


def _narrowest(uow: UnitOfWork) -> str:
    return max(uow.actor.areas, key=len)

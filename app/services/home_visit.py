"""Use cases of visits at home: whom to visit next, what was seen and promised, and a day's work without network."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from app.domain.assessment import NeedRules
from app.domain.home_visit import (
    HomeVisit,
    PromiseOutcome,
    Report,
    Settlement,
    VisitDayImpossible,
    visit_key,
)
from app.domain.person import Person
from app.domain.shared.access import has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import DomainError
from app.domain.shared.transitions import NotYourFunction, OwnCase
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.roster import Listed, named

_APART = "Nobody visits the own home, or somebody close, as an officer. Another commissioner or the township must."
SHOWN = ("home_visit",)
AHEAD_DAYS = 30


class EntryResult(StrEnum):
    """What became of one entry of a batch."""

    WRITTEN = "written"
    KNOWN = "known"
    """It was there already; nothing has changed."""
    CONFLICT = "conflict"
    """It is kept beside one that says something else, until a human says which counts."""
    REFUSED = "refused"
    """It cannot be right, or the person is not the caller's to know of; nothing of it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a phone has written down: of which visit by its own key, and an account or settlements of promises."""

    key: UUID
    person_id: UUID
    report: Report | None = None
    settlements: tuple[Settlement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What became of an entry, and how the visit stands now."""

    key: UUID
    result: EntryResult
    visit: HomeVisit | None = None
    refusal: DomainError | None = None


async def get_visit_queue(*, commissioner_id: UUID | None, limit: int, uow: UnitOfWork) -> tuple[Listed, ...]:
    """Whom the caller, or a commissioner of the caller's areas, visits next: overdue first, then the hardest."""
    async with uow:
        until = uow.today + timedelta(days=AHEAD_DAYS)
        found = await uow.roster.queue(commissioner_id or uow.actor.id, on=uow.today, until=until, limit=limit)
        return await uow.commit(await named(tuple(found), uow=uow))


async def record_home_visit(person_id: UUID, report: Report, *, uow: UnitOfWork) -> HomeVisit:
    """Write down a visit; the next one is counted from it.

    Raises:
        OwnCase: the caller is the person, or close to the person.
        VisitDayImpossible, UnknownNeed: see the domain.
    """
    async with uow:
        person = await uow.persons.get(person_id)
        _require_apart(person.id, await uow.home_visits.close_to_caller())
        _require_known(report, person.region, uow=uow)
        visit = HomeVisit(id=uow.new_id(), person_id=person.id, region=person.region)
        recorded, event = visit.record(replace(report, by=uow.actor.id), by=uow.actor, on=uow.today)
        uow.home_visits.add(recorded)
        uow.record(event, about=recorded)
        await _count_from(recorded, uow=uow)
        return await _shown(recorded, uow=uow)


async def list_home_visits(
    *, person_id: UUID | None, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[HomeVisit]:
    """Visits in the caller's areas, or those of one person."""
    async with uow:
        found = await uow.home_visits.page(person_id=person_id, whose=uow.actor, after=after, limit=limit + 1)
        page = slice_of(found, limit=limit)
        uow.accessed(*(visit.person_id for visit in page.items), disclosed=SHOWN)
        return await uow.commit(page)


async def get_home_visit(visit_id: UUID, *, uow: UnitOfWork) -> HomeVisit:
    """A visit with all accounts of it."""
    async with uow:
        return await _shown(await uow.home_visits.get(visit_id), uow=uow)


async def settle_promise(
    visit_id: UUID, number: int, outcome: PromiseOutcome, *, version: int, uow: UnitOfWork
) -> HomeVisit:
    """Say what became of a promise.

    Raises:
        PromiseNotFound, PromiseSettled, TooManyAccounts: see the domain.
    """
    async with uow:
        visit = await uow.home_visits.get(visit_id, version=version)
        _require_function(visit.region, "settle_promise", uow=uow)
        settlement = Settlement(number=number, outcome=outcome, settled_on=uow.today, by=uow.actor.id)
        settled, event = visit.settle(settlement)
        saved = await uow.home_visits.save(settled)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def resolve_home_visit(visit_id: UUID, digest: str, *, version: int, uow: UnitOfWork) -> HomeVisit:
    """Say which of several accounts of a visit counts.

    Raises:
        NothingToResolve: see the domain.
    """
    async with uow:
        visit = await uow.home_visits.get(visit_id, version=version)
        _require_function(visit.region, "resolve_home_visit", uow=uow)
        resolved, event = visit.resolve(digest, by=uow.actor, on=uow.today)
        saved = await uow.home_visits.save(resolved)
        uow.record(event, about=saved)
        return await _shown(saved, uow=uow)


async def sync_visits(entries: Sequence[Written], *, uow: UnitOfWork) -> tuple[Answered, ...]:
    """Take over what a phone has written down without network, in any order and as often as it is sent.

    Every entry is joined to its visit and answered for itself, in the order of the batch; nothing is merged in silence.
    """
    async with uow:
        persons = await uow.persons.get_many(list({entry.person_id for entry in entries}))
        before = await uow.home_visits.take_many({visit_key(entry.person_id, entry.key) for entry in entries})
        visits = dict(before)
        close = await uow.home_visits.close_to_caller()
        theirs = {key: person for key, person in persons.items() if key not in close}
        answers = [
            _of_own(entry) if entry.person_id in close else _joined(entry, theirs.get(entry.person_id), visits, uow=uow)
            for entry in entries
        ]
        kept = {visit.id: await _kept(visit, before.get(visit.id), uow=uow) for visit in visits.values()}
        uow.accessed(*persons, disclosed=SHOWN)
        return await uow.commit(tuple(replace(one, visit=kept[one.visit.id]) if one.visit else one for one in answers))


def _of_own(entry: Written) -> Answered:
    return Answered(key=entry.key, result=EntryResult.REFUSED, refusal=OwnCase(_APART))


def _require_apart(person_id: UUID, close: frozenset[UUID]) -> None:
    if person_id in close:
        raise OwnCase(_APART)


def _joined(entry: Written, person: Person | None, visits: dict[UUID, HomeVisit], *, uow: UnitOfWork) -> Answered:
    try:
        visit = _begun(entry, person, visits, uow=uow)
        settled = [replace(one, by=uow.actor.id) for one in entry.settlements]
        joined = visit.join(settlements=settled)
        if entry.report is not None:
            joined, event = joined.record(replace(entry.report, by=uow.actor.id), by=uow.actor, on=uow.today)
            if joined.reports != visit.reports:
                uow.record(event, about=joined)
        for settlement in joined.settled_since(visit):
            uow.record(joined.settled_as(settlement), about=joined)
    except DomainError as refusal:
        return Answered(key=entry.key, result=EntryResult.REFUSED, refusal=refusal)
    visits[joined.id] = joined
    return Answered(key=entry.key, result=_result(visit, joined), visit=joined)


def _begun(entry: Written, person: Person | None, visits: dict[UUID, HomeVisit], *, uow: UnitOfWork) -> HomeVisit:
    if person is None or not has_function(uow.actor, OPERATIONS["sync_visits"].roles, region=person.region):
        raise NotYourFunction("There is no such person in your areas. Look the person up again.")
    if entry.report is not None:
        _require_known(entry.report, person.region, uow=uow)
    if any(one.settled_on > uow.today for one in entry.settlements):
        raise VisitDayImpossible("What became of a promise is said on a day that has come.", pointer="/settled_on")
    key = visit_key(person.id, entry.key)
    return visits.get(key) or HomeVisit(id=key, person_id=person.id, region=person.region)


def _result(before: HomeVisit, joined: HomeVisit) -> EntryResult:
    if joined.is_in_conflict or joined.disputed():
        return EntryResult.CONFLICT
    return EntryResult.KNOWN if joined == before else EntryResult.WRITTEN


async def _kept(visit: HomeVisit, before: HomeVisit | None, *, uow: UnitOfWork) -> HomeVisit:
    if before is None:
        uow.home_visits.add(visit)
    elif visit != before:
        visit = await uow.home_visits.save(visit)
    await _count_from(visit, uow=uow)
    return visit


async def _count_from(visit: HomeVisit, *, uow: UnitOfWork) -> None:
    if visit.seen_on is not None:
        await uow.roster.visited(visit.person_id, on=visit.seen_on)


def _require_known(report: Report, region: str, *, uow: UnitOfWork) -> None:
    rules = NeedRules.of(uow.rulebook.at(region, uow.today))
    for need in report.needs:
        rules.code_of(need)


def _require_function(region: str, operation: str, *, uow: UnitOfWork) -> None:
    if not has_function(uow.actor, OPERATIONS[operation].roles, region=region):
        raise NotYourFunction("Only the offices of the place do this. Tell one of them.")


async def _shown(visit: HomeVisit, *, uow: UnitOfWork) -> HomeVisit:
    uow.accessed(visit.person_id, disclosed=SHOWN)
    return await uow.commit(visit)

"""Use case of assignment: a proposal for all who wait for a need in a place; it is kept nowhere, and people refer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from uuid import UUID

from app.domain.assessment import NeedRules
from app.domain.assignment import Batch, Worth, checked, greedy, worth_of
from app.domain.matching import Candidate, Field, Scale, Wishes
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.domain.shared.region import contains
from app.domain.shared.rulebook import RulesInForce
from app.domain.waiting import Outlook, WaitingEntry, WaitingRules, outlook
from app.services.matching import verdicts_of, wishes_of
from app.services.ports.assignment import Assigner
from app.services.ports.catalogue import Offered
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork
from app.services.roster import own_area
from app.services.waiting import MOST_OTHERS, SHOWN, standing_on

LAST_OF_ALL = UUID(int=2**128 - 1)
MOST_SERVICES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is proposed for one who waits, and what the person is told."""

    entry: WaitingEntry
    offered: Offered | None
    """None where the person waits on."""
    fit: int | None
    reason: Reason
    outlook: Outlook


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What is proposed for all, what it is worth, and what going down the list would have been."""

    lines: tuple[Line, ...]
    services: Mapping[UUID, Offered]
    worth: Worth
    by_hand: Worth
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Problem:
    """The batch, with what its numbers stand for."""

    batch: Batch
    entries: Sequence[WaitingEntry]
    services: Sequence[Offered]


async def propose_assignment(
    need: str, region_code: str, *, limit: int, assigner: Assigner, uow: UnitOfWork
) -> Proposed:
    """Propose services for the first who wait for a need in a place; nothing is so until somebody makes the referrals.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
        UnknownNeed: the catalogue knows no such need.
    """
    async with uow:
        area = own_area(region_code, "propose_assignment", uow=uow)
        rules = uow.rulebook.at(area, uow.today)
        NeedRules.of(rules).code_of(need)
        entries = await uow.waiting_entries.first_of(need, area=area, limit=limit)
        held = {one.person.id: one for one in await uow.facts.of_many([e.person_id for e in entries], on=uow.today)}
        entries = [entry for entry in entries if entry.person_id in held]
        candidates, offered = await _services(need, uow)
        free = await _free(entries, offered, uow)
        outcomes = await uow.services.outcomes({one.organisation_id for one in candidates.values()})
        field = Field(need, [candidates[key] for key in offered], Scale.of(rules), outcomes=outcomes)
        problem = _problem(entries, held, field=field, candidates=candidates, offered=offered, free=free, rules=rules)
        found = checked(problem.batch, await assigner.solve(problem.batch))
        uow.accessed(*(entry.person_id for entry in entries), disclosed=(*SHOWN, "entitlement"))
        return await uow.commit(
            Proposed(
                lines=await _lines(problem, found, uow=uow),
                services=offered,
                worth=worth_of(problem.batch, found),
                by_hand=worth_of(problem.batch, greedy(problem.batch)),
                rule_versions=Scale.of(rules).rule_versions,
            )
        )


async def _services(need: str, uow: UnitOfWork) -> tuple[dict[UUID, Candidate], dict[UUID, Offered]]:
    """The services that meet the need and take referrals."""
    candidates = {one.service_id: one for one in (await uow.services.candidates(need))[:MOST_SERVICES]}
    found = await uow.services.get_many(set(candidates))
    return candidates, {key: one for key, one in found.items() if one.takes_referrals}


async def _free(entries: Sequence[WaitingEntry], offered: Mapping[UUID, Offered], uow: UnitOfWork) -> dict[UUID, int]:
    """The places that may be proposed: one is left for each who waits for the service and is not looked at here."""
    own = Counter(entry.service_id for entry in entries)
    waiting = await uow.waiting_entries.standing(
        offered.keys(), counts_from=date.max, key=LAST_OF_ALL, placed_after=uow.today
    )
    return {
        key: max(0, one.places.available - max(0, waiting[key].ahead - own[key])) if one.places else len(entries)
        for key, one in offered.items()
    }


def _problem(
    entries: Sequence[WaitingEntry],
    held: Mapping[UUID, HeldFacts],
    *,
    field: Field,
    candidates: Mapping[UUID, Candidate],
    offered: Mapping[UUID, Offered],
    free: Mapping[UUID, int],
    rules: RulesInForce,
) -> _Problem:
    """Number people, profiles and services; who fits all services alike has one profile."""
    services = list(offered)
    number = {key: place for place, key in enumerate(services)}
    profiles, people = dict[tuple[Wishes, frozenset[UUID]], int](), list[int]()
    for entry in entries:
        facts = held[entry.person_id]
        open_to = _open_to(facts, [candidates[key] for key in services], rules)
        people.append(profiles.setdefault((wishes_of(facts, entry.need), open_to), len(profiles)))
    batch = Batch(
        people=tuple(people),
        free=tuple(free[key] for key in services),
        fits=tuple(field.fits(wishes, sorted(number[key] for key in open_to)) for wishes, open_to in profiles),
    )
    return _Problem(batch, entries, [offered[key] for key in services])


def _open_to(facts: HeldFacts, candidates: Sequence[Candidate], rules: RulesInForce) -> frozenset[UUID]:
    """The services that take people from the place and that the rules do not refuse."""
    verdicts = verdicts_of({one.code for one in candidates}, facts, rules=rules)
    allowed = {code for code, verdict in verdicts.items() if verdict.finding is not Finding.NOT_MET}
    place = facts.person.region
    return frozenset(
        one.service_id
        for one in candidates
        if one.code in allowed and (not one.serves or any(contains(area, place) for area in one.serves))
    )


async def _lines(problem: _Problem, found: Sequence[int | None], *, uow: UnitOfWork) -> tuple[Line, ...]:
    return tuple([await _line(problem, person, place, uow=uow) for person, place in enumerate(found)])


async def _line(problem: _Problem, person: int, place: int | None, *, uow: UnitOfWork) -> Line:
    entry, fitting = problem.entries[person], problem.batch.fits[problem.batch.people[person]]
    best = nsmallest(MOST_OTHERS, fitting, key=lambda number: -fitting[number])
    told = await _outlook(entry, [problem.services[number] for number in best], uow)
    if place is None:
        return Line(entry=entry, offered=None, fit=None, reason=Reason(code="assignment.waits_on"), outlook=told)
    reason = Reason(code="assignment.proposed", parameters={"fit": fitting[place]})
    return Line(entry=entry, offered=problem.services[place], fit=fitting[place], reason=reason, outlook=told)


async def _outlook(entry: WaitingEntry, fitting: Sequence[Offered], uow: UnitOfWork) -> Outlook:
    rules = WaitingRules.of(uow.rulebook.at(entry.region, uow.today))
    services = {one.id: one for one in fitting}
    if entry.service_id not in services:
        services[entry.service_id] = await uow.services.get(entry.service_id)
    queues = await standing_on(services, entry, rules=rules, on=uow.today, uow=uow)
    return outlook(entry, queues.pop(entry.service_id), queues.values(), on=uow.today, rules=rules)

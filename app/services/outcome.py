"""What the worker does each night for rankings: it sums up what came of what providers did by people's plans.

The sums are made anew from plans and referrals, place by place, so that a correction of either is in them the next day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar
from uuid import UUID

from app.domain.matching import UNSEEN, OutcomeRules, Outcomes, Served, outcomes_of
from app.domain.plan import Plan, seen_of
from app.domain.referral import Referral, is_its_doing
from app.domain.shared.span import months_after
from app.services.ports.offer import OfferKeeper, Place
from app.services.ports.work import UnitOfWork

AboutPerson = TypeVar("AboutPerson", Plan, Referral)
PEOPLE_AT_ONCE = 200
KEEPING = "keep_outcomes"


async def keep_outcomes(keeper: OfferKeeper, *, test_clock_id: UUID | None = None) -> int:
    """Go through the people of all places whom somebody has served by a plan; of how many something was counted.

    With a test clock: through the people of its sandbox client alone.
    """
    counted = 0
    for place in await keeper.places(test_clock_id=test_clock_id):
        found, after = dict[UUID, Outcomes](), None
        while page := await _page(after, place=place, uow=keeper.open_work(place, what=KEEPING)):
            people, outcomes = page
            found, after = _together(found, outcomes), people[-1]
        counted += sum(one.people + one.hard for one in found.values())
        async with keeper.open_work(place, what=KEEPING) as uow:
            await uow.services.keep_outcomes(found, region=place.region, known_on=uow.today)
            await uow.commit(None)
    return counted


async def _page(
    after: UUID | None, *, place: Place, uow: UnitOfWork
) -> tuple[list[UUID], Mapping[UUID, Outcomes]] | None:
    """What came of it for so many people; None where there is nobody more."""
    async with uow:
        people = await uow.referrals.people_by_plan(
            place.region, clock_id=place.test_clock_id, after=after, limit=PEOPLE_AT_ONCE
        )
        if not people:
            return None
        rules = OutcomeRules.of(uow.rulebook.at(place.region, uow.today))
        hard = await uow.population.bearing(rules.hard_flags, among=people)
        plans = _by_person(await uow.plans.of_people(people))
        found = dict[UUID, Outcomes]()
        for person, referrals in _by_person(await uow.referrals.by_plan(people)).items():
            served = tuple(_served(referrals, plans.get(person, ()), rules=rules, uow=uow))
            found = _together(found, outcomes_of(served, is_hard=person in hard, rules=rules))
        return await uow.commit((people, found))


def _served(
    referrals: Iterable[Referral], plans: Collection[Plan], *, rules: OutcomeRules, uow: UnitOfWork
) -> Iterator[Served]:
    since = months_after(uow.today, -rules.months)
    for referral in referrals:
        if referral.planned is None or referral.plan_item_id is None or not is_its_doing(referral, on=uow.today):
            continue
        yield Served(
            provider_id=referral.provider_id,
            planned=referral.planned,
            delivered=referral.delivered_amount,
            seen=tuple(one.value for one in seen_of(referral.plan_item_id, plans, since=since)),
        )


def _by_person(all_of_them: Iterable[AboutPerson]) -> Mapping[UUID, list[AboutPerson]]:
    found: dict[UUID, list[AboutPerson]] = defaultdict(list)
    for one in all_of_them:
        found[one.person_id].append(one)
    return found


def _together(one: Mapping[UUID, Outcomes], other: Mapping[UUID, Outcomes]) -> dict[UUID, Outcomes]:
    return {key: one.get(key, UNSEEN).and_also(other.get(key, UNSEEN)) for key in {*one, *other}}

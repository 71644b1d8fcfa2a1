"""Plans of visits: derived anew from flags and cadence, by an officer for a place or by the worker each night.

The worker then gives a commissioner to whoever has none: whoever has moved, or whose commissioner serves no more. A
page of people is one transaction, in which nobody acts.
"""

from dataclasses import dataclass

from app.domain.roster import CommissionersAssigned, Mode, VisitPlan, VisitTerms, spread, visit_plan
from app.domain.shared.events import Unnamed
from app.domain.shared.finding import Finding
from app.domain.shared.rulebook import RulesInForce
from app.services.facts import derived_flags
from app.services.ports.caller import NOBODY
from app.services.ports.facts import HeldFacts
from app.services.ports.offer import OfferKeeper, Place
from app.services.ports.roster import ToPlan
from app.services.ports.work import UnitOfWork
from app.services.roster import own_area

PEOPLE_AT_ONCE = 100
PEOPLE_BY_HAND = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """How many plans were derived, and whether there are more to derive today."""

    people: int
    is_complete: bool


async def plan_visits(region_code: str, *, uow: UnitOfWork) -> Planned:
    """Derive the plans of a place anew that were not derived today, so many at once.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
    """
    async with uow:
        area = own_area(region_code, "plan_visits", uow=uow)
        planned = await _plan(area, limit=PEOPLE_BY_HAND, uow=uow)
        return await uow.commit(Planned(people=planned, is_complete=planned < PEOPLE_BY_HAND))


async def plan_all(keeper: OfferKeeper) -> int:
    """Derive all plans anew, and give a commissioner to whoever has none; how many plans were derived."""
    planned = 0
    for place in await keeper.places(test_clock_id=None):
        while done := await plan_page(place, uow=keeper.open_work(place, what="plan_visits")):
            planned += done
        await follow(place, uow=keeper.open_work(place, what="assign_commissioners"))
    return planned


async def plan_page(place: Place, *, uow: UnitOfWork) -> int:
    """So many of a place, in one transaction."""
    async with uow:
        return await uow.commit(await _plan(place.region, limit=PEOPLE_AT_ONCE, uow=uow))


async def follow(place: Place, *, uow: UnitOfWork) -> int:
    """Give a commissioner to whoever has none who serves where they live; nobody else changes hands."""
    async with uow:
        charges = await uow.roster.charges(place.region, on=uow.today)
        result = spread(charges, await uow.roster.bearers(place.region, on=uow.today), mode=Mode.FILL)
        if result.placements:
            await uow.roster.place(result.placements, by=NOBODY, on=uow.today)
            event = CommissionersAssigned(
                mode=Mode.FILL,
                placed=len(result.placements),
                left=len(result.left),
                assigned_by=NOBODY,
                assigned_on=uow.today,
            )
            uow.record(event, about=Unnamed(id=uow.new_id(), region=place.region))
        return await uow.commit(len(result.placements))


async def _plan(area: str, *, limit: int, uow: UnitOfWork) -> int:
    due = {one.id: one for one in await uow.roster.to_plan(area, on=uow.today, limit=limit)}
    held = await uow.facts.of_many(list(due), on=uow.today)
    plans = {
        one.person.id: _plan_of(one, due[one.person.id], rules=uow.rulebook.at(one.person.region, uow.today))
        for one in held
    }
    await uow.roster.plan(plans, on=uow.today)
    return len(plans)


def _plan_of(held: HeldFacts, known: ToPlan, *, rules: RulesInForce) -> VisitPlan:
    met = [one for one in derived_flags(held, rules=rules) if one.finding is Finding.MET]
    return visit_plan(
        [one.flag.value for one in met],
        listed_on=known.listed_on,
        visited_on=known.visited_on,
        terms=VisitTerms.of(rules),
        versions=[one.rule_version for one in met],
    )

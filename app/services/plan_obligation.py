"""To whom an individual plan is owed: one person by what is known today, and those of a place who have none."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.entitlement import parse
from app.domain.plan import REQUIRED_FOR, Obligation, PlanRules, Situation, no_duty_here, obligation
from app.services import facts
from app.services.ports.facts import HeldFacts
from app.services.ports.plan import Owed
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.roster import own_area


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPlan:
    """Somebody to whom a plan is owed, by name, and why by what is known today."""

    owed: Owed
    name: str | None
    obligation: Obligation


async def list_plan_obligations(
    region_code: str, *, after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[OwedPlan]:
    """To whom of a place a plan is owed who has none in force: found by last night's facts, explained by today's.

    Raises:
        RegionNotFound, NotYourFunction: there is no such place, or it is not the caller's.
    """
    async with uow:
        region = own_area(region_code, "list_plan_obligations", uow=uow)
        rule = uow.rulebook.at(region, uow.today).rule(REQUIRED_FOR)
        found = await uow.plans.owed(
            parse(rule.value, rule.reference),
            region=region,
            on=uow.today,
            clock_id=uow.clock_id,
            after=after,
            limit=limit + 1,
        )
        page = slice_of(found, limit=limit)
        people = [owed.person_id for owed in page.items]
        persons = await uow.persons.get_many(people)
        held = {one.person.id: one for one in await uow.facts.of_many(people, on=uow.today)}
        uow.accessed(*people, disclosed=("name", "obligation"))
        shown = tuple(
            OwedPlan(
                owed=owed,
                name=persons[owed.person_id].name_on(uow.today),
                obligation=obligation_of(held[owed.person_id], uow=uow),
            )
            for owed in page.items
            if owed.person_id in persons and owed.person_id in held
        )
        return await uow.commit(Slice(shown, page.after))


def obligation_of(held: HeldFacts, *, uow: UnitOfWork) -> Obligation:
    """Whether a plan is owed to somebody by what is known today, and why."""
    rules = uow.rulebook.at(held.person.region, uow.today)
    if not rules.has(REQUIRED_FOR):
        return no_duty_here()
    components = facts.components_of(held)
    situation = Situation(
        economic_status=held.person.economic_status_on(held.on),
        grade=min(components.values()) if components else None,
        flags=facts.flags_of(held, rules=rules),
    )
    return obligation(situation, PlanRules.of(rules))

"""Use cases of individual plans: drawn up with four parts, agreed to by the person, approved by another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.domain.assessment import Need, NeedRules, NeedStage, require_families
from app.domain.person import Person
from app.domain.plan import (
    Change,
    Findings,
    Obligation,
    Outcome,
    Plan,
    PlanContent,
    PlanRules,
    PlanStage,
    changes,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import Unprocessable
from app.domain.shared.events import Event
from app.services.deciding import decide_on_plan
from app.services.plan_obligation import obligation_of
from app.services.ports.catalogue import Offered
from app.services.ports.facts import HeldFacts
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, View, slice_of
from app.services.yielding import yielding


class NotKnownHere(Unprocessable):
    """A plan names an assessment of somebody else, or a service or an organisation that there is not."""

    code = "not_known_here"
    title = "The plan names something that is not on record"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(View[Plan]):
    """A plan as one caller sees it, with whatever it names and whether it is owed."""

    obligation: Obligation
    needs: Mapping[UUID, Need]
    services: Mapping[UUID, Offered]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChanges:
    """What is otherwise in one revision than in another, and the services that this is about."""

    before: Plan
    after: Plan
    changes: tuple[Change, ...]
    services: Mapping[UUID, Offered]


async def draft_plan(
    content: PlanContent, *, person_id: UUID, application_id: UUID | None, uow: UnitOfWork
) -> PlanView:
    """Draw a plan up as the person's next revision."""
    async with uow:
        region = await uow.facts.place_of(person_id, application_id=application_id)
        held = await uow.facts.of(person_id, on=uow.today)
        needs = {need.id: need for need in await uow.needs.of_person(person_id)}
        services = await _known_services(content, person_id=person_id, region=region, uow=uow)
        active = await uow.plans.active_of(person_id)
        plan, drafted = Plan.draft(
            content,
            plan_id=uow.new_id(),
            person_id=person_id,
            region=region,
            revision=await uow.plans.latest_revision(person_id) + 1,
            by=uow.actor,
            on=uow.today,
            rules=PlanRules.of(uow.rulebook.at(region, uow.today)),
            owed=obligation_of(held, uow=uow),
            confirmed_needs=frozenset(need.id for need in needs.values() if need.stage is NeedStage.CONFIRMED),
            application_id=application_id,
            follows=active.id if active else None,
        )
        uow.plans.add(plan)
        uow.record(drafted, about=plan)
        return await uow.commit(await _view(plan, uow=uow, held=held, needs=needs, services=services))


async def get_plan(plan_id: UUID, *, uow: UnitOfWork) -> PlanView:
    """A plan with whatever it names, and what the caller may do to it."""
    async with uow:
        return await uow.commit(await _view(await uow.plans.get(plan_id), uow=uow))


async def list_plans(
    *,
    person_id: UUID | None,
    stages: tuple[PlanStage, ...],
    review_due_by: date | None,
    after: UUID | None,
    limit: int,
    uow: UnitOfWork,
) -> Slice[Plan]:
    """The plans of the caller's areas, or the caller's own; or those of them that somebody is to look at by a day."""
    async with uow:
        found = await uow.plans.page(
            person_id=person_id,
            stages=stages,
            review_due_by=review_due_by,
            whose=uow.actor,
            after=after,
            limit=limit + 1,
        )
        page = slice_of(found, limit=limit)
        uow.accessed(*(plan.person_id for plan in page.items), disclosed=("plan",))
        return await uow.commit(page)


async def get_plan_changes(plan_id: UUID, *, since: int, uow: UnitOfWork) -> PlanChanges:
    """What is otherwise in a plan than in another revision for the same person.

    Raises:
        NotFound: there is no such plan, or no such revision of it.
    """
    async with uow:
        after = await uow.plans.get(plan_id)
        before = await uow.plans.revision_of(after.person_id, since)
        found = changes(before.content, after.content)
        services = await uow.services.get_many({one.service_id for one in found if one.service_id})
        uow.accessed(after.person_id, disclosed=("plan",))
        return await uow.commit(PlanChanges(before=before, after=after, changes=found, services=services))


async def agree_plan(plan_id: UUID, *, version: int, opinion: str | None, uow: UnitOfWork) -> PlanView:
    """The person, or a guardian, agrees."""
    async with uow:
        plan = await uow.plans.get(plan_id, version=version)
        guardians = await uow.facts.guardians_of(plan.person_id, on=uow.today)
        return await _done(*plan.agree(by=uow.actor, on=uow.today, opinion=opinion, guardians=guardians), uow=uow)


async def decline_plan(plan_id: UUID, *, version: int, opinion: str | None, uow: UnitOfWork) -> PlanView:
    """The person, or a guardian, does not want it."""
    async with uow:
        plan = await uow.plans.get(plan_id, version=version)
        guardians = await uow.facts.guardians_of(plan.person_id, on=uow.today)
        return await _done(*plan.decline(by=uow.actor, on=uow.today, opinion=opinion, guardians=guardians), uow=uow)


async def approve_plan(plan_id: UUID, *, version: int, uow: UnitOfWork) -> PlanView:
    """Put the plan into force; the one that was in force gives way in the same transaction."""
    async with uow:
        plan = await uow.plans.get(plan_id, version=version)
        active = await uow.plans.active_of(plan.person_id)
        approved, event = plan.approve(by=uow.actor, on=uow.today, active=active.id if active else None)
        decide_on_plan(approved, uow=uow)
        if active:
            await _give_way(active, to=approved, uow=uow)
        return await _done(approved, event, uow=uow)


async def review_plan(plan_id: UUID, *, version: int, findings: Findings, uow: UnitOfWork) -> PlanView:
    """Put down what was seen of each goal, and when somebody looks next or that another revision is needed."""
    async with uow:
        plan = await uow.plans.get(plan_id, version=version)
        return await _done(*plan.review(findings, by=uow.actor, on=uow.today), uow=uow)


async def close_plan(plan_id: UUID, *, version: int, outcome: Outcome, uow: UnitOfWork) -> PlanView:
    """End the plan with what it came to."""
    async with uow:
        plan = await uow.plans.get(plan_id, version=version)
        referrals = await uow.referrals.under_way_of(plan)
        return await _done(*plan.close(by=uow.actor, on=uow.today, outcome=outcome, referrals=referrals), uow=uow)


async def _give_way(active: Plan, *, to: Plan, uow: UnitOfWork) -> None:
    superseded, event = active.supersede(on=uow.today, by_plan=to.id)
    with yielding():
        saved = await uow.plans.save(superseded)
    uow.record(event, about=saved)


async def _known_services(
    content: PlanContent, *, person_id: UUID, region: str, uow: UnitOfWork
) -> Mapping[UUID, Offered]:
    """The services that the plan names, once everything that it names is on record.

    Raises:
        NotKnownHere: it names something else.
        BoundToPurpose: it builds on an assessment that was made for something else.
    """
    named = {one.id: one for one in await uow.assessments.of_person(person_id) if one.id in content.assessment_ids}
    if len(named) < len(set(content.assessment_ids)):
        raise NotKnownHere(
            "The person has no such assessment. Name those that the plan builds on.", pointer="/assessment_ids"
        )
    services = await uow.services.get_many({item.service_id for item in content.path})
    for place, item in enumerate(content.path):
        if item.service_id not in services or not services[item.service_id].service.is_confirmed:
            raise NotKnownHere(
                "There is no such service. Look it up under /v1/services.", pointer=f"/path/{place}/service_id"
            )
    families = {services[item.service_id].service.family for item in content.path}
    require_families(named.values(), families, rules=NeedRules.of(uow.rulebook.at(region, uow.today)))
    duties = {duty.organisation_id for item in content.path for duty in item.duties}
    if not await uow.organisations.are_known(duties | {measure.organisation_id for measure in content.supervision}):
        raise NotKnownHere("There is no such organisation. Look it up under /v1/organisations.", pointer="/path")
    return services


async def _done(plan: Plan, event: Event, *, uow: UnitOfWork) -> PlanView:
    saved = await uow.plans.save(plan)
    uow.record(event, about=saved)
    return await uow.commit(await _view(saved, uow=uow))


async def _view(
    plan: Plan,
    *,
    uow: UnitOfWork,
    held: HeldFacts | None = None,
    needs: Mapping[UUID, Need] | None = None,
    services: Mapping[UUID, Offered] | None = None,
) -> PlanView:
    """The plan with whatever it names; that it was shown is written down."""
    held = held or await uow.facts.of(plan.person_id, on=uow.today)
    if needs is None:
        needs = {need.id: need for need in await uow.needs.of_person(plan.person_id)}
    if services is None:
        services = await uow.services.get_many({item.service_id for item in plan.content.path})
    uow.accessed(plan.person_id, disclosed=("plan", "need"))
    guardians = _guardians(held.person, uow)
    return PlanView(
        plan,
        plan.allowed_actions(uow.actor, on=uow.today, guardians=guardians),
        obligation=obligation_of(held, uow=uow),
        needs=needs,
        services=services,
    )


def _guardians(person: Person, uow: UnitOfWork) -> tuple[UUID, ...]:
    return person.guardians_on(uow.today) if uow.actor.has(Role.CITIZEN) else ()

"""Asking a provider: the service fits, the person has agreed where that is needed, and nobody is asked twice."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from app.domain.assessment import Need
from app.domain.capacity import NoPlaceFree
from app.domain.consent import purpose_of_referral
from app.domain.plan import PathItem, PlanStage
from app.domain.referral import Offer, Referral, ReferralRules, ReferralStage, Task
from app.domain.shared.access import Role
from app.domain.shared.errors import AlreadyExists, Unprocessable
from app.domain.shared.quantity import Quantity
from app.domain.waiting import OthersWait
from app.services.consent import require_consent
from app.services.matching import require_open
from app.services.party import access_rules
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.referral.view import ReferralView, view_of
from app.services.suitability import require_suitable
from app.services.waiting import WaitingView, waiting_instead
from app.services.yielding import yielding


class ReferralUnderWay(AlreadyExists):
    """The need has an open referral to this service."""

    code = "referral_under_way"
    title = "This was asked for already"


class NotInThePlan(Unprocessable):
    """The plan has no such step, or is not in force."""

    code = "not_in_the_plan"
    title = "The plan does not provide for this"


class WhenFull(StrEnum):
    """What becomes of an offer for which no place is free."""

    REFUSE = "refuse"
    WAIT = "wait"
    """The need goes on the waiting list of the service instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """For which need a person is sent to which service, and by which step of which plan."""

    need_id: UUID
    service_id: UUID
    planned: Quantity | None = None
    """How much is asked for; that of the plan where a step is named."""
    plan_id: UUID | None = None
    plan_item_id: UUID | None = None
    when_full: WhenFull = WhenFull.REFUSE


async def make_referral(request: Request, *, uow: UnitOfWork) -> ReferralView | WaitingView:
    """Ask a provider to serve the person; the provider becomes a party to the referral, and to the person.

    Where that takes the person's consent, the person is shown to the provider only while it is in force.
    """
    async with uow:
        need = await uow.needs.get(request.need_id)
        require_open(need)
        await _require_not_under_way(request, uow)
        offered = await uow.services.get(request.service_id)
        await require_suitable(offered, need, uow)
        item = await _step_of_plan(request, need, uow)
        try:
            await _require_turn(offered, need, uow)
        except (NoPlaceFree, OthersWait):
            if request.when_full is WhenFull.REFUSE:
                raise
            return await uow.commit(await waiting_instead(need, offered, uow=uow))
        asked = _offer(request, need, offered=offered, item=item, purpose=consent_purpose(offered, need, uow))
        return await uow.commit(view_of(await ask(asked, uow), offered, uow=uow))


async def ask(asked: Offer, uow: UnitOfWork, *, referral_id: UUID | None = None) -> Referral:
    """Put the question to the provider, which is a party from now on.

    Raises:
        ConsentMissing: the person has not agreed that this provider is told.
    """
    await require_consented(asked, uow)
    referral, event = Referral.offer(
        asked,
        referral_id=referral_id or uow.new_id(),
        by=uow.actor,
        at=uow.now,
        on=uow.today,
        rules=ReferralRules.of(uow.rulebook.at(asked.region, uow.today)),
        calendar=uow.calendar(asked.region),
    )
    uow.referrals.add(referral)
    uow.record(event, about=referral)
    uow.admit(
        referral.provider_id,
        to=referral.id,
        role=Role.PROVIDER,
        person_id=referral.person_id,
        access=access_rules(referral, uow=uow).asked_until(referral.expires_on),
        consent_purpose=referral.consent_purpose,
    )
    return referral


async def require_consented(sharing: Offer | Referral, uow: UnitOfWork) -> None:
    """Hold what a provider is told to the person's consent, where it takes one.

    Raises:
        ConsentMissing: the person has not agreed to it, or no longer does.
    """
    await require_consent(
        sharing.consent_purpose, person_id=sharing.person_id, receiver_id=sharing.provider_id, uow=uow
    )


async def _require_turn(offered: Offered, need: Need, uow: UnitOfWork) -> None:
    """Hold an offer to a place that is free, and that nobody else on the list has waited for.

    Raises:
        NoPlaceFree: all places are taken.
        OthersWait: as many as there are places free wait for this service before the need, which is not on its list;
            where it waits for another, its days come along.
    """
    if offered.places is None:
        return
    offered.places.require_free()
    waiting = await uow.waiting_entries.of_need(need.id)
    if any(entry.service_id == offered.id for entry in waiting):
        return
    first = min(waiting, key=lambda entry: (entry.counts_from, entry.id), default=None)
    standing = await uow.waiting_entries.standing(
        {offered.id},
        counts_from=first.counts_from if first else uow.today,
        key=first.id if first else uow.new_id(),
        placed_after=uow.today,
    )
    standing[offered.id].require_open_to_newcomers(free=offered.places.available)


async def _step_of_plan(request: Request, need: Need, uow: UnitOfWork) -> PathItem | None:
    if request.plan_id is None or request.plan_item_id is None:
        return None
    plan = await uow.plans.get(request.plan_id)
    item = plan.content.item(request.plan_item_id)
    same_person = plan.person_id == need.person_id
    if not same_person or plan.stage is not PlanStage.ACTIVE or item is None:
        raise NotInThePlan("The person's plan in force has no such step. Read it again.", pointer="/plan_item_id")
    if (item.need_id, item.service_id) != (request.need_id, request.service_id):
        raise NotInThePlan("This step of the plan is for another need or service.", pointer="/plan_item_id")
    return item


async def _require_not_under_way(request: Request, uow: UnitOfWork) -> None:
    """Refuse a second open referral; one that nobody has answered in time expires at this moment."""
    under_way = await uow.referrals.open_offer(request.need_id, request.service_id)
    if under_way is None:
        return
    if under_way.stage is not ReferralStage.OFFERED or uow.today <= under_way.expires_on:
        raise ReferralUnderWay("This service was asked already, for this very need. Look at that referral instead.")
    expired, event = under_way.expire(on=uow.today, ask_another_by=ask_another_by(under_way, uow))
    with yielding():
        uow.record(event, about=await uow.referrals.save(expired))


def ask_another_by(referral: Referral, uow: UnitOfWork) -> date:
    """The last day on which another provider is asked, where this one declined or does not answer."""
    rules = ReferralRules.of(uow.rulebook.at(referral.region, uow.today))
    return uow.calendar(referral.region).last_day_of(rules.ask_another_working_days.value, after=uow.today)


def consent_purpose(offered: Offered, need: Need, uow: UnitOfWork) -> str | None:
    """For which purpose the provider is told of the person, where that takes the person's consent."""
    purpose = purpose_of_referral(offered.service.provider_kind, uow.rulebook.at(need.region, uow.today))
    return purpose.code if purpose.basis.needs_consent else None


def _offer(request: Request, need: Need, *, offered: Offered, item: PathItem | None, purpose: str | None) -> Offer:
    return Offer(
        person_id=need.person_id,
        region=need.region,
        need_id=need.id,
        service_id=offered.id,
        provider_id=offered.service.organisation_id,
        planned=request.planned if item is None else item.quantity,
        starts_on=None if item is None else item.starts_on,
        ends_on=None if item is None else item.ends_on,
        tasks=() if item is None else _tasks(item, offered.service.organisation_id),
        plan_id=request.plan_id,
        plan_item_id=None if item is None else item.id,
        application_id=need.application_id,
        consent_purpose=purpose,
    )


def _tasks(item: PathItem, provider_id: UUID) -> tuple[Task, ...]:
    """What the step of the plan lays on this provider."""
    return tuple(
        Task(what=duty.what, due_on=duty.due_on) for duty in item.duties if duty.organisation_id == provider_id
    )

"""Asking a provider: the service fits, the person has agreed where that is needed, and nobody is asked twice."""

from dataclasses import dataclass
from uuid import UUID

from app.domain.assessment import Need
from app.domain.catalogue import service_types
from app.domain.consent import purpose_of_referral
from app.domain.plan import PathItem, PlanStage
from app.domain.referral import Offer, Referral, ReferralRules, ReferralStage
from app.domain.shared.access import Role
from app.domain.shared.errors import AlreadyExists, Conflict, Unprocessable
from app.domain.shared.finding import Finding
from app.domain.shared.quantity import Quantity
from app.services.consent import require_consent
from app.services.matching import require_open, verdicts_of
from app.services.party import access_rules
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.referral.view import ReferralView, shown
from app.services.yielding import yielding


class DoesNotMeetNeed(Unprocessable):
    """The service is for other needs."""

    code = "does_not_meet_need"
    title = "The service does not meet this need"


class NoReferralsHere(Unprocessable):
    """What an office grants is applied for; nobody there answers referrals."""

    code = "no_referrals_here"
    title = "This service is applied for"


class NotEntitled(Conflict):
    """By the facts that are held, the rules do not give the person this service."""

    code = "not_entitled"
    title = "The person is not entitled to this service"


class OutsideServiceArea(Conflict):
    """The service does not take residents of the person's place."""

    code = "outside_service_area"
    title = "The service does not reach the person"


class ExclusiveService(Conflict):
    """The person receives a service that is not given together with this one."""

    code = "exclusive_service"
    title = "Another service stands against it"


class ReferralUnderWay(AlreadyExists):
    """The need has an open referral to this service."""

    code = "referral_under_way"
    title = "This was asked for already"


class NotInThePlan(Unprocessable):
    """The plan has no such step, or is not in force."""

    code = "not_in_the_plan"
    title = "The plan does not provide for this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """For which need a person is sent to which service, and by which step of which plan."""

    need_id: UUID
    service_id: UUID
    planned: Quantity | None = None
    """How much is asked for; that of the plan where a step is named."""
    plan_id: UUID | None = None
    plan_item_id: UUID | None = None


async def make_referral(request: Request, *, uow: UnitOfWork) -> ReferralView:
    """Ask a provider to serve the person; the provider becomes a party to the referral, and to the person.

    Where that takes the person's consent, the person is shown to the provider only while it is in force.
    """
    async with uow:
        need = await uow.needs.get(request.need_id)
        require_open(need)
        offered = await uow.services.get(request.service_id)
        await _require_suitable(offered, need, uow)
        item = await _step_of_plan(request, need, uow)
        await _require_not_under_way(request, uow)
        asked = _offer(request, need, offered=offered, item=item, purpose=_consent_purpose(offered, need, uow))
        await require_consented(asked, uow)
        referral, event = Referral.offer(
            asked,
            referral_id=uow.new_id(),
            by=uow.actor,
            at=uow.now,
            on=uow.today,
            rules=ReferralRules.of(uow.rulebook.at(need.region, uow.today)),
            calendar=uow.calendar(need.region),
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
        return await uow.commit(shown(referral, offered, uow=uow))


async def require_consented(sharing: Offer | Referral, uow: UnitOfWork) -> None:
    """Hold what a provider is told to the person's consent, where it takes one.

    Raises:
        ConsentMissing: the person has not agreed to it, or no longer does.
    """
    await require_consent(
        sharing.consent_purpose, person_id=sharing.person_id, receiver_id=sharing.provider_id, uow=uow
    )


async def _require_suitable(offered: Offered, need: Need, uow: UnitOfWork) -> None:
    """Hold the service to the need, the place and the rules; what is not known is left to people."""
    service = offered.service
    if need.code.item not in service.meets:
        raise DoesNotMeetNeed("The service is for other needs. Ask POST /v1/matches what there is for this one.")
    if not offered.takes_referrals:
        raise NoReferralsHere("An office grants this; apply for it with POST /v1/applications.", pointer="/service_id")
    if not service.takes_from(need.region):
        raise OutsideServiceArea("The service does not take residents of this place. Choose another.")
    held = await uow.facts.of(need.person_id, on=uow.today)
    rules = uow.rulebook.at(need.region, uow.today)
    verdict = verdicts_of({service.code}, held, rules=rules).get(service.code)
    if verdict is None or verdict.finding is Finding.NOT_MET:
        raise NotEntitled("The rules do not give the person this service. POST /v1/matches says why, and what helps.")
    types = service_types(rules)
    if against := types[service.code].exclusive_with & held.receiving:
        raise ExclusiveService(
            f"The person receives {', '.join(sorted(against))}, which is not given together with this.",
            services=sorted(against),
        )


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
    expired, event = under_way.expire(on=uow.today)
    with yielding():
        uow.record(event, about=await uow.referrals.save(expired))


def _consent_purpose(offered: Offered, need: Need, uow: UnitOfWork) -> str | None:
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
        plan_id=request.plan_id,
        plan_item_id=None if item is None else item.id,
        application_id=need.application_id,
        consent_purpose=purpose,
    )

"""What follows an offer: the provider answers and delivers, and the person's word closes it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.domain.assessment import NeedStage
from app.domain.referral import Appointment, DeclineReason, Delivery, Reasoned, Referral, ReferralStage
from app.domain.shared.access import Role
from app.domain.shared.events import Event
from app.domain.shared.party import UNTIL_FURTHER
from app.services.party import access_rules
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.read_models import Slice, slice_of
from app.services.referral.making import ask_another_by, require_consented
from app.services.referral.view import ReferralView, accessed, as_told, viewed
from app.services.yielding import yielding


async def get_referral(referral_id: UUID, *, uow: UnitOfWork) -> ReferralView:
    """A referral, and what the caller may do to it."""
    async with uow:
        return await uow.commit(await viewed(await uow.referrals.get(referral_id), uow))


async def list_referrals(
    *, person_id: UUID | None, stages: tuple[ReferralStage, ...], after: UUID | None, limit: int, uow: UnitOfWork
) -> Slice[ReferralView]:
    """The referrals of the caller's areas, or those to the caller's organisation, or the caller's own."""
    async with uow:
        found = await uow.referrals.page(
            person_id=person_id, stages=stages, whose=uow.actor, after=after, limit=limit + 1
        )
        page = slice_of(found, limit=limit)
        services: Mapping[UUID, Offered] = await uow.services.get_many({own.service_id for own in page.items})
        accessed(page.items, uow=uow)
        shown = tuple(as_told(referral, services[referral.service_id], uow.actor) for referral in page.items)
        return await uow.commit(Slice(shown, page.after))


async def accept_referral(referral_id: UUID, *, version: int, begins_on: date, uow: UnitOfWork) -> ReferralView:
    """The provider takes it and says when it begins.

    Raises:
        ConsentMissing: the person no longer agrees that the provider is told; it may still decline.
    """
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        accepted = referral.accept(by=uow.actor, on=uow.today, begins_on=begins_on)
        await require_consented(referral, uow)
        uow.bound(referral.provider_id, to=referral.id, role=Role.PROVIDER, access=UNTIL_FURTHER)
        return await done(*accepted, uow=uow)


async def decline_referral(
    referral_id: UUID, why: Reasoned[DeclineReason], *, version: int, uow: UnitOfWork
) -> ReferralView:
    """The provider does not take it, and says why; another may be asked."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        declined = referral.decline(why, by=uow.actor, on=uow.today, ask_another_by=ask_another_by(referral, uow))
        uow.bound(
            referral.provider_id,
            to=referral.id,
            role=Role.PROVIDER,
            access=access_rules(referral, uow=uow).come_to_nothing(uow.today),
        )
        return await done(*declined, uow=uow)


async def deliver_referral(
    referral_id: UUID, *, version: int, deliveries: tuple[Delivery, ...], uow: UnitOfWork
) -> ReferralView:
    """The provider says what was done. Whether it fits with all else is looked at afterwards, where nobody acts."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        new = tuple(replace(record, id=uow.new_id()) for record in deliveries)
        delivered = referral.deliver(by=uow.actor, on=uow.today, deliveries=new, calendar=uow.calendar(referral.region))
        for record in new:
            uow.deliveries.add(record, of=referral)
        return await done(*delivered, uow=uow)


async def schedule_visits(
    referral_id: UUID, appointments: tuple[Appointment, ...], *, version: int, uow: UnitOfWork
) -> ReferralView:
    """The provider says on which days it comes, in place of what it had said of the days to come."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        return await done(*referral.schedule(appointments, by=uow.actor, on=uow.today), uow=uow)


async def confirm_delivery(
    referral_id: UUID, *, version: int, satisfaction: int | None, said: str | None, uow: UnitOfWork
) -> ReferralView:
    """The person, or a guardian, says that it was done; with that the need is met."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        guardians = await uow.facts.guardians_of(referral.person_id, on=uow.today)
        confirmed, event = referral.confirm(
            by=uow.actor, on=uow.today, satisfaction=satisfaction, words=said, guardians=guardians
        )
        uow.bound(
            referral.provider_id,
            to=referral.id,
            role=Role.PROVIDER,
            access=access_rules(referral, uow=uow).done(uow.today),
        )
        if satisfaction is not None:
            uow.services.rate(referral.service_id, satisfaction)
        await meet_need(referral, uow)
        return await done(confirmed, event, uow=uow)


async def expire_referral(referral_id: UUID, *, uow: UnitOfWork) -> bool:
    """Let an offer expire that nobody has answered in time; False where it was answered, or has expired already."""
    async with uow:
        offered = await uow.referrals.get(referral_id)
        if offered.stage is not ReferralStage.OFFERED or uow.today <= offered.expires_on:
            return False
        expired, event = offered.expire(on=uow.today, ask_another_by=ask_another_by(offered, uow))
        uow.record(event, about=await uow.referrals.save(expired))
        return await uow.commit(True)  # noqa: FBT003 - the result, which commit hands on


async def done(referral: Referral, event: Event, *, uow: UnitOfWork) -> ReferralView:
    """Keep a step and show what came of it."""
    saved = await uow.referrals.save(referral)
    uow.record(event, about=saved)
    return await uow.commit(await viewed(saved, uow))


async def meet_need(referral: Referral, uow: UnitOfWork) -> None:
    """What was delivered and seen to be so meets the need that it was for."""
    need = await uow.needs.get(referral.need_id)
    if need.stage is NeedStage.CONFIRMED:
        met, meeting = need.meet(on=uow.today, referral_id=referral.id)
        with yielding():
            uow.record(meeting, about=await uow.needs.save(met))

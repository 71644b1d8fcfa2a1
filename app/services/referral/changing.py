"""What may come in between: a service rests and goes on, ends early or moves, or an officer closes it."""

from datetime import date
from uuid import UUID

from app.domain.referral import (
    Override,
    OverrideReason,
    Pause,
    PauseReason,
    Reasoned,
    Referral,
    RevokeReason,
    TransferReason,
    handed_over,
)
from app.domain.shared.access import Role
from app.services.matching import require_open
from app.services.party import access_rules
from app.services.ports.work import UnitOfWork
from app.services.referral.following import done, meet_need
from app.services.referral.making import ask, consent_purpose
from app.services.referral.view import ReferralView, view_of
from app.services.suitability import require_suitable


async def pause_referral(
    referral_id: UUID, why: Reasoned[PauseReason], *, version: int, expected_until: date | None, uow: UnitOfWork
) -> ReferralView:
    """Let the service rest for a while."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        rest = Pause(reason=why.reason, since=uow.today, expected_until=expected_until, words=why.words)
        return await done(*referral.pause(rest, by=uow.actor, on=uow.today), uow=uow)


async def resume_referral(referral_id: UUID, *, version: int, uow: UnitOfWork) -> ReferralView:
    """Let the service go on from where it stood."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        return await done(*referral.resume(by=uow.actor, on=uow.today), uow=uow)


async def revoke_referral(
    referral_id: UUID, why: Reasoned[RevokeReason], *, version: int, uow: UnitOfWork
) -> ReferralView:
    """End it before it was confirmed; the provider is shown the person no more than what is left to be said."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        guardians = await uow.facts.guardians_of(referral.person_id, on=uow.today)
        revoked = referral.revoke(why, by=uow.actor, on=uow.today, guardians=guardians)
        _let_go(referral, uow)
        return await done(*revoked, uow=uow)


async def override_delivery(referral_id: UUID, override: Override, *, version: int, uow: UnitOfWork) -> ReferralView:
    """Close it in place of the person, with a reason; the need is met only where the officer has seen so."""
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        overridden = referral.confirm_instead(by=uow.actor, on=uow.today, override=override)
        _let_go(referral, uow)
        if override.reason is OverrideReason.SEEN_ON_SITE:
            await meet_need(referral, uow)
        return await done(*overridden, uow=uow)


async def transfer_referral(
    referral_id: UUID, service_id: UUID, why: Reasoned[TransferReason], *, version: int, uow: UnitOfWork
) -> ReferralView:
    """Ask another provider to go on; what was delivered stays where it is, and the answer is the new referral.

    Raises:
        NeedNotOpen, DoesNotMeetNeed, NoReferralsHere, NotEntitled, OutsideServiceArea, ExclusiveService: as offers.
        ConsentMissing: the person has not agreed that the other provider is told.
    """
    async with uow:
        referral = await uow.referrals.get(referral_id, version=version)
        successor_id = uow.new_id()
        moved, event = referral.transfer(why, successor_id=successor_id, by=uow.actor, on=uow.today)
        need = await uow.needs.get(referral.need_id)
        require_open(need)
        offered = await uow.services.get(service_id)
        asked = handed_over(
            referral,
            service_id=offered.id,
            provider_id=offered.service.organisation_id,
            purpose=consent_purpose(offered, need, uow),
            on=uow.today,
        )
        _let_go(referral, uow)
        uow.record(event, about=await uow.referrals.save(moved))
        await require_suitable(offered, need, uow)
        if offered.places is not None:
            offered.places.require_free()
        successor = await ask(asked, uow, referral_id=successor_id)
        return await uow.commit(view_of(successor, offered, uow=uow))


def _let_go(referral: Referral, uow: UnitOfWork) -> None:
    """The provider's part is over: where it has delivered, some days are left for what is to be said."""
    rules = access_rules(referral, uow=uow)
    access = rules.done(uow.today) if referral.deliveries else rules.come_to_nothing(uow.today)
    uow.bound(referral.provider_id, to=referral.id, role=Role.PROVIDER, access=access)

"""A referral as one caller sees it; that it was shown, and what for, is written down."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from app.domain.referral import Audience, Referral, waiting_offered
from app.domain.shared.access import Principal, Role
from app.domain.shared.transitions import Allowed
from app.services.ports.catalogue import Offered
from app.services.ports.work import UnitOfWork
from app.services.read_models import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView(View[Referral]):
    """A referral as one caller sees it, with the service that it is about."""

    offered: Offered
    audience: Audience


async def viewed(referral: Referral, uow: UnitOfWork) -> ReferralView:
    """A referral with its service; who may act for the person is looked up where somebody may claim to."""
    offered = await uow.services.get(referral.service_id)
    asks_for_another = uow.actor.has(Role.CITIZEN) and uow.actor.person_id != referral.person_id
    guardians = await uow.facts.guardians_of(referral.person_id, on=uow.today) if asks_for_another else ()
    return view_of(referral, offered, uow=uow, guardians=guardians)


def view_of(referral: Referral, offered: Offered, *, uow: UnitOfWork, guardians: tuple[UUID, ...] = ()) -> ReferralView:
    """What the caller sees; that it was shown is written down."""
    accessed((referral,), uow=uow)
    actions = (
        *referral.allowed_actions(uow.actor, on=uow.today, guardians=guardians),
        *waiting_offered(referral, uow.actor),
    )
    return as_told(referral, offered, uow.actor, actions=actions)


def as_told(
    referral: Referral, offered: Offered, whose: Principal, *, actions: tuple[Allowed, ...] = ()
) -> ReferralView:
    """What the caller is told. The provider is not told how content somebody is, nor words that were not for it.

    Source: 国办发〔2019〕51号: whoever rates is protected from whom they rate.
    """
    if whose.has(Role.CITIZEN):
        return ReferralView(referral, actions, offered=offered, audience=Audience.PERSON)
    if referral.provider_id not in whose.organisation_ids:
        return ReferralView(referral, actions, offered=offered, audience=Audience.STAFF)
    return ReferralView(_for_provider(referral), actions, offered=offered, audience=Audience.PROVIDER)


def _for_provider(referral: Referral) -> Referral:
    word, ended, moved = referral.confirmation, referral.revocation, referral.transfer_reason
    return replace(
        referral,
        confirmation=word and replace(word, satisfaction=None, words=None),
        revocation=ended and replace(ended, words=None),
        transfer_reason=moved and replace(moved, words=None),
    )


def accessed(referrals: Collection[Referral], *, uow: UnitOfWork) -> None:
    """Write down whose referrals were shown and, to a provider, for which one purpose they were made."""
    made_for = {referral.consent_purpose for referral in referrals} if uow.actor.has(Role.PROVIDER) else set()
    purpose = made_for.pop() if len(made_for) == 1 else None
    uow.accessed(*(referral.person_id for referral in referrals), disclosed=("referral",), purpose=purpose)

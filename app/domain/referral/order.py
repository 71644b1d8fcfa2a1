"""Whose a step of a referral is, and what it must be in order with, beside the table of its stages."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from app.domain.referral.refusals import DeliveryImpossible, NothingDelivered, NotTheProvider, OfferExpired
from app.domain.referral.stages import ReferralAction
from app.domain.shared.access import Principal, Role
from app.domain.shared.voice import voice_of


def require_party(
    by: Principal, role: Role | None, *, provider_id: UUID, person_id: UUID, guardians: Collection[UUID]
) -> None:
    """Hold whoever takes a step as a provider, or as a citizen, to their own referrals.

    Raises:
        NotTheProvider: the caller serves another provider.
        NotThePerson: the caller is neither the person nor a guardian.
    """
    if role is Role.PROVIDER and provider_id not in by.organisation_ids:
        raise NotTheProvider("The referral was made to another provider. Only that one answers it.")
    if role is Role.CITIZEN:
        voice_of(by, person_id=person_id, guardians=guardians)


def require_beginning(begins_on: date, *, on: date) -> None:
    """Hold the first day of a service to today or later.

    Raises:
        DeliveryImpossible: it would have begun before it was accepted.
    """
    if begins_on < on:
        raise DeliveryImpossible("A service begins today or later. Enter the day.", pointer="/begins_on")


def require_in_order(action: ReferralAction, *, expires_on: date, on: date, has_begun: bool) -> None:
    """Hold a step to the days of the offer, and a service to where it stood when it was paused.

    Raises:
        OfferExpired: the provider accepts too late.
        NothingDelivered: the service would go on from where it never was.
    """
    if action is ReferralAction.ACCEPT and on > expires_on:
        raise OfferExpired(f"The offer was open until {expires_on}. Ask for a new one.", expires_on=str(expires_on))
    not_from_here = ReferralAction.RESUME if has_begun else ReferralAction.RESUME_DELIVERY
    if action is not_from_here:
        raise NothingDelivered("A service goes on from where it stood when it was paused.")

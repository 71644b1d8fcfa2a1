"""What a step of a referral must be in order with, beside the table of its stages."""

from datetime import date

from app.domain.referral.refusals import NothingDelivered, OfferExpired
from app.domain.referral.stages import ReferralAction


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

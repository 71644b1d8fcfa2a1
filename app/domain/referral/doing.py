"""Whether what came of a referral is the provider's doing, so that it may speak for or against it."""

from datetime import date

from app.domain.referral.change import RevokeReason, TransferReason
from app.domain.referral.delivery import OverrideReason
from app.domain.referral.referral import Referral
from app.domain.referral.stages import ReferralStage

_ITS_FAULT = frozenset({RevokeReason.PROVIDER_FAILED, TransferReason.PROVIDER_FAILED, TransferReason.PROVIDER_UNABLE})
_TAKEN = frozenset({ReferralStage.ACCEPTED, ReferralStage.DELIVERED})


def is_its_doing(referral: Referral, *, on: date) -> bool:
    """Say so of what the person has confirmed, or an officer has seen; of what its days are over for; of what it left.

    Not of what ended because the person died, moved or wished so; what was declined or never answered was never its.
    """
    if referral.stage is ReferralStage.CONFIRMED:
        return True
    if referral.stage is ReferralStage.OVERRIDDEN:
        return referral.override is not None and referral.override.reason is OverrideReason.SEEN_ON_SITE
    if referral.stage in _TAKEN:
        return referral.ends_on is not None and referral.ends_on < on
    reasons = {why.reason for why in (referral.revocation, referral.transfer_reason) if why is not None}
    return not reasons.isdisjoint(_ITS_FAULT)

"""After a decline for want of places the need may wait for one: by one step, and by whoever may refer."""

from app.domain.referral.delivery import DeclineReason
from app.domain.referral.referral import Referral
from app.domain.referral.refusals import DeclinedOtherwise
from app.domain.referral.stages import ReferralStage
from app.domain.shared.access import Principal, has_function
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.transitions import Allowed, NotYourFunction

WAIT, OPERATION = "wait", "wait_instead"


def is_declined_for_want_of_places(referral: Referral) -> bool:
    """Say whether the provider declined because all places are taken (名额已满)."""
    return referral.stage is ReferralStage.DECLINED and referral.decline_reason is DeclineReason.NO_CAPACITY


def require_want_of_places(referral: Referral) -> None:
    """Hold a referral to be one that was declined for want of places.

    Raises:
        DeclinedOtherwise: it was not.
    """
    if not is_declined_for_want_of_places(referral):
        raise DeclinedOtherwise("Only what a provider declined for want of places waits for one. Ask another provider.")


def waiting_offered(referral: Referral, by: Principal) -> tuple[Allowed, ...]:
    """That the need may wait, told to whoever may put it on the list and, to others, why not; nothing otherwise."""
    if not is_declined_for_want_of_places(referral):
        return ()
    if has_function(by, OPERATIONS[OPERATION].roles, region=referral.region):
        return (Allowed(action=WAIT, operation=OPERATION, allowed=True),)
    refusal = "Whoever refers people puts needs on waiting lists."
    return (Allowed(action=WAIT, operation=OPERATION, allowed=False, reason_code=NotYourFunction.code, reason=refusal),)

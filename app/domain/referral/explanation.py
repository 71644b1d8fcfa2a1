"""What each side is told of a referral: how it stands, what happens next, and who does it. Codes, no words."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.referral.delivery import DeclineReason
from app.domain.referral.referral import Referral
from app.domain.referral.stages import ReferralStage
from app.domain.shared.reason import Parameter, Reason


class Audience(StrEnum):
    """Who is told."""

    PERSON = "person"
    STAFF = "staff"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Told:
    """How it stands, and what happens next; both are sentences of the catalogue of texts."""

    explanation: Reason
    next_action: Reason


_NEXT = {
    ReferralStage.OFFERED: {Audience.PROVIDER: "answer"},
    ReferralStage.ACCEPTED: {Audience.PROVIDER: "deliver"},
    ReferralStage.DELIVERED: {Audience.PERSON: "confirm", Audience.PROVIDER: "deliver_more"},
    ReferralStage.DECLINED: {Audience.STAFF: "ask_another", Audience.PROVIDER: "nothing"},
    ReferralStage.EXPIRED: {Audience.STAFF: "ask_another", Audience.PROVIDER: "nothing"},
}
_NEXT_FOR_OTHERS = {
    ReferralStage.OFFERED: "wait_for_answer",
    ReferralStage.ACCEPTED: "wait_for_service",
    ReferralStage.DELIVERED: "wait_for_word",
    ReferralStage.DECLINED: "another_is_asked",
    ReferralStage.EXPIRED: "another_is_asked",
    ReferralStage.PAUSED: "resume",
}


def explained(referral: Referral, audience: Audience) -> Told:
    """What one side is told: after a decline or a time-out the person waits, and staff ask another by a day."""
    stage = referral.stage
    others = _NEXT_FOR_OTHERS.get(stage, "nothing")
    following = _NEXT.get(stage, {}).get(audience, others)
    if following == "ask_another" and referral.decline_reason is DeclineReason.NO_CAPACITY:
        following = "ask_another_or_wait"
    days: dict[str, Parameter] = {
        "expires_on": str(referral.expires_on),
        "begins_on": str(referral.begins_on or ""),
        "ask_another_by": str(referral.ask_another_by or ""),
    }
    return Told(
        explanation=Reason(code=f"status.referral.{stage}", parameters=days),
        next_action=Reason(code=f"next.referral.{following}", parameters=days),
    )

"""What happens to a benefit case, in the past tense: ids, codes, dates and amounts, nothing about the person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from app.domain.shared.events import Event
from app.domain.shared.finding import Finding
from app.domain.shared.voice import Capacity, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitSubmitted(Event):
    """Somebody asked for a benefit."""

    name: ClassVar[str] = "benefit_case.submitted"

    case_id: UUID
    item: str
    is_waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReleased(Event):
    """What the case waited for is there."""

    name: ClassVar[str] = "benefit_case.released"

    case_id: UUID
    released_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitAccepted(Event):
    """The materials were found complete."""

    name: ClassVar[str] = "benefit_case.accepted"

    case_id: UUID
    accepted_by: UUID
    accepted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitDeemedAccepted(Event):
    """Nobody said in time what is missing, so the law counts it as accepted from the day on which it came in."""

    name: ClassVar[str] = "benefit_case.deemed_accepted"

    case_id: UUID
    organisation_id: UUID
    accepted_on: date
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitChecked(Event):
    """The township has looked at it first."""

    name: ClassVar[str] = "benefit_case.checked"

    case_id: UUID
    checked_by: UUID
    finding: Finding
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitNoticePosted(Event):
    """It was put up for the public to object."""

    name: ClassVar[str] = "benefit_case.notice_posted"

    case_id: UUID
    posted_by: UUID
    posted_on: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitVerified(Event):
    """The federation has looked at certificate and grade."""

    name: ClassVar[str] = "benefit_case.verified"

    case_id: UUID
    verified_by: UUID
    finding: Finding
    verified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitGranted(Event):
    """The benefit was decided in favour of the person."""

    name: ClassVar[str] = "benefit_case.granted"

    case_id: UUID
    item: str
    granted_by: UUID | None
    """Nobody, where it counts as granted because a day has passed."""
    granted_on: date
    first_month: date
    amount_fen: int | None
    unit: str | None
    proposed: Finding
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitGrantedAtOnce(Event):
    """The registers of authorities proved every condition when it was applied for, and it was granted at once."""

    name: ClassVar[str] = "benefit_case.granted_at_once"

    case_id: UUID
    item: str
    organisation_id: UUID
    """Who answers for it."""
    granted_on: date
    first_month: date
    amount_fen: int | None
    unit: str | None
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRefused(Event):
    """The benefit was decided against the person; the words for the person stay in the case."""

    name: ClassVar[str] = "benefit_case.refused"

    case_id: UUID
    item: str
    refused_by: UUID
    refused_on: date
    reason: str
    proposed: Finding
    rule_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitWithdrawn(Event):
    """The person took the application back."""

    name: ClassVar[str] = "benefit_case.withdrawn"

    case_id: UUID
    withdrawn_by: UUID
    capacity: Capacity
    said_by: Voice | None
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitGivenUp(Event):
    """The person wants no more of what was granted; it stops with a month."""

    name: ClassVar[str] = "benefit_case.given_up"

    case_id: UUID
    item: str
    given_up_by: UUID
    capacity: Capacity
    said_by: Voice | None
    last_month: date | None
    given_up_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitReopened(Event):
    """A review has sent the case back, or changed what was decided: it is decided anew."""

    name: ClassVar[str] = "benefit_case.reopened"

    case_id: UUID
    review_decision: UUID
    reopened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitCorrectionAwaited(Event):
    """Something is missing, and the case waits for it; what that is stands in the correction."""

    name: ClassVar[str] = "benefit_case.correction_awaited"

    case_id: UUID
    asked_by: UUID
    asked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitCorrected(Event):
    """All that was missing is there, and the case goes on."""

    name: ClassVar[str] = "benefit_case.corrected"

    case_id: UUID
    corrected_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitConfirmed(Event):
    """The second person has said yes, and the case goes on."""

    name: ClassVar[str] = "benefit_case.confirmed"

    case_id: UUID
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRested(Event):
    """No answer has come in time, and the case rests. Nothing is refused by that."""

    name: ClassVar[str] = "benefit_case.rested"

    case_id: UUID
    rested_on: date

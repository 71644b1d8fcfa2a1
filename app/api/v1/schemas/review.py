"""Reviews of decisions, as they travel."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.speech import SaidBy
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.review import NotAcceptedReason, Review, ReviewAction, ReviewStage
from app.domain.shared.region import code_of
from app.domain.shared.voice import Capacity, Voice
from app.services.read_models import View


class ReviewCreate(Input):
    """What the person says against a decision."""

    statement: Annotated[LongText, Field(description="What is wrong with the decision, in the person's own words.")]
    excuse: Annotated[
        LongText | None, Field(description="Where the last day has passed: what kept the person from it.")
    ] = None
    said_by: SaidBy = None


class ReviewAcceptanceCreate(Input):
    """That the body hears it."""

    text: Annotated[LongText | None, Field(description="Why it is heard although it came late; else not needed.")] = (
        None
    )


class ReviewNonAcceptanceCreate(Input):
    """That the body does not hear it, in writing."""

    reason: NotAcceptedReason
    text: Annotated[LongText, Field(description="In plain words that the person can answer.")]


class ReviewOutcome(StrEnum):
    """What a body decides on a review."""

    UPHELD = "upheld"
    """The decision stands."""
    CHANGED = "changed"
    """What was refused is to be granted; not for a certificate, of which only doctors conclude."""
    SENT_BACK = "sent_back"
    """The office decides anew; a certificate is evaluated anew, by other doctors."""


_ACTIONS = {
    ReviewOutcome.UPHELD: ReviewAction.UPHOLD,
    ReviewOutcome.CHANGED: ReviewAction.CHANGE,
    ReviewOutcome.SENT_BACK: ReviewAction.SEND_BACK,
}


class ReviewDecisionCreate(Input):
    """What the body decides, with its reasons."""

    outcome: ReviewOutcome
    text: Annotated[LongText, Field(description="In plain words that the person can answer.")]

    def to_action(self) -> ReviewAction:
        """The step of the review."""
        return _ACTIONS[self.outcome]


class ReviewSummary(Output):
    """A review in a list."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: str
    decision_id: Annotated[UUID, Field(description="The decision that is reviewed.")]
    case_id: Annotated[UUID, Field(description="The case that was decided in the first place.")]
    item: Annotated[str | None, Field(max_length=64)]
    body_id: Annotated[UUID, Field(description="The organisation that hears it.")]
    stage: ReviewStage
    filed_on: Annotated[date, Field(description="The legal day on which it was filed.")]
    late: Annotated[bool, Field(description="Whether the last day had passed. A human weighs the excuse.")]
    due_on: Annotated[date, Field(description="By when the body says whether it hears it; then, by when it decides.")]
    version: Version

    @classmethod
    def of(cls, review: Review) -> Self:
        """The review as a line."""
        return cls(
            id=review.id,
            person_id=review.person_id,
            application_id=review.application_id,
            region_code=code_of(review.region),
            decision_id=review.decision_id,
            case_id=review.case_id,
            item=review.origin.item,
            body_id=review.body_id,
            stage=review.stage,
            filed_on=review.filed_on,
            late=review.is_late,
            due_on=review.due_on,
            version=review.version,
        )


class ReviewRead(ReviewSummary):
    """A review whole, with what the caller may do next and, for the rest, why not."""

    matter: Annotated[str, Field(max_length=32, description="What was decided in the first place.")]
    instance: Annotated[int, Field(ge=1, le=10, description="Which review of it this is.")]
    body: Annotated[str, Field(max_length=64, description="Code of the body.")]
    body_name: Annotated[str, Field(max_length=200)]
    last_day: Annotated[date, Field(description="The last day for filing, by the decision.")]
    filed_at: datetime
    capacity: Annotated[Capacity, Field(description="Through whom it was filed.")]
    said_by: Annotated[Voice | None, Field(description="Whose word an officer took down; null otherwise.")]
    statement: Annotated[str, Field(max_length=2000, description="What the person says.")]
    excuse: Annotated[str, Field(max_length=2000, description="What kept the person from filing in time.")]
    reason: Annotated[NotAcceptedReason | None, Field(description="Why it is not heard; null where it is.")]
    text: Annotated[str, Field(max_length=2000, description="What the body says in its own words.")]
    result_id: Annotated[UUID | None, Field(description="The decision that it ended with.")]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: View[Review], teller: Teller) -> Self:
        """The review as one caller sees it."""
        review = view.of
        return cls(
            **dict(ReviewSummary.of(review)),
            matter=review.origin.matter,
            instance=review.origin.instance,
            body=review.body,
            body_name=teller.say(f"body.{review.body}"),
            last_day=review.last_day,
            filed_at=review.filed_at,
            capacity=review.word.capacity,
            said_by=review.word.said_by,
            statement=review.statement,
            excuse=review.excuse,
            reason=review.answer.reason if review.answer else None,
            text=review.answer.text if review.answer else "",
            result_id=review.result_id,
            rule_versions=list(review.rule_versions),
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(review.person_id, teller),
        )

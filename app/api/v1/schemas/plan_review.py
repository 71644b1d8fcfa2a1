"""Reviews of individual plans and their end, as they travel."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, LongText, Output
from app.domain.plan import Findings, LifeEvent, Observation, Outcome, Review, Seen

MAX_GOALS = 20
GoalNumber = Annotated[int, Field(ge=1, le=MAX_GOALS, description="Its place among the goals, counted from one.")]


class ObservationCreate(Input):
    """What was seen of one goal."""

    goal: GoalNumber
    seen: Seen
    words: LongText | None = None

    def to_observation(self) -> Observation:
        """The observation in the domain's words."""
        return Observation(goal=self.goal, seen=self.seen, words=self.words)


class PlanReviewCreate(Input):
    """What a review has found."""

    observations: Annotated[list[ObservationCreate], Field(max_length=MAX_GOALS, description="Each goal, once.")]
    next_review_on: Annotated[
        LegalDate | None, Field(description="Leave it out where the plan no longer fits: then it is drawn up anew.")
    ] = None
    words: LongText | None = None

    def to_findings(self) -> Findings:
        """The findings in the domain's words."""
        observations = tuple(one.to_observation() for one in self.observations)
        return Findings(observations=observations, next_review_on=self.next_review_on, words=self.words)


class ClosureCreate(Input):
    """What a plan came to."""

    outcome: Outcome


class ObservationRead(Output):
    """What was seen of one goal."""

    goal: GoalNumber
    seen: Seen
    words: Annotated[str | None, Field(max_length=2000)]


class PlanReviewRead(Output):
    """One review."""

    on: date
    called_for: Annotated[list[LifeEvent], Field(max_length=10, description="What had happened before it.")]
    observations: Annotated[list[ObservationRead], Field(max_length=MAX_GOALS)]
    next_review_on: Annotated[date | None, Field(description="Null where another revision was to be drawn up.")]
    words: Annotated[str | None, Field(max_length=2000)]

    @classmethod
    def of(cls, review: Review) -> Self:
        """The review as it travels."""
        found = review.findings
        return cls(
            on=review.on,
            called_for=list(review.called_for),
            observations=[ObservationRead(goal=one.goal, seen=one.seen, words=one.words) for one in found.observations],
            next_review_on=found.next_review_on,
            words=found.words,
        )

"""Ratings, as they travel: to whoever gave them whole, to the unit without who gave them."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Code, Input, LongText, Output, Version
from app.domain.rating import FollowUp, FollowUpOutcome, Rating, Satisfaction
from app.services.rating import Said

Words = Annotated[LongText | None, Field(description="In the person's own words. Kept sealed.")]


class RatingCorrectionCreate(Input):
    """How content the person is, said anew."""

    satisfaction: Satisfaction
    words: Words = None

    def to_said(self) -> Said:
        """What is said, in the domain's words."""
        return Said(satisfaction=self.satisfaction, words=self.words)


class RatingCreate(RatingCorrectionCreate):
    """How content the person is with the service of one item."""

    item: Code


class RatingFollowUpCreate(Input):
    """What the unit found."""

    outcome: FollowUpOutcome
    answer: Annotated[LongText, Field(description="To the person: what was found, and what is done about it.")]


class FollowUpRead(Output):
    """The unit's answer."""

    outcome: FollowUpOutcome
    answer: LongText
    answered_on: date

    @classmethod
    def of(cls, follow_up: FollowUp) -> Self:
        """The answer as it travels."""
        return cls(outcome=follow_up.outcome, answer=follow_up.answer, answered_on=follow_up.on)


class BadRatingRead(Output):
    """A rating as the unit sees it: not who gave it, and not of which application."""

    id: UUID
    item: str
    owner_id: UUID
    satisfaction: Satisfaction
    words: Annotated[str | None, Field(max_length=2000)]
    rated_on: date
    follow_up_until: Annotated[date | None, Field(description="The last day for the unit's answer; null for none.")]
    follow_up: FollowUpRead | None
    version: Version

    @classmethod
    def of(cls, rating: Rating) -> Self:
        """The rating as it travels."""
        return cls(
            id=rating.id,
            item=rating.item,
            owner_id=rating.owner_id,
            satisfaction=rating.satisfaction,
            words=rating.words,
            rated_on=rating.rated_on,
            follow_up_until=rating.follow_up_until,
            follow_up=FollowUpRead.of(rating.follow_up) if rating.follow_up else None,
            version=rating.version,
        )


class RatingRead(Output):
    """A rating as whoever gave it sees it."""

    id: UUID
    application_id: UUID
    item: str
    owner_id: UUID
    satisfaction: Satisfaction
    words: Annotated[str | None, Field(max_length=2000)]
    rated_on: date
    correctable_until: Annotated[date, Field(description="The last day on which it may be corrected.")]
    follow_up_until: Annotated[date | None, Field(description="The last day for the unit's answer; null for none.")]
    follow_up: FollowUpRead | None
    version: Version

    @classmethod
    def of(cls, rating: Rating) -> Self:
        """The rating as it travels."""
        return cls(
            id=rating.id,
            application_id=rating.application_id,
            item=rating.item,
            owner_id=rating.owner_id,
            satisfaction=rating.satisfaction,
            words=rating.words,
            rated_on=rating.rated_on,
            correctable_until=rating.correctable_until,
            follow_up_until=rating.follow_up_until,
            follow_up=FollowUpRead.of(rating.follow_up) if rating.follow_up else None,
            version=rating.version,
        )


class RatingsRead(Output):
    """The ratings of one application's items."""

    ratings: Annotated[list[RatingRead], Field(max_length=100)]

    @classmethod
    def of(cls, ratings: Iterable[Rating]) -> Self:
        """The ratings as they travel."""
        return cls(ratings=[RatingRead.of(one) for one in ratings])

"""Moves of homes, as they travel."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, Output, RegionCode, Uuid, Version
from app.domain.person import FactSource, ResidenceMove
from app.domain.shared.region import code_of
from app.services.residence import Moved, Moving

MOST_ALONG = 20
"""How many may move along by one request."""


class ResidenceMoveCreate(Input):
    """Where a person has moved to, when, who has moved along, and how that is known."""

    region_code: Annotated[
        RegionCode, Field(description="The place of the new home, as exactly as it is known: its county at least.")
    ]
    moved_on: Annotated[LegalDate, Field(description="The first day there: today or before, after the move before.")]
    source: Annotated[FactSource, Field(description="How it is known.", examples=["counter"])]
    with_person_ids: Annotated[
        list[Uuid],
        Field(
            max_length=MOST_ALONG,
            description="Those who live with the person today and move along, children too. Whoever is not named "
            "stays, and lives without the person from that day on.",
        ),
    ] = Field(default_factory=list)

    def to_moving(self) -> Moving:
        """The move in the words of the use case."""
        return Moving(
            region_code=self.region_code,
            moved_on=self.moved_on,
            source=self.source,
            along=tuple(self.with_person_ids),
        )


class MovedAlongRead(Output):
    """Somebody of the household who has moved along."""

    person_id: UUID
    has_commissioner: Annotated[bool, Field(description="Whether a commissioner answers there.")]
    version: Annotated[Version, Field(description="That person's version.")]

    @classmethod
    def of(cls, moved: Moved) -> Self:
        """The one who has moved along, as it travels."""
        return cls(person_id=moved.id, has_commissioner=moved.has_commissioner, version=moved.version)


class ResidenceRead(Output):
    """Where a person lives now."""

    person_id: UUID
    region_code: str
    since: Annotated[date | None, Field(description="The day of the last move that is known.")]
    has_commissioner: Annotated[
        bool, Field(description="Whether a commissioner answers there; if not, the new place has a gap to fill.")
    ]
    moved_along: Annotated[
        list[MovedAlongRead], Field(max_length=MOST_ALONG, description="In the order in which they were named.")
    ]
    version: Version

    @classmethod
    def of(cls, moved: Moved) -> Self:
        """The home as it travels."""
        return cls(
            person_id=moved.id,
            region_code=code_of(moved.of.region),
            since=moved.of.residence_since,
            has_commissioner=moved.has_commissioner,
            moved_along=[MovedAlongRead.of(one) for one in moved.along],
            version=moved.version,
        )


class ResidenceMoveRead(Output):
    """One move of a person's home."""

    from_region_code: str
    to_region_code: str
    moved_on: date
    source: FactSource
    recorded_on: date

    @classmethod
    def of(cls, move: ResidenceMove) -> Self:
        """The move as it travels."""
        return cls(
            from_region_code=code_of(move.left),
            to_region_code=code_of(move.region),
            moved_on=move.moved_on,
            source=move.source,
            recorded_on=move.recorded_on,
        )


class ResidenceMoveList(Output):
    """A person's moves of home, the latest first."""

    items: Annotated[list[ResidenceMoveRead], Field(max_length=50)]

    @classmethod
    def of(cls, moves: Iterable[ResidenceMove]) -> Self:
        """The moves as they travel."""
        return cls(items=[ResidenceMoveRead.of(move) for move in moves])

"""Visits, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Code, Count, Input, LegalDate, Output
from app.domain.visit import Place, Purpose, Visit
from app.services.visit import MOST_VISITS, Seen, VisitsView


class VisitCreate(Input):
    """What somebody saw who saw the person."""

    purpose: Purpose
    place: Place
    visited_on: LegalDate
    item: Annotated[Code | None, Field(description="The item it was for; all of them, if not given.")] = None

    def to_seen(self) -> Seen:
        """What was seen, in the domain's words."""
        return Seen(purpose=self.purpose, place=self.place, visited_on=self.visited_on, item=self.item)


class VisitRead(Output):
    """One appearance of the person."""

    id: UUID
    purpose: Purpose
    place: Place
    visited_on: date
    item: str | None
    organisation_id: UUID | None
    counted: Annotated[bool, Field(description="Whether it was a way of the person's; a visit at home is none.")]

    @classmethod
    def of(cls, visit: Visit) -> Self:
        """The visit as it travels."""
        return cls(
            id=visit.id,
            purpose=visit.purpose,
            place=visit.place,
            visited_on=visit.visited_on,
            item=visit.item,
            organisation_id=visit.organisation_id,
            counted=visit.is_counted,
        )


class VisitsRead(Output):
    """All ways of the person for one application."""

    application_id: UUID
    ways: Annotated[Count, Field(description="What was done on one day at one organisation was one way.")]
    at_most: Annotated[Count, Field(description="How many ways there should be, by the rule of the place.")]
    visits: Annotated[list[VisitRead], Field(max_length=MOST_VISITS + 1, description="The earliest first.")]

    @classmethod
    def of(cls, view: VisitsView) -> Self:
        """The visits as they travel."""
        return cls(
            application_id=view.application_id,
            ways=view.ways,
            at_most=view.at_most,
            visits=[VisitRead.of(visit) for visit in view.visits],
        )

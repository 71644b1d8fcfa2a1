"""Moves of the household registration, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, Output, RegionCode, Version
from app.domain.person import Person
from app.domain.shared.region import code_of


class RegistrationMoveCreate(Input):
    """Where the household registration has gone, and when."""

    region_code: Annotated[RegionCode, Field(description="The place that it has moved to.")]
    moved_on: Annotated[LegalDate, Field(description="The day of the move in the register of households.")]


class RegistrationRead(Output):
    """Where a person is registered."""

    person_id: UUID
    region_code: str
    since: Annotated[date | None, Field(description="The day of the last move that is known.")]
    version: Version

    @classmethod
    def of(cls, person: Person) -> Self:
        """The registration as it travels."""
        return cls(
            person_id=person.id,
            region_code=code_of(person.registration_region),
            since=person.registration_since,
            version=person.version,
        )

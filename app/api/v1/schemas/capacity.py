"""Places of services as they travel, shaped by HSDS 3.1 (`service_capacity`)."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Input, Output
from app.domain.capacity import CapacityUnit, Places, Statement

MOST = 1_000_000
Amount = Annotated[int, Field(ge=0, le=MOST)]


class CapacityCreate(Input):
    """How many places there are, and how many of them are free at this moment."""

    unit: Annotated[CapacityUnit, Field(description="In what places are counted.")] = CapacityUnit.PLACE
    maximum: Annotated[Amount, Field(description="How many there are in all.", examples=[30])]
    available: Annotated[
        Amount, Field(description="How many are free now; what referrals hold counts as taken.", examples=[4])
    ]

    def to_statement(self) -> Statement:
        """What is said, in the words of the domain."""
        return Statement(unit=self.unit, maximum=self.maximum, available=self.available)


class CapacityRead(Output):
    """How many places there are and are free, as of what was said last and what referrals have taken since."""

    unit: CapacityUnit
    maximum: Annotated[Amount, Field(description="How many there are in all.")]
    available: Annotated[Amount, Field(description="How many are free now.")]
    held: Annotated[Amount, Field(description="How many referrals hold that are under way.")]
    updated: Annotated[datetime | None, Field(description="When the provider last said it; null if the catalogue did.")]
    total: Annotated[Amount, Field(description="The same as `maximum`.")]
    free: Annotated[Amount, Field(description="The same as `available`.")]
    as_of: Annotated[date, Field(description="The day on which it was last said.")]

    @classmethod
    def of(cls, places: Places) -> Self:
        """The places as they travel."""
        return cls(
            unit=places.unit,
            maximum=places.maximum,
            available=places.available,
            held=places.held,
            updated=places.updated_at,
            total=places.maximum,
            free=places.available,
            as_of=places.as_of,
        )

    @classmethod
    def told(cls, places: Places, _: Teller) -> Self:
        """The places, which need no language."""
        return cls.of(places)

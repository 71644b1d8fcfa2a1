"""What is missing in the archives of an area, as it travels."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Count, Output
from app.api.v1.schemas.wording import Text
from app.domain.archive import ChecklistItem, PlaceCount, Provider
from app.domain.shared.region import code_of
from app.domain.shared.wording import Wording
from app.services.archive import ArchiveGap, AssociationStanding
from app.services.ports.archive import Counted


class MissingItemRead(Output):
    """An item that is missing, and who brings it."""

    code: Annotated[str, Field(max_length=64, description="What programs compare.")]
    text: Text
    provided_by: Provider

    @classmethod
    def of(cls, item: ChecklistItem, told: Teller) -> Self:
        """The item as it travels."""
        return cls(code=item.code, text=told.word(item.wording), provided_by=item.provided_by)


class ArchiveGapRead(Output):
    """Somebody whose archive lacks something."""

    id: Annotated[UUID, Field(description="The person's.")]
    name: Annotated[str | None, Field(max_length=100)]
    region_code: Annotated[str, Field(max_length=12)]
    held: Annotated[Count, Field(description="How many of the required items are there.")]
    required: Annotated[Count, Field(description="How many must be there.")]
    missing: Annotated[list[MissingItemRead], Field(max_length=200)]

    @classmethod
    def of(cls, gap: ArchiveGap, told: Teller) -> Self:
        """The entry as it travels."""
        whole = gap.completeness
        return cls(
            id=gap.person_id,
            name=gap.name,
            region_code=code_of(gap.region),
            held=whole.held,
            required=whole.required,
            missing=[MissingItemRead.of(item, told) for item in whole.missing],
        )


class MissingCountRead(MissingItemRead):
    """How many archives lack an item."""

    required: Annotated[Count, Field(description="How many archives it belongs into.")]
    missing: Annotated[Count, Field(description="How many of these lack it.")]


class PlaceGapsRead(Output):
    """What is missing in the archives of one place."""

    region_code: Annotated[str, Field(max_length=12)]
    people: Annotated[Count, Field(description="How many archives of people there are.")]
    complete: Annotated[Count, Field(description="How many of these lack nothing.")]
    items: Annotated[list[MissingCountRead], Field(max_length=200)]

    @classmethod
    def of(cls, place: PlaceCount, told: Teller) -> Self:
        """The place as it travels."""
        items = [
            MissingCountRead(**dict(MissingItemRead.of(one.item, told)), required=one.required, missing=one.missing)
            for one in place.items
        ]
        return cls(region_code=code_of(place.region), people=place.people, complete=place.complete, items=items)


class ArchiveGapCountsRead(Output):
    """What is missing in the archives of an area, place by place."""

    counted_on: Annotated[
        date,
        Field(description="Today where it is of this moment; of a whole county the day of the last nightly count."),
    ]
    places: Annotated[list[PlaceGapsRead], Field(max_length=10_000)]

    @classmethod
    def of(cls, counted: Counted, told: Teller) -> Self:
        """The report as it travels."""
        return cls(counted_on=counted.on, places=[PlaceGapsRead.of(place, told) for place in counted.places])


class AssociationArchiveRead(Output):
    """How complete the archive of one association's work of a year is."""

    id: Annotated[UUID, Field(description="The association, by its organisation.")]
    name: Annotated[str, Field(max_length=200)]
    region_code: Annotated[str, Field(max_length=12)]
    checklist: Annotated[str, Field(max_length=200, description="The rule by which it was looked at.")]
    held: Annotated[Count, Field(description="How many of the required items are there.")]
    required: Annotated[Count, Field(description="How many must be there by now.")]
    missing: Annotated[list[MissingItemRead], Field(max_length=200)]

    @classmethod
    def of(cls, standing: AssociationStanding, told: Teller) -> Self:
        """The entry as it travels."""
        office, whole = standing.organisation, standing.completeness
        return cls(
            id=office.id,
            name=told.word(Wording(zh=office.name, en=office.name_en)),
            region_code=code_of(office.region),
            checklist=whole.checklist,
            held=whole.held,
            required=whole.required,
            missing=[MissingItemRead.of(item, told) for item in whole.missing],
        )

"""The roster as it stood on a day, as it travels."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LegalDate, Output, RegionCode
from app.domain.shared.region import code_of
from app.services.past_roster import Past


class RosterExportCreate(Input):
    """Of which place and day."""

    region_code: RegionCode
    on: Annotated[LegalDate, Field(description="The day; today at the latest.")]


class PastEntryRead(Output):
    """Somebody who stood on the roster."""

    id: Annotated[UUID, Field(description="The person's.")]
    name: Annotated[
        str | None, Field(max_length=100, description="Null where you may not know of the person any more.")
    ]
    region_code: Annotated[str, Field(max_length=12)]
    category: Annotated[str | None, Field(max_length=20, description="Null without a certificate.")]
    grade: Annotated[int | None, Field(ge=1, le=4)]
    since: Annotated[date, Field(description="Since when it was so.")]
    is_reconstructed: Annotated[
        bool, Field(description="Whether it follows from what is known today, for the roster was not kept yet.")
    ]

    @classmethod
    def of(cls, past: Past) -> Self:
        """The entry as it travels."""
        stood = past.stood
        return cls(
            id=stood.id,
            name=past.name,
            region_code=code_of(stood.region),
            category=stood.category.slug if stood.category else None,
            grade=stood.grade,
            since=stood.since,
            is_reconstructed=past.is_reconstructed,
        )

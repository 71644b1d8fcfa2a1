"""Records of access, as they travel."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.services.access_record import AccessView


class ActingOrganisationRead(Output):
    """An organisation that somebody acted for."""

    id: UUID
    name: Annotated[str, Field(max_length=200)]
    name_en: Annotated[str, Field(max_length=200)]


class AccessRecordRead(Output):
    """One request that showed something of the person."""

    at: Annotated[datetime, Field(description="When, by the wall.")]
    actor_id: Annotated[UUID, Field(description="The account that asked.")]
    organisations: Annotated[
        list[ActingOrganisationRead], Field(max_length=20, description="For whom the account acted at that time.")
    ]
    operation: Annotated[str, Field(max_length=64, description="The operation that was called.")]
    purpose: Annotated[
        str | None,
        Field(
            max_length=200,
            description="What for: that of the consent that it rested on, else what the request or the token said.",
            examples=["service_delivery"],
        ),
    ]
    purpose_text: Annotated[
        str | None, Field(max_length=200, description="The same in words, where it is one of GET /v1/sharing-purposes.")
    ]
    disclosed: Annotated[list[str], Field(max_length=50, description="The groups of fields that were shown.")]

    @classmethod
    def of(cls, view: AccessView, told: Teller) -> Self:
        """The record as it travels."""
        record = view.of
        return cls(
            at=record.recorded_at,
            actor_id=record.actor_id,
            organisations=[
                ActingOrganisationRead(id=one.id, name=one.name, name_en=one.name_en) for one in record.organisations
            ],
            operation=record.operation,
            purpose=record.purpose,
            purpose_text=told.word(view.purpose.wording) if view.purpose else None,
            disclosed=list(record.disclosed),
        )

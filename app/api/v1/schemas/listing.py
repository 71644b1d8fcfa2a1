"""What the catalogue says in a provider's name, as it travels."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.catalogue import ServiceDescribed
from app.api.v1.schemas.types import Input, ShortText, Version
from app.domain.catalogue import ListingStage, ServiceStatus
from app.services.listing import ListingView


class ServiceDeclineCreate(Input):
    """Why the provider does not stand by what is said in its name."""

    reason: Annotated[
        ShortText,
        Field(description="Offices of the area read it. No person's name.", examples=["我机构不提供上门服务。"]),
    ]


class ServiceListingRead(ServiceDescribed):
    """What is said of a service, and whether its provider stands by it."""

    status: Annotated[ServiceStatus, Field(description="Whether it is offered at present, as the catalogue says.")]
    stage: Annotated[ListingStage, Field(description="Whether its provider stands by it.")]
    declined_because: Annotated[str, Field(max_length=200, description="The provider's reason; empty else.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: ListingView, told: Teller) -> Self:
        """The service as one caller sees it."""
        service = view.offered.service
        return cls(
            **vars(ServiceDescribed.of(view.offered, told)),
            status=service.status,
            stage=service.stage,
            declined_because=service.declined_because,
            version=view.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
        )

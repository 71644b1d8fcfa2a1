"""What the catalogue says in a provider's name, as it travels."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.catalogue import LocationRead, PhoneRead, RegionCodeRead, ScheduleRead, ServiceSummary
from app.api.v1.schemas.types import Input, ShortText, Version
from app.domain.catalogue import ListingStage, ServiceStatus
from app.domain.shared.region import code_of
from app.services.listing import ListingView


class ServiceDeclineCreate(Input):
    """Why the provider does not stand by what is said in its name."""

    reason: Annotated[
        ShortText,
        Field(description="Offices of the area read it. No person's name.", examples=["我机构不提供上门服务。"]),
    ]


class ServiceListingRead(ServiceSummary):
    """What is said of a service, and whether its provider stands by it."""

    description: Annotated[str, Field(max_length=2000)]
    serves: Annotated[
        list[RegionCodeRead], Field(max_length=100, description="Whose residents it takes; empty for all.")
    ]
    locations: Annotated[list[LocationRead], Field(max_length=50)]
    schedules: Annotated[
        list[ScheduleRead], Field(max_length=20, description="When it is given, if otherwise than its places are open.")
    ]
    phones: Annotated[list[PhoneRead], Field(max_length=20)]
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
            **vars(ServiceSummary.of(view.offered, told)),
            description=told.word(service.description),
            serves=[code_of(area) for area in service.serves],
            locations=[LocationRead.of(location, told) for location in service.locations],
            schedules=[ScheduleRead.of(schedule, told) for schedule in service.schedules],
            phones=[PhoneRead.of(phone) for phone in service.phones],
            status=service.status,
            stage=service.stage,
            declined_because=service.declined_because,
            version=view.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
        )

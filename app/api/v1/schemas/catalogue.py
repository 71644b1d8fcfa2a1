"""Services of the catalogue as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Fen, Output
from app.api.v1.schemas.wording import CodedRead, Text
from app.domain.catalogue import Capacity, Family, Feature, Location, Mode, ProviderKind
from app.domain.shared.region import code_of
from app.services.catalogue import ServiceView
from app.services.ports.catalogue import Offered

RegionCodeRead = Annotated[str, Field(max_length=12)]
LanguageTag = Annotated[str, Field(max_length=16, description="BCP 47 tag.")]


class LocationRead(Output):
    """A place at which a service is offered."""

    id: UUID
    text: Text
    region_code: RegionCodeRead
    features: Annotated[list[Feature], Field(max_length=20, description="What makes it accessible.")]

    @classmethod
    def of(cls, location: Location, told: Teller) -> Self:
        """The place as it travels."""
        return cls(
            id=location.id,
            text=told.word(location.name),
            region_code=code_of(location.region),
            features=sorted(location.features),
        )


class CapacityRead(Output):
    """How many places there are, as of a day."""

    total: Annotated[int, Field(ge=0, le=1_000_000)]
    free: Annotated[int, Field(ge=0, le=1_000_000)]
    as_of: date

    @classmethod
    def of(cls, capacity: Capacity) -> Self:
        """The capacity as it travels."""
        return cls(total=capacity.total, free=capacity.free, as_of=capacity.as_of)


class ServiceSummary(Output):
    """A service as one organisation offers it."""

    id: UUID
    code: Annotated[str, Field(max_length=32, description="Which service of the catalogue it is, such as CARE-HOME.")]
    family: Family
    text: Annotated[str, Field(max_length=200, description="Its name, in the language of Content-Language.")]
    organisation_id: UUID
    organisation_text: Annotated[str, Field(max_length=200)]
    provider_kind: ProviderKind
    takes_referrals: Annotated[bool, Field(description="Whether people are referred to it; else one applies for it.")]
    mode: Mode
    region_code: Annotated[RegionCodeRead, Field(description="The area for which it is offered.")]
    meets: Annotated[list[str], Field(max_length=50, description="Needs that it meets, by their codes.")]
    languages: Annotated[list[LanguageTag], Field(max_length=20)]
    capacity: Annotated[CapacityRead | None, Field(description="Null where places are not counted.")]
    waiting_days: Annotated[int | None, Field(ge=0, le=10_000, description="Null where nobody knows.")]
    cost_fen: Annotated[Fen, Field(description="What the person pays for one unit, in fen.")]

    @classmethod
    def of(cls, offered: Offered, told: Teller) -> Self:
        """The service as a line."""
        service = offered.service
        return cls(
            id=service.id,
            code=service.code,
            family=service.family,
            text=told.word(service.name),
            organisation_id=service.organisation_id,
            organisation_text=told.word(offered.provider),
            provider_kind=service.provider_kind,
            takes_referrals=offered.takes_referrals,
            mode=service.mode,
            region_code=code_of(service.region),
            meets=sorted(service.meets),
            languages=sorted(service.languages),
            capacity=CapacityRead.of(service.capacity) if service.capacity else None,
            waiting_days=service.waiting_days,
            cost_fen=service.cost_fen,
        )


class ServiceRead(ServiceSummary):
    """A service whole, with the law that it stands on."""

    description: Annotated[str, Field(max_length=2000)]
    serves: Annotated[
        list[RegionCodeRead], Field(max_length=100, description="Whose residents it takes; empty for all.")
    ]
    locations: Annotated[list[LocationRead], Field(max_length=50)]
    documents: Annotated[list[str], Field(max_length=20, description="Codes of what the person brings along.")]
    kind: Annotated[CodedRead | None, Field(description="What the rules call it; null where they know it no more.")]
    source: Annotated[str | None, Field(max_length=500, description="The law or document that it stands on.")]
    exclusive_with: Annotated[list[str], Field(max_length=20, description="Services not given together with it.")]

    @classmethod
    def of_view(cls, view: ServiceView, told: Teller) -> Self:
        """The service with what the rules say of its kind."""
        service, kind = view.offered.service, view.kind
        return cls(
            **vars(ServiceSummary.of(view.offered, told)),
            description=told.word(service.description),
            serves=[code_of(area) for area in service.serves],
            locations=[LocationRead.of(location, told) for location in service.locations],
            documents=list(service.documents),
            kind=CodedRead(code=kind.code, text=told.word(kind.wording)) if kind else None,
            source=kind.source if kind else None,
            exclusive_with=sorted(kind.exclusive_with) if kind else [],
        )

"""Services of the catalogue as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.capacity import CapacityRead
from app.api.v1.schemas.job import JobInputCreate
from app.api.v1.schemas.types import Fen, Input, Output
from app.api.v1.schemas.wording import CodedRead, Text
from app.domain.catalogue import Family, Feature, Location, Mode, Phone, PhoneKind, ProviderKind, Schedule
from app.domain.job import JobKind
from app.domain.job.reading import InputFormat
from app.domain.shared.region import code_of
from app.services.catalogue import ServiceView
from app.services.job.orders import Order
from app.services.ports.catalogue import Offered

RegionCodeRead = Annotated[str, Field(max_length=12)]
LanguageTag = Annotated[str, Field(max_length=16, description="BCP 47 tag.")]


class ScheduleRead(Output):
    """When a place is open, or a service is given: every week or month alike."""

    rrule: Annotated[str, Field(max_length=100, description="The days, as a recurrence rule of RFC 5545.")]
    opens_at: Annotated[str, Field(max_length=5, description="By the clock of the place, such as 10:00.")]
    closes_at: Annotated[str, Field(max_length=5, description="On the same day.")]
    valid_from: date | None
    valid_to: date | None
    note: Annotated[str | None, Field(max_length=500)]

    @classmethod
    def of(cls, schedule: Schedule, told: Teller) -> Self:
        """The schedule as it travels."""
        return cls(
            rrule=schedule.rrule,
            opens_at=f"{schedule.opens_at:%H:%M}",
            closes_at=f"{schedule.closes_at:%H:%M}",
            valid_from=schedule.valid_from,
            valid_to=schedule.valid_to,
            note=told.word(schedule.note) if schedule.note else None,
        )


class PhoneRead(Output):
    """A published number."""

    number: Annotated[str, Field(max_length=40)]
    kind: PhoneKind

    @classmethod
    def of(cls, phone: Phone) -> Self:
        """The number as it travels."""
        return cls(number=phone.number, kind=phone.kind)


class LocationRead(Output):
    """A place at which a service is offered."""

    id: UUID
    text: Text
    region_code: RegionCodeRead
    features: Annotated[list[Feature], Field(max_length=20, description="What makes it accessible.")]
    schedules: Annotated[list[ScheduleRead], Field(max_length=20, description="When it is open; empty: not known.")]
    phones: Annotated[list[PhoneRead], Field(max_length=20)]

    @classmethod
    def of(cls, location: Location, told: Teller) -> Self:
        """The place as it travels."""
        return cls(
            id=location.id,
            text=told.word(location.name),
            region_code=code_of(location.region),
            features=sorted(location.features),
            schedules=[ScheduleRead.of(schedule, told) for schedule in location.schedules],
            phones=[PhoneRead.of(phone) for phone in location.phones],
        )


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
            capacity=CapacityRead.of(offered.places) if offered.places else None,
            waiting_days=service.waiting_days,
            cost_fen=service.cost_fen,
        )


class ServiceDescribed(ServiceSummary):
    """All that is said of a service, whoever stands by it."""

    description: Annotated[str, Field(max_length=2000)]
    serves: Annotated[
        list[RegionCodeRead], Field(max_length=100, description="Whose residents it takes; empty for all.")
    ]
    locations: Annotated[list[LocationRead], Field(max_length=50)]
    schedules: Annotated[
        list[ScheduleRead], Field(max_length=20, description="When it is given, if otherwise than its places are open.")
    ]
    phones: Annotated[list[PhoneRead], Field(max_length=20)]

    @classmethod
    def of(cls, offered: Offered, told: Teller) -> Self:
        """The service as it is offered."""
        service = offered.service
        return cls(
            **vars(ServiceSummary.of(offered, told)),
            description=told.word(service.description),
            serves=[code_of(area) for area in service.serves],
            locations=[LocationRead.of(location, told) for location in service.locations],
            schedules=[ScheduleRead.of(schedule, told) for schedule in service.schedules],
            phones=[PhoneRead.of(phone) for phone in service.phones],
        )


class ServiceRead(ServiceDescribed):
    """A service whole, with the law that it stands on."""

    documents: Annotated[list[str], Field(max_length=20, description="Codes of what the person brings along.")]
    kind: Annotated[CodedRead | None, Field(description="What the rules call it; null where they know it no more.")]
    source: Annotated[str | None, Field(max_length=500, description="The law or document that it stands on.")]
    exclusive_with: Annotated[list[str], Field(max_length=20, description="Services not given together with it.")]

    @classmethod
    def of_view(cls, view: ServiceView, told: Teller) -> Self:
        """The service with what the rules say of its kind."""
        service, kind = view.offered.service, view.kind
        return cls(
            **vars(ServiceDescribed.of(view.offered, told)),
            documents=list(service.documents),
            kind=CodedRead(code=kind.code, text=told.word(kind.wording)) if kind else None,
            source=kind.source if kind else None,
            exclusive_with=sorted(kind.exclusive_with) if kind else [],
        )


class CatalogueImportCreate(Input):
    """A table of services. It comes along as `input`, or is handed in afterwards with PUT."""

    dry_run: Annotated[bool, Field(description="Only say what would come of each row: nothing is written.")] = False
    overwrite: Annotated[
        bool, Field(description="Whether what is held is changed to what the table says; else it is only told.")
    ] = False
    input: Annotated[JobInputCreate | None, Field(description="The table, where it is small.")] = None

    def to_order(self) -> Order:
        """The order in the words of the use case."""
        return Order(
            kind=JobKind.CATALOGUE_IMPORT,
            parameters={},
            is_dry_run=self.dry_run,
            format=self.input.format if self.input else InputFormat.CSV,
            text=self.input.text if self.input else None,
        )

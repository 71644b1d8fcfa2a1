"""The objects of HSDS 3.1 as they travel, with the spelling of the standard. What is not known is left out.

Source: Open Referral, Human Services Data Specification 3.1, schema reference.
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeAlias, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

ITEMS = 200
MOST_MINIMAL = 10_000
"""On one page, where no more is told of each than when it was changed: harvesters want them all at once."""
Item = TypeVar("Item")


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Optional = Field(default=None, json_schema_extra=_without_default)
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=2000)]
Source = Annotated[str, Field(max_length=500, description="The law or document that says who has it.")]
Years = Annotated[int, Field(ge=0, le=150)]
Days = Annotated[str, Field(max_length=200, description="Days of the week, such as TU,FR; of a month 1MO or -1FR.")]
MonthDays = Annotated[str, Field(max_length=200, description="Days of the month, such as 15; -1 is the last.")]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


Several: TypeAlias = Annotated[list[Item], Field(max_length=ITEMS)] | SkipJsonSchema[None]


class Shape(BaseModel):
    """An object of the standard."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_json(self) -> bytes:
        """Without what is not known: a null is nothing that the standard's schemas take."""
        return self.model_dump_json(exclude_none=True).encode()


class TaxonomyShape(Shape):
    """Where terms are taken from."""

    id: UUID
    name: Short
    description: Long


class TermShape(Shape):
    """A term by which services are found."""

    id: UUID
    code: Short
    name: Short
    description: Long
    taxonomy: Short
    taxonomy_detail: TaxonomyShape


class AttributeShape(Shape):
    """That a term is true of a service."""

    id: UUID
    link_id: UUID
    link_entity: Literal["service"]
    taxonomy_term_id: UUID
    label: Short
    taxonomy_term: TermShape


class LanguageShape(Shape):
    """A language that is spoken."""

    id: UUID
    name: Short
    code: Annotated[str, Field(max_length=3, description="ISO 639.")]


class AccessibilityShape(Shape):
    """What makes a place accessible."""

    id: UUID
    description: Short


class ScheduleShape(Shape):
    """When it is open: a recurrence rule of RFC 5545, in parts, by the clock of the place."""

    id: UUID
    freq: Literal["WEEKLY", "MONTHLY"]
    interval: Annotated[int, Field(ge=1, le=1)]
    byday: Days | SkipJsonSchema[None] = Optional
    bymonthday: MonthDays | SkipJsonSchema[None] = Optional
    opens_at: Annotated[str, Field(max_length=11, description="With the distance to UTC, such as 10:00+08:00.")]
    closes_at: Annotated[str, Field(max_length=11)]
    timezone: Annotated[float, Field(ge=-14, le=14, description="Hours from UTC.")]
    valid_from: date | SkipJsonSchema[None] = Optional
    valid_to: date | SkipJsonSchema[None] = Optional
    description: Long | SkipJsonSchema[None] = Optional


class PhoneShape(Shape):
    """A number that is published."""

    id: UUID
    number: Short
    type: Literal["voice", "text", "fax"]


class LocationShape(Shape):
    """A place at which a service is offered."""

    id: UUID
    location_type: Literal["physical"]
    name: Short
    alternate_name: Short
    external_identifier: Annotated[str, Field(max_length=20, description="Code of its region.")]
    external_identifier_type: Literal["GB/T 2260"]
    accessibility: Several[AccessibilityShape] = Optional
    schedules: Several[ScheduleShape] = Optional
    phones: Several[PhoneShape] = Optional


class ServiceAtLocationShape(Shape):
    """A service at one of its places."""

    id: UUID
    service_id: UUID
    location_id: UUID
    location: LocationShape


class ServiceAreaShape(Shape):
    """Whose residents it takes."""

    id: UUID
    name: Short
    extent: Annotated[str, Field(max_length=20, description="Code of the region (GB/T 2260).")]
    extent_type: Literal["text"]


class CostOptionShape(Shape):
    """What the person pays."""

    id: UUID
    currency: Literal["CNY"]
    amount: Annotated[float, Field(ge=0, le=100_000_000, description="In yuan, for one unit.")]


class RequiredDocumentShape(Shape):
    """What the person brings along."""

    id: UUID
    document: Short


class UnitShape(Shape):
    """In what places are counted."""

    id: UUID
    name: Short


class CapacityShape(Shape):
    """How many places there are."""

    id: UUID
    unit: UnitShape
    available: Count
    maximum: Count
    updated: datetime


class OrganizationShape(Shape):
    """Who offers it."""

    id: UUID
    name: Short
    alternate_name: Short
    description: Long


class ServiceListedShape(Shape):
    """A service with what there is once of it."""

    id: UUID
    organization_id: UUID
    name: Short
    alternate_name: Annotated[Short, Field(description="Its name in the other language.")]
    description: Long
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    minimum_age: Years | SkipJsonSchema[None] = Optional
    maximum_age: Years | SkipJsonSchema[None] = Optional
    eligibility_description: Source | SkipJsonSchema[None] = Optional
    last_modified: datetime
    organization: OrganizationShape


class ServiceShape(ServiceListedShape):
    """A service with everything."""

    phones: Several[PhoneShape] = Optional
    schedules: Several[ScheduleShape] = Optional
    service_areas: Several[ServiceAreaShape] = Optional
    service_at_locations: Several[ServiceAtLocationShape] = Optional
    languages: Several[LanguageShape] = Optional
    cost_options: Several[CostOptionShape] = Optional
    required_documents: Several[RequiredDocumentShape] = Optional
    capacities: Several[CapacityShape] = Optional
    attributes: Several[AttributeShape] = Optional


class ServiceMinimalShape(Shape):
    """No more of a service than when it was changed, in the words of the standard for `minimal`."""

    id: UUID
    modified_date: datetime


class OrganizationWithServicesShape(OrganizationShape):
    """Who offers services, and which."""

    services: Annotated[
        list[ServiceShape], Field(max_length=ITEMS, description="The first of them, where they are many.")
    ]


class ServiceAtLocationWithServiceShape(ServiceAtLocationShape):
    """A service at one of its places, with both."""

    service: ServiceListedShape


class PageShape(Shape, Generic[Item]):
    """A page of a list, as HSDS counts pages."""

    total_items: Count
    total_pages: Count
    page_number: Annotated[int, Field(ge=1, le=1_000_000)]
    size: Annotated[int, Field(ge=0, le=MOST_MINIMAL, description="How many are on this page.")]
    first_page: bool
    last_page: bool
    empty: bool
    contents: Annotated[list[Item], Field(max_length=100)]


class ServicePage(PageShape[ServiceShape]):
    """A page of services."""


class ServiceMinimalPage(PageShape[ServiceMinimalShape]):
    """A page of services, and no more of each than when it was changed."""

    contents: Annotated[list[ServiceMinimalShape], Field(max_length=MOST_MINIMAL)]


class OrganizationPage(PageShape[OrganizationShape]):
    """A page of organisations."""


class ServiceAtLocationPage(PageShape[ServiceAtLocationWithServiceShape]):
    """A page of services at their places."""


class TaxonomyPage(PageShape[TaxonomyShape]):
    """A page of taxonomies."""


class TermPage(PageShape[TermShape]):
    """A page of the terms of taxonomies."""


class AboutShape(Shape):
    """What this is, and of which version."""

    version: Literal["3.1"]
    profile: Annotated[str, Field(max_length=200, json_schema_extra={"format": "uri"})]
    openapi_url: Annotated[str, Field(max_length=300, json_schema_extra={"format": "uri"})]
    description: Long

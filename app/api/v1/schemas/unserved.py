"""What is due and not received, and how far plans reach, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Count, Output
from app.api.v1.schemas.wording import CodedRead
from app.domain.plan import Part
from app.domain.shared.region import code_of
from app.services.unserved import CoverageCount, CoverageOfPlans, NamedUnserved, UnservedCount, UnservedReport

MOST_ROWS = 20_000
AreaCode = Annotated[str, Field(max_length=20)]
Hidden = "Null where a figure of the row is small, or would tell a small one of another area."


class UnservedCountRead(Output):
    """One service in one area."""

    region_code: AreaCode
    service: CodedRead
    due: Annotated[Count | None, Field(description=f"To how many it is due. {Hidden}")]
    unserved: Annotated[Count | None, Field(description="How many of them do not receive it, as far as is on record.")]
    unknown: Annotated[Count | None, Field(description="Of whom something is not known that decides it.")]

    @classmethod
    def of(cls, count: UnservedCount, told: Teller) -> Self:
        """The figures as they travel."""
        found = count.found
        return cls(
            region_code=code_of(count.region),
            service=CodedRead(code=count.service.code, text=told.word(count.service.wording)),
            due=found.met if found else None,
            unserved=found.met - found.receiving if found else None,
            unknown=found.unknown if found else None,
        )


class UnservedReportRead(Output):
    """What is due and not received, by area and service. Nobody is named."""

    region_code: Annotated[AreaCode | None, Field(description="The place; null for the country.")]
    minimum_cell: Annotated[Count, Field(description="Smaller figures than this are not shown.")]
    rows: Annotated[list[UnservedCountRead], Field(max_length=MOST_ROWS)]

    @classmethod
    def of(cls, report: UnservedReport, told: Teller) -> Self:
        """The report as it travels."""
        return cls(
            region_code=code_of(report.region) or None,
            minimum_cell=report.minimum_cell,
            rows=[UnservedCountRead.of(count, told) for count in report.counts],
        )


class UnservedRead(Output):
    """Somebody to whom a service is due, and who does not receive it as far as is on record."""

    person_id: UUID
    name: Annotated[str | None, Field(max_length=100, description="The person's name.")]
    region_code: AreaCode
    known_on: Annotated[date, Field(description="The day by whose facts it was found.")]

    @classmethod
    def of(cls, found: NamedUnserved) -> Self:
        """The person as they travel."""
        one = found.unserved
        return cls(person_id=one.person_id, name=found.name, region_code=code_of(one.region), known_on=one.known_on)


class PartCountRead(Output):
    """One of the four parts of plans in force."""

    part: Part
    plans: Annotated[Count, Field(description="How many plans have it.")]


class PlanCoverageRead(Output):
    """How far plans reach in one area."""

    region_code: AreaCode
    people: Annotated[Count | None, Field(description=f"Holders of a certificate in force. {Hidden}")]
    planned: Annotated[Count | None, Field(description="How many of them have a plan in force.")]
    parts: Annotated[list[PartCountRead] | None, Field(max_length=4, description="Of these plans.")]

    @classmethod
    def of(cls, count: CoverageCount) -> Self:
        """The figures as they travel."""
        parts = count.parts
        return cls(
            region_code=code_of(count.region),
            people=count.people,
            planned=count.planned,
            parts=None if parts is None else [PartCountRead(part=part, plans=parts[part]) for part in Part],
        )


class PlanCoverageReportRead(Output):
    """How far plans reach, area by area. Nobody is named."""

    region_code: Annotated[AreaCode | None, Field(description="The place; null for the country.")]
    minimum_cell: Annotated[Count, Field(description="Smaller figures than this are not shown.")]
    rows: Annotated[list[PlanCoverageRead], Field(max_length=MOST_ROWS)]

    @classmethod
    def of(cls, report: CoverageOfPlans) -> Self:
        """The report as it travels."""
        return cls(
            region_code=code_of(report.region) or None,
            minimum_cell=report.minimum_cell,
            rows=[PlanCoverageRead.of(count) for count in report.counts],
        )

"""Reported deaths, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.v1.schemas.types import Input, LongText, Output, Uuid
from app.domain.death_report import DeathReport, ToldBy
from app.services.death_report import DeathReportView

MOST_RECORDS = 100


class ToldRead(Output):
    """One record that says that a person has died; what was said and seen stays there."""

    by: Annotated[ToldBy, Field(description="What kind of record it is.")]
    record_id: Annotated[UUID, Field(description="Of the recheck, the entry of a survey, or the visit at home.")]
    told_on: Annotated[date, Field(description="The day on which it was told.")]

    @classmethod
    def all_of(cls, report: DeathReport | None) -> list[Self]:
        """All of a report, the earliest first."""
        told = report.told if report else ()
        return [cls(by=one.by, record_id=one.record_id, told_on=one.on) for one in told]


class DeathReportRead(Output):
    """Whether it is told that a person has died, which no cancelled certificate confirms."""

    person_id: UUID
    is_reported: Annotated[bool, Field(description="Whether it is told, and nobody has found otherwise since.")]
    since: Annotated[date | None, Field(description="Since when it is told.")]
    told: Annotated[list[ToldRead], Field(max_length=MOST_RECORDS, description="By which records.")]

    @classmethod
    def of(cls, view: DeathReportView) -> Self:
        """The report as it travels."""
        return cls(
            person_id=view.person_id,
            is_reported=view.report is not None,
            since=view.report.since if view.report else None,
            told=ToldRead.all_of(view.report),
        )


class DeathRetractionCreate(Input):
    """Which records are wrong as far as they say that the person has died, and how that is known."""

    record_ids: Annotated[
        list[Uuid],
        Field(min_length=1, max_length=MOST_RECORDS, description="All that GET /v1/persons/{id}/death-report names."),
    ]
    text: LongText

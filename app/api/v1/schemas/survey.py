"""Rounds of the survey and how far they are, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Code, Count, Input, LegalDate, Output, RegionCode, Version
from app.domain.shared.region import code_of
from app.domain.survey import (
    Coverage,
    Difference,
    Population,
    Progress,
    RoundStage,
    SurveyRound,
    SurveyStage,
)
from app.services.ports.survey import SurveyCount
from app.services.survey import (
    Assignment,
    CoverageReport,
    Opening,
    RoundView,
)

Place = Annotated[str, Field(max_length=12, description="Code of the place.")]
Owner = Annotated[UUID | None, Field(description="The federation or association that surveys the person.")]


class SurveyRoundCreate(Input):
    """A round of the survey: where, whom it is about, and when."""

    region_code: Annotated[RegionCode, Field(description="The area; everybody who lives there today is listed.")]
    population: Population
    opens_on: LegalDate
    closes_on: Annotated[LegalDate, Field(description="The last day that is meant for it.")]
    instrument: Annotated[
        Code | None,
        Field(
            description="Whose questions are asked, in the version in use on the first day; unless named, those of the "
            "instrument that the rules of the place name."
        ),
    ] = None

    def to_opening(self) -> Opening:
        """The request in the use case's words."""
        return Opening(
            region_code=self.region_code,
            population=self.population,
            opens_on=self.opens_on,
            closes_on=self.closes_on,
            instrument=self.instrument,
        )


class SurveyRoundSummary(Output):
    """A round as a line."""

    id: UUID
    region_code: Place
    population: Population
    stage: RoundStage
    opens_on: date
    closes_on: date
    instrument: Annotated[str, Field(max_length=64)]
    instrument_version: Annotated[str, Field(max_length=32)]
    previous_id: Annotated[UUID | None, Field(description="The round with which answers are compared.")]
    version: Version

    @classmethod
    def of(cls, shown: SurveyRound) -> Self:
        """The round as it travels."""
        return cls(
            id=shown.id,
            region_code=code_of(shown.region),
            population=shown.population,
            stage=shown.stage,
            opens_on=shown.opens_on,
            closes_on=shown.closes_on,
            instrument=shown.instrument,
            instrument_version=shown.instrument_version,
            previous_id=shown.previous_id,
            version=shown.version,
        )


class SurveyProgressRead(Output):
    """How the people of one place stand who are surveyed by one organisation."""

    region_code: Place
    owner_id: Owner
    stage: SurveyStage
    difference: Difference | None
    people: Count

    @classmethod
    def of(cls, count: SurveyCount) -> Self:
        """The figure as it travels."""
        return cls(
            region_code=code_of(count.region),
            owner_id=count.owner_id,
            stage=count.stage,
            difference=count.difference,
            people=count.people,
        )


class SurveyRoundRead(SurveyRoundSummary):
    """A round with how far it is: of the caller's areas."""

    listed: Annotated[Count, Field(description="How many people are in it.")]
    stages: Annotated[dict[SurveyStage, int], Field(description="How many of them stand where.")]
    differences: Annotated[
        dict[Difference, int], Field(description="How many are otherwise than in the round before, and how.")
    ]
    no_longer_listed: Annotated[Count, Field(description="How many people of the round before are not in this one.")]
    progress: Annotated[
        list[SurveyProgressRead], Field(max_length=10_000, description="The same by place and organisation.")
    ]
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: RoundView, told: Teller) -> Self:
        """The round as one caller sees it."""
        return cls(
            **vars(SurveyRoundSummary.of(view.of)),
            listed=sum(count.people for count in view.counts),
            stages={stage: view.by_stage[stage] for stage in SurveyStage},
            differences={difference: view.by_difference[difference] for difference in Difference},
            no_longer_listed=view.no_longer_listed,
            progress=[SurveyProgressRead.of(count) for count in view.counts],
            actions=[ActionRead.of(action, told) for action in view.actions],
        )


class SurveyAssignmentCreate(Input):
    """That an organisation surveys the people of an area."""

    owner_id: Annotated[UUID, Field(description="A federation or an association that serves the area.")]
    region_code: Annotated[
        RegionCode | None, Field(description="A part of the round's area; all of it, if not given.")
    ] = None


class SurveyAssignmentRead(Output):
    """How many people an organisation was asked to survey."""

    round_id: UUID
    owner_id: UUID
    assigned: Count

    @classmethod
    def of(cls, assignment: Assignment, _told: Teller) -> Self:
        """The assignment as it travels."""
        return cls(round_id=assignment.round_id, owner_id=assignment.owner_id, assigned=assignment.assigned)


class SurveyProgressOfRead(Output):
    """How the people of a round stand for whom one commissioner answers."""

    commissioner_id: Annotated[UUID | None, Field(description="Null for those for whom nobody answers.")]
    name: Annotated[str | None, Field(max_length=100, description="What colleagues call the commissioner.")]
    people: Annotated[Count, Field(description="People of the round for whom the commissioner answers today.")]
    to_do: Annotated[Count, Field(description="How many of them are still to be surveyed.")]
    reported_dead: Annotated[
        Count, Field(description="How many more would be, and are reported dead: nobody is sent to ask for them.")
    ]
    stages: Annotated[dict[SurveyStage, int], Field(description="How many of them stand where.")]

    @classmethod
    def of(cls, progress: Progress) -> Self:
        """The figures as they travel."""
        return cls(
            commissioner_id=progress.commissioner_id,
            name=progress.name,
            people=progress.people,
            to_do=progress.to_do,
            reported_dead=progress.reported_dead,
            stages={stage: progress.stages.get(stage, 0) for stage in SurveyStage},
        )


class PopulationReachRead(Output):
    """How far the survey reached in one population."""

    population: Population
    known: Annotated[Count, Field(description="Who belongs to it today, by the register or by the ledger.")]
    listed: Annotated[Count, Field(description="Who was in a round that began in these days.")]
    surveyed: Annotated[Count, Field(description="Who of these has answered.")]
    basis_points: Annotated[
        int | None,
        Field(ge=0, description="Surveyed of known, in hundredths of a per cent; null where nobody is known."),
    ]

    @classmethod
    def of(cls, coverage: Coverage) -> Self:
        """The figures as they travel."""
        return cls(
            population=coverage.population,
            known=coverage.known,
            listed=coverage.listed,
            surveyed=coverage.surveyed,
            basis_points=coverage.basis_points,
        )


class SurveyReachRead(Output):
    """How far the survey reached in an area, for the two populations apart. They are never added up."""

    first_on: date
    last_on: date
    region_code: Annotated[str | None, Field(max_length=12, description="Null for all of the caller's areas.")]
    populations: Annotated[list[PopulationReachRead], Field(max_length=2)]

    @classmethod
    def of(cls, report: CoverageReport) -> Self:
        """The report as it travels."""
        return cls(
            first_on=report.period.first,
            last_on=report.period.last,
            region_code=code_of(report.region) if report.region is not None else None,
            populations=[PopulationReachRead.of(coverage) for coverage in report.populations],
        )

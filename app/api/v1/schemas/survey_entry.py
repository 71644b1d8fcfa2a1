"""The people of a survey round and what came of each, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.job import JobInputCreate
from app.api.v1.schemas.survey import Owner, Place
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, Output, Version
from app.api.v1.schemas.wording import SentenceRead
from app.domain.job import JobKind
from app.domain.job.reading import InputFormat
from app.domain.shared.region import code_of
from app.domain.survey import (
    Assigned,
    Difference,
    Population,
    SurveyStage,
)
from app.services.job.orders import Order
from app.services.survey import (
    SurveyEntryView,
    SurveyOutcome,
)


class SurveyResultCreate(Input):
    """What came of somebody in a round."""

    outcome: Annotated[SurveyOutcome, Field(description="`surveyed` names an assessment; the others name none.")]
    assessment_id: Annotated[
        UUID | None,
        Field(description="Where the person has answered; one that still counts may be used instead of asking again."),
    ] = None


class SurveyImportCreate(Input):
    """Results of a round. Their table comes along as `input`, or is handed in afterwards with PUT."""

    dry_run: Annotated[bool, Field(description="Only look what would come of each row: nothing is written.")] = False
    input: Annotated[JobInputCreate | None, Field(description="The table, where it is small.")] = None

    def to_order(self) -> Order:
        """The order in the words of the use case."""
        return Order(
            kind=JobKind.SURVEY_IMPORT,
            parameters={},
            is_dry_run=self.dry_run,
            format=self.input.format if self.input else InputFormat.CSV,
            text=self.input.text if self.input else None,
        )


class SurveyorRead(Output):
    """Who surveys a person, and why."""

    commissioner_id: Annotated[UUID | None, Field(description="Null where nobody does: a gap of the township.")]
    name: Annotated[str | None, Field(max_length=100, description="What colleagues call the commissioner.")]
    reason: SentenceRead

    @classmethod
    def of(cls, assigned: Assigned, name: str | None, told: Teller) -> Self:
        """The assignment as it travels."""
        return cls(commissioner_id=assigned.commissioner_id, name=name, reason=SentenceRead.of(assigned.reason, told))


class SurveyEntryRead(Output):
    """One person of a round."""

    id: UUID
    round_id: UUID
    person_id: UUID
    name: Annotated[str | None, Field(max_length=100, description="Null where the person is not the caller's to see.")]
    region_code: Place
    population: Population
    owner_id: Owner
    surveyor: Annotated[SurveyorRead | None, Field(description="Who is to survey the person; null where it is done.")]
    stage: SurveyStage
    assessment_id: UUID | None
    difference: Annotated[Difference | None, Field(description="What is otherwise than in the round before.")]
    changed: Annotated[
        list[str], Field(max_length=200, description="Items whose answers are others than in the round before.")
    ]
    recorded_on: date | None
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: SurveyEntryView, told: Teller) -> Self:
        """The entry as one caller sees it."""
        entry = view.of
        return cls(
            id=entry.id,
            round_id=entry.round_id,
            person_id=entry.person_id,
            name=view.person.name_on(view.on) if view.person else None,
            region_code=code_of(entry.region),
            population=entry.population,
            owner_id=entry.owner_id,
            surveyor=SurveyorRead.of(view.assigned, view.surveyor, told) if view.assigned else None,
            stage=entry.stage,
            assessment_id=entry.assessment_id,
            difference=entry.difference,
            changed=list(entry.changed),
            recorded_on=entry.recorded_on,
            version=entry.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
            told_as=ToldAsRead.of(entry.person_id, told),
        )

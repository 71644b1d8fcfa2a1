"""Reports of needs, as they travel: the need by its code and the person by an id, and nothing else of either."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Code, Input, Output, ShortText, Version
from app.domain.need_report import NeedReportOutcome, NeedReportStage
from app.domain.shared.region import code_of
from app.services.need_report import NeedReportView


class NeedReportCreate(Input):
    """What is needed."""

    need: Annotated[Code, Field(description="By its code in the catalogue of needs.", examples=["long_term_care"])]
    text: Annotated[ShortText, Field(description="What was tried, in a sentence. No diagnosis and no name.")]


class NeedAnswerCreate(Input):
    """What came of it."""

    outcome: NeedReportOutcome
    text: Annotated[ShortText, Field(description="What the person is told.")]


class NeedReportRead(Output):
    """A report of a need."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    need: Annotated[str, Field(max_length=64)]
    text: Annotated[str, Field(max_length=200)]
    reported_by: UUID
    reported_on: date
    stage: Annotated[NeedReportStage, Field(description="Who has it now.")]
    due_on: Annotated[date, Field(description="The last day for whoever has it now.")]
    is_overdue: Annotated[bool, Field(description="Whether that day has passed without an answer.")]
    outcome: Annotated[NeedReportOutcome | None, Field(description="Null before there is an answer.")]
    answer: Annotated[str, Field(max_length=200, description="What the person is told; empty before.")]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: NeedReportView, teller: Teller) -> Self:
        """The report as one caller sees it."""
        report = view.of
        return cls(
            id=report.id,
            person_id=report.person_id,
            region_code=code_of(report.region),
            need=report.need,
            text=report.words,
            reported_by=report.reported_by,
            reported_on=report.reported_on,
            stage=report.stage,
            due_on=report.due_on,
            is_overdue=report.is_overdue(view.on),
            outcome=report.outcome,
            answer=report.answer,
            rule_versions=list(report.rule_versions),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(report.person_id, teller),
        )

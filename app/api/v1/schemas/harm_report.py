"""Reports of suspected harm, as they travel."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.harm_report import AtRisk, HarmKind, HarmStage, Suspicion
from app.domain.shared.region import code_of
from app.services.harm_report import HarmView


class HarmReportCreate(Input):
    """What is suspected."""

    kind: HarmKind
    text: Annotated[LongText, Field(description="What was seen or heard, and when. No accusation is needed.")]
    told_police: Annotated[bool, Field(description="Whether the police (110) were called as well.")] = False

    def to_suspicion(self, person_id: UUID) -> Suspicion:
        """The suspicion in the domain's words."""
        return Suspicion(person_id=person_id, kind=self.kind, words=self.text, told_police=self.told_police)


class HarmAnswerCreate(Input):
    """What the reporter is told."""

    text: Annotated[LongText, Field(description="What was done, as far as the reporter may know it.")]


class HarmReportRead(Output):
    """A report of suspected harm."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12, description="The county whose body acts.")]
    kind: HarmKind
    at_risk: Annotated[AtRisk, Field(description="Whom the law protects here.")]
    text: Annotated[str, Field(max_length=2000)]
    told_police: bool
    body_id: Annotated[UUID, Field(description="The organisation that must act.")]
    reported_by: UUID
    reported_at: datetime
    receive_by: Annotated[datetime, Field(description="Until when it is taken in.")]
    raised_at: Annotated[
        datetime | None, Field(description="When it rose to the next level, as nobody had taken it in; null if not.")
    ]
    raised_to_id: Annotated[
        UUID | None, Field(description="The body of that level; null before, and where none is entered.")
    ]
    is_overdue: Annotated[bool, Field(description="Whether that has passed and nobody has taken it in.")]
    stage: HarmStage
    answer: Annotated[str, Field(max_length=2000, description="What the reporter is told; empty before.")]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: HarmView, teller: Teller) -> Self:
        """The report as one caller sees it."""
        report = view.of
        return cls(
            id=report.id,
            person_id=report.person_id,
            region_code=code_of(report.region),
            kind=report.kind,
            at_risk=report.at_risk,
            text=report.words,
            told_police=report.told_police,
            body_id=report.body_id,
            reported_by=report.reported_by,
            reported_at=report.reported_at,
            receive_by=report.receive_by,
            raised_at=report.raised_at,
            raised_to_id=report.raised_to,
            is_overdue=report.is_overdue(view.at),
            stage=report.stage,
            answer=report.answer,
            rule_versions=list(report.rule_versions),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )

"""Corrections, as they travel."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, JsonValue

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Code, Input, LongText, Output, Version
from app.domain.correction import Correction, CorrectionStage, Want, WantKind
from app.domain.shared.region import code_of
from app.services.correction import CorrectionRequest
from app.services.read_models import View


class WantCreate(Input):
    """One thing that is missing."""

    kind: WantKind
    code: Annotated[Code, Field(description="A kind of evidence or a field of the form, from the package.")]
    text: Annotated[LongText, Field(description="Why, and how to put it right, in plain words to the person.")]


class CorrectionCreate(Input):
    """Everything that is missing in one item of an application."""

    application_id: UUID
    item: Annotated[Code, Field(description="The item of the application.")]
    wants: Annotated[list[WantCreate], Field(min_length=1, max_length=50)]

    def to_request(self) -> CorrectionRequest:
        """The request in the use case's words."""
        wants = tuple(Want(kind=want.kind, code=want.code, text=want.text) for want in self.wants)
        return CorrectionRequest(application_id=self.application_id, item=self.item, wants=wants)


class CorrectionAnswerCreate(Input):
    """What the person answers. Evidence is brought by itself beforehand, and seen by this."""

    answers: Annotated[
        dict[Code, JsonValue],
        Field(
            max_length=50, description="Answers by the fields that are missing; of the kinds that the form asks for."
        ),
    ] = Field(default_factory=dict)


class WantRead(Output):
    """One thing that is missing, or was."""

    kind: WantKind
    code: Annotated[str, Field(max_length=64)]
    text: Annotated[str, Field(max_length=2000, description="What the office says to the person.")]
    settled: Annotated[bool, Field(description="Whether it was answered or shown.")]


class CorrectionRead(Output):
    """A correction, with what the caller may do next and, for the rest, why not."""

    id: UUID
    person_id: UUID
    application_id: UUID
    case_id: UUID
    item: Annotated[str, Field(max_length=64)]
    region_code: str
    stage: CorrectionStage
    wants: Annotated[list[WantRead], Field(max_length=50)]
    asked_on: date
    answer_by: Annotated[date, Field(description="The last day; afterwards the item rests until there is an answer.")]
    rule_versions: Annotated[list[str], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=20)]
    told_as: ToldAs

    @classmethod
    def of_view(cls, view: View[Correction], teller: Teller) -> Self:
        """The correction as one caller sees it."""
        correction = view.of
        return cls(
            id=correction.id,
            person_id=correction.person_id,
            application_id=correction.application_id,
            case_id=correction.case_id,
            item=correction.item,
            region_code=code_of(correction.region),
            stage=correction.stage,
            wants=[
                WantRead(kind=want.kind, code=want.code, text=want.text, settled=want.name in correction.settled)
                for want in correction.wants
            ],
            asked_on=correction.asked_on,
            answer_by=correction.answer_by,
            rule_versions=list(correction.rule_versions),
            version=correction.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
            told_as=ToldAsRead.of(correction.person_id, teller),
        )


class CorrectionList(Output):
    """All corrections of an application; there are never many."""

    items: Annotated[list[CorrectionRead], Field(max_length=100)]

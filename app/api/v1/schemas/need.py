"""Needs as they travel."""

from collections.abc import Mapping
from typing import Annotated, Self, TypeAlias
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.api.v1.schemas.wording import Text
from app.domain.assessment import Answer, DismissalReason, Evidence, NeedStage
from app.domain.shared.region import code_of
from app.services.assessment import NeedView

AnswerRead: TypeAlias = str | Annotated[list[str], Field(max_length=50)]
"""One answer by its code, or several where the item takes several."""


class NeedEvidenceRead(Output):
    """What led to a need: the answers and bands of an assessment, and the rule that says so."""

    assessment_id: UUID
    instrument: Annotated[str, Field(max_length=64)]
    answers: Annotated[dict[str, AnswerRead], Field(description="The answers that led there, by item.")]
    bands: Annotated[dict[str, str], Field(description="The bands that led there, by scheme.")]
    rule: Annotated[str, Field(max_length=200, description="Reference of the rule.")]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The evidence as it travels."""
        return cls(
            assessment_id=evidence.assessment_id,
            instrument=evidence.instrument,
            answers=answers_read(evidence.answers),
            bands=dict(evidence.bands),
            rule=evidence.rule,
        )


class NeedRead(Output):
    """A need: proposed by rules from answers, confirmed or dismissed by a human, and one day met."""

    id: UUID
    person_id: UUID
    application_id: UUID | None
    region_code: Annotated[str, Field(max_length=12)]
    section: Annotated[str, Field(max_length=64, description="Section of the yearly survey.")]
    code: Annotated[str, Field(max_length=64, description="The need, by its item in the catalogue.")]
    text: Text
    stage: NeedStage
    words: Annotated[str | None, Field(max_length=2000, description="What the person says about it.")]
    dismissal: DismissalReason | None
    met_by: Annotated[UUID | None, Field(description="The referral whose delivery met it.")]
    evidence: Annotated[list[NeedEvidenceRead], Field(max_length=20)]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of(cls, view: NeedView, told: Teller) -> Self:
        """The need as one caller sees it."""
        need = view.of
        return cls(
            id=need.id,
            person_id=need.person_id,
            application_id=need.application_id,
            region_code=code_of(need.region),
            section=need.code.section,
            code=need.code.item,
            text=told.word(view.wording),
            stage=need.stage,
            words=need.words,
            dismissal=need.dismissal,
            met_by=need.met_by,
            evidence=[NeedEvidenceRead.of(evidence) for evidence in need.evidence],
            version=need.version,
            actions=[ActionRead.of(action, told) for action in view.actions],
        )


class ConfirmationCreate(Input):
    """That the need is there."""

    words: Annotated[LongText | None, Field(description="What the person says about it, as it was said.")] = None


class DismissalCreate(Input):
    """That there is no such need, and why."""

    reason: DismissalReason
    words: Annotated[LongText | None, Field(description="What the person says about it, as it was said.")] = None


def answers_read(answers: Mapping[str, Answer]) -> dict[str, AnswerRead]:
    """Answers as they travel."""
    return {code: answer if isinstance(answer, str) else list(answer) for code, answer in answers.items()}

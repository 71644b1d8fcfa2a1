"""Findings about the data of surveys, as they travel: items by their codes, and nothing that somebody answered."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, LongText, Output, Uuid, Version
from app.domain.shared.region import code_of
from app.domain.survey_finding import FindingKind, FindingStage, Reassignment
from app.services.survey_finding import FindingSettlement, NewLooker, SurveyFindingView


class FindingReassignmentRead(Output):
    """One time that a finding was passed on."""

    from_owner_id: Annotated[UUID | None, Field(description="Null for the federation of the round's place.")]
    owner_id: Annotated[UUID, Field(description="The organisation that looks from then on.")]
    assignee_id: Annotated[UUID | None, Field(description="Who was asked there by name.")]
    reassigned_by: UUID
    reassigned_on: date
    text: Annotated[str, Field(max_length=2000, description="Why.")]

    @classmethod
    def of(cls, one: Reassignment) -> Self:
        """The step as it travels."""
        return cls(
            from_owner_id=one.from_owner_id,
            owner_id=one.owner_id,
            assignee_id=one.assignee_id,
            reassigned_by=one.by,
            reassigned_on=one.on,
            text=one.words,
        )


class SurveyFindingRead(Output):
    """Something about the data of one person in one round, for a human to look at."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    round_id: UUID
    entry_id: Annotated[UUID, Field(description="The person in the round.")]
    assessment_id: Annotated[UUID, Field(description="The answers in which it was found.")]
    kind: FindingKind
    check: Annotated[str, Field(max_length=64, description="The check that has found it, by its code in the rules.")]
    text: Annotated[str, Field(max_length=500, description="What was found, in a sentence.")]
    items: Annotated[list[str], Field(max_length=20, description="The items that it is about.")]
    owner_id: Annotated[
        UUID | None, Field(description="The organisation that looks; null for the federation of the round's place.")
    ]
    assignee_id: Annotated[UUID | None, Field(description="Who is asked there by name; null for anybody.")]
    reassignments: Annotated[
        list[FindingReassignmentRead], Field(max_length=50, description="How it was passed on, from the first.")
    ]
    found_on: date
    due_on: date
    is_overdue: bool
    rule_version: Annotated[str, Field(max_length=200, description="The rules that have found it.")]
    stage: FindingStage
    words: Annotated[str, Field(max_length=2000, description="What whoever settled it has found; empty before.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: SurveyFindingView, teller: Teller) -> Self:
        """The finding as one caller sees it."""
        finding = view.of
        return cls(
            id=finding.id,
            person_id=finding.person_id,
            region_code=code_of(finding.region),
            round_id=finding.round_id,
            entry_id=finding.entry_id,
            assessment_id=finding.assessment_id,
            kind=finding.kind,
            check=finding.check,
            text=teller.say(f"survey_check.{finding.check}"),
            items=list(finding.items),
            owner_id=finding.owner_id,
            assignee_id=finding.assignee_id,
            reassignments=[FindingReassignmentRead.of(one) for one in finding.reassignments],
            found_on=finding.found_on,
            due_on=finding.due_on,
            is_overdue=finding.is_overdue(view.on),
            rule_version=finding.rule_version,
            stage=finding.stage,
            words=finding.words,
            version=finding.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class FindingSettlementCreate(Input):
    """What a human has found."""

    settlement: Annotated[
        FindingSettlement,
        Field(description="`mended`: answers or register were put right; `confirmed`: right as it stands."),
    ]
    text: Annotated[LongText, Field(description="What was looked at, so that it can be looked up later.")]


class FindingReassignmentCreate(Input):
    """Who is to look from now on, and why."""

    owner_id: Annotated[Uuid, Field(description="A federation or an association that serves the person's place.")]
    assignee_id: Annotated[Uuid | None, Field(description="Somebody there by name; anybody there, if not given.")] = (
        None
    )
    text: Annotated[LongText, Field(description="Why, so that it can be looked up later.")]

    def to_looker(self) -> NewLooker:
        """The same in the words of the use case."""
        return NewLooker(owner_id=self.owner_id, assignee_id=self.assignee_id, text=self.text)

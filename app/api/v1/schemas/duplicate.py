"""Records that may be one person's, as they travel: what was found, and what an officer says to it."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.duplicate import DuplicateStage, Ground, PersonDuplicate
from app.domain.shared.region import code_of
from app.services.read_models import View

GROUNDS = 20
"""More than there are."""


class DuplicateReasonCreate(Input):
    """Why it is decided so."""

    text: Annotated[LongText, Field(description="Why, so that it can be looked up later.")]


class DuplicateMergeCreate(DuplicateReasonCreate):
    """Which of the two records goes on, and why they are one person's."""

    kept_person_id: Annotated[UUID, Field(description="The record with the right name and number.")]


class GroundRead(Output):
    """What one comparison has found."""

    ground: Ground
    explanation: Annotated[str, Field(max_length=500, description="The same in plain words.")]

    @classmethod
    def of(cls, ground: Ground, teller: Teller) -> Self:
        """The ground as it travels."""
        return cls(ground=ground, explanation=teller.say(f"duplicate_ground.{ground}"))


class PersonDuplicateSummary(Output):
    """Two records that may be one person's, in a list."""

    id: UUID
    person_id: UUID
    other_id: Annotated[UUID, Field(description="The other record.")]
    region_code: Annotated[str, Field(description="The nearest area that both are registered in.")]
    stage: DuplicateStage
    grounds: Annotated[list[Ground], Field(max_length=GROUNDS, description="What speaks for and against it.")]
    points: Annotated[int, Field(ge=-1000, le=1000, description="What the grounds weigh together, by the rules.")]
    is_blocking: Annotated[
        bool, Field(description="Whether acceptance of cases of either waits until an officer has looked.")
    ]
    proposed_by: Annotated[
        UUID | None, Field(description="Who has proposed a merge, which another officer confirms; null elsewhere.")
    ]
    found_on: Annotated[date, Field(description="The day on which they were compared.")]
    version: Version

    @classmethod
    def of(cls, duplicate: PersonDuplicate) -> Self:
        """The pair as a line."""
        return cls(
            id=duplicate.id,
            person_id=duplicate.person_id,
            other_id=duplicate.other_id,
            region_code=code_of(duplicate.region),
            stage=duplicate.stage,
            grounds=list(duplicate.grounds),
            points=duplicate.points,
            is_blocking=duplicate.is_blocking,
            proposed_by=duplicate.proposed_by,
            found_on=duplicate.found_on,
            version=duplicate.version,
        )


class PersonDuplicateRead(PersonDuplicateSummary):
    """Two records that may be one person's. Nothing is merged before two named officers have said so."""

    explanations: Annotated[list[GroundRead], Field(max_length=GROUNDS)]
    rule_versions: Annotated[list[str], Field(max_length=20, description="The rules by which they were compared.")]
    kept_person_id: Annotated[
        UUID | None, Field(description="Of a merge, also a proposed one: the record that goes on; null otherwise.")
    ]
    words: Annotated[str, Field(max_length=2000, description="Why it was last decided so.")]
    overridden_because: Annotated[
        str, Field(max_length=2000, description="Why business goes on before it is decided; empty where it does not.")
    ]
    actions: Annotated[list[ActionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: View[PersonDuplicate], teller: Teller) -> Self:
        """The pair as one caller sees it."""
        duplicate = view.of
        return cls(
            **dict(PersonDuplicateSummary.of(duplicate)),
            explanations=[GroundRead.of(ground, teller) for ground in duplicate.grounds],
            rule_versions=list(duplicate.rule_versions),
            kept_person_id=duplicate.kept_id,
            words=duplicate.words,
            overridden_because=duplicate.overridden_because,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )

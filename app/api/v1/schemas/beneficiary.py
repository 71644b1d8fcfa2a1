"""Who is on the list of a project, as it travels."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Fen, Input, LegalDate, LongText, Output, Version
from app.api.v1.schemas.wording import SentenceRead
from app.domain.project import Beneficiary, BeneficiaryStage, Ending, EndReason, Spending
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from app.domain.shared.region import code_of
from app.services.beneficiary import BeneficiaryView, Enrolment


class BeneficiaryCreate(Input):
    """Whom an officer puts on the list of a project, from when, and with how much."""

    person_id: UUID
    valid_from: Annotated[LegalDate | None, Field(description="Today, where none is given.")] = None
    valid_to: Annotated[LegalDate | None, Field(description="The last day; open where none is given.")] = None
    amount_fen: Annotated[Fen | None, Field(description="The most that the project gives, where none is given.")] = None
    exception: Annotated[
        LongText | None,
        Field(description="Why it is right although another benefit stands against it: another officer decides."),
    ] = None

    def to_enrolment(self) -> Enrolment:
        """The same in the words of the use case."""
        return Enrolment(
            person_id=self.person_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            amount_fen=self.amount_fen,
            exception=self.exception or "",
        )


class ExceptionCreate(Input):
    """Why another officer lets the person in all the same."""

    text: LongText


class BeneficiaryEndCreate(Input):
    """Why somebody leaves a project, and what they have had of it."""

    reason: EndReason
    text: LongText
    has_benefited: Annotated[bool, Field(description="Whether the person has had anything of it.")]
    spent_fen: Annotated[
        Fen, Field(description="What was spent; the rest is free once another officer confirms it.", examples=[0])
    ] = 0

    def to_ending(self) -> Ending:
        """The same in the domain's words."""
        return Ending(reason=self.reason, words=self.text, spent_fen=self.spent_fen, has_benefited=self.has_benefited)


class SpendingCreate(Input):
    """What another officer finds was spent on somebody who has left."""

    text: LongText
    has_benefited: Annotated[bool, Field(description="Whether the person has had anything of it.")]
    spent_fen: Annotated[Fen, Field(description="What was spent, in fen.", examples=[40_000])]

    def to_spending(self) -> Spending:
        """The same in the domain's words."""
        return Spending(spent_fen=self.spent_fen, has_benefited=self.has_benefited, words=self.text)


class OverlapRead(Output):
    """Another benefit that stood against it when it was proposed."""

    reason: Annotated[SentenceRead, Field(description="Which, since when and until when.")]
    change: Annotated[SentenceRead, Field(description="What would have changed it.")]
    free_on: Annotated[date | None, Field(description="From when it no longer does; null while it goes on.")]


class EndRead(Output):
    """How somebody left a project."""

    reason: EndReason
    text: Annotated[str, Field(max_length=2000)]
    ended_on: date
    spent_fen: Annotated[Fen, Field(description="What was spent, as it was said last.")]
    has_benefited: bool


class BeneficiaryRead(Output):
    """Somebody on the list of a project."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12)]
    project_id: UUID
    project_name: Annotated[str, Field(max_length=200)]
    valid_from: date
    valid_to: Annotated[date | None, Field(description="The last day; null while none is known.")]
    amount_fen: Annotated[Fen, Field(description="What was promised, in fen.")]
    target_finding: Annotated[Finding | None, Field(description="What the rule says that the project is for.")]
    overlaps: Annotated[list[OverlapRead], Field(max_length=100)]
    exception: Annotated[str, Field(max_length=2000, description="Why it is asked for all the same; else empty.")]
    allowed_because: Annotated[str, Field(max_length=2000, description="Why another officer allowed it; else empty.")]
    stage: BeneficiaryStage
    end: EndRead | None
    notice: Annotated[SentenceRead, Field(description="What the person is told.")]
    told_as: ToldAs
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: BeneficiaryView, teller: Teller) -> Self:
        """The entry as one caller sees it."""
        one, names = view.of, view.names or {}
        overlaps = [
            OverlapRead(
                reason=SentenceRead.naming(overlap.why, teller, names),
                change=SentenceRead.of(overlap.change, teller),
                free_on=overlap.free_on,
            )
            for overlap in one.overlaps
        ]
        return cls(
            id=one.id,
            person_id=one.person_id,
            region_code=code_of(one.region),
            project_id=one.project_id,
            project_name=view.project.terms.name,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
            amount_fen=one.amount_fen,
            target_finding=one.target,
            overlaps=overlaps,
            exception=one.exception,
            allowed_because=one.allowed_because,
            stage=one.stage,
            end=_end(one),
            notice=SentenceRead.of(_notice(view), teller),
            told_as=ToldAsRead.of(one.person_id, teller),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


def _notice(view: BeneficiaryView) -> Reason:
    told = {"project": view.project.terms.name, "first": view.of.valid_from.isoformat()}
    return Reason(code=f"project.told.{view.of.stage}", parameters=told)


def _end(one: Beneficiary) -> EndRead | None:
    if one.ending is None or one.ended_on is None:
        return None
    ending = one.ending
    return EndRead(
        reason=ending.reason,
        text=ending.words,
        ended_on=one.ended_on,
        spent_fen=ending.spent_fen,
        has_benefited=ending.has_benefited,
    )

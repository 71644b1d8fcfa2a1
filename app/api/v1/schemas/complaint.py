"""Complaints and the questions to providers, as they travel."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.actions import ActionRead
from app.api.v1.schemas.told_as import ToldAs, ToldAsRead
from app.api.v1.schemas.types import Input, LongText, Output, Version
from app.domain.complaint import (
    Answer,
    ComplaintKind,
    ComplaintOutcome,
    ComplaintQuestion,
    ComplaintStage,
    QuestionStage,
)
from app.domain.shared.region import code_of
from app.domain.shared.voice import Capacity, Voice
from app.services.complaint import ComplaintView, Said
from app.services.read_models import View

Days = Annotated[date, Field(description="A last day, by a dated rule.")]


class ComplaintCreate(Input):
    """What is wrong with the service. Suspected harm is reported, not complained about."""

    kind: ComplaintKind
    text: Annotated[LongText, Field(description="What happened, in the own words.")]
    is_anonymous: Annotated[bool, Field(description="Whether the provider is not to learn whose complaint it is.")] = (
        True
    )
    said_by: Annotated[Voice | None, Field(description="Whose word it was, where an officer takes it down.")] = None

    def to_said(self) -> Said:
        """The same in the words of the use case."""
        return Said(kind=self.kind, words=self.text, is_anonymous=self.is_anonymous, said_by=self.said_by)


class ComplaintQuestionCreate(Input):
    """What the provider is asked. It reads this and nothing else."""

    text: Annotated[LongText, Field(description="Name nobody where the complaint is anonymous.")]


class ComplaintAnswerCreate(Input):
    """What was found, and what the person is told."""

    outcome: ComplaintOutcome
    text: LongText

    def to_answer(self) -> Answer:
        """The same in the domain's words."""
        return Answer(outcome=self.outcome, words=self.text)


class QuestionAnswerCreate(Input):
    """How it was, as the provider says."""

    text: LongText


class ComplaintQuestionRead(Output):
    """What a provider is asked, and what it has said."""

    id: UUID
    region_code: Annotated[str, Field(max_length=12, description="The county whose federation asks.")]
    service_id: UUID
    provider_id: UUID
    referral_id: Annotated[UUID | None, Field(description="Null where the person is not to be known.")]
    text: Annotated[str, Field(max_length=2000)]
    asked_at: datetime
    answer_by: Days
    stage: QuestionStage
    answer: Annotated[str, Field(max_length=2000, description="Empty before.")]
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: View[ComplaintQuestion], teller: Teller) -> Self:
        """The question as one caller sees it."""
        question = view.of
        return cls(
            id=question.id,
            region_code=code_of(question.region),
            service_id=question.service_id,
            provider_id=question.provider_id,
            referral_id=question.referral_id,
            text=question.text,
            asked_at=question.asked_at,
            answer_by=question.answer_by,
            stage=question.stage,
            answer=question.answer,
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )


class ComplaintAnswerRead(Output):
    """What was found, and what the person is told."""

    outcome: ComplaintOutcome
    text: Annotated[str, Field(max_length=2000)]


class ComplaintRead(Output):
    """A complaint about a service."""

    id: UUID
    person_id: UUID
    region_code: Annotated[str, Field(max_length=12, description="The county whose federation handles it.")]
    referral_id: UUID
    service_id: UUID
    provider_id: UUID
    kind: ComplaintKind
    text: Annotated[str, Field(max_length=2000)]
    is_anonymous: bool
    capacity: Annotated[Capacity, Field(description="Through whom it came.")]
    said_by: Voice | None
    filed_at: datetime
    receive_by: Days
    close_by: Days
    is_overdue: Annotated[bool, Field(description="Whether it should have been taken in, or closed, by now.")]
    rose_on: Annotated[
        date | None, Field(description="The day on which it rose to the next level, not handled in time; else null.")
    ]
    rose_to: Annotated[UUID | None, Field(description="The federation that sees to it too, where one is on record.")]
    act_by: Annotated[date | None, Field(description="The last day for both, once it rose.")]
    stage: ComplaintStage
    question: Annotated[
        ComplaintQuestionRead | None, Field(description="What the provider was asked; shown to who handles it.")
    ]
    answer: ComplaintAnswerRead | None
    rule_versions: Annotated[list[str], Field(max_length=20)]
    told_as: ToldAs
    version: Version
    actions: Annotated[list[ActionRead], Field(max_length=10)]

    @classmethod
    def of_view(cls, view: ComplaintView, teller: Teller) -> Self:
        """The complaint as one caller sees it."""
        complaint, wrong, answer = view.of, view.of.wrong, view.of.answer
        return cls(
            id=complaint.id,
            person_id=complaint.person_id,
            region_code=code_of(complaint.region),
            referral_id=wrong.referral_id,
            service_id=wrong.service_id,
            provider_id=wrong.provider_id,
            kind=wrong.kind,
            text=wrong.words,
            is_anonymous=wrong.is_anonymous,
            capacity=complaint.word.capacity,
            said_by=complaint.word.said_by,
            filed_at=complaint.filed_at,
            receive_by=complaint.receive_by,
            close_by=complaint.close_by,
            is_overdue=complaint.is_overdue(view.today),
            rose_on=complaint.rose_on,
            rose_to=complaint.rose_to,
            act_by=complaint.act_by,
            stage=complaint.stage,
            question=ComplaintQuestionRead.of_view(View(view.question), teller) if view.question else None,
            answer=ComplaintAnswerRead(outcome=answer.outcome, text=answer.words) if answer else None,
            rule_versions=list(complaint.rule_versions),
            told_as=ToldAsRead.of(complaint.person_id, teller),
            version=view.version,
            actions=[ActionRead.of(action, teller) for action in view.actions],
        )

"""What the provider must answer, and all that it reads of a complaint."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.complaint.events import QuestionAnswered
from app.domain.complaint.stages import QUESTION_LIFECYCLE, QuestionAction, QuestionStage
from app.domain.shared.access import Principal
from app.domain.shared.errors import Forbidden
from app.domain.shared.transitions import Allowed, Done

QuestionStep: TypeAlias = Done[QuestionStage, QuestionAction]


class NotTheOneAsked(Forbidden):
    """Another organisation was asked."""

    code = "not_the_one_asked"
    title = "Another organisation was asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintQuestion:
    """What the county's federation asks the provider (要求机构说明). It names a referral only where the person agrees.

    None of the steps touches `version`.
    """

    id: UUID
    region: str
    complaint_id: UUID
    service_id: UUID
    provider_id: UUID
    referral_id: UUID | None
    """None where whoever complained does not want to be known to the provider."""
    text: str = field(repr=False)
    asked_at: datetime
    answer_by: date
    stage: QuestionStage = QuestionStage.ASKED
    done: tuple[QuestionStep, ...] = ()
    answer: str = field(default="", repr=False)
    version: int = 1

    @property
    def person_id(self) -> None:
        """It is about a service: whom the complaint is about, it does not say."""

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return QUESTION_LIFECYCLE.answers(lambda action: self._step(action, by=by, on=on))

    def say(self, answer: str, *, by: Principal, on: date) -> tuple[Self, QuestionAnswered]:
        """The provider says how it was (说明情况).

        Raises:
            NotTheOneAsked: the caller serves another organisation.
        """
        step = self._step(QuestionAction.ANSWER, by=by, on=on)
        answered = replace(self, stage=step.stage, done=(*self.done, step), answer=answer)
        return answered, QuestionAnswered(question_id=self.id, answered_by=by.id, answered_on=on)

    def was_heard(self, on: date) -> bool:
        """Say whether the provider has answered, or had its time to."""
        return self.stage is QuestionStage.ANSWERED or self.answer_by < on

    def _step(self, action: QuestionAction, *, by: Principal, on: date) -> QuestionStep:
        step = QUESTION_LIFECYCLE.step(self, action, by=by, on=on)
        if self.provider_id not in by.organisation_ids:
            raise NotTheOneAsked("Another organisation was asked. Only that one answers.")
        return step

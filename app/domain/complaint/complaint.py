"""A complaint about a service: filed by or for the person, closed by the county's federation with what was found."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.complaint import events
from app.domain.complaint.kind import ComplaintKind, ComplaintOutcome
from app.domain.complaint.question import ComplaintQuestion
from app.domain.complaint.stages import LIFECYCLE, OPEN, ComplaintAction, ComplaintStage
from app.domain.complaint.terms import ComplaintTerms
from app.domain.shared.access import Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, DutiesNotSeparated
from app.domain.shared.refusal import require_words
from app.domain.shared.transitions import Allowed, Done
from app.domain.shared.voice import Word, voice_of

ComplaintStep: TypeAlias = Done[ComplaintStage, ComplaintAction]


class ProviderNotHeard(Conflict):
    """Something would be held against a provider that was not asked, or still has time to answer."""

    code = "provider_not_heard"
    title = "The provider was not heard"


class OwnWork(DutiesNotSeparated):
    """Somebody would handle a complaint about where they serve."""

    code = "own_work"
    title = "Nobody handles a complaint about their own organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is complained about."""

    person_id: UUID
    region: str
    """The county whose federation handles it."""
    referral_id: UUID
    service_id: UUID
    provider_id: UUID
    kind: ComplaintKind
    words: str = field(repr=False)
    is_anonymous: bool
    """Whether the provider is not to learn whose complaint it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found, and what the person is told.

    Raises:
        ReasonMissing: the person is told nothing.
    """

    outcome: ComplaintOutcome
    words: str = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse an answer without words."""
        require_words(self.words, "Say in plain words what was found and done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint about a service (服务投诉). It lies with the county: neither provider nor village reads it.

    None of the steps touches `version`.

    Source: 残疾人保障法 (2018) art. 59: complaints to organisations of disabled people, which protect and help.
    """

    id: UUID
    wrong: Wrong
    word: Word
    """Through whom it came and, where an officer took it down, whose word it was."""
    filed_by: UUID
    filed_at: datetime
    receive_by: date
    close_by: date
    person_id: UUID
    region: str
    stage: ComplaintStage = ComplaintStage.FILED
    done: tuple[ComplaintStep, ...] = ()
    question_id: UUID | None = None
    answer: Answer | None = None
    rose_on: date | None = None
    """The day on which it rose to the federation of the next level; None where it did not."""
    rose_to: UUID | None = None
    """That federation, where one is on record."""
    act_by: date | None = None
    """The last day for both, once it rose."""
    rule_versions: tuple[str, ...] = ()
    version: int = 1

    @property
    def application_id(self) -> None:
        """It belongs to no application."""

    @classmethod
    def file(
        cls,
        wrong: Wrong,
        word: Word,
        *,
        complaint_id: UUID,
        by: Principal,
        at: datetime,
        on: date,
        terms: ComplaintTerms,
        calendar: WorkingCalendar,
    ) -> tuple[Self, events.ComplaintFiled]:
        """Complain, as the person, as a guardian, or for them as whoever took it down (提出投诉)."""
        complaint = cls(
            id=complaint_id,
            wrong=wrong,
            word=word,
            filed_by=by.id,
            filed_at=at,
            receive_by=calendar.last_day_of(terms.receive_working_days.value, after=on),
            close_by=calendar.last_day_of(terms.close_working_days.value, after=on),
            person_id=wrong.person_id,
            region=wrong.region,
            done=(Done(action=ComplaintAction.FILE, stage=ComplaintStage.FILED, on=on, by=by.id),),
            rule_versions=terms.references,
        )
        return complaint, events.ComplaintFiled(
            complaint_id=complaint_id,
            kind=wrong.kind.value,
            filed_by=by.id,
            filed_on=on,
            receive_by=complaint.receive_by,
            close_by=complaint.close_by,
        )

    @property
    def due_on(self) -> date | None:
        """The last day for what comes next; None where nothing does."""
        if self.stage not in OPEN:
            return None
        return self.act_by or (self.receive_by if self.stage is ComplaintStage.FILED else self.close_by)

    def is_overdue(self, on: date) -> bool:
        """Say whether it should have been taken in, or closed, by now."""
        return self.due_on is not None and self.due_on < on

    def rise(
        self, *, to: UUID | None, on: date, terms: ComplaintTerms, calendar: WorkingCalendar
    ) -> tuple[Self, events.ComplaintRose] | None:
        """Have the federation of the next level see to it too, with days of its own; None where that is not due.

        The county keeps it, and whoever is first goes on with it. Nothing is added to what it says, and it rises once.
        """
        if self.rose_on is not None or not self.is_overdue(on):
            return None
        until = calendar.last_day_of(terms.raised_working_days.value, after=on)
        used = (terms.raise_to.reference, terms.raised_working_days.reference)
        risen = replace(self, rose_on=on, rose_to=to, act_by=until, rule_versions=(*self.rule_versions, *used))
        return risen, events.ComplaintRose(
            complaint_id=self.id, body_id=to, rose_on=on, act_by=until, rule_versions=used
        )

    def allowed_actions(self, by: Principal, *, on: date, guardians: Collection[UUID] = ()) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on, guardians=guardians))

    def receive(self, *, by: Principal, on: date) -> tuple[Self, events.ComplaintReceived]:
        """The county's federation takes it in (受理).

        Raises:
            OwnWork: it is about where the caller serves.
        """
        received = self._moved(ComplaintAction.RECEIVE, by=by, on=on)
        return received, events.ComplaintReceived(complaint_id=self.id, received_by=by.id, received_on=on)

    def ask(
        self, text: str, *, question_id: UUID, by: Principal, at: datetime, on: date, answer_by: date
    ) -> tuple[Self, ComplaintQuestion, events.QuestionAsked]:
        """Ask the provider how it was; of the complaint it reads this alone (要求机构说明).

        Raises:
            StepTakenBefore: it was asked before.
        """
        asked = replace(self._moved(ComplaintAction.ASK, by=by, on=on), question_id=question_id)
        question = ComplaintQuestion(
            id=question_id,
            region=self.region,
            complaint_id=self.id,
            service_id=self.wrong.service_id,
            provider_id=self.wrong.provider_id,
            referral_id=None if self.wrong.is_anonymous else self.wrong.referral_id,
            text=text,
            asked_at=at,
            answer_by=answer_by,
        )
        return (
            asked,
            question,
            events.QuestionAsked(
                question_id=question_id,
                provider_id=self.wrong.provider_id,
                asked_by=by.id,
                asked_on=on,
                answer_by=answer_by,
            ),
        )

    def close(
        self, answer: Answer, question: ComplaintQuestion | None, *, by: Principal, on: date
    ) -> tuple[Self, events.ComplaintClosed]:
        """Say what was found and what is done about it (办结答复).

        Raises:
            DutiesNotSeparated: the caller has filed it for the person.
            ProviderNotHeard: something is held against a provider that was not heard.
        """
        closed = replace(self._moved(ComplaintAction.CLOSE, by=by, on=on), answer=answer)
        if answer.outcome.blames and (question is None or not question.was_heard(on)):
            raise ProviderNotHeard("Ask the provider how it was, and give it its time to answer, before it is blamed.")
        return closed, events.ComplaintClosed(
            complaint_id=self.id, outcome=answer.outcome.value, closed_by=by.id, closed_on=on
        )

    def withdraw(
        self, *, by: Principal, on: date, guardians: Collection[UUID]
    ) -> tuple[Self, events.ComplaintWithdrawn]:
        """The person, or a guardian, takes it back (撤回).

        Raises:
            NotThePerson: the caller is neither.
        """
        withdrawn = self._moved(ComplaintAction.WITHDRAW, by=by, on=on, guardians=guardians)
        return withdrawn, events.ComplaintWithdrawn(complaint_id=self.id, withdrawn_by=by.id, withdrawn_on=on)

    def _moved(self, action: ComplaintAction, *, by: Principal, on: date, guardians: Collection[UUID] = ()) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if step.role is Role.CITIZEN:
            voice_of(by, person_id=self.person_id, guardians=guardians)
        elif self.wrong.provider_id in by.organisation_ids:
            raise OwnWork("The complaint is about your own organisation. Another one must handle it.")
        return replace(self, stage=step.stage, done=(*self.done, step))

"""A review from its filing to the decision on it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.review import events
from app.domain.review.filing import Origin
from app.domain.review.rules import ReviewRules
from app.domain.review.stages import LIFECYCLE, NotAcceptedReason, ReviewAction, ReviewStage
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import Conflict, DutiesNotSeparated, Forbidden
from app.domain.shared.refusal import require_words
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.term import DayKind, Term
from app.domain.shared.transitions import Allowed, Done
from app.domain.shared.voice import Word

ReviewStep: TypeAlias = Done[ReviewStage, ReviewAction]
_OF_THE_BODY = frozenset(ReviewAction) - {ReviewAction.FILE, ReviewAction.WITHDRAW}
EVALUATED = "certificate"
"""The matter whose substance is concluded by doctors."""


class AnotherBody(Forbidden):
    """The review lies with another body."""

    code = "another_body"
    title = "Another body hears this review"


class FirstDecider(DutiesNotSeparated):
    """Somebody would review what that very person has decided."""

    code = "first_decider"
    title = "Nobody reviews their own decision"


class NotLate(Conflict):
    """It is said to be late, and was filed in time."""

    code = "not_late"
    title = "The review was filed in time"


class OnlyDoctorsConclude(Conflict):
    """A body would put another category, grade or conclusion in the place of the doctors'."""

    code = "only_doctors_conclude"
    title = "Only doctors conclude"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """What the body says to the person, in its own words; for one that is not heard, also a code."""

    text: str = field(repr=False)
    reason: NotAcceptedReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review of one decision (复议、复核、重新评定), by the body that the law names and by people who did not decide.

    The next instance is a review of the decision that this one ends with; which body that is, and whether there is one,
    is rule data. Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as
    `Lifecycle.step` says. None touches `version`.
    """

    id: UUID
    person_id: UUID
    region: str
    application_id: UUID | None
    decision_id: UUID
    """The decision that is reviewed."""
    origin: Origin
    subject: str
    """The rule that opened it."""
    body: str
    body_id: UUID
    """The organisation that hears it."""
    filed_on: date
    filed_at: datetime
    last_day: date
    """The last day for filing, by the decision."""
    word: Word
    """Through whom it came."""
    statement: str = field(repr=False)
    """What the person says against the decision."""
    excuse: str = field(default="", repr=False)
    """What kept the person from filing in time; a human weighs it."""
    due_on: date
    """By when the body says whether it hears it; once it does, by when it decides."""
    stage: ReviewStage = ReviewStage.FILED
    done: tuple[ReviewStep, ...] = ()
    answer: ReviewAnswer | None = None
    result_id: UUID | None = None
    """The decision that it ended with."""
    rule_versions: tuple[str, ...] = ()
    known: Relations = field(default=NO_RELATIONS, repr=False)
    """Whether the caller is related to the person by what is on record, as looked up just now; it is not kept."""
    version: int = 1

    @property
    def is_late(self) -> bool:
        """Say whether it was filed after the last day. That is recorded, and refuses nothing by itself."""
        return self.filed_on > self.last_day

    @property
    def case_id(self) -> UUID:
        """The case that was decided in the first place."""
        return self.origin.case_id

    @property
    def is_finished(self) -> bool:
        """Say whether nothing can happen to it any more."""
        return LIFECYCLE.is_final(self.stage)

    def filed(self, *, by: Principal, rules: ReviewRules, calendar: WorkingCalendar) -> tuple[Self, events.ReviewFiled]:
        """Put it before the body, which says within some working days whether it hears it (提出申请)."""
        step = Done(action=ReviewAction.FILE, stage=ReviewStage.FILED, on=self.filed_on, by=by.id)
        filed = replace(
            self,
            done=(step,),
            due_on=calendar.last_day_of(rules.acceptance_working_days.value, after=self.filed_on),
            rule_versions=(rules.bodies.reference, rules.acceptance_working_days.reference),
        )
        return filed, events.ReviewFiled(
            review_id=self.id,
            decision_id=self.decision_id,
            case_id=self.case_id,
            body=self.body,
            body_id=self.body_id,
            filed_by=by.id,
            capacity=self.word.capacity,
            said_by=self.word.said_by,
            filed_on=self.filed_on,
            is_late=self.is_late,
            rule_versions=filed.rule_versions,
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def accept(
        self, *, by: Principal, on: date, text: str, rules: ReviewRules, calendar: WorkingCalendar
    ) -> tuple[Self, events.ReviewAccepted]:
        """Hear it (受理).

        Source: 行政复议法 (2023) arts. 20, 30, 62: what was hindered by no fault of the person's is heard all the same.

        Raises:
            ReasonMissing: it came late, and nothing is said about why it is heard all the same.
        """
        moved = self._moved(ReviewAction.ACCEPT, by=by, on=on)
        if self.is_late:
            require_words(text, "It came late. Say in plain words why it is heard all the same.")
        due_on = Term(rules.decision_days.value, DayKind.CALENDAR).last_day(after=on, calendar=calendar)
        accepted = replace(
            moved,
            due_on=due_on,
            answer=ReviewAnswer(text=text) if text.strip() else None,
            rule_versions=(*self.rule_versions, rules.decision_days.reference),
        )
        return accepted, events.ReviewAccepted(review_id=self.id, accepted_by=by.id, accepted_on=on, due_on=due_on)

    def not_accept(
        self, *, by: Principal, on: date, reason: NotAcceptedReason, text: str, result_id: UUID
    ) -> tuple[Self, events.ReviewNotAccepted]:
        """Not hear it (不予受理), with the reason in writing.

        Raises:
            ReasonMissing: there are no words for the person.
            NotLate: it is said to be late, and was filed in time.
        """
        moved = self._moved(ReviewAction.NOT_ACCEPT, by=by, on=on)
        if reason is NotAcceptedReason.LATE and not self.is_late:
            raise NotLate(f"It was filed on {self.filed_on}, and could be until {self.last_day}. Give the true reason.")
        refused = replace(moved, answer=_said(text, reason), result_id=result_id)
        return refused, events.ReviewNotAccepted(review_id=self.id, refused_by=by.id, reason=reason, refused_on=on)

    def decide(
        self, action: ReviewAction, *, by: Principal, on: date, text: str, result_id: UUID
    ) -> tuple[Self, events.ReviewDecided]:
        """Uphold the decision, change it, or send it back to be made anew (维持、变更、撤销).

        Source: 行政复议法 (2023) arts. 63, 64, 68; 残疾人证管理办法 (2017), art. 7: doctors conclude.

        Raises:
            ReasonMissing: there are no words for the person.
            OnlyDoctorsConclude: an evaluation would be changed by others than doctors.
        """
        moved = self._moved(action, by=by, on=on)
        decided = replace(moved, answer=_said(text), result_id=result_id)
        return decided, events.ReviewDecided(
            review_id=self.id,
            decision_id=result_id,
            case_id=self.case_id,
            result=moved.stage,
            decided_by=by.id,
            decided_on=on,
        )

    def withdraw(self, *, by: Principal, on: date, word: Word) -> tuple[Self, events.ReviewWithdrawn]:
        """Take it back (撤回); the decision stays as it is."""
        withdrawn = self._moved(ReviewAction.WITHDRAW, by=by, on=on)
        return withdrawn, events.ReviewWithdrawn(
            review_id=self.id, withdrawn_by=by.id, capacity=word.capacity, said_by=word.said_by, withdrawn_on=on
        )

    def _moved(self, action: ReviewAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action in _OF_THE_BODY:
            self._require_another(by)
            self.known.require_none({by.id}, by=by.id, barred=self.origin.deciders)
        if action is ReviewAction.CHANGE and self.origin.matter == EVALUATED:
            raise OnlyDoctorsConclude(
                "Nobody but doctors puts another conclusion in the place of one. Send it back to be evaluated anew."
            )
        return replace(self, stage=step.stage, done=(*self.done, step))

    def _require_another(self, by: Principal) -> None:
        if self.body_id not in by.organisation_ids:
            raise AnotherBody("The review lies with another body. Only that one hears it.")
        if by.id in self.origin.deciders:
            raise FirstDecider("Whoever has decided this before does not review it. Another person must.")


def _said(text: str, reason: NotAcceptedReason | None = None) -> ReviewAnswer:
    require_words(text, "Say in plain words why, so that the person can answer it.")
    return ReviewAnswer(text=text, reason=reason)

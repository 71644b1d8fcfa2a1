"""The case of one benefit: from the wait for a certificate, through its route, to a human's decision."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.benefit import events
from app.domain.benefit.conditions import require_conditions
from app.domain.benefit.grant import Grant
from app.domain.benefit.opinion import IN_FAVOUR, Opinion
from app.domain.benefit.proposal import Proposal
from app.domain.benefit.refusals import RefusalReason
from app.domain.benefit.route import FINISHED, Action, Route, Stage
from app.domain.benefit.rules import BenefitRules
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.finding import Finding
from app.domain.shared.refusal import Refusal, require_words
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.transitions import Allowed, Done
from app.domain.shared.voice import Word

BenefitStep: TypeAlias = Done[Stage, Action]
GIVEN_UP = "given_up"
"""Why a grant stops whose person wants no more of it, as a roll tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitCase:
    """One benefit that was applied for, such as 困难残疾人生活补贴 or 重度残疾人护理补贴.

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says. None
    touches `version`: saving compares it and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    application_id: UUID
    item: str
    route: Route
    applied_on: date
    """The legal day on which the application was submitted: the benefit counts from its month."""
    submitted_at: datetime
    stage: Stage = Stage.SUBMITTED
    done: tuple[BenefitStep, ...] = ()
    initial_opinion: Opinion | None = None
    federation_opinion: Opinion | None = None
    notice_last_day: date | None = None
    proposal: Proposal | None = None
    deviation: str = ""
    """Why the decision is another than the rules propose; empty where it is not."""
    granted: Grant | None = None
    refusal: Refusal[RefusalReason] | None = None
    reopened_by: UUID | None = None
    """The decision of a review for which it is decided anew."""
    bound_by: UUID | None = None
    """The same, where it leaves nothing but to grant."""
    rule_versions: tuple[str, ...] = ()
    known: Relations = field(default=NO_RELATIONS, repr=False)
    """Whether the caller is related to the person by what is on record, as looked up just now; it is not kept."""
    version: int = 1

    @property
    def is_finished(self) -> bool:
        """Say whether it is decided or taken back: nothing more happens by itself."""
        return self.stage in FINISHED

    def done_by(self, action: Action) -> UUID | None:
        """Who has done it; None while nobody has."""
        return next((step.by for step in self.done if step.action is action), None)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return self.route.lifecycle.answers(lambda action: self._moved(action, by=by, on=on))

    def submitted(self) -> events.BenefitSubmitted:
        """The fact that the case has come in."""
        return events.BenefitSubmitted(case_id=self.id, item=self.item, is_waiting=self.stage is Stage.WAITING)

    def release(self, *, on: date) -> tuple[Self, events.BenefitReleased]:
        """Go on: what the case waited for is there. Nobody does this; it follows."""
        released = self._followed(Action.RELEASE, on=on)
        return released, events.BenefitReleased(case_id=self.id, released_on=on)

    def accept(self, *, by: Principal, on: date) -> tuple[Self, events.BenefitAccepted]:
        """Take the case on, its materials being complete (受理)."""
        accepted = self._moved(Action.ACCEPT, by=by, on=on)
        return accepted, events.BenefitAccepted(case_id=self.id, accepted_by=by.id, accepted_on=on)

    def deem_accepted(
        self, *, on: date, organisation_id: UUID, rule_versions: tuple[str, ...]
    ) -> tuple[Self, events.BenefitDeemedAccepted]:
        """Count as accepted, because nobody has said in time what is missing (视为受理).

        Source: 行政许可法 art. 32(4): from the day on which the application came in.
        """
        moved = self._followed(Action.DEEM_ACCEPTED, on=on, organisation_id=organisation_id)
        deemed = replace(moved, rule_versions=tuple(dict.fromkeys((*self.rule_versions, *rule_versions))))
        return deemed, events.BenefitDeemedAccepted(
            case_id=self.id, organisation_id=organisation_id, accepted_on=on, rule_versions=rule_versions
        )

    def check(self, *, by: Principal, on: date, opinion: Opinion = IN_FAVOUR) -> tuple[Self, events.BenefitChecked]:
        """Look at it first, in the township (初审)."""
        checked = replace(self._moved(Action.CHECK, by=by, on=on), initial_opinion=opinion)
        return checked, events.BenefitChecked(case_id=self.id, checked_by=by.id, finding=opinion.finding, checked_on=on)

    def post_notice(
        self, *, by: Principal, on: date, calendar: WorkingCalendar
    ) -> tuple[Self, events.BenefitNoticePosted]:
        """Put it up for the public to object (公示), for the working days of the route, counted from the day after."""
        moved = self._moved(Action.POST_NOTICE, by=by, on=on)
        term = self.route.step_of(Action.POST_NOTICE).term
        last_day = on if term is None else term.last_day(after=on, calendar=calendar)
        posted = replace(moved, notice_last_day=last_day)
        return posted, events.BenefitNoticePosted(case_id=self.id, posted_by=by.id, posted_on=on, last_day=last_day)

    def verify(self, *, by: Principal, on: date, opinion: Opinion = IN_FAVOUR) -> tuple[Self, events.BenefitVerified]:
        """Look at certificate and grade, in the county federation (残联审核).

        Raises:
            BenefitNoticeStillRunning: the last day of the notice has not passed.
        """
        verified = replace(self._moved(Action.VERIFY, by=by, on=on), federation_opinion=opinion)
        return verified, events.BenefitVerified(
            case_id=self.id, verified_by=by.id, finding=opinion.finding, verified_on=on
        )

    def grant(
        self,
        *,
        by: Principal,
        on: date,
        proposal: Proposal,
        rules: BenefitRules,
        deviation: str = "",
        others: tuple[Grant, ...] = (),
    ) -> tuple[Self, events.BenefitGranted]:
        """Decide in favour of the person, counted from the month of application (审定).

        `others` are grants of the same benefit to the same person: after a move the new one begins where the old ends.

        Raises:
            AnotherGrantRuns: the same benefit is granted already, without an end.
            BenefitNoticeStillRunning: the last day of the notice has not passed.
            ReasonMissing: the rules do not propose it, and nothing is said about why it is granted all the same.
        """
        is_anew = self.stage is Stage.GRANTED
        moved = self._moved(Action.GRANT_ANEW if is_anew else Action.GRANT, by=by, on=on)
        if proposal.finding is not Finding.MET:
            require_words(deviation, "The rules do not propose this. Say in plain words why you grant it.")
        decided = Grant.of(proposal, rules, applied_on=self.applied_on, others=others)
        granted = replace(
            moved, proposal=proposal, deviation=deviation, granted=decided, rule_versions=decided.rule_versions
        )
        return granted, self._told(decided, proposal, by=by.id, on=on)

    def deem_granted(
        self, *, on: date, proposal: Proposal, rules: BenefitRules, rule_versions: tuple[str, ...]
    ) -> tuple[Self, events.BenefitGranted]:
        """Count as granted, because nobody has decided in time and a rule says that this follows (视为批准).

        No rule of the country says so; a place may.
        """
        moved = self._followed(Action.DEEM_GRANTED, on=on)
        decided = Grant.of(proposal, rules, applied_on=self.applied_on, also_used=rule_versions)
        granted = replace(moved, proposal=proposal, granted=decided, rule_versions=decided.rule_versions)
        return granted, self._told(decided, proposal, by=None, on=on)

    def refuse(
        self,
        *,
        by: Principal,
        on: date,
        proposal: Proposal,
        refusal: Refusal[RefusalReason],
        rules: BenefitRules,
    ) -> tuple[Self, events.BenefitRefused]:
        """Decide against the person, with the reason in writing and the way to appeal (审定, 不予批准).

        Possible at every stage, so that nobody is led through steps that can change nothing; always by a human.
        """
        moved = self._moved(Action.REFUSE, by=by, on=on)
        used = (*proposal.rule_versions, rules.appeal.reference)
        ended = self.granted.stopped(on, because=refusal.reason) if self.granted else None
        refused = replace(moved, proposal=proposal, refusal=refusal, granted=ended, rule_versions=used)
        return refused, events.BenefitRefused(
            case_id=self.id,
            item=self.item,
            refused_by=by.id,
            refused_on=on,
            reason=refusal.reason,
            proposed=proposal.finding,
            rule_versions=used,
        )

    def ask_correction(self, *, by: Principal, on: date) -> tuple[Self, events.BenefitCorrectionAwaited]:
        """Wait for what is missing; what that is stands in the correction.

        Source: 行政许可法 art. 32(4): once, and completely.

        Raises:
            StepTakenBefore: it was asked for once already.
        """
        waiting = self._moved(Action.ASK_CORRECTION, by=by, on=on)
        return waiting, events.BenefitCorrectionAwaited(case_id=self.id, asked_by=by.id, asked_on=on)

    def complete_correction(self, *, on: date) -> tuple[Self, events.BenefitCorrected]:
        """Go on: all that was missing is there."""
        corrected = self._followed(Action.COMPLETE_CORRECTION, on=on)
        return corrected, events.BenefitCorrected(case_id=self.id, corrected_on=on)

    def confirm(self, *, on: date) -> tuple[Self, events.BenefitConfirmed]:
        """Go on: the second person has said yes. It is released as soon as it waits for no other item."""
        confirmed = self._followed(Action.CONFIRM, on=on)
        return confirmed, events.BenefitConfirmed(case_id=self.id, confirmed_on=on)

    def rest(self, *, on: date) -> tuple[Self, events.BenefitRested]:
        """Rest, because no answer or no word has come in time. Nothing is refused by that; it lets the case go on."""
        resting = self._followed(Action.REST, on=on)
        return resting, events.BenefitRested(case_id=self.id, rested_on=on)

    def with_grant(self, grant: Grant) -> Self:
        """The case after a human has stopped its grant, or put its months right; where it stands does not change."""
        return replace(self, granted=grant)

    def withdraw(self, *, by: Principal, on: date, word: Word) -> tuple[Self, events.BenefitWithdrawn]:
        """Take the application for this benefit back."""
        withdrawn = self._moved(Action.WITHDRAW, by=by, on=on)
        return withdrawn, events.BenefitWithdrawn(
            case_id=self.id, withdrawn_by=by.id, capacity=word.capacity, said_by=word.said_by, withdrawn_on=on
        )

    def give_up(self, *, by: Principal, on: date, word: Word) -> tuple[Self, events.BenefitGivenUp]:
        """Want no more of what was granted (放弃待遇): the month of that day is the last one. One may apply again.

        Raises:
            StoppedAlready: it has stopped before.
        """
        moved = self._moved(Action.GIVE_UP, by=by, on=on)
        assert self.granted  # the stage says so
        stopped = self.granted.stopped(on, because=GIVEN_UP)
        return replace(moved, granted=stopped), events.BenefitGivenUp(
            case_id=self.id,
            item=self.item,
            given_up_by=by.id,
            capacity=word.capacity,
            said_by=word.said_by,
            last_month=stopped.last_month,
            given_up_on=on,
        )

    def reopen(
        self, *, on: date, review_decision: UUID, bound_by: UUID | None = None
    ) -> tuple[Self, events.BenefitReopened]:
        """Decide anew what a review has sent back or changed. Nobody does this; it follows from the review.

        What was granted stays due until it is decided otherwise.

        Source: 行政复议法 (2023) arts. 42, 63, 64, 77: a decision stands until it is changed, and what the review
        decides is carried out.
        """
        taken = {step.action for step in self.done}
        has_gone_all_the_way = {step.action for step in self.route.steps[:-1]} <= taken
        anew = Action.REOPEN if has_gone_all_the_way else Action.RESTART
        action = Action.RECONSIDER if self.stage is Stage.GRANTED else anew
        moved = self._followed(action, on=on)
        reopened = replace(moved, refusal=None, deviation="", reopened_by=review_decision, bound_by=bound_by)
        return reopened, events.BenefitReopened(case_id=self.id, review_decision=review_decision, reopened_on=on)

    def _told(self, decided: Grant, proposal: Proposal, *, by: UUID | None, on: date) -> events.BenefitGranted:
        return events.BenefitGranted(
            case_id=self.id,
            item=self.item,
            granted_by=by,
            granted_on=on,
            first_month=decided.first_month,
            amount_fen=decided.amount_fen,
            unit=decided.unit,
            proposed=proposal.finding,
            rule_versions=decided.rule_versions,
        )

    def _followed(self, action: Action, *, on: date, organisation_id: UUID | None = None) -> Self:
        step = self.route.lifecycle.step_by_itself(self, action, on=on, organisation_id=organisation_id)
        return replace(self, stage=step.stage, done=(*self.done, step))

    def _moved(self, action: Action, *, by: Principal, on: date) -> Self:
        step = self.route.lifecycle.step(self, action, by=by, on=on)
        require_conditions(self, action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))

"""A piece of certificate business from submission to the issued card."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.certificate import events
from app.domain.certificate.business import Exemption
from app.domain.certificate.choice import Choice
from app.domain.certificate.conclusion import (
    DesignatedInstitution,
    EvaluationConclusion,
    GuardianProof,
    ResidencePermit,
)
from app.domain.certificate.conditions import (
    require_ground,
    require_institution,
    require_no_guardian,
    require_notice_over,
    require_residence_permit,
    require_standard_met,
)
from app.domain.certificate.notice import Notice, NoticeRules, NoticeSheet, Objection, require_notice_up
from app.domain.certificate.refusals import (
    CancellationGround,
    ReasonContradictsConclusion,
    RefusalReason,
    Relation,
    RelationDeclared,
)
from app.domain.certificate.rules import CertificateRules
from app.domain.certificate.stages import Action, Business, HandledAt, Stage
from app.domain.certificate.way import WHOLE, Ending, Way
from app.domain.person import age_on
from app.domain.shared.access import Principal
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import Category
from app.domain.shared.reason import Reason
from app.domain.shared.refusal import Refusal
from app.domain.shared.stated import Stated
from app.domain.shared.transitions import Allowed, Done
from app.domain.shared.voice import Word

CaseStep: TypeAlias = Done[Stage, Action]
_ACCEPTED = frozenset({Action.ACCEPT, Action.DEEM_ACCEPTED})
_AT_RESIDENCE = frozenset(
    {
        Action.ACCEPT,
        Action.ASSIGN_EVALUATION,
        Action.POST_NOTICE,
        Action.RECORD_OBJECTION,
        Action.DISMISS_OBJECTION,
    }
)
"""What the federation of the residence does in the place of the one that approves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCase:
    """One piece of certificate business (残疾人证业务).

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says. None
    touches `version`: saving compares it and counts it up.
    """

    id: UUID
    person_id: UUID
    region: str
    submitted_at: datetime
    accepting_region: str | None = None
    """The path of the residence, where it is accepted there; `region` is where it is approved."""
    application_id: UUID | None = None
    item: str = "certificate"
    """The item of the application that the case carries."""
    business: Business = Business.NEW
    way: Way = WHOLE
    """The steps that the business needs, as on the day of the submission."""
    ground: CancellationGround | None = None
    """Why a certificate is to be cancelled; None in all other business."""
    stage: Stage = Stage.SUBMITTED
    declared_categories: frozenset[Category] = frozenset()
    """What the person names in the form; the doctors are not bound by it."""
    done: tuple[CaseStep, ...] = ()
    guardian_proof: GuardianProof = GuardianProof.NOT_SHOWN
    institution: DesignatedInstitution | None = None
    choice: Choice | None = None
    """How the institution was chosen."""
    conclusion: EvaluationConclusion | None = None
    warnings: tuple[Reason, ...] = ()
    """What does not fit the tables of the standard, for the doctors and the reviewer to look at again."""
    notice: Notice | None = None
    objections: tuple[Objection, ...] = ()
    related: Mapping[UUID, Relation] = field(default_factory=dict)
    """Accounts that have declared to be related to the person, and take no part."""
    refusal: Refusal[RefusalReason] | None = None
    certificate_id: UUID | None = None
    """The certificate that it has issued, replaced or cancelled."""
    exemption: Exemption | None = None
    """Why it was accepted although something bars it in principle."""
    reopened_by: UUID | None = None
    """The decision of a review for which it is evaluated anew."""
    rule_versions: tuple[str, ...] = ()
    """References of the rules that its decisions have used, in the order of use."""
    version: int = 1

    @property
    def is_finished(self) -> bool:
        """Say whether nothing can happen to the case any more."""
        return self.way.lifecycle.is_final(self.stage)

    def done_by(self, action: Action) -> UUID | None:
        """Who has done it; None while nobody has."""
        return next((step.by for step in self.done if step.action is action), None)

    def organisation_of(self, action: Action) -> UUID:
        """The organisation for which it was done.

        Raises:
            IllegalTransition: nobody has done it for an organisation yet.
        """
        wanted = _ACCEPTED if action is Action.ACCEPT else {action}
        for step in self.done:
            if step.action in wanted and step.organisation_id is not None:
                return step.organisation_id
        raise IllegalTransition(f"No organisation has done '{action}' for this case yet.", stage=self.stage.value)

    @property
    def handled_at(self) -> HandledAt:
        """Where it is accepted."""
        return HandledAt.REGISTRATION if self.accepting_region is None else HandledAt.RESIDENCE

    @property
    def evaluation_place(self) -> str:
        """The path of the place whose office has an institution drawn, around which that one lies."""
        return self._place_of(Action.ASSIGN_EVALUATION)

    @property
    def evaluation_round(self) -> int:
        """The how manieth choice of an institution the next one is."""
        return 1 + sum(step.action is Action.ASSIGN_EVALUATION for step in self.done)

    @property
    def evaluated_by(self) -> frozenset[UUID]:
        """The doctors who have concluded on it, ever."""
        return frozenset().union(*(step.others for step in self.done if step.action is Action.EVALUATE))

    @property
    def cancelled_id(self) -> UUID | None:
        """The certificate that it has cancelled; None where it has cancelled none."""
        return self.certificate_id if self.stage is Stage.CANCELLED else None

    def was_evaluated_by(self, institution_id: UUID) -> bool:
        """Say whether an institution has concluded on it before."""
        return any(step.action is Action.EVALUATE and step.organisation_id == institution_id for step in self.done)

    @property
    def stated(self) -> Stated:
        """What a decision on the case rests on: the doctors' conclusion and the notice."""
        return {**(self.conclusion.stated if self.conclusion else {}), **(self.notice.stated if self.notice else {})}

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return self.way.lifecycle.answers(lambda action: self._moved(action, by=by, on=on))

    def submitted(self) -> events.CaseSubmitted:
        """The fact that the case has come in."""
        return events.CaseSubmitted(case_id=self.id, business=self.business)

    def opened_by_office(self, *, by: Principal, on: date) -> tuple[Self, events.CancellationOpened]:
        """Look into whether a certificate is to be cancelled, which nobody has applied for; it counts as accepted."""
        opened = self._moved(Action.ACCEPT, by=by, on=on)
        return opened, events.CancellationOpened(
            case_id=self.id, opened_by=by.id, organisation_id=opened.organisation_of(Action.ACCEPT), opened_on=on
        )

    def accept(
        self,
        *,
        by: Principal,
        on: date,
        birth_date: date,
        guardian_proof: GuardianProof,
        rules: CertificateRules,
        found_before: frozenset[Category] = frozenset(),
        residence_permit: ResidencePermit = ResidencePermit.NOT_SHOWN,
        exemption: Exemption | None = None,
    ) -> tuple[Self, events.CaseAccepted]:
        """Take the case on, its materials being complete (受理), or with an exemption from what bars it.

        Source: 残疾人证管理办法 (2017), art. 9(1): minors, intellectual and mental disability need a guardian's proof.

        Raises:
            ResidencePermitMissing: it is accepted where the person lives, and no residence permit is shown.
            GuardianProofMissing: the holder is a minor, or names or holds such a category, and no proof is shown.
        """
        moved = self._moved(Action.ACCEPT, by=by, on=on)
        if self.accepting_region is not None:
            require_residence_permit(residence_permit)
        if guardian_proof is GuardianProof.NOT_SHOWN:
            require_no_guardian(age_on(birth_date, on), self.declared_categories | found_before, rules)
        used = rules.adult_age_years.reference, rules.guarded_categories.reference
        accepted = replace(
            moved, guardian_proof=guardian_proof, exemption=exemption, rule_versions=self._with_rules(*used)
        )
        return accepted, events.CaseAccepted(
            case_id=self.id, accepted_by=by.id, organisation_id=moved.organisation_of(Action.ACCEPT), accepted_on=on
        )

    def deem_accepted(
        self, *, on: date, organisation_id: UUID, rule_versions: tuple[str, ...]
    ) -> tuple[Self, events.CaseDeemedAccepted]:
        """Count as accepted, because nobody has said in time what is missing (视为受理).

        Source: 行政许可法 art. 32(4): from the day on which the application came in. Who is asked for the office is the
        organisation that answers for the item.
        """
        step = self.way.lifecycle.step_by_itself(self, Action.DEEM_ACCEPTED, on=on, organisation_id=organisation_id)
        versions = self._with_rules(*rule_versions)
        deemed = replace(self, stage=step.stage, done=(*self.done, step), rule_versions=versions)
        return deemed, events.CaseDeemedAccepted(
            case_id=self.id, organisation_id=organisation_id, accepted_on=on, rule_versions=rule_versions
        )

    def require_assignable(self, *, by: Principal, on: date) -> None:
        """Refuse what `assign_evaluation` would refuse, before an institution is drawn for it."""
        self._moved(Action.ASSIGN_EVALUATION, by=by, on=on)

    def assign_evaluation(
        self, *, by: Principal, on: date, institution: DesignatedInstitution, choice: Choice
    ) -> tuple[Self, events.EvaluationAssigned]:
        """Ask a designated institution to evaluate (指定评定机构), one that was drawn or, for a reason, chosen by hand.

        Raises:
            NotTheDesignatedInstitution: it is not designated for a category that the person names.
        """
        moved = self._moved(Action.ASSIGN_EVALUATION, by=by, on=on)
        institution.require_designation(self.declared_categories)
        assigned = replace(moved, institution=institution, choice=choice)
        return assigned, events.EvaluationAssigned(
            case_id=self.id,
            assigned_by=by.id,
            institution_id=institution.id,
            draw_id=choice.draw_id,
            by_hand=choice.reason,
            assigned_on=on,
        )

    def evaluate(
        self,
        *,
        by: Principal,
        on: date,
        conclusion: EvaluationConclusion,
        rules: CertificateRules,
        warnings: tuple[Reason, ...] = (),
    ) -> tuple[Self, events.CaseEvaluated]:
        """Enter what the doctors of the institution have concluded and signed (残疾评定).

        Warnings stand beside it and change nothing of it: see `Grading`.

        Raises:
            NotTheDesignatedInstitution: another institution was asked, or it is not designated for what was found.
            TooFewDoctors: fewer doctors have signed than must.
            EvaluationDateImpossible: it is dated before the assignment or in the future.
            GuardianProofMissing: what was found needs a guardian's proof, and none was shown so far.
        """
        moved = self._moved(Action.EVALUATE, by=by, on=on, others=conclusion.doctors)
        conclusion.require_signatures(rules)
        conclusion.require_designation(self.institution)
        conclusion.require_possible_date(assigned_on=self.done[-1].on, on=on)
        proof = conclusion.require_guardian_proof(self.guardian_proof, rules)
        used = rules.minimum_doctors.reference, rules.guarded_categories.reference
        versions = self._with_rules(*used)
        evaluated = replace(
            moved, conclusion=conclusion, guardian_proof=proof, warnings=warnings, rule_versions=versions
        )
        return evaluated, events.CaseEvaluated(
            case_id=self.id,
            evaluated_by=by.id,
            doctors=conclusion.doctors,
            concluded_on=conclusion.concluded_on,
            rule_versions=used,
        )

    def post_notice(
        self, *, by: Principal, on: date, rules: CertificateRules, calendar: WorkingCalendar
    ) -> tuple[Self, events.NoticePosted]:
        """Put the conclusion up for the public to object (公示).

        Source: 残疾人证管理办法 (2017), art. 9(3): five working days; 民法典 art. 201: counted from the day after.

        Raises:
            StandardNotMet: the doctors found no disability in the sense of the standard.
        """
        moved = self._moved(Action.POST_NOTICE, by=by, on=on)
        last_day = calendar.last_day_of(rules.notice_working_days.value, after=on)
        used = rules.notice_working_days.reference
        notice = Notice(posted_on=on, last_day=last_day)
        posted = replace(moved, notice=notice, rule_versions=self._with_rules(used))
        return posted, events.NoticePosted(
            case_id=self.id, posted_by=by.id, posted_on=on, last_day=last_day, rule_versions=(used,)
        )

    def sheet(self, name: str, *, on: date, rules: NoticeRules) -> NoticeSheet:
        """What is put up of it on a day: nothing, unless the notice runs."""
        if self.notice is None or self.conclusion is None or not self.notice.is_up(on):
            return NoticeSheet()
        found, fields = frozenset(self.conclusion.found), rules.fields
        return NoticeSheet(
            last_day=self.notice.last_day,
            name=rules.name_shown(name, found) if "masked_name" in fields else None,
            village=(self.accepting_region or self.region) if "village" in fields else None,
            category=self.conclusion.category if "category" in fields else None,
            grade=self.conclusion.grade if "grade" in fields else None,
        )

    def record_objection(self, *, by: Principal, on: date, text: str) -> tuple[Self, events.ObjectionRecorded]:
        """Take down what the public says against the conclusion (公示异议); it is looked into before anything goes on.

        Raises:
            NoticeNotUp: the last day has passed.
        """
        moved = self._moved(Action.RECORD_OBJECTION, by=by, on=on)
        objection = Objection(text=text, recorded_by=by.id, recorded_on=on)
        recorded = replace(moved, objections=(*self.objections, objection))
        return recorded, events.ObjectionRecorded(case_id=self.id, recorded_by=by.id, recorded_on=on)

    def dismiss_objection(self, *, by: Principal, on: date, finding: str) -> tuple[Self, events.ObjectionDismissed]:
        """Find that the objection is not so (异议不成立). One that is so is a reason to refuse."""
        moved = self._moved(Action.DISMISS_OBJECTION, by=by, on=on)
        looked_into = replace(self.objections[-1], finding=finding)
        dismissed = replace(moved, objections=(*self.objections[:-1], looked_into))
        return dismissed, events.ObjectionDismissed(case_id=self.id, dismissed_by=by.id, dismissed_on=on)

    def declare_relation(
        self, relation: Relation, *, by: Principal, on: date
    ) -> tuple[Self, events.CaseRelationDeclared]:
        """Declare to be related to the person, and take no part from then on (回避); nobody takes that back.

        Source: 行政处罚法 (2021) art. 43 by analogy; the policy document asks that no certificate is by favour.
        """
        declared = replace(self, related={**self.related, by.id: relation})
        return declared, events.CaseRelationDeclared(case_id=self.id, declared_by=by.id, declared_on=on)

    def review(self, *, by: Principal, on: date) -> tuple[Self, events.CaseReviewed]:
        """Find materials, procedure, conclusion and notice in order (审核).

        Source: 残疾人证管理办法 (2017), art. 9(4): the review follows the notice.

        Raises:
            NoticeStillRunning: the last day of the notice has not passed.
        """
        reviewed = self._moved(Action.REVIEW, by=by, on=on)
        return reviewed, events.CaseReviewed(case_id=self.id, reviewed_by=by.id, reviewed_on=on)

    def approve(self, *, by: Principal, on: date) -> tuple[Self, events.CaseApproved]:
        """Decide to issue (批准).

        Source: 残疾人证管理办法 (2017), arts. 7, 9(4): the county federation decides by the doctors' conclusion.
        """
        approved = self._moved(Action.APPROVE, by=by, on=on)
        return approved, events.CaseApproved(
            case_id=self.id, approved_by=by.id, organisation_id=approved.organisation_of(Action.APPROVE), approved_on=on
        )

    def issue(self, *, by: Principal, on: date, certificate_id: UUID) -> tuple[Self, events.CaseIssued]:
        """Hand out the certificate (核发); `Certificate` makes it from the issued case."""
        issued = replace(self._moved(Action.ISSUE, by=by, on=on), certificate_id=certificate_id)
        return issued, events.CaseIssued(case_id=self.id, issued_by=by.id, certificate_id=certificate_id, issued_on=on)

    def cancel(
        self, *, by: Principal, on: date, certificate_id: UUID, rules: CertificateRules
    ) -> tuple[Self, events.CaseCancelled]:
        """Decide to cancel the certificate (注销); `Certificate.cancel` follows.

        Source: 残疾人证管理办法 (2017), arts. 7, 22: what doctors have to conclude, they have concluded.

        Raises:
            NotConcludedUnmet: it is said that the standard is no longer met, and no doctor has concluded that.
        """
        moved = self._moved(Action.CANCEL, by=by, on=on)
        used = rules.appeal.reference
        cancelled = replace(moved, certificate_id=certificate_id, rule_versions=self._with_rules(used))
        return cancelled, events.CaseCancelled(
            case_id=self.id, cancelled_by=by.id, certificate_id=certificate_id, cancelled_on=on, rule_versions=(used,)
        )

    def refuse(
        self, *, by: Principal, on: date, refusal: Refusal[RefusalReason], rules: CertificateRules
    ) -> tuple[Self, events.CaseRefused]:
        """Decide not to issue (不予办理), with the reason in writing and the way to appeal.

        Source: 残疾人证管理办法 (2017), arts. 9(3), 25.

        Raises:
            ReasonContradictsConclusion: no doctor has concluded what the reason says.
        """
        moved = self._moved(Action.REFUSE, by=by, on=on)
        has_failed = self.conclusion is not None and not self.conclusion.meets_standard
        if refusal.reason is RefusalReason.STANDARD_NOT_MET and not has_failed:
            raise ReasonContradictsConclusion(
                "No doctor has concluded that the standard is not met. Give the true reason."
            )
        used = rules.appeal.reference
        refused = replace(moved, refusal=refusal, rule_versions=self._with_rules(used))
        return refused, events.CaseRefused(
            case_id=self.id, refused_by=by.id, reason=refusal.reason, refused_on=on, rule_versions=(used,)
        )

    def ask_correction(self, *, by: Principal, on: date) -> tuple[Self, events.CaseCorrectionAwaited]:
        """Wait for what is missing; what that is stands in the correction.

        Source: 行政许可法 art. 32(4): once, and completely.

        Raises:
            StepTakenBefore: it was asked for once already.
        """
        waiting = self._moved(Action.ASK_CORRECTION, by=by, on=on)
        return waiting, events.CaseCorrectionAwaited(case_id=self.id, asked_by=by.id, asked_on=on)

    def complete_correction(self, *, on: date) -> tuple[Self, events.CaseCorrected]:
        """Go on: all that was missing is there."""
        corrected = self._followed(Action.COMPLETE_CORRECTION, on=on)
        return corrected, events.CaseCorrected(case_id=self.id, corrected_on=on)

    def confirm(self, *, on: date) -> tuple[Self, events.CaseConfirmed]:
        """Go on: the second person has said yes."""
        confirmed = self._followed(Action.CONFIRM, on=on)
        return confirmed, events.CaseConfirmed(case_id=self.id, confirmed_on=on)

    def rest(self, *, on: date) -> tuple[Self, events.CaseRested]:
        """Rest, because no answer or no word has come in time. Nothing is refused by that; it lets the case go on."""
        resting = self._followed(Action.REST, on=on)
        return resting, events.CaseRested(case_id=self.id, rested_on=on)

    def withdraw(self, *, by: Principal, on: date, word: Word) -> tuple[Self, events.CaseWithdrawn]:
        """Take the application back. Source: 残疾人证管理办法 (2017), art. 3: applying is voluntary."""
        withdrawn = self._moved(Action.WITHDRAW, by=by, on=on)
        return withdrawn, events.CaseWithdrawn(
            case_id=self.id, withdrawn_by=by.id, capacity=word.capacity, said_by=word.said_by, withdrawn_on=on
        )

    def reopen(self, *, on: date, review_decision: UUID) -> tuple[Self, events.CaseReopened]:
        """Evaluate anew what a review has sent back, by other doctors (重新评定). It follows from the review.

        Source: 残疾人证管理办法 (2017), art. 25.

        Raises:
            IllegalTransition: the certificate was issued; that one is changed by business of its own.
        """
        was_accepted = any(step.action in _ACCEPTED for step in self.done)
        action = Action.REOPEN if was_accepted else Action.RESTART
        step = self.way.lifecycle.step_by_itself(self, action, on=on)
        reopened = replace(
            self,
            stage=step.stage,
            done=(*self.done, step),
            institution=None,
            choice=None,
            conclusion=None,
            notice=None,
            refusal=None,
            certificate_id=None,
            reopened_by=review_decision,
        )
        return reopened, events.CaseReopened(case_id=self.id, review_decision=review_decision, reopened_on=on)

    def _followed(self, action: Action, *, on: date) -> Self:
        step = self.way.lifecycle.step_by_itself(self, action, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))

    def _moved(self, action: Action, *, by: Principal, on: date, others: tuple[UUID, ...] = ()) -> Self:
        where_done = self if self.accepting_region is None else replace(self, region=self._place_of(action))
        step = self.way.lifecycle.step(where_done, action, by=by, on=on, others=others)
        if step.doers & self.related.keys():
            raise RelationDeclared("Whoever has declared to be related to the person takes no part. Another must act.")
        self._require_condition(action, by=by, on=on)
        if any(step.doers & earlier.doers for earlier in self.done if earlier.action is action is Action.EVALUATE):
            raise DutiesNotSeparated("Doctors who evaluated before do not evaluate anew. Others must.")
        return replace(self, stage=step.stage, done=(*self.done, step))

    def _place_of(self, action: Action) -> str:
        """The path of the place whose offices take a step."""
        return self.accepting_region if self.accepting_region and action in _AT_RESIDENCE else self.region

    def _require_condition(self, action: Action, *, by: Principal, on: date) -> None:
        match action:
            case Action.EVALUATE:
                require_institution(self.institution, by=by)
            case Action.POST_NOTICE:
                require_standard_met(self.conclusion)
            case Action.RECORD_OBJECTION:
                require_notice_up(self.notice, on=on)
            case Action.REVIEW if self.stage is Stage.ON_NOTICE:
                require_notice_over(self.notice, on=on)
            case Action.REVIEW if self.stage is Stage.EVALUATED and self.way.ending is Ending.ISSUE:
                require_standard_met(self.conclusion)
            case Action.CANCEL:
                require_ground(self.ground, self.conclusion)
            case _:
                pass

    def _with_rules(self, *references: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.rule_versions, *references)))

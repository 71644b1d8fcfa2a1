"""A piece of certificate business from submission to the issued card."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.certificate import acceptance, ending, evaluation, events, publicity, waiting
from app.domain.certificate.business import Exemption
from app.domain.certificate.choice import Choice, LapsedChoice
from app.domain.certificate.conclusion import (
    DesignatedInstitution,
    EvaluationConclusion,
    GuardianProof,
)
from app.domain.certificate.conditions import (
    require_ground,
    require_institution,
    require_notice_over,
    require_standard_met,
)
from app.domain.certificate.decline import DeclineSaid
from app.domain.certificate.notice import Notice, Objection, require_notice_up
from app.domain.certificate.refusals import (
    CancellationGround,
    RefusalReason,
    Relation,
    RelationDeclared,
)
from app.domain.certificate.signing import ConclusionSigned
from app.domain.certificate.stages import Action, Business, HandledAt, Stage
from app.domain.certificate.way import WHOLE, Ending, Way
from app.domain.shared.access import Principal
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.identity import Category
from app.domain.shared.reason import Reason
from app.domain.shared.refusal import Refusal
from app.domain.shared.relations import NO_RELATIONS, Relations
from app.domain.shared.stated import Stated
from app.domain.shared.transitions import Allowed, Done

CaseStep: TypeAlias = Done[Stage, Action]
_ACCEPTED = frozenset({Action.ACCEPT, Action.DEEM_ACCEPTED})
_OPEN_TO_RELATED = frozenset({Action.WITHDRAW, Action.DECLINE_EVALUATION})
"""A family takes its application back, and who is related to the person should decline."""
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

    Its steps stand in modules of their own, one a stretch of the way, and are hung onto it here: all of them pass
    through `stepped` or `stepped_by_itself`.

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
    said: DeclineSaid | None = None
    """What one person of the institution has said of this choice, and nobody else yet."""
    signed: ConclusionSigned | None = None
    """What some of its doctors have concluded and signed, and others have not yet."""
    turns: tuple[LapsedChoice, ...] = ()
    """The choices before it, each of which has come to nothing."""
    conclusion: EvaluationConclusion | None = None
    warnings: tuple[Reason, ...] = ()
    """What does not fit the tables of the standard, for the doctors and the reviewer to look at again."""
    notice: Notice | None = None
    objections: tuple[Objection, ...] = ()
    related: Mapping[UUID, Relation] = field(default_factory=dict)
    """Accounts that have declared to be related to the person, and take no part."""
    known: Relations = NO_RELATIONS
    """Who is related to the person by what is on record, as looked up for this caller just now; it is not kept."""
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

    @property
    def was_accepted(self) -> bool:
        """Say whether it was taken on, by an officer or by the law itself."""
        return any(step.action in _ACCEPTED for step in self.done)

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
    def declined_by(self) -> frozenset[UUID]:
        """The institutions that have declined it: none of them is drawn for it again."""
        return frozenset(turn.institution_id for turn in self.turns if turn.declines_whole)

    @property
    def declined_doctors(self) -> frozenset[UUID]:
        """The doctors who have declined it."""
        return frozenset().union(*(turn.doctors for turn in self.turns))

    @property
    def wants_stand_ins(self) -> bool:
        """Say whether the institution stays, and others of its doctors are drawn for those who have declined."""
        return self.stage is Stage.ACCEPTED and self.institution is not None

    @property
    def keeps_earlier_draw(self) -> bool:
        """Say whether it takes over who was drawn for an earlier case: nobody was drawn for it, and no review was."""
        return self.reopened_by is None and all(turn.draw_id is None for turn in self.turns)

    @property
    def evaluated_by(self) -> frozenset[UUID]:
        """Who has concluded on it or entered that, ever: none of them evaluates it anew."""
        return frozenset().union(*(step.doers for step in self.done if step.action is Action.EVALUATE))

    @property
    def cancelled_id(self) -> UUID | None:
        """The certificate that it has cancelled; None where it has cancelled none."""
        return self.certificate_id if self.stage is Stage.CANCELLED else None

    def was_given_to(self, institution_id: UUID) -> bool:
        """Say whether an institution was asked before, whatever came of it."""
        return any(turn.institution_id == institution_id for turn in self.turns)

    @property
    def stated(self) -> Stated:
        """What a decision on the case rests on: the doctors' conclusion and the notice."""
        return {**(self.conclusion.stated if self.conclusion else {}), **(self.notice.stated if self.notice else {})}

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return self.way.lifecycle.answers(lambda action: self.stepped(action, by=by, on=on))

    opened_by_office = acceptance.opened_by_office
    accept = acceptance.accept
    deem_accepted = acceptance.deem_accepted
    ask_correction = waiting.ask_correction
    complete_correction = waiting.complete_correction
    confirm = waiting.confirm
    rest = waiting.rest
    require_assignable = evaluation.require_assignable
    assign_evaluation = evaluation.assign_evaluation
    decline_evaluation = evaluation.decline_evaluation
    evaluate = evaluation.evaluate
    post_notice = publicity.post_notice
    sheet = publicity.sheet
    record_objection = publicity.record_objection
    dismiss_objection = publicity.dismiss_objection
    review = ending.review
    approve = ending.approve
    issue = ending.issue
    cancel = ending.cancel
    refuse = ending.refuse
    withdraw = ending.withdraw
    reopen = ending.reopen

    def submitted(self) -> events.CaseSubmitted:
        """The fact that the case has come in."""
        return events.CaseSubmitted(case_id=self.id, business=self.business)

    def declare_relation(
        self, relation: Relation, *, by: Principal, on: date
    ) -> tuple[Self, events.CaseRelationDeclared]:
        """Declare to be related to the person, and take no part from then on (回避); nobody takes that back.

        Source: 行政处罚法 (2021) art. 43 by analogy; the policy document asks that no certificate is by favour.
        """
        declared = replace(self, related={**self.related, by.id: relation})
        return declared, events.CaseRelationDeclared(case_id=self.id, declared_by=by.id, declared_on=on)

    def stepped_by_itself(self, action: Action, *, on: date) -> Self:
        """The case after a step that nobody takes: the table alone is asked."""
        step = self.way.lifecycle.step_by_itself(self, action, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))

    def stepped(self, action: Action, *, by: Principal, on: date, others: tuple[UUID, ...] = ()) -> Self:
        """The case after a step of somebody's: every step passes here, and so does the answer whether it may be taken.

        Raises:
            RelationDeclared, RelationOnRecord: a doer is related to the person, by their own word or by the record.
            DutiesNotSeparated: doctors would evaluate anew what they have evaluated before, or what they have declined.
        """
        where_done = self if self.accepting_region is None else replace(self, region=self._place_of(action))
        step = self.way.lifecycle.step(where_done, action, by=by, on=on, others=others)
        if step.doers & self.related.keys() and action is not Action.DECLINE_EVALUATION:
            raise RelationDeclared("Whoever has declared to be related to the person takes no part. Another must act.")
        if action not in _OPEN_TO_RELATED:
            self.known.require_none(step.doers, by=by.id, barred=self._bound_elsewhere(action))
        self._require_condition(action, by=by, on=on)
        if any(step.doers & earlier.doers for earlier in self.done if earlier.action is action is Action.EVALUATE):
            raise DutiesNotSeparated("Doctors who evaluated before do not evaluate anew. Others must.")
        if action is Action.EVALUATE and step.doers & self.declined_doctors:
            raise DutiesNotSeparated("A doctor who has declined this case does not evaluate it after all. Others must.")
        return replace(self, stage=step.stage, done=(*self.done, step))

    def _bound_elsewhere(self, action: Action) -> frozenset[UUID]:
        """Whoever has declared a relation, or done another duty that is kept apart from an action."""
        apart = self.way.lifecycle.apart
        others = (step.doers for step in self.done if action in apart and step.action in apart - {action})
        return frozenset(self.related).union(*others)

    def _place_of(self, action: Action) -> str:
        """The path of the place whose offices take a step."""
        return self.accepting_region if self.accepting_region and action in _AT_RESIDENCE else self.region

    def _require_condition(self, action: Action, *, by: Principal, on: date) -> None:
        match action:
            case Action.EVALUATE | Action.DECLINE_EVALUATION:
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

    def with_rules(self, *references: str) -> tuple[str, ...]:
        """The references of the rules that were used so far, with these."""
        return tuple(dict.fromkeys((*self.rule_versions, *references)))

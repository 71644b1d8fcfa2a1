"""An individual plan from its draft to its end."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.plan import events
from app.domain.plan.content import Part, PlanContent
from app.domain.plan.review import Findings, LifeEvent, Review
from app.domain.plan.rules import Obligation, PlanRules
from app.domain.plan.stages import LIFECYCLE, PlanAction, PlanStage
from app.domain.shared.access import Principal, has_function, organisation_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, DutiesNotSeparated
from app.domain.shared.finding import Finding
from app.domain.shared.transitions import Allowed, Done, NotYourFunction, OwnCase
from app.domain.shared.voice import Voice, voice_of

PlanStep: TypeAlias = Done[PlanStage, PlanAction]


class PartsMissing(Conflict):
    """The plan lacks parts that it must have."""

    code = "plan_parts_missing"
    title = "The plan is not complete"


class PlanOvertaken(Conflict):
    """Another plan than the one that this was to follow is in force."""

    code = "plan_overtaken"
    title = "Another plan has come into force since"


class ReferralsOpen(Conflict):
    """Services of the plan are still under way."""

    code = "referrals_open"
    title = "Services of the plan are still under way"


class Outcome(StrEnum):
    """What a plan came to."""

    REACHED = "reached"
    """目标达成"""
    PARTLY_REACHED = "partly_reached"
    """部分达成"""
    NOT_REACHED = "not_reached"
    """未达成"""
    PERSON_LEFT = "person_left"
    """本人迁出、死亡或者退出"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the person, or a guardian, said to the plan, in which capacity and when."""

    by: UUID
    voice: Voice
    text: str | None = field(repr=False)
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One revision of the individual plan of a person (一人一案). At most one is active; the store sees to that.

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says.
    """

    id: UUID
    person_id: UUID
    region: str
    revision: int
    content: PlanContent
    required_parts: tuple[Part, ...]
    """What it must have by the rules and the facts of the day on which it was drawn up; nothing where none was owed."""
    rule_versions: tuple[str, ...]
    stage: PlanStage = PlanStage.DRAFTED
    done: tuple[PlanStep, ...] = ()
    opinion: Opinion | None = None
    outcome: Outcome | None = None
    review_due_on: date | None = None
    """When somebody is to look whether it helps; None while it is not active. A life event brings the day forward."""
    called_for: tuple[LifeEvent, ...] = ()
    """What has happened in the person's life since somebody last looked."""
    reviews: tuple[Review, ...] = ()
    application_id: UUID | None = None
    follows: UUID | None = None
    """The plan that was in force when this was drawn up: it takes the place of that one, and of no other."""
    version: int = 1

    @classmethod
    def draft(
        cls,
        content: PlanContent,
        *,
        plan_id: UUID,
        person_id: UUID,
        region: str,
        revision: int,
        by: Principal,
        on: date,
        rules: PlanRules,
        owed: Obligation,
        confirmed_needs: Collection[UUID],
        application_id: UUID | None = None,
        follows: UUID | None = None,
    ) -> tuple[Self, events.PlanDrafted]:
        """Draw a plan up (制定方案); parts may still be missing, and must be there only where a plan is owed.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place of the person.
            DutiesNotSeparated: the plan would be the caller's own.
            PlanInconsistent, NeedNotConfirmed: the parts do not fit together.
        """
        content.require_consistency(confirmed_needs=confirmed_needs)
        used = (rules.required_parts.reference, *owed.rule_versions)
        plan = cls(
            id=plan_id,
            person_id=person_id,
            region=region,
            revision=revision,
            content=content,
            required_parts=rules.required_parts.value if owed.finding is Finding.MET else (),
            rule_versions=used,
            done=(_drafting(by, person_id=person_id, region=region, on=on),),
            application_id=application_id,
            follows=follows,
        )
        return plan, events.PlanDrafted(
            plan_id=plan_id, revision=revision, drafted_by=by.id, drafted_on=on, rule_versions=used
        )

    @property
    def missing_parts(self) -> tuple[Part, ...]:
        """The parts that it must have and lacks."""
        return tuple(part for part in self.required_parts if part not in self.content.parts)

    def allowed_actions(self, by: Principal, *, on: date, guardians: Collection[UUID] = ()) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._guarded(action, by=by, on=on, guardians=guardians))

    def agree(
        self, *, by: Principal, on: date, opinion: str | None, guardians: Collection[UUID]
    ) -> tuple[Self, events.PlanAgreed]:
        """The person, or a guardian, agrees (本人同意).

        Source: 残疾预防和残疾人康复条例 art. 21: the opinion of the person and the family is heard.

        Raises:
            NotThePerson: the caller is neither the person nor a guardian.
            PartsMissing: the plan lacks parts, so nobody could know what is agreed to.
        """
        agreed, heard = self._heard(PlanAction.AGREE, by=by, on=on, opinion=opinion, guardians=guardians)
        return agreed, events.PlanAgreed(plan_id=self.id, agreed_by=by.id, voice=heard.voice, agreed_on=on)

    def decline(
        self, *, by: Principal, on: date, opinion: str | None, guardians: Collection[UUID]
    ) -> tuple[Self, events.PlanDeclined]:
        """The person, or a guardian, does not want it (本人不同意); no reason is owed, and another may be drafted.

        Raises:
            NotThePerson: the caller is neither the person nor a guardian.
        """
        declined, heard = self._heard(PlanAction.DECLINE, by=by, on=on, opinion=opinion, guardians=guardians)
        return declined, events.PlanDeclined(plan_id=self.id, declined_by=by.id, voice=heard.voice, declined_on=on)

    def approve(self, *, by: Principal, on: date, active: UUID | None) -> tuple[Self, events.PlanApproved]:
        """Put the plan into force (审定) in the place of the one that is `active`; whoever drew it up may not.

        Raises:
            PartsMissing: the plan lacks parts.
            PlanOvertaken: the one that is active came into force after this was drawn up.
        """
        moved = self._moved(PlanAction.APPROVE, by=by, on=on)
        if active not in {None, self.follows}:
            raise PlanOvertaken(
                "Another plan came into force since this was drawn up. Read that one, and draw up the next on it.",
                active=str(active),
            )
        approved = replace(moved, review_due_on=self.content.review_on)
        return approved, events.PlanApproved(
            plan_id=self.id,
            revision=self.revision,
            approved_by=by.id,
            approved_on=on,
            review_on=self.content.review_on,
        )

    def review(self, findings: Findings, *, by: Principal, on: date) -> tuple[Self, events.PlanReviewed]:
        """Put down what was seen of each goal (复核); where another revision is needed, the plan stays due until then.

        Raises:
            GoalsNotSeen, NextReviewImpossible: the findings do not fit the plan.
        """
        moved = self._moved(PlanAction.REVIEW, by=by, on=on)
        findings.require_fitting(self.content, on=on)
        reviewed = replace(
            moved,
            review_due_on=findings.next_review_on or min(on, self.review_due_on or on),
            called_for=() if findings.next_review_on else self.called_for,
            reviews=(*self.reviews, Review(by=by.id, on=on, called_for=self.called_for, findings=findings)),
        )
        return reviewed, events.PlanReviewed(
            plan_id=self.id,
            reviewed_by=by.id,
            reviewed_on=on,
            called_for=tuple(self.called_for),
            next_review_on=findings.next_review_on,
        )

    def close(
        self, *, by: Principal, on: date, outcome: Outcome, referrals: Collection[UUID]
    ) -> tuple[Self, events.PlanClosed]:
        """End the plan with what it came to (结案); `referrals` of it are under way.

        Raises:
            ReferralsOpen: there are some, and the person has not left: nobody would be there to confirm them.
        """
        moved = self._moved(PlanAction.CLOSE, by=by, on=on)
        if referrals and outcome is not Outcome.PERSON_LEFT:
            named = sorted(str(referral) for referral in referrals)
            raise ReferralsOpen(
                f"These are still under way: {', '.join(named)}. Wait until the person has confirmed them.",
                errors=[{"pointer": f"/v1/referrals/{one}", "code": ReferralsOpen.code} for one in named],
            )
        closed = replace(moved, outcome=outcome, review_due_on=None, called_for=())
        return closed, events.PlanClosed(plan_id=self.id, outcome=outcome, closed_by=by.id, closed_on=on)

    def supersede(self, *, on: date, by_plan: UUID) -> tuple[Self, events.PlanSuperseded]:
        """Give way to a later revision. Nobody does this; it follows from the other's approval.

        Raises:
            IllegalTransition: the plan is not active.
        """
        step = LIFECYCLE.step_by_itself(self, PlanAction.SUPERSEDE, on=on)
        superseded = replace(self, stage=step.stage, done=(*self.done, step), review_due_on=None, called_for=())
        return superseded, events.PlanSuperseded(plan_id=self.id, superseded_by=by_plan, superseded_on=on)

    def _heard(
        self, action: PlanAction, *, by: Principal, on: date, opinion: str | None, guardians: Collection[UUID]
    ) -> tuple[Self, Opinion]:
        moved = self._moved(action, by=by, on=on)
        voice = voice_of(by, person_id=self.person_id, guardians=guardians)
        heard = Opinion(by=by.id, voice=voice, text=opinion, on=on)
        return replace(moved, opinion=heard), heard

    def _guarded(self, action: PlanAction, *, by: Principal, on: date, guardians: Collection[UUID]) -> Self:
        moved = self._moved(action, by=by, on=on)
        if action in {PlanAction.AGREE, PlanAction.DECLINE}:
            voice_of(by, person_id=self.person_id, guardians=guardians)
        return moved

    def _moved(self, action: PlanAction, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action in {PlanAction.REVIEW, PlanAction.CLOSE} and by.is_concerned(self.person_id):
            raise OwnCase("Nobody reviews or closes their own plan. Another person must.", action=action.value)
        if action in {PlanAction.AGREE, PlanAction.APPROVE} and self.missing_parts:
            missing = ", ".join(self.missing_parts)
            raise PartsMissing(
                f"The plan lacks {missing}. Draw it up anew with all its parts.",
                parts=[part.value for part in self.missing_parts],
            )
        return replace(self, stage=step.stage, done=(*self.done, step))


def _drafting(by: Principal, *, person_id: UUID, region: str, on: date) -> PlanStep:
    roles = OPERATIONS["draft_plan"].roles
    if not has_function(by, roles, region=region):
        raise NotYourFunction(
            "Only commissioners and officers draw up plans, each in their own area. Pass it on to one of them.",
            roles=", ".join(sorted(roles)),
        )
    if by.is_concerned(person_id):
        raise DutiesNotSeparated("Nobody draws up their own plan. Another person must.")
    organisation_id = organisation_of(by, roles, region=region)
    return Done(action=PlanAction.DRAFT, stage=PlanStage.DRAFTED, on=on, by=by.id, organisation_id=organisation_id)

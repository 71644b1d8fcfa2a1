"""An individual plan from its draft to its end."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.plan import events
from app.domain.plan.content import Part, PlanContent
from app.domain.plan.rules import PlanRules
from app.domain.plan.stages import LIFECYCLE, PlanAction, PlanStage
from app.domain.shared.access import Principal
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, DutiesNotSeparated
from app.domain.shared.transitions import Allowed, Done, NotYourFunction, has_function, organisation_of
from app.domain.shared.voice import Voice, voice_of

PlanStep: TypeAlias = Done[PlanStage, PlanAction]


class PartsMissing(Conflict):
    """The plan lacks parts that it must have."""

    code = "plan_parts_missing"
    title = "The plan is not complete"


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
    """What it must have by the rule that was in force when it was drawn up."""
    rule_versions: tuple[str, ...]
    stage: PlanStage = PlanStage.DRAFTED
    done: tuple[PlanStep, ...] = ()
    opinion: Opinion | None = None
    outcome: Outcome | None = None
    application_id: UUID | None = None
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
        confirmed_needs: Collection[UUID],
        application_id: UUID | None = None,
    ) -> tuple[Self, events.PlanDrafted]:
        """Draw a plan up (制定方案); parts may still be missing.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place of the person.
            DutiesNotSeparated: the plan would be the caller's own.
            PlanInconsistent, NeedNotConfirmed: the parts do not fit together.
        """
        content.require_consistency(confirmed_needs=confirmed_needs)
        used = (rules.required_parts.reference,)
        plan = cls(
            id=plan_id,
            person_id=person_id,
            region=region,
            revision=revision,
            content=content,
            required_parts=rules.required_parts.value,
            rule_versions=used,
            done=(_drafting(by, person_id=person_id, region=region, on=on),),
            application_id=application_id,
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

    def approve(self, *, by: Principal, on: date) -> tuple[Self, events.PlanApproved]:
        """Put the plan into force (审定); whoever drew it up may not.

        Raises:
            PartsMissing: the plan lacks parts.
        """
        approved = self._moved(PlanAction.APPROVE, by=by, on=on)
        return approved, events.PlanApproved(
            plan_id=self.id,
            revision=self.revision,
            approved_by=by.id,
            approved_on=on,
            review_on=self.content.review_on,
        )

    def close(self, *, by: Principal, on: date, outcome: Outcome) -> tuple[Self, events.PlanClosed]:
        """End the plan with what it came to (结案)."""
        closed = replace(self._moved(PlanAction.CLOSE, by=by, on=on), outcome=outcome)
        return closed, events.PlanClosed(plan_id=self.id, closed_by=by.id, closed_on=on)

    def supersede(self, *, on: date, by_plan: UUID) -> tuple[Self, events.PlanSuperseded]:
        """Give way to a later revision. Nobody does this; it follows from the other's approval.

        Raises:
            IllegalTransition: the plan is not active.
        """
        step = LIFECYCLE.step_by_itself(self, PlanAction.SUPERSEDE, on=on)
        superseded = replace(self, stage=step.stage, done=(*self.done, step))
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

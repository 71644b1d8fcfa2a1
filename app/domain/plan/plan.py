"""A person's individual plan (一人一案): drafted, agreed by the person, approved by another, reviewed and superseded."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.plan import events
from app.domain.plan.parts import Parts
from app.domain.plan.stages import LIFECYCLE, Action, Stage
from app.domain.shared.access import Principal
from app.domain.shared.transitions import Allowed, Done

PlanStep: TypeAlias = Done[Stage, Action]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One revision of a person's plan. Exactly one revision is active; the database holds that too.

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says. None
    touches `version`: saving compares it and counts it up.

    Source: 昌市政办发〔2020〕53号 五(五)2; 残疾预防和残疾人康复条例 art. 21.
    """

    id: UUID
    person_id: UUID
    region: str
    revision: int
    parts: Parts
    application_id: UUID | None = None
    stage: Stage = Stage.DRAFTED
    done: tuple[PlanStep, ...] = ()
    opinion: str = ""
    """What the person says to it, in the person's own words."""
    version: int = 1

    @classmethod
    def draft(
        cls,
        *,
        plan_id: UUID,
        person_id: UUID,
        region: str,
        revision: int,
        parts: Parts,
        by: Principal,
        on: date,
        application_id: UUID | None = None,
    ) -> tuple[Self, events.PlanDrafted]:
        """Draw up a plan. It may be incomplete; nobody agrees to an incomplete one."""
        plan = cls(
            id=plan_id,
            person_id=person_id,
            region=region,
            revision=revision,
            parts=parts,
            application_id=application_id,
            done=(Done(action=Action.DRAFT, stage=Stage.DRAFTED, on=on, by=by.id),),
        )
        return plan, events.PlanDrafted(plan_id=plan_id, revision=revision, drafted_by=by.id, drafted_on=on)

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def agree(self, *, by: Principal, on: date, opinion: str = "") -> tuple[Self, events.PlanAgreed]:
        """The person agrees.

        Raises:
            PlanIncomplete: one of the four parts is missing.
        """
        agreed = replace(self._moved(Action.AGREE, by=by, on=on), opinion=opinion)
        return agreed, events.PlanAgreed(plan_id=self.id, agreed_by=by.id, agreed_on=on)

    def decline(self, *, by: Principal, on: date, opinion: str = "") -> tuple[Self, events.PlanDeclined]:
        """The person does not want it; no reason is owed."""
        declined = replace(self._moved(Action.DECLINE, by=by, on=on), opinion=opinion)
        return declined, events.PlanDeclined(plan_id=self.id, declined_by=by.id, declined_on=on)

    def approve(self, *, by: Principal, on: date) -> tuple[Self, events.PlanApproved]:
        """Put the plan into force; whoever drafted it may not."""
        approved = self._moved(Action.APPROVE, by=by, on=on)
        return approved, events.PlanApproved(
            plan_id=self.id,
            revision=self.revision,
            approved_by=by.id,
            approved_on=on,
            review_on=self.parts.review_on,
        )

    def supersede(self, *, by_plan: UUID, on: date) -> tuple[Self, events.PlanSuperseded]:
        """Give way to a later revision. Nobody does this; it follows from the other's approval."""
        step = LIFECYCLE.step_by_itself(self, Action.SUPERSEDE, on=on)
        superseded = replace(self, stage=step.stage, done=(*self.done, step))
        return superseded, events.PlanSuperseded(plan_id=self.id, superseded_by=by_plan)

    def _moved(self, action: Action, *, by: Principal, on: date) -> Self:
        step = LIFECYCLE.step(self, action, by=by, on=on)
        if action in {Action.AGREE, Action.APPROVE}:
            self.parts.require_complete()
        return replace(self, stage=step.stage, done=(*self.done, step))

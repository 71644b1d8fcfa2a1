"""A need: proposed by rules from answers, confirmed or dismissed by a human, and one day met."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self, TypeAlias
from uuid import UUID

from app.domain.assessment.assessment import Assessment
from app.domain.assessment.events import NeedConfirmed, NeedDismissed, NeedMet, NeedProposed
from app.domain.assessment.need_rules import Evidence, NeedCode, Proposal
from app.domain.shared.access import Principal
from app.domain.shared.transitions import Allowed, Done, Lifecycle, Transition


class NeedStage(StrEnum):
    """Where a need stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    MET = "met"


class NeedAction(StrEnum):
    """What may be done to a need."""

    CONFIRM = "confirm"
    """确认"""
    DISMISS = "dismiss"
    """不予采纳"""
    MEET = "meet"
    """已满足"""


NEED_LIFECYCLE = Lifecycle(
    noun="need",
    start=NeedStage.PROPOSED,
    steps={
        NeedAction.CONFIRM: Transition.through(
            "confirm_need", sources=[NeedStage.PROPOSED], target=NeedStage.CONFIRMED
        ),
        NeedAction.DISMISS: Transition.through(
            "dismiss_need", sources=[NeedStage.PROPOSED], target=NeedStage.DISMISSED
        ),
        NeedAction.MEET: Transition(sources=frozenset({NeedStage.CONFIRMED}), target=NeedStage.MET),
    },
    apart=frozenset({NeedAction.CONFIRM, NeedAction.DISMISS}),
)
"""The table of needs. A rule proposes, a human decides: 个人信息保护法 (2021) art. 24."""

OPEN = frozenset({NeedStage.PROPOSED, NeedStage.CONFIRMED})
"""Stages in which a need is looked after already, so that it is not proposed again."""

NeedStep: TypeAlias = Done[NeedStage, NeedAction]


class DismissalReason(StrEnum):
    """Why a proposed need is none."""

    NOT_NEEDED = "not_needed"
    """本人不需要: the person says so."""
    MET_ALREADY = "met_already"
    """已有保障: somebody or something meets it."""
    ANSWERS_MISTAKEN = "answers_mistaken"
    """评估有误: the answers that led there are not right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One need of a person (需求), coded, with the answers that led to it and the person's own words beside it.

    Every transition may raise NotYourFunction, IllegalTransition and DutiesNotSeparated, as `Lifecycle.step` says.
    """

    id: UUID
    person_id: UUID
    region: str
    code: NeedCode
    evidence: tuple[Evidence, ...]
    stage: NeedStage = NeedStage.PROPOSED
    done: tuple[NeedStep, ...] = ()
    words: str | None = field(default=None, repr=False)
    """What the person says about it, as it was said."""
    dismissal: DismissalReason | None = None
    met_by: UUID | None = None
    """The referral whose delivery met it."""
    application_id: UUID | None = None
    version: int = 1

    @classmethod
    def propose(
        cls, proposal: Proposal, *, need_id: UUID, assessment: Assessment, on: date
    ) -> tuple[Self, NeedProposed]:
        """A need that an assessment may mean; it counts for nothing until somebody confirms it."""
        need = cls(
            id=need_id,
            person_id=assessment.person_id,
            region=assessment.region,
            code=proposal.code,
            evidence=(proposal.evidence,),
            application_id=assessment.application_id,
        )
        return need, NeedProposed(
            need_id=need_id,
            assessment_id=assessment.id,
            proposed_on=on,
            rule_versions=(proposal.evidence.rule,),
        )

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return NEED_LIFECYCLE.answers(lambda action: self._moved(action, by=by, on=on))

    def confirm(self, *, by: Principal, on: date, words: str | None) -> tuple[Self, NeedConfirmed]:
        """Find that the need is there.

        Source: 个人信息保护法 (2021) art. 24: no decision with great effect by a machine alone.
        """
        confirmed = replace(self._moved(NeedAction.CONFIRM, by=by, on=on), words=words)
        return confirmed, NeedConfirmed(need_id=self.id, confirmed_by=by.id, confirmed_on=on)

    def dismiss(
        self, *, by: Principal, on: date, reason: DismissalReason, words: str | None
    ) -> tuple[Self, NeedDismissed]:
        """Find that there is no such need, and why."""
        dismissed = replace(self._moved(NeedAction.DISMISS, by=by, on=on), dismissal=reason, words=words)
        return dismissed, NeedDismissed(need_id=self.id, dismissed_by=by.id, dismissed_on=on)

    def meet(self, *, on: date, referral_id: UUID) -> tuple[Self, NeedMet]:
        """The need is met, because a delivery for it was confirmed.

        Raises:
            IllegalTransition: nobody has confirmed the need.
        """
        step = NEED_LIFECYCLE.step_by_itself(self, NeedAction.MEET, on=on)
        met = replace(self, stage=step.stage, done=(*self.done, step), met_by=referral_id)
        return met, NeedMet(need_id=self.id, referral_id=referral_id, met_on=on)

    def _moved(self, action: NeedAction, *, by: Principal, on: date) -> Self:
        step = NEED_LIFECYCLE.step(self, action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))


def newly_found(proposals: Iterable[Proposal], known: Iterable[Need]) -> tuple[Proposal, ...]:
    """The proposals for needs that nobody looks after yet, so that nothing is asked twice."""
    open_codes = {need.code for need in known if need.stage in OPEN}
    return tuple(proposal for proposal in proposals if proposal.code not in open_codes)

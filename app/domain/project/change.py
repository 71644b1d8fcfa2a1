"""More or less money, more or fewer places for a project that runs: asked for by one person, allowed by another."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeAlias

from app.domain.project.stages import CHANGE_LIFECYCLE, ChangeAction, ChangeStage
from app.domain.shared.access import Principal
from app.domain.shared.transitions import Allowed, Done

ChangeStep: TypeAlias = Done[ChangeStage, ChangeAction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """All the money of a project, and how many people it is for at most."""

    budget_fen: int
    quota: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChange:
    """What a project is to have from now on (资金名额调整). All other terms stay as they were announced."""

    region: str
    to: Resources
    words: str = field(default="", repr=False)
    """Why, and by which document; of one that was declined, why not."""
    stage: ChangeStage = ChangeStage.ALLOWED
    done: tuple[ChangeStep, ...] = ()

    @property
    def person_id(self) -> None:
        """It is about nobody alone."""

    def allowed_actions(self, by: Principal, *, on: date) -> tuple[Allowed, ...]:
        """What the caller may do on a day and, for the rest, why not."""
        return CHANGE_LIFECYCLE.answers(lambda action: self.step(action, by=by, on=on))

    def step(self, action: ChangeAction, *, by: Principal, on: date) -> ChangeStep:
        """The step, once role, stage and duties are in order; of whoever asks anew, nothing earlier is held against.

        Raises:
            NotYourFunction: the caller has no appointment for this in the place.
            DutiesNotSeparated: the caller has asked for it.
        """
        case = replace(self, done=()) if action is ChangeAction.ASK_CHANGE else self
        return CHANGE_LIFECYCLE.step(case, action, by=by, on=on)

    def asked(self, to: Resources, words: str, *, by: Principal, on: date) -> Self:
        """The same project's change as it is asked for now; what was asked for before is no more."""
        step = self.step(ChangeAction.ASK_CHANGE, by=by, on=on)
        return replace(self, to=to, words=words, stage=step.stage, done=(step,))

    def moved(self, action: ChangeAction, *, by: Principal, on: date) -> Self:
        """Allowed or declined."""
        step = self.step(action, by=by, on=on)
        return replace(self, stage=step.stage, done=(*self.done, step))

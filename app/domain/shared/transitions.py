"""What may happen to a case next: one table an aggregate, from which guards, the API's answer and the docs are made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, Protocol, Self, TypeVar
from uuid import UUID

from app.domain.shared.access import Principal, Role, has_function, post_of
from app.domain.shared.authz import OPERATIONS
from app.domain.shared.errors import Conflict, DomainError, DutiesNotSeparated, Forbidden, IllegalTransition

StageT = TypeVar("StageT", bound=StrEnum)
ActionT = TypeVar("ActionT", bound=StrEnum)


class NotYourFunction(Forbidden):
    """The step belongs to another role, or to the same role of another place."""

    code = "not_your_function"
    title = "This step belongs to somebody else"


class StepTakenBefore(Conflict):
    """The step is taken once for a case, and was taken."""

    code = "step_taken_before"
    title = "This is done once only"


class OwnCase(DutiesNotSeparated):
    """Somebody would decide on what concerns that very person."""

    code = "own_case"
    title = "Nobody decides on their own case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition(Generic[StageT]):
    """One row of the table: an action leads from some stages to one, and belongs to some roles."""

    sources: frozenset[StageT]
    target: StageT
    roles: frozenset[Role] = frozenset()
    operation: str | None = None
    """The operation of the API that does it; None where the system does it by itself, and no role may."""
    reopens: bool = False
    """It leads back from an end, as only a review does: until then the stage that it leads from is one."""

    @classmethod
    def through(
        cls, operation: str, *, sources: Iterable[StageT], target: StageT, only: frozenset[Role] = frozenset(Role)
    ) -> Self:
        """A row whose roles are those of the operation, or those of them that are named."""
        roles = OPERATIONS[operation].roles & only
        return cls(sources=frozenset(sources), target=target, roles=roles, operation=operation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[StageT, ActionT]):
    """One step that was taken: what, by whom and for which organisation, on which legal day, and where it led."""

    action: ActionT
    stage: StageT
    on: date
    by: UUID | None = None
    """Empty where the system did it by itself."""
    organisation_id: UUID | None = None
    role: Role | None = None
    """In which of the step's roles it was done."""
    others: tuple[UUID, ...] = ()
    """Who else answers for it, such as the doctors who signed a conclusion."""

    @property
    def doers(self) -> frozenset[UUID]:
        """Everybody who answers for the step."""
        return frozenset(doer for doer in (self.by, *self.others) if doer is not None)


class Staged(Protocol[StageT, ActionT]):
    """A case, as far as its table needs to know it."""

    @property
    def person_id(self) -> UUID | None:
        """The person whom it is about; None where it is about nobody alone."""
        ...

    @property
    def region(self) -> str:
        """The path of the place whose offices handle it."""
        ...

    @property
    def stage(self) -> StageT:
        """Where it stands."""
        ...

    @property
    def done(self) -> tuple[Done[StageT, ActionT], ...]:
        """The steps that were taken so far."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Whether a caller may do an action now and, if not, why not.

    The reason is a code with parameters for the catalogue of texts, and a plain English sentence.
    """

    action: str
    operation: str
    allowed: bool
    reason_code: str | None = None
    reason: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifecycle(Generic[StageT, ActionT]):
    """The table of one kind of case: where it starts, its steps, and the duties of which one person may do one only."""

    noun: str
    start: StageT
    steps: Mapping[ActionT, Transition[StageT]]
    apart: frozenset[ActionT] = frozenset()
    once: frozenset[ActionT] = frozenset()
    """Steps that are taken once for a case; again only where a review has had it begun anew."""

    def open_from(self, stage: StageT) -> tuple[ActionT, ...]:
        """The actions that lead on from a stage, whoever may do them."""
        return tuple(action for action, step in self.steps.items() if stage in step.sources and not step.reopens)

    def actions_by_operation(self) -> dict[str, frozenset[str]]:
        """The actions that each operation of the API does."""
        found: dict[str, set[str]] = {}
        for action, step in self.steps.items():
            if step.operation is not None:
                found.setdefault(step.operation, set()).add(action.value)
        return {operation: frozenset(actions) for operation, actions in found.items()}

    def is_final(self, stage: StageT) -> bool:
        """Say whether nothing leads on from a stage."""
        return not self.open_from(stage)

    def step(
        self, case: Staged[StageT, ActionT], action: ActionT, *, by: Principal, on: date, others: tuple[UUID, ...] = ()
    ) -> Done[StageT, ActionT]:
        """The step, once role, stage and duties are in order; `others` share in it and are held to the duties too.

        Raises:
            NotYourFunction: the caller has no appointment for this step in the place of the case.
            IllegalTransition: the step is not open from where the case stands.
            StepTakenBefore: the step is taken once only, and was taken.
            OwnCase: the caller would do a duty in what concerns the caller.
            DutiesNotSeparated: a doer of the step has done a duty that is kept apart from it.
        """
        self._require_role(case, action, by=by)
        transition = self.opened(case.stage, action)
        self._require_first(case, action)
        post = post_of(by, transition.roles, region=case.region)
        done = Done(
            action=action,
            stage=transition.target,
            on=on,
            by=by.id,
            organisation_id=post.organisation_id if post else None,
            role=post.role if post else min(by.roles & transition.roles, default=None),
            others=others,
        )
        self._require_separation(case, done, by=by)
        return done

    def step_by_itself(
        self, case: Staged[StageT, ActionT], action: ActionT, *, on: date, organisation_id: UUID | None = None
    ) -> Done[StageT, ActionT]:
        """The step that nobody takes, because what the case waited for has come true, or the law itself moves it.

        Raises:
            IllegalTransition: the step is not open from where the case stands.
        """
        target = self.opened(case.stage, action).target
        return Done(action=action, stage=target, on=on, organisation_id=organisation_id)

    def opened(self, stage: StageT, action: ActionT) -> Transition[StageT]:
        """The row of an action, if it is open from where a case stands.

        Raises:
            IllegalTransition: it is not.
        """
        step = self.steps.get(action)
        if step is None or stage not in step.sources:
            open_now = ", ".join(_spoken(step) for step in self.open_from(stage)) or "nothing, for it is finished"
            raise IllegalTransition(
                f"This {self.noun} stands at '{_spoken(stage)}', where '{_spoken(action)}' is not open. "
                f"Open now: {open_now}.",
                stage=stage.value,
                open=[step.value for step in self.open_from(stage)],
            )
        return step

    def answers(self, guard: Callable[[ActionT], object]) -> tuple[Allowed, ...]:
        """For each action of people: whether the guard lets it pass, and if not, why not.

        The guard is the very one that the transitions themselves pass through.
        """
        return tuple(
            _answer(action, step.operation, guard) for action, step in self.steps.items() if step.operation is not None
        )

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        arrows = sorted(
            f"    {source} --> {step.target}: {action}"
            for action, step in self.steps.items()
            for source in step.sources
        )
        stages = {stage for step in self.steps.values() for stage in (step.target, *step.sources)}
        ends = sorted(f"    {stage} --> [*]" for stage in stages if self.is_final(stage))
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *arrows, *ends]) + "\n"

    def _require_first(self, case: Staged[StageT, ActionT], action: ActionT) -> None:
        if action not in self.once:
            return
        begun = max((place for place, step in enumerate(case.done, 1) if self._reopens(step.action)), default=0)
        if any(step.action == action for step in case.done[begun:]):
            raise StepTakenBefore(
                f"'{_spoken(action)}' is done once for a {self.noun}, and was done. Go on with what there is.",
                action=action.value,
            )

    def _reopens(self, action: ActionT) -> bool:
        step = self.steps.get(action)
        return step is not None and step.reopens

    def _require_role(self, case: Staged[StageT, ActionT], action: ActionT, *, by: Principal) -> None:
        step = self.steps.get(action)
        if step is not None and not has_function(by, step.roles, region=case.region):
            roles = sorted(role.value for role in step.roles)
            raise NotYourFunction(
                f"Only these may do '{_spoken(action)}', each in their own area: {', '.join(roles)}. "
                f"Pass the {self.noun} on to one of them.",
                roles=roles,
            )

    def _require_separation(self, case: Staged[StageT, ActionT], step: Done[StageT, ActionT], *, by: Principal) -> None:
        if step.action not in self.apart:
            return
        if by.is_concerned(case.person_id):
            raise OwnCase(
                f"Nobody may do '{_spoken(step.action)}' on their own {self.noun}. Another person must.",
                action=step.action.value,
            )
        for earlier in case.done:
            if earlier.action in self.apart and earlier.action != step.action and earlier.doers & step.doers:
                raise DutiesNotSeparated(
                    f"Whoever did '{_spoken(earlier.action)}' for this {self.noun} may not do "
                    f"'{_spoken(step.action)}'. Another person must.",
                    duty=earlier.action.value,
                    action=step.action.value,
                )


def _answer(action: ActionT, operation: str, guard: Callable[[ActionT], object]) -> Allowed:
    try:
        guard(action)
    except DomainError as refusal:
        return Allowed(
            action=action.value,
            operation=operation,
            allowed=False,
            reason_code=refusal.code,
            reason=refusal.detail,
            parameters=refusal.facts,
        )
    return Allowed(action=action.value, operation=operation, allowed=True)


def _spoken(code: StrEnum) -> str:
    return code.value.replace("_", " ")

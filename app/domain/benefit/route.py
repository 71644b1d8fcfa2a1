"""The way of a benefit through the offices, as data: which steps in which order, whose they are, how long they take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Self, TypeAlias

from app.domain.shared.access import Role
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.term import DayKind, Term
from app.domain.shared.transitions import Lifecycle, Transition


class Stage(StrEnum):
    """Where a case stands."""

    WAITING = "waiting"
    """For another item of the application, usually the certificate."""
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    """It needs a second person's word, which has not been given."""
    SUBMITTED = "submitted"
    AWAITING_CORRECTION = "awaiting_correction"
    """The person was told all that is missing, and has not answered all of it."""
    INACTIVE = "inactive"
    """No answer, or no second person's word, has come in time. It rests, and goes on with it."""
    ACCEPTED = "accepted"
    INITIALLY_CHECKED = "initially_checked"
    ON_NOTICE = "on_notice"
    VERIFIED = "verified"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


FINISHED = frozenset({Stage.GRANTED, Stage.REFUSED, Stage.WITHDRAWN})
"""Nothing more happens by itself: what people may still do is give up what was granted, or have a review."""


class Action(StrEnum):
    """What may be done to a case."""

    RELEASE = "release"
    """What it waited for is there: the system does this by itself."""
    CONFIRM = "confirm"
    """第二方确认: a second person has said yes."""
    ASK_CORRECTION = "ask_correction"
    """一次性告知补正"""
    COMPLETE_CORRECTION = "complete_correction"
    """补正: all that was missing is there."""
    REST = "rest"
    """中止办理: the answer has not come in time."""
    ACCEPT = "accept"
    """受理"""
    DEEM_ACCEPTED = "deem_accepted"
    """视为受理: nobody said in time what is missing, so the law itself takes it on."""
    CHECK = "check"
    """乡镇初审"""
    POST_NOTICE = "post_notice"
    """公示"""
    VERIFY = "verify"
    """县级残联审核"""
    GRANT = "grant"
    """审定, in favour"""
    DEEM_GRANTED = "deem_granted"
    """视为批准: nobody decided in time, and a rule counts that as granted."""
    REFUSE = "refuse"
    """审定, against"""
    WITHDRAW = "withdraw"
    """撤回申请"""
    GIVE_UP = "give_up"
    """放弃待遇: the person wants no more of what was granted."""
    GRANT_AT_ONCE = "grant_at_once"
    """马上办: the registers prove every condition. Nobody does this; it follows from the rules."""
    GRANT_ANEW = "grant_anew"
    """复议后重新批准, while what was granted goes on"""
    RECONSIDER = "reconsider"
    """复议后重新考虑已批准的待遇"""
    REOPEN = "reopen"
    """复议后重新审定: it has been all the way, and only the decision is made anew."""
    RESTART = "restart"
    """复议后重新办理: it was refused on the way, and goes the whole way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a route. The decision stands in it as the grant; refusing belongs to the same roles."""

    code: str
    action: Action
    roles: frozenset[Role]
    working_days: int | None = None
    calendar_days: int | None = None
    """How long the step may take by promise, in one of the two; for a notice, how long it stands."""

    @property
    def term(self) -> Term | None:
        """How long it may take; None where nothing is promised."""
        if self.calendar_days is not None:
            return Term(self.calendar_days, DayKind.CALENDAR)
        return None if self.working_days is None else Term(self.working_days)


BenefitLifecycle: TypeAlias = Lifecycle[Stage, Action]

_DECISION = "decide_benefit_case"
_ACTIONS: Mapping[str, Action] = MappingProxyType(
    {
        "accept_benefit_case": Action.ACCEPT,
        "check_benefit_case": Action.CHECK,
        "post_benefit_notice": Action.POST_NOTICE,
        "verify_benefit_case": Action.VERIFY,
        _DECISION: Action.GRANT,
    }
)
_OPERATIONS = {action: operation for operation, action in _ACTIONS.items()}
_REACHED = {
    Action.ACCEPT: Stage.ACCEPTED,
    Action.CHECK: Stage.INITIALLY_CHECKED,
    Action.POST_NOTICE: Stage.ON_NOTICE,
    Action.VERIFY: Stage.VERIFIED,
    Action.GRANT: Stage.GRANTED,
}


@dataclass(frozen=True, slots=True)
class Route:
    """The steps of a benefit in their order. A case keeps the route of its submission, whatever changes later.

    Raises:
        MalformedRule: a step comes twice, or the decision is not the last one and the only one.
    """

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Refuse a way that does not lead to one decision."""
        actions = [step.action for step in self.steps]
        if actions[-1:] != [Action.GRANT] or len(set(actions)) != len(actions) or not set(actions) <= _REACHED.keys():
            raise MalformedRule("A route takes each step once and ends with the decision.")

    @classmethod
    def of(cls, steps: Iterable[Entry], rules: RulesInForce) -> Self:
        """Read the steps of a package's item, with the limits that hold in the region on the day.

        Raises:
            MalformedRule: a step names an operation or a role that there is not.
            NoRuleInForce: the limit of a step is missing.
        """
        return cls(tuple(_step(entry, rules) for entry in steps))

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of a case that goes the whole way."""
        return Stage.SUBMITTED, *(_REACHED[step.action] for step in self.steps)

    @property
    def lifecycle(self) -> BenefitLifecycle:
        """The table of steps that the route makes."""
        return _lifecycle(self)

    def step_of(self, action: Action) -> Step:
        """The step in which the action is taken.

        Raises:
            KeyError: the route has no such step.
        """
        return {step.action: step for step in self.steps}[action]


@lru_cache(maxsize=256)
def _lifecycle(route: Route) -> BenefitLifecycle:
    steps: dict[Action, Transition[Stage]] = {
        Action.RELEASE: Transition(sources=frozenset({Stage.WAITING}), target=Stage.SUBMITTED),
        Action.GRANT_AT_ONCE: Transition(sources=frozenset({Stage.SUBMITTED}), target=Stage.GRANTED),
    }
    for step, (source, target) in zip(route.steps, pairwise(route.stages), strict=True):
        operation = _OPERATIONS[step.action]
        steps[step.action] = Transition.through(operation, sources=[source], target=target, only=step.roles)
    unanswered = frozenset({Stage.AWAITING_CORRECTION, Stage.INACTIVE})
    unconfirmed = frozenset({Stage.AWAITING_CONFIRMATION, Stage.INACTIVE})
    steps |= {
        Action.ASK_CORRECTION: Transition.through(
            "ask_correction", sources=[Stage.SUBMITTED], target=Stage.AWAITING_CORRECTION
        ),
        Action.COMPLETE_CORRECTION: Transition(sources=unanswered, target=Stage.SUBMITTED),
        Action.CONFIRM: Transition(sources=unconfirmed, target=Stage.WAITING),
        Action.REST: Transition(
            sources=frozenset({Stage.AWAITING_CORRECTION, Stage.AWAITING_CONFIRMATION}), target=Stage.INACTIVE
        ),
    }
    open_stages = [Stage.WAITING, *unanswered, *route.stages[:-1]]
    if Action.ACCEPT in steps:
        steps[Action.DEEM_ACCEPTED] = Transition(sources=frozenset({Stage.SUBMITTED}), target=Stage.ACCEPTED)
    deciders = route.steps[-1].roles
    steps[Action.DEEM_GRANTED] = Transition(sources=frozenset(route.stages[1:-1]), target=Stage.GRANTED)
    steps[Action.REFUSE] = Transition.through(_DECISION, sources=open_stages, target=Stage.REFUSED, only=deciders)
    steps[Action.WITHDRAW] = Transition.through(
        "withdraw_item", sources=[Stage.AWAITING_CONFIRMATION, *open_stages], target=Stage.WITHDRAWN
    )
    granted, refused = frozenset({Stage.GRANTED}), frozenset({Stage.REFUSED})
    steps[Action.GIVE_UP] = Transition.through("withdraw_item", sources=granted, target=Stage.GRANTED)
    steps[Action.GRANT_ANEW] = Transition.through(_DECISION, sources=granted, target=Stage.GRANTED, only=deciders)
    steps[Action.RECONSIDER] = Transition(sources=granted, target=Stage.GRANTED, reopens=True)
    steps[Action.REOPEN] = Transition(sources=refused, target=route.stages[-2], reopens=True)
    steps[Action.RESTART] = Transition(sources=refused, target=Stage.WAITING, reopens=True)
    return Lifecycle(
        noun="benefit case",
        start=Stage.WAITING,
        steps=steps,
        apart=frozenset({Action.CHECK, Action.VERIFY, Action.GRANT, Action.REFUSE, Action.GRANT_ANEW}),
        once=frozenset({Action.ASK_CORRECTION}),
    )


def _step(entry: Entry, rules: RulesInForce) -> Step:
    operation = entry.text("operation")
    if operation not in _ACTIONS:
        raise MalformedRule(f"{entry.where} names {operation}, which no benefit case knows.")
    try:
        roles = frozenset(Role(role) for role in entry.texts("roles"))
    except ValueError:
        raise MalformedRule(f"{entry.where} names a role that there is not.") from None
    term = Term.of(rules.rule(entry.text("limit_rule"))) if entry.has("limit_rule") else None
    limit = {} if term is None else {term.kind.value: term.days}
    return Step(code=entry.text("code"), action=_ACTIONS[operation], roles=roles, **limit)

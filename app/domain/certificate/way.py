"""The way of certificate business through the offices, as data: a step that a business does not need is in no table."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Self, TypeAlias

from app.domain.certificate.stages import Action, Stage
from app.domain.shared.entry import Entry, MalformedRule
from app.domain.shared.rulebook import RulesInForce
from app.domain.shared.transitions import Lifecycle, Transition

CaseLifecycle: TypeAlias = Lifecycle[Stage, Action]


class Evaluation(StrEnum):
    """Whether doctors evaluate the person anew."""

    ALWAYS = "always"
    WHEN_CHANGED = "when_changed"
    """Where the federation asks for it: the condition has clearly changed, or an evaluation is doubted."""
    NEVER = "never"


class Ending(StrEnum):
    """What the business comes to."""

    ISSUE = "issue"
    """A card is approved and handed out."""
    CANCEL = "cancel"
    """The certificate is cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Which steps a business needs. A case keeps the way of its submission, whatever changes later."""

    evaluation: Evaluation = Evaluation.ALWAYS
    has_notice: bool = True
    """What doctors conclude is put up for the public."""
    ending: Ending = Ending.ISSUE

    @classmethod
    def of(cls, entry: Entry, rules: RulesInForce) -> Self:
        """Read it from the row of a business; whether doctors evaluate may stand in a rule of its own.

        Raises:
            MalformedRule: it names an evaluation or an ending that there is not.
            NoRuleInForce: the rule that it names is missing.
        """
        try:
            evaluation = (
                rules.choice(entry.text("evaluation_rule"), Evaluation).value
                if entry.has("evaluation_rule")
                else Evaluation(entry.text("evaluation"))
            )
            ending = Ending(entry.text("ends_with"))
        except ValueError as unknown:
            raise MalformedRule(f"{entry.where}: {unknown}.") from None
        return cls(evaluation=evaluation, has_notice=entry.flag("notice"), ending=ending)

    @property
    def lifecycle(self) -> CaseLifecycle:
        """The table of steps that the way makes."""
        return _lifecycle(self)

    @property
    def operations(self) -> frozenset[str]:
        """The operations of the API that its steps go through."""
        return frozenset(self.lifecycle.actions_by_operation())


_BEGINNING = MappingProxyType(
    {
        Action.CONFIRM: Transition(
            sources=frozenset({Stage.AWAITING_CONFIRMATION, Stage.INACTIVE}), target=Stage.SUBMITTED
        ),
        Action.ASK_CORRECTION: Transition.through(
            "ask_correction", sources=[Stage.SUBMITTED], target=Stage.AWAITING_CORRECTION
        ),
        Action.COMPLETE_CORRECTION: Transition(
            sources=frozenset({Stage.AWAITING_CORRECTION, Stage.INACTIVE}), target=Stage.SUBMITTED
        ),
        Action.REST: Transition(
            sources=frozenset({Stage.AWAITING_CORRECTION, Stage.AWAITING_CONFIRMATION}), target=Stage.INACTIVE
        ),
        Action.ACCEPT: Transition.through("accept_certificate_case", sources=[Stage.SUBMITTED], target=Stage.ACCEPTED),
        Action.DEEM_ACCEPTED: Transition(sources=frozenset({Stage.SUBMITTED}), target=Stage.ACCEPTED),
    }
)
_EVALUATION = MappingProxyType(
    {
        Action.ASSIGN_EVALUATION: Transition.through(
            "assign_evaluation", sources=[Stage.ACCEPTED], target=Stage.EVALUATION_ASSIGNED
        ),
        Action.DECLINE_EVALUATION: Transition.through(
            "decline_evaluation", sources=[Stage.EVALUATION_ASSIGNED], target=Stage.ACCEPTED
        ),
        Action.EVALUATE: Transition.through(
            "conclude_evaluation", sources=[Stage.EVALUATION_ASSIGNED], target=Stage.EVALUATED
        ),
    }
)
_NOTICE = MappingProxyType(
    {
        Action.POST_NOTICE: Transition.through("post_notice", sources=[Stage.EVALUATED], target=Stage.ON_NOTICE),
        Action.RECORD_OBJECTION: Transition.through(
            "record_objection", sources=[Stage.ON_NOTICE], target=Stage.UNDER_INVESTIGATION
        ),
        Action.DISMISS_OBJECTION: Transition.through(
            "dismiss_objection", sources=[Stage.UNDER_INVESTIGATION], target=Stage.ON_NOTICE
        ),
    }
)
_ENDINGS = MappingProxyType(
    {
        Ending.ISSUE: {
            Action.APPROVE: Transition.through(
                "approve_certificate_case", sources=[Stage.REVIEWED], target=Stage.APPROVED
            ),
            Action.ISSUE: Transition.through("issue_certificate", sources=[Stage.APPROVED], target=Stage.ISSUED),
        },
        Ending.CANCEL: {
            Action.CANCEL: Transition.through("cancel_certificate", sources=[Stage.REVIEWED], target=Stage.CANCELLED),
        },
    }
)
_DECIDED = frozenset({Stage.APPROVED, Stage.ISSUED, Stage.CANCELLED})
_DUTIES = frozenset(
    {
        Action.ACCEPT,
        Action.EVALUATE,
        Action.POST_NOTICE,
        Action.DISMISS_OBJECTION,
        Action.REVIEW,
        Action.APPROVE,
        Action.CANCEL,
        Action.REFUSE,
    }
)


@lru_cache(maxsize=32)
def _lifecycle(way: Way) -> CaseLifecycle:
    """Source: 残疾人证管理办法 (2017), arts. 7, 9; 行政许可法 art. 32(4): what is missing is told once.

    That accepting, evaluating, putting up, reviewing and deciding are five people's work is the guard against
    certificates by favour (人情证、关系证) that the policy document asks for. Nor does whoever put a conclusion up find
    that what is said against it is not so.
    """
    is_evaluated = way.evaluation is not Evaluation.NEVER
    steps = dict(_BEGINNING)
    steps |= _EVALUATION if is_evaluated else {}
    steps |= _NOTICE if is_evaluated and way.has_notice else {}
    steps[Action.REVIEW] = Transition.through(
        "review_certificate_case", sources=_reviewed_from(way), target=Stage.REVIEWED
    )
    steps |= _ENDINGS[way.ending]
    reached = dict.fromkeys([Stage.SUBMITTED, *(step.target for step in steps.values())])
    undecided = [stage for stage in reached if stage not in _DECIDED]
    decided = {Stage.APPROVED, Stage.CANCELLED} & reached.keys()
    steps |= {
        Action.REFUSE: Transition.through("refuse_certificate_case", sources=undecided, target=Stage.REFUSED),
        Action.WITHDRAW: Transition.through(
            "withdraw_item",
            sources=[Stage.AWAITING_CONFIRMATION, *undecided, *(decided - {Stage.CANCELLED})],
            target=Stage.WITHDRAWN,
        ),
        Action.REOPEN: Transition(sources=frozenset({Stage.REFUSED, *decided}), target=Stage.ACCEPTED, reopens=True),
        Action.RESTART: Transition(sources=frozenset({Stage.REFUSED}), target=Stage.SUBMITTED, reopens=True),
    }
    return Lifecycle(
        noun="certificate case",
        start=Stage.SUBMITTED,
        steps=steps,
        apart=_DUTIES & steps.keys(),
        once=frozenset({Action.ASK_CORRECTION}),
    )


def _reviewed_from(way: Way) -> frozenset[Stage]:
    concluded = Stage.ON_NOTICE if way.has_notice else Stage.EVALUATED
    return {
        Evaluation.ALWAYS: frozenset({concluded}),
        Evaluation.WHEN_CHANGED: frozenset({Stage.ACCEPTED, concluded}),
        Evaluation.NEVER: frozenset({Stage.ACCEPTED}),
    }[way.evaluation]


WHOLE = Way()
"""The way of a first issue, which leaves out nothing."""
LIFECYCLE = WHOLE.lifecycle
"""The table of a first issue."""

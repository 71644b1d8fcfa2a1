"""What is otherwise in one revision of a plan than in another, as sentences that a person can read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from app.domain.plan.content import Goal, PathItem, PlanContent, Supervision
from app.domain.shared.reason import Parameter, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise, with the service or the person's own goal that it is about."""

    reason: Reason
    service_id: UUID | None = None
    words: str | None = field(default=None, repr=False)


def changes(before: PlanContent, after: PlanContent) -> tuple[Change, ...]:
    """All that is otherwise, part by part; nothing where nothing is.

    An item is the same as long as it is the same service for the same need, and a goal as long as it says the same:
    whoever draws up a revision gives new ids.
    """
    return (
        *_of_days(before, after),
        *_of_assessments(before, after),
        *_of_path(before, after),
        *_of_supervision(before, after),
        *_of_goals(before, after),
    )


def _of_days(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    for code, earlier, later in (
        ("starts_on", before.starts_on, after.starts_on),
        ("ends_on", before.ends_on, after.ends_on),
        ("review_on", before.review_on, after.review_on),
    ):
        if earlier != later:
            yield Change(reason=_said(code, before=str(earlier), after=str(later)))


def _of_assessments(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    earlier, later = set(before.assessment_ids), set(after.assessment_ids)
    if added := len(later - earlier):
        yield Change(reason=_said("assessment_added", count=added))
    if dropped := len(earlier - later):
        yield Change(reason=_said("assessment_dropped", count=dropped))


def _of_path(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    earlier, later = ({(item.need_id, item.service_id): item for item in plan.path} for plan in (before, after))
    for key, item in later.items():
        reasons = _of_item(earlier[key], item) if key in earlier else iter([_said("item_added", **_amount(item))])
        yield from (Change(reason=reason, service_id=item.service_id) for reason in reasons)
    for key, item in earlier.items():
        if key not in later:
            yield Change(reason=_said("item_dropped"), service_id=item.service_id)


def _of_item(before: PathItem, after: PathItem) -> Iterator[Reason]:
    if (before.quantity, before.rhythm) != (after.quantity, after.rhythm):
        yield _said("item_amount", **_amount(after))
    if (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
        yield _said("item_period", starts_on=str(after.starts_on), ends_on=str(after.ends_on))
    if before.duties != after.duties:
        yield _said("item_duties")


def _of_supervision(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    yield from (Change(reason=_said("supervision_added", kinds=(one.kind.value,))) for one in _only(after, before))
    yield from (Change(reason=_said("supervision_dropped", kinds=(one.kind.value,))) for one in _only(before, after))


def _only(one: PlanContent, other: PlanContent) -> Iterator[Supervision]:
    return (measure for measure in one.supervision if measure not in other.supervision)


def _of_goals(before: PlanContent, after: PlanContent) -> Iterator[Change]:
    earlier, later = ({goal.statement: goal for goal in plan.goals} for plan in (before, after))
    for statement, goal in later.items():
        if statement not in earlier:
            yield Change(reason=_said("goal_added", due_on=str(goal.due_on)), words=statement)
        elif _is_otherwise(earlier[statement], goal):
            yield Change(reason=_said("goal_changed", due_on=str(goal.due_on)), words=statement)
    for statement in earlier:
        if statement not in later:
            yield Change(reason=_said("goal_dropped"), words=statement)


def _is_otherwise(before: Goal, after: Goal) -> bool:
    return (before.measure, before.due_on) != (after.measure, after.due_on)


def _amount(item: PathItem) -> dict[str, Parameter]:
    return {"amount": item.quantity.amount, "units": (item.quantity.unit.value,), "rhythms": (item.rhythm.value,)}


def _said(code: str, **parameters: Parameter) -> Reason:
    return Reason(code=f"plan.change.{code}", parameters=parameters)

"""What was seen of the goals that a step of a plan serves, once their day had come."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from app.domain.plan.content import Goal
from app.domain.plan.plan import Outcome, Plan
from app.domain.plan.review import Seen
from app.domain.plan.stages import PlanAction


def seen_of(item_id: UUID, plans: Iterable[Plan], *, since: date) -> tuple[Seen, ...]:
    """By the newest revision that says something of the step; of a goal whose day has not come nothing is said yet."""
    for plan in sorted(plans, key=lambda one: one.revision, reverse=True):
        if found := tuple(_seen(item_id, plan, since)):
            return found
    return ()


def _seen(item_id: UUID, plan: Plan, since: date) -> Iterator[Seen]:
    for number, goal in enumerate(plan.content.goals, start=1):
        if item_id in goal.item_ids and (last := _last_seen(plan, goal, number=number, since=since)):
            yield last


def _last_seen(plan: Plan, goal: Goal, *, number: int, since: date) -> Seen | None:
    """What the last review saw after the goal's day; where there was none, what the plan came to when it was closed."""
    for review in reversed(plan.reviews):
        if review.on >= max(goal.due_on, since):
            return next(one.seen for one in review.findings.observations if one.goal == number)
    closed_on = next((step.on for step in plan.done if step.action is PlanAction.CLOSE), None)
    if plan.outcome in {None, Outcome.PERSON_LEFT} or closed_on is None or closed_on < since:
        return None
    return Seen(plan.outcome)

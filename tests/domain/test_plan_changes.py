"""What is otherwise in a revision is told part by part, and ids that were given anew are no change."""

from dataclasses import replace
from uuid import UUID

from app.domain.plan import PlanContent, changes
from tests.builders.plan import ITEM_ID, SERVICE_ID, a_content, a_goal, an_item_of_the_path


def said(before: PlanContent, after: PlanContent) -> list[str]:
    return [change.reason.code.removeprefix("plan.change.") for change in changes(before, after)]


def test_the_same_with_new_ids_is_no_change() -> None:
    new = UUID(int=0x77)
    again = a_content(path=(an_item_of_the_path(id=new),), goals=(a_goal(item_ids=(new,)),))

    assert new != ITEM_ID
    assert changes(a_content(), again) == ()


def test_what_is_new_and_what_is_gone_is_told_with_the_service_and_the_goal() -> None:
    bare = a_content(assessment_ids=(), path=(), supervision=(), goals=())

    assert said(bare, a_content()) == ["assessment_added", "item_added", "supervision_added", "goal_added"]
    assert said(a_content(), bare) == ["assessment_dropped", "item_dropped", "supervision_dropped", "goal_dropped"]
    item, goal = changes(bare, a_content())[1], changes(bare, a_content())[3]
    assert (item.service_id, goal.words) == (SERVICE_ID, "自己能洗澡")
    assert "自己能洗澡" not in repr(goal)


def test_another_day_another_amount_and_another_measure_are_told() -> None:
    later = a_content().review_on
    moved = replace(a_content(), starts_on=later, path=(an_item_of_the_path(starts_on=later, duties=()),))

    assert said(a_content(), moved) == ["starts_on", "item_period", "item_duties"]
    assert said(a_content(), a_content(goals=(a_goal(measure="自己洗"),))) == ["goal_changed"]

"""Who surveys somebody: whoever answers for the person on that day, and why."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.domain.survey import Answering, StageCount, SurveyStage, assigned_to, summed
from tests.builders import MONDAY

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_whoever_answers_surveys_and_a_deputy_does_as_long_as_that_one_is_absent() -> None:
    tomorrow, yesterday = MONDAY + timedelta(days=1), MONDAY - timedelta(days=1)
    cases = (
        (None, None, "nobody"),
        (Answering(commissioner_id=None), None, "nobody"),
        (Answering(commissioner_id=ONE), ONE, "answers_for"),
        (Answering(commissioner_id=ONE, absent_until=yesterday, deputy_id=OTHER), ONE, "answers_for"),
        (Answering(commissioner_id=ONE, absent_until=MONDAY, deputy_id=OTHER), OTHER, "stands_in"),
        (Answering(commissioner_id=ONE, absent_until=tomorrow), None, "absent"),
    )
    for answering, who, why in cases:
        found = assigned_to(answering, on=MONDAY)
        assert (found.commissioner_id, found.reason.code) == (who, f"survey_assignment.{why}"), answering


def test_nobody_is_sent_to_ask_for_somebody_who_is_reported_dead() -> None:
    told: dict[str, Any] = {"reported_dead_on": MONDAY}

    for answering in (Answering(commissioner_id=ONE, **told), Answering(commissioner_id=None, **told)):
        found = assigned_to(answering, on=MONDAY)
        assert (found.commissioner_id, found.reason.code) == (None, "survey_assignment.reported_dead")
        assert found.reason.parameters == {"told_on": MONDAY.isoformat()}


def test_progress_is_summed_by_commissioner_and_those_without_one_come_first() -> None:
    a: dict[str, Any] = {"commissioner_id": ONE, "name": "a"}
    counts = [
        StageCount(commissioner_id=None, name=None, stage=SurveyStage.LISTED, people=3),
        StageCount(**a, stage=SurveyStage.LISTED, people=2),
        StageCount(**a, stage=SurveyStage.UNREACHABLE, people=1),
        StageCount(**a, stage=SurveyStage.SURVEYED, people=4),
    ]

    nobody, one = summed(counts)

    assert (nobody.commissioner_id, nobody.id, nobody.people, nobody.to_do) == (None, UUID(int=0), 3, 3)
    assert (one.id, one.people, one.to_do, one.reported_dead) == (ONE, 7, 3, 0)


def test_whoever_is_reported_dead_is_counted_in_a_round_and_is_no_work() -> None:
    counts = [
        StageCount(commissioner_id=ONE, name="a", stage=SurveyStage.LISTED, people=5, reported_dead=2),
        StageCount(commissioner_id=ONE, name="a", stage=SurveyStage.DEAD, people=1, reported_dead=1),
    ]

    (one,) = summed(counts)

    assert (one.people, one.to_do, one.reported_dead) == (6, 3, 2)

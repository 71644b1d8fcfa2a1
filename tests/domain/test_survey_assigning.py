"""Who surveys somebody: whoever answers for the person on that day, and why."""

from datetime import timedelta
from uuid import UUID

from app.domain.survey import Answering, SurveyStage, assigned_to, summed
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


def test_progress_is_summed_by_commissioner_and_those_without_one_come_first() -> None:
    counts = [
        (None, None, SurveyStage.LISTED, 3),
        (ONE, "a", SurveyStage.LISTED, 2),
        (ONE, "a", SurveyStage.UNREACHABLE, 1),
        (ONE, "a", SurveyStage.SURVEYED, 4),
    ]

    nobody, one = summed(counts)

    assert (nobody.commissioner_id, nobody.id, nobody.people, nobody.to_do) == (None, UUID(int=0), 3, 3)
    assert (one.id, one.people, one.to_do) == (ONE, 7, 3)

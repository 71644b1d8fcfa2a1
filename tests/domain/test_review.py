"""A review is heard by the body that the law names, by people who did not decide, and every end of it says why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.review import (
    LIFECYCLE,
    AnotherBody,
    FirstDecider,
    HeardElsewhere,
    NotAcceptedReason,
    NotLate,
    OnlyDoctorsConclude,
    Origin,
    Review,
    ReviewAction,
    ReviewRules,
    ReviewStage,
    Seat,
)
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import OwnCase
from tests.builders import (
    APPLICATION_ID,
    CASE_ID,
    CITIZEN,
    CIVIL_AFFAIRS,
    MONDAY,
    OWN_WORD,
    PERSON_ID,
    VILLAGE,
    WEEKDAYS,
    a_rule,
    rules_in_force,
)

BODY, OTHER_BODY, RESULT = UUID(int=70), UUID(int=71), UUID(int=72)
RULES = ReviewRules.of(
    rules_in_force(
        a_rule("review.bodies", {"county_government": {"kind": "government", "level": "county"}}, unit="review_bodies"),
        a_rule("review.acceptance", 5, unit="working_days"),
        a_rule("review.decision", 60, unit="calendar_days"),
    )
)


def an_officer(organisation_id: UUID = BODY, **changes: Any) -> Principal:
    post = Membership(organisation_id=organisation_id, role=Role.APPEAL_OFFICER, region="65", valid_from=MONDAY)
    told: dict[str, Any] = {
        "id": UUID(int=80),
        "client_id": UUID(int=80),
        "roles": frozenset({Role.APPEAL_OFFICER}),
        "scopes": frozenset(),
        "memberships": (post,),
    }
    return Principal(**(told | changes))


OFFICER = an_officer()


def a_review(*, matter: str = "benefit", **changes: Any) -> Review:
    """A review that was filed in time."""
    told: dict[str, Any] = {
        "id": UUID(int=60),
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "application_id": APPLICATION_ID,
        "decision_id": UUID(int=61),
        "origin": Origin(matter=matter, case_id=CASE_ID, item="living_subsidy", deciders=frozenset({CIVIL_AFFAIRS.id})),
        "subject": "benefit.appeal",
        "body": "county_government",
        "body_id": BODY,
        "filed_on": MONDAY,
        "filed_at": datetime(2026, 11, 16, 2, tzinfo=UTC),
        "last_day": MONDAY + timedelta(days=60),
        "word": OWN_WORD,
        "statement": "家庭情况已经变化",
        "due_on": MONDAY,
    }
    return Review(**(told | changes)).filed(by=CITIZEN, rules=RULES, calendar=WEEKDAYS)[0]


def accepted(review: Review | None = None, text: str = "") -> Review:
    return (review or a_review()).accept(by=OFFICER, on=MONDAY, text=text, rules=RULES, calendar=WEEKDAYS)[0]


def decided(
    action: ReviewAction, review: Review | None = None, *, by: Principal = OFFICER, text: str = "示例"
) -> Review:
    return (review or accepted()).decide(action, by=by, on=MONDAY, text=text, result_id=RESULT)[0]


def test_the_body_says_within_five_working_days_whether_it_hears_it() -> None:
    assert a_review().due_on == date(2026, 11, 23)


def test_the_body_decides_within_sixty_days_of_hearing_it_and_not_on_a_day_off() -> None:
    due_on = accepted().due_on

    assert due_on == date(2027, 1, 15)
    assert WEEKDAYS.is_working_day(due_on)


@pytest.mark.parametrize(
    ("action", "stage"),
    [
        (ReviewAction.UPHOLD, ReviewStage.UPHELD),
        (ReviewAction.CHANGE, ReviewStage.CHANGED),
        (ReviewAction.SEND_BACK, ReviewStage.SENT_BACK),
    ],
)
def test_the_body_upholds_changes_or_sends_back_and_says_why(action: ReviewAction, stage: ReviewStage) -> None:
    review = decided(action)

    assert (review.stage, review.result_id) == (stage, RESULT)
    assert review.is_finished
    with pytest.raises(ReasonMissing):
        decided(action, text=" ")


def test_what_comes_late_is_taken_and_heard_only_with_a_reason_in_words() -> None:
    late = a_review(last_day=MONDAY - timedelta(days=1), excuse="住院")

    assert late.is_late
    with pytest.raises(ReasonMissing):
        accepted(late)
    assert accepted(late, "住院期间不能提出。").stage is ReviewStage.ACCEPTED


def test_the_last_day_still_belongs_to_the_person() -> None:
    assert not a_review(last_day=MONDAY).is_late


def test_what_was_filed_in_time_is_not_turned_away_as_late() -> None:
    with pytest.raises(NotLate):
        a_review().not_accept(by=OFFICER, on=MONDAY, reason=NotAcceptedReason.LATE, text="示例", result_id=RESULT)


def test_what_is_not_heard_is_told_why_in_words() -> None:
    told = {"by": OFFICER, "on": MONDAY, "reason": NotAcceptedReason.ANOTHER_BODY, "result_id": RESULT}

    assert a_review().not_accept(text="由法院审理。", **told)[0].stage is ReviewStage.NOT_ACCEPTED  # type: ignore[arg-type]
    with pytest.raises(ReasonMissing):
        a_review().not_accept(text="", **told)  # type: ignore[arg-type]


def test_whoever_decided_the_first_time_does_not_review_it() -> None:
    with pytest.raises(FirstDecider):
        a_review().accept(by=an_officer(id=CIVIL_AFFAIRS.id), on=MONDAY, text="", rules=RULES, calendar=WEEKDAYS)


def test_another_body_does_not_hear_it() -> None:
    with pytest.raises(AnotherBody):
        decided(ReviewAction.UPHOLD, by=an_officer(OTHER_BODY))


def test_nobody_decides_a_review_of_the_own_case() -> None:
    with pytest.raises(OwnCase):
        decided(ReviewAction.UPHOLD, by=an_officer(person_id=PERSON_ID))


def test_only_doctors_put_another_conclusion_in_the_place_of_one() -> None:
    review = accepted(a_review(matter="certificate"))

    with pytest.raises(OnlyDoctorsConclude):
        decided(ReviewAction.CHANGE, review)
    assert decided(ReviewAction.SEND_BACK, review).stage is ReviewStage.SENT_BACK


def test_it_can_be_taken_back_until_it_is_decided() -> None:
    for review in (a_review(), accepted()):
        assert review.withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)[0].stage is ReviewStage.WITHDRAWN
    with pytest.raises(IllegalTransition):
        decided(ReviewAction.UPHOLD).withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)


@pytest.mark.parametrize("stage", ReviewStage)
@pytest.mark.parametrize("action", [action for action in ReviewAction if action is not ReviewAction.FILE])
def test_each_step_is_open_from_the_stages_of_the_table_alone(stage: ReviewStage, action: ReviewAction) -> None:
    review = replace(a_review(), stage=stage)
    by = CITIZEN if action is ReviewAction.WITHDRAW else OFFICER

    answer = next(one for one in review.allowed_actions(by, on=MONDAY) if one.action == action)

    assert answer.allowed == (stage in LIFECYCLE.steps[action].sources)


def test_neither_statement_nor_excuse_nor_answer_shows_itself_in_logs_or_events() -> None:
    review = accepted(a_review(last_day=MONDAY - timedelta(days=1), excuse="住院"), "情有可原")
    told = repr(review) + str(review.withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)[1].facts())

    assert not [said for said in ("家庭情况已经变化", "住院", "情有可原") if said in told]


def test_a_body_that_does_not_work_with_this_system_is_turned_to_directly() -> None:
    assert RULES.seat_of("county_government") == Seat(kind="government", level="county")
    with pytest.raises(HeardElsewhere):
        RULES.seat_of("peoples_court")

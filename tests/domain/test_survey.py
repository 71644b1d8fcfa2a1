"""A round lists people, records what came of each, and says what is otherwise than in the round before."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.shared.access import Role
from app.domain.shared.errors import IllegalTransition
from app.domain.shared.transitions import NotYourFunction
from app.domain.survey import (
    Coverage,
    Difference,
    Given,
    NotOfThisSurvey,
    Population,
    RoundDatesImpossible,
    RoundNotRunning,
    RoundStage,
    SurveyAction,
    SurveyEntry,
    SurveyStage,
    changed_items,
    instrument_of,
)
from tests.builders import ELSEWHERE, MONDAY, VILLAGE, a_principal
from tests.builders.people import COMMISSIONER
from tests.builders.rules import BOOK, INSTRUMENTS
from tests.builders.survey import LAST, OFFICER, ROUND_ID, SURVEY_ID, a_round, a_round_at, a_survey_at, answered

ACTIONS = {
    SurveyAction.NOT_REACH: (SurveyStage.UNREACHABLE, Difference.UNREACHABLE),
    SurveyAction.FIND_MOVED: (SurveyStage.MOVED, Difference.MOVED),
    SurveyAction.FIND_DEAD: (SurveyStage.DEAD, Difference.DEAD),
    SurveyAction.ACCEPT_REFUSAL: (SurveyStage.REFUSED, Difference.REFUSED),
}


def surveyed(before: Given | None, now: Given | None = None, *, on: date = MONDAY) -> SurveyEntry:
    return a_survey_at().survey(answered(now), before=before, of=a_round(), by=COMMISSIONER, on=on)[0]


def test_the_rules_name_an_instrument_that_is_in_use() -> None:
    code = instrument_of(BOOK.at(VILLAGE, MONDAY))

    assert INSTRUMENTS.in_use(code, on=MONDAY).code == code


def test_a_round_begins_with_so_many_people_and_names_nobody() -> None:
    opened = a_round(previous_id=UUID(int=9))

    event = opened.opened(listed=120)

    assert (opened.stage, opened.previous_id, opened.person_id) == (RoundStage.OPEN, UUID(int=9), None)
    assert event.facts() == {
        "round_id": str(ROUND_ID),
        "population": "holders",
        "instrument": "basic_situation",
        "instrument_version": "2026",
        "opens_on": "2026-11-16",
        "closes_on": "2027-01-15",
        "listed": 120,
        "opened_by": str(OFFICER.id),
    }


@pytest.mark.parametrize("by", [COMMISSIONER, a_principal(Role.COUNTY_OFFICER, region=ELSEWHERE)])
def test_only_the_federation_of_the_county_opens_a_round_there(by: Any) -> None:
    with pytest.raises(NotYourFunction):
        a_round(by=by)


@pytest.mark.parametrize("closes_on", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=9)])
def test_a_round_ends_after_it_begins_and_not_before_today(closes_on: date) -> None:
    with pytest.raises(RoundDatesImpossible):
        a_round(closes_on=closes_on, on=MONDAY + timedelta(days=10))


def test_nothing_is_recorded_before_a_round_begins_or_after_it_was_closed() -> None:
    late = a_round(opens_on=MONDAY + timedelta(days=1))

    for of in (late, a_round_at(RoundStage.CLOSED)):
        with pytest.raises(RoundNotRunning):
            a_survey_at().survey(answered(), before=None, of=of, by=COMMISSIONER, on=MONDAY)
        with pytest.raises(RoundNotRunning):
            a_survey_at().report(SurveyAction.NOT_REACH, of=of, by=COMMISSIONER, on=MONDAY)
    with pytest.raises(RoundNotRunning):
        a_round_at(RoundStage.CLOSED).assigned(UUID(int=7), count=1, by=OFFICER, on=MONDAY)


def test_a_round_that_is_late_still_runs_until_somebody_closes_it() -> None:
    assert surveyed(None, on=LAST + timedelta(days=30)).stage is SurveyStage.SURVEYED


@pytest.mark.parametrize(
    ("before", "difference", "changed"),
    [
        (None, Difference.NEW, ()),
        ({"d_works": "no"}, Difference.SAME, ()),
        ({"d_works": "yes"}, Difference.CHANGED, ("d_works",)),
        ({}, Difference.CHANGED, ("d_works",)),
    ],
)
def test_answers_are_compared_with_those_of_the_round_before(
    before: Given | None, difference: Difference, changed: tuple[str, ...]
) -> None:
    entry = surveyed(before)

    assert (entry.difference, entry.changed) == (difference, changed)


def test_several_answers_have_no_order() -> None:
    assert changed_items({"needs": ("a", "b")}, {"needs": ("b", "a")}) == ()
    assert changed_items({"needs": ("a",)}, {"needs": ("a", "b")}) == ("needs",)


@pytest.mark.parametrize(
    "changes",
    [{"person_id": UUID(int=7)}, {"instrument": "barthel"}, {"instrument_version": "2027"}, {"is_valid": False}],
)
def test_only_answers_of_this_person_to_these_questions_count_while_they_do(changes: dict[str, Any]) -> None:
    with pytest.raises(NotOfThisSurvey):
        a_survey_at().survey(answered(**changes), before=None, of=a_round(), by=COMMISSIONER, on=MONDAY)


@pytest.mark.parametrize("action", ACTIONS)
def test_whoever_did_not_answer_is_recorded_as_that_and_the_event_does_not_say_why(action: SurveyAction) -> None:
    entry, event = a_survey_at().report(action, of=a_round(), by=COMMISSIONER, on=MONDAY)

    assert (entry.stage, entry.difference) == ACTIONS[action]
    assert event.facts() == {
        "entry_id": str(SURVEY_ID),
        "round_id": str(ROUND_ID),
        "recorded_by": str(COMMISSIONER.id),
        "recorded_on": "2026-11-16",
    }


@pytest.mark.parametrize("stage", [stage for stage in SurveyStage if stage is not SurveyStage.SURVEYED])
def test_whoever_is_found_after_all_is_surveyed(stage: SurveyStage) -> None:
    entry, _ = a_survey_at(stage).survey(answered(), before=None, of=a_round(), by=COMMISSIONER, on=MONDAY)

    assert entry.stage is SurveyStage.SURVEYED


def test_whoever_has_answered_is_not_asked_again_in_the_round() -> None:
    with pytest.raises(IllegalTransition):
        a_survey_at(SurveyStage.SURVEYED).survey(answered(), before=None, of=a_round(), by=COMMISSIONER, on=MONDAY)


def test_coverage_has_a_share_only_where_somebody_is_known() -> None:
    nobody = Coverage(population=Population.UNCERTIFIED, known=0, listed=0, surveyed=0)

    assert nobody.basis_points is None
    assert Coverage(population=Population.HOLDERS, known=8, listed=8, surveyed=2).basis_points == 2_500


def test_somebody_of_another_place_records_nothing() -> None:
    stranger = a_principal(Role.COMMISSIONER, region=ELSEWHERE)

    with pytest.raises(NotYourFunction):
        a_survey_at().report(SurveyAction.NOT_REACH, of=a_round(), by=stranger, on=MONDAY)
    assert a_survey_at().region == VILLAGE

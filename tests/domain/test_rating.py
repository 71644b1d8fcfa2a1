"""A rating is given by the person once the item is finished; the unit answers bad ones, and that is all."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.rating import (
    FollowUpOutcome,
    NothingToFollowUp,
    NotTheUnit,
    Rated,
    Rating,
    RatingClosed,
    RatingRules,
    Satisfaction,
    TooEarlyToRate,
)
from app.domain.shared.access import Principal, Role
from app.domain.shared.voice import NotThePerson
from tests.builders import APPLICATION_ID, CITIZEN, COUNTY_OFFICER, MONDAY, PERSON_ID, VILLAGE, WEEKDAYS
from tests.builders.people import a_principal, a_rule, rules_in_force

RULES = RatingRules.of(
    rules_in_force(
        a_rule("rating.correction", 5, unit="working_days"),
        a_rule("rating.follow_up", 15, unit="working_days"),
        a_rule("rating.minimum_cell", 10, unit="count"),
    )
)
UNIT = COUNTY_OFFICER.memberships[0].organisation_id
PORTAL = a_principal(Role.PORTAL)
GUARDIAN = a_principal(Role.CITIZEN, number=77, memberships=(), person_id=UUID(int=0x66))
RATED = Rated(
    application_id=APPLICATION_ID,
    person_id=PERSON_ID,
    region=VILLAGE,
    item="certificate",
    owner_id=UNIT,
    is_finished=True,
)
GIVEN: dict[str, Any] = {"on": MONDAY, "rules": RULES, "calendar": WEEKDAYS}
BAD = [one for one in Satisfaction if one.is_bad]


def given(
    satisfaction: Satisfaction = Satisfaction.DISSATISFIED, *, by: Principal = CITIZEN, rated: Rated = RATED
) -> Rating:
    return Rating.give(rated, rating_id=UUID(int=7), satisfaction=satisfaction, words="等得太久", by=by, **GIVEN)[0]


def test_there_are_five_grades_and_two_of_them_are_bad() -> None:
    assert len(Satisfaction) == 5
    assert BAD == [Satisfaction.DISSATISFIED, Satisfaction.VERY_DISSATISFIED]


def test_what_happened_is_told_without_how_good_it_was() -> None:
    _, event = Rating.give(RATED, rating_id=UUID(int=7), satisfaction=BAD[0], words="等得太久", by=CITIZEN, **GIVEN)

    assert event.facts() == {
        "rating_id": str(UUID(int=7)),
        "item": "certificate",
        "owner_id": str(UNIT),
        "rated_on": "2026-11-16",
    }
    assert "等得太久" not in repr(given())


def test_an_item_that_is_not_finished_is_not_rated() -> None:
    with pytest.raises(TooEarlyToRate):
        given(rated=replace(RATED, is_finished=False))


@pytest.mark.parametrize("by", [COUNTY_OFFICER, GUARDIAN], ids=["an officer", "who is no guardian"])
def test_nobody_else_says_how_the_person_was_served(by: Principal) -> None:
    with pytest.raises(NotThePerson):
        given(by=by)


def test_a_guardian_and_the_portal_say_it_for_the_person() -> None:
    speaking: dict[str, Any] = {"by": GUARDIAN, "guardians": {UUID(int=0x66)}}
    by_guardian, _ = Rating.give(RATED, rating_id=UUID(int=7), satisfaction=BAD[0], words=None, **speaking, **GIVEN)

    assert by_guardian.rated_by == GUARDIAN.id
    assert given(by=PORTAL).rated_by == PORTAL.id


@pytest.mark.parametrize("satisfaction", Satisfaction)
def test_the_unit_answers_bad_ratings_within_its_days_and_others_not_at_all(satisfaction: Satisfaction) -> None:
    rating = given(satisfaction)

    assert rating.needs_follow_up is satisfaction.is_bad
    assert rating.follow_up_until == (date(2026, 12, 7) if satisfaction.is_bad else None)


def test_a_rating_may_be_corrected_until_the_last_day_and_not_after_it() -> None:
    rating = given()
    change: dict[str, Any] = {
        "satisfaction": Satisfaction.SATISFIED,
        "words": None,
        "rules": RULES,
        "calendar": WEEKDAYS,
    }

    corrected, event = rating.correct(by=CITIZEN, on=rating.correctable_until, **change)

    assert (corrected.satisfaction, corrected.words, corrected.follow_up_until) == (Satisfaction.SATISFIED, None, None)
    assert event.name == "rating.corrected"
    with pytest.raises(RatingClosed):
        rating.correct(by=CITIZEN, on=rating.correctable_until + timedelta(days=1), **change)


def test_a_portal_corrects_only_what_it_has_handed_in() -> None:
    change: dict[str, Any] = {"satisfaction": BAD[1], "words": None, "on": MONDAY, "rules": RULES, "calendar": WEEKDAYS}

    assert given(by=PORTAL).correct(by=PORTAL, **change)[0].satisfaction is BAD[1]
    with pytest.raises(NotThePerson):
        given().correct(by=PORTAL, **change)


def test_what_the_unit_has_answered_is_corrected_no_more() -> None:
    answered, event = given().answer(
        outcome=FollowUpOutcome.CONFIRMED, text="已增设窗口。", by=COUNTY_OFFICER, on=MONDAY
    )

    assert event.facts()["followed_up_by"] == str(COUNTY_OFFICER.id)
    assert not answered.needs_follow_up
    with pytest.raises(RatingClosed):
        answered.correct(satisfaction=BAD[0], words=None, by=CITIZEN, on=MONDAY, rules=RULES, calendar=WEEKDAYS)
    with pytest.raises(NothingToFollowUp):
        answered.answer(outcome=FollowUpOutcome.CONFIRMED, text="再次答复。", by=COUNTY_OFFICER, on=MONDAY)


def test_another_unit_does_not_answer() -> None:
    with pytest.raises(NotTheUnit):
        given().answer(
            outcome=FollowUpOutcome.NOT_CONFIRMED, text="不属实。", by=a_principal(Role.CIVIL_AFFAIRS), on=MONDAY
        )


def test_a_good_rating_needs_no_answer() -> None:
    with pytest.raises(NothingToFollowUp):
        given(Satisfaction.SATISFIED).answer(
            outcome=FollowUpOutcome.CONFIRMED, text="谢谢。", by=COUNTY_OFFICER, on=MONDAY
        )

"""Matching ranks the services for a need, takes each score apart, and says why a service is not for the person."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entitlement import entitlements, explain
from app.domain.matching import (
    Aspect,
    Candidate,
    Criterion,
    Distance,
    Match,
    Matches,
    Outcomes,
    Ratings,
    Scale,
    Side,
    Wishes,
    distance_of,
    match,
)
from app.domain.shared.entry import MalformedRule
from app.domain.shared.finding import Finding
from app.domain.shared.reason import Reason
from tests.builders import COUNTY, ELSEWHERE, TOWNSHIP, VILLAGE, a_rule, rules_in_force
from tests.builders.facts import some_facts
from tests.builders.people import PROVIDER_ID
from tests.builders.rules import HERE

SCALE = Scale.of(HERE)
WISHES = Wishes(residence=VILLAGE)
OUTCOMES = {UUID(int=number): Outcomes(20, 50 * number % 2000) for number in range(100, 130)}
"""Of half of the providers among whom `some_candidates` chooses."""
OTHER_VILLAGE = f"{TOWNSHIP}/652301104202"
OTHER_TOWNSHIP = f"{COUNTY}/652301101"


@dataclass(frozen=True)
class Ruling:
    """What the rules say, for a test that does not ask why."""

    finding: Finding = Finding.MET
    reasons: tuple[Reason, ...] = ()
    remedies: tuple[Reason, ...] = ()
    citation: str = "invented for the test"


MAY, MAY_NOT = Ruling(), Ruling(Finding.NOT_MET, (Reason(code="because"),), (Reason(code="unless"),))
OPEN = Ruling(Finding.UNKNOWN, (), (Reason(code="evidence.need_present"),))


def a_candidate(number: int = 1, **changes: Any) -> Candidate:
    """A service in the person's village, with a place and no waiting."""
    settings: dict[str, Any] = {
        "service_id": UUID(int=number),
        "organisation_id": PROVIDER_ID,
        "code": "CARE-HOME",
        "meets": frozenset({"home_care"}),
        "mode": "at_place",
        "regions": (VILLAGE,),
        "waiting_days": 0,
    }
    return Candidate(**(settings | changes))


def matched(*candidates: Candidate, wishes: Wishes = WISHES, limit: int = 20, **verdicts: Ruling) -> Matches:
    known = {code.replace("_", "-"): verdict for code, verdict in verdicts.items()} or {"CARE-HOME": MAY}
    return match("home_care", candidates, verdicts=known, outcomes=OUTCOMES, wishes=wishes, scale=SCALE, limit=limit)


def aspect(criterion: Criterion, candidate: Candidate, wishes: Wishes = WISHES) -> Aspect:
    (found,) = matched(candidate, wishes=wishes).ranked
    return next(aspect for aspect in found.aspects if aspect.criterion is criterion)


def told(aspect: Aspect) -> tuple[int, Side, str]:
    return aspect.points, aspect.side, aspect.reason.code.removeprefix("matching.")


def test_only_services_that_meet_the_need_are_considered() -> None:
    found = matched(a_candidate(1), a_candidate(2, meets=frozenset({"sport"})))

    assert (found.need, found.considered, len(found.ranked)) == ("home_care", 1, 1)
    assert found.rule_versions == ("matching.weights@CN#1", "matching.points@CN#1", "matching.outcomes@CN#1")


@pytest.mark.parametrize(
    ("mode", "region", "distance"),
    [
        ("at_home", ELSEWHERE, Distance.AT_HOME),
        ("remote", ELSEWHERE, Distance.REMOTE),
        ("at_place", VILLAGE, Distance.SAME_VILLAGE),
        ("at_place", OTHER_VILLAGE, Distance.SAME_TOWNSHIP),
        ("at_place", TOWNSHIP, Distance.SAME_TOWNSHIP),
        ("at_place", OTHER_TOWNSHIP, Distance.SAME_COUNTY),
        ("at_place", ELSEWHERE, Distance.SAME_PREFECTURE),
        ("at_place", "65/6501", Distance.FARTHER),
        ("at_place", "11/1101", Distance.FARTHER),
    ],
)
def test_distance_needs_no_address_only_the_regions(mode: str, region: str, distance: Distance) -> None:
    assert distance_of(mode, (region,), VILLAGE) is distance


def test_the_nearest_of_several_places_counts_and_no_place_is_far() -> None:
    assert distance_of("at_place", (ELSEWHERE, OTHER_VILLAGE, OTHER_TOWNSHIP), VILLAGE) is Distance.SAME_TOWNSHIP
    assert distance_of("at_place", (), VILLAGE) is Distance.FARTHER


def test_what_is_near_speaks_for_a_service_and_what_is_far_against_it() -> None:
    near, far = a_candidate(), a_candidate(regions=(OTHER_TOWNSHIP,))

    assert told(aspect(Criterion.DISTANCE, near)) == (100, Side.FOR, "distance.same_village")
    assert told(aspect(Criterion.DISTANCE, far)) == (50, Side.AGAINST, "distance.same_county")


def test_a_service_that_meets_other_needs_of_the_person_too_fits_better() -> None:
    wishes = replace(WISHES, other_needs=frozenset({"day_care", "carer_relief", "sport"}))
    broad = a_candidate(meets=frozenset({"home_care", "day_care", "carer_relief", "legal_aid"}))

    assert told(aspect(Criterion.FIT, a_candidate(), wishes)) == (60, Side.FOR, "fit.alone")
    assert told(aspect(Criterion.FIT, broad, wishes)) == (100, Side.FOR, "fit.also")
    assert aspect(Criterion.FIT, broad, wishes).reason.parameters == {"needs": ("carer_relief", "day_care")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"waiting_days": 0}, (100, Side.FOR, "waiting.none")),
        ({"waiting_days": 7}, (80, Side.FOR, "waiting.days")),
        ({"waiting_days": 8}, (50, Side.FOR, "waiting.days")),
        ({"waiting_days": 90}, (20, Side.AGAINST, "waiting.days")),
        ({"waiting_days": 91}, (0, Side.AGAINST, "waiting.days")),
        ({"waiting_days": None}, (40, Side.NEITHER, "waiting.unknown")),
        ({"waiting_days": None, "has_place": False}, (10, Side.AGAINST, "waiting.full")),
        ({"waiting_days": 60, "has_place": False}, (10, Side.AGAINST, "waiting.full_for")),
    ],
)
def test_a_shorter_wait_is_better_and_a_full_service_is_not_hidden(
    changes: dict[str, Any], expected: tuple[int, Side, str]
) -> None:
    assert told(aspect(Criterion.WAITING, a_candidate(**changes))) == expected


@pytest.mark.parametrize(
    ("asked", "changes", "expected"),
    [
        (set(), {}, (100, Side.NEITHER, "accessibility.not_asked")),
        ({"lift"}, {"mode": "at_home"}, (100, Side.NEITHER, "accessibility.not_asked")),
        ({"lift"}, {"features": frozenset({"lift"})}, (100, Side.FOR, "accessibility.has")),
        ({"lift", "step_free"}, {"features": frozenset({"lift"})}, (50, Side.AGAINST, "accessibility.lacks")),
        ({"lift"}, {}, (0, Side.AGAINST, "accessibility.lacks")),
    ],
)
def test_a_place_that_the_person_cannot_use_speaks_against_a_service(
    asked: set[str], changes: dict[str, Any], expected: tuple[int, Side, str]
) -> None:
    wishes = replace(WISHES, features=frozenset(asked))

    assert told(aspect(Criterion.ACCESSIBILITY, a_candidate(**changes), wishes)) == expected


def test_a_service_in_the_persons_language_is_better() -> None:
    wishes = replace(WISHES, languages=frozenset({"ug-CN"}))
    uyghur = a_candidate(languages=frozenset({"zh-CN", "ug-CN"}))

    assert told(aspect(Criterion.LANGUAGE, uyghur, wishes)) == (100, Side.FOR, "language.spoken")
    assert told(aspect(Criterion.LANGUAGE, a_candidate(), wishes)) == (0, Side.AGAINST, "language.not_spoken")


def test_a_known_provider_and_the_persons_own_order_count() -> None:
    first, second, third = (UUID(int=number) for number in (11, 12, 13))
    wishes = replace(
        WISHES, known_providers=frozenset({second}), preferred_providers=(first, second, UUID(int=14), third)
    )

    def of(organisation_id: UUID, criterion: Criterion) -> tuple[int, Side, str]:
        return told(aspect(criterion, a_candidate(organisation_id=organisation_id), wishes))

    assert of(second, Criterion.CONTINUITY) == (100, Side.FOR, "continuity.known")
    assert of(first, Criterion.CONTINUITY) == (0, Side.NEITHER, "continuity.new")
    assert of(first, Criterion.PREFERENCE) == (100, Side.FOR, "preference.named")
    assert of(second, Criterion.PREFERENCE) == (75, Side.FOR, "preference.named")
    assert of(third, Criterion.PREFERENCE) == (40, Side.FOR, "preference.named")
    assert of(PROVIDER_ID, Criterion.PREFERENCE) == (0, Side.NEITHER, "preference.not_named")


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        (Ratings(), (50, Side.NEITHER, "quality.unknown")),
        (Ratings(count=4, total=4), (50, Side.NEITHER, "quality.unknown")),
        (Ratings(count=5, total=5), (0, Side.AGAINST, "quality.rated")),
        (Ratings(count=5, total=15), (50, Side.FOR, "quality.rated")),
        (Ratings(count=6, total=28), (91, Side.FOR, "quality.rated")),
        (Ratings(count=5, total=25), (100, Side.FOR, "quality.rated")),
    ],
)
def test_ratings_count_once_they_are_enough_not_to_tell_one_persons(
    ratings: Ratings, expected: tuple[int, Side, str]
) -> None:
    assert told(aspect(Criterion.QUALITY, a_candidate(ratings=ratings))) == expected


def test_an_average_rating_is_told_in_tenths() -> None:
    assert aspect(Criterion.QUALITY, a_candidate(ratings=Ratings(6, 28))).reason.parameters == {"average": "4.6"}


def test_a_match_says_what_speaks_for_it_and_what_against() -> None:
    (found,) = matched(a_candidate(regions=(ELSEWHERE,))).ranked

    assert Reason(code="matching.waiting.none") in found.reasons_for
    assert found.reasons_against == (Reason(code="matching.distance.same_prefecture"),)


def by_hand(match: Match) -> int:
    worth = sum(SCALE.weights[aspect.criterion] * aspect.points for aspect in match.aspects)
    return worth // sum(SCALE.weights.values())


def some_candidates(chance: Random, count: int) -> list[Candidate]:
    return [
        a_candidate(
            number + 1,
            organisation_id=UUID(int=chance.randint(100, 160)),
            code=chance.choice(["CARE-HOME", "CARE-SUNSHINE"]),
            meets=frozenset({"home_care", chance.choice(["day_care", "carer_relief", "home_care"])}),
            mode=chance.choice(["at_place", "at_home"]),
            regions=(chance.choice([VILLAGE, OTHER_VILLAGE, OTHER_TOWNSHIP, ELSEWHERE]),),
            features=frozenset(chance.sample(["lift", "step_free"], chance.randint(0, 2))),
            languages=frozenset({chance.choice(["zh-CN", "ug-CN"])}),
            has_place=chance.random() < 0.8,
            waiting_days=chance.choice([None, 0, 5, 20, 60]),
            ratings=chance.choice([Ratings(), Ratings(3, 15), Ratings(9, 20), Ratings(20, 95)]),
        )
        for number in range(count)
    ]


@given(st.integers(0, 1000))
def test_the_order_is_by_score_with_what_is_certain_first_whatever_order_the_services_come_in(seed: int) -> None:
    chance = Random(seed)
    candidates = some_candidates(chance, 40)
    shuffled = chance.sample(candidates, len(candidates))
    wishes = replace(WISHES, other_needs=frozenset({"day_care"}), features=frozenset({"lift"}))

    found = matched(*candidates, wishes=wishes, limit=40, CARE_HOME=MAY, CARE_SUNSHINE=OPEN)

    assert matched(*shuffled, wishes=wishes, limit=40, CARE_HOME=MAY, CARE_SUNSHINE=OPEN).ranked == found.ranked
    assert [(one.finding is not Finding.MET, -one.score) for one in found.ranked] == sorted(
        (one.finding is not Finding.MET, -one.score) for one in found.ranked
    )
    assert all(one.score == by_hand(one) for one in found.ranked)
    assert all({aspect.criterion for aspect in one.aspects} == set(Criterion) for one in found.ranked)
    assert matched(*candidates, wishes=wishes, limit=5, CARE_HOME=MAY, CARE_SUNSHINE=OPEN).ranked == found.ranked[:5]


def test_equal_scores_go_by_the_shorter_wait_and_then_by_id() -> None:
    candidates = [a_candidate(number, waiting_days=days) for number, days in [(4, 7), (3, 3), (2, None), (1, 7)]]

    assert [one.service_id.int for one in matched(*candidates).ranked] == [3, 1, 4, 2]
    assert len(matched(a_candidate(1), a_candidate(1)).ranked) == 2


def test_what_evidence_is_still_to_be_shown_for_comes_after_what_is_certain() -> None:
    certain, uncertain = a_candidate(1, regions=(ELSEWHERE,)), a_candidate(2, code="CARE-SUNSHINE")

    found = matched(uncertain, certain, CARE_HOME=MAY, CARE_SUNSHINE=OPEN)

    assert [one.service_id.int for one in found.ranked] == [1, 2]
    assert found.ranked[1].evidence == (Reason(code="evidence.need_present"),)


def test_services_that_the_person_may_not_have_are_named_with_why_and_what_would_change_it() -> None:
    found = matched(a_candidate(1), a_candidate(2), a_candidate(3, code="CARE-SUNSHINE"), CARE_HOME=MAY_NOT)

    refused, unruled = found.excluded
    assert (refused.code, [service.int for service in refused.service_ids]) == ("CARE-HOME", [1, 2])
    assert (refused.reasons, refused.remedies) == (MAY_NOT.reasons, MAY_NOT.remedies)
    assert refused.citation == "invented for the test"
    assert (unruled.code, unruled.reasons) == ("CARE-SUNSHINE", (Reason(code="matching.no_rule"),))
    assert found.ranked == ()


def test_a_service_that_takes_residents_of_other_areas_only_is_not_for_the_person() -> None:
    found = matched(a_candidate(1, serves=(ELSEWHERE,)), a_candidate(2, serves=(ELSEWHERE, TOWNSHIP)))

    assert [one.service_id.int for one in found.ranked] == [2]
    assert [(one.service_ids, one.reasons) for one in found.excluded] == [
        ((UUID(int=1),), (Reason(code="matching.outside_area"),))
    ]


def test_what_waits_for_its_providers_word_is_left_out_and_named_to_whom_it_would_be_due() -> None:
    waiting = (a_candidate(1), a_candidate(2, serves=(ELSEWHERE,)), a_candidate(3, code="CARE-SUNSHINE"))

    found = matched(*(replace(one, is_confirmed=False) for one in waiting), a_candidate(4))

    assert [one.service_id.int for one in found.ranked] == [4]
    assert [(one.service_ids, one.reasons) for one in found.excluded] == [
        ((UUID(int=1),), (Reason(code="matching.not_confirmed"),))
    ]
    assert found.considered == 1


def test_what_the_rules_explain_is_what_the_matcher_goes_by() -> None:
    facts = some_facts(needs={"home_care": True})
    verdicts = {code: explain(one.criteria, facts) for code, one in entitlements(HERE).items()}
    candidates = [a_candidate(1), a_candidate(2, code="CARE-SUNSHINE"), a_candidate(3, code="EDU-HOME")]

    found = match("home_care", candidates, verdicts=verdicts, outcomes={}, wishes=WISHES, scale=SCALE, limit=20)

    assert {one.code for one in found.ranked} == {"CARE-HOME", "CARE-SUNSHINE"}
    assert [reason.code for reason in found.excluded[0].reasons] == ["condition.age_between.not_met"]
    assert found.excluded[0].remedies == ()


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (dict.fromkeys(Criterion, 0), "one at least is more"),
        ({**dict.fromkeys(Criterion, 1), Criterion.FIT: -1}, "zero or more"),
        ({"fit": 1}, "lacks distance"),
        (dict.fromkeys([*map(str, Criterion), "charm"], 1), "unknown keys: charm"),
    ],
)
def test_weights_that_weigh_nothing_or_something_else_are_refused(weights: dict[str, int], message: str) -> None:
    other = [
        a_rule(f"matching.{one}", HERE.value(f"matching.{one}").value, unit="any") for one in ("points", "outcomes")
    ]

    with pytest.raises(MalformedRule, match=message):
        Scale.of(rules_in_force(a_rule("matching.weights", weights, unit="matching_weights"), *other))

"""Amounts are data: fixed, in tiers, per cent of a base, the highest of several. No more is due than is certain."""

from datetime import date

import pytest

from app.domain.entitlement import Between, Facts, amount_due, amount_of
from app.domain.shared.entry import MalformedRule, RuleValue
from app.domain.shared.identity import Category, Grade
from tests.builders import a_rule, rules_in_force
from tests.builders.rules import BOOK

BY_GRADE: RuleValue = {
    "tiers": (
        {"when": {"kind": "grade_at_most", "grade": 1}, "amount": 11000},
        {"when": {"kind": "grade_at_most", "grade": 2}, "amount": 10000},
    )
}
A_QUARTER: RuleValue = {"percent": "25", "of": "line"}
FIRST, SECOND, THIRD = (Facts(grade=grade) for grade in (Grade.FIRST, Grade.SECOND, Grade.THIRD))


def due(value: RuleValue, facts: Facts = SECOND) -> Between:
    rules = rules_in_force(
        a_rule("x.amount", value, unit="fen_per_month"), a_rule("line", 60_002, unit="fen_per_month")
    )
    return amount_due(amount_of("x.amount", rules).value, facts)


@pytest.mark.parametrize(
    ("value", "facts", "expected"),
    [
        (14000, SECOND, Between(14000, 14000)),
        (BY_GRADE, FIRST, Between(11000, 11000)),
        (BY_GRADE, SECOND, Between(10000, 10000)),
        (BY_GRADE, THIRD, Between(0, 0)),
        (BY_GRADE, Facts(), Between(0, 11000)),
        (A_QUARTER, SECOND, Between(15001, 15001)),
        ({"higher_of": (BY_GRADE, A_QUARTER)}, FIRST, Between(15001, 15001)),
        ({"higher_of": (BY_GRADE, 10500)}, Facts(), Between(10500, 11000)),
        ({"tiers": ({"when": {"all": ()}, "amount": A_QUARTER},)}, THIRD, Between(15001, 15001)),
    ],
)
def test_an_amount_follows_from_the_facts_or_lies_between_what_is_possible(
    value: RuleValue, facts: Facts, expected: Between
) -> None:
    assert due(value, facts) == expected


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-1, "less than nothing"),
        ("much", "not a mapping"),
        ({"higher_of": ()}, "nor the higher of several"),
        ({"lucky_number": 7}, "unknown keys"),
        ({"percent": "a lot", "of": "line"}, "no number"),
        ({"tiers": ({"when": {"kind": "star_sign_in"}, "amount": 1},)}, "is none of"),
        ({"tiers": ({"when": {"all": ()}, "amount": True},)}, "not a mapping"),
    ],
)
def test_an_amount_of_another_shape_is_refused(value: RuleValue, message: str) -> None:
    with pytest.raises(MalformedRule, match=message):
        due(value)


def test_an_amount_is_in_money() -> None:
    with pytest.raises(MalformedRule, match="not in money"):
        amount_of("x", rules_in_force(a_rule("x", 3, unit="count")))


@pytest.mark.parametrize(
    ("place", "components", "fen"),
    [
        ("50", {Category.VISUAL: Grade.FIRST}, 11000),
        ("50", {Category.VISUAL: Grade.SECOND}, 10000),
        ("31", {Category.MENTAL: Grade.THIRD}, 18000),
        ("14", {Category.MENTAL: Grade.FOURTH}, 6100),
        ("14", {Category.MENTAL: Grade.SECOND}, 12200),
        ("65", {Category.MENTAL: Grade.SECOND}, 14000),
    ],
)
def test_places_set_the_nursing_subsidy_each_in_their_own_way(
    place: str, components: dict[Category, Grade], fen: int
) -> None:
    amount = amount_of("nursing_subsidy.amount", BOOK.at(place, date(2026, 6, 1))).value

    assert amount_due(amount, Facts(has_certificate=True, components=components)) == Between(fen, fen)

"""Who may be drawn follows from the registers and from dated rules, and from nobody's opinion."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.draw import Doctor, DrawRules, Institution, Wanted, eligible
from app.domain.shared.identity import Category
from app.domain.shared.region import path_of
from tests.builders import ELSEWHERE, PERSON_ID, a_rule, rules_in_force
from tests.builders.draw import DRAW_RULEBOOK, DRAW_RULES, a_hospital, wanted

WARD = UUID(int=0x77)


def names(*institutions: Institution, asked: Wanted | None = None, rules: DrawRules = DRAW_RULES) -> list[UUID]:
    return [one.institution_id for one in eligible(institutions, asked or wanted(), rules)]


def test_all_of_the_place_that_are_designated_are_on_the_list_in_order() -> None:
    assert names(a_hospital(2), a_hospital(1)) == [a_hospital(1).id, a_hospital(2).id]


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": frozenset({Category.VISUAL})},
        {"region": ELSEWHERE},
        {"doctors": (Doctor(account_id=UUID(int=1)),)},
        {"doctors": ()},
        {"doctors": (*a_hospital().doctors, Doctor(account_id=UUID(int=9), person_id=PERSON_ID))},
    ],
    ids=["not designated", "of another county", "too few doctors", "no doctors", "the person serves there"],
)
def test_who_may_not_be_drawn_is_not_on_the_list(changes: dict[str, object]) -> None:
    assert names(replace(a_hospital(1), **changes), a_hospital(2)) == [a_hospital(2).id]  # type: ignore[arg-type]


def test_who_cannot_leave_home_is_drawn_somebody_who_comes() -> None:
    visiting = a_hospital(2, visits_homes=True)

    assert names(a_hospital(1), visiting, asked=wanted(at_home=True)) == [visiting.id]
    assert len(names(a_hospital(1), visiting)) == 2


def test_an_institution_must_be_designated_for_every_category_that_is_named() -> None:
    several = wanted(categories=frozenset({Category.PHYSICAL, Category.VISUAL, Category.MULTIPLE}))

    assert names(a_hospital(1, categories=frozenset({Category.PHYSICAL})), a_hospital(2), asked=several) == [
        a_hospital(2).id
    ]


def test_where_no_category_is_named_an_institution_must_be_designated_for_all() -> None:
    partly = a_hospital(1, categories=frozenset({Category.PHYSICAL, Category.VISUAL}))

    assert names(partly, a_hospital(2), asked=wanted(categories=frozenset())) == [a_hospital(2).id]


def test_the_place_says_how_far_around_the_person_is_drawn_from() -> None:
    wide = DrawRules.of(
        rules_in_force(a_rule("certificate.evaluation_area", "prefecture", unit="choice"), DRAW_RULEBOOK[1])
    )
    beyond = a_hospital(3, region=path_of("653101"))

    assert names(a_hospital(1), a_hospital(2, region=ELSEWHERE), beyond, rules=wide) == [
        a_hospital(1).id,
        a_hospital(2).id,
    ]


def test_a_guardian_who_serves_there_is_a_conflict_too() -> None:
    theirs = replace(a_hospital(1), doctors=(*a_hospital(1).doctors, Doctor(account_id=UUID(int=9), person_id=WARD)))

    assert names(theirs, asked=wanted(concerned=frozenset({PERSON_ID, WARD}))) == []


def test_doctors_who_have_concluded_before_are_left_out_and_the_others_must_be_enough() -> None:
    first, second, third = (doctor.account_id for doctor in a_hospital(1).doctors)

    (line,) = eligible([a_hospital(1)], wanted(barred=frozenset({second})), DRAW_RULES)

    assert line.doctors == (first, third)
    assert names(a_hospital(1), asked=wanted(barred=frozenset({first, second}))) == []

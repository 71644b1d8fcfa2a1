"""Who is related to the person by what is on record takes no step of a benefit; the family may take it back."""

from dataclasses import replace

import pytest

from app.domain.benefit import BenefitCase, Stage
from app.domain.shared.access import Principal
from app.domain.shared.relations import RelationOnRecord, Relations
from tests.builders import CITIZEN, COUNTY_OFFICER, MONDAY, OWN_WORD, REVIEWER, TOWNSHIP_OFFICER, a_benefit_case


def related(by: Principal, case: BenefitCase, *colleagues: Principal) -> BenefitCase:
    known = Relations(accounts=frozenset({by.id}), colleagues=tuple(one.id for one in colleagues))
    return replace(case, known=known)


def test_a_related_officer_does_not_take_it_on_and_others_are_named() -> None:
    with pytest.raises(RelationOnRecord) as refused:
        related(TOWNSHIP_OFFICER, a_benefit_case(), COUNTY_OFFICER).accept(by=TOWNSHIP_OFFICER, on=MONDAY)

    assert str(COUNTY_OFFICER.id) in refused.value.detail


def test_whoever_is_bound_by_another_duty_is_not_named() -> None:
    accepted = a_benefit_case(Stage.ON_NOTICE)  # the township officer has checked it

    with pytest.raises(RelationOnRecord) as refused:
        related(REVIEWER, accepted, TOWNSHIP_OFFICER, COUNTY_OFFICER).verify(by=REVIEWER, on=MONDAY)

    assert str(TOWNSHIP_OFFICER.id) not in refused.value.detail
    assert str(COUNTY_OFFICER.id) in refused.value.detail


def test_the_family_takes_it_back() -> None:
    withdrawn, _ = related(CITIZEN, a_benefit_case()).withdraw(by=CITIZEN, on=MONDAY, word=OWN_WORD)

    assert withdrawn.stage is Stage.WITHDRAWN

"""What becomes of a decided benefit: given up by the person, or decided anew after a review, by somebody else."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from app.domain.benefit import BenefitCase, BoundByReview, Stage, StoppedAlready
from app.domain.shared.access import Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from tests.builders import (
    AFTER_NOTICE,
    BENEFIT_RULES,
    CITIZEN,
    CIVIL_AFFAIRS,
    OWN_WORD,
    SUBSIDY_ROUTE,
    a_benefit_case,
    a_benefit_refusal,
    a_principal,
    a_proposal,
)

REVIEW = UUID(int=77)
ANOTHER = a_principal(Role.CIVIL_AFFAIRS, number=501)


def granted(case: BenefitCase, by: Principal) -> BenefitCase:
    return case.grant(by=by, on=AFTER_NOTICE, proposal=a_proposal(), rules=BENEFIT_RULES)[0]


def refused(case: BenefitCase, by: Principal = CIVIL_AFFAIRS) -> BenefitCase:
    refusal = a_benefit_refusal()
    return case.refuse(by=by, on=AFTER_NOTICE, proposal=a_proposal(), refusal=refusal, rules=BENEFIT_RULES)[0]


def reconsidered(case: BenefitCase) -> BenefitCase:
    return case.reopen(on=AFTER_NOTICE, review_decision=REVIEW)[0]


def test_who_gives_up_what_was_granted_keeps_the_month_of_that_day() -> None:
    given_up, event = a_benefit_case(Stage.GRANTED).give_up(by=CITIZEN, on=date(2027, 3, 15), word=OWN_WORD)

    assert given_up.stage is Stage.GRANTED
    assert given_up.granted is not None
    assert given_up.granted.last_month == date(2027, 3, 1)
    assert given_up.granted.stopped_because == "given_up"
    assert given_up.granted.is_due_for(date(2027, 3, 31))
    assert not given_up.granted.is_due_for(date(2027, 4, 1))
    assert event.facts()["last_month"] == "2027-03-01"


def test_what_was_given_up_is_not_given_up_again() -> None:
    given_up = a_benefit_case(Stage.GRANTED).give_up(by=CITIZEN, on=AFTER_NOTICE, word=OWN_WORD)[0]

    with pytest.raises(StoppedAlready):
        given_up.give_up(by=CITIZEN, on=AFTER_NOTICE, word=OWN_WORD)


def test_what_was_granted_goes_on_while_a_review_has_it_decided_anew() -> None:
    case = reconsidered(a_benefit_case(Stage.GRANTED))

    assert (case.stage, case.granted is not None) == (Stage.GRANTED, True)
    anew = granted(case, ANOTHER)
    assert anew.stage is Stage.GRANTED
    with pytest.raises(IllegalTransition):
        granted(anew, a_principal(Role.CIVIL_AFFAIRS, number=502))


def test_nobody_decides_anew_what_no_review_has_sent_back() -> None:
    with pytest.raises(IllegalTransition):
        granted(a_benefit_case(Stage.GRANTED), ANOTHER)


@pytest.mark.parametrize("decide", [granted, refused])
def test_whoever_decided_before_the_review_does_not_decide_anew(
    decide: Callable[[BenefitCase, Principal], BenefitCase],
) -> None:
    case = reconsidered(refused(a_benefit_case(Stage.VERIFIED)))

    with pytest.raises(DutiesNotSeparated):
        decide(case, CIVIL_AFFAIRS)
    assert decide(case, ANOTHER).stage in {Stage.GRANTED, Stage.REFUSED}


def test_what_a_review_has_changed_is_not_refused_again() -> None:
    bound = refused(a_benefit_case(Stage.VERIFIED)).reopen(on=AFTER_NOTICE, review_decision=REVIEW, bound_by=REVIEW)[0]

    with pytest.raises(BoundByReview):
        refused(bound, ANOTHER)


def test_what_was_refused_on_the_way_goes_the_whole_way_anew_and_what_had_gone_it_is_only_decided() -> None:
    on_the_way = refused(a_benefit_case(Stage.ACCEPTED))
    at_the_end = refused(a_benefit_case(Stage.VERIFIED))

    assert reconsidered(on_the_way).stage is Stage.WAITING
    assert reconsidered(at_the_end).stage is Stage.VERIFIED
    assert reconsidered(at_the_end).refusal is None


@pytest.mark.parametrize("stage", [stage for stage in SUBSIDY_ROUTE.stages if stage is not Stage.GRANTED])
def test_what_is_not_decided_is_not_reopened(stage: Stage) -> None:
    with pytest.raises(IllegalTransition):
        reconsidered(a_benefit_case(stage))

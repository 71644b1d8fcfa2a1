"""Whoever was asked to evaluate may decline, is excused in time and for a reason, and nobody else signs instead."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.domain.certificate import (
    CertificateCase,
    DeclineReason,
    DeclineRules,
    DeclineSaid,
    DeclineWord,
    DoctorNotDrawn,
    NotTheDesignatedInstitution,
    NotYourWord,
    Relation,
    SecondWordMissing,
    Stage,
)
from app.domain.certificate.events import EvaluationDeclined
from app.domain.shared.access import Role
from app.domain.shared.entry import MalformedRule
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from tests.builders import (
    CERTIFICATE_RULES,
    COUNTY_OFFICER,
    DECLINE_RULES,
    DOCTORS,
    EVALUATOR,
    INSTITUTION_ID,
    MONDAY,
    WEEKDAYS,
    a_certificate_case,
    a_conclusion,
    a_principal,
    a_rule,
    an_institution,
    assigned,
    declined,
    evaluated,
    rules_in_force,
)
from tests.builders.certificate import COLLEAGUE_ID, DRAWN
from tests.builders.people import DRAW_ID

ASKED = a_certificate_case(Stage.EVALUATION_ASSIGNED)
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
STRANGER = UUID(int=0xD9)


def test_an_institution_that_declines_is_not_asked_again_and_another_can_be_drawn() -> None:
    case = declined(ASKED, reason=DeclineReason.NO_CAPACITY)

    assert (case.stage, case.institution, case.choice) == (Stage.ACCEPTED, None, None)
    assert case.declined_by == {INSTITUTION_ID}
    assert not case.wants_stand_ins
    assert (case.evaluation_round, [turn.round for turn in case.turns]) == (2, [1])


def test_a_doctor_who_declines_leaves_the_others_and_the_institution() -> None:
    case = declined(ASKED, doctors=(DOCTORS[0],))

    assert case.wants_stand_ins
    assert case.choice
    assert case.choice.doctors == (DOCTORS[1],)
    assert not case.declined_by
    assert case.declined_doctors == {DOCTORS[0]}


@pytest.mark.parametrize(
    ("reason", "on", "is_excused"),
    [
        (DeclineReason.DOCTOR_ABSENT, THURSDAY, True),
        (DeclineReason.DOCTOR_ABSENT, FRIDAY, False),
        (DeclineReason.NO_CAPACITY, MONDAY, False),
        (DeclineReason.OTHER, MONDAY, False),
    ],
    ids=["on the last day", "a day late", "not excused here", "no reason"],
)
def test_a_decline_is_excused_in_time_and_for_a_reason_of_the_place_and_is_taken_in_any_case(
    reason: DeclineReason, on: date, *, is_excused: bool
) -> None:
    said = replace(ASKED, said=DeclineSaid(by=COLLEAGUE_ID, on=on, reason=reason))
    case, event = said.decline_evaluation(
        by=EVALUATOR, on=FRIDAY, reason=reason, rules=DECLINE_RULES, calendar=WEEKDAYS
    )

    assert case.stage is Stage.ACCEPTED
    assert isinstance(event, EvaluationDeclined)
    assert (event.said_by, event.declined_by) == (COLLEAGUE_ID, EVALUATOR.id)
    assert (event.is_excused, event.reason, event.draw_id) == (is_excused, reason, DRAW_ID)
    assert event.rule_versions == ("certificate.decline_within@CN#1", "certificate.decline_reasons@CN#1")


def test_having_no_reason_is_never_excused_whatever_a_place_says() -> None:
    lenient = DeclineRules.of(
        rules_in_force(
            a_rule("certificate.decline_within", 3, unit="working_days"),
            a_rule("certificate.decline_reasons", ("other",), unit="list"),
        )
    )

    assert not lenient.excuse(DeclineReason.OTHER, asked_on=MONDAY, on=MONDAY, calendar=WEEKDAYS)


def test_a_place_cannot_excuse_what_there_is_not() -> None:
    with pytest.raises(MalformedRule):
        DeclineRules.of(
            rules_in_force(
                a_rule("certificate.decline_within", 3, unit="working_days"),
                a_rule("certificate.decline_reasons", ("laziness",), unit="list"),
            )
        )


def test_only_the_institution_that_was_asked_declines_and_the_problem_says_which_that_is() -> None:
    other = a_principal(Role.EVALUATOR, memberships=())

    with pytest.raises(NotTheDesignatedInstitution) as refusal:
        declined(ASKED, by=other)
    assert refusal.value.facts["institution_id"] == str(INSTITUTION_ID)


OWN = a_principal(Role.EVALUATOR, number=DOCTORS[0].int)


def test_a_doctor_declines_alone_and_for_any_reason() -> None:
    for reason in DeclineReason:
        (turn,) = declined(ASKED, by=OWN, doctors=(DOCTORS[0],), reason=reason).turns

        assert (turn.word, turn.by) == (DeclineWord.DOCTOR, DOCTORS[0])


def test_for_a_doctor_who_can_say_so_nobody_else_does() -> None:
    for reason in set(DeclineReason) - {DeclineReason.DOCTOR_ABSENT}:
        for doctors in ((DOCTORS[0],), DOCTORS):
            with pytest.raises(NotYourWord):
                declined(ASKED, doctors=doctors, reason=reason)
    for reason in DeclineReason:
        with pytest.raises(NotYourWord):
            declined(ASKED, by=OWN, doctors=DOCTORS, reason=reason)


def test_that_doctors_are_absent_and_a_decline_as_a_whole_are_the_institutions_word() -> None:
    by = a_principal(Role.EVALUATOR, number=0x77)
    absent = declined(ASKED, by=by, doctors=DOCTORS, reason=DeclineReason.DOCTOR_ABSENT)
    whole = declined(ASKED, by=OWN, reason=DeclineReason.CONFLICT_OF_INTEREST)

    assert [turn.word for turn in (*absent.turns, *whole.turns)] == [DeclineWord.INSTITUTION] * 2


ABSENT = DeclineSaid(by=EVALUATOR.id, on=MONDAY, reason=DeclineReason.DOCTOR_ABSENT, doctors=(DOCTORS[0],))
COLLEAGUE = a_principal(Role.EVALUATOR, number=COLLEAGUE_ID.int)


def said(case: CertificateCase, **changes: Any) -> CertificateCase:
    asked: dict[str, Any] = {"by": EVALUATOR, "on": MONDAY, "reason": ABSENT.reason, "doctors": ABSENT.doctors}
    return case.decline_evaluation(rules=DECLINE_RULES, calendar=WEEKDAYS, **(asked | changes))[0]


def test_what_one_person_of_the_institution_says_of_who_was_drawn_changes_nothing_yet() -> None:
    for changes in ({}, {"doctors": (), "reason": DeclineReason.NO_CAPACITY}):
        case = said(ASKED, **changes)

        assert (case.stage, case.choice, case.turns) == (ASKED.stage, ASKED.choice, ())
        assert case.said is not None
        assert case.said.by == EVALUATOR.id


def test_the_same_person_does_not_say_it_twice_and_another_makes_it_count() -> None:
    first = said(ASKED)

    with pytest.raises(SecondWordMissing):
        said(first)
    (turn,) = said(first, by=COLLEAGUE).turns
    assert (turn.said_by, turn.by, turn.word) == (EVALUATOR.id, COLLEAGUE_ID, DeclineWord.INSTITUTION)


@pytest.mark.parametrize(
    "other",
    [
        {"doctors": (DOCTORS[1],)},
        {"doctors": DOCTORS},
        {"doctors": ()},
        {"doctors": (), "reason": DeclineReason.NO_CAPACITY},
    ],
)
def test_a_second_word_says_the_same_and_else_is_a_first_one(other: dict[str, Any]) -> None:
    case = said(said(ASKED), by=COLLEAGUE, **other)

    assert (case.stage, case.turns) == (ASKED.stage, ())
    assert case.said
    assert case.said.by == COLLEAGUE_ID


def test_a_doctors_own_word_needs_no_second_and_ends_what_waits() -> None:
    case = said(said(ASKED), by=OWN, reason=DeclineReason.OTHER)

    assert [(turn.word, turn.said_by) for turn in case.turns] == [(DeclineWord.DOCTOR, None)]
    assert case.said is None


def test_where_nobody_was_drawn_one_word_is_enough() -> None:
    by_hand = replace(ASKED, choice=replace(DRAWN, draw_id=None, doctors=()))

    assert said(by_hand, doctors=(), reason=DeclineReason.NO_CAPACITY).stage is Stage.ACCEPTED


def test_what_was_said_of_one_choice_counts_for_no_other() -> None:
    again = assigned(replace(declined(ASKED, doctors=(DOCTORS[0],)), said=ABSENT))
    concluded = evaluated(said(ASKED), a_conclusion())

    assert (again.said, concluded.said) == (None, None)


def test_nobody_declines_who_was_not_drawn() -> None:
    with pytest.raises(DoctorNotDrawn):
        declined(ASKED, doctors=(STRANGER,))


@pytest.mark.parametrize("by_hand", [True, False], ids=["chosen by hand", "drawn"])
def test_a_doctor_who_has_declined_neither_signs_nor_enters_the_conclusion(*, by_hand: bool) -> None:
    left = declined(ASKED, doctors=(DOCTORS[0],))
    again = replace(assigned(left), choice=replace(DRAWN, draw_id=None if by_hand else DRAW_ID))
    who_declined = a_principal(Role.EVALUATOR, number=DOCTORS[0].int)

    with pytest.raises(DutiesNotSeparated):
        evaluated(again, a_conclusion(doctors=DOCTORS))
    with pytest.raises(DutiesNotSeparated):
        again.evaluate(
            by=who_declined,
            on=MONDAY,
            conclusion=a_conclusion(doctors=(DOCTORS[1], STRANGER)),
            rules=CERTIFICATE_RULES,
        )


def test_what_was_concluded_is_not_declined_any_more() -> None:
    with pytest.raises(IllegalTransition):
        declined(a_certificate_case(Stage.EVALUATED))


def test_whoever_is_related_may_decline_as_that_is_what_they_should_do() -> None:
    related = replace(ASKED, related={EVALUATOR.id: Relation.KIN})

    assert declined(related, reason=DeclineReason.CONFLICT_OF_INTEREST).stage is Stage.ACCEPTED


@pytest.mark.parametrize("at_home", [True, False], ids=["at home", "at the institution"])
def test_only_doctors_who_were_drawn_sign_and_the_problem_says_who_they_are(*, at_home: bool) -> None:
    with pytest.raises(DoctorNotDrawn) as refusal:
        evaluated(ASKED, a_conclusion(doctors=(DOCTORS[0], STRANGER), at_home=at_home))

    assert refusal.value.facts["drawn"] == sorted(map(str, DOCTORS))


def test_an_institution_that_was_chosen_by_hand_says_itself_who_signs() -> None:
    by_hand = replace(ASKED, choice=replace(DRAWN, draw_id=None, doctors=()))

    assert evaluated(by_hand, a_conclusion(doctors=(DOCTORS[0], STRANGER))).stage is Stage.EVALUATED


def test_after_a_review_the_new_draw_counts_and_the_turn_before_is_told() -> None:
    refused = replace(a_certificate_case(Stage.EVALUATED), stage=Stage.REFUSED)
    reopened, _ = refused.reopen(on=MONDAY, review_decision=UUID(int=0xDE))
    others = (UUID(int=0xD5), UUID(int=0xD6))
    again = assigned(reopened, choice=replace(DRAWN, doctors=others))

    assert [(turn.round, turn.reason, turn.draw_id) for turn in again.turns] == [(1, None, DRAW_ID)]
    with pytest.raises(DoctorNotDrawn):
        evaluated(again, a_conclusion(doctors=(others[0], STRANGER)), by=a_principal(Role.EVALUATOR, number=600))


def test_a_review_after_a_decline_counts_no_turn_twice() -> None:
    refused = replace(declined(ASKED, doctors=(DOCTORS[0],)), stage=Stage.REFUSED)

    reopened, _ = refused.reopen(on=MONDAY, review_decision=UUID(int=0xDE))

    assert [turn.round for turn in reopened.turns] == [1]


def test_an_institution_that_declined_can_still_be_chosen_by_hand() -> None:
    case = declined(ASKED)

    again, _ = case.assign_evaluation(
        by=COUNTY_OFFICER, on=MONDAY, institution=an_institution(), choice=replace(DRAWN, draw_id=None, doctors=())
    )

    assert again.institution
    assert again.was_given_to(INSTITUTION_ID)

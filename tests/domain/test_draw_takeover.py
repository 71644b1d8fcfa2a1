"""Whoever withdraws and applies again keeps who was drawn; the chain over both cases is checked by whoever likes."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.api.v1.schemas.draw import DrawRead
from app.domain.certificate import Choice, Stage
from app.domain.draw import Draw, DrawPurpose, EarlierDraw, Fault, TakeoverRules, Turn, faults_of_chain, kept, nearest
from tests.builders import COUNTY_OFFICER, MONDAY, a_certificate_case
from tests.builders.certificate import DRAWN, assigned, declined
from tests.builders.draw import DRAW_RULES, DRAWN_AT, a_draw, candidates, revealed, taken_for, wanted
from tests.builders.people import a_rule, rules_in_force

LIST = candidates()
FIRST = LIST[0]
EARLIER = EarlierDraw(
    draw_id=UUID(int=1), case_id=UUID(int=2), institution_id=FIRST.institution_id, doctors=FIRST.doctors[:2]
)
LATER_CASE = UUID(int=0xCA5E2)
KEPT = TakeoverRules.of(rules_in_force(a_rule("certificate.draw_kept", 12, unit="months")))


def test_a_draw_is_kept_while_each_drawn_doctor_is_on_the_list_of_today() -> None:
    lists = {
        "all are there": (LIST, True),
        "one of the two is gone": ((replace(FIRST, doctors=FIRST.doctors[1:]), *LIST[1:]), False),
        "the institution is gone": (LIST[1:], False),
        "another has the doctor now": ((replace(LIST[1], doctors=FIRST.doctors),), False),
        "nobody is left": ((), False),
    }

    for name, (listed, is_kept) in lists.items():
        assert EARLIER.is_kept(listed, DRAW_RULES) is is_kept, name


def test_a_draw_is_not_kept_whose_doctor_had_declined_and_nobody_stood_in() -> None:
    assert not replace(EARLIER, doctors=FIRST.doctors[:1]).is_kept(LIST, DRAW_RULES)


def test_what_cannot_be_kept_is_drawn_within_the_institution_and_only_where_that_is_gone_among_all() -> None:
    left = (replace(FIRST, doctors=FIRST.doctors[1:]), *LIST[1:])

    assert EARLIER.narrowed(left) == left[:1]
    assert EARLIER.narrowed(LIST[1:]) == LIST[1:]


def test_the_latest_of_those_that_can_be_kept_is_kept_and_else_the_nearest_is_told() -> None:
    elsewhere = replace(EARLIER, case_id=UUID(int=3), institution_id=UUID(int=0xE15E))
    newer = replace(EARLIER, case_id=UUID(int=4))
    left = (replace(FIRST, doctors=FIRST.doctors[1:]), *LIST[1:])

    for earlier, listed, taken, told in (
        ((elsewhere, EARLIER), LIST, EARLIER, EARLIER),
        ((newer, EARLIER), LIST, newer, newer),
        ((elsewhere, EARLIER), left, None, EARLIER),
        ((elsewhere,), LIST, None, elsewhere),
        ((), LIST, None, None),
    ):
        assert (kept(earlier, listed, DRAW_RULES), nearest(earlier, listed)) == (taken, told)


def test_whoever_had_declined_the_person_does_not_come_back_by_a_new_application() -> None:
    asked = replace(EARLIER, declined=frozenset({FIRST.doctors[3]})).barring(wanted(barred=frozenset({UUID(int=9)})))

    assert asked.barred == {FIRST.doctors[3], UUID(int=9)}


def test_the_time_counts_from_the_end_of_the_earlier_case() -> None:
    assert KEPT.since(date(2026, 11, 16)) == date(2025, 11, 16)
    assert KEPT.references == ("certificate.draw_kept@CN#1",)


def test_a_case_that_was_drawn_for_or_that_a_review_has_sent_back_keeps_nothing_of_before() -> None:
    accepted, asked = a_certificate_case(Stage.ACCEPTED), a_certificate_case(Stage.EVALUATION_ASSIGNED)

    assert accepted.keeps_earlier_draw
    assert not declined(asked).keeps_earlier_draw
    assert declined(replace(asked, choice=Choice())).keeps_earlier_draw
    assert not replace(accepted, reopened_by=UUID(int=3)).keeps_earlier_draw


def test_the_case_and_its_event_say_what_was_taken_over_and_by_which_rule() -> None:
    choice = replace(DRAWN, taken_over_from=EARLIER.case_id, rule_versions=KEPT.references)

    case, event = _assigned_with(choice)

    assert "certificate.draw_kept@CN#1" in case.rule_versions
    assert (event.taken_over_from, event.instead_of, event.rule_versions) == (EARLIER.case_id, None, KEPT.references)


def _assigned_with(choice: Any) -> Any:
    case = a_certificate_case(Stage.ACCEPTED)
    told = assigned(case, choice=choice)
    assert told.institution
    return case.assign_evaluation(by=COUNTY_OFFICER, on=MONDAY, institution=told.institution, choice=choice)


def the_next(draw: Draw, *, whole: bool, case_id: UUID = LATER_CASE, round_before: int = 1) -> Draw:
    """The draw of a later case that has kept one, after whom that had drawn has declined."""
    assert draw.outcome
    gone = () if whole else draw.outcome.doctors[:1]
    turn = Turn(
        round=round_before,
        institution_id=draw.outcome.institution_id,
        draw_id=draw.id,
        doctors=gone,
        reason="no_capacity",
    )
    among = [one for one in candidates() if whole ^ (one.institution_id == draw.outcome.institution_id)]
    left = tuple(replace(one, doctors=tuple(set(one.doctors) - set(draw.outcome.doctors))) for one in among)
    purpose = DrawPurpose.EVALUATION if whole else DrawPurpose.STAND_IN
    asked = taken_for(case_id=case_id, round=round_before + 1, purpose=purpose, turns=(turn,))
    number, seed, at = draw.number + 1, bytes([draw.number] * 32), DRAWN_AT + timedelta(days=draw.number)
    published = a_draw(seed, draw_id=UUID(int=0xD500 + number), number=number)
    fixed, _ = published.draw(asked, left, rules=DRAW_RULES, by=COUNTY_OFFICER, on=MONDAY, at=at)
    return fixed.reveal(seed, on=MONDAY, at=at)[0]


def told(*draws: Draw) -> list[dict[str, Any]]:
    chain: list[dict[str, Any]] = json.loads(f"[{','.join(DrawRead.of(draw).model_dump_json() for draw in draws)}]")
    return chain


ROOT = revealed()
SECOND = the_next(ROOT, whole=False)
THIRD = the_next(SECOND, whole=False, case_id=UUID(int=0xCA5E3))


@pytest.mark.parametrize("whole", [True, False], ids=["the institution has declined", "a doctor has"])
def test_a_chain_over_two_cases_holds_whole_in_any_order(*, whole: bool) -> None:
    chain = told(ROOT, the_next(ROOT, whole=whole))

    assert faults_of_chain(chain) == faults_of_chain(chain[::-1]) == ()


def test_a_chain_over_three_cases_holds_and_none_is_left_out() -> None:
    chain = told(ROOT, SECOND, THIRD)

    assert faults_of_chain(chain) == ()
    for left_out in range(2):
        assert faults_of_chain(chain[:left_out] + chain[left_out + 1 :]) == (Fault.CHAIN_BROKEN,)


def test_a_draw_of_an_earlier_case_is_not_smuggled_in() -> None:
    own = revealed(bytes([7] * 32))
    other = the_next(SECOND, whole=True, case_id=UUID(int=0xCA5E3))

    for chain in (told(ROOT, THIRD), told(SECOND), told(ROOT, other), told(own, SECOND, own)):
        assert Fault.CHAIN_BROKEN in faults_of_chain(chain)

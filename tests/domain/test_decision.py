"""A decision says what a person needs to understand and to contest it, and a human answers for what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import benefit
from app.domain.decision import Content, Decider, Decision, Ground, Matter, Outcome, RefusedByNobody, remedy_of
from app.domain.shared.access import Role
from app.domain.shared.finding import Finding
from app.domain.shared.refusal import Appeal, ReasonMissing
from app.domain.shared.wording import Wording
from tests.builders import (
    AFTER_NOTICE,
    CASE_ID,
    CERTIFICATE_RULEBOOK,
    CIVIL_AFFAIRS,
    MONDAY,
    PERSON_ID,
    SUBSIDY_ROUTE,
    VILLAGE,
    WEEKDAYS,
    a_benefit_case,
    a_rule,
    rules_in_force,
)

APPEAL = a_rule("help.appeal", {"body": "county_government", "days": 60, "unit": "calendar_days"}, unit="appeal")
GROUND = Ground(code="x", finding=Finding.NOT_MET, wording=Wording(zh="示例", en="example"), source="示例法第一条")


def a_decision(**changes: Any) -> Decision:
    told: dict[str, Any] = {
        "id": CASE_ID,
        "person_id": PERSON_ID,
        "region": VILLAGE,
        "matter": Matter.BENEFIT,
        "case_id": CASE_ID,
        "outcome": Outcome.GRANTED,
        "decided_on": MONDAY,
        "decided_at": datetime(2026, 11, 23, 2, tzinfo=UTC),
        "by": Decider(account_id=CIVIL_AFFAIRS.id, role=Role.CIVIL_AFFAIRS),
        "content": Content(grounds=(GROUND,)),
        "rule_versions": (),
    }
    return Decision(**(told | changes))


def test_a_refusal_names_the_human_who_answers_for_it() -> None:
    with pytest.raises(RefusedByNobody):
        a_decision(outcome=Outcome.REFUSED, by=Decider(), content=Content(grounds=(GROUND,), text="示例"))


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_refusal_has_words_for_the_person(text: str) -> None:
    with pytest.raises(ReasonMissing):
        a_decision(outcome=Outcome.REFUSED, content=Content(grounds=(GROUND,), text=text))


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome.is_against_the_person])
def test_nothing_that_is_against_the_person_follows_from_a_day(outcome: Outcome) -> None:
    with pytest.raises(RefusedByNobody):
        a_decision(outcome=outcome, by=Decider(), content=Content(grounds=(), text="示例"))


@pytest.mark.parametrize("outcome", [Outcome.DEEMED_GRANTED, Outcome.DEEMED_ACCEPTED])
def test_what_the_law_counts_as_granted_or_accepted_needs_nobody(outcome: Outcome) -> None:
    assert a_decision(outcome=outcome, by=Decider()).made().decided_by is None


def test_the_fact_that_it_was_made_says_neither_reason_nor_words() -> None:
    remedy = remedy_of(rules_in_force(APPEAL), "help.appeal", told_on=MONDAY, calendar=WEEKDAYS).value
    told = a_decision(outcome=Outcome.REFUSED, content=Content(grounds=(GROUND,), text="不符合条件"), remedy=remedy)

    facts = told.made().facts()

    assert facts["outcome"] == "refused"
    assert facts["appeal_until"] == remedy.last_day.isoformat()
    assert "不符合条件" not in str(facts)
    assert "示例" not in str(facts)


def test_neither_words_nor_facts_show_themselves_in_logs() -> None:
    told = a_decision(content=Content(grounds=(GROUND,), text="不符合条件"))

    assert "不符合条件" not in repr(told)
    assert "示例" not in repr(told)


def test_working_days_of_an_appeal_are_counted_from_the_day_after() -> None:
    remedy = remedy_of(rules_in_force(*CERTIFICATE_RULEBOOK), "certificate.appeal", told_on=MONDAY, calendar=WEEKDAYS)

    assert (remedy.value.days, remedy.value.unit) == (10, "working_days")
    assert remedy.value.last_day == date(2026, 11, 30)


@given(told_on=st.dates(date(2025, 1, 1), date(2030, 1, 1)), days=st.integers(1, 120))
def test_calendar_days_of_an_appeal_end_on_a_working_day_and_never_early(told_on: date, days: int) -> None:
    appeal = Appeal(body="county_government", days=days, unit="calendar_days", source="民法典 art. 203")

    last_day = appeal.last_day(told_on=told_on, calendar=WEEKDAYS)

    assert WEEKDAYS.is_working_day(last_day)
    assert days <= (last_day - told_on).days <= days + 2


def test_the_step_that_decided_says_who_and_in_which_post() -> None:
    case = a_benefit_case(benefit.Stage.GRANTED, route=SUBSIDY_ROUTE)

    decider = Decider.of(case.done[-1])

    assert decider.role is Role.CIVIL_AFFAIRS
    assert decider.account_id == CIVIL_AFFAIRS.id
    assert decider.organisation_id == CIVIL_AFFAIRS.memberships[0].organisation_id
    assert case.done[-1].on == AFTER_NOTICE


def test_a_decision_is_another_one_when_anything_of_it_is_another() -> None:
    assert a_decision() == a_decision()
    assert a_decision() != replace(a_decision(), language="en")

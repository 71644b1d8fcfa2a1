"""A visit at home: accounts of it only grow, differences stand until a human decides, promises have owner and day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.home_visit import (
    HomeVisit,
    NothingToResolve,
    Promise,
    PromiseNotFound,
    PromiseOutcome,
    PromiseSettled,
    Report,
    Settlement,
    TooManyAccounts,
    VisitDayImpossible,
    VisitOutcome,
    visit_key,
)
from app.domain.home_visit.visit import MOST_ACCOUNTS
from app.domain.shared.access import Role
from tests.builders import MONDAY, PERSON_ID, VILLAGE, a_principal

VISITOR, OTHER = UUID(int=5), UUID(int=6)
BY = a_principal(Role.COMMISSIONER, region=VILLAGE)


def a_report(**changes: Any) -> Report:
    promise = Promise(number=1, text="安装扶手", owner_id=VISITOR, due_on=MONDAY + timedelta(days=14))
    facts: dict[str, Any] = {"visited_on": MONDAY, "by": VISITOR, "outcome": VisitOutcome.SEEN, "promises": (promise,)}
    return Report(**(facts | changes))


def a_visit(*reports: Report) -> HomeVisit:
    return HomeVisit(id=UUID(int=1), person_id=PERSON_ID, region=VILLAGE).join(reports)


def kept(**changes: Any) -> Settlement:
    facts: dict[str, Any] = {"number": 1, "outcome": PromiseOutcome.KEPT, "settled_on": MONDAY, "by": VISITOR}
    return Settlement(**(facts | changes))


def test_an_account_says_who_was_there_and_what_was_promised_by_when() -> None:
    visit, event = a_visit().record(a_report(), by=BY, on=MONDAY)

    assert (visit.report, visit.seen_on, visit.next_due_on) == (a_report(), MONDAY, MONDAY + timedelta(days=14))
    assert (event.promises, event.is_in_conflict) == (1, False)


@pytest.mark.parametrize(
    "report",
    [
        a_report(visited_on=MONDAY + timedelta(days=1)),
        a_report(promises=(Promise(number=1, text="x", owner_id=VISITOR, due_on=MONDAY - timedelta(days=1)),)),
    ],
)
def test_a_day_that_cannot_be_is_refused(report: Report) -> None:
    with pytest.raises(VisitDayImpossible):
        a_visit().record(report, by=BY, on=MONDAY)


def test_whoever_was_not_seen_was_not_visited() -> None:
    assert a_visit(a_report(outcome=VisitOutcome.NOT_AT_HOME)).seen_on is None


def test_two_accounts_that_differ_stand_until_a_human_says_which_counts() -> None:
    one, other = a_report(), a_report(seen="漏雨")
    visit = a_visit(one, other)

    resolved, _ = visit.resolve(other.digest, by=BY, on=MONDAY)

    assert (visit.is_in_conflict, visit.report) == (True, None)
    assert (resolved.is_in_conflict, resolved.report) == (False, other)
    assert resolved.reports == visit.reports
    assert resolved.join((a_report(words="第三份"),)).is_in_conflict
    with pytest.raises(NothingToResolve):
        resolved.resolve(one.digest, by=BY, on=MONDAY)
    with pytest.raises(NothingToResolve):
        visit.resolve("ab" * 32, by=BY, on=MONDAY)


def test_a_promise_is_settled_once_and_a_dispute_is_shown() -> None:
    settled, event = a_visit(a_report()).settle(kept())

    assert (settled.outcome_of(1), settled.next_due_on, event.outcome) == (PromiseOutcome.KEPT, None, "kept")
    with pytest.raises(PromiseSettled):
        settled.settle(kept(by=OTHER))
    with pytest.raises(PromiseNotFound):
        settled.settle(kept(number=2))
    disputed = settled.join(settlements=(kept(by=OTHER, outcome=PromiseOutcome.NOT_KEPT),))
    assert (disputed.disputed(), disputed.outcome_of(1)) == ((1,), None)


def test_the_same_account_told_again_is_the_same() -> None:
    visit = a_visit(a_report())

    assert visit.join((a_report(),)) == visit
    assert replace(a_report(), needs=("b", "a")).digest == replace(a_report(), needs=("a", "b")).digest


def test_a_key_of_a_phone_names_one_visit_of_one_person() -> None:
    assert visit_key(PERSON_ID, OTHER) == visit_key(PERSON_ID, OTHER) != visit_key(VISITOR, OTHER)


def test_a_program_cannot_pile_up_accounts_that_nobody_reads() -> None:
    told = [a_report(words=f"{number}") for number in range(MOST_ACCOUNTS)]
    full = a_visit(*told)

    assert full.record(told[0], by=BY, on=MONDAY)[0] == full
    with pytest.raises(TooManyAccounts):
        full.record(a_report(words="再说一遍"), by=BY, on=MONDAY)
    with pytest.raises(TooManyAccounts):
        full.join(settlements=[kept(settled_on=MONDAY + timedelta(days=day)) for day in range(MOST_ACCOUNTS + 1)])

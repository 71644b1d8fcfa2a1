"""Two people's words about money: what a running project has from now on, and what was spent on whoever has left."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.project import (
    Account,
    AmountImpossible,
    Beneficiary,
    BeneficiaryStage,
    ChangeStage,
    Ending,
    EndReason,
    Project,
    ProjectStage,
    Resources,
    ResourcesCommitted,
    Spending,
    TermsImpossible,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction, OwnCase
from tests.builders import (
    APPROVER,
    COUNTY_OFFICER,
    ELSEWHERE,
    MONDAY,
    PERSON_ID,
    SECOND_COUNTY_OFFICER,
    TOWNSHIP,
    TOWNSHIP_OFFICER,
    a_principal,
)
from tests.builders.project import PROPOSER, a_beneficiary_at, a_project_at

OPEN = a_project_at(ProjectStage.OPEN)
TWICE = Resources(budget_fen=2_000_000, quota=20)
SOME = Ending(reason=EndReason.MOVED_AWAY, words="已迁出", spent_fen=40_000, has_benefited=True)


def asked(to: Resources = TWICE, project: Project = OPEN, **changes: Any) -> Project:
    settings: dict[str, Any] = {"account": Account(), "by": COUNTY_OFFICER, "on": MONDAY}
    return project.ask_change(to, "追加资金", **(settings | changes))[0]


def left(**changes: Any) -> Beneficiary:
    return a_beneficiary_at(BeneficiaryStage.ENROLLED).end(replace(SOME, **changes), by=TOWNSHIP_OFFICER, on=MONDAY)[0]


def test_a_project_has_more_money_and_places_once_another_person_allows_it() -> None:
    waiting = asked()

    with pytest.raises(DutiesNotSeparated):
        waiting.allow_change(account=Account(), by=COUNTY_OFFICER, on=MONDAY)
    allowed, event = waiting.allow_change(account=Account(), by=APPROVER, on=MONDAY)

    assert (waiting.terms, waiting.quota_left(Account())) == (OPEN.terms, 10)
    assert (allowed.terms.budget_fen, allowed.terms.quota, event.quota) == (2_000_000, 20, 20)
    assert replace(allowed.terms, budget_fen=1_000_000, quota=10) == OPEN.terms
    assert allowed.stage is ProjectStage.OPEN


def test_a_project_shrinks_to_what_is_taken_and_no_further() -> None:
    held = Account(places_held=4, held_fen=350_000)

    for less, pointer in (((349_999, 4), "/budget_fen"), ((350_000, 3), "/quota")):
        with pytest.raises(ResourcesCommitted) as refused:
            asked(Resources(budget_fen=less[0], quota=less[1]), account=held)
        assert refused.value.pointer == pointer
    waiting = asked(Resources(budget_fen=350_000, quota=4), account=held)
    with pytest.raises(ResourcesCommitted):
        waiting.allow_change(account=Account(places_held=5, held_fen=350_000), by=APPROVER, on=MONDAY)
    assert waiting.allow_change(account=held, by=APPROVER, on=MONDAY)[0].terms.quota == 4


def test_what_changes_nothing_or_cannot_be_is_not_asked_for() -> None:
    for same_or_wrong in ((1_000_000, 10), (99_999, 10), (1_000_000, 0)):
        with pytest.raises(TermsImpossible):
            asked(Resources(budget_fen=same_or_wrong[0], quota=same_or_wrong[1]))
    with pytest.raises(ReasonMissing):
        OPEN.ask_change(TWICE, " ", account=Account(), by=COUNTY_OFFICER, on=MONDAY)


def test_only_the_federation_of_the_place_asks_and_only_for_a_project_that_runs() -> None:
    for by in (
        a_principal(Role.COUNTY_OFFICER, region=ELSEWHERE),
        a_principal(Role.COUNTY_OFFICER, region=TOWNSHIP),
        TOWNSHIP_OFFICER,
        APPROVER,
    ):
        with pytest.raises(NotYourFunction):
            asked(by=by)
    for stage in (ProjectStage.DRAFT, ProjectStage.CLOSED):
        with pytest.raises(IllegalTransition):
            asked(project=a_project_at(stage))
    assert asked(project=a_project_at(ProjectStage.SUSPENDED)).stage is ProjectStage.SUSPENDED


def test_whoever_has_asked_takes_it_back_or_asks_anew_and_who_allowed_before_may_ask_next() -> None:
    waiting = asked()
    declined, _ = waiting.decline_change("文件未到", by=COUNTY_OFFICER, on=MONDAY)
    anew = asked(Resources(budget_fen=1_500_000, quota=15), waiting, by=SECOND_COUNTY_OFFICER)
    allowed, _ = anew.allow_change(account=Account(), by=COUNTY_OFFICER, on=MONDAY)
    next_one = asked(TWICE, allowed, by=COUNTY_OFFICER)

    assert declined.change
    assert (declined.terms, declined.change.stage, declined.change.words) == (
        OPEN.terms,
        ChangeStage.DECLINED,
        "文件未到",
    )
    with pytest.raises(IllegalTransition):
        declined.allow_change(account=Account(), by=APPROVER, on=MONDAY)
    with pytest.raises(ReasonMissing):
        waiting.decline_change(" ", by=APPROVER, on=MONDAY)
    with pytest.raises(DutiesNotSeparated):
        anew.allow_change(account=Account(), by=SECOND_COUNTY_OFFICER, on=MONDAY)
    with pytest.raises(DutiesNotSeparated):
        next_one.allow_change(account=Account(), by=COUNTY_OFFICER, on=MONDAY)


def test_what_was_spent_is_settled_by_another_officer_than_the_one_who_says_it() -> None:
    leaving = left()

    with pytest.raises(DutiesNotSeparated):
        leaving.confirm_spending(by=TOWNSHIP_OFFICER, on=MONDAY)
    settled, event = leaving.confirm_spending(by=COUNTY_OFFICER, on=MONDAY)

    assert (leaving.stage, leaving.stated_by, leaving.ended_on) == (
        BeneficiaryStage.SETTLING,
        TOWNSHIP_OFFICER.id,
        MONDAY,
    )
    assert (settled.stage, settled.spent_fen, event.spent_fen) == (BeneficiaryStage.ENDED, 40_000, 40_000)


def test_another_officer_says_otherwise_and_then_the_first_one_may_confirm_it() -> None:
    spending = Spending(spent_fen=60_000, has_benefited=True, words="票据合计六百元")
    restated, event = left().restate_spending(spending, by=COUNTY_OFFICER, on=MONDAY)

    with pytest.raises(DutiesNotSeparated):
        restated.confirm_spending(by=COUNTY_OFFICER, on=MONDAY)
    settled, _ = restated.confirm_spending(by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (event.spent_fen, settled.spent_fen, restated.ending and restated.ending.reason) == (
        60_000,
        60_000,
        EndReason.MOVED_AWAY,
    )
    with pytest.raises(AmountImpossible):
        left().restate_spending(replace(spending, spent_fen=100_001), by=COUNTY_OFFICER, on=MONDAY)
    with pytest.raises(ReasonMissing):
        left().restate_spending(replace(spending, words=" "), by=COUNTY_OFFICER, on=MONDAY)


def test_whoever_let_somebody_in_does_not_restate_that_they_had_nothing_of_it() -> None:
    nothing = Spending(spent_fen=0, has_benefited=False, words="未领取")
    entry = a_beneficiary_at(BeneficiaryStage.PROPOSED)
    proposer = replace(TOWNSHIP_OFFICER, id=PROPOSER)
    let_in, _ = entry.allow_exception("同意", OPEN, account=Account(), found=(), by=COUNTY_OFFICER, on=MONDAY)
    leaving, _ = let_in.end(SOME, by=SECOND_COUNTY_OFFICER, on=MONDAY)

    for by in (proposer, COUNTY_OFFICER):
        with pytest.raises(DutiesNotSeparated):
            leaving.restate_spending(nothing, by=by, on=MONDAY)
    restated, _ = leaving.restate_spending(nothing, by=SECOND_COUNTY_OFFICER, on=MONDAY)
    assert restated.has_benefited is False


def test_where_no_money_was_promised_there_is_nothing_to_confirm() -> None:
    free = replace(a_beneficiary_at(BeneficiaryStage.ENROLLED), amount_fen=0)

    ended, _ = free.end(replace(SOME, spent_fen=0), by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (ended.stage, ended.has_benefited) == (BeneficiaryStage.ENDED, True)


def test_nobody_settles_what_was_spent_on_them_or_on_whom_they_answer_for() -> None:
    for by in (replace(COUNTY_OFFICER, person_id=PERSON_ID), replace(COUNTY_OFFICER, wards=frozenset({PERSON_ID}))):
        with pytest.raises(OwnCase):
            left().confirm_spending(by=by, on=MONDAY)
    with pytest.raises(NotYourFunction):
        left().confirm_spending(by=a_principal(Role.COUNTY_OFFICER, region=ELSEWHERE), on=MONDAY)
    with pytest.raises(IllegalTransition):
        a_beneficiary_at(BeneficiaryStage.ENROLLED).confirm_spending(by=COUNTY_OFFICER, on=MONDAY)

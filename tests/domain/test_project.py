"""Projects: two people open one, what stands against a benefit and until when, exceptions, and who leaves."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.project import (
    Account,
    AmountImpossible,
    Asked,
    Beneficiary,
    BeneficiaryStage,
    BudgetUsedUp,
    DoubleBenefit,
    Ending,
    EndReason,
    Exclusion,
    Gives,
    NotTargeted,
    OutsideProjectArea,
    Project,
    ProjectDaysImpossible,
    ProjectNotOpen,
    ProjectStage,
    QuotaUsedUp,
    TermsImpossible,
    fit,
    overlaps,
)
from app.domain.shared.access import Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.finding import Finding
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.relations import RelationOnRecord, Relations
from app.domain.shared.span import months_after
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
    VILLAGE,
    a_principal,
)
from tests.builders.people import NOW
from tests.builders.project import (
    OTHER_PROJECT,
    PROJECT_ID,
    PROPOSER,
    a_beneficiary_at,
    a_project_at,
    received,
    some_terms,
)

OPEN = a_project_at(ProjectStage.OPEN)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def asked(**changes: Any) -> Asked:
    settings: dict[str, Any] = {"person_id": PERSON_ID, "region": VILLAGE, "valid_from": MONDAY, "amount_fen": 100_000}
    return Asked(**(settings | changes))


def enrolled(project: Project = OPEN, what: Asked | None = None, **changes: Any) -> tuple[Beneficiary, Any]:
    settings: dict[str, Any] = {
        "account": Account(),
        "found": (),
        "target": None,
        "beneficiary_id": UUID(int=1),
        "by": TOWNSHIP_OFFICER,
        "on": MONDAY,
    }
    return Beneficiary.enrol(what or asked(), project, **(settings | changes))


def test_whoever_draws_a_project_up_does_not_open_it() -> None:
    draft, event = Project.announce(some_terms(), project_id=PROJECT_ID, by=COUNTY_OFFICER, at=NOW, on=MONDAY)

    with pytest.raises(DutiesNotSeparated):
        draft.open(by=COUNTY_OFFICER, on=MONDAY)
    opened, _ = draft.open(by=APPROVER, on=MONDAY)

    assert (draft.stage, opened.stage, event.name) == (ProjectStage.DRAFT, ProjectStage.OPEN, "project.announced")


def test_a_federation_announces_for_its_own_place_and_for_days_to_come() -> None:
    with pytest.raises(NotYourFunction):
        Project.announce(some_terms(region=ELSEWHERE), project_id=PROJECT_ID, by=COUNTY_OFFICER, at=NOW, on=MONDAY)
    with pytest.raises(ProjectDaysImpossible):
        Project.announce(some_terms(), project_id=PROJECT_ID, by=COUNTY_OFFICER, at=NOW, on=date(2027, 1, 1))


def test_terms_that_contradict_themselves_are_no_terms() -> None:
    wrong: tuple[dict[str, Any], ...] = (
        {"region": TOWNSHIP},
        {"runs_to": date(2025, 1, 1)},
        {"quota": 0},
        {"amount_fen": 0},
        {"gives": Gives.SERVICE},
        {"budget_fen": 99_999},
    )
    for changes in wrong:
        with pytest.raises(TermsImpossible):
            some_terms(**changes)
    for exclusion in ({}, {"code": "a", "project_id": PROJECT_ID}, {"code": "a", "within_months": -1}):
        with pytest.raises(TermsImpossible):
            Exclusion(**exclusion)  # type: ignore[arg-type]


def test_a_project_rests_goes_on_and_is_closed_with_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        OPEN.suspend(" ", by=COUNTY_OFFICER, on=MONDAY)
    resting, _ = OPEN.suspend("资金未到位", by=COUNTY_OFFICER, on=MONDAY)
    going_on, _ = resting.resume(by=COUNTY_OFFICER, on=MONDAY)
    closed, _ = going_on.close("到期", by=COUNTY_OFFICER, on=MONDAY)

    assert (resting.words, going_on.words, closed.stage) == ("资金未到位", "", ProjectStage.CLOSED)
    with pytest.raises(IllegalTransition):
        closed.resume(by=COUNTY_OFFICER, on=MONDAY)


def test_somebody_is_enrolled_by_a_named_officer_of_where_they_live_and_by_nobody_else() -> None:
    entry, event = enrolled()

    assert (entry.stage, event.name, event.enrolled_by) == (
        BeneficiaryStage.ENROLLED,
        "beneficiary.enrolled",
        TOWNSHIP_OFFICER.id,
    )
    for by in (a_principal(Role.COMMISSIONER, region=VILLAGE), a_principal(Role.COUNTY_OFFICER, region=ELSEWHERE)):
        with pytest.raises(NotYourFunction):
            enrolled(by=by)
    with pytest.raises(DutiesNotSeparated):
        enrolled(by=replace(TOWNSHIP_OFFICER, person_id=PERSON_ID))
    with pytest.raises(RelationOnRecord):
        enrolled(by=TOWNSHIP_OFFICER, known=Relations(accounts=frozenset({TOWNSHIP_OFFICER.id})))


def test_what_a_project_does_not_take_in_is_refused_by_name() -> None:
    refused: tuple[tuple[type[Exception], Project, Asked, dict[str, Any]], ...] = (
        (ProjectNotOpen, a_project_at(ProjectStage.SUSPENDED), asked(), {}),
        (ProjectDaysImpossible, OPEN, asked(valid_from=date(2027, 1, 1)), {}),
        (ProjectDaysImpossible, OPEN, asked(valid_to=MONDAY - timedelta(days=1)), {}),
        (AmountImpossible, OPEN, asked(amount_fen=100_001), {}),
        (OutsideProjectArea, a_project_at(ProjectStage.OPEN, region="65/6523/652302"), asked(), {}),
        (NotTargeted, OPEN, asked(), {"target": Finding.NOT_MET}),
        (QuotaUsedUp, OPEN, asked(), {"account": Account(places_held=10)}),
        (BudgetUsedUp, OPEN, asked(), {"account": Account(held_fen=900_001)}),
    )
    for refusal, project, what, changes in refused:
        with pytest.raises(refusal):
            enrolled(project, what, **changes)


def test_what_is_not_known_of_a_person_stands_against_nobody() -> None:
    assert enrolled(target=Finding.UNKNOWN)[0].target is Finding.UNKNOWN


def test_another_benefit_stands_against_it_and_only_another_officer_lets_it_be() -> None:
    found = overlaps(OPEN.terms.exclusions, [received()], on=MONDAY)
    firm = a_project_at(ProjectStage.OPEN, allows_exceptions=False)

    for project, what in ((OPEN, asked()), (firm, asked(exception="内容不同"))):
        with pytest.raises(DoubleBenefit, match="另一项目"):
            enrolled(project, what, found=found)
    entry, event = enrolled(OPEN, asked(exception="内容不同"), found=found, account=Account(places_held=10))
    assert (entry.stage, entry.has_benefited, event.name) == (
        BeneficiaryStage.PROPOSED,
        False,
        "beneficiary.proposed",
    )
    settings: dict[str, Any] = {"account": Account(), "found": found, "on": MONDAY}
    with pytest.raises(DutiesNotSeparated):
        entry.allow_exception("同意", OPEN, by=TOWNSHIP_OFFICER, **settings)
    with pytest.raises(OwnCase):
        entry.allow_exception("同意", OPEN, by=replace(SECOND_COUNTY_OFFICER, person_id=PERSON_ID), **settings)
    with pytest.raises(ReasonMissing):
        entry.allow_exception(" ", OPEN, by=COUNTY_OFFICER, **settings)
    allowed, _ = entry.allow_exception("两个项目内容不同", OPEN, by=COUNTY_OFFICER, **settings)
    assert (allowed.stage, allowed.has_benefited) == (BeneficiaryStage.ENROLLED, True)


def test_an_exception_covers_what_was_told_and_no_more_and_takes_a_place_that_is_there() -> None:
    entry = a_beneficiary_at(BeneficiaryStage.PROPOSED)
    newer = overlaps(OPEN.terms.exclusions, [received(id=UUID(int=7), name="新项目")], on=MONDAY)

    with pytest.raises(DoubleBenefit, match="新项目"):
        entry.allow_exception("同意", OPEN, account=Account(), found=newer, by=COUNTY_OFFICER, on=MONDAY)
    with pytest.raises(QuotaUsedUp):
        entry.allow_exception("同意", OPEN, account=Account(places_held=10), found=(), by=COUNTY_OFFICER, on=MONDAY)


def test_whoever_leaves_has_had_what_was_spent_and_no_more() -> None:
    entry = a_beneficiary_at(BeneficiaryStage.ENROLLED)
    some = Ending(reason=EndReason.MOVED_AWAY, words="已迁出", spent_fen=40_000, has_benefited=True)

    ended, event = entry.end(some, by=TOWNSHIP_OFFICER, on=MONDAY)

    assert (ended.spent_fen, ended.has_benefited, event.spent_fen) == (40_000, True, 40_000)
    with pytest.raises(AmountImpossible):
        entry.end(replace(some, spent_fen=100_001), by=TOWNSHIP_OFFICER, on=MONDAY)
    with pytest.raises(AmountImpossible):
        Ending(reason=EndReason.DIED, words="去世", spent_fen=1)
    with pytest.raises(ReasonMissing):
        Ending(reason=EndReason.DIED, words=" ")
    for more in (some, replace(some, spent_fen=0)):
        with pytest.raises(AmountImpossible):
            a_beneficiary_at(BeneficiaryStage.PROPOSED).end(more, by=TOWNSHIP_OFFICER, on=MONDAY)


def test_nobody_takes_back_alone_what_they_have_given_and_nobody_ends_their_own() -> None:
    nothing = Ending(reason=EndReason.ENTERED_WRONGLY, words="登记有误")
    entry, _ = enrolled()
    own = replace(COUNTY_OFFICER, person_id=PERSON_ID)

    for by, ending in (
        (TOWNSHIP_OFFICER, nothing),
        (own, nothing),
        (own, replace(nothing, has_benefited=True)),
        (replace(COUNTY_OFFICER, wards=frozenset({PERSON_ID})), nothing),
    ):
        with pytest.raises(DutiesNotSeparated):
            entry.end(ending, by=by, on=MONDAY)
    assert entry.end(nothing, by=COUNTY_OFFICER, on=MONDAY)[0].stage is BeneficiaryStage.SETTLING
    assert entry.end(replace(nothing, has_benefited=True), by=TOWNSHIP_OFFICER, on=MONDAY)[0].has_benefited
    waiting = a_beneficiary_at(BeneficiaryStage.PROPOSED)
    assert waiting.end(nothing, by=replace(TOWNSHIP_OFFICER, id=PROPOSER), on=MONDAY)[0].ended_on == MONDAY


@given(since=DAYS, lasts=st.integers(0, 900), months=st.integers(0, 60), on=DAYS)
def test_a_benefit_stands_against_another_until_just_the_day_that_is_told(
    *, since: date, lasts: int, months: int, on: date
) -> None:
    until = since + timedelta(days=lasts)
    exclusions = [Exclusion(code="ACC-HOME", within_months=months), Exclusion(code="ACC-HOME")]

    found = overlaps(exclusions, [received(since=since, until=until)], on=on)

    free_on = max(until + timedelta(days=1), months_after(until, months))
    assert bool(found) is (on < free_on)
    for one in found:
        assert one.free_on == free_on
        assert overlaps(exclusions, [one.received], on=free_on) == ()


def test_another_project_that_is_not_given_beside_this_one_stands_against_it_whichever_came_first() -> None:
    firm = received(codes=("AID-FIT",), until=date(2026, 12, 31), excludes=frozenset({str(PROJECT_ID), "EDU-AID"}))

    for known_as, on, free_on in (
        ((str(PROJECT_ID),), MONDAY, date(2027, 1, 1)),
        (("EDU-AID",), MONDAY, date(2027, 1, 1)),
        (("ACC-HOME",), MONDAY, None),
        ((str(PROJECT_ID),), date(2027, 1, 1), None),
    ):
        found = overlaps((), [firm], on=on, known_as=known_as)
        assert [one.free_on for one in found] == ([free_on] if free_on else [])
    (running,) = overlaps((), [replace(firm, until=None)], on=MONDAY, known_as=("EDU-AID",))
    assert (running.free_on, running.change.code) == (None, "project.change.end")


@given(others=st.lists(st.sampled_from(["ACC-HOME", "AID-FIT", "living_subsidy"]), max_size=3), on=DAYS)
def test_what_no_exclusion_names_stands_against_nothing(others: list[str], on: date) -> None:
    had = [received(id=UUID(int=n), project_id=None, codes=(code,), until=None) for n, code in enumerate(others)]

    found = overlaps([Exclusion(code="AID-FIT", within_months=3)], had, on=on)

    assert [one.received.codes for one in found] == [("AID-FIT",)] * others.count("AID-FIT")
    assert {one.free_on for one in found} <= {None}


def test_what_would_change_it_is_a_day_where_there_is_one() -> None:
    terms = (Exclusion(project_id=OTHER_PROJECT, within_months=12),)
    ended, running = (overlaps(terms, [received(until=until)], on=MONDAY)[0] for until in (date(2026, 10, 31), None))
    (only_while_it_runs,) = overlaps((Exclusion(project_id=OTHER_PROJECT),), [received(until=None)], on=MONDAY)

    assert (ended.change.code, ended.change.parameters) == ("project.change.wait", {"on": "2027-10-31"})
    assert (running.why.code, running.change.code) == ("project.overlap.running", "project.change.end_and_wait")
    assert only_while_it_runs.change.code == "project.change.end"


def test_a_fit_names_all_that_stands_against_it_and_an_exception_where_only_benefits_do() -> None:
    found = overlaps(OPEN.terms.exclusions, [received()], on=MONDAY)
    fine: dict[str, Any] = {"region": VILLAGE, "on": MONDAY, "found": (), "target": None, "is_listed": False}
    bad = fine | {
        "region": ELSEWHERE,
        "on": date(2027, 1, 1),
        "found": found,
        "target": Finding.NOT_MET,
        "is_listed": True,
    }

    told = fit(a_project_at(ProjectStage.CLOSED), Account(places_held=10, held_fen=990_000), **bad)
    beside = fit(OPEN, Account(), **fine | {"found": found})

    assert [one.why.code.rpartition(".")[2] for one in told.obstacles] == [
        *("elsewhere", "closed", "days", "full", "spent", "listed", "target", "until")
    ]
    assert (told.needs_exception, beside.needs_exception, beside.is_possible) == (False, True, False)
    assert fit(OPEN, Account(), **fine).is_possible


def test_the_last_day_and_the_last_of_the_budget_are_still_for_somebody() -> None:
    terms = OPEN.terms
    first: dict[str, Any] = {"region": VILLAGE, "on": terms.runs_from, "found": (), "target": None, "is_listed": False}
    last_of_all = Account(places_held=terms.quota - 1, held_fen=terms.budget_fen - terms.amount_fen)

    assert fit(OPEN, last_of_all, **first).is_possible
    assert fit(OPEN, last_of_all, **first | {"on": terms.runs_to}).is_possible


def test_its_office_is_told_when_nothing_is_left_and_when_it_ends() -> None:
    def told(account: Account, on: date) -> list[str]:
        return [one.code.rpartition(".")[2] for one in OPEN.signals(account, on=on, ending_days=30)]

    assert told(Account(), MONDAY) == []
    assert told(Account(places_held=10, held_fen=1_000_000), date(2026, 12, 1)) == ["full", "spent", "ending"]
    assert told(Account(), date(2027, 1, 1)) == ["over"]
    assert list(a_project_at(ProjectStage.CLOSED).signals(Account(), on=date(2027, 1, 1), ending_days=30)) == []

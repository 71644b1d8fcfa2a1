"""A register goes in by two persons' words: one asks for it after a dry run, another of the federation approves."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.register import (
    ImportCounts,
    ImportNotApproved,
    ImportStage,
    Named,
    NamedInRegister,
    RegisterImport,
)
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.errors import DutiesNotSeparated, IllegalTransition
from app.domain.shared.refusal import ReasonMissing
from app.domain.shared.transitions import NotYourFunction
from tests.builders.people import a_principal

AT = datetime(2026, 5, 4, 2, tzinfo=UTC)
ON = date(2026, 5, 4)
COUNTY, NEIGHBOUR = "65/6523/652301", "65/6523/652302"
FEDERATION, OTHER = UUID(int=0xF1), UUID(int=0xF2)


def somebody(*roles: Role, number: int, region: str = COUNTY, organisation: UUID = FEDERATION) -> Principal:
    posts = tuple(
        Membership(organisation_id=organisation, role=role, region=region, valid_from=date(2020, 1, 1))
        for role in roles
    )
    return a_principal(*roles, number=number, memberships=posts)


OFFICER = somebody(Role.COUNTY_OFFICER, Role.COUNTY_APPROVER, number=1)
"""Who holds both roles, and is one person all the same."""
APPROVER = somebody(Role.COUNTY_APPROVER, number=2)


def asked() -> RegisterImport:
    counts = ImportCounts.of(["new", "new", "same", "differs", None])
    found, _ = RegisterImport.ask(job_id=UUID(int=5), dry_run_id=UUID(int=6), counts=counts, by=OFFICER, at=AT, on=ON)
    return found


def test_another_person_approves_and_the_event_names_both() -> None:
    approved, event = asked().approve(by=APPROVER, on=ON)

    assert (approved.stage, approved.approved_by) == (ImportStage.APPROVED, APPROVER.id)
    assert (event.asked_by, event.approved_by, event.new) == (OFFICER.id, APPROVER.id, 2)
    approved.require_approved()


def test_the_rows_of_the_dry_run_are_counted_by_what_came_of_them() -> None:
    assert asked().counts == ImportCounts(new=2, same=1, differs=1, problems=1)


def test_whoever_has_asked_does_not_approve_though_the_role_is_theirs() -> None:
    with pytest.raises(DutiesNotSeparated):
        asked().approve(by=OFFICER, on=ON)
    assert [one.reason_code for one in asked().allowed_actions(OFFICER, on=ON)] == ["duties_not_separated"] * 2


@pytest.mark.parametrize(
    "who",
    [
        somebody(Role.COUNTY_OFFICER, number=3),
        somebody(Role.COUNTY_REVIEWER, number=4),
        somebody(Role.COUNTY_APPROVER, number=5, region=NEIGHBOUR),
        somebody(Role.COUNTY_APPROVER, number=6, organisation=OTHER),
    ],
)
def test_neither_another_role_nor_another_federation_approves(who: Principal) -> None:
    with pytest.raises(NotYourFunction):
        asked().approve(by=who, on=ON)


def test_it_is_approved_once_and_not_after_it_was_given_up() -> None:
    withdrawn, _ = asked().withdraw(on=ON)
    approved, _ = asked().approve(by=APPROVER, on=ON)

    for ended in (withdrawn, approved):
        with pytest.raises(IllegalTransition):
            ended.approve(by=APPROVER, on=ON)


COLLEAGUE = UUID(int=0xC0)


def test_an_approver_refuses_with_a_reason_and_it_is_over() -> None:
    refused, event = asked().refuse(by=APPROVER, on=ON, words="来源不明。")

    assert (refused.stage, refused.refused_by, refused.approved_by) == (ImportStage.REFUSED, APPROVER.id, None)
    assert (event.asked_by, event.refused_by) == (OFFICER.id, APPROVER.id)
    assert "来源不明" not in str(event)
    with pytest.raises(ReasonMissing):
        asked().refuse(by=APPROVER, on=ON, words=" ")
    for step in (lambda: refused.approve(by=APPROVER, on=ON), lambda: refused.refuse(by=APPROVER, on=ON, words="再")):
        with pytest.raises(IllegalTransition):
            step()
    with pytest.raises(ImportNotApproved):
        refused.require_approved()


def test_whoever_has_asked_gives_up_and_does_not_refuse() -> None:
    with pytest.raises(DutiesNotSeparated):
        asked().refuse(by=OFFICER, on=ON, words="撤回")
    with pytest.raises(NotYourFunction):
        asked().refuse(by=somebody(Role.COUNTY_APPROVER, number=6, organisation=OTHER), on=ON, words="不同意")


def test_whoever_stands_in_the_table_neither_approves_nor_refuses_and_others_are_named() -> None:
    known = Named(accounts=frozenset({APPROVER.id}), colleagues=(OFFICER.id, COLLEAGUE))
    found = replace(asked(), known=known)

    for step in (lambda: found.approve(by=APPROVER, on=ON), lambda: found.refuse(by=APPROVER, on=ON, words="不同意")):
        with pytest.raises(NamedInRegister) as refusal:
            step()
        assert refusal.value.facts["others"] == [str(COLLEAGUE)]


def test_a_table_in_which_whoever_has_asked_stands_is_refused_and_not_approved() -> None:
    found = replace(asked(), known=Named(accounts=frozenset({OFFICER.id})))

    with pytest.raises(NamedInRegister):
        found.approve(by=APPROVER, on=ON)
    assert found.refuse(by=APPROVER, on=ON, words="请由他人申请")[0].stage is ImportStage.REFUSED


def test_the_worker_is_held_to_the_second_word() -> None:
    waiting, approved = asked(), asked().approve(by=APPROVER, on=ON)[0]

    for unapproved in (waiting, replace(approved, asked_by=APPROVER.id), waiting.withdraw(on=ON)[0]):
        with pytest.raises(ImportNotApproved):
            unapproved.require_approved()


def test_an_officer_of_two_federations_does_not_ask_for_both() -> None:
    posts = (*OFFICER.memberships, *somebody(Role.COUNTY_OFFICER, number=1, region=NEIGHBOUR).memberships)

    with pytest.raises(NotYourFunction):
        RegisterImport.ask(
            job_id=UUID(int=5),
            dry_run_id=UUID(int=6),
            counts=ImportCounts(),
            by=replace(OFFICER, memberships=posts),
            at=AT,
            on=ON,
        )

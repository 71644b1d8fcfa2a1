"""Who acts for a person is put on record by a proof, for a time; whoever is concerned does no duty in it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.person import (
    FactSource,
    Guardianship,
    GuardianshipExists,
    GuardianshipImpossible,
    GuardianshipNotFound,
    GuardianshipRules,
    GuardianshipUnproved,
    Person,
)
from app.domain.shared.access import Acting, Role
from app.domain.shared.authz import OPERATIONS, Scope, acting_in
from app.domain.shared.transitions import OwnCase
from app.domain.shared.voice import NotThePerson, Voice, voice_of
from tests.builders import (
    CITIZEN,
    COUNTY_OFFICER,
    MONDAY,
    PERSON_ID,
    TOWNSHIP_OFFICER,
    a_certificate_case,
    a_person,
    accepted,
)
from tests.builders.people import a_principal, a_rule, rules_in_force

GUARDIAN_ID = UUID(int=0x66)
GUARDIAN = a_principal(Role.CITIZEN, number=66, memberships=(), person_id=GUARDIAN_ID)
ACTING_GUARDIAN = replace(GUARDIAN, wards=frozenset({PERSON_ID}), acts_for=frozenset({PERSON_ID}))
RULES = GuardianshipRules.of(rules_in_force(a_rule("guardianship.adult_age", 18, unit="years")))
LINK = Guardianship(
    guardian_id=GUARDIAN_ID, acting=Acting.GUARDIAN, proof=FactSource.COUNTER, valid_from=MONDAY, valid_to=None
)
CHILD = a_person(birth_date=date(2016, 2, 29))


def recorded(person: Person = a_person(), **changes: Any) -> Guardianship:  # noqa: B008 - frozen
    known, _ = person.record_guardianship(replace(LINK, **changes), by=TOWNSHIP_OFFICER, on=MONDAY, rules=RULES)
    return known.guardians[-1]


def test_an_officer_puts_on_record_who_acts_for_a_person() -> None:
    known, event = a_person().record_guardianship(LINK, by=TOWNSHIP_OFFICER, on=MONDAY, rules=RULES)

    assert known.guardians_on(MONDAY) == (GUARDIAN_ID,)
    assert known.guardians_on(MONDAY - timedelta(days=1)) == ()
    assert event.facts() == {
        "person_id": str(PERSON_ID),
        "guardian_id": str(GUARDIAN_ID),
        "acting": "guardian",
        "proof": "counter",
        "valid_from": "2026-11-16",
        "valid_to": None,
        "recorded_by": str(TOWNSHIP_OFFICER.id),
    }


@pytest.mark.parametrize("proof", [FactSource.DECLARED, FactSource.UPLOADED])
def test_the_guardians_own_word_opens_nothing(proof: FactSource) -> None:
    with pytest.raises(GuardianshipUnproved):
        recorded(proof=proof)
    assert a_person(guardians=(replace(LINK, proof=proof),)).guardians_on(MONDAY) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"guardian_id": PERSON_ID},
        {"valid_from": MONDAY + timedelta(days=1)},
        {"valid_to": MONDAY - timedelta(days=1)},
    ],
    ids=["one's own", "in the future", "ended before it began"],
)
def test_what_cannot_be_is_not_recorded(changes: dict[str, Any]) -> None:
    with pytest.raises(GuardianshipImpossible):
        recorded(**changes)


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({}, date(2034, 2, 28)),
        ({"valid_to": date(2030, 1, 1)}, date(2030, 1, 1)),
        ({"valid_to": date(2040, 1, 1)}, date(2034, 2, 28)),
        ({"acting": Acting.AGENT}, None),
    ],
    ids=["open", "for a time", "for too long", "an agent"],
)
def test_a_childs_guardian_acts_until_the_eve_of_its_coming_of_age(changes: dict[str, Any], until: date | None) -> None:
    assert recorded(CHILD, **changes).valid_to == until


def test_a_guardian_of_an_adult_acts_as_long_as_the_finding_holds() -> None:
    assert recorded().valid_to is None


def test_nobody_is_recorded_twice() -> None:
    with pytest.raises(GuardianshipExists):
        recorded(a_person(guardians=(LINK,)))


@pytest.mark.parametrize(
    "officer",
    [
        replace(TOWNSHIP_OFFICER, person_id=GUARDIAN_ID),
        replace(TOWNSHIP_OFFICER, person_id=PERSON_ID),
        replace(TOWNSHIP_OFFICER, person_id=UUID(int=9), wards=frozenset({PERSON_ID})),
    ],
    ids=["the guardian", "the person", "another guardian"],
)
def test_whoever_is_concerned_neither_records_nor_ends_it(officer: Any) -> None:
    with pytest.raises(OwnCase):
        a_person().record_guardianship(LINK, by=officer, on=MONDAY, rules=RULES)
    with pytest.raises(OwnCase):
        a_person(guardians=(LINK,)).end_guardianship(GUARDIAN_ID, last_day=MONDAY, by=officer, on=MONDAY)


def test_after_the_last_day_nobody_acts() -> None:
    person, ended, event = a_person(guardians=(LINK,)).end_guardianship(
        GUARDIAN_ID, last_day=MONDAY, by=TOWNSHIP_OFFICER, on=MONDAY
    )

    assert ended.valid_to == MONDAY
    assert person.guardians_on(MONDAY) == (GUARDIAN_ID,)
    assert person.guardians_on(MONDAY + timedelta(days=1)) == ()
    assert event.facts()["last_day"] == "2026-11-16"


def test_what_must_end_at_once_ends_yesterday() -> None:
    person, *_ = a_person(guardians=(LINK,)).end_guardianship(
        GUARDIAN_ID, last_day=MONDAY - timedelta(days=1), by=TOWNSHIP_OFFICER, on=MONDAY
    )

    assert person.guardians_on(MONDAY) == ()


def test_an_end_is_of_somebody_who_acts_today_and_no_day_to_come() -> None:
    with pytest.raises(GuardianshipNotFound):
        a_person().end_guardianship(GUARDIAN_ID, last_day=MONDAY, by=TOWNSHIP_OFFICER, on=MONDAY)
    with pytest.raises(GuardianshipImpossible):
        a_person(guardians=(LINK,)).end_guardianship(
            GUARDIAN_ID, last_day=MONDAY + timedelta(days=1), by=TOWNSHIP_OFFICER, on=MONDAY
        )


def test_a_guardian_speaks_where_the_gate_has_confirmed_it_for_this_operation() -> None:
    assert voice_of(ACTING_GUARDIAN, person_id=PERSON_ID, guardians=()) is Voice.GUARDIAN
    assert voice_of(CITIZEN, person_id=PERSON_ID, guardians=()) is Voice.PERSON
    with pytest.raises(NotThePerson):
        voice_of(replace(GUARDIAN, wards=frozenset({PERSON_ID})), person_id=PERSON_ID, guardians=())


def test_an_officer_does_no_duty_in_the_case_of_a_ward() -> None:
    officer = replace(COUNTY_OFFICER, person_id=UUID(int=9), wards=frozenset({PERSON_ID}))

    with pytest.raises(OwnCase):
        accepted(a_certificate_case(), by=officer)


def test_what_a_person_might_do_themself_a_guardian_may_do_and_an_agent_only_applies() -> None:
    for name, operation in OPERATIONS.items():
        acting = acting_in(operation)
        assert (Acting.GUARDIAN in acting) is (Role.CITIZEN in operation.roles), name
        assert Acting.AGENT not in acting or Acting.GUARDIAN in acting, name
    closed = {Scope.PERSONS_READ, Scope.PLANS_WRITE, Scope.REFERRALS_WRITE, Scope.AUDIT_READ, Scope.ASSESSMENTS_READ}
    for operation in OPERATIONS.values():
        assert operation.scope not in closed or Acting.AGENT not in acting_in(operation)
    assert Acting.AGENT in acting_in(OPERATIONS["submit_application"])

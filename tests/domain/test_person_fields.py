"""Which groups of a person's data a caller is shown: by the roles that reach this very person."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.authz import PERSON_FIELDS, PersonField, person_fields

SOMEBODY, SOMEBODY_ELSE = UUID(int=1), UUID(int=2)
VILLAGE = "65/6523/652301/652301104/652301104201"
TOWNSHIP, OTHER_TOWNSHIP = "65/6523/652301/652301104", "65/6523/652301/652301105"


REGISTERED = "65/6523/652302"


def appointed(*posts: tuple[Role, str]) -> Principal:
    memberships = tuple(
        Membership(organisation_id=UUID(int=9), role=role, region=region, valid_from=date(2026, 1, 1))
        for role, region in posts
    )
    roles = frozenset(role for role, _ in posts)
    return Principal(id=UUID(int=8), client_id=UUID(int=7), roles=roles, scopes=frozenset(), memberships=memberships)


def shown(whose: Principal) -> frozenset[PersonField]:
    return person_fields(whose, person_id=SOMEBODY, places=(VILLAGE, REGISTERED))


def test_staff_of_an_area_above_are_shown_everything() -> None:
    assert shown(appointed((Role.TOWNSHIP_OFFICER, TOWNSHIP))) == set(PersonField)


def test_staff_of_the_place_of_registration_are_shown_everything_too() -> None:
    assert shown(appointed((Role.COUNTY_OFFICER, REGISTERED))) == set(PersonField)


def test_being_a_provider_somewhere_adds_nothing_to_what_an_auditor_is_shown() -> None:
    """The area has opened the person, so it need not be one to whom the provider was sent."""
    both = appointed((Role.AUDITOR, TOWNSHIP), (Role.PROVIDER, "65/6523/652301"))

    assert shown(both) == {PersonField.NAME, PersonField.RESIDENCE}


def test_staff_of_another_area_are_shown_nothing() -> None:
    assert shown(appointed((Role.TOWNSHIP_OFFICER, OTHER_TOWNSHIP))) == set()


def test_an_appointment_elsewhere_adds_nothing_to_what_an_institution_is_shown() -> None:
    both = appointed((Role.EVALUATOR, "65/6523/652301"), (Role.TOWNSHIP_OFFICER, OTHER_TOWNSHIP))

    assert shown(both) == {PersonField.NAME, PersonField.CONTACTS}


@pytest.mark.parametrize(("own", "groups"), [(SOMEBODY, len(PersonField)), (SOMEBODY_ELSE, 0)])
def test_a_citizen_is_shown_the_own_person_alone(own: UUID, groups: int) -> None:
    citizen = replace(appointed(), roles=frozenset({Role.CITIZEN}), person_id=own)

    assert len(shown(citizen)) == groups


def test_being_the_person_does_not_count_in_another_role() -> None:
    officer = replace(appointed((Role.TOWNSHIP_OFFICER, OTHER_TOWNSHIP)), person_id=SOMEBODY)

    assert shown(officer) == set()


def test_only_staff_and_the_person_are_shown_numbers_and_economic_status() -> None:
    sensitive = {PersonField.IDENTIFIERS, PersonField.ECONOMIC_STATUS, PersonField.HOUSEHOLD}

    assert {role for role, groups in PERSON_FIELDS.items() if groups & sensitive} == {
        Role.CITIZEN,
        Role.COMMISSIONER,
        Role.TOWNSHIP_OFFICER,
        Role.COUNTY_OFFICER,
        Role.COUNTY_REVIEWER,
        Role.COUNTY_APPROVER,
        Role.CIVIL_AFFAIRS,
    }


def test_of_an_account_nobody_knows_but_the_person_and_the_offices_that_grant_and_pay() -> None:
    shown_to = {role for role, groups in PERSON_FIELDS.items() if PersonField.BANK_ACCOUNTS in groups}

    assert shown_to == {
        Role.CITIZEN,
        Role.TOWNSHIP_OFFICER,
        Role.COUNTY_OFFICER,
        Role.COUNTY_REVIEWER,
        Role.COUNTY_APPROVER,
        Role.CIVIL_AFFAIRS,
    }

"""Places, days, callers, rules and a person."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.domain.person import Person
from app.domain.shared.access import Membership, Principal, Role
from app.domain.shared.calendar import WorkingCalendar
from app.domain.shared.entry import RuleValue
from app.domain.shared.identity import Category, CitizenNumber, Sex
from app.domain.shared.provenance import Confidence
from app.domain.shared.rulebook import Rule, Rulebook, RulesInForce
from app.domain.shared.voice import Capacity, Word

COUNTY = "65/6523/652301"
TOWNSHIP = f"{COUNTY}/652301104"
VILLAGE = f"{TOWNSHIP}/652301104201"
ELSEWHERE = "65/6523/652302"

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 16, 2, tzinfo=UTC)
NOTICE_ENDS = date(2026, 11, 23)
AFTER_NOTICE = date(2026, 11, 24)
WEEKDAYS = WorkingCalendar.of([], zone=ZoneInfo("Asia/Shanghai"))

HOLDER = CitizenNumber.of(region="990101", born_on=date(1984, 2, 29), sequence=12)
PERSON_ID = UUID(int=0x9E)
CASE_ID = UUID(int=0xCA)
CERTIFICATE_ID = UUID(int=0xCE)
APPLICATION_ID = UUID(int=0xA9)
INSTITUTION_ID = UUID(int=0x105)
DRAW_ID = UUID(int=0xD4)
DOCTORS = (UUID(int=0xD1), UUID(int=1 + list(Role).index(Role.EVALUATOR)))
EVERY_CATEGORY = frozenset(Category) - {Category.MULTIPLE}

_ORGANISATIONS = {role: UUID(int=0x100 + number) for number, role in enumerate(Role)} | {Role.EVALUATOR: INSTITUTION_ID}


def a_principal(
    *roles: Role, number: int | None = None, region: str = COUNTY, person_id: UUID | None = None, **changes: Any
) -> Principal:
    """Somebody appointed to the roles; each role has a usual holder, and a number makes another one."""
    own = number if number is not None else 1 + list(Role).index(roles[0])
    memberships = tuple(
        Membership(organisation_id=_ORGANISATIONS[role], role=role, region=region, valid_from=date(2020, 1, 1))
        for role in roles
    )
    settings: dict[str, Any] = {"scopes": frozenset(), "memberships": memberships, "person_id": person_id} | changes
    return Principal(id=UUID(int=own), client_id=UUID(int=0xC1), roles=frozenset(roles), **settings)


TOWNSHIP_OFFICER = a_principal(Role.TOWNSHIP_OFFICER, region=TOWNSHIP)
COUNTY_OFFICER = a_principal(Role.COUNTY_OFFICER)
SECOND_COUNTY_OFFICER = a_principal(Role.COUNTY_OFFICER, number=78)
EVALUATOR = a_principal(Role.EVALUATOR)
REVIEWER = a_principal(Role.COUNTY_REVIEWER)
APPROVER = a_principal(Role.COUNTY_APPROVER)
CIVIL_AFFAIRS = a_principal(Role.CIVIL_AFFAIRS)
OWN_WORD = Word(Capacity.PERSON)
"""What the person says in the own name."""
CITIZEN = a_principal(Role.CITIZEN, memberships=(), person_id=PERSON_ID)
COMMISSIONER = a_principal(Role.COMMISSIONER, region=VILLAGE)
PROVIDER = a_principal(Role.PROVIDER, region=COUNTY)
PROVIDER_ID = next(iter(PROVIDER.organisation_ids))
GUARDIAN_ID = UUID(int=0x9F)
GUARDIAN = a_principal(Role.CITIZEN, number=0x9F, memberships=(), person_id=GUARDIAN_ID)
SOMEBODY_ELSE = a_principal(Role.CITIZEN, number=0xAA, memberships=(), person_id=UUID(int=0xAA))
ANOTHER_OFFICER = a_principal(Role.TOWNSHIP_OFFICER, number=0x77, region=TOWNSHIP)


def a_rule(subject: str, value: RuleValue, *, unit: str, **changes: Any) -> Rule:
    """A rule that has held everywhere for long."""
    settings: dict[str, Any] = {
        "source": "invented for the test",
        "confidence": Confidence.HIGH,
        "valid_from": date(2018, 1, 1),
        "recorded_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    return Rule(subject=subject, value=value, unit=unit, **(settings | changes))


def rules_in_force(*rules: Rule, on: date = MONDAY, region: str = VILLAGE) -> RulesInForce:
    """What holds in the village when there are these rules."""
    return Rulebook(rules).at(region, on)


def a_person(**changes: Any) -> Person:
    settings: dict[str, Any] = {
        "id": PERSON_ID,
        "region": VILLAGE,
        "registration_region": VILLAGE,
        "birth_date": HOLDER.born_on,
        "sex": Sex.FEMALE,
    }
    return Person(**(settings | changes))

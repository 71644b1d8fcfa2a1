"""A person is under an id of ours; what is said about somebody must agree with itself, and every fact has its days."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.person import (
    BankAccount,
    BirthDateDisagrees,
    Contact,
    ContactKind,
    EconomicFact,
    EconomicStatus,
    FactSource,
    Guardianship,
    HeldIdentifier,
    HeldName,
    NameMissing,
    Person,
    Registration,
    SexDisagrees,
    age_on,
    require_agreement,
)
from app.domain.shared.access import Acting, Role
from app.domain.shared.identity import CertificateNumber, CitizenNumber, Sex
from app.domain.shared.transitions import OwnCase
from tests.builders import CIVIL_AFFAIRS, HOLDER, MONDAY, PERSON_ID, TOWNSHIP_OFFICER, VILLAGE, a_person

CONCERNED = [{"person_id": PERSON_ID}, {"wards": frozenset({PERSON_ID})}]
ACCOUNT = BankAccount.parse("9900 0000 1234")


def a_registration(
    name: str = "测试甲",
    *,
    citizen_number: CitizenNumber | None = HOLDER,
    birth_date: date | None = None,
    sex: Sex | None = None,
) -> Registration:
    return Registration(
        name=name,
        region=VILLAGE,
        registration_region=VILLAGE,
        citizen_number=citizen_number,
        birth_date=birth_date,
        sex=sex,
    )


def registered(registration: Registration) -> Person:
    return Person.register(registration, person_id=PERSON_ID, on=MONDAY)[0]


def a_status(
    status: EconomicStatus, *, source: FactSource = FactSource.AUTHORITY, valid_to: date | None = None
) -> EconomicFact:
    return EconomicFact(status=status, source=source, valid_from=date(2026, 1, 1), valid_to=valid_to)


def test_what_the_identity_number_says_need_not_be_said_again() -> None:
    person = registered(a_registration())

    assert person.birth_date == date(1984, 2, 29)
    assert person.sex is Sex.FEMALE
    assert person.citizen_number_on(MONDAY) == HOLDER
    assert person.name_on(MONDAY) == "测试甲"


def test_registration_is_a_fact_that_tells_nothing_about_the_person() -> None:
    _, event = Person.register(a_registration(), person_id=PERSON_ID, on=MONDAY)

    assert event.name == "person.registered"
    assert event.facts() == {"person_id": str(PERSON_ID), "registered_on": "2026-11-16"}


def test_a_person_may_have_no_number_at_all() -> None:
    person = registered(a_registration(citizen_number=None, birth_date=date(1990, 5, 1), sex=Sex.MALE))

    assert person.citizen_number_on(MONDAY) is None
    assert (person.birth_date, person.sex, person.age_on(MONDAY)) == (date(1990, 5, 1), Sex.MALE, 36)


def test_a_person_of_whom_little_is_known_is_registered_with_what_there_is() -> None:
    person = registered(a_registration(citizen_number=None))

    assert (person.birth_date, person.sex, person.age_on(MONDAY)) == (None, Sex.UNKNOWN, None)


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_is_registered_without_a_name(name: str) -> None:
    with pytest.raises(NameMissing):
        registered(a_registration(name))


def test_another_date_of_birth_than_the_number_says_is_refused() -> None:
    with pytest.raises(BirthDateDisagrees) as refusal:
        registered(a_registration(birth_date=date(1984, 2, 28)))

    assert refusal.value.pointer == "/birth_date"


def test_a_date_of_birth_in_the_future_is_refused() -> None:
    with pytest.raises(BirthDateDisagrees):
        registered(a_registration(citizen_number=None, birth_date=date(2026, 11, 17)))


def test_a_number_whose_birth_lies_in_the_future_is_refused() -> None:
    unborn = CitizenNumber.of(region="990101", born_on=date(2027, 1, 1), sequence=12)

    with pytest.raises(BirthDateDisagrees):
        registered(a_registration(citizen_number=unborn))


def test_the_other_sex_than_the_number_says_is_refused() -> None:
    with pytest.raises(SexDisagrees) as refusal:
        registered(a_registration(sex=Sex.MALE))

    assert refusal.value.pointer == "/sex"


@pytest.mark.parametrize("sex", [None, Sex.FEMALE, Sex.UNKNOWN, Sex.UNSTATED])
def test_a_sex_that_says_nothing_else_agrees(sex: Sex | None) -> None:
    require_agreement(HOLDER, birth_date=HOLDER.born_on, sex=sex)


def test_a_name_or_a_contact_never_shows_itself() -> None:
    name = HeldName(value="测试甲", valid_from=MONDAY)
    contact = Contact(kind=ContactKind.PHONE, value="00000000000", valid_from=MONDAY)

    assert "测试甲" not in repr(name) + repr(a_registration())
    assert "00000000000" not in repr(contact)


def test_a_fact_holds_from_its_first_day_to_its_last() -> None:
    person = a_person(
        names=(
            HeldName(value="旧名", valid_from=date(1984, 2, 29), valid_to=date(2010, 6, 30)),
            HeldName(value="新名", valid_from=date(2010, 7, 1)),
        )
    )

    assert person.name_on(date(2010, 6, 30)) == "旧名"
    assert person.name_on(date(2010, 7, 1)) == "新名"
    assert person.name_on(date(1984, 2, 28)) is None


def test_only_a_citizen_number_is_taken_for_one() -> None:
    held = HeldIdentifier(number=CertificateNumber.parse(f"{HOLDER.value}42"), valid_from=MONDAY)

    assert held.scheme == "cn.disability_certificate"
    assert a_person(identifiers=(held,)).citizen_number_on(MONDAY) is None


def test_the_surest_source_says_how_the_household_stands() -> None:
    person = a_person(
        economic_statuses=(
            a_status(EconomicStatus.ORDINARY, source=FactSource.DECLARED),
            a_status(EconomicStatus.SUBSISTENCE_ALLOWANCE, source=FactSource.AUTHORITY),
        )
    )

    assert person.economic_status_on(MONDAY) is EconomicStatus.SUBSISTENCE_ALLOWANCE


def test_a_status_that_has_ended_counts_no_more() -> None:
    person = a_person(economic_statuses=(a_status(EconomicStatus.LOW_INCOME, valid_to=date(2026, 11, 15)),))

    assert person.economic_status_on(date(2026, 11, 15)) is EconomicStatus.LOW_INCOME
    assert person.economic_status_on(MONDAY) is None


def test_recording_how_the_household_stands_tells_the_world_only_that_it_was_recorded() -> None:
    person, _, event = a_person().record_economic_status(EconomicStatus.LOW_INCOME, since=MONDAY, by=CIVIL_AFFAIRS)

    assert person.economic_status_on(MONDAY) is EconomicStatus.LOW_INCOME
    assert event.name == "person.economic_status_recorded"
    assert event.facts() == {
        "person_id": str(PERSON_ID),
        "source": "authority",
        "valid_from": str(MONDAY),
        "recorded_by": str(CIVIL_AFFAIRS.id),
    }


def test_what_civil_affairs_says_of_its_lists_counts_before_what_a_counter_was_shown() -> None:
    listed, _, _ = a_person().record_economic_status(EconomicStatus.LOW_INCOME, since=MONDAY, by=CIVIL_AFFAIRS)

    shown, fact, _ = listed.record_economic_status(EconomicStatus.ORDINARY, since=MONDAY, by=TOWNSHIP_OFFICER)
    ended, _, _ = shown.record_economic_status(EconomicStatus.ORDINARY, since=MONDAY, by=CIVIL_AFFAIRS)

    assert fact.source is FactSource.COUNTER
    assert shown.economic_status_on(MONDAY) is EconomicStatus.LOW_INCOME
    assert ended.economic_status_on(MONDAY) is EconomicStatus.ORDINARY


def test_civil_affairs_of_another_place_is_no_authority_here() -> None:
    both = replace(
        TOWNSHIP_OFFICER,
        roles=TOWNSHIP_OFFICER.roles | {Role.CIVIL_AFFAIRS},
        memberships=(*TOWNSHIP_OFFICER.memberships, replace(CIVIL_AFFAIRS.memberships[0], region="31/3101")),
    )

    _, fact, _ = a_person().record_economic_status(EconomicStatus.LOW_INCOME, since=MONDAY, by=both)

    assert fact.source is FactSource.COUNTER


@pytest.mark.parametrize("concerned", CONCERNED)
def test_nobody_takes_down_how_the_own_household_stands(concerned: dict[str, Any]) -> None:
    with pytest.raises(OwnCase):
        a_person().record_economic_status(
            EconomicStatus.LOW_INCOME, since=MONDAY, by=replace(TOWNSHIP_OFFICER, **concerned)
        )


def test_a_guardian_acts_only_while_the_guardianship_holds() -> None:
    guardian = UUID(int=7)
    person = a_person(
        guardians=(
            Guardianship(
                guardian_id=guardian, acting=Acting.GUARDIAN, proof=FactSource.COUNTER, valid_from=date(2026, 1, 1)
            ),
        )
    )

    assert person.guardians_on(MONDAY) == (guardian,)
    assert person.guardians_on(date(2025, 12, 31)) == ()


def test_of_an_account_the_last_digits_are_kept_and_it_is_no_way_to_reach_anybody() -> None:
    person, _, _ = a_person().record_bank_account(ACCOUNT, by=TOWNSHIP_OFFICER, on=MONDAY)

    assert person.bank_accounts_on(MONDAY) == ("********1234",)
    assert person.contacts_on(MONDAY) == a_person().contacts_on(MONDAY)


@pytest.mark.parametrize("concerned", CONCERNED)
def test_nobody_takes_down_the_account_of_oneself_or_of_a_ward(concerned: dict[str, Any]) -> None:
    with pytest.raises(OwnCase):
        a_person().record_bank_account(ACCOUNT, by=replace(TOWNSHIP_OFFICER, **concerned), on=MONDAY)


def test_what_happens_to_a_person_is_about_that_person_and_no_application() -> None:
    person = a_person()

    assert (person.person_id, person.application_id) == (person.id, None)


@given(st.dates(max_value=date(2100, 1, 1)), st.integers(0, 120))
def test_age_grows_by_one_on_each_birthday_and_on_no_other_day(birth_date: date, years: int) -> None:
    before = date(birth_date.year + years, birth_date.month, min(birth_date.day, 28))
    leap = (birth_date.month, birth_date.day) == (2, 29)

    assert age_on(birth_date, before) == years - (before.day < birth_date.day)
    assert not leap or age_on(birth_date, date(birth_date.year + years, 3, 1)) == years


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2000, 1, 1)), st.dates(min_value=date(2000, 1, 1)))
def test_age_is_the_one_that_the_number_tells(born_on: date, on: date) -> None:
    number = CitizenNumber.of(region="990101", born_on=born_on, sequence=1)

    assert age_on(born_on, on) == number.age_on(on)

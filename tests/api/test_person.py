"""Persons over HTTP: what each role is shown, who is found, who can be registered; no number stands anywhere."""

import asyncio
from datetime import date, timedelta
from random import SystemRandom
from typing import Any

import pytest

from app.domain.shared.access import Role
from app.domain.shared.authz import PERSON_FIELDS, PersonField
from app.domain.shared.identity import CitizenNumber
from tests.acting import World
from tests.api.care import today
from tests.api.flow import case_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]
ALL = [group.value for group in PersonField]
VILLAGE, OTHER_TOWNSHIP = "652301104201", "652301105"


def a_number() -> str:
    """A number of somebody who cannot exist."""
    born_on = date(1900, 1, 1) + timedelta(days=SystemRandom().randrange(2000))
    return CitizenNumber.of(region="990999", born_on=born_on, sequence=SystemRandom().randrange(1, 999)).value


def a_newcomer(**changes: Any) -> dict[str, Any]:
    return {"name": "样本云", "citizen_number": a_number(), "region_code": VILLAGE, **changes}


async def register(world: World, who: str = "township_officer", **changes: Any) -> Any:
    return await world.call(who, "POST", "/v1/persons", json=a_newcomer(**changes))


@pytest.mark.parametrize("who", ["township_officer", "county_reviewer", "civil_affairs", "citizen"])
async def test_staff_of_the_area_and_the_person_are_shown_everything_with_the_number_masked(
    world: World, who: str
) -> None:
    shown = await world.get(who, f"/v1/persons/{world.citizen['person_id']}")

    assert shown["disclosed"] == ALL
    assert shown["name"] == world.citizen["name"]
    assert shown["citizen_number"][3:17] == "*" * 14
    assert shown["economic_status"] == "subsistence_allowance"
    assert shown["region_code"] == VILLAGE


async def test_a_commissioner_grants_and_pays_nothing_and_is_shown_no_bank_account(world: World) -> None:
    shown = await world.get("commissioner", f"/v1/persons/{world.citizen['person_id']}")

    assert shown["disclosed"] == [group for group in ALL if group != "bank_accounts"]
    assert shown["bank_accounts"] is None


async def test_an_auditor_is_shown_whose_record_it_is_and_no_more(world: World) -> None:
    shown = await world.get("auditor", f"/v1/persons/{world.citizen['person_id']}")

    assert shown["disclosed"] == ["name", "residence"]
    assert {name for name, value in shown.items() if value is not None} == {
        "id",
        "version",
        "disclosed",
        "name",
        "region_code",
        "registration_region_code",
    }


async def test_an_institution_is_shown_name_and_contacts_of_whom_it_evaluates_and_of_nobody_else(world: World) -> None:
    case = case_of(await submitted(world), "certificate")
    path = f"/v1/persons/{world.citizen['person_id']}"
    before = await world.call("evaluator", "GET", path)
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")

    shown = await world.get("evaluator", path)

    assert before.status_code == 404
    assert shown["disclosed"] == ["name", "contacts"]
    assert shown["name"] == world.citizen["name"]
    assert shown["citizen_number"] is shown["birth_date"] is shown["economic_status"] is None


@pytest.mark.parametrize("who", ["other_township_officer", "other_county_officer", "provider"])
async def test_whom_one_may_not_know_of_is_not_there(world: World, who: str) -> None:
    answer = await world.call(who, "GET", f"/v1/persons/{world.citizen['person_id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer.json()["detail"] == "There is no such person. Check the id."


async def test_the_version_is_the_etag(world: World) -> None:
    answer = await world.call("citizen", "GET", f"/v1/persons/{world.citizen['person_id']}")

    assert answer.headers["ETag"] == '"1"'


@pytest.mark.parametrize("by", ["citizen_number", "name"])
async def test_a_person_of_the_area_is_found_by_number_and_by_the_exact_name(world: World, by: str) -> None:
    found = await world.post("township_officer", "/v1/person-searches", {by: world.citizen[by]})

    assert world.citizen["person_id"] in {person["id"] for person in found["persons"]}
    assert world.citizen["citizen_number"] not in str(found)


@pytest.mark.parametrize("by", ["citizen_number", "name"])
async def test_nobody_is_found_outside_of_the_area(world: World, by: str) -> None:
    found = await world.post("other_township_officer", "/v1/person-searches", {by: world.citizen[by]})

    assert world.citizen["person_id"] not in {person["id"] for person in found["persons"]}


async def test_part_of_a_name_finds_nobody(world: World) -> None:
    found = await world.post("township_officer", "/v1/person-searches", {"name": world.citizen["name"][:2]})

    assert world.citizen["person_id"] not in {person["id"] for person in found["persons"]}


async def test_a_search_shows_twenty_and_says_that_there_are_more(world: World) -> None:
    for _ in range(21):
        assert (await register(world, name="样本同名", citizen_number=None)).status_code == 201

    found = await world.post("township_officer", "/v1/person-searches", {"name": "样本同名"})

    assert len(found["persons"]) == 20
    assert not found["is_complete"]


@pytest.mark.parametrize("wrong", [{}, {"name": "样", "citizen_number": a_number()}])
async def test_a_search_is_by_number_or_by_name(world: World, wrong: dict[str, str]) -> None:
    answer = await world.call("township_officer", "POST", "/v1/person-searches", json=wrong)

    assert answer.status_code == 422
    assert not any(value in answer.text for value in wrong.values() if len(value) > 10)


async def test_a_number_whose_check_digit_fails_is_not_searched_for_nor_repeated(world: World) -> None:
    number = a_number()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")

    answer = await world.call("township_officer", "POST", "/v1/person-searches", json={"citizen_number": wrong})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_citizen_number")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/citizen_number"]
    assert wrong not in answer.text


async def test_who_is_registered_can_be_read_and_what_the_number_says_is_known(world: World) -> None:
    number = a_number()
    made = await register(world, citizen_number=number, phone="0994-0000000")

    shown = await world.get("township_officer", made.headers["Location"])

    parsed = CitizenNumber.parse(number)
    assert made.status_code == 201
    assert made.headers["ETag"] == '"1"'
    assert shown == made.json()
    assert (shown["birth_date"], shown["sex"]) == (parsed.born_on.isoformat(), parsed.sex)
    assert shown["contacts"] == [{"kind": "phone", "value": "0994-0000000"}]


async def test_a_person_may_have_no_number_at_all(world: World) -> None:
    made = await register(world, citizen_number=None)

    assert made.status_code == 201
    assert made.json()["citizen_number"] is None


async def test_a_number_on_record_answers_alike_whether_or_not_one_may_see_whose_it_is(world: World) -> None:
    number = a_number()
    assert (await register(world, citizen_number=number)).status_code == 201

    here = await register(world, citizen_number=number)
    there = await register(world, "other_township_officer", citizen_number=number, region_code=OTHER_TOWNSHIP)

    assert here.status_code == there.status_code == 409
    assert {name: here.json()[name] for name in ("code", "detail", "errors")} == {
        name: there.json()[name] for name in ("code", "detail", "errors")
    }
    assert here.json()["code"] == "already_registered"
    assert number not in here.text


async def test_of_two_who_register_one_number_at_once_one_is_told_that_it_is_on_record(world: World) -> None:
    number = a_number()

    answers = await asyncio.gather(*(register(world, citizen_number=number) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"already_registered"}


async def stands(world: World, who: str, status: str) -> dict[str, Any]:
    """How the household stands is written down, as of today."""
    path, since = f"/v1/persons/{world.citizen['person_id']}", str(await today(world))
    version = (await world.call(who, "GET", path)).headers["ETag"]
    asked = {"status": status, "since": since}
    told: dict[str, Any] = await world.post(who, f"{path}/economic-status", asked, version=version)
    return told


async def test_the_last_word_of_civil_affairs_says_how_the_household_stands(world: World) -> None:
    listed = await stands(world, "civil_affairs", "subsistence_allowance")
    await stands(world, "township_officer", "ordinary")
    seen = await world.get("citizen", f"/v1/persons/{world.citizen['person_id']}")
    ended = await stands(world, "civil_affairs", "low_income")

    assert (listed["disclosed"], listed["economic_status"]) == (["economic_status"], "subsistence_allowance")
    assert (seen["economic_status"], ended["economic_status"]) == ("subsistence_allowance", "low_income")


async def test_the_same_key_registers_once(world: World) -> None:
    body = a_newcomer()
    first = await world.call("commissioner", "POST", "/v1/persons", json=body, key="register-once")

    again = await world.call("commissioner", "POST", "/v1/persons", json=body, key="register-once")

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"region_code": OTHER_TOWNSHIP}, 403, "outside_your_area"),
        ({"region_code": "110101"}, 404, "region_not_found"),
        ({"birth_date": "2001-01-01"}, 422, "birth_date_disagrees"),
        ({"name": "样\u202e本"}, 422, "invalid_content"),
        ({"ethnicity": "x"}, 422, "invalid_content"),
        ({"phone": "call me"}, 422, "invalid_content"),
    ],
)
async def test_what_cannot_be_registered_is_a_clear_problem(
    world: World, *, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await register(world, **changes)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("who", ["citizen", "auditor", "county_reviewer", "provider"])
async def test_only_those_at_a_window_or_in_the_village_register(world: World, who: str) -> None:
    assert (await register(world, who)).status_code == 403


def test_roles_without_a_row_are_shown_nothing() -> None:
    assert {role for role in Role if not PERSON_FIELDS.get(role)} == {Role.PORTAL, Role.ADMIN}

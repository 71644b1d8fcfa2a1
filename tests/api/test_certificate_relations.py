"""Who shares a telephone, an address or a home with an applicant keeps out of the case, and nobody learns which."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from anyio import to_thread

from app.adapters.postgres.roles import OWNER
from app.tools.staff import RowRefused, record
from tests.acting import World
from tests.api.flow import EVALUATORS, a_conclusion, a_new_name, a_new_number, case_of, drawn_for, submitted
from tests.api.test_certificate_business import applied, today
from tests.api.test_confirmation import living_together

pytestmark = [pytest.mark.anyio, pytest.mark.database]

SHARED = "INSERT INTO staff_contact SELECT $1, kind, value_index FROM person_contact WHERE person_id = $2 AND kind = $3"
GONE = "DELETE FROM staff_contact WHERE account_id = $1"
BESIDE = """
SELECT other.account_id FROM membership own JOIN membership other USING (organisation_id, role)
WHERE own.account_id = $1 AND other.account_id <> $1
"""
AN_ID = re.compile("[0-9a-f-]{36}")


async def newcomer(world: World) -> tuple[str, UUID]:
    """The case of somebody who is registered with a telephone and an address, and that person."""
    applicant = {"name": a_new_name(), "citizen_number": a_new_number(), "region_code": world.citizen["region_code"]}
    case = case_of(await submitted(world, applicant=applicant), "certificate")
    return case, UUID((await world.get("county_officer", case))["person_id"])


@asynccontextmanager
async def sharing(superuser: asyncpg.Connection, account: str, *, with_person: UUID, kind: str) -> AsyncIterator[None]:
    """Somebody of the staff is reached as a person is."""
    assert await superuser.execute(SHARED, UUID(account), with_person, kind) == "INSERT 0 1"
    try:
        yield
    finally:
        await superuser.execute(GONE, UUID(account))


async def paid(world: World, person: UUID, number: str) -> dict[str, Any]:
    """Into which account the person is paid is written down."""
    path = f"/v1/persons/{person}"
    version = (await world.call("civil_affairs", "GET", path)).headers["ETag"]
    return await world.post("civil_affairs", f"{path}/bank-account", {"number": number}, version=version)


async def serving_beside(superuser: asyncpg.Connection, account: str) -> set[str]:
    """Whoever serves the same organisation in the same role."""
    return {str(row["account_id"]) for row in await superuser.fetch(BESIDE, UUID(account))}


@asynccontextmanager
async def at_home(world: World, superuser: asyncpg.Connection, who: str) -> AsyncIterator[None]:
    """Somebody of the staff is in the register too, and lives with the citizen."""
    account, other = UUID(world.account(who)), await living_together(world, superuser)
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, UUID(other))
    try:
        yield
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)


@pytest.mark.parametrize("kind", ["phone", "address", "bank_account"])
async def test_an_officer_who_shares_it_does_not_accept_and_is_told_who_may(
    world: World, superuser: asyncpg.Connection, kind: str
) -> None:
    case, person = await newcomer(world)
    await paid(world, person, "9900 0000 1234")
    async with sharing(superuser, world.account("county_officer"), with_person=person, kind=kind):
        answer = await world.try_step("county_officer", case, "acceptance")
        action = next(one for one in (await world.get("county_officer", case))["actions"] if one["action"] == "accept")

    named = set(AN_ID.findall(answer.json()["detail"]))
    assert (answer.status_code, answer.json()["code"]) == (403, "relation_on_record")
    assert (action["allowed"], action["reason_code"]) == (False, "relation_on_record")
    assert named
    assert named <= await serving_beside(superuser, world.account("county_officer"))
    assert kind not in answer.text
    assert (await world.step("second_county_officer", case, "acceptance"))["stage"] == "accepted"


async def test_who_lives_with_the_person_does_not_accept(world: World, superuser: asyncpg.Connection) -> None:
    case = await applied(world, "new", conditions=["physical"])
    async with at_home(world, superuser, "county_officer"):
        answer = await world.try_step("county_officer", case, "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (403, "relation_on_record")


async def test_a_doctor_who_shares_an_address_is_not_drawn_and_does_not_sign_where_it_is_known_later(
    world: World, superuser: asyncpg.Connection
) -> None:
    case, person = await newcomer(world)
    related = world.account(EVALUATORS[0])
    await world.step("township_officer", case, "acceptance")
    async with sharing(superuser, related, with_person=person, kind="address"):
        assigned = await world.step("county_officer", case, "evaluation-assignment")
        proof = await world.get("auditor", f"/v1/draws/{assigned['assignment']['draw_id']}")
    listed = {doctor for one in proof["candidates"] for doctor in one["doctors"]}
    assert related not in listed
    assert world.account(EVALUATORS[1]) in listed

    doctors = await drawn_for(world, case)
    async with sharing(superuser, doctors[0], with_person=person, kind="phone"):
        said = a_conclusion(world, doctors=doctors, concluded_on=str(await today(world)))
        answer = await world.try_step("evaluator", case, "evaluation", said)
    assert (answer.status_code, answer.json()["code"]) == (403, "relation_on_record")
    assert not any(doctor in answer.text for doctor in doctors)


async def test_the_service_can_neither_read_nor_write_the_digests_of_staff(
    superuser: asyncpg.Connection, installed: Any
) -> None:
    connection = await asyncpg.connect(installed.server.dsn("yian_app", installed.database))
    try:
        for statement in ("SELECT * FROM staff_contact", "DELETE FROM staff_contact"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()


async def test_what_the_operator_enters_is_kept_as_digests_and_compared_with_those_of_people(
    world: World, superuser: asyncpg.Connection, installed: Any
) -> None:
    account, (_, person) = UUID(world.account("auditor")), await newcomer(world)
    owner, keys = installed.server.dsn(OWNER, installed.database), installed.settings.keys_file
    lines = [f"{account},phone,0994-0000000\n", f"{account},phone,+86 994 0000000\n", "\n"]

    done = await to_thread.run_sync(lambda: record(owner, keys, lines))
    kept = await superuser.fetch("SELECT value_index FROM staff_contact WHERE account_id = $1", account)
    theirs = "SELECT value_index FROM person_contact WHERE person_id = $1 AND kind = 'phone'"
    held = await superuser.fetchval(theirs, person)
    await superuser.execute(GONE, account)

    assert (done.accounts, done.digests, len(held)) == (1, 1, 32)
    assert [row["value_index"] for row in kept] == [held]


async def test_of_an_account_the_end_is_kept_and_a_digest_by_which_staff_are_compared(
    world: World, superuser: asyncpg.Connection, installed: Any
) -> None:
    account, (_, person) = UUID(world.account("auditor")), await newcomer(world)
    owner, keys = installed.server.dsn(OWNER, installed.database), installed.settings.keys_file

    told = await paid(world, person, "9900 0000 1234")
    await to_thread.run_sync(lambda: record(owner, keys, [f"{account},bank_account,990000001234\n"]))
    kept = await superuser.fetchval("SELECT value_index FROM staff_contact WHERE account_id = $1", account)
    theirs = "SELECT value_index FROM person_contact WHERE person_id = $1 AND kind = 'bank_account'"
    held = await superuser.fetchval(theirs, person)
    await superuser.execute(GONE, account)

    assert told["bank_accounts"] == ["********1234"]
    assert kept == held


async def test_what_cannot_be_an_account_is_refused_and_nothing_is_kept(world: World) -> None:
    _, person = await newcomer(world)
    path = f"/v1/persons/{person}"
    version = (await world.call("civil_affairs", "GET", path)).headers["ETag"]

    answer = await world.call(
        "civil_affairs", "POST", f"{path}/bank-account", json={"number": "9  9  0  0"}, version=version
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "bank_account_impossible")
    assert (await world.call("civil_affairs", "GET", path)).headers["ETag"] == version


@pytest.mark.parametrize("row", ["no-id,phone,1", "{account},bank,1", "{account},phone", "{account},phone,---"])
def test_a_row_that_cannot_be_read_is_named_and_nothing_is_entered(row: str, installed: Any) -> None:
    with pytest.raises(RowRefused, match=r"^Row 1 is not account_id,kind,value"):
        record("postgresql://nowhere", installed.settings.keys_file, [row.format(account=uuid4())])

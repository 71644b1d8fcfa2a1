"""Keys of requests that come twice: the work is done once, however often and however closely they come."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.errors import Forbidden
from app.services.application import submit_application
from app.services.ports.caller import Answer, Caller, CallerUnknown, Keyed, KeyInProgress, KeyReused, Replayed
from tests.acting import World, open_world
from tests.api.care import a_report
from tests.api.flow import an_application
from tests.working import Footprint, a_caller, a_request

pytestmark = [pytest.mark.anyio, pytest.mark.database]

AT_ONCE = 20


def keyed(world: World, *, key: str = "one-key", digest: bytes = b"same", **changes: Any) -> Caller:
    sent = Keyed(key, digest, lambda result: Answer(201, {"ETag": '"1"'}, str(result).encode()))
    return a_caller(world, "portal", "submit_application", key=sent, **changes)


async def nothing(uow: PostgresUnitOfWork) -> None:
    async with uow:
        await uow.commit("the answer 答复")


async def outcomes_of(*requests: Awaitable[httpx.Response]) -> Counter[tuple[int, str]]:
    """How often each status came, with the code or whether it was a repetition."""
    answers = await asyncio.gather(*requests)
    return Counter(
        (answer.status_code, answer.json().get("code") or answer.headers.get("Idempotent-Replayed", ""))
        for answer in answers
    )


async def test_the_same_request_gets_the_very_same_answer(database: Database, world: World) -> None:
    await nothing(PostgresUnitOfWork(database, keyed(world)))

    with pytest.raises(Replayed) as replayed:
        await nothing(PostgresUnitOfWork(database, keyed(world)))

    assert replayed.value.answer == Answer(201, {"ETag": '"1"'}, "the answer 答复".encode())


async def test_a_replay_is_a_write_of_its_own_so_that_it_waits_for_the_standby(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await nothing(PostgresUnitOfWork(database, keyed(world)))

    for _ in range(3):
        with pytest.raises(Replayed):
            await nothing(PostgresUnitOfWork(database, keyed(world)))

    counted = "SELECT replays FROM idempotency_key WHERE actor_id = $1"
    assert await superuser.fetchval(counted, UUID(world.account("portal"))) == 3


async def test_another_request_under_the_key_is_refused(database: Database, world: World) -> None:
    await nothing(PostgresUnitOfWork(database, keyed(world)))

    with pytest.raises(KeyReused):
        await nothing(PostgresUnitOfWork(database, keyed(world, digest=b"other")))


async def test_a_key_belongs_to_who_sent_it(database: Database, world: World) -> None:
    await nothing(PostgresUnitOfWork(database, keyed(world)))
    of_citizen: dict[str, Any] = {
        "subject": UUID(world.account("citizen")),
        "roles": a_caller(world, "citizen", "").roles,
    }

    await nothing(PostgresUnitOfWork(database, keyed(world, digest=b"other", **of_citizen)))


async def test_a_key_belongs_to_the_system_that_sent_it(
    database: Database, world: World, api: httpx.AsyncClient
) -> None:
    other = UUID((await open_world(api)).opened["client_id"])
    officer = a_caller(world, "township_officer", "register_person", key=keyed(world).key)
    await nothing(PostgresUnitOfWork(database, officer))

    await nothing(PostgresUnitOfWork(database, replace(officer, client_id=other)))


async def test_a_key_whose_first_request_still_runs_is_told_so(database: Database, world: World) -> None:
    async with PostgresUnitOfWork(database, keyed(world)) as first:
        with pytest.raises(KeyInProgress):
            await nothing(PostgresUnitOfWork(database, keyed(world)))
        await first.commit("done")

    with pytest.raises(Replayed):
        await nothing(PostgresUnitOfWork(database, keyed(world)))


async def test_a_key_whose_request_failed_may_be_used_again(database: Database, world: World) -> None:
    async with PostgresUnitOfWork(database, keyed(world)):
        pass

    await nothing(PostgresUnitOfWork(database, keyed(world, digest=b"put right")))


async def test_answers_are_kept_sealed(database: Database, world: World, superuser: asyncpg.Connection) -> None:
    await nothing(PostgresUnitOfWork(database, keyed(world)))

    kept = await superuser.fetchval(
        "SELECT answer_cipher FROM idempotency_key WHERE actor_id = $1", UUID(world.account("portal"))
    )

    assert "答复".encode() not in kept


@pytest.mark.parametrize(
    ("what_happened", "refusal"),
    [
        ("INSERT INTO revocation (token_id, expires_at) VALUES ('a-token', now() + interval '1 day')", CallerUnknown),
        ("UPDATE account SET disabled_at = now() WHERE id = $1", CallerUnknown),
        ("DELETE FROM membership WHERE account_id = $1", Forbidden),
    ],
)
async def test_whoever_lost_the_right_is_not_shown_the_answer_again(
    database: Database,
    world: World,
    superuser: asyncpg.Connection,
    *,
    what_happened: str,
    refusal: type[Exception],
) -> None:
    token = f"a-token-{uuid4().hex}"
    await nothing(PostgresUnitOfWork(database, keyed(world, token_id=token)))
    arguments = [UUID(world.account("portal"))] if "$1" in what_happened else []
    await superuser.execute(what_happened.replace("a-token", token), *arguments)

    with pytest.raises(refusal):
        await nothing(PostgresUnitOfWork(database, keyed(world, token_id=token)))


async def test_of_many_equal_requests_at_once_one_is_worked_on(world: World, superuser: asyncpg.Connection) -> None:
    before, body = await Footprint.taken(superuser), an_application(world)

    outcomes = await outcomes_of(
        *(world.call("portal", "POST", "/v1/applications", json=body, key="the-key") for _ in range(AT_ONCE))
    )

    assert outcomes.pop((201, "")) == 1
    assert outcomes.keys() <= {(201, "true"), (409, "idempotency_in_progress")}
    left = (await Footprint.taken(superuser)).since(before)
    assert (left["application"], left["idempotency_key"], left["event"], left["log_leaf"]) == (1, 1, 5, 5)


@pytest.mark.parametrize("is_on_record", [True, False], ids=["on record", "never seen"])
async def test_of_many_requests_for_one_person_at_once_one_wins(
    world: World, superuser: asyncpg.Connection, unused_number: Callable[[], str], *, is_on_record: bool
) -> None:
    before, body = await Footprint.taken(superuser), an_application(world)
    if not is_on_record:
        body["applicant"]["citizen_number"] = unused_number()

    outcomes = await outcomes_of(
        *(
            world.call("portal", "POST", "/v1/applications", json=body | {"source_number": f"N-{uuid4().hex}"})
            for _ in range(AT_ONCE)
        )
    )

    assert outcomes.pop((201, "")) == 1
    assert outcomes == {(409, "open_application_exists"): AT_ONCE - 1}
    left = (await Footprint.taken(superuser)).since(before)
    assert (left["application"], left["event"]) == (1, left["log_leaf"])
    assert left.get("person", 0) == (0 if is_on_record else 1)


async def test_what_a_source_has_numbered_is_submitted_once(world: World) -> None:
    body = an_application(world)

    outcomes = await outcomes_of(*(world.call("portal", "POST", "/v1/applications", json=body) for _ in range(AT_ONCE)))

    assert outcomes.pop((201, "")) == 1
    assert {status for status, _ in outcomes} == {409}


async def test_a_use_case_runs_once_under_its_key(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    request, before = a_request(world), await Footprint.taken(superuser)

    outcomes = await asyncio.gather(
        *(submit_application(request, uow=PostgresUnitOfWork(database, keyed(world))) for _ in range(AT_ONCE)),
        return_exceptions=True,
    )

    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 1
    assert {type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)} <= {KeyInProgress, Replayed}
    assert (await Footprint.taken(superuser)).since(before)["application"] == 1


RECORDS = "SELECT request_id, disclosed FROM access_record WHERE actor_id = $1 AND person_ids = ARRAY[$2::uuid]"


async def sent_twice(world: World, who: str, path: str, **request: Any) -> tuple[httpx.Response, httpx.Response]:
    """The same keyed request, and again."""
    first = await world.call(who, "POST", path, key="shows-somebody", **request)
    return first, await world.call(who, "POST", path, key="shows-somebody", **request)


async def test_a_replay_that_shows_somebody_is_written_down_like_the_first_answer(
    world: World, superuser: asyncpg.Connection
) -> None:
    _, replayed = await sent_twice(world, "commissioner", "/v1/assessments", json=a_report(world))

    records = await superuser.fetch(RECORDS, UUID(world.account("commissioner")), UUID(world.citizen["person_id"]))
    assert replayed.headers["Idempotent-Replayed"] == "true"
    assert [row["disclosed"] for row in records] == [["assessment", "need"]] * 2
    assert records[1]["request_id"] == replayed.headers["Request-Id"] != records[0]["request_id"]


async def test_what_one_may_not_see_any_more_is_not_shown_by_a_replay_either(
    world: World, superuser: asyncpg.Connection
) -> None:
    await sent_twice(world, "commissioner", "/v1/assessments", json=a_report(world))
    person = UUID(world.citizen["person_id"])
    for table in ("person", "event"):
        column = "id" if table == "person" else "person_id"
        await superuser.execute(f"UPDATE {table} SET region_path = '65/6523/652302' WHERE {column} = $1", person)
    await superuser.execute("UPDATE person SET registration_path = region_path WHERE id = $1", person)

    _, replayed = await sent_twice(world, "commissioner", "/v1/assessments", json=a_report(world))

    assert (replayed.status_code, replayed.json()["code"]) == (404, "not_found")
    assert len(await superuser.fetch(RECORDS, UUID(world.account("commissioner")), person)) == 2


async def test_a_portal_gets_its_answer_again(world: World) -> None:
    """It may look the person up by no wall, and still follows what it has sent."""
    first, again = await sent_twice(world, "portal", "/v1/applications", json=an_application(world))
    path = f"/v1/applications/{first.json()['id']}/withdrawal"
    withdrawn = [await world.call("portal", "POST", path, key="back", version='"1"', json={}) for _ in range(2)]

    assert [again.status_code, *(answer.status_code for answer in withdrawn)] == [201, 200, 200]
    assert again.headers["Idempotent-Replayed"] == withdrawn[1].headers["Idempotent-Replayed"] == "true"

"""The unit of work on PostgreSQL: nothing or everything, as a caller whom the database confirms."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.application import Application
from app.domain.certificate import Action, Stage
from app.domain.shared.access import Role
from app.domain.shared.errors import Forbidden, IllegalTransition, NotFound, StaleVersion, Unavailable
from app.domain.shared.transitions import Done
from app.services.application import (
    follow_certificate_case,
    get_application,
    list_applications,
    submit_application,
    withdraw_application,
)
from app.services.ports.application import OpenApplicationExists
from app.services.ports.caller import Caller, CallerUnknown, TryAgain
from app.services.read_models import View
from tests.acting import World
from tests.builders import OWN_WORD
from tests.working import Footprint, a_caller, a_request, own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

LEFT_BY_A_SUBMISSION = {
    "application": 1,
    "application_item": 3,
    "certificate_case": 1,
    "benefit_case": 2,
    "case_clock": 2,
    "evidence_request": 5,
    "party": 1,
    "receipt": 1,
    "event": 5,
    "log_leaf": 5,
    "access_record": 1,
    "person_contact": 0,
}
MOST_STATEMENTS = {"submit_application": 9, "get_application": 5, "list_applications": 5}
"""Begin, gate, question, record of access, commit; a submission also looks for the person and the offices in charge."""


async def submit(database: Database, world: World, **changes: Any) -> View[Application]:
    caller = a_caller(world, "portal", "submit_application")
    return await submit_application(a_request(world, **changes), uow=PostgresUnitOfWork(database, caller))


async def withdraw(database: Database, world: World, application: View[Application]) -> View[Application]:
    uow = PostgresUnitOfWork(database, a_caller(world, "portal", "withdraw_application"))
    return await withdraw_application(application.id, version=application.version, said_by=None, uow=uow)


async def test_leaving_without_a_commit_undoes_everything(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submit(database, world)
    before = await Footprint.taken(superuser)

    async with PostgresUnitOfWork(database, a_caller(world, "portal", "withdraw_application")) as uow:
        uow.admit(uuid4(), to=application.id, role=Role.PORTAL)
        uow.accessed(application.of.person_id, disclosed=("application",))
        withdrawn, event = application.of.withdraw(by=uow.actor, on=uow.today, word=OWN_WORD)
        uow.record(event, about=await uow.applications.save(withdrawn))

    assert (await Footprint.taken(superuser)).since(before) == {}
    assert await superuser.fetchval("SELECT version FROM application WHERE id = $1", application.id) == 1


async def test_a_submission_leaves_all_its_traces_together(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    before = await Footprint.taken(superuser)

    await submit(database, world)

    left = (await Footprint.taken(superuser)).since(before)
    assert left == {table: count for table, count in LEFT_BY_A_SUBMISSION.items() if count}


async def test_an_error_inside_undoes_everything(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await submit(database, world)
    before = await Footprint.taken(superuser)

    with pytest.raises(OpenApplicationExists):
        await submit(database, world)

    assert (await Footprint.taken(superuser)).since(before) == {}


async def test_a_cancelled_request_undoes_everything_and_gives_its_connection_back(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    before = await Footprint.taken(superuser)

    async def broken_off() -> None:
        async with PostgresUnitOfWork(database, a_caller(world, "portal", "submit_application")) as uow:
            uow.admit(uuid4(), to=uuid4(), role=Role.PORTAL)
            await asyncio.Event().wait()

    for _ in range(2 * database.pool.get_max_size()):
        task = asyncio.create_task(broken_off())
        await asyncio.wait({task}, timeout=0.01)
        task.cancel()
        await asyncio.wait({task})

    assert (await Footprint.taken(superuser)).since(before) == {}
    await submit(database, world)


async def test_a_commit_that_the_database_turned_into_a_rollback_is_not_called_done(
    database: Database, world: World
) -> None:
    uow = PostgresUnitOfWork(database, a_caller(world, "portal", "get_application"))

    async with uow:
        with pytest.raises(asyncpg.DivisionByZeroError):
            await uow._session.row("SELECT 1 / 0")
        with pytest.raises(Unavailable):
            await uow.commit(None)


async def test_the_second_of_two_writers_is_refused(database: Database, world: World) -> None:
    application = await submit(database, world)
    caller = a_caller(world, "portal", "withdraw_application")
    first, second = (PostgresUnitOfWork(database, replace(caller, request_id=f"writer-{n}")) for n in range(2))

    async with first, second:
        mine, theirs = await first.applications.get(application.id), await second.applications.get(application.id)
        await first.applications.save(mine)
        await first.commit(None)
        with pytest.raises(StaleVersion):
            await second.applications.save(theirs)


async def test_a_writer_who_read_an_older_version_is_refused(database: Database, world: World) -> None:
    application = await submit(database, world)

    with pytest.raises(StaleVersion):
        await withdraw(database, world, replace(application, of=replace(application.of, version=7)))


async def test_of_two_withdrawals_at_once_one_counts(database: Database, world: World) -> None:
    application = await submit(database, world)
    caller = a_caller(world, "portal", "withdraw_application")

    outcomes = await asyncio.gather(
        *(
            withdraw_application(application.id, version=1, said_by=None, uow=PostgresUnitOfWork(database, caller))
            for _ in range(8)
        ),
        return_exceptions=True,
    )

    assert sum(not isinstance(outcome, BaseException) for outcome in outcomes) == 1
    refused = {type(outcome) for outcome in outcomes if isinstance(outcome, BaseException)}
    # The second saw the case withdrawn and not yet the whole; the third met it over the case, and runs again.
    assert refused <= {StaleVersion, IllegalTransition, TryAgain}


async def test_an_officer_whose_application_went_on_by_another_item_is_not_called_stale(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = await submit(database, world)
    uow = PostgresUnitOfWork(database, a_caller(world, "township_officer", "accept_certificate_case"))

    async with uow:
        case = await uow.certificate_cases.get(application.of.items[0].case_id)
        read = uow.applications.get

        async def read_and_be_overtaken(key: UUID) -> Application:
            found = await read(key)
            async with PostgresUnitOfWork(database, a_caller(world, "portal", "withdraw_application")) as other:
                await other.commit(await other.applications.save(found))
            return found

        monkeypatch.setattr(uow.applications, "get", read_and_be_overtaken)
        done = (Done(action=Action.ACCEPT, stage=Stage.ACCEPTED, on=uow.today),)
        with pytest.raises(TryAgain):
            await follow_certificate_case(replace(case, stage=Stage.ACCEPTED, done=done), uow=uow)


async def test_a_closed_account_is_known_no_more(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await superuser.execute("UPDATE account SET disabled_at = now() WHERE id = $1", UUID(world.account("portal")))

    with pytest.raises(CallerUnknown):
        await submit(database, world)


async def test_who_claims_a_role_without_an_appointment_is_refused(database: Database, world: World) -> None:
    caller = a_caller(world, "portal", "list_benefit_cases", roles=frozenset({Role.COUNTY_OFFICER}))

    with pytest.raises(Forbidden):
        async with PostgresUnitOfWork(database, caller):
            pass


@pytest.mark.parametrize(
    ("begins", "ends"), [(timedelta(days=-9), timedelta(days=-1)), (timedelta(days=1), timedelta(days=9))]
)
async def test_an_appointment_counts_within_its_days_alone(
    database: Database, world: World, superuser: asyncpg.Connection, *, begins: timedelta, ends: timedelta
) -> None:
    today: date = await superuser.fetchval("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
    await superuser.execute(
        "UPDATE membership SET valid_from = $2, valid_to = $3 WHERE account_id = $1",
        UUID(world.account("portal")),
        today + begins,
        today + ends,
    )

    with pytest.raises(Forbidden):
        await submit(database, world)


async def test_nothing_is_seen_by_who_is_not_a_party(database: Database, world: World) -> None:
    application = await submit(database, world)
    stranger = PostgresUnitOfWork(database, a_caller(world, "verifying_portal", "get_application"))

    with pytest.raises(NotFound):
        await get_application(application.id, uow=stranger)


async def test_what_a_transaction_may_see_ends_with_it(database: Database, world: World) -> None:
    await submit(database, world)

    for _ in range(database.pool.get_max_size()):
        async with database.pool.acquire() as connection:
            with pytest.raises(asyncpg.PostgresError):
                await connection.fetch("SELECT id FROM application")


async def test_few_statements_make_a_use_case(
    installed: Any, world: World, record_property: Callable[[str, object], None]
) -> None:
    async with own_database(installed.settings, pool_size=1) as database:
        counted = await _statements_of_use_cases(database, world)

    record_property("statements", counted)
    assert {name: count for name, count in counted.items() if not 4 <= count <= MOST_STATEMENTS[name]} == {}, counted


async def _statements_of_use_cases(database: Database, world: World) -> dict[str, int]:
    application = await submit(database, world)  # also tells the driver the types that it must ask for once
    await withdraw(database, world, application)
    uses: dict[str, Callable[[PostgresUnitOfWork], Awaitable[Any]]] = {
        "submit_application": lambda uow: submit_application(a_request(world), uow=uow),
        "get_application": lambda uow: get_application(application.id, uow=uow),
        "list_applications": lambda uow: list_applications(is_finished=None, after=None, limit=50, uow=uow),
    }

    return {name: await _statements(database, a_caller(world, "portal", name), use) for name, use in uses.items()}


async def _statements(database: Database, caller: Caller, use: Callable[[PostgresUnitOfWork], Awaitable[Any]]) -> int:
    """How many statements a use case has run, as the driver logs them."""
    seen: list[str] = []
    async with database.pool.acquire() as connection:
        connection.add_query_logger(lambda record: seen.append(record.query))
    await use(PostgresUnitOfWork(database, caller))
    await asyncio.sleep(0)  # the loggers are called by the event loop
    return len(seen)


async def test_a_second_persons_word_rides_with_the_submission(installed: Any, world: World) -> None:
    named = {"business": "new", "applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
    asked = a_request(world, items=("certificate",), answers=named | {"conditions": ["mental"]})
    async with own_database(installed.settings, pool_size=1) as database:
        await withdraw(database, world, await submit(database, world))
        caller = a_caller(world, "portal", "submit_application")
        counted = await _statements(database, caller, lambda uow: submit_application(asked, uow=uow))

    assert counted <= MOST_STATEMENTS["submit_application"]

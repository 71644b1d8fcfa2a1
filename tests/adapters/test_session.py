"""A session: reads at once, writes all in one statement at the end, and says of errors what a caller can do."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from traceback import walk_tb
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.errors import CONSTRAINTS, translated
from app.adapters.postgres.session import Session, _renumbered
from app.adapters.postgres.tables import AccountRow, ApplicationRow, ClockRow, MembershipRow, PartyRow
from app.domain.shared.errors import AlreadyExists, DomainError, StaleVersion, Unavailable, Unprocessable
from app.sandbox.authority import account_row, membership_row, posts
from app.services.ports.caller import TryAgain
from tests.acting import World
from tests.api.flow import submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PARTY: dict[str, Any] = {"role": "portal", "person_id": None, "valid_from": date(2026, 10, 1)}
PARTY |= {"valid_to": None, "person_to": None, "consent_purpose": None}


@pytest.fixture
async def session(database: Database) -> AsyncIterator[Session]:
    async with database.pool.acquire() as connection:
        await connection.execute("BEGIN")
        yield Session(connection, database)
        await connection.execute("ROLLBACK")


async def rows_of(session: Session, table: str, key: UUID) -> int:
    found: int = await session.connection.fetchval(f"SELECT count(*) FROM {table} WHERE id = $1", key)
    return found


async def test_what_is_added_is_written_at_the_end(session: Session) -> None:
    key = uuid4()
    session.add(ClockRow, id=key, offset_seconds=7)
    before = await rows_of(session, "clock", key)

    await session.flush()

    assert (before, await rows_of(session, "clock", key)) == (0, 1)


async def test_all_is_one_statement_whatever_the_order_of_its_foreign_keys(session: Session) -> None:
    key = uuid4()
    seen: list[str] = []
    session.add(MembershipRow, **membership_row(posts()[0], key))
    session.add(AccountRow, **account_row(key, posts()[0].role, "somebody"))

    with session.connection.query_logger(lambda record: seen.append(record.query)):
        await session.flush()
        await session.flush()
        await session.row("SELECT 1")
        await asyncio.sleep(0)  # the loggers are called by the event loop

    assert len(seen) == 2
    assert await rows_of(session, "account", key) == 1


async def test_what_is_to_be_run_last_keeps_its_own_numbers(session: Session) -> None:
    key = uuid4()
    await session.connection.execute("INSERT INTO clock (id, offset_seconds) VALUES ($1, 0)", key)
    session.add(ClockRow, id=uuid4(), offset_seconds=7)
    session.finally_run("UPDATE clock SET offset_seconds = $2::bigint WHERE id = $1::uuid", key, 11)
    session.finally_run("UPDATE clock SET offset_seconds = $2::bigint WHERE id = $1::uuid", uuid4(), 13)

    await session.flush()

    assert await session.connection.fetchval("SELECT offset_seconds FROM clock WHERE id = $1", key) == 11


@pytest.mark.parametrize(
    ("sql", "by", "renumbered"),
    [("$1, $2, $10, $11", 9, "$10, $11, $19, $20"), ("SELECT 1", 4, "SELECT 1"), ("$1 $1", 0, "$1 $1")],
)
def test_parameters_are_renumbered_each_once(sql: str, *, by: int, renumbered: str) -> None:
    assert _renumbered(sql, by=by) == renumbered


async def test_text_stays_text_whatever_is_written_in_it(session: Session) -> None:
    key, name = uuid4(), "'); DROP TABLE account; -- $1 $2 %s {name} \\ \U0001f600 样"
    session.add(AccountRow, **account_row(key, posts()[0].role, name))

    await session.flush()

    assert await session.connection.fetchval("SELECT name FROM account WHERE id = $1", key) == name


async def test_a_change_over_another_version_is_refused(database: Database, world: World) -> None:
    application = UUID((await submitted(world))["id"])
    async with database.pool.acquire() as connection, connection.transaction():
        await gate.step_in(connection, reach="cases", areas="{65/}")
        session = Session(connection, database)
        assert await session.save(ApplicationRow, application, 1, status="withdrawn") == 2
        with pytest.raises(StaleVersion):
            await session.save(ApplicationRow, application, 1, status="withdrawn")
        with pytest.raises(StaleVersion):
            await session.save(ApplicationRow, uuid4(), 1, status="withdrawn")


async def test_changes_of_many_rows_are_refused_when_one_of_them_is_at_another_version(
    database: Database, world: World
) -> None:
    first, second = UUID((await submitted(world))["id"]), uuid4()
    async with database.pool.acquire() as connection, connection.transaction():
        await gate.step_in(connection, reach="cases", areas="{65/}")
        session = Session(connection, database)
        await session.save_many(ApplicationRow, {first: 1}, [{"status": "withdrawn", "version": 3}])
        written = await session.row("SELECT status, version FROM application WHERE id = $1", first)
        changes = [{"status": "submitted", "version": version} for version in (4, 2)]
        with pytest.raises(StaleVersion):
            await session.save_many(ApplicationRow, {first: 3, second: 1}, changes)

    assert written is not None
    assert (written["status"], written["version"]) == ("withdrawn", 3)


async def test_a_row_that_is_there_already_is_told_without_a_name_of_a_table(session: Session) -> None:
    await gate.step_in(session.connection, reach="intake", actor=str(UUID(int=1)))
    for _ in range(2):
        session.add(PartyRow, case_id=UUID(int=1), party_id=UUID(int=1), **PARTY)

    with pytest.raises(AlreadyExists) as refused:
        await session.flush()

    assert "party" not in refused.value.detail


TRANSIENT = (
    *("08000", "08003", "08006", "25006", "25P03", "53000", "53100", "53200", "53300", "53400", "55P03"),
    *("57000", "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "58000", "58030", "58P01", "58P02"),
)


@pytest.mark.parametrize("state", TRANSIENT)
async def test_what_will_pass_is_told_as_not_available(session: Session, *, state: str) -> None:
    with pytest.raises(Unavailable), translated():
        await session.connection.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")


@pytest.mark.parametrize("state", ["40001", "40P01"])
async def test_two_who_met_are_told_to_try_again(session: Session, *, state: str) -> None:
    with pytest.raises(TryAgain), translated():
        await session.connection.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")


@pytest.mark.parametrize("state", ["22003", "22021", "22P05"])
async def test_a_value_that_cannot_be_stored_is_the_callers_to_mend(session: Session, *, state: str) -> None:
    with pytest.raises(Unprocessable), translated():
        await session.connection.execute(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")


@pytest.mark.parametrize(
    "error", [OSError("no route"), TimeoutError(), ConnectionResetError(), asyncpg.InterfaceError("")]
)
def test_what_the_driver_cannot_do_is_told_as_not_available(error: Exception) -> None:
    with pytest.raises(Unavailable), translated():
        raise error


def test_a_mistake_of_ours_is_not_told_as_not_available() -> None:
    with pytest.raises(asyncpg.UndefinedColumnError), translated():
        raise asyncpg.UndefinedColumnError("there is no column")


def refused_by(constraint: str, kind: type[asyncpg.PostgresError]) -> DomainError:
    error = kind("It is doubled.")
    error.constraint_name = constraint
    with pytest.raises(DomainError) as refusal, translated():
        raise error
    return refusal.value


@pytest.mark.parametrize("constraint", CONSTRAINTS)
@pytest.mark.parametrize("kind", [asyncpg.UniqueViolationError, asyncpg.CheckViolationError])
def test_every_refusal_of_a_constraint_is_one_of_its_own(constraint: str, kind: type[asyncpg.PostgresError]) -> None:
    """One that was raised before would keep the frames of all who met it, and what others have said of theirs."""
    first = refused_by(constraint, kind)
    first.pointer = "/applicant"
    second = refused_by(constraint, kind)

    assert (type(second), second.detail, second.pointer) == (type(first), first.detail, None)
    assert len([*walk_tb(second.__traceback__)]) == len([*walk_tb(first.__traceback__)])
    assert CONSTRAINTS[constraint].__traceback__ is None


NAMED_CONSTRAINTS = r"""
SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indisunique OR indisexclusion
UNION SELECT (regexp_matches(prosrc, $$CONSTRAINT = '(\w+)'$$, 'g'))[1] FROM pg_proc
WHERE prosrc LIKE '%RAISE EXCEPTION%'
"""
"""What is unique by an index, and what a trigger refuses by a name."""


async def test_every_constraint_that_has_words_exists(session: Session) -> None:
    known = await session.rows(NAMED_CONSTRAINTS)

    assert CONSTRAINTS.keys() <= {row["name"] for row in known}
    assert all(isinstance(refusal, DomainError) for refusal in CONSTRAINTS.values())

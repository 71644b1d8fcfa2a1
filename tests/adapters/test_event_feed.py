"""The feed under concurrent writers: whatever commits late, every event is shown once, and none is skipped."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from random import Random
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.database import Database
from app.adapters.postgres.queries import event as queries
from app.adapters.postgres.reach import within
from app.adapters.postgres.roles import APP
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.services.event import list_events
from app.services.ports.event import BEGINNING, Place
from tests.acting import World
from tests.working import a_caller

pytestmark = [pytest.mark.anyio, pytest.mark.database]

TOWNSHIP = "65/6523/652301/652301104"
ADD = """
INSERT INTO event (recorded_at, id, name, subject_id, subject_version, person_id, region_path, effective_at, actor_id,
                   client_id, request_id, facts)
VALUES (now(), $1, $2, $1, 1, $1, $3, now(), $4, $1, 'test', '{}')
"""


class Writer:
    """A transaction of its own that writes events and ends when it is told to."""

    def __init__(self, connection: asyncpg.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    async def begin(self) -> None:
        """Begin to write: from here on the transaction is told apart from others, as one with a claimed key is."""
        await self._connection.execute("BEGIN")
        await self._connection.execute("SELECT pg_current_xact_id()")
        await gate.step_in(self._connection, reach="cases", areas=f"{{{TOWNSHIP}/}}")

    async def write(self) -> UUID:
        key = uuid4()
        await self._connection.execute(ADD, key, self._name, TOWNSHIP, UUID(gate.NOBODY))
        return key

    async def end(self, how: str = "COMMIT") -> None:
        await self._connection.execute(how)


class Reader:
    """Reads on in the feed from where it stopped."""

    def __init__(self, database: Database, world: World, name: str) -> None:
        self._database = database
        self._world = world
        self._name = name
        self.place: Place = BEGINNING
        self.seen: list[UUID] = []

    async def read(self, *, limit: int = 3) -> None:
        has_more = True
        while has_more:
            uow = PostgresUnitOfWork(self._database, a_caller(self._world, "county_officer", "list_events"))
            feed = await list_events(prefix=self._name, after=self.place, limit=limit, uow=uow)
            self.seen += [event.id for event in feed.events]
            self.place, has_more = feed.after, feed.has_more


@pytest.fixture
def name() -> str:
    """A kind of event that no other test writes."""
    return "probe_" + "".join(Random().choices("abcdefghij", k=12))


@pytest.fixture
async def writers(superuser_dsn: Callable[[str], str], name: str) -> AsyncIterator[Callable[[int], list[Writer]]]:
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(connected(superuser_dsn(APP))) for _ in range(6)]
        yield lambda count: [Writer(connection, name) for connection in connections[:count]]


@asynccontextmanager
async def connected(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
def reader(database: Database, world: World, name: str) -> Reader:
    return Reader(database, world, name)


async def test_nothing_is_shown_that_something_older_may_still_get_in_front_of(
    reader: Reader, writers: Callable[[int], list[Writer]]
) -> None:
    early, late = writers(2)
    await early.begin()
    first = await early.write()
    await late.begin()
    second = await late.write()
    await late.end()

    await reader.read()
    assert reader.seen == []

    await early.end()
    await reader.read()
    assert reader.seen == [first, second]


async def test_who_began_earlier_and_wrote_later_takes_nobody_by_surprise(
    reader: Reader, writers: Callable[[int], list[Writer]]
) -> None:
    early, late = writers(2)
    await early.begin()
    await late.begin()
    with_the_smaller_position = await late.write()
    with_the_larger_position = await early.write()
    await early.end()
    await reader.read()

    await late.end()
    await reader.read()

    assert reader.seen == [with_the_larger_position, with_the_smaller_position]


async def test_what_is_rolled_back_holds_nothing_up(reader: Reader, writers: Callable[[int], list[Writer]]) -> None:
    undone, done = writers(2)
    await undone.begin()
    await undone.write()
    await done.begin()
    shown = await done.write()
    await done.end()
    await undone.end("ROLLBACK")

    await reader.read()

    assert reader.seen == [shown]


@pytest.mark.parametrize("seed", range(12))
async def test_in_whatever_order_writers_write_and_commit_each_event_is_shown_once(
    reader: Reader, writers: Callable[[int], list[Writer]], seed: int
) -> None:
    random = Random(seed)
    committed: set[UUID] = set()
    for _ in range(3):
        written: dict[Writer, set[UUID]] = {}
        resting = writers(6)
        random.shuffle(resting)
        while resting or written:
            await _some_step(resting, written, committed, random=random)
            if random.random() < 0.4:
                await reader.read(limit=random.randint(1, 4))
    await reader.read()

    assert len(reader.seen) == len(set(reader.seen))
    assert set(reader.seen) == committed


async def test_the_last_place_lies_behind_all_that_was_looked_through(
    reader: Reader, writers: Callable[[int], list[Writer]]
) -> None:
    (writer,) = writers(1)
    await writer.begin()
    await writer.write()
    await writer.end()
    await reader.read()
    stopped = reader.place

    await reader.read()

    assert len(reader.seen) == 1
    assert stopped.position == 0  # behind every transaction that has ended, not at the last event
    assert reader.place >= stopped


@pytest.mark.parametrize(
    ("scope", "reach", "index"),
    [
        (within(["65/6523/652301"]).condition, "{65/6523/652301,65/6523/6523010}", "transaction_id_position_idx"),
        (queries._OF_PARTY, "{00000000-0000-0000-0000-000000000001}", "transaction_id_position_idx"),
        (queries._OF_SELF, "{00000000-0000-0000-0000-000000000001}", "_idx"),  # which one depends on the number of rows
    ],
)
async def test_the_feed_is_read_by_index(
    superuser_dsn: Callable[[str], str], *, scope: str, reach: str, index: str
) -> None:
    sql = queries._FEED.format(columns=queries._COLUMNS, scope=scope, only="")
    async with connected(superuser_dsn(APP)) as connection, connection.transaction():
        await gate.step_in(connection, reach="cases")
        await connection.execute("SELECT set_config('enable_seqscan', 'off', true)")
        await connection.execute(f"PREPARE feed AS {sql}")
        plan = await connection.fetch(f"EXPLAIN EXECUTE feed ('{reach}', '0', 0, '', 51)")
        await connection.execute("DEALLOCATE feed")

    told = "\n".join(row[0] for row in plan)
    assert index in told
    assert "Seq Scan on event" not in told


async def _some_step(
    resting: list[Writer], written: dict[Writer, set[UUID]], committed: set[UUID], *, random: Random
) -> None:
    """Let one of the writers begin, write or end."""
    if resting and (not written or random.random() < 0.4):
        writer = resting.pop()
        await writer.begin()
        written[writer] = set()
        return
    writer = random.choice(list(written))
    if random.random() < 0.5:
        written[writer].add(await writer.write())
    elif random.random() < 0.8:
        await writer.end()
        committed |= written.pop(writer)
    else:
        await writer.end("ROLLBACK")
        del written[writer]

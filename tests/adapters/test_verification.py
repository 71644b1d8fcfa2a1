"""Verifications that come at the same time share a transaction; none of them feels the others."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.verification import MAX_SHARERS, MAX_WAITING, PostgresCertificateVerifications
from app.domain.certificate import Claims, Disclosure, Outcome
from app.domain.shared.access import Role
from app.domain.shared.errors import Forbidden, Unavailable
from app.domain.shared.identity import CertificateNumber, CitizenNumber
from app.services.ports.caller import Caller, CallerUnknown
from app.services.ports.certificate import Verified
from tests.acting import World, open_world
from tests.working import a_caller, certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

MANY = 200
ASKERS = 8
ROUNDS = 10
RECORDED = "SELECT request_id, actor_id, person_ids, disclosed FROM access_record WHERE request_id = ANY ($1)"
MOMENTS = "SELECT count(DISTINCT xmin::text) FROM access_record WHERE request_id = ANY ($1)"


class Desk:
    """Where certificates of several citizens are verified."""

    def __init__(self, database: Database, holders: list[tuple[World, CertificateNumber]]) -> None:
        self.database = database
        self.holders = holders
        self.verifications = PostgresCertificateVerifications(database)

    def rightly(self, turn: int = 0) -> Claims:
        world, number = self.holders[turn % len(self.holders)]
        return Claims(number=number, name=world.citizen["name"])

    def wrongly(self, turn: int = 0) -> Claims:
        """Named like the next one, so that a mixed-up answer would show."""
        _, number = self.holders[turn % len(self.holders)]
        world, _ = self.holders[(turn + 1) % len(self.holders)]
        return Claims(number=number, name=world.citizen["name"] + "错")

    def caller(self, who: str = "verifying_portal", **changes: Any) -> Caller:
        return a_caller(self.holders[0][0], who, "verify_certificate", **changes)

    def person(self, turn: int) -> UUID:
        return UUID(self.holders[turn % len(self.holders)][0].citizen["person_id"])

    async def ask(self, caller: Caller, *claims: Claims) -> Verified:
        return await self.verifications.verify(caller, claims, disclosure=Disclosure())


@pytest.fixture
async def desk(database: Database, world: World) -> Desk:
    worlds = [world, *[await open_world(world.api) for _ in range(2)]]
    return Desk(database, [(one, await certified(database, one)) for one in worlds])


async def recorded(superuser: asyncpg.Connection, *callers: Caller) -> dict[str, asyncpg.Record]:
    rows = await superuser.fetch(RECORDED, [caller.request_id for caller in callers])
    assert len({row["request_id"] for row in rows}) == len(rows)  # one record a request
    return {row["request_id"]: row for row in rows}


async def outcomes_of(asked: Sequence[Awaitable[Verified]]) -> list[str]:
    """The first outcome of each answer, or the kind of refusal."""
    answers = await asyncio.gather(*asked, return_exceptions=True)
    return [type(one).__name__ if isinstance(one, BaseException) else one.results[0].outcome.value for one in answers]


async def test_many_at_once_are_answered_right_and_each_leaves_its_record(
    desk: Desk, superuser: asyncpg.Connection
) -> None:
    callers = [desk.caller(("verifying_portal", "county_officer", "provider")[turn % 3]) for turn in range(MANY)]
    claims = [desk.rightly(turn) if turn % 4 else desk.wrongly(turn) for turn in range(MANY)]

    outcomes = await outcomes_of([desk.ask(caller, claim) for caller, claim in zip(callers, claims, strict=True)])

    assert outcomes == [Outcome.IN_FORCE if turn % 4 else Outcome.NO_MATCH for turn in range(MANY)]
    records = await recorded(superuser, *callers)
    shown = [(desk.person(turn),) if turn % 4 else () for turn in range(MANY)]
    assert [tuple(records[caller.request_id]["person_ids"]) for caller in callers] == shown
    assert [records[caller.request_id]["actor_id"] for caller in callers] == [caller.subject for caller in callers]


async def test_those_who_come_together_share_transactions(desk: Desk, superuser: asyncpg.Connection) -> None:
    callers = [desk.caller() for _ in range(MANY)]

    await outcomes_of([desk.ask(caller, desk.rightly()) for caller in callers])

    shared = await superuser.fetchval(MOMENTS, [caller.request_id for caller in callers])
    assert shared <= MANY // MAX_SHARERS + 2


async def test_who_was_just_answered_shares_the_next_transaction_with_who_waited(
    desk: Desk, superuser: asyncpg.Connection
) -> None:
    callers = [[desk.caller() for _ in range(ROUNDS)] for _ in range(ASKERS)]

    async def goes_on_asking(own: list[Caller]) -> None:
        for caller in own:
            await desk.ask(caller, desk.rightly())

    first = asyncio.create_task(goes_on_asking(callers[0]))
    await asyncio.sleep(0)
    while desk.verifications._waiting:  # noqa: ASYNC110 - until the first one's transaction is under way
        await asyncio.sleep(0)
    await asyncio.gather(first, *map(goes_on_asking, callers[1:]))

    shared = await superuser.fetchval(MOMENTS, [caller.request_id for own in callers for caller in own])
    assert shared <= ROUNDS + 2  # and not two by turns


async def test_answers_come_in_the_order_of_the_questions(desk: Desk) -> None:
    claims = [desk.rightly(0), desk.wrongly(1), desk.rightly(2), desk.wrongly(0), desk.rightly(1)]

    verified = await desk.ask(desk.caller(), *claims)

    assert [result.outcome for result in verified.results] == [
        Outcome.IN_FORCE,
        Outcome.NO_MATCH,
        Outcome.IN_FORCE,
        Outcome.NO_MATCH,
        Outcome.IN_FORCE,
    ]


async def test_an_unknown_number_and_a_wrong_name_answer_alike(desk: Desk) -> None:
    _, known = desk.holders[0]
    unknown = CertificateNumber.of(
        CitizenNumber.of(region="990997", born_on=known.citizen_number.born_on, sequence=997),
        category=known.category,
        grade=known.grade,
    )

    wrong = await desk.ask(desk.caller(), desk.wrongly())
    never_seen = await desk.ask(desk.caller(), Claims(number=unknown, name="样本"))

    assert wrong == never_seen


@pytest.mark.parametrize("place", [0, 31, 63, -1], ids=["first", "in the middle", "last", "of the next transaction"])
async def test_a_refused_caller_is_refused_alone(desk: Desk, superuser: asyncpg.Connection, *, place: int) -> None:
    revoked, closed, unappointed = (f"token-{uuid4().hex}" for _ in range(3))
    await superuser.execute("INSERT INTO revocation (token_id, expires_at) VALUES ($1, now() + '1 day')", revoked)
    refused = [
        (desk.caller(token_id=revoked), CallerUnknown),
        (desk.caller(token_id=closed, subject=uuid4()), CallerUnknown),
        (desk.caller(token_id=unappointed, roles=frozenset({Role.COUNTY_OFFICER})), Forbidden),
    ]
    callers = [desk.caller() for _ in range(MAX_SHARERS)]
    for caller, _ in refused:
        callers.insert(place % len(callers), caller)

    outcomes = await outcomes_of([desk.ask(caller, desk.rightly()) for caller in callers])

    kinds = {caller.token_id: kind.__name__ for caller, kind in refused}
    assert outcomes == [kinds.get(caller.token_id, "in_force") for caller in callers]
    assert len(await recorded(superuser, *callers)) == MAX_SHARERS


async def test_a_transaction_of_refused_callers_only_leaves_nothing(desk: Desk, superuser: asyncpg.Connection) -> None:
    callers = [desk.caller(subject=uuid4()) for _ in range(5)]

    outcomes = await outcomes_of([desk.ask(caller, desk.rightly()) for caller in callers])

    assert set(outcomes) == {"CallerUnknown"}
    assert await recorded(superuser, *callers) == {}
    assert (await desk.ask(desk.caller(), desk.rightly())).results[0].outcome is Outcome.IN_FORCE


async def test_who_leaves_while_waiting_does_not_disturb_the_others(desk: Desk) -> None:
    leaving = [asyncio.create_task(desk.ask(desk.caller(), desk.rightly())) for _ in range(10)]
    staying = [asyncio.create_task(desk.ask(desk.caller(), desk.rightly(turn))) for turn in range(MANY)]
    await asyncio.sleep(0)

    for task in leaving:
        task.cancel()

    assert Counter(await outcomes_of(staying)) == {"in_force": MANY}
    assert all(
        isinstance(done, asyncio.CancelledError) for done in await asyncio.gather(*leaving, return_exceptions=True)
    )


async def test_a_lost_connection_is_told_to_all_and_forgotten(desk: Desk, superuser: asyncpg.Connection) -> None:
    callers = [desk.caller() for _ in range(3 * MAX_SHARERS)]
    asked = [asyncio.create_task(desk.ask(caller, desk.rightly())) for caller in callers]
    await asyncio.sleep(0.001)
    await superuser.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND usename = 'yian_app' AND pid <> pg_backend_pid()"
    )

    outcomes = await outcomes_of(asked)

    assert set(outcomes) <= {"Unavailable", "in_force"}
    answered = [caller for caller, outcome in zip(callers, outcomes, strict=True) if outcome == "in_force"]
    assert len(await recorded(superuser, *answered)) == len(answered)
    assert (await desk.ask(desk.caller(), desk.rightly())).results[0].outcome is Outcome.IN_FORCE


async def test_who_comes_when_too_many_wait_is_told_to_come_again(desk: Desk) -> None:
    asked = [asyncio.create_task(desk.ask(desk.caller(), desk.rightly())) for _ in range(MAX_WAITING + MAX_SHARERS)]
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await desk.ask(desk.caller(), desk.rightly())

    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    worker = desk.verifications._worker
    assert worker
    await worker  # they are let go of, and still looked up in their turn

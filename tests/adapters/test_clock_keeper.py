"""Clocks of all places: two workers do not both draw a consequence, and a changed calendar moves what is open, once."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres.clock_keeper import PostgresClockKeeper
from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.clock import ClockState
from app.services.application import submit_application
from app.services.clock.expiring import expire_clock, expire_due, expire_unanswered, recompute_outdated
from app.services.ports.caller import NOBODY
from app.services.ports.clock import Pointer
from tests.acting import World
from tests.api.care import a_confirmed_need, certified, referred, service_for, service_of
from tests.api.flow import case_of, issued, submitted
from tests.working import a_caller, a_request, own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

VILLAGE = "65/6523/652301/652301104/652301104201"
_DAY_OFF = """
INSERT INTO rule (subject, region_path, value, unit, source, confidence, version, valid_from, valid_to, recorded_at)
VALUES ('calendar.days', $1, $2::jsonb, 'days', '为测试而设', 'high', $3, $4, $5, now())
"""
_LAW = """
INSERT INTO rule (subject, region_path, value, unit, source, confidence, version, valid_from, recorded_at)
VALUES ('clocks.law', $1, $2::jsonb, 'clocks', '为测试而设', 'high', 1, '2018-01-01', now())
"""
_MOVED = "SELECT facts FROM event WHERE name = 'clock.recomputed' AND application_id = $1 ORDER BY position"
_EXPIRED = "SELECT count(*) FROM event WHERE name = 'clock.expired' AND application_id = $1"


@pytest.fixture
async def database(installed: Any) -> AsyncIterator[Database]:
    async with own_database(installed.settings) as opened:
        yield opened


@pytest.fixture
async def no_more_rules(superuser: asyncpg.Connection) -> AsyncIterator[None]:
    """Rules that a test adds are gone after it: others share the database."""
    yield
    await superuser.execute("DELETE FROM rule WHERE source = '为测试而设'")


async def put_forward(superuser: asyncpg.Connection, world: World, *, days: int) -> UUID:
    """Put a client's clock forward without drawing any consequence, as time does; say which clock it is."""
    row = await superuser.fetchrow(
        "UPDATE clock SET offset_seconds = offset_seconds + $2 "
        "WHERE id = (SELECT clock_id FROM client WHERE id = $1) RETURNING id",
        UUID(world.opened["client_id"]),
        days * 86_400,
    )
    return UUID(str(row["id"]))


async def pointers(superuser: asyncpg.Connection, application: dict[str, Any]) -> list[Pointer]:
    rows = await superuser.fetch(
        "SELECT id, region_path, clock_id FROM case_clock WHERE application_id = $1 ORDER BY id",
        UUID(application["id"]),
    )
    return [Pointer(id=row["id"], region=row["region_path"], test_clock_id=row["clock_id"]) for row in rows]


async def test_a_worker_finds_what_is_due_by_each_ones_own_time(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    keeper = PostgresClockKeeper(database)
    theirs = {pointer.id for pointer in await pointers(superuser, application)}
    clock_id = await put_forward(superuser, world, days=20)

    due = [pointer async for pointer in _due(keeper, clock_id)]

    assert {pointer.id for pointer in due} == theirs
    assert {(pointer.region, pointer.test_clock_id) for pointer in due} == {(VILLAGE, clock_id)}


async def _due(keeper: PostgresClockKeeper, clock_id: UUID) -> AsyncIterator[Pointer]:
    after = None
    while page := await keeper.due(test_clock_id=clock_id, after=after, limit=1):
        for pointer in page:
            yield pointer
        after = page[-1].id


async def test_two_workers_draw_each_consequence_once(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    clock_id = await put_forward(superuser, world, days=20)
    keepers = [PostgresClockKeeper(database) for _ in range(4)]

    kept = await asyncio.gather(*(expire_due(keeper, test_clock_id=clock_id) for keeper in keepers))

    assert sum(one.done for one in kept) == 2
    assert await superuser.fetchval(_EXPIRED, UUID(application["id"])) == 2
    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "accepted"
    assert (await expire_due(keepers[0], test_clock_id=clock_id)).done == 0


async def test_an_offer_that_no_provider_answers_expires_once_whoever_looks(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    offer = await referred(world, need, await service_for(world, need))
    early = await expire_unanswered(PostgresClockKeeper(database))
    clock_id = await put_forward(superuser, world, days=15)
    keepers = [PostgresClockKeeper(database) for _ in range(4)]

    kept = await asyncio.gather(*(expire_unanswered(keeper, test_clock_id=clock_id) for keeper in keepers))

    assert offer["id"] not in {str(key) for key in early.failed}
    assert sum(one.done for one in kept) == 1
    read = await world.get("commissioner", f"/v1/referrals/{offer['id']}")
    assert read["stage"] == "expired"
    (event,) = await superuser.fetch(
        "SELECT actor_id, facts FROM event WHERE name = 'referral.expired' AND subject_id = $1", UUID(offer["id"])
    )
    assert event["actor_id"] == NOBODY
    assert (await referred(world, need, service_of(offer)))["id"] != offer["id"]


async def test_a_clock_that_another_transaction_holds_is_left_to_it(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    await put_forward(superuser, world, days=20)
    keeper, (pointer, *_) = PostgresClockKeeper(database), await pointers(superuser, application)

    async with keeper.open_work(pointer, what="expire_clock") as held:
        assert await held.case_clocks.take(pointer.id)
        done = await expire_clock(pointer.id, uow=keeper.open_work(pointer, what="expire_clock"))

    assert done is False


async def test_leaving_in_the_middle_draws_no_consequence(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    await put_forward(superuser, world, days=20)
    keeper, (pointer, *_) = PostgresClockKeeper(database), await pointers(superuser, application)

    async with keeper.open_work(pointer, what="expire_clock") as uow:
        clock = await uow.case_clocks.take(pointer.id)
        assert clock
        await uow.case_clocks.save(clock.expire(on=uow.today)[0])

    assert await superuser.fetchval("SELECT state FROM case_clock WHERE id = $1", pointer.id) == ClockState.RUNNING


async def test_nobody_acts_in_one_place_only(database: Database, world: World, superuser: asyncpg.Connection) -> None:
    application = await submitted(world)
    keeper, (pointer, *_) = PostgresClockKeeper(database), await pointers(superuser, application)
    elsewhere = Pointer(id=pointer.id, region="65/6523/652302", test_clock_id=None)

    async with keeper.open_work(elsewhere, what="expire_clock") as uow:
        assert await uow.case_clocks.take(pointer.id) is None


@pytest.mark.usefixtures("no_more_rules")
async def test_a_changed_calendar_moves_what_is_open_and_says_from_where_to_where_once(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    path = f"/v1/applications/{application['id']}/clocks"
    before = _decision(await world.get("portal", path))
    last_day = date.fromisoformat(before["due_on"])
    off = {"@date": str(last_day)}
    holiday = {"code": "flood", "zh": "防汛", "en": "Flood", "first": off, "last": off}
    await superuser.execute(
        _DAY_OFF,
        VILLAGE,
        json.dumps({"holidays": [holiday], "make_up_days": []}),
        last_day.year,
        date(last_day.year, 1, 1),
        date(last_day.year, 12, 31),
    )
    keeper = PostgresClockKeeper(database)

    kept = await asyncio.gather(recompute_outdated(keeper), recompute_outdated(keeper))
    again = await recompute_outdated(keeper)

    after = _decision(await world.get("portal", path))
    assert date.fromisoformat(after["due_on"]) > last_day
    assert sum(one.done for one in kept) >= 1
    assert again.done == 0
    told = [row["facts"] for row in await superuser.fetch(_MOVED, UUID(application["id"]))]
    assert [(before["due_on"], after["due_on"])] == [
        (fact["old_due_on"], fact["due_on"]) for fact in map(json.loads, told)
    ]
    assert [day["text"] for day in after["days"] if day["on"] == str(last_day)] == ["Flood"]
    events = (await world.get("portal", f"/v1/applications/{application['id']}/events", limit=100))["items"]
    said = [event["text"] for event in events if event["name"] == "clock.recomputed"]
    assert len(said) == 1
    assert before["due_on"] in said[0]
    assert after["due_on"] in said[0]


def _decision(read: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(clock for clock in read["items"][0]["statutory"] if clock["code"] == "decision")
    return found


async def test_nothing_is_outdated_where_nothing_has_changed(database: Database, world: World) -> None:
    caller = a_caller(world, "portal", "submit_application")
    await submit_application(a_request(world), uow=PostgresUnitOfWork(database, caller))
    keeper = PostgresClockKeeper(database)
    await recompute_outdated(keeper)

    assert await keeper.outdated(after=None, limit=10) == []


async def test_what_is_due_is_found_by_an_index(superuser: asyncpg.Connection) -> None:
    await superuser.execute("SET enable_seqscan = off")
    try:
        plan = await superuser.fetch(
            "EXPLAIN SELECT id FROM case_clock WHERE state = 'running' AND clock_id IS NULL AND due_on < $1",
            date(2026, 1, 1),
        )
    finally:
        await superuser.execute("RESET enable_seqscan")

    assert "ix_case_clock_due" in "\n".join(row[0] for row in plan)


@pytest.mark.usefixtures("no_more_rules")
async def test_a_benefit_counts_as_granted_where_a_rule_of_the_place_says_so_and_by_nobody(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    limit = {
        "code": "joint_decision",
        "zh": "作出决定",
        "en": "To decide",
        "cases": ["benefit"],
        "starts_with": ["accept"],
        "ends_with": ["grant"],
        "limit_rule": "procedure.decision",
        "on_expiry": "deemed_granted",
    }
    law = json.dumps({"limits": [limit]}, ensure_ascii=False)
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, "living_subsidy")
    await superuser.execute(_LAW, VILLAGE, law)
    await world.step("township_officer", case, "acceptance")

    await world.advance(days=60)

    read = await world.get("civil_affairs", case)
    assert (read["stage"], read["granted"]["amount_fen"]) == ("granted", 14_000)
    assert "procedure.decision@CN#1" in read["rule_versions"]
    decisions = await world.get("civil_affairs", "/v1/decisions", case_id=case.rpartition("/")[2])
    assert [(one["outcome"], one["decided_on"] is not None) for one in decisions["items"]] == [("deemed_granted", True)]

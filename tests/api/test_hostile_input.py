"""Hostile values where they go deepest: into requests that would otherwise be done, down to the database and back.

Everything is rehearsed: each transaction is run to its end and then taken back, so that the next value finds the same
moment. `test_hostile.py` sends the same corpus to every operation from outside.
"""

import json
import os
from collections import Counter
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import asyncpg
import httpx
import pytest

from app.adapters.postgres.database import Database
from app.api.problems import registry
from app.domain.duplicate import NotComparedYet
from tests.acting import World
from tests.api import hostile
from tests.api.bulk import a_worker
from tests.api.duplicates import compared_here
from tests.api.journey import journey
from tests.api.moments import Moment
from tests.api.stage import Stage
from tests.working import Footprint

pytestmark = [pytest.mark.anyio, pytest.mark.database]

EVERY = int(os.environ.get("YIAN_TEST_HOSTILE_EVERY", "29"))
"""Every how-manieth value goes into each field; each field begins with another one, and 1 is all."""


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        yield database


async def send(world: World, moment: Moment, body: bytes) -> httpx.Response:
    typed = {"Content-Type": "application/json"}
    return await world.call(moment.who, moment.method, moment.path, content=body, version=moment.version, headers=typed)


async def test_no_value_breaks_what_would_otherwise_be_done(
    rehearsing: httpx.AsyncClient,
    world: World,
    stage: Stage,
    *,
    worker: Database,
    superuser: asyncpg.Connection,
    record_property: Any,
) -> None:
    there, turn, statuses, broken = World(rehearsing, world.opened), count(), Counter[int](), list[str]()
    values, seen = list(hostile.VALUES.items()), set[str]()

    async for moment in journey(world, worker):
        seen.add(moment.operation)
        before = await Footprint.taken(superuser)
        control = await send(there, moment, json.dumps(moment.body).encode())
        if NotComparedYet.code in control.text:  # somebody is compared first, and no rehearsal keeps that
            await compared_here(world)
            before = await Footprint.taken(superuser)
            control = await send(there, moment, json.dumps(moment.body).encode())
        assert control.is_success, (moment, control.text)
        for pointer, body in hostile.spoilt(moment.body, {}):
            for name, value in values[next(turn) % EVERY :: EVERY]:
                answer = await send(there, moment, hostile.with_value(body, value))
                statuses[answer.status_code] += 1
                if answer.status_code >= 500 or (answer.is_error and answer.json()["code"] not in registry()):
                    broken.append(f"{moment.operation} {pointer} {name}: {answer.status_code} {answer.text[:300]}")
        assert (await Footprint.taken(superuser)).since(before) == {}

    record_property("statuses", dict(statuses))
    assert broken == []
    assert statuses.total() * EVERY > 15_000
    assert statuses[422] > 0 < statuses[200] + statuses[201]
    assert seen == {name for name, probe in stage.probes.items() if probe.body}


async def test_whatever_is_refused_leaves_nothing(stage: Stage, superuser: asyncpg.Connection) -> None:
    values, turn, refused = list(hostile.VALUES.values()), count(), Counter[int]()
    before = await Footprint.taken(superuser)
    for operation, probe in stage.probes.items():
        method, path, request = probe.sent(stage.scene)
        token = stage.register.token_of(stage.somebody_for(operation), operation)
        headers = request["headers"] | {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        for pointer, body in hostile.spoilt(request["json"], {}) if "json" in request else ():
            value = values[next(turn) * 7 % len(values)]
            answer = await stage.api.request(method, path, headers=headers, content=hostile.with_value(body, value))
            after = await Footprint.taken(superuser)
            refused[answer.status_code] += answer.is_error
            assert answer.is_success or after == before, (operation, pointer, value, after.since(before))
            before = after

    assert refused.total() > 50

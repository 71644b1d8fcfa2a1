"""The serving process is killed under load: what was acknowledged is there, and nothing is there twice."""

import asyncio
import os
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.domain.shared.identity import CitizenNumber
from tests.acting import World
from tests.api.flow import an_application
from tests.faults.serving import serving
from tests.working import Footprint

pytestmark = [pytest.mark.anyio, pytest.mark.database, pytest.mark.slow]

CLIENTS = 12
ROUNDS = int(os.environ.get("YIAN_TEST_KILLS", "1"))
ENOUGH = 15
BORN = date(1900, 1, 1)
NUMBERS = count()


@dataclass
class Sent:
    """A submission with its key, and what was answered if anybody was left to answer."""

    key: str
    body: dict[str, Any]
    answer: httpx.Response | None = None


def a_newcomer(world: World) -> Sent:
    """An application for somebody whom nobody has seen before."""
    number = next(NUMBERS)
    identity = CitizenNumber.of(
        region="990996", born_on=BORN + timedelta(days=number // 900), sequence=number % 900 + 1
    )
    body = an_application(world)
    body["applicant"]["citizen_number"] = identity.value
    return Sent(uuid4().hex, body)


async def submitting(world: World, sent: list[Sent], *, enough: asyncio.Event) -> None:
    """Submit one after the other, until nobody answers; say when enough has been acknowledged."""
    while True:
        sent.append(a_newcomer(world))
        try:
            one = sent[-1]
            one.answer = await world.call("portal", "POST", "/v1/applications", json=one.body, key=one.key)
        except httpx.TransportError:
            return
        if sum(done.answer is not None for done in sent) >= ENOUGH:
            enough.set()


@pytest.mark.parametrize("_round", range(ROUNDS))
async def test_what_was_acknowledged_survives_and_nothing_is_there_twice(
    installed: Any, world: World, superuser: asyncpg.Connection, *, tmp_path: Path, _round: int
) -> None:
    sent, enough = list[Sent](), asyncio.Event()
    before = await Footprint.taken(superuser)

    async with serving(installed, tmp_path) as (process, client):
        there = World(client, world.opened)
        clients = [asyncio.create_task(submitting(there, sent, enough=enough)) for _ in range(CLIENTS)]
        await enough.wait()
        process.kill()
        await asyncio.gather(*clients)

    for one in sent:
        again = await world.call("portal", "POST", "/v1/applications", json=one.body, key=one.key)
        assert again.status_code == 201, again.text
        if one.answer is not None:
            assert (one.answer.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
            assert one.answer.content == again.content
    left = (await Footprint.taken(superuser)).since(before)
    assert left["application"] == left["person"] == left["receipt"] == left["idempotency_key"] == len(sent)
    assert left["event"] == left["log_leaf"] == 6 * len(sent)

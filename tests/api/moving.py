"""Moves of homes, as tests need them: a county next door at work, and somebody who moves there."""

from typing import Any
from uuid import UUID

import asyncpg
from fastapi import FastAPI

from app.domain.shared.access import Role
from tests.acting import World
from tests.api.actors import Register
from tests.api.care import today

THERE, THERE_PATH = "652302199201", "65/6523/652302/652302199/652302199201"
COUNTY_THERE = "65/6523/652302"
NEIGHBOURS = {
    "there_commissioner": (Role.COMMISSIONER, THERE_PATH),
    "there_township": (Role.TOWNSHIP_OFFICER, "65/6523/652302/652302199"),
    "there_county": (Role.COUNTY_OFFICER, COUNTY_THERE),
}


async def with_neighbours(world: World, *, app: FastAPI, superuser: asyncpg.Connection) -> World:
    """The same world, in which the offices of another county are at work as well."""
    register = Register(superuser, app.state.ports.tokens, UUID(world.opened["client_id"]))
    for who, (role, region) in NEIGHBOURS.items():
        account = await register.account()
        await register.appoint(account, role, region=region, organisation="neighbour_federation")
        world.opened["tokens"][who] = register.token(account, role)
        world.opened["accounts"][who] = str(account)
    return world


def home_of(world: World) -> str:
    """Where the citizen is found."""
    return f"/v1/persons/{world.citizen['person_id']}"


async def moves(world: World, who: str = "township_officer", **changes: Any) -> Any:
    """The answer to a move of the citizen to the county next door, today."""
    body = {"region_code": THERE, "moved_on": str(await today(world)), "source": "counter"}
    return await world.try_step(who, home_of(world), "residence-moves", body | changes)


async def sees(world: World, who: str, path: str) -> int:
    """What comes of reading something."""
    return (await world.call(who, "GET", path)).status_code

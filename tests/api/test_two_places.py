"""Somebody who lives in one place and is registered in another belongs to both, for each who asks about the person."""

from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.domain.shared.access import Role
from app.domain.shared.authz import PersonField
from tests.acting import World
from tests.api.actors import PLACES, Register

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HOME, REGISTERED, ELSEWHERE = (PLACES[name] for name in ("the own village", "another county", "another township"))
FOUND = {HOME: True, REGISTERED: True, ELSEWHERE: False}


@pytest.fixture
async def register(app: FastAPI, superuser: asyncpg.Connection, world: World) -> Register:
    await superuser.execute(
        "UPDATE person SET region_path = $2, registration_path = $3 WHERE id = $1",
        UUID(world.citizen["person_id"]),
        HOME,
        REGISTERED,
    )
    return Register(superuser, app.state.ports.tokens, UUID(world.opened["client_id"]))


async def asking(register: Register, role: Role, place: str) -> dict[str, str]:
    account = await register.account()
    await register.appoint(account, role, region=place, organisation="county_federation")
    return {"Authorization": f"Bearer {register.token(account, role)}"}


@pytest.mark.parametrize("place", FOUND)
async def test_an_officer_of_either_place_is_shown_the_person(
    api: httpx.AsyncClient, world: World, register: Register, *, place: str
) -> None:
    headers = await asking(register, Role.TOWNSHIP_OFFICER, place)

    answer = await api.get(f"/v1/persons/{world.citizen['person_id']}", headers=headers)

    assert answer.status_code == (200 if FOUND[place] else 404)
    assert len(answer.json().get("disclosed", ())) == (len(PersonField) if FOUND[place] else 0)


@pytest.mark.parametrize("place", FOUND)
@pytest.mark.parametrize("by", ["citizen_number", "name"])
async def test_an_officer_of_either_place_finds_the_person(
    api: httpx.AsyncClient, world: World, register: Register, *, place: str, by: str
) -> None:
    headers = await asking(register, Role.COUNTY_OFFICER, place)

    answer = await api.post("/v1/person-searches", json={by: world.citizen[by]}, headers=headers)

    assert (world.citizen["person_id"] in answer.text) is FOUND[place]


@pytest.mark.parametrize("place", FOUND)
async def test_an_auditor_of_either_place_reads_who_was_shown_the_person(
    api: httpx.AsyncClient, world: World, register: Register, *, place: str
) -> None:
    headers = await asking(register, Role.AUDITOR, place)

    answer = await api.get("/v1/access-records", params={"person_id": world.citizen["person_id"]}, headers=headers)

    assert answer.status_code == (200 if FOUND[place] else 404)

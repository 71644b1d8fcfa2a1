"""A need and thousands of services for it, so that matching can be measured: written as the sandbox writes its own."""

import asyncio
import json
from dataclasses import replace
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import asyncpg
import httpx

from app.adapters.postgres import statements
from app.adapters.postgres.catalogue import to_row
from app.adapters.postgres.tables import ServiceRow
from app.sandbox.authority import sandbox_id
from app.sandbox.catalogue import COUNTED_AT, services
from app.sandbox.demo.care import BARTHEL, NEED

SERVICES = 2_000
AT_ONCE = 500


def crowd_the_catalogue(dsn: str) -> None:
    """Write so many services that meet the one need, by the owner's hand."""
    asyncio.run(_crowd(dsn))


async def _crowd(dsn: str) -> None:
    like = cycle(service for service in services() if NEED in service.meets)
    many = [
        to_row(
            replace(service, id=sandbox_id("service", f"bench-{number}"), waiting_days=number % 120),
            modified_at=COUNTED_AT,
        )
        for number, service in enumerate(islice(like, SERVICES))
    ]
    connection = await asyncpg.connect(dsn)
    await connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    try:
        for first in range(0, SERVICES, AT_ONCE):
            rows = many[first : first + AT_ONCE]
            sql = statements.insert(ServiceRow, len(rows), 1)
            await connection.execute(sql, *statements.parameters(ServiceRow, rows))
    finally:
        await connection.close()


def a_confirmed_need(port: int) -> tuple[str, str]:
    """Have a need assessed and confirmed; the commissioner's token and the need's id."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        opened = client.post("/v1/sandbox/clients").raise_for_status().json()
        token: str = opened["tokens"]["commissioner"]
        client.headers["Authorization"] = f"Bearer {token}"
        assessment = _posted(client, "/v1/assessments", _assessment(opened["citizen"]["person_id"]))
        need = next(need for need in assessment["needs"] if need["code"] == NEED)
        client.headers["If-Match"] = f'"{need["version"]}"'
        confirmed = _posted(client, f"/v1/needs/{need['id']}/confirmation", {})
        return token, confirmed["id"]


def _assessment(person_id: str) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "instrument": "barthel",
        "method": "home_visit",
        "purpose": "needs",
        "answers": BARTHEL,
    }


def _posted(client: httpx.Client, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = client.post(path, json=body, headers={"Idempotency-Key": uuid4().hex})
    said: dict[str, Any] = answer.raise_for_status().json()
    return said

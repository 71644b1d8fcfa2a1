"""Who is to be surveyed is told as a list of ids, only at work, and only of the caller's own areas."""

from collections.abc import AsyncIterator, Callable
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate, survey
from app.adapters.postgres.reach import BEGINNING
from app.adapters.postgres.roles import APP
from app.domain.shared.authz import Reach

pytestmark = [pytest.mark.anyio, pytest.mark.database]

COUNTY = "66/6699/669901"
VILLAGE, NEXT, ELSEWHERE = f"{COUNTY}/1/11", f"{COUNTY}/1/12", "66/6699/669902/1/11"
"""A county of this test's own."""
ON = date(2026, 11, 26)
_PERSON = """
INSERT INTO person (id, region_path, registration_path, birth_date, sex, preferred_format, preferred_language, version)
VALUES ($1, $2, $2, '1905-05-05', 1, 'standard', 'zh-CN', 1)
"""
_ENTRY = """
INSERT INTO uncertified_entry
    (id, person_id, region_path, owner_id, reason, stage, opened_on, next_contact_on, detail_cipher, version)
SELECT $1, $1, $2, min(o.id::text)::uuid, 'unaware', 'open', '2026-01-01', '2026-01-01', '', 1 FROM organisation o
"""
_POPULATION = "SELECT person_id FROM population_of($1, 'uncertified', $2)"


@pytest.fixture
async def service(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    """The service's role in a transaction that leaves nothing, in which three people are on the ledger."""
    connection = await asyncpg.connect(superuser_dsn("postgres"))
    transaction = connection.transaction()
    await transaction.start()
    for number, place in enumerate((VILLAGE, NEXT, ELSEWHERE), start=1):
        await connection.execute(_PERSON, UUID(int=number), place)
        await connection.execute(_ENTRY, UUID(int=number), place)
    await connection.execute(f"SET LOCAL ROLE {APP}")
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.mark.parametrize(
    ("area", "reach", "expected"),
    [
        (COUNTY, Reach.CASES, {1, 2}),
        (VILLAGE, Reach.CASES, {1}),
        (COUNTY, Reach.INTAKE, set()),
        ("66/6699/66990", Reach.CASES, set()),
    ],
)
async def test_only_people_of_the_callers_areas_are_told_and_only_at_work(
    service: asyncpg.Connection, *, area: str, reach: Reach, expected: set[int]
) -> None:
    await gate.step_in(service, reach=reach, areas=f'{{"{area}/"}}', today=str(ON))

    told = await service.fetch(_POPULATION, ["66"], ON)

    assert {row["person_id"].int for row in told} == expected


async def test_a_round_lists_everybody_once_however_many_are_listed_at_once(service: asyncpg.Connection) -> None:
    await gate.step_in(service, reach=Reach.CASES, areas=f'{{"{COUNTY}/"}}', today=str(ON))
    opened = uuid4()
    await service.execute(
        "INSERT INTO survey_round (id, region_path, population, stage, opens_on, detail, version) "
        "VALUES ($1, $2, 'uncertified', 'open', $3, '{}', 1)",
        opened,
        COUNTY,
        ON,
    )
    asked = (opened, COUNTY, "uncertified", ON)

    first = await service.fetchrow(survey.ENLIST, *asked, BEGINNING, 1)
    second = await service.fetchrow(survey.ENLIST, *asked, first["last"], 1)
    third = await service.fetchrow(survey.ENLIST, *asked, second["last"], 1)

    assert [(row["listed"], row["last"].int) for row in (first, second)] == [(1, 1), (1, 2)]
    assert third is None

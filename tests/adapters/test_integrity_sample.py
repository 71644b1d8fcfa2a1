"""The lot of a month: drawn once a county with a seed sealed before, into files to read and grants to look at again."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from typing_extensions import override

from app.adapters.postgres import gate
from app.adapters.postgres.benefit import BENEFIT_CASES
from app.adapters.postgres.database import Database
from app.adapters.postgres.draw_keeper import PostgresDrawKeeper
from app.adapters.postgres.integrity_keeper import PostgresIntegrityKeeper
from app.adapters.postgres.referral import REFERRALS
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.benefit import Grant, Stage
from app.domain.draw import commitment_of
from app.domain.integrity import Concluded, Files, Period, Sampling, drawn
from app.services.draw import publish_ahead
from app.services.integrity_work import draw_sample
from app.services.ports.draw import Series
from app.services.ports.integrity import Office
from tests.api.bulk import a_worker
from tests.builders import a_benefit_case
from tests.builders.referral import a_referral
from tests.concluded import COUNTY, PERSON, add_row, forget, store

pytestmark = [pytest.mark.anyio, pytest.mark.database]

MONTH = Period.over_by(datetime.now(UTC).date(), months=1)
OFFICE = Office(UUID(int=0x0FF1CE), COUNTY)
ORGANISATION = """
INSERT INTO organisation (id, kind, name, name_en, region_path, categories)
VALUES ($1, 'federation', '样本县残联', 'Sample federation', $2, '[]')
"""
PERMANENT = """
UPDATE certificate_case SET detail = jsonb_set(detail, '{conclusion,course}', '"permanent"') WHERE id = $1
"""
ENDED = """
UPDATE benefit_case SET detail = jsonb_set(detail, '{granted,last_month}', to_jsonb($2::text)) WHERE id = $1
"""
RECHECKS = "SELECT case_id, trigger, stage FROM recheck WHERE region_path LIKE '99/9902%'"


class OneOffice(PostgresDrawKeeper):
    """A keeper of the series of one office."""

    @override
    async def series(self) -> list[Series]:
        return [Series(OFFICE.organisation_id, OFFICE.county, 0)]


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        yield database


@pytest.fixture
async def county(superuser: asyncpg.Connection, worker: Database) -> AsyncIterator[asyncpg.Connection]:
    """A county with an office that has committed to seeds, and forty conclusions of the month."""
    await forget(superuser)
    await superuser.execute(ORGANISATION, OFFICE.organisation_id, COUNTY)
    await publish_ahead(OneOffice(worker))
    await store(superuser, [_concluded(number) for number in range(40)])
    yield superuser
    await forget(superuser)


def _concluded(number: int) -> Concluded:
    return Concluded(
        case_id=uuid4(),
        doctors=(UUID(int=0x9001), UUID(int=0x9002)),
        institution=UUID(int=0x8001),
        village=f"{COUNTY}/990201001/990201001001",
        category=None,
        grade=None,
        applied_on=MONTH.first - timedelta(days=20),
        concluded_on=MONTH.first + timedelta(days=number % 28),
    )


def a_night(worker: Database) -> PostgresUnitOfWork:
    return PostgresIntegrityKeeper(worker).open_work(COUNTY, what="draw_sample")


async def granted(connection: asyncpg.Connection, person: UUID) -> UUID:
    """A grant that runs, of somebody whose application nobody needs here."""
    case = replace(
        a_benefit_case(Stage.GRANTED),
        id=uuid4(),
        person_id=person,
        region=COUNTY,
        granted=Grant(first_month=MONTH.first),
    )
    async with connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await add_row(connection, "benefit_case", BENEFIT_CASES.to_row(case))
    return case.id


async def sample_of(worker: Database) -> Any:
    async with a_night(worker) as uow:
        alarm = (await uow.integrity_alarms.select("region_path = $1 AND kind = 'random_sample'", COUNTY))[0]
    return alarm.sample


async def test_a_fiftieth_of_the_month_is_drawn_once_and_anybody_can_draw_it_again(
    worker: Database, county: asyncpg.Connection
) -> None:
    first = await draw_sample(OFFICE, uow=a_night(worker))
    second = await draw_sample(OFFICE, uow=a_night(worker))

    assert (first, second) == (1, 0)
    sample, lot = await sample_of(worker), (await sample_of(worker)).lots[0]
    assert sample.commitment == commitment_of(bytes.fromhex(sample.seed))
    assert sample.published_at < sample.drawn_at
    row = await county.fetchrow("SELECT commitment, taken_at FROM draw_commitment WHERE id = $1", sample.draw_id)
    assert (row["commitment"], row["taken_at"] is not None) == (sample.commitment, True)
    listed = await county.fetch("SELECT id FROM certificate_case WHERE region_path LIKE '99/9902%'")
    assert lot.total == len(listed) == 40
    assert drawn([row["id"] for row in listed], key=lot.key, sampling=Sampling(per_mille=20, at_least=1)) == lot.drawn


async def test_grants_that_are_drawn_are_looked_at_again_and_go_on(
    worker: Database, county: asyncpg.Connection
) -> None:
    person = uuid4()
    await county.execute(PERSON, person, COUNTY)
    case_id = await granted(county, person)
    before = await county.fetchval("SELECT detail::text FROM benefit_case WHERE id = $1", case_id)

    await draw_sample(OFFICE, uow=a_night(worker))

    assert [tuple(row) for row in await county.fetch(RECHECKS)] == [(case_id, "random_sample", "open")]
    assert (await sample_of(worker)).of(Files.GRANTS) == (case_id,)
    after = await county.fetchval("SELECT detail::text FROM benefit_case WHERE id = $1", case_id)
    assert json.loads(after) == json.loads(before)


async def delivered(connection: asyncpg.Connection, person: UUID) -> UUID:
    """A record of the month, by a referral that is not needed here but for its id."""
    referral, key = replace(a_referral(), id=uuid4(), person_id=person, region=COUNTY), uuid4()
    record = {"id": key, "referral_id": referral.id, "person_id": person, "region_path": COUNTY}
    record |= {"service_id": referral.service_id, "provider_id": referral.provider_id, "delivered_on": MONTH.first}
    async with connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await add_row(connection, "referral", REFERRALS.to_row(referral))
        await add_row(connection, "delivery", record | {"amount": 2, "unit": "hour", "is_checked": True})
    return key


async def test_the_lot_falls_on_deliveries_too_and_an_officer_is_to_look(
    worker: Database, county: asyncpg.Connection
) -> None:
    person = uuid4()
    await county.execute(PERSON, person, COUNTY)
    key = await delivered(county, person)

    await draw_sample(OFFICE, uow=a_night(worker))

    found = await county.fetch("SELECT delivery_id, stage FROM inspection WHERE region_path LIKE '99/9902%'")
    assert [tuple(row) for row in found] == [(key, "open")]
    assert (await sample_of(worker)).of(Files.DELIVERIES) == (key,)


async def test_whoever_has_a_permanent_condition_is_not_on_the_list(
    worker: Database, county: asyncpg.Connection
) -> None:
    case = await county.fetchrow("SELECT id, person_id FROM certificate_case WHERE region_path LIKE '99/9902%' LIMIT 1")
    await county.execute(PERMANENT, case["id"])
    await granted(county, case["person_id"])

    await draw_sample(OFFICE, uow=a_night(worker))

    assert await county.fetch(RECHECKS) == []
    assert (await sample_of(worker)).lots[1].total == 0


async def test_a_grant_that_ended_is_not_on_the_list(worker: Database, county: asyncpg.Connection) -> None:
    person = uuid4()
    await county.execute(PERSON, person, COUNTY)
    case_id = await granted(county, person)
    ended = (
        "UPDATE benefit_case SET detail = jsonb_set(detail, '{granted,last_month}', to_jsonb($2::text)) WHERE id = $1"
    )
    await county.execute(ended, case_id, str(MONTH.first))

    await draw_sample(OFFICE, uow=a_night(worker))

    assert await county.fetch(RECHECKS) == []


async def test_a_worker_that_is_killed_has_opened_no_seed(worker: Database, county: asyncpg.Connection) -> None:
    class Killed(PostgresUnitOfWork):
        @override
        async def commit(self, result: Any) -> Any:
            raise asyncio.CancelledError

    nobody, admit = a_night(worker).caller, gate.by_itself(region=COUNTY, test_clock_id=None)
    with pytest.raises(asyncio.CancelledError):
        await draw_sample(OFFICE, uow=Killed(worker, nobody, admit=admit))

    taken = "SELECT count(*) FROM draw_commitment WHERE organisation_id = $1 AND taken_at IS NOT NULL"
    assert await county.fetchval(taken, OFFICE.organisation_id) == 0
    assert await draw_sample(OFFICE, uow=a_night(worker)) == 1
    assert await county.fetchval(taken, OFFICE.organisation_id) == 1


async def test_without_a_commitment_a_later_night_draws(worker: Database, county: asyncpg.Connection) -> None:
    await county.execute("DELETE FROM draw_commitment WHERE organisation_id = $1", OFFICE.organisation_id)

    assert await draw_sample(OFFICE, uow=a_night(worker)) == 0

    await publish_ahead(OneOffice(worker))
    assert await draw_sample(OFFICE, uow=a_night(worker)) == 1

"""The sums of what came of services are written where nobody acts, and in the place that was looked at."""

from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.matching import Outcomes
from app.domain.shared.errors import Forbidden
from tests.acting import World
from tests.working import a_caller

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_nobody_who_acts_can_better_the_figures_of_a_provider(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    provider = UUID((await world.get("commissioner", "/v1/services"))["items"][0]["organisation_id"])

    for role in ("county_officer", "provider"):
        with pytest.raises(Forbidden):
            async with PostgresUnitOfWork(database, a_caller(world, role, "list_referrals")) as uow:
                await uow.services.keep_outcomes({provider: Outcomes(99, 9900)}, region="65", known_on=uow.today)

    assert not await superuser.fetchval("SELECT count(*) FROM provider_outcome WHERE people = 99")

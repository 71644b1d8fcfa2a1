"""A whole county is told the count of last night, its parts what is so at this moment, and nobody writes a count."""

from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI

from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.archive import ArchiveOf, Checklist
from app.domain.shared.errors import Forbidden
from app.services.archive import count_archives
from app.services.archive.gaps import counted_now
from tests.acting import World
from tests.api.care import today
from tests.api.probes import a_visit, visits_of
from tests.working import a_caller, certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

COUNTY, COUNTY_PATH, VILLAGE = "652301", "65/6523/652301", "652301104201"


async def told(world: World, region: str, who: str = "county_officer", **query: Any) -> dict[str, Any]:
    return await world.get(who, "/v1/reports/archive-gaps", region=region, **query)


def of_village(report: dict[str, Any]) -> dict[str, tuple[int, int]]:
    place = next(one for one in report["places"] if one["region_code"] == VILLAGE)
    return {item["code"]: (item["missing"], item["required"]) for item in place["items"]}


@pytest.fixture
async def counted(app: FastAPI, world: World, superuser: asyncpg.Connection) -> Any:
    """Last night's count, with this world's citizen in it; it is gone afterwards, so that others count anew."""
    await certified(app.state.database, world)
    assert await count_archives(PostgresOfferKeeper(app.state.database)) > 0
    yield world
    await superuser.execute("DELETE FROM archive_count")


async def test_the_count_of_the_night_is_that_of_the_moment_at_which_it_was_made(counted: World) -> None:
    whole, part = await told(counted, COUNTY), await told(counted, VILLAGE)

    assert whole["counted_on"] == part["counted_on"] == str(await today(counted))
    assert of_village(whole) == of_village(part)
    by_township = await told(counted, COUNTY, by="township")
    assert sum(one["people"] for one in by_township["places"]) == sum(one["people"] for one in whole["places"])
    assert len(by_township["places"]) <= len(whole["places"])


async def test_a_county_hears_of_a_visit_the_next_day_and_its_village_at_once(counted: World, app: FastAPI) -> None:
    before = of_village(await told(counted, COUNTY))
    await counted.post("commissioner", visits_of(counted), a_visit(counted))

    assert of_village(await told(counted, COUNTY)) == before
    now = of_village(await told(counted, VILLAGE))
    assert now["visits"][0] == before["visits"][0] - 1
    await count_archives(PostgresOfferKeeper(app.state.database))
    assert of_village(await told(counted, COUNTY)) == now


async def test_an_old_count_or_one_by_another_list_is_not_told(counted: World, superuser: asyncpg.Connection) -> None:
    for change in ("counted_on = counted_on - 2", "checklist = 'archive.person@CN#0'"):
        await superuser.execute(f"UPDATE archive_count SET complete = 9999, {change}")

        report = await told(counted, COUNTY)

        assert all(one["complete"] <= one["people"] for one in report["places"]), change
        assert report["counted_on"] == str(await today(counted))


async def test_no_other_county_hears_of_it_and_nobody_who_acts_writes_a_count(
    counted: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    answer = await counted.call("other_county_officer", "GET", "/v1/reports/archive-gaps", params={"region": COUNTY})
    assert answer.status_code == 403

    caller = a_caller(counted, "county_officer", "report_archive_gaps")
    async with PostgresUnitOfWork(app.state.database, caller) as uow:
        checklist = Checklist.of(ArchiveOf.PERSON, uow.rulebook.at(COUNTY_PATH, uow.today))
        places = (await counted_now(COUNTY_PATH, uow=uow)).places
    with pytest.raises(Forbidden):
        async with PostgresUnitOfWork(app.state.database, caller) as uow:
            await uow.archives.keep_counts("65/6523/652302", places, checklist=checklist, on=uow.today)
    kept = await superuser.fetchval("SELECT count(*) FROM archive_count WHERE region_path ^@ '65/6523/652301'")
    assert kept > 0

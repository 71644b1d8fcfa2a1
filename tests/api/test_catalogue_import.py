"""A table of services is taken over row by row: dry at first, never over what is held unless somebody says so."""

import asyncio
import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from typing_extensions import override

from app.adapters.postgres.job_queue import PostgresJobQueue
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.adapters.texts import YamlTexts
from app.domain.catalogue import ListingUnclear, NotThisService, ScheduleImpossible
from app.domain.shared.identity import OrganisationCode
from app.services.catalogue_import import (
    ELSEWHERE,
    OF_ANOTHER,
    REPEATED,
    ProviderUnknown,
    ServiceTypeUnknown,
)
from app.services.job.work import work_once
from tests.acting import World, open_world
from tests.api.bulk import WORKS, a_worker, worked_off

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HEAD = "key,provider_code,provider_name,code,region_code,name,waiting_days,mode\n"
CENTRE = "13999999MB7777001"


@pytest.fixture
def code() -> str:
    return OrganisationCode.of(CENTRE).value


def a_row(code: str, key: str = "1", **cells: str) -> str:
    usual = {"name": "样本居家照料", "provider": "样本照料中心", "region": "652301", "kind": "CARE-HOME", "days": "7"}
    said = usual | cells
    return ",".join((key, code, said["provider"], said["kind"], said["region"], said["name"], said["days"], "at_home"))


async def imported(
    world: World, installed: Any, *rows: str, who: str = "county_officer", **order: Any
) -> list[dict[str, Any]]:
    """What came of each row."""
    table = {"format": "csv", "text": HEAD + "\n".join(rows) + "\n"}
    job = await world.post(who, "/v1/services/imports", {"input": table, **order})
    async with a_worker(installed) as database:
        await worked_off(database)
    return await results_of(world, job)


async def results_of(world: World, job: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await world.call("county_officer", "GET", f"/v1/jobs/{job['id']}/results", params={"limit": 100})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def test_a_dry_run_tells_and_a_run_brings_in_and_again_it_is_the_same(
    world: World, installed: Any, code: str
) -> None:
    dry = await imported(world, installed, a_row(code), dry_run=True)
    before = await world.call("county_officer", "GET", f"/v1/services/{dry[0]['service_id']}")
    done = await imported(world, installed, a_row(code), a_row(code, "2", name="样本喘息服务"))
    again = await imported(world, installed, a_row(code))

    assert [(one["outcome"], one["provider"]) for one in dry] == [("new", "new")]
    assert before.status_code == 404
    assert [one["outcome"] for one in done] == ["new", "new"]
    assert done[0]["service_id"] == dry[0]["service_id"]
    service = await world.get("county_officer", f"/v1/services/{done[0]['service_id']}")
    assert (service["waiting_days"], service["code"]) == (7, "CARE-HOME")
    assert [(one["outcome"], one["provider"]) for one in again] == [("same", "on_record")]


async def test_what_is_held_is_not_overwritten_unless_the_order_says_so(
    world: World, installed: Any, code: str
) -> None:
    await imported(world, installed, a_row(code))
    other = a_row(code, days="30", provider="另一名称")

    told = await imported(world, installed, other)
    kept = await world.get("county_officer", f"/v1/services/{told[0]['service_id']}")
    dry = await imported(world, installed, other, overwrite=True, dry_run=True)
    done = await imported(world, installed, other, overwrite=True)
    after = await world.get("county_officer", f"/v1/services/{told[0]['service_id']}")
    story = await world.get("county_officer", "/v1/events", name="catalogue.service_changed")

    assert (told[0]["outcome"], kept["waiting_days"]) == ("differs", 7)
    assert told[0]["differs"] == "waiting_days, provider_name"
    assert (told[0]["held"], told[0]["given"]) == ("7; 样本照料中心", "30; 另一名称")
    assert [dry[0]["outcome"], done[0]["outcome"], after["waiting_days"]] == ["changed", "changed", 30]
    assert [one["facts"]["changed"] for one in story["items"]][-1:] == [["waiting_days"]]


async def test_every_row_is_accounted_for(world: World, installed: Any, code: str) -> None:
    ours = (await world.get("county_officer", "/v1/services"))["items"][0]["id"]
    rows = [
        a_row(code),
        a_row(code),
        a_row(code, "2", region="652302"),
        a_row(code, "3", kind="CARE-NOTHING"),
        a_row("12345", "4"),
        a_row(code, "5", days="soon"),
        a_row(code, "6", region="65999"),
    ]

    found = await imported(world, installed, *rows)
    table = {"text": HEAD.replace("mode", "service_id") + a_row(code, "7").replace("at_home", ours) + "\n"}
    job = await world.post("county_officer", "/v1/services/imports", {"input": table})
    async with a_worker(installed) as database:
        await worked_off(database)
    shared = await results_of(world, job)

    assert [one["outcome"] or one["problem_code"] for one in (*found, *shared)] == [
        "new",
        "repeated_service",
        "service_elsewhere",
        "service_type_unknown",
        "invalid_organisation_code",
        "listing_unclear",
        found[6]["problem_code"],
        "service_of_another",
    ]
    assert found[6]["problem_code"] in {"region_not_found", "invalid_region_code"}


async def test_one_sandbox_client_does_not_see_what_another_has_brought_in(
    world: World, installed: Any, code: str
) -> None:
    other_world = await open_world(world.api)
    mine = await imported(world, installed, a_row(code))
    path = f"/v1/services/{mine[0]['service_id']}"

    theirs = await imported(other_world, installed, a_row(code))

    assert (await other_world.call("county_officer", "GET", path)).status_code == 404
    assert theirs[0]["service_id"] != mine[0]["service_id"]
    assert (await world.api.get(f"/v1/hsds/services/{mine[0]['service_id']}")).status_code == 404


class Killed(PostgresUnitOfWork):
    """One that is killed with all its work done, before anything is durable."""

    @override
    async def commit(self, result: Any) -> Any:
        raise asyncio.CancelledError


async def test_a_killed_worker_repeats_its_chunk_and_brings_in_nothing_twice(  # noqa: PLR0917 - fixtures
    world: World, installed: Any, code: str, superuser: asyncpg.Connection
) -> None:
    table = {"format": "csv", "text": HEAD + a_row(code) + "\n"}
    job = await world.post("county_officer", "/v1/services/imports", {"input": table})
    async with a_worker(installed) as database:
        with pytest.raises(asyncio.CancelledError):
            await work_once(queue=PostgresJobQueue(database), open_work=lambda who: Killed(database, who), works=WORKS)
        count = "SELECT count(*) FROM service WHERE detail -> 'name' ->> 'zh' = '样本居家照料' AND clock_id = $1"
        clock = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
        none = await superuser.fetchval(count, clock)
        await superuser.execute("UPDATE job SET leased_until = NULL WHERE id = $1", UUID(job["id"]))
        await worked_off(database)

    results = await results_of(world, job)
    assert (none, await superuser.fetchval(count, clock)) == (0, 1)
    assert [one["outcome"] for one in results] == ["new"]


async def test_only_a_federation_s_officer_lists_services(world: World, code: str) -> None:
    table = {"format": "csv", "text": HEAD + a_row(code) + "\n"}

    for who in ("provider", "commissioner", "civil_affairs", "portal"):
        answer = await world.call(who, "POST", "/v1/services/imports", json={"input": table})
        assert answer.status_code == 403, who


def test_every_problem_of_a_row_is_told_in_words() -> None:
    refusals = (ListingUnclear, NotThisService, ScheduleImpossible, ProviderUnknown, ServiceTypeUnknown)
    codes = {ELSEWHERE, OF_ANOTHER, REPEATED, *(one.code for one in refusals)}

    for language in ("zh-CN", "en"):
        assert {f"row_problem.{code}" for code in codes} <= YamlTexts().codes(language)

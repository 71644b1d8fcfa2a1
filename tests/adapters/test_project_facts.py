"""What rules know of projects: where places are left, and what somebody has or had of one, in both readings."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.adapters.postgres.entitlement_sql import Expressions
from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.entitlement import evaluate, parse
from app.domain.shared.entry import RuleValue
from app.domain.shared.finding import Finding, finding_of
from app.services.facts import known
from app.services.population import keep_facts
from app.services.ports.facts import HeldFacts
from tests.acting import World
from tests.api.care import today
from tests.api.projects import LEFT, enrolled, opened
from tests.builders.rules import HERE
from tests.working import a_caller

pytestmark = [pytest.mark.anyio, pytest.mark.database]
CODE = "TRA-FUEL"


async def held(database: Database, world: World) -> HeldFacts:
    async with PostgresUnitOfWork(database, a_caller(world, "county_officer", "match_services")) as uow:
        return await uow.facts.of(UUID(world.citizen["person_id"]), on=uow.today)


async def readings(
    database: Database, world: World, superuser: asyncpg.Connection, *, rule: RuleValue
) -> tuple[Finding, Finding]:
    """What the domain finds of this world's citizen, and what SQL finds in the facts of last night."""
    node, person = parse(rule, "test"), UUID(world.citizen["person_id"])
    client = UUID(world.opened["client_id"])
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", client)
    await keep_facts(PostgresOfferKeeper(database), test_clock_id=clock_id)
    one = await held(database, world)
    facts = known(one, rules=HERE)
    written = Expressions(one.on, first=2)
    sql = f"SELECT {written.of(node)} FROM person_facts WHERE person_id = $1"
    return evaluate(node, facts), finding_of(await superuser.fetchval(sql, person, *written.values))


async def test_a_quota_is_known_where_a_project_of_the_service_is_open_and_by_both_readings(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    rule: RuleValue = {"kind": "quota_left", "services": (CODE,)}
    terms: dict[str, Any] = {"gives": "service", "services": [CODE], "quota": 1}
    seen = [await readings(database, world, superuser, rule=rule)]

    project = await opened(world, **terms)
    seen.append(await readings(database, world, superuser, rule=rule))
    entry = await enrolled(world, project, valid_to=str(await today(world)))
    seen.append(await readings(database, world, superuser, rule=rule))
    await world.step("county_officer", f"/v1/beneficiaries/{entry['id']}", "end", LEFT)
    seen.append(await readings(database, world, superuser, rule=rule))
    await world.step("county_officer", f"/v1/projects/{project['id']}", "suspension", {"text": "资金未到位。"})
    seen.append(await readings(database, world, superuser, rule=rule))

    expected = [Finding.UNKNOWN, Finding.MET, Finding.NOT_MET, Finding.MET, Finding.UNKNOWN]
    assert seen == [(finding, finding) for finding in expected]


async def test_a_quota_without_the_money_for_one_more_has_no_place_left(database: Database, world: World) -> None:
    project = await opened(world, gives="service", services=["CUL-HOME"], budget_fen=150_000)
    before = (await held(database, world)).places

    await enrolled(world, project)

    after = (await held(database, world)).places
    assert (before["CUL-HOME"], after["CUL-HOME"]) == (True, False)
    await world.step("county_officer", f"/v1/projects/{project['id']}", "closure", {"text": "项目到期。"})


async def test_what_a_project_pays_for_is_received_while_it_runs_and_counts_for_intervals_after_it(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    day = await today(world)
    project = await opened(world, gives="service", services=["HOU"])
    await enrolled(world, project, valid_from=str(day - timedelta(days=20)), valid_to=str(day - timedelta(days=10)))
    interval: RuleValue = {"kind": "interval_since", "benefits": ("HOU",), "months": 6}
    not_receiving: RuleValue = {"not": {"kind": "not_receiving", "benefits": ("HOU",)}}
    ended = await held(database, world)
    since = await readings(database, world, superuser, rule=interval)

    await enrolled(world, project)

    running = await held(database, world)
    assert ("HOU" in ended.receiving, ended.last_received["HOU"]) == (False, day - timedelta(days=10))
    assert since == (Finding.NOT_MET, Finding.NOT_MET)
    assert ("HOU" in running.receiving, running.last_received["HOU"]) == (True, day)
    assert await readings(database, world, superuser, rule=not_receiving) == (Finding.MET, Finding.MET)


async def test_whoever_left_a_project_without_anything_of_it_has_received_nothing(
    database: Database, world: World
) -> None:
    project = await opened(world, gives="service", services=["HOU"])
    entry = await enrolled(world, project)

    await world.step("county_officer", f"/v1/beneficiaries/{entry['id']}", "end", LEFT)

    left = await held(database, world)
    assert ("HOU" in left.receiving, left.last_received.get("HOU", date.min)) == (False, date.min)

"""One rule, two readings: what the domain finds of each person, one statement finds of all of them."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.adapters.postgres.database import Database
from app.adapters.postgres.entitlement_sql import Expressions
from app.adapters.postgres.offer_keeper import PostgresOfferKeeper
from app.adapters.postgres.population import row_of
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.entitlement import Facts, Node, entitlements, evaluate, parse
from app.domain.shared.entry import RuleValue
from app.domain.shared.finding import Finding, finding_of
from app.services.facts import known
from app.services.population import keep_facts
from app.services.ports.population import KnownPerson
from app.tools.bench.projects import asking_of_projects
from tests.acting import World
from tests.builders.rules import HERE
from tests.strategies_rules import DAYS, people, trees
from tests.working import a_caller, certified

pytestmark = pytest.mark.database
SOMEBODY = UUID(int=1)


@dataclass(frozen=True)
class Asker:
    """A connection that tests ask who do not wait themselves."""

    loop: asyncio.AbstractEventLoop
    connection: asyncpg.Connection

    def found(self, node: Node, persons: list[Facts], on: date) -> list[Finding]:
        written = Expressions(on, first=2)
        sql = f"SELECT {written.of(node)} AS is_met FROM jsonb_populate_recordset(NULL::person_facts, $1)"
        rows = [row_of(KnownPerson(person_id=SOMEBODY, facts=facts)) for facts in persons]
        answers = self.loop.run_until_complete(self.connection.fetch(sql, rows, *written.values))
        return [finding_of(row["is_met"]) for row in answers]


@pytest.fixture(scope="module")
def asker(installed: Any) -> Iterator[Asker]:
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(asyncpg.connect(installed.server.dsn("postgres", installed.database)))
    codec = connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)
    loop.run_until_complete(codec)
    yield Asker(loop, connection)
    loop.run_until_complete(connection.close())
    loop.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(value=trees(), data=st.data())
def test_sql_finds_of_any_rule_and_anybody_what_the_domain_finds(
    asker: Asker, value: RuleValue, data: st.DataObject
) -> None:
    on = data.draw(st.sampled_from(DAYS))
    node, persons = parse(value, "test"), data.draw(st.lists(people(on), min_size=1, max_size=8))

    assert asker.found(node, persons, on) == [evaluate(node, facts) for facts in persons]


@pytest.mark.parametrize("on", DAYS)
def test_birthdays_and_intervals_turn_on_the_same_day_in_both_readings(asker: Asker, on: date) -> None:
    days = [date(year, on.month, 1) + timedelta(days=day) for year in (2004, 2005, 2006) for day in range(-3, 33)]
    persons = [
        Facts(on=on, birth_date=day, last_received={"a": day}, residence_region="65", registration_region="65")
        for day in days
    ]
    turning: tuple[RuleValue, ...] = (
        {"kind": "age_between", "at_least": 20},
        {"kind": "age_between", "at_most": 19},
        {"kind": "interval_since", "benefits": ("a",), "months": 246},
    )

    for value in turning:
        node = parse(value, "test")
        assert asker.found(node, persons, on) == [evaluate(node, facts) for facts in persons]


@settings(max_examples=10)
@given(data=st.data())
def test_sql_finds_of_the_whole_catalogue_what_the_domain_finds(asker: Asker, data: st.DataObject) -> None:
    persons = data.draw(st.lists(people(DAYS[0]), min_size=1, max_size=20))

    for one in entitlements(HERE).values():
        root = one.criteria.root
        assert asker.found(root, persons, DAYS[0]) == [evaluate(root, facts) for facts in persons], one.code


@settings(max_examples=10)
@given(data=st.data())
def test_sql_finds_of_every_rule_that_also_asks_of_projects_what_the_domain_finds(
    asker: Asker, data: st.DataObject
) -> None:
    catalogue = entitlements(HERE)
    persons = data.draw(st.lists(people(DAYS[0], services=tuple(catalogue)), min_size=1, max_size=20))

    for one in map(asking_of_projects, catalogue.values()):
        root = one.criteria.root
        assert asker.found(root, persons, DAYS[0]) == [evaluate(root, facts) for facts in persons], one.code


@pytest.mark.anyio
async def test_a_night_lays_side_by_side_what_is_known_of_each_and_the_next_one_in_its_place(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await certified(database, world)
    person = UUID(world.citizen["person_id"])
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    keeper = PostgresOfferKeeper(database)

    kept = [await keep_facts(keeper, test_clock_id=clock_id) for _ in range(2)]

    async with PostgresUnitOfWork(database, a_caller(world, "county_officer", "report_entitlements")) as uow:
        held = await uow.facts.of(person, on=uow.today)
        found = await uow.population.found(
            tuple(entitlements(HERE).values()), region=held.person.region, on=uow.today, clock_id=clock_id
        )
        told = known(held, rules=uow.rulebook.at(held.person.region, uow.today))
    row = await superuser.fetchrow("SELECT row_to_json(f) AS row FROM person_facts f WHERE person_id = $1", person)
    assert kept[0] == kept[1] > 0
    assert row is not None
    assert json.loads(row["row"]) == row_of(KnownPerson(person_id=person, facts=told), clock_id=clock_id)
    assert {sum((one.met, one.not_met, one.unknown)) for one in found.values()} == {found["LAW-HOTLINE"].met}


@pytest.mark.anyio
async def test_the_facts_of_other_places_are_behind_the_wall(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    await keep_facts(PostgresOfferKeeper(database), test_clock_id=clock_id)
    rules = tuple(entitlements(HERE).values())

    async with PostgresUnitOfWork(database, a_caller(world, "other_township_officer", "report_entitlements")) as uow:
        found = await uow.population.found(rules, region="65/6523/652301", on=uow.today, clock_id=clock_id)

    assert found["LAW-HOTLINE"].met == 0


@pytest.mark.anyio
async def test_areas_add_up_to_the_whole_and_who_is_named_is_who_was_counted(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    await certified(database, world)
    clock_id = await superuser.fetchval("SELECT clock_id FROM client WHERE id = $1", UUID(world.opened["client_id"]))
    await keep_facts(PostgresOfferKeeper(database), test_clock_id=clock_id)
    rules, county = tuple(entitlements(HERE).values()), "65/6523/652301"

    async with PostgresUnitOfWork(database, a_caller(world, "county_officer", "list_unserved_people")) as uow:
        place = {"region": county, "on": uow.today, "clock_id": clock_id}
        whole = await uow.population.found(rules, **place)
        areas = await uow.population.found_by_area(rules, depth=4, **place)
        named = {one.code: await uow.population.unserved(one, after=None, limit=50, **place) for one in rules}
        plans = await uow.plans.coverage(region=county, depth=4, clock_id=clock_id)

    assert {one.code: (one.found.met, one.found.not_met) for one in areas if one.found.met} == {
        code: (found.met, found.not_met) for code, found in whole.items() if found.met
    }
    assert {code: len(people) for code, people in named.items()} == {
        code: found.met - found.receiving for code, found in whole.items()
    }
    assert [(one.people, one.planned, set(one.parts.values())) for one in plans] == [(1, 0, {0})]

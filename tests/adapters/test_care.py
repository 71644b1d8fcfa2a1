"""What leads from needs to delivery, as it is kept: round trips, walls, and what reading costs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.postgres import gate
from app.adapters.postgres.aggregates import Kind
from app.adapters.postgres.assessment import ASSESSMENTS, NEEDS
from app.adapters.postgres.catalogue import to_row, to_service
from app.adapters.postgres.database import Database
from app.adapters.postgres.plan import PLANS
from app.adapters.postgres.referral import REFERRALS
from app.adapters.postgres.roles import APP
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.assessment import Silence
from app.domain.plan import PlanStage
from app.domain.referral import ReferralStage
from app.sandbox.catalogue import COUNTED_AT, services
from app.services.matching import Question, match_services
from app.services.plan import get_plan, list_plans
from app.services.referral import get_referral, list_referrals
from tests.acting import World
from tests.api.care import a_confirmed_need, a_plan, certified, referred, service_for, today
from tests.builders import MONDAY
from tests.builders.assessment import a_need as a_domain_need
from tests.builders.assessment import an_assessment
from tests.builders.people import GUARDIAN, GUARDIAN_ID
from tests.builders.plan import drafted
from tests.builders.referral import a_referral as a_domain_referral
from tests.builders.referral import offered
from tests.builders.rules import BARTHEL
from tests.working import a_caller, own_database

WALLED = ("assessment", "need", "plan", "referral")
STATEMENTS = {"match_services": 9, "get_plan": 8, "list_plans": 5, "get_referral": 6, "list_referrals": 6}
"""Begin, gate, record of access, commit, and the thing itself. Besides: for a match the facts, outcomes, the
services that meet the need, and those that are named; for a plan the facts, the needs and the services that it names;
for referrals their services."""

Use = Callable[[PostgresUnitOfWork], Awaitable[Any]]
answers = st.fixed_dictionaries(
    {
        item.code: st.sampled_from(
            [option.code for option in item.options]
            + [silence.value for silence in Silence if silence is not Silence.NOT_ASKED]
        )
        for item in BARTHEL.items
    }
)


def read_back(kind: Kind[Any], aggregate: Any) -> Any:
    """What is read of a row that was written."""
    row = kind.to_row(aggregate)
    return kind.to_aggregate(row)


@given(answers)
def test_an_assessment_is_read_as_it_was_signed(given_answers: dict[str, str]) -> None:
    assessment = an_assessment(BARTHEL, answers=given_answers)

    assert read_back(ASSESSMENTS, assessment) == assessment


@given(words=st.text(max_size=200), version=st.integers(1, 1000))
def test_a_need_is_read_as_it_was_confirmed(words: str, version: int) -> None:
    need = replace(a_domain_need(), words=words, version=version)

    assert read_back(NEEDS, need) == need


def test_a_plan_is_read_as_it_was_agreed_to() -> None:
    plan, _ = drafted()
    agreed, _ = plan.agree(by=GUARDIAN, on=MONDAY, opinion="同意", guardians={GUARDIAN_ID})

    assert read_back(PLANS, agreed) == agreed


@pytest.mark.parametrize("stage", list(ReferralStage))
def test_a_referral_is_read_as_it_was_kept(stage: ReferralStage) -> None:
    referral = a_domain_referral(stage)

    assert read_back(REFERRALS, referral) == referral
    assert read_back(REFERRALS, offered()[0]) == offered()[0]


@pytest.mark.parametrize("service", list(services()), ids=lambda service: service.name.en)
def test_a_service_is_read_as_it_was_written(service: Any) -> None:
    row = to_row(service, modified_at=COUNTED_AT)

    assert to_service(row["detail"]) == service


@pytest.fixture
async def connection(superuser_dsn: Callable[[str], str]) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(superuser_dsn(APP))
    await opened.execute("BEGIN")
    yield opened
    await opened.close()


async def cared_for(world: World) -> dict[str, Any]:
    """This world's citizen with a need, a plan and a referral."""
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    plan = await world.post("commissioner", "/v1/plans", await a_plan(world, need, service))
    return {"need": need, "plan": plan, "referral": await referred(world, need, service)}


@pytest.mark.anyio
@pytest.mark.database
async def test_walls_show_care_to_its_own_place_and_nobody_else(connection: asyncpg.Connection, world: World) -> None:
    person = (await cared_for(world))["plan"]["person_id"]
    seen = {}

    for areas in ("{65/6523/652302/}", "{65/6523/652301/652301104/}"):
        await gate.step_in(connection, reach="cases", areas=areas)
        seen[areas] = [
            await connection.fetchval(f"SELECT count(*) > 0 FROM {table} WHERE person_id = $1", person)
            for table in WALLED
        ]

    assert seen == {"{65/6523/652302/}": [False] * 4, "{65/6523/652301/652301104/}": [True] * 4}


@pytest.mark.anyio
@pytest.mark.database
async def test_the_wall_shows_a_provider_the_referral_and_nothing_of_needs_and_plans(
    connection: asyncpg.Connection, world: World
) -> None:
    referral = (await cared_for(world))["referral"]
    parties = f"{{{referral['provider_id']}}}"
    await gate.step_in(connection, reach="cases", parties=parties, today=str(await today(world)))

    seen = [
        await connection.fetchval(f"SELECT count(*) > 0 FROM {table} WHERE person_id = $1", referral["person_id"])
        for table in WALLED
    ]

    assert seen == [False, False, False, True]


@pytest.mark.anyio
@pytest.mark.database
async def test_reading_care_takes_so_many_statements(installed: Any, world: World) -> None:
    made = await cared_for(world)
    counted: dict[str, int] = {}

    async with own_database(installed.settings, pool_size=1) as database:
        for name, use in uses(made).items():
            for _ in range(2):  # the first time, the driver also asks for types
                counted[name] = await statements(database, use, name=name, world=world)

    assert counted == STATEMENTS


def uses(made: dict[str, Any]) -> dict[str, Use]:
    need, plan, referral = (UUID(made[noun]["id"]) for noun in ("need", "plan", "referral"))
    return {
        "match_services": lambda uow: match_services(Question(need_id=need), uow=uow),
        "get_plan": lambda uow: get_plan(plan, uow=uow),
        "list_plans": lambda uow: list_plans(
            person_id=None, stages=tuple(PlanStage), review_due_by=None, after=None, limit=50, uow=uow
        ),
        "get_referral": lambda uow: get_referral(referral, uow=uow),
        "list_referrals": lambda uow: list_referrals(
            person_id=None, stages=tuple(ReferralStage), after=None, limit=50, uow=uow
        ),
    }


async def statements(database: Database, use: Use, *, name: str, world: World) -> int:
    """How many statements a use case runs, as the driver logs them."""
    seen: list[str] = []

    def note(record: Any) -> None:
        seen.append(record.query)

    async with database.pool.acquire() as connection:
        connection.add_query_logger(note)
    await use(PostgresUnitOfWork(database, a_caller(world, "commissioner", name)))
    await asyncio.sleep(0)  # the loggers are called by the event loop
    async with database.pool.acquire() as connection:
        connection.remove_query_logger(note)
    return len(seen)

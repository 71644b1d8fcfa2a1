"""What reading costs: statements by use case, indexes that lists go by, and transactions that cannot write."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres import household as households
from app.adapters.postgres import person as persons
from app.adapters.postgres.database import Database
from app.adapters.postgres.queries import access_record as access_records
from app.adapters.postgres.queries import event as events
from app.adapters.postgres.reach import within
from app.adapters.postgres.roles import APP
from app.adapters.postgres.unit_of_work import PostgresUnitOfWork
from app.domain.shared.errors import NotFound
from app.domain.shared.identity import CitizenNumber
from app.services.access_record import list_access_records
from app.services.clock import list_application_clocks
from app.services.event import list_application_events, list_events
from app.services.organisation import list_organisations
from app.services.package import Asked, get_package, list_packages
from app.services.person import get_person, search_persons
from app.services.ports.caller import Caller
from app.services.ports.event import BEGINNING
from app.services.ports.receipt import Receipt
from app.services.receipt import get_application_receipt
from app.services.reconciliation import search_applications
from app.services.region import RegionFilter, list_regions
from app.services.report import Period, report_instant_grants, report_ratings, report_visits
from app.services.visit import get_application_visits
from app.services.working_calendar import Span, get_working_calendar
from tests.acting import World, open_world
from tests.api.flow import submitted
from tests.working import a_caller, own_database

pytestmark = [pytest.mark.anyio, pytest.mark.database]

STATEMENTS = {
    "list_regions": 3,
    "list_packages": 3,
    "get_package": 3,
    "get_working_calendar": 3,
    "list_organisations": 4,
    "get_person": 6,
    "search_persons": 5,
    "search_applications": 5,
    "report_visits": 4,
    "report_instant_grants": 4,
    "report_ratings": 4,
    "get_application_visits": 6,
    "get_application_receipt": 7,
    "list_access_records": 6,
    "list_events": 5,
    "list_application_events": 6,
    "list_application_clocks": 6,
}
"""Begin, gate, commit; one for what is read from tables, one for the record of access where a person is shown. Besides:
the household of a person, whether there is such an application, and about whom the register of access is asked."""


class Unsigned:
    """Signs nothing: the statements are counted."""

    def sign(self, receipt: Receipt, *, number: str | None) -> str:
        return f"{receipt.id}"

    def read(self, text: str) -> dict[str, object]:
        return {"jti": text}


Use = Callable[[PostgresUnitOfWork], Awaitable[Any]]


def uses(world: World, application: dict[str, Any]) -> dict[str, Use]:
    person = UUID(world.citizen["person_id"])
    number = CitizenNumber.parse(world.citizen["citizen_number"])
    week = Span(first=date(2026, 1, 1), last=date(2026, 1, 7))
    return {
        "list_regions": lambda uow: list_regions(RegionFilter(), after=None, limit=50, uow=uow),
        "list_packages": lambda uow: list_packages(region_code=None, on=None, uow=uow),
        "get_package": lambda uow: get_package("disability_services", asked=Asked(region_code="652301"), uow=uow),
        "get_working_calendar": lambda uow: get_working_calendar("652301", week, uow=uow),
        "list_organisations": lambda uow: list_organisations(kind=None, after=None, limit=50, uow=uow),
        "get_person": lambda uow: get_person(person, uow=uow),
        "search_persons": lambda uow: search_persons(number, uow=uow),
        "search_applications": lambda uow: search_applications(application["source_number"], uow=uow),
        "report_ratings": lambda uow: report_ratings(Period(first=date(2026, 1, 1), last=date(2026, 12, 31)), uow=uow),
        "report_instant_grants": lambda uow: report_instant_grants(
            Period(first=date(2026, 1, 1), last=date(2026, 12, 31)), region_code=None, uow=uow
        ),
        "report_visits": lambda uow: report_visits(
            Period(first=date(2026, 1, 1), last=date(2026, 12, 31)), region_code=None, uow=uow
        ),
        "get_application_visits": lambda uow: get_application_visits(UUID(application["id"]), uow=uow),
        "get_application_receipt": lambda uow: get_application_receipt(
            UUID(application["id"]), signer=Unsigned(), uow=uow
        ),
        "list_access_records": lambda uow: list_access_records(person, before=None, limit=50, uow=uow),
        "list_events": lambda uow: list_events(prefix="", after=BEGINNING, limit=50, uow=uow),
        "list_application_events": lambda uow: list_application_events(
            UUID(application["id"]), after=0, limit=50, uow=uow
        ),
        "list_application_clocks": lambda uow: list_application_clocks(
            UUID(application["id"]), on=None, item=None, uow=uow
        ),
    }


async def test_each_use_case_takes_so_many_statements(installed: Any, world: World) -> None:
    counted: dict[str, int] = {}
    application = await submitted(world)
    async with own_database(installed.settings, pool_size=1) as database:
        for name, use in uses(world, application).items():
            who = "auditor" if name == "list_access_records" else "county_officer"
            for _ in range(2):  # the first time, the driver also asks for types
                counted[name] = await statements(database, use, caller=a_caller(world, who, name))

    assert counted == STATEMENTS


async def statements(database: Database, use: Use, *, caller: Caller) -> int:
    """How many statements a use case runs, as the driver logs them."""
    seen: list[str] = []

    def note(record: Any) -> None:
        seen.append(record.query)

    async with database.pool.acquire() as connection:
        connection.add_query_logger(note)
    await use(PostgresUnitOfWork(database, caller))
    await asyncio.sleep(0)  # the loggers are called by the event loop
    async with database.pool.acquire() as connection:
        connection.remove_query_logger(note)
    return len(seen)


async def test_a_citizen_who_is_a_party_to_somebody_elses_case_is_not_shown_the_person(
    database: Database, world: World, superuser: asyncpg.Connection
) -> None:
    other = await open_world(world.api)
    person, guardian = other.citizen["person_id"], world.citizen["person_id"]
    await superuser.execute(
        "INSERT INTO party VALUES (gen_random_uuid(), $1, 'citizen', $2, '2026-01-01')", guardian, person
    )

    with pytest.raises(NotFound):
        await get_person(UUID(person), uow=PostgresUnitOfWork(database, a_caller(world, "citizen", "get_person")))


@pytest.mark.parametrize("name", ["list_regions", "get_package", "list_organisations", "check_eligibility"])
async def test_reference_data_is_read_in_a_transaction_that_cannot_write(
    database: Database, world: World, name: str
) -> None:
    async with PostgresUnitOfWork(database, a_caller(world, "portal", name)) as uow:
        state = await uow._session.row("SHOW transaction_read_only")

    assert state is not None
    assert state["transaction_read_only"] == "on"


@pytest.mark.parametrize(
    ("sql", "arguments", "index"),
    [
        (persons._BEARING_NUMBER, "'{65/}', 21, 'cn.citizen_number', '\\x00'", "uq_person_identifier_current"),
        (persons._BEARING_NAME, "'{65/}', 21, '\\x00'", "ix_person_name_name_index"),
        (households._HOUSEHOLD, "'00000000-0000-0000-0000-000000000001', '2026-01-01'", "pk_household_member"),
        (
            access_records._OF_PERSON,
            "'00000000-0000-0000-0000-000000000001', NULL, 51, '{}'",
            "person_ids_idx",
        ),
        (
            events._STORY.format(columns=events._COLUMNS, scope=within(["65"]).condition),
            "'{65,650}', '00000000-0000-0000-0000-000000000001', 0, 51",
            "application_id_position_idx",
        ),
    ],
    ids=["by number", "by name", "household", "access records", "story"],
)
async def test_the_service_goes_by_an_index_behind_its_walls(
    superuser_dsn: Callable[[str], str], *, sql: str, arguments: str, index: str
) -> None:
    connection = await asyncpg.connect(superuser_dsn(APP))
    try:
        async with connection.transaction():
            await gate.step_in(connection, reach="cases")
            await connection.execute(
                "SELECT set_config('enable_seqscan', 'off', true), "
                "set_config('plan_cache_mode', 'force_generic_plan', true)"
            )
            await connection.execute(f"PREPARE asked AS {sql}")
            plan = await connection.fetch(f"EXPLAIN EXECUTE asked ({arguments})")
    finally:
        await connection.close()

    assert index in "\n".join(row[0] for row in plan)

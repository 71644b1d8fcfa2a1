"""Use cases at work in tests, below HTTP: callers whom the database confirms, and a database of one's own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Self
from uuid import UUID, uuid4

import asyncpg

from app.adapters.postgres import gate
from app.adapters.postgres.certificate import PostgresCertificates
from app.adapters.postgres.database import Database
from app.adapters.postgres.session import Session
from app.api.v1.schemas.application import ApplicationCreate
from app.domain.certificate import Certificate, CertificateVersion
from app.domain.shared.access import Role
from app.domain.shared.authz import Reach
from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from app.main import limits_of, open_database
from app.sandbox.authority import sandbox_id
from app.sandbox.clients import CITIZEN_REGION
from app.services.application import Request
from app.services.ports.caller import Caller
from app.settings import Settings
from tests.acting import World
from tests.api.flow import an_application

ROLES = {"second_evaluator": Role.EVALUATOR, "other_provider": Role.PROVIDER, "verifying_portal": Role.PORTAL}
ROLES |= {"prefecture_appeal_officer": Role.APPEAL_OFFICER, "provincial_appeal_officer": Role.APPEAL_OFFICER}
ROLES |= {"second_civil_affairs": Role.CIVIL_AFFAIRS, "second_county_approver": Role.COUNTY_APPROVER}
ROLES |= {"other_township_officer": Role.TOWNSHIP_OFFICER, "other_county_officer": Role.COUNTY_OFFICER}
FEDERATION = sandbox_id("organisation", "county_federation")
LEFT_BEHIND = (
    *("person", "person_name", "person_identifier", "person_contact", "person_key", "person_facts"),
    *("person_duplicate", "person_group", "party", "guardianship", "household_member", "economic_status"),
    *("residence_move", "death_taken_back", "consent"),
    *("application", "application_item", "draft", "evidence", "evidence_request", "upload"),
    *("correction", "confirmation", "offer"),
    *("case_clock", "decision", "review", "receipt"),
    *("certificate", "certificate_version", "certificate_case", "draw", "draw_commitment", "draw_takeover"),
    *(
        "register_import",
        "register_import_named",
        "register_discrepancy",
        "benefit_case",
        "recheck",
        "payment_roll",
        "payment_line",
    ),
    *("assessment", "need", "plan", "referral", "waiting_entry", "rating"),
    *("project", "project_account", "beneficiary"),
    *("delivery", "delivery_finding", "inspection", "complaint", "complaint_question"),
    *("visit", "home_visit", "need_report", "harm_report", "uncertified_entry"),
    *("survey_round", "survey_entry", "survey_finding", "roster", "roster_span", "roster_cell", "archive_document"),
    *("integrity_alarm", "integrity_look"),
    *("job", "job_input", "job_result"),
    *("event", "log_leaf", "access_record", "idempotency_key"),
)
"""Every table in which a request may leave rows."""


def a_caller(world: World, who: str, operation: str, **changes: Any) -> Caller:
    """Somebody of the sandbox, as a token of theirs would claim."""
    told: dict[str, Any] = {
        "subject": UUID(world.account(who)),
        "client_id": UUID(world.opened["client_id"]),
        "roles": frozenset({ROLES.get(who) or Role(who)}),
        "scopes": frozenset[str](),
        "token_id": uuid4().hex,
        "operation": operation,
        "request_id": f"test-{uuid4().hex}",
    }
    return Caller(**(told | changes))


def a_request(world: World, **changes: Any) -> Request:
    """What a portal hands in for this world's citizen, in the words of the use case."""
    return ApplicationCreate.model_validate(an_application(world, **changes)).to_request()


async def certified(database: Database, world: World) -> CertificateNumber:
    """Put a certificate of this world's citizen on the register, and say its number."""
    citizen_number = CitizenNumber.parse(world.citizen["citizen_number"])
    number = CertificateNumber.of(citizen_number, category=Category.PHYSICAL, grade=Grade.FIRST)
    version = CertificateVersion(
        version=1,
        number=number,
        category=number.category,
        components={number.category: number.grade},
        grade=number.grade,
        issued_on=date(2026, 1, 1),
        valid_until=date(2150, 12, 31),
    )
    certificate = Certificate(
        id=uuid4(),
        person_id=UUID(world.citizen["person_id"]),
        region=CITIZEN_REGION,
        accepting_organisation_id=FEDERATION,
        approving_organisation_id=FEDERATION,
        versions=(version,),
    )
    async with database.pool.acquire() as connection, connection.transaction():
        await gate.step_in(connection, reach=Reach.CASES, areas=f"{{{CITIZEN_REGION}/}}")
        session = Session(connection, database)
        await PostgresCertificates(session).add(
            certificate, name=world.citizen["name"], citizen_number=citizen_number, clock_id=None
        )
        await session.flush()
    return number


@asynccontextmanager
async def own_database(settings: Settings, *, pool_size: int = 10) -> AsyncIterator[Database]:
    """A way to the database that no other test shares, so that it may be broken at will; it counts like a server's."""
    smaller = settings.model_copy(update={"pool_size": pool_size})
    opened = await open_database(smaller, limits=limits_of(settings))
    try:
        yield opened
    finally:
        opened.pool.terminate()


class Footprint(dict[str, int]):
    """How many rows each table holds."""

    @classmethod
    async def taken(cls, superuser: asyncpg.Connection) -> Self:
        counts = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in LEFT_BEHIND)
        return cls(await superuser.fetchrow(f"SELECT {counts}"))

    def since(self, before: Mapping[str, int]) -> dict[str, int]:
        """What was left behind in between, table by table."""
        return {table: count - before[table] for table, count in self.items() if count != before[table]}

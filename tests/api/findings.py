"""Findings about deliveries in tests over HTTP: raised here and now, where nobody acts, as the worker does."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.adapters.postgres import gate
from app.adapters.postgres.clock_keeper import PostgresClockKeeper
from app.adapters.postgres.delivery import PostgresDeliveries
from app.adapters.postgres.session import Session
from app.domain.inspection import Inspected, Inspection
from app.domain.shared.authz import Reach
from app.services.clock.expiring import check_recorded
from app.services.ports.clock import Pointer
from tests.acting import World
from tests.api.registers import database_of
from tests.builders.referral import a_finding, a_referral, sessions

VILLAGE = "65/6523/652301/652301104/652301104201"
LOOKED_AT = {"method": "visit", "outcome": "as_recorded", "text": "入户核实，情况属实。"}


async def a_finding_about(world: World, referral: dict[str, Any]) -> str:
    """The id of a finding about a referral of this world's citizen."""
    database = database_of(world)
    finding = a_finding(
        id=database.new_id(),
        person_id=UUID(referral["person_id"]),
        region=VILLAGE,
        referral_id=UUID(referral["id"]),
        service_id=UUID(referral["service_id"]),
        provider_id=UUID(referral["provider_id"]),
    )
    pointer = Pointer(id=finding.id, region=VILLAGE, test_clock_id=None)
    async with PostgresClockKeeper(database).open_work(pointer, what="check_deliveries") as uow:
        uow.delivery_findings.add(finding)
        await uow.commit(None)
    return str(finding.id)


async def an_inspection_of(world: World, referral: dict[str, Any]) -> str:
    """The id of an inspection of a delivery to this world's citizen, as if the lot had fallen on it."""
    database = database_of(world)
    offered = await world.get("commissioner", f"/v1/referrals/{referral['id']}")
    key, record = database.new_id(), sessions()
    inspected = Inspected(
        delivery_id=key,
        referral_id=UUID(referral["id"]),
        person_id=UUID(offered["person_id"]),
        region=VILLAGE,
        service_id=UUID(offered["service_id"]),
        provider_id=UUID(offered["provider_id"]),
        offered_by=UUID(world.account("commissioner")),
        delivered_on=record.on,
        quantity=record.quantity,
    )
    async with database.pool.acquire() as connection, connection.transaction():
        await gate.step_in(
            connection, reach=Reach.CASES, parties=f"{{{inspected.provider_id}}}", today=offered["expires_on"]
        )
        session = Session(connection, database)
        offer = replace(
            a_referral(),
            id=inspected.referral_id,
            person_id=inspected.person_id,
            region=VILLAGE,
            service_id=inspected.service_id,
            provider_id=inspected.provider_id,
        )
        PostgresDeliveries(session).add(replace(record, id=key), of=offer)
        await session.flush()
    pointer = Pointer(id=key, region=VILLAGE, test_clock_id=None)
    async with PostgresClockKeeper(database).open_work(pointer, what="draw_sample") as uow:
        opened, _ = Inspection.open(
            inspected,
            inspection_id=database.new_id(),
            draw_id=database.new_id(),
            at=uow.real_now,
            due_on=uow.today,
            rule_versions=(),
        )
        uow.inspections.add(opened)
        await uow.commit(None)
    return str(opened.id)


async def checked(world: World) -> None:
    """Hold what was newly recorded to the other records, as the worker does."""
    await check_recorded(PostgresClockKeeper(database_of(world)))

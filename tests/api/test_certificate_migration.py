"""A certificate follows its holder's registration to another county; until then the rules of the old one propose."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.domain.shared.access import Role
from tests.acting import World
from tests.api.actors import Register
from tests.api.probes import SUSPECTED
from tests.api.test_certificate_business import applied, certified, current_of, today, verified
from tests.api.test_certificate_standing import latest_decision
from tests.api.third_party import ThirdParty

pytestmark = [pytest.mark.anyio, pytest.mark.database]

FUKANG = "652302199201"
FUKANG_PATH = "65/6523/652302"
THERE = {
    "fukang_officer": Role.COUNTY_OFFICER,
    "fukang_window": Role.TOWNSHIP_OFFICER,
    "fukang_reviewer": Role.COUNTY_REVIEWER,
    "fukang_approver": Role.COUNTY_APPROVER,
}


@pytest.fixture
async def neighbours(app: FastAPI, superuser: asyncpg.Connection, world: World) -> World:
    """The same world, in which the federation of another county is at work as well."""
    register = Register(superuser, app.state.ports.tokens, UUID(world.opened["client_id"]))
    for who, role in THERE.items():
        account = await register.account()
        await register.appoint(account, role, region=FUKANG_PATH, organisation="neighbour_federation")
        world.opened["tokens"][who] = register.token(account, role)
    return world


async def moved(world: World, *, to: str = FUKANG, who: str = "county_officer") -> Any:
    path = f"/v1/persons/{world.citizen['person_id']}"
    return await world.try_step(
        who, path, "registration-moves", {"region_code": to, "moved_on": str(await today(world))}
    )


async def proposals(world: World, certificate_id: str, who: str = "county_officer") -> list[tuple[str, str]]:
    """What is proposed for a certificate, behind however many of others."""
    found: list[tuple[str, str]] = []
    cursor: dict[str, str] = {}
    while True:
        page = await world.get(who, "/v1/certificate-proposals", limit=100, **cursor)
        mine = (one for one in page["items"] if one["certificate_id"] == certificate_id)
        found += [(one["action"], one["reason"]) for one in mine]
        if not page["next_cursor"]:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def test_the_receiving_county_migrates_the_certificate_and_manages_it_from_then_on(neighbours: World) -> None:
    world = neighbours
    certificate_id = await certified(world)
    before = await current_of(world, certificate_id)
    path = f"/v1/certificates/{certificate_id}"
    assert (await world.call("fukang_officer", "GET", path)).status_code == 404

    answer = await moved(world)
    assert (answer.status_code, answer.json()["region_code"]) == (200, FUKANG)
    assert (await world.call("fukang_officer", "GET", path)).status_code == 200

    done = await carried_out_there(world, await applied(world, "migration"))

    after = await world.get("fukang_officer", path)
    assert (done["region_code"], after["region_code"]) == (FUKANG, FUKANG)
    assert after["versions"][-1]["number"] == before["number"]
    assert after["versions"][-1]["valid_until"] == before["valid_until"]
    assert after["accepting_organisation_id"] == after["approving_organisation_id"]
    assert await verified(world, "41") == "in_force"
    assert (await world.call("county_approver", "GET", path)).status_code == 404


async def test_its_cancellation_there_withdraws_the_receipt_of_the_decision_that_granted_it_here(
    neighbours: World,
) -> None:
    world = neighbours
    await certified(world)
    granted = await latest_decision(world, "granted")
    receipt = (await world.post("citizen", f"/v1/decisions/{granted['id']}/receipt"))["jws"]
    await moved(world)
    await carried_out_there(world, await applied(world, "migration"))

    case = await applied(world, "cancellation")
    await world.step("fukang_window", case, "acceptance")
    await world.step("fukang_reviewer", case, "review")
    await world.step("fukang_approver", case, "cancellation", {"text": "本人书面申请注销。"})

    assert (await ThirdParty.prepared(world.api)).is_withdrawn(receipt)
    for who in ("citizen", "portal", "county_officer"):
        again = await world.call(who, "POST", f"/v1/decisions/{granted['id']}/receipt")
        assert (again.status_code, again.json()["code"]) == (409, "decision_overtaken")


async def test_where_a_person_is_registered_and_does_not_live_harm_is_reported_and_the_rest_is_left_to_the_home(
    neighbours: World,
) -> None:
    world = neighbours
    path, day = f"/v1/persons/{world.citizen['person_id']}", str(await today(world))
    await moved(world)
    version = (await world.call("fukang_officer", "GET", path)).headers["etag"]

    reported = await world.post("fukang_officer", f"{path}/harm-reports", SUSPECTED)
    others = {
        "home-visits": {"visited_on": day, "outcome": "seen"},
        "need-reports": {"need": "home_care", "text": "需要上门护理。"},
        "household": {"with_person_id": None, "relation": "head", "since": day},
    }
    refused = [
        await world.call("fukang_officer", "POST", f"{path}/{what}", json=body, version=version)
        for what, body in others.items()
    ]

    assert reported["region_code"] == "652301"
    assert (await world.call("civil_affairs", "GET", f"/v1/harm-reports/{reported['id']}")).status_code == 200
    assert (await world.call("fukang_officer", "GET", f"/v1/harm-reports/{reported['id']}")).status_code == 200
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "forbidden")] * 3


async def carried_out_there(world: World, case: str) -> dict[str, Any]:
    await world.step("fukang_window", case, "acceptance")
    await world.step("fukang_reviewer", case, "review")
    await world.step("fukang_approver", case, "approval")
    return await world.step("fukang_approver", case, "issuance")


async def test_nothing_else_is_done_on_it_before_it_was_migrated(neighbours: World) -> None:
    world = neighbours
    await certified(world)
    await moved(world)

    answer = await world.try_step("fukang_window", await applied(world, "damaged"), "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_elsewhere")


async def test_the_place_that_it_leaves_records_a_move_and_nobody_else(neighbours: World) -> None:
    world = neighbours
    await certified(world)

    assert (await moved(world, who="fukang_officer")).status_code == 404
    assert (await moved(world, who="county_approver")).status_code == 403
    assert (await moved(world)).status_code == 200
    again = await moved(world, to="652301104201")
    assert (again.status_code, again.json()["code"]) == (403, "not_your_function")


@pytest.mark.parametrize(("to", "on"), [("652301104201", None), (FUKANG, "2099-01-01")], ids=["nowhere", "tomorrow"])
async def test_a_move_that_cannot_be_is_refused(world: World, *, to: str, on: str | None) -> None:
    path = f"/v1/persons/{world.citizen['person_id']}"
    body = {"region_code": to, "moved_on": on or str(await today(world))}

    answer = await world.try_step("county_officer", path, "registration-moves", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "move_impossible")


async def test_after_six_months_a_freeze_is_proposed_and_after_twelve_a_cancellation_and_nothing_happens_by_itself(
    neighbours: World,
) -> None:
    world = neighbours
    certificate_id = await certified(world)
    await moved(world)
    assert await proposals(world, certificate_id) == []

    await world.advance(days=185)
    assert await proposals(world, certificate_id) == [("freeze", "not_migrated")]
    assert await proposals(world, certificate_id, "fukang_officer") == []
    assert (await current_of(world, certificate_id))["status"] == "in_force"

    frozen = {"reason": "not_migrated", "text": "户籍迁出已满六个月，未办理迁移。"}
    await world.step("county_approver", f"/v1/certificates/{certificate_id}", "freeze", frozen)
    assert await proposals(world, certificate_id) == []

    await world.advance(days=185)
    assert await proposals(world, certificate_id) == [("cancel", "not_migrated")]
    opened = await world.post(
        "county_officer", f"/v1/certificates/{certificate_id}/cancellation-cases", {"ground": "not_migrated"}
    )
    assert opened["stage"] == "accepted"


async def test_a_certificate_that_was_frozen_for_want_of_a_migration_is_migrated_and_in_force(
    neighbours: World,
) -> None:
    world = neighbours
    certificate_id = await certified(world)
    await moved(world)
    frozen = {"reason": "not_migrated", "text": "户籍迁出已满六个月，未办理迁移。"}
    await world.step("county_approver", f"/v1/certificates/{certificate_id}", "freeze", frozen)

    await carried_out_there(world, await applied(world, "migration"))

    assert await verified(world, "41") == "in_force"
    assert await proposals(world, certificate_id, "fukang_officer") == []


async def test_an_expired_certificate_is_proposed_to_be_frozen_after_its_months(world: World) -> None:
    certificate_id = await certified(world)
    await world.advance(days=3653 + 185)

    assert await proposals(world, certificate_id) == [("freeze", "not_renewed")]
    assert (await current_of(world, certificate_id))["status"] == "in_force"

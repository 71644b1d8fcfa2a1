"""One number names one application for ever, and one person has one open item of a kind, however many try at once."""

import asyncio
from collections import Counter
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.acting import World
from tests.api.flow import a_new_number, an_application, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]
WRITERS = 8


def for_somebody(world: World, number: str, **changes: Any) -> dict[str, Any]:
    body = an_application(world, **changes)
    body["applicant"] |= {"citizen_number": number, "name": "样来客"}
    return body


async def at_once(world: World, bodies: list[dict[str, Any]]) -> list[httpx.Response]:
    """All of them sent together, each under a key of its own, over connections of their own."""
    return await asyncio.gather(*(world.call("portal", "POST", "/v1/applications", json=body) for body in bodies))


def outcomes(answers: list[httpx.Response]) -> Counter[tuple[int, str]]:
    return Counter((answer.status_code, answer.json().get("code", "")) for answer in answers)


@pytest.mark.parametrize("is_known", [True, False])
async def test_of_many_who_apply_for_one_person_at_once_one_gets_through(
    world: World, superuser: asyncpg.Connection, *, is_known: bool
) -> None:
    number = a_new_number()
    if is_known:
        person = {"name": "样来客", "citizen_number": number, "region_code": "652301104201"}
        await world.post("township_officer", "/v1/persons", person)

    answers = await at_once(world, [for_somebody(world, number) for _ in range(WRITERS)])

    counted = outcomes(answers)
    assert counted[201, ""] == 1, counted
    assert counted.keys() <= {(201, ""), (409, "open_application_exists"), (409, "already_registered")}
    (won,) = (answer.json() for answer in answers if answer.status_code == 201)
    rows = await superuser.fetch(
        "SELECT code, count(*) FROM application_item WHERE person_id = $1 GROUP BY code", won["person_id"]
    )
    assert {row["code"]: row["count"] for row in rows} == {item["code"]: 1 for item in won["items"]}


async def test_items_that_overlap_in_one_kind_exclude_one_another_as_a_whole(world: World) -> None:
    number = a_new_number()
    common = {"applied_by": "self", "phone": "0994-0000000"}
    living = common | {"residence_address": "红柳示例村 1 号"}
    first = for_somebody(world, number, items=("living_subsidy", "employment_help"), answers=living)
    second = for_somebody(world, number, items=("employment_help", "pension_premium"), answers=common)

    await world.post("portal", "/v1/applications", first)
    refused = await world.call("portal", "POST", "/v1/applications", json=second)
    alone = await world.post(
        "portal", "/v1/applications", for_somebody(world, number, items=("pension_premium",), answers=common)
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "open_application_exists")
    assert [item["code"] for item in alone["items"]] == ["pension_premium"]


async def test_of_many_who_send_one_number_at_once_one_gets_through(world: World) -> None:
    source_number = f"S-{uuid4().hex[:10]}"

    answers = await at_once(
        world, [for_somebody(world, a_new_number(), source_number=source_number) for _ in range(WRITERS)]
    )

    counted = outcomes(answers)
    assert counted == {(201, ""): 1, (409, "already_submitted"): WRITERS - 1}


async def test_a_number_is_taken_for_ever_also_after_a_withdrawal(world: World) -> None:
    application = await submitted(world)
    await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")

    same_number = {"source_number": application["source_number"]}
    again = await world.call("portal", "POST", "/v1/applications", json=an_application(world, **same_number))
    other = await world.call(
        "portal", "POST", "/v1/applications", json=for_somebody(world, a_new_number(), **same_number)
    )
    anew = await submitted(world)

    for answer in (again, other):
        assert (answer.status_code, answer.json()["code"]) == (409, "already_submitted")
    assert anew["id"] != application["id"]


async def test_a_number_is_answered_alike_whether_or_not_one_may_see_whose_it_is(world: World) -> None:
    """One system serves two townships: an officer of the other one sees nothing of the first one's application."""
    number = f"S-{uuid4().hex[:10]}"
    here = for_somebody(world, a_new_number(), source_number=number, channel="counter")
    there = for_somebody(world, a_new_number(), source_number=number, channel="counter")
    there["applicant"]["region_code"] = "652301105201"
    first = await world.post("township_officer", "/v1/applications", here)

    seeing = await world.call("township_officer", "POST", "/v1/applications", json=here)
    blind = await world.call("other_township_officer", "POST", "/v1/applications", json=there)

    assert (await world.call("other_township_officer", "GET", f"/v1/applications/{first['id']}")).status_code == 404
    told = [{name: said for name, said in one.json().items() if name != "request_id"} for one in (seeing, blind)]
    assert told[0] == told[1]
    assert (seeing.status_code, told[0]["code"]) == (409, "already_submitted")
    assert seeing.headers.keys() == blind.headers.keys()


async def test_a_person_of_another_place_is_answered_alike_too(world: World) -> None:
    """The item is open in a place that the portal's second client knows nothing of."""
    number = a_new_number()
    await world.post("township_officer", "/v1/applications", for_somebody(world, number, channel="counter"))

    own = await world.call("township_officer", "POST", "/v1/applications", json=for_somebody(world, number))
    portal = await world.call("portal", "POST", "/v1/applications", json=for_somebody(world, number))

    told = [{name: said for name, said in one.json().items() if name != "request_id"} for one in (own, portal)]
    assert told[0] == told[1]
    assert told[0]["code"] == "open_application_exists"

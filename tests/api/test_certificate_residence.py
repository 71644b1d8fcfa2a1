"""Certificate business is accepted where a person lives and approved where the person is registered; both see it."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.flow import an_application, case_of, concluded, submitted
from tests.api.test_certificate_business import applied, verified
from tests.api.test_certificate_migration import neighbours

__all__ = ["neighbours"]
pytestmark = [pytest.mark.anyio, pytest.mark.database]

FUKANG_VILLAGE = "65/6523/652302/652302199/652302199201"
PERMIT = {"residence_permit": "shown"}


@pytest.fixture
async def away(neighbours: World, superuser: asyncpg.Connection) -> World:
    """A world whose citizen lives in one county and is registered in another."""
    await superuser.execute(
        "UPDATE person SET registration_path = $2 WHERE id = $1",
        UUID(neighbours.citizen["person_id"]),
        FUKANG_VILLAGE,
    )
    return neighbours


async def at_residence(world: World, business: str = "new", **answers: Any) -> str:
    return await applied(world, business, handled_at="residence", conditions=["physical"], **answers)


async def test_the_residence_accepts_and_evaluates_and_the_registration_reviews_and_issues(away: World) -> None:
    world = away
    case = await at_residence(world)
    await world.step("township_officer", case, "acceptance", PERMIT)
    await world.step("county_officer", case, "evaluation-assignment")
    await concluded(world, case)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)

    await world.step("fukang_reviewer", case, "review")
    await world.step("fukang_approver", case, "approval")
    done = await world.step("fukang_approver", case, "issuance")

    certificate = await world.get("fukang_officer", f"/v1/certificates/{done['certificate_id']}")
    assert (done["region_code"], done["accepting_region_code"]) == ("652302199201", "652301104201")
    assert certificate["accepting_organisation_id"] != certificate["approving_organisation_id"]
    assert await verified(world, "41") == "in_force"


@pytest.mark.parametrize(
    ("who", "fact"),
    [("fukang_window", "acceptance"), ("county_reviewer", "refusal"), ("county_approver", "refusal")],
)
async def test_each_does_the_own_part_and_not_the_others(away: World, *, who: str, fact: str) -> None:
    world = away
    case = await at_residence(world)
    body = PERMIT if fact == "acceptance" else {"reason": "not_registered_here", "text": "不予办理。"}

    answer = await world.try_step(who, case, fact, body)

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_function")


async def test_both_see_the_case_and_its_application_and_a_third_county_sees_neither(away: World) -> None:
    world = away
    case = await at_residence(world)

    for who in ("county_officer", "fukang_officer"):
        read = await world.get(who, case)
        application = await world.get(who, f"/v1/applications/{read['application_id']}")
        assert [item["code"] for item in application["items"]] == ["certificate"]


async def test_an_application_of_the_registration_alone_is_not_shown_at_the_residence(away: World) -> None:
    world = away
    application = await submitted(
        world,
        items=("certificate",),
        answers={"business": "new", "applied_by": "self", "phone": "0994-0000000", "residence_address": "1 号"},
    )

    for path in (case_of(application, "certificate"), f"/v1/applications/{application['id']}"):
        assert (await world.call("county_officer", "GET", path)).status_code == 404
        assert (await world.call("fukang_officer", "GET", path)).status_code == 200


async def test_each_has_it_in_a_queue(away: World) -> None:
    world = away
    case = (await at_residence(world)).rpartition("/")[2]

    assert case in await queue(world, "county_officer", "residence")
    assert case in await queue(world, "fukang_officer", "registration")
    assert case not in await queue(world, "county_officer", "registration")
    assert case not in await queue(world, "fukang_officer", "residence")


async def queue(world: World, who: str, handled_at: str) -> set[str]:
    found: set[str] = set()
    cursor: dict[str, str] = {}
    while True:
        page = await world.get(
            who, "/v1/certificate-cases", stage="submitted", handled_at=handled_at, limit=100, **cursor
        )
        found |= {one["id"] for one in page["items"]}
        if not page["next_cursor"]:
            return found
        cursor = {"cursor": page["next_cursor"]}


async def test_without_a_residence_permit_nothing_is_accepted_there(away: World) -> None:
    answer = await away.try_step("township_officer", await at_residence(away), "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "residence_permit_missing")


async def test_who_lives_where_registered_and_who_has_a_card_replaced_are_sent_to_the_registration(
    world: World, superuser: asyncpg.Connection
) -> None:
    body = {"business": "new", "handled_at": "residence", "applied_by": "self", "phone": "0994-0000000"}
    body |= {"residence_address": "红柳示例村 1 号"}

    assert await refused_code(world, body) == (422, "not_accepted_at_residence")
    await superuser.execute(
        "UPDATE person SET registration_path = $2 WHERE id = $1", UUID(world.citizen["person_id"]), FUKANG_VILLAGE
    )
    assert await refused_code(world, body | {"business": "damaged"}) == (422, "not_accepted_at_residence")
    assert (await refused_code(world, body | {"business": "loss"}))[0] == 201


async def refused_code(world: World, answers: dict[str, Any]) -> tuple[int, str | None]:
    body = {
        "package_code": "disability_services",
        "items": ["certificate"],
        "source_number": f"R-{answers['business']}-{world.citizen['person_id'][-12:]}",
        "channel": "portal",
        "applicant": {name: world.citizen[name] for name in ("name", "citizen_number", "region_code")},
        "answers": answers,
    }
    answer = await world.call("portal", "POST", "/v1/applications", json=body)
    return answer.status_code, answer.json().get("code")


async def test_the_permit_is_asked_for_as_evidence_where_the_residence_accepts_and_nowhere_else(away: World) -> None:
    asked = {}
    for place in ("residence", "registration"):
        case = await applied(away, "new", handled_at=place, conditions=["physical"])
        path = f"/v1/applications/{(await away.get('fukang_officer', case))['application_id']}"
        found = (await away.get("portal", f"{path}/evidence"))["items"]
        asked[place] = "residence_permit" in {one["kind"] for one in found}
        await away.step("portal", path, "withdrawal", {"said_by": "person"})

    assert asked == {"residence": True, "registration": False}


async def test_an_officer_of_the_residence_hands_certificate_business_in_there_and_nothing_else(away: World) -> None:
    answers: dict[str, Any] = {"business": "new", "handled_at": "residence", "applied_by": "self", "phone": "0994-0"}
    answers |= {"residence_address": "红柳示例村 1 号", "conditions": ["physical"]}
    body = an_application(away, items=("certificate",), channel="counter", answers=answers)
    more = body | {"items": ["certificate", "living_subsidy"], "source_number": f"{body['source_number']}-2"}

    refused = await away.call("township_officer", "POST", "/v1/applications", json=more)
    application = await away.post("township_officer", "/v1/applications", body)

    assert (refused.status_code, refused.json()["code"]) == (403, "outside_your_area")
    case = case_of(application, "certificate")
    assert (await away.get("fukang_officer", case))["accepting_region_code"] == "652301104201"
    assert (await away.step("township_officer", case, "acceptance", PERMIT))["stage"] == "accepted"


async def test_nobody_hands_in_at_a_residence_that_is_not_in_the_own_area(away: World) -> None:
    answers: dict[str, Any] = {"business": "new", "handled_at": "residence", "applied_by": "self", "phone": "0994-0"}
    answers |= {"residence_address": "红柳示例村 1 号", "conditions": ["physical"]}
    body = an_application(away, items=("certificate",), channel="counter", answers=answers)

    answer = await away.call("hutubi_township_officer", "POST", "/v1/applications", json=body)

    assert (answer.status_code, answer.json()["code"]) == (403, "outside_your_area")

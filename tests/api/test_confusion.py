"""Ids that are good, and not of this case: another's application, plan or need, a doctor or an office that is not."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.sandbox.authority import sandbox_id
from tests.acting import World, open_world
from tests.api.care import a_confirmed_need, a_plan, a_report, certified, service_for
from tests.api.flow import a_conclusion, by_hand, case_of, submitted
from tests.api.probes import Scene, a_scene
from tests.api.stage import Stage

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture(scope="module")
async def neighbour(api: httpx.AsyncClient) -> Scene:
    """Another person of the same village, whom the same officers may see."""
    return await a_scene(await open_world(api))


async def refused(world: World, path: str, body: dict[str, Any]) -> str:
    """The code of a refusal that a caller can act on."""
    answer = await world.call("commissioner", "POST", path, json=body)
    assert answer.status_code in {403, 404, 409, 422}, answer.text
    code: str = answer.json()["code"]
    return code


async def test_an_assessment_does_not_go_to_anothers_application(stage: Stage, neighbour: Scene) -> None:
    body = a_report(stage.scene.world, application_id=neighbour.application_id)

    assert await refused(stage.scene.world, "/v1/assessments", body) == "not_found"


async def test_a_plan_names_nothing_of_another_person(stage: Stage, neighbour: Scene) -> None:
    world, mine, theirs = stage.scene.world, stage.scene.plan, neighbour.plan
    step = mine["path"][0]
    mixed = {
        "application": mine | {"application_id": neighbour.application_id},
        "person": mine | {"person_id": neighbour.person_id},
        "assessment": mine | {"assessment_ids": theirs["assessment_ids"]},
        "need": mine | {"path": [step | {"need_id": theirs["path"][0]["need_id"]}]},
        "service": mine | {"path": [step | {"service_id": str(uuid4())}]},
        "office": mine | {"path": [step | {"duties": [step["duties"][0] | {"organisation_id": str(uuid4())}]}]},
        "supervisor": mine | {"supervision": [mine["supervision"][0] | {"organisation_id": str(uuid4())}]},
    }

    codes = {what: await refused(world, "/v1/plans", body) for what, body in mixed.items()}

    assert codes["application"] == "not_found"
    assert set(codes.values()) <= {"not_found", "not_known_here", "need_not_confirmed", "plan_inconsistent"}, codes


async def test_a_referral_carries_out_no_plan_of_another_person(world: World, neighbour: Scene) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    mine = await world.post("commissioner", "/v1/plans", await a_plan(world, need, service))
    asked = {"need_id": need["id"], "service_id": service["id"]}
    mixed = {
        "plan": {"plan_id": neighbour.plan_id, "plan_item_id": neighbour.plan["path"][0]["id"]},
        "step": {"plan_id": mine["id"], "plan_item_id": neighbour.plan["path"][0]["id"]},
        "service": {"service_id": str(uuid4())},
        "need": {"need_id": str(uuid4())},
    }

    codes = {what: await refused(world, "/v1/referrals", asked | other) for what, other in mixed.items()}

    assert set(codes.values()) <= {"not_found", "not_in_the_plan"}, codes


async def test_two_invented_ids_are_no_two_doctors(world: World) -> None:
    case = case_of(await submitted(world), "certificate")
    await world.step("township_officer", case, "acceptance")
    hospital = str(sandbox_id("organisation", "evaluation_hospital"))
    await world.step("county_officer", case, "evaluation-assignment", by_hand(hospital))
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    signers = {
        "nobody": [str(uuid4()), str(uuid4())],
        "one of two": [world.account("evaluator"), str(uuid4())],
        "an officer": [world.account("evaluator"), world.account("admin")],
        "a provider": [world.account("evaluator"), world.account("provider")],
        "the same twice": [world.account("evaluator")] * 2,
    }

    codes = {
        who: (
            await world.try_step("evaluator", case, "evaluation", a_conclusion(world, concluded_on=today, doctors=ids))
        ).json()["code"]
        for who, ids in signers.items()
    }

    assert codes.pop("the same twice") in {"too_few_doctors", "invalid_content"}
    assert codes.pop("nobody") == "signature_not_yours"
    assert set(codes.values()) == {"doctor_unknown"}, codes


async def test_an_office_that_does_not_evaluate_is_given_no_evaluation(stage: Stage, world: World) -> None:
    case = case_of(await submitted(world), "certificate")
    await world.step("township_officer", case, "acceptance")
    offices = (await world.get("county_officer", "/v1/organisations", limit=100))["items"]
    others = [one["id"] for one in offices if one["kind"] != "evaluation_institution"]

    for office in [*others, str(uuid4()), world.citizen["person_id"], stage.scene.application_id]:
        answer = await world.try_step("county_officer", case, "evaluation-assignment", by_hand(office))
        assert answer.status_code in {403, 404, 409, 422}

"""Individual plans over HTTP: four parts, the person's word, and another's approval."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import a_confirmed_need, a_plan, agreed, assessed, in_force
from tests.api.test_person import register

pytestmark = [pytest.mark.anyio, pytest.mark.database]
COPIES = """
INSERT INTO plan (id, person_id, region_path, application_id, revision, stage, detail, version)
SELECT copy.id, person_id, region_path, application_id, copy.revision, stage,
       detail || jsonb_build_object('id', copy.id, 'revision', copy.revision), version
FROM plan, (SELECT gen_random_uuid() AS id, revision FROM generate_series(2, 100) AS revision) AS copy
WHERE plan.id = $1
RETURNING id
"""
"""Ninety-nine more of a plan, as they would be if somebody had drawn them up and the person had agreed to each."""


async def a_service(world: World) -> dict[str, Any]:
    found = await world.get("commissioner", "/v1/services", need="home_care")
    return next(service for service in found["items"] if service["code"] == "CARE-HOME")


async def a_draft(world: World, **changes: Any) -> dict[str, Any]:
    need = await a_confirmed_need(world)
    return await a_plan(world, need, await a_service(world), **changes)


async def test_nobody_can_agree_to_a_plan_that_lacks_a_part(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world, supervision=[]))

    answer = await world.try_step("citizen", f"/v1/plans/{drafted['id']}", "agreement")

    assert drafted["missing_parts"] == ["supervision_measures"]
    assert (answer.status_code, answer.json()["code"]) == (409, "plan_parts_missing")


async def test_whoever_is_not_known_to_be_owed_a_plan_may_have_one_with_parts_that_are_told_as_coverage(
    world: World,
) -> None:
    person = (await register(world)).json()
    plan = await a_draft(world, person_id=person["id"], assessment_ids=[], path=[], goals=[])

    drafted = await world.post("commissioner", "/v1/plans", plan)

    assert drafted["obligation"]["finding"] == "unknown"
    assert drafted["missing_parts"] == []
    assert [(part["part"], part["is_there"], part["is_required"]) for part in drafted["coverage"]] == [
        ("needs_assessment", False, False),
        ("service_path", False, False),
        ("supervision_measures", True, False),
        ("specific_solution", False, False),
    ]


async def test_a_plan_promises_nothing_for_a_need_that_nobody_has_confirmed(world: World) -> None:
    need = (await assessed(world))["needs"][0]
    plan = await a_plan(world, need, await a_service(world))

    answer = await world.call("commissioner", "POST", "/v1/plans", json=plan)

    assert (answer.status_code, answer.json()["code"]) == (422, "need_not_confirmed")
    assert answer.json()["errors"][0]["pointer"] == "/path/0/need_id"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"review_on": "2199-01-01"}, "plan_inconsistent"),
        ({"assessment_ids": [str(uuid4())]}, "not_known_here"),
        (
            {"supervision": [{"kind": "visit", "organisation_id": str(uuid4()), "first_on": "2027-01-01"}]},
            "not_known_here",
        ),
        ({"score": 1}, "invalid_content"),
    ],
)
async def test_a_plan_that_does_not_hang_together_is_refused(world: World, change: dict[str, Any], code: str) -> None:
    plan = await a_draft(world, **change)

    answer = await world.call("commissioner", "POST", "/v1/plans", json=plan)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_only_the_person_agrees(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))

    official = await world.try_step("township_officer", f"/v1/plans/{drafted['id']}", "agreement")
    person = await agreed(world, drafted)

    assert official.status_code == 403
    assert (person["stage"], person["opinion"]["voice"]) == ("agreed", "person")


async def test_a_person_may_decline_and_another_plan_is_drawn_up(world: World) -> None:
    plan = await a_draft(world)
    drafted = await world.post("commissioner", "/v1/plans", plan)

    declined = await world.step("citizen", f"/v1/plans/{drafted['id']}", "agreement", {"answer": "decline"})
    another = await world.post("commissioner", "/v1/plans", plan)

    assert declined["stage"] == "declined"
    assert (drafted["revision"], another["revision"]) == (1, 2)


async def test_nobody_approves_the_plan_that_he_drew_up(world: World) -> None:
    drafted = await world.post("township_officer", "/v1/plans", await a_draft(world))
    await agreed(world, drafted)

    own = await world.try_step("township_officer", f"/v1/plans/{drafted['id']}", "approval")
    other = await world.step("county_officer", f"/v1/plans/{drafted['id']}", "approval")

    assert (own.status_code, own.json()["code"]) == (403, "duties_not_separated")
    assert other["stage"] == "active"


async def test_a_later_plan_takes_the_place_of_the_one_in_force(world: World) -> None:
    plan = await a_draft(world)
    first = await in_force(world, plan)

    second = await in_force(world, plan)

    listed = await world.get("citizen", "/v1/plans", person_id=world.citizen["person_id"])
    stages = {shown["id"]: shown["stage"] for shown in listed["items"]}
    assert stages == {first["id"]: "superseded", second["id"]: "active"}


async def test_of_a_hundred_plans_approved_at_one_moment_one_is_in_force_and_the_others_are_told_so(
    world: World, superuser: asyncpg.Connection
) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))
    first = UUID((await agreed(world, drafted))["id"])
    plans = [first, *(row["id"] for row in await superuser.fetch(COPIES, first))]

    answers = await asyncio.gather(
        *(
            world.call("township_officer", "POST", f"/v1/plans/{plan}/approval", json={}, version='"2"')
            for plan in plans
        )
    )

    told = Counter(answer.json().get("code", answer.json().get("stage")) for answer in answers)
    assert told == {"active": 1, "plan_overtaken": 99}
    listed = await world.get("commissioner", "/v1/plans", person_id=world.citizen["person_id"], stage="active")
    assert len(listed["items"]) == 1


async def test_a_plan_drawn_up_before_another_came_into_force_is_not_put_in_its_place(world: World) -> None:
    plan = await a_draft(world)
    early = await world.post("commissioner", "/v1/plans", plan)
    await agreed(world, early)
    await in_force(world, plan)

    answer = await world.try_step("township_officer", f"/v1/plans/{early['id']}", "approval")

    assert (answer.status_code, answer.json()["code"]) == (409, "plan_overtaken")


async def test_what_is_otherwise_in_a_revision_is_told_in_the_language_of_who_reads(world: World) -> None:
    plan = await a_draft(world)
    await world.post("commissioner", "/v1/plans", plan)
    second = await world.post("commissioner", "/v1/plans", plan | {"supervision": []})

    answer = await world.call(
        "citizen",
        "GET",
        f"/v1/plans/{second['id']}/changes",
        params={"since": 1},
        headers={"Accept-Language": "zh-CN"},
    )
    missing = await world.call("citizen", "GET", f"/v1/plans/{second['id']}/changes", params={"since": 9})

    assert [change["change"]["text"] for change in answer.json()["changes"]] == ["不再沿用原来的监督措施：走访。"]
    assert missing.status_code == 404


async def test_whom_a_plan_is_owed_is_said_with_the_reason(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))

    assert drafted["obligation"]["finding"] == "met"
    assert [reason["code"] for reason in drafted["obligation"]["reasons"]] == ["plan.hardship.met"]


async def test_another_place_does_not_know_of_the_plan(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))

    answer = await world.call("other_township_officer", "GET", f"/v1/plans/{drafted['id']}")
    listed = await world.get("other_township_officer", "/v1/plans", person_id=world.citizen["person_id"])

    assert answer.status_code == 404
    assert listed["items"] == []


async def test_why_a_step_is_not_open_is_said_in_the_callers_language(world: World) -> None:
    drafted = await world.post("commissioner", "/v1/plans", await a_draft(world))

    chinese = {"Accept-Language": "zh-CN"}
    answer = await world.call("citizen", "GET", f"/v1/plans/{drafted['id']}", headers=chinese)

    actions = {action["action"]: action for action in answer.json()["actions"]}
    assert (actions["agree"]["allowed"], actions["agree"]["reason"]) == (True, None)
    assert actions["approve"]["reason_code"] == "not_your_function"
    assert "乡镇" in actions["approve"]["reason"]

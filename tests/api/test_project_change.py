"""Two people's words about the money of a project, over HTTP: what it has from now on, and what was spent."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.projects import LEFT, drafted, enrolled, opened

pytestmark = [pytest.mark.anyio, pytest.mark.database]
TWICE = {"budget_fen": 2_000_000, "quota": 20, "text": "示例财社〔2026〕9号追加资金。"}


async def told_of(world: World, project: dict[str, Any]) -> list[str]:
    """The names of what has happened to the money and places of a project."""
    page = await world.get("county_officer", "/v1/events", limit=100, name="project.change")
    return [one["name"] for one in page["items"] if one["subject_id"] == project["id"]]


async def test_more_money_and_places_come_by_two_peoples_words_and_are_told_of(world: World) -> None:
    project = await opened(world, quota=1)
    path = f"/v1/projects/{project['id']}"
    await enrolled(world, project)

    asked = await world.step("county_officer", path, "change", TWICE)
    own = await world.try_step("county_officer", path, "change-approval")
    allowed = await world.step("second_county_officer", path, "change-approval")

    assert (asked["quota"], asked["budget_fen"], asked["change"]["stage"]) == (1, 1_000_000, "asked")
    assert own.json()["code"] == "duties_not_separated"
    assert (allowed["quota"], allowed["quota_left"], allowed["budget_left_fen"]) == (20, 19, 1_900_000)
    assert (allowed["change"]["stage"], allowed["change"]["text"]) == ("allowed", TWICE["text"])
    assert allowed["amount_fen"] == project["amount_fen"]
    assert await told_of(world, project) == ["project.change_asked", "project.change_allowed"]


async def test_a_project_keeps_what_is_taken_and_may_rest_meanwhile(world: World) -> None:
    project = await opened(world)
    path = f"/v1/projects/{project['id']}"
    await enrolled(world, project)
    await world.step("county_officer", path, "suspension", {"text": "资金未到位。"})

    below = await world.try_step("county_officer", path, "change", {"budget_fen": 99_999, "quota": 1, "text": "调减。"})
    same = {"budget_fen": 1_000_000, "quota": 10, "text": "不变。"}
    nothing = await world.try_step("county_officer", path, "change", same)
    await world.step("county_officer", path, "change", {"budget_fen": 100_000, "quota": 1, "text": "调减。"})
    declined = await world.step("county_approver", path, "change-refusal", {"text": "文件未到。"})
    await world.step("county_officer", path, "change", {"budget_fen": 100_000, "quota": 1, "text": "调减。"})
    allowed = await world.step("county_approver", path, "change-approval")

    assert [(one.status_code, one.json()["code"]) for one in (below, nothing)] == [
        (409, "project_resources_committed"),
        (422, "project_terms_impossible"),
    ]
    assert (declined["change"]["stage"], declined["quota"]) == ("declined", 10)
    assert (allowed["stage"], allowed["quota_left"], allowed["budget_left_fen"]) == ("suspended", 0, 0)


async def test_neither_another_place_nor_another_role_nor_a_draft_changes_what_a_project_has(world: World) -> None:
    project, draft = await opened(world), await drafted(world)
    path = f"/v1/projects/{project['id']}"

    answers = [
        await world.call(who, "POST", f"{path}/{step}", json=body, version='"1"')
        for who, step, body in (
            ("other_county_officer", "change", TWICE),
            ("township_officer", "change", TWICE),
            ("commissioner", "change", TWICE),
            ("county_approver", "change", TWICE),
            ("other_county_officer", "change-approval", None),
        )
    ]
    early = await world.try_step("county_officer", f"/v1/projects/{draft['id']}", "change", TWICE)

    assert [answer.status_code for answer in answers] == [404, 403, 403, 403, 404]
    assert (early.status_code, early.json()["code"]) == (409, "illegal_transition")
    read = await world.get("county_officer", path)
    assert (read["quota"], read["change"]) == (10, None)
    actions = {one["action"]: one["allowed"] for one in read["actions"]}
    assert (actions["ask_change"], actions["allow_change"]) == (True, False)


async def test_what_was_spent_is_said_otherwise_by_a_second_officer_and_confirmed_by_another(world: World) -> None:
    project = await opened(world)
    entry = await enrolled(world, project)
    path = f"/v1/beneficiaries/{entry['id']}"
    await world.step("township_officer", path, "end", LEFT | {"has_benefited": True, "spent_fen": 90_000})

    spent = {"text": "票据合计四百元。", "has_benefited": True, "spent_fen": 40_000}
    strangers = [
        await world.try_step(who, path, "spending-confirmation")
        for who in ("other_township_officer", "other_county_officer", "commissioner", "citizen")
    ]
    restated = await world.step("county_officer", path, "spending", spent)
    own = await world.try_step("county_officer", path, "spending-confirmation")
    waiting = await world.get("county_officer", "/v1/beneficiaries", project_id=project["id"], stage="settling")
    settled = await world.step("township_officer", path, "spending-confirmation")
    read = await world.get("county_officer", f"/v1/projects/{project['id']}")

    assert [answer.status_code for answer in strangers] == [404, 404, 403, 403]
    assert (restated["stage"], restated["end"]["spent_fen"], own.json()["code"]) == (
        "settling",
        40_000,
        "duties_not_separated",
    )
    assert [one["id"] for one in waiting["items"]] == [entry["id"]]
    assert (settled["stage"], read["budget_left_fen"]) == ("ended", 960_000)
    assert (await world.get("citizen", path))["stage"] == "ended"

"""Projects over HTTP: two people open one, an officer enrols, the database counts, and nobody benefits twice."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.sandbox.authority import sandbox_id
from tests.acting import World, open_world
from tests.api.care import today
from tests.api.projects import LEFT, TERMS, drafted, enrolled, enrolment, opened, proposed
from tests.api.test_certificate_relations import at_home

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def left_of(world: World, project: dict[str, Any]) -> tuple[int, int]:
    read = await world.get("township_officer", f"/v1/projects/{project['id']}")
    return read["quota_left"], read["budget_left_fen"]


async def tried(world: World, project: dict[str, Any], who: str = "township_officer", **changes: Any) -> Any:
    path = f"/v1/projects/{project['id']}/beneficiaries"
    answer = await world.call(who, "POST", path, json=enrolment(world, **changes))
    return answer.status_code, answer.json().get("code", answer.json().get("stage"))


async def fits(world: World, project: dict[str, Any], **query: Any) -> dict[str, Any]:
    path = f"/v1/projects/{project['id']}/fit"
    return await world.get("commissioner", path, person_id=world.citizen["person_id"], **query)


async def test_a_project_is_a_draft_until_somebody_else_opens_it(world: World) -> None:
    project = await drafted(world)
    path = f"/v1/projects/{project['id']}"

    unseen = await world.call("township_officer", "GET", path)
    own = await world.try_step("county_officer", path, "opening")
    early = await tried(world, project, "county_officer")
    done = await world.step("second_county_officer", path, "opening")

    assert (project["stage"], project["quota_left"], project["budget_left_fen"]) == ("draft", 10, 1_000_000)
    assert (unseen.status_code, own.json()["code"], early) == (404, "duties_not_separated", (409, "project_not_open"))
    assert (done["stage"], (await world.get("township_officer", path))["stage"]) == ("open", "open")


async def test_an_officer_enrols_and_whoever_leaves_frees_the_place_and_by_a_second_word_the_money(
    world: World,
) -> None:
    project = await opened(world)
    before = await left_of(world, project)
    entry = await enrolled(world, project, amount_fen=60_000)
    held = await left_of(world, project)
    path = f"/v1/beneficiaries/{entry['id']}"

    own = await world.try_step("township_officer", path, "end", LEFT)
    leaving = LEFT | {"has_benefited": True, "spent_fen": 20_000}
    ended = await world.step("township_officer", path, "end", leaving)
    waiting = await left_of(world, project)
    alone = await world.try_step("township_officer", path, "spending-confirmation")
    settled = await world.step("county_officer", path, "spending-confirmation")

    assert own.json()["code"] == "duties_not_separated"
    assert (entry["stage"], before, held) == ("enrolled", (10, 1_000_000), (9, 940_000))
    assert (ended["stage"], ended["end"]["spent_fen"], waiting) == ("settling", 20_000, (10, 940_000))
    assert (alone.json()["code"], settled["stage"]) == ("duties_not_separated", "ended")
    assert await left_of(world, project) == (10, 980_000)
    assert project["name"] in ended["notice"]["text"]


async def test_nobody_is_on_one_list_twice_in_the_same_days(world: World) -> None:
    project, day = await opened(world), await today(world)
    await enrolled(world, project, valid_to=str(day + timedelta(days=30)))

    again = await tried(world, project, valid_from=str(day + timedelta(days=30)))
    later = await tried(world, project, valid_from=str(day + timedelta(days=31)))

    assert (again, later) == ((409, "beneficiary_already"), (201, "enrolled"))


async def test_neither_quota_nor_budget_is_exceeded_however_many_come_at_once(world: World) -> None:
    worlds = [world, *[await open_world(world.api) for _ in range(5)]]
    days = [str(await today(world) + timedelta(days=number)) for number in range(6)]
    of_places, of_money = await opened(world, quota=3), await opened(world, budget_fen=250_000)

    async def race(project: dict[str, Any]) -> Any:
        """One clock counts for itself: the same person on six days, each a benefit of its own."""
        return await asyncio.gather(*(tried(world, project, valid_from=day, valid_to=day) for day in days))

    places, money = await race(of_places), await race(of_money)
    others = [await tried(one, of_places) for one in worlds[1:2]]

    assert sorted(places) == [(201, "enrolled")] * 3 + [(409, "project_quota_used_up")] * 3
    assert sorted(money) == [(201, "enrolled")] * 2 + [(409, "project_budget_used_up")] * 4
    assert (await left_of(world, of_places), await left_of(world, of_money)) == ((0, 700_000), (8, 50_000))
    assert others == [(201, "enrolled")]


async def test_the_database_refuses_who_would_exceed_it_whatever_was_read_before(
    world: World, superuser: asyncpg.Connection
) -> None:
    project = await opened(world, quota=1)
    entry = await enrolled(world, project)
    day = str(await today(world) + timedelta(days=1))
    await world.step("county_officer", f"/v1/beneficiaries/{entry['id']}", "end", LEFT)
    await enrolled(world, project, valid_from=day, valid_to=day)
    anew = "UPDATE beneficiary SET stage = 'enrolled', ended_on = NULL, spent_fen = NULL WHERE id = $1"

    async with superuser.transaction():
        await superuser.execute("SELECT set_config('yian.reach', 'cases', true)")
        await superuser.execute("UPDATE beneficiary SET valid_to = valid_from WHERE id = $1", UUID(entry["id"]))
        with pytest.raises(asyncpg.CheckViolationError, match="no place is left"):
            await superuser.execute(anew, UUID(entry["id"]))


async def test_another_project_within_its_months_stands_against_it_and_is_explained(world: World) -> None:
    day = await today(world)
    other = await opened(world, name="示例培训补助")
    await enrolled(world, other, valid_to=str(day))
    project = await opened(world, exclusions=[{"by": "project", "project_id": other["id"], "within_months": 12}])

    refused = await world.call(
        "township_officer", "POST", f"/v1/projects/{project['id']}/beneficiaries", json=enrolment(world)
    )
    asked = await tried(world, project, exception="情况特殊。")
    told = await fits(world, project)
    in_time = await fits(world, project, on=str(day.replace(year=day.year + 1)))

    assert (refused.json()["code"], asked) == ("double_benefit", (409, "double_benefit"))
    assert (told["is_possible"], told["needs_exception"], len(told["obstacles"])) == (False, False, 1)
    obstacle = told["obstacles"][0]
    assert all(said in obstacle["reason"]["text"] for said in ("示例培训补助", str(day)))
    assert str(day.replace(year=day.year + 1)) in obstacle["change"]["text"]
    assert in_time["is_possible"]


async def test_what_is_not_given_beside_a_project_is_not_given_after_enrolling_in_it_either(world: World) -> None:
    other = await opened(world, gives="service", services=["AID-FIT"])
    beside = [{"by": "project", "project_id": other["id"]}, {"by": "service", "code": "ACC-HOME"}]
    firm = await opened(world, exclusions=beside)
    alike = await opened(world, gives="service", services=["ACC-HOME"])
    free = await opened(world)
    await enrolled(world, firm)

    told = await fits(world, other)

    assert [await tried(world, one) for one in (other, alike)] == [(409, "double_benefit")] * 2
    assert firm["name"] in told["obstacles"][0]["reason"]["text"]
    assert await tried(world, free) == (201, "enrolled")


async def test_a_kind_of_service_stands_against_it_whichever_project_gives_it(world: World) -> None:
    again = [{"by": "service", "code": "ACC-HOME", "within_months": 60}]
    first = await opened(world, gives="service", services=["ACC-HOME"], exclusions=again)
    second = await opened(world, gives="service", services=["ACC-HOME"], exclusions=again)
    await enrolled(world, first)

    told = await fits(world, second)

    assert await tried(world, second) == (409, "double_benefit")
    assert (told["obstacles"][0]["is_double_benefit"], told["is_possible"]) == (True, False)


async def test_another_officer_allows_an_exception_with_a_reason_where_the_terms_do(world: World) -> None:
    entry = await proposed(world)
    path, project = f"/v1/beneficiaries/{entry['id']}", {"id": entry["project_id"]}
    waiting = await left_of(world, project)

    own = await world.try_step("township_officer", path, "exception", {"text": "同意。"})
    allowed = await world.step("county_officer", path, "exception", {"text": "两个项目内容不同。"})

    assert (entry["stage"], waiting, len(entry["overlaps"])) == ("proposed", (10, 1_000_000), 1)
    assert own.json()["code"] == "duties_not_separated"
    assert (allowed["stage"], allowed["allowed_because"]) == ("enrolled", "两个项目内容不同。")
    assert await left_of(world, project) == (9, 900_000)


async def test_nobody_puts_whom_they_are_close_to_on_a_list_or_lets_them_in_or_out(
    world: World, superuser: asyncpg.Connection
) -> None:
    project, waiting = await opened(world), await proposed(world)
    path = f"/v1/beneficiaries/{waiting['id']}"
    async with at_home(world, superuser, "county_officer"):
        enrolling = await tried(world, project, "county_officer")
        steps = [
            (await world.try_step("county_officer", path, step, body)).json()["code"]
            for step, body in (("exception", {"text": "同意。"}), ("end", LEFT))
        ]
        listed = await world.get("county_officer", "/v1/beneficiaries", project_id=waiting["project_id"])

    assert enrolling == (403, "relation_on_record")
    assert steps == ["relation_on_record"] * 2
    open_here = [one for one in listed["items"][0]["actions"] if one["action"] in {"allow_exception", "end"}]
    assert [one["reason_code"] for one in open_here] == ["relation_on_record"] * 2
    assert (await tried(world, project, "county_officer"))[0] == 201


async def test_two_projects_that_exclude_each_other_do_not_both_take_one_person_at_once(world: World) -> None:
    again = [{"by": "service", "code": "ACC-HOME", "within_months": 1}]
    terms = {"gives": "service", "services": ["ACC-HOME"], "exclusions": again}
    projects = [await opened(world, **terms) for _ in range(3)]

    answers = await asyncio.gather(*(tried(world, project) for project in projects))

    assert sorted(answers) == [(201, "enrolled"), (409, "double_benefit"), (409, "double_benefit")]


async def test_a_project_that_rests_or_is_closed_takes_nobody_in_and_keeps_whom_it_has(world: World) -> None:
    project = await opened(world)
    entry = await enrolled(world, project, valid_to=str(await today(world)))
    path, day = f"/v1/projects/{project['id']}", str(await today(world) + timedelta(days=1))

    await world.step("county_officer", path, "suspension", {"text": "资金未到位。"})
    resting = await tried(world, project, valid_from=day)
    await world.step("county_officer", path, "resumption")
    taken = await tried(world, project, valid_from=day)
    closed = await world.step("county_officer", path, "closure", {"text": "项目到期。"})

    assert (resting, taken) == ((409, "project_not_open"), (201, "enrolled"))
    assert (closed["stage"], await tried(world, project, valid_from=day)) == ("closed", (409, "project_not_open"))
    assert (await world.get("citizen", f"/v1/beneficiaries/{entry['id']}"))["stage"] == "enrolled"


async def test_a_rule_of_entitlement_says_whom_a_project_is_for_and_what_is_not_known_stands_against_nobody(
    world: World,
) -> None:
    project = await opened(world, gives="service", services=["EDU-AID"], target="EDU-AID")
    told = await fits(world, project)

    assert told["target_finding"] == "not_met"
    assert told["target_reasons"]
    assert await tried(world, project) == (409, "not_targeted")


async def test_each_sees_the_projects_of_the_place_and_the_people_of_the_own_area(world: World) -> None:
    project = await opened(world)
    entry = await enrolled(world, project)
    path = "/v1/beneficiaries"

    listed = {
        who: [one["id"] for one in (await world.get(who, path, project_id=project["id"]))["items"]]
        for who in ("commissioner", "township_officer", "county_officer", "citizen", "other_township_officer")
    }
    elsewhere = await world.call("other_county_officer", "GET", f"/v1/projects/{project['id']}")
    theirs = (await world.get("citizen", path, person_id=world.citizen["person_id"]))["items"]

    assert listed.pop("other_township_officer") == []
    assert set(map(tuple, listed.values())) == {(entry["id"],)}
    assert elsewhere.status_code == 404
    assert [one["project_name"] for one in theirs] == [project["name"]]


async def test_figures_by_area_hide_who_is_alone_there(world: World) -> None:
    project = await opened(world)
    await enrolled(world, project)

    report = await world.get("county_officer", f"/v1/projects/{project['id']}/report")

    assert [(row["region_code"], row["people"]) for row in report["rows"]] == [("652301104", None)]


async def test_terms_that_contradict_themselves_are_refused_by_name(world: World) -> None:
    wrong: dict[str, dict[str, Any]] = {
        "/quota": {"quota": 0},
        "/region_code": {"region_code": "652301104"},
        "/runs_to": {"runs_to": "2025-01-01"},
        "/budget_fen": {"budget_fen": 1},
        "/services": {"services": ["NO-SUCH"]},
        "/exclusions": {"exclusions": [{"by": "service", "within_months": 3}]},
    }
    told = {}
    for pointer, changes in wrong.items():
        answer = await world.call("county_officer", "POST", "/v1/projects", json=TERMS | changes)
        told[pointer] = (answer.status_code, answer.json()["errors"][0]["pointer"])

    assert told == {pointer: (422, pointer) for pointer in wrong}


async def test_the_sandbox_has_projects_of_its_own(world: World) -> None:
    shown = await world.get("township_officer", f"/v1/projects/{sandbox_id('project', 'home_access')}")

    assert (shown["stage"], shown["quota_left"], shown["signals"]) == ("open", 4000, [])

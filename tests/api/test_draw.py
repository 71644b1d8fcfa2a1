"""Who evaluates is drawn, over HTTP: committed to beforehand, open to the parties' check, by hand only for a reason."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.domain.draw import faults_of
from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.flow import by_hand, case_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

HOSPITAL = str(sandbox_id("organisation", "evaluation_hospital"))
FEDERATION = str(sandbox_id("organisation", "county_federation"))


async def accepted(world: World, **changes: Any) -> str:
    """A certificate case that waits for an institution."""
    case = case_of(await submitted(world, **changes), "certificate")
    await world.step("township_officer", case, "acceptance")
    return case


async def drawn(world: World, case: str) -> dict[str, Any]:
    assigned = await world.step("county_officer", case, "evaluation-assignment")
    return await world.get("auditor", f"/v1/draws/{assigned['assignment']['draw_id']}")


async def waiting(world: World, who: str = "portal") -> list[dict[str, Any]]:
    """The commitments of the county's federation that wait for a case, in the order of the series."""
    found = (await world.get(who, "/v1/draws", stage="published", limit=100))["items"]
    return sorted((one for one in found if one["organisation_id"] == FEDERATION), key=lambda one: one["number"])


async def test_the_institution_is_drawn_with_the_oldest_commitment_that_everybody_could_read_before(
    world: World,
) -> None:
    case = await accepted(world)
    before = await waiting(world)

    proof = await drawn(world, case)

    known = {one["id"]: one["commitment"] for one in before}
    assert proof["commitment"] == known[proof["id"]]
    assert all(one["seed"] is None and one["result"] is None for one in before)
    assert faults_of(proof) == ()
    assert (proof["stage"], proof["case_id"]) == ("revealed", case.rpartition("/")[2])


async def test_the_case_says_who_was_drawn_and_by_which_draw(world: World) -> None:
    case = await accepted(world)

    proof = await drawn(world, case)

    told = await world.get("evaluator", case)
    assert told["institution_id"] == proof["result"]["institution_id"]
    assert told["assignment"] == {
        "draw_id": proof["id"],
        "doctors": proof["result"]["doctors"],
        "by_hand": None,
        "text": "",
    }


@pytest.mark.parametrize("who", ["portal", "citizen", "evaluator", "township_officer", "auditor"])
async def test_whoever_may_know_of_the_case_reads_the_same_proof(world: World, who: str) -> None:
    proof = await drawn(world, await accepted(world))

    assert await world.get(who, f"/v1/draws/{proof['id']}") == proof


async def test_a_proof_names_no_person(world: World) -> None:
    proof = await drawn(world, await accepted(world))

    told = str(proof)
    assert world.citizen["person_id"] not in told
    assert world.citizen["name"] not in told
    assert proof.keys() & {"person_id", "application_id", "region_code"} == set()


async def test_another_system_does_not_find_the_draw_and_does_not_take_it_for_unused(world: World) -> None:
    proof = await drawn(world, await accepted(world))

    answer = await world.call("verifying_portal", "GET", f"/v1/draws/{proof['id']}")

    assert (answer.status_code, answer.json()["code"]) in {(404, "not_found"), (403, "forbidden")}
    listed = await waiting(world, "portal")
    assert proof["id"] not in {one["id"] for one in listed}


async def test_a_case_is_drawn_for_once(world: World) -> None:
    case = await accepted(world)
    await drawn(world, case)
    left = len(await waiting(world))

    again = await world.try_step("county_officer", case, "evaluation-assignment")

    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    assert len(await waiting(world)) == left


async def test_the_series_never_gets_shorter_by_drawing(world: World) -> None:
    case = await accepted(world)
    before = await waiting(world)

    await drawn(world, case)

    after = await waiting(world)
    assert len(after) >= len(before)
    assert after[-1]["number"] > before[-1]["number"]


async def test_two_cases_at_the_same_moment_are_drawn_with_two_seeds(world: World) -> None:
    cases = [
        await accepted(world),
    ]
    other = World(world.api, (await world.api.post("/v1/sandbox/clients")).json())
    cases_of = [(world, cases[0]), (other, await accepted(other))]

    first, second = await asyncio.gather(*(drawn(who, case) for who, case in cases_of))

    assert first["seed"] != second["seed"]
    assert abs(first["number"] - second["number"]) == 1


async def test_an_institution_is_chosen_by_hand_for_a_reason_which_the_case_keeps(world: World) -> None:
    case = await accepted(world)

    told = await world.step("county_officer", case, "evaluation-assignment", by_hand(HOSPITAL))

    assert told["institution_id"] == HOSPITAL
    assert told["assignment"] == {
        "draw_id": None,
        "doctors": [],
        "by_hand": "cannot_travel",
        "text": "申请人住院，无法前往其他机构。",
    }
    events = (await world.get("county_officer", "/v1/events", name="certificate_case.evaluation_assigned", limit=100))[
        "items"
    ]
    assert [one["facts"]["by_hand"] for one in events if one["subject_id"] == case.rpartition("/")[2]] == [
        "cannot_travel"
    ]


async def test_a_reason_that_the_registers_contradict_is_refused(world: World) -> None:
    case = await accepted(world)

    answer = await world.try_step(
        "county_officer", case, "evaluation-assignment", by_hand(HOSPITAL, reason="none_eligible")
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "hand_reason_not_so")


async def test_by_hand_is_not_without_a_reason(world: World) -> None:
    case = await accepted(world)

    answer = await world.try_step(
        "county_officer", case, "evaluation-assignment", {"by_hand": {"institution_id": HOSPITAL}}
    )

    assert answer.status_code == 422


async def test_an_institution_where_the_person_serves_is_neither_drawn_nor_chosen(
    world: World, superuser: asyncpg.Connection
) -> None:
    case = await accepted(world)
    doctor, person = UUID(world.account("third_evaluator")), UUID(world.citizen["person_id"])
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", doctor, person)
    try:
        at_random = await world.try_step("county_officer", case, "evaluation-assignment")
        chosen = await world.try_step("county_officer", case, "evaluation-assignment", by_hand(HOSPITAL))
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", doctor)

    assert (at_random.status_code, at_random.json()["code"]) == (409, "nobody_eligible")
    assert (chosen.status_code, chosen.json()["code"]) == (409, "institution_concerned")


async def test_what_happens_to_a_draw_is_told_to_who_follows_the_application(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    proof = await drawn(world, case)

    told = (await world.get("portal", f"/v1/applications/{application['id']}/events", limit=100))["items"]

    of_draw = [one for one in told if one["name"].startswith("draw.")]
    assert [one["name"] for one in of_draw] == ["draw.drawn", "draw.revealed"]
    assert {one["facts"]["draw_id"] for one in of_draw} == {proof["id"]}


async def test_commitments_stand_in_the_feed_of_the_county(world: World) -> None:
    found: list[dict[str, Any]] = []
    page = await world.get("auditor", "/v1/events", name="draw.published", limit=100)
    found += page["items"]

    assert all(len(one["facts"]["commitment"]) == 64 for one in found)
    assert {one["facts"]["organisation_id"] for one in found} >= {FEDERATION}

"""Who evaluates is drawn, over HTTP: committed to beforehand, open to the parties' check, by hand only for a reason."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.domain.draw import faults_of, faults_of_chain
from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.flow import EVALUATORS, a_conclusion, by_hand, case_of, concluded, drawn_for, one_of, submitted

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
        "taken_over_from": None,
        "instead_of": None,
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
        "taken_over_from": None,
        "instead_of": None,
    }
    of_case = (await world.get("county_officer", case))["application_id"]
    events = (await world.get("county_officer", "/v1/events", application_id=of_case, limit=100))["items"]
    assert [one["facts"]["by_hand"] for one in events if one["name"] == "certificate_case.evaluation_assigned"] == [
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


async def test_a_drawn_doctor_who_declines_is_stood_in_for_and_the_chain_is_checked_whole(world: World) -> None:
    case = await accepted(world)
    await drawn(world, case)
    ill, well = await drawn_for(world, case)
    absent: dict[str, Any] = {"reason": "doctor_absent", "doctors": [ill]}
    declined = await world.step(one_of(world, [ill]), case, "evaluation-decline", absent)
    again = await world.step("county_officer", case, "evaluation-assignment")

    assert [(one["reason"], one["is_excused"]) for one in declined["declines"]] == [("doctor_absent", True)]
    stand_in = await drawn_for(world, case)
    assert well in stand_in
    assert ill not in stand_in
    chain = await world.get("portal", "/v1/draws", case_id=case.rpartition("/")[2])
    in_order = sorted(chain["items"], key=lambda one: one["round"])
    assert [one["purpose"] for one in in_order] == ["evaluation", "stand_in"]
    assert faults_of_chain(chain["items"]) == ()
    assert again["assignment"]["draw_id"] in {one["id"] for one in chain["items"]}

    late = await world.try_step("evaluator", case, "evaluation", a_conclusion(world, doctors=absent["doctors"] * 2))
    assert late.status_code == 422
    assert (await concluded(world, case))["stage"] == "evaluated"


async def test_nobody_else_signs_than_who_was_drawn_and_the_problem_says_who_that_is(world: World) -> None:
    case = await accepted(world)
    proof = await drawn(world, case)
    doctors: list[str] = proof["result"]["doctors"]
    other = next(key for key in map(world.account, EVALUATORS) if key not in doctors)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    signed = a_conclusion(world, doctors=[doctors[0], other], concluded_on=today)

    answer = await world.try_step("evaluator", case, "evaluation", signed)

    assert (answer.status_code, answer.json()["code"]) == (422, "doctor_not_drawn")
    assert all(one in answer.json()["detail"] for one in doctors)


async def test_an_institution_that_declines_is_counted_and_no_institution_is_left_to_draw(world: World) -> None:
    case = await accepted(world)
    await drawn(world, case)
    for who in ("evaluator", "second_evaluator"):
        await world.step(who, case, "evaluation-decline", {"reason": "other"})

    again = await world.try_step("county_officer", case, "evaluation-assignment")
    events = await world.get("county_officer", "/v1/events", name="certificate_case.evaluation_declined", limit=100)

    assert (again.status_code, again.json()["code"]) == (409, "nobody_eligible")
    told = [one["facts"] for one in events["items"] if one["subject_id"] == case.rpartition("/")[2]]
    assert [(one["reason"], one["is_excused"], one["institution_id"]) for one in told] == [("other", False, HOSPITAL)]
    by_officer = by_hand(HOSPITAL, reason="none_eligible")
    assert (await world.step("county_officer", case, "evaluation-assignment", by_officer))["institution_id"] == HOSPITAL
    assert (await world.get("evaluator", case))["stage"] == "evaluation_assigned"


async def test_nobody_declines_in_another_doctors_name(world: World) -> None:
    case = await accepted(world)
    await drawn(world, case)
    strict, other = await drawn_for(world, case)
    friend = next(name for name in EVALUATORS if world.account(name) not in {strict, other})
    for asked in ([strict], [other, strict]):
        for reason in ("conflict_of_interest", "no_capacity", "equipment_not_available", "other"):
            answer = await world.try_step(friend, case, "evaluation-decline", {"reason": reason, "doctors": asked})
            assert (answer.status_code, answer.json()["code"]) == (403, "not_your_word"), reason

    own = next(name for name in EVALUATORS if world.account(name) == strict)
    both = await world.try_step(own, case, "evaluation-decline", {"reason": "no_capacity", "doctors": [strict, other]})
    assert (both.status_code, both.json()["code"]) == (403, "not_your_word")
    told = await world.step(own, case, "evaluation-decline", {"reason": "no_capacity", "doctors": [strict]})
    assert [(one["doctors"], one["word"]) for one in told["declines"]] == [([strict], "doctor")]


async def test_that_a_doctor_is_absent_is_the_institutions_word_and_told_as_such(world: World) -> None:
    case = await accepted(world)
    await drawn(world, case)
    ill, _ = await drawn_for(world, case)
    friend, colleague, *_ = (name for name in EVALUATORS if world.account(name) != ill)
    absent = {"reason": "doctor_absent", "doctors": [ill]}

    first = await world.step(friend, case, "evaluation-decline", absent)
    twice = await world.try_step(friend, case, "evaluation-decline", absent)
    told = await world.step(colleague, case, "evaluation-decline", absent)

    assert (first["stage"], first["declines"], first["decline_said"]["doctors"]) == ("evaluation_assigned", [], [ill])
    assert (twice.status_code, twice.json()["code"]) == (409, "second_word_missing")
    assert [(one["doctors"], one["word"]) for one in told["declines"]] == [([ill], "institution")]
    assert told["decline_said"] is None
    events = await world.get("county_officer", "/v1/events", name="certificate_case.evaluation_declined", limit=100)
    facts = [one["facts"] for one in events["items"] if one["subject_id"] == case.rpartition("/")[2]]
    two = ("institution", world.account(friend), world.account(colleague))
    assert [(one["word"], one["said_by"], one["declined_by"]) for one in facts] == [two]

"""From answers to needs that a human has confirmed, over HTTP."""

import asyncio
from typing import Any

import pytest

from tests.acting import World
from tests.api.care import INDEPENDENT, a_report, applied, assessed, confirmed
from tests.api.flow import case_of, evaluated

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ASSESSORS = ("commissioner", "township_officer", "county_officer")


async def test_the_service_scores_and_proposes_needs(world: World) -> None:
    assessment = await assessed(world)

    assert assessment["result"]["score"] == 1
    assert [band["code"] for band in assessment["result"]["bands"]] == ["partial_loss"]
    assert {need["code"]: need["stage"] for need in assessment["needs"]} == {
        "home_care": "proposed",
        "self_care_training": "proposed",
        "accessible_bathroom": "proposed",
    }


async def test_a_missing_answer_widens_the_score_and_is_never_guessed(world: World) -> None:
    result = (await assessed(world, answers={"bathing": "refused"}))["result"]

    assert (result["score"], result["lowest"], result["highest"]) == (None, 0, 6)
    assert result["bands"] == []


async def test_words_come_in_the_callers_language(world: World) -> None:
    chinese = {"Accept-Language": "zh-CN"}

    answer = await world.call("commissioner", "POST", "/v1/assessments", json=a_report(world), headers=chinese)

    assert answer.headers["Content-Language"] == "zh-CN"
    assert answer.json()["needs"][0]["text"] == "居家照料"


async def test_a_need_that_somebody_looks_after_is_not_proposed_again(world: World) -> None:
    await assessed(world)

    again = await world.post("township_officer", "/v1/assessments", a_report(world))

    assert again["needs"] == []


async def test_two_assessors_at_one_moment_propose_a_need_once(world: World) -> None:
    reports = [world.call(who, "POST", "/v1/assessments", json=a_report(world)) for who in ASSESSORS]

    answers = await asyncio.gather(*reports)

    assert [answer.status_code for answer in answers] == [201] * len(ASSESSORS)
    proposed = [need["code"] for answer in answers for need in answer.json()["needs"]]
    assert len(proposed) == len(set(proposed))


async def test_a_human_confirms_a_need_with_the_persons_own_words(world: World) -> None:
    need = (await assessed(world))["needs"][0]
    said = {"words": "我自己洗不了澡"}

    done = await world.post("commissioner", f"/v1/needs/{need['id']}/confirmation", said, version='"1"')

    assert (done["stage"], done["words"], done["version"]) == ("confirmed", "我自己洗不了澡", 2)


async def test_a_dismissed_need_may_be_proposed_anew(world: World) -> None:
    needs = (await assessed(world))["needs"]
    for need in needs:
        path = f"/v1/needs/{need['id']}/dismissal"
        await world.post("commissioner", path, {"reason": "not_needed"}, version='"1"')

    anew = await assessed(world)

    assert {need["code"] for need in anew["needs"]} == {need["code"] for need in needs}


async def test_two_decisions_on_one_version_are_not_both_taken(world: World) -> None:
    need = (await assessed(world))["needs"][0]
    await confirmed(world, need)

    late = await world.call(
        "township_officer", "POST", f"/v1/needs/{need['id']}/dismissal", json={"reason": "not_needed"}, version='"1"'
    )

    assert (late.status_code, late.json()["code"]) == (412, "stale_version")


async def test_the_person_reads_the_own_needs_page_by_page(world: World) -> None:
    await assessed(world)
    path = f"/v1/persons/{world.citizen['person_id']}/needs"

    first = await world.get("citizen", path, limit=2)
    rest = await world.get("citizen", path, limit=2, cursor=first["next_cursor"])

    assert len(first["items"]) == 2
    assert len(rest["items"]) == 1
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("stranger", ["other_township_officer", "other_county_officer"])
async def test_another_place_does_not_know_of_the_person(world: World, stranger: str) -> None:
    assessment = await assessed(world)

    answers = [
        await world.call(stranger, "GET", f"/v1/assessments/{assessment['id']}"),
        await world.call(stranger, "GET", f"/v1/persons/{world.citizen['person_id']}/needs"),
        await world.call(stranger, "POST", "/v1/assessments", json=a_report(world)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"answers": {"eating": "perhaps"}}, 422, "answer_not_in_instrument"),
        ({"answers": {"flying": "met"}}, 422, "answer_not_in_instrument"),
        ({"instrument": "phrenology"}, 404, "instrument_not_found"),
        ({"purpose": "education"}, 422, "instrument_not_suitable"),
        ({"instrument": "whodas_12", "answers": {}}, 422, "instrument_not_suitable"),
        ({"answers": {"eating": ["met", "not_met"]}}, 422, "answer_not_in_instrument"),
        ({"assessed_on": "2199-01-01"}, 422, "assessment_date_impossible"),
        ({"application_id": "01890000-0000-7000-8000-000000000000"}, 404, "not_found"),
        ({"score": 6}, 422, "invalid_content"),
    ],
)
async def test_what_cannot_be_assessed_is_a_clear_problem(
    world: World, *, change: dict[str, Any], status: int, code: str
) -> None:
    answer = await world.call("commissioner", "POST", "/v1/assessments", json=a_report(world) | change)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_an_instrument_is_read_with_its_questions_and_bands(world: World) -> None:
    listed = await world.get("provider", "/v1/instruments")

    barthel = await world.get("provider", "/v1/instruments/barthel")

    assert [instrument["code"] for instrument in listed["items"]] == [
        "barthel",
        "basic_situation",
        "lawton",
        "ltc_2021",
        "self_care_six",
        "wg_ss",
        "whodas_12",
    ]
    assert (len(barthel["items"]), barthel["lowest"], barthel["highest"]) == (10, 0, 100)
    assert all(option["text"] for item in barthel["items"] for option in item["options"])


async def test_an_instrument_that_combines_heads_shows_how(world: World) -> None:
    care = await world.get("provider", "/v1/instruments/ltc_2021")

    (matrix,) = care["matrices"]
    assert (matrix["rows"], matrix["columns"], matrix["confidence"]) == ("adl", ["cognition", "perception"], "doubtful")
    assert matrix["cells"][0] == ["level_5", "level_4", "level_3", "level_3"]


async def test_an_answer_may_be_several_and_leads_to_a_need_each(world: World) -> None:
    answers = {"e_needs": ["day_care", "carer_relief"], "c_enrolled": "not_of_age"}

    survey = await assessed(world, instrument="basic_situation", answers=answers)

    assert survey["answers"]["e_needs"] == ["day_care", "carer_relief"]
    assert survey["answers"]["c_school"] == "not_asked"
    assert {need["code"]: need["evidence"][0]["answers"] for need in survey["needs"]} == {
        "day_care": {"e_needs": ["day_care"]},
        "carer_relief": {"e_needs": ["carer_relief"]},
    }


async def test_what_is_held_is_offered_and_not_asked_again(world: World) -> None:
    first = await assessed(world, permanent=["bathing"])
    path = f"/v1/persons/{world.citizen['person_id']}/assessments"

    again = await world.call("commissioner", "POST", "/v1/assessments", json=a_report(world, anew=None))
    offered = await world.get("commissioner", path, serves="needs")
    for_school = await world.get("commissioner", path, serves="education")
    anew = await assessed(world, answers={"eating": "not_met"})

    assert (again.status_code, again.json()["code"]) == (409, "assessment_held")
    assert first["id"] in again.json()["detail"]
    assert [(held["id"], held["permanent"]) for held in offered["items"]] == [(first["id"], ["bathing"])]
    assert for_school["items"] == []
    assert (anew["answers"]["bathing"], anew["taken_over"]) == ("not_met", {"bathing": first["id"]})


async def test_a_correction_is_a_new_assessment_that_names_the_old_and_is_made_once(world: World) -> None:
    old = await assessed(world)
    path = f"/v1/assessments/{old['id']}"
    rewritten = {"reason": "misrecorded", "answers": INDEPENDENT | {"eating": "not_met"}}

    new = await world.post("commissioner", f"{path}/correction", rewritten)
    again = await world.call("township_officer", "POST", f"{path}/correction", json=rewritten)
    read = await world.get("citizen", path)
    offered = await world.get("citizen", f"/v1/persons/{world.citizen['person_id']}/assessments", serves="benefit")

    assert (new["corrects"], new["correction_reason"], new["answers"]["eating"]) == (
        old["id"],
        "misrecorded",
        "not_met",
    )
    assert (again.status_code, again.json()["code"]) == (409, "corrected_before")
    assert (read["corrected_by"], read["answers"]) == (new["id"], old["answers"])
    assert [held["id"] for held in offered["items"]] == [new["id"]]


async def test_the_evaluating_institution_assesses_whom_it_evaluates_and_nobody_else(world: World) -> None:
    report = a_report(world, method="facility")
    unknown = await world.call("evaluator", "POST", "/v1/assessments", json=report)
    case = case_of(await applied(world), "certificate")
    await evaluated(world, case)

    assessment = await world.post("evaluator", "/v1/assessments", report)
    again = await world.post("second_evaluator", "/v1/assessments", report)

    assert unknown.status_code == 404
    assert assessment["needs"]
    assert again["needs"] == []
    assert await world.get("evaluator", f"/v1/assessments/{assessment['id']}")

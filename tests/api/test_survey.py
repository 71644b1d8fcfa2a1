"""A round of the survey over HTTP: listed, assigned, asked or not reached, compared, counted, closed."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.services.ports.spent import SPENT, Spent
from tests.acting import World
from tests.api.care import assessed, certified, today
from tests.api.probes import an_entry, entries_of
from tests.api.registers import done_here
from tests.api.surveys import (
    ASSOCIATION,
    COUNTY,
    VILLAGE,
    a_design,
    a_finding,
    a_survey_round,
    imported_survey,
    ordered_import,
    recorded,
    surveyed_of,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_two_rounds_of_the_uncertified_say_who_is_new_and_what_has_changed(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    first = await a_survey_round(world)
    answers = {"c_reads": "no", "e_needs": ["day_care"]}
    survey = await assessed(world, instrument="basic_situation", answers=answers)

    done = await recorded(world, first, outcome="surveyed", assessment_id=survey["id"])
    second = await a_survey_round(world)
    again = await assessed(world, instrument="basic_situation", answers=answers | {"c_reads": "yes"})
    changed = await recorded(world, second, outcome="surveyed", assessment_id=again["id"])
    read = await world.get("county_officer", f"/v1/survey-rounds/{second['id']}")
    listed = await world.get("commissioner", f"/v1/survey-rounds/{second['id']}/entries", difference="changed")

    assert (done["stage"], done["difference"], done["assessment_id"]) == ("surveyed", "new", survey["id"])
    assert (second["previous_id"], changed["difference"], changed["changed"]) == (first["id"], "changed", ["c_reads"])
    assert read["stages"]["surveyed"] == read["differences"]["changed"] == 1
    assert read["listed"] == sum(read["stages"].values())
    assert [entry["person_id"] for entry in listed["items"]] == [world.citizen["person_id"]]


async def test_an_answer_that_still_counts_is_used_and_one_that_was_corrected_is_not(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    survey = await assessed(world, instrument="basic_situation", answers={"c_reads": "no"})
    correction = {"reason": "misrecorded", "answers": {"c_reads": "yes"}}
    corrected = await world.post("commissioner", f"/v1/assessments/{survey['id']}/correction", correction)
    entry = await surveyed_of(world, await a_survey_round(world))
    path, result = f"/v1/survey-entries/{entry['id']}", {"outcome": "surveyed"}

    old = await world.call(
        "commissioner", "POST", f"{path}/result", json=result | {"assessment_id": survey["id"]}, version='"1"'
    )
    none = await world.call("commissioner", "POST", f"{path}/result", json=result, version='"1"')
    done = await world.step("commissioner", path, "result", result | {"assessment_id": corrected["id"]})

    assert (old.status_code, old.json()["code"]) == (422, "not_of_this_survey")
    assert (none.status_code, none.json()["code"]) == (422, "not_of_this_survey")
    assert done["stage"] == "surveyed"


async def test_holders_are_listed_assigned_and_found_after_all(world: World) -> None:
    await certified(world)
    opened = await a_survey_round(world, population="holders")
    path = f"/v1/survey-rounds/{opened['id']}"

    assigned = await world.post(
        "county_officer", f"{path}/assignments", {"owner_id": ASSOCIATION, "region_code": VILLAGE}
    )
    missed = await recorded(world, opened, outcome="unreachable")
    mine = await world.get("commissioner", f"{path}/entries", owner_id=ASSOCIATION, stage="unreachable")
    refused = await recorded(world, opened, outcome="refused")

    assert assigned["assigned"] >= 1
    assert (missed["owner_id"], missed["difference"], missed["name"] is not None) == (ASSOCIATION, "unreachable", True)
    assert world.citizen["person_id"] in {entry["person_id"] for entry in mine["items"]}
    assert (refused["stage"], refused["difference"]) == ("refused", "refused")


async def test_a_table_of_results_is_recorded_row_by_row_and_a_dry_run_writes_nothing(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world)
    citizen = world.citizen["citizen_number"]
    rows = [(citizen, "surveyed", "c_reads=yes; e_needs=day_care, carer_relief"), (citizen, "moved", "")]
    rows += [("990207190304050019", "dead", ""), (citizen, "vanished", "")]
    rows = [(citizen, "unreachable", ""), *rows]

    looked = await imported_survey(world, opened, rows[:2], dry_run=True)
    untouched = await surveyed_of(world, opened)
    done = await imported_survey(world, opened, rows)
    entry = await surveyed_of(world, opened)
    needs = await world.get("commissioner", f"/v1/persons/{world.citizen['person_id']}/needs")
    second = await a_survey_round(world)
    compared = await imported_survey(world, second, [(citizen, "surveyed", "c_reads=no; e_needs=day_care")])

    assert [(row["outcome"], row["difference"]) for row in looked] == [
        ("unreachable", "unreachable"),
        ("surveyed", "new"),
    ]
    assert untouched["stage"] == "listed"
    assert [row["outcome"] or row["problem_code"] for row in done] == [
        "unreachable",
        "surveyed",
        "illegal_transition",
        done[3]["problem_code"],
        "survey_row_unclear",
    ]
    assert done[3]["problem_code"] in {"not_in_round", "invalid_citizen_number"}
    assert (entry["stage"], entry["assessment_id"] is not None, entry["version"]) == ("surveyed", True, 3)
    assert [(row["difference"], row["changed"]) for row in compared] == [("changed", "c_reads e_needs")]
    assert {"day_care", "carer_relief"} <= {need["code"] for need in needs["items"]}


async def test_a_table_of_many_rows_asks_the_database_as_often_as_one_of_a_single_row(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world)
    row = (world.citizen["citizen_number"], "surveyed", "c_reads=yes")

    statements = []
    for rows in ([row], [row] * 7):
        job_id, spent = await ordered_import(world, opened, rows, dry_run=True), Spent()
        SPENT.set(spent)
        await done_here(world, job_id)
        statements.append(spent.statements)

    assert statements[0] == statements[1] > 0


async def test_coverage_tells_holders_and_uncertified_people_apart(world: World) -> None:
    await certified(world)
    await recorded(world, await a_survey_round(world, population="holders"), outcome="refused")
    day = await today(world)

    told = await world.get(
        "auditor", "/v1/reports/survey-coverage", region=COUNTY, **{"from": str(day), "to": str(day)}
    )

    figures = {one["population"]: one for one in told["populations"]}
    assert set(figures) == {"holders", "uncertified"}
    assert figures["holders"]["known"] >= figures["holders"]["listed"] >= 1
    assert figures["holders"]["surveyed"] <= figures["holders"]["listed"]


async def test_a_closed_round_takes_nothing_more_and_a_second_one_is_not_opened_beside_the_first(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world)
    entry = await surveyed_of(world, opened)

    twice = await world.call("county_officer", "POST", "/v1/survey-rounds", json=await a_design(world))
    closed = await world.step("county_officer", f"/v1/survey-rounds/{opened['id']}", "closure")
    late = await world.call(
        "commissioner",
        "POST",
        f"/v1/survey-entries/{entry['id']}/result",
        json={"outcome": "moved"},
        version=f'"{entry["version"]}"',
    )

    assert (twice.status_code, twice.json()["code"]) == (409, "round_under_way")
    assert closed["stage"] == "closed"
    assert (late.status_code, late.json()["code"]) == (409, "round_not_running")


async def test_another_county_knows_neither_the_round_nor_who_is_in_it(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world)
    entry = await surveyed_of(world, opened)

    answers = [
        await world.call("other_county_officer", "GET", f"/v1/survey-rounds/{opened['id']}"),
        await world.call("other_county_officer", "GET", f"/v1/survey-rounds/{opened['id']}/entries"),
        await world.call("other_county_officer", "GET", f"/v1/survey-entries/{entry['id']}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_what_a_rule_finds_in_answers_changes_nothing_until_a_human_has_put_it_right(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    finding = await a_finding(world)
    path, said = f"/v1/survey-findings/{finding['id']}", {"settlement": "mended", "text": "电话核实，收入来自家人。"}

    early = await world.try_step("commissioner", path, "settlement", said)
    correction = {"reason": "misrecorded", "answers": {"d_works": "no", "b_main_income": "family"}}
    await world.post("commissioner", f"/v1/assessments/{finding['assessment_id']}/correction", correction)
    settled = await world.step("commissioner", path, "settlement", said)
    elsewhere = await world.call("other_county_officer", "GET", path)

    assert (finding["kind"], finding["stage"], finding["items"]) == (
        "contradictory",
        "open",
        ["d_works", "b_main_income"],
    )
    assert (early.status_code, early.json()["code"]) == (409, "still_so")
    assert (settled["stage"], settled["words"]) == ("mended", said["text"])
    assert elsewhere.status_code == 404


async def test_a_finding_is_passed_on_to_others_of_the_place_and_to_nobody_close_to_the_person(
    world: World, superuser: asyncpg.Connection
) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    path = f"/v1/survey-findings/{(await a_finding(world))['id']}"
    who = world.account("commissioner")
    organisation = str(
        await superuser.fetchval("SELECT organisation_id FROM membership WHERE account_id = $1", UUID(who))
    )
    to: dict[str, Any] = {"owner_id": organisation, "text": "由责任专职委员上门核实。"}

    refused = [
        ("township_officer", to | {"assignee_id": world.account("other_township_officer")}, "assignee_not_suitable"),
        ("township_officer", to | {"owner_id": str(uuid4())}, "owner_not_suitable"),
        ("township_officer", to | {"text": " "}, "invalid_content"),
        ("commissioner", to, "forbidden"),
        ("other_township_officer", to, "not_found"),
    ]
    for caller, body, code in refused:
        answer = await world.try_step(caller, path, "reassignment", body)
        assert answer.json()["code"] == code, (caller, answer.json())
    passed = await world.step("township_officer", path, "reassignment", to | {"assignee_id": who})
    again = await world.try_step("township_officer", path, "reassignment", to | {"assignee_id": who})
    listed = await world.get("commissioner", "/v1/survey-findings", assignee_id=who, stage=["open"], limit=100)

    assert (passed["owner_id"], passed["assignee_id"], passed["stage"]) == (organisation, who, "open")
    assert [(one["owner_id"], one["text"]) for one in passed["reassignments"]] == [(organisation, to["text"])]
    assert (again.status_code, again.json()["code"]) == (409, "already_theirs")
    assert passed["id"] in {one["id"] for one in listed["items"]}
    person = UUID(world.citizen["person_id"])
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", UUID(who), person)
    own = await world.try_step("township_officer", path, "reassignment", to)
    assert own.status_code == 200
    related = await world.try_step("township_officer", path, "reassignment", to | {"assignee_id": who})
    await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", UUID(who))
    assert (related.status_code, related.json()["code"]) == (422, "assignee_not_suitable")

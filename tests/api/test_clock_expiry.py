"""Limits that run out: what the law itself does then, what a supervisor sees, and who may give an office longer."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.acting import World, open_world
from tests.api.flow import case_of, concluded, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def today(world: World) -> date:
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def clock_of(  # noqa: PLR0917 - it reads as a sentence: whose, which item, which limit
    world: World, application: dict[str, Any], item: str, code: str
) -> dict[str, Any]:
    """One clock of an item as the portal reads it today."""
    read = await world.get("portal", f"/v1/applications/{application['id']}/clocks", item=item)
    clocks = [clock for one in read["items"] for kind in ("statutory", "promised") for clock in one[kind]]
    found: dict[str, Any] = next(clock for clock in clocks if clock["code"] == code)
    return found


async def on_the_day(world: World, day: str, *, days_after: int = 0) -> None:
    """Put the client's clock forward to a day."""
    await world.advance(days=(date.fromisoformat(day) - await today(world)).days + days_after)


async def story(world: World, application: dict[str, Any]) -> list[dict[str, Any]]:
    read = await world.get("portal", f"/v1/applications/{application['id']}/events", limit=100)
    told: list[dict[str, Any]] = read["items"]
    return told


async def test_on_the_last_day_nothing_has_happened_yet(world: World) -> None:
    application = await submitted(world)
    clock = await clock_of(world, application, "certificate", "correction_notice")

    await on_the_day(world, clock["due_on"])

    assert (await clock_of(world, application, "certificate", "correction_notice"))["state"] == "running"
    assert (await world.get("county_officer", case_of(application, "certificate")))["stage"] == "submitted"


async def test_where_nobody_says_in_time_what_is_missing_the_law_counts_it_as_accepted_from_the_first_day(
    world: World,
) -> None:
    application = await submitted(world)
    received_on = str(await today(world))
    clock = await clock_of(world, application, "certificate", "correction_notice")

    await on_the_day(world, clock["due_on"], days_after=1)

    case = await world.get("county_officer", case_of(application, "certificate"))
    assert case["stage"] == "accepted"
    decision = await clock_of(world, application, "certificate", "decision")
    assert (decision["started_on"], decision["state"]) == (received_on, "running")
    ran_out = await clock_of(world, application, "certificate", "correction_notice")
    assert (ran_out["state"], ran_out["follows"]) == ("stopped", "deemed_accepted")
    item = (await world.get("portal", f"/v1/applications/{application['id']}"))["items"][0]
    assert item["status"] == "in_progress"


async def test_that_it_counts_as_accepted_is_told_with_the_rule_and_done_by_nobody(world: World) -> None:
    application = await submitted(world)
    clock = await clock_of(world, application, "certificate", "correction_notice")
    await on_the_day(world, clock["due_on"], days_after=1)

    told = {event["name"]: event for event in await story(world, application)}

    deemed = told["certificate_case.deemed_accepted"]
    assert deemed["facts"]["rule_versions"] == ["procedure.correction_notice@CN#1"]
    assert "counts as accepted" in deemed["text"]
    assert told["clock.expired"]["facts"]["due_on"] == clock["due_on"]
    seen = await world.get("county_officer", f"/v1/applications/{application['id']}/events", limit=100)
    assert {event["actor_id"] for event in seen["items"] if event["name"] == deemed["name"]} == {None}


async def test_a_benefit_that_was_released_and_left_lying_counts_as_accepted_as_well(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    clock = await clock_of(world, application, "living_subsidy", "correction_notice")

    await on_the_day(world, clock["due_on"], days_after=1)

    assert (await world.get("county_officer", case_of(application, "living_subsidy")))["stage"] == "accepted"
    names = [event["name"] for event in await story(world, application)]
    assert names.count("benefit_case.deemed_accepted") == 2  # both subsidies were left lying


async def test_a_certificate_that_counts_as_accepted_is_issued_as_any_other(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    clock = await clock_of(world, application, "certificate", "correction_notice")
    await on_the_day(world, clock["due_on"], days_after=1)

    issued_case = await went_on(world, case)

    certificate = await world.get("county_officer", f"/v1/certificates/{issued_case['certificate_id']}")
    item = (await world.get("portal", f"/v1/applications/{application['id']}"))["items"][0]
    assert certificate["accepting_organisation_id"] == item["owner_id"]


async def went_on(world: World, case: str) -> dict[str, Any]:
    """An accepted case taken to the issued certificate."""
    await world.step("county_officer", case, "evaluation-assignment")
    await concluded(world, case)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "approval")
    return await world.step("county_approver", case, "issuance")


async def test_what_runs_out_otherwise_moves_nothing_and_reaches_the_supervisor(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    clock = await clock_of(world, application, "certificate", "decision")

    await on_the_day(world, clock["due_on"], days_after=14)

    assert (await world.get("county_officer", case))["stage"] == "accepted"
    overdue = await world.get("county_officer", f"/v1/clocks/{clock['id']}")
    assert (overdue["state"], overdue["follows"]) == ("overdue", "escalate")
    assert overdue["left"] < 0
    named = [event for event in await story(world, application) if event["name"] == "clock.expired"]
    assert [(event["facts"]["limit"], event["facts"]["outcome"]) for event in named] == [("decision", "escalate")]
    assert "refused" not in {event["name"].partition(".")[2] for event in await story(world, application)}


async def test_a_supervisor_lists_what_is_overdue_in_the_own_area_and_nobody_elses(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    clock = await clock_of(world, application, "certificate", "decision")
    await on_the_day(world, clock["due_on"], days_after=1)

    async def listed(who: str) -> set[str]:
        found, cursor = set(), None
        while True:
            asked = {"state": "overdue", "limit": "100"} | ({"cursor": cursor} if cursor else {})
            page = await world.get(who, "/v1/clocks", **asked)
            found |= {one["id"] for one in page["items"]}
            assert {one["state"] for one in page["items"]} <= {"overdue"}
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    assert clock["id"] in await listed("county_officer")
    assert clock["id"] not in await listed("other_county_officer")


async def test_what_was_overdue_stops_when_it_is_done_and_stays_known_as_late(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    clock = await clock_of(world, application, "certificate", "decision")
    await on_the_day(world, clock["due_on"], days_after=3)

    await world.step("county_reviewer", case, "refusal", {"reason": "materials_not_genuine", "text": "材料不真实。"})

    done = await clock_of(world, application, "certificate", "decision")
    assert (done["state"], done["follows"]) == ("stopped", "escalate")
    assert done["explanation"].startswith("It was over on")


async def test_a_clock_that_is_put_forward_moves_nobody_elses_cases(world: World) -> None:
    neighbour = await open_world(world.api)
    theirs = await submitted(neighbour)
    application = await submitted(world)
    clock = await clock_of(world, application, "certificate", "correction_notice")

    await on_the_day(world, clock["due_on"], days_after=10)

    assert (await neighbour.get("county_officer", case_of(theirs, "certificate")))["stage"] == "submitted"


async def test_one_leap_draws_every_consequence_that_follows_from_it(world: World) -> None:
    application = await submitted(world)

    await world.advance(days=365)

    names = [event["name"] for event in await story(world, application)]
    assert names.count("certificate_case.deemed_accepted") == 1
    assert names.count("clock.expired") == 3  # the notice, the promise to accept, and then the decision


async def extended(world: World, who: str, clock: dict[str, Any]) -> Any:
    return await world.call(
        who,
        "POST",
        f"/v1/clocks/{clock['id']}/extension",
        json={"reason": "需要进一步核实。"},
        version=f'"{clock["version"]}"',
    )


async def test_the_head_of_the_office_gives_it_longer_and_the_person_reads_why(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    clock = await clock_of(world, application, "certificate", "decision")

    answer = await extended(world, "county_approver", clock)

    assert answer.status_code == 200, answer.text
    longer = await clock_of(world, application, "certificate", "decision")
    assert (longer["total"], longer["extension"]["days"]) == (30, 10)
    assert longer["extension"]["reason"] == "需要进一步核实。"
    assert longer["due_on"] > clock["due_on"]
    told = [event for event in await story(world, application) if event["name"] == "clock.extended"]
    assert [(event["facts"]["old_due_on"], event["facts"]["due_on"]) for event in told] == [
        (clock["due_on"], longer["due_on"])
    ]
    assert "核实" not in str(told)


async def test_a_limit_is_extended_once_and_only_while_it_runs(world: World) -> None:
    application = await submitted(world)
    await world.step("township_officer", case_of(application, "certificate"), "acceptance")
    clock = await clock_of(world, application, "certificate", "decision")

    first = await extended(world, "county_approver", clock)
    stale = await extended(world, "county_approver", clock)
    twice = await extended(world, "county_approver", first.json())

    assert (first.status_code, stale.status_code) == (200, 412)
    assert (twice.status_code, twice.json()["code"]) == (409, "extended_already")


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("county_reviewer", 403, "forbidden"), ("portal", 403, "forbidden"), ("civil_affairs", 409, "not_extendable")],
)
async def test_a_promise_is_not_extended_and_not_by_everybody(  # noqa: PLR0917 - the columns of the table
    world: World, who: str, status: int, code: str
) -> None:
    application = await submitted(world)
    clock = await clock_of(world, application, "certificate", "accept")

    answer = await extended(world, who, clock)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_the_day_before_it_ran_out_is_still_told_as_it_was(world: World) -> None:
    application = await submitted(world)
    clock = await clock_of(world, application, "certificate", "accept")
    await on_the_day(world, clock["due_on"], days_after=5)
    before = str(date.fromisoformat(clock["due_on"]) - timedelta(days=1))

    read = await world.get("portal", f"/v1/applications/{application['id']}/clocks", as_of=before)

    assert {one["state"] for kind in ("statutory", "promised") for one in read["items"][0][kind]} == {"running"}

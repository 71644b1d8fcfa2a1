"""Looking again at running grants over HTTP: a change is reported or found, a human decides, and the roll follows."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.adapters.postgres.database import Database
from app.domain.shared.span import months_after
from tests.acting import World
from tests.api.bulk import a_worker, worked_off
from tests.api.flow import an_application, case_of, decided
from tests.api.rolls import approved_roll, drafted_roll, granted, lines_of, next_month, no_roll_open
from tests.api.test_instant import ANSWERS

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def worker(installed: Any, world: World) -> AsyncIterator[Database]:
    await no_roll_open(world)
    async with a_worker(installed) as database:
        await worked_off(database)
        yield database


async def reported(
    world: World, case: dict[str, Any], *, who: str = "township_officer", **changes: Any
) -> dict[str, Any]:
    body = {"case_id": case["id"], "trigger": "death", "text": "村委会来电", **changes}
    return await world.post(who, "/v1/rechecks", body)


async def open_recheck_of(world: World) -> dict[str, Any]:
    """The open recheck of this world's citizen, behind however many of others."""
    cursor: dict[str, str] = {}
    while True:
        page = await world.get("civil_affairs", "/v1/rechecks", stage="open", limit=100, **cursor)
        for one in page["items"]:
            if one["person_id"] == world.citizen["person_id"]:
                return dict(one)
        assert page["next_cursor"], "There is none."
        cursor = {"cursor": page["next_cursor"]}


async def today(world: World) -> date:
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def ruled(world: World, recheck: dict[str, Any], verdict: str, **more: Any) -> dict[str, Any]:
    body = {"verdict": verdict, "text": "经核实", **more}
    return await world.step("civil_affairs", f"/v1/rechecks/{recheck['id']}", "decision", body)


async def scanned(world: World, worker: Database) -> list[str]:
    """What this world's citizen is to be looked at for, once all grants were gone through."""
    await world.post("civil_affairs", "/v1/recheck-scans", {"region_code": "652301"})
    await worked_off(worker)
    found: list[str] = []
    parameters: dict[str, Any] = {"stage": "open", "limit": 100}
    while True:
        page = await world.get("civil_affairs", "/v1/rechecks", **parameters)
        found += [one["trigger"] for one in page["items"] if one["person_id"] == world.citizen["person_id"]]
        if page["next_cursor"] is None:
            return found
        parameters["cursor"] = page["next_cursor"]


async def test_a_grant_is_stopped_by_a_human_and_its_last_month_is_that_of_the_day(
    world: World, worker: Database
) -> None:
    case = await granted(world)
    month = await next_month(world)
    await approved_roll(world, worker, month)
    recheck = await reported(world, case)

    stopped = await ruled(world, recheck, "stopped", ceased_on=str(month.replace(day=2)))
    roll = await drafted_roll(world, worker, await next_month(world))

    assert (stopped["stage"], stopped["grant"]["last_month"]) == ("stopped", str(month))
    assert (await world.get("civil_affairs", f"/v1/benefit-cases/{case['id']}"))["granted"]["last_month"] == str(month)
    (line,) = await lines_of(world, roll)
    assert (line["change"], line["amount_fen"], line["previous_fen"], line["reason"]) == ("stopped", 0, 14000, "death")
    assert roll["totals"]["by_reason"]["death"]["previous_fen"] >= 14000


async def test_what_was_paid_for_too_long_comes_back_only_if_the_human_says_so(world: World, worker: Database) -> None:
    case = await granted(world)
    month = await next_month(world)
    await approved_roll(world, worker, month)
    earlier = months_after(month, -1)
    recheck = await reported(world, case)

    await ruled(world, recheck, "stopped", ceased_on=str(earlier.replace(day=15)), recovers_overpaid=True)
    roll = await drafted_roll(world, worker, await next_month(world))

    lines = {(line["for_month"], line["change"]): line["amount_fen"] for line in await lines_of(world, roll)}
    assert lines[str(month), "corrected"] == -14000
    assert lines[str(months_after(month, 1)), "stopped"] == 0


async def test_a_stop_is_a_decision_with_its_reason_and_an_appeal(world: World) -> None:
    case = await granted(world)
    recheck = await reported(world, case, trigger="registration_moved")

    stopped = await ruled(world, recheck, "stopped", ceased_on=str(await today(world)), text="户籍已迁往外县")

    listed = await world.get("citizen", f"/v1/applications/{case['application_id']}/decisions")
    decision = next(one for one in listed["items"] if one["outcome"] == "stopped")
    whole = await world.get("citizen", f"/v1/decisions/{decision['id']}")
    assert whole["remedy"]["last_day"]
    assert whole["text"] == "户籍已迁往外县"
    assert stopped["grant"]["last_month"][:7] in stopped["explanation"]
    assert "apply" in stopped["explanation"].lower()


async def test_a_grant_that_is_confirmed_or_put_right_goes_on(world: World) -> None:
    case = await granted(world)
    confirmed = await ruled(world, await reported(world, case), "confirmed")
    first = date.fromisoformat(case["granted"]["first_month"])

    corrected = await ruled(
        world, await reported(world, case, trigger="duplicate"), "corrected", first_month=str(months_after(first, 1))
    )

    assert (confirmed["stage"], confirmed["grant"]["last_month"]) == ("confirmed", None)
    assert corrected["grant"]["first_month"] == str(months_after(first, 1))


async def test_the_person_and_the_portal_may_report_and_follow_and_nobody_but_civil_affairs_decides(
    world: World,
) -> None:
    case = await granted(world)

    own = await reported(world, case, who="citizen", trigger="registration_moved")
    other = await reported(world, case, who="portal", trigger="missing")

    for who, recheck in (("citizen", own), ("portal", other), ("portal", own)):
        read = await world.get(who, f"/v1/rechecks/{recheck['id']}")
        assert (read["stage"], read["finding"], read["reasons"]) == ("open", None, [])
    for who in ("township_officer", "county_officer", "citizen", "auditor"):
        path = f"/v1/rechecks/{own['id']}/decision"
        answer = await world.call(who, "POST", path, json={"verdict": "confirmed"}, version='"1"')
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"verdict": "stopped", "text": "x"}, 422, "ceased_impossible"),
        ({"verdict": "stopped", "ceased_on": "2026-11-20"}, 422, "reason_missing"),
        ({"verdict": "stopped", "ceased_on": "2099-01-01", "text": "x"}, 422, "ceased_impossible"),
        ({"verdict": "corrected", "text": "x"}, 422, "ceased_impossible"),
        (
            {"verdict": "corrected", "text": "x", "first_month": "2026-11-01", "last_month": "2026-10-01"},
            422,
            "ceased_impossible",
        ),
    ],
)
async def test_a_ruling_that_cannot_be_changes_nothing(
    world: World, body: dict[str, Any], *, status: int, code: str
) -> None:
    case = await granted(world)
    recheck = await reported(world, case)

    refused = await world.try_step("civil_affairs", f"/v1/rechecks/{recheck['id']}", "decision", body)

    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text
    assert (await world.get("civil_affairs", f"/v1/benefit-cases/{case['id']}"))["granted"]["last_month"] is None


async def test_reports_that_lead_nowhere_are_refused(world: World) -> None:
    case = await granted(world)
    await reported(world, case)
    body = {"case_id": case["id"], "text": "村委会来电"}

    twice = await world.call("township_officer", "POST", "/v1/rechecks", json=body | {"trigger": "death"})
    periodic = await world.call("township_officer", "POST", "/v1/rechecks", json=body | {"trigger": "periodic"})
    waiting = next(
        item["case_id"]
        for item in (await world.get("portal", f"/v1/applications/{case['application_id']}"))["items"]
        if item["code"] == "nursing_subsidy"
    )
    nothing = await world.call(
        "township_officer", "POST", "/v1/rechecks", json={"case_id": waiting, "trigger": "death", "text": "x"}
    )

    assert [twice.json()["code"], periodic.json()["code"], nothing.json()["code"]] == [
        "recheck_open",
        "no_trigger_here",
        "grant_not_running",
    ]


@pytest.mark.parametrize(
    ("change", "trigger"),
    [
        ("UPDATE certificate_version SET status = 'frozen' WHERE person_id = $1", "certificate_not_in_force"),
        ("UPDATE economic_status SET status = 'ordinary' WHERE person_id = $1", "subsistence_allowance_ended"),
        ("UPDATE economic_status SET status = 'extreme_hardship' WHERE person_id = $1", "kept_by_the_state"),
        ("UPDATE person SET registration_path = '65/6523/652302' WHERE id = $1", "registration_moved"),
    ],
)
async def test_what_has_changed_on_record_is_found_once_and_money_goes_on(
    world: World, worker: Database, superuser: asyncpg.Connection, *, change: str, trigger: str
) -> None:
    case = await granted(world)
    before = await scanned(world, worker)
    await superuser.execute(change, UUID(world.citizen["person_id"]))

    found = await scanned(world, worker)
    again = await scanned(world, worker)

    assert (before, found, again) == ([], [trigger], [trigger])
    assert (await world.get("civil_affairs", f"/v1/benefit-cases/{case['id']}"))["granted"]["last_month"] is None


async def test_staff_are_told_since_when_a_condition_is_not_met(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    case = await granted(world)
    since = await today(world)
    await world.advance(days=40)
    await superuser.execute(
        "UPDATE certificate_version SET valid_until = $2 WHERE person_id = $1",
        UUID(world.citizen["person_id"]),
        since,
    )
    recheck = await reported(world, case, trigger="certificate_not_in_force")

    read = await world.get("civil_affairs", f"/v1/rechecks/{recheck['id']}")

    assert read["finding"] == "not_met"
    assert date.fromisoformat(read["ceased_on"]).toordinal() == since.toordinal() + 1


async def test_after_so_many_months_somebody_looks_again_and_a_confirmed_grant_has_its_time(
    world: World, worker: Database
) -> None:
    await granted(world)
    await world.advance(days=364)
    early = await scanned(world, worker)
    await world.advance(days=5)

    due = await scanned(world, worker)
    own = await open_recheck_of(world)
    await ruled(world, own, "confirmed")
    await world.advance(days=300)

    assert (early, due) == ([], ["periodic"])
    assert own["due_on"] > own["opened_on"]
    assert await scanned(world, worker) == []


async def test_going_through_another_county_is_not_ones_function(world: World) -> None:
    answer = await world.call("civil_affairs", "POST", "/v1/recheck-scans", json={"region_code": "652302"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_function")


async def test_nobody_puts_a_grant_right_to_months_before_it_was_applied_for(world: World) -> None:
    case = await granted(world)
    recheck = await reported(world, case, trigger="missing")
    body = {"verdict": "corrected", "text": "应自2016年起计发", "first_month": "2016-01-01"}

    refused = await world.try_step("civil_affairs", f"/v1/rechecks/{recheck['id']}", "decision", body)

    assert (refused.status_code, refused.json()["code"]) == (422, "ceased_impossible"), refused.text
    assert refused.json()["errors"][0]["pointer"] == "/first_month"
    read = await world.get("civil_affairs", f"/v1/rechecks/{recheck['id']}")
    assert read["grant"]["first_month"] == case["granted"]["first_month"]


async def test_nobody_puts_a_grant_right_to_a_month_for_which_another_of_the_same_is_due(world: World) -> None:
    case = await granted(world)
    ended_on = await today(world)
    await ruled(world, await reported(world, case, trigger="missing"), "stopped", ceased_on=str(ended_on))
    again = await world.post(
        "portal", "/v1/applications", an_application(world, items=("living_subsidy",), answers=ANSWERS)
    )
    later = await decided(world, case_of(again, "living_subsidy"))
    recheck = await reported(world, later, trigger="duplicate")
    body = {"verdict": "corrected", "text": "更正起发月份", "first_month": str(ended_on)}

    refused = await world.try_step("civil_affairs", f"/v1/rechecks/{recheck['id']}", "decision", body)

    assert later["granted"]["first_month"] > str(ended_on)
    assert (refused.status_code, refused.json()["code"]) == (422, "ceased_impossible"), refused.text

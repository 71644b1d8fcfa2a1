"""The roll of a month over HTTP: drawn up by a job, checked, approved by another, written out; and who may not."""

import json
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
from tests.api.rolls import (
    COUNTY,
    approved_roll,
    drafted_roll,
    granted,
    lines_of,
    next_month,
    no_roll_open,
    ordered_roll,
)

pytestmark = [pytest.mark.anyio, pytest.mark.database]


@pytest.fixture
async def worker(installed: Any, world: World) -> AsyncIterator[Database]:
    await no_roll_open(world)
    async with a_worker(installed) as database:
        await worked_off(database)
        yield database


def told(lines: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(line["for_month"][:7], line["amount_fen"], line["change"]) for line in lines]


async def test_the_first_roll_pays_back_to_the_month_of_application_and_the_next_one_goes_on(
    world: World, worker: Database
) -> None:
    case = await granted(world)
    first_month = date.fromisoformat(case["granted"]["first_month"])
    month = await next_month(world)

    roll = await approved_roll(world, worker, month)
    following = await drafted_roll(world, worker, await next_month(world))

    lines = await lines_of(world, roll)
    assert lines[0]["for_month"] == str(first_month)
    assert {line["change"] for line in lines[:-1]} == {"back_payment"}
    assert told(lines[-1:]) == [(f"{month:%Y-%m}", 14000, "new")]
    assert [line["for_month"] for line in lines] == [
        str(months_after(first_month, number)) for number in range(len(lines))
    ]
    assert told(await lines_of(world, following)) == [(f"{months_after(month, 1):%Y-%m}", 14000, "unchanged")]
    assert following["previous_id"] == roll["id"]


async def test_the_sums_agree_however_they_are_added_up_and_explain_the_difference(
    world: World, worker: Database
) -> None:
    await granted(world)
    before = await approved_roll(world, worker, await next_month(world))
    totals = (await drafted_roll(world, worker, await next_month(world)))["totals"]

    for way in ("by_change", "by_township"):
        assert sum(part["amount_fen"] for part in totals[way].values()) == totals["amount_fen"]
    assert totals["before_fen"] == before["totals"]["amount_fen"]
    explained = sum(part["difference_fen"] for part in totals["differences"]) - totals["ended_fen"]
    assert explained == totals["difference_fen"] == totals["amount_fen"] - totals["before_fen"]
    assert "652301104" in totals["by_township"]


async def test_whoever_has_checked_a_roll_may_not_approve_it_and_an_approved_one_is_final(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    roll = await drafted_roll(world, worker, await next_month(world))
    path = f"/v1/payment-rolls/{roll['id']}"
    early = await world.try_step("civil_affairs", path, "approval")
    await world.step("civil_affairs", path, "check")

    same = await world.try_step("civil_affairs", path, "approval")
    approved = await world.step("second_civil_affairs", path, "approval")
    late = await world.try_step("civil_affairs", path, "rejection", {"text": "重复"})

    assert [early.json()["code"], same.json()["code"], late.json()["code"]] == [
        "illegal_transition",
        "duties_not_separated",
        "illegal_transition",
    ]
    assert approved["stage"] == "approved"
    assert [step["action"] for step in approved["steps"]] == ["complete", "check", "approve"]
    names = await superuser.fetch(
        "SELECT name, person_id FROM event WHERE subject_id = $1 ORDER BY position", UUID(roll["id"])
    )
    assert [tuple(row) for row in names] == [
        (f"payment_roll.{name}", None) for name in ("ordered", "drafted", "checked", "approved")
    ]


async def test_a_line_whose_conditions_are_not_met_is_marked_and_not_left_out(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    await granted(world)
    month = await next_month(world)
    await superuser.execute(
        "UPDATE economic_status SET status = 'ordinary' WHERE person_id = $1", UUID(world.citizen["person_id"])
    )

    roll = await drafted_roll(world, worker, month)

    doubtful = (await lines_of(world, roll, doubtful=True))[-1]
    assert (doubtful["for_month"], doubtful["amount_fen"]) == (str(month), 14000)
    assert (doubtful["finding"], doubtful["unmet"]) == ("not_met", ["economic_status_in"])
    assert roll["totals"]["doubtful"] >= 1


async def test_one_roll_at_a_time_and_a_rejected_one_makes_room(world: World, worker: Database) -> None:
    month = await next_month(world)
    roll = await ordered_roll(world, month)
    body = {"benefit": "living_subsidy", "region_code": COUNTY, "month": str(month)}

    second = await world.call("civil_affairs", "POST", "/v1/payment-rolls", json=body)
    rejected = await world.step("civil_affairs", f"/v1/payment-rolls/{roll['id']}", "rejection", {"text": "选错了月份"})
    await worked_off(worker)
    again = await drafted_roll(world, worker, month)

    assert (second.status_code, second.json()["code"]) == (409, "roll_open")
    assert (rejected["stage"], rejected["objection"]) == ("rejected", "选错了月份")
    assert again["stage"] == "drafted"
    assert (await world.get("civil_affairs", f"/v1/payment-rolls/{roll['id']}/lines"))["items"] == []


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"benefit": "employment_help"}, 422, "not_paid_monthly"),
        ({"benefit": "no_such_benefit"}, 422, "not_paid_monthly"),
        ({"region_code": "652301104"}, 422, "no_roll_here"),
        ({"region_code": "652302"}, 403, "not_your_function"),
        ({"region_code": "65230199"}, 422, "invalid_content"),
        ({"month": "2099-01-01"}, 409, "month_not_begun"),
    ],
)
async def test_a_roll_that_cannot_be_is_refused(
    world: World, worker: Database, changes: dict[str, str], *, status: int, code: str
) -> None:
    body = {"benefit": "living_subsidy", "region_code": COUNTY, "month": str(await next_month(world)), **changes}

    refused = await world.call("civil_affairs", "POST", "/v1/payment-rolls", json=body)

    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.text


async def test_a_month_that_has_its_roll_gets_no_other(world: World, worker: Database) -> None:
    month = await next_month(world)
    await approved_roll(world, worker, month)
    body = {"benefit": "living_subsidy", "region_code": COUNTY, "month": str(month)}

    refused = await world.call("civil_affairs", "POST", "/v1/payment-rolls", json=body)

    assert (refused.status_code, refused.json()["code"]) == (409, "month_rolled")


async def test_a_roll_goes_out_with_names_only_when_it_is_approved_and_names_everybody_in_the_record_of_access(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    await granted(world)
    roll = await drafted_roll(world, worker, await next_month(world))
    path = f"/v1/payment-rolls/{roll['id']}"
    early = await world.call("civil_affairs", "POST", f"{path}/export", json={})
    await world.step("civil_affairs", path, "check")
    await world.step("second_civil_affairs", path, "approval")

    masked = await world.post("civil_affairs", f"{path}/export", {})
    full = await world.post("civil_affairs", f"{path}/export", {"identifiers": "full"})
    await worked_off(worker)

    assert early.json()["code"] == "roll_not_approved"
    shown = {}
    for job in (masked, full):
        answer = await world.call("civil_affairs", "GET", f"/v1/jobs/{job['id']}/results", params={"limit": 10_000})
        people = [json.loads(line) for line in answer.text.splitlines()]
        (shown[job["id"]],) = [one for one in people if one["name"] == world.citizen["name"]][-1:]
        assert sum(one["amount_fen"] for one in people) == roll["totals"]["amount_fen"]
    assert shown[full["id"]]["citizen_number"] == world.citizen["citizen_number"]
    assert "*" in shown[masked["id"]]["citizen_number"]
    record = await superuser.fetchrow(
        "SELECT operation, disclosed, person_ids FROM access_record WHERE request_id = $1", f"job-{full['id']}-0"
    )
    assert (record["operation"], record["disclosed"]) == ("export_payment_roll", ["payment", "name", "identifiers"])
    assert UUID(world.citizen["person_id"]) in record["person_ids"]


async def test_the_auditor_reads_and_nobody_else_does(world: World, worker: Database) -> None:
    await granted(world)
    roll = await drafted_roll(world, worker, await next_month(world))
    path = f"/v1/payment-rolls/{roll['id']}"

    read = await world.get("auditor", path)
    lines = await world.get("auditor", f"{path}/lines")

    assert read["totals"] == roll["totals"]
    assert lines["items"]
    assert not any(action["allowed"] for action in read["actions"])
    for who in ("county_officer", "township_officer", "commissioner", "portal", "citizen", "admin"):
        assert (await world.call(who, "GET", path)).status_code == 403

"""Needs that a village cannot meet, over HTTP: to the township, to the city, and back to the person."""

from datetime import timedelta

import pytest

from tests.acting import World
from tests.api.care import today
from tests.api.probes import A_NEED, needs_of

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def test_a_need_goes_to_the_township_then_to_the_city_and_the_person_is_told(world: World) -> None:
    report = await world.post("commissioner", needs_of(world), A_NEED)
    path = f"/v1/need-reports/{report['id']}"

    early = await world.try_step("county_officer", path, "answer", {"outcome": "met", "text": "已解决。"})
    escalated = await world.step("township_officer", path, "escalation")
    await world.step("county_officer", path, "answer", {"outcome": "arranged", "text": "下月安排。"})

    told = await world.get("citizen", path)
    assert (report["stage"], early.status_code, escalated["stage"]) == ("at_township", 409, "at_city")
    assert escalated["due_on"] > report["due_on"]
    assert (told["stage"], told["outcome"], told["answer"]) == ("answered", "arranged", "下月安排。")
    assert "name" not in told


async def test_what_is_not_answered_in_time_rises_and_the_same_is_not_reported_twice(world: World) -> None:
    report = await world.post("commissioner", needs_of(world), A_NEED)

    twice = await world.call("commissioner", "POST", needs_of(world), json=A_NEED)
    unknown = await world.call("commissioner", "POST", needs_of(world), json=A_NEED | {"need": "gold"})
    await world.advance(days=30)
    risen = await world.get("county_officer", f"/v1/need-reports/{report['id']}")
    await world.advance(days=30)
    yesterday = str(await today(world) - timedelta(days=1))
    overdue = await world.get("county_officer", "/v1/need-reports", due_by=yesterday, stage="at_city", limit=100)
    events = await world.get("citizen", "/v1/events", name="need_report.")

    assert (twice.status_code, twice.json()["code"]) == (409, "need_report_open")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_need")
    assert (risen["stage"], risen["is_overdue"], risen["text"]) == ("at_city", False, report["text"])
    assert next(one for one in overdue["items"] if one["id"] == report["id"])["is_overdue"]
    assert [one["name"] for one in events["items"]] == ["need_report.reported", "need_report.rose"]

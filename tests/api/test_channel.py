"""Counter, telephone, home visit and portal give the same case; the ways of the person are counted and reported."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.application import Channel
from tests.acting import World
from tests.api.flow import an_application, case_of, evaluated, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

OF_THIS_ONE = {
    "id",
    "case_id",
    "application_id",
    "source_number",
    "submitted_at",
    "organisation_id",
    "suggestions_path",
}
OF_THE_CHANNEL = {"channel", "assisted_by", "ways"}
SENDERS = {"portal": "portal", "counter": "township_officer", "phone": "township_officer", "home_visit": "commissioner"}


def like(found: Any) -> Any:
    """What was answered, without what differs from one application to the next, and by the channel."""
    if isinstance(found, dict):
        return {key: like(value) for key, value in found.items() if key not in OF_THIS_ONE | OF_THE_CHANNEL}
    return [like(value) for value in found] if isinstance(found, list) else found


async def cases_of(world: World, application: dict[str, Any]) -> list[dict[str, Any]]:
    return [await world.get("county_officer", case_of(application, item["code"])) for item in application["items"]]


ON_WORD = {"said_by": "person"}


async def test_every_channel_gives_the_same_case(world: World) -> None:
    applications, cases, assisted = [], [], {}
    for channel in Channel:
        sent = await world.post(SENDERS[channel], "/v1/applications", an_application(world, channel=channel.value))
        read = await world.get("county_officer", f"/v1/applications/{sent['id']}")
        applications.append(like(read))
        cases.append(like(await cases_of(world, sent)))
        assisted[channel.value] = (read["channel"], read["assisted_by"], read["ways"])
        await world.step(SENDERS[channel], f"/v1/applications/{sent['id']}", "withdrawal", ON_WORD)

    assert all(one == applications[0] for one in applications)
    assert all(one == cases[0] for one in cases)
    assert assisted == {
        "portal": ("portal", None, 0),
        "counter": ("counter", world.account("township_officer"), 1),
        "phone": ("phone", world.account("township_officer"), 0),
        "home_visit": ("home_visit", world.account("commissioner"), 0),
    }


async def test_what_was_begun_in_a_portal_goes_on_at_the_counter_under_the_same_ids(world: World) -> None:
    sent = await submitted(world)
    number = {"source_number": sent["source_number"]}

    found = (await world.post("township_officer", "/v1/application-searches", number))["applications"]
    withdrawn = await world.step("township_officer", f"/v1/applications/{found[0]['id']}", "withdrawal", ON_WORD)

    assert (withdrawn["id"], withdrawn["status"]) == (sent["id"], "withdrawn")
    assert [item["case_id"] for item in withdrawn["items"]] == [item["case_id"] for item in sent["items"]]


async def test_an_application_at_a_counter_and_an_evaluation_count_by_themselves(world: World) -> None:
    sent = await world.post("township_officer", "/v1/applications", an_application(world, channel="counter"))
    await evaluated(world, case_of(sent, "certificate"))

    found = await world.get("citizen", f"/v1/applications/{sent['id']}/visits")

    assert (found["ways"], found["at_most"]) == (2, 1)
    assert [(one["purpose"], one["place"], one["item"], one["counted"]) for one in found["visits"]] == [
        ("application", "counter", None, True),
        ("evaluation", "institution", "certificate", True),
    ]
    assert (await world.get("citizen", f"/v1/applications/{sent['id']}"))["ways"] == 2


async def test_doctors_who_come_home_save_the_person_the_way(world: World) -> None:
    sent = await submitted(world)
    await evaluated(world, case_of(sent, "certificate"), at_home=True)

    found = await world.get("portal", f"/v1/applications/{sent['id']}/visits")

    assert (found["ways"], [one["place"] for one in found["visits"]]) == (0, ["home"])


async def test_whoever_saw_the_person_records_it_and_one_way_counts_once(world: World) -> None:
    sent = await submitted(world)
    path = f"/v1/applications/{sent['id']}/visits"
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    seen = {"purpose": "originals", "place": "counter", "visited_on": today, "item": "certificate"}

    await world.post("township_officer", path, seen)
    await world.post("township_officer", path, seen | {"purpose": "confirmation"})
    found = await world.post("commissioner", path, seen | {"place": "home"})

    assert (found["ways"], len(found["visits"])) == (1, 3)
    story = (await world.get("citizen", f"/v1/applications/{sent['id']}/events"))["items"]
    assert [one["text"] for one in story if one["name"] == "visit.recorded"][:1] == [
        "The person was seen for a look at the originals at a counter."
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "employment_help"}, "item_not_found"),
        ({"visited_on": "2020-01-01"}, "visit_day_impossible"),
        ({"visited_on": "2199-01-01"}, "visit_day_impossible"),
        ({"place": "moon"}, "invalid_content"),
    ],
)
async def test_a_visit_that_cannot_have_been_is_refused(world: World, *, changes: dict[str, str], code: str) -> None:
    sent = await submitted(world)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    seen = {"purpose": "originals", "place": "counter", "visited_on": today} | changes

    answer = await world.call("township_officer", "POST", f"/v1/applications/{sent['id']}/visits", json=seen)

    assert answer.json()["code"] == code


async def test_neither_the_person_nor_a_portal_counts_the_ways(world: World) -> None:
    sent = await submitted(world)
    seen = {"purpose": "originals", "place": "home", "visited_on": "2026-11-26"}

    for who in ("citizen", "portal", "auditor"):
        answer = await world.call(who, "POST", f"/v1/applications/{sent['id']}/visits", json=seen)
        assert answer.status_code == 403
        assert answer.json()["code"] in {"forbidden", "insufficient_scope"}


async def report(world: World, who: str, **asked: str) -> dict[str, Any]:
    today = date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])
    period = {"from": str(today - timedelta(days=5)), "to": str(today)}
    return await world.get(who, "/v1/reports/visits", **(period | asked))


async def test_the_ways_are_reported_by_place_and_channel_without_anybody_in_it(world: World) -> None:
    await world.advance(days=400)
    before = await report(world, "county_officer")
    for channel in ("portal", "counter"):
        sent = await world.post(SENDERS[channel], "/v1/applications", an_application(world, channel=channel))
        await world.step(SENDERS[channel], f"/v1/applications/{sent['id']}", "withdrawal", ON_WORD)
    await submitted(world)

    after = await report(world, "county_officer")

    assert before["rows"] == []
    assert (after["applications"], after["finished"], after["share_within"], after["at_most"]) == (3, 2, 1.0, 1)
    assert [
        (row["region_code"], row["channel"], row["applications"], row["without_way"], row["one_way"])
        for row in after["rows"]
    ] == [("652301104", "counter", 1, 0, 1), ("652301104", "portal", 2, 1, 0)]
    below = await report(world, "county_officer", region="652301104")
    assert {row["region_code"] for row in below["rows"]} == {"652301104201"}


async def test_nobody_gets_the_figures_of_another_place(world: World) -> None:
    await submitted(world)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    asked = {"from": today, "to": today}

    own = await report(world, "other_township_officer")
    elsewhere = await world.call(
        "other_township_officer", "GET", "/v1/reports/visits", params=asked | {"region": "652301104"}
    )
    unknown = await world.call("county_officer", "GET", "/v1/reports/visits", params=asked | {"region": "999999"})
    too_long = await world.call(
        "county_officer", "GET", "/v1/reports/visits", params={"from": "2020-01-01", "to": "2022-01-01"}
    )

    assert own["rows"] == []
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "area_not_yours")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "region_not_found")
    assert (too_long.status_code, too_long.json()["code"]) == (422, "period_impossible")

"""Ratings over HTTP: given once nothing can depend on them, sealed, answered by the unit, counted without anybody."""

import json
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app.adapters.postgres.statements import table_of
from app.adapters.postgres.tables import ApplicationRow
from tests.acting import World, open_world
from tests.api.flow import case_of, evaluated, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ALONE = {"business": "new", "applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号"}
WORDS = "等得太久了"
BAD = {"item": "certificate", "satisfaction": "dissatisfied", "words": WORDS}


async def refused(world: World) -> dict[str, Any]:
    """An application for a certificate alone that has come to its end."""
    sent = await submitted(world, items=("certificate",), answers=ALONE)
    case = case_of(sent, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    body = {"reason": "standard_not_met", "text": "未达到评定标准。"}
    await world.step("county_reviewer", case, "refusal", body)
    return sent


async def rated(world: World, sent: dict[str, Any], who: str = "citizen", **changes: Any) -> dict[str, Any]:
    return await world.post(who, f"/v1/applications/{sent['id']}/ratings", BAD | changes)


async def bad_ones(world: World, who: str = "county_officer", **asked: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next_cursor": None}
    while True:
        page = await world.get(
            who, "/v1/ratings", limit=100, **asked, **({"cursor": page["next_cursor"]} if found else {})
        )
        found += page["items"]
        if not page["has_more"]:
            return found


async def test_an_item_that_is_not_finished_is_not_rated(world: World) -> None:
    sent = await submitted(world)

    answer = await world.call("citizen", "POST", f"/v1/applications/{sent['id']}/ratings", json=BAD)

    assert (answer.status_code, answer.json()["code"]) == (409, "too_early_to_rate")


async def test_a_rating_is_given_once_and_corrected_in_time(world: World) -> None:
    sent = await refused(world)
    given = await rated(world, sent)
    path = f"/v1/ratings/{given['id']}/correction"

    again = await world.call("citizen", "POST", f"/v1/applications/{sent['id']}/ratings", json=BAD)
    better = await world.call("citizen", "POST", path, json={"satisfaction": "satisfied"}, version='"1"')
    await world.advance(days=30)
    late = await world.call("citizen", "POST", path, json={"satisfaction": "satisfied"}, version='"2"')

    assert (again.status_code, again.json()["code"]) == (409, "already_rated")
    assert (better.status_code, better.json()["words"], better.json()["version"]) == (200, None, 2)
    assert (late.status_code, late.json()["code"]) == (409, "rating_closed")


async def test_the_unit_looks_into_a_bad_rating_without_learning_who_gave_it(world: World) -> None:
    sent = await refused(world)
    given = await rated(world, sent)

    shown = next(one for one in await bad_ones(world) if one["id"] == given["id"])
    answered = await world.call(
        "county_officer",
        "POST",
        f"/v1/ratings/{given['id']}/follow-up",
        json={"outcome": "confirmed", "answer": "已增设窗口。"},
        version='"1"',
    )

    assert shown["words"] == WORDS
    told = json.dumps([shown, answered.json()], ensure_ascii=False)
    for secret in (sent["id"], world.citizen["person_id"], world.citizen["name"], world.account("citizen")):
        assert secret not in told
    read = (await world.get("citizen", f"/v1/applications/{sent['id']}/ratings"))["ratings"]
    assert read[0]["follow_up"]["answer"] == "已增设窗口。"
    assert given["id"] not in {one["id"] for one in await bad_ones(world)}
    assert given["id"] in {one["id"] for one in await bad_ones(world, answered=True)}


async def test_nothing_of_a_rating_is_seen_by_staff_while_anything_is_open(world: World) -> None:
    sent = await submitted(world)
    case = case_of(sent, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    await world.step("county_reviewer", case, "refusal", {"reason": "standard_not_met", "text": "未达到评定标准。"})
    given = await rated(world, sent)

    while_open = await bad_ones(world)
    hidden = await world.call(
        "county_officer",
        "POST",
        f"/v1/ratings/{given['id']}/follow-up",
        json={"outcome": "confirmed", "answer": "已知悉。"},
        version='"1"',
    )
    await world.step("citizen", f"/v1/applications/{sent['id']}", "withdrawal")

    assert given["id"] not in {one["id"] for one in while_open}
    assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")
    assert given["id"] in {one["id"] for one in await bad_ones(world)}


async def test_no_office_finds_in_the_feed_who_gave_which_rating(world: World) -> None:
    sent = await refused(world)
    given = await rated(world, sent)
    assert given["id"] in {one["id"] for one in await bad_ones(world)}

    story = (await world.get("county_officer", f"/v1/applications/{sent['id']}/events"))["items"]
    feed = (await world.get("county_officer", "/v1/events", name="rating."))["items"]

    assert story
    assert given["id"] not in json.dumps([story, feed])
    assert not [one for one in (*story, *feed) if one["name"].startswith("rating.")]


async def test_the_story_says_to_the_person_that_something_was_said_and_not_how_good_it_was(world: World) -> None:
    sent = await refused(world)
    await rated(world, sent)

    story = (await world.get("citizen", f"/v1/applications/{sent['id']}/events"))["items"]

    given = next(one for one in story if one["name"] == "rating.given")
    assert "dissatisfied" not in json.dumps(given)
    assert given["text"] == "It was said how this was served: disability certificate."


async def test_words_are_sealed_at_rest(world: World, superuser: asyncpg.Connection) -> None:
    given = await rated(world, await refused(world))

    row = await superuser.fetchrow("SELECT words_cipher, detail::text FROM rating WHERE id = $1", given["id"])

    assert row is not None
    assert WORDS.encode() not in row["words_cipher"]
    assert WORDS not in row["detail"]


async def test_only_the_unit_that_was_rated_sees_and_answers(world: World) -> None:
    given = await rated(world, await refused(world))
    answer = {"outcome": "confirmed", "answer": "已知悉。"}
    path = f"/v1/ratings/{given['id']}/follow-up"

    for who in ("civil_affairs", "township_officer", "other_county_officer"):
        assert given["id"] not in {one["id"] for one in await bad_ones(world, who)}
    same_place = await world.call("civil_affairs", "POST", path, json=answer, version='"1"')
    elsewhere = await world.call("other_county_officer", "POST", path, json=answer, version='"1"')

    assert (same_place.status_code, same_place.json()["code"]) == (403, "not_the_unit")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "not_found")


async def test_a_portal_hands_in_a_rating_and_reads_no_words_but_its_own(world: World) -> None:
    sent = await refused(world)
    await rated(world, sent)
    other = await open_world(world.api)
    theirs = await refused(other)
    handed_in = await rated(other, theirs, "portal")

    mine = (await world.get("portal", f"/v1/applications/{sent['id']}/ratings"))["ratings"]

    assert (mine[0]["satisfaction"], mine[0]["words"]) == ("dissatisfied", None)
    assert handed_in["words"] == WORDS
    hidden = await world.call("portal", "GET", f"/v1/applications/{theirs['id']}/ratings")
    assert hidden.status_code == 404


async def test_an_evaluator_learns_nothing_of_ratings(world: World) -> None:
    sent = await refused(world)
    await rated(world, sent)

    for path in (f"/v1/applications/{sent['id']}/ratings", "/v1/ratings"):
        assert (await world.call("evaluator", "GET", path)).status_code == 403


ANOTHER_APPLICATION = """
INSERT INTO application ({columns})
SELECT {columns} FROM (SELECT (jsonb_populate_record(a, jsonb_build_object(
    'id', gen_random_uuid(), 'source_number', a.source_number || $2::text))).* FROM application a WHERE a.id = $1) made
"""
COLUMNS = ", ".join(column.name for column in table_of(ApplicationRow).columns if column.computed is None)
ANOTHER_RATING = """
INSERT INTO rating SELECT (jsonb_populate_record(r, jsonb_build_object(
    'id', gen_random_uuid(), 'application_id', a.id, 'satisfaction', 'satisfied', 'is_bad', false))).*
FROM rating r, application a, application whole
WHERE r.id = $1 AND whole.id = $2 AND a.source_number ^@ whole.source_number AND a.id <> whole.id
"""


def whole_month(day: date) -> dict[str, str]:
    first = day.replace(day=1)
    return {"from": str(first), "to": str((first + timedelta(days=31)).replace(day=1) - timedelta(days=1))}


async def test_figures_are_shown_where_enough_have_rated_and_hidden_where_not(
    world: World, superuser: asyncpg.Connection
) -> None:
    await world.advance(days=800)
    sent = await refused(world)
    given = await rated(world, sent)
    today = date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])

    few = (await world.get("county_officer", "/v1/reports/ratings", **whole_month(today)))["rows"]
    for number in range(9):
        await superuser.execute(ANOTHER_APPLICATION.format(columns=COLUMNS), sent["id"], f"R-{number}")
    await superuser.execute(ANOTHER_RATING, given["id"], sent["id"])
    enough = (await world.get("county_officer", "/v1/reports/ratings", **whole_month(today)))["rows"]

    assert [(row["suppressed"], row["ratings"], row["by_satisfaction"]) for row in few] == [(True, None, None)]
    assert [(row["suppressed"], row["ratings"]) for row in enough] == [(False, 10)]
    assert enough[0]["by_satisfaction"] == {
        "very_satisfied": 0,
        "satisfied": 9,
        "fairly_satisfied": 0,
        "dissatisfied": 1,
        "very_dissatisfied": 0,
    }


async def test_figures_are_of_whole_months(world: World) -> None:
    answer = await world.call(
        "county_officer", "GET", "/v1/reports/ratings", params={"from": "2026-11-02", "to": "2026-11-30"}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "period_impossible")

"""Nothing is due to whoever is reported dead, who stays visible and is work for the county until that proves wrong."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from app.api.pagination import cursor_of
from tests.acting import World
from tests.api.care import today
from tests.api.moving import home_of, moves, with_neighbours
from tests.api.probes import a_visit, an_entry, entries_of, visits_of
from tests.api.rolls import granted
from tests.api.surveys import VILLAGE, a_survey_round, recorded, surveyed_of
from tests.api.test_death_and_moves import reported_dead, ruled
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]
LIVES = "本人今日到县残联窗口办事，已核对身份。"


def report_of(world: World) -> str:
    return f"{home_of(world)}/death-report"


async def report(world: World, who: str = "commissioner") -> dict[str, Any]:
    return await world.get(who, report_of(world))


async def held(world: World, app: FastAPI, superuser: asyncpg.Connection) -> None:
    """This world's citizen holds a certificate, and its commissioner answers, who is to visit today."""
    await certified(app.state.database, world)
    await superuser.execute(
        "UPDATE roster SET commissioner_id = $2, absent_until = NULL, deputy_id = NULL, due_on = $3, weight = 100 "
        "WHERE person_id = $1",
        UUID(world.citizen["person_id"]),
        UUID(world.account("commissioner")),
        await today(world),
    )


async def visited(world: World, outcome: str, **changes: Any) -> dict[str, Any]:
    day = str(await today(world))
    body = a_visit(world, visited_on=day, outcome=outcome, promises=[], needs=[]) | changes
    return await world.post("commissioner", visits_of(world), body)


async def in_queue(world: World) -> bool:
    queue = (await world.get("commissioner", "/v1/visit-queue", limit=100))["entries"]
    return any(one["id"] == world.citizen["person_id"] for one in queue)


async def in_work(world: World) -> bool:
    found = (await world.get("commissioner", "/v1/survey-work", limit=100))["items"]
    return any(one["person_id"] == world.citizen["person_id"] for one in found)


async def on_roster(world: World, who: str = "commissioner", **wanted: Any) -> dict[str, Any] | None:
    before = cursor_of(UUID(int=UUID(world.citizen["person_id"]).int - 1))
    page = await world.get(who, "/v1/roster", cursor=before, limit=1, **wanted)
    return next((one for one in page["items"] if one["id"] == world.citizen["person_id"]), None)


async def is_gap(world: World) -> bool:
    before = cursor_of(UUID(int=UUID(world.citizen["person_id"]).int - 1))
    page = await world.get("township_officer", "/v1/roster-gaps", cursor=before, limit=1)
    return any(one["id"] == world.citizen["person_id"] for one in page["items"])


async def proposal(world: World, who: str = "county_officer", **wanted: Any) -> dict[str, Any] | None:
    """What is proposed for this world's citizen, on whatever page."""
    cursor: dict[str, Any] = {}
    while True:
        page = await world.get(who, "/v1/certificate-proposals", limit=100, **cursor, **wanted)
        found = [one for one in page["items"] if one["person_id"] == world.citizen["person_id"]]
        if found or page["next_cursor"] is None:
            return found[0] if found else None
        cursor = {"cursor": page["next_cursor"]}


async def took_back(world: World, who: str = "county_officer", **changes: Any) -> Any:
    """The answer to taking back all that is told."""
    told = [one["record_id"] for one in (await report(world))["told"]]
    body = {"record_ids": told, "text": LIVES} | changes
    return await world.call(who, "POST", f"{report_of(world)}/retraction", json=body)


async def test_whoever_is_told_to_have_died_at_a_visit_has_nothing_due_and_stays_visible(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await a_survey_round(world, region_code=VILLAGE, population="holders")
    assert (await in_queue(world), await in_work(world)) == (True, True)

    visit = await visited(world, "died", seen="邻居称本人上月去世", words=None)

    assert (await in_queue(world), await in_work(world)) == (False, False)
    day = str(await today(world))
    entry = await on_roster(world, standing="reported_dead")
    assert entry is not None
    assert (entry["reported_dead_on"], entry["commissioner_id"]) == (day, world.account("commissioner"))
    assert await on_roster(world, standing="expected") is None
    read = await report(world)
    assert (read["is_reported"], read["since"]) == (True, day)
    assert read["told"] == [{"by": "home_visit", "record_id": visit["id"], "told_on": day}]


async def test_the_survey_says_why_nobody_is_sent_and_counts_the_person_as_no_work(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    opened = await a_survey_round(world, region_code=VILLAGE, population="holders")
    path, own = f"/v1/survey-rounds/{opened['id']}/progress", world.account("commissioner")

    async def progress() -> dict[str, Any]:
        listed = (await world.get("township_officer", path, limit=100))["items"]
        found: dict[str, Any] = next(one for one in listed if one["commissioner_id"] == own)
        return found

    before = await progress()
    await visited(world, "died")
    after = await progress()

    assert (after["people"], after["to_do"]) == (before["people"], before["to_do"] - 1)
    assert after["reported_dead"] == before["reported_dead"] + 1
    surveyor = (await surveyed_of(world, opened))["surveyor"]
    assert (surveyor["commissioner_id"], surveyor["reason"]["code"]) == (None, "survey_assignment.reported_dead")


async def test_whoever_is_reported_dead_is_no_gap_and_is_counted_apart(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await superuser.execute(
        "UPDATE roster SET commissioner_id = NULL WHERE person_id = $1", UUID(world.citizen["person_id"])
    )
    before = await world.get("county_officer", "/v1/reports/gaps", region=VILLAGE)
    assert await is_gap(world)

    await visited(world, "died")

    after = await world.get("county_officer", "/v1/reports/gaps", region=VILLAGE)
    assert not await is_gap(world)
    figures = ("people", "lack_commissioner", "reported_dead")
    changes = tuple(after[one] - before[one] for one in figures)
    assert changes == (-1, -1, 1)
    assert tuple(after["places"][0][one] - before["places"][0][one] for one in figures) == changes
    await world.post("township_officer", "/v1/commissioner-assignments", {"region_code": VILLAGE})
    entry = await on_roster(world)
    assert entry is not None
    assert entry["commissioner_id"] is None
    assert (await took_back(world)).status_code == 200
    assert await is_gap(world)


async def test_the_county_is_asked_by_name_to_open_the_cancellation_and_nothing_is_cancelled_by_itself(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    assert await proposal(world) is None
    await world.advance(days=1)
    opened = await a_survey_round(world, region_code=VILLAGE, population="holders")
    entry = await recorded(world, opened, outcome="dead")

    found = await proposal(world)

    assert found is not None
    day = str(await today(world))
    assert (found["action"], found["reason"], found["since"]) == ("cancel", "death", day)
    assert found["rule"].startswith("certificate.cancellation_grounds@")
    assert found["evidence"] == [{"by": "survey", "record_id": entry["id"], "told_on": day}]
    account = await superuser.fetchrow(
        "SELECT a.name FROM account a JOIN membership m ON m.account_id = a.id "
        "WHERE a.id = $1 AND m.role = 'county_officer'",
        UUID(found["asked_of"]),
    )
    assert account["name"] == found["asked_name"]
    assert await proposal(world, asked_of=found["asked_of"]) == found
    assert await proposal(world, asked_of=world.account("commissioner")) is None
    certificate = f"/v1/certificates/{found['certificate_id']}"
    read = await world.get("county_officer", certificate)
    assert read["versions"][-1]["status"] == "in_force"

    await world.post("county_officer", f"{certificate}/cancellation-cases", {"ground": "death"})

    assert await proposal(world) is None, "it is looked into"
    assert await on_roster(world, standing="reported_dead") is not None


async def test_an_officer_takes_a_wrong_report_back_by_name_and_all_that_is_due_comes_back(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    opened = await a_survey_round(world, region_code=VILLAGE, population="holders")
    await recorded(world, opened, outcome="dead")
    await visited(world, "died")
    assert not await in_queue(world)

    answer = await took_back(world)

    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "person_id": world.citizen["person_id"],
        "is_reported": False,
        "since": None,
        "told": [],
    }
    assert (await in_queue(world), await in_work(world)) == (True, True)
    entry = await surveyed_of(world, opened)
    assert (entry["stage"], entry["difference"], entry["recorded_on"]) == ("listed", None, None)
    assert await proposal(world) is None
    seen = await world.get("county_officer", "/v1/events", name="person.death_report_taken_back", limit=100)
    event = next(one for one in seen["items"] if one["subject_id"] == world.citizen["person_id"])
    assert event["facts"]["taken_back_by"] == world.account("county_officer")
    assert (await moves(world)).status_code == 200


async def test_what_is_told_anew_after_that_counts(world: World, app: FastAPI, superuser: asyncpg.Connection) -> None:
    await held(world, app, superuser)
    await visited(world, "died")
    assert (await took_back(world)).status_code == 200

    again = await visited(world, "died", seen="村医电话告知")

    assert [one["record_id"] for one in (await report(world))["told"]] == [again["id"]]
    assert not await in_queue(world)


async def test_a_later_visit_a_survey_or_a_decided_recheck_brings_everything_back_too(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    case = await granted(world)
    person = UUID(world.citizen["person_id"])
    await superuser.execute(
        "UPDATE roster SET commissioner_id = $2 WHERE person_id = $1", person, UUID(world.account("commissioner"))
    )
    opened = await a_survey_round(world, region_code=VILLAGE, population="holders")
    recheck = await reported_dead(world, case)
    assert [one["by"] for one in (await report(world))["told"]] == ["recheck"]
    await ruled(world, recheck, "confirmed")
    assert not (await report(world))["is_reported"]
    await world.advance(days=1)
    await recorded(world, opened, outcome="dead")
    assert (await report(world))["is_reported"]

    await world.advance(days=1)
    await visited(world, "seen")

    assert not (await report(world))["is_reported"]
    assert (await surveyed_of(world, opened))["stage"] == "listed"
    assert await superuser.fetchval("SELECT reported_dead_on FROM roster WHERE person_id = $1", person) is None
    await visited(world, "died")
    await world.advance(days=1)
    await recorded(world, opened, outcome="refused")
    assert not (await report(world))["is_reported"]


async def test_of_accounts_that_differ_the_one_that_tells_a_death_counts_until_a_human_says_otherwise(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    day, key = str(await today(world)), "01920000-0000-7000-8000-0000000000d1"
    accounts = [
        {"key": key, "person_id": world.citizen["person_id"], "report": a_visit(world, promises=[], **one)}
        for one in ({"visited_on": day, "outcome": "died"}, {"visited_on": day, "outcome": "not_at_home"})
    ]
    synced = await world.post("commissioner", "/v1/visit-batches", {"entries": accounts})
    visit = synced["answers"][-1]["visit"]
    assert (await report(world))["is_reported"]

    absent = next(one for one in visit["accounts"] if one["outcome"] == "not_at_home")
    await world.step("commissioner", f"/v1/home-visits/{visit['id']}", "resolution", {"digest": absent["digest"]})

    assert not (await report(world))["is_reported"]
    assert await in_queue(world)


async def test_only_what_was_read_is_taken_back_once_and_with_a_reason(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    stranger = "01920000-0000-7000-8000-0000000000d2"

    nothing = await took_back(world, record_ids=[stranger])
    await visited(world, "died")
    other = await took_back(world, record_ids=[stranger])
    silent = await took_back(world, text="  ")

    assert [(one.status_code, one.json()["code"]) for one in (nothing, other)] == [
        (409, "no_death_reported"),
        (409, "death_report_changed"),
    ]
    assert silent.status_code == 422
    assert (await report(world))["is_reported"]


async def test_only_the_county_of_the_person_takes_it_back_and_others_do_not_know_of_it(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await with_neighbours(world, app=app, superuser=superuser)
    await visited(world, "died")

    for who in ("commissioner", "township_officer", "county_reviewer", "county_approver", "civil_affairs", "citizen"):
        assert (await took_back(world, who)).status_code == 403, who
    assert (await took_back(world, "there_county")).status_code == 404
    for who in ("there_county", "there_township", "there_commissioner", "other_township_officer"):
        assert (await world.call(who, "GET", report_of(world))).status_code == 404, who
    for who in ("citizen", "portal", "provider"):
        assert (await world.call(who, "GET", report_of(world))).status_code == 403, who
    assert await proposal(world, "there_county") is None
    assert await on_roster(world, "there_commissioner") is None


async def test_an_officer_who_is_close_to_the_person_takes_nothing_back_and_is_not_asked(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await visited(world, "died")
    spouse, account = world.opened["guardian"]["person_id"], UUID(world.account("county_officer"))
    body = {"with_person_id": world.citizen["person_id"], "relation": "spouse", "since": "2020-01-01"}
    await world.step("township_officer", f"/v1/persons/{spouse}", "household", body)
    await superuser.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, UUID(spouse))
    try:
        answer, found = await took_back(world), await proposal(world)
    finally:
        await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)

    assert (answer.status_code, answer.json()["code"]) == (403, "own_case")
    assert found is not None
    assert found["asked_of"] != str(account)


async def test_whoever_is_on_the_ledger_is_marked_as_well_and_has_no_certificate_to_cancel(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())

    await visited(world, "died")

    assert await on_roster(world, standing="reported_dead") is not None
    assert await proposal(world) is None
    await world.advance(days=1)
    await visited(world, "seen")
    assert await on_roster(world, standing="expected") is not None


async def test_a_cancellation_that_is_refused_leaves_the_proposal_until_somebody_takes_the_report_back(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await visited(world, "died")
    found = await proposal(world)
    assert found is not None
    certificate = f"/v1/certificates/{found['certificate_id']}"
    case = await world.post("county_officer", f"{certificate}/cancellation-cases", {"ground": "death"})
    body = {"reason": "business_not_open", "text": "暂无死亡证明。"}
    await world.step("county_approver", f"/v1/certificate-cases/{case['id']}", "refusal", body)

    assert await proposal(world) == found

    assert (await took_back(world)).status_code == 200
    assert await proposal(world) is None


async def test_whoever_lives_elsewhere_is_work_of_the_county_that_manages_the_certificate(
    world: World, app: FastAPI, superuser: asyncpg.Connection
) -> None:
    await held(world, app, superuser)
    await with_neighbours(world, app=app, superuser=superuser)
    assert (await moves(world)).status_code == 200
    body = a_visit(world, visited_on=str(await today(world)), outcome="died", promises=[], needs=[])
    await world.post("there_commissioner", visits_of(world), body)

    found = await proposal(world)

    assert found is not None
    assert [one["by"] for one in found["evidence"]] == ["home_visit"]
    assert await proposal(world, "there_county") is None, "its certificate is not theirs"
    assert await on_roster(world, "there_commissioner", standing="reported_dead") is not None
    assert (await report(world, "there_county"))["is_reported"]

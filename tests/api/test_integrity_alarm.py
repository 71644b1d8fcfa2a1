"""Alarms over HTTP: read with their figures, answered by a reviewer, and not there for whoever is named in one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.adapters.postgres import gate
from app.adapters.postgres.roles import APP
from app.domain.shared.authz import Reach
from app.sandbox.authority import sandbox_id
from tests.acting import World
from tests.api.alarms import COUNTY, raised

pytestmark = [pytest.mark.anyio, pytest.mark.database]

FOUND = {"outcome": "confirmed", "looked_into": ["doctors", "papers"], "text": "三份案卷的检查报告系补写。"}
HOSPITAL = sandbox_id("organisation", "evaluation_hospital")
SERVES = """
INSERT INTO membership (id, account_id, organisation_id, role, region_path, valid_from, valid_to)
VALUES ($1, $2, $3, 'evaluator', '65/6523/652301', '2020-01-01', '2021-01-01')
"""
COPY = """
INSERT INTO integrity_alarm SELECT $2, region_path, kind, subject_kind, 'copy', compared_within, period_first,
    period_last, named, stage, detail_cipher, version FROM integrity_alarm WHERE id = $1
"""


def path_of(alarm_id: str) -> str:
    return f"/v1/integrity-alarms/{alarm_id}"


async def statuses(world: World, who: str, alarm_id: str) -> list[int]:
    """What somebody gets who reads it, takes it up and closes it."""
    read = await world.call(who, "GET", path_of(alarm_id))
    taken = await world.call(who, "POST", f"{path_of(alarm_id)}/taking-up", json={}, version='"1"')
    closed = await world.call(who, "POST", f"{path_of(alarm_id)}/finding", json=FOUND, version='"1"')
    return [read.status_code, taken.status_code, closed.status_code]


async def listed(world: World, who: str, **query: Any) -> set[str]:
    """All that somebody's list has, page by page."""
    found: set[str] = set()
    query |= {"limit": 100}
    while query:
        page = await world.get(who, "/v1/integrity-alarms", **query)
        found |= {one["id"] for one in page["items"]}
        query = {**query, "cursor": page["next_cursor"]} if page["next_cursor"] else {}
    return found


async def told_of(world: World, who: str) -> set[str]:
    """The alarms that somebody reads of in the feed."""
    found: set[str] = set()
    query: dict[str, Any] = {"name": "integrity_alarm.", "limit": 100}
    while query:
        page = await world.get(who, "/v1/events", **query)
        found |= {one["subject_id"] for one in page["items"]}
        query = {**query, "cursor": page["next_cursor"]} if page["has_more"] else {}
    return found


async def test_an_alarm_says_what_was_counted_how_it_was_judged_and_why_it_is_there(world: World) -> None:
    alarm_id = await raised(world)

    read = await world.get("auditor", path_of(alarm_id))

    figures = read["figures"]
    assert (figures["observed"], figures["cases"], figures["expected"], figures["within"]) == (45, 60, 18.0, "hearing")
    assert (figures["method"], figures["p_value"]) == ("fisher_holm_1", 0.0002)
    assert figures["compared"] == {"marked_elsewhere": 180, "cases_elsewhere": 600, "p_value": 1e-05, "among": 20}
    assert (read["period_first"], read["period_last"]) == ("2026-07-01", "2026-09-30")
    assert read["rule_versions"]
    assert read["may_look_into"] == ["papers", "doctors"]
    assert "45 of 60" in read["explanation"]


async def test_it_is_explained_in_chinese_too(world: World) -> None:
    answer = await world.call(
        "county_reviewer", "GET", path_of(await raised(world)), headers={"Accept-Language": "zh-CN"}
    )

    assert "60份评定结论中有45份为重度" in answer.json()["explanation"]


async def test_a_reviewer_takes_it_up_and_says_what_was_found(world: World) -> None:
    alarm_id = await raised(world)

    taken = await world.step("county_reviewer", path_of(alarm_id), "taking-up")
    closed = await world.step("county_reviewer", path_of(alarm_id), "finding", FOUND)
    again = await world.try_step("county_reviewer", path_of(alarm_id), "finding", FOUND)

    assert (taken["stage"], closed["stage"], closed["finding"]) == (
        "taken_up",
        "closed",
        FOUND,
    )
    assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")
    assert alarm_id in await listed(world, "auditor", stage="closed")
    assert alarm_id not in await listed(world, "auditor", stage="raised")


async def test_it_is_not_closed_without_having_looked_nor_into_a_person(world: World) -> None:
    path = path_of(await raised(world))
    await world.step("county_reviewer", path, "taking-up")

    for looked_into in ([], ["person"]):
        answer = await world.try_step("county_reviewer", path, "finding", FOUND | {"looked_into": looked_into})
        assert answer.status_code == 422


async def test_whoever_is_named_finds_nothing_there(world: World) -> None:
    alarm_id = await raised(world, named=(UUID(world.account("county_reviewer")),))

    assert await statuses(world, "county_reviewer", alarm_id) == [404, 404, 404]
    assert alarm_id not in await listed(world, "county_reviewer")
    assert alarm_id in await listed(world, "auditor")


async def test_nor_does_the_feed_tell_them_that_there_is_one_to_be_missed(world: World) -> None:
    named = await raised(world, named=(UUID(world.account("county_reviewer")),))
    other = await raised(world)

    told = {who: await told_of(world, who) for who in ("county_reviewer", "auditor")}

    assert (named in told["county_reviewer"], other in told["county_reviewer"]) == (False, True)
    assert {named, other} <= told["auditor"]


async def test_neither_does_the_same_human_by_another_account(world: World, superuser: asyncpg.Connection) -> None:
    human, account = uuid4(), UUID(world.account("county_reviewer"))
    alarm_id = await raised(world, named=(uuid4(), human))
    assert alarm_id in await listed(world, "county_reviewer")

    await superuser.execute("UPDATE account SET person_id = $1 WHERE id = $2", human, account)

    assert await statuses(world, "county_reviewer", alarm_id) == [404, 404, 404]
    await superuser.execute("UPDATE account SET person_id = NULL WHERE id = $1", account)


async def test_neither_does_who_serves_at_the_institution_or_once_did(
    world: World, superuser: asyncpg.Connection
) -> None:
    alarm_id, post = await raised(world, named=(HOSPITAL,)), uuid4()
    assert alarm_id in await listed(world, "county_reviewer")

    await superuser.execute(SERVES, post, UUID(world.account("county_reviewer")), HOSPITAL)

    assert await statuses(world, "county_reviewer", alarm_id) == [404, 404, 404]
    await superuser.execute("DELETE FROM membership WHERE id = $1", post)


async def test_what_spreads_over_counties_is_for_whoever_answers_for_all_of_them(world: World) -> None:
    alarm_id = await raised(world, region="65/6523")

    assert await statuses(world, "county_reviewer", alarm_id) == [404, 404, 404]


@pytest.mark.parametrize("who", ["evaluator", "county_officer", "county_approver", "citizen", "portal"])
async def test_nobody_else_reads_one(world: World, who: str) -> None:
    assert await statuses(world, who, await raised(world)) == [403, 403, 403]


async def test_an_auditor_reads_and_answers_none(world: World) -> None:
    assert await statuses(world, "auditor", await raised(world)) == [200, 403, 403]


async def test_no_caller_raises_one_nor_changes_whom_it_names(
    world: World, superuser_dsn: Callable[[str], str]
) -> None:
    alarm_id = UUID(await raised(world))
    connection = await asyncpg.connect(superuser_dsn(APP))
    reviewer = world.account("county_reviewer")

    for sql, arguments in (
        (COPY, (alarm_id, uuid4())),
        ("UPDATE integrity_alarm SET named = '{}' WHERE id = $1", (alarm_id,)),
        ("DELETE FROM integrity_alarm WHERE id = $1", (alarm_id,)),
    ):
        transaction = connection.transaction()
        await transaction.start()
        await gate.step_in(connection, reach=Reach.CASES, areas=f'{{"{COUNTY}/"}}', actor=reviewer)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(sql, *arguments)
        await transaction.rollback()
    await connection.close()

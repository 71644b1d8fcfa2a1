"""Own work in a survey: it follows the roster and absences by itself, says why, and is counted by commissioner."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.acting import World
from tests.api.care import today
from tests.api.probes import an_entry, entries_of
from tests.api.surveys import VILLAGE, a_survey_round, recorded, surveyed_of

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def answered_for(superuser: asyncpg.Connection, world: World, who: str | None) -> None:
    account = UUID(world.account(who)) if who else None
    await superuser.execute(
        "UPDATE roster SET commissioner_id = $2, absent_until = NULL, deputy_id = NULL WHERE person_id = $1",
        UUID(world.citizen["person_id"]),
        account,
    )


async def mine(world: World, who: str) -> list[dict[str, Any]]:
    found = (await world.get(who, "/v1/survey-work", limit=100))["items"]
    return [one for one in found if one["person_id"] == world.citizen["person_id"]]


async def progress(world: World, opened: dict[str, Any], account: str | None) -> dict[str, Any]:
    listed = await world.get("township_officer", f"/v1/survey-rounds/{opened['id']}/progress", limit=100)
    found: dict[str, Any] = next(one for one in listed["items"] if one["commissioner_id"] == account)
    return found


async def test_who_answers_for_somebody_surveys_and_it_follows_the_roster_by_itself(
    world: World, superuser: asyncpg.Connection
) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    await answered_for(superuser, world, None)
    opened = await a_survey_round(world, region_code=VILLAGE)
    nobody = await surveyed_of(world, opened)
    gap = await progress(world, opened, None)
    assert (nobody["surveyor"]["commissioner_id"], nobody["surveyor"]["reason"]["code"]) == (
        None,
        "survey_assignment.nobody",
    )
    assert gap["to_do"] >= 1
    assert await mine(world, "commissioner") == []

    await answered_for(superuser, world, "commissioner")

    (work,) = await mine(world, "commissioner")
    own = world.account("commissioner")
    assert (work["surveyor"]["commissioner_id"], work["surveyor"]["reason"]["code"]) == (
        own,
        "survey_assignment.answers_for",
    )
    assert (await progress(world, opened, own))["to_do"] >= 1

    until = str(await today(world) + timedelta(days=3))
    await world.post("township_officer", "/v1/commissioner-absences", {"commissioner_id": own, "last_day": until})

    assert await mine(world, "commissioner") == []
    bridged = (await surveyed_of(world, opened))["surveyor"]
    assert bridged["commissioner_id"] != own
    assert bridged["reason"]["code"] == (
        "survey_assignment.stands_in" if bridged["commissioner_id"] else "survey_assignment.absent"
    )
    await world.advance(days=4)
    assert len(await mine(world, "commissioner")) == 1


async def test_what_is_recorded_is_work_no_more_and_counts_for_whoever_answers(
    world: World, superuser: asyncpg.Connection
) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    await answered_for(superuser, world, "commissioner")
    opened = await a_survey_round(world, region_code=VILLAGE)
    own = world.account("commissioner")
    before = await progress(world, opened, own)

    await recorded(world, opened, outcome="unreachable")
    assert len(await mine(world, "commissioner")) == 1
    done = await recorded(world, opened, outcome="refused")

    after = await progress(world, opened, own)
    assert await mine(world, "commissioner") == []
    assert done["surveyor"] is None
    assert (after["people"], after["to_do"]) == (before["people"], before["to_do"] - 1)
    assert after["stages"]["refused"] == before["stages"]["refused"] + 1


async def test_figures_of_colleagues_are_for_officers_and_of_their_own_areas(world: World) -> None:
    await world.post("commissioner", entries_of(world), an_entry())
    opened = await a_survey_round(world, region_code=VILLAGE)
    path = f"/v1/survey-rounds/{opened['id']}/progress"

    assert (await world.call("commissioner", "GET", path)).status_code == 403
    assert (await world.call("other_township_officer", "GET", path)).status_code == 404
    first = await world.get("county_officer", path, limit=1)
    assert len(first["items"]) == 1

"""Whoever withdraws after a draw and applies again keeps who was drawn: applying again is no way to better doctors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.domain.draw import faults_of, faults_of_chain
from tests.acting import World
from tests.api.flow import an_application, case_of, concluded, drawn_for, issued, one_of, submitted
from tests.api.test_withdrawal import take_back

pytestmark = [pytest.mark.anyio, pytest.mark.database]
NINE_YEARS = 9 * 366


def answers_of(world: World) -> dict[str, Any]:
    """What is asked of who applies for a certificate alone."""
    form = an_application(world)["answers"]
    return {name: form[name] for name in form if name not in {"benefits_received", "long_term_care"}}


@asynccontextmanager
async def away(superuser: asyncpg.Connection, doctor: str) -> AsyncIterator[None]:
    """Meanwhile a doctor serves nowhere."""
    await superuser.execute("UPDATE account SET disabled_at = now() WHERE id = $1", UUID(doctor))
    try:
        yield
    finally:
        await superuser.execute("UPDATE account SET disabled_at = NULL WHERE id = $1", UUID(doctor))


async def drawn_anew(world: World) -> tuple[dict[str, Any], str, dict[str, Any]]:
    """An application for a certificate, its case, and the assignment after it was drawn for."""
    application = await submitted(world, items=["certificate"], answers=answers_of(world))
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    told = await world.step("county_officer", case, "evaluation-assignment")
    return application, case, told["assignment"]


async def applied_for(world: World, business: str, **answers: Any) -> str:
    """The path of a case of another business."""
    answers = {"applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号", **answers}
    application = await submitted(world, items=("certificate",), answers={"business": business, **answers})
    return case_of(application, "certificate")


async def assigned_to(world: World, case: str) -> dict[str, Any]:
    """Who is to evaluate a case that is accepted now."""
    await world.step("township_officer", case, "acceptance")
    told: dict[str, Any] = (await world.step("county_officer", case, "evaluation-assignment"))["assignment"]
    return told


async def withdrawn(world: World, application: dict[str, Any]) -> None:
    answer = await take_back(world, "citizen", application, "certificate")
    assert answer.status_code == 200, answer.text


async def test_a_friendly_doctor_is_not_reached_by_applying_again_and_again(world: World) -> None:
    application, case, first = await drawn_anew(world)

    for _ in range(3):
        await withdrawn(world, application)
        earlier = case.rpartition("/")[2]
        application, case, again = await drawn_anew(world)
        assert (again["draw_id"], again["doctors"]) == (first["draw_id"], first["doctors"])
        assert (again["taken_over_from"], again["instead_of"]) == (earlier, None)

    assert (await concluded(world, case))["stage"] == "evaluated"


async def test_another_business_of_the_same_holder_is_no_way_to_other_doctors(world: World) -> None:
    await issued(world, await applied_for(world, "new", conditions=["physical"]))
    await world.advance(days=NINE_YEARS)
    change = await applied_for(world, "change", conditions=["physical"])
    first = await assigned_to(world, change)
    await withdrawn(world, {"id": (await world.get("citizen", change))["application_id"]})

    renewal = await applied_for(world, "renewal")
    again = await assigned_to(world, renewal)

    assert (again["draw_id"], again["doctors"]) == (first["draw_id"], first["doctors"])
    assert again["taken_over_from"] == change.rpartition("/")[2]
    assert faults_of_chain((await world.get("portal", "/v1/draws", case_id=renewal.rpartition("/")[2]))["items"]) == ()


async def test_after_a_certificate_another_business_is_drawn_for_anew(world: World) -> None:
    new = await applied_for(world, "new", conditions=["physical"])
    await issued(world, new)
    before = (await world.get("county_officer", new))["assignment"]

    change = await applied_for(world, "change", conditions=["physical"])
    again = await assigned_to(world, change)

    assert again["draw_id"] != before["draw_id"]
    assert (again["taken_over_from"], again["instead_of"]) == (None, None)


async def test_the_draw_that_is_kept_is_checked_from_the_new_case_with_whoever_declines_after_it(world: World) -> None:
    application, _, first = await drawn_anew(world)
    await withdrawn(world, application)
    _, case, _ = await drawn_anew(world)
    key = case.rpartition("/")[2]

    for who in ("portal", "citizen", "evaluator", "auditor", "county_officer"):
        told = await world.get(who, "/v1/draws", case_id=key)
        assert [one["id"] for one in told["items"]] == [first["draw_id"]], who
        assert faults_of_chain(told["items"]) == ()
        assert faults_of(await world.get(who, f"/v1/draws/{first['draw_id']}")) == ()

    ill, well = await drawn_for(world, case)
    await world.step(one_of(world, [ill]), case, "evaluation-decline", {"reason": "doctor_absent", "doctors": [ill]})
    told = await world.step("county_officer", case, "evaluation-assignment")
    chain = (await world.get("portal", "/v1/draws", case_id=key))["items"]
    assert well in told["assignment"]["doctors"]
    assert {one["id"] for one in chain} == {first["draw_id"], told["assignment"]["draw_id"]}
    assert faults_of_chain(chain) == ()
    assert faults_of_chain([one for one in chain if one["id"] != first["draw_id"]]) == ("chain_broken",)


async def test_doctors_who_are_no_longer_eligible_are_drawn_anew_within_the_institution(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, _, first = await drawn_anew(world)
    await withdrawn(world, application)
    gone = first["doctors"][0]
    async with away(superuser, gone):
        _, case, again = await drawn_anew(world)

    assert again["draw_id"] != first["draw_id"]
    assert (again["taken_over_from"], again["instead_of"]) == (None, first["draw_id"])
    assert gone not in again["doctors"]
    told = await world.get("county_officer", case)
    assert any(one.startswith("certificate.draw_kept@") for one in told["rule_versions"])
    assert told["institution_id"]


async def test_a_draw_in_between_that_cannot_be_kept_does_not_wipe_those_before(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, case, first = await drawn_anew(world)
    await withdrawn(world, application)
    async with away(superuser, first["doctors"][0]):
        application, _, between = await drawn_anew(world)
    await withdrawn(world, application)
    newcomer = next(one for one in between["doctors"] if one not in first["doctors"])

    async with away(superuser, newcomer):
        _, _, again = await drawn_anew(world)

    assert between["draw_id"] != first["draw_id"]
    assert (again["draw_id"], again["doctors"]) == (first["draw_id"], first["doctors"])
    assert again["taken_over_from"] == case.rpartition("/")[2]


async def test_who_was_drawn_before_is_told_to_the_offices_of_the_case_alone(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, _, first = await drawn_anew(world)
    await withdrawn(world, application)
    accepted = await submitted(world, items=["certificate"], answers=answers_of(world))
    case = UUID(case_of(accepted, "certificate").rpartition("/")[2])

    async def told(areas: str, sql: str = "SELECT count(*) FROM earlier_draw($1, '2020-01-01')") -> Any:
        async with superuser.transaction():
            for name, value in {"reach": "cases", "areas": areas}.items():
                await superuser.execute("SELECT set_config('yian.' || $1, $2, true)", name, value)
            return await superuser.fetchval(sql, case)

    take = "SELECT take_draws_over($1, c.case_id) FROM earlier_draw($1, '2020-01-01') c"
    assert (await told("{65/6523/652301/}"), await told("{65/6523/652302/}")) == (1, 0)
    assert await told("{65/6523/652302/}", take) is None
    assert first["draw_id"]


async def test_after_the_time_of_the_place_all_are_drawn_from_again(world: World) -> None:
    application, _, first = await drawn_anew(world)
    await withdrawn(world, application)
    await world.advance(days=400)

    _, _, again = await drawn_anew(world)

    assert again["draw_id"] != first["draw_id"]
    assert (again["taken_over_from"], again["instead_of"]) == (None, None)


async def test_nobody_writes_or_wipes_that_a_draw_was_taken_over(world: World, superuser: asyncpg.Connection) -> None:
    application, _, _ = await drawn_anew(world)
    await withdrawn(world, application)
    await drawn_anew(world)

    for right in ("INSERT", "UPDATE", "DELETE"):
        for role in ("yian_app", "yian_worker"):
            assert not await superuser.fetchval("SELECT has_table_privilege($1, 'draw_takeover', $2)", role, right)


async def test_moving_to_another_county_does_not_shake_off_who_was_drawn(
    world: World, superuser: asyncpg.Connection
) -> None:
    application, case, first = await drawn_anew(world)
    await withdrawn(world, application)
    for table, key in (("certificate_case", case.rpartition("/")[2]), ("draw", first["draw_id"])):
        moved = "UPDATE {} SET region_path = '65/6523/652302' WHERE id = $1"
        await superuser.execute(moved.format(table), UUID(key))

    _, again, assignment = await drawn_anew(world)

    assert (await world.call("county_officer", "GET", case)).status_code == 404
    assert (assignment["draw_id"], assignment["taken_over_from"]) == (first["draw_id"], case.rpartition("/")[2])
    told = await world.get("county_officer", "/v1/draws", case_id=again.rpartition("/")[2])
    assert [one["id"] for one in told["items"]] == [first["draw_id"]]

"""How long whoever is a party may read: an institution or a provider is let go when its part is over."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.care import (
    a_confirmed_need,
    a_report,
    accepted,
    applied,
    certified,
    delivered,
    referred,
    service_for,
)
from tests.api.flow import case_of, evaluated

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PERSON_DAYS = 30
CASE_DAYS = 180
GONE, THERE = 404, 200


async def an_offer(world: World) -> dict[str, Any]:
    await certified(world)
    need = await a_confirmed_need(world)
    return await referred(world, need, await service_for(world, need))


async def found(world: World, who: str, *paths: str) -> tuple[int, ...]:
    return tuple([(await world.call(who, "GET", path)).status_code for path in paths])


def paths_of(world: World, thing: str) -> tuple[str, str]:
    """The person, and the thing that the party is a party to."""
    return f"/v1/persons/{world.citizen['person_id']}", thing


async def shown(world: World, who: str, path: str) -> set[str]:
    """The ids of the things in a whole list."""
    ids: set[str] = set()
    cursor = None
    while True:
        page = await world.get(who, path, limit=100, **({"cursor": cursor} if cursor else {}))
        ids |= {item.get("subject_id") or item["id"] for item in page["items"]}
        cursor = page["next_cursor"] if page["items"] else None
        if cursor is None:
            return ids


async def test_whoever_was_asked_and_does_not_answer_is_shown_the_person_no_more(world: World) -> None:
    referral = await an_offer(world)
    paths = paths_of(world, f"/v1/referrals/{referral['id']}")

    before = await found(world, "provider", *paths)
    await world.advance(days=15)

    assert (before, await found(world, "provider", *paths)) == ((THERE, THERE), (GONE, THERE))


async def test_a_provider_that_declines_is_shown_the_person_no_more_at_once(world: World) -> None:
    referral = await an_offer(world)
    paths = paths_of(world, f"/v1/referrals/{referral['id']}")

    await world.step("provider", paths[1], "decline", {"reason": "no_capacity"})

    assert await found(world, "provider", *paths) == (GONE, THERE)
    await world.advance(days=CASE_DAYS)
    assert await found(world, "provider", *paths) == (GONE, THERE)
    await world.advance(days=1)
    assert await found(world, "provider", *paths) == (GONE, GONE)


async def test_a_provider_that_has_accepted_sees_the_person_until_it_is_done_and_some_days_more(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    paths = paths_of(world, f"/v1/referrals/{referral['id']}")
    await world.advance(days=300)
    during = await found(world, "provider", *paths)
    await delivered(world, referral)
    await world.step("citizen", paths[1], "confirmation")

    await world.advance(days=PERSON_DAYS)
    last = await found(world, "provider", *paths)
    await world.advance(days=1)

    assert (during, last, await found(world, "provider", *paths)) == ((THERE, THERE), (THERE, THERE), (GONE, THERE))


async def test_what_a_party_is_not_shown_any_more_is_in_none_of_its_lists(world: World) -> None:
    referral = await an_offer(world)
    lists = ("/v1/referrals", "/v1/events")

    during = [referral["id"] in await shown(world, "provider", path) for path in lists]
    await world.step("provider", f"/v1/referrals/{referral['id']}", "decline", {"reason": "no_capacity"})
    await world.advance(days=CASE_DAYS + 1)

    assert during == [True, True]
    assert [referral["id"] in await shown(world, "provider", path) for path in lists] == [False, False]


async def test_an_institution_reads_on_for_some_days_after_it_has_concluded(world: World) -> None:
    case = case_of(await applied(world), "certificate")
    paths = paths_of(world, case)
    await evaluated(world, case)

    await world.advance(days=PERSON_DAYS)
    last = await found(world, "evaluator", *paths)
    await world.advance(days=1)
    after = await found(world, "evaluator", *paths)
    await world.advance(days=CASE_DAYS - PERSON_DAYS)

    assert (last, after) == ((THERE, THERE), (GONE, THERE))
    assert await found(world, "evaluator", *paths) == (GONE, GONE)


async def test_an_institution_that_is_let_go_assesses_the_person_no_more(world: World) -> None:
    await evaluated(world, case_of(await applied(world), "certificate"))
    assessment = await world.post("evaluator", "/v1/assessments", a_report(world))
    paths = (f"/v1/assessments/{assessment['id']}",)

    await world.advance(days=PERSON_DAYS + 1)
    another = await world.call("evaluator", "POST", "/v1/assessments", json=a_report(world))

    assert another.status_code == GONE
    assert await found(world, "evaluator", *paths) == (GONE,)


@pytest.mark.parametrize("how", ["withdrawn", "refused"])
async def test_an_institution_whose_evaluation_is_not_needed_is_shown_the_person_no_more(
    world: World, how: str
) -> None:
    application = await applied(world)
    case = case_of(application, "certificate")
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")
    before = await found(world, "evaluator", *paths_of(world, case))

    if how == "withdrawn":
        await world.step("portal", f"/v1/applications/{application['id']}", "withdrawal")
    else:
        await world.step(
            "county_reviewer", case, "refusal", {"reason": "not_registered_here", "text": "户籍不在本地。"}
        )

    assert (before, await found(world, "evaluator", *paths_of(world, case))) == ((THERE, THERE), (GONE, THERE))


async def test_a_portal_follows_what_it_has_sent_for_good(world: World) -> None:
    application = await certified(world)

    await world.advance(days=1000)

    assert await found(world, "portal", f"/v1/applications/{application['id']}") == (THERE,)

"""A conclusion counts once every doctor who is named in it has signed it with the own account."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import EVALUATORS, a_conclusion, case_of, drawn_for, one_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


async def drawn(world: World) -> tuple[str, list[str], dict[str, Any]]:
    """A case that two doctors were drawn for, who they are, and what somebody would have them conclude."""
    case = case_of(await submitted(world), "certificate")
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")
    doctors = await drawn_for(world, case)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    return case, doctors, a_conclusion(world, doctors=doctors, concluded_on=today)


async def test_a_friend_at_the_hospital_does_not_conclude_in_the_name_of_who_was_drawn(world: World) -> None:
    case, doctors, conclusion = await drawn(world)
    friend = next(name for name in EVALUATORS if world.account(name) not in doctors)

    refused = await world.try_step(friend, case, "evaluation", conclusion)

    assert (refused.status_code, refused.json()["code"]) == (403, "signature_not_yours")


async def test_one_of_two_drawn_doctors_does_not_conclude_alone(world: World) -> None:
    case, doctors, conclusion = await drawn(world)
    first, second = (one_of(world, [doctor]) for doctor in doctors)

    alone = await world.step(first, case, "evaluation", conclusion)
    again = await world.try_step(first, case, "evaluation", conclusion)
    notice = await world.try_step("county_officer", case, "notice")
    together = await world.step(second, case, "evaluation", conclusion)

    assert (alone["stage"], alone["conclusion"]) == ("evaluation_assigned", None)
    assert alone["evaluation_signed"] == {"by": [doctors[0]], "missing": [doctors[1]]}
    assert (again.status_code, again.json()["code"]) == (409, "second_word_missing")
    assert notice.status_code == 409
    assert (together["stage"], together["evaluation_signed"]) == ("evaluated", None)


async def test_whoever_has_found_otherwise_signs_that_and_the_other_signs_it_too_or_does_not(world: World) -> None:
    case, doctors, conclusion = await drawn(world)
    friend, strict = (one_of(world, [doctor]) for doctor in doctors)
    await world.step(friend, case, "evaluation", conclusion)

    otherwise = await world.step(strict, case, "evaluation", conclusion | {"grade": 4})
    agreed = await world.step(friend, case, "evaluation", conclusion | {"grade": 4})

    assert otherwise["evaluation_signed"] == {"by": [doctors[1]], "missing": [doctors[0]]}
    assert (agreed["stage"], agreed["conclusion"]["grade"]) == ("evaluated", 4)

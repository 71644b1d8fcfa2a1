"""What a portal is told of a benefit: what was decided and why, and never what the rules made of the registers."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import case_of, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

IN_ORDER = {"finding": "met", "text": "情况属实。"}
REFUSED = {"outcome": "refused", "reason": "conditions_not_met", "text": "不符合条件。"}


async def before_the_decision(world: World) -> str:
    """The path of a subsidy's case that civil affairs may decide."""
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))
    case = case_of(application, "living_subsidy")
    await world.step("township_officer", case, "acceptance")
    await world.step("township_officer", case, "initial-check", IN_ORDER)
    await world.step("township_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "federation-check", IN_ORDER)
    return case


async def test_a_portal_is_never_told_what_the_rules_propose(world: World) -> None:
    case = await before_the_decision(world)
    told: dict[str, list[Any]] = {who: [await world.get(who, case)] for who in ("portal", "citizen", "civil_affairs")}
    await world.step("civil_affairs", case, "decision", REFUSED)
    for who, shown in told.items():
        shown.append(await world.get(who, case))

    proposals = {who: [one["proposal"] is not None for one in shown] for who, shown in told.items()}

    assert proposals == {"portal": [False, False], "citizen": [True, True], "civil_affairs": [True, True]}
    assert told["portal"][-1]["refusal"]["text"] == "不符合条件。"

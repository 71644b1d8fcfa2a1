"""The main job's first half, as tests need it: applied for, certificate issued, subsidies decided."""

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from app.domain.shared.identity import CitizenNumber
from tests.acting import World

ITEMS = ("certificate", "living_subsidy", "nursing_subsidy")

EVALUATORS = ("evaluator", "second_evaluator", "third_evaluator", "fourth_evaluator", "fifth_evaluator")

_NEWCOMERS, _NAMES = count(), count()
_GIVEN = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


def a_new_number() -> str:
    """The identity number of somebody whom nobody has seen before, and whom nobody takes for the one before."""
    number = next(_NEWCOMERS)
    born_on = date(1900, 1, 1) + timedelta(days=number * 397 % 2_000)
    return CitizenNumber.of(region="990995", born_on=born_on, sequence=(number * 37 + number // 2_000) % 900 + 1).value


def a_new_name() -> str:
    """A name that the one before did not bear: two of one name and telephone may be one."""
    number = next(_NAMES)
    return f"样{_GIVEN[number % len(_GIVEN)]}{_GIVEN[number // len(_GIVEN) % len(_GIVEN)]}"


def an_application(world: World, *, items: tuple[str, ...] = ITEMS, **changes: Any) -> dict[str, Any]:
    """What a portal sends for this world's citizen."""
    citizen = world.citizen
    return {
        "package_code": "disability_services",
        "items": list(items),
        "source_number": f"T-{uuid4().hex[:12]}",
        "channel": "portal",
        "applicant": {
            "name": citizen["name"],
            "citizen_number": citizen["citizen_number"],
            "region_code": citizen["region_code"],
        },
        "answers": {
            "business": "new",
            "applied_by": "self",
            "phone": "0994-0000000",
            "residence_address": "红柳示例村 1 号",
            "conditions": ["physical"],
            "benefits_received": [],
            "long_term_care": True,
        },
        **changes,
    }


async def submitted(world: World, **changes: Any) -> dict[str, Any]:
    return await world.post("portal", "/v1/applications", an_application(world, **changes))


def case_of(application: dict[str, Any], code: str) -> str:
    """The path of the case that carries an item."""
    item = next(item for item in application["items"] if item["code"] == code)
    kind = "certificate-cases" if item["case_kind"] == "certificate" else "benefit-cases"
    return f"/v1/{kind}/{item['case_id']}"


def a_conclusion(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "doctors": [world.account("evaluator"), world.account("second_evaluator")],
        "meets_standard": True,
        "category": 4,
        "grade": 1,
        **changes,
    }


def by_hand(institution_id: str, **changes: Any) -> dict[str, Any]:
    """An institution that an office chooses without a draw."""
    reason = {"reason": "cannot_travel", "text": "申请人住院，无法前往其他机构。"}
    return {"by_hand": {"institution_id": institution_id, **reason, **changes}}


async def evaluated(world: World, case: str, **changes: Any) -> dict[str, Any]:
    """A certificate case taken to the doctors' conclusion."""
    await world.step("township_officer", case, "acceptance")
    await world.step("county_officer", case, "evaluation-assignment")
    return await concluded(world, case, **changes)


async def drawn_for(world: World, case: str) -> list[str]:
    """The accounts of the doctors who were drawn for a case."""
    doctors: list[str] = (await world.get("evaluator", case))["assignment"]["doctors"]
    return doctors


def one_of(world: World, doctors: list[str]) -> str:
    """The token of one of some doctors, or of any where an officer has chosen by hand."""
    theirs = [name for name in EVALUATORS if world.account(name) in doctors or not doctors]
    assert theirs, "A test has left a doctor at the hospital for whom there is no token."
    return theirs[0]


async def concluded(world: World, case: str, **changes: Any) -> dict[str, Any]:
    """A case that was drawn for, taken to what the drawn doctors have concluded today; each of them signs it."""
    drawn = await drawn_for(world, case)
    today = (await world.get("portal", "/v1/sandbox/clock"))["today"]
    found = {"doctors": drawn} if drawn else {}
    return await signed_by_all(world, case, a_conclusion(world, concluded_on=today, **(found | changes)))


async def signed_by_all(world: World, case: str, conclusion: dict[str, Any]) -> dict[str, Any]:
    """The case once each of the doctors has signed a conclusion."""
    told: dict[str, Any] = {}
    for doctor in conclusion["doctors"]:
        told = await world.step(one_of(world, [doctor]), case, "evaluation", conclusion)
    return told


async def decided(world: World, case: str) -> dict[str, Any]:
    """A subsidy taken from the township to the grant, once the certificate that it waits for is there."""
    await world.step("township_officer", case, "acceptance")
    await world.step("township_officer", case, "initial-check", {"finding": "met"})
    await world.step("township_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "federation-check", {"finding": "met"})
    return await world.step("civil_affairs", case, "decision", {"outcome": "granted"})


async def issued(world: World, case: str) -> dict[str, Any]:
    """A certificate case taken all the way."""
    await evaluated(world, case)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "approval")
    return await world.step("county_approver", case, "issuance")

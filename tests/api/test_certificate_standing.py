"""Certificates are frozen and let go on by a named human, with a decision; a review has them stand as before."""

from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import issued
from tests.api.test_certificate_business import A_YEAR, applied, cancelled, carried_out, certified, current_of, verified
from tests.api.third_party import ThirdParty

pytestmark = [pytest.mark.anyio, pytest.mark.database]

LOST = {"reason": "reported_lost", "text": "持证人来电挂失。"}
FOUND = {"text": "证件已找到。"}


async def frozen(world: World) -> str:
    """The path of a certificate that was reported lost."""
    path = f"/v1/certificates/{await certified(world)}"
    await world.step("county_approver", path, "freeze", LOST)
    return path


async def latest_decision(world: World, outcome: str) -> dict[str, Any]:
    found = await world.get("county_officer", "/v1/decisions", person_id=world.citizen["person_id"])
    named = next(one for one in found["items"] if one["outcome"] == outcome)
    return await world.get("citizen", f"/v1/decisions/{named['id']}")


async def test_a_frozen_certificate_answers_so_and_tells_the_holder_why_and_how_to_turn_against_it(
    world: World,
) -> None:
    path = await frozen(world)

    read = await world.get("citizen", path)
    decision = await latest_decision(world, "frozen")

    assert (read["versions"][-1]["status"], read["versions"][-1]["status_reason"]) == ("frozen", "reported_lost")
    assert await verified(world, "41") == "frozen"
    assert (decision["matter"], decision["text"]) == ("certificate_standing", LOST["text"])
    assert decision["grounds"][0]["code"] == "frozen_reported_lost"
    assert decision["remedy"]["body"] == "county_government"


async def test_what_may_be_done_to_it_is_said_with_it(world: World) -> None:
    path = await frozen(world)

    allowed = {
        who: {one["action"] for one in (await world.get(who, path))["actions"] if one["allowed"]}
        for who in ("county_approver", "county_officer", "citizen")
    }

    assert allowed == {"county_approver": {"unfreeze"}, "county_officer": set(), "citizen": set()}


async def test_a_certificate_that_was_found_again_goes_on(world: World) -> None:
    path = await frozen(world)

    read = await world.step("county_approver", path, "unfreezing", FOUND)

    assert read["versions"][-1]["status"] == "in_force"
    assert await verified(world, "41") == "in_force"
    assert (await latest_decision(world, "unfrozen"))["remedy"] is None


async def test_a_change_that_somebody_else_was_quicker_with_is_stale(world: World) -> None:
    path = await frozen(world)

    answer = await world.call("county_approver", "POST", f"{path}/unfreezing", json=FOUND, version='"1"')

    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")


@pytest.mark.parametrize("who", ["county_officer", "county_reviewer", "township_officer", "citizen"])
async def test_nobody_but_the_approver_freezes(world: World, who: str) -> None:
    path = f"/v1/certificates/{await certified(world)}"

    answer = await world.try_step(who, path, "freeze", LOST)

    assert answer.status_code == 403


async def test_a_card_that_was_frozen_for_its_loss_is_replaced_and_in_force(world: World) -> None:
    await frozen(world)

    await carried_out(world, await applied(world, "loss"))

    assert await verified(world, "41") == "replaced"
    assert await verified(world, "41B1") == "in_force"


async def test_a_certificate_under_investigation_is_replaced_by_no_business(world: World) -> None:
    path = f"/v1/certificates/{await certified(world)}"
    await world.step(
        "county_approver", path, "freeze", {"reason": "under_investigation", "text": "有群众举报，正在核查。"}
    )

    answer = await world.try_step("township_officer", await applied(world, "loss"), "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_stands_otherwise")


async def sent_back(world: World, decision: dict[str, Any], who: str) -> None:
    """The decision, lifted by the body that hears the review."""
    review = await world.post("citizen", f"/v1/decisions/{decision['id']}/reviews", {"statement": "证件没有遗失。"})
    path = f"/v1/reviews/{review['id']}"
    await world.step(who, path, "acceptance")
    await world.step(who, path, "decision", {"outcome": "sent_back", "text": "事实不清，撤销原决定。"})


async def test_a_review_that_lifts_a_freeze_has_the_certificate_in_force(world: World) -> None:
    path = await frozen(world)

    await sent_back(world, await latest_decision(world, "frozen"), "appeal_officer")

    assert (await world.get("citizen", path))["versions"][-1]["status"] == "in_force"


async def test_a_review_that_lifts_a_cancellation_has_the_certificate_in_force_until_it_is_decided_anew(
    world: World,
) -> None:
    certificate_id = await certified(world)
    done = await cancelled(world, await applied(world, "cancellation"))

    await sent_back(world, await latest_decision(world, "cancelled"), "prefecture_appeal_officer")

    case = await world.get("county_officer", f"/v1/certificate-cases/{done['id']}")
    assert (await current_of(world, certificate_id))["status"] == "in_force"
    assert await verified(world, "41") == "in_force"
    assert (case["stage"], case["certificate_id"]) == ("accepted", None)


async def filed(world: World, decision: dict[str, Any], who: str) -> str:
    """The path of a review that a body has taken on."""
    review = await world.post("citizen", f"/v1/decisions/{decision['id']}/reviews", {"statement": "证件没有遗失。"})
    await world.step(who, f"/v1/reviews/{review['id']}", "acceptance")
    return f"/v1/reviews/{review['id']}"


SENT_BACK = {"outcome": "sent_back", "text": "事实不清，撤销原决定。"}


async def test_a_review_of_an_earlier_freeze_does_not_lift_the_later_one(world: World) -> None:
    path = await frozen(world)
    review = await filed(world, await latest_decision(world, "frozen"), "appeal_officer")
    await world.step("county_approver", path, "unfreezing", FOUND)
    suspected = {"reason": "under_investigation", "text": "有群众举报，正在核查。"}
    await world.step("county_approver", path, "freeze", suspected)

    await world.step("appeal_officer", review, "decision", SENT_BACK)

    current = (await world.get("citizen", path))["versions"][-1]
    assert (current["status"], current["status_reason"]) == ("frozen", "under_investigation")


async def test_a_review_of_a_freeze_does_not_bring_back_what_was_cancelled_since(world: World) -> None:
    path = await frozen(world)
    review = await filed(world, await latest_decision(world, "frozen"), "appeal_officer")
    await cancelled(world, await applied(world, "cancellation"))

    await world.step("appeal_officer", review, "decision", SENT_BACK)

    assert (await world.get("citizen", path))["versions"][-1]["status"] == "cancelled"


async def test_a_freeze_that_is_over_can_still_be_found_wrong(world: World) -> None:
    path = await frozen(world)
    review = await filed(world, await latest_decision(world, "frozen"), "appeal_officer")
    await world.step("county_approver", path, "unfreezing", FOUND)

    await world.step("appeal_officer", review, "decision", SENT_BACK)

    assert (await world.get("citizen", path))["versions"][-1]["status"] == "in_force"


async def test_what_was_decided_before_on_how_it_stands_is_shown_to_nobody_any_more(world: World) -> None:
    path = await frozen(world)
    await world.step("county_approver", path, "unfreezing", FOUND)
    gone_on = await latest_decision(world, "unfrozen")
    receipt = (await world.post("citizen", f"/v1/decisions/{gone_on['id']}/receipt"))["jws"]

    await world.step("county_approver", path, "freeze", LOST)

    assert (await ThirdParty.prepared(world.api)).is_withdrawn(receipt)
    again = await world.call("citizen", "POST", f"/v1/decisions/{gone_on['id']}/receipt")
    assert (again.status_code, again.json()["code"]) == (409, "decision_overtaken")


async def test_a_cancellation_withdraws_the_receipt_of_the_decision_that_granted_the_certificate(world: World) -> None:
    await certified(world)
    granted = await latest_decision(world, "granted")
    receipt = (await world.post("citizen", f"/v1/decisions/{granted['id']}/receipt"))["jws"]

    await cancelled(world, await applied(world, "cancellation"))

    assert (await ThirdParty.prepared(world.api)).is_withdrawn(receipt)
    again = await world.call("citizen", "POST", f"/v1/decisions/{granted['id']}/receipt")
    assert (again.status_code, again.json()["code"]) == (409, "decision_overtaken")


async def test_after_a_lifted_cancellation_the_decision_that_granted_it_has_a_receipt_again(world: World) -> None:
    await certified(world)
    granted = await latest_decision(world, "granted")
    await cancelled(world, await applied(world, "cancellation"))
    await sent_back(world, await latest_decision(world, "cancelled"), "prefecture_appeal_officer")

    again = await world.call("citizen", "POST", f"/v1/decisions/{granted['id']}/receipt")

    assert again.status_code == 200
    assert not (await ThirdParty.prepared(world.api)).is_withdrawn(again.json()["jws"])


async def test_a_cancellation_is_not_lifted_while_the_person_holds_another_certificate(world: World) -> None:
    first = await certified(world)
    await cancelled(world, await applied(world, "cancellation"))
    review = await filed(world, await latest_decision(world, "cancelled"), "prefecture_appeal_officer")
    await world.advance(days=A_YEAR)
    again = await issued(world, await applied(world, "new", conditions=["physical"]))

    refused = await world.try_step("prefecture_appeal_officer", review, "decision", SENT_BACK)
    assert (refused.status_code, refused.json()["code"]) == (409, "certificate_issued_since")
    assert await verified(world, "41") == "in_force"

    await cancelled(world, await applied(world, "cancellation"))
    await world.step("prefecture_appeal_officer", review, "decision", SENT_BACK)
    assert (await current_of(world, first))["status"] == "in_force"
    assert (await current_of(world, again["certificate_id"]))["status"] == "cancelled"
    assert await verified(world, "41") == "in_force"

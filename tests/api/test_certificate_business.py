"""All certificate business over HTTP: applied for like anything else, and each ends on the register as its row says."""

from datetime import date
from typing import Any

import pytest

from tests.acting import World
from tests.api.flow import case_of, evaluated, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

NINE_YEARS = 9 * 366
A_YEAR = 370


async def certified(world: World) -> str:
    """The id of the certificate of somebody who has just got the first one."""
    case = await issued(world, await applied(world, "new", conditions=["physical"]))
    return str(case["certificate_id"])


async def applied(world: World, business: str, **answers: Any) -> str:
    """The path of a case of another business."""
    answers = {"applied_by": "self", "phone": "0994-0000000", "residence_address": "红柳示例村 1 号", **answers}
    application = await submitted(world, items=("certificate",), answers={"business": business, **answers})
    return case_of(application, "certificate")


async def carried_out(world: World, case: str, **acceptance: Any) -> dict[str, Any]:
    """A case that nobody has to evaluate, taken to the card."""
    await world.step("township_officer", case, "acceptance", acceptance)
    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "approval")
    return await world.step("county_approver", case, "issuance")


async def refused(world: World, case: str) -> dict[str, Any]:
    """A case that cannot be accepted, refused by a named human in words."""
    body = {"reason": "business_not_open", "text": "目前不能办理该项业务。"}
    return await world.step("county_reviewer", case, "refusal", body)


async def application_of(world: World, case: str) -> dict[str, Any]:
    return await world.get("citizen", f"/v1/applications/{(await world.get('citizen', case))['application_id']}")


async def current_of(world: World, certificate_id: str) -> dict[str, Any]:
    read = await world.get("county_officer", f"/v1/certificates/{certificate_id}")
    current: dict[str, Any] = read["versions"][-1]
    return current


async def today(world: World) -> date:
    return date.fromisoformat((await world.get("portal", "/v1/sandbox/clock"))["today"])


async def verified(world: World, suffix: str) -> str:
    """How the number with such an end is answered for."""
    number = f"{world.citizen['citizen_number']}{suffix}"
    asked = {"certificates": [{"number": number, "name": world.citizen["name"]}]}
    answer = await world.post("verifying_portal", "/v1/certificate-verifications", asked)
    return str(answer["results"][0]["outcome"])


async def test_a_lost_card_is_replaced_under_a_number_with_a_suffix_and_the_old_one_answers_as_replaced(
    world: World,
) -> None:
    certificate_id = await certified(world)
    before = await current_of(world, certificate_id)

    case = await applied(world, "loss")
    done = await carried_out(world, case)

    after = await current_of(world, certificate_id)
    assert (done["business"], done["certificate_id"], done["stage"]) == ("loss", certificate_id, "issued")
    assert (after["version"], after["valid_until"]) == (2, before["valid_until"])
    assert await verified(world, "41") == "replaced"
    assert await verified(world, "41B1") == "in_force"
    assert await verified(world, "41B2") == "no_match"


async def test_a_second_loss_within_a_year_is_replaced_for_a_reason_that_is_kept(world: World) -> None:
    await certified(world)
    await carried_out(world, await applied(world, "loss"))
    case = await applied(world, "loss")

    barred = await world.try_step("township_officer", case, "acceptance")
    assert (barred.status_code, barred.json()["code"]) == (409, "reissued_before")

    done = await carried_out(world, case, exemption="住房失火，有消防证明。")
    assert done["exemption"]["bar"] == "reissued_before"
    assert await verified(world, "41B2") == "in_force"


async def test_a_damaged_card_keeps_its_number_and_its_validity(world: World) -> None:
    certificate_id = await certified(world)
    before = await current_of(world, certificate_id)

    await carried_out(world, await applied(world, "damaged"))

    after = await current_of(world, certificate_id)
    assert {name: after[name] for name in ("number", "valid_until")} == {
        name: before[name] for name in ("number", "valid_until")
    }
    assert await verified(world, "41") == "in_force"


async def test_a_renewal_is_open_in_the_last_year_and_begins_the_validity_anew(world: World) -> None:
    certificate_id = await certified(world)
    case = await applied(world, "renewal")

    early = await world.try_step("township_officer", case, "acceptance")
    assert (early.status_code, early.json()["code"]) == (409, "renewal_not_open")
    await refused(world, case)

    await world.advance(days=NINE_YEARS)
    await carried_out(world, await applied(world, "renewal"))
    renewed = await current_of(world, certificate_id)
    assert renewed["issued_on"] == str(await today(world))
    assert renewed["valid_until"][:4] == str((await today(world)).year + 10)
    assert await verified(world, "41") == "in_force"


async def test_a_change_of_grade_makes_another_number_by_the_doctors_conclusion(world: World) -> None:
    await certified(world)
    case = await applied(world, "change", conditions=["physical"])

    await evaluated(world, case, category=4, grade=3)
    await world.step("county_officer", case, "notice")
    await world.advance(days=10)
    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "approval")
    await world.step("county_approver", case, "issuance")

    assert await verified(world, "41") == "replaced"
    assert await verified(world, "43") == "in_force"


async def test_a_migration_within_the_place_keeps_number_and_validity(world: World) -> None:
    certificate_id = await certified(world)
    before = await current_of(world, certificate_id)

    await carried_out(world, await applied(world, "migration"))

    after = await current_of(world, certificate_id)
    assert (after["number"], after["valid_until"]) == (before["number"], before["valid_until"])


async def cancelled(world: World, case: str) -> dict[str, Any]:
    await world.step("township_officer", case, "acceptance")
    await world.step("county_reviewer", case, "review")
    return await world.step("county_approver", case, "cancellation", {"text": "本人书面申请注销。"})


async def test_a_holder_gives_the_certificate_up_and_may_apply_again_after_a_year(world: World) -> None:
    certificate_id = await certified(world)

    done = await cancelled(world, await applied(world, "cancellation"))

    ended = await current_of(world, certificate_id)
    assert (done["stage"], done["ground"]) == ("cancelled", "voluntary")
    assert (ended["status"], ended["status_since"], ended["status_reason"]) == (
        "cancelled",
        str(await today(world)),
        "voluntary",
    )
    assert await verified(world, "41") == "cancelled"

    case = await applied(world, "new", conditions=["physical"])
    barred = await world.try_step("township_officer", case, "acceptance")
    assert (barred.status_code, barred.json()["code"]) == (409, "barred_after_cancellation")
    await refused(world, case)
    await world.advance(days=A_YEAR)
    again = await issued(world, await applied(world, "new", conditions=["physical"]))
    assert again["certificate_id"] != certificate_id
    assert await verified(world, "41") == "in_force"


async def test_a_cancellation_is_a_decision_with_words_and_a_way_to_appeal(world: World) -> None:
    await certified(world)
    case = await applied(world, "cancellation")
    done = await cancelled(world, case)

    decisions = await world.get("citizen", f"/v1/applications/{done['application_id']}/decisions")
    decision = await world.get("citizen", f"/v1/decisions/{decisions['items'][0]['id']}")
    application = await world.get("citizen", f"/v1/applications/{done['application_id']}")
    assert (decision["outcome"], decision["text"]) == ("cancelled", "本人书面申请注销。")
    assert decision["grounds"][0]["code"] == "cancelled_voluntary"
    assert decision["remedy"]["body"] == "prefecture_federation"
    assert (application["items"][0]["status"], application["items"][0]["status_reason"]) == ("granted", "cancelled")


async def test_an_office_looks_into_a_cancellation_and_others_decide_it(world: World) -> None:
    certificate_id = await certified(world)
    path = f"/v1/certificates/{certificate_id}/cancellation-cases"

    opened = await world.post("county_officer", path, {"ground": "death"})
    case = f"/v1/certificate-cases/{opened['id']}"
    assert (opened["stage"], opened["application_id"], opened["ground"]) == ("accepted", None, "death")
    assert (await current_of(world, certificate_id))["status"] == "in_force"

    twice = await world.call("county_officer", "POST", path, json={"ground": "death"})
    assert (twice.status_code, twice.json()["code"]) == (409, "cancellation_under_way")

    await world.step("county_reviewer", case, "review")
    await world.step("county_approver", case, "cancellation", {"text": "持证人已去世。"})
    assert (await current_of(world, certificate_id))["status"] == "cancelled"

    ended = await world.call("county_officer", "POST", path, json={"ground": "death"})
    assert (ended.status_code, ended.json()["code"]) == (409, "certificate_not_held")


async def test_that_the_standard_is_no_longer_met_is_for_doctors_to_conclude(world: World) -> None:
    certificate_id = await certified(world)
    path = f"/v1/certificates/{certificate_id}/cancellation-cases"
    opened = await world.post("county_officer", path, {"ground": "no_longer_meets_standard"})
    case = f"/v1/certificate-cases/{opened['id']}"
    await world.step("county_reviewer", case, "review")

    early = await world.try_step("county_approver", case, "cancellation", {"text": "不再达到标准。"})

    assert (early.status_code, early.json()["code"]) == (409, "not_concluded_unmet")


async def test_a_ground_that_the_place_does_not_name_is_none(world: World) -> None:
    certificate_id = await certified(world)

    answer = await world.call(
        "county_officer",
        "POST",
        f"/v1/certificates/{certificate_id}/cancellation-cases",
        json={"ground": "not_renewed"},
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "ground_not_in_force")


@pytest.mark.parametrize("business", ["renewal", "damaged", "loss", "migration", "change", "cancellation"])
async def test_who_holds_no_certificate_has_nothing_done_on_one(world: World, business: str) -> None:
    case = await applied(world, business)

    answer = await world.try_step("township_officer", case, "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_not_held")
    assert (await refused(world, case))["stage"] == "refused"


async def test_who_holds_one_is_issued_no_second(world: World) -> None:
    await certified(world)
    case = await applied(world, "new", conditions=["physical"])

    answer = await world.try_step("township_officer", case, "acceptance")

    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_held")


async def test_a_business_that_nobody_has_to_evaluate_promises_an_earlier_day(world: World) -> None:
    whole = await application_of(world, await applied(world, "new", conditions=["physical"]))
    await world.step("citizen", f"/v1/applications/{whole['id']}", "withdrawal")

    short = await application_of(world, await applied(world, "damaged"))

    assert short["promised_until"] < whole["promised_until"]

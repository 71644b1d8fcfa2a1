"""Nobody is told by consent before the person agrees, nor after it is taken back; what the law orders goes on."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.acting import World, open_world
from tests.api.care import (
    a_confirmed_need,
    a_consent,
    accepted,
    certified,
    consented,
    delivered,
    referred,
    service_for,
    today,
)
from tests.api.test_guardianship import a_child, recorded
from tests.api.test_receipt import published, read_offline
from tests.api.third_party import ThirdParty

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PERSON_FIELDS = ["name", "contacts"]


async def an_offer(world: World) -> dict[str, Any]:
    """A provider that was asked, with the person's consent."""
    await certified(world)
    need = await a_confirmed_need(world)
    return await referred(world, need, await service_for(world, need))


def consents_of(person_id: str) -> str:
    return f"/v1/persons/{person_id}/consents"


async def home_care(world: World) -> str:
    """The organisation that the sandbox's provider serves."""
    found = (await world.get("citizen", "/v1/organisations", kind="provider"))["items"]
    return str(next(one["id"] for one in found if one["name"]["en"] == "Sandbox home care society"))


async def taken_back(world: World, receiver_id: str, who: str = "citizen", **body: Any) -> dict[str, Any]:
    consent = await consented(world, receiver_id)
    return await world.step(who, f"/v1/consents/{consent['id']}", "withdrawal", body)


async def read_by(world: World, who: str, **parameters: str) -> httpx.Response:
    return await world.call(who, "GET", f"/v1/persons/{world.citizen['person_id']}", params=parameters)


def code_of(answer: httpx.Response) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


async def test_a_person_agrees_and_reads_to_what(world: World) -> None:
    receiver = await home_care(world)

    given = await consented(world, receiver)
    listed = (await world.get("citizen", consents_of(world.citizen["person_id"])))["items"]

    assert (given["stage"], given["is_in_force"], given["voice"], given["channel"]) == (
        *("given", True, "person", "portal"),
    )
    assert given["fields"] == PERSON_FIELDS
    assert given["assisted_by"] is None
    assert [one["id"] for one in listed] == [given["id"]]
    assert [action["allowed"] for action in given["actions"]] == [True]


async def test_without_consent_no_provider_is_told_and_the_refusal_says_who_may_give_it(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    asked = {"need_id": need["id"], "service_id": service["id"]}

    refused = await world.call("commissioner", "POST", "/v1/referrals", json=asked)
    await consented(world, service["organisation_id"])
    made = await world.call("commissioner", "POST", "/v1/referrals", json=asked)

    assert code_of(refused) == (409, "consent_missing")
    assert "/v1/persons/{id}/consents" in refused.json()["detail"]
    assert made.status_code == 201


async def test_to_agree_to_a_plan_is_no_consent_and_a_consent_to_another_provider_is_none(world: World) -> None:
    await certified(world)
    need = await a_confirmed_need(world)
    service = await service_for(world, need)
    others = (await world.get("citizen", "/v1/organisations", kind="provider"))["items"]
    another = next(one["id"] for one in others if one["id"] != service["organisation_id"])
    await consented(world, another)

    asked = {"need_id": need["id"], "service_id": service["id"]}
    assert code_of(await world.call("commissioner", "POST", "/v1/referrals", json=asked)) == (409, "consent_missing")


async def test_taken_back_it_closes_the_person_at_the_next_read_and_leaves_the_provider_its_own_work(
    world: World,
) -> None:
    referral = await accepted(world, await an_offer(world))
    before = await read_by(world, "provider")

    await taken_back(world, referral["provider_id"])
    after = await read_by(world, "provider")
    own = await world.call("provider", "GET", f"/v1/referrals/{referral['id']}")

    assert before.status_code == 200
    assert code_of(after) == (403, "consent_not_in_force")
    assert own.status_code == 200
    assert world.citizen["name"] not in own.text


async def test_taken_back_it_stops_no_statutory_service_nor_the_account_of_what_was_done(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    path = f"/v1/referrals/{referral['id']}"
    await taken_back(world, referral["provider_id"])

    done = await delivered(world, referral)
    confirmed = await world.step("citizen", path, "confirmation", {"satisfaction": 5})

    assert (done["stage"], confirmed["stage"]) == ("delivered", "confirmed")
    assert (await read_by(world, "township_officer")).status_code == 200
    assert (await read_by(world, "provider")).status_code == 403


async def test_an_offer_is_not_accepted_once_the_consent_is_gone_and_may_be_declined(world: World) -> None:
    referral = await an_offer(world)
    path = f"/v1/referrals/{referral['id']}"
    await taken_back(world, referral["provider_id"])

    refused = await world.try_step("provider", path, "acceptance", {"begins_on": str(await today(world))})
    declined = await world.step("provider", path, "decline", {"reason": "other"})

    assert code_of(refused) == (409, "consent_missing")
    assert declined["stage"] == "declined"


async def test_given_anew_it_opens_the_same_referral_again(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    await taken_back(world, referral["provider_id"])

    await consented(world, referral["provider_id"])

    assert (await read_by(world, "provider")).status_code == 200


async def test_the_providers_feed_tells_it_when_the_person_is_closed_and_opened_again(world: World) -> None:
    referral = await accepted(world, await an_offer(world))
    await taken_back(world, referral["provider_id"])
    await consented(world, referral["provider_id"])

    told = await world.get("provider", "/v1/events", name="referral.person_", limit=100)

    own = [event["name"] for event in told["items"] if event["subject_id"] == referral["id"]]
    assert own == ["referral.person_closed", "referral.person_opened"]


async def test_it_closes_by_itself_on_the_day_after_its_last(world: World) -> None:
    last = await today(world) + timedelta(days=60)
    await consented(world, await home_care(world), valid_to=str(last))
    await accepted(world, await an_offer(world))

    await world.advance(days=(last - await today(world)).days)
    on_the_last_day = await read_by(world, "provider")
    await world.advance(days=1)

    assert on_the_last_day.status_code == 200
    assert code_of(await read_by(world, "provider")) == (403, "consent_not_in_force")


async def test_a_provider_is_shown_what_was_agreed_to_and_no_more(world: World) -> None:
    await consented(world, await home_care(world), fields=["name"])
    await an_offer(world)

    shown = (await read_by(world, "provider")).json()

    assert shown["disclosed"] == ["name"]
    assert shown["contacts"] in (None, [])


async def test_the_person_reads_who_has_looked_and_what_for(world: World) -> None:
    await an_offer(world)
    person = world.citizen["person_id"]
    await world.get("provider", f"/v1/persons/{person}")
    await world.get("township_officer", f"/v1/persons/{person}", purpose="statutory_service")
    await world.get("township_officer", f"/v1/persons/{person}")

    records = (await world.get("citizen", "/v1/access-records", person_id=person))["items"]

    looked = [record["purpose"] for record in records if record["operation"] == "get_person"]
    assert looked == [None, "statutory_service", "service_delivery"]
    assert {record["purpose_text"] for record in records if record["purpose"]} == {
        "Statutory services for disabled people",
        "A service given by a provider or a society organisation",
    }


async def test_what_a_provider_reads_of_its_referral_it_reads_for_what_that_was_made(world: World) -> None:
    referral = await an_offer(world)
    await world.get("provider", f"/v1/referrals/{referral['id']}")
    await world.get("commissioner", f"/v1/referrals/{referral['id']}")

    records = (await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"]))["items"]

    looked = [one["purpose"] for one in records if one["operation"] == "get_referral"]
    assert looked == [None, "service_delivery"]


@pytest.mark.parametrize(
    ("who", "purpose", "answer"),
    [
        ("township_officer", "advertising", (422, "purpose_unknown")),
        ("provider", "advertising", (422, "purpose_unknown")),
        ("provider", "statutory_service", (403, "consent_not_in_force")),
    ],
)
async def test_nobody_reads_for_a_purpose_that_there_is_not_or_that_was_not_agreed_to(
    world: World, who: str, purpose: str, *, answer: tuple[int, str]
) -> None:
    await an_offer(world)

    assert code_of(await read_by(world, who, purpose=purpose)) == answer


async def test_what_a_search_was_for_is_written_down(world: World) -> None:
    sought = {"citizen_number": world.citizen["citizen_number"], "purpose": "statutory_service"}
    await world.post("township_officer", "/v1/person-searches", sought)

    records = (await world.get("citizen", "/v1/access-records", person_id=world.citizen["person_id"]))["items"]

    assert [one["purpose"] for one in records if one["operation"] == "search_persons"] == ["statutory_service"]


async def test_an_officer_takes_down_whose_word_it_was(world: World) -> None:
    path, receiver = consents_of(world.citizen["person_id"]), await home_care(world)

    unsaid = await world.call("commissioner", "POST", path, json=a_consent(receiver))
    given = await world.post(
        "commissioner", path, a_consent(receiver, said_by="person", channel="home_visit", fields=["contacts"])
    )
    taken = await taken_back(world, receiver, "township_officer", said_by="person")

    assert code_of(unsaid) == (422, "word_missing")
    assert (given["channel"], given["assisted_by"]) == ("home_visit", world.account("commissioner"))
    assert (taken["stage"], taken["is_in_force"]) == ("withdrawn", False)


@pytest.mark.parametrize("who", ["other_township_officer", "evaluator", "provider", "portal", "auditor"])
async def test_nobody_else_agrees_for_a_person(world: World, who: str) -> None:
    body = a_consent(await home_care(world), said_by="person")

    answer = await world.call(who, "POST", consents_of(world.citizen["person_id"]), json=body)

    assert answer.status_code in {403, 404}


async def test_a_childs_guardian_agrees_with_the_own_token_and_an_agent_does_not(world: World) -> None:
    child, receiver = await a_child(world, years=9), await home_care(world)
    path = consents_of(child["person_id"])

    own = await world.call("commissioner", "POST", path, json=a_consent(receiver, said_by="person"))
    before = await world.call("guardian", "POST", path, json=a_consent(receiver))
    await recorded(world, child["person_id"])
    given = await world.post("guardian", path, a_consent(receiver))

    assert code_of(own) == (403, "guardian_consent_needed")
    assert before.status_code == 404
    assert (given["voice"], given["assisted_by"]) == ("guardian", world.account("guardian"))


async def test_an_agent_agrees_to_nothing(world: World) -> None:
    person = world.citizen["person_id"]
    await recorded(world, person, acting="agent")

    answer = await world.call("guardian", "POST", consents_of(person), json=a_consent(await home_care(world)))

    assert answer.status_code == 404


async def test_the_same_is_not_agreed_to_twice_while_it_holds(world: World) -> None:
    receiver = await home_care(world)
    await consented(world, receiver)

    again = await world.call("citizen", "POST", consents_of(world.citizen["person_id"]), json=a_consent(receiver))

    assert code_of(again) == (409, "consent_in_force")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"purpose": "advertising"}, "purpose_unknown"),
        ({"purpose": "statutory_service"}, "consent_not_asked"),
        ({"purpose": "platform_sharing"}, "receiver_not_suitable"),
        ({"receiver_id": str(uuid4())}, "receiver_not_suitable"),
        ({"fields": ["economic_status"]}, "fields_not_shared"),
        ({"valid_to": "2199-01-01"}, "consent_days_impossible"),
    ],
)
async def test_what_cannot_be_agreed_to_is_refused_with_what_can(
    world: World, changes: dict[str, Any], code: str
) -> None:
    body = a_consent(await home_care(world)) | changes

    answer = await world.call("citizen", "POST", consents_of(world.citizen["person_id"]), json=body)

    assert code_of(answer) == (422, code)


async def test_a_provider_reads_what_it_was_allowed_and_not_what_others_were(world: World) -> None:
    person, receiver = world.citizen["person_id"], await home_care(world)
    given = await consented(world, receiver)

    own = await world.get("provider", consents_of(person))
    others = await world.call("other_provider", "GET", f"/v1/consents/{given['id']}")
    nobodys = await world.call("other_provider", "GET", consents_of(person))

    assert [one["id"] for one in own["items"]] == [given["id"]]
    assert own["items"][0]["actions"][0]["allowed"] is False
    assert (others.status_code, nobodys.status_code) == (404, 404)


async def test_a_neighbour_reads_nobody_elses_consents(world: World) -> None:
    given = await consented(world, await home_care(world))
    neighbour = await open_world(world.api)

    for path in (consents_of(world.citizen["person_id"]), f"/v1/consents/{given['id']}"):
        assert (await neighbour.call("citizen", "GET", path)).status_code == 404


async def test_the_receipt_says_what_was_agreed_to_and_names_nobody_but_the_receiver(world: World) -> None:
    receiver = await home_care(world)
    given = await consented(world, receiver)
    receipt = await world.get("citizen", f"/v1/consents/{given['id']}/receipt")

    _, claims = read_offline(receipt["jws"], await published(world.api))

    assert (claims["outcome"], claims["purpose"], claims["receiver_id"]) == ("given", "service_delivery", receiver)
    assert (claims["fields"], claims["valid_to"]) == (PERSON_FIELDS, given["valid_to"])
    assert claims["withdrawal"] == f"/v1/consents/{given['id']}/withdrawal"
    assert "Sandbox home care society may be told: the name, phone and address." in receipt["text"]
    assert world.citizen["name"] not in str(claims) + receipt["text"]


async def test_once_taken_back_the_receipt_is_withdrawn_for_all_to_see_and_there_is_one_of_that(world: World) -> None:
    receiver = await home_care(world)
    path = f"/v1/consents/{(await consented(world, receiver))['id']}/receipt"
    of_consent = (await world.get("citizen", path))["jws"]
    before = (await ThirdParty.prepared(world.api)).is_withdrawn(of_consent)

    taken = await taken_back(world, receiver)
    receipt = await world.get("citizen", path)

    anybody = await ThirdParty.prepared(world.api)
    assert (before, anybody.is_withdrawn(of_consent), anybody.is_withdrawn(receipt["jws"])) == (False, True, False)
    _, claims = read_offline(receipt["jws"], await published(world.api))
    assert (receipt["kind"], claims["outcome"]) == ("consent_withdrawal", "withdrawn")
    assert claims["withdrawn_on"] == taken["withdrawn_on"]
    assert "withdrawal" not in claims


async def test_everybody_reads_the_purposes_and_what_a_person_is_told_before(world: World) -> None:
    found = (await world.get("portal", "/v1/sharing-purposes", region="652301"))["items"]

    needed = {one["code"]: one["needs_consent"] for one in found}
    assert needed == {"platform_sharing": True, "service_delivery": True, "statutory_service": False}
    assert all(one["tells"]["zh"] and one["tells"]["en"] and one["source"] for one in found)

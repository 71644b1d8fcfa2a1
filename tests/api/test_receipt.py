"""The receipt of an application: others check it with our published keys alone, and learn no name from it."""

import json
from typing import Any

import httpx
import jwt as pyjwt
import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from tests.acting import World
from tests.api.flow import an_application, case_of, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]


def read_offline(text: str, keys: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a third party reads from the receipt and the published keys, by two libraries of other people."""
    by_joserfc = jws.deserialize_compact(text, KeySet.import_key_set(json.loads(json.dumps(keys))), ["ES256"])
    key = pyjwt.PyJWKSet.from_dict(keys)[by_joserfc.headers()["kid"]]
    by_pyjwt = pyjwt.decode_complete(text, key, ["ES256"])
    claims: dict[str, Any] = json.loads(by_joserfc.payload or b"")
    assert by_pyjwt["payload"] == claims
    return by_joserfc.headers(), claims


async def published(api: httpx.AsyncClient) -> dict[str, Any]:
    issuer = (await api.get("/.well-known/jwt-vc-issuer")).json()
    keys: dict[str, Any] = (await api.get(issuer["jwks_uri"])).json()
    return keys


async def test_a_third_party_checks_a_receipt_with_our_keys_alone(world: World) -> None:
    sent = await submitted(world)
    receipt = await world.get("citizen", f"/v1/applications/{sent['id']}/receipt")

    header, claims = read_offline(receipt["jws"], await published(world.api))

    assert header["typ"] == "dc+sd-jwt"
    assert claims["jti"] == receipt["id"]
    assert claims["vct"] == f"{claims['iss']}/receipts/application"
    assert claims["outcome"] == "submitted"
    assert (claims["application_id"], claims["source_number"]) == (sent["id"], sent["source_number"])
    assert [item["code"] for item in claims["items"]] == [item["code"] for item in sent["items"]]
    assert {item["owner_code"] for item in claims["items"]} == {item["owner_code"] for item in sent["items"]}


async def test_a_receipt_that_was_changed_is_found_out(world: World) -> None:
    sent = await submitted(world)
    receipt = await world.get("citizen", f"/v1/applications/{sent['id']}/receipt")
    head, body, signature = receipt["jws"].split(".")
    other = "A" if body[40] != "A" else "B"

    with pytest.raises((BadSignatureError, ValueError)):
        read_offline(f"{head}.{body[:40]}{other}{body[41:]}.{signature}", await published(world.api))


async def test_a_receipt_names_nobody_and_differs_from_application_to_application(world: World) -> None:
    first = await submitted(world)
    await world.step("portal", f"/v1/applications/{first['id']}", "withdrawal")
    second = await submitted(world)
    keys = await published(world.api)
    receipts = [await world.get("portal", f"/v1/applications/{one['id']}/receipt") for one in (first, second)]

    claims = [read_offline(one["jws"], keys)[1] for one in receipts]

    assert claims[0]["subject_digest"] != claims[1]["subject_digest"]
    told = json.dumps([receipts, claims], ensure_ascii=False)
    assert world.citizen["name"] not in told
    assert world.citizen["citizen_number"] not in told


async def test_a_receipt_says_for_ever_what_it_said_at_the_beginning(world: World) -> None:
    sent = await submitted(world)
    keys, path = await published(world.api), f"/v1/applications/{sent['id']}/receipt"
    before = read_offline((await world.get("citizen", path))["jws"], keys)

    await world.step("township_officer", case_of(sent, "certificate"), "acceptance")
    await world.advance(days=3)

    assert read_offline((await world.get("citizen", path))["jws"], keys) == before


async def test_a_receipt_is_in_words_too(world: World) -> None:
    body = an_application(world, channel="phone")
    sent = await world.post("township_officer", "/v1/applications", body)

    path = f"/v1/applications/{sent['id']}/receipt"
    english = (await world.get("citizen", path))["text"]
    chinese = (await world.call("citizen", "GET", path, headers={"Accept-Language": "zh-CN"})).json()["text"]

    assert "the telephone" in english
    assert body["source_number"] in english
    assert "电话" in chinese
    assert "残疾人证" in chinese


@pytest.mark.parametrize("who", ["verifying_portal", "other_township_officer", "other_county_officer"])
async def test_who_may_not_know_of_the_application_gets_no_receipt(world: World, who: str) -> None:
    sent = await submitted(world)

    answer = await world.call(who, "GET", f"/v1/applications/{sent['id']}/receipt")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

"""Decisions over HTTP: each grant, refusal and approval makes one, and the person can understand and contest it."""

import html
import json
import re
from typing import Any

import asyncpg
import httpx
import pytest
from joserfc import jws
from joserfc.jwk import KeySet

from tests.acting import World
from tests.api.care import a_confirmed_need, a_plan, in_force, service_for
from tests.api.flow import case_of, evaluated, issued, submitted

pytestmark = [pytest.mark.anyio, pytest.mark.database]

REFUSED = {"outcome": "refused", "reason": "conditions_not_met", "text": "家庭不在最低生活保障名单内。"}


async def decisions_of(
    world: World, application: dict[str, Any], who: str = "auditor", **more: Any
) -> list[dict[str, Any]]:
    found = await world.call(who, "GET", f"/v1/applications/{application['id']}/decisions", **more)
    assert found.status_code == 200, found.text
    listed: list[dict[str, Any]] = found.json()["items"]
    return listed


async def refused(world: World) -> dict[str, Any]:
    """An application whose living subsidy was refused while it still waited."""
    application = await submitted(world)
    await world.step("civil_affairs", case_of(application, "living_subsidy"), "decision", REFUSED)
    return application


async def test_a_refusal_says_why_by_which_law_and_where_to_turn(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world), "citizen", headers={"Accept-Language": "zh-CN"})

    assert (decision["matter"], decision["item"], decision["outcome"]) == ("benefit", "living_subsidy", "refused")
    assert decision["text"] == REFUSED["text"]
    assert decision["grounds"][0]["code"] == "conditions_not_met"
    assert all(ground["text"] and ground["source"] for ground in decision["grounds"])
    assert {ground["source"] for ground in decision["grounds"]} >= {"国发〔2015〕52号, living subsidy"}
    remedy = decision["remedy"]
    assert (remedy["body"], remedy["days"], remedy["unit"]) == ("county_government", 60, "calendar_days")
    assert remedy["last_day"] == decision["appeal_until"]
    assert remedy["last_day"] in remedy["text"]
    assert "benefit.appeal@CN#1" in decision["rule_versions"]
    assert decision["language"] == "zh-CN"
    assert decision["decided_by"]["role"] == "civil_affairs"
    assert decision["decided_by"]["organisation"] == "昌吉市民政局（沙箱）"


async def test_the_facts_are_those_of_the_day_of_the_decision(world: World) -> None:
    application = await refused(world)
    before = {fact["code"]: fact["value"] for fact in (await decisions_of(world, application, "citizen"))[0]["facts"]}

    await issued(world, case_of(application, "certificate"))

    after = {fact["code"]: fact["value"] for fact in (await decisions_of(world, application, "citizen"))[0]["facts"]}
    assert before == after
    assert before["has_certificate"] is False
    assert before["economic_status"] == "subsistence_allowance"
    assert before["needs.long_term_care"] is True


async def test_each_fact_is_told_in_words(world: World) -> None:
    application = await refused(world)

    for language in ("zh-CN", "en"):
        (decision,) = await decisions_of(world, application, "citizen", headers={"Accept-Language": language})
        for fact in decision["facts"]:
            assert "…" not in fact["text"]
            assert not fact["text"].startswith(("fact", "receiving", "needs"))


async def test_a_portal_is_told_the_reasons_and_not_the_facts(world: World) -> None:
    application = await refused(world)

    (decision,) = await decisions_of(world, application, "portal")

    assert decision["facts"] is None
    assert decision["grounds"]
    assert 'subsistence_allowance"' not in str(decision)


async def test_who_decided_is_told_to_the_public_by_post_and_to_the_auditor_by_account(world: World) -> None:
    application = await refused(world)

    told = {
        who: (await decisions_of(world, application, who))[0]["decided_by"] for who in ("citizen", "portal", "auditor")
    }

    assert told["auditor"]["account_id"] == world.account("civil_affairs")
    assert told["citizen"]["account_id"] is None
    assert told["portal"]["account_id"] is None
    assert told["citizen"]["organisation_id"] == told["auditor"]["organisation_id"]


async def test_a_certificate_is_decided_when_it_is_approved_and_not_again_when_it_is_handed_out(world: World) -> None:
    application = await submitted(world)
    await issued(world, case_of(application, "certificate"))

    (decision,) = await decisions_of(world, application, "citizen")  # the subsidies are not decided yet

    assert (decision["matter"], decision["outcome"]) == ("certificate", "granted")
    assert decision["decided_by"]["role"] == "county_approver"
    assert {fact["code"]: fact["value"] for fact in decision["facts"]}["grade"] == 1
    assert [ground["code"] for ground in decision["grounds"]] == ["standard_met", "reviewed_after_notice"]
    assert decision["remedy"]["body"] == "prefecture_federation"


async def test_a_certificate_that_is_refused_leads_to_the_federation_of_the_prefecture(world: World) -> None:
    application = await submitted(world)
    case = case_of(application, "certificate")
    await evaluated(world, case, meets_standard=False, category=None, grade=None)
    said = {"reason": "standard_not_met", "text": "评定结论为未达到残疾标准。"}
    await world.step("county_approver", case, "refusal", said)

    (decision,) = await decisions_of(world, application, "citizen")

    assert (decision["outcome"], decision["text"]) == ("refused", said["text"])
    assert (decision["grounds"][0]["code"], decision["grounds"][0]["finding"]) == ("standard_not_met", "met")
    assert (decision["remedy"]["days"], decision["remedy"]["unit"]) == (10, "working_days")


async def test_a_plan_that_comes_into_force_is_a_decision_against_which_no_way_is_needed(world: World) -> None:
    await issued(world, case_of(await submitted(world), "certificate"))
    need = await a_confirmed_need(world)
    plan = await in_force(world, await a_plan(world, need, await service_for(world, need)))

    found = await world.get("citizen", "/v1/decisions", case_id=plan["id"])

    (decision,) = found["items"]
    assert (decision["matter"], decision["outcome"], decision["item"]) == ("plan", "granted", None)
    assert decision["appeal_until"] is None
    assert (await world.get("citizen", f"/v1/decisions/{decision['id']}"))["remedy"] is None


async def test_the_decisions_of_a_person_are_listed_in_the_order_of_their_making(world: World) -> None:
    application = await refused(world)
    await world.step("civil_affairs", case_of(application, "nursing_subsidy"), "decision", REFUSED)
    person = world.citizen["person_id"]

    first = await world.get("citizen", "/v1/decisions", person_id=person, limit=1)
    second = await world.get("citizen", "/v1/decisions", person_id=person, limit=1, cursor=first["next_cursor"])

    assert [page["items"][0]["item"] for page in (first, second)] == ["living_subsidy", "nursing_subsidy"]
    assert second["next_cursor"] is None


@pytest.mark.parametrize("who", ["verifying_portal", "other_township_officer", "other_county_officer"])
async def test_a_decision_that_one_may_not_know_of_is_not_there(world: World, who: str) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    answer = await world.call(who, "GET", f"/v1/decisions/{decision['id']}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_decision_tells_of_itself_in_the_story_of_the_application(world: World) -> None:
    application = await refused(world)

    story = await world.get("citizen", f"/v1/applications/{application['id']}/events")

    (told,) = [event for event in story["items"] if event["name"] == "decision.made"]
    assert (told["item"], told["text"]) == ("living_subsidy", "Decided: refused.")
    assert REFUSED["text"] not in str(story)


async def test_what_tells_of_the_person_is_sealed_at_rest(world: World, superuser: asyncpg.Connection) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    row = await superuser.fetchrow("SELECT * FROM decision WHERE id = $1", decision["id"])

    kept = str(dict(row)).encode()
    assert REFUSED["text"].encode() not in kept + row["content_cipher"]
    assert b"long_term_care" not in kept + row["content_cipher"]


async def test_nobody_can_change_a_decision(superuser_dsn: Any, world: World) -> None:
    await refused(world)
    connection = await asyncpg.connect(superuser_dsn("yian_app"))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("UPDATE decision SET outcome = 'granted'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM decision")
    finally:
        await connection.close()


async def letter(world: World, who: str, decision: dict[str, Any], **headers: str) -> httpx.Response:
    answer = await world.call(who, "GET", f"/v1/decisions/{decision['id']}/letter", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer


async def test_the_letter_tells_the_person_all_that_the_decision_holds(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world), "citizen", headers={"Accept-Language": "zh-CN"})

    page = await letter(world, "citizen", decision, **{"Accept-Language": "zh-CN"})

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="zh-CN">' in page.text
    told = [world.citizen["name"], REFUSED["text"], decision["remedy"]["text"], decision["id"], "昌吉市民政局（沙箱）"]
    told += [ground["text"] for ground in decision["grounds"]] + [fact["text"] for fact in decision["facts"]]
    assert [one for one in told if one not in html.unescape(page.text)] == []
    assert "…" not in page.text
    assert "letter." not in page.text


async def test_the_letter_in_english_says_that_the_chinese_one_counts(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    page = await letter(world, "citizen", decision, **{"Accept-Language": "en"})

    assert "The Chinese text counts" in page.text
    assert f'lang="zh-CN">{REFUSED["text"]}' in page.text
    assert "letter." not in page.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
async def test_the_letter_is_also_had_as_plain_text(world: World, language: str) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    text = await letter(world, "citizen", decision, Accept="text/plain", **{"Accept-Language": language})

    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert REFUSED["text"] in text.text
    assert "<" not in text.text
    assert "…" not in text.text
    assert "letter." not in text.text


@pytest.mark.parametrize(
    ("wish", "media_type", "said"),
    [
        ("large_print", "text/html", "font-size: 1.75rem"),
        ("braille", "text/plain", "Braille"),
        ("voice", "text/plain", "read aloud"),
        ("sign_language", "text/html", "Arrange for an interpreter"),
        ("plain_language", "text/html", "plain language"),
    ],
)
async def test_the_letter_follows_how_the_person_wants_to_be_told(
    world: World, *, wish: str, media_type: str, said: str
) -> None:
    (decision,) = await decisions_of(world, await refused(world))
    path = f"/v1/persons/{world.citizen['person_id']}"
    told = {"preferred_format": wish, "preferred_language": "ug-CN"}

    shown = await world.step("citizen", path, "preferences", told)
    page = await letter(world, "civil_affairs", decision, **{"Accept-Language": "en"})

    assert (shown["preferred_format"], shown["preferred_language"], shown["name"]) == (wish, "ug-CN", None)
    assert page.headers["content-type"].startswith(media_type)
    assert said in page.text
    assert "Uyghur" in page.text
    asked = await letter(world, "citizen", decision, Accept="text/html")
    assert asked.headers["content-type"].startswith("text/html")


async def test_the_letter_loads_nothing_and_runs_nothing(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    page = await letter(world, "citizen", decision)

    assert re.findall(r"(?:src|href)=|<script| on[a-z]+=", page.text) == []
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'nonce-")
    assert page.headers["cache-control"] == "private, no-store"


async def test_what_an_office_writes_stays_text_in_the_letter(world: World) -> None:
    application = await submitted(world)
    said = REFUSED | {"text": "<script>alert(1)</script> & 说明"}
    await world.step("civil_affairs", case_of(application, "living_subsidy"), "decision", said)
    (decision,) = await decisions_of(world, application)

    page = await letter(world, "citizen", decision)

    assert "<script" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; 说明" in page.text


async def test_a_portal_gets_the_letter_without_name_and_facts(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world))

    page = await letter(world, "portal", decision, **{"Accept-Language": "en"})

    assert world.citizen["name"] not in page.text
    assert "What was known" not in page.text
    assert REFUSED["text"] in page.text


async def test_a_receipt_is_checked_with_our_published_keys_and_names_nobody(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world))
    keys = (await world.api.get("/.well-known/jwks.json")).json()

    receipt = await world.post("portal", f"/v1/decisions/{decision['id']}/receipt")

    signed = jws.deserialize_compact(receipt["jws"], KeySet.import_key_set(keys), algorithms=["ES256"])
    claims = json.loads(signed.payload)
    assert signed.headers()["typ"] == "dc+sd-jwt"
    assert (claims["outcome"], claims["jti"]) == ("refused", receipt["id"])
    assert claims["vct"].endswith("/receipts/decision_benefit")
    assert claims["status"]["status_list"]["uri"].endswith("/status-lists/1")
    for telling in (world.citizen["citizen_number"], world.citizen["name"], world.citizen["person_id"]):
        assert telling not in str(claims)


async def test_each_receipt_has_its_own_place_in_the_status_list(world: World) -> None:
    (decision,) = await decisions_of(world, await refused(world))
    path = f"/v1/decisions/{decision['id']}/receipt"

    one, again, other = [await world.post("citizen", path, key=key) for key in ("k-one", "k-one", "k-two")]

    assert one == again
    assert one["id"] != other["id"]
    assert one["jws"] != other["jws"]

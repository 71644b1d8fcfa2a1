"""Receipts of verifications: what an office was told, to be shown to others who check it offline."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.acting import World
from tests.api.test_certificate_business import applied, cancelled, carried_out, certified
from tests.api.test_certificate_verification import UNKNOWN
from tests.api.test_receipt import published, read_offline
from tests.api.third_party import ThirdParty

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PATH = "/v1/certificate-verifications"
NINETY_DAYS = timedelta(days=90)


def the_certificate(world: World, *, name: str | None = None, suffix: str = "41") -> dict[str, str]:
    return {"number": f"{world.citizen['citizen_number']}{suffix}", "name": name or world.citizen["name"]}


async def verified(world: World, *certificates: dict[str, str], **more: Any) -> list[dict[str, Any]]:
    asked = {"certificates": list(certificates), "receipts": True, **more}
    results: list[dict[str, Any]] = (await world.post("verifying_portal", PATH, asked))["results"]
    return results


async def is_withdrawn(world: World, result: dict[str, Any]) -> bool:
    return (await ThirdParty.prepared(world.api)).is_withdrawn(result["receipt"]["jws"])


async def test_an_answer_has_no_receipt_unless_it_is_asked_for(world: World) -> None:
    asked = {"certificates": [{"number": UNKNOWN.value, "name": "样本"}]}

    (result,) = (await world.post("verifying_portal", PATH, asked))["results"]

    assert result["receipt"] is None


async def test_a_receipt_says_what_was_told_when_and_nothing_else(world: World) -> None:
    await certified(world)

    (result,) = await verified(world, the_certificate(world))

    receipt = result["receipt"]
    header, claims = read_offline(receipt["jws"], await published(world.api))
    assert header["typ"] == "dc+sd-jwt"
    assert claims["vct"] == f"{claims['iss']}/receipts/certificate_verification"
    assert (claims["jti"], claims["outcome"], claims["outcome"]) == (receipt["id"], result["outcome"], "in_force")
    assert claims["exp"] - claims["iat"] == NINETY_DAYS.total_seconds()
    assert {"category", "grade", "is_within_grade"}.isdisjoint(claims)
    told = json.dumps([receipt, claims], ensure_ascii=False)
    for telling in (world.citizen["citizen_number"], world.citizen["name"], world.citizen["person_id"]):
        assert telling not in told


async def test_hit_and_miss_have_receipts_of_one_shape(world: World) -> None:
    await certified(world)

    right, wrong, unknown = await verified(
        world, the_certificate(world), the_certificate(world, name="旁人"), {"number": UNKNOWN.value, "name": "样本"}
    )

    keys = await published(world.api)
    claims = [read_offline(result["receipt"]["jws"], keys)[1] for result in (right, wrong, unknown)]
    assert [one["outcome"] for one in claims] == ["in_force", "no_match", "no_match"]
    assert len({tuple(sorted(one)) for one in claims}) == 1
    assert len({one["subject_digest"] for one in claims}) == 3


async def test_more_is_in_the_receipt_only_where_more_was_told(world: World) -> None:
    await certified(world)
    asked = {"certificates": [the_certificate(world)], "receipts": True, "detail": "grade_at_most"}

    (result,) = (await world.post("civil_affairs", PATH, asked))["results"]

    _, claims = read_offline(result["receipt"]["jws"], await published(world.api))
    assert claims["is_within_grade"] is result["is_within_grade"] is not None
    assert {"category", "grade"}.isdisjoint(claims)


async def test_it_is_withdrawn_when_the_certificate_is_cancelled(world: World) -> None:
    await certified(world)
    before, miss = await verified(world, the_certificate(world), the_certificate(world, name="旁人"))

    await cancelled(world, await applied(world, "cancellation"))

    (after,) = await verified(world, the_certificate(world))
    assert [await is_withdrawn(world, one) for one in (before, miss, after)] == [True, False, False]
    assert after["outcome"] == "cancelled"


async def test_it_is_withdrawn_when_the_certificate_is_frozen_and_stays_so(world: World) -> None:
    path = f"/v1/certificates/{await certified(world)}"
    (before,) = await verified(world, the_certificate(world))

    await world.step("county_approver", path, "freeze", {"reason": "reported_lost", "text": "持证人来电挂失。"})
    (meanwhile,) = await verified(world, the_certificate(world))
    await world.step("county_approver", path, "unfreezing", {"text": "证件已找到。"})

    (after,) = await verified(world, the_certificate(world))
    assert [one["outcome"] for one in (before, meanwhile, after)] == ["in_force", "frozen", "in_force"]
    assert [await is_withdrawn(world, one) for one in (before, meanwhile, after)] == [True, False, False]


async def test_it_is_withdrawn_when_the_card_is_replaced_and_the_new_one_has_its_own(world: World) -> None:
    await certified(world)
    (before,) = await verified(world, the_certificate(world))

    await carried_out(world, await applied(world, "loss"))

    old, new = await verified(world, the_certificate(world), the_certificate(world, suffix="41B1"))
    assert [old["outcome"], new["outcome"]] == ["replaced", "in_force"]
    assert [await is_withdrawn(world, one) for one in (before, old, new)] == [True, False, False]


async def test_it_is_good_no_longer_than_the_certificate(world: World) -> None:
    certificate_id = await certified(world)
    read = await world.get("county_officer", f"/v1/certificates/{certificate_id}")
    last_day = datetime.fromisoformat(f"{read['versions'][-1]['valid_until']}T23:59:59+08:00")

    (result,) = await verified(world, the_certificate(world))

    assert datetime.fromisoformat(result["receipt"]["expires_at"]) <= last_day + timedelta(seconds=1)


async def test_it_is_in_words_too(world: World) -> None:
    asked = {"certificates": [{"number": UNKNOWN.value, "name": "样本"}], "receipts": True}

    english = await verified(world, *asked["certificates"])  # type: ignore[misc]
    answer = await world.call("verifying_portal", "POST", PATH, json=asked, headers={"Accept-Language": "zh-CN"})

    assert "nothing on the register" in english[0]["receipt"]["text"]
    assert "与登记信息不符" in answer.json()["results"][0]["receipt"]["text"]

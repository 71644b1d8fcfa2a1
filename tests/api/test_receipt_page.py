"""A receipt on paper: in words for whoever reads it, and as a code for whoever checks it."""

import re
from typing import Any

import httpx
import pytest
import segno

from app.adapters.texts import YamlTexts
from app.api.pages.code import LARGEST_VERSION, code_of
from tests.acting import World
from tests.api.flow import submitted
from tests.api.test_certificate_business import applied, cancelled, certified
from tests.api.test_certificate_verification import UNKNOWN
from tests.api.test_decision import decisions_of, refused
from tests.api.test_verification_receipt import the_certificate, verified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

PATH = "/v1/receipt-pages"


async def printed(world: World, jws: str, *, paper: str = "a4", language: str = "en") -> httpx.Response:
    body = {"jws": jws, "paper": paper}
    return await world.call("verifying_portal", "POST", PATH, json=body, headers={"Accept-Language": language})


async def a_verification(world: World, **more: Any) -> str:
    await certified(world)
    (result,) = await verified(world, the_certificate(world), **more)
    return str(result["receipt"]["jws"])


async def test_a_verification_is_printed_in_words_with_its_code(world: World) -> None:
    jws = await a_verification(world)

    english, chinese = await printed(world, jws), await printed(world, jws, language="zh-CN")

    assert english.headers["content-type"] == "text/html; charset=utf-8"
    assert "Verification of a disability certificate" in english.text
    assert "<dd>in force</dd>" in english.text
    assert '<html lang="zh-CN">' in chinese.text
    assert "<dd>有效</dd>" in chinese.text
    assert jws in english.text
    assert '<div role="img" aria-label="Code that holds the signed receipt"><svg' in english.text
    assert world.citizen["name"] not in english.text


async def test_a_page_carries_all_of_itself_and_runs_nothing(world: World) -> None:
    page = await printed(world, await a_verification(world), paper="card")

    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "private, no-store"
    assert re.findall(r'(?:src|href)="|<script|<link| style=', page.text) == []
    assert "85.6mm 54mm" in page.text


async def test_receipts_of_applications_and_decisions_are_printed_alike(world: World) -> None:
    application = await refused(world)
    (decision,) = await decisions_of(world, application)
    of_the_application = (await world.get("citizen", f"/v1/applications/{application['id']}/receipt"))["jws"]
    of_the_decision = (await world.post("citizen", f"/v1/decisions/{decision['id']}/receipt"))["jws"]

    pages = [await printed(world, f"{jws}~") for jws in (of_the_application, of_the_decision)]

    assert [page.status_code for page in pages] == [200, 200]
    assert "Application received" in pages[0].text
    assert "disability certificate" in pages[0].text
    assert "<dd>refused</dd>" in pages[1].text
    assert all("receipt_page." not in page.text for page in pages)


async def test_what_was_told_of_category_and_grade_is_on_the_page(world: World) -> None:
    await certified(world)
    asked = {"certificates": [the_certificate(world)], "receipts": True, "detail": "category_and_grade"}
    (result,) = (await world.post("civil_affairs", "/v1/certificate-verifications", asked))["results"]

    page = await printed(world, result["receipt"]["jws"])

    assert "<dt>Category</dt><dd>physical</dd>" in page.text
    assert "<dt>Grade</dt><dd>1</dd>" in page.text


async def test_nothing_is_printed_that_we_have_not_signed(world: World) -> None:
    head, body, signature = (await a_verification(world)).split(".")
    forged = f"{head}.{body}.{signature[:-4]}AAAA"

    answers = [await printed(world, text) for text in (forged, "a.b.c", f"{head}.{body}.{signature}"[:-1])]

    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "receipt_not_ours")] * 3


async def test_a_status_list_is_no_receipt(world: World) -> None:
    listed = (await world.api.get("/status-lists/1")).text

    answer = await printed(world, listed)

    assert (answer.status_code, answer.json()["code"]) == (422, "receipt_not_ours")


async def test_what_was_withdrawn_is_not_put_on_paper(world: World) -> None:
    jws = await a_verification(world)
    await cancelled(world, await applied(world, "cancellation"))

    answer = await printed(world, jws)

    assert (answer.status_code, answer.json()["code"]) == (409, "receipt_withdrawn")


async def test_the_codes_of_receipts_are_small_enough_to_be_read(world: World) -> None:
    application = await submitted(world)
    (unknown,) = await verified(world, {"number": UNKNOWN.value, "name": "样本"})
    texts = [
        unknown["receipt"]["jws"],
        (await world.get("citizen", f"/v1/applications/{application['id']}/receipt"))["jws"],
    ]

    assert [int(segno.make_qr(text, error="l").version) <= LARGEST_VERSION for text in texts] == [True, True]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_kind_of_receipt_has_its_name_on_paper(language: str) -> None:
    codes = YamlTexts().codes(language)
    kinds = {code.partition(".")[2] for code in codes if code.startswith("receipt.")}

    assert len(kinds) >= 8
    assert {kind for kind in kinds if f"receipt_page.{kind}" not in codes} == set()


@pytest.mark.parametrize(("length", "is_drawn"), [(1_200, True), (1_273, True), (1_274, False), (9_000, False)])
def test_a_text_that_is_too_long_for_a_code_has_none(length: int, *, is_drawn: bool) -> None:
    assert (code_of("a" * length) is not None) is is_drawn

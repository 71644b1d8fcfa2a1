"""Whether a certificate is good, asked over HTTP."""

from datetime import date

import pytest
from fastapi import FastAPI

from app.domain.shared.identity import Category, CertificateNumber, CitizenNumber, Grade
from tests.acting import World
from tests.working import certified

pytestmark = [pytest.mark.anyio, pytest.mark.database]

UNKNOWN = CertificateNumber.of(
    CitizenNumber.of(region="990101", born_on=date(1960, 1, 1), sequence=7), category=Category.VISUAL, grade=Grade.FIRST
)


async def test_an_unknown_number_does_not_match(world: World) -> None:
    asked = {"certificates": [{"number": UNKNOWN.value, "name": "样本"}]}

    answer = await world.post("verifying_portal", "/v1/certificate-verifications", asked)

    assert [result["outcome"] for result in answer["results"]] == ["no_match"]


async def test_a_number_alone_is_not_answered(world: World) -> None:
    asked = {"certificates": [{"number": UNKNOWN.value, "name": "样本"}, {"number": UNKNOWN.value}]}

    answer = await world.call("verifying_portal", "POST", "/v1/certificate-verifications", json=asked)

    assert answer.status_code == 422
    assert answer.json()["code"] == "claim_missing"
    assert answer.json()["errors"][0]["pointer"] == "/certificates/1"


async def test_a_number_whose_check_digit_fails_is_a_clear_problem(world: World) -> None:
    wrong = UNKNOWN.value[:17] + ("0" if UNKNOWN.value[17] != "0" else "1") + UNKNOWN.value[18:]
    asked = {"certificates": [{"number": wrong, "name": "样本"}]}

    answer = await world.call("verifying_portal", "POST", "/v1/certificate-verifications", json=asked)

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid_certificate_number"
    assert answer.json()["errors"][0]["pointer"] == "/certificates/0"
    assert wrong not in answer.text


async def test_category_and_grade_need_a_scope_of_their_own(world: World) -> None:
    asked = {"certificates": [{"number": UNKNOWN.value, "name": "样本"}]}

    answers = [
        await world.call("verifying_portal", "POST", "/v1/certificate-verifications", json=asked | {"detail": detail})
        for detail in ("status", "grade_at_most", "category_and_grade")
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 403]


async def test_whether_a_certificate_is_found_changes_neither_size_nor_headers_nor_shape(
    world: World, app: FastAPI
) -> None:
    number, name = (await certified(app.state.database, world)).value, world.citizen["name"]
    asked = {"hit": (number, name), "unknown": ("99010119000101001843", name), "wrong": (number, "旁" * len(name))}

    answers = {
        kind: await world.call("portal", "POST", "/v1/certificate-verifications", json={"certificates": [claim]})
        for kind, claim in ((kind, {"number": one, "name": holder}) for kind, (one, holder) in asked.items())
    }

    outcomes = {kind: answer.json()["results"][0]["outcome"] for kind, answer in answers.items()}
    assert outcomes == {"hit": "in_force", "unknown": "no_match", "wrong": "no_match"}
    forms = {
        (answer.status_code, len(answer.content), tuple(answer.headers), tuple(answer.json()["results"][0]))
        for answer in answers.values()
    }
    assert len(forms) == 1

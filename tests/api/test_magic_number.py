"""Magic numbers: in a sandbox every answer of a verification can be had; where real people apply they are refused."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.adapters.instruments import load_instruments
from app.adapters.magic_numbers import RealNumbers
from app.adapters.postgres.database import Database
from app.adapters.texts import YamlTexts
from app.domain.certificate import Outcome
from app.domain.shared.identity import CertificateNumber
from app.main import numbers_of
from app.sandbox.authority import sandbox_id
from app.sandbox.magic_numbers import MagicNumbers
from app.services.magic_number import HOLDER, MAGIC_NUMBERS, REGION, MagicNumber, MagicNumberInProduction
from app.settings import Mode
from app.worker import works_with
from tests.acting import World
from tests.api.bulk import a_worker, ordered, work, worked_off
from tests.api.test_job import results_of
from tests.working import Footprint

pytestmark = [pytest.mark.anyio, pytest.mark.database]

ANSWERED = [magic for magic in MAGIC_NUMBERS if magic.refusal() is None]
REFUSED = [magic for magic in MAGIC_NUMBERS if magic.refusal() is not None]
IN_FORCE, TIMES_OUT = ANSWERED[0], REFUSED[0]
STATUSES = {"unavailable": 503, "answer_pending": 503, "too_many_requests": 429}
RECORDED = "SELECT operation, disclosed, person_ids FROM access_record WHERE request_id = $1"


def sequence_of(magic: MagicNumber) -> str:
    return f"{magic.sequence:03d}"


def claimed(*magics: MagicNumber, name: str = HOLDER) -> list[dict[str, str]]:
    return [{"number": magic.number.value, "name": name} for magic in magics]


async def verify(world: World, *claims: dict[str, str], who: str = "portal", **asked: Any) -> httpx.Response:
    path = "/v1/certificate-verifications"
    return await world.call(who, "POST", path, json={"certificates": list(claims), **asked})


@pytest.fixture
async def worker(installed: Any) -> AsyncIterator[Database]:
    async with a_worker(installed) as database:
        await worked_off(database)
        yield database


@pytest.fixture
def production(app: FastAPI) -> Iterator[None]:
    """The same application, taking the numbers that a deployment takes where real people apply."""
    ports = app.state.ports
    app.state.ports = replace(ports, certificate_numbers=RealNumbers())
    yield
    app.state.ports = ports


@pytest.mark.parametrize("magic", ANSWERED, ids=sequence_of)
async def test_each_number_has_the_outcome_that_its_sequence_picks(world: World, magic: MagicNumber) -> None:
    answer = await verify(world, *claimed(magic))

    assert [one["outcome"] for one in answer.json()["results"]] == [magic.answer]


@pytest.mark.parametrize("magic", ANSWERED, ids=sequence_of)
async def test_each_answer_has_a_receipt_where_it_is_asked_for(world: World, magic: MagicNumber) -> None:
    answer = await verify(world, *claimed(magic), receipts=True)

    assert [one["receipt"]["outcome"] for one in answer.json()["results"]] == [magic.answer]


@pytest.mark.parametrize("magic", REFUSED, ids=sequence_of)
async def test_or_the_refusal(world: World, magic: MagicNumber) -> None:
    answer = await verify(world, *claimed(IN_FORCE, magic))

    code = answer.json()["code"]
    assert answer.status_code == STATUSES[code]
    assert answer.json()["errors"][0]["pointer"] == "/certificates/1/number"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["RateLimit"]
    assert answer.headers["RateLimit-Policy"]


async def test_every_outcome_and_each_refusal_that_passes_can_be_had() -> None:
    assert {magic.answer for magic in ANSWERED} == set(Outcome)
    assert {refusal.code for magic in REFUSED if (refusal := magic.refusal())} == STATUSES.keys()


async def test_a_hundred_are_answered_in_their_order(world: World) -> None:
    magics = (ANSWERED * 100)[:100]

    answer = await verify(world, *claimed(*magics))

    assert [one["outcome"] for one in answer.json()["results"]] == [magic.answer for magic in magics]


@pytest.mark.parametrize("magic", ANSWERED, ids=sequence_of)
async def test_a_wrong_name_answers_like_an_unknown_number(world: World, magic: MagicNumber) -> None:
    unknown = await verify(world, {"number": number_of(998), "name": HOLDER})

    answer = await verify(world, *claimed(magic, name="旁人"))

    assert answer.json() == unknown.json()
    assert answer.json()["results"][0]["outcome"] == "no_match"


def number_of(sequence: int) -> str:
    return replace(IN_FORCE, sequence=sequence).number.value


async def test_the_identity_number_goes_with_it_too(world: World) -> None:
    own = {"number": IN_FORCE.number.value, "citizen_number": IN_FORCE.citizen_number.value}

    answer = await verify(world, own)

    assert answer.json()["results"][0]["outcome"] == "in_force"


async def test_a_severe_and_a_light_grade_can_be_told_apart(world: World) -> None:
    both = [magic for magic in ANSWERED if magic.answer is Outcome.IN_FORCE]

    answer = await verify(world, *claimed(*both), who="civil_affairs", detail="grade_at_most")

    assert [one["is_within_grade"] for one in answer.json()["results"]] == [True, False]


async def test_no_test_clock_moves_an_answer(world: World) -> None:
    await world.advance(days=11 * 366)

    answer = await verify(world, *claimed(*ANSWERED))

    assert [one["outcome"] for one in answer.json()["results"]] == [magic.answer for magic in ANSWERED]


async def test_it_is_recorded_like_any_other_question(world: World, superuser: asyncpg.Connection) -> None:
    answer = await verify(world, *claimed(IN_FORCE), *claimed(IN_FORCE, name="旁人"))

    rows = await superuser.fetch(RECORDED, answer.headers["Request-Id"])
    found = sandbox_id("person", IN_FORCE.citizen_number.value)
    assert [tuple(row) for row in rows] == [("verify_certificate", ["status"], [found])]


async def test_rows_of_a_job_are_answered_alike_and_a_refusal_is_a_problem_of_its_row(
    world: World, worker: Database, superuser: asyncpg.Connection
) -> None:
    lines = [f"{magic.number.value},{HOLDER}" for magic in MAGIC_NUMBERS]
    job = await ordered(world, input={"text": "\n".join(["number,name", *lines])})

    await worked_off(worker)

    told = [(one["outcome"], one["problem_code"]) for one in await results_of(world, job)]
    assert told == [
        (None, refusal.code) if (refusal := magic.refusal()) else (magic.answer, None) for magic in MAGIC_NUMBERS
    ]
    recorded: list[UUID] = (await superuser.fetchrow(RECORDED, f"job-{job['id']}-0"))["person_ids"]
    assert set(recorded) == {sandbox_id("person", one.citizen_number.value) for one in ANSWERED if one.facts}


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("number", [MAGIC_NUMBERS[0].number.value, TIMES_OUT.number.value, number_of(998)])
async def test_where_real_people_apply_nothing_is_looked_up(
    world: World, superuser: asyncpg.Connection, number: str
) -> None:
    before = await Footprint.taken(superuser)

    answer = await verify(world, {"number": number, "name": HOLDER})

    assert (answer.status_code, answer.json()["code"]) == (422, "magic_number_in_production")
    assert number not in answer.text
    assert (await Footprint.taken(superuser)).since(before) == {}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("magic", [*REFUSED, None], ids=lambda one: sequence_of(one) if one else "in production")
def test_a_problem_of_a_row_is_told_in_words(magic: MagicNumber | None, language: str) -> None:
    refusal = magic.refusal() if magic else MagicNumberInProduction("")

    assert refusal is not None
    assert f"row_problem.{refusal.code}" in YamlTexts().codes(language)


async def test_where_real_people_apply_a_row_of_a_job_says_so(world: World, worker: Database) -> None:
    job = await ordered(world, input={"text": f"number,name\n{IN_FORCE.number.value},{HOLDER}\n"})

    await work(worker, works=works_with(RealNumbers(), load_instruments()))

    told = [(one["outcome"], one["problem_code"], one["problem_column"]) for one in await results_of(world, job)]
    assert told == [(None, "magic_number_in_production", "number")]


def test_the_deployment_decides_and_nobody_else(installed: Any) -> None:
    settings = installed.settings

    assert isinstance(numbers_of(settings), MagicNumbers)
    assert isinstance(numbers_of(settings.model_copy(update={"mode": Mode.PRODUCTION})), RealNumbers)


def test_they_are_numbers_of_nobody_with_a_check_digit_that_is_right() -> None:
    values = [magic.number.value for magic in MAGIC_NUMBERS]

    assert all(CertificateNumber.parse(value).citizen_number.region == REGION for value in values)
    assert len(set(values)) == len(values)


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "有效"), ("en", "force")])
async def test_they_are_listed_without_a_token(world: World, language: str, word: str) -> None:
    answer = await world.api.get("/v1/sandbox/scenarios", headers={"Accept-Language": language})

    listed = answer.json()["certificates"]
    assert [one["number"] for one in listed] == [magic.number.value for magic in MAGIC_NUMBERS]
    assert [one["problem_code"] or one["outcome"] for one in listed] == [
        refusal.code if (refusal := magic.refusal()) else magic.answer for magic in MAGIC_NUMBERS
    ]
    assert word in listed[0]["text"]


async def test_they_are_the_examples_of_the_description(app: FastAPI) -> None:
    described = app.openapi()["paths"]["/v1/certificate-verifications"]["post"]["requestBody"]

    examples = described["content"]["application/json"]["examples"].values()
    shown = [one["value"]["certificates"][0]["number"] for one in examples]
    assert shown == [magic.number.value for magic in MAGIC_NUMBERS]
    assert all(re.fullmatch(r"In a sandbox: .+\.", one["summary"]) for one in examples)

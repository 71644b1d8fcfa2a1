"""Shares over HTTP: every answer says what is left, and who has used a share up is told when to come again."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.main import create_app
from tests.acting import World, open_world
from tests.api.flow import an_application, submitted
from tests.api.test_certificate_business import certified
from tests.api.test_person import a_number

pytestmark = [pytest.mark.anyio, pytest.mark.database]
TOO_MANY = (429, "too_many_requests")

Serving = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
def serving(installed: Any, world: World) -> Serving:
    """This world's callers at a service that grants little of something."""

    @asynccontextmanager
    async def served(**shares: int) -> AsyncIterator[World]:
        app = create_app(installed.settings.model_copy(update=shares))
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://yian.test") as api:
                yield replace(world, api=api)

    return served


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def certificate(number: str, name: str) -> dict[str, Any]:
    return {"certificates": [{"number": f"{number}41", "name": name}]}


async def test_every_answer_to_a_caller_says_what_is_left(world: World) -> None:
    answers = [
        await world.call("portal", "GET", "/v1/regions"),
        await world.call("portal", "GET", f"/v1/applications/{world.citizen['person_id']}"),
        await world.call("portal", "POST", "/v1/applications", json={}),
    ]

    left = [int(answer.headers["RateLimit"].split("r=")[1].split(";")[0]) for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 404, 422]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {
        '"client";q=6000000;w=60, "account";q=1200000;w=60'
    }
    assert left == sorted(left, reverse=True)


async def test_nobody_is_told_of_shares_before_it_is_known_who_asks(world: World) -> None:
    answer = await world.api.get("/v1/regions")

    assert (answer.status_code, "RateLimit" in answer.headers) == (401, False)


async def test_an_account_that_has_used_its_share_up_is_told_when_to_come_again(serving: Serving) -> None:
    async with serving(account_requests_a_minute=3) as world:
        answers = [await world.call("portal", "GET", "/v1/regions") for _ in range(8)]
        other = await world.call("county_officer", "GET", "/v1/regions")

    refused = [answer for answer in answers if answer.status_code == 429]
    assert 4 <= len(refused) <= 5  # a new minute may begin in between
    assert code_of(refused[0]) == TOO_MANY
    assert 0 < int(refused[0].headers["Retry-After"]) <= 60
    assert other.status_code == 200


async def test_a_secret_is_not_guessed_without_end(serving: Serving) -> None:
    async with serving(token_requests_a_minute=2) as world:
        answers = [
            await world.api.post(
                "/oauth/token",
                data={"grant_type": "client_credentials", "client_secret": "guess"},
                auth=(world.opened["client_id"], f"guess-{number}"),
            )
            for number in range(6)
        ]

    assert {answer.status_code for answer in answers} == {401, 429}


async def test_whoever_pages_through_a_county_is_stopped(serving: Serving, world: World) -> None:
    for _ in range(3):
        await submitted(await open_world(world.api))
    async with serving(people_an_hour=2) as few:
        page = await few.call("township_officer", "GET", "/v1/applications", params={"limit": "100"})
        one = await few.call("township_officer", "GET", f"/v1/persons/{world.citizen['person_id']}")

    assert code_of(page) == TOO_MANY
    assert (one.status_code, int(page.headers["Retry-After"]) <= 3600) == (200, True)


async def test_a_page_that_was_refused_has_shown_nobody(serving: Serving, world: World, superuser: Any) -> None:
    for _ in range(2):
        await submitted(await open_world(world.api))
    async with serving(people_an_hour=1) as few:
        before = await superuser.fetchval("SELECT count(*) FROM access_record")

        await few.call("township_officer", "GET", "/v1/applications", params={"limit": "100"})

    assert await superuser.fetchval("SELECT count(*) FROM access_record") == before


async def test_names_are_not_tried_out_on_a_certificate_without_end(serving: Serving) -> None:
    async with serving(same_number_an_hour=3) as world:
        number = world.citizen["citizen_number"]
        answers = [
            await world.call("portal", "POST", "/v1/certificate-verifications", json=certificate(number, name))
            for name in ("样一", "样二", "样三", "样四")
        ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_category_and_grade_are_not_found_by_trying_the_certificates_that_somebody_may_hold(
    serving: Serving, world: World
) -> None:
    await certified(world)
    number = world.citizen["citizen_number"]
    tried = [
        {"number": f"{number}{category}{grade}", "citizen_number": number}
        for category in range(1, 8)
        for grade in range(1, 5)
    ]

    async with serving(misses_of_holder_a_day=3) as few:
        at_once = await few.call("portal", "POST", "/v1/certificate-verifications", json={"certificates": tried})
        rightly = await few.call("portal", "POST", "/v1/certificate-verifications", json={"certificates": [tried[12]]})

    assert (code_of(at_once), code_of(rightly)) == (TOO_MANY, TOO_MANY)
    answer = await world.call("portal", "POST", "/v1/certificate-verifications", json={"certificates": [tried[12]]})
    assert answer.json()["results"][0]["outcome"] == "in_force"


async def test_numbers_are_not_tried_out_without_end(serving: Serving) -> None:
    async with serving(numbers_an_hour=3) as world:
        answers = [
            await world.call("county_officer", "POST", "/v1/person-searches", json={"citizen_number": a_number()})
            for _ in range(4)
        ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


async def test_which_numbers_are_on_record_is_not_found_out_by_wrong_names(serving: Serving) -> None:
    """A wrong name with a number on record is refused, where a number that is not on record is taken."""
    async with serving(mismatches_an_hour=2) as world:
        people = [(await open_world(world.api)).citizen for _ in range(3)]
        answers = []
        for one in people:
            body = an_application(world)
            body["applicant"] |= {"citizen_number": one["citizen_number"], "name": "别人"}
            answers.append(await world.call("portal", "POST", "/v1/applications", json=body))
        honest = await world.call("portal", "POST", "/v1/applications", json=an_application(world))

    assert [code_of(answer) for answer in answers] == [(422, "name_disagrees"), (422, "name_disagrees"), TOO_MANY]
    assert code_of(honest) == TOO_MANY

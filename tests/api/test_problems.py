"""Refusals: each is a problem of RFC 9457 with a status, a page and words, and gives nothing away."""

import importlib
import pkgutil
from typing import Annotated

import pytest
from fastapi import FastAPI
from pydantic import BaseModel, Field

import app as house
from app.api.problems import (
    EdgeProblem,
    InsufficientScope,
    InternalError,
    Unauthenticated,
    install_problem_handlers,
    registry,
    status_of,
)
from app.api.problems.faults import OF_A_FORM
from app.api.problems.texts import CHINESE
from app.domain.application.form.field import _KINDS
from app.domain.shared.errors import (
    AlreadyExists,
    Conflict,
    DomainError,
    DutiesNotSeparated,
    Forbidden,
    NotFound,
    StaleVersion,
    Unavailable,
    Unprocessable,
)
from app.services.ports.caller import CallerUnknown, KeyInProgress
from tests.api.client import BASE, Client


class Asked(BaseModel):
    name: Annotated[str, Field(max_length=3)]
    grade: Annotated[int, Field(ge=1, le=4)] = 1


def an_app(error: Exception | None = None) -> Client:
    app = FastAPI()
    install_problem_handlers(app, base_url=BASE)

    @app.get("/things")
    async def refuse() -> None:
        if error:
            raise error

    @app.post("/things")
    async def take(asked: Asked) -> None: ...

    return Client(app)


def all_modules() -> None:
    for module in pkgutil.walk_packages(house.__path__, "app."):
        if not module.name.startswith(("app.main", "app.worker", "app.cli", "app.tools", "app.sandbox")):
            importlib.import_module(module.name)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("."), 404),
        (Forbidden("."), 403),
        (DutiesNotSeparated("."), 403),
        (Conflict("."), 409),
        (AlreadyExists("."), 409),
        (StaleVersion("."), 412),
        (Unprocessable("."), 422),
        (Unavailable("."), 503),
        (CallerUnknown("."), 401),
        (InsufficientScope("."), 403),
        (InternalError("."), 500),
    ],
)
def test_the_kind_of_a_refusal_is_its_status(error: DomainError, status: int) -> None:
    answer = an_app(error).get("/things")

    assert status_of(error) == answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_problem_points_to_its_page_and_says_what_to_do() -> None:
    answer = an_app(DutiesNotSeparated("Let another officer approve it.", pointer="/by")).get("/things").json()

    assert answer == {
        "type": f"{BASE}/problems/duties_not_separated",
        "title": "Another person must do this",
        "status": 403,
        "detail": "Let another officer approve it.",
        "code": "duties_not_separated",
        "request_id": "",
        "errors": [
            {"pointer": "/by", "code": "duties_not_separated", "detail": "Let another officer approve it."},
        ],
    }


def test_a_problem_speaks_the_language_of_the_caller() -> None:
    client = an_app(StaleVersion("Read it again."))

    chinese = client.get("/things", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    other = client.get("/things", headers={"Accept-Language": "fr, de;q=0.5"})

    assert chinese.json()["title"] == "版本已过时"
    assert chinese.headers["content-language"] == "zh-CN"
    assert other.json()["detail"] == "Read it again."
    assert other.headers["content-language"] == "en"


def test_every_code_belongs_to_one_refusal_and_has_its_words_in_chinese() -> None:
    all_modules()
    ours = [kind for kind in every_kind(DomainError) if kind.__module__.startswith("app.") and "code" in vars(kind)]

    assert len({kind.code for kind in ours}) == len(ours)
    assert {kind.code for kind in ours} == set(registry())
    assert set(CHINESE) == set(registry())


def test_every_refusal_says_in_its_docstring_what_is_so() -> None:
    all_modules()

    assert [code for code, kind in registry().items() if not (kind.__doc__ or "").strip()] == []
    assert [code for code, kind in registry().items() if not code.replace("_", "").islower()] == []


def test_a_missing_token_is_told_where_tokens_come_from_and_a_bad_one_that_it_is_bad() -> None:
    metadata = f'resource_metadata="{BASE}/.well-known/oauth-protected-resource"'

    missing = an_app(Unauthenticated("Send a token.")).get("/things").headers["www-authenticate"]
    bad = an_app(CallerUnknown("It has expired.")).get("/things").headers["www-authenticate"]
    narrow = an_app(InsufficientScope("It needs more.", scope="persons.read")).get("/things")

    assert missing == f"Bearer {metadata}"
    assert bad == f'Bearer error="invalid_token", {metadata}'
    assert narrow.headers["www-authenticate"] == f'Bearer error="insufficient_scope", scope="persons.read", {metadata}'


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (Unavailable("."), "2"),
        (Unavailable(".", retry_after_seconds=30), "30"),
        (KeyInProgress("."), "1"),
        (Conflict("."), None),
    ],
)
def test_another_try_is_offered_where_it_can_help(error: DomainError, seconds: str | None) -> None:
    assert an_app(error).get("/things").headers.get("retry-after") == seconds


def test_each_fault_of_the_content_is_pointed_at_and_nothing_that_was_sent_comes_back() -> None:
    answer = an_app().post("/things", json={"name": "110105199003076789", "grade": 9})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "/name", "code": "too_long", "detail": "Give at most 3 characters."},
        {"pointer": "/grade", "code": "too_large", "detail": "Give 4 or less."},
    ]
    assert "110105199003076789" not in answer.text


def test_a_number_that_a_detail_lets_slip_is_struck_out() -> None:
    answer = an_app(NotFound("Nobody has 110105199003076789, ring 13812345678.")).get("/things")

    assert answer.json()["detail"] == "Nobody has …, ring …."


def test_a_region_code_of_twelve_digits_may_be_named() -> None:
    assert an_app(NotFound("652301104201 has none.")).get("/things").json()["detail"] == "652301104201 has none."


def test_an_unknown_address_is_a_problem_too() -> None:
    answer = an_app().get("/nothing")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_method_that_does_not_exist_is_told_all_that_do() -> None:
    answer = an_app().delete("/things")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


def every_kind(kind: type[DomainError]) -> set[type[DomainError]]:
    below = set(kind.__subclasses__()) - {EdgeProblem}
    edge = set(EdgeProblem.__subclasses__()) if EdgeProblem in kind.__subclasses__() else set()
    return below.union(edge, *(every_kind(one) for one in below))


def test_what_may_be_wrong_with_an_answer_has_words_for_each_kind_of_field() -> None:
    assert {f"not_a_{kind}" for kind in _KINDS} <= OF_A_FORM.keys()

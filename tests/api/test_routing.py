"""Routes take what the schema names and nothing else, and read JSON once."""

import re
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import APIRouter, FastAPI, Form, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.routing import Match

from app.api.edge import make_edge
from app.api.health import About
from app.api.preconditions import ExpectedVersion
from app.api.problems import install_problem_handlers
from app.api.routing import RoutesByNoun, StrictRoute, serve
from tests.api.client import Client

ID = "01920000-0000-7000-8000-000000000000"


class Thing(BaseModel):
    name: Annotated[str, Field(max_length=10)]


def a_client() -> Client:
    router = APIRouter(prefix="/things", tags=["Things"])

    @router.get("")
    async def list_things(
        limit: int = 50, stage: Annotated[list[str] | None, Query()] = None, cursor: str | None = None
    ) -> dict[str, object]:
        return {"limit": limit, "stage": stage, "cursor": cursor}

    @router.get("/{thing_id}")
    async def get_thing(thing_id: UUID, response: Response) -> dict[str, str]:
        response.headers["ETag"] = '"3"'
        return {"id": str(thing_id)}

    @router.post("")
    async def make_thing(thing: Thing, request: Request) -> dict[str, object]:
        return {"name": thing.name, "bytes": len(await request.body())}

    @router.post("/{thing_id}/closure")
    async def close_thing(thing_id: UUID, version: ExpectedVersion) -> dict[str, object]:
        return {"id": str(thing_id), "version": version}

    @router.post("/forms")
    async def fill_form(name: Annotated[str, Form()]) -> dict[str, str]:
        return {"name": name}

    app = FastAPI()
    install_problem_handlers(app)
    serve(app, [router], prefix="/v1")
    assert any(isinstance(route, StrictRoute) for route in app.routes)
    return Client(app)


def test_what_is_asked_for_is_given() -> None:
    client = a_client()

    assert client.get("/v1/things?limit=2&stage=a&stage=b").json() == {"limit": 2, "stage": ["a", "b"], "cursor": None}
    assert client.post("/v1/things", json={"name": "x"}).json() == {"name": "x", "bytes": 12}
    assert client.post("/v1/things/forms", data={"name": "x"}).json() == {"name": "x"}


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("limt=2", [("query/limt", "unknown_parameter")]),
        ("limit=2&limit=3", [("query/limit", "repeated_parameter")]),
        ("limit=2&b=1&a=1", [("query/a", "unknown_parameter"), ("query/b", "unknown_parameter")]),
        ("limit", [("query", "malformed_query")]),
        ("cursor=%ff", [("query", "malformed_query")]),
        ("cursor=%00", [("query", "malformed_query")]),
        ("&".join(f"a{n}=1" for n in range(60)), [("query", "malformed_query")]),
    ],
)
def test_a_query_names_known_parameters_once(query: str, faults: list[tuple[str, str]]) -> None:
    answer = a_client().get(f"/v1/things?{query}")

    assert answer.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in answer.json()["errors"]] == faults


@pytest.mark.parametrize("name", [ID.replace("-", ""), f"urn:uuid:{ID}", f"{{{ID}}}", "1", "é", "%00", "null"])
def test_an_id_is_written_in_one_way(name: str) -> None:
    answer = a_client().get(f"/v1/things/{name}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "path/thing_id"


@pytest.mark.parametrize(
    ("media_type", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ('Application/JSON;charset="UTF-8"', 200),
        ("application/json; charset=gbk", 415),
        ("application/problem+json", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        (None, 415),
    ],
)
def test_a_body_is_json_and_says_so(media_type: str | None, status: int) -> None:
    headers = {"Content-Type": media_type} if media_type else {}

    assert a_client().post("/v1/things", content=b'{"name": "x"}', headers=headers).status_code == status


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid_content"),
        (b"null", 422, "invalid_content"),
        (b"[]", 422, "invalid_content"),
        (b'{"name": "x"', 400, "unreadable_body"),
        (b'{"name": "x", "name": "y"}', 400, "unreadable_body"),
        (b'{"name": NaN}', 400, "unreadable_body"),
    ],
)
def test_unreadable_and_wrong_are_two_things(body: bytes, status: int, code: str) -> None:
    answer = a_client().post("/v1/things", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_address_with_one_stroke_too_many_is_another_address() -> None:
    assert a_client().get("/v1/things/").status_code == 404


def test_who_holds_the_version_already_is_not_sent_it_again() -> None:
    client = a_client()
    same = client.get(f"/v1/things/{ID}", headers={"If-None-Match": '"1", W/"3"'})
    other = client.get(f"/v1/things/{ID}", headers={"If-None-Match": '"2"'})

    assert (same.status_code, same.headers["etag"], same.content) == (304, '"3"', b"")
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({}, 428, "precondition_required"),
        ({"If-Match": "*"}, 422, "invalid_content"),
        ({"If-Match": "3"}, 422, "invalid_content"),
        ({"If-Match": 'W/"3"'}, 422, "invalid_content"),
        ({"If-Match": '"3", "4"'}, 422, "invalid_content"),
        ({"If-Match": '"0"'}, 422, "invalid_content"),
        ({"If-Match": '"99999999999"'}, 422, "invalid_content"),
    ],
)
def test_a_change_names_the_one_version_it_was_decided_on(sent: dict[str, str], status: int, code: str) -> None:
    answer = a_client().post(f"/v1/things/{ID}/closure", headers=sent)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_the_version_is_the_etag_that_was_read() -> None:
    assert a_client().post(f"/v1/things/{ID}/closure", headers={"If-Match": '"3"'}).json() == {"id": ID, "version": 3}


def test_every_route_is_found_by_its_noun_wherever_it_was_declared() -> None:
    app = make_edge(about=About(version="0", commit="0", mode="sandbox"))
    by_noun = [route for route in app.routes if isinstance(route, RoutesByNoun)]
    for route in (one for one in app.routes if isinstance(one, StrictRoute)):
        path = re.sub(r"{\w+(:path)?}", ID, route.path)
        asked = {"type": "http", "path": path, "method": min(route.methods or ()), "root_path": ""}

        found = [one.matches(asked) for one in by_noun]

        assert [way["route"].path for match, way in found if match is Match.FULL] == [route.path]


def test_what_the_noun_does_not_have_is_refused_as_ever() -> None:
    client = a_client()
    refused = {
        ("DELETE", "/v1/things"): (405, "GET, POST"),
        ("OPTIONS", "/v1/things/forms"): (405, "POST"),
        ("HEAD", f"/v1/things/{ID}"): (405, "GET"),
        ("GET", f"/v1/things/{ID}/closure"): (405, "POST"),
        ("GET", f"/v1/things/{ID}/opening"): (404, None),
        ("GET", "/v1/thing"): (404, None),
        ("GET", "/v1"): (404, None),
        ("GET", "//v1/things"): (404, None),
    }
    for (method, path), expected in refused.items():
        answer = client.request(method, path)

        assert (answer.status_code, answer.headers.get("allow")) == expected, (method, path)

"""What every request passes through: bounds, an id, the headers of every answer, one line in the log, and counters."""

from collections.abc import AsyncIterator, Iterable
from functools import partial
from typing import Annotated

import anyio
import pytest
from fastapi import APIRouter, FastAPI, Form, Request
from pydantic import BaseModel
from starlette.responses import StreamingResponse
from starlette.types import Message
from structlog.testing import capture_logs

from app.api.middleware import install_middleware
from app.api.problems import install_problem_handlers
from app.api.routing import serve
from app.domain.shared.errors import NotFound
from app.services.ports.spent import SPENT
from tests.api.client import Client


class Thing(BaseModel):
    name: str


def an_app(*, body_bytes: int = 100, body_seconds: float = 5.0) -> FastAPI:
    app = FastAPI()
    install_problem_handlers(app, base_url="https://yian.example")
    serve(app, [things()])
    install_middleware(app, body_bytes=body_bytes, body_seconds=body_seconds, new_request_id=lambda: "made-here")
    return app


async def break_midway() -> StreamingResponse:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"some"
        raise ValueError("broken")

    return StreamingResponse(pieces())


def things() -> APIRouter:
    router = APIRouter(prefix="/things")

    @router.get("/{thing_id}")
    async def get_thing(thing_id: str, request: Request) -> dict[str, str]:
        request.state.actor_id, request.state.client_id = "actor-1", "client-1"
        if spent := SPENT.get():
            spent.add(0.002)
        if thing_id == "none":
            raise NotFound("There is none.")
        if thing_id == "broken":
            raise ValueError("张三 110105199003076789")
        return {"id": thing_id, "request_id": request.state.request_id}

    @router.post("")
    async def make_thing(thing: Thing) -> Thing:
        return thing

    @router.post("/forms")
    async def fill_form(name: Annotated[str, Form()]) -> dict[str, str]:
        return {"name": name}

    router.add_api_route("", break_midway)
    return router


def raw(
    app: FastAPI,
    path: str,
    *,
    pieces: Iterable[bytes | None],
    headers: Iterable[tuple[bytes, bytes]],
    method: str = "POST",
) -> list[Message]:
    """Send pieces of a body as a server hands them over; None is a caller who says nothing more."""
    waiting, answered = list(pieces), []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": list(headers),
    }

    async def receive() -> Message:
        if not waiting:
            return {"type": "http.disconnect"}
        piece = waiting.pop(0)
        if piece is None:
            await anyio.sleep_forever()
        return {"type": "http.request", "body": piece, "more_body": bool(waiting) and method == "POST"}

    async def send(message: Message) -> None:
        answered.append(message)

    anyio.run(partial(app, scope, receive, send))
    return answered


JSON = (b"content-type", b"application/json")


def test_an_answer_carries_the_id_of_its_request() -> None:
    client = Client(an_app())

    own = client.get("/things/1", headers={"Request-Id": "portal-7.2026_001"})
    made = client.get("/things/1")

    assert own.headers["request-id"] == own.json()["request_id"] == "portal-7.2026_001"
    assert made.headers["request-id"] == made.json()["request_id"] == "made-here"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with space 123", 'quote"1234', "<script>alert", "张三张三"])
def test_an_id_that_is_not_well_formed_is_replaced(given: str) -> None:
    answer = Client(an_app()).get("/things/1", headers={"Request-Id": given.encode()})

    assert answer.headers["request-id"] == "made-here"


def test_a_problem_names_its_request() -> None:
    answer = Client(an_app()).get("/things/none", headers={"Request-Id": "portal-7"})

    assert answer.json()["request_id"] == answer.headers["request-id"] == "portal-7"


def test_no_answer_is_kept_framed_or_guessed_at() -> None:
    headers = Client(an_app()).get("/nothing").headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_one_line_tells_of_a_request_and_of_nobody() -> None:
    with capture_logs() as lines:
        Client(an_app()).get(
            "/things/42?secret=1",
            headers={
                "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "X-Road-UserId": "EE3810",
            },
        )

    (line,) = lines
    times = {name: line.pop(name) for name in ("ms", "db_ms")}
    assert line == {
        "event": "request",
        "log_level": "info",
        "method": "GET",
        "route": "/things/{thing_id}",
        "status": 422,
        "statements": 0,
        "actor": None,
        "client": None,
        "trace": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    }
    assert times["ms"] >= times["db_ms"] == 0


def test_the_line_says_who_called_and_what_the_database_took() -> None:
    with capture_logs() as lines:
        Client(an_app()).get("/things/42")

    assert {name: lines[0][name] for name in ("status", "actor", "client", "statements", "db_ms")} == {
        "status": 200,
        "actor": "actor-1",
        "client": "client-1",
        "statements": 1,
        "db_ms": 2.0,
    }


def test_what_breaks_is_answered_as_a_problem_and_logged() -> None:
    with capture_logs() as lines:
        answer = Client(an_app()).get("/things/broken")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["request-id"] == answer.json()["request_id"]
    assert "110105199003076789" not in answer.text
    assert [(line["event"], line.get("status")) for line in lines] == [("The request broke.", None), ("request", 500)]
    assert isinstance(lines[0]["exc_info"], ValueError)


def test_what_breaks_midway_is_not_made_to_look_whole() -> None:
    with capture_logs() as lines, pytest.raises(ValueError, match="broken"):
        raw(an_app(), "/things", method="GET", pieces=[b"", None], headers=[])

    assert [line["event"] for line in lines] == ["The request broke.", "request"]


def test_requests_are_counted_by_route_and_never_by_address() -> None:
    app = an_app()
    client = Client(app)

    for path in ("/things/1", "/things/2", "/things/none", "/nothing/110105199003076789"):
        client.get(path)

    figures = app.state.metrics.exposition().decode()
    assert 'yian_requests_total{method="GET",route="/things/{thing_id}",status="200"} 2.0' in figures
    assert 'yian_requests_total{method="GET",route="/things/{thing_id}",status="404"} 1.0' in figures
    assert 'yian_requests_total{method="GET",route="(none)",status="404"} 1.0' in figures
    assert 'yian_database_statements_total{route="/things/{thing_id}"} 3.0' in figures
    assert "110105199003076789" not in figures


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ([(b"content-length", b"101"), JSON], "payload_too_large"),
        ([(b"content-length", b"9" * 30), JSON], "payload_too_large"),
        ([(b"content-length", b"-1"), JSON], "unreadable_body"),
        ([(b"content-length", b"\xb2"), JSON], "unreadable_body"),
        ([(b"x-%d" % n, b"1") for n in range(65)], "header_too_large"),
        ([(b"x", b"1" * 33_000)], "header_too_large"),
    ],
)
def test_a_head_that_is_too_much_is_refused_unread(headers: list[tuple[bytes, bytes]], code: str) -> None:
    answer = raw(an_app(), "/things", pieces=[None], headers=headers)

    assert code.encode() in answer[1]["body"]
    assert dict(answer[0]["headers"])[b"request-id"] == b"made-here"


def test_an_address_that_is_too_long_is_refused() -> None:
    assert Client(an_app()).get(f"/things/{'1' * 9000}").status_code == 431


@pytest.mark.parametrize("path", ["/things", "/things/forms"])
def test_a_body_is_counted_as_it_comes_whatever_was_announced(path: str) -> None:
    form = (b"content-type", b"application/x-www-form-urlencoded")
    headers = [(b"transfer-encoding", b"chunked"), JSON if path == "/things" else form]

    answer = raw(an_app(), path, pieces=[b'{"name": "', b"x" * 60, b"x" * 60, None], headers=headers)

    assert answer[0]["status"] == 413


def test_a_body_in_pieces_is_counted_whatever_length_is_announced_beside_it() -> None:
    headers = [(b"transfer-encoding", b"chunked"), (b"content-length", b"0"), JSON]

    answer = raw(an_app(), "/things", pieces=[b'{"name": "', b"x" * 60, b"x" * 60], headers=headers)

    assert answer[0]["status"] == 413


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    headers = [(b"content-length", b"50"), JSON]

    answer = raw(an_app(body_seconds=0.01), "/things", pieces=[b'{"name": "', None], headers=headers)

    assert answer[0]["status"] == 408


def test_who_leaves_in_the_middle_is_noted_and_not_answered() -> None:
    with capture_logs() as lines:
        answer = raw(an_app(), "/things", pieces=[], headers=[(b"content-length", b"50"), JSON])

    assert answer == []
    assert [(line["event"], line["status"]) for line in lines] == [("request", 499)]


def test_a_body_within_the_bounds_is_read() -> None:
    headers = [(b"content-length", b"13"), JSON]

    answer = raw(an_app(), "/things", pieces=[b'{"name', b'": "x"}'], headers=headers)

    assert answer[1]["body"] == b'{"name":"x"}'

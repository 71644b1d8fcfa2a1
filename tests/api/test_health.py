"""Health: alive is one thing, able to serve another, and what is wrong is said by name."""

import asyncio
from collections.abc import Mapping

from fastapi import FastAPI

from app.api.health import About, Check, Finding, health_router
from app.api.middleware import install_middleware
from app.api.problems import install_problem_handlers
from app.api.routing import serve
from tests.api.client import Client


async def right() -> Finding:
    return Finding(ok=True)


async def wrong() -> Finding:
    return Finding(ok=False, detail="Two migrations are missing. Run `./yian migrate`.")


async def broken() -> Finding:
    raise ConnectionError("postgresql://yian_app:secret@db/yian")


async def stuck() -> Finding:
    await asyncio.Event().wait()
    return Finding(ok=True)


def a_client(checks: Mapping[str, Check], *, check_seconds: float = 3.0) -> Client:
    app = FastAPI()
    install_problem_handlers(app)
    about = About(version="0.1.0", commit="7855ec2", mode="sandbox")
    serve(app, [health_router(lambda: checks, about=about, check_seconds=check_seconds)])
    install_middleware(app)
    return Client(app)


def test_a_process_that_answers_is_alive_whatever_it_stands_on() -> None:
    answer = a_client({"database": wrong}).get("/livez")

    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


def test_it_is_ready_when_every_check_is_right() -> None:
    answer = a_client({"database": right, "keys": right}).get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "checks": [{"name": "database", "ok": True, "detail": ""}, {"name": "keys", "ok": True, "detail": ""}],
    }


def test_it_is_not_ready_when_one_is_wrong_and_says_which_and_how_to_mend_it() -> None:
    answer = a_client({"database": right, "migrations": wrong}).get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"][1]["detail"] == "Two migrations are missing. Run `./yian migrate`."


def test_a_check_that_breaks_is_a_finding_and_tells_no_secret() -> None:
    answer = a_client({"database": broken}).get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"][0]["detail"] == "The check itself broke: ConnectionError."


def test_a_check_that_hangs_is_not_waited_for() -> None:
    answer = a_client({"worker": stuck}, check_seconds=0.01).get("/readyz")

    assert (answer.status_code, answer.json()["checks"][0]["ok"]) == (503, False)


def test_it_says_what_runs_here_and_what_it_has_counted() -> None:
    client = a_client({})

    assert client.get("/version").json() == {"version": "0.1.0", "commit": "7855ec2", "mode": "sandbox"}
    assert 'yian_requests_total{method="GET",route="/version",status="200"} 1.0' in client.get("/metrics").text

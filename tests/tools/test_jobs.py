"""`./yian jobs` tells of jobs as the server does: a line each without a terminal, whole objects where asked."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.tools import jobs

JOB = "0190a000-0000-7000-8000-000000000001"


def a_job(
    state: str = "running", *, rows: int = 2_000, share: float = 0.5, reason: str | None = None
) -> dict[str, Any]:
    progress = {"share": share, "rows": rows, "problems": 1, "chunks": 1}
    return {
        "id": JOB,
        "kind": "certificate_verification",
        "state": state,
        "reason": reason,
        "created_at": "2026-11-24T02:00:00Z",
        "progress": progress,
    }


def a_server(answer: Callable[[httpx.Request], httpx.Response]) -> jobs.Server:
    return jobs.Server("http://yian.test", "t", transport=httpx.MockTransport(answer))


def answers(*shown: dict[str, Any]) -> jobs.Server:
    """A server that says one after the other of a job."""
    coming = iter(shown)
    return a_server(lambda _: httpx.Response(200, json=next(coming)))


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LOOK_SECONDS", 0)


def test_a_job_is_followed_with_a_line_for_each_change(capsys: pytest.CaptureFixture[str]) -> None:
    server = answers(a_job(), a_job(), a_job("finished", rows=4_000, share=1.0))

    assert jobs.watch(server, JOB, json_output=False) == jobs.DONE
    first, last = capsys.readouterr().out.splitlines()
    assert "running  50.0%  2,000 rows, 1 with a problem" in first
    assert "finished  100.0%  4,000 rows" in last


@pytest.mark.parametrize("state", ["cancelled", "paused", "awaiting_input", "awaiting_approval"])
def test_what_does_not_finish_ends_with_1(state: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert jobs.watch(answers(a_job(state, reason="asked")), JOB, json_output=False) == jobs.FAILED
    assert f"{state} (asked)" in capsys.readouterr().out


def test_all_jobs_are_whole_objects_where_asked(capsys: pytest.CaptureFixture[str]) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"items": [a_job(), a_job("finished")]})

    assert jobs.show_all(a_server(answer), states=["running", "finished"], json_output=True) == jobs.DONE
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [a_job(), a_job("finished")]
    assert asked[0].url.params.get_list("state") == ["running", "finished"]
    assert asked[0].headers["Authorization"] == "Bearer t"


def test_all_jobs_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    server = a_server(lambda _: httpx.Response(200, json={"items": [a_job()]}))

    assert jobs.show_all(server, states=[], json_output=False) == jobs.DONE
    assert "running" in capsys.readouterr().out


def test_a_refusal_is_told_in_the_words_of_the_server(capsys: pytest.CaptureFixture[str]) -> None:
    server = a_server(lambda _: httpx.Response(404, json={"detail": "There is no such job."}))

    assert jobs.show(server, JOB, json_output=False) == jobs.FAILED
    assert "There is no such job." in capsys.readouterr().err


def test_a_server_that_is_not_there_is_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    assert jobs.show(a_server(answer), JOB, json_output=False) == jobs.FAILED
    assert "Nothing answers" in capsys.readouterr().err

"""The demonstration: the whole main job over HTTP, as each actor."""

import json

import pytest

from app.sandbox import demo

pytestmark = pytest.mark.database


def test_the_whole_main_job_ends_delivered_and_confirmed(base_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = demo.run(base_url=base_url, json_output=True)

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    steps, outcome = lines[:-1], lines[-1]
    assert status == 0
    assert (outcome["outcome"], outcome["status"]) == ("delivered", "granted")
    assert {step["status"] for step in steps} <= {200, 201}
    actors = {step["actor"] for step in steps}
    assert {"portal", "civil_affairs", "commissioner", "provider", "citizen"} <= actors
    assert len({actor for actor in actors if actor.endswith("evaluator")}) == 2


def test_the_demonstration_prints_no_token(base_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    demo.run(base_url=base_url, json_output=False)

    assert "eyJ" not in capsys.readouterr().out


def test_a_server_that_is_not_there_is_a_sentence_and_not_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    status = demo.run(base_url="http://127.0.0.1:9", json_output=True)

    assert status == 1
    assert "The story broke off" in capsys.readouterr().err

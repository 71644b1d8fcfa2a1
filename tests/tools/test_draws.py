"""Checking the proof of a draw from a shell: 0 where it holds, 1 and the name of what does not fit."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.api.v1.schemas.draw import DrawRead
from app.cli import app
from app.domain.draw import Fault
from app.tools.draws import SENTENCES
from tests.builders.draw import revealed
from tests.builders.integrity import LISTED, an_alarm_as_told

PROOF = DrawRead.of(revealed()).model_dump_json()
runner = CliRunner()


def test_a_proof_in_a_file_that_holds_ends_with_0(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text(PROOF, "utf-8")

    told = runner.invoke(app, ["draws", "verify", str(file)])

    assert (told.exit_code, told.stderr) == (0, "")
    assert "holds" in told.stdout


def test_a_proof_that_was_tampered_with_ends_with_1_and_names_the_fault() -> None:
    changed = json.dumps(json.loads(PROOF) | {"commitment": "0" * 64})

    told = runner.invoke(app, ["draws", "verify", "-"], input=changed)

    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("commitment_does_not_match: ")


@pytest.mark.parametrize("text", ["", "no json", "[]", "{}", "null"])
def test_what_is_no_proof_ends_with_1(text: str) -> None:
    told = runner.invoke(app, ["draws", "verify", "-", "--json"], input=text)

    assert told.exit_code == 1
    assert json.loads(told.stdout)["holds"] is False


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    assert runner.invoke(app, ["draws", "verify", "nowhere.json"]).exit_code == 2


def test_there_is_a_sentence_for_each_fault() -> None:
    assert set(SENTENCES) == set(Fault)


def test_the_chain_of_a_case_is_checked_whole_and_one_that_is_broken_is_named() -> None:
    whole = runner.invoke(app, ["draws", "verify", "-", "--json"], input=f'{{"items": [{PROOF}], "next_cursor": null}}')
    none = runner.invoke(app, ["draws", "verify", "-", "--json"], input='{"items": []}')

    assert (whole.exit_code, json.loads(whole.stdout)) == (0, {"holds": True, "faults": []})
    assert (none.exit_code, json.loads(none.stdout)["faults"]) == (1, ["malformed"])


def test_the_lot_of_a_month_is_checked_and_lists_that_were_not_given_are_named(tmp_path: Path) -> None:
    told = json.dumps(an_alarm_as_told())
    lists, alarm = tmp_path / "lists.json", tmp_path / "alarm.json"
    alarm.write_text(told, "utf-8")
    lists.write_text(json.dumps({"deliveries": [str(one) for one in LISTED]}), "utf-8")

    alone = runner.invoke(app, ["draws", "verify", "-"], input=told)
    whole = runner.invoke(app, ["draws", "verify", "-", "--lists", str(lists)], input=told)
    unread = runner.invoke(app, ["draws", "verify", str(alarm), "--lists", "-"], input="no json")

    assert (alone.exit_code, "deliveries" in alone.stdout) == (0, True)
    assert (whole.exit_code, "--lists" in whole.stdout) == (0, False)
    assert unread.exit_code == 1

"""Checking an instrument from a shell: 0 where it holds and its vectors bite, 1 and a sentence for each complaint."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.adapters.instruments import INSTRUMENTS
from app.cli import app

runner = CliRunner()


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A copy of the six-item test with its vectors."""
    (tmp_path / "golden").mkdir()
    for name in ("self_care_six.yaml", "golden/self_care_six.yaml"):
        shutil.copy(INSTRUMENTS / name, tmp_path / name)
    return tmp_path / "self_care_six.yaml"


def rewritten(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


def complaints(file: Path) -> list[str]:
    told = runner.invoke(app, ["instruments", "lint", str(file), "--json"])
    found: list[str] = json.loads(told.stdout)["complaints"]
    assert told.exit_code == (1 if found else 0)
    return found


def test_an_instrument_that_holds_ends_with_0(document: Path) -> None:
    told = runner.invoke(app, ["instruments", "lint", str(document)])

    assert (told.exit_code, told.stdout) == (0, "self_care_six 2021: 6 items, 15 vectors hold.\n")


def test_a_document_that_cannot_be_read_ends_with_1_and_says_why(document: Path) -> None:
    told = runner.invoke(app, ["instruments", "lint", str(rewritten(document, "scoring: sum", "scoring: feeling"))])

    assert (told.exit_code, told.stdout) == (1, "")
    assert "feeling is none of" in told.stderr


def test_a_bound_that_is_wrong_is_found_by_a_vector(document: Path) -> None:
    (complaint,) = complaints(rewritten(document, "at_least: 4", "at_least: 6"))[:1]

    assert "bands is" in complaint


def test_vectors_that_notice_too_little_are_complained_of(document: Path) -> None:
    vectors = document.parent / "golden" / document.name
    text = vectors.read_text("utf-8")
    vectors.write_text(text[: text.index("  - {changes: {eating: not_met}, score: 1")], "utf-8")

    found = complaints(document)

    assert "No vector notices a mistake: eating: not_met worth 0." in found


def test_an_instrument_without_vectors_is_complained_of(document: Path) -> None:
    (document.parent / "golden" / document.name).unlink()

    assert complaints(document) == [
        "It has no golden vectors. Write them from the source, in a file of the same name in golden/."
    ]


def test_a_file_that_is_not_there_is_a_wrong_call() -> None:
    assert runner.invoke(app, ["instruments", "lint", "nowhere.yaml"]).exit_code == 2

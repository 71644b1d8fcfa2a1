"""The steps of `./yian check` fail where they should: each is given a checkout with just one thing wrong in it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.tools.check import ROOT, STEPS

pytestmark = pytest.mark.slow

BREAKING = {
    "format": ("app/broken.py", "x   =  1\n"),
    "lint": ("app/broken.py", '"""A module."""\n\nimport os\n'),
    "types": ("app/domain/shared/broken.py", '"""A module."""\n\nNUMBER: int = "text"\n'),
    "imports": ("app/domain/shared/broken.py", '"""A module."""\n\nimport fastapi  # noqa: F401\n'),
}
"""What breaks each step: an unformatted line, an import that nothing needs, a text for a number, a web framework inside
the domain."""
INWARDS = {
    "the domain asks a use case": ("app/domain/shared/broken.py", "import app.services.person"),
    "a use case asks the database": ("app/services/broken.py", "import app.adapters.postgres.person"),
    "the API asks the database": ("app/api/broken.py", "import app.adapters.postgres.person"),
    "one context asks another": ("app/domain/person/broken.py", "import app.domain.certificate"),
    "the API speaks SQL": ("app/api/broken.py", "import sqlalchemy"),
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The code with its configuration, to be spoiled."""
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def outcome(step: str, checkout: Path, *more: str) -> int:
    """The exit code of a step in a checkout."""
    command = [sys.executable, *STEPS[step], *more]
    return subprocess.run(command, cwd=checkout, capture_output=True, check=False).returncode


def spoil(checkout: Path, path: str, text: str) -> None:
    (checkout / path).write_text(text, "utf-8")


@pytest.mark.parametrize("step", ["format", "lint", "imports"])
def test_a_step_passes_what_is_right_and_fails_what_is_wrong(checkout: Path, step: str) -> None:
    before = outcome(step, checkout)
    spoil(checkout, *BREAKING[step])

    assert (before, outcome(step, checkout)) == (0, 1)


def test_a_text_for_a_number_fails_the_types(checkout: Path) -> None:
    """Of the one file: the whole would take a minute without what is remembered of it."""
    spoil(checkout, *BREAKING["types"])

    assert outcome("types", checkout, "--follow-imports=skip", BREAKING["types"][0]) == 1


@pytest.mark.parametrize("which", INWARDS)
def test_each_arrow_that_points_outwards_fails_the_imports(checkout: Path, which: str) -> None:
    path, line = INWARDS[which]
    spoil(checkout, path, f'"""A module."""\n\n{line}\n')

    assert outcome("imports", checkout) == 1


def test_there_is_a_step_for_all_that_is_said_to_be_checked() -> None:
    assert [*STEPS] == ["rules", "types", "adapters", "interface", "imports", "format", "lint"]
    folders = {argument.removeprefix("--ignore=") for command in STEPS.values() for argument in command}
    assert {"tests", "tests/domain", "tests/api", "tests/contract"} <= folders

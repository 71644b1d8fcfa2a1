"""The quickstart of the README, run as it is printed, against a server that listens."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
EXPECTED = re.compile(r"# → (.+)$", re.MULTILINE)
"""A comment that says what the commands of its block print."""
SEPARATOR = "\x1e"


def blocks_of(readme: str) -> list[str]:
    """The commands of a README, block by block."""
    return BLOCK.findall((ROOT / readme).read_text("utf-8"))


def commands_of(readme: str) -> list[str]:
    """The same without comments, which are in the reader's language."""
    return [re.sub(r"\s*(?:^|\s)# .*$", "", block, flags=re.MULTILINE).strip() for block in blocks_of(readme)]


@pytest.mark.database
@pytest.mark.parametrize("readme", READMES)
@pytest.mark.skipif(shutil.which("curl") is None, reason="the quickstart is written for curl")
def test_the_quickstart_does_what_it_says(readme: str, base_url: str) -> None:
    blocks = blocks_of(readme)
    script = "\n".join(["set -euo pipefail", *(f"printf '{SEPARATOR}'\n{block}" for block in blocks)])

    done = subprocess.run(
        ["bash", "-c", script],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "BASE_URL": base_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    printed = done.stdout.split(SEPARATOR)[1:]
    unseen = [
        text
        for block, output in zip(blocks, printed, strict=True)
        for text in EXPECTED.findall(block)
        if text.strip() not in output
    ]
    assert not unseen


def test_both_languages_give_the_same_commands() -> None:
    english, chinese = map(commands_of, READMES)

    assert len(english) > 3
    assert english == chinese

"""The pages say what the code says, and their links lead somewhere."""

import re
from pathlib import Path

import pytest

from app.adapters.postgres.roles import CREATE_ROLES, PREPARE_DATABASE
from app.settings import Settings
from app.tools import docs

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_the_pages_that_are_made_from_the_code_are_current() -> None:
    stale = docs.check()

    assert not stale, "Write them anew: python -m app.tools.docs"


def test_a_page_that_has_fallen_behind_is_named_and_written(tmp_path: Path) -> None:
    (tmp_path / "states.md").write_text("yesterday", "utf-8")

    written = docs.write(tmp_path)

    assert "states.md" in written
    assert docs.check(tmp_path) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_of_ours(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|/)([^)#]+)", page.read_text("utf-8"))

    dead = [link for link in links if not (page.parent / link).exists()]

    assert not dead


def test_each_decision_has_a_number_of_its_own_and_a_line_in_their_list() -> None:
    pages = [page.name for page in sorted((ROOT / "docs/decisions").glob("0*.md"))]
    listed = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\)", (ROOT / "docs/decisions/README.md").read_text("utf-8"), re.MULTILINE
    )

    assert [int(page[:4]) for page in pages] == [*range(1, len(pages) + 1)]
    assert sorted(listed) == [(page[:4], page) for page in pages]


def test_every_setting_is_explained_to_the_operator() -> None:
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")

    missing = [f"YIAN_{name.upper()}" for name in Settings.model_fields if f"`YIAN_{name.upper()}`" not in explained]

    assert not missing, "Add a row to the table in docs/operations.md."


def test_the_operator_is_given_the_statements_that_make_the_roles() -> None:
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    statements = re.findall(r"^ *((?:CREATE|GRANT|REVOKE) .+;)$", CREATE_ROLES + PREPARE_DATABASE, re.MULTILINE)

    assert len(statements) > 8
    assert [statement for statement in statements if statement not in explained] == []

"""The glossary and the code speak of the same things by the same names."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
SOURCES = tuple(path for folder in ("app", "alembic") for path in sorted((ROOT / folder).rglob("*.*")))
CODE = "\n".join(path.read_text("utf-8") for path in SOURCES if path.suffix in {".py", ".yaml"})
WORDS = frozenset(re.findall(r"\w+", CODE))


def rows() -> Iterator[list[str]]:
    for line in GLOSSARY.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and not cells[0].startswith(("---", "中文")):
            yield cells


def test_every_row_has_a_chinese_term_an_english_one_and_a_name() -> None:
    found = list(rows())

    assert len(found) > 80
    assert all(cells[0] and cells[1] and cells[2].startswith("`") for cells in found)


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    names = {name for cells in rows() for name in re.findall(r"`([^`]+)`", cells[2])}

    unknown = {name for name in names if not set(name.split(".")) <= WORDS}

    assert not unknown, "Put the names right in docs/glossary.md."


def test_every_chinese_term_of_the_domain_is_in_the_glossary() -> None:
    domain = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "app" / "domain").rglob("*.py")))
    terms = set(re.findall(r"[\u4e00-\u9fff]{2,}", domain))
    glossary = GLOSSARY.read_text("utf-8")

    missing = {term for term in terms if term not in glossary}

    assert not missing, "Add the terms to docs/glossary.md, each with its English word, its name and its source."

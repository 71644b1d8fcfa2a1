"""The catalogue of texts, and that it says the same things in every language."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from string import Formatter

import pytest
import yaml

from app.adapters.texts import TEXTS as FOLDER
from app.adapters.texts import YamlTexts
from app.domain.shared.identity import Category

TEXTS = YamlTexts()


def a_catalogue(folder: Path, *, en: str, zh: str = "") -> YamlTexts:
    (folder / "en.yaml").write_text(en, encoding="utf-8")
    (folder / "zh-CN.yaml").write_text(zh, encoding="utf-8")
    return YamlTexts(folder)


def test_a_sentence_is_filled_in_with_its_parameters(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="assessment:\n  score: The score is {score} of {highest}.\n")

    sentence = texts.sentence("assessment.score", {"score": 5, "highest": 6}, language="en")

    assert sentence == "The score is 5 of 6."


def test_a_parameter_that_is_a_code_is_put_into_words(tmp_path: Path) -> None:
    written = "condition: '{grade} or heavier: {flags}'\ngrade: {one: the first}\nflags: {poor: in need}\n"
    texts = a_catalogue(tmp_path, en=written)

    sentence = texts.sentence("condition", {"grade": "one", "flags": ("poor", "unnamed")}, language="en")

    assert sentence == "the first or heavier: in need, unnamed"


def test_a_list_of_nothing_is_put_into_words(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="here: 'Open now: {open}.'\nnothing: {open: nothing}\n")

    assert texts.sentence("here", {"open": []}, language="en") == "Open now: nothing."


def test_an_enumeration_is_named_by_its_value(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="seen: 'Category {category}'\n")

    assert texts.sentence("seen", {"category": Category.PHYSICAL}, language="en") == "Category 4"


def test_a_month_is_said_as_a_month_and_not_as_its_first_day(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="due: Due from {first_month}.\n", zh="due: 自{first_month}起。\n")

    assert texts.sentence("due", {"first_month": "2026-11-01"}, language="en") == "Due from 2026-11."
    assert texts.sentence("due", {"first_month": date(2026, 11, 1)}, language="zh-CN") == "自2026年11月起。"


def test_what_a_language_does_not_say_is_said_in_english(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="hello: Good day.\n", zh="other: 其他\n")

    assert texts.sentence("hello", {}, language="zh-CN") == "Good day."


def test_a_code_without_a_sentence_stands_for_itself_and_breaks_nothing(tmp_path: Path) -> None:
    texts = a_catalogue(tmp_path, en="half: '{known} and {unknown}'\n")

    assert texts.sentence("not.written", {}, language="en") == "not.written"
    assert texts.sentence("half", {"known": "one"}, language="en") == "one and …"


def test_every_language_has_the_same_codes() -> None:
    assert TEXTS.languages == ("en", "zh-CN")
    assert TEXTS.codes("en") == TEXTS.codes("zh-CN")


def test_a_sentence_needs_the_same_parameters_in_every_language() -> None:
    needed = {
        language: {code: parameters_of(TEXTS.template(code, language=language)) for code in TEXTS.codes(language)}
        for language in TEXTS.languages
    }

    assert len(needed["en"]) > 1000
    assert needed["en"] == needed["zh-CN"]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.name)
def test_nothing_is_said_twice_of_one_code(file: Path) -> None:
    written = yaml.compose(file.read_text("utf-8"))

    assert list(repeated_in(written)) == []


@pytest.mark.parametrize("language", TEXTS.languages)
def test_what_an_item_waited_for_is_told_by_its_name(language: str) -> None:
    for item in ("certificate", "living_subsidy"):
        assert TEXTS.template(f"waits_for.{item}", language=language) == TEXTS.template(
            f"item.{item}", language=language
        )


def repeated_in(node: yaml.Node | None) -> Iterator[str]:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from sorted({key for key in keys if keys.count(key) > 1})
        for _, inside in node.value:
            yield from repeated_in(inside)


def parameters_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}

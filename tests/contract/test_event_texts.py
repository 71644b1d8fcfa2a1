"""Every event that the domain knows can be told to people, in Chinese and in English, from its own facts."""

import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from importlib import import_module
from string import Formatter

import pytest

import app.domain
from app.adapters.texts import YamlTexts
from app.domain.shared.events import Event
from app.services.event import NO_ACCOUNTS

TEXTS = YamlTexts()


def every_event() -> dict[str, type[Event]]:
    for module in pkgutil.walk_packages(app.domain.__path__, "app.domain."):
        import_module(module.name)
    return {kind.name: kind for kind in below(Event)}


def below(kind: type[Event]) -> Iterator[type[Event]]:
    for one in kind.__subclasses__():
        yield one
        yield from below(one)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_event_has_a_sentence(language: str) -> None:
    known = TEXTS.codes(language)

    assert {name for name in every_event() if f"event.{name}" not in known} == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_sentence_is_of_an_event_that_is_no_more(language: str) -> None:
    told = {code.removeprefix("event.") for code in TEXTS.codes(language) if code.startswith("event.")}

    assert told - every_event().keys() == set()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_sentence_asks_for_nothing_that_its_event_does_not_say(language: str) -> None:
    for name, kind in every_event().items():
        sentence = TEXTS.sentence(f"event.{name}", dict.fromkeys(kind.__dataclass_fields__, "0"), language=language)

        assert "…" not in sentence
        assert not [field for _, field, _, _ in Formatter().parse(sentence) if field]


def test_the_languages_are_chinese_and_english_whatever_the_files_are_called() -> None:
    assert set(TEXTS.languages) == {"en", "zh-CN"}


def test_a_last_day_is_told_to_everybody_though_it_is_named_like_who_acted() -> None:
    named_so = (field for kind in every_event().values() for field in fields(kind) if field.name.endswith("_by"))

    assert {field.name for field in named_so if field.type in {date, datetime}} <= NO_ACCOUNTS

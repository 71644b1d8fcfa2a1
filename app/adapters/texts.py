"""The catalogue of texts, read once from YAML files named `<topic>.<language>`: a key a code, `{name}` a parameter."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parents[1] / "rulebooks" / "texts"
"""The texts that come with the product."""

FALLBACK = "en"
REMEMBERED = 10_000
_BETWEEN = {"zh-CN": "、", "en": ", "}
_FIRST_DAY = re.compile(r"(\d{4})-(\d{2})-01")
"""Months are kept as their first days, and said as months."""
_MONTH = {"zh-CN": r"\1年\2月", "en": r"\1-\2"}


class YamlTexts:
    """All texts of a folder of YAML files, whose names end with their languages."""

    def __init__(self, directory: Path = TEXTS) -> None:
        self._sentences: dict[str, dict[str, str]] = {}
        self._said: dict[tuple[str, tuple[tuple[str, object], ...], str], str] = {}
        for file in sorted(directory.glob("*.yaml")):
            language = file.stem.rpartition(".")[2]
            self._sentences.setdefault(language, {}).update(_flat(_content_of(file)))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that there are texts in."""
        return tuple(self._sentences)

    def codes(self, language: str) -> frozenset[str]:
        """The codes that have a text in a language."""
        return frozenset(self._sentences.get(language, {}))

    def template(self, code: str, *, language: str) -> str:
        """The sentence as it is written, its parameters in braces."""
        return self._sentences[language][code]

    def sentence(self, code: str, parameters: Mapping[str, object], *, language: str) -> str:
        """The sentence of a code, its parameters filled in; the ones said lately are remembered."""
        key = (code, tuple(parameters.items()), language)
        try:
            return self._said[key]
        except TypeError:  # a parameter that is a list
            return self._composed(code, parameters, language)
        except KeyError:
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            return self._said.setdefault(key, self._composed(code, parameters, language))

    def _composed(self, code: str, parameters: Mapping[str, object], language: str) -> str:
        template = self._find(code, language)
        if template is None:
            return code
        return template.format_map(
            _Spoken({name: self._spoken(name, value, language) for name, value in parameters.items()})
        )

    def _spoken(self, name: str, value: object, language: str) -> str:
        match value:
            case list() | tuple() | set() | frozenset():
                between = _BETWEEN.get(language, ", ")
                said = between.join(self._spoken(name, member, language) for member in value)
                return said or self._find(f"nothing.{name}", language) or said
            case Enum():
                return self._spoken(name, value.value, language)
            case date() | str() if name.endswith("month"):
                return _FIRST_DAY.sub(_MONTH.get(language, _MONTH[FALLBACK]), str(value))
            case str():
                return self._find(f"{name}.{value}", language) or value
            case _:
                return str(value)

    def _find(self, code: str, language: str) -> str | None:
        return self._sentences.get(language, {}).get(code) or self._sentences.get(FALLBACK, {}).get(code)


class _Spoken(dict[str, str]):
    """Parameters of a sentence; one that was not given shows as an ellipsis instead of breaking the answer."""

    def __missing__(self, _: str) -> str:
        return "…"


def _content_of(file: Path) -> Mapping[str, Any]:
    with file.open(encoding="utf-8") as stream:
        content: Mapping[str, Any] = yaml.load(stream, yaml.CSafeLoader) or {}
    return content


def _flat(node: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The texts under their full codes, whether the file nests them or not."""
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)

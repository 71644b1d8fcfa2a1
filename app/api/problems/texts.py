"""The words of a refusal. English stands where it is raised; Chinese in `chinese.yaml`, by code."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from app.api.language import Language
from app.domain.shared.errors import DomainError


class Text(NamedTuple):
    """What is so, in a few words; and what to do, in a sentence."""

    title: str
    detail: str


def _read(file: Path) -> Mapping[str, Text]:
    return {code: Text(**words) for code, words in yaml.load(file.read_bytes(), yaml.CSafeLoader).items()}


CHINESE = _read(Path(__file__).with_name("chinese.yaml"))


def text_of(error: DomainError, language: Language) -> Text:
    """The words for a caller, English where there are no others."""
    if language is Language.CHINESE and (known := CHINESE.get(error.code)):
        return known
    return Text(error.title, error.detail)


def page_text_of(kind: type[DomainError], language: Language) -> Text:
    """The words for the page about a kind of refusal."""
    if language is Language.CHINESE and (known := CHINESE.get(kind.code)):
        return known
    return Text(kind.title, " ".join((kind.__doc__ or "").split("\n\n", maxsplit=1)[0].split()))

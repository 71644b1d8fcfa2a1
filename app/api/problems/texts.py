"""The words of a refusal. English stands where it is raised; Chinese in the catalogue, by code."""

from typing import NamedTuple

from app.api.language import Language
from app.api.problems.chinese import CHINESE
from app.domain.shared.errors import DomainError


class Text(NamedTuple):
    """What is so, in a few words; and what to do, in a sentence."""

    title: str
    detail: str


def text_of(error: DomainError, language: Language) -> Text:
    """The words for a caller, English where the catalogue has no others."""
    if language is Language.CHINESE and (known := CHINESE.get(error.code)):
        return Text(*known)
    return Text(error.title, error.detail)


def page_text_of(kind: type[DomainError], language: Language) -> Text:
    """The words for the page about a kind of refusal."""
    if language is Language.CHINESE and (known := CHINESE.get(kind.code)):
        return Text(*known)
    return Text(kind.title, " ".join((kind.__doc__ or "").split("\n\n", maxsplit=1)[0].split()))

"""Words that come with reference data: in both languages, because programs keep them."""

from typing import Annotated, Protocol, Self

from pydantic import Field

from app.api.v1.schemas.types import Output


class TwoLanguages(Protocol):
    """Anything that says the same in Chinese and in English."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class WordsRead(Output):
    """The same in Chinese and in English."""

    zh: Annotated[str, Field(max_length=200)]
    en: Annotated[str, Field(max_length=200)]

    @classmethod
    def of(cls, words: TwoLanguages) -> Self:
        """The words as they travel."""
        return cls(zh=words.zh, en=words.en)

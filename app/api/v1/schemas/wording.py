"""Codes with their words: a program compares the code, a person reads the text."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.domain.shared.reason import Reason
from app.domain.shared.wording import Wording

Text = Annotated[str, Field(max_length=2000, description="For people, in the language of Content-Language.")]

_NAMED = frozenset({"benefits", "needs"})
"""Parameters whose codes come with rule data, and their words with them."""


class CodedRead(Output):
    """A code with its words."""

    code: Annotated[str, Field(max_length=64, description="What programs compare.")]
    text: Text


class SentenceRead(CodedRead):
    """Why something is so."""

    @classmethod
    def of(cls, reason: Reason, told: Teller, **words: object) -> Self:
        """The reason as it travels; `words` are parameters that came with words of their own."""
        parameters: Mapping[str, object] = {**reason.parameters, **words}
        return cls(code=reason.code, text=told.say(reason.code, parameters))

    @classmethod
    def naming(cls, reason: Reason, told: Teller, names: Mapping[str, Wording]) -> Self:
        """The reason with needs and services by the names that came with rule data, where it speaks of any."""
        named = {
            parameter: tuple(told.word(names[code]) if code in names else code for code in codes)
            for parameter, codes in reason.parameters.items()
            if parameter in _NAMED and isinstance(codes, tuple)
        }
        return cls.of(reason, told, **named)

"""Codes with their words: a program compares the code, a person reads the text."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.domain.shared.reason import Reason

Text = Annotated[str, Field(max_length=2000, description="For people, in the language of Content-Language.")]


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

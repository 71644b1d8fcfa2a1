"""Words in the caller's language: `Accept-Language` chooses, `Content-Language` says which it was.

Schemas are shown with a `Teller`. What a program compares stays a code; beside it stands one text for people, as
`{"code": …, "text": …}`. The language of all texts of an answer is that of its Content-Language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import Depends, Request, Response

from app.api.dependencies import ports_of, wishes_of
from app.api.language import Language, language_of
from app.domain.person import Preferences
from app.services.ports.texts import Texts

CONTENT_LANGUAGE = "Content-Language"


class TwoLanguages(Protocol):
    """Words that come with the data they name."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Teller:
    """Says codes and data in one caller's language."""

    texts: Texts
    language: Language
    wishes: Mapping[UUID, Preferences] = field(default_factory=dict)
    """How those whom the answer shows want to be told; filled when its transaction ends, before it is written down."""

    def say(self, code: str, parameters: Mapping[str, object] | None = None) -> str:
        """The sentence of a code."""
        return self.texts.sentence(code, parameters or {}, language=self.language.value)

    def word(self, words: TwoLanguages) -> str:
        """Words that come with the data they name."""
        return words.zh if self.language is Language.CHINESE else words.en


def teller_of(request: Request) -> Teller:
    """The teller for the caller of this request."""
    return Teller(ports_of(request).texts, language_of(request.headers), wishes_of(request))


def told(request: Request, response: Response) -> Teller:
    """The teller for the caller of this request, and in the answer its language."""
    teller = teller_of(request)
    response.headers[CONTENT_LANGUAGE] = teller.language.value
    return teller


async def _told(request: Request, response: Response) -> Teller:
    return told(request, response)


Told = Annotated[Teller, Depends(_told)]

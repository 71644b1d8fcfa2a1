"""How the person wants to be told what a notice says, as it travels with every notice."""

from typing import Annotated, Self, TypeAlias
from uuid import UUID

from pydantic import Field

from app.api.language import Language as Spoken
from app.api.texts import Teller
from app.api.v1.schemas.types import Output
from app.domain.person import Language, PreferredFormat


class ToldAsRead(Output):
    """The format and the language in which the person wants to be told."""

    format: PreferredFormat
    language: Language
    text: Annotated[str, Field(max_length=500, description="What that means for whoever tells it.")]

    @classmethod
    def of(cls, person_id: UUID | None, teller: Teller) -> Self | None:
        """As the person wants it; None where the caller is not shown that."""
        wish = teller.wishes.get(person_id) if person_id else None
        if wish is None:
            return None
        ways = (f"told_as.format.{wish.format}", f"told_as.language.{wish.language}")
        space = "" if teller.language is Spoken.CHINESE else " "
        return cls(format=wish.format, language=wish.language, text=space.join(teller.say(way) for way in ways))


ToldAs: TypeAlias = Annotated[
    ToldAsRead | None,
    Field(description="How the person wants to be told this; null for callers who are not shown the preferences."),
]

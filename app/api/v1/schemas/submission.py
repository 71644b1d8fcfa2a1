"""The answer to a submission: the application, what nobody had to be asked, and what may be due besides."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.application import ApplicationRead
from app.api.v1.schemas.suggestion import SuggestionRead
from app.api.v1.schemas.types import Output
from app.domain.application import FormField
from app.services.application import Submitted


class IgnoredAnswer(Output):
    """An answer to a question that need not be put to anybody."""

    field: str
    provenance: Annotated[str, Field(description="`register` or `earlier_item`.")]
    held_by: Annotated[str | None, Field(description="Whose register holds it, or which item gives it.")]
    text: Annotated[str, Field(max_length=1000, description="The same in plain words.")]

    @classmethod
    def of(cls, field: FormField, teller: Teller) -> Self:
        """The field as it travels."""
        return cls(
            field=field.code,
            provenance=field.provenance,
            held_by=field.held_by,
            text=teller.say(f"form.ignored.{field.provenance}", {"field": teller.word(field.wording)}),
        )


class SubmissionRead(ApplicationRead):
    """An application that was just submitted."""

    ignored_answers: Annotated[
        list[IgnoredAnswer],
        Field(max_length=100, description="Sent although an office holds it, and not kept: ask nobody for it."),
    ]
    suggestions: Annotated[
        list[SuggestionRead],
        Field(max_length=20, description="Not asked for, and perhaps due; each says how it is added."),
    ]

    @classmethod
    def of_submitted(cls, submitted: Submitted, teller: Teller) -> Self:
        """The application as whoever has submitted it sees it."""
        return cls(
            **vars(ApplicationRead.of_view(submitted, teller)),
            ignored_answers=[IgnoredAnswer.of(field, teller) for field in submitted.ignored],
            suggestions=[SuggestionRead.about(outlook, submitted.of, teller) for outlook in submitted.suggestions],
        )

"""What may be due besides and was not asked for, as it travels, each with the way to ask for it."""

from typing import Annotated, Self

from pydantic import Field

from app.api.texts import Teller
from app.api.v1.schemas.eligibility import OutlookRead
from app.api.v1.schemas.types import Output
from app.domain.application import Application, Outlook
from app.services.suggesting import SuggestionsView


class WayRead(Output):
    """The request that asks for it. Nobody has to, and nothing follows from leaving it."""

    operation: Annotated[
        str, Field(max_length=64, description="`add_item`; `submit_application` once the application has ended.")
    ]
    method: Annotated[str, Field(max_length=10)]
    path: Annotated[str, Field(max_length=100)]

    @classmethod
    def into(cls, application: Application) -> Self:
        """The way into an application while it is open, and else into a new one."""
        if application.is_finished:
            return cls(operation="submit_application", method="POST", path="/v1/applications")
        return cls(operation="add_item", method="POST", path=f"/v1/applications/{application.id}/items")


class SuggestionRead(OutlookRead):
    """What may be expected of an item that is not asked for, and how it is asked for. It promises nothing."""

    take: WayRead

    @classmethod
    def about(cls, outlook: Outlook, application: Application, teller: Teller) -> Self:
        """The suggestion in the caller's language."""
        return cls(**vars(OutlookRead.of(outlook, teller)), take=WayRead.into(application))


class SuggestionsRead(Output):
    """What may be due besides, likely first."""

    items: Annotated[list[SuggestionRead], Field(max_length=20)]

    @classmethod
    def of_view(cls, view: SuggestionsView, teller: Teller) -> Self:
        """The suggestions in the caller's language."""
        return cls(items=[SuggestionRead.about(one, view.application, teller) for one in view.suggestions])

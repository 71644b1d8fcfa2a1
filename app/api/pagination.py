"""Pages by keyset: a cursor says where the next one begins, and `Link` repeats it."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.api.problems import InvalidCursor
from app.services.read_models import Slice

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=BaseModel)

LARGEST_NUMBER = 2**63 - 1


class Page(BaseModel, Generic[Item]):
    """Some of a list. There is no total: it would cost more than the page."""

    model_config = ConfigDict(extra="forbid")

    items: Annotated[list[Item], Field(max_length=100, description="At most `limit` of them.")]
    next_cursor: Annotated[
        str | None, Field(max_length=64, description="Send it as `cursor` for the next page; null at the end.")
    ]


def cursor_of(after: UUID) -> str:
    """The cursor for what comes after an id."""
    return base64.urlsafe_b64encode(after.bytes).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """Hold a cursor to be one of ours."""
    try:
        UUID(bytes=base64.b64decode(cursor + "==", altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise ValueError("Send a cursor as `next_cursor` gave it.") from None
    return cursor


def position_of(cursor: str | None) -> UUID | None:
    """The id that a cursor stands for."""
    return UUID(bytes=base64.urlsafe_b64decode(cursor + "==")) if cursor else None


def number_of(cursor: str | None) -> int | None:
    """The number that a cursor stands for, where a list is in the order of numbers instead of ids.

    Raises:
        InvalidCursor: it is a cursor of another list.
    """
    position = position_of(cursor)
    if position is not None and position.int > LARGEST_NUMBER:
        raise InvalidCursor("Send a cursor as `next_cursor` of this very list gave it.", pointer="query/cursor")
    return position.int if position is not None else None


def page_of(found: Slice[Item], show: Callable[[Item], Shown]) -> Page[Shown]:
    """The page of a slice."""
    after = cursor_of(found.after) if found.after else None
    return Page[Shown](items=[show(item) for item in found.items], next_cursor=after)


Cursor = Annotated[
    str | None, AfterValidator(lambda cursor: read_cursor(cursor) if cursor else None), Query(max_length=64)
]
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]

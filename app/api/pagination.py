"""Pages by keyset: a cursor says where the next one begins, and `Link` repeats it."""

import base64
import re
from collections.abc import Callable
from typing import Annotated, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import AfterValidator, Field

from app.api.output import Output
from app.api.problems import InvalidCursor
from app.api.problems.answer import base_url_of
from app.services.read_models import Slice

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=Output)

LARGEST_NUMBER = 2**63 - 1
_CURSOR = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]")  # 128 bits: the last character carries two of them
_NEXT = re.compile(rb'"next_cursor":"([A-Za-z0-9_-]{1,64})"')


class Page(Output, Generic[Item]):
    """Some of a list. There is no total: it would cost more than the page."""

    items: Annotated[list[Item], Field(max_length=100, description="At most `limit` of them.")]
    next_cursor: Annotated[
        str | None,
        Field(
            max_length=64,
            description="Send it as `cursor` for the next page; null at the end.",
            examples=["AZIAAAAAcACAAAAAAAAAAA"],
        ),
    ]
    has_more: Annotated[bool, Field(description="Whether there is a next page.")]


def cursor_of(after: UUID) -> str:
    """The cursor for what comes after an id."""
    return base64.urlsafe_b64encode(after.bytes).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """Hold a cursor to be one that we have given out.

    Raises:
        InvalidCursor: it is not.
    """
    if not _CURSOR.fullmatch(cursor):
        raise InvalidCursor("Send a cursor exactly as `next_cursor` gave it, or none.", pointer="query/cursor")
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
    return Page[Shown](items=[show(item) for item in found.items], next_cursor=after, has_more=after is not None)


def with_link(request: Request, response: Response) -> Response:
    """The page with the address of the next one in its head (RFC 8288)."""
    if found := _NEXT.search(response.body[-200:]):
        query = [(name, value) for name, value in parse_qsl(request.url.query) if name != "cursor"]
        query.append(("cursor", found[1].decode()))
        response.headers["Link"] = f'<{base_url_of(request)}{request.url.path}?{urlencode(query)}>; rel="next"'
    return response


Cursor = Annotated[
    str | None,
    AfterValidator(lambda cursor: cursor if cursor is None else read_cursor(cursor)),
    Query(max_length=64, description="Where to go on: `next_cursor` of the page before."),
]
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most.")]

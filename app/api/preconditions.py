"""ETags, If-Match and If-None-Match: a change names the version that it was decided on, a read the one it has."""

import re
from typing import Annotated

from fastapi import Depends, Request, Response

from app.api.problems import InvalidContent, PreconditionRequired

_ETAG = re.compile(r'"([1-9]\d{0,8})"')
_KEPT_HEADERS = ("etag", "cache-control", "content-language", "vary")
OK, NOT_MODIFIED = 200, 304


def etag_of(version: int) -> str:
    """The ETag of an aggregate's version.

    >>> etag_of(3)
    '"3"'
    """
    return f'"{version}"'


def version_of(etag: str) -> int:
    """The version that an ETag of ours names.

    Raises:
        InvalidContent: it is not one, or more than one, or `*`.
    """
    if etag.strip() == "*":
        raise InvalidContent("If-Match: * would overwrite what you have not seen. Send the ETag that you read.")
    found = _ETAG.fullmatch(etag.strip())
    if found is None:
        raise InvalidContent('If-Match is the one ETag as it was read, such as "3".', pointer="header/If-Match")
    return int(found[1])


async def expected_version(request: Request) -> int:
    """The version that the caller has read.

    Raises:
        PreconditionRequired: the caller does not say.
        InvalidContent: the header is not an ETag of ours.
    """
    sent = request.headers.getlist("if-match")
    if not sent:
        raise PreconditionRequired("Read it first and send its ETag as If-Match, so that nobody's change is lost.")
    return version_of(", ".join(sent))


ExpectedVersion = Annotated[int, Depends(expected_version)]


def is_unchanged(request: Request, response: Response) -> bool:
    """Say whether the caller holds already what the answer would say (RFC 9110, 13.1.2)."""
    held = request.headers.get("if-none-match")
    if held is None or request.method != "GET" or response.status_code != OK:
        return False
    etag = response.headers.get("etag")
    return etag is not None and etag in {one.strip().removeprefix("W/") for one in held.split(",")}


def unchanged(response: Response) -> Response:
    """The answer without its body, for who holds it already."""
    kept = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return Response(status_code=NOT_MODIFIED, headers=kept)

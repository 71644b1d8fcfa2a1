"""ETags and If-Match: a change names the version that it was decided on."""

import re
from typing import Annotated

from fastapi import Depends, Header

from app.api.problems import InvalidContent, PreconditionRequired

_ETAG = re.compile(r'"(\d{1,9})"')


def etag_of(version: int) -> str:
    """The ETag of an aggregate's version.

    >>> etag_of(3)
    '"3"'
    """
    return f'"{version}"'


def expected_version(if_match: Annotated[str | None, Header(max_length=64)] = None) -> int:
    """The version that the caller has read.

    Raises:
        PreconditionRequired: the caller does not say.
        InvalidContent: the header is not an ETag of ours.
    """
    if if_match is None:
        raise PreconditionRequired("Read it first and send its ETag as If-Match, so that nobody's change is lost.")
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise InvalidContent('If-Match is the ETag as it was read, such as "3".', pointer="header/If-Match")
    return int(found[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]
